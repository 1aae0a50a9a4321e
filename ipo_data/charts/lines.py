"""Lines over period ends: full years joined, parts of a year as marks of their own."""

from collections.abc import Collection
from math import log10
from typing import Any

import pandas as pd

from ipo_data.charts.drawing import Drawing
from ipo_data.charts.rows import text_width
from ipo_data.charts.theme import PHONE, Look, axis, blank, figure, note
from ipo_data.frames.rows import PointRow, point_rows

Trace = dict[str, Any]
_NEAR = pd.Timedelta(days=100)
_PAST = {"left": -10, "center": 0, "right": 10}
"""Pixels by which words beside a line reach over the middle of their mark."""
_CROWDED, _AROUND = 52, 46
"""Pixels that a mark and the words below it take, and of a chart above and below its plot."""
_BELOW, _HALF_WORDS = 24, 13
"""Pixels from a mark to the middle of the words below it, and half of their height."""
_TICK_SUFFIXES = {"percent": "%", "x": "×"}


# --- periods ----------------------------------------------------------------------------------------------------------


def period_lines(frame: pd.DataFrame, look: Look, *, unit: str, zero: bool = True, height: int = 340) -> Drawing:
    """Return one line per company through full years, with parts of a year as open marks.

    Full years and parts of a year are never joined: they are not the same kind of period.

    Args:
        frame: Data points of one measure with periods.
        look: Theme, words and companies.
        unit: Unit code, for the axis.
        zero: Whether the zero line is drawn.
        height: Height in pixels.
    """
    drawn = point_rows(frame[frame["value"].notna() & frame["end"].notna()].sort_values("end", kind="stable"))
    if not drawn:
        return blank(look, look.words("chart.nothing"))
    traces: list[Trace] = []
    notes: list[dict[str, Any]] = []
    limits = _value_range([row.value for row in drawn], zero=zero)
    crowded = _CROWDED * (limits[1] - limits[0]) / (height - _AROUND)
    for name in _drawn_companies(drawn, look):
        own = [row for row in drawn if row.company == name]
        traces.append(_trace([row for row in own if row.months == 12], look, name, joined=True))
        traces.append(_trace([row for row in own if row.months != 12], look, name, joined=False))
        years = [row for row in own if row.months == 12]
        for row in own:
            above = _is_highest(row, drawn)
            on_zero = zero and row in years[1:] and _is_on_zero(row, limits, height)
            if not above and (on_zero or _is_over_another(row, drawn, crowded)):
                notes.append(_label_beside(row, look, named=row is own[0], below=_falls_to(row, years)))
                continue
            notes.append(_label(row, look, above=above, named=row is own[0], side=_free_side(row, years, above=above)))
    ends = _days(min(r.end for r in drawn), 180, max(r.end for r in drawn), 240)
    dates = {"type": "date", "dtick": "M12", "tick0": "2000-12-31", "tickformat": _month(look)}
    return figure(
        look, traces, height=height, room=PHONE if look.narrow else 760, annotations=notes,
        xaxis=axis(look.theme, showgrid=False, range=ends, **dates),
        yaxis=axis(
            look.theme, showticklabels=unit in _TICK_SUFFIXES, showgrid=unit in _TICK_SUFFIXES,
            ticksuffix=_TICK_SUFFIXES.get(unit, ""), zeroline=zero, zerolinewidth=2,
            range=limits,
        ),
        margin={"l": 8, "r": 8, "t": 16, "b": 8},
    )  # fmt: skip


def _month(look: Look) -> str:
    """Return how the axis writes the month in which a year ends: the marks stand at the end of their periods."""
    return "%b %Y" if look.words.language == "en" else "%Y-%m"


def _drawn_companies(drawn: list[PointRow], look: Look) -> list[str]:
    present = {row.company for row in drawn}
    return [name for name in look.companies if name in present]


def _days(first: pd.Timestamp, before: int, last: pd.Timestamp, after: int) -> list[str]:
    """Return a date range with room on both sides."""
    return [f"{first - pd.Timedelta(days=before):%Y-%m-%d}", f"{last + pd.Timedelta(days=after):%Y-%m-%d}"]


