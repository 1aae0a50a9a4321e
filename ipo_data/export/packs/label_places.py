"""Where the words of points stand on a chart of PowerPoint: over no other words, no point, and if possible no line."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import hypot
from typing import Final

from ipo_data.export.packs.material import width_of

PLACES: Final = ("above", "below", "right", "left")
"""Sides of a point, in the order in which they are tried."""
_LETTER, _LINE, _AWAY = 7.0, 15.0, 6.0
"""Points of the printer: a Latin letter of the words, a line of them, and from a point to its words."""
_DOT, _STROKE = 5.0, 2.0
_STEP: Final = 8.0
"""Points of the printer between the places of a line that are looked at."""
_Box = tuple[float, float, float, float]
Points = Sequence[tuple[float, float, str]]


def label_places(
    lines: Sequence[Points], joined: Sequence[bool], frame: tuple[float, float, float, float], size: tuple[float, float]
) -> list[str]:
    """Return the side on which each point's words stand, one of ``PLACES``, line after line.

    Args:
        lines: Place across, place up and words of each point; points without words only keep room.
        joined: Which of the lines are drawn as lines.
        frame: Ends of the scale across and of the scale up.
        size: Width and height of the plot in points of the printer.
    """
    left, right, low, high = frame
    scale = size[0] / (right - left), size[1] / (high - low)
    drawn = [[((x - left) * scale[0], (high - y) * scale[1], text) for x, y, text in points] for points in lines]
    dots = [_around(x, y, _DOT) for points in drawn for x, y, _ in points]
    strokes = [
        _around(x, y, _STROKE)
        for points, is_joined in zip(drawn, joined, strict=True) if is_joined
        for start, end in pairwise(points) for x, y in _between(start, end)
    ]  # fmt: skip
    words: list[_Box] = []
    found = []
    for x, y, text in (point for points in drawn for point in points):
        boxes = [_box(x, y, text, place) for place in PLACES] if text else []
        troubles = [
            4 * sum(_overlap(box, other) for other in words) + 2 * sum(_overlap(box, dot) for dot in dots)
            + sum(_overlap(box, stroke) for stroke in strokes) + 4 * _beyond(box, size)
            for box in boxes
        ]  # fmt: skip
        best = min(range(len(boxes)), key=lambda i: troubles[i]) if boxes else 0
        found.append(PLACES[best])
        words += boxes[best : best + 1]
    return found


def _between(start: tuple[float, float, str], end: tuple[float, float, str]) -> Iterator[tuple[float, float]]:
    """Yield places along a line."""
    across, down = end[0] - start[0], end[1] - start[1]
    count = max(1, int(hypot(across, down) / _STEP))
    for step in range(count):
        yield (start[0] + across * step / count, start[1] + down * step / count)


def _around(x: float, y: float, half: float) -> _Box:
    return (x - half, y - half, x + half, y + half)


def _box(x: float, y: float, text: str, place: str) -> _Box:
    wide = width_of(text) * _LETTER
    if place in ("above", "below"):
        top = y - _AWAY - _LINE if place == "above" else y + _AWAY
        return (x - wide / 2, top, x + wide / 2, top + _LINE)
    left = x + _AWAY if place == "right" else x - _AWAY - wide
    return (left, y - _LINE / 2, left + wide, y + _LINE / 2)


def _overlap(a: _Box, b: _Box) -> float:
    across, down = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    return across * down if across > 0 and down > 0 else 0.0


def _beyond(box: _Box, size: tuple[float, float]) -> float:
    """Return how much of a box lies outside of the plot."""
    across = max(0.0, -box[0]) + max(0.0, box[2] - size[0])
    down = max(0.0, -box[1]) + max(0.0, box[3] - size[1])
    return across * _LINE + down * (box[2] - box[0])
