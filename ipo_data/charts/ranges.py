"""Ranges in rows: two methods' answers joined by a line, with words at both ends; a range is never a point."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from ipo_data.charts.drawing import Drawing
from ipo_data.charts.groups import by_company
from ipo_data.charts.rows import scale, stacked, text_width
from ipo_data.charts.theme import Look, axis, blank, figure, note

_BESIDE: Final = 12
_SYMBOLS: Final = ("circle-open", "diamond-open")


@dataclass(frozen=True, slots=True)
class End:
    """One end of a range: value, words beside it and claim ids."""

    value: float
    text: str
    claims: str = ""


@dataclass(frozen=True, slots=True)
class Range:
    """One row.

    Attributes:
        label: Heading, with ``<br>`` only where a line must end.
        company: Company id, for the colour.
        ends: One or two ends; symbols follow the order of the methods, not of the values.
        middle: Indicative middle, drawn as a tick without words.
        hover: What the middle is, in words.
    """

    label: str
    company: str
    ends: tuple[End, ...]
    middle: float | None = None
    hover: str = ""


def range_rows(rows: Sequence[Range], look: Look, *, zero: str = "") -> Drawing:
    """Return one line per row between two open marks.

    Args:
        rows: Rows from top to bottom; all values in one unit.
        look: Theme, words and companies.
        zero: Words of a line through zero, for differences; empty for none.
    """
    if not rows:
        return blank(look, look.words("chart.nothing"))
    groups = by_company([row.label for row in rows], [row.company for row in rows], look)
    labels = list(groups.labels)
    for at, row in zip(groups.places, rows, strict=True):
        labels[at] = _heading(labels[at], row, look)
    stack = stacked(labels, look, heads=groups.heads)
    traces: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    marks: list[tuple[float, float, float]] = []
    for at, row in zip(groups.places, rows, strict=True):
        place = stack.place(at)
        traces += _line(row, place, look) + [_mark(row, n, place, look) for n in range(len(row.ends))]
        words = _sides(row, look)
        marks += [(end.value, *room) for end, room, _ in words]
        notes += [] if look.narrow else [_words(end, side, place, look) for end, _, side in words]
    shapes = [] if not zero else [_zero_line(look)]
    if zero:
        font = {"size": 11, "color": look.palette.muted}
        notes.append(note(look, zero, 0, 1, yref="paper", yanchor="bottom", yshift=2, font=font))
        half = text_width(zero, 11) / 2
        marks.append((0.0, half, half))
    limits = scale(marks, stack.pixels, zero=bool(zero))
    notes += stack.notes(look, ground=limits if zero else ())
    return figure(
        look, traces, room=stack.room, height=stack.height + (48 if zero else 28), annotations=notes, shapes=shapes,
        xaxis=axis(look.theme, range=limits, showticklabels=False, showgrid=False, showline=False),
        yaxis=stack.axis(look),
        margin={"l": 8, "r": 16, "t": 28 if zero else 8, "b": 8},
    )  # fmt: skip


def _zero_line(look: Look) -> dict[str, Any]:
    line = {"color": look.palette.zero, "width": 2}
    return {"type": "line", "x0": 0, "x1": 0, "y0": 0, "y1": 1, "yref": "paper", "line": line, "layer": "below"}


def _heading(label: str, row: Range, look: Look) -> str:
    """Return a row's words; in a narrow window the words of both ends stand there, from the left to the right."""
    if not look.narrow:
        return label
    ends = sorted(row.ends, key=lambda end: end.value)
    return label + "<br>" + " · ".join(end.text for end in ends)


def _sides(row: Range, look: Look) -> list[tuple[End, tuple[float, float], str]]:
    """Return each end with the pixels its words take to the left and right, and the side they stand on."""
    found = []
    lowest = min(row.ends, key=lambda end: end.value)
    for end in row.ends:
        left = end is lowest if len(row.ends) > 1 else end.value < 0
        width = 8.0 if look.narrow else _BESIDE + text_width(end.text)
        found.append((end, (width, 8.0) if left else (8.0, width), "left" if left else "right"))
    return found


def _words(end: End, side: str, place: float, look: Look) -> dict[str, Any]:
    anchor, shift = ("right", -_BESIDE) if side == "left" else ("left", _BESIDE)
    return note(look, end.text, end.value, place, xanchor=anchor, xshift=shift)


def _line(row: Range, place: float, look: Look) -> list[dict[str, Any]]:
    color = look.companies[row.company].color
    values = sorted(end.value for end in row.ends)
    traces: list[dict[str, Any]] = [{
        "type": "scatter", "mode": "lines", "x": values, "y": [place] * len(values), "hoverinfo": "skip",
        "line": {"color": color, "width": 3, "dash": "dot"},
    }]  # fmt: skip
    if row.middle is not None:
        traces.append({
            "type": "scatter", "mode": "markers", "x": [row.middle], "y": [place],
            "marker": {"size": 14, "symbol": "line-ns-open", "color": color, "line": {"width": 2, "color": color}},
            "hovertemplate": f"{row.label}<br>{row.hover}<extra></extra>",
        })  # fmt: skip
    return traces


def _mark(row: Range, number: int, place: float, look: Look) -> dict[str, Any]:
    color, end = look.companies[row.company].color, row.ends[number]
    return {
        "type": "scatter", "mode": "markers", "x": [end.value], "y": [place], "customdata": [end.claims],
        "marker": {"size": 12, "symbol": _SYMBOLS[number % 2], "color": color, "line": {"width": 2, "color": color}},
        "hovertemplate": f"{row.label}<br>{end.text}<extra></extra>",
    }  # fmt: skip
