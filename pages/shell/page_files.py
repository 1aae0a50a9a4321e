"""The whole page as a file: the server opens its own page in the drawing browser, where nobody needs to sign in."""

from functools import partial
from urllib.parse import urlencode

import streamlit as st
from streamlit import config

from ipo_data.exhibits.registry import PAGES
from ipo_data.export.browser import no_browser
from ipo_data.export.files import file_name
from ipo_data.export.metadata import LINK, TITLE
from ipo_data.export.page_capture import captured
from ipo_data.text.catalog import Words
from pages.server.limits import WHOLE_PAGE, files_budget, within
from pages.server.settings import serving
from pages.shell.downloads import over_budget

_TYPES = {"png": "image/png", "pdf": "application/pdf"}


def page_files(page: str, query: dict[str, str], say: Words) -> None:
    """Draw the buttons of a page's files where the server may open its own pages.

    Args:
        page: Page id.
        query: The view, as in the link.
        say: Texts of the reader's language.
    """
    if page not in {one.id for one in PAGES} or not _may_open_itself():
        return
    path = "" if page == PAGES[0].id else page
    link = f"{path}?{urlencode(query, safe=',')}"
    texts = {TITLE: say(f"nav.{page}"), LINK: f"{page}?{urlencode(query, safe=',')}"}
    take, budget = partial(captured, f"{_own_address()}/{link}", texts), files_budget()
    for kind, label in (("png", say("export.page_png")), ("pdf", say("export.page_pdf"))):
        st.download_button(
            label, partial(within, budget, partial(take, format=kind), WHOLE_PAGE), mime=_TYPES[kind],
            file_name=file_name(page, say.language, ending=kind), on_click="ignore" if budget is None else "rerun",
            key=f"page-{page}-{kind}", icon=":material/download:", width="stretch",
        )  # fmt: skip
    over_budget(budget, say)


def _may_open_itself() -> bool:
    """Tell whether a page would show itself to this very machine: with a login nobody is signed in there."""
    chosen = serving()
    return not (chosen.needs_identity or chosen.hosts or no_browser())


def _own_address() -> str:
    base = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return f"http://127.0.0.1:{config.get_option('server.port')}" + (f"/{base}" if base else "")
