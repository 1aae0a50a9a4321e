"""Dot strips: every document's figure for one thing, with the whisker of what its digits allow."""

from dataclasses import dataclass, replace
from typing import Any, Final

from ipo_data.charts.drawing import Drawing
from ipo_data.charts.rows import parted, wrapped
from ipo_data.charts.theme import PHONE, Look, axis, blank, figure, note


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
        symbol: Marker symbol, for the kind of document.
    """

    value: float
    low: float
    high: float
    text: str
    chosen: bool
    company: str
    claim: str
    symbol: str = "circle"


@dataclass(frozen=True, slots=True)
class Strip:
    """One disputed figure: a heading and its marks."""

    heading: str
    marks: tuple[Mark, ...]


_LINE_PIXELS: Final = 15
_HEADING_PIXELS: Final = 12
"""Besides the heading's lines."""
_STRIP_PIXELS: Final = 8
_BETWEEN: Final = 14
"""Pixels between the strips on a desk."""
_DESK: Final = 760
_STRIP_FROM: Final = 0.34
"""Where a strip begins on a desk, as a share of the width; its heading stands to its left."""
_WORDS_FROM: Final = 0.4
_WORDS_FROM_ON_DESK: Final = 0.27
"""Where the words begin, as a share of the strip; the dots stand to their left."""


@dataclass(frozen=True, slots=True)
class _Scale:
    """The horizontal scale of one strip, from its lowest to its highest claim with room for the words."""

    suffix: str
    low: float
    high: float

    @property
    def span(self) -> float:
        return (self.high - self.low) or abs(self.high) or 1.0

    @property
    def axes(self) -> dict[str, str]:
        return {"xaxis": f"x{self.suffix}", "yaxis": f"y{self.suffix}"}

    @property
    def references(self) -> dict[str, str]:
        return {"xref": f"x{self.suffix}", "yref": f"y{self.suffix}"}


def rival_strips(strips: list[Strip], look: Look) -> Drawing:
    """Return one strip per disputed figure, each on its own scale from its lowest to its highest claim.

    Headings stand to the left of their strips, in a narrow window above them.
    """
    if not strips:
        return blank(look, look.words("chart.no_conflict"))
    traces: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    layout: dict[str, Any] = {}
    strips = [_fitted(strip, look) for strip in strips]
    total = sum(_pixels(strip, look) for strip in strips)
    edges = [1.0]
    for number, strip in enumerate(strips, 1):
        values = [mark.value for mark in strip.marks]
        scale = _Scale("" if number == 1 else str(number), min(values), max(values))
        top, bottom = edges[-1], edges[-1] - _pixels(strip, look) / total
        above, below = (_heading_pixels(strip), 0) if look.narrow else (_BETWEEN / 2, _BETWEEN / 2)
        domain = [max(0.0, round(bottom + below / total, 4)), round(top - above / total, 4)]
        layout |= _axes(scale, domain, strip, look)
        notes.append(_heading(strip, scale, look))
        for place, mark in enumerate(reversed(strip.marks)):
            traces += _drawn(mark, place, scale, look)
            words = {"xanchor": "left", "xshift": 0, "align": "left", **scale.references}
            notes.append(note(look, mark.text, scale.high + 0.2 * scale.span, place, **words))
        edges.append(bottom)
    margin = {"l": 8, "r": 8, "t": 8, "b": 8}
    return figure(
        look, traces, height=total + 16, room=PHONE if look.narrow else _DESK, annotations=notes, margin=margin,
        shapes=[] if look.narrow else [_rule(edge, look) for edge in edges[1:-1]], **layout,
    )  # fmt: skip


