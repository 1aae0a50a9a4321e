"""Page: valuation, with a solver for what must be true."""

from functools import partial

import streamlit as st

from ipo_data.exhibits.registry import page
from ipo_data.text.catalog import words
from pages.shell.controls import option
from pages.shell.page import render, shown
from pages.shell.url_state import PREFIX

_UNITS = {"horizon": "", "hurdle": "%", "exit_sales": "×", "assumed_growth": "%", "exit_earnings": "×"}


def options() -> None:
    """Draw the solver's controls."""
    say = words(shown().view.language)
    codes = dict(page("valuation").options)
    with st.expander(say("control.solver"), icon=":material/tune:"):
        columns = [*st.columns(3), *st.columns(3)]
        with columns[0]:
            option(say("control.price"), "price", "price", codes["price"], say)
        for column, (name, unit) in zip(columns[1:], _UNITS.items(), strict=True):
            written = partial(_with_unit, unit)
            steps = sorted(codes[name], key=int)
            column.select_slider(say(f"control.{name}"), steps, format_func=written, key=PREFIX + name)


def _with_unit(unit: str, code: str) -> str:
    return code + unit


render("valuation", options)
