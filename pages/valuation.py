"""Page: valuation, with a solver for what must be true."""

from functools import partial

import streamlit as st

from ipo_data.exhibits.registry import page
from ipo_data.text.catalog import words
from pages.shell.controls import fold, option, row
from pages.shell.live import steps
from pages.shell.page import render, shown
from pages.shell.url_state import PREFIX, keep

_UNITS = {"horizon": "", "hurdle": "%", "exit_sales": "×", "assumed_growth": "%", "exit_earnings": "×"}


def options() -> None:
    """Draw the solver's controls."""
    view = shown().view
    say = words(view.language)
    codes = dict(page("valuation").options)
    moved = any(view.option(name, allowed[0]) != allowed[0] for name, allowed in codes.items())
    box = fold(say("control.solver"), "solver", chosen=moved)
    if not box.open:
        keep(*codes)
        return
    with box, row("solver"):
        option(say("control.price"), "price", "price", codes["price"], say)
        for name, unit in _UNITS.items():
            written = partial(_with_unit, unit)
            offered = steps("valuation", name)
            st.select_slider(say(f"control.{name}"), offered, format_func=written, key=PREFIX + name)


def _with_unit(unit: str, code: str) -> str:
    return code + unit


render("valuation", options)
