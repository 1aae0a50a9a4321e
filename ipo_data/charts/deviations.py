"""Deviations: every stated figure at zero, what its inputs give beside it, both with the range of their digits."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import asinh, isfinite
from typing import Any, Final

from ipo_data.charts.drawing import Drawing
from ipo_data.charts.rows import STANDOFF, parted, text_width
from ipo_data.charts.theme import Look, axis, blank, figure, note, tint

Trace = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Deviation:
    """One stated figure against its recomputation, as distances from the stated figure.

    Attributes:
        label: What the figure is about.
        company: Company id.
        stated: Lowest and highest distance that the printed digits and words allow (infinite if open).
        computed: Lowest and highest distance that the inputs' digits allow.
        value: Distance of the computed figure.
        text: Both figures as written.
        hover: Further words.
        claims: Claim ids.
    """

    label: str
    company: str
    stated: tuple[float, float]
    computed: tuple[float, float]
    value: float
    text: str
    hover: str
    claims: str


@dataclass(frozen=True, slots=True)
class Group:
    """Figures with one verdict.

    Attributes:
        heading: The verdict in words.
        wrong: Whether the verdict says that the figures cannot be right together.
        rows: The figures from top to bottom.
    """

    heading: str
    wrong: bool
    rows: tuple[Deviation, ...]


_ROW_PIXELS: Final = 24
_LINE_PIXELS: Final = 15
_ROOM: Final = 760
_LABEL_PIXELS: Final = 264
"""Most pixels of the words to the left of a row, which are broken where they are longer."""
_NEAR_ZERO: Final = 0.1
"""Up to about here the scale is even; beyond it every further step is ten times the last."""
_TICKS: Final = (0.1, 1.0, 10.0, 100.0, 1_000.0, 10_000.0)
_BARS: Final = 0.45
"""Least share of the width that bars take; the figures as written stand to their right."""
_GAP: Final = 12


def deviation_rows(groups: list[Group], look: Look) -> Drawing:
    """Return one row per figure in groups: a band for the stated figure, a dot and a line for the computed one.

    Args:
        groups: Figures by verdict, from top to bottom.
        look: Theme, words and companies.
    """
    lines = _lines(groups)
    drawn = [(height, row, wrong) for height, row, wrong in lines if row is not None]
    if not drawn:
        return blank(look, look.words("chart.nothing"))
    reach = _reach([row for _, row, _ in drawn])
    traces = [_bands(drawn, reach, look), *_gaps(drawn, reach, look), *_computed(drawn, reach, look)]
    notes = [_heading(group, height, look) for group, height in _headings(groups)]
    bars = 1.0 if look.narrow else _bars([row for _, row, _ in drawn])
    notes += [] if look.narrow else [_figures(row, height, look, bars, wrong=wrong) for height, row, wrong in drawn]
    return figure(
        look, traces, height=_row_pixels(drawn, look) * len(lines) + 76, room=_ROOM, annotations=notes,
        xaxis=_scale(reach, bars, look), yaxis=_labels(drawn, len(lines), look),
        margin={"l": 8, "r": 8, "t": 36, "b": 8},
    )  # fmt: skip


def _bars(rows: Iterable[Deviation]) -> float:
    """Return the share of the width that bars take, so that the longest figures find room beside them."""
    drawn = list(rows)
    words = max(text_width(parted(row.label, _LABEL_PIXELS)) for row in drawn)
    plot = _ROOM - 16 - STANDOFF - words
    return max(_BARS, 1 - (max(text_width(row.text) for row in drawn) + _GAP) / plot)


def _lines(groups: list[Group]) -> list[tuple[int, Deviation | None, bool]]:
    """Return the lines from top to bottom with their heights, ``None`` for headings."""
    found: list[tuple[Deviation | None, bool]] = []
    for group in groups:
        found += [(None, group.wrong), *((row, group.wrong) for row in group.rows)]
    return [(len(found) - 1 - place, row, wrong) for place, (row, wrong) in enumerate(found)]


def _headings(groups: list[Group]) -> list[tuple[Group, int]]:
    heights = [height for height, row, _ in _lines(groups) if row is None]
    return list(zip(groups, heights, strict=True))


# --- the scale --------------------------------------------------------------------------------------------------------


def placed(distance: float) -> float:
    """Return where a distance stands on the scale, which widens around zero and keeps the sign."""
    return asinh(distance / _NEAR_ZERO)


def _reach(rows: Iterable[Deviation]) -> float:
    """Return how far the scale goes to either side, in places."""
    ends = [end for row in rows for end in (*row.stated, *row.computed, row.value) if isfinite(end)]
    return max([placed(abs(end)) for end in ends] + [placed(1.0)]) * 1.06


def _clipped(distance: float, reach: float) -> float:
    return max(-reach, min(reach, placed(distance))) if isfinite(distance) else (reach if distance > 0 else -reach)


def _scale(reach: float, bars: float, look: Look) -> dict[str, Any]:
    steps = [step for step in _TICKS if placed(step) <= reach]
    values = [*(-placed(step) for step in reversed(steps)), 0.0, *(placed(step) for step in steps)]
    # the first steps from zero stand close to it: a line each, and words from the next on
    said = [f"{step:,g}" if step > _NEAR_ZERO else "" for step in steps]
    words = [*(word and f"−{word}" for word in reversed(said)), "0", *(word and f"+{word}" for word in said)]
    return axis(
        look.theme, domain=[0, round(bars, 4)], range=[-reach, reach], tickvals=values, ticktext=words,
        side="top", tickangle=0, showgrid=True, zeroline=True, zerolinewidth=1.5,
    )  # fmt: skip


def _labels(drawn: list[tuple[int, Deviation, bool]], count: int, look: Look) -> dict[str, Any]:
    return axis(
        look.theme, tickvals=[height for height, _, _ in drawn], ticktext=[_words(row, look) for _, row, _ in drawn],
        range=[-0.7, count - 0.4], showgrid=False, tickfont={"size": 12, "color": look.palette.text},
    )  # fmt: skip


# --- marks ------------------------------------------------------------------------------------------------------------


def _bands(drawn: list[tuple[int, Deviation, bool]], reach: float, look: Look) -> Trace:
    """Return the range of every stated figure as one trace of broad pale lines."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for height, row, _ in drawn:
        xs += [*_at_least_visible([_clipped(end, reach) for end in row.stated], reach), None]
        ys += [height, height, None]
    line = {"color": tint(look.palette.muted, 0.35, look.theme), "width": 12}
    return {"type": "scatter", "mode": "lines", "x": xs, "y": ys, "hoverinfo": "skip", "line": line}


