"""Events on one line of time."""

from datetime import date
from typing import Any

import plotly.graph_objects as go

from ipo_data.charts.theme import Look, axis, blank, figure, note


def timeline(events: list[tuple[date, str, str, str]], look: Look) -> go.Figure:
    """Return one lane per company with a mark and words per event.

    Args:
        events: ``(day, company id, words, claim ids)``.
        look: Theme, words and companies.
    """
    if not events:
        return blank(look, look.words("chart.nothing"))
    traces: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    lanes = [name for name in look.companies if any(e[1] == name for e in events)]
    for lane, name in enumerate(reversed(lanes)):
        style = look.companies[name]
        own = sorted(e for e in events if e[1] == name)
        traces.append({
            "type": "scatter", "mode": "lines+markers", "x": [f"{d:%Y-%m-%d}" for d, *_ in own], "y": [lane] * len(own), "customdata": [c for *_, c in own],
            "line": {"color": style.color, "width": 2, "dash": style.dash}, "marker": {"size": 10, "symbol": style.symbol, "color": style.color},
            "text": [w for _, _, w, _ in own], "hovertemplate": "%{x}<br>%{text}<extra></extra>",
        })  # fmt: skip
        levels = (26, -26, 66, -66)
        for index, (day, _, words, _) in enumerate(own):
            notes.append(
                note(
                    look,
                    words,
                    f"{day:%Y-%m-%d}",
                    lane,
                    yshift=levels[index % 4],
                    font={"size": 11, "color": look.palette.text},
                )
            )  # type: ignore[arg-type]
    return figure(
        look, traces, height=220 * len(lanes) + 40, annotations=notes,
        xaxis=axis(look.theme, type="date", showgrid=True),
        yaxis=axis(look.theme, tickvals=list(range(len(lanes))), ticktext=[look.companies[n].name for n in reversed(lanes)], range=[-0.75, len(lanes) - 0.25], showgrid=False, tickfont={"size": 13, "color": look.palette.text}),
        margin={"l": 8, "r": 70, "t": 12, "b": 8},
    )  # fmt: skip
