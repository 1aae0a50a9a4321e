"""Records together with the place in the file they were read from."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from ipo_data.loading.problems import Path, ProblemList, dotted
from ipo_data.loading.yaml_reader import Parsed

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Placed(Generic[R]):
    """A validated record and where it stands.

    Attributes:
        record: The record.
        page: The file it was read from.
        path: The way to it inside the file.
    """

    record: R
    page: Parsed
    path: Path

    def object_to(self, message: str, problems: ProblemList, *field: str | int) -> None:
        """Note a problem at a field's value, or at the record if the field is absent."""
        problems.add(self.page.file, self.page.position((*self.path, *field)), message)

    def name(self, *field: str | int) -> str:
        """Return how messages call a field: ``judgements[0].prefer``."""
        return dotted((*self.path, *field))
