"""Lines over period ends: full years joined, parts of a year as marks of their own."""

from math import log10
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ipo_data.charts.theme import Look, axis, blank, figure, note


def period_lines(frame: pd.DataFrame, look: Look, *, unit: str, zero: bool = True, height: int = 340) -> go.Figure:
    """Return one line per company through full years, with parts of a year as open marks.

    Full years and parts of a year are never joined: they are not the same kind of period.

    Args:
        frame: Data points of one measure with periods.
        look: Theme, words and companies.
        unit: Unit code, for the axis.
        zero: Whether the zero line is drawn.
        height: Height in pixels.
    """
    drawn = frame[frame["value"].notna() & frame["end"].notna()]
    if drawn.empty:
        return blank(look, look.words("chart.nothing"))
    traces: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    for name in [n for n in look.companies if n in set(drawn["company"])]:
        part = drawn[drawn["company"] == name].sort_values("end")
        years = part[part["months"] == 12]
        stubs = part[part["months"] != 12]
        traces.append(_trace(years, look, name, joined=True))
        traces.append(_trace(stubs, look, name, joined=False))
        notes += [_label(row, look, above=_is_highest(row, drawn)) for row in part.itertuples()]
    spread = float(drawn["value"].max() - drawn["value"].min()) or abs(float(drawn["value"].max())) or 1.0
    bottom = float(drawn["value"].min()) - 0.18 * spread
    return figure(
        look, traces, height=height, annotations=notes,
        xaxis=axis(look.theme, type="date", tickformat="%Y", dtick="M12", showgrid=False, range=[f"{drawn['end'].min() - pd.Timedelta(days=150):%Y-%m-%d}", f"{drawn['end'].max() + pd.Timedelta(days=240):%Y-%m-%d}"]),
        yaxis=axis(look.theme, showticklabels=unit in ("percent", "x"), ticksuffix="%" if unit == "percent" else "×", zeroline=zero, zerolinewidth=2, range=[min(bottom, 0.0) if zero else bottom, float(drawn["value"].max()) + 0.22 * spread]),
        margin={"l": 8, "r": 8, "t": 16, "b": 8},
    )  # fmt: skip


def _trace(part: pd.DataFrame, look: Look, name: str, *, joined: bool) -> dict[str, Any]:
    style = look.companies[name]
    hover = [
        f"{style.name}<br>{look.when(r.period)}: {look.write(r.value, r.unit)}<br>{look.words('state.' + r.state)}"
        for r in part.itertuples()
    ]  # type: ignore[arg-type]
    return {
        "type": "scatter", "mode": "lines+markers" if joined else "markers", "x": [f"{d:%Y-%m-%d}" for d in part["end"]], "y": part["value"].tolist(),
        "line": {"color": style.color, "width": 2.5, "dash": style.dash},
        "marker": {"size": 10, "symbol": style.symbol if joined else f"{style.symbol}-open", "color": style.color, "line": {"width": 2, "color": style.color}},
        "text": hover, "hovertemplate": "%{text}<extra></extra>", "customdata": part["claim_ids"].tolist(), "name": style.name,
    }  # fmt: skip


def _is_highest(row: Any, drawn: pd.DataFrame) -> bool:  # noqa: ANN401
    """Tell whether a mark is the highest of those within three months, so that its words go above it."""
    near = drawn[(drawn["end"] - row.end).abs() < pd.Timedelta(days=100)]
    return bool(row.value >= near["value"].max())


def _label(row: Any, look: Look, *, above: bool) -> dict[str, Any]:  # noqa: ANN401
    style = look.companies[row.company]
    text = f"{style.name} {look.when(row.period)}<br><b>{look.write(row.value, row.unit)}</b>"
    font = {"size": 11, "color": style.text_color}
    return note(look, text, f"{row.end:%Y-%m-%d}", row.value, yshift=24 if above else -24, font=font)  # type: ignore[arg-type]


def step_values(points: pd.DataFrame, look: Look) -> go.Figure:
    """Return value over time on a log axis: rounds as steps, market values as marks.

    Args:
        points: Data points in one currency, with ``measure`` telling rounds from market values.
        look: Theme, words and companies.
    """
    drawn = points[points["value"].notna() & (points["value"] > 0) & points["end"].notna()]
    if drawn.empty:
        return blank(look, look.words("chart.nothing"))
    traces = []
    notes = []
    for name in [n for n in look.companies if n in set(drawn["company"])]:
        part = drawn[drawn["company"] == name].sort_values("end")
        style = look.companies[name]
        hover = [
            f"{style.name}<br>{look.when(r.period)}<br>{look.label(r.measure, name)}: {look.write(r.value, r.unit)}"
            for r in part.itertuples()
        ]
        traces.append({
            "type": "scatter", "mode": "lines+markers", "x": [f"{d:%Y-%m-%d}" for d in part["end"]], "y": part["value"].tolist(),
            "line": {"color": style.color, "width": 2.5, "dash": style.dash, "shape": "hv"},
            "marker": {"size": 8, "symbol": [style.symbol if m == "market_cap" else f"{style.symbol}-open" for m in part["measure"]], "color": style.color, "line": {"width": 2, "color": style.color}},
            "text": hover, "hovertemplate": "%{text}<extra></extra>", "customdata": part["claim_ids"].tolist(), "name": style.name,
        })  # fmt: skip
        last = part.iloc[-1]
        notes.append(
            _log_note(
                f"{style.name} <b>{look.write(float(last['value']), str(last['unit']))}</b>",
                last,
                look,
                style.text_color,
            )
        )
    ends = drawn["end"]
    return figure(
        look, traces, height=360, annotations=notes,
        xaxis=axis(look.theme, type="date", showgrid=False, range=[f"{ends.min() - pd.Timedelta(days=30):%Y-%m-%d}", f"{ends.max() + pd.Timedelta(days=int((ends.max() - ends.min()).days * 0.22) + 20):%Y-%m-%d}"]),
        yaxis=axis(look.theme, type="log", tickvals=_decades(drawn["value"]), ticktext=[look.write(v, str(drawn["unit"].iloc[0])) for v in _decades(drawn["value"])]),
        margin={"l": 8, "r": 8, "t": 16, "b": 8},
    )  # fmt: skip


def _decades(values: pd.Series) -> list[float]:
    low, high = float(values.min()), float(values.max())
    ticks = [base * 10.0**power for power in range(5, 14) for base in (1, 3)]
    return [t for t in ticks if low / 3 <= t <= high * 3]


def _log_note(text: str, row: Any, look: Look, color: str) -> dict[str, Any]:  # noqa: ANN401
    return note(
        look,
        text,
        f"{row['end']:%Y-%m-%d}",
        log10(float(row["value"])),
        xanchor="left",
        xshift=10,
        align="left",
        font={"size": 12, "color": color},
    )  # type: ignore[arg-type]
