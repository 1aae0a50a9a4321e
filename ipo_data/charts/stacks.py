"""Stacked bars in rows: parts of one amount end to end, with the whole at the end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ipo_data.charts.drawing import Drawing
from ipo_data.charts.mosaics import ink
from ipo_data.charts.rows import SIDES, scale, text_width
from ipo_data.charts.theme import Look, axis, blank, figure, note, tint

Trace = dict[str, Any]
_MANY_PARTS: Final = 4
"""Parts from which on the legend needs a wider chart."""
_SHADES: Final = (1.0, 0.3, 0.6, 0.78, 0.42, 0.52, 0.24, 0.12)
"""Shares of the company's colour, part by part, so that neighbours differ."""
_PATTERNS: Final = ("", "", "", "/", "", "", ".", "-")
_SMALLEST_WORDED: Final = 0.075
_SMALLEST_NARROW: Final = 0.15
"""Parts of the axis that a figure inside a bar needs, on a desk and in a narrow window."""


@dataclass(frozen=True, slots=True)
class Slice:
    """One part of a row.

    Attributes:
        part: Part id, the same in every row.
        value: Its size.
        text: Its size as written.
        state: State id.
        claims: Claim ids.
    """

    part: str
    value: float
    text: str
    state: str = "reported"
    claims: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: heading, company, parts from the left and the whole as written."""

    label: str
    company: str
    slices: tuple[Slice, ...]
    whole: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a slice stands: from which value, in which row, and as which part."""

    at: float
    height: int
    order: int
    name: str
    hollow: bool


def row_stacks(
    stacks: Sequence[Bar], parts: Mapping[str, str], look: Look, *, mark: tuple[float, str] | None = None,
    hollow: str = "", height_per_row: int = 46,
) -> Drawing:  # fmt: skip
    """Return one stacked bar per row, with a legend in neutral colours since each company has its own hue.

    Args:
        stacks: Rows from top to bottom; those without parts are left out.
        parts: Names of the parts by id, in stacking order.
        look: Theme, words and companies.
        mark: A value marked by a line through all rows, with its words.
        hollow: Part drawn as an outline: what is not the point, or not known.
        height_per_row: Height in pixels.
    """
    drawn = [stack for stack in stacks if stack.slices]
    if not drawn:
        return blank(look, look.words("chart.nothing"))
    count, order = len(drawn), list(parts)
    longest = max(sum(piece.value for piece in stack.slices) for stack in drawn)
    present = {piece.part for stack in drawn for piece in stack.slices}
    shown = [part for part in order if part in present]
    traces = [_key(part, parts[part], order.index(part), look, hollow=part == hollow) for part in shown]
    notes: list[dict[str, Any]] = []
    least = _SMALLEST_NARROW if look.narrow else _SMALLEST_WORDED
    for height, stack in enumerate(reversed(drawn)):
        at = 0.0
        for piece in sorted(stack.slices, key=lambda s: order.index(s.part)):
            place = _Place(at, height, order.index(piece.part), parts[piece.part], piece.part == hollow)
            traces.append(_bar(stack, piece, place, look, worded=piece.value > least * longest))
            at += piece.value
        notes.append(note(look, f"<b>{stack.whole}</b>", at, height, xanchor="left", xshift=6))
    shapes, words = _marked(mark, count, look)
    yaxis = axis(
        look.theme, tickvals=list(range(count)), ticktext=[stack.label for stack in reversed(drawn)],
        range=[-1.0 if mark else -0.6, count - 0.3], showgrid=False, showline=False, ticklabelstandoff=5,
        tickfont={"size": 12, "color": look.palette.text},
    )  # fmt: skip
    room = 620 if len(shown) >= _MANY_PARTS else 480
    pixels = room - SIDES - max(text_width(stack.label) for stack in drawn)
    ends = [(sum(piece.value for piece in s.slices), 0.0, 8 + text_width(s.whole, 12.6)) for s in drawn]
    limits = scale(ends, pixels, zero=True)
    xaxis = axis(look.theme, range=limits, showticklabels=False, showgrid=False, showline=False, zeroline=True)
    return figure(
        look, traces, room=room, height=height_per_row * count + (96 if mark else 78),
        annotations=notes + words, shapes=shapes,
        barmode="overlay", showlegend=True, xaxis=xaxis, yaxis=yaxis, margin={"l": 8, "r": 16, "t": 8, "b": 8},
    )  # fmt: skip


def _marked(mark: tuple[float, str] | None, count: int, look: Look) -> tuple[list[Trace], list[dict[str, Any]]]:
    """Return the line through all rows and its words."""
    if mark is None:
        return [], []
    line = {"color": look.palette.text, "width": 1.5, "dash": "dot"}
    shape = {"type": "line", "x0": mark[0], "x1": mark[0], "y0": -0.6, "y1": count - 0.4, "line": line}
    font = {"size": 11, "color": look.palette.muted}
    return [shape], [note(look, mark[1], mark[0], -0.6, xanchor="left", xshift=-4, yanchor="top", font=font)]


def _key(part: str, name: str, order: int, look: Look, *, hollow: bool) -> Trace:
    """Return a legend entry in grey: the shade and the pattern say which part it is."""
    return {
        "type": "bar", "orientation": "h", "x": [None], "y": [None], "name": name, "legendgroup": part,
        "hoverinfo": "skip", "marker": _fill(look.palette.muted, order, look, hollow=hollow),
    }  # fmt: skip


def _bar(stack: Bar, piece: Slice, place: _Place, look: Look, *, worded: bool) -> Trace:
    style = look.companies[stack.company]
    hover = f"{stack.label}<br>{place.name}: {piece.text}<br>{look.words('state.' + piece.state)}<extra></extra>"
    shade = tint(style.color, _SHADES[place.order % len(_SHADES)], look.theme)
    color = look.palette.text if place.hollow else ink(shade)
    return {
        "type": "bar", "orientation": "h", "x": [piece.value], "base": [place.at], "y": [place.height],
        "width": [0.62], "marker": _fill(style.color, place.order, look, hollow=place.hollow), "showlegend": False,
        "hovertemplate": hover, "customdata": [piece.claims], "text": [piece.text if worded else ""],
        "textposition": "inside", "insidetextanchor": "middle", "textangle": 0, "constraintext": "none",
        "textfont": {"size": 11, "color": color},
    }  # fmt: skip


def _fill(color: str, order: int, look: Look, *, hollow: bool) -> dict[str, Any]:
    if hollow:
        return {"color": "rgba(0,0,0,0)", "line": {"color": color, "width": 1.5}, "pattern": {"shape": ""}}
    shade = tint(color, _SHADES[order % len(_SHADES)], look.theme)
    pattern = {
        "shape": _PATTERNS[order % len(_PATTERNS)], "fillmode": "overlay", "size": 6, "solidity": 0.15,
        "fgcolor": tint(color, _SHADES[order % len(_SHADES)] * 0.7, look.theme),  # pale, so that words stay legible
    }  # fmt: skip
    return {"color": shade, "line": {"color": look.palette.background, "width": 1}, "pattern": pattern}
