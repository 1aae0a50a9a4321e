"""Page: runway, with a what-if at constant burn."""

import streamlit as st

from ipo_data.exhibits.registry import page
from ipo_data.text.catalog import words
from pages.shell.controls import option
from pages.shell.page import render, shown
from pages.shell.url_state import PREFIX


def options() -> None:
    """Draw the page's own controls."""
    say = words(shown().view.language)
    codes = dict(page("runway").options)
    left, middle, right = st.columns(3)
    with left:
        option(say("control.liquidity"), "liquidity", "liquidity", codes["liquidity"], say)
    with middle:
        option(say("control.burn_definition"), "burn", "burn_definition", codes["burn_definition"], say)
    with right:
        st.select_slider(say("control.burn"), sorted(codes["burn"], key=int), format_func=_share, key=PREFIX + "burn")


def _share(code: str) -> str:
    return f"{code}%"


render("runway", options)
