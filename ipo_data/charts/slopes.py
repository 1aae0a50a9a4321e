"""Slopes: each part's share in two windows of one length a year apart, joined by a line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ipo_data.charts.drawing import Drawing
from ipo_data.charts.mosaics import TINTS
from ipo_data.charts.panel_rows import columns, in_rows
from ipo_data.charts.rows import text_width, wrapped
from ipo_data.charts.theme import CompanyStyle, Look, axis, blank, figure, note, panel_title, panels, tint

_HEIGHT: Final = 330
_PLOT: Final = 240
_LINE: Final = 15
_ROOMS: Final = (480, 620, 760, 900)
_PANEL: Final = 300
_LEFT, _RIGHT = 0.5, 1.45
"""Room beside the two dates, in units of the distance between them."""
_PALEST: Final = {"light": 0.62, "dark": 0.78}
"""Least share of a company's colour in its lines; on a dark ground less of it could not be made out."""


@dataclass(frozen=True, slots=True)
class Slope:
    """One part's share then and now.

    Attributes:
        label: Name of the part.
        rank: Position in the order of tints.
        before: Share in the earlier window, percent.
        after: Share in the later window, percent.
        change: The difference as written.
        claims: Claim ids.
    """

    label: str
    rank: int
    before: float
    after: float
    change: str
    claims: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """One firm's slopes with its two windows as written; without slopes the message says why."""

    windows: tuple[str, str] = ("", "")
    slopes: tuple[Slope, ...] = ()
    message: str = ""


def share_slopes(given: Mapping[str, Panel], look: Look) -> Drawing:
    """Return one panel of slopes per company, on one scale from nil to a hundred per cent."""
    names = [name for name in look.companies if name in given]
    if not any(given[name].slopes for name in names):
        messages = " · ".join(dict.fromkeys(given[name].message for name in names if given[name].message))
        return blank(look, messages or look.words("chart.nothing"))
    traces: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    layout: dict[str, Any] = {}
    abreast = columns(look, len(names))
    for number, (name, domain) in enumerate(zip(names, panels(len(names), 0.04, abreast=abreast), strict=True), 1):
        suffix = "" if number == 1 else str(number)
        panel, style = given[name], look.companies[name]
        notes.append(panel_title(look, style.name, style.text_color, number) | {"yshift": 14})
        notes += _message(panel, look, suffix)
        traces += [_line(slope, style, look, suffix) for slope in panel.slopes]
        notes += _ends(panel, style, look, suffix)
        layout |= _axes(panel, domain, suffix, look)
    room = next((room for room in _ROOMS if room >= _PANEL * abreast), _ROOMS[-1])
    margin = {"l": 8, "r": 8, "t": 52, "b": 8}
    drawing = figure(look, traces, height=_HEIGHT, room=room, annotations=notes, margin=margin, **layout)
    return in_rows(drawing, abreast)


def _message(panel: Panel, look: Look, suffix: str) -> list[dict[str, Any]]:
    if panel.slopes:
        return []
    font = {"size": 12, "color": look.palette.muted}
    text = wrapped(panel.message, _PANEL - 20)
    place = {"xref": f"x{suffix} domain", "yref": f"y{suffix} domain", "xanchor": "left", "align": "left"}
    return [note(look, text, 0, 0.5, font=font, **place)]


def _axes(panel: Panel, domain: list[float], suffix: str, look: Look) -> dict[str, Any]:
    xaxis = axis(
        look.theme, domain=domain, anchor=f"y{suffix}", range=[-_LEFT, 1 + _RIGHT], tickvals=[0, 1],
        ticktext=list(panel.windows), showgrid=True, visible=bool(panel.slopes),
    )  # fmt: skip
    yaxis = axis(look.theme, anchor=f"x{suffix}", range=[-4, 104], visible=False)
    return {f"xaxis{suffix}": xaxis, f"yaxis{suffix}": yaxis}


def _line(slope: Slope, style: CompanyStyle, look: Look, suffix: str) -> dict[str, Any]:
    color = tint(style.color, max(TINTS[slope.rank % len(TINTS)], _PALEST[look.theme]), look.theme)
    written = [look.write(value, "percent") for value in (slope.before, slope.after)]
    hover = f"{style.name}<br>{slope.label}: {written[0]} → {written[1]}<br>{slope.change}<extra></extra>"
    return {
        "type": "scatter", "mode": "lines+markers", "x": [0, 1], "y": [slope.before, slope.after],
        "xaxis": f"x{suffix}", "yaxis": f"y{suffix}", "hovertemplate": hover,
        "line": {"color": color, "width": 3 if slope.rank == 0 else 2, "dash": "solid" if slope.rank == 0 else "dash"},
        "marker": {"size": 9, "color": color, "symbol": style.symbol}, "customdata": [slope.claims, slope.claims],
    }  # fmt: skip


def _ends(panel: Panel, style: CompanyStyle, look: Look, suffix: str) -> list[dict[str, Any]]:
    """Return the words at both ends, moved apart where shares lie close together."""
    font = {"size": 12, "color": style.text_color}
    pixels = _PANEL * _RIGHT / (1 + _LEFT + _RIGHT) - 12
    right = [_after(slope, look, pixels) for slope in panel.slopes]
    before = _apart([slope.before for slope in panel.slopes], [1] * len(panel.slopes))
    after = _apart([slope.after for slope in panel.slopes], [text.count("<br>") + 1 for text in right])
    place = {"xref": f"x{suffix}", "yref": f"y{suffix}", "font": font}
    found = []
    for slope, text, low, high in zip(panel.slopes, right, before, after, strict=True):
        share = look.write(slope.before, "percent")
        found.append(note(look, f"<b>{share}</b>", 0, low, xanchor="right", xshift=-10, **place))
        found.append(note(look, text, 1, high, xanchor="left", xshift=10, align="left", **place))
    return found


def _after(slope: Slope, look: Look, pixels: float) -> str:
    """Return share, name and change; the name on a line of its own unless all is short."""
    share = f"<b>{look.write(slope.after, 'percent')}</b>"
    one = f"{share} {slope.label}"
    first = one if text_width(one) <= pixels else f"{share}<br>{wrapped(slope.label, pixels)}"
    return f"{first}<br><span style='font-size:11px'>{slope.change}</span>"


def _apart(values: Sequence[float], lines: Sequence[int]) -> list[float]:
    """Return positions as near to the values as words of so many lines allow, from the top down."""
    order = sorted(range(len(values)), key=lambda index: -values[index])
    placed: dict[int, float] = {}
    floor = 200.0
    for index in order:
        half = lines[index] * _LINE / _PLOT * 108 / 2
        placed[index] = min(values[index], floor - half)
        floor = placed[index] - half
    under = min(0.0, floor)  # what slid below the axis is pushed up again together
    return [placed[index] - under for index in range(len(values))]
