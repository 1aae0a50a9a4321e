"""Paths: one firm's figure at successive dates as a joined line, one panel per firm on one scale."""

from typing import Any, Final

import pandas as pd

from ipo_data.charts.drawing import Drawing
from ipo_data.charts.rows import text_width
from ipo_data.charts.theme import Look, axis, blank, figure, note, panel_title, panels
from ipo_data.frames.rows import PointRow, point_rows

_ROOM: Final = 760
_HEIGHT: Final = 320
_PLOT: Final = 250
_SIZE: Final = 11
_APART: Final = 14


def joined_paths(frame: pd.DataFrame, look: Look) -> Drawing:
    """Return one panel per company with its points joined by date.

    Every point's figure stands to its upper left, where a rising line leaves room; of figures that would meet, the
    earlier is left to hover and table.

    Args:
        frame: Data points of one measure over windows of one length, in one currency.
        look: Theme, words and companies.
    """
    drawn = point_rows(frame[frame["value"].notna() & frame["end"].notna()].sort_values("end", kind="stable"))
    if not drawn:
        return blank(look, look.words("chart.nothing"))
    names = [name for name in look.companies if any(row.company == name for row in drawn)]
    top, bottom = max(row.value for row in drawn), min(0.0, *(row.value for row in drawn))
    traces: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    layout: dict[str, Any] = {}
    for number, (name, domain) in enumerate(zip(names, panels(len(names)), strict=True), 1):
        own = [row for row in drawn if row.company == name]
        suffix = "" if number == 1 else str(number)
        traces.append(_line(own, look, suffix))
        notes.append(panel_title(look, look.companies[name].name, look.companies[name].text_color, number))
        notes += _figures(own, look, suffix, (top - bottom or 1.0) * 1.2 / _PLOT)
        layout[f"xaxis{suffix}"] = _dates(own, look, domain, suffix, (_ROOM - 16) * (domain[1] - domain[0]))
        limits = [bottom - 0.04 * (top - bottom), top + 0.16 * (top - bottom) or 1]
        layout[f"yaxis{suffix}"] = axis(
            look.theme,
            anchor=f"x{suffix}",
            range=limits,
            zeroline=True,
            zerolinewidth=2,
            showticklabels=False,
            nticks=5,
        )
    margin = {"l": 8, "r": 8, "t": 40, "b": 8}
    return figure(look, traces, height=_HEIGHT, room=_ROOM, annotations=notes, margin=margin, **layout)


def _line(rows: list[PointRow], look: Look, suffix: str) -> dict[str, Any]:
    style = look.companies[rows[0].company]
    return {
        "type": "scatter", "mode": "lines+markers", "x": [f"{row.end:%Y-%m-%d}" for row in rows],
        "y": [row.value for row in rows], "xaxis": f"x{suffix}", "yaxis": f"y{suffix}",
        "line": {"color": style.color, "width": 2.5, "dash": style.dash},
        "marker": {"size": 9, "symbol": style.symbol, "color": style.color},
        "text": [_hover(row, look) for row in rows], "hovertemplate": "%{text}<extra></extra>",
        "customdata": [row.claim_ids for row in rows], "name": style.name,
    }  # fmt: skip


def _hover(row: PointRow, look: Look) -> str:
    written = f"{look.when(row.period)}: {look.shown(row)}"
    return f"{look.companies[row.company].name}<br>{written}<br>{look.words('state.' + row.state)}"


def _figures(rows: list[PointRow], look: Look, suffix: str, per_pixel: float) -> list[dict[str, Any]]:
    """Return the figures from the last to the first, leaving out those that would meet a later one."""
    font = {"size": _SIZE, "color": look.companies[rows[0].company].text_color}
    place = {"xref": f"x{suffix}", "yref": f"y{suffix}", "xanchor": "right", "yanchor": "bottom", "font": font}
    found: list[dict[str, Any]] = []
    last: PointRow | None = None
    for row in reversed(rows):
        if last is not None and (last.value - row.value) / per_pixel < _APART and (last.end - row.end).days < 200:
            continue
        last = row
        text = f"<b>{look.shown(row)}</b>"
        found.append(note(look, text, f"{row.end:%Y-%m-%d}", row.value, xshift=-3, yshift=3, **place))
    return found


def _dates(rows: list[PointRow], look: Look, domain: list[float], suffix: str, pixels: float) -> dict[str, Any]:
    """Return the axis of dates with room for the first figure to the left of its point."""
    first, last = rows[0].end, rows[-1].end
    days = max((last - first).days, 180)
    room = text_width(look.shown(rows[0]), _SIZE + 1) + 8
    before = pd.Timedelta(days=int(days * room / max(pixels - room - 20, 60)) + 20)
    limits = [f"{first - before:%Y-%m-%d}", f"{last + pd.Timedelta(days=days // 12):%Y-%m-%d}"]
    return axis(
        look.theme, domain=domain, anchor=f"y{suffix}", type="date", dtick="M12", tick0="2000-12-31",
        tickformat="%b %Y" if look.words.language == "en" else "%Y-%m", range=limits, showgrid=False,
    )  # fmt: skip
