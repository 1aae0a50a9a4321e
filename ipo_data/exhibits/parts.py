"""Long tables in parts: a reader sees a part at a time, and the address says which."""

from collections.abc import Sequence
from typing import TypeVar

from ipo_data import formatting
from ipo_data.exhibits.context import Context

_Row = TypeVar("_Row")


def codes_of_parts(rows: int, size: int) -> tuple[str, ...]:
    """Return the codes of the parts of a table of so many rows, at least two: ``("1", "2", "3")``."""
    return tuple(str(number) for number in range(1, max(2, -(-rows // size)) + 1))


def part_of(rows: Sequence[_Row], code: str, size: int) -> tuple[list[_Row], int]:
    """Return the rows of a part and the place of the first; beyond the end it is the last part.

    Args:
        rows: All rows.
        code: Number of the part from 1; empty for the first.
        size: Rows of a part.
    """
    last = max(0, (len(rows) - 1) // size)
    first = min(int(code or "1") - 1, last) * size
    return list(rows[first : first + size]), first


def part_note(context: Context, first: int, shown: int, every: int) -> list[str]:
    """Return the note that says which rows are listed; none if all are."""
    if shown == every:
        return []
    places = (formatting.number(place) for place in (first + 1, first + shown, every))
    return [context.say("parts.note", **dict(zip(("first", "last", "every"), places, strict=True)))]


def part_label(code: str, size: int) -> str:
    """Write a part as its rows: ``26–50``."""
    first = (int(code) - 1) * size
    return f"{first + 1}–{first + size}"
