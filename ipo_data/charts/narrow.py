"""Charts for narrow windows: panels one below the other instead of abreast, words of rows above their marks.

A chart is laid out for a desk first; what would have to be moved sideways on a phone is laid out anew from the same
traces, so that both show the same data. Forms that need more than that ask ``Look.narrow`` themselves.
"""

from collections.abc import Iterable
from typing import Any, Final

from ipo_data.charts.drawing import Drawing
from ipo_data.charts.rows import SIDES, beside_zero, scale, text_width, wrapped
from ipo_data.charts.theme import PHONE, Look, room_of

Json = dict[str, Any]
_MARK: Final = 20
_GAP: Final = 12
_LINE: Final = 15
_SWATCH: Final = 40
_KEY_LINE: Final = 19
"""Pixels beside a name of the key, and of a line of it."""
_DATES: Final = 28
"""Pixels of the dates below a panel."""


def narrowed(drawn: Drawing, look: Look) -> Drawing:
    """Return a figure that needs no more room than a phone has, or the figure itself where its form allows no other.

    Args:
        drawn: The figure as laid out for a desk; it is left as it is.
        look: Theme and words.
    """
    if room_of(drawn) <= PHONE:
        return drawn
    traces = [dict(trace) for trace in drawn.data]
    layout = dict(drawn.layout)
    columns = _columns(layout)
    if len(columns) > 1:
        layout = _below_each_other(layout, columns)
    elif _has_rows(traces, layout):
        layout = _words_above(traces, layout, look)
    else:
        return drawn
    return Drawing(traces, {**layout, "meta": {**layout["meta"], "room": PHONE}})


# --- panels -----------------------------------------------------------------------------------------------------------


def _columns(layout: Json) -> list[tuple[float, float]]:
    """Return the horizontal places of the panels from left to right."""
    found = {tuple(part["domain"]) for name, part in layout.items() if name.startswith("xaxis") and "domain" in part}
    return sorted(found)


def _below_each_other(layout: Json, columns: list[tuple[float, float]]) -> Json:
    margin = layout["margin"]
    plot = layout["height"] - margin["t"] - margin["b"]
    between = margin["t"] + _DATES
    whole = len(columns) * plot + (len(columns) - 1) * between
    tops = [1 - place * (plot + between) / whole for place in range(len(columns))]
    slots = [(top - plot / whole, top) for top in tops]
    place_of = {
        name.replace("axis", ""): columns.index(tuple(part["domain"])) if "domain" in part else 0
        for name, part in layout.items()
        if name.startswith("xaxis")
    }
    found = dict(layout)
    for name, part in layout.items():
        if name.startswith("xaxis"):
            found[name] = {**part, "domain": [0, 1]}
        elif name.startswith("yaxis"):
            slot = slots[place_of.get(part.get("anchor", "x"), 0)]
            found[name] = {**part, "domain": [_within(slot, end) for end in part.get("domain", (0, 1))]}
        elif name.startswith("legend"):
            place = next((i for i, (left, right) in enumerate(columns) if left <= part.get("x", 0) <= right), 0)
            found[name] = {**part, "x": 1, "y": _within(slots[place], part.get("y", 1))}
    notes = [
        {**note, "y": _within(slots[0], note["y"])} if note.get("yref") == "paper" else note
        for note in layout.get("annotations", ())
    ]
    return {**found, "annotations": notes, "height": round(whole + margin["t"] + margin["b"])}


def _within(slot: tuple[float, float], share: float) -> float:
    low, high = slot
    return max(0.0, min(1.0, round(low + share * (high - low), 4)))


# --- rows -------------------------------------------------------------------------------------------------------------


def _has_rows(traces: list[Json], layout: Json) -> bool:
    rows = layout.get("yaxis", {})
    if any(trace["type"] == "heatmap" for trace in traces):
        return False
    return bool(rows.get("ticktext")) and layout.get("xaxis", {}).get("type") not in ("log", "date")


