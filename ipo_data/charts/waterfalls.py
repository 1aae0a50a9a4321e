"""Waterfalls in rows: from one level to the next, each change beginning where the one above ended."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from ipo_data.charts.drawing import Drawing
from ipo_data.charts.rows import SIDES, STANDOFF, scale, text_width
from ipo_data.charts.theme import Look, axis, blank, figure, note, tint

Trace = dict[str, Any]
_ROW_PIXELS: Final = 27
_ROOM: Final = 760
_ZERO_LINE: Final = {"showline": False, "zeroline": True, "zerolinewidth": 2}
_BESIDE: Final = 6
"""Pixels between a bar and its figure."""
_LEVEL: Final = 0.16
"""Share of the company's colour in a computed level, which is outlined like its changes but stands on zero."""
_STATES_OUTLINED: Final = ("derived", "forecast", "scenario")


@dataclass(frozen=True, slots=True)
class Move:
    """One row of a waterfall.

    Attributes:
        label: Row heading.
        company: Company id, for the colour.
        value: Signed amount: a level from zero, or a change; ``None`` for an empty state.
        text: The amount as written, or the words of the empty state.
        level: Whether the bar stands on zero.
        anew: Whether a change starts from zero: the first row of a further waterfall.
        state: State id.
        claims: Claim ids.
        printed: The amount with all its digits, on hover, if the text has fewer.
    """

    label: str
    company: str
    value: float | None
    text: str
    level: bool = False
    anew: bool = False
    state: str = "reported"
    claims: str = ""
    printed: str = ""


def waterfall(moves: list[Move], look: Look, *, height_per_row: int = _ROW_PIXELS) -> Drawing:
    """Return levels as full bars from zero and changes as lighter bars between them, joined by thin lines.

    Several waterfalls may stand under one another. Rows without a value are words.
    """
    if not any(move.value is not None for move in moves):
        return blank(look, look.words("chart.nothing"))
    spans = _spans(moves)
    count = len(moves)
    pixels = _ROOM - SIDES - max(text_width(_heading(move)) for move in moves)
    limits = scale(_with_words(moves, spans), pixels, zero=True)
    traces: list[Trace] = [_joints(moves, spans, look, limits)]
    notes: list[dict[str, Any]] = []
    for index, (move, (start, end)) in enumerate(zip(moves, spans, strict=True)):
        height = count - 1 - index
        if move.value is None:
            font = {"size": 12, "color": look.palette.muted}
            notes.append(note(look, move.text, 0, height, xanchor="left", xshift=_BESIDE, font=font))
            continue
        traces.append(_bar(move, start, end, height, look))
        notes.append(_figure(move, start, end, height, look, left=_on_left(start, end, spans)))
    yaxis = axis(
        look.theme, tickvals=list(range(count)), ticktext=[_heading(move) for move in reversed(moves)],
        range=[-0.7, count - 0.3], showgrid=False, showline=False, tickfont={"size": 12, "color": look.palette.text},
        ticklabelstandoff=STANDOFF,
    )  # fmt: skip
    xaxis = axis(look.theme, range=limits, showticklabels=False, showgrid=False, **_ZERO_LINE)
    return figure(
        look, traces, room=_ROOM, height=max(130, height_per_row * count + 36), annotations=notes, barmode="overlay",
        xaxis=xaxis, yaxis=yaxis, margin={"l": 8, "r": 16, "t": 8, "b": 8},
    )  # fmt: skip


def _with_words(moves: list[Move], spans: list[tuple[float, float]]) -> list[tuple[float, float, float]]:
    """Return both ends of every bar with the pixels that the figure takes beside one of them."""
    marks: list[tuple[float, float, float]] = []
    for move, (start, end) in zip(moves, spans, strict=True):
        words = _BESIDE + text_width(move.text, 12.6)
        left = _on_left(start, end, spans)
        marks += [(min(start, end), words if left else 2.0, 0.0), (max(start, end), 0.0, 2.0 if left else words)]
    return marks


def _on_left(start: float, end: float, spans: list[tuple[float, float]]) -> bool:
    """Tell whether a figure stands to the left of its bar: below zero, unless the bar reaches far out there."""
    ends = [value for span in spans for value in span]
    whole = max(0.0, *ends) - min(0.0, *ends)
    return max(start, end) <= 0 and min(start, end) < 0 and min(start, end) > -0.55 * whole


def _spans(moves: list[Move]) -> list[tuple[float, float]]:
    """Return where each bar starts and ends."""
    spans: list[tuple[float, float]] = []
    at = 0.0
    for move in moves:
        if move.value is None:
            spans.append((at, at))
            continue
        start = 0.0 if move.level or move.anew else at
        at = start + move.value
        spans.append((start, at))
    return spans


def _heading(move: Move) -> str:
    return f"<b>{move.label}</b>" if move.level else move.label


def _bar(move: Move, start: float, end: float, height: int, look: Look) -> Trace:
    style = look.companies[move.company]
    outlined = move.state in _STATES_OUTLINED
    fill = style.color if move.level else tint(style.color, 0.42, look.theme)
    hollow = tint(style.color, _LEVEL, look.theme) if move.level else "rgba(0,0,0,0)"
    pattern = {
        "shape": style.pattern if move.level and not outlined else "", "fillmode": "overlay",
        "fgcolor": look.palette.background, "size": 5, "solidity": 0.18,
    }  # fmt: skip
    hover = f"{move.label}: {move.printed or move.text}<br>{look.words('state.' + move.state)}<extra></extra>"
    return {
        "type": "bar", "orientation": "h", "x": [end - start], "base": [start], "y": [height], "width": [0.66],
        "marker": {
            "color": hollow if outlined else fill, "line": {"color": style.color, "width": 1.5},
            "pattern": pattern,
        },
        "hovertemplate": hover, "customdata": [move.claims],
    }  # fmt: skip


def _figure(move: Move, start: float, end: float, height: int, look: Look, *, left: bool) -> dict[str, Any]:
    place = {"xanchor": "right", "xshift": -_BESIDE} if left else {"xanchor": "left", "xshift": _BESIDE}
    text = f"<b>{move.text}</b>" if move.level else move.text
    return note(look, text, min(start, end) if left else max(start, end), height, **place)


def _joints(moves: list[Move], spans: list[tuple[float, float]], look: Look, limits: list[float]) -> Trace:
    """Return thin lines from the end of one row to the beginning of the next change, or to the level reached."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for index, (move, following) in enumerate(pairwise(moves)):
        end, reached = spans[index][1], spans[index + 1][1 if following.level else 0]
        if (
            move.value is None
            or following.value is None
            or following.anew
            or abs(end - reached) > 0.005 * (limits[1] - limits[0])
        ):
            continue
        height = len(moves) - 1 - index
        xs += [end, end, None]
        ys += [height - 0.33, height - 0.67, None]
    line = {"color": look.palette.zero, "width": 1}
    return {"type": "scatter", "mode": "lines", "x": xs, "y": ys, "line": line, "hoverinfo": "skip"}
