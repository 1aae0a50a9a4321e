"""Grids of cells: the runway matrix and the coverage map."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from ipo_data.charts.drawing import Drawing
from ipo_data.charts.rows import SIDES, text_width, wrapped
from ipo_data.charts.theme import PHONE, Look, axis, blank, figure, note, tint

_SMALL: Final = 11
_SMALLEST: Final = 9
"""Size of letters on a phone, with few and with many columns."""
_FEW: Final = 4
_LOW: Final = 40
"""Height of rows up to which words are small."""
_VERY_MANY: Final = 16
"""Columns from which on they are smaller still: those of three companies."""
_FEW_HEADINGS: Final = 100
_MANY_HEADINGS: Final = 54
"""Most pixels of the headings of rows on a phone."""
_TIGHT: Final = 0.88
"""Widths are estimated a little too large; on a phone that little matters."""
_DESK: Final = 760
_DESK_HEADINGS: Final = 190
"""Width that a grid is broken to on a desk, and most pixels of the headings of its rows there."""
_SIZED: Final = re.compile(r"(<span style='font-size:(\d+)px'>)(.*)(</span>)")
_MANY: Final = 12
_CLOSE: Final = 2
_APART: Final = 8
"""Columns from which on they stand close, and pixels between words of neighbours then and else."""
_SPAN: Final = re.compile(r"</?span[^>]*>")


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell: the number that colours it, the words in it, more words on hover, and claim ids."""

    value: float | None
    text: str
    hover: str
    claims: str = ""


Cells = dict[tuple[int, int], GridCell]
"""Cells by (row, column)."""


