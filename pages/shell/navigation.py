"""The list of pages; the URL path is the file's stem, titles are in the reader's language."""

from pathlib import Path
from typing import Any

import streamlit as st

from ipo_data.exhibits.registry import PAGES
from ipo_data.text.catalog import words

_FOLDER = Path(__file__).resolve().parents[1]


def navigation(language: str) -> Any:  # noqa: ANN401 - Streamlit's page object
    """Draw the navigation and return the page to run."""
    say = words(language)
    sections: dict[str, list[Any]] = {}
    for index, page in enumerate(PAGES):
        entry = st.Page(_FOLDER / f"{page.id}.py", title=say(f"nav.{page.id}"), icon=f":material/{page.icon}:", url_path=page.id, default=index == 0)
        sections.setdefault(say(f"section.{page.section}"), []).append(entry)
    return st.navigation(sections, expanded=True)