def _fitted(strip: Strip, look: Look) -> Strip:
    """Break heading and words into lines that fit the narrowest window of the kind."""
    whole = (PHONE if look.narrow else _DESK) - 16
    head = whole if look.narrow else whole * _STRIP_FROM - 12
    room = whole * (1 - _WORDS_FROM) if look.narrow else whole * (1 - _STRIP_FROM) * (1 - _WORDS_FROM_ON_DESK)
    marks = tuple(replace(mark, text=wrapped(mark.text, room)) for mark in strip.marks)
    return Strip(parted(strip.heading, head, 13.8 if look.narrow else 12.7), marks)


def _pixels(strip: Strip, look: Look) -> int:
    marks = _mark_pixels(strip) * len(strip.marks)
    if look.narrow:
        return _heading_pixels(strip) + _STRIP_PIXELS + marks
    return max(marks, _heading_pixels(strip) - _HEADING_PIXELS) + _BETWEEN


def _heading_pixels(strip: Strip) -> int:
    return _HEADING_PIXELS + (_LINE_PIXELS + 1) * (strip.heading.count("<br>") + 1)


def _mark_pixels(strip: Strip) -> int:
    return 9 + _LINE_PIXELS * max(mark.text.count("<br>") + 1 for mark in strip.marks)


def _axes(scale: _Scale, domain: list[float], strip: Strip, look: Look) -> dict[str, Any]:
    left = scale.low - 0.15 * scale.span
    room = [left, left + 1.35 * scale.span / (_WORDS_FROM if look.narrow else _WORDS_FROM_ON_DESK)]
    places = [-0.6, len(strip.marks) - 0.4]
    across = {"domain": [0, 1]} if look.narrow else {"domain": [_STRIP_FROM, 1], "showline": False}
    return {
        f"xaxis{scale.suffix}": axis(
            look.theme, anchor=f"y{scale.suffix}", range=room, showticklabels=False, showgrid=False, **across
        ),
        f"yaxis{scale.suffix}": axis(
            look.theme, anchor=f"x{scale.suffix}", domain=domain, range=places, visible=False
        ),
    }  # fmt: skip


def _heading(strip: Strip, scale: _Scale, look: Look) -> dict[str, Any]:
    place = {"y": 1, "yanchor": "bottom", "yshift": 4} if look.narrow else {"y": 0.5, "yanchor": "middle"}
    font = {"size": 13 if look.narrow else 12, "color": look.palette.text}
    return {
        **note(look, f"<b>{strip.heading}</b>", 0, 0, font=font),
        "xref": "paper", "xanchor": "left", "yref": f"y{scale.suffix} domain", "align": "left", **place,
    }  # fmt: skip


def _rule(height: float, look: Look) -> dict[str, Any]:
    """Return the thin line between two strips."""
    line = {"color": look.palette.grid, "width": 1}
    return {
        "type": "line", "xref": "paper", "x0": 0, "x1": 1, "yref": "paper", "y0": height, "y1": height, "line": line
    }  # fmt: skip


def _drawn(mark: Mark, place: int, scale: _Scale, look: Look) -> list[dict[str, Any]]:
    """Return the whisker, dotted where it goes on beyond the strip, and the dot, filled if it is the headline."""
    style = look.companies[mark.company]
    left, right = scale.low - 0.12 * scale.span, scale.high + 0.12 * scale.span
    cut = mark.high > right or mark.low < left
    whisker = {
        "type": "scatter", "mode": "lines", "x": [max(mark.low, left), min(mark.high, right)], "y": [place, place],
        "hoverinfo": "skip", "line": {"color": style.color, "width": 2, "dash": "dot" if cut else "solid"},
    }  # fmt: skip
    symbol = mark.symbol if mark.chosen else f"{mark.symbol}-open"
    dot = {
        "type": "scatter", "mode": "markers", "x": [mark.value], "y": [place], "customdata": [mark.claim],
        "hovertemplate": mark.text.replace("<br>", " ") + "<extra></extra>",
        "marker": {"size": 12, "symbol": symbol, "color": style.color, "line": {"width": 2, "color": style.color}},
    }  # fmt: skip
    return [whisker | scale.axes, dot | scale.axes]
