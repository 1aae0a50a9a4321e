"""Horizontal bars and dots in rows: rankings, ladders, tranches."""

from dataclasses import dataclass
from math import log10
from typing import Any

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
        hover: Further words shown on hover.
        claims: Claim ids.
        group: Heading that several rows share.
    """

    label: str
    company: str
    value: float | None
    text: str
    state: str = "reported"
    hover: str = ""
    claims: str = ""
    group: str = ""


_OUTLINED = ("derived", "forecast", "scenario")


def row_bars(rows: list[Row], look: Look, *, height_per_row: int = 38) -> go.Figure:
    """Return horizontal bars from zero, labelled at their ends; derived ones outlined, empty ones as words."""
    if not rows:
        return blank(look, look.words("chart.nothing"))
    traces, notes = [], []
    top = max((r.value for r in rows if r.value is not None), default=1.0)
    bottom = (
        min(0.0, *(r.value for r in rows if r.value is not None)) if any(r.value is not None for r in rows) else 0.0
    )
    for height, row in enumerate(reversed(rows)):
        style = look.companies[row.company]
        if row.value is None:
            notes.append(
                note(
                    look, row.text, 0, height, xanchor="left", xshift=4, font={"size": 12, "color": look.palette.muted}
                )
            )
            continue
        outlined = row.state in _OUTLINED
        traces.append({
            "type": "bar", "orientation": "h", "x": [row.value], "y": [height], "width": [0.62],
            "marker": {"color": "rgba(0,0,0,0)" if outlined else style.color, "line": {"color": style.color, "width": 1.5}, "pattern": {"shape": "" if outlined else style.pattern, "fillmode": "overlay", "fgcolor": look.palette.background, "size": 5, "solidity": 0.18}},
            "hovertemplate": f"{row.label}: {row.text}<br>{look.words('state.' + row.state)}<br>{row.hover}<extra></extra>", "customdata": [row.claims],
        })  # fmt: skip
        notes.append(note(look, f"<b>{row.text}</b>", max(row.value, 0), height, xanchor="left", xshift=6))
    return _in_rows(
        rows,
        traces,
        notes,
        look,
        height_per_row,
        {
            "range": [bottom * 1.15, top * 1.3 or 1],
            "showticklabels": False,
            "zeroline": True,
            "zerolinewidth": 2,
            "showgrid": False,
        },
    )


def row_dots(rows: list[Row], look: Look, *, log: bool = True, height_per_row: int = 40) -> go.Figure:
    """Return one dot per row on a (log) axis; rows in conflict are open and joined where they share a label."""
    placed = [r for r in rows if r.value is not None and (r.value > 0 or not log)]
    if not placed:
        return blank(look, look.words("chart.nothing"))
    labels = list(dict.fromkeys(r.label for r in rows))
    position = {label: len(labels) - 1 - index for index, label in enumerate(labels)}
    traces: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    for label in labels:
        values = sorted(r.value for r in placed if r.label == label and r.value is not None)
        if len(values) > 1:
            traces.append(
                {
                    "type": "scatter",
                    "mode": "lines",
                    "x": [values[0], values[-1]],
                    "y": [position[label]] * 2,
                    "line": {"color": look.palette.zero, "width": 2},
                    "hoverinfo": "skip",
                }
            )
    for row in rows:
        height = position[row.label]
        if row.value is None:
            continue
        style = look.companies[row.company]
        open_mark = row.state in (*_OUTLINED, "conflict")
        traces.append({
            "type": "scatter", "mode": "markers", "x": [row.value], "y": [height], "customdata": [row.claims],
            "marker": {"size": 13, "color": style.color, "symbol": f"{style.symbol}-open" if open_mark else style.symbol, "line": {"width": 2, "color": style.color}},
            "hovertemplate": f"{row.label}: {row.text}<br>{look.words('state.' + row.state)}<br>{row.hover}<extra></extra>",
        })  # fmt: skip
        rivals = [r for r in placed if r.label == row.label]
        lowest = len(rivals) > 1 and row.value == min(r.value for r in rivals if r.value is not None)
        words = f"<b>{row.text}</b>" + (f" <span style='font-size:11px'>{row.hover}</span>" if row.hover else "")
        notes.append(
            note(
                look,
                words,
                log10(row.value) if log else row.value,
                height,
                xanchor="right" if lowest else "left",
                xshift=-12 if lowest else 12,
                yshift=0,
            )
        )
    values = [r.value for r in placed if r.value is not None]
    if log:
        span = log10(max(values)) - log10(min(values)) or 1
        changes: dict[str, Any] = {
            "type": "log",
            "range": [log10(min(values)) - 0.35 * span - 0.2, log10(max(values)) + 0.62 * span + 0.25],
            "showticklabels": False,
        }
    else:
        span = max(values) - min(values) or abs(max(values)) or 1
        changes = {"range": [min(values) - 0.45 * span, max(values) + 0.6 * span], "showticklabels": False}
    return _in_rows(
        [Row(label, rows[0].company, 1, "") for label in labels], traces, notes, look, height_per_row, changes
    )


def _in_rows(
    rows: list[Row],
    traces: list[dict[str, Any]],
    notes: list[dict[str, Any]],
    look: Look,
    height_per_row: int,
    xaxis: dict[str, Any],
) -> go.Figure:
    count = len(rows)
    return figure(
        look, traces, height=max(130, height_per_row * count + 40), annotations=notes, barmode="overlay",
        xaxis=axis(look.theme, **xaxis),
        yaxis=axis(look.theme, tickvals=list(range(count)), ticktext=[r.label for r in reversed(rows)], range=[-0.7, count - 0.3], showgrid=False, tickfont={"size": 12, "color": look.palette.text}),
        margin={"l": 8, "r": 16, "t": 12, "b": 12},
    )  # fmt: skip
