"""Time-span bars: a bar runs from the first to the last day of its period, so that its area is the amount."""

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from ipo_data.charts.drawing import Drawing
from ipo_data.charts.panel_rows import columns, in_rows
from ipo_data.charts.rows import text_width, unit_apart
from ipo_data.charts.theme import PHONE, Look, axis, blank, figure, note, panel_title, panels
from ipo_data.frames.rows import PointRow, point_rows

_ROOM: Final = 760
_DAY_MS: Final = 86_400_000
_STEADY: Final = ("reported", "judged")
_HEADROOM: Final = 1.22
_PLOT: Final = 300
_LINE: Final = 16
"""Pixels of a plot and of a line of the words above a bar."""
_YEAR: Final = 12
_MARGIN: Final = pd.Timedelta(days=40)


def time_spans(frame: pd.DataFrame, look: Look, *, annualised: bool = False) -> Drawing:
    """Return bars of amount per month over time, one panel per company.

    Args:
        frame: Data points (columns ``POINTS``) with start, end, months and value; derived ones are drawn outlined.
        look: Theme, words and companies.
        annualised: Whether the latest part of a year is drawn on to twelve months, dotted.

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
    titles: list[dict[str, Any]] = []
    shapes: list[dict[str, Any]] = []
    abreast = columns(look, len(names))
    for number, (name, domain) in enumerate(zip(names, panels(len(names), abreast=abreast), strict=True), 1):
        own = [row for row in drawn if row.company == name]
        suffix = "" if number == 1 else str(number)
        marks = [row for row in own if _lies_within(row, own)]
        solid = [row for row in own if row not in marks]
        pixels = (PHONE - 16 if look.narrow else (_ROOM - 16) * (domain[1] - domain[0])) / _days(own)
        wanted = [_words(row, look, [mark for mark in marks if _holder(mark, solid) is row]) for row in solid]
        beyond = _beyond(solid[-1], wanted[-1][0], pixels)
        labels = _labels(solid, wanted, pixels, _PLOT / _top(drawn if one_unit else own))
        traces += [_bar(row, look, suffix, labels.get(i, _NO_LABEL).centred) for i, row in enumerate(solid)]
        titles += [_at_right(solid[i], look, suffix, said.text) for i, said in labels.items() if said.at_right]
        traces += [_year_before(row, look, suffix) for row in marks]
        shapes += [_drawn_on(solid[-1], look, suffix)] if annualised and solid[-1].months < 12 else []
        layout |= _axes(own, _top(drawn if one_unit else own), domain, suffix, look.theme)
        end = solid[-1].start + pd.DateOffset(years=1) if annualised else solid[-1].end
        layout[f"xaxis{suffix}"]["range"][1] = f"{max(end + _MARGIN, solid[-1].end + beyond):%Y-%m-%d}"
        titles.append(panel_title(look, look.companies[name].name, look.companies[name].text_color, number))
    margin = {"l": 8, "r": 8, "t": 44, "b": 8}
    drawing = figure(
        look, traces, height=360, room=_ROOM, margin=margin, annotations=titles, shapes=shapes, barmode="overlay",
        **layout,
    )  # fmt: skip
    return in_rows(drawing, abreast)


@dataclass(frozen=True, slots=True)
class _Label:
    """Words above a bar, over its middle or ending with it at the right."""

    text: str
    at_right: bool

    @property
    def centred(self) -> str:
        """The words if they stand over the middle, else none."""
        return "" if self.at_right else self.text


_NO_LABEL: Final = _Label("", at_right=False)


def _labels(rows: list[PointRow], wanted: list[tuple[str, ...]], per_day: float, per_unit: float) -> dict[int, _Label]:
    """Return the words of each bar, the first wanted that find room.

    Words wider than their bar would be covered by a higher one that follows, so they reach to the left instead, over
    a lower bar's place: amounts that fit their bar in two lines are written so. Words that would meet those of a later
    bar are left to the table.
    """
    kept: list[tuple[float, float, float]] = []
    found: dict[int, _Label] = {}
    for index, row in reversed(list(enumerate(rows))):
        left, own = (row.start - rows[0].start).days * per_day, ((row.end - row.start).days + 1) * per_day
        height = row.value / row.months * per_unit
        following = rows[index + 1] if index + 1 < len(rows) else None
        covered = following is not None and following.value / following.months * per_unit > height
        for words in _fitting(wanted[index], own) if covered else wanted[index]:
            width, top = text_width(words, 11), height + _LINE * (words.count("<br>") + 1)
            at_right = covered and width > own
            start = left + own - width if at_right else left + (own - width) / 2
            if all(start + width < other or height >= over or top <= under for other, under, over in kept):
                found[index] = _Label(words, at_right)
                kept.append((start, height, top))
                break
    return found


def _fitting(wanted: tuple[str, ...], pixels: float) -> list[str]:
    """Return words with the amount in two lines before those that only fit their bar so."""
    found: list[str] = []
    for words in wanted:
        amount, *rest = words.split("<br>")
        parted = "<br>".join((unit_apart(amount), *rest))
        found += [parted, words] if text_width(parted, 11) <= pixels < text_width(words, 11) else [words]
    return found


def _words(row: PointRow, look: Look, marks: list[PointRow]) -> tuple[str, ...]:
    """Return a bar's words, first with the amounts of the outlines on it, then without, and without the year.

    The dates below tell which year it is; in a narrow window that is enough.
    """
    amount, period = f"<b>{look.labelled(row)}</b>", f"<br>{look.when(row.period)}"
    parts = "".join(f"<br><span style='font-size:10px'>{_part_words(mark, look)}</span>" for mark in marks)
    heads = ["" if look.narrow and row.months == _YEAR else period, "" if row.months == _YEAR else period]
    return tuple(dict.fromkeys(amount + head + rest for head in heads for rest in (parts, "")))


def _part_words(mark: PointRow, look: Look) -> str:
    said = f"{look.when(mark.period)} {look.labelled(mark)}"
    return said if mark.state in _STEADY else f"{said} · {look.words('state.' + mark.state)}"


def _at_right(row: PointRow, look: Look, suffix: str, words: str) -> dict[str, Any]:
    """Return a bar's words above its right end."""
    place = {"xref": f"x{suffix}", "yref": f"y{suffix}", "xanchor": "right", "yanchor": "bottom", "align": "right"}
    font = {"size": 11, "color": look.palette.muted if row.state not in _STEADY else look.palette.text}
    return note(look, words, f"{row.end:%Y-%m-%d}", row.value / row.months, font=font, **place)


