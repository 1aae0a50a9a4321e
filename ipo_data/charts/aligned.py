"""Parts of amounts in columns: every part has a line of its own to grow from, all on one scale."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from ipo_data.charts.drawing import Drawing
from ipo_data.charts.groups import by_company
from ipo_data.charts.rows import SIDES, STANDOFF, Stack, text_width, wrapped
from ipo_data.charts.stacks import Bar, Slice
from ipo_data.charts.theme import Look, axis, blank, figure, note

_ROOM: Final = 760
_ROW: Final = 32
_LINE: Final = 14
_FIGURE: Final = 48
"""Pixels of a figure beside its bar."""
_GAP: Final = 10
_COLUMN: Final = 92
"""Least pixels of a column, so that its heading has room."""
_THICK: Final = 0.62


def aligned_parts(stacks: Sequence[Bar], parts: Mapping[str, str], whole: str, look: Look) -> Drawing:
    """Return one row per amount and one column per part, each part a bar from the line of its column.

    Against stacked bars, every part can be compared from row to row, and columns need no legend.

    Args:
        stacks: Rows from top to bottom; those without parts are left out.
        parts: Names of the parts by id, in the order of the columns.
        whole: Heading of the first column, which holds the wholes.
        look: Theme, words and companies.
    """
    drawn = [stack for stack in stacks if stack.slices]
    if not drawn:
        return blank(look, look.words("chart.nothing"))
    groups = by_company([stack.label for stack in drawn], [stack.company for stack in drawn], look)
    rows = Stack(groups.labels, _ROW, beside=True, pixels=0, heads=groups.heads)
    highest = _highest(drawn, parts)
    widths, per_unit = _widths(highest, _ROOM - SIDES - STANDOFF - max(map(text_width, groups.labels)) - _FIGURE)
    traces: list[dict[str, Any]] = []
    notes = [_heading(whole, 0, _FIGURE, look)]
    lines, left = [], float(_FIGURE + _GAP)
    for part, width in widths.items():
        notes.append(_heading(parts[part], left, width - _GAP, look))
        lines.append({
            "type": "line", "x0": left, "x1": left, "y0": 0, "y1": 1, "yref": "paper",
            "line": {"color": look.palette.zero, "width": 1},
        })  # fmt: skip
        for stack, at in zip(drawn, groups.places, strict=True):
            for piece in (piece for piece in stack.slices if piece.part == part):
                length = piece.value * per_unit
                traces.append(_bar(stack, piece, parts[part], (left, length, rows.place(at)), look))
                notes.append(note(look, piece.text, left + length, rows.place(at), xanchor="left", xshift=4))
        left += width
    notes += [
        note(look, f"<b>{stack.whole}</b>", 0, rows.place(at), xanchor="left", xshift=4)
        for stack, at in zip(drawn, groups.places, strict=True)
    ]
    top = _LINE * max(words["text"].count("<br>") + 1 for words in notes) + 12
    return figure(
        look, traces, room=_ROOM, height=rows.height + top + 12, annotations=notes, shapes=lines, barmode="overlay",
        xaxis=axis(look.theme, range=[0, left], showticklabels=False, showgrid=False, showline=False),
        yaxis=rows.axis(look) | {"showgrid": False}, margin={"l": 8, "r": 16, "t": top, "b": 8},
    )  # fmt: skip


def _highest(drawn: Sequence[Bar], parts: Mapping[str, str]) -> dict[str, float]:
    """Return the highest value of every part that is drawn, in the order of the columns."""
    found = {part: [piece.value for stack in drawn for piece in stack.slices if piece.part == part] for part in parts}
    return {part: max(values) for part, values in found.items() if values}


def _widths(highest: Mapping[str, float], pixels: float) -> tuple[dict[str, float], float]:
    """Return the pixels of every column and of one unit: what headings and figures leave is shared by the values."""
    room = _FIGURE + _GAP
    per_unit = 0.0
    low: set[str] = set()
    for _ in highest:  # columns of low values have the least width; the others share what is left
        others = [part for part in highest if part not in low]
        per_unit = (pixels - _GAP - len(low) * _COLUMN - len(others) * room) / sum(highest[part] for part in others)
        short = {part for part in others if highest[part] * per_unit + room < _COLUMN}
        if not short or short == set(others):
            break
        low |= short
    return {part: max(_COLUMN, value * per_unit + room) for part, value in highest.items()}, per_unit


def _heading(text: str, x: float, pixels: float, look: Look) -> dict[str, Any]:
    font = {"size": 11, "color": look.palette.muted}
    place = {"yref": "paper", "xanchor": "left", "yanchor": "bottom", "yshift": 4, "align": "left", "font": font}
    return note(look, wrapped(text, pixels, 11), x, 1, **place)


def _bar(stack: Bar, piece: Slice, name: str, at: tuple[float, float, float], look: Look) -> dict[str, Any]:
    style = look.companies[stack.company]
    left, length, height = at
    derived = piece.state != "reported"
    words = f"{stack.label}<br>{name}: {piece.text}<br>{look.words('state.' + piece.state)}<extra></extra>"
    return {
        "type": "bar", "orientation": "h", "x": [length], "base": [left], "y": [height], "width": [_THICK],
        "marker": {"color": "rgba(0,0,0,0)" if derived else style.color, "line": {"color": style.color, "width": 1.5}},
        "hovertemplate": words, "customdata": [piece.claims],
    }  # fmt: skip
