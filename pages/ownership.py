"""Page: ownership, with a sandbox for new and converted shares."""

import streamlit as st

from ipo_data.exhibits.registry import page
from ipo_data.text.catalog import words
from pages.shell.controls import option, row
from pages.shell.live import steps
from pages.shell.page import render, shown
from pages.shell.url_state import PREFIX


def options() -> None:
    """Draw the choice of the date of the holdings and the sliders of the sandbox."""
    say = words(shown().view.language)
    codes = dict(page("ownership").options)
    with row("sandbox"):
        option(say("control.stage"), "holders_at", "stage", codes["stage"], say)
        for name in ("new_shares", "converted"):
            offered = steps("ownership", name)
            st.select_slider(say(f"control.{name}"), offered, format_func=_share, key=PREFIX + name)


def _share(code: str) -> str:
    return f"{code}%"


render("ownership", options)
