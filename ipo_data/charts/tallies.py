"""Tallies: counts by company in rows, with the total written at the end."""

from dataclasses import dataclass
from typing import Any, Final

from ipo_data.charts.drawing import Drawing
from ipo_data.charts.rows import SIDES, STANDOFF, scale, text_width
from ipo_data.charts.theme import Look, axis, blank, figure, note


@dataclass(frozen=True, slots=True)
class Tally:
    """One row.

    Attributes:
        label: Row heading.
        counts: Number by company id.
        text: What is written at the end.
        hover: Further words.
    """

    label: str
    counts: dict[str, int]
    text: str
    hover: str = ""

    @property
    def total(self) -> int:
        """All companies together."""
        return sum(self.counts.values())


_ROW_PIXELS: Final = 26
_LEGEND: Final = {
    "orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "font": {"size": 12}, "traceorder": "normal"
}  # fmt: skip
"""Names in the order of the pieces; stacked bars would turn it round."""


def tally_bars(tallies: list[Tally], look: Look) -> Drawing:
    """Return one bar per row from zero, a piece per company in its colour and pattern.

    Args:
        tallies: Rows from top to bottom.
        look: Theme, words and companies.
    """
    if not any(tally.total for tally in tallies):
        return blank(look, look.words("chart.nothing"))
    heights = list(range(len(tallies) - 1, -1, -1))
    traces = [
        _pieces(name, tallies, heights, look) for name in look.companies if any(s.counts.get(name) for s in tallies)
    ]
    ends = {"xanchor": "left", "xshift": 6, "font": {"size": 12, "color": look.palette.muted}}
    notes = [
        note(look, tally.text, tally.total, height, **ends) for tally, height in zip(tallies, heights, strict=True)
    ]
    room = 760
    pixels = room - SIDES - max(text_width(tally.label) for tally in tallies)
    limits = scale([(tally.total, 0, 8 + text_width(tally.text)) for tally in tallies], pixels, zero=True)
    return figure(
        look, traces, height=_ROW_PIXELS * len(tallies) + 64, room=room, barmode="stack", annotations=notes,
        showlegend=len(traces) > 1, legend=_LEGEND,
        xaxis=axis(look.theme, range=limits, showticklabels=False, showgrid=False, zeroline=True, showline=False),
        yaxis=axis(
            look.theme, tickvals=heights, ticktext=[tally.label for tally in tallies], range=[-0.7, len(tallies) - 0.3],
            showgrid=False, showline=False, tickfont={"size": 12, "color": look.palette.text},
            ticklabelstandoff=STANDOFF,
        ),
        margin={"l": 8, "r": 8, "t": 32, "b": 8},
    )  # fmt: skip


def _pieces(name: str, tallies: list[Tally], heights: list[int], look: Look) -> dict[str, Any]:
    style = look.companies[name]
    pattern = {
        "shape": style.pattern, "fillmode": "overlay", "fgcolor": look.palette.background, "size": 5, "solidity": 0.18,
    }  # fmt: skip
    return {
        "type": "bar", "orientation": "h", "name": style.name,
        "x": [tally.counts.get(name) or None for tally in tallies],
        "y": heights, "width": [0.62] * len(tallies), "textposition": "none",
        "text": [tally.hover for tally in tallies],
        "marker": {"color": style.color, "line": {"color": style.color, "width": 1.5}, "pattern": pattern},
        "hovertemplate": "%{text}<extra></extra>",
    }  # fmt: skip
