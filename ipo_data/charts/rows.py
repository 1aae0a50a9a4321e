"""Rows that fit any screen: words beside the marks where there is room, above them where there is none.

What must fit is measured against the narrowest screen of the kind, and the scale leaves room for the figure beside each
mark; wider screens only give more room.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from ipo_data.charts.theme import PHONE, Look, axis

_WIDE_FROM: Final = 0x2E80
"""Characters from here on are as wide as they are high."""
_NARROW: Final = frozenset("iljtfrI.,:;'|!()[] ·")
_BROAD: Final = frozenset("mwMW%@×÷—")
_JOINT: Final = " · "
_TAG: Final = re.compile(r"<[^>]+>")
_CURRENCY: Final = re.compile(r"^([^\u4e00-\u9fff]+[万萬]?[亿億]?)([\u4e00-\u9fff].*)$")
_OPENS: Final = "（《〈「『【〔［"
_MONEY: Final = r"元?人民[币幣]|美元|港元"
_CHARACTER: Final = r"[\u2e80-\u2fff\u3040-\u9fff]"
_COUNTED: Final = rf"(?:{_MONEY}|[个個](?:月|百分[点點]|基[点點])|{_CHARACTER})"
"""What a number keeps beside it."""
_CLOSES: Final = rf"(?:(?![{_OPENS}])[\u3000-\u303f\uff00-\uffef])*"
_PIECE: Final = re.compile(
    rf"[{_OPENS}]*(?:[^\s\u2e80-\u9fff{_OPENS}]*\d{_COUNTED}{_CLOSES}|(?:{_MONEY}|{_CHARACTER}){_CLOSES}"
    rf"|[^ \t\n\u2e80-\u9fff{_OPENS}]*[ \t\n]*)"
)
_LONE: Final = re.compile(rf"{_CHARACTER}{_CLOSES}")
"""A last line of a single Chinese character."""
_LINE: Final = 15
"""Pixels of a line of a row's words."""
_MARK: Final = 20
_GAP: Final = 12
_ABOVE: Final = _MARK // 2 + 2
SIDES: Final = 24
"""Pixels that the margins of a row chart take, left and right together."""
_SHORT: Final = 120
"""Words up to this width may stand to the left of the marks, which is lower."""
_LOW_ROW: Final = 30
_HEAD: Final = 26
"""Pixels that a company's name above its rows takes."""
_BETWEEN: Final = 10
"""Pixels between the words of two rows that stand beside their marks."""
STANDOFF: Final = 5
"""Pixels between words and the line they stand beside."""
_NEARLY_LEFT: Final = 0.08
"""Part of a scale to the left of its zero up to which words above marks begin at the zero line."""
_COLUMN: Final = PHONE - SIDES
"""Most pixels that the words beside the marks take on a desk."""
_LEAST_SCALE: Final = 270
"""Pixels left for the marks there."""
_HALF: Final = 480
_WHOLE: Final = 760
"""Least widths of half a desk, and of a whole one, on which the words take less of the scale."""


# --- how wide words are -----------------------------------------------------------------------------------------------


def text_width(text: str, size: float = 12) -> float:
    """Return about how many pixels the longest line of a text takes; a little too many rather than too few."""
    return max((_line_width(_TAG.sub("", line), size) for line in text.split("<br>")), default=0.0)


def _line_width(line: str, size: float) -> float:
    return size * sum(_em(character) for character in line)


def _em(character: str) -> float:
    if ord(character) >= _WIDE_FROM:
        return 1.0
    if character in _NARROW:
        return 0.36
    if character in _BROAD:
        return 0.9
    return 0.68 if character.isupper() else 0.59


def unit_apart(text: str) -> str:
    """Break an amount in Chinese before its currency, ``5,741万`` above ``元人民币``; other amounts stay whole."""
    return _CURRENCY.sub(r"\1<br>\2", text)


def wrapped(text: str, pixels: float, size: float = 12) -> str:
    """Break a text into lines of so many pixels, at blanks or between Chinese characters; its tags hold no blanks.

    A number keeps its Chinese unit, no line ends with an opening bracket, and no last line is a single character.
    """
    lines: list[list[str]] = [[]]
    for word in _words(text):
        if lines[-1] and text_width("".join([*lines[-1], word]).rstrip(), size) > pixels:
            lines.append([word.lstrip()])
        else:
            lines[-1].append(word)
    if len(lines) > 1 and len(lines[-2]) > 1 and _LONE.fullmatch("".join(lines[-1]).rstrip()):
        lines[-1].insert(0, lines[-2].pop())
    return "<br>".join("".join(line).rstrip() for line in lines)


