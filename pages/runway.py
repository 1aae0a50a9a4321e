"""Page: runway, with a what-if at constant burn."""

import streamlit as st

from ipo_data.exhibits.registry import page
from ipo_data.text.catalog import words
from pages.shell.page import render
from pages.shell.url_state import PREFIX


def options() -> None:
    """Draw the page's own controls."""
    say = words(st.session_state["_view"].language)
    allowed = dict(page("runway").options)
    left, middle, right = st.columns(3)
    left.selectbox(say("control.liquidity"), allowed["liquidity"], format_func=lambda c: say(f"liquidity.{c}") if say.has(f"liquidity.{c}") else c, key=PREFIX + "liquidity", persist_state="session")
    middle.selectbox(say("control.burn_definition"), allowed["burn_definition"], format_func=lambda c: say(f"burn.{c}") if say.has(f"burn.{c}") else c, key=PREFIX + "burn_definition", persist_state="session")
    shares = sorted(allowed["burn"], key=int)
    right.select_slider(say("control.burn"), shares, format_func=lambda c: f"{c}%", key=PREFIX + "burn", persist_state="session")


render("runway", options)
