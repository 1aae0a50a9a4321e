"""How wide the columns of a printed table are: no word is broken, and what room is left saves the most lines."""

import re
from collections.abc import Sequence
from typing import Final

from ipo_data.export.packs.material import width_of

_LONGEST_WORDS: Final = (24, 20, 17, 15, 13, 11, 9, 7)
"""Letters up to which a word keeps its line; fewer where there are many columns."""
_BOLD: Final = 1.15
"""How much wider bold letters are."""
_STEPS: Final = 60
"""Parts into which the room that is left is given out."""
_WORD: Final = re.compile(r"[^\s\u2e80-\u9fff\uff00-\uffef-]+-?|.")
"""What a line is not broken within; it may end after a hyphen."""


def column_widths(rows: Sequence[Sequence[str]], total: int, letter: int, edges: int) -> list[int]:
    """Return the widths of the columns of a table, together no more than what there is.

    Args:
        rows: Cells row by row, the heading first; it is bold.
        total: Width of the table in any unit.
        letter: Width of a Latin letter; Chinese ones are twice as wide.
        edges: Room on both sides of a cell's words.
    """
    columns = [[width_of(cell) for cell in column] for column in zip(*rows, strict=True)]
    words = [
        max(_BOLD * _longest_word(heading), max(map(_longest_word, cells), default=0))
        for heading, *cells in zip(*rows, strict=True)
    ]
    tried = ([int(min(longest, most) * letter) + edges for longest in words] for most in _LONGEST_WORDS)
    widths = next((found for found in tried if sum(found) <= total), [total // len(columns)] * len(columns))
    wanted = [max(column) * letter + edges for column in columns]
    if sum(wanted) <= total:
        return [total * width // sum(wanted) for width in wanted]
    step = max(1, (total - sum(widths)) // _STEPS)
    heights = [
        [_lines(cell, width, letter, edges) for cell in column] for column, width in zip(columns, widths, strict=True)
    ]
    while sum(widths) + step <= total:
        best = _best(columns, widths, heights, (step, letter, edges))
        widths[best] += step
        heights[best] = [_lines(cell, widths[best], letter, edges) for cell in columns[best]]
    return widths


def _best(
    columns: Sequence[Sequence[int]], widths: Sequence[int], heights: Sequence[Sequence[float]],
    measures: tuple[int, int, int],
) -> int:  # fmt: skip
    """Return the column in which one more step makes the rows lowest; rows are as high as their highest cell."""
    step, letter, edges = measures

    def gain(number: int) -> float:
        saved = 0.0
        for row, cell in enumerate(columns[number]):
            here = heights[number][row]
            others = max((column[row] for i, column in enumerate(heights) if i != number), default=0.0)
            if here > others:
                saved += here - max(others, _lines(cell, widths[number] + step, letter, edges))
        return saved

    return max(range(len(columns)), key=gain)


def _lines(letters: int, width: int, letter: int, edges: int) -> float:
    """Return how many lines so many letters take, in parts of a line: what is nearly saved counts too."""
    return max(1.0, letters * letter / max(width - edges, letter))


def _longest_word(text: str) -> int:
    return max(map(width_of, _WORD.findall(text)), default=0)
