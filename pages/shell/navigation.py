"""The list of pages; the URL path is the file's stem, the default page lives at ``/``.

The links are drawn here and not by ``st.navigation``, whose links lose the query: with it in the address, a link opened
in a new tab shows the same language and evidence, and Back and Forward find every view again. All of them are one
element, since each element is a message of its own at every rerun; ``browser.py`` has a click turn the page without
loading it anew, and without that script they are ordinary links.
"""

from copy import copy
from html import escape
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import streamlit as st

from ipo_data.exhibits.registry import PAGES, SECTIONS
from ipo_data.exhibits.view_query import Parameter
from ipo_data.text.catalog import LANGUAGES, words
from pages.shell.browser import PAGE_LINKS
from pages.shell.kept import kept
from pages.shell.markup import Markup
from pages.shell.url_state import queries_of

TOOLS = {"check": ("evidence", "fact_check"), "memo": ("memo", "post_add"), "trace": ("memo", "frame_inspect")}
"""Pages without exhibits, by id: section and icon."""
_FOLDER = Path(__file__).resolve().parents[1]
_ENTRIES: Final = (*((page.section, page.id, page.icon) for page in PAGES), *((s, n, i) for n, (s, i) in TOOLS.items()))
_LISTED: Final = {
    section: tuple((name, icon) for place, name, icon in _ENTRIES if place == section)
    for section in dict.fromkeys([*SECTIONS, *(place for place, _, _ in _ENTRIES)])
}
"""Id and icon of every page in the order of the list, by section."""
_LOOK: Final = (
    "<style>"
    f".{PAGE_LINKS}{{display:flex;flex-direction:column;gap:8px;padding-bottom:20px;margin-bottom:8px;"
    "border-bottom:1px solid color-mix(in srgb,currentColor 18%,transparent)}"
    f".{PAGE_LINKS} p{{margin:4px 0;font-size:.875rem;line-height:1.6;opacity:.78}}"
    f".{PAGE_LINKS} p:first-child{{margin-top:0}}"
    f".{PAGE_LINKS} a,.{PAGE_LINKS} a:visited{{display:flex;align-items:center;gap:8px;padding:0 8px;border-radius:4px;"
    "font-size:.875rem;line-height:28px;color:inherit;text-decoration:none}"
    f".{PAGE_LINKS} a:is(:hover,[aria-current]){{background:rgba(153,173,194,.15)}}"
    f".{PAGE_LINKS} a[aria-current]:hover{{background:rgba(153,173,194,.25)}}"
    f".{PAGE_LINKS} a[aria-current]{{font-weight:600}}"
    f".{PAGE_LINKS} a:focus-visible{{outline:2px solid currentColor;outline-offset:-2px}}"
    f".{PAGE_LINKS} span{{font-family:'Material Symbols Rounded';font-size:1rem;font-weight:400;line-height:1;"
    "width:1rem;overflow:hidden;white-space:nowrap;user-select:none}"  # an icon is a word until its font is there
    "</style>"
)


def navigation(language: str) -> Any:  # noqa: ANN401 - Streamlit's own type
    """Return the page to run, called by its name in the reader's language."""
    # Streamlit notes on the page it is given that it may run, so every run has pages of its own.
    return st.navigation([copy(page) for page in _pages(language)], position="hidden")


@kept(len(LANGUAGES), made_from_data=False)
def _pages(language: str) -> tuple[Any, ...]:
    """Return all pages, made once per language: Streamlit looks for the file of each.

    Without a title of its own a page stands in the browser's tab under its file's name until its script has begun.
    """
    say = words(language)
    return tuple(
        st.Page(_FOLDER / f"{name}.py", title=say(f"nav.{name}"), url_path=name, default=name == PAGES[0].id)
        for name in [*(page.id for page in PAGES), *TOOLS]
    )


def page_links(known: dict[str, Parameter], language: str, here: str, *, plain: bool) -> None:
    """Draw a link to every page under its section's heading; each carries what is chosen now.

    Args:
        known: All parameters by name.
        language: Language of the page.
        here: The page shown.
        plain: Whether the address says nothing but what is shown. Then the link to this page is the address itself,
            also after parts of the page were drawn alone; else it leads to the page without what is wrong in it.
    """
    queries = queries_of(known, (name for _, name, _ in _ENTRIES))
    addresses = {name: _address(name, query) for name, query in queries.items()}
    if plain:
        addresses[here] = ""
    st.html(_drawn(language, here, tuple(addresses.values())))


def _address(page: str, query: dict[str, str]) -> str:
    path = "./" if page == PAGES[0].id else page
    return f"{path}?{urlencode(query, safe=',')}" if query else path


@kept(256, made_from_data=False)
def _drawn(language: str, here: str, addresses: tuple[str, ...]) -> Markup:
    """Return the list; the addresses come in the order of ``_ENTRIES``."""
    say = words(language)
    links = dict(zip((name for _, name, _ in _ENTRIES), addresses, strict=True))
    parts = [_LOOK, f'<nav class="{PAGE_LINKS}">']
    for section, entries in _LISTED.items():
        parts.append(f"<p>{escape(say(f'section.{section}'))}</p>")
        for name, icon in entries:
            current = ' aria-current="page"' if name == here else ""
            sign = f'<span aria-hidden="true" translate="no">{icon}</span>'
            parts.append(f'<a href="{escape(links[name])}"{current}>{sign}{escape(say(f"nav.{name}"))}</a>')
    return Markup("".join([*parts, "</nav>"]))
