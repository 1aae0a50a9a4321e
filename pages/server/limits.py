"""How much of the server one reader may use: seconds of computing, given back with time.

What is kept already costs nothing. A reader who clicks through every page stays far below; a script that asks for one
new simulation after the other is told to wait, so that the others are still answered.
"""

import time
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.server.settings import serving

CAPACITY: Final = 60.0
"""Seconds of computing that a reader may use at once."""
GIVEN_BACK: Final = 0.5
"""Seconds given back per second."""
_KEY: Final = "_budget"


class OverBudgetError(Exception):
    """A reader has used up what one may use.

    Attributes:
        wait: Seconds until there is something to use again.
    """

    def __init__(self, wait: float) -> None:
        self.wait = wait
        super().__init__(f"over budget for {wait:.0f} s")


@dataclass(frozen=True, slots=True)
class Budget:
    """What is left of a reader's seconds.

    Attributes:
        left: Seconds left; negative after something long.
        at: When that was, on a clock that never goes back.
    """

    left: float
    at: float

    def now(self, at: float) -> "Budget":
        """Return what is left at a later time."""
        return Budget(min(CAPACITY, self.left + (at - self.at) * GIVEN_BACK), at)

    def less(self, seconds: float) -> "Budget":
        """Return what is left after using some."""
        return Budget(self.left - seconds, self.at)

    @property
    def wait(self) -> float:
        """Seconds until something is left; 0 if there is."""
        return max(0.0, -self.left / GIVEN_BACK)


@contextmanager
def spending() -> Iterator[None]:
    """Count what is done inside against the reader's seconds.

    Raises:
        OverBudgetError: Nothing is left; what is inside is not begun.
    """
    state = _state()
    if state is None:
        yield
        return
    began = time.monotonic()
    before = _budget(state, began)
    if before.wait:
        raise OverBudgetError(before.wait)
    try:
        yield
    finally:
        ended = time.monotonic()
        state[_KEY] = _budget(state, ended).less(ended - began)


def _state() -> MutableMapping[Any, Any] | None:
    """Return where the reader's budget stands; ``None`` where nobody is limited: on a laptop, at the start."""
    if not serving().shared or get_script_run_ctx(suppress_warning=True) is None:
        return None
    found: MutableMapping[Any, Any] = st.session_state
    return found


def _budget(state: MutableMapping[Any, Any], at: float) -> Budget:
    found = state.get(_KEY)
    return found.now(at) if isinstance(found, Budget) else Budget(CAPACITY, at)
