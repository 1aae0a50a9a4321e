"""Events on one line of time."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from ipo_data.charts.drawing import Drawing
from ipo_data.charts.theme import Look, axis, blank, figure, note


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """One dated event of a company; ``words`` may hold line breaks, ``claims`` are ids joined by spaces."""

    day: date
    company: str
    words: str
    claims: str


_SHORT_DAYS: Final = 200
_LEVELS: Final = (26, -26, 66, -66)
"""Neighbouring words stand above and below the line in turn, so that they do not cover each other."""


def timeline(events: list[Event], look: Look) -> Drawing:
    """Return one lane per company with a mark and words per event."""
    if not events:
        return blank(look, look.words("chart.nothing"))
    lanes = [name for name in list(look.companies)[::-1] if any(event.company == name for event in events)]
    traces: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    for lane, name in enumerate(lanes):
        own = sorted(event for event in events if event.company == name)
        traces.append(_lane(own, lane, look))
        notes += [_words(event, lane, _LEVELS[index % len(_LEVELS)], look) for index, event in enumerate(own)]
    yaxis = axis(
        look.theme, tickvals=list(range(len(lanes))), ticktext=[look.companies[name].name for name in lanes],
        range=[-0.75, len(lanes) - 0.25], showgrid=False, tickfont={"size": 13, "color": look.palette.text},
    )  # fmt: skip
    return figure(
        look, traces, room=760, height=220 * len(lanes) + 40, annotations=notes, yaxis=yaxis,
        xaxis=axis(look.theme, type="date", showgrid=True, tickformat=_tick_format(events), nticks=7),
        margin={"l": 8, "r": 70, "t": 12, "b": 8},
    )  # fmt: skip


def _tick_format(events: list[Event]) -> str:
    """Write days on short axes and months on long ones, in figures that read alike in every language."""
    days = [event.day.toordinal() for event in events]
    return "%Y-%m-%d" if max(days) - min(days) < _SHORT_DAYS else "%Y-%m"


def _lane(events: list[Event], lane: int, look: Look) -> dict[str, Any]:
    style = look.companies[events[0].company]
    return {
        "type": "scatter", "mode": "lines+markers", "x": [event.day.isoformat() for event in events],
        "y": [lane] * len(events), "customdata": [event.claims for event in events],
        "line": {"color": style.color, "width": 2, "dash": style.dash},
        "marker": {"size": 10, "symbol": style.symbol, "color": style.color},
        "text": [event.words for event in events], "hovertemplate": "%{x}<br>%{text}<extra></extra>",
    }  # fmt: skip


def _words(event: Event, lane: int, shift: int, look: Look) -> dict[str, Any]:
    font = {"size": 11, "color": look.palette.text}
    return note(look, event.words, event.day.isoformat(), lane, yshift=shift, font=font)
