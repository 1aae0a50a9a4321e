"""Time-span bars: a bar runs from the first to the last day of its period, so that its area is the amount."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ipo_data.charts.theme import Look, axis, blank, figure, panel_title, panels

_DAY_MS = 86_400_000
_STEADY = ("reported", "judged")


def time_spans(frame: pd.DataFrame, look: Look) -> go.Figure:
    """Return bars of amount per month over time, one panel per company.

    Args:
        frame: Data points (columns ``POINTS``) with start, end, months and value; derived ones are drawn outlined.
        look: Theme, words and companies.

    Returns:
        The figure; full years, halves and nine months share one axis honestly because width is time.
    """
    drawn = frame[frame["value"].notna() & frame["months"].notna()]
    if drawn.empty:
        return blank(look, look.words("chart.nothing"))
    names = [name for name in look.companies if name in set(drawn["company"])]
    traces: list[dict[str, Any]] = []
    layout: dict[str, Any] = {}
    titles = []
    same_unit = drawn["unit"].nunique() == 1
    top = float((drawn["value"] / drawn["months"]).max()) * 1.22
    for number, (name, domain) in enumerate(zip(names, panels(len(names)), strict=True), 1):
        part = drawn[drawn["company"] == name]
        suffix = "" if number == 1 else str(number)
        traces += [_bar(row, look, suffix) for row in part.itertuples()]
        own_top = top if same_unit else float((part["value"] / part["months"]).max()) * 1.22
        scale, unit = _scale(own_top)
        start, end = part["start"].min() - pd.Timedelta(days=40), part["end"].max() + pd.Timedelta(days=40)
        layout[f"xaxis{suffix}"] = axis(
            look.theme, domain=domain, anchor=f"y{suffix}", type="date", dtick="M12", tickformat="%Y", ticklabelmode="period",
            range=[f"{start:%Y-%m-%d}", f"{end:%Y-%m-%d}"], showgrid=False,
        )  # fmt: skip
        layout[f"yaxis{suffix}"] = axis(
            look.theme, anchor=f"x{suffix}", range=[0, own_top], zeroline=True, nticks=5, showticklabels=False,
        )  # fmt: skip
        titles.append(panel_title(look, look.companies[name].name, look.companies[name].text_color, number))
        del scale, unit
    return figure(
        look,
        traces,
        height=360,
        margin={"l": 8, "r": 8, "t": 44, "b": 8},
        annotations=titles,
        barmode="overlay",
        **layout,
    )


def _scale(top: float) -> tuple[float, str]:
    return (1e6, "m") if top < 1e9 else (1e9, "bn")


def _bar(row: Any, look: Look, suffix: str) -> dict[str, Any]:  # noqa: ANN401 - a row of itertuples
    style = look.companies[row.company]
    middle = row.start + (row.end - row.start) / 2
    outlined = row.state not in _STEADY
    rate = row.value / row.months
    written = look.write(row.value, row.unit)
    label = f"<b>{written}</b><br>{look.when(row.period)}"
    return {
        "type": "bar", "x": [f"{middle:%Y-%m-%d}"], "y": [rate], "width": [((row.end - row.start).days + 1) * _DAY_MS * 0.96],
        "xaxis": f"x{suffix}", "yaxis": f"y{suffix}", "text": [label], "textposition": "outside", "cliponaxis": False,
        "textfont": {"size": 12, "color": look.palette.muted if outlined else look.palette.text},
        "textangle": 0, "constraintext": "none",
        "marker": {
            "color": "rgba(0,0,0,0)" if outlined else style.color, "line": {"color": style.color, "width": 1.5},
            "pattern": {"shape": "" if outlined else style.pattern, "fillmode": "overlay", "fgcolor": look.palette.background, "size": 5, "solidity": 0.18},
        },
        "hovertemplate": f"{style.name}<br>{look.when(row.period)}: {written}<br>{look.write(rate, row.unit)} {look.words('chart.per_month')}<br>{look.words('state.' + row.state)}<extra></extra>",
        "customdata": [row.claim_ids],
    }  # fmt: skip
