"""Columns of a hundred per cent, period by period: how the parts of revenue moved."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from ipo_data.charts.drawing import Drawing
from ipo_data.charts.panel_rows import columns as panel_columns
from ipo_data.charts.panel_rows import in_rows
from ipo_data.charts.rows import text_width, unit_apart, wrapped
from ipo_data.charts.theme import CompanyStyle, Look, axis, blank, figure, note, panel_title, panels, tint


@dataclass(frozen=True, slots=True)
class Part:
    """One block of a column.

    Attributes:
        label: Member's name.
        share: Percent of the column.
        amount: Money written out, or empty.
        rank: Position in the order of tints; 0 is the darkest.
        state: State word id.
        claims: Claim ids.
        written: The share as written, if not the plain number.
        printed: Share and money with all their digits, on hover, where the others have fewer.
    """

    label: str
    share: float
    amount: str
    rank: int
    state: str
    claims: str
    written: str = ""
    printed: tuple[str, str] = ("", "")

    def words(self, look: Look) -> str:
        """Return the share as written, with the document's hedge."""
        return self.written or look.write(self.share, "percent")

    def hover(self, look: Look) -> tuple[str, str]:
        """Return share and money as hover tells them."""
        share, amount = self.printed
        return share or self.words(look), amount or self.amount


@dataclass(frozen=True, slots=True)
class Column:
    """One period of one company.

    Attributes:
        label: Period.
        total_text: Revenue written out.
        parts: Blocks from the bottom.
        broken: Whether a change of definition lies before this column.
    """

    label: str
    total_text: str
    parts: tuple[Part, ...]
    broken: bool = False


_DARK_INK: Final = "#1F2328"
_GAP = 0.06
_BREAK_GAP = 0.3
TINTS: Final = (1.0, 0.34, 0.66, 0.18, 0.5, 0.82)
"""Share of the company's colour by rank."""
_ROOM: Final = 760
_WIDE_PIXELS: Final = _ROOM - 60
"""Width of all panels together that labels are fitted to; wider screens only give more room."""
_PLOT: Final = 320
_LINE: Final = 15
_INSET: Final = 4
"""Pixels that words inside a block leave free above and below."""
_SMALL: Final = 10
_SMALL_LINE: Final = 13
"""Size, and pixels of a line, of names above a column."""
_BRACKETED: Final = re.compile(r"\s*[(（][^)）]*[)）]")
"""What stands in brackets after a member's name; the table has it in full."""


@dataclass(frozen=True, slots=True)
class _Panel:
    """Where and how one company's columns are drawn."""

    look: Look
    style: CompanyStyle
    suffix: str
    pixels: float

    @property
    def axes(self) -> dict[str, str]:
        return {"xaxis": f"x{self.suffix}", "yaxis": f"y{self.suffix}"}

    def words(self, text: str, x: float, y: float, **changes: Any) -> dict[str, Any]:  # noqa: ANN401
        return note(self.look, text, x, y, yref=f"y{self.suffix} domain", **changes)


def share_columns(columns: dict[str, list[Column]], look: Look, empty: dict[str, str]) -> Drawing:
    """Return one panel of equally wide columns per company.

    Args:
        columns: Columns by company id, oldest first.
        look: Theme, words and companies.
        empty: Message by company id for companies without columns.
    """
    names = [name for name in look.companies if name in columns or name in empty]
    if not names or not any(columns.values()):
        return blank(look, " · ".join(empty.values()) or look.words("chart.nothing"))
    traces: list[dict[str, Any]] = []
    layout: dict[str, Any] = {}
    notes: list[dict[str, Any]] = []
    abreast, above = panel_columns(look, len(names)), 0
    for number, (name, domain) in enumerate(zip(names, panels(len(names), 0.08, abreast=abreast), strict=True), 1):
        suffix = "" if number == 1 else str(number)
        panel = _Panel(look, look.companies[name], suffix, _WIDE_PIXELS * (domain[1] - domain[0]))
        own = columns.get(name, [])
        if not own:
            grey = {"size": 12, "color": look.palette.muted}
            notes.append(panel.words(empty.get(name, ""), 0, 0.5, xref=f"x{suffix} domain", xanchor="left", font=grey))
        places = _places(own)
        layout |= _axes(panel, places, domain, first=number % abreast == 1 or abreast == 1)
        for place in places:
            traces += [_block(panel, place, part, bottom) for part, bottom in stacked_parts(place.column.parts)]
            notes += _break_note(panel, place)
            names_above = _names_above(panel, place)
            notes += names_above
            above = max([above, *(_SMALL_LINE * (words["text"].count("<br>") + 1) for words in names_above)])
    titles = [
        panel_title(look, look.companies[name].name, look.companies[name].text_color, number) | {"yshift": 12 + above}
        for number, name in enumerate(names, 1)
    ]
    margin = {"l": 8, "r": 8, "t": 48 + above, "b": 8}
    drawing = figure(
        look, traces, height=400 + above, room=_ROOM, barmode="overlay", annotations=titles + notes, margin=margin,
        **layout,
    )  # fmt: skip
    return in_rows(drawing, abreast)


@dataclass(frozen=True, slots=True)
class _Place:
    """A column, one wide, with its left edge and the width of all columns of the panel."""

    column: Column
    left: float
    whole: float

    @property
    def middle(self) -> float:
        return self.left + 0.5


def _places(own: list[Column]) -> list[_Place]:
    left = 0.0
    edges: list[tuple[Column, float]] = []
    for column in own:
        left += _BREAK_GAP if column.broken else 0
        edges.append((column, left))
        left += 1 + _GAP
    return [_Place(column, start, left) for column, start in edges]


