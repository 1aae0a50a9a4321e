"""The look of every chart: colours per company, patterns per state, one layout for screen and export."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from ipo_data.charts.drawing import Drawing
from ipo_data.frames.rows import PointRow
from ipo_data.text.catalog import Words

FONT: Final = "Noto Sans SC, Noto Sans CJK SC, Microsoft YaHei, PingFang SC, Helvetica, Arial, sans-serif"
FURTHER_COLORS: Final = ("#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#8A6D00")
"""Colours of companies without one of their own (Okabe–Ito order)."""
PATTERNS: Final = ("", "/", "x", "-", ".")
"""Second channel beside colour: greyscale prints keep the companies apart."""
SYMBOLS: Final = ("circle", "diamond", "square", "triangle-up", "star")
_ENOUGH: Final = 4.6
"""Contrast of words to their ground; the rule asks for 4.5."""
_EMPTY_PLACES: Final = re.compile(r"\.0+(?!\d)|(\.\d*?[1-9])0+(?!\d)")
DASHES: Final = ("solid", "dash", "dot", "dashdot", "longdash")
PHONE: Final = 340
"""Pixels a chart has on a phone; what is drawn for it fits every screen."""
ROOMS: Final = (PHONE, 480, 620, 760, 900)
"""Least widths a chart may ask for."""
_WHOLE_LEGEND: Final = 400
"""Pixels a legend may be high; Plotly gives it half of a chart and a scroll bar beyond."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Neutral colours of a theme."""

    background: str
    text: str
    muted: str
    grid: str
    zero: str
    accent: str
    warning: str


PALETTES: Final[Mapping[str, Palette]] = {
    "light": Palette("#FFFFFF", "#1F2328", "#57606A", "#E4E7EB", "#8C959F", "#3A4FB0", "#9A3412"),
    "dark": Palette("#0E1117", "#E6EDF3", "#A6B0BB", "#2B3138", "#6E7781", "#A5B4FC", "#FDBA74"),
}
"""Colours by theme name."""


@dataclass(frozen=True, slots=True)
class CompanyStyle:
    """How a company looks everywhere.

    Attributes:
        name: Name in the reader's language.
        color: Colour of its marks.
        text_color: Darker or lighter variant for coloured words.
        pattern: Fill pattern.
        symbol: Marker symbol.
        dash: Line dash.
    """

    name: str
    color: str
    text_color: str
    pattern: str
    symbol: str
    dash: str


@dataclass(frozen=True)
class Look:
    """Everything a chart needs besides its data.

    Attributes:
        words: Texts of the reader's language.
        theme: ``light`` or ``dark``.
        companies: Styles by company id, in display order.
        label: Writes a measure or member id for readers: ``label("segment=c_end", company)``.
        write: Writes a value: ``write(value, unit)``.
        when: Writes a period label.
        narrow: Whether there is no more room than a phone or a small window has.
    """

    words: Words
    theme: str
    companies: Mapping[str, CompanyStyle]
    label: Callable[[str, str], str]
    write: Callable[[float, str], str]
    when: Callable[[str], str]
    narrow: bool = False

    def shown(self, row: PointRow) -> str:
        """Write a row's figure with the digits that the table shows."""
        return row.written or self.write(row.value, row.unit)

    def labelled(self, row: PointRow) -> str:
        """Write a row's figure for a label beside its mark, with at most four digits."""
        return row.label or self.shown(row)

    def tick(self, value: float, unit: str) -> str:
        """Write a round step of an axis: as any value, without zeros that say nothing (US$100bn)."""
        return _EMPTY_PLACES.sub(r"\1", self.write(value, unit))

    @property
    def palette(self) -> Palette:
        """Neutral colours of the theme."""
        return PALETTES[self.theme]


_TEXT_COLORS: Final = {
    "light": {"#D55E00": "#B04A00", "#0072B2": "#08519C"},
    "dark": {"#D55E00": "#FF9A4D", "#0072B2": "#6CB8F0"},
}


