"""The link that opens this view again: every value written out, and the data it was made with."""

from urllib.parse import urlencode

import streamlit as st

from ipo_data.dataset import Dataset
from ipo_data.exhibits.view_query import DATA_DIGITS, LINK_DATA, Parameter
from ipo_data.text.catalog import words
from pages.shell.controls import MEMO
from pages.shell.escape import plain
from pages.shell.page_files import page_files
from pages.shell.url_state import complete_query

FOLD = "copy-link"
"""Key of what the link is folded away in."""


def permalink(dataset: Dataset, known: dict[str, Parameter], page: str) -> str:
    """Return the address of this view with every value and the beginning of the data's digest."""
    address = (st.context.url or "").split("?")[0]
    query = complete_query(known, page)
    if page != MEMO:
        query.pop(MEMO, None)  # a link to a view is not a link to somebody's list
    return f"{address}?{urlencode({**query, LINK_DATA: dataset.digest[:DATA_DIGITS]}, safe=',')}"


def copy_link(dataset: Dataset, known: dict[str, Parameter], page: str, language: str) -> None:
    """Draw what folds away the link and the page's files; they are made for the view in which somebody unfolds them."""
    say = words(language)
    fold = st.expander(say("link.copy"), icon=":material/link:", key=FOLD, on_change="rerun")
    if not fold.open:
        return
    with fold:
        st.caption(plain(say("link.explained")))
        st.code(permalink(dataset, known, page), language=None, wrap_lines=True)
        page_files(page, complete_query(known, page), say)


def other_data(dataset: Dataset, language: str) -> str:
    """Return a remark if the link in the address bar was made with other data; empty if not."""
    then, now = st.query_params.get(LINK_DATA, ""), dataset.digest[:DATA_DIGITS]
    if not then or dataset.digest.startswith(then):
        return ""
    return words(language)("link.other_data", then=then, now=now)
