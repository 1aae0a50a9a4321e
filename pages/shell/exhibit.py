"""The exhibit on screen: takeaway, subtitle, chart, marks, source line; folded below, the numbers and their claims."""

from dataclasses import dataclass, field
from typing import Any

import orjson
import pandas as pd
import plotly.graph_objects as go
import plotly.io
import streamlit as st

from ipo_data.charts.drawing import Drawing
from ipo_data.charts.theme import PHONE, room_of
from ipo_data.dataset import Dataset
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit, View
from ipo_data.exhibits.registry import read_by
from ipo_data.export.exhibit_table import workings
from ipo_data.text.catalog import words
from pages.shell.cards import cards, fits
from pages.shell.data import context_of, exhibit_of
from pages.shell.downloads import downloads
from pages.shell.escape import plain
from pages.shell.kept import kept
from pages.shell.memo_list import memo_button

MARKS = {
    "reported": ":material/check_circle:",
    "derived": ":material/calculate:",
    "forecast": ":material/trending_flat:",
    "scenario": ":material/science:",
    "conflict": ":material/error:",
    "judged": ":material/gavel:",
    "not_disclosed": ":material/visibility_off:",
    "not_meaningful": ":material/block:",
    "not_available": ":material/help:",
}
_NO_BUTTONS = ("zoom2d", "pan2d", "zoomIn2d", "zoomOut2d", "autoScale2d", "resetScale2d", "select2d", "lasso2d")
_CHART_OPTIONS = {"displaylogo": False, "showSendToCloud": False, "modeBarButtonsToRemove": list(_NO_BUTTONS)}
_ALWAYS_TABLE = 60
"""Rows up to which everything is shown; longer tables scroll."""


class ReadyFigure(go.Figure):
    """A chart that ``st.plotly_chart`` takes as it is; anything else it would check and copy at every rerun."""

    def __init__(self, drawing: Drawing) -> None:
        # Making an empty figure first takes as long as drawing; all that is asked of this one is its dictionary.
        self._ready = _Written(drawing)

    def to_dict(self) -> dict[str, Any]:
        """Return the shared dictionary, which must not be changed."""
        return self._ready


class _Written(dict[str, Any]):
    """A chart that is written as JSON once; Plotly asks what it writes by ``to_plotly_json``."""

    def __init__(self, drawing: Drawing) -> None:
        super().__init__(drawing.to_dict())
        self._json = orjson.Fragment(plotly.io.to_json(drawing.to_dict(), validate=False))

    def to_plotly_json(self) -> orjson.Fragment:
        """Return the text that was written when this was made."""
        return self._json


@dataclass(frozen=True)
class Ready:
    """Everything of an exhibit that a rerun sends, made once.

    Attributes:
        heading: Rule, number, takeaway and subtitle as Markdown.
        figure: The chart, if there is one.
        table: Of an exhibit without a chart, the numbers as ``_cells`` shows them.
        footer: Marks, notes and source line as Markdown.
        details: Label of what is folded away.
        room: Least width of the chart in pixels; 0 for a table.
        height: Height of the chart in pixels; 0 for a table.
        chart_options: Options of the chart's tool bar.
    """

    heading: str
    figure: go.Figure | None
    table: pd.DataFrame | str | None
    footer: str
    details: str
    room: int = 0
    height: int = 0
    chart_options: dict[str, Any] = field(default_factory=dict)


def show(dataset: Dataset, view: View, page: str, name: str, number: int) -> None:
    """Draw one exhibit of a page."""
    view = read_by(view, page, name)
    exhibit = exhibit_of(dataset, view, page, name)
    drawn = ready(dataset, view, page, name, number)
    st.markdown(drawn.heading)
    if drawn.figure is not None:
        if view.narrow and drawn.room > PHONE:
            st.caption(plain(words(view.language)("exhibit.wide")))
        key = f"room-{drawn.room}-{page}-{name}"  # the key is also a class, by which style.py knows its width
        st.plotly_chart(drawn.figure, theme=None, key=key, config=drawn.chart_options, alt=exhibit.alt)
    if drawn.table is not None:
        _table(drawn.table, exhibit.title)
    st.caption(drawn.footer)
    memo_button(dataset, view, page, name)
    fold = st.expander(drawn.details, key=f"details-{page}-{name}", on_change="rerun")
    if fold.open:  # nothing below is computed until somebody looks
        with fold:
            downloads(dataset, view, page, exhibit)
            _details(dataset, view, page, name)


