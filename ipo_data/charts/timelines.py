"""Events on one line of time."""

from dataclasses import dataclass
from datetime import date
from math import inf
from typing import Any, Final

from ipo_data.charts.drawing import Drawing
from ipo_data.charts.rows import STANDOFF, text_width, wrapped
from ipo_data.charts.theme import PHONE, Look, axis, blank, figure, note


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """One dated event of a company; ``words`` may hold line breaks, ``claims`` are ids joined by spaces."""

    day: date
    company: str
    words: str
    claims: str


_SHORT_DAYS: Final = 200
_LEVELS: Final = (28, -28, 72, -72, 116, -116)
"""Distances of words from their lane; each stands as near as its neighbours allow, joined to its mark by a line."""
_MARK: Final = -10
"""Stands for words where a lane has none on one side."""
_DESK: Final = 760
_WORDS: Final = 32
"""Pixels beyond the middle of an event's words."""
_LIST_LINE: Final = 15
_LIST_GAP: Final = 16


def timeline(events: list[Event], look: Look) -> Drawing:
    """Return one lane per company with a mark and words per event; in a narrow window a list from top to bottom."""
    if not events:
        return blank(look, look.words("chart.nothing"))
    if look.narrow:
        return _listed(sorted(events), look)
    lanes = [name for name in list(look.companies)[::-1] if any(event.company == name for event in events)]
    traces: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    whole, places = 0.0, []
    for name in lanes:  # from the bottom; the axis counts pixels, so that a lane is as high as its words
        own = sorted(event for event in events if event.company == name)
        shifts = _shifts(own, _days(events))
        above, below = (_WORDS + max([_MARK, *(sign * shift for shift in shifts)]) for sign in (1, -1))
        places.append(whole + below)
        traces.append(_lane(own, places[-1], look))
        notes += [_words(event, places[-1], shift, look) for event, shift in zip(own, shifts, strict=True)]
        whole += above + below
    yaxis = axis(
        look.theme, tickvals=places, ticktext=[f"<b>{look.companies[name].name}</b>" for name in lanes],
        range=[0, whole], showgrid=False, showline=False, tickfont={"size": 13, "color": look.palette.text},
        ticklabelstandoff=STANDOFF,
    )  # fmt: skip
    return figure(
        look, traces, room=_DESK, height=round(whole) + 52, annotations=notes, yaxis=yaxis,
        xaxis=axis(look.theme, type="date", showgrid=False, tickformat=_tick_format(events, look), nticks=7),
        margin={"l": 8, "r": 70, "t": 12, "b": 8},
    )  # fmt: skip


def _days(events: list[Event]) -> int:
    days = [event.day.toordinal() for event in events]
    return max(max(days) - min(days), 1)


def _shifts(events: list[Event], days: int) -> list[int]:
    """Return the distance of each event's words from their lane: the smallest at which no earlier words stand."""
    ends: dict[int, float] = {}
    found = []
    for event in events:
        middle, half = event.day.toordinal() / days * (_DESK - 190), text_width(event.words, 11) / 2 + 4
        free = (shift for shift in _LEVELS if ends.get(shift, -inf) <= middle - half)
        shift = next(free, min(_LEVELS, key=lambda level: ends.get(level, -inf)))
        ends[shift] = middle + half
        found.append(shift)
    return found


def _listed(events: list[Event], look: Look) -> Drawing:
    """Return one event below the other, each with the mark of its company."""
    words = [
        wrapped(f"<b>{look.companies[event.company].name}</b> {event.words.replace('<br>', ' · ')}", PHONE - 34)
        for event in events
    ]
    row = _LIST_LINE * max(text.count("<br>") + 1 for text in words) + _LIST_GAP
    places = [len(events) - 1 - place for place in range(len(events))]
    traces: list[dict[str, Any]] = [{
        "type": "scatter", "mode": "lines", "x": [0, 0], "y": [0, len(events) - 1], "hoverinfo": "skip",
        "line": {"color": look.palette.grid, "width": 2},
    }]  # fmt: skip
    for event, place in zip(events, places, strict=True):
        style = look.companies[event.company]
        traces.append({
            "type": "scatter", "mode": "markers", "x": [0], "y": [place], "customdata": [event.claims],
            "marker": {"size": 12, "symbol": style.symbol, "color": style.color},
            "text": [event.words], "hovertemplate": "%{text}<extra></extra>",
        })  # fmt: skip
    notes = [
        note(look, text, 0, place, xanchor="left", xshift=14, align="left")
        for text, place in zip(words, places, strict=True)
    ]
    return figure(
        look, traces, height=row * len(events) + 24, annotations=notes,
        xaxis=axis(look.theme, visible=False, range=[-0.04, 1]),
        yaxis=axis(look.theme, visible=False, range=[-0.5, len(events) - 0.5]),
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
    )  # fmt: skip


def _tick_format(events: list[Event], look: Look) -> str:
    """Write days on short axes and months on long ones."""
    days = [event.day.toordinal() for event in events]
    english = look.words.language == "en"
    if max(days) - min(days) < _SHORT_DAYS:
        return "%-d %b %Y" if english else "%Y-%m-%d"
    return "%b %Y" if english else "%Y-%m"


def _lane(events: list[Event], lane: float, look: Look) -> dict[str, Any]:
    style = look.companies[events[0].company]
    return {
        "type": "scatter", "mode": "lines+markers", "x": [event.day.isoformat() for event in events],
        "y": [lane] * len(events), "customdata": [event.claims for event in events],
        "line": {"color": style.color, "width": 2, "dash": style.dash},
        "marker": {"size": 10, "symbol": style.symbol, "color": style.color},
        "text": [event.words for event in events], "hovertemplate": "%{x}<br>%{text}<extra></extra>",
    }  # fmt: skip


def _words(event: Event, lane: float, shift: int, look: Look) -> dict[str, Any]:
    """Return an event's words and the thin line from them to the event's mark."""
    font = {"size": 11, "color": look.palette.text}
    pen = {"showarrow": True, "arrowhead": 0, "arrowwidth": 1, "arrowcolor": look.palette.zero, "standoff": 6}
    return note(look, event.words, event.day.isoformat(), lane, ax=0, ay=-shift, font=font, borderpad=1, **pen)
