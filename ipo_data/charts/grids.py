"""Grids of cells: the runway matrix and the coverage map."""

from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from ipo_data.charts.theme import Look, axis, blank, figure, note, tint


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell: the number that colours it and the words in it."""

    value: float | None
    text: str
    hover: str


def cell_grid(
    rows: list[str],
    columns: list[str],
    cells: dict[tuple[int, int], GridCell],
    look: Look,
    color: str,
    *,
    row_height: int = 58,
) -> go.Figure:
    """Return a grid shaded by value, with every cell's words printed in it.

    Args:
        rows: Row headings from top to bottom.
        columns: Column headings.
        cells: Cells by (row, column); absent cells stay empty.
        look: Theme and words.
        color: Colour of the darkest cell.
        row_height: Pixels per row.
    """
    if not cells:
        return blank(look, look.words("chart.nothing"))
    values = [c.value for c in cells.values() if c.value is not None]
    top = max(values, default=1.0) or 1.0
    grid = [[_value(cells, r, c) for c in range(len(columns))] for r in range(len(rows))]
    hover = [[cells[(r, c)].hover if (r, c) in cells else "" for c in range(len(columns))] for r in range(len(rows))]
    trace: dict[str, Any] = {
        "type": "heatmap", "z": grid, "x": list(range(len(columns))), "y": list(range(len(rows))), "zmin": 0, "zmax": top, "xgap": 3, "ygap": 3,
        "colorscale": [[0, tint(color, 0.08, look.theme)], [1, tint(color, 0.62, look.theme)]], "showscale": False, "hoverongaps": False,
        "text": hover, "hovertemplate": "%{text}<extra></extra>",
    }  # fmt: skip
    notes = [
        note(look, cell.text, column, row, font={"size": 13 if row_height > 40 else 11, "color": look.palette.text})
        for (row, column), cell in cells.items()
        if cell.text
    ]
    return figure(
        look, [trace], height=row_height * len(rows) + 64, annotations=notes,
        xaxis=axis(look.theme, tickvals=list(range(len(columns))), ticktext=columns, side="top", showgrid=False, tickfont={"size": 12, "color": look.palette.text}),
        yaxis=axis(look.theme, tickvals=list(range(len(rows))), ticktext=rows, autorange="reversed", showgrid=False, tickfont={"size": 12, "color": look.palette.text}),
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
    )  # fmt: skip


def _value(cells: dict[tuple[int, int], GridCell], row: int, column: int) -> float | None:
    cell = cells.get((row, column))
    return cell.value if cell else None
