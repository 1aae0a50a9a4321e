"""The main script: URL state in, sidebar, the page, URL state out."""

from functools import partial

import streamlit as st

from ipo_data.dataset import Dataset
from ipo_data.exhibits.model import View
from ipo_data.exhibits.registry import PAGES
from ipo_data.exhibits.view_query import Parameter
from ipo_data.text.catalog import words
from pages.server.log import run_begins
from pages.server.login import admitted, sign_out
from pages.shell import url_state
from pages.shell.browser import ICON, instruct
from pages.shell.controls import browser_language, parameters, sidebar, url_language, view_of
from pages.shell.data import loaded
from pages.shell.dropped import banner, dataset_of, overlay
from pages.shell.link import copy_link, other_data
from pages.shell.navigation import navigation, page_links
from pages.shell.page import set_shown, shown
from pages.shell.parts import link_part, page_begins, page_ends
from pages.shell.problems import report, show_problems, show_stale
from pages.shell.too_many import too_many
from pages.shell.url_state import SCREENS

_MOST_NAMES = 3
"""Companies named in the browser's tab."""


def run() -> None:
    """Run one page, if the reader may see it; whoever may not is not even told which pages there are."""
    run_begins("")
    if not admitted(url_language()):
        return
    page = navigation(url_language())
    found = loaded()
    run_begins(page.url_path or PAGES[0].id)
    if found.dataset is None:
        _without_data(found.problems)
        return
    name = page.url_path or PAGES[0].id
    dropped = overlay()
    dataset = dataset_of(found.dataset)
    known = parameters(dataset, browser_language())
    page_begins()
    complaints = url_state.begin(known, name)
    view = view_of(known, name)
    set_shown(dataset, view)
    _title(dataset, view, name)
    remark = other_data(dataset, view.language)
    remark = remark if remark and url_state.is_said_by_url(known, name) else ""
    plain = not (complaints or remark or found.problems)
    with st.sidebar:
        page_links(known, view.language, name, plain=plain)
        sidebar(dataset, view, known)
        link_part(name, partial(_copied, dataset, known, name))
        sign_out(view.language)
        instruct(view.language, SCREENS[view.narrow])
    report(complaints, remark, view.language)
    if found.problems:
        show_stale(found.problems, view.language)
    if dropped is not None and dropped.dataset is not None:
        banner(dropped, view.language)
    crowded = too_many(dataset, view, name)
    if not crowded:
        page.run()
    st.caption(words(view.language)("disclaimer"))
    url_state.end(known, name)
    page_ends(name, plain=plain and not crowded)


def _copied(dataset: Dataset, known: dict[str, Parameter], name: str) -> None:
    copy_link(dataset, known, name, shown().view.language)


def _title(dataset: Dataset, view: View, page: str) -> None:
    firms = [dataset.say(company.name, view.language) for company in dataset.companies.values()][:_MOST_NAMES]
    title = " · ".join([words(view.language)(f"nav.{page}"), *firms])
    st.set_page_config(page_title=title, page_icon=ICON, layout="wide")


def _without_data(problems: tuple[str, ...]) -> None:
    language = url_language()
    title = words(language)("error.seeds_title")
    st.set_page_config(page_title=title, page_icon=ICON, layout="wide")
    instruct(language)
    show_problems(problems, language)


run()
