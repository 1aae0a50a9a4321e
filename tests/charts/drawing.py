"""What chart tests share: a look with three companies, points in a frame, and what a figure shows."""

import json
from collections.abc import Mapping, Sequence
from copy import deepcopy
from decimal import Decimal
from typing import Any

import pandas as pd

from ipo_data import formatting
from ipo_data.analysis.point_frame import points_frame
from ipo_data.analysis.points import DataPoint, State
from ipo_data.charts.drawing import Drawing
from ipo_data.charts.theme import Look, company_style
from ipo_data.periods import Instant, Period
from ipo_data.text.catalog import words

NOTHING = "Nothing to draw: these sources do not hold the figures for it"
MINIMAX, ZHIPU, THIRD = "#D55E00", "#0072B2", "#E69F00"
"""Marks on a light ground; the third company has no colour of its own."""
_COMPANIES = (("minimax", "MiniMax", MINIMAX), ("zhipu", "Zhipu", ZHIPU), ("third", "Third", None))


def make_look(language: str = "en", theme: str = "light", companies: int = 3, *, narrow: bool = False) -> Look:
    """Return a look with MiniMax, Zhipu and a third company."""
    say = words(language)
    styles = {
        name: company_style(label, color, order, theme)
        for order, (name, label, color) in enumerate(_COMPANIES[:companies])
    }
    return Look(
        say,
        theme,
        styles,
        label=lambda measure, company: say(f"metric.{measure}"),
        write=lambda value, unit: formatting.value(value, unit, language),
        when=lambda label: formatting.period_label(label, language) if label else "",
        narrow=narrow,
    )


def point(company: str, value: str | None, when: str = "FY2024", **changes: Any) -> DataPoint:
    """Return a revenue point in US$ with one claim; change one thing."""
    dated = Instant.parse(when) if when[:1].isdigit() and "M" not in when else Period.parse(when)
    fields: dict[str, Any] = {
        "measure": "revenue", "unit": "USD", "state": State.REPORTED, "when": dated,
        "claims": (f"{company}.revenue.{when}@doc",), **changes,
    }  # fmt: skip
    return DataPoint(company, value=None if value is None else Decimal(value), **fields)


def frame_of(*points: DataPoint) -> pd.DataFrame:
    return points_frame(points)


def traces(figure: Drawing, kind: str = "") -> list[dict[str, Any]]:
    """Return a figure's traces as plain dictionaries, of one type or mode if named."""
    found: list[dict[str, Any]] = accepted(figure)["data"]
    return [trace for trace in found if not kind or kind in (trace.get("type"), trace.get("mode"))]


def layout(figure: Drawing) -> dict[str, Any]:
    found: dict[str, Any] = accepted(figure)["layout"]
    return found


def accepted(figure: Drawing) -> dict[str, Any]:
    """Return what a chart holds after Plotly has looked at every attribute and left it as it is.

    Plotly refuses what it does not know; what it would write differently (a short form, a number as text) would be
    drawn by a browser that never asked it.
    """
    spec = figure.to_dict()
    checked = json.loads(json.dumps(figure.figure().to_plotly_json()))  # lists, where Plotly holds tuples
    checked["layout"].pop("template", None)
    assert checked == spec
    return deepcopy(spec)


def written(figure: Drawing) -> list[str]:
    """Return the words that stand in a figure."""
    return [note["text"] for note in layout(figure).get("annotations", [])]


def claims_in(figure: Drawing) -> set[str]:
    """Return every claim id that the marks of a figure carry."""
    found: set[str] = set()
    for trace in traces(figure):
        for cell in _flat(trace.get("customdata") or []):
            found.update(str(cell).split())
    return found


def _flat(cells: Sequence[Any]) -> list[Any]:
    return [inner for cell in cells for inner in (_flat(cell) if isinstance(cell, list | tuple) else [cell])]


def is_plain(value: Any) -> bool:
    """Tell whether a value is made of dictionaries, lists, texts and numbers only: no arrays, no timestamps."""
    if isinstance(value, Mapping):
        return all(isinstance(key, str) and is_plain(inner) for key, inner in value.items())
    if isinstance(value, list | tuple):
        return all(is_plain(inner) for inner in value)
    return value is None or type(value) in (str, int, float, bool)
