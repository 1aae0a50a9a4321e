"""Marimekko: one column per firm on one axis, its width the firm's revenue and its height a hundred per cent.

Widths are true to scale, so area is money; a figure that does not fit its block is left to hover and table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from ipo_data.charts.drawing import Drawing
from ipo_data.charts.mosaics import TINTS, Part, ink, lines_of, stacked_parts
from ipo_data.charts.rows import text_width, wrapped
from ipo_data.charts.theme import PHONE, Look, axis, blank, figure, note, tint

_ROOM: Final = 620
_SIDES: Final = 60
_GAP: Final = 0.012
_LINE: Final = 16
_PLOT: Final = 300
_HEADER_LINES: Final = 3


@dataclass(frozen=True, slots=True)
class Block:
    """One firm's column.

    Attributes:
        company: Company id.
        width: Revenue on the common axis; ``None`` if it is not known there.
        total: Revenue written out, or why there is none.
        window: Period of the revenue, and of the shares if it is another.
        parts: Members from the bottom.
    """

    company: str
    width: float | None
    total: str
    window: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """A column on the axis from 0 to 1, with the pixels of the whole axis on the narrowest screen."""

    block: Block
    left: float
    width: float
    whole: float

    @property
    def middle(self) -> float:
        return self.left + self.width / 2

    @property
    def pixels(self) -> float:
        return self.width * self.whole


def marimekko(blocks: Sequence[Block], look: Look) -> Drawing:
    """Return one column per firm with known shares; if a width is not known, all columns are equally wide."""
    drawn = [block for block in blocks if block.parts]
    if not drawn:
        return blank(look, look.words("chart.nothing"))
    places = _places(drawn, _room(look) - _SIDES)
    levels = _levels(places, look)
    traces = [_bar(place, part, bottom, look) for place in places for part, bottom in stacked_parts(place.block.parts)]
    notes = [_header(place, level, look) for place, level in zip(places, levels, strict=True)]
    top = 12 + _LINE * _HEADER_LINES * (max(levels) + 1)
    return figure(
        look, traces, height=_PLOT + top, room=_room(look), barmode="overlay", annotations=notes,
        xaxis=axis(look.theme, range=[0, 1], visible=False),
        yaxis=axis(look.theme, range=[0, 100], ticksuffix="%", dtick=25),
        margin={"l": 8, "r": 8, "t": top, "b": 8},
    )  # fmt: skip


def _room(look: Look) -> int:
    return PHONE if look.narrow else _ROOM


def _places(drawn: list[Block], pixels: float) -> list[_Place]:
    known = [block.width for block in drawn if block.width]
    widths = [block.width or 0.0 for block in drawn] if len(known) == len(drawn) else [1.0] * len(drawn)
    free = 1 - _GAP * (len(drawn) - 1)
    left, places = 0.0, []
    for block, width in zip(drawn, widths, strict=True):
        own = free * width / sum(widths)
        places.append(_Place(block, left, own, pixels))
        left += own + _GAP
    return places


def _levels(places: list[_Place], look: Look) -> list[int]:
    """Return how far above its column each heading stands, so that those of narrow columns never meet."""
    ends: list[float] = []
    levels = []
    for place in places:
        start, end = _reach(place, look)
        level = next((n for n, last in enumerate(ends) if start >= last + 8), len(ends))
        ends[level : level + 1] = [end]
        levels.append(level)
    return levels


def _reach(place: _Place, look: Look) -> tuple[float, float]:
    """Return where a heading begins and ends in pixels; near the right edge it ends with its column."""
    words = (look.companies[place.block.company].name, place.block.total, place.block.window)
    own = max(text_width(line, 12) for line in words)
    left, right = place.left * place.whole, (place.left + place.width) * place.whole
    return (left, left + own) if left + own <= place.whole else (right - own, right)


def _header(place: _Place, level: int, look: Look) -> dict[str, Any]:
    style = look.companies[place.block.company]
    small = f"<span style='font-size:11px'>{place.block.window}</span>"
    start, _ = _reach(place, look)
    from_left = abs(start - place.left * place.whole) < 1
    x, anchor = (place.left, "left") if from_left else (place.left + place.width, "right")
    return note(
        look, f"<b>{style.name}</b><br><b>{place.block.total}</b><br>{small}", x, 100, xanchor=anchor, align=anchor,
        yanchor="bottom", yshift=4 + level * _LINE * _HEADER_LINES, font={"size": 12, "color": style.text_color},
    )  # fmt: skip


def _bar(place: _Place, part: Part, bottom: float, look: Look) -> dict[str, Any]:
    style = look.companies[place.block.company]
    fill = tint(style.color, TINTS[part.rank % len(TINTS)], look.theme)
    share = part.words(look)
    printed, amount = part.hover(look)
    hover = "<br>".join(word for word in (place.block.window, f"{part.label}: {printed}", amount) if word)
    return {
        "type": "bar", "x": [place.middle], "width": [place.width], "y": [part.share], "base": [bottom],
        "text": [_inside(place, part, share)], "textposition": "inside", "insidetextanchor": "middle",
        "textangle": 0, "textfont": {"size": 12, "color": ink(fill)}, "constraintext": "none",
        "marker": {
            "color": fill, "line": {"color": look.palette.background, "width": 1.5},
            "pattern": lines_of(part, style),
        },
        "hovertemplate": f"{hover}<br>{look.words('state.' + part.state)}<extra></extra>", "customdata": [part.claims],
    }  # fmt: skip


def _inside(place: _Place, part: Part, share: str) -> str:
    """Return the fullest wording that fits a block: name, share and money; name and share; share; nothing."""
    figures = f"<b>{share}</b> · {part.amount}" if part.amount else f"<b>{share}</b>"
    name = wrapped(part.label, place.pixels - 8).split("<br>")
    wordings = (
        [*name, figures], [*name, f"<b>{share}</b>"], [f"{part.label} <b>{share}</b>"], [figures],
        [f"<b>{share}</b>"],
    )  # fmt: skip
    rows = part.share / 100 * _PLOT // _LINE
    for lines in wordings:
        if len(lines) <= rows and all(text_width(line) <= place.pixels - 8 for line in lines):
            return "<br>".join(lines)
    return ""
