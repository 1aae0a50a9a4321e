"""Charts for documents and slides: words of rows stand beside their marks, as there is room for both.

On screen a row's words stand above its mark, because a phone has no room beside it; where the width is known, a chart
of many rows becomes half as high. The traces are the same, so that both show the same data.
"""

import re
from collections.abc import Iterable
from itertools import pairwise
from math import log10
from typing import Any, Final

from ipo_data.charts.drawing import Drawing
from ipo_data.charts.rows import SIDES, scale, text_width, wrapped
from ipo_data.charts.theme import PHONE

Json = dict[str, Any]
_FIRST_WIDE: Final = "\u2e80"
_WORD: Final = re.compile(r"[^\s\u2e80-\u9fff]+|.")
_SHARE: Final = 0.45
"""Of the width, for the words."""
_LINE: Final = 15
_BETWEEN: Final = 7
"""Pixels of a line of words, and between the words of two rows."""
_LOWEST: Final = 24
_MARK: Final = 15
_GUTTER: Final = 10
_DOT: Final = 7.0
_STRIPS: Final = 6
"""Scales one below the other from which they stand in columns."""
_APART: Final = 0.03
_ROUNDING: Final = 1e-6


def widened(drawn: Drawing, pixels: int) -> Drawing:
    """Return a figure whose rows have their words to the left, or the figure itself if it has no such rows.

    Args:
        drawn: The figure as laid out for a screen; it is left as it is.
        pixels: Width it will have.
    """
    notes = list(drawn.layout.get("annotations", ()))
    headings = [note for note in notes if note.get("name") == "row"]
    if not headings:
        return drawn
    room = pixels * _SHARE
    labels = [wrapped_again(note["text"], room) for note in headings]
    left = round(min(room, max(map(text_width, labels)))) + _GUTTER
    row = max(_LOWEST, _LINE * max(label.count("<br>") + 1 for label in labels) + _BETWEEN)
    margin, rows = {**drawn.layout["margin"], "l": left}, drawn.layout["yaxis"]
    others = [note for note in notes if note.get("name") != "row"]
    axis = {
        **rows, "range": [-0.5, len(labels) - 0.5], "tickvals": [note["y"] for note in headings], "ticktext": labels,
        "showticklabels": True, "tickfont": headings[0]["font"], "automargin": False, "ticklabelstandoff": 4,
    }  # fmt: skip
    traces = [_thinner(trace, _MARK / row) for trace in drawn.data]
    across = drawn.layout["xaxis"]
    reach = _reach(traces, others, pixels - left - margin["r"], across)
    layout = {
        **drawn.layout, "annotations": others, "margin": margin,
        "height": row * len(labels) + margin["t"] + margin["b"],
        "yaxis": axis, "xaxis": {**across, "range": reach}, "meta": {**drawn.layout["meta"], "room": pixels},
    }  # fmt: skip
    return Drawing(traces, layout)


def wrapped_again(text: str, pixels: float) -> str:
    """Break words that were broken for a phone into lines of another width; a line that ended early must end there."""
    lines = text.split("<br>")
    joined = [lines[0]]
    for before, line in pairwise(lines):
        blank = "" if max(before[-1:], line[:1]) >= _FIRST_WIDE else " "
        if text_width(before + blank + (_WORD.match(line) or [""])[0]) <= PHONE - SIDES:
            joined.append(line)
        else:
            joined[-1] += blank + line
    return "<br>".join(wrapped(line, pixels) for line in joined)


def _thinner(trace: Json, thickness: float) -> Json:
    return {**trace, "width": [thickness] * len(trace["width"])} if trace["type"] == "bar" else trace


def _reach(traces: list[Json], notes: list[Json], pixels: float, axis: Json) -> list[float]:
    """Return the range of the scale, in its logarithms on a log axis, in which every mark and its words find room."""
    is_log = axis.get("type") == "log"
    marks = [*_marks(traces, is_log=is_log), *_words(notes)]
    return scale(marks, pixels, zero=any(trace["type"] == "bar" for trace in traces)) if marks else axis["range"]


def _marks(traces: list[Json], *, is_log: bool) -> Iterable[tuple[float, float, float]]:
    for trace in traces:
        for x in trace["x"]:
            if x is not None:
                yield (log10(x) if is_log else x, _DOT, _DOT)


def _words(notes: list[Json]) -> Iterable[tuple[float, float, float]]:
    for note in notes:
        if note.get("xref") != "paper":
            width, shift = text_width(note["text"], note["font"]["size"] + 0.6), abs(note.get("xshift", 0))
            sides = {"left": (0.0, shift + width), "right": (shift + width, 0.0)}
            yield (note["x"], *sides.get(note.get("xanchor", ""), (width / 2, width / 2)))


# --- strips -----------------------------------------------------------------------------------------------------------


def has_strips(drawn: Drawing) -> bool:
    """Tell whether a figure is many strips one below the other, each with scales of its own."""
    return sum(name.startswith("yaxis") and "domain" in part for name, part in drawn.layout.items()) >= _STRIPS


def in_columns(drawn: Drawing, count: int) -> Drawing:
    """Return a figure whose strips, each with scales of its own one below the other, stand in columns side by side.

    Args:
        drawn: The figure; it is left as it is.
        count: Number of columns.
    """
    layout = drawn.layout
    margin = layout["margin"]
    spots = {name: part["domain"] for name, part in layout.items() if name.startswith("yaxis") and "domain" in part}
    order = sorted(spots, key=lambda name: -spots[name][1])
    edges = [1.0, *(spots[name][0] for name in order)]  # a strip's heading stands above its scales
    whole = layout["height"] - margin["t"] - margin["b"]
    tallest, columns = _shared_out([a - b for a, b in pairwise(edges)], count)
    found, place_of = dict(layout), dict(zip(order, columns, strict=True))
    width = (1 - _APART * (count - 1)) / count
    starts = [place * (width + _APART) for place in range(count)]
    for number, name in enumerate(order):
        first = columns.index(columns[number])
        low, high = (round((tallest - (edges[first] - end)) / tallest, 4) for end in spots[name])
        left = starts[columns[number]]
        found[name] = {**layout[name], "domain": [max(0.0, low), min(1.0, high)]}
        across = name.replace("yaxis", "xaxis")
        found[across] = {**layout[across], "domain": [round(left, 4), round(min(1.0, left + width), 4)]}
    notes = [
        {**note, "x": starts[place_of[_axis_of(note)]]} if note.get("xref") == "paper" else note
        for note in layout.get("annotations", ())
    ]
    height = round(whole * tallest) + margin["t"] + margin["b"]
    return Drawing(drawn.data, {**found, "annotations": notes, "height": height})


def _shared_out(heights: list[float], count: int) -> tuple[float, list[int]]:
    """Return the height of the tallest column and the column of each strip, in order, as even as they get."""
    most = max(*heights, sum(heights) / count)
    while True:
        columns, filled, place = [], 0.0, 0
        for height in heights:
            if filled and filled + height > most + _ROUNDING:
                place, filled = place + 1, 0.0
            columns.append(place)
            filled += height
        if place < count:
            sums = [sum(h for h, c in zip(heights, columns, strict=True) if c == p) for p in range(count)]
            return max(sums), columns
        most *= 1.02


def _axis_of(note: Json) -> str:
    """Return the name of the vertical axis that a note stands by: ``yaxis2`` for ``y2 domain``."""
    return str(note["yref"]).split(maxsplit=1)[0].replace("y", "yaxis")
