"""Views of more companies than a page can show: what to choose instead."""

from typing import Final

import streamlit as st

from ipo_data.dataset import Dataset
from ipo_data.exhibits.model import View
from ipo_data.exhibits.registry import PAGES
from ipo_data.text.catalog import words
from pages.shell.escape import plain

MOST_COMPANIES: Final = 12
"""Companies of one view. Of twice as many some pages take six seconds and draw a hundred charts, which nobody reads."""


def too_many(dataset: Dataset, view: View, page: str) -> bool:
    """Tell whether a view has more companies than its page shows; if so, say what to do instead."""
    count = len(view.companies or dataset.companies)
    if count <= MOST_COMPANIES or page not in {entry.id for entry in PAGES}:
        return False
    say = words(view.language)
    st.title(say(f"question.{page}"), anchor=False)
    message = say("error.too_many", count=count, most=MOST_COMPANIES, control=say("control.companies"))
    st.info(plain(message), icon=":material/groups:")
    return True