def _value_range(values: list[float], *, zero: bool) -> list[float]:
    spread = max(values) - min(values) or abs(max(values)) or 1.0
    bottom = min(values) - 0.26 * spread
    return [min(bottom, 0.0) if zero else bottom, max(values) + 0.22 * spread]


def _trace(rows: list[PointRow], look: Look, name: str, *, joined: bool) -> Trace:
    style = look.companies[name]
    symbol = style.symbol if joined else f"{style.symbol}-open"
    return {
        "type": "scatter", "mode": "lines+markers" if joined else "markers",
        "x": [f"{row.end:%Y-%m-%d}" for row in rows], "y": [row.value for row in rows],
        "line": {"color": style.color, "width": 2.5, "dash": style.dash},
        "marker": {"size": 10, "symbol": symbol, "color": style.color, "line": {"width": 2, "color": style.color}},
        "text": [_period_hover(row, look) for row in rows], "hovertemplate": "%{text}<extra></extra>",
        "customdata": [row.claim_ids for row in rows], "name": style.name,
    }  # fmt: skip


def _period_hover(row: PointRow, look: Look) -> str:
    written = f"{look.when(row.period)}: {look.shown(row)}"
    return f"{look.companies[row.company].name}<br>{written}<br>{look.words('state.' + row.state)}"


def _is_highest(row: PointRow, drawn: list[PointRow]) -> bool:
    """Tell whether a mark is the highest of those within three months, so that its words go above it."""
    return row.value >= max(other.value for other in drawn if abs(other.end - row.end) < _NEAR)


def _is_over_another(row: PointRow, drawn: list[PointRow], crowded: float) -> bool:
    """Tell whether words below a mark would cover the mark of another company."""
    return any(0 < row.value - other.value < crowded for other in drawn if abs(other.end - row.end) < _NEAR)


def _is_on_zero(row: PointRow, limits: list[float], height: int) -> bool:
    """Tell whether words below a mark would stand on the zero line, which reads as a minus before them."""
    pixels = row.value * (height - _AROUND) / ((limits[1] - limits[0]) or 1.0)
    return abs(pixels - _BELOW) < _HALF_WORDS


def _falls_to(row: PointRow, joined: list[PointRow]) -> bool:
    """Tell whether the line comes to a mark from above, so that what is left of it and below stays free."""
    at = joined.index(row) if row in joined else 0
    return at > 0 and joined[at - 1].value > row.value


def _free_side(row: PointRow, joined: list[PointRow], *, above: bool) -> str:
    """Return where a mark's words go so that its company's line is not drawn through them, as a horizontal anchor."""
    if row not in joined:
        return "center"
    at = joined.index(row)
    before, after = joined[at - 1 : at] if at else [], joined[at + 1 : at + 2]
    at_left, at_right = (any((other.value > row.value) == above for other in side) for side in (before, after))
    if at_left == at_right:
        return "center"
    return "left" if at_left else "right"


def _label(row: PointRow, look: Look, *, above: bool, named: bool, side: str) -> dict[str, Any]:
    """Return a mark's period and figure; only a company's first mark has its name, colour and shape tell the rest.

    In a narrow window the dates below tell the period.
    """
    style = look.companies[row.company]
    name = f"{style.name} " if named else ""
    amount = f"<b>{look.labelled(row)}</b>"
    text = (
        "<br>".join(filter(None, (name.strip(), amount)))
        if look.narrow
        else f"{name}{look.when(row.period)}<br>{amount}"
    )
    font = {"size": 11, "color": style.text_color}
    place = {"yshift": _BELOW if above else -_BELOW, "bgcolor": look.palette.background, "borderpad": 0}
    beside = {"xanchor": side, "xshift": _PAST[side], "align": side}
    return note(look, text, f"{row.end:%Y-%m-%d}", row.value, font=font, **place, **beside)


def _label_beside(row: PointRow, look: Look, *, named: bool, below: bool) -> dict[str, Any]:
    """Return the words of a mark between two others on one line at its left."""
    style = look.companies[row.company]
    said = [style.name if named else "", "" if look.narrow else look.when(row.period), f"<b>{look.labelled(row)}</b>"]
    place = {
        "xanchor": "right",
        "xshift": -8,
        "yshift": -9 if below else 9,
        "font": {"size": 11, "color": style.text_color},
    }
    return note(look, " ".join(filter(None, said)), f"{row.end:%Y-%m-%d}", row.value, **place)


