"""Parts of a page that are drawn anew alone when a control moves that nothing else on the page follows.

Controls stand outside of the parts and name ``follow`` as their callback, which asks for the parts that read what has
moved. Everything it is not sure of is left to a run of the whole page: a page that is not drawn to its end, other data,
another reader's rights, a link with a remark, an exhibit that is unfolded.
"""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from math import inf
from typing import Final

import streamlit as st
from streamlit.errors import StreamlitAPIException

from ipo_data.exhibits.registry import options_read
from ipo_data.exhibits.registry import page as page_of
from pages.server.log import run_begins
from pages.server.login import may_read
from pages.shell import url_state
from pages.shell.controls import browser_language, parameters, theme, view_of
from pages.shell.data import loaded
from pages.shell.dropped import dataset_of
from pages.shell.exhibit import UNFOLDED
from pages.shell.link import FOLD
from pages.shell.page import has_shown, set_shown, shown

PARTS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "runway": {
        "what-if": ("runway-what-if",),
        "projections": ("runway-scenarios",),
        "fan": ("runway-fan",),
        "drivers": ("runway-tornado-{company}",),
        "heat": ("runway-heat-{company}",),
        "checks": ("runway-reverse", "runway-backtest", "runway-inputs"),
    }
}
"""By page and name of the part, in the order in which they are drawn: the exhibits that decide which options it reads.

What a reader looks at while moving a slider comes first; the paths of the fan take longest.
"""
_COPIED_LINK: Final = "copied-link"
"""Part of every such page that holds the address of the view, where somebody has unfolded it."""
_DRAWN: Final = "_drawn"
_SENT: Final = 0.5
"""Seconds after which what was drawn is surely on its way; a new run takes what has not left the server yet back."""


_EVERYTHING: Final = frozenset({"*"})
"""Stands for what no part follows."""


@dataclass(frozen=True)
class Drawn:
    """What the browser has of a page.

    Attributes:
        page: Page id.
        moved: Options whose parts were drawn last; ``_EVERYTHING`` after the whole page was.
        at: When that was done, in seconds of a clock that never goes back; infinite while it is not.
        last: The part whose end is the end of all that were asked for.
    """

    page: str
    moved: frozenset[str] = frozenset()
    at: float = inf
    last: str = ""


def part(name: str, draw: Callable[[], None]) -> None:
    """Draw a part of a page, and remember how, for the runs that draw only parts."""
    st.fragment(partial(_draw, name, draw), key=name)()


def _draw(name: str, draw: Callable[[], None]) -> None:
    draw()
    drawn: Drawn | None = st.session_state.get(_DRAWN)
    if drawn is not None and drawn.last == name:
        st.session_state[_DRAWN] = replace(drawn, at=time.monotonic())


def link_part(page: str, draw: Callable[[], None]) -> None:
    """Draw what folds the address of the view away: a part of its own while it shows one on a page that has parts."""
    if page not in PARTS:
        draw()
    elif st.session_state.get(FOLD):
        part(_COPIED_LINK, draw)
    else:
        with st.container():  # as in a part, so that the fold stays where it is and keeps the keyboard
            draw()


def page_begins() -> None:
    """Note that the whole page is about to be drawn."""
    st.session_state[_DRAWN] = None


def page_ends(page: str, *, plain: bool) -> None:
    """Note that the whole page was drawn.

    Args:
        page: Page id.
        plain: Whether nothing stands on it that only a run of the whole page takes away, such as remarks on the link.
    """
    st.session_state[_DRAWN] = Drawn(page, _EVERYTHING, time.monotonic()) if plain and page in PARTS else None


def follow() -> None:
    """Draw only what follows the control that has moved, if that is all there is to draw; a control's callback."""
    wanted = _parts_that_follow()
    if wanted:
        with suppress(StreamlitAPIException):  # a part has never been drawn
            st.rerun(wanted)


def _parts_that_follow() -> list[str]:
    """Take over what has moved and return the parts to draw; none if the whole page must be."""
    drawn: Drawn | None = st.session_state.get(_DRAWN)
    held = url_state.look()
    if drawn is None or not has_shown() or not _is_still_so(drawn.page, held):
        return []
    dataset, _ = shown()
    known = parameters(dataset, browser_language())
    unsent = drawn.moved if time.monotonic() - drawn.at < _SENT else frozenset()
    moved = frozenset(url_state.moved(known, held)) | unsent
    if not moved <= _followed(drawn.page):
        return []
    run_begins(drawn.page)
    url_state.begin(known, drawn.page, held)
    set_shown(dataset, view_of(known, drawn.page))
    url_state.end(known, drawn.page)
    wanted = [name for name in PARTS[drawn.page] if moved & _read_by(drawn.page, name)]
    wanted += [_COPIED_LINK] if wanted and st.session_state.get(FOLD) else []
    st.session_state[_DRAWN] = Drawn(drawn.page, moved, last=wanted[-1] if wanted else "")
    return wanted


def _is_still_so(page: str, held: url_state.Held) -> bool:
    """Tell whether reader, data, colours, width and folds are those the page was drawn with."""
    dataset, view = shown()
    found = loaded()
    if not may_read() or found.problems or found.dataset is None or dataset_of(found.dataset) is not dataset:
        return False
    if theme() != view.theme or url_state.is_narrow() != view.narrow:
        return False
    # Files that can be fetched from an unfolded exhibit would be forgotten unless it is drawn again.
    below = f"{UNFOLDED}{page}-"
    return not any(unfolded and str(key).startswith(below) for key, unfolded in held.items())


def _followed(page: str) -> frozenset[str]:
    return frozenset(option for name in PARTS[page] for option in _read_by(page, name))


def _read_by(page: str, name: str) -> frozenset[str]:
    """Return the options that a part reads."""
    chosen = page_of(page)
    return frozenset(option for pattern in PARTS[page][name] for option in options_read(chosen, pattern) or ())
