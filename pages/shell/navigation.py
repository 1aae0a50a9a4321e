"""The list of pages; the URL path is the file's stem, the default page lives at ``/``.

The links are drawn here and not by ``st.navigation``, whose links lose the query: with it in the address, a link opened
in a new tab shows the same language and evidence, and Back and Forward find every view again.
"""

from copy import copy
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from ipo_data.exhibits.registry import PAGES, SECTIONS
from ipo_data.exhibits.view_query import Parameter
from ipo_data.text.catalog import words
from pages.shell.kept import kept
from pages.shell.parts import OWN_LINK, link_part
from pages.shell.url_state import queries_of, query_of

TOOLS = {"check": ("evidence", "fact_check"), "memo": ("memo", "post_add"), "trace": ("memo", "frame_inspect")}
"""Pages without exhibits, by id: section and icon."""
_FOLDER = Path(__file__).resolve().parents[1]


def navigation() -> tuple[Any, dict[str, Any]]:
    """Return the page to run and all pages by id."""
    # Streamlit notes on the page it is given that it may run, so every run has pages of its own.
    pages = {name: copy(page) for name, page in _pages().items()}
    return st.navigation(list(pages.values()), position="hidden"), pages


@kept(1, made_from_data=False)
def _pages() -> dict[str, Any]:
    """Return all pages by id, made once: Streamlit looks for the file of each."""
    pages = {
        page.id: st.Page(_FOLDER / f"{page.id}.py", url_path=page.id, default=page is PAGES[0])
        for page in PAGES
    }  # fmt: skip
    return pages | {name: st.Page(_FOLDER / f"{name}.py", url_path=name) for name in TOOLS}


def page_links(pages: dict[str, Any], known: dict[str, Parameter], language: str, here: str) -> None:
    """Draw a link to every page under its section's heading; each carries what is chosen now."""
    say, queries = words(language), queries_of(known, pages)
    for section in dict.fromkeys([*SECTIONS, *(place for place, _ in TOOLS.values())]):
        st.caption(say(f"section.{section}"))
        entries = [(page.id, page.icon) for page in PAGES if page.section == section]
        entries += [(name, icon) for name, (place, icon) in TOOLS.items() if place == section]
        for name, icon in entries:
            label = say(f"nav.{name}")
            link = partial(st.page_link, pages[name], label=label, icon=f":material/{icon}:")
            if name == here:
                link_part(name, OWN_LINK, lambda link=link: link(query_params=query_of(known, here)))  # type: ignore[misc]
            else:
                link(query_params=queries[name])
