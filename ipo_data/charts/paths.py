"""Paths: firms' figures at successive dates as joined lines on one scale."""

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from ipo_data.charts.drawing import Drawing
from ipo_data.charts.panel_rows import columns, in_rows
from ipo_data.charts.rows import text_width
from ipo_data.charts.theme import PHONE, Look, axis, blank, figure, note, panel_title, panels
from ipo_data.frames.rows import PointRow, point_rows

_ROOM: Final = 760
_HALF: Final = 480
"""Least widths of several panels and of one."""
_HEIGHT: Final = 320
_PLOT: Final = 250
_SIZE: Final = 11
_APART: Final = 14
_TICK: Final = 62
"""Pixels of a date below the axis."""
_TOGETHER: Final = 2
"""Lines that one panel holds: their figures stand on either side."""


def joined_paths(frame: pd.DataFrame, look: Look) -> Drawing:
    """Return one line per company with its points joined by date: two in one panel, more in panels on one scale.

    The figures of the company that ends highest stand to the upper left, where a rising line leaves room, those of the
    other to the lower right; of figures that would meet, the earlier is left to hover and table.

    Args:
        frame: Data points of one measure over windows of one length, in one currency.
        look: Theme, words and companies.
    """
    drawn = point_rows(frame[frame["value"].notna() & frame["end"].notna()].sort_values("end", kind="stable"))
    if not drawn:
        return blank(look, look.words("chart.nothing"))
    names = [name for name in look.companies if any(row.company == name for row in drawn)]
    groups = [names] if len(names) <= _TOGETHER else [[name] for name in names]
    top, bottom = max(row.value for row in drawn), min(0.0, *(row.value for row in drawn))
    traces: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    layout: dict[str, Any] = {}
    abreast = columns(look, len(groups))
    for number, (group, domain) in enumerate(zip(groups, panels(len(groups), abreast=abreast), strict=True), 1):
        suffix = "" if number == 1 else str(number)
        own = {name: [row for row in drawn if row.company == name] for name in group}
        highest = max(group, key=lambda name: own[name][-1].value)
        layout[f"xaxis{suffix}"], per_day = _dates(own, highest, look, domain, suffix)
        near = _Near((top - bottom or 1.0) * 1.24 / _PLOT, per_day)
        for name, rows in own.items():
            traces.append(_line(rows, look, suffix))
            notes += _figures(rows, look, suffix, near, above=name == highest)
        if len(groups) > 1:
            notes.append(panel_title(look, look.companies[group[0]].name, look.companies[group[0]].text_color, number))
        limits = [bottom - 0.1 * (top - bottom), top + 0.14 * (top - bottom) or 1]
        layout[f"yaxis{suffix}"] = axis(
            look.theme, anchor=f"x{suffix}", range=limits, zeroline=True, zerolinewidth=2, showticklabels=False,
            showgrid=False, showline=False,
        )  # fmt: skip
    margin = {"l": 8, "r": 8, "t": 40 if len(groups) > 1 else 12, "b": 8}
    room = _ROOM if len(groups) > 1 else PHONE if look.narrow else _HALF
    drawing = figure(look, traces, height=_HEIGHT, room=room, annotations=notes, margin=margin, **layout)
    return in_rows(drawing, abreast)


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


@dataclass(frozen=True)
class _Near:
    """Tells whether the figures of two points meet, on a scale of so much a pixel and so many pixels a day."""

    per_pixel: float
    per_day: float

    def meet(self, earlier: PointRow, later: PointRow, look: Look) -> bool:
        apart = (later.end - earlier.end).days * self.per_day
        return (later.value - earlier.value) / self.per_pixel < _APART and apart < text_width(
            look.labelled(later), _SIZE
        )


def _figures(rows: list[PointRow], look: Look, suffix: str, near: _Near, *, above: bool) -> list[dict[str, Any]]:
    """Return the figures from the last to the first, leaving out those that would meet a later one.

    The last is named, since colours alone do not tell companies apart.
    """
    style = look.companies[rows[0].company]
    anchors = {"xanchor": "right", "yanchor": "bottom"} if above else {"xanchor": "left", "yanchor": "top"}
    shift = -3 if above else 3
    place = {"xref": f"x{suffix}", "yref": f"y{suffix}", "font": {"size": _SIZE, "color": style.text_color}, **anchors}
    found: list[dict[str, Any]] = []
    last: PointRow | None = None
    for row in reversed(rows):
        if last is not None and near.meet(row, last, look):
            continue
        text = _named(row, look) if last is None else f"<b>{look.labelled(row)}</b>"
        last = row
        found.append(note(look, text, f"{row.end:%Y-%m-%d}", row.value, xshift=shift, yshift=-shift, **place))
    return found


def _named(row: PointRow, look: Look) -> str:
    return f"{look.companies[row.company].name} <b>{look.labelled(row)}</b>"


def _dates(
    own: dict[str, list[PointRow]], highest: str, look: Look, domain: list[float], suffix: str
) -> tuple[dict[str, Any], float]:
    """Return the axis of dates and the pixels of a day on the narrowest screen.

    There is room before the first figure of the highest and after the last of the others.
    """
    whole = domain[1] - domain[0] == 1
    pixels = PHONE - 16 if look.narrow else ((_HALF if whole else _ROOM) - 16) * (domain[1] - domain[0])
    first, last = min(rows[0].end for rows in own.values()), max(rows[-1].end for rows in own.values())
    room = text_width(look.labelled(own[highest][0]), _SIZE + 1) + 8
    others = [rows[-1] for name, rows in own.items() if name != highest]
    beyond = max((text_width(_named(row, look), _SIZE + 1) for row in others), default=20)
    per_day = max(pixels - room - beyond, 60) / max((last - first).days, 180)
    start = first - pd.Timedelta(days=int(room / per_day) + 20)
    end = last + pd.Timedelta(days=int(beyond / per_day))
    ends = _year_ends(first, last, per_day)
    month = "%b %Y" if look.words.language == "en" else "%Y-%m"
    return axis(
        look.theme, domain=domain, anchor=f"y{suffix}", type="date", range=[f"{start:%Y-%m-%d}", f"{end:%Y-%m-%d}"],
        tickvals=[f"{day:%Y-%m-%d}" for day in ends], ticktext=[day.strftime(month) for day in ends], tickangle=0,
        showgrid=False,
    ), per_day  # fmt: skip


def _year_ends(first: pd.Timestamp, last: pd.Timestamp, per_day: float) -> list[pd.Timestamp]:
    """Return the ends of the years between two days, so many that their words do not meet."""
    step = 1 if per_day * 365 > _TICK else 2
    return list(pd.date_range(first, last, freq="YE"))[::-1][::step][::-1]
