"""The exhibit on screen: takeaway, subtitle, chart, marks, source line; folded below, the numbers and their claims."""

import streamlit as st

from ipo_data.dataset import Dataset
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit, View
from pages.shell.data import context_of, exhibit_of
from pages.shell.escape import plain

MARKS = {
    "reported": ":material/check_circle:", "derived": ":material/calculate:", "forecast": ":material/trending_flat:",
    "scenario": ":material/science:", "conflict": ":material/error:", "judged": ":material/gavel:",
    "not_disclosed": ":material/visibility_off:", "not_meaningful": ":material/block:", "not_available": ":material/help:",
}  # fmt: skip
_CHART_OPTIONS = {"displaylogo": False, "showSendToCloud": False, "modeBarButtonsToRemove": ["zoom2d", "pan2d", "zoomIn2d", "zoomOut2d", "autoScale2d", "resetScale2d", "select2d", "lasso2d"]}
_ALWAYS_TABLE = 60


def show(dataset: Dataset, view: View, page: str, name: str, number: int) -> None:
    """Draw one exhibit of a page."""
    exhibit = exhibit_of(dataset, view, page, name)
    context = context_of(dataset, view)
    _body(exhibit, context, number, page)


@st.fragment
def _body(exhibit: Exhibit, context: Context, number: int, page: str) -> None:
    say = context.say
    st.markdown(f"### {plain(say('exhibit.heading', number=number, title=exhibit.title))}")
    if exhibit.subtitle:
        st.caption(plain(exhibit.subtitle))
    if exhibit.figure is not None:
        options = {**_CHART_OPTIONS, "toImageButtonOptions": {"format": "png", "scale": 3, "filename": f"{exhibit.id}-{context.view.language}"}}
        st.plotly_chart(exhibit.figure, theme=None, key=f"{page}-{exhibit.id}", config=options, alt=exhibit.alt)
    elif len(exhibit.table) <= _ALWAYS_TABLE:
        _table(exhibit)
    else:
        st.dataframe(exhibit.table, hide_index=True, height=560, alt=exhibit.title)
    _footer(exhibit, context)
    _details(exhibit, context, page)


def _table(exhibit: Exhibit) -> None:
    st.table(exhibit.table.map(plain), border="horizontal", hide_index=True, alt=exhibit.title)


def _footer(exhibit: Exhibit, context: Context) -> None:
    say = context.say
    marks = [f"{MARKS[state]} {plain(say('state.' + state))}" for state in MARKS if state in exhibit.states]
    lines = ["  ·  ".join(marks)] if marks else []
    lines += [f"{index}. {plain(note)}" for index, note in enumerate(exhibit.notes, 1)]
    lines.append(plain(exhibit.source_line))
    st.caption("  \n".join(lines))


def _details(exhibit: Exhibit, context: Context, page: str) -> None:
    say = context.say
    if not exhibit.claims and exhibit.figure is None:
        return
    fold = st.expander(say("exhibit.details", claims=len(exhibit.claims)), key=f"details-{page}-{exhibit.id}", on_change="rerun")
    if not fold.open:
        return  # nothing below is computed until somebody looks
    with fold:
        if exhibit.figure is not None and len(exhibit.table):
            st.markdown(f"**{say('exhibit.numbers')}**")
            _table(exhibit)
        claims = context.claims_table(exhibit.claims)
        st.markdown(f"**{say('exhibit.claims')}**")
        if len(claims) <= _ALWAYS_TABLE:
            st.table(claims.map(plain), border="horizontal", hide_index=True, alt=say("exhibit.claims"))
        else:
            st.dataframe(claims, hide_index=True, alt=say("exhibit.claims"))
