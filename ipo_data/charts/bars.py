"""Horizontal bars and dots in rows: rankings, ladders, tranches."""

from dataclasses import dataclass, replace
from math import log10
from typing import Any, Final

from ipo_data.charts.drawing import Drawing
from ipo_data.charts.groups import Groups, by_company
from ipo_data.charts.rows import SIDES, Stack, scale, stacked, text_width
from ipo_data.charts.theme import PHONE, Look, axis, blank, figure, note


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a row chart.

    Attributes:
        label: Row heading.
        company: Company id, for the colour.
        value: The number, or ``None`` for an empty state.
        text: The number as written beside the mark, or the words of the empty state.
        state: State id.
        hover: Further words, on hover; for dots also below the heading.
        claims: Claim ids.
        other: Whether the figure is of something beside the company, drawn in grey.
        printed: The number with all its digits, on hover, if the text has fewer.
        contrast: Whether a better document gives the number to something else; its dot is open.
    """

    label: str
    company: str
    value: float | None
    text: str
    state: str = "reported"
    hover: str = ""
    claims: str = ""
    other: bool = False
    printed: str = ""
    contrast: bool = False


Trace = dict[str, Any]
_OUTLINED: Final = ("derived", "forecast", "scenario")
_OPEN: Final = (*_OUTLINED, "conflict")
_BESIDE_BAR: Final = 6
_BESIDE_DOT: Final = 12
"""Pixels between a mark and its figure."""
_MARK_WORDS: Final = 18
"""Pixels of the words above a marked value."""


# --- bars -------------------------------------------------------------------------------------------------------------


def row_bars(rows: list[Row], look: Look, *, height_per_row: int = 0) -> Drawing:
    """Return horizontal bars from zero, labelled at their ends; derived ones outlined, empty ones as words.

    Args:
        rows: Rows from top to bottom.
        look: Theme, words and companies.
        height_per_row: Least pixels per row.
    """
    if not rows:
        return blank(look, look.words("chart.nothing"))
    groups = by_company([row.label for row in rows], [row.company for row in rows], look)
    stack = stacked(groups.labels, look, least=height_per_row, heads=groups.heads)
    traces, notes = [], []
    for place, row in reversed(list(zip(groups.places, rows, strict=True))):
        height = stack.place(place)
        if row.value is None:
            notes.append(_words_of_state(row, look, 0, height))
            continue
        traces.append(_bar(row, row.value, height, stack.thickness, look))
        notes.append(note(look, f"<b>{row.text}</b>", max(row.value, 0), height, xanchor="left", xshift=_BESIDE_BAR))
    words = [(max(row.value or 0.0, 0.0), 0.0, _BESIDE_BAR + _room_for(row)) for row in rows]
    tips = [(row.value, 4.0, 0.0) for row in rows if row.value is not None and row.value < 0]
    limits = scale([*words, *tips], stack.pixels, zero=True)
    marks = {"range": limits, "showticklabels": False, "zeroline": True, "zerolinewidth": 2, "showgrid": False}
    return _in_rows(stack, traces, notes, look, xaxis=marks)


def _bar(row: Row, value: float, height: float, thickness: float, look: Look) -> Trace:
    style = look.companies[row.company]
    outlined = row.state in _OUTLINED
    color = look.palette.zero if row.other else style.color
    pattern = {
        "shape": "" if outlined or row.other else style.pattern, "fillmode": "overlay",
        "fgcolor": look.palette.background, "size": 5, "solidity": 0.18,
    }  # fmt: skip
    fill = "rgba(0,0,0,0)" if outlined else color
    return {
        "type": "bar", "orientation": "h", "x": [value], "y": [height], "width": [thickness],
        "marker": {"color": fill, "line": {"color": color, "width": 1.5}, "pattern": pattern},
        "hovertemplate": _hover(row, look), "customdata": [row.claims],
    }  # fmt: skip


# --- dots -------------------------------------------------------------------------------------------------------------


def row_dots(
    rows: list[Row], look: Look, *, log: bool = True, height_per_row: int = 0, mark: tuple[float, str] | None = None
) -> Drawing:
    """Return one dot per row on a (log) axis; rows in conflict are open and joined where they share a label.

    Rows without a value, and rows a log axis cannot show, are words.

    Args:
        rows: Rows from top to bottom; rivals share a label.
        look: Theme, words and companies.
        log: Whether the axis is logarithmic.
        height_per_row: Least pixels per row.
        mark: A value marked by a line through all rows, with its words.
    """
    placed = [(row, row.value) for row in rows if row.value is not None and _drawable(row, log=log)]
    if not placed:
        return blank(look, look.words("chart.nothing"))
    labels = list(dict.fromkeys(row.label for row in rows))
    owners = {row.label: row.company for row in rows}
    groups = by_company(labels, [owners[label] for label in labels], look)
    stack = stacked(_headings(labels, groups, rows), look, least=height_per_row, heads=groups.heads)
    height_of = {label: stack.place(place) for label, place in zip(labels, groups.places, strict=True)}
    rivals: dict[str, list[float]] = {}
    for row, value in placed:
        rivals.setdefault(row.label, []).append(value)
    limits = scale([*_with_words(placed, rivals, log=log), *_beside_mark(mark, log=log)], stack.pixels)
    traces = [_joined(own, height_of[label], look) for label, own in rivals.items() if len(own) > 1]
    worded = [row for row in rows if not _drawable(row, log=log)]
    notes = [_words_of_state(row, look, limits[0], height_of[row.label]) for row in worded]
    for row, value in placed:
        height = height_of[row.label]
        traces.append(_dot(row, value, height, look))
        left = _is_leftmost(value, rivals[row.label])
        notes.append(_beside(row, log10(value) if log else value, height, look, left=left))
    xaxis = {"range": limits, "showticklabels": False, "showgrid": False, **({"type": "log"} if log else {})}
    drawn = _in_rows(stack, traces, notes, look, xaxis=xaxis, guides=True)
    return drawn if mark is None else _marked(drawn, *mark, look, log=log)


def _beside_mark(mark: tuple[float, str] | None, *, log: bool) -> list[tuple[float, float, float]]:
    half = 0.0 if mark is None else text_width(mark[1], 11) / 2
    return [] if mark is None else [(log10(mark[0]) if log else mark[0], half, half)]


def _marked(drawn: Drawing, value: float, words: str, look: Look, *, log: bool) -> Drawing:
    """Return the chart with a dotted line at a value and its words above it."""
    line = {"color": look.palette.zero, "width": 1.5, "dash": "dot"}
    shape = {
        "type": "line", "x0": value, "x1": value, "y0": 0, "y1": 1, "yref": "paper", "line": line, "layer": "below"
    }  # fmt: skip
    font = {"size": 11, "color": look.palette.muted}
    said = note(look, words, log10(value) if log else value, 1, yref="paper", yanchor="bottom", yshift=2, font=font)
    layout = drawn.layout
    return replace(drawn, layout={
        **layout, "shapes": [*layout.get("shapes", ()), shape], "annotations": [*layout["annotations"], said],
        "height": layout["height"] + _MARK_WORDS, "margin": {**layout["margin"], "t": 8 + _MARK_WORDS},
    })  # fmt: skip


def _headings(labels: list[str], groups: Groups, rows: list[Row]) -> list[str]:
    """Return the words of all rows: of a company's name, the name; else the label and the remarks on its dots."""
    words = list(groups.labels)
    for label, place in zip(labels, groups.places, strict=True):
        words[place] = _with_remarks(words[place], [row for row in rows if row.label == label])
    return words