def _at_least_visible(ends: list[float], reach: float) -> list[float]:
    least = 0.006 * reach
    middle, half = (ends[0] + ends[1]) / 2, max((ends[1] - ends[0]) / 2, least)
    return [middle - half, middle + half]


def _gaps(drawn: list[tuple[int, Deviation, bool]], reach: float, look: Look) -> list[Trace]:
    """Return the dotted lines that join the figures of every conflict."""
    found = [(height, row) for height, row, wrong in drawn if wrong]
    if not found:
        return []
    xs: list[float | None] = []
    ys: list[float | None] = []
    for height, row in found:
        xs += [0.0, _clipped(row.value, reach), None]
        ys += [height, height, None]
    line = {"color": look.palette.warning, "width": 1.5, "dash": "dot"}
    return [{"type": "scatter", "mode": "lines", "x": xs, "y": ys, "hoverinfo": "skip", "line": line}]


def _computed(drawn: list[tuple[int, Deviation, bool]], reach: float, look: Look) -> list[Trace]:
    """Return dot and range of every computed figure, one trace per company."""
    traces = []
    for name, style in look.companies.items():
        own = [(height, row) for height, row, _ in drawn if row.company == name]
        if not own:
            continue
        places = [_clipped(row.value, reach) for _, row in own]
        above = [_clipped(row.computed[1], reach) - x for (_, row), x in zip(own, places, strict=True)]
        below = [x - _clipped(row.computed[0], reach) for (_, row), x in zip(own, places, strict=True)]
        traces.append({
            "type": "scatter", "mode": "markers", "x": places, "y": [height for height, _ in own],
            "customdata": [row.claims for _, row in own], "text": [row.hover for _, row in own],
            "error_x": {
                "type": "data", "symmetric": False, "array": above, "arrayminus": below, "color": style.color,
                "thickness": 2, "width": 4,
            },
            "marker": {"size": 8, "symbol": style.symbol, "color": style.color},
            "hovertemplate": "%{text}<extra></extra>",
        })  # fmt: skip
    return traces


def _heading(group: Group, height: int, look: Look) -> dict[str, Any]:
    color = look.palette.warning if group.wrong else look.palette.muted
    return note(
        look, f"<b>{group.heading}</b>", 0, height, xref="paper", xanchor="left", font={"size": 12, "color": color}
    )


def _words(row: Deviation, look: Look) -> str:
    """Return what a figure is about; in a narrow window both figures stand here, not at the right."""
    return f"{row.label}<br>{row.text}" if look.narrow else parted(row.label, _LABEL_PIXELS)


def _row_pixels(drawn: list[tuple[int, Deviation, bool]], look: Look) -> int:
    """Return the height of a row: as many lines as the longest words take."""
    return max(_ROW_PIXELS, _LINE_PIXELS * max(_words(row, look).count("<br>") + 1 for _, row, _ in drawn))


def _figures(row: Deviation, height: int, look: Look, bars: float, *, wrong: bool) -> dict[str, Any]:
    color = look.palette.text if wrong else look.palette.muted
    return note(
        look, row.text, round(bars, 4), height, xref="paper", xanchor="left", xshift=_GAP // 2, align="left",
        font={"size": 12, "color": color},
    )  # fmt: skip
