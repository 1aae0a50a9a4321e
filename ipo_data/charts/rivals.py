"""Dot strips: every document's figure for one thing, with the whisker of what its digits allow."""

from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from ipo_data.charts.theme import Look, axis, blank, figure, note


@dataclass(frozen=True, slots=True)
class Mark:
    """One claim on a strip.

    Attributes:
        value: The number.
        low: Lowest value its digits allow (minus infinity if open).
        high: Highest value (infinity if open).
        text: Figure and document as written.
        chosen: Whether it is the headline.
        company: Company id.
        claim: Claim id.
    """

    value: float
    low: float
    high: float
    text: str
    chosen: bool
    company: str
    claim: str


@dataclass(frozen=True, slots=True)
class Strip:
    """One disputed figure: a heading and its marks."""

    heading: str
    marks: tuple[Mark, ...]


def rival_strips(strips: list[Strip], look: Look) -> go.Figure:
    """Return one strip per disputed figure, each on its own scale from its lowest to its highest claim."""
    if not strips:
        return blank(look, look.words("chart.no_conflict"))
    traces: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    layout: dict[str, Any] = {}
    height_of = [34 + 24 * len(strip.marks) for strip in strips]
    total = sum(height_of)
    top = 1.0
    for number, (strip, tall) in enumerate(zip(strips, height_of, strict=True), 1):
        suffix = "" if number == 1 else str(number)
        bottom = top - tall / total
        heading_room = 28 / total
        low, high = min(m.value for m in strip.marks), max(m.value for m in strip.marks)
        span = (high - low) or abs(high) or 1.0
        layout[f"xaxis{suffix}"] = axis(
            look.theme,
            anchor=f"y{suffix}",
            range=[low - 0.15 * span, high + 1.6 * span],
            showticklabels=False,
            showgrid=False,
        )
        layout[f"yaxis{suffix}"] = axis(
            look.theme,
            anchor=f"x{suffix}",
            domain=[max(0.0, round(bottom, 4)), round(top - heading_room, 4)],
            range=[-0.6, len(strip.marks) - 0.4],
            visible=False,
        )
        notes.append(
            note(
                look,
                f"<b>{strip.heading}</b>",
                0,
                1,
                xref="paper",
                yref=f"y{suffix} domain",
                xanchor="left",
                yanchor="bottom",
                yshift=4,
                align="left",
                font={"size": 13, "color": look.palette.text},
            )
        )
        for place, mark in enumerate(reversed(strip.marks)):
            traces += _mark(mark, place, look, suffix, low - 0.12 * span, high + 0.12 * span)
            notes.append(
                note(
                    look,
                    mark.text, high + 0.2 * span, place,
                    xref=f"x{suffix}",
                    yref=f"y{suffix}",
                    xanchor="left",
                    xshift=0,
                    align="left",
                )
            )
        top = bottom
    return figure(look, traces, height=total + 16, annotations=notes, margin={"l": 8, "r": 8, "t": 8, "b": 8}, **layout)


def _mark(mark: Mark, place: int, look: Look, suffix: str, left: float, right: float) -> list[dict[str, Any]]:
    style = look.companies[mark.company]
    axes = {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}"}
    whisker = {
        "type": "scatter", "mode": "lines", "x": [max(mark.low, left), min(mark.high, right)], "y": [place, place], "hoverinfo": "skip",
        "line": {"color": style.color, "width": 2, "dash": "dot" if mark.high > right or mark.low < left else "solid"}, **axes,
    }  # fmt: skip
    dot = {
        "type": "scatter", "mode": "markers", "x": [mark.value], "y": [place], "customdata": [mark.claim], "hovertemplate": mark.text + "<extra></extra>",
        "marker": {"size": 12, "symbol": style.symbol if mark.chosen else f"{style.symbol}-open", "color": style.color, "line": {"width": 2, "color": style.color}}, **axes,
    }  # fmt: skip
    return [whisker, dot]
