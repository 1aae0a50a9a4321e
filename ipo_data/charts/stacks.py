"""Stacked bars in rows: parts of one amount end to end, with the whole at the end; on phones a bar for each part."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ipo_data.charts.drawing import Drawing
from ipo_data.charts.groups import by_company
from ipo_data.charts.mosaics import ink
from ipo_data.charts.part_rows import PartRow, Whole, part_rows
from ipo_data.charts.rows import SIDES, STANDOFF, Stack, scale, text_width
from ipo_data.charts.theme import Look, axis, blank, figure, note, tint

Trace = dict[str, Any]
_MANY_PARTS: Final = 4
"""Parts from which on the legend needs a wider chart."""
_SHADES: Final = (1.0, 0.3, 0.6, 0.78, 0.42, 0.52, 0.24, 0.12)
"""Shares of the company's colour, part by part, so that neighbours differ."""
_PATTERNS: Final = ("", "", "", "/", "", "", ".", "-")
_REST: Final = 0.16
"""Share of the company's colour for what is left over: it is not the point."""
_BAR: Final = 0.62
"""Share of a row that a bar takes."""
_INSIDE: Final = 8
"""Pixels that words inside a bar leave free."""
_REST_ALONE: Final = 0.4
"""The same for a bar of its own, which nothing beside it sets off from the ground."""


@dataclass(frozen=True, slots=True)
class Slice:
    """One part of a row.

    Attributes:
        part: Part id, the same in every row.
        value: Its size.
        text: Its size as written.
        state: State id.
        claims: Claim ids.
        printed: Its size with all digits, on hover, if the text has fewer.
    """

    part: str
    value: float
    text: str
    state: str = "reported"
    claims: str = ""
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: heading, company, parts from the left and the whole as written."""

    label: str
    company: str
    slices: tuple[Slice, ...]
    whole: str = ""


@dataclass(frozen=True, slots=True)
class _Parts:
    """How parts look: their names by id in stacking order, which is drawn as an outline, and which is left over."""

    names: Mapping[str, str]
    hollow: str
    rest: str

    def fill(self, part: str, color: str, look: Look) -> dict[str, Any]:
        """Return the fill of a part in a company's colour."""
        if part == self.hollow:
            return self.outline(color)
        order = list(self.names).index(part)
        share = self.share(part)
        pattern = {
            "shape": "" if part == self.rest else _PATTERNS[order % len(_PATTERNS)], "fillmode": "overlay", "size": 6,
            "solidity": 0.15, "fgcolor": tint(color, share * 0.7, look.theme),  # pale, so that words stay legible
        }  # fmt: skip
        edge = {"color": look.palette.background, "width": 1}
        return {"color": tint(color, share, look.theme), "line": edge, "pattern": pattern}

    @staticmethod
    def outline(color: str) -> dict[str, Any]:
        """Return a fill that is none: of what is not the point, and on phones of what is computed."""
        return {"color": "rgba(0,0,0,0)", "line": {"color": color, "width": 1.5}, "pattern": {"shape": ""}}

    def share(self, part: str) -> float:
        """Return how much of a company's colour a part has."""
        return _REST if part == self.rest else _SHADES[list(self.names).index(part) % len(_SHADES)]


