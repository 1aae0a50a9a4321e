"""Dumbbells: two values on one line, joined, with the relation between them written beside."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from ipo_data.charts.drawing import Drawing
from ipo_data.charts.rows import SIDES, Stack, scale, stacked, text_width
from ipo_data.charts.theme import PHONE, Look, axis, blank, figure, note
from ipo_data.frames.rows import PointRow, point_rows

Trace = dict[str, Any]
_FARTHER = 18
"""Pixels more for the words of every firm beyond two."""
_DESK = 760
_HEADINGS, _RATIO = 190, 72
"""Pixels that the words at the left and the ratios at the right take."""
_MAJORITY = 50.0
_BESIDE = 10
"""Pixels between a holder's last dot and its words."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of firms side by side.

    Attributes:
        id: Measure id in the frame.
        label: Heading.
        alike: Whether the firms' windows are of equal length; if not, their dots are open.
    """

    id: str
    label: str
    alike: bool


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage, how it is written beside its mark, the ids of its claims, and on hover as printed."""

    value: float
    written: str
    claims: str = ""
    printed: str = ""


@dataclass(frozen=True, slots=True)
class HolderLine:
    """One holder: economic interest and votes; several shares where documents disagree, none where nothing is known."""

    label: str
    economic: tuple[Share, ...] = ()
    votes: tuple[Share, ...] = ()

    @property
    def values(self) -> list[float]:
        """All its percentages."""
        return [share.value for share in self.economic + self.votes]


# --- firms side by side -----------------------------------------------------------------------------------------------


def firms_side_by_side(frame: pd.DataFrame, look: Look, measures: list[Measure]) -> Drawing:
    """Return one line per measure with one dot per company and the ratio of largest to smallest.

    Args:
        frame: Data points of several companies in one currency.
        look: Theme, words and companies.
        measures: Lines from top to bottom.
    """
    drawn = [row for row in point_rows(frame[frame["value"].notna()]) if row.measure in {m.id for m in measures}]
    if not drawn:
        return blank(look, look.words("chart.nothing"))
    traces: list[Trace] = []
    notes: list[dict[str, Any]] = []
    for height, measure in enumerate(reversed(measures)):
        own = [row for row in drawn if row.measure == measure.id]
        if not own:
            continue
        low, high = min(row.value for row in own), max(row.value for row in own)
        traces.append(_line(low, high, height, look))
        traces += [_dot(row, height, look, filled=measure.alike) for row in own]
        if len(own) > 1 and low > 0:
            notes.append(_ratio_note(high / low, height, look, alike=measure.alike))
    tall = 84 + _FARTHER * max(0, len(look.companies) - 2) + (_FARTHER if look.narrow else 0)
    limits = _room_for_words(drawn, look)
    for height, measure in enumerate(reversed(measures)):
        own = [row for row in drawn if row.measure == measure.id]
        notes += [_value_note(row, height, look, limits, level=index) for index, row in enumerate(own)]
    labels = [measure.label for measure in measures]
    if look.narrow:
        notes += [_heading_above(label, place, tall, look) for place, label in enumerate(reversed(labels))]
        rows = axis(look.theme, visible=False, range=[-0.5, len(labels) - 0.5])
    else:
        rows = _headings(labels, look, room=0.5, color=look.palette.text, size=13) | {
            "showline": False,
            "ticklabelstandoff": 6,
        }
    marks = {"showgrid": False, "showticklabels": False, "showline": False, "zeroline": True, "zerolinewidth": 2}
    return figure(
        look, traces, height=tall * len(measures) + 24, room=PHONE if look.narrow else _DESK, annotations=notes,
        xaxis=axis(look.theme, range=limits, **marks), yaxis=rows, margin={"l": 8, "r": 16, "t": 12, "b": 12},
    )  # fmt: skip


def _pixels(look: Look) -> float:
    """Return the width of the scale."""
    return PHONE - SIDES if look.narrow else _DESK - SIDES - _HEADINGS


def _room_for_words(rows: list[PointRow], look: Look) -> list[float]:
    """Return a scale from zero on which the widest words end before the ratios begin."""
    marks = [(row.value, 8.0, text_width(_words_of(row, look), 12) / 2 + _RATIO) for row in rows]
    return scale(marks, _pixels(look), zero=True)


def _heading_above(label: str, place: int, tall: int, look: Look) -> dict[str, Any]:
    base = {"name": "row", "xref": "paper", "xanchor": "left", "xshift": 5, "yanchor": "top", "yshift": tall / 2}
    return note(look, f"<b>{label}</b>", 0, place, **base)


def _ratio_note(ratio: float, height: int, look: Look, *, alike: bool) -> dict[str, Any]:
    font = {"size": 15, "color": look.palette.text if alike else look.palette.muted}
    return note(look, f"<b>{look.write(ratio, 'x')}</b>", 1.0, height, xref="paper", xanchor="right", font=font)


def _dot(row: PointRow, height: int, look: Look, *, filled: bool) -> Trace:
    style = look.companies[row.company]
    written = f"{look.when(row.period)}: {look.shown(row)}"
    hover = f"{style.name}<br>{written}<br>{look.words('state.' + row.state)}<extra></extra>"
    symbol = style.symbol if filled else f"{style.symbol}-open"
    return {
        "type": "scatter", "mode": "markers", "x": [row.value], "y": [height], "customdata": [row.claim_ids],
        "marker": {"size": 15, "color": style.color, "symbol": symbol, "line": {"width": 2, "color": style.color}},
        "hovertemplate": hover,
    }  # fmt: skip


