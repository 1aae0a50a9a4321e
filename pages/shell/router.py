"""The main script: URL state in, sidebar, navigation, the page, URL state out."""

import streamlit as st

from ipo_data.exhibits.registry import PAGES
from ipo_data.text.catalog import words
from pages.shell import url_state
from pages.shell.controls import browser_language, parameters, sidebar, view_of
from pages.shell.data import Loaded, loaded
from pages.shell.escape import plain
from pages.shell.navigation import navigation


def run() -> None:
    """Run one page."""
    st.set_page_config(page_title="MiniMax · Zhipu", page_icon=":material/balance:", layout="wide")
    found = loaded()
    if found.dataset is None:
        show_problems(found, browser_language())
        return
    language = st.session_state.get(url_state.PREFIX + "lang") or browser_language()
    page = navigation(language)
    name = page.url_path or PAGES[0].id
    known = parameters(found.dataset)
    complaints = url_state.begin(known, name, browser_language())
    chosen = st.session_state[url_state.PREFIX + "lang"]
    if chosen != language:
        page = navigation(chosen)  # the URL named another language: draw the navigation in it
    sidebar(found.dataset, chosen)
    st.session_state["_view"] = view_of(known, name)
    _report(complaints, chosen)
    if found.problems:
        st.warning(words(chosen)("error.stale"), icon=":material/warning:")
        st.code("\n".join(found.problems), language=None)
    page.run()
    st.caption(words(chosen)("disclaimer"))
    url_state.end(known, name)


def _report(complaints: list[url_state.Complaint], language: str) -> None:
    say = words(language)
    for complaint in complaints:
        st.warning(plain(say("error.url", parameter=complaint.parameter, found=complaint.found)), icon=":material/link_off:")


def show_problems(found: Loaded, language: str) -> None:
    """Show what is wrong with the record files instead of a page."""
    say = words(language)
    st.title(say("error.seeds_title"), anchor=False)
    st.markdown(plain(say("error.seeds", count=len(found.problems))))
    st.code("\n".join(found.problems), language=None)


run()