def _with_remarks(label: str, own: list[Row]) -> str:
    """Return a row's label and what is to be said about its dots; of rivals, which dot is meant."""
    remarks = [f"{row.text}: {row.hover}" if len(own) > 1 else row.hover for row in own if row.hover]
    in_one_line = " · ".join(filter(None, (label, *remarks)))
    if not label or not remarks or text_width(in_one_line) <= PHONE - SIDES:
        return in_one_line
    return label + "<br>" + " · ".join(remarks)


def _drawable(row: Row, *, log: bool) -> bool:
    return row.value is not None and (row.value > 0 or not log)


def _is_leftmost(value: float, rivals: list[float]) -> bool:
    return len(rivals) > 1 and value == min(rivals)


def _with_words(
    placed: list[tuple[Row, float]], rivals: dict[str, list[float]], *, log: bool
) -> list[tuple[float, float, float]]:
    """Return every dot's position and the pixels its figure takes: to its left for the lowest of several rivals."""
    marks = []
    for row, value in placed:
        left = _is_leftmost(value, rivals[row.label])
        words = _BESIDE_DOT + _room_for(row)
        marks.append((log10(value) if log else value, words if left else _BESIDE_DOT, _BESIDE_DOT if left else words))
    return marks


def _joined(values: list[float], height: float, look: Look) -> Trace:
    return {
        "type": "scatter", "mode": "lines", "x": [min(values), max(values)], "y": [height] * 2,
        "line": {"color": look.palette.zero, "width": 2}, "hoverinfo": "skip",
    }  # fmt: skip


def _dot(row: Row, value: float, height: float, look: Look) -> Trace:
    style = look.companies[row.company]
    symbol = f"{style.symbol}-open" if row.state in _OPEN or row.contrast else style.symbol
    return {
        "type": "scatter", "mode": "markers", "x": [value], "y": [height], "customdata": [row.claims],
        "marker": {"size": 13, "color": style.color, "symbol": symbol, "line": {"width": 2, "color": style.color}},
        "hovertemplate": _hover(row, look),
    }  # fmt: skip


def _beside(row: Row, x: float, height: float, look: Look, *, left: bool) -> dict[str, Any]:
    side = {"xanchor": "right", "xshift": -_BESIDE_DOT} if left else {"xanchor": "left", "xshift": _BESIDE_DOT}
    ground = {"bgcolor": look.palette.background, "borderpad": 1}  # the line along the row is not drawn through words
    return note(look, f"<b>{row.text}</b>", x, height, **side, yshift=0, **ground)


# --- shared -----------------------------------------------------------------------------------------------------------


def _hover(row: Row, look: Look) -> str:
    return f"{row.label}: {row.printed or row.text}<br>{look.words('state.' + row.state)}<br>{row.hover}<extra></extra>"


def _words_of_state(row: Row, look: Look, x: float, height: float) -> dict[str, Any]:
    font = {"size": 12, "color": look.palette.muted}
    return note(look, row.text, x, height, xanchor="left", xshift=4, font=font)


def _room_for(row: Row) -> float:
    """Return the pixels of a row's figure; figures are bold, words of an empty state are not drawn beside a mark."""
    return text_width(row.text, 12.6)


def _in_rows(
    stack: Stack, traces: list[Trace], notes: list[dict[str, Any]], look: Look, *, xaxis: dict[str, Any],
    guides: bool = False,
) -> Drawing:  # fmt: skip
    labels = stack.notes(look, ground=xaxis["range"] if xaxis.get("zeroline") else ())
    return figure(
        look, traces, height=stack.height + 20, room=stack.room, annotations=[*notes, *labels],
        shapes=stack.guides(look) if guides else [],
        barmode="overlay", xaxis=axis(look.theme, showline=False, **xaxis), yaxis=stack.axis(look, guides=guides),
        margin={"l": 8, "r": 16, "t": 8, "b": 12},
    )  # fmt: skip
