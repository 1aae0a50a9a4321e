"""Horizontal bars and dots in rows: rankings, ladders, tranches."""

from dataclasses import dataclass
from math import log10
from typing import Any, Final

import plotly.graph_objects as go

from ipo_data.charts.theme import Look, axis, blank, figure, note


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a row chart.

    Attributes:
        label: Row heading.
        company: Company id, for the colour.
        value: The number, or ``None`` for an empty state.
        text: The number as written, or the words of the empty state.
        state: State id.
        hover: Further words, on hover and beside dots.
        claims: Claim ids.
    """

    label: str
    company: str
    value: float | None
    text: str
    state: str = "reported"
    hover: str = ""
    claims: str = ""


Trace = dict[str, Any]
_OUTLINED: Final = ("derived", "forecast", "scenario")
_OPEN: Final = (*_OUTLINED, "conflict")


# --- bars -------------------------------------------------------------------------------------------------------------


def row_bars(rows: list[Row], look: Look, *, height_per_row: int = 38) -> go.Figure:
    """Return horizontal bars from zero, labelled at their ends; derived ones outlined, empty ones as words."""
    if not rows:
        return blank(look, look.words("chart.nothing"))
    traces, notes = [], []
    for height, row in enumerate(reversed(rows)):
        if row.value is None:
            notes.append(_words_of_state(row, look, 0, height))
            continue
        traces.append(_bar(row, row.value, height, look))
        notes.append(note(look, f"<b>{row.text}</b>", max(row.value, 0), height, xanchor="left", xshift=6))
    labels = [row.label for row in rows]
    marks = {"range": _bar_range(rows), "showticklabels": False, "zeroline": True, "zerolinewidth": 2}
    return _in_rows(labels, traces, notes, look, height=height_per_row, xaxis={**marks, "showgrid": False})


def _bar_range(rows: list[Row]) -> list[float]:
    """Return an axis range that holds zero and leaves room for the words at the end of the longest bar."""
    values = [row.value for row in rows if row.value is not None]
    bottom, top = min([0.0, *values]), max([0.0, *values])
    return [bottom * 1.15, top + 0.3 * (top - bottom) or 1]


def _bar(row: Row, value: float, height: int, look: Look) -> Trace:
    style = look.companies[row.company]
    outlined = row.state in _OUTLINED
    pattern = {
        "shape": "" if outlined else style.pattern, "fillmode": "overlay", "fgcolor": look.palette.background,
        "size": 5, "solidity": 0.18,
    }  # fmt: skip
    fill = "rgba(0,0,0,0)" if outlined else style.color
    return {
        "type": "bar", "orientation": "h", "x": [value], "y": [height], "width": [0.62],
        "marker": {"color": fill, "line": {"color": style.color, "width": 1.5}, "pattern": pattern},
        "hovertemplate": _hover(row, look), "customdata": [row.claims],
    }  # fmt: skip


# --- dots -------------------------------------------------------------------------------------------------------------


def row_dots(rows: list[Row], look: Look, *, log: bool = True, height_per_row: int = 40) -> go.Figure:
    """Return one dot per row on a (log) axis; rows in conflict are open and joined where they share a label.

    Rows without a value, and rows a log axis cannot show, are words.
    """
    placed = [(row, row.value) for row in rows if row.value is not None and _drawable(row, log=log)]
    if not placed:
        return blank(look, look.words("chart.nothing"))
    labels = list(dict.fromkeys(row.label for row in rows))
    height_of = {label: len(labels) - 1 - index for index, label in enumerate(labels)}
    rivals: dict[str, list[float]] = {}
    for row, value in placed:
        rivals.setdefault(row.label, []).append(value)
    values = [value for _, value in placed]
    limits = _log_range(values) if log else _linear_range(values)
    traces = [_joined(own, height_of[label], look) for label, own in rivals.items() if len(own) > 1]
    worded = [row for row in rows if not _drawable(row, log=log)]
    notes = [_words_of_state(row, look, limits[0], height_of[row.label]) for row in worded]
    for row, value in placed:
        height = height_of[row.label]
        traces.append(_dot(row, value, height, look))
        leftmost = len(rivals[row.label]) > 1 and value == min(rivals[row.label])
        notes.append(_beside(row, log10(value) if log else value, height, look, left=leftmost))
    xaxis = {"range": limits, "showticklabels": False, **({"type": "log"} if log else {})}
    return _in_rows(labels, traces, notes, look, height=height_per_row, xaxis=xaxis)


def _drawable(row: Row, *, log: bool) -> bool:
    return row.value is not None and (row.value > 0 or not log)


def _log_range(values: list[float]) -> list[float]:
    low, high = log10(min(values)), log10(max(values))
    span = high - low or 1
    return [low - 0.35 * span - 0.2, high + 0.62 * span + 0.25]


def _linear_range(values: list[float]) -> list[float]:
    low, high = min(values), max(values)
    span = high - low or abs(high) or 1
    return [low - 0.45 * span, high + 0.6 * span]


def _joined(values: list[float], height: int, look: Look) -> Trace:
    return {
        "type": "scatter", "mode": "lines", "x": [min(values), max(values)], "y": [height] * 2,
        "line": {"color": look.palette.zero, "width": 2}, "hoverinfo": "skip",
    }  # fmt: skip


def _dot(row: Row, value: float, height: int, look: Look) -> Trace:
    style = look.companies[row.company]
    symbol = f"{style.symbol}-open" if row.state in _OPEN else style.symbol
    return {
        "type": "scatter", "mode": "markers", "x": [value], "y": [height], "customdata": [row.claims],
        "marker": {"size": 13, "color": style.color, "symbol": symbol, "line": {"width": 2, "color": style.color}},
        "hovertemplate": _hover(row, look),
    }  # fmt: skip


def _beside(row: Row, x: float, height: int, look: Look, *, left: bool) -> dict[str, Any]:
    small = f" <span style='font-size:11px'>{row.hover}</span>" if row.hover else ""
    side = {"xanchor": "right", "xshift": -12} if left else {"xanchor": "left", "xshift": 12}
    return note(look, f"<b>{row.text}</b>{small}", x, height, **side, yshift=0)


# --- shared -----------------------------------------------------------------------------------------------------------


def _hover(row: Row, look: Look) -> str:
    return f"{row.label}: {row.text}<br>{look.words('state.' + row.state)}<br>{row.hover}<extra></extra>"


def _words_of_state(row: Row, look: Look, x: float, height: int) -> dict[str, Any]:
    font = {"size": 12, "color": look.palette.muted}
    return note(look, row.text, x, height, xanchor="left", xshift=4, font=font)


def _in_rows(
    labels: list[str], traces: list[Trace], notes: list[dict[str, Any]], look: Look, *, height: int,
    xaxis: dict[str, Any],
) -> go.Figure:  # fmt: skip
    count = len(labels)
    yaxis = axis(
        look.theme, tickvals=list(range(count)), ticktext=labels[::-1], range=[-0.7, count - 0.3], showgrid=False,
        tickfont={"size": 12, "color": look.palette.text},
    )  # fmt: skip
    return figure(
        look, traces, height=max(130, height * count + 40), annotations=notes, barmode="overlay",
        xaxis=axis(look.theme, **xaxis), yaxis=yaxis, margin={"l": 8, "r": 16, "t": 12, "b": 12},
    )  # fmt: skip
