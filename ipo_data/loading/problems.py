"""Problems in seed files: where they are and how they are worded."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from ipo_data.errors import shown

Path = tuple[str | int, ...]
"""Way to a value inside a file: keys and list indices."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake in one place.

    Attributes:
        file: File as shown to the reader, e.g. ``seeds/companies/minimax/margins.yaml``.
        line: Line, from 1.
        column: Column, from 1.
        message: What was found, what is allowed, the nearest right name.
    """

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


@dataclass(slots=True)
class ProblemList:
    """Collects problems from all files so that one run shows them all."""

    items: list[Problem] = field(default_factory=list)

    def add(self, file: PurePosixPath | str, position: tuple[int, int], message: str) -> None:
        """Note a mistake at ``position`` (line and column, from 1); nothing in the message breaks its line."""
        self.items.append(Problem(shown(file, most=300), *position, shown(message, most=2_000)))

    def lines(self) -> tuple[str, ...]:
        """Return the problems as text, sorted by file and position, without repeats."""
        return tuple(str(problem) for problem in sorted(set(self.items)))

    def __bool__(self) -> bool:
        return bool(self.items)


def dotted(path: Iterable[str | int]) -> str:
    """Write a path as a reader would: ``gross_margin[1].says`` (list positions from 0)."""
    text = ""
    for part in path:
        word = f"[{part}]" if isinstance(part, int) else shown(part)
        text += f".{word}" if text and isinstance(part, str) else word
    return text
