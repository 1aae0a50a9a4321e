"""Marimekko columns: width is revenue, height is share, so that area is money."""

from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from ipo_data.charts.theme import Look, axis, blank, figure, note, panel_title, panels, tint


@dataclass(frozen=True, slots=True)
class Part:
    """One block of a column.

    Attributes:
        label: Member's name.
        share: Percent of the column.
        amount: Money written out, or empty.
        rank: 0 for the darkest block.
        state: State word id.
        claims: Claim ids.
    """

    label: str
    share: float
    amount: str
    rank: int
    state: str
    claims: str


@dataclass(frozen=True, slots=True)
class Column:
    """One period of one company.

    Attributes:
        label: Period.
        total: Revenue, for the width; 1 if unknown.
        total_text: Revenue written out.
        parts: Blocks from the bottom.
        broken: Whether a change of definition lies before this column.
    """

    label: str
    total: float
    total_text: str
    parts: tuple[Part, ...]
    broken: bool = False


_TINTS = (1.0, 0.34, 0.66, 0.18, 0.5, 0.82)


def mosaic(columns: dict[str, list[Column]], look: Look, empty: dict[str, str]) -> go.Figure:
    """Return one panel of columns per company.

    Args:
        columns: Columns by company id, oldest first.
        look: Theme, words and companies.
        empty: Message by company id for companies without columns.
    """
    names = [name for name in look.companies if name in columns or name in empty]
    if not names or not any(columns.values()):
        return blank(look, " · ".join(empty.values()) or look.words("chart.nothing"))
    traces: list[dict[str, Any]] = []
    layout: dict[str, Any] = {}
    notes: list[dict[str, Any]] = []
    for number, (name, domain) in enumerate(zip(names, panels(len(names), 0.08), strict=True), 1):
        suffix = "" if number == 1 else str(number)
        own = columns.get(name, [])
        style = look.companies[name]
        notes.append(panel_title(look, style.name, style.text_color, number) | {"yshift": 24})
        if not own:
            notes.append(
                note(
                    look,
                    empty.get(name, ""),
                    0,
                    0.5,
                    xref=f"x{suffix} domain",
                    yref=f"y{suffix} domain",
                    xanchor="left",
                    font={"size": 12, "color": look.palette.muted},
                    align="left",
                )
            )
        ticks, width_sum = _columns(own, style.color, style.pattern, look, suffix, traces, notes)
        layout[f"xaxis{suffix}"] = axis(
            look.theme,
            domain=domain,
            anchor=f"y{suffix}",
            range=[0, max(width_sum, 0.01)],
            tickvals=[t for t, _ in ticks],
            ticktext=[text for _, text in ticks],
            showgrid=False,
            visible=bool(own),
        )
        layout[f"yaxis{suffix}"] = axis(
            look.theme, anchor=f"x{suffix}", range=[0, 100], ticksuffix="%", dtick=25, visible=number == 1 and bool(own)
        )
    return figure(
        look,
        traces,
        height=400,
        barmode="overlay",
        annotations=notes,
        margin={"l": 8, "r": 8, "t": 60, "b": 8},
        **layout,
    )


def _columns(
    own: list[Column],
    color: str,
    pattern: str,
    look: Look,
    suffix: str,
    traces: list[dict[str, Any]],
    notes: list[dict[str, Any]],
) -> tuple[list[tuple[float, str]], float]:
    ticks: list[tuple[float, str]] = []
    left = 0.0
    largest = max((c.total for c in own), default=1.0)
    for column in own:
        # a narrow column keeps a tenth of the widest so that its labels can be read; the total is printed above
        width = max(column.total / largest, 0.16)
        if column.broken:
            left += 0.06
        bottom = 0.0
        for part in column.parts:
            traces.append(_block(part, column, left, width, bottom, color, pattern, look, suffix))
            bottom += part.share
        ticks.append((left + width / 2, f"{column.label}<br><span style='font-size:11px'>{column.total_text}</span>"))
        if column.broken:
            notes.append(
                note(
                    look,
                    look.words("chart.series_break"),
                    left - 0.03,
                    0,
                    xref=f"x{suffix}",
                    yref=f"y{suffix} domain",
                    yanchor="bottom",
                    textangle=-90,
                    font={"size": 11, "color": look.palette.warning},
                )
            )
        left += width + 0.03
    return ticks, left


def _block(
    part: Part,
    column: Column,
    left: float,
    width: float,
    bottom: float,
    color: str,
    pattern: str,
    look: Look,
    suffix: str,
) -> dict[str, Any]:
    filled = tint(color, _TINTS[part.rank % len(_TINTS)], look.theme)
    dark_text = _TINTS[part.rank % len(_TINTS)] < 0.6
    room = part.share >= 7
    inside = (
        f"{part.label}<br><b>{look.write(part.share, 'percent')}</b>"
        if width > 0.3 and part.share >= 12
        else f"<b>{look.write(part.share, 'percent')}</b>"
    )
    hover = f"{column.label}<br>{part.label}: {look.write(part.share, 'percent')}<br>{part.amount}<br>{look.words('state.' + part.state)}"
    ink = look.palette.text if dark_text else "#FFFFFF"
    return {
        "type": "bar", "x": [left + width / 2], "width": [width], "y": [part.share], "base": [bottom], "xaxis": f"x{suffix}", "yaxis": f"y{suffix}",
        "text": [inside if room else ""], "textposition": "inside", "insidetextanchor": "middle", "textangle": 0, "textfont": {"size": 12, "color": ink}, "constraintext": "none",
        "marker": {"color": filled, "line": {"color": look.palette.background, "width": 1.5}, "pattern": {"shape": pattern if part.rank == 0 else "", "fgcolor": tint(color, 0.8, look.theme), "size": 7, "solidity": 0.12}},
        "hovertemplate": hover + "<extra></extra>", "customdata": [part.claims],
    }  # fmt: skip