def parted(text: str, pixels: float, size: float = 12) -> str:
    """Break words joined by `` · `` into lines of so many pixels, between the words where that takes no more lines."""
    lines: list[str] = []
    for part in text.split(_JOINT):
        longer = f"{lines[-1]}{_JOINT}{part}" if lines else part
        if lines and text_width(longer, size) <= pixels:
            lines[-1] = longer
        else:
            lines.append(part)
    joined = f"{_JOINT.rstrip()}<br>".join(wrapped(line, pixels - (6 if lines[1:] else 0), size) for line in lines)
    plain = wrapped(text, pixels, size)
    return joined if joined.count("<br>") <= plain.count("<br>") else plain


def _words(text: str) -> list[str]:
    """Return the pieces a line may end after; Chinese punctuation stays with the character it belongs to."""
    return [word for word in _PIECE.findall(text) if word]


# --- rows -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stack:
    """Rows one below the other: the words of each above its mark, or to its left if all are short.

    Attributes:
        labels: Words of each row from top to bottom, with line breaks.
        row_height: Pixels of one row.
        beside: Whether the words stand to the left.
        pixels: Width left for marks and figures on the narrowest screen of the kind.
        room: Least width of the chart.
        heads: Company ids by the place of their names among the labels; a name has no mark.
    """

    labels: tuple[str, ...]
    row_height: int
    beside: bool
    pixels: float
    room: int = PHONE
    heads: Mapping[int, str] = field(default_factory=dict)

    @property
    def height(self) -> int:
        """Pixels of all rows together."""
        return self.row_height * (len(self.labels) - len(self.heads)) + _HEAD * len(self.heads)

    @property
    def thickness(self) -> float:
        """Height of a bar on the vertical axis."""
        return _MARK / self.row_height

    def place(self, index: int) -> float:
        """Return where the row at an index (from the top) stands on the vertical axis; of a name, its middle."""
        below = range(index + 1, len(self.labels))
        whole = sum(1 for later in below if later not in self.heads)
        parts = (len(below) - whole) * _HEAD / self.row_height
        lower = _HEAD / 2 / self.row_height - self._below if index in self.heads else 0
        return whole + parts + lower if self.heads else whole

    @property
    def _below(self) -> float:
        """Share of a row below the middle of its mark."""
        return 0.5 if self.beside else (_MARK + _GAP) / 2 / self.row_height

    def axis(self, look: Look, *, guides: bool = False) -> dict[str, Any]:
        """Return the vertical axis; words above the marks are notes and leave it empty.

        Args:
            look: Theme.
            guides: Whether a thin line leads along every row: for dots, which nothing joins to the words.
        """
        limits = [-self._below, self.height / self.row_height - self._below]
        if not self.beside:
            places = [self.place(index) for index in self._rows]
            return axis(
                look.theme, range=limits, tickvals=places, showticklabels=False, showline=False, showgrid=guides
            )
        return axis(
            look.theme, range=limits, tickvals=[self.place(index) for index in reversed(range(len(self.labels)))],
            ticktext=list(self.labels[::-1]), showgrid=guides and not self.heads, showline=False,
            tickfont={"size": 12, "color": look.palette.text}, ticklabelstandoff=STANDOFF,
        )  # fmt: skip

    @property
    def _rows(self) -> list[int]:
        """Places among the labels of the rows that have a mark, from the bottom."""
        return [index for index in reversed(range(len(self.labels))) if index not in self.heads]

    def guides(self, look: Look) -> list[dict[str, Any]]:
        """Return a thin line along every row where names stand among the ticks, which would get lines as well."""
        if not (self.beside and self.heads):
            return []
        line = {"color": look.palette.grid, "width": 1}
        return [
            {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": y, "y1": y, "line": line, "layer": "below"}
            for y in map(self.place, self._rows)
        ]

    def notes(self, look: Look, *, ground: Sequence[float] = ()) -> list[dict[str, Any]]:
        """Return the words of the rows that stand above their marks, and of the names above the rows.

        Args:
            look: Theme.
            ground: Range of an axis with a zero line, which the words stand beside or, where it is farther in, cover.
        """
        if self.beside:
            return []
        base: dict[str, Any] = {
            "name": "row", "x": 0, "xref": "paper", "xanchor": "left", "yanchor": "bottom", "yshift": _ABOVE,
            "showarrow": False, "align": "left", "borderpad": 0, "font": {"size": 12, "color": look.palette.text},
            **beside_zero(ground, look),
        }  # fmt: skip
        notes = [{**base, "text": self.labels[i], "y": self.place(i)} for i in reversed(self._rows) if self.labels[i]]
        return notes + [self._name(base, index, company, look) for index, company in self.heads.items()]

    def _name(self, base: dict[str, Any], index: int, company: str, look: Look) -> dict[str, Any]:
        place = {"text": self.labels[index], "y": self.place(index), "yanchor": "middle", "yshift": 0}
        return {**base, **place, "font": {"size": 12, "color": look.companies[company].text_color}}


def beside_zero(ground: Sequence[float], look: Look) -> dict[str, Any]:
    """Return where words above marks stand so that the zero line of a range is not drawn through them.

    They begin at the line where little lies to its left, else they cover it; an empty range has none.
    """
    if not ground:
        return {}
    left = -ground[0] / ((ground[1] - ground[0]) or 1.0)
    covering = {"bgcolor": look.palette.background}  # also what else runs through the rows
    return covering | ({"x": 0, "xref": "x", "xshift": STANDOFF} if left <= _NEARLY_LEFT else {})


def stacked(
    labels: Iterable[str], look: Look, *, least: int = 0, pixels: float = PHONE - SIDES,
    heads: Mapping[int, str] | None = None,
) -> Stack:  # fmt: skip
    """Return rows for some words, broken into lines that fit.

    Args:
        labels: Words of each row from top to bottom, with ``<br>`` only where a line must end.
        look: Whether the window is narrow.
        least: Least pixels per row.
        pixels: Width to fit where the words stand above.
        heads: Company ids by the place of their names among the labels.
    """
    given, names = tuple(labels), heads or {}
    widest = max(map(text_width, given), default=0.0)
    if not look.narrow:
        return _beside(given, least, names)
    if widest <= _SHORT and not any("<br>" in label for label in given):
        return Stack(given, max(least, _LOW_ROW), beside=True, pixels=pixels - widest - STANDOFF, heads=names)
    fitted = tuple("<br>".join(wrapped(line, pixels) for line in label.split("<br>")) for label in given)
    lines = max(label.count("<br>") + 1 for label in fitted)
    return Stack(fitted, max(least, _LINE * lines + 2 + _MARK + _GAP), beside=False, pixels=pixels, heads=names)


def _beside(given: tuple[str, ...], least: int, heads: Mapping[int, str]) -> Stack:
    """Return rows for a desk: the words in a column as wide as the longest line, the marks to its right."""
    fitted = tuple("<br>".join(parted(line, _COLUMN) for line in label.split("<br>")) for label in given)
    column = max(map(text_width, fitted), default=0.0)
    lines = max((label.count("<br>") + 1 for label in fitted), default=1)
    room = _HALF if SIDES + STANDOFF + column + _LEAST_SCALE <= _HALF else _WHOLE
    height = max(least, _LOW_ROW, _LINE * lines + _BETWEEN)
    return Stack(fitted, height, beside=True, pixels=room - SIDES - STANDOFF - column, room=room, heads=heads)


def scale(marks: Sequence[tuple[float, float, float]], pixels: float, *, zero: bool = False) -> list[float]:
    """Return an axis range in which every mark has room for its words.

    Args:
        marks: Position of each mark, and the pixels its words take to its left and to its right.
        pixels: Width of the axis on the narrowest screen.
        zero: Whether the range holds zero.
    """
    positions = [position for position, _, _ in marks] + ([0.0] if zero else [])
    low, high = min(positions), max(positions)
    span = (high - low) or abs(high) or 1.0
    left = right = 0.0
    for _ in range(12):  # the room beside one mark depends on the scale, which depends on the room
        unit = span / max(pixels - left - right, pixels * 0.25)
        left = max([0.0, *(before - (position - low) / unit for position, before, _ in marks)])
        right = max([0.0, *(after - (high - position) / unit for position, _, after in marks)])
    unit = span / max(pixels - left - right, pixels * 0.25)
    return [low - left * unit, high + right * unit]
