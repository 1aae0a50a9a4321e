"""Money running out at constant burn, with published runways as marks."""

from dataclasses import dataclass
from typing import Any

from ipo_data.charts.drawing import Drawing
from ipo_data.charts.theme import Look, axis, blank, figure, note


@dataclass(frozen=True, slots=True)
class Decline:
    """One falling line: opening balance, monthly burn and the words at its end.

    The reader's own figures are dotted, as every scenario.
    """

    company: str
    label: str
    opening: float
    burn: float
    months: float
    unit: str
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
    longest = max([line.months for line in lines] + [mark.months for mark in published])
    traces = [trace for line in lines for trace in _falling(line, look)] + [_mark(mark, look) for mark in published]
    notes = [
        _line_note(line, 24 + 17 * (index % 4), look)
        for index, line in enumerate(sorted(lines, key=lambda item: item.months))
    ]
    notes += [_mark_note(mark, -9 - 8 * index, look) for index, mark in enumerate(published)]
    xaxis = axis(
        look.theme, range=[0, longest * 1.25], dtick=12, title=look.words("chart.months_from_balance"), showgrid=False,
    )  # fmt: skip
    yaxis = axis(
        look.theme, range=[-14 - 8 * max(0, len(published) - 1), 108], tickvals=[0, 25, 50, 75, 100], ticksuffix="%",
        zeroline=True, zerolinewidth=2,
    )  # fmt: skip
    return figure(
        look, traces, height=380 + 16 * len(published), room=760, annotations=notes, xaxis=xaxis, yaxis=yaxis,
        margin={"l": 8, "r": 8, "t": 16, "b": 8},
    )  # fmt: skip


def _falling(line: Decline, look: Look) -> list[dict[str, Any]]:
    """Return the line from 100 % to zero and the mark where the money is spent."""
    style = look.companies[line.company]
    division = f"{look.write(line.opening, line.unit)} ÷ {look.write(line.burn, line.unit)}"
    pen = {"color": style.color, "width": 2.5, "dash": "dot" if line.is_own else style.dash}
    hover = f"{style.name}<br>{line.label}<br>{division}<br>{look.write(line.months, 'months')}<extra></extra>"
    return [
        {
            "type": "scatter", "mode": "lines", "x": [0, line.months], "y": [100, 0], "hovertemplate": hover,
            "customdata": [line.claims] * 2, "line": pen,
        },
        {
            "type": "scatter", "mode": "markers", "x": [line.months], "y": [0], "hovertemplate": hover,
            "marker": {"size": 10, "color": style.color, "symbol": style.symbol}, "cliponaxis": False,
            "customdata": [line.claims],
        },
    ]  # fmt: skip


def _mark(mark: Published, look: Look) -> dict[str, Any]:
    return {
        "type": "scatter", "mode": "lines", "x": [mark.months, mark.months], "y": [0, 8],
        "line": {"color": look.companies[mark.company].color, "width": 2, "dash": "dot"},
        "hovertemplate": mark.text + "<extra></extra>", "customdata": [mark.claims] * 2,
    }  # fmt: skip


def _line_note(line: Decline, height: int, look: Look) -> dict[str, Any]:
    text = f"<b>{look.write(line.months, 'months')}</b> {line.label}"
    font = {"size": 12, "color": look.companies[line.company].text_color}
    return note(look, text, line.months * (1 - height / 100), height, xanchor="left", xshift=8, font=font)


def _mark_note(mark: Published, height: int, look: Look) -> dict[str, Any]:
    font = {"size": 11, "color": look.companies[mark.company].text_color}
    return note(look, mark.text, mark.months, height, font=font)
