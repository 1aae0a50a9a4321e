"""Money running out at constant burn, with published runways as marks."""

from dataclasses import dataclass
from typing import Any, Final

from ipo_data.charts.drawing import Drawing
from ipo_data.charts.rows import text_width, wrapped
from ipo_data.charts.theme import PHONE, Look, axis, blank, figure, line_key, note

_DESK: Final = 760
_BEYOND: Final = 1.25
_LEVEL: Final = 7
"""Per cent of the opening balance that a line of words takes."""


@dataclass(frozen=True, slots=True)
class Decline:
    """One falling line: its words, which hold the division, and the months to its end.

    The reader's own figures are dotted, as every scenario.
    """

    company: str
    label: str
    months: float
    claims: str = ""
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """A runway that a document states."""

    company: str
    months: float
    text: str
    claims: str = ""


def declines(lines: list[Decline], published: list[Published], look: Look) -> Drawing:
    """Return the balance as a share of its opening value, month by month, until it reaches zero.

    Args:
        lines: Falling lines.
        published: Stated runways, drawn as marks on the zero line with their words.
        look: Theme, words and companies.
    """
    if not lines:
        return blank(look, look.words("chart.nothing"))
    longest = max([line.months for line in lines] + [mark.months for mark in published]) * _BEYOND
    traces = [trace for line in lines for trace in _falling(line, look)]
    notes = []
    levels = _levels(published, longest, look)
    for mark, level in zip(published, levels, strict=True):
        traces.append(_mark(mark, level, look))
        notes.append(_mark_note(mark, level, longest, look))
    xaxis = axis(
        look.theme, range=[0, longest], dtick=12, title=look.words("chart.months_from_balance"), showgrid=False,
    )  # fmt: skip
    depth = max(levels, default=-1) + 1
    yaxis = axis(
        look.theme, range=[-6 - _LEVEL * depth, 108], tickvals=[0, 25, 50, 75, 100], ticksuffix="%", zeroline=True,
        zerolinewidth=2,
    )  # fmt: skip
    return figure(
        look, traces, height=400 + 20 * depth, room=PHONE if look.narrow else _DESK, annotations=notes, xaxis=xaxis,
        yaxis=yaxis, showlegend=True, legend=line_key(look), margin={"l": 8, "r": 8, "t": 16, "b": 8},
    )  # fmt: skip


def _pixels(look: Look) -> int:
    return (PHONE if look.narrow else _DESK) - 60


def _levels(published: list[Published], longest: float, look: Look) -> list[int]:
    """Return how far below zero the words of each mark stand, so that those of near marks do not meet."""
    ends: list[float] = []
    found = dict.fromkeys(range(len(published)), 0)
    for index in sorted(found, key=lambda place: published[place].months):
        mark = published[index]
        left, right = _reach(mark, longest, look)
        level = next((n for n, end in enumerate(ends) if left >= end + 10), len(ends))
        ends[level : level + 1] = [right]
        found[index] = level
    return [found[index] for index in range(len(published))]


def _reach(mark: Published, longest: float, look: Look) -> tuple[float, float]:
    """Return where a mark's words begin and end in pixels; they stay inside the chart."""
    whole, width = _pixels(look), text_width(mark.text, 11.5)
    left = min(max(mark.months / longest * whole - width / 2, 4.0), whole - width - 4.0)
    return left, left + width


def _falling(line: Decline, look: Look) -> list[dict[str, Any]]:
    """Return the line from 100 % to zero and the mark where the money is spent."""
    style = look.companies[line.company]
    pen = {"color": style.color, "width": 2.5, "dash": "dot" if line.is_own else style.dash}
    hover = f"{line.label}<br>{look.write(line.months, 'months')}<extra></extra>"
    return [
        {
            "type": "scatter", "mode": "lines", "x": [0, line.months], "y": [100, 0], "hovertemplate": hover,
            "customdata": [line.claims] * 2, "line": pen,
            "name": wrapped(f"<b>{look.write(line.months, 'months')}</b> {line.label}", 200 if look.narrow else 400),
        },
        {
            "type": "scatter", "mode": "markers", "x": [line.months], "y": [0], "hovertemplate": hover,
            "marker": {"size": 10, "color": style.color, "symbol": style.symbol}, "cliponaxis": False,
            "customdata": [line.claims], "showlegend": False,
        },
    ]  # fmt: skip


def _mark(mark: Published, level: int, look: Look) -> dict[str, Any]:
    """Return the dotted line from zero down to the words of a published runway."""
    return {
        "type": "scatter", "mode": "lines", "x": [mark.months, mark.months], "y": [0, -_LEVEL * level - 4],
        "line": {"color": look.companies[mark.company].color, "width": 2, "dash": "dot"}, "showlegend": False,
        "hovertemplate": mark.text + "<extra></extra>", "customdata": [mark.claims] * 2,
    }  # fmt: skip


def _mark_note(mark: Published, level: int, longest: float, look: Look) -> dict[str, Any]:
    font = {"size": 11, "color": look.companies[mark.company].text_color}
    left, right = _reach(mark, longest, look)
    middle = (left + right) / 2 / _pixels(look) * longest
    return note(look, mark.text, middle, -_LEVEL * level - 8, font=font, bgcolor=look.palette.background, borderpad=0)