def _value_note(row: PointRow, height: int, look: Look, limits: list[float], *, level: int) -> dict[str, Any]:
    """Return a dot's words: above, below, and for further firms one line farther out, by turns.

    They stand right of the line through zero, and left of the ratios.
    """
    shift = (22 + 17 * (level // 2)) * (-1 if level % 2 else 1)
    text = _words_of(row, look)
    font = {"size": 12, "color": look.companies[row.company].text_color}
    half, per_pixel = text_width(text, 12) / 2, (limits[1] - limits[0]) / _pixels(look)
    if row.value / per_pixel < half + 6:
        return note(look, text, 0, height, xanchor="left", xshift=6, yshift=shift, font=font)
    return note(look, text, row.value, height, xanchor="center", yshift=shift, font=font)


def _words_of(row: PointRow, look: Look) -> str:
    small = f"<span style='font-size:11px'>{look.when(row.period)}</span>"
    return f"{look.companies[row.company].name} <b>{look.labelled(row)}</b> {small}"


# --- owners and voters ------------------------------------------------------------------------------------------------


def economic_to_votes(holders: list[HolderLine], look: Look, color: str) -> Drawing:
    """Return one line per holder from economic interest (open) to voting rights (filled).

    Args:
        holders: Holders from top to bottom; those without any value keep their heading.
        look: Theme and words.
        color: The company's colour.
    """
    if not any(holder.values for holder in holders):
        return blank(look, look.words("chart.nothing"))
    stack = stacked([holder.label for holder in holders], look)
    traces: list[Trace] = []
    notes = stack.notes(look)
    for height, holder in enumerate(reversed(holders)):
        if not holder.values:
            continue
        traces.append(_line(min(holder.values), max(holder.values), height, look))
        traces += [_holder_dot(holder.label, "economic", share, height, look, color=color) for share in holder.economic]
        traces += [_holder_dot(holder.label, "votes", share, height, look, color=color) for share in holder.votes]
        notes.append(_end_note(holder, height, look))
    return figure(
        look, traces, height=stack.height + 48, room=stack.room, annotations=notes, yaxis=stack.axis(look),
        xaxis=axis(look.theme, **_percent_scale(holders, stack, look), side="top"),
        margin={"l": 8, "r": 16, "t": 32, "b": 8},
    )  # fmt: skip


def _percent_scale(holders: list[HolderLine], stack: Stack, look: Look) -> dict[str, Any]:
    """Return the range and ticks of the percentages: up to a hundred where somebody has a majority of the votes.

    Small interests would huddle at zero.
    """
    most = max((share.value for holder in holders for share in holder.votes), default=0.0)
    words = [(max(holder.values), 8.0, _BESIDE + text_width(_ends(holder))) for holder in holders if holder.values]
    whole = [(0.0, 8.0, 12.0), (100.0, 8.0, 20.0)] if most > _MAJORITY else [(0.0, 8.0, 12.0)]
    limits = scale([*words, *whole], stack.pixels)
    step = next(step for step in (0.5, 1, 2, 5, 10, 25) if max(mark[0] for mark in words + whole) / step <= 5)
    ticks = [place * step for place in range(int(limits[1] / step) + 1) if place * step <= 100]
    return {"range": limits, "tickvals": ticks, "ticktext": [f"{tick:g}%" for tick in ticks]}


def _holder_dot(label: str, kind: str, share: Share, height: int, look: Look, *, color: str) -> Trace:
    hover = f"{label}<br>{look.words('chart.' + kind)}: {share.printed or share.written}<extra></extra>"
    symbol = "circle" if kind == "votes" else "circle-open"
    return {
        "type": "scatter", "mode": "markers", "x": [share.value], "y": [height], "customdata": [share.claims],
        "marker": {"size": 12, "color": color, "symbol": symbol, "line": {"width": 2, "color": color}},
        "hovertemplate": hover,
    }  # fmt: skip


def _end_note(holder: HolderLine, height: int, look: Look) -> dict[str, Any]:
    font = {"size": 12, "color": look.palette.muted}
    return note(look, _ends(holder), max(holder.values), height, xanchor="left", xshift=_BESIDE, font=font)


def _ends(holder: HolderLine) -> str:
    return " → ".join(dict.fromkeys(share.written for share in holder.economic[:1] + holder.votes[:1]))


# --- shared -----------------------------------------------------------------------------------------------------------


def _line(low: float, high: float, height: int, look: Look) -> Trace:
    return {
        "type": "scatter", "mode": "lines", "x": [low, high], "y": [height, height], "hoverinfo": "skip",
        "line": {"color": look.palette.zero, "width": 2},
    }  # fmt: skip


def _headings(labels: list[str], look: Look, *, room: float, color: str = "", size: int = 12) -> dict[str, Any]:
    count = len(labels)
    font = {"tickfont": {"size": size, "color": color}} if color else {}
    return axis(
        look.theme, tickvals=list(range(count)), ticktext=labels[::-1], range=[-room, count - (1 - room)],
        showgrid=False, **font,
    )  # fmt: skip
