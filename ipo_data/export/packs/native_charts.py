"""Figures that have a form of their own in PowerPoint: bars in rows, and lines over time.

Other figures (time spans, mosaics, dot plots on a log axis, fans) have none and stay pictures.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from ipo_data.charts.drawing import Drawing

_TAGS: Final = re.compile(r"<[^>]+>")
_HEX: Final = re.compile(r"#[0-9A-Fa-f]{6}")
EXCEL_DAY_ZERO: Final = 693_594
"""Ordinal of the day that spreadsheets count from."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a row chart.

    Attributes:
        label: Row heading.
        value: Length; ``None`` where words stand instead.
        text: The figure as written, or the words.
        color: Colour as six hexadecimal digits.
        is_open: Whether it is drawn as an outline (derived, forecast).
    """

    label: str
    value: float | None
    text: str
    color: str = ""
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One series over time.

    Attributes:
        name: Series name.
        color: Colour as six hexadecimal digits.
        points: Day as a spreadsheet counts it, value, and the figure as written (empty if none is).
        is_joined: Whether the points are joined by a line.
    """

    name: str
    color: str
    points: tuple[tuple[int, float, str], ...]
    is_joined: bool


Form = tuple[Bar, ...] | tuple[Line, ...]


def native_form(figure: Drawing | None) -> Form | None:
    """Return the rows or lines of a figure, first row first; ``None`` if PowerPoint has no such form."""
    if figure is None:
        return None
    data, layout = figure.to_dict()["data"], figure.to_dict()["layout"]
    if not data or any("xaxis" in trace and trace["xaxis"] not in ("x", None) for trace in data):
        return None
    if all(_is_row_bar(trace) for trace in data):
        return _bars(data, layout)
    if all(_is_line(trace) for trace in data) and _is_over_time(layout):
        return _lines(data, layout)
    return None


# --- bars in rows -----------------------------------------------------------------------------------------------------


def _is_row_bar(trace: Mapping[str, Any]) -> bool:
    one = len(trace.get("x", ())) == 1 and len(trace.get("y", ())) == 1
    return trace.get("type") == "bar" and trace.get("orientation") == "h" and one and "base" not in trace


def _bars(data: Iterable[Mapping[str, Any]], layout: Mapping[str, Any]) -> tuple[Bar, ...] | None:
    if layout.get("barmode") != "overlay":
        return None
    notes = layout.get("annotations", ())
    above = {note["y"]: note.get("text", "") for note in notes if note.get("name") == "row"}  # words above their marks
    axis = layout.get("yaxis", {})
    labels = above or dict(zip(axis.get("tickvals") or (), axis.get("ticktext") or (), strict=True))
    written = {note.get("y"): _words(note.get("text", "")) for note in notes if note.get("name") != "row"}
    found: dict[object, Mapping[str, Any]] = {}
    for trace in data:
        if trace["y"][0] in found:  # two bars in one row, as for a range
            return None
        found[trace["y"][0]] = trace
    rows: list[Bar] = []
    heading = ""
    for y in sorted(labels, reverse=True):
        words, drawn, text = _words(str(labels[y])), found.get(y), written.get(y, "")
        if drawn is None and not text:  # the company whose rows follow
            heading = f"{words} · "
            continue
        rows.append(_bar(heading + words, drawn, text))
    return tuple(rows) or None


def _bar(label: str, trace: Mapping[str, Any] | None, text: str) -> Bar:
    if trace is None:
        return Bar(label, None, text)
    marker = trace.get("marker", {})
    color = str(marker.get("line", {}).get("color") or marker.get("color"))
    is_open = str(marker.get("color", "")).startswith("rgba")
    return Bar(label, float(trace["x"][0]), text, _hex(color), is_open)


# --- lines over time --------------------------------------------------------------------------------------------------


def _is_line(trace: Mapping[str, Any]) -> bool:
    plain = (
        trace.get("type") == "scatter" and "fill" not in trace and "hv" not in str(trace.get("line", {}).get("shape"))
    )
    return plain and len(trace.get("x", ())) == len(trace.get("y", ()))


def _is_over_time(layout: Mapping[str, Any]) -> bool:
    axes = layout.get("xaxis", {}), layout.get("yaxis", {})
    return axes[0].get("type") == "date" and axes[1].get("type") != "log" and not axes[1].get("ticktext")


def _lines(data: Iterable[Mapping[str, Any]], layout: Mapping[str, Any]) -> tuple[Line, ...] | None:
    written = {(n.get("x"), n.get("y")): _words(n.get("text", "")) for n in layout.get("annotations", ())}
    lines = []
    for trace in data:
        pairs = [(str(x)[:10], y) for x, y in zip(trace["x"], trace["y"], strict=True) if y is not None]
        points = tuple((_day(x), float(y), written.get((x, y), "")) for x, y in pairs)
        color = str(trace.get("line", {}).get("color") or trace.get("marker", {}).get("color") or "")
        if points:
            lines.append(Line(str(trace.get("name") or ""), _hex(color), points, "lines" in str(trace.get("mode", ""))))
    return tuple(sorted(lines, key=lambda line: -len(line.points))) or None  # LibreOffice drops longer ones that follow


def _day(text: str) -> int:
    return date.fromisoformat(text).toordinal() - EXCEL_DAY_ZERO


def _words(text: str) -> str:
    return _TAGS.sub("", text.replace("<br>", " "))


def _hex(color: str) -> str:
    return color[1:].upper() if _HEX.fullmatch(color) else "57606A"
