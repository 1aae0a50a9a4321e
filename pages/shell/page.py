"""A page from top to bottom: question, computed answer, key figures, options, exhibits."""

from collections.abc import Callable

import streamlit as st

from ipo_data.exhibits.registry import exhibit_ids
from ipo_data.exhibits.registry import page as page_of
from ipo_data.text.catalog import words
from pages.shell.data import answer_of, context_of, loaded
from pages.shell.escape import plain
from pages.shell.exhibit import show


def render(name: str, options: Callable[[], None] | None = None) -> None:
    """Draw a page.

    Args:
        name: Page id.
        options: Draws the page's own controls; their values are in the URL like all others.
    """
    view = st.session_state["_view"]
    dataset = loaded().dataset
    assert dataset is not None  # noqa: S101 - the router shows the problems instead of a page
    say = words(view.language)
    answer, figures = answer_of(dataset, view, name)
    st.title(say(f"question.{name}"), anchor=False)
    st.markdown(plain(answer))
    if figures:
        for column, figure in zip(st.columns(len(figures)), figures, strict=True):
            lines = (plain(figure.label), f"**{plain(figure.value)}**", f":small[:gray[{plain(figure.detail)}]]")
            column.markdown("  \n".join(lines))
    if options is not None:
        options()
    companies = context_of(dataset, view).companies
    for number, exhibit in enumerate(exhibit_ids(page_of(name), companies), 1):
        st.divider()
        show(dataset, view, name, exhibit, number)
