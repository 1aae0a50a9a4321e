"""Grids of cells: the runway matrix and the coverage map."""

from dataclasses import dataclass
from typing import Any

from ipo_data.charts.drawing import Drawing
from ipo_data.charts.rows import SIDES, text_width
from ipo_data.charts.theme import Look, axis, blank, figure, note, tint


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
    framed: tuple[int, int] | None = None,
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
    """
    if not cells:
        return blank(look, look.words("chart.nothing"))
    letters = {"size": 13 if row_height > 40 else 11, "color": look.palette.text}
    notes = [
        note(look, cell.text, column, row, font=letters) for (row, column), cell in cells.items() if cell.text
    ]  # fmt: skip
    trace = _heat(cells, len(rows), len(columns), color, look)
    if framed is not None:
        notes, trace = [], trace | _printed(cells, len(rows), len(columns), letters)
    room = _room(rows, columns, cells, 13 if row_height > 40 else 11)
    return figure(
        look, [trace], height=row_height * len(rows) + 64, room=room, annotations=notes,
        xaxis=_headings(columns, look, side="top"), yaxis=_headings(rows, look, autorange="reversed"),
        margin={"l": 8, "r": 8, "t": 8, "b": 8}, shapes=[_frame(framed, look)] if framed else [],
    )  # fmt: skip


def _printed(cells: Cells, height: int, width: int, letters: dict[str, Any]) -> dict[str, Any]:
    """Return what makes the shading print its own words; what stood in their place moves to the hover."""
    nothing = GridCell(None, "", "")
    grid = [[cells.get((row, column), nothing) for column in range(width)] for row in range(height)]
    return {
        "text": [[cell.text for cell in line] for line in grid], "texttemplate": "%{text}", "textfont": letters,
        "hovertext": [[cell.hover for cell in line] for line in grid], "hovertemplate": "%{hovertext}<extra></extra>",
    }  # fmt: skip


def _frame(cell: tuple[int, int], look: Look) -> dict[str, Any]:
    row, column = cell
    return {
        "type": "rect", "x0": column - 0.47, "x1": column + 0.47, "y0": row - 0.45, "y1": row + 0.45,
        "line": {"color": look.palette.text, "width": 2},
    }  # fmt: skip


def _room(rows: list[str], columns: list[str], cells: Cells, size: int) -> int:
    """Return the width at which headings and cells stand apart."""
    widest = max(text_width(cell.text, size) for cell in cells.values())
    column = max(widest, *(text_width(heading) for heading in columns)) + 8
    return round(SIDES + max(text_width(heading) for heading in rows) + column * len(columns))


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


def _headings(labels: list[str], look: Look, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any axis attribute
    font = {"size": 12, "color": look.palette.text}
    ticks = list(range(len(labels)))
    return axis(look.theme, tickvals=ticks, ticktext=labels, showgrid=False, tickfont=font, **changes)
