"""Fans of simulated paths, and below them when the paths run out; scenario, not forecast."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ipo_data.charts.drawing import Drawing
from ipo_data.charts.projections import drawn, money_axes
from ipo_data.charts.theme import Look, axis, blank, figure, note, panel_title, panels, tint

_FAN = [0.3, 1.0]
_BARS = [0.0, 0.17]
"""Heights of a panel's two parts."""
_STEP = 0.075
"""Height of a line of words, as a part of the fan."""


@dataclass(frozen=True, slots=True)
class Fan:
    """Spread of simulated liquidity of one company.

    Attributes:
        dates: Month ends as ISO dates.
        bands: Quantile level (5, 25, 50, 75, 95) → liquidity in base units, never below zero.
        shares: Percentage of the paths that run out in each month; empty if it is not drawn.
    """

    dates: tuple[str, ...]
    bands: dict[int, tuple[float, ...]]
    shares: tuple[float, ...] = ()


def fans(
    spreads: dict[str, Fan], look: Look, units: dict[str, str], lines: Mapping[str, Sequence[str]] | None = None
) -> Drawing:
    """Return one panel per company: 5–95 % and 25–75 % of the paths, the median, and below when paths run out.

    Args:
        spreads: Fans by company id.
        look: Theme, words and companies.
        units: Currency by company id.
        lines: Lines of words in the upper right of each panel, by company id.
    """
    names = [name for name in look.companies if name in spreads]
    if not names:
        return blank(look, look.words("chart.nothing"))
    traces: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    layout: dict[str, Any] = {}
    for number, (name, domain) in enumerate(zip(names, panels(len(names), 0.17), strict=True), 1):
        suffix = "" if number == 1 else str(number)
        fan, style = spreads[name], look.companies[name]
        top = max(fan.bands[95])
        notes.append(panel_title(look, style.name, style.text_color, number))
        traces += [*_bands(fan, look, name, suffix), _median(fan, look, name, (suffix, units[name]))]
        for place, words in enumerate((lines or {}).get(name, ())):
            where = {"xref": f"x{suffix} domain", "yref": f"y{suffix} domain", "xanchor": "right", "yanchor": "top"}
            notes.append(note(look, words, 1, 1 - _STEP * place, **where, font=_small(look)))
        layout |= money_axes(look, suffix, domain, top, units[name], months=len(fan.dates))
        if fan.shares:
            layout[f"yaxis{suffix}"]["domain"] = _FAN
            below = str(len(names) + number)
            traces.append(_bars(fan, look, name, (suffix, below)))
            layout |= _share_axis(fan, look, suffix, below)
            notes.append(_heading(look, suffix, below))
    margin = {"l": 8, "r": 8, "t": 44, "b": 8}
    return figure(look, traces, height=440, room=760, annotations=notes, margin=margin, bargap=0.15, **layout)


def _small(look: Look) -> dict[str, Any]:
    return {"size": 11, "color": look.palette.text}


def _bands(fan: Fan, look: Look, name: str, suffix: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for low, high, strength in ((5, 95, 0.18), (25, 75, 0.4)):
        color = tint(look.companies[name].color, strength, look.theme)
        place = {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}", "hoverinfo": "skip", "type": "scatter", "mode": "lines"}
        edge = {"width": 0, "color": color}
        found.append({**place, "x": list(fan.dates), "y": drawn(fan.bands[low]), "line": edge})
        filled = {"fill": "tonexty", "fillcolor": color}
        found.append({**place, "x": list(fan.dates), "y": drawn(fan.bands[high]), "line": edge, **filled})
    return found


def _median(fan: Fan, look: Look, name: str, place: tuple[str, str]) -> dict[str, Any]:
    suffix, unit = place
    median = look.words("chart.median")
    hover = [
        f"{look.when(day)}: {look.write(value, unit)}" for day, value in zip(fan.dates, fan.bands[50], strict=True)
    ]
    return {
        "type": "scatter", "mode": "lines", "x": list(fan.dates), "y": drawn(fan.bands[50]), "text": hover,
        "line": {"color": look.companies[name].color, "width": 3}, "xaxis": f"x{suffix}", "yaxis": f"y{suffix}",
        "hovertemplate": f"{median}<br>%{{text}}<extra></extra>", "name": median,
    }  # fmt: skip


def _bars(fan: Fan, look: Look, name: str, suffixes: tuple[str, str]) -> dict[str, Any]:
    style = look.companies[name]
    pattern = {"shape": "/" if style.dash != "solid" else "", "size": 5}
    hover = [
        f"{look.when(day)}: {look.write(share, 'percent')}" for day, share in zip(fan.dates, fan.shares, strict=True)
    ]
    return {
        "type": "bar", "x": list(fan.dates), "y": drawn(fan.shares), "text": hover, "textposition": "none",
        "hovertemplate": "%{text}<extra></extra>", "xaxis": f"x{suffixes[0]}", "yaxis": f"y{suffixes[1]}",
        "marker": {"color": tint(style.color, 0.7, look.theme), "pattern": pattern},
    }  # fmt: skip


def _share_axis(fan: Fan, look: Look, suffix: str, below: str) -> dict[str, Any]:
    """Return the axis of the bars; the panel's dates stand below them."""
    top = max(fan.shares) or 1.0
    yaxis = axis(
        look.theme, anchor=f"x{suffix}", domain=_BARS, range=[0, top * 1.1], tickvals=[top],
        ticktext=[look.tick(top, "percent")], zeroline=True, zerolinewidth=2, showgrid=False,
    )  # fmt: skip
    return {f"yaxis{below}": yaxis}


def _heading(look: Look, suffix: str, below: str) -> dict[str, Any]:
    where = {"xref": f"x{suffix} domain", "yref": f"y{below} domain", "xanchor": "left", "yanchor": "bottom"}
    return note(look, look.words("chart.runs_out"), 0, 1, yshift=2, **where, font=_small(look))
