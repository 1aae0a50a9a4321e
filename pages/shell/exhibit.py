"""The exhibit on screen: takeaway, subtitle, chart, marks, source line; folded below, the numbers and their claims.

The button that unfolds is a part of the element, so that what is folded costs nothing; what is unfolded follows it.
"""

from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import pandas as pd
import pyarrow as pa
import streamlit as st

from ipo_data.charts.theme import PHONE, room_of
from ipo_data.dataset import Dataset
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit, View
from ipo_data.exhibits.registry import read_by
from ipo_data.export.exhibit_table import workings
from pages.shell.cards import SCROLLS_FROM, cards, fits
from pages.shell.data import context_of, exhibit_of
from pages.shell.downloads import downloads
from pages.shell.escape import plain
from pages.shell.exhibit_element import OPEN, Buttons, Chart, Texts, draw, packed
from pages.shell.kept import kept
from pages.shell.live import live
from pages.shell.memo_list import code_of, memo_state, toggle

MARKS = {
    "reported": "check_circle",
    "derived": "calculate",
    "forecast": "trending_flat",
    "scenario": "science",
    "conflict": "error",
    "judged": "gavel",
    "not_disclosed": "visibility_off",
    "not_meaningful": "block",
    "not_available": "help",
}
_NO_BUTTONS = ("zoom2d", "pan2d", "zoomIn2d", "zoomOut2d", "autoScale2d", "resetScale2d", "select2d", "lasso2d")
UNFOLDED: Final = "details-"
"""Beginning of the session key that holds whether an exhibit is unfolded; page and exhibit follow."""
_CHART_OPTIONS = {"displaylogo": False, "showSendToCloud": False, "modeBarButtonsToRemove": list(_NO_BUTTONS)}


@dataclass(frozen=True)
class Ready:
    """Everything of an exhibit that a rerun sends, made once.

    Attributes:
        head: Number, takeaway and subtitle; with a chart, all that is drawn.
        table: Of an exhibit without a chart, the numbers as ``_cells`` shows them.
        foot: Of an exhibit without a chart, what stands below the table.
        room: Least width of the chart in pixels; 0 for a table.
        height: Height of the chart in pixels; 0 for a table.
    """

    head: bytes
    table: pa.Table | str | None
    foot: bytes
    room: int = 0
    height: int = 0


def show(dataset: Dataset, view: View, page: str, name: str, number: int) -> None:
    """Draw one exhibit of a page."""
    view = read_by(view, page, name)
    drawn = ready(dataset, view, page, name, number)
    code = code_of(dataset, view, page, name)
    fold, element = f"{UNFOLDED}{page}-{name}", f"exhibit-{page}-{name}"
    unfolded = bool(st.session_state.get(fold))
    buttons = Buttons(memo_state(code), partial(toggle, code), unfolded, partial(_fold, fold, element))
    if drawn.table is None:
        told = draw(drawn.head, element, buttons)
    else:
        draw(drawn.head, f"above-{page}-{name}")
        _table(drawn.table, exhibit_of(dataset, view, page, name).title)
        told = draw(drawn.foot, element, buttons)
    if told and fold not in st.session_state:
        st.session_state[fold] = unfolded = True
    if unfolded:  # nothing below is computed until somebody looks
        with st.container(key=_place(page, name)):
            downloads(dataset, view, page, exhibit_of(dataset, view, page, name))
            _details(dataset, view, page, name)


def _fold(fold: str, element: str) -> None:
    """Note what the browser says of a fold that was pressed."""
    st.session_state[fold] = bool(st.session_state[element].get(OPEN))


def _place(page: str, name: str) -> str:
    """Return the key of what holds the unfolded part of an exhibit."""
    return f"unfolded-{page}-{name}"


@kept(512)
def ready(dataset: Dataset, view: View, page: str, name: str, number: int) -> Ready:
    """Return what a rerun sends of an exhibit, made once; it is shared and must never be changed."""
    exhibit = exhibit_of(dataset, view, page, name)
    context = context_of(dataset, view)
    texts = replace(_texts(exhibit, context, number), fold=(_fold_label(exhibit, context), _place(page, name)))
    if exhibit.figure is None:
        head = Texts(heading=texts.heading, subtitle=texts.subtitle)
        foot = packed(replace(texts, heading="", subtitle=""))
        return Ready(head=packed(head), table=_cells(exhibit.table, exhibit.title, view), foot=foot)
    room = room_of(exhibit.figure)
    if room > PHONE:
        texts = replace(texts, moves=context.say("exhibit.wide"))
    picture = {"format": "png", "scale": 3, "filename": f"{name}-{view.language}"}
    config = {**_CHART_OPTIONS, "toImageButtonOptions": picture}
    chart = Chart(exhibit.figure, exhibit.alt, room, config, context.say("exhibit.full_screen"))
    height = int(exhibit.figure.layout["height"])
    head = packed(texts, chart, live(dataset, view, page, name))
    return Ready(head=head, table=None, foot=b"", room=room, height=height)


def _texts(exhibit: Exhibit, context: Context, number: int) -> Texts:
    say = context.say
    return Texts(
        heading=say("exhibit.heading", number=number, title=exhibit.title),
        subtitle=exhibit.subtitle,
        marks=tuple((MARKS[state], say(f"state.{state}")) for state in MARKS if state in exhibit.states),
        notes=tuple(exhibit.notes),
        source=exhibit.source_line,
        memo=(say("memo.add"), say("memo.remove"), say("memo.add")),
    )


def _fold_label(exhibit: Exhibit, context: Context) -> str:
    if exhibit.claims:
        return context.counted("exhibit.details_one", "exhibit.details", len(exhibit.claims))
    if exhibit.figure is not None:
        return context.say("exhibit.details_numbers")
    return context.say("exhibit.export")


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
def _folded(dataset: Dataset, view: View, page: str, name: str) -> tuple[pa.Table | str, ...]:
    """Return the cells of an exhibit's numbers, of a table's formulas and of its claims, made when first looked at."""
    exhibit, context = exhibit_of(dataset, view, page, name), context_of(dataset, view)
    tables = (
        (exhibit.title, exhibit.table), (context.say("exhibit.workings"), workings(exhibit, context)),
        (context.say("exhibit.claims"), context.claims_table(exhibit.claims)),
    )  # fmt: skip
    return tuple(_cells(table, title, view) for title, table in tables)


def _cells(table: pd.DataFrame, title: str, view: View) -> pa.Table | str:
    """Return a table as it is sent, not to be written anew in every run; nothing that records name has a meaning in it.

    In a narrow window it is HTML with a card per row, unless the table fits; else its cells and headings are Markdown,
    or plain text if there are too many rows to show at once.
    """
    if view.narrow and len(table) and not (len(table) <= SCROLLS_FROM and fits(table)):
        return cards(table, title)
    return pa.Table.from_pandas(table.map(plain).rename(columns=plain) if len(table) <= SCROLLS_FROM else table)


def _table(table: pa.Table | str, alt: str) -> None:
    if isinstance(table, str):
        st.html(table)
    elif len(table) <= SCROLLS_FROM:
        st.table(table, border="horizontal", hide_index=True, alt=alt)  # cells and headings are Markdown
    else:
        st.dataframe(table, hide_index=True, height=560, alt=alt)  # cells are plain text
