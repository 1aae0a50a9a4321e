"""Time-span bars: a bar runs from the first to the last day of its period, so that its area is the amount."""

from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from ipo_data.charts.theme import Look, axis, blank, figure, panel_title, panels
from ipo_data.frames.rows import PointRow, point_rows

_DAY_MS: Final = 86_400_000
_STEADY: Final = ("reported", "judged")
_HEADROOM: Final = 1.22
_MARGIN: Final = pd.Timedelta(days=40)


def time_spans(frame: pd.DataFrame, look: Look) -> go.Figure:
    """Return bars of amount per month over time, one panel per company.

    Args:
        frame: Data points (columns ``POINTS``) with start, end, months and value; derived ones are drawn outlined.
        look: Theme, words and companies.

    Returns:
        The figure; full years, halves and nine months share one axis honestly because width is time. Panels share one
        height only if they share one currency.
    """
    drawn = point_rows(frame[frame["value"].notna() & frame["months"].notna()])
    if not drawn:
        return blank(look, look.words("chart.nothing"))
    names = [name for name in look.companies if any(row.company == name for row in drawn)]
    one_unit = len({row.unit for row in drawn}) == 1
    traces: list[dict[str, Any]] = []
    layout: dict[str, Any] = {}
    titles = []
    for number, (name, domain) in enumerate(zip(names, panels(len(names)), strict=True), 1):
        own = [row for row in drawn if row.company == name]
        suffix = "" if number == 1 else str(number)
        traces += [_bar(row, look, suffix) for row in own]
        layout |= _axes(own, _top(drawn if one_unit else own), domain, suffix, look.theme)
        titles.append(panel_title(look, look.companies[name].name, look.companies[name].text_color, number))
    margin = {"l": 8, "r": 8, "t": 44, "b": 8}
    return figure(look, traces, height=360, room=920, margin=margin, annotations=titles, barmode="overlay", **layout)


def _top(rows: list[PointRow]) -> float:
    return max(row.value / row.months for row in rows) * _HEADROOM


def _axes(rows: list[PointRow], top: float, domain: list[float], suffix: str, theme: str) -> dict[str, Any]:
    start, end = min(row.start for row in rows) - _MARGIN, max(row.end for row in rows) + _MARGIN
    xaxis = axis(
        theme, domain=domain, anchor=f"y{suffix}", type="date", dtick="M12", tickformat="%Y", ticklabelmode="period",
        range=[f"{start:%Y-%m-%d}", f"{end:%Y-%m-%d}"], showgrid=False,
    )  # fmt: skip
    yaxis = axis(theme, anchor=f"x{suffix}", range=[0, top], zeroline=True, nticks=5, showticklabels=False)
    return {f"xaxis{suffix}": xaxis, f"yaxis{suffix}": yaxis}


def _bar(row: PointRow, look: Look, suffix: str) -> dict[str, Any]:
    style = look.companies[row.company]
    outlined = row.state not in _STEADY
    middle = row.start + (row.end - row.start) / 2
    pattern = {
        "shape": "" if outlined else style.pattern, "fillmode": "overlay", "fgcolor": look.palette.background,
        "size": 5, "solidity": 0.18,
    }  # fmt: skip
    fill = "rgba(0,0,0,0)" if outlined else style.color
    return {
        "type": "bar", "x": [f"{middle:%Y-%m-%d}"], "y": [row.value / row.months],
        "width": [((row.end - row.start).days + 1) * _DAY_MS * 0.96], "xaxis": f"x{suffix}", "yaxis": f"y{suffix}",
        "text": [f"<b>{look.write(row.value, row.unit)}</b><br>{look.when(row.period)}"], "textposition": "outside",
        "textfont": {"size": 11, "color": look.palette.muted if outlined else look.palette.text},
        "textangle": 0, "constraintext": "none", "cliponaxis": False,
        "marker": {"color": fill, "line": {"color": style.color, "width": 1.5}, "pattern": pattern},
        "hovertemplate": _hover(row, look), "customdata": [row.claim_ids],
    }  # fmt: skip


def _hover(row: PointRow, look: Look) -> str:
    written = f"{look.when(row.period)}: {look.write(row.value, row.unit)}"
    monthly = f"{look.write(row.value / row.months, row.unit)} {look.words('chart.per_month')}"
    return (
        f"{look.companies[row.company].name}<br>{written}<br>{monthly}<br>"
        f"{look.words('state.' + row.state)}<extra></extra>"
    )