# --- values on a log axis ---------------------------------------------------------------------------------------------


def step_values(points: pd.DataFrame, look: Look, apart: Collection[tuple[str, str]] = ()) -> Drawing:
    """Return value over time on a log axis: rounds as steps, market values as marks.

    Args:
        points: Data points in one currency, with ``measure`` telling rounds from market values.
        look: Theme, words and companies.
        apart: Company and dimension of the points whose date is not their place in the order of values; they are
            marks beside the line, which does not pass through them.
    """
    usable = points["value"].notna() & (points["value"] > 0) & points["end"].notna()
    drawn = point_rows(points[usable].sort_values("end", kind="stable"))
    if not drawn:
        return blank(look, look.words("chart.nothing"))
    by_company = {name: [row for row in drawn if row.company == name] for name in _drawn_companies(drawn, look)}
    first, last = drawn[0].end, drawn[-1].end
    around = max((last - first).days // 50, 15)
    ticks = _decades([row.value for row in drawn])
    beside = [_last_note(own[-1], look) for own in by_company.values()]
    traces = [trace for name, own in by_company.items() for trace in _values(own, look, name, apart)]
    words = max(text_width(one["text"]) for one in beside)
    return figure(
        look, traces, height=360, room=PHONE if look.narrow else 620, annotations=beside,
        xaxis=axis(look.theme, type="date", showgrid=False, range=_days(first, around, last, around), dtick="M12"),
        yaxis=axis(look.theme, type="log", tickvals=ticks, ticktext=[look.tick(v, drawn[0].unit) for v in ticks]),
        margin={"l": 8, "r": round(words) + 16, "t": 16, "b": 8},
    )  # fmt: skip


def _values(rows: list[PointRow], look: Look, name: str, apart: Collection[tuple[str, str]]) -> list[Trace]:
    """Return the line through a company's values and, if there are any, the marks beside it."""
    beside = [row for row in rows if (row.company, row.dimension) in apart]
    through = _steps([row for row in rows if row not in beside], look, name)
    return [through, _steps(beside, look, name) | {"mode": "markers"}] if beside else [through]


def _steps(rows: list[PointRow], look: Look, name: str) -> Trace:
    style = look.companies[name]
    symbols = [style.symbol if row.measure == "market_cap" else f"{style.symbol}-open" for row in rows]
    return {
        "type": "scatter", "mode": "lines+markers",
        "x": [f"{row.end:%Y-%m-%d}" for row in rows], "y": [row.value for row in rows],
        "line": {"color": style.color, "width": 2.5, "dash": style.dash, "shape": "hv"},
        "marker": {"size": 8, "symbol": symbols, "color": style.color, "line": {"width": 2, "color": style.color}},
        "text": [_value_hover(row, look) for row in rows], "hovertemplate": "%{text}<extra></extra>",
        "customdata": [row.claim_ids for row in rows], "name": style.name,
    }  # fmt: skip


def _value_hover(row: PointRow, look: Look) -> str:
    written = f"{look.label(row.measure, row.company)}: {look.shown(row)}"
    return f"{look.companies[row.company].name}<br>{look.when(row.period)}<br>{written}"


def _last_note(row: PointRow, look: Look) -> dict[str, Any]:
    style = look.companies[row.company]
    text = f"{style.name}{'<br>' if look.narrow else ' '}<b>{look.labelled(row)}</b>"
    place = {"xanchor": "left", "xshift": 10, "align": "left"}
    return note(
        look, text, f"{row.end:%Y-%m-%d}", log10(row.value), **place, font={"size": 12, "color": style.text_color}
    )  # fmt: skip


def _decades(values: list[float]) -> list[float]:
    """Return ticks at 1 and 3 times the powers of ten around the values."""
    ticks = [base * 10.0**power for power in range(3, 15) for base in (1, 3)]
    return [tick for tick in ticks if min(values) / 3 <= tick <= max(values) * 3]