@kept(512)
def ready(dataset: Dataset, view: View, page: str, name: str, number: int) -> Ready:
    """Return what a rerun sends of an exhibit, made once; it is shared and must never be changed."""
    exhibit = exhibit_of(dataset, view, page, name)
    context = context_of(dataset, view)
    chart = exhibit.figure
    picture = {"format": "png", "scale": 3, "filename": f"{name}-{view.language}"}
    return Ready(
        heading=_heading(exhibit, context, number),
        figure=None if chart is None else ReadyFigure(chart),
        table=_cells(exhibit.table, exhibit.title, view) if chart is None else None,
        footer=_footer(exhibit, context),
        details=_fold_label(exhibit, context),
        room=0 if chart is None else room_of(chart),
        height=0 if chart is None else int(chart.layout["height"]),
        chart_options={**_CHART_OPTIONS, "toImageButtonOptions": picture},
    )


def _fold_label(exhibit: Exhibit, context: Context) -> str:
    if exhibit.claims:
        return context.counted("exhibit.details_one", "exhibit.details", len(exhibit.claims))
    if exhibit.figure is not None:
        return context.say("exhibit.details_numbers")
    return context.say("exhibit.export")


def _heading(exhibit: Exhibit, context: Context, number: int) -> str:
    """Return rule, takeaway and subtitle as one element: every element is a message of its own at every rerun."""
    title = plain(context.say("exhibit.heading", number=number, title=exhibit.title))
    subtitle = f"\n\n:small[:gray[{plain(exhibit.subtitle)}]]" if exhibit.subtitle else ""
    return f"---\n\n## {title}{subtitle}"


def _footer(exhibit: Exhibit, context: Context) -> str:
    say = context.say
    marks = [f"{MARKS[state]} {plain(say('state.' + state))}" for state in MARKS if state in exhibit.states]
    lines = ["  ·  ".join(marks)] if marks else []
    lines += [f"{index}\\. {plain(note)}" for index, note in enumerate(exhibit.notes, 1)]
    lines.append(plain(exhibit.source_line))
    return "  \n".join(lines)


def _details(dataset: Dataset, view: View, page: str, name: str) -> None:
    exhibit = exhibit_of(dataset, view, page, name)
    say = context_of(dataset, view).say
    numbers, computed, claims = _folded(dataset, view, page, name)
    if exhibit.figure is not None and len(numbers):
        st.markdown(f"**{plain(say('exhibit.numbers'))}**")
        _table(numbers, exhibit.title)
    if len(computed):
        st.markdown(f"**{plain(say('exhibit.workings'))}**")
        _table(computed, say("exhibit.workings"))
    if exhibit.claims:
        st.markdown(f"**{plain(say('exhibit.claims'))}**")
        _table(claims, say("exhibit.claims"))


@kept(64)
def _folded(dataset: Dataset, view: View, page: str, name: str) -> tuple[pd.DataFrame | str, ...]:
    """Return the cells of an exhibit's numbers, of a table's formulas and of its claims, made when first looked at."""
    exhibit, context = exhibit_of(dataset, view, page, name), context_of(dataset, view)
    tables = (
        (exhibit.title, exhibit.table), (context.say("exhibit.workings"), workings(exhibit, context)),
        (context.say("exhibit.claims"), context.claims_table(exhibit.claims)),
    )  # fmt: skip
    return tuple(_cells(table, title, view) for title, table in tables)


def _cells(table: pd.DataFrame, title: str, view: View) -> pd.DataFrame | str:
    """Return a table as it is shown; nothing of what records name means anything in it.

    In a narrow window it is HTML with a card per row, unless the table fits; else its cells and headings are Markdown,
    or plain text if there are too many rows to show at once.
    """
    if view.narrow and len(table) and not (len(table) <= _ALWAYS_TABLE and fits(table)):
        return cards(table, title)
    return table.map(plain).rename(columns=plain) if len(table) <= _ALWAYS_TABLE else table


def _table(table: pd.DataFrame | str, alt: str) -> None:
    if isinstance(table, str):
        st.html(table)
    elif len(table) <= _ALWAYS_TABLE:
        st.table(table, border="horizontal", hide_index=True, alt=alt)  # cells and headings are Markdown
    else:
        st.dataframe(table, hide_index=True, height=560, alt=alt)  # cells are plain text