def _words_above(traces: list[Json], layout: Json, look: Look) -> Json:
    """Move the words at the left of the rows above their marks, and give the scale the room that this leaves."""
    axis, across = layout["yaxis"], layout["xaxis"]
    labels = [wrapped(label, PHONE - SIDES) for label in axis["ticktext"]]
    row = _LINE * max(label.count("<br>") + 1 for label in labels) + 2 + _MARK + _GAP
    half = _MARK / 2 / row
    for trace in traces:
        if trace["type"] == "bar" and "width" in trace:
            trace["width"] = [2 * half] * len(trace["width"])
        elif trace.get("mode") == "lines" and trace.get("hoverinfo") == "skip":
            trace["y"] = [y if y is None else _at_edge(y, half) for y in trace["y"]]
    heading: Json = {
        "name": "row", "x": 0, "xref": "paper", "xanchor": "left", "yanchor": "bottom", "yshift": _MARK // 2 + 2,
        "showarrow": False, "align": "left", "borderpad": 0, "font": {"size": 12, "color": look.palette.text},
    }  # fmt: skip
    notes = list(layout.get("annotations", ()))
    below = max(-axis["range"][0] - 0.5, 0.0) + (_MARK + _GAP) / 2 / row if "range" in axis else 0.5
    above = [note["y"] + _LINE / row for note in notes if note.get("xref") == "paper" and note.get("yref") != "paper"]
    limits = [-below, max(max(axis["tickvals"]) + 1 - (_MARK + _GAP) / 2 / row, *above, 0)]
    margin = layout["margin"]
    key = _height_of_key(traces) if layout.get("showlegend") else 0
    marks = [*_ends(traces), *_words(notes)]
    reach = scale(marks, PHONE - SIDES, zero=_holds_zero(across)) if marks else across["range"]
    heading |= beside_zero(reach if reach[0] <= 0 <= reach[1] else (), look)
    if any(shape["type"] == "line" and shape["x0"] == shape["x1"] for shape in layout.get("shapes", ())):
        heading["bgcolor"] = look.palette.background  # a rule through all rows is not drawn through their words
    headings = [{**heading, "text": t, "y": y} for t, y in zip(labels, axis["tickvals"], strict=True)]
    return {
        **layout,
        "annotations": [*headings, *notes],
        "height": round((limits[1] - limits[0]) * row) + margin["t"] + margin["b"] + key,
        "yaxis": {**axis, "visible": False, "range": limits},
        "xaxis": {**across, "range": reach},
        "margin": {**margin, "l": 8},
    }


def _holds_zero(across: Json) -> bool:
    """Tell whether the scale as laid out for a desk holds zero; around another middle it would leave half empty."""
    low, high = across.get("range", (0.0, 0.0))
    return bool(low <= 0 <= high)


def _at_edge(y: float, half: float) -> float:
    """Return where a thin line between rows begins or ends now that bars are thinner."""
    near = round(y)
    return y if abs(y - near) < 1e-6 else near + (half if y > near else -half)


def _height_of_key(traces: list[Json]) -> int:
    """Return the pixels that the names of the parts take above the rows, in columns as wide as the longest."""
    widths = [text_width(trace["name"]) + _SWATCH for trace in traces if trace.get("showlegend", True)]
    columns = max(1, int((PHONE - SIDES) / max(widths, default=1)))
    return _KEY_LINE * -(-len(widths) // columns) + _GAP


def _ends(traces: list[Json]) -> Iterable[tuple[float, float, float]]:
    for trace in traces:
        bases = trace.get("base") or [0.0] * len(trace["x"])
        for base, x in zip(bases, trace["x"], strict=True) if trace["type"] == "bar" else ():
            if x is not None:
                yield from ((base, 2.0, 2.0), (base + x, 2.0, 2.0))


def _words(notes: list[Json]) -> Iterable[tuple[float, float, float]]:
    """Return where the figures stand on the scale and the pixels they take to either side."""
    for note in notes:
        if note.get("xref") == "paper":
            continue
        width, shift = text_width(note["text"], note["font"]["size"] + 0.6), abs(note.get("xshift", 0))
        sides = {"left": (0.0, shift + width), "right": (shift + width, 0.0)}
        left, right = sides.get(note.get("xanchor", ""), (width / 2, width / 2))
        yield (note["x"], left, right)