def row_stacks(
    stacks: Sequence[Bar], parts: Mapping[str, str], look: Look, *, mark: tuple[float, str] | None = None,
    hollow: str = "", rest: str = "", height_per_row: int = 52,
) -> Drawing:  # fmt: skip
    """Return one stacked bar per row; parts are named inside it, or else below it where they begin.

    Args:
        stacks: Rows from top to bottom; those without parts are left out.
        parts: Names of the parts by id, in stacking order.
        look: Theme, words and companies.
        mark: A value marked by a line through all rows, with its words.
        hollow: Part drawn as an outline: what is not the point, or not known.
        rest: Part drawn palest: what is left over.
        height_per_row: Height in pixels.
    """
    drawn = [stack for stack in stacks if stack.slices]
    if not drawn:
        return blank(look, look.words("chart.nothing"))
    kinds, order = _Parts(parts, hollow, rest), list(parts)
    if look.narrow:
        return _for_phone(drawn, kinds, look, mark)
    present = {piece.part for stack in drawn for piece in stack.slices}
    rows = _rows(drawn, look, height_per_row)
    room = 760 if len(present) >= _MANY_PARTS else 480
    pixels = room - SIDES - STANDOFF - max(map(text_width, rows.labels))
    ends = [(sum(piece.value for piece in s.slices), 0.0, 8 + text_width(s.whole, 12.6)) for s in drawn]
    limits = scale(ends, pixels, zero=True)
    per_unit = pixels / ((limits[1] - limits[0]) or 1.0)
    traces: list[Trace] = []
    notes: list[dict[str, Any]] = []
    for place, stack in reversed(list(zip(_places(rows), drawn, strict=True))):
        at = 0.0
        unnamed: list[tuple[Slice, float]] = []
        for piece in sorted(stack.slices, key=lambda s: order.index(s.part)):
            words, is_named = _words(piece, parts[piece.part], piece.value * per_unit - _INSIDE)
            traces.append(_bar(stack, piece, (at, place), kinds, look) | {"text": [words]})
            unnamed += [] if is_named else [(piece, at)]
            at += piece.value
        notes += _names_below(unnamed, place, parts, limits[1], look)
        notes.append(note(look, f"<b>{stack.whole}</b>", at, place, xanchor="left", xshift=6))
    shapes, words_of_mark = _marked(mark, rows.place(0), look)
    yaxis = rows.axis(look)
    yaxis["range"] = [yaxis["range"][0] - (0.5 if mark else 0.0), yaxis["range"][1]]
    xaxis = axis(look.theme, range=limits, showticklabels=False, showgrid=False, showline=False, zeroline=True)
    return figure(
        look, traces, room=room, height=rows.height + (30 if mark else 8) + 24,
        annotations=notes + words_of_mark, shapes=shapes,
        barmode="overlay", xaxis=xaxis, yaxis=yaxis, margin={"l": 8, "r": 16, "t": 8, "b": 8},
    )  # fmt: skip


def _for_phone(drawn: Sequence[Bar], kinds: _Parts, look: Look, mark: tuple[float, str] | None) -> Drawing:
    """Return the same parts with a bar and a name each; the marked value runs through them all."""
    order = list(kinds.names)
    wholes = [
        Whole(stack.label, stack.whole, look.companies[stack.company].text_color, tuple(
            PartRow(kinds.names[piece.part], piece.value, piece.text, _own_bar(stack, piece, kinds, look))
            for piece in sorted(stack.slices, key=lambda s: order.index(s.part))
        ))
        for stack in drawn
    ]  # fmt: skip
    return part_rows(wholes, look, mark=None if mark is None else lambda height: _drawn_mark(mark, height, look))


def _own_bar(stack: Bar, piece: Slice, kinds: _Parts, look: Look) -> Trace:
    """Return a part's bar in the company's colour and pattern; it need not be told from the parts beside it."""
    style, bar = look.companies[stack.company], _bar(stack, piece, (0.0, 0.0), kinds, look)
    if piece.part == kinds.hollow:
        return bar
    if piece.state == "derived":
        return bar | {"marker": kinds.outline(style.color)}
    color = tint(style.color, _REST_ALONE if piece.part == kinds.rest else 1.0, look.theme)
    shape = "" if piece.part == kinds.rest else style.pattern
    pattern = {
        "shape": shape, "fillmode": "overlay", "size": 5, "solidity": 0.18, "fgcolor": look.palette.background,
    }  # fmt: skip
    return bar | {"marker": {"color": color, "line": {"width": 0}, "pattern": pattern}}