def _holder(mark: PointRow, rows: list[PointRow]) -> PointRow:
    """Return the shortest bar that a mark lies on."""
    around = [row for row in rows if row.start <= mark.start and mark.end <= row.end]
    return min(around, key=lambda row: row.months)


def _lies_within(row: PointRow, rows: list[PointRow]) -> bool:
    """Tell whether a longer period that is drawn covers a period: then it is a mark on that bar."""
    return any(o.start <= row.start and row.end <= o.end and o.months > row.months for o in rows)


def _beyond(row: PointRow, words: str, pixels_per_day: float) -> pd.Timedelta:
    """Return the room that the words of the last bar need to the right of it."""
    own = ((row.end - row.start).days + 1) * pixels_per_day
    return pd.Timedelta(days=max(0, round((text_width(words, 12) - own) / 2 / pixels_per_day * 1.15)))


def _days(rows: list[PointRow]) -> int:
    return (max(row.end for row in rows) - min(row.start for row in rows) + 2 * _MARGIN).days


def _top(rows: list[PointRow]) -> float:
    return max(row.value / row.months for row in rows) * _HEADROOM


def _axes(rows: list[PointRow], top: float, domain: list[float], suffix: str, theme: str) -> dict[str, Any]:
    start, end = min(row.start for row in rows) - _MARGIN, max(row.end for row in rows) + _MARGIN
    xaxis = axis(
        theme, domain=domain, anchor=f"y{suffix}", type="date", dtick="M12", tickformat="%Y", ticklabelmode="period",
        range=[f"{start:%Y-%m-%d}", f"{end:%Y-%m-%d}"], showgrid=False,
    )  # fmt: skip
    yaxis = axis(
        theme, anchor=f"x{suffix}", range=[0, top], zeroline=True, showgrid=False, showline=False, showticklabels=False
    )
    return {f"xaxis{suffix}": xaxis, f"yaxis{suffix}": yaxis}


def _bar(row: PointRow, look: Look, suffix: str, words: str) -> dict[str, Any]:
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
        "text": [words], "textposition": "outside",
        "textfont": {"size": 11, "color": look.palette.muted if outlined else look.palette.text},
        "textangle": 0, "constraintext": "none", "cliponaxis": False,
        "marker": {"color": fill, "line": {"color": style.color, "width": 1.5}, "pattern": pattern},
        "hovertemplate": _hover(row, look), "customdata": [row.claim_ids],
    }  # fmt: skip


def _year_before(row: PointRow, look: Look, suffix: str) -> dict[str, Any]:
    """Return the outline of the same months a year before, on the bar of its year, whose words say its amount."""
    marker = {"color": "rgba(0,0,0,0)", "line": {"color": look.palette.text, "width": 1.5}}
    return _bar(row, look, suffix, "") | {"marker": marker}


def _drawn_on(row: PointRow, look: Look, suffix: str) -> dict[str, Any]:
    """Return the dotted continuation of a part of a year to twelve months at the same height."""
    line = {"color": look.companies[row.company].color, "width": 2, "dash": "dot"}
    end = row.start + pd.DateOffset(years=1) - pd.Timedelta(days=1)
    return {
        "type": "rect", "xref": f"x{suffix}", "yref": f"y{suffix}", "x0": f"{row.end:%Y-%m-%d}",
        "x1": f"{end:%Y-%m-%d}", "y0": 0, "y1": row.value / row.months, "line": line,
    }  # fmt: skip


def _hover(row: PointRow, look: Look) -> str:
    written = f"{look.when(row.period)}: {look.shown(row)}"
    monthly = f"{look.write(row.value / row.months, row.unit)} {look.words('chart.per_month')}"
    return (
        f"{look.companies[row.company].name}<br>{written}<br>{monthly}<br>"
        f"{look.words('state.' + row.state)}<extra></extra>"
    )