def _axes(panel: _Panel, places: list[_Place], domain: list[float], *, first: bool) -> dict[str, Any]:
    xaxis = axis(
        panel.look.theme, domain=domain, anchor=f"y{panel.suffix}", range=[0, places[-1].whole if places else 1],
        tickvals=[place.middle for place in places], ticktext=[_tick(panel, place) for place in places],
        tickangle=0, tickfont={"size": 11, "color": panel.look.palette.muted}, showgrid=False, visible=bool(places),
    )  # fmt: skip
    yaxis = axis(
        panel.look.theme, anchor=f"x{panel.suffix}", range=[0, 100], ticksuffix="%", dtick=25,
        visible=first and bool(places),
    )  # fmt: skip
    return {f"xaxis{panel.suffix}": xaxis, f"yaxis{panel.suffix}": yaxis}


def _tick(panel: _Panel, place: _Place) -> str:
    """Return the period, and below it the total where it fits."""
    column = place.column
    pixels = panel.pixels / place.whole
    one_line = text_width(column.total_text, 10) <= pixels
    total = column.total_text if one_line else wrapped(unit_apart(column.total_text), pixels, 10)
    small = f"<br><span style='font-size:10px'>{total}</span>" if total else ""
    return column.label + (small if text_width(total, 10) <= pixels else "")


def stacked_parts(parts: Sequence[Part]) -> list[tuple[Part, float]]:
    """Return each part with the share at which it begins."""
    bottom, found = 0.0, []
    for part in parts:
        found.append((part, bottom))
        bottom += part.share
    return found


def _break_note(panel: _Panel, place: _Place) -> list[dict[str, Any]]:
    if not place.column.broken:
        return []
    font = {"size": 11, "color": panel.look.palette.warning}
    words = panel.look.words("chart.series_break")
    x = place.left - (_BREAK_GAP + _GAP) / 2
    return [panel.words(words, x, 0, xref=f"x{panel.suffix}", yanchor="bottom", textangle=-90, font=font)]


def _block(panel: _Panel, place: _Place, part: Part, bottom: float) -> dict[str, Any]:
    look, color = panel.look, panel.style.color
    strength = TINTS[part.rank % len(TINTS)]
    share = part.words(look)
    printed, amount = part.hover(look)
    hover = f"{place.column.label}<br>{part.label}: {printed}<br>{amount}<br>{look.words('state.' + part.state)}"
    fill = tint(color, strength, look.theme)
    return {
        "type": "bar", "x": [place.middle], "width": [1.0], "y": [part.share], "base": [bottom], **panel.axes,
        "text": [_inside(panel, place, part, share)], "textposition": "inside", "insidetextanchor": "middle",
        "textangle": 0, "textfont": {"size": 12, "color": ink(fill)}, "constraintext": "none",
        "marker": {
            "color": fill, "line": {"color": look.palette.background, "width": 1.5},
            "pattern": lines_of(part, panel.style),
        },
        "hovertemplate": hover + "<extra></extra>", "customdata": [part.claims],
    }  # fmt: skip


def _names_above(panel: _Panel, place: _Place) -> list[dict[str, Any]]:
    """Return the names of the parts that have no room for them, above their column from the top down."""
    said: list[str] = []
    for part in reversed(place.column.parts):
        share = part.words(panel.look)
        inside = _inside(panel, place, part, share)
        if inside in ("", f"<b>{share}</b>"):
            is_top = part is place.column.parts[-1]  # touches its name, so that its share is read as well
            name = _BRACKETED.sub("", part.label)
            said.append(wrapped(name if is_top and inside else f"{name} {share}", panel.pixels / place.whole, _SMALL))
    if not said:
        return []
    font = {"size": _SMALL, "color": panel.look.palette.text}
    place_of = {"xref": f"x{panel.suffix}", "yanchor": "bottom", "yshift": 1, "font": font}
    return [panel.words("<br>".join(said), place.middle, 1, **place_of)]


def _inside(panel: _Panel, place: _Place, part: Part, share: str) -> str:
    """Write the member's name where all its lines fit, the share wherever a line fits."""
    rows = int((part.share / 100 * _PLOT - _INSET) / _LINE)
    pixels = panel.pixels / place.whole - 6
    if not rows or text_width(share, 12) > pixels:
        return ""
    name = wrapped(_BRACKETED.sub("", part.label), pixels, 11)
    if name.count("<br>") + 2 <= rows and text_width(name, 11) <= pixels:
        return f"<span style='font-size:11px'>{name}</span><br><b>{share}</b>"
    together = wrapped(f"{_BRACKETED.sub('', part.label)} {share}", pixels, 11.6)
    if together.count("<br>") + 1 <= rows and text_width(together, 11.6) <= pixels:
        return f"<span style='font-size:11px'>{together.removesuffix(share)}<b>{share}</b></span>"
    return f"<b>{share}</b>"


def ink(fill: str) -> str:
    """Return black or white, whichever reads better on a fill (relative luminance by the usual weights)."""
    red, green, blue = (int(fill[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return _DARK_INK if 0.299 * red + 0.587 * green + 0.114 * blue > 0.52 else "#FFFFFF"


def hatch(fill: str) -> str:
    """Return the colour of the lines on a fill, away from its words: lighter below dark ones, darker below white."""
    return tint(fill, 0.8, "light" if ink(fill) == _DARK_INK else "dark")


def lines_of(part: Part, style: CompanyStyle) -> dict[str, Any]:
    """Return the lines on a company's first part as Plotly draws them; the others have none."""
    return {
        "shape": style.pattern if part.rank == 0 else "", "fillmode": "overlay", "fgcolor": hatch(style.color),
        "size": 7, "solidity": 0.12,
    }  # fmt: skip
