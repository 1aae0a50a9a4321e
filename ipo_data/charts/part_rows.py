"""Parts of one amount for phones: a bar of its own for each part, named to its left, under the name of the whole.

In a stacked bar of 300 pixels words find no room, and a legend of shades has to be matched part by part.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ipo_data.charts.drawing import Drawing
from ipo_data.charts.rows import SIDES, STANDOFF, scale, text_width, wrapped
from ipo_data.charts.theme import PHONE, Look, axis, figure, note

Json = dict[str, Any]
_LARGEST: Final = 126
"""Most pixels of the column of names."""
_NAME: Final = 11
_LINE: Final = 14
_BETWEEN: Final = 8
_MARK: Final = 13
_HEADING_LINE: Final = 16
_ABOVE: Final = 10
"""Pixels of a bar, of a line of a heading, and above a heading."""


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part: its name, its size, its size as written, and its bar as a trace without place or width."""

    name: str
    value: float
    text: str
    bar: Json


@dataclass(frozen=True, slots=True)
class Whole:
    """What parts are of: heading, the whole as written, colour of the heading, and the parts from the first."""

    heading: str
    text: str
    color: str
    parts: tuple[PartRow, ...]


def part_rows(
    wholes: Sequence[Whole], look: Look, *, mark: Callable[[float], tuple[list[Json], list[Json]]] | None = None
) -> Drawing:
    """Return a bar per part, all on one scale, under the headings of their wholes.

    Args:
        wholes: From top to bottom.
        look: Theme.
        mark: Given the height in pixels, the shapes and the words of a line through all rows.
    """
    parts = [part for whole in wholes for part in whole.parts]
    column = min(_LARGEST, max(text_width(part.name, _NAME) for part in parts))
    pixels = PHONE - SIDES - STANDOFF - column
    limits = scale([(part.value, 0.0, 8 + text_width(part.text, 12.6)) for part in parts], pixels, zero=True)
    placed = list(_placed(wholes, column))
    height = placed[-1][0] + placed[-1][1] / 2 + _BETWEEN
    traces: list[Json] = []
    notes: list[Json] = []
    ticks: list[tuple[float, str]] = []
    for middle, _, item in placed:
        if isinstance(item, Whole):
            notes.append(_heading(item, height - middle, column, look))
            continue
        y = height - middle
        traces.append(item.bar | {"y": [y], "x": [item.value], "width": [_MARK]})
        ground = {"bgcolor": look.palette.background, "borderpad": 1}  # a marked value is not drawn through figures
        notes.append(note(look, f"<b>{item.text}</b>", item.value, y, xanchor="left", xshift=5, **ground))
        ticks.append((y, wrapped(item.name, column, _NAME)))
    shapes, words = mark(height) if mark is not None else ([], [])
    below = 22 if words else 0
    yaxis = axis(
        look.theme, range=[-below, height], tickvals=[y for y, _ in reversed(ticks)], showgrid=False, showline=False,
        ticktext=[words for _, words in reversed(ticks)], ticklabelstandoff=STANDOFF,
        tickfont={"size": _NAME, "color": look.palette.text}, automargin=False,
    )  # fmt: skip
    xaxis = axis(look.theme, range=limits, showticklabels=False, showgrid=False, showline=False, zeroline=True)
    return figure(
        look, traces, height=round(height) + below + 16, annotations=notes + words, shapes=shapes, barmode="overlay",
        xaxis=xaxis, yaxis=yaxis, margin={"l": round(8 + column + STANDOFF), "r": 16, "t": 8, "b": 8},
    )  # fmt: skip


def _placed(wholes: Sequence[Whole], column: float) -> Iterator[tuple[float, float, Whole | PartRow]]:
    """Yield middle and height, in pixels from the top, of every heading and part."""
    top = 0.0
    for whole in wholes:
        tall = float(_HEADING_LINE * (_heading_text(whole).count("<br>") + 1))
        top += _ABOVE if top else 0
        yield top + tall / 2, tall, whole
        top += tall + 2
        for part in whole.parts:
            tall = float(_LINE * (wrapped(part.name, column, _NAME).count("<br>") + 1) + _BETWEEN)
            yield top + tall / 2, tall, part
            top += tall


def _heading_text(whole: Whole) -> str:
    """Return the lines of a heading, with the whole unless it is the size of one of its parts."""
    first, *others = whole.heading.split("<br>")
    is_new = whole.text and all(whole.text != part.text for part in whole.parts)
    said = [f"<b>{first} · {whole.text}</b>" if is_new else f"<b>{first}</b>", *others]
    return "<br>".join(wrapped(line, PHONE - SIDES) for line in said)


def _heading(whole: Whole, y: float, column: float, look: Look) -> Json:
    """Return the heading of a whole, above the names of its parts; the zero line is not drawn through it."""
    place = {
        "xref": "paper", "xanchor": "left", "xshift": -round(column + STANDOFF), "align": "left",
        "bgcolor": look.palette.background, "borderpad": 0, "font": {"size": 12, "color": whole.color},
    }  # fmt: skip
    first, *others = _heading_text(whole).split("<br>")
    small = [f"<span style='font-size:11px'>{line}</span>" for line in others]
    return note(look, "<br>".join([first, *small]), 0, y, **place)
