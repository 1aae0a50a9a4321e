"""Under an exhibit: pictures, its numbers, and texts to copy; a file is made only when its button is pressed."""

from collections.abc import Callable
from functools import partial
from math import ceil
from urllib.parse import urlencode

import streamlit as st

from ipo_data.dataset import Dataset
from ipo_data.exhibits.model import Exhibit, View
from ipo_data.exhibits.registry import PAGES
from ipo_data.exhibits.view_query import complete_query_of
from ipo_data.export.browser import no_browser
from ipo_data.export.exhibit_table import exhibit_csv, sentence, table_for_pasting
from ipo_data.export.figure_code import figure_code
from ipo_data.export.files import file_name
from ipo_data.export.picture import picture
from ipo_data.export.sheet import is_drawable
from ipo_data.text.catalog import Words
from pages.server.limits import FilesBudget, files_budget, within
from pages.shell.data import context_of
from pages.shell.escape import plain
from pages.shell.traced_views import remember

_PICTURES = (
    ("png", "document", "export.png_document"),
    ("png", "slide", "export.png_slide"),
    ("svg", "document", "export.svg_document"),
    ("pdf", "document", "export.pdf_document"),
)
"""Format, preset and text id of each button."""
_TYPES = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf", "html": "text/html", "csv": "text/csv"}
_LONGEST_COPIED = 200
"""Rows up to which a table is offered as text; more belong into the file."""


def downloads(dataset: Dataset, view: View, page: str, exhibit: Exhibit) -> None:
    """Draw the buttons of an exhibit."""
    context = context_of(dataset, view)
    say = context.say
    code = figure_code(exhibit, view, page, dataset)
    remember(code, exhibit.id, page, view, dataset)
    draw, budget = partial(picture, exhibit, page, view, dataset, code=code), files_budget()
    drawable, reason = is_drawable(exhibit), no_browser()
    with st.container(horizontal=True, gap="small"):
        for kind, preset, label in _PICTURES if drawable and not reason else ():
            name = file_name(page, exhibit.id, view.language, preset, code, ending=kind)
            _button(say(label), partial(within, budget, partial(draw, format=kind, preset=preset)), name)
        if drawable:
            name = file_name(page, exhibit.id, view.language, code, ending="html")
            _button(say("export.html"), partial(within, budget, partial(draw, format="html", preset="screen")), name)
        name = file_name(page, exhibit.id, view.language, code, ending="csv")
        _button(say("export.csv"), lambda: exhibit_csv(exhibit, context).encode(), name)
        with st.popover(say("copy.button"), icon=":material/content_copy:"):
            link = _address(dataset, view, page)
            _copied(say("copy.link"), link)
            _copied(say("copy.text"), sentence(exhibit, context, code, link))
            if len(exhibit.table) <= _LONGEST_COPIED:
                _copied(say("copy.table"), table_for_pasting(exhibit), wrap=False)
    if drawable and reason:
        st.caption(plain(say("export.no_browser")))
    over_budget(budget, say)


def over_budget(budget: FilesBudget | None, say: Words) -> None:
    """Say that no more files are drawn for a while, if so: what a button's thread raises does not reach the page."""
    if budget is not None and budget.wait:
        st.warning(plain(say("error.files_over_budget", seconds=ceil(budget.wait))), icon=":material/hourglass_top:")


def _button(label: str, make: Callable[[], bytes], name: str) -> None:
    limited = files_budget() is not None
    st.download_button(
        label, make, file_name=name, mime=_TYPES[name.rpartition(".")[2]], on_click="rerun" if limited else "ignore",
        key=f"file-{name}", icon=":material/download:",
    )  # fmt: skip


def _copied(label: str, text: str, *, wrap: bool = True) -> None:
    st.caption(plain(label))
    st.code(text, language=None, wrap_lines=wrap, height=None if wrap else 160)


def _address(dataset: Dataset, view: View, page: str) -> str:
    """Return the address that opens the view again, on this server."""
    here = (st.context.url or "").split("?")[0].rstrip("/")
    root = here.removesuffix(f"/{page}") if page != PAGES[0].id else here
    path = "" if page == PAGES[0].id else page
    return f"{root}/{path}?{urlencode(complete_query_of(page, view, dataset), safe=',')}"