def _drawn_mark(mark: tuple[float, str], height: float, look: Look) -> tuple[list[Trace], list[dict[str, Any]]]:
    """Return the line through all rows of a phone, which are placed by pixels, and its words below them."""
    (shape,), (words,) = _marked(mark, height, look)
    return [{**shape, "y0": 0, "y1": height, "layer": "below"}], [{**words, "y": 0}]


def _rows(drawn: Sequence[Bar], look: Look, height: int) -> Stack:
    """Return the rows with their words at the left, under their companies' names where that is wide enough."""
    labels = [stack.label for stack in drawn]
    groups = by_company(labels, [stack.company for stack in drawn], look)
    if not groups.heads:
        return Stack(tuple(labels), height, beside=True, pixels=0)
    return Stack(groups.labels, height, beside=True, pixels=0, heads=groups.heads)


def _places(rows: Stack) -> list[float]:
    return [rows.place(index) for index in range(len(rows.labels)) if index not in rows.heads]


def _words(piece: Slice, name: str, pixels: float) -> tuple[str, bool]:
    """Return what stands inside a part, its figure or name and figure where they fit, and whether it is named."""
    if text_width(piece.text, 11.6) > pixels:
        return "", False
    if text_width(name, 11) > pixels:
        return piece.text, False
    return f"<span style='font-size:11px'>{name}</span><br><b>{piece.text}</b>", True


def _names_below(
    pieces: Sequence[tuple[Slice, float]], place: float, names: Mapping[str, str], end: float, look: Look
) -> list[dict[str, Any]]:  # fmt: skip
    """Return the names, and figures, of the parts that have no room for them, in one line below their bar.

    Args:
        pieces: The parts from the left, with the value at which each begins.
        place: Where the row stands.
        names: Names of the parts by id.
        end: Largest value of the axis; words of parts in its right half end where the last of them ends.
        look: Theme.
    """
    if not pieces:
        return []
    words = " · ".join(f"{names[piece.part]} {piece.text}" for piece, _ in pieces)
    (last, begin), start = pieces[-1], pieces[0][1]
    is_right = start > end / 2
    x = begin + last.value if is_right else start
    font = {"size": 11, "color": look.palette.muted}
    return [note(
        look, words, x, place - _BAR / 2, xanchor="right" if is_right else "left", yanchor="top", yshift=1, font=font,
    )]  # fmt: skip


def _marked(mark: tuple[float, str] | None, top: float, look: Look) -> tuple[list[Trace], list[dict[str, Any]]]:
    """Return the line through all rows and its words."""
    if mark is None:
        return [], []
    line = {"color": look.palette.text, "width": 1.5, "dash": "dot"}
    shape = {"type": "line", "x0": mark[0], "x1": mark[0], "y0": -0.6, "y1": top + 0.6, "line": line}
    font = {"size": 11, "color": look.palette.muted}
    return [shape], [note(look, mark[1], mark[0], -0.6, xanchor="left", xshift=-4, yanchor="top", font=font)]


def _bar(stack: Bar, piece: Slice, at: tuple[float, float], kinds: _Parts, look: Look) -> Trace:
    """Return a part from a value on, in the row at a place."""
    style = look.companies[stack.company]
    name = kinds.names[piece.part]
    hover = (
        f"{stack.label}<br>{name}: {piece.printed or piece.text}<br>{look.words('state.' + piece.state)}<extra></extra>"
    )
    shade = tint(style.color, kinds.share(piece.part), look.theme)
    color = look.palette.text if piece.part == kinds.hollow else ink(shade)
    return {
        "type": "bar", "orientation": "h", "x": [piece.value], "base": [at[0]], "y": [at[1]],
        "width": [_BAR], "marker": kinds.fill(piece.part, style.color, look), "showlegend": False,
        "hovertemplate": hover, "customdata": [piece.claims],
        "textposition": "inside", "insidetextanchor": "middle", "textangle": 0, "constraintext": "none",
        "textfont": {"size": 11, "color": color},
    }  # fmt: skip
