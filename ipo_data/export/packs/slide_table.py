"""A table cut into slides: columns as wide as their words need, rows whole, none left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ipo_data.export.packs.column_widths import column_widths
from ipo_data.export.packs.material import width_of

_WIDTH: Final = 873
"""Points of the printer across a slide's table."""
_HEIGHT: Final = 335
"""The same down it."""
_EDGES: Final = 9
_SIZES: Final = (13.0, 12.0, 11.0, 10.0, 9.0, 8.0)
"""Sizes of letters that are tried, for a table to fit one slide."""
_SPREAD: Final = 9.0
"""Size of a table that takes more than one."""
_LETTER: Final = 0.63
"""Width of a Latin letter by its size, in a broad font."""
_LINE, _HIGH_LINE = 1.22, 1.45
_ROOM: Final = 3.5
"""Height of a line of Latin and of Chinese letters by their size; points above and below a row's words."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What of a table stands on one slide.

    Attributes:
        columns: Headings.
        rows: Cells of each row.
        shares: Width of each column as a share of the whole.
        size: Size of the letters.
        heights: Height of the heading and of each row in points of the printer.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    shares: tuple[float, ...]
    size: float
    heights: tuple[float, ...]


def sheets_of(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Sheet]:
    """Return a table in pieces that fit a slide each: in the largest letters in which one is enough."""
    if not rows:
        return []
    for size in _SIZES:
        found = _cut(columns, rows, size)
        if len(found) == 1:
            return found
    return _cut(columns, rows, _SPREAD)


def _cut(columns: Sequence[str], rows: Sequence[Sequence[str]], size: float) -> list[Sheet]:
    letter = max(1, round(size * _LETTER * 10))
    widths = column_widths([columns, *rows], _WIDTH * 10, letter, _EDGES * 10)
    shares = tuple(width / sum(widths) for width in widths)
    heading = _height(columns, shares, size)
    pieces: list[list[Sequence[str]]] = []
    left = 0.0
    for row in rows:
        height = _height(row, shares, size)
        if not pieces or height > left:
            pieces.append([])
            left = _HEIGHT - heading
        pieces[-1].append(row)
        left -= height
    return [
        Sheet(columns, piece, shares, size, (heading, *(_height(row, shares, size) for row in piece)))
        for piece in pieces
    ]


def _height(row: Sequence[str], shares: Sequence[float], size: float) -> float:
    """Return the points of a row; words that do not fill their lines take one more."""
    lines, is_high = 1, any(width_of(cell) > len(cell) for cell in row)
    for cell, share in zip(row, shares, strict=True):
        letters = max(1.0, (_WIDTH * share - _EDGES) / (size * _LETTER))
        used = width_of(cell) / letters
        lines = max(lines, int(used) + 1 if used > 1 else 1)
    return lines * size * (_HIGH_LINE if is_high else _LINE) + _ROOM
