"""Dumbbells: two values on one line, joined, with the relation between them written beside."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ipo_data.charts.theme import Look, axis, blank, figure, note


def firms_side_by_side(frame: pd.DataFrame, look: Look, rows: list[tuple[str, str, bool]]) -> go.Figure:
    """Return one line per measure with one dot per company and the ratio of largest to smallest.

    Args:
        frame: Data points of several companies in one currency.
        look: Theme, words and companies.
        rows: ``(measure id, label, like for like)`` from top to bottom; unlike windows are drawn as open dots.
    """
    drawn = frame[frame["value"].notna()]
    if drawn.empty:
        return blank(look, look.words("chart.nothing"))
    traces: list[dict[str, Any]] = []
    notes = []
    for height, (measure, _, alike) in enumerate(reversed(rows)):
        part = drawn[drawn["measure"] == measure]
        if part.empty:
            continue
        low, high = float(part["value"].min()), float(part["value"].max())
        traces.append(_line(low, high, height, look))
        traces += [_dot(row, height, look, filled=alike) for row in part.itertuples()]
        if len(part) > 1 and low > 0:
            text = f"{_ratio(high / low)}×"
            notes.append(
                note(
                    look,
                    f"<b>{text}</b>",
                    1.0,
                    height,
                    xref="paper",
                    xanchor="right",
                    font={"size": 15, "color": look.palette.text if alike else look.palette.muted},
                )
            )
        notes += [_value_note(row, height, look, below=index % 2 == 1) for index, row in enumerate(part.itertuples())]
    top = float(drawn["value"].max())
    labels = [label for _, label, _ in reversed(rows)]
    return figure(
        look, traces, height=84 * len(rows) + 60, annotations=notes,
        xaxis=axis(look.theme, range=[-0.1 * top, top * 1.32], showgrid=True, showticklabels=False, zeroline=True),
        yaxis=axis(look.theme, tickvals=list(range(len(rows))), ticktext=labels, range=[-0.6, len(rows) - 0.4], showgrid=False, tickfont={"size": 13, "color": look.palette.text}),
        margin={"l": 8, "r": 16, "t": 12, "b": 12},
    )  # fmt: skip


def economic_to_votes(holders: list[dict[str, Any]], look: Look, color: str) -> go.Figure:
    """Return one line per holder from economic interest (open) to voting rights (filled).

    Args:
        holders: ``label``, ``economic`` and ``votes`` in percent; either may be a list of rival values or empty.
        look: Theme and words.
        color: The company's colour.
    """
    if not holders:
        return blank(look, look.words("chart.nothing"))
    traces: list[dict[str, Any]] = []
    notes = []
    for height, holder in enumerate(reversed(holders)):
        values = [*holder["economic"], *holder["votes"]]
        traces.append(_line(min(values), max(values), height, look))
        for key, symbol in (("economic", "circle-open"), ("votes", "circle")):
            for value in holder[key]:
                traces.append(
                    _plain_dot(
                        value,
                        height,
                        color,
                        symbol,
                        f"{holder['label']}<br>{look.words('chart.' + key)}: {look.write(value, 'percent')}",
                    )
                )
        notes += _end_notes(holder, height, look)
    count = len(holders)
    return figure(
        look, traces, height=max(150, 34 * count + 70), annotations=notes,
        xaxis=axis(look.theme, range=[-2, max(100.0, max(v for h in holders for v in [*h["economic"], *h["votes"]]) * 1.1) if any(h["votes"] for h in holders) else max(v for h in holders for v in h["economic"]) * 1.25], ticksuffix="%", side="top"),
        yaxis=axis(look.theme, tickvals=list(range(count)), ticktext=[h["label"] for h in reversed(holders)], range=[-0.7, count - 0.3], showgrid=False),
        margin={"l": 8, "r": 24, "t": 28, "b": 8},
    )  # fmt: skip


def _end_notes(holder: dict[str, Any], height: int, look: Look) -> list[dict[str, Any]]:
    first, last = holder["economic"][:1], holder["votes"][:1]
    if not first + last:
        return []
    text = " → ".join(look.write(v, "percent") for v in dict.fromkeys(first + last))
    place = max([*holder["economic"], *holder["votes"]])
    font = {"size": 12, "color": look.palette.muted}
    return [note(look, text, place, height, xanchor="left", xshift=10, font=font)]


def _ratio(value: float) -> str:
    return f"{value + 1e-9:.2f}" if value < 10 else f"{value:.0f}"


def _line(low: float, high: float, height: int, look: Look) -> dict[str, Any]:
    return {
        "type": "scatter", "mode": "lines", "x": [low, high], "y": [height, height], "hoverinfo": "skip",
        "line": {"color": look.palette.zero, "width": 2},
    }  # fmt: skip


def _dot(row: Any, height: int, look: Look, *, filled: bool) -> dict[str, Any]:  # noqa: ANN401
    style = look.companies[row.company]
    hover = f"{style.name}<br>{look.when(row.period)}: {look.write(row.value, row.unit)}<br>{look.words('state.' + row.state)}"
    return {
        "type": "scatter", "mode": "markers", "x": [row.value], "y": [height], "customdata": [row.claim_ids],
        "marker": {"size": 15, "color": style.color, "symbol": style.symbol if filled else f"{style.symbol}-open", "line": {"width": 2, "color": style.color}},
        "hovertemplate": hover + "<extra></extra>",
    }  # fmt: skip


def _plain_dot(value: float, height: int, color: str, symbol: str, hover: str) -> dict[str, Any]:
    return {
        "type": "scatter", "mode": "markers", "x": [value], "y": [height], "hovertemplate": hover + "<extra></extra>",
        "marker": {"size": 12, "color": color, "symbol": symbol, "line": {"width": 2, "color": color}},
    }  # fmt: skip


def _value_note(row: Any, height: int, look: Look, *, below: bool) -> dict[str, Any]:  # noqa: ANN401
    style = look.companies[row.company]
    text = f"{style.name} <b>{look.write(row.value, row.unit)}</b> <span style='font-size:11px'>{look.when(row.period)}</span>"
    font = {"size": 12, "color": style.text_color}
    return note(look, text, row.value, height, xanchor="center", yshift=-22 if below else 22, font=font)
