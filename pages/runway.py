"""Page: runway, from the definitions to the model one can argue with."""

from functools import partial

import streamlit as st

from ipo_data.exhibits.context import Context
from ipo_data.exhibits.registry import page, read_by
from ipo_data.exhibits.runway_heat import DEFAULTS
from ipo_data.text.catalog import Words, words
from pages.shell.controls import choice, few, option, row
from pages.shell.data import context_of
from pages.shell.escape import plain
from pages.shell.live import steps
from pages.shell.page import exhibits, head, shown
from pages.shell.parts import follow, part
from pages.shell.runway_form import inputs_of, own_scenario
from pages.shell.texts import code_label
from pages.shell.url_state import PREFIX

PAGE = "runway"
_HEAT = "runway-heat-{company}"
SECTIONS = {"what_if": "what-if", "scenarios": "scenarios", "drivers": "drivers", "checks": "checks"}
"""Sections below the definitions with the anchors by which links lead to them, the same in every language."""


def contents(say: Words) -> None:
    """Where on the page the reader's own questions are answered."""
    links = [f"[{plain(say(f'section.{name}'))}](#{anchor})" for name, anchor in SECTIONS.items()]
    st.markdown(f":small[{plain(say('contents.label'))} {' · '.join(links)}]")


def section(name: str, say: Words) -> None:
    """Begin a section."""
    st.header(say(f"section.{name}"), anchor=SECTIONS[name])


def definitions() -> None:
    """Which liquidity over which burn, and where the published months come from."""
    exhibits(PAGE, "runway-matrix-{company}", "runway-bridge-{company}")


def what_if(say: Words, codes: dict[str, tuple[str, ...]]) -> None:
    """Constant burn: the reader chooses the definitions and scales the burn."""
    section("what_if", say)
    with row("what-if", "three-long"):
        option(say("control.liquidity"), "liquidity", "liquidity", codes["liquidity"], say, moved=follow)
        option(say("control.burn_definition"), "burn", "burn_definition", codes["burn_definition"], say, moved=follow)
        st.select_slider(
            say("control.burn"), steps(PAGE, "burn"), format_func=_share, key=PREFIX + "burn", on_change=follow
        )
    part("what-if", partial(exhibits, PAGE, "runway-what-if"))


def scenarios(say: Words, codes: dict[str, tuple[str, ...]]) -> None:
    """Projections: the scenario, what counts as money, the reader's own values, the spread around them."""
    section("scenarios", say)
    with row("scenarios"):
        few(say("control.scenario"), "scenario", "scenario", codes["scenario"], say, moved=follow)
        few(say("control.lines"), "choice", "lines", codes["lines"], say, moved=follow)
        few(say("control.offer"), "choice", "offer", codes["offer"], say, moved=follow)
        for name in ("rd", "compute", "growth"):
            written, offered = partial(_step, say("choice.preset"), codes[name][0]), steps(PAGE, name)
            st.select_slider(say(f"control.{name}"), offered, format_func=written, key=PREFIX + name, on_change=follow)
        st.multiselect(
            say("control.overlay"), codes["overlay"], format_func=partial(code_label, say, "scenario"),
            key=PREFIX + "overlay", placeholder=say("control.none"), on_change=follow,
        )  # fmt: skip
        few(say("control.jump"), "choice", "jump", codes["jump"], say, moved=follow)
    part("projections", projections)  # sent before the paths of the next are simulated
    part("fan", partial(exhibits, PAGE, "runway-fan"))


def projections() -> None:
    """The reader's own values, which follow the scenario as well, and money over time."""
    own_scenario(_context())
    exhibits(PAGE, "runway-scenarios")


def sides() -> None:
    """The two inputs of the maps: which there are follows from the data and the reader's own values alone."""
    dataset, view = shown()
    say = words(view.language)
    names = inputs_of(dataset, read_by(view, PAGE, _HEAT))
    with row("heat", "pair"):
        for side, default in DEFAULTS.items():
            here = view.option(side, default)
            offered = names if here in names else {**names, here: here}
            choice(say(f"control.{side}"), list(offered), partial(_named, offered), side, moved=follow)


def checks() -> None:
    """What would have to be true, what came true, and what the projections rest on."""
    exhibits(PAGE, "runway-reverse")
    section("checks", _context().say)
    exhibits(PAGE, "runway-backtest", "runway-inputs")


def _context() -> Context:
    return context_of(shown().dataset, shown().view)


def _named(names: dict[str, str], code: str) -> str:
    return names.get(code, code)


def _step(preset_words: str, preset: str, code: str) -> str:
    return preset_words if code == preset else f"{code}%"


def _share(code: str) -> str:
    return f"{code}%"


def main() -> None:
    """Draw the page from the general to the particular."""
    say = words(shown().view.language)
    codes = dict(page(PAGE).options) | {name: allowed for name, allowed, _ in page(PAGE).several}
    head(PAGE)
    contents(say)
    definitions()
    what_if(say, codes)
    scenarios(say, codes)
    section("drivers", say)
    part("drivers", partial(exhibits, PAGE, "runway-tornado-{company}"))
    sides()
    part("heat", partial(exhibits, PAGE, _HEAT))
    part("checks", checks)


main()
