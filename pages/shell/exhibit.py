"""The exhibit on screen: takeaway, subtitle, chart, marks, source line; folded below, the numbers and their claims."""

from typing import Any

import streamlit as st

from ipo_data.dataset import Dataset
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit, View
from pages.shell.data import context_of, exhibit_of
from pages.shell.escape import plain

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


def show(dataset: Dataset, view: View, page: str, name: str, number: int) -> None:
    """Draw one exhibit of a page."""
    exhibit, figure = exhibit_of(dataset, view, page, name)
    context = context_of(dataset, view)
    st.markdown(f"### {plain(context.say('exhibit.heading', number=number, title=exhibit.title))}")
    if exhibit.subtitle:
        st.caption(plain(exhibit.subtitle))
    if figure is not None:
        st.plotly_chart(
            figure, theme=None, key=f"{page}-{name}", config=_chart_options(name, view.language), alt=exhibit.alt
        )
    else:
        _table(exhibit.table, exhibit.title)
    st.caption(_footer(exhibit, context))
    _details(exhibit, context, page)


def _chart_options(name: str, language: str) -> dict[str, Any]:
    picture = {"format": "png", "scale": 3, "filename": f"{name}-{language}"}
    return {**_CHART_OPTIONS, "toImageButtonOptions": picture}


def _table(table: Any, alt: str) -> None:  # noqa: ANN401 - a pandas frame
    if len(table) <= _ALWAYS_TABLE:
        st.table(table.map(plain), border="horizontal", hide_index=True, alt=alt)
    else:
        st.dataframe(table, hide_index=True, height=560, alt=alt)


def _footer(exhibit: Exhibit, context: Context) -> str:
    say = context.say
    marks = [f"{MARKS[state]} {plain(say('state.' + state))}" for state in MARKS if state in exhibit.states]
    lines = ["  ·  ".join(marks)] if marks else []
    lines += [f"{index}\\. {plain(note)}" for index, note in enumerate(exhibit.notes, 1)]
    lines.append(plain(exhibit.source_line))
    return "  \n".join(lines)


@st.fragment
def _details(exhibit: Exhibit, context: Context, page: str) -> None:
    """Draw what is folded away; opening it runs only this again."""
    say = context.say
    if not exhibit.claims and exhibit.figure is None:
        return
    label = say("exhibit.details", claims=len(exhibit.claims))
    fold = st.expander(label, key=f"details-{page}-{exhibit.id}", on_change="rerun")
    if not fold.open:
        return  # nothing below is computed until somebody looks
    with fold:
        if exhibit.figure is not None and len(exhibit.table):
            st.markdown(f"**{say('exhibit.numbers')}**")
            _table(exhibit.table, exhibit.title)
        if exhibit.claims:
            st.markdown(f"**{say('exhibit.claims')}**")
            _table(context.claims_table(exhibit.claims), say("exhibit.claims"))