def company_style(name: str, color: str | None, order: int, theme: str) -> CompanyStyle:
    """Return the style of the company at a position (from 0)."""
    chosen = color or FURTHER_COLORS[order % len(FURTHER_COLORS)]
    mark = {"#0072B2": "#3B9AE1"}.get(chosen, chosen) if theme == "dark" else chosen
    readable = _TEXT_COLORS[theme].get(chosen) or _readable(mark, theme)
    turn = (order + order // len(PATTERNS)) % len(PATTERNS)  # where colours come round again, patterns differ
    return CompanyStyle(name, mark, readable, PATTERNS[turn], SYMBOLS[turn], DASHES[turn])


@cache
def _readable(color: str, theme: str) -> str:
    """Return a colour for words: darker, or lighter on a dark ground, until its contrast to the ground is enough."""
    channels = [int(color[i : i + 2], 16) for i in (1, 3, 5)]
    target = 255 if theme == "dark" else 0
    for step in range(21):
        mixed = [round(channel + (target - channel) * step / 20) for channel in channels]
        found = "#" + "".join(f"{channel:02X}" for channel in mixed)
        if _contrast(found, PALETTES[theme].background) >= _ENOUGH:
            return found
    return PALETTES[theme].text


def _contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours by the rule of WCAG 2."""
    low, high = sorted(map(_luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(color: str) -> float:
    shares = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@cache
def _axis(theme: str) -> Mapping[str, Any]:
    colors = PALETTES[theme]
    return {
        "gridcolor": colors.grid, "zerolinecolor": colors.zero, "linecolor": colors.zero, "zeroline": False,
        "ticks": "", "tickfont": {"size": 12, "color": colors.muted}, "fixedrange": True,
        "title": {"font": {"size": 12, "color": colors.muted}, "standoff": 8},
    }  # fmt: skip


def axis(theme: str, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any axis attribute
    """Return an axis in the house style with some attributes changed (``title`` may be a plain text)."""
    merged = dict(_axis(theme))
    title = changes.pop("title", None)
    if title is not None:
        merged["title"] = {**merged["title"], "text": title}
    return {**merged, **changes}


def figure(
    look: Look,
    traces: list[dict[str, Any]],
    *,
    height: int = 360,
    room: int = PHONE,
    **layout: Any,  # noqa: ANN401
) -> Drawing:
    """Return a chart from trace dicts in the house style.

    Args:
        look: Theme and words.
        traces: Plotly traces as plain dicts with lists (never arrays).
        height: Height in pixels.
        room: Least width in pixels at which nothing is cut or overlaps; where there is less, the reader moves the
            chart sideways.
        **layout: Layout attributes that differ from the house style.
    """
    colors = look.palette
    base: dict[str, Any] = {
        "height": height, "autosize": True, "meta": {"room": room},
        "font": {"family": FONT, "size": 13, "color": colors.text},
        "paper_bgcolor": colors.background, "plot_bgcolor": colors.background,
        "margin": {"l": 8, "r": 16, "t": 24, "b": 8}, "showlegend": False, "bargap": 0.35, "dragmode": False,
        "legend": {
            "orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "font": {"size": 12},
            "maxheight": _WHOLE_LEGEND,
        },
        "hoverlabel": {"font": {"family": FONT, "size": 12}, "align": "left"}, "hovermode": "closest",
        "xaxis": axis(look.theme), "yaxis": axis(look.theme), "colorway": [s.color for s in look.companies.values()],
    }  # fmt: skip
    said = {name: value for name, value in layout.items() if value != []}
    return Drawing(traces, _with_steady_margins({**base, **said}))


def _with_steady_margins(layout: dict[str, Any]) -> dict[str, Any]:
    """Return a layout whose margins grow with words beside the plot, but not with a label that reaches over its end.

    Room for such a label moves the label, which then needs other room: a chart drawn twice would differ from itself.
    """
    for name, value in layout.items():
        if name.startswith(("xaxis", "yaxis")):
            layout[name] = {"automargin": "height" if name[0] == "x" else "width", **value}
    return layout


def room_of(drawn: Drawing) -> int:
    """Return the least width in pixels at which nothing of a figure is cut or overlaps, as one of ``ROOMS``."""
    asked = int(drawn.layout["meta"]["room"])
    return next((room for room in ROOMS if room >= asked), ROOMS[-1])


def blank(look: Look, message: str, *, height: int = 72) -> Drawing:
    """Return a figure that says why there is nothing to draw."""
    note = {
        "text": message, "x": 0, "xref": "paper", "xanchor": "left", "y": 0.5, "yref": "paper", "showarrow": False,
        "font": {"size": 13, "color": look.palette.muted}, "align": "left",
    }  # fmt: skip
    hidden = axis(look.theme, visible=False)
    return figure(look, [], height=height, annotations=[note], xaxis=hidden, yaxis=hidden)


def note(look: Look, text: str, x: float | str, y: float, **changes: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return an annotation without an arrow; ``x`` is a number or an ISO date."""
    base = {"text": text, "x": x, "y": y, "showarrow": False, "font": {"size": 12, "color": look.palette.text}}
    return {**base, **changes}


def panel_title(look: Look, text: str, color: str, axis_number: int) -> dict[str, Any]:
    """Return the heading of a panel, above its left edge."""
    suffix = "" if axis_number == 1 else str(axis_number)
    return {
        "text": f"<b>{text}</b>", "x": 0, "xref": f"x{suffix} domain", "xanchor": "left",
        "y": 1, "yref": f"y{suffix} domain", "yanchor": "bottom", "yshift": 6, "showarrow": False,
        "font": {"size": 13, "color": color},
    }  # fmt: skip


def line_key(look: Look, right: float = 1.0) -> dict[str, Any]:
    """Return the legend of lines that fall from the upper left: in the upper right of a panel, over its lines."""
    return {
        "orientation": "v", "x": right, "xanchor": "right", "y": 1, "yanchor": "top", "itemclick": False,
        "itemdoubleclick": False, "bgcolor": look.palette.background, "tracegroupgap": 0,
        "font": {"size": 12, "color": look.palette.text},
    }  # fmt: skip


def panels(count: int, gap: float = 0.12, *, abreast: int = 0) -> list[list[float]]:
    """Return the horizontal domains of ``count`` equal panels; many panels stand closer, so that each keeps room.

    Args:
        count: How many panels there are.
        gap: Distance of two panels as a share of the chart's width.
        abreast: Panels in a row, if fewer than all: those of the next row stand below the first. A last row that is
            not full stands in the middle: no place looks forgotten, and a year or a column is as wide as above.
    """
    columns = max(min(count, abreast or count), 1)
    between = min(gap, 0.4 / columns)
    width = (1 - between * (columns - 1)) / columns
    found = []
    for number in range(count):
        row, place = divmod(number, columns)
        empty = max(columns * (row + 1) - count, 0)
        left = (place + empty / 2) * (width + between)
        found.append([round(left, 4), round(left + width, 4)])
    return found


def tint(color: str, share: float, theme: str) -> str:
    """Mix a colour with the theme's background: ``share`` 1 is the full colour."""
    back = PALETTES[theme].background
    mixed = [round(int(color[i : i + 2], 16) * share + int(back[i : i + 2], 16) * (1 - share)) for i in (1, 3, 5)]
    return "#" + "".join(f"{part:02X}" for part in mixed)
