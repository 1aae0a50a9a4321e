"""Problems in seed files: where they are and how they are worded."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import PurePosixPath
from typing import Final

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


MOST_PER_FILE: Final = 200
"""Problems listed for one file; a file with more is hardly a record file, and nobody reads on."""


@dataclass(slots=True)
class ProblemList:
    """Collects problems from all files so that one run shows them all."""

    items: list[Problem] = field(default_factory=list)
    _counts: Counter[str] = field(default_factory=Counter)

    def add(self, file: PurePosixPath | str, position: tuple[int, int], message: str) -> None:
        """Note a mistake at ``position`` (line and column, from 1); nothing in the message breaks its line."""
        name = shown(file, most=300)
        self._counts[name] += 1
        if self._counts[name] <= MOST_PER_FILE:
            self.items.append(Problem(name, *position, shown(message, most=2_000)))

    def is_full(self, file: str) -> bool:
        """Tell whether a file has as many problems as are listed, so that looking for more is idle."""
        return bool(self._counts) and self._counts[shown(file, most=300)] >= MOST_PER_FILE

    def lines(self) -> tuple[str, ...]:
        """Return the problems as text, sorted by file and position, without repeats."""
        ordered = sorted(set(self.items))
        return tuple(
            line for file, items in groupby(ordered, key=lambda p: p.file) for line in self._lines(file, items)
        )

    def _lines(self, file: str, items: Iterable[Problem]) -> Iterator[str]:
        last = 1
        for problem in items:
            last = problem.line
            yield str(problem)
        if self.is_full(file):
            yield f"{file}:{last}:1: these are the first {MOST_PER_FILE} problems of this file; there may be more"

    def __bool__(self) -> bool:
        return bool(self.items)


def dotted(path: Iterable[str | int]) -> str:
    """Write a path as a reader would: ``gross_margin[1].says`` (list positions from 0)."""
    text = ""
    for part in path:
        word = f"[{part}]" if isinstance(part, int) else shown(part)
        text += f".{word}" if text and isinstance(part, str) else word
    return text
