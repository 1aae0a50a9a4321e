"""Page: runway, with a what-if at constant burn."""

from functools import partial

import streamlit as st

from ipo_data.exhibits.registry import page
from ipo_data.text.catalog import Words, words
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
    _scenario(say, codes)


def _scenario(say: Words, codes: dict[str, tuple[str, ...]]) -> None:
    """Draw the controls of the projection: the scenario, what counts as money, and the reader's own values."""
    first, second, third = st.columns(3)
    with first:
        option(say("control.scenario"), "scenario", "scenario", codes["scenario"], say)
    with second:
        option(say("control.lines"), "choice", "lines", codes["lines"], say)
    with third:
        option(say("control.offer"), "choice", "offer", codes["offer"], say)
    for column, name in zip(st.columns(3), ("rd", "compute", "growth"), strict=True):
        preset, *values = codes[name]
        steps = [preset, *sorted(values, key=float)]
        written = partial(_step, say("choice.preset"), preset)
        column.select_slider(say(f"control.{name}"), steps, format_func=written, key=PREFIX + name)


def _step(preset_words: str, preset: str, code: str) -> str:
    return preset_words if code == preset else f"{code}%"


def _share(code: str) -> str:
    return f"{code}%"


render("runway", options)
