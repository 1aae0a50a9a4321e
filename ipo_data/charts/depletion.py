"""Money running out at constant burn, with published runways as marks."""

from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from ipo_data.charts.theme import Look, axis, blank, figure, note


@dataclass(frozen=True, slots=True)
class Decline:
    """One falling line: opening balance, monthly burn and the words at its end."""

    company: str
    label: str
    opening: float
    burn: float
    months: float
    unit: str
    dash: str


@dataclass(frozen=True, slots=True)
class Published:
    """A runway that a document states."""

    company: str
    months: float
    text: str
    state: str


def declines(lines: list[Decline], published: list[Published], look: Look) -> go.Figure:
    """Return the balance as a share of its opening value, month by month, until it reaches zero.

    Args:
        lines: Falling lines.
        published: Stated runways, drawn as marks on the zero line with their words.
        look: Theme, words and companies.
    """
    if not lines:
        return blank(look, look.words("chart.nothing"))
    longest = max([line.months for line in lines] + [p.months for p in published])
    traces: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    for line in lines:
        style = look.companies[line.company]
        hover = f"{style.name}<br>{line.label}<br>{look.write(line.opening, line.unit)} ÷ {look.write(line.burn, line.unit)}<br>{look.write(line.months, 'months')}"
        traces.append({
            "type": "scatter", "mode": "lines", "x": [0, line.months], "y": [100, 0], "hovertemplate": hover + "<extra></extra>",
            "line": {"color": style.color, "width": 2.5, "dash": line.dash},
        })  # fmt: skip
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": [line.months],
                "y": [0],
                "hovertemplate": hover + "<extra></extra>",
                "marker": {"size": 10, "color": style.color, "symbol": style.symbol},
                "cliponaxis": False,
            }
        )
    for index, line in enumerate(sorted(lines, key=lambda item: item.months)):
        style = look.companies[line.company]
        height = 24 + 17 * (index % 4)
        x = line.months * (1 - height / 100)
        notes.append(
            note(
                look,
                f"<b>{look.write(line.months, 'months')}</b> {line.label}",
                x,
                height,
                xanchor="left",
                xshift=8,
                font={"size": 12, "color": style.text_color},
            )
        )
    for index, mark in enumerate(published):
        style = look.companies[mark.company]
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": [mark.months, mark.months],
                "y": [0, 8],
                "line": {"color": style.color, "width": 2, "dash": "dot"},
                "hovertemplate": mark.text + "<extra></extra>",
            }
        )
        notes.append(note(look, mark.text, mark.months, -9 - 8 * index, font={"size": 11, "color": style.text_color}))
    return figure(
        look, traces, height=380 + 16 * len(published), annotations=notes,
        xaxis=axis(look.theme, range=[0, longest * 1.25], dtick=12, title=look.words("chart.months_from_balance"), showgrid=False),
        yaxis=axis(look.theme, range=[-14 - 8 * max(0, len(published) - 1), 108], tickvals=[0, 25, 50, 75, 100], ticksuffix="%", zeroline=True, zerolinewidth=2),
        margin={"l": 8, "r": 8, "t": 16, "b": 8},
    )  # fmt: skip
