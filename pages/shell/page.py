"""A page from top to bottom: question, computed answer, key figures, options, exhibits."""

from collections.abc import Callable
from html import escape
from typing import NamedTuple

import streamlit as st

from ipo_data.dataset import Dataset
from ipo_data.exhibits.model import KeyFigure, View
from ipo_data.exhibits.registry import exhibit_ids
from ipo_data.exhibits.registry import page as page_of
from ipo_data.text.catalog import words
from pages.shell.data import answer_of, context_of
from pages.shell.escape import plain
from pages.shell.exhibit import show

_SHOWN = "_shown"
_LABEL = "font-size: 0.875rem; font-weight: 400; opacity: 0.8; margin: 0; padding: 0"
_VALUE = "font-size: 1.25rem; font-weight: 600; margin: 0; padding: 0"
_DETAIL = "font-size: 0.8125rem; opacity: 0.7; margin: 0; padding: 0"


class Shown(NamedTuple):
    """What a run shows.

    Attributes:
        dataset: The data, the same from top to bottom even if a file changes meanwhile.
        view: What the reader asks to see.
    """

    dataset: Dataset
    view: View


def set_shown(dataset: Dataset, view: View) -> None:
    """Tell the page that is about to run what to show."""
    st.session_state[_SHOWN] = Shown(dataset, view)


def shown() -> Shown:
    """Return what this run shows."""
    found: Shown = st.session_state[_SHOWN]
    return found


def render(name: str, options: Callable[[], None] | None = None) -> None:
    """Draw a page.

    Args:
        name: Page id.
        options: Draws the page's own controls; their values are in the URL like all others.
    """
    dataset, view = shown()
    answer, figures = answer_of(dataset, view, name)
    st.title(words(view.language)(f"question.{name}"), anchor=False)
    st.markdown(plain(answer))
    if figures:
        st.html(_side_by_side(figures))
    if options is not None:
        options()
    companies = context_of(dataset, view).companies
    for number, exhibit in enumerate(exhibit_ids(page_of(name), companies), 1):
        show(dataset, view, name, exhibit, number)


def _side_by_side(figures: tuple[KeyFigure, ...]) -> str:
    """Return the headline figures as one element that wraps on narrow screens; columns would be nine messages."""
    parts = [
        f'<div style="flex: 1 1 11rem"><dt style="{_LABEL}">{escape(figure.label)}</dt>'
        f'<dd style="{_VALUE}">{escape(figure.value)}</dd><dd style="{_DETAIL}">{escape(figure.detail)}</dd></div>'
        for figure in figures
    ]
    return f'<dl style="display: flex; flex-wrap: wrap; gap: 0.75rem 2rem; margin: 0; padding: 0">{"".join(parts)}</dl>'
