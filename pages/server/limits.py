"""How much of the server one reader may use: seconds of computing and files drawn, given back with time.

One exhibit, file or set of dropped files has bounds of its own besides, in processor time and memory: what would go
beyond them is refused before it is begun, or given up.

What is kept already costs nothing. A reader who clicks through every page and exports each exhibit stays far below; a
script that asks for one new simulation or picture after the other is told to wait; the others are still answered.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from math import ceil
from threading import Lock
from typing import Any, Final

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ipo_data.budget import limited
from ipo_data.errors import BudgetError, NoRoomError, OverMemoryError, OverTimeError
from ipo_data.text.catalog import Words
from pages.server.settings import serving

CAPACITY: Final = 60.0
"""Seconds of computing that a reader may use at once."""
GIVEN_BACK: Final = 0.5
"""Seconds given back per second; pictures likewise."""
PICTURES: Final = 40.0
"""Pictures that a reader may have drawn at once; as many as a memo may hold."""
WHOLE_PAGE: Final = 4.0
"""Pictures that a whole page counts for."""
_KEY: Final = "_budget"
_FILES: Final = "_files_budget"
_MOST_READERS: Final = 1_000
"""Readers without a session whose budgets are kept; whoever has not asked for longest is forgotten."""
_READERS: Final[OrderedDict[str, dict[Any, Any]]] = OrderedDict()
_READERS_LOCK: Final = Lock()
_READER: Final[ContextVar[dict[Any, Any] | None]] = ContextVar("reader", default=None)


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
    """What is left of a reader's seconds, or of a reader's pictures.

    Attributes:
        left: Seconds or pictures left; negative after something long.
        at: When that was, on a clock that never goes back.
    """

    left: float
    at: float

    def now(self, at: float, most: float = CAPACITY) -> "Budget":
        """Return what is left at a later time."""
        return Budget(min(most, self.left + (at - self.at) * GIVEN_BACK), at)

    def less(self, used: float) -> "Budget":
        """Return what is left after using some."""
        return Budget(self.left - used, self.at)

    @property
    def wait(self) -> float:
        """Seconds until something is left; 0 if there is."""
        return max(0.0, -self.left / GIVEN_BACK)


@contextmanager
def spending() -> Iterator[None]:
    """Count what is done inside against the reader's seconds, and keep it within the bounds of one piece of work.

    Raises:
        OverBudgetError: Nothing is left; what is inside is not begun.
    """
    state = _state()
    if state is None:
        with bounded():
            yield
        return
    began = time.monotonic()
    before = _budget(state, began)
    if before.wait:
        raise OverBudgetError(before.wait)
    try:
        with bounded():
            yield
    finally:
        ended = time.monotonic()
        state[_KEY] = _budget(state, ended).less(ended - began)


@contextmanager
def spending_as(reader: str) -> Iterator[None]:
    """Count what is computed inside against the seconds of a reader who has no session here.

    Args:
        reader: Who asks; the same for all that one budget is meant for.
    """
    with _READERS_LOCK:
        state = _READERS.setdefault(reader, {})
        _READERS.move_to_end(reader)
        if len(_READERS) > _MOST_READERS:
            _READERS.popitem(last=False)
    known = _READER.set(state)
    try:
        yield
    finally:
        _READER.reset(known)


@contextmanager
def bounded(pieces: int = 1) -> Iterator[None]:
    """Keep what is done inside within the processor time of so many pieces of work and the memory of one.

    Raises:
        BudgetError: From what looks at the bounds, inside.
    """
    chosen = serving()
    with limited(chosen.most_seconds * pieces, chosen.most_megabytes):
        yield


class FilesBudget:
    """What is left of a reader's pictures; used from the threads that draw them, where there is no session."""

    def __init__(self) -> None:
        self._left = Budget(PICTURES, time.monotonic())
        self._lock = Lock()

    @property
    def wait(self) -> float:
        """Seconds until another file may be drawn; 0 if it may be now."""
        return self._left.now(time.monotonic(), PICTURES).wait

    def use(self, pictures: float) -> None:
        """Count pictures that are about to be drawn.

        Raises:
            OverBudgetError: Nothing is left; they must not be begun, and do not count.
        """
        with self._lock:
            found = self._left.now(time.monotonic(), PICTURES)
            if found.wait:
                raise OverBudgetError(found.wait)
            self._left = found.less(pictures)


def files_budget() -> FilesBudget | None:
    """Return the reader's budget of files, to be handed to what draws them; ``None`` where nobody is limited."""
    state = _state()
    if state is None:
        return None
    found = state.get(_FILES)
    if not isinstance(found, FilesBudget):
        found = state[_FILES] = FilesBudget()
    return found


def within(budget: FilesBudget | None, make: Callable[[], bytes], pictures: float = 1.0) -> bytes:
    """Make a file if the budget allows it.

    Raises:
        OverBudgetError: Nothing is left; the file is not begun.
    """
    if budget is not None:
        budget.use(pictures)
    with bounded():
        return make()


def refusal(error: BudgetError, say: Words) -> str:
    """Return in the reader's language why a piece of work was refused or given up."""
    if isinstance(error, OverMemoryError):
        return say("error.over_memory", asked=ceil(error.asked), most=int(error.most))
    if isinstance(error, NoRoomError):
        return say("error.no_room", most=error.most)
    seconds = error.seconds if isinstance(error, OverTimeError) else 0.0
    return say("error.over_time", seconds=f"{seconds:g}")


def _state() -> MutableMapping[Any, Any] | None:
    """Return where the reader's budget stands; ``None`` where nobody is limited: on a laptop, at the start."""
    if not serving().shared:
        return None
    reader = _READER.get()
    if reader is not None:
        return reader
    if get_script_run_ctx(suppress_warning=True) is None:
        return None
    found: MutableMapping[Any, Any] = st.session_state
    return found


def _budget(state: MutableMapping[Any, Any], at: float) -> Budget:
    found = state.get(_KEY)
    return found.now(at) if isinstance(found, Budget) else Budget(CAPACITY, at)
