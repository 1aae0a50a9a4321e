"""A page from top to bottom: question, computed answer, key figures, options, exhibits."""

from collections.abc import Callable, Mapping
from html import escape
from typing import Final, NamedTuple

import streamlit as st

from ipo_data.dataset import Dataset
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import KeyFigure, View
from ipo_data.exhibits.registry import exhibit_ids, expanded
from ipo_data.exhibits.registry import page as page_of
from pages.shell.data import answer_of, context_of, read_by
from pages.shell.escape import plain
from pages.shell.exhibit import ready, show
from pages.shell.kept import kept
from pages.shell.markup import Markup
from pages.shell.style import ABREAST

_SHOWN = "_shown"
_ABOUT_ONE: Final = {"overview": "question.overview_one", "growth": "question.growth_one"}
"""Questions of pages that compare, where there is one company alone."""
_UNEQUAL = 1.7
"""How much higher one of two exhibits abreast may be."""
_CARDS = (
    "display: grid; gap: 0.5rem 1rem; margin: 0; padding: 0; "
    "grid-template-columns: repeat(auto-fit, minmax("
    "max((100% - 3rem) / 4, min((100% - 1rem) / 2, (46rem - 100%) * 999)), 1fr))"
)
"""Four abreast from 46rem on, else two: never three and one."""
_CARD = "display: grid; grid-row: span 3; grid-template-rows: subgrid; row-gap: 0"
"""Labels, values and details of a row stand level, however many lines a label takes."""
_LABEL = "font-size: 0.875rem; font-weight: 400; opacity: 0.8; margin: 0; padding: 0; align-self: end"
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


def has_shown() -> bool:
    """Tell whether the session has shown a page with data."""
    return _SHOWN in st.session_state


def shown() -> Shown:
    """Return what this run shows."""
    found: Shown = st.session_state[_SHOWN]
    return found


def render(
    name: str, options: Callable[[], None] | None = None, above: Mapping[str, Callable[[], None]] | None = None
) -> None:
    """Draw a page.

    Args:
        name: Page id.
        options: Draws the page's own controls above all exhibits; their values are in the URL like all others.
        above: Draws controls above the exhibits of these ids.
    """
    dataset, view = shown()
    head(name)
    if options is not None:
        options()
    for group in _groups(dataset, view, name, ()):
        for exhibit, _ in group:
            if above is not None and exhibit in above:
                above[exhibit]()
        _show_group(name, group)


def head(name: str) -> None:
    """Draw a page's question, its computed answer and its key figures."""
    dataset, view = shown()
    answer, figures = answer_of(dataset, view, name)
    st.title(_question(context_of(dataset, view), name), anchor=False)
    st.markdown("  \n".join(map(plain, answer.splitlines())))
    if figures:
        st.html(_side_by_side(figures))


def _question(context: Context, name: str) -> str:
    """Return a page's question; where it compares and there is one company alone, the question about that one."""
    if context.alone is None or name not in _ABOUT_ONE:
        return context.say(f"question.{name}")
    return plain(context.say(_ABOUT_ONE[name], company=context.alone))


def exhibits(name: str, *wanted: str) -> None:
    """Draw some exhibits of a page, numbered as they stand in the registry.

    Args:
        name: Page id.
        *wanted: Ids as in the registry, ``{company}`` for every company.
    """
    dataset, view = shown()
    companies = context_of(dataset, view).companies
    ids = tuple(exhibit for pattern in wanted for exhibit in expanded(pattern, companies))
    for group in _groups(dataset, view, name, ids):
        _show_group(name, group)


def _show_group(name: str, group: tuple[tuple[str, int], ...]) -> None:
    dataset, view = shown()
    if len(group) == 1:
        show(dataset, view, name, *group[0])
        return
    with st.container(key=f"abreast-{name}-{group[0][1]}"):  # both are charts: an element each, and what is unfolded
        for exhibit, number in group:
            show(dataset, view, name, exhibit, number)


@kept(256)
def _groups(
    dataset: Dataset, view: View, name: str, wanted: tuple[str, ...]
) -> tuple[tuple[tuple[str, int], ...], ...]:
    """Return a page's exhibits with their numbers; on a desk neighbours of like size come in pairs if they fit."""
    ids = exhibit_ids(page_of(name), context_of(dataset, view).companies)
    groups: list[tuple[tuple[str, int], ...]] = []
    sizes: list[tuple[int, int]] = []
    for number, exhibit in enumerate(ids, 1):
        if wanted and exhibit not in wanted:
            continue
        drawn = ready(dataset, read_by(view, name, exhibit), name, exhibit, number)
        size = (drawn.room, drawn.height)
        if not view.narrow and groups and len(groups[-1]) == 1 and _fit_abreast(sizes[-1], size):
            groups[-1] = (*groups[-1], (exhibit, number))
        else:
            groups.append(((exhibit, number),))
        sizes.append(size)
    return tuple(groups)


def _fit_abreast(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Tell whether two exhibits of some least width and height may stand side by side without a hole below one."""
    heights = sorted((one[1], other[1]))
    return min(one[0], other[0]) > 0 and max(one[0], other[0]) <= ABREAST and heights[1] <= _UNEQUAL * heights[0]


@kept(256)
def _side_by_side(figures: tuple[KeyFigure, ...]) -> Markup:
    """Return the headline figures as one element that wraps on narrow screens; columns would be nine messages."""
    parts = [
        f'<div style="{_CARD}"><dt style="{_LABEL}">{escape(figure.label)}</dt>'
        f'<dd style="{_VALUE}">{escape(figure.value)}</dd><dd style="{_DETAIL}">{escape(figure.detail)}</dd></div>'
        for figure in figures
    ]
    return Markup(f'<dl style="{_CARDS}">{"".join(parts)}</dl>')