def cell_grid(
    rows: list[str], columns: list[str], cells: Cells, look: Look, *, color: str, row_height: int = 58,
    framed: tuple[int, int] | None = None, sides: tuple[str, str] = ("", ""), ruled: int = 0, heads: Sequence[str] = (),
) -> Drawing:  # fmt: skip
    """Return a grid shaded by value, with every cell's words printed in it.

    Args:
        rows: Row headings from top to bottom.
        columns: Column headings.
        cells: Cells by (row, column); absent cells stay empty.
        look: Theme and words.
        color: Colour of the darkest cell.
        row_height: Pixels per row.
        framed: Row and column of a cell to frame; the words of such a grid are plain and drawn by the shading itself,
            which takes a tenth of the time of a note per cell.
        sides: What the columns and the rows are values of; empty if their headings say it.
        ruled: Rows above a rule: what stands below it is of another kind. None if it is nought or all.
        heads: Names of groups of as many columns each, drawn once above theirs, with rules between them.
    """
    if not cells:
        return blank(look, look.words("chart.nothing"))
    size = _size(columns) if look.narrow else _letters(columns, row_height)
    if look.narrow:
        rows, columns, cells = _below_each_other(rows, columns, cells, heads)
        rows, columns, cells, row_height = _for_phone(rows, columns, cells, row_height)
    elif heads:
        columns = [wrapped(column, _column_room(rows, columns), 12) for column in columns]
    elif _room(rows, columns, cells, look, size) > _DESK:
        rows, columns, cells, row_height = _for_desk(rows, columns, cells, row_height, size)
    small = _size(columns) if look.narrow else 12
    letters = {"size": size, "color": look.palette.text}
    notes = [
        note(look, cell.text, column, row, font=letters) for (row, column), cell in cells.items() if cell.text
    ]  # fmt: skip
    trace = _heat(cells, len(rows), len(columns), color, look)
    if framed is not None:
        notes, trace = [], trace | _printed(cells, len(rows), len(columns), letters)
    room = _room(rows, columns, cells, look, size)
    down = wrapped(sides[1], 1.1 * row_height * len(rows))
    lines = max(heading.count("<br>") for heading in columns)
    over = [] if look.narrow else _heads(heads, len(columns), lines + 1, look)
    above = (86 if sides[0] else 64) + 15 * lines + (20 if over else 0)
    return figure(
        look, [trace], height=row_height * len(rows) + above, room=room, annotations=notes + over,
        xaxis=_headings(columns, look, small, side="top", tickangle=0, **_titled(sides[0])),
        yaxis=_headings(rows, look, small, autorange="reversed", **_titled(down)),
        margin={"l": 8, "r": 8, "t": 15 * lines + 46 if over else 8, "b": 8},
        shapes=[
            *_shapes(framed, ruled if ruled < len(rows) else 0, len(columns), look),
            *_between(len(columns) // len(heads) if heads and not look.narrow else 0, len(rows), len(columns), look),
        ],
    )  # fmt: skip


def _below_each_other(
    rows: list[str], columns: list[str], cells: Cells, heads: Sequence[str]
) -> tuple[list[str], list[str], Cells]:
    """Return groups of columns one below the other, each under its name; without groups, what was given."""
    if not heads:
        return rows, columns, cells
    each, height = len(columns) // len(heads), len(rows) + 1
    placed = {(column // each * height + 1 + row, column % each): cell for (row, column), cell in cells.items()}
    return [row for head in heads for row in (f"<b>{head}</b>", *rows)], columns[:each], placed


def _column_room(rows: list[str], columns: list[str]) -> float:
    """Return the width of a column in the narrowest chart of a desk."""
    return (_DESK - SIDES - max(text_width(heading, 12) for heading in rows)) / len(columns) - 4


def _heads(heads: Sequence[str], columns: int, lines: int, look: Look) -> list[dict[str, Any]]:
    """Return the names of groups of columns, above the columns' own headings of so many lines."""
    each = columns / max(1, len(heads))
    font = {"size": 12, "color": look.palette.text}
    return [
        note(look, f"<b>{head}</b>", each * (place + 0.5) - 0.5, 1, yref="paper", yanchor="bottom", font=font,
             yshift=15 * lines + 8)
        for place, head in enumerate(heads)
    ]  # fmt: skip


def _titled(words: str) -> dict[str, str]:
    return {"title": words} if words else {}


def _printed(cells: Cells, height: int, width: int, letters: dict[str, Any]) -> dict[str, Any]:
    """Return what makes the shading print its own words; what stood in their place moves to the hover."""
    nothing = GridCell(None, "", "")
    grid = [[cells.get((row, column), nothing) for column in range(width)] for row in range(height)]
    return {
        "text": [[cell.text for cell in line] for line in grid], "texttemplate": "%{text}", "textfont": letters,
        "hovertext": [[cell.hover for cell in line] for line in grid], "hovertemplate": "%{hovertext}<extra></extra>",
    }  # fmt: skip


def _shapes(framed: tuple[int, int] | None, ruled: int, columns: int, look: Look) -> list[dict[str, Any]]:
    line = {"color": look.palette.muted, "width": 2}
    height = ruled - 0.5
    rule = {"type": "line", "x0": -0.5, "x1": columns - 0.5, "y0": height, "y1": height, "line": line}
    return ([_frame(framed, look)] if framed else []) + ([rule] if ruled else [])


def _between(parted: int, rows: int, columns: int, look: Look) -> list[dict[str, Any]]:
    """Return the rules between groups of so many columns."""
    line = {"color": look.palette.muted, "width": 1}
    places = [place - 0.5 for place in range(parted, columns, parted)] if parted else []
    return [{"type": "line", "x0": x, "x1": x, "y0": -0.5, "y1": rows - 0.5, "line": line} for x in places]


def _frame(cell: tuple[int, int], look: Look) -> dict[str, Any]:
    row, column = cell
    return {
        "type": "rect", "x0": column - 0.47, "x1": column + 0.47, "y0": row - 0.45, "y1": row + 0.45,
        "line": {"color": look.palette.text, "width": 2},
    }  # fmt: skip


def _room(rows: list[str], columns: list[str], cells: Cells, look: Look, size: int) -> int:
    """Return the width at which headings and cells stand apart."""
    heading_size = _size(columns) if look.narrow else 12
    widest = max(_width(cell.text, size) for cell in cells.values())
    column = max(widest, *(_width(heading, heading_size) for heading in columns))
    column += _CLOSE if look.narrow or len(columns) > _MANY else _APART
    asked = max(_width(heading, heading_size) for heading in rows) + column * len(columns)
    return round(SIDES + asked * (_TIGHT if look.narrow else 1))


def _for_phone(
    rows: list[str], columns: list[str], cells: Cells, row_height: int
) -> tuple[list[str], list[str], Cells, int]:
    """Return headings and words broken into lines that fit a phone, and the height that the rows then take."""
    size = _size(columns)
    most = _FEW_HEADINGS if len(columns) <= _FEW else _MANY_HEADINGS
    beside = min(max(text_width(_plain(heading), size) for heading in rows), most)
    column = (PHONE - SIDES - beside) / len(columns) - 2
    rows = [_broken(heading, beside, size) for heading in rows]
    columns = [_broken(heading, column, size) for heading in columns]
    cells = {place: replace(cell, text=_broken(cell.text, column, size)) for place, cell in cells.items()}
    lines = max(text.count("<br>") + 1 for text in [*rows, *(cell.text for cell in cells.values())])
    return rows, columns, cells, max(row_height if lines == 1 else 0, 15 * lines + 12)


def _for_desk(
    rows: list[str], columns: list[str], cells: Cells, row_height: int, size: int
) -> tuple[list[str], list[str], Cells, int]:
    """Return headings and words broken into lines that fit the smallest desk, and the height that the rows then take.

    A grid whose words cannot be broken so far is returned as it is.
    """
    beside = min(max(_width(heading, 12) for heading in rows), _DESK_HEADINGS)
    column = (_DESK - SIDES - beside) / len(columns) - 8
    if max(text_width(word, size) for cell in cells.values() for word in _SPAN.sub("", cell.text).split()) > column:
        return rows, columns, cells, row_height
    rows, columns = [_rebroken(heading, beside, 12) for heading in rows], [_rebroken(c, column, 12) for c in columns]
    cells = {place: replace(cell, text=_rebroken(cell.text, column, size)) for place, cell in cells.items()}
    lines = max(text.count("<br>") + 1 for text in [*rows, *(cell.text for cell in cells.values())])
    return rows, columns, cells, max(row_height, 15 * lines + 12)


def _rebroken(text: str, pixels: float, size: int) -> str:
    """Break each line of a text into lines of so many pixels that keep its size."""
    lines: list[str] = []
    for line in text.split("<br>"):
        sized = _SIZED.fullmatch(line)
        before, own, words, after = sized.groups() if sized else ("", str(size), line, "")
        lines += [f"{before}{part}{after}" for part in wrapped(words, pixels, int(own)).split("<br>")]
    return "<br>".join(lines)


def _width(text: str, size: int) -> float:
    """Return about how many pixels a text takes whose lines may have sizes of their own."""
    found = [(line, _SIZED.fullmatch(line)) for line in text.split("<br>")]
    return max(text_width(line, int(sized[2]) if sized else size) for line, sized in found)


def _broken(text: str, pixels: float, size: int) -> str:
    return "<br>".join(wrapped(line, pixels, size) for line in _plain(text).split("<br>"))


def _plain(text: str) -> str:
    """Return a text without changes of size: on a phone all letters are small."""
    return _SPAN.sub("", text)


def _size(columns: list[str]) -> int:
    return _SMALL if len(columns) <= _FEW else _SMALLEST


def _letters(columns: list[str], row_height: int) -> int:
    """Return the size of the words in cells on a desk."""
    if row_height > _LOW:
        return 13
    return 11 if len(columns) <= _VERY_MANY else 9


def _heat(cells: Cells, height: int, width: int, color: str, look: Look) -> dict[str, Any]:
    nothing = GridCell(None, "", "")
    grid = [[cells.get((row, column), nothing) for column in range(width)] for row in range(height)]
    shades = [[0, tint(color, 0.08, look.theme)], [1, tint(color, 0.62, look.theme)]]
    return {
        "type": "heatmap", "z": [[cell.value for cell in line] for line in grid],
        "x": list(range(width)), "y": list(range(height)), "zmin": 0, "zmax": _darkest(cells), "xgap": 3, "ygap": 3,
        "colorscale": shades, "showscale": False, "hoverongaps": False,
        "text": [[cell.hover for cell in line] for line in grid], "hovertemplate": "%{text}<extra></extra>",
        "customdata": [[cell.claims for cell in line] for line in grid],
    }  # fmt: skip


def _darkest(cells: Cells) -> float:
    return max((cell.value for cell in cells.values() if cell.value is not None), default=1.0) or 1.0


def _headings(labels: list[str], look: Look, size: int, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any axis attribute
    font = {"size": size, "color": look.palette.text}
    ticks = list(range(len(labels)))
    return axis(look.theme, tickvals=ticks, ticktext=labels, showgrid=False, tickfont=font, **changes)
