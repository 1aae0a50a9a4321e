"""How much one piece of work may take: processor time, looked at between steps, and memory, asked for before arrays.

Work that nobody limits takes what it needs. A server limits what it does for one reader, so that others are answered.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, NamedTuple

from ipo_data.errors import OverMemoryError, OverTimeError

MEGABYTE: Final = 1_000_000


class _Allowed(NamedTuple):
    seconds: float
    until: float
    megabytes: float


_ALLOWED: Final[ContextVar[_Allowed | None]] = ContextVar("allowed", default=None)


@contextmanager
def limited(seconds: float, megabytes: float) -> Iterator[None]:
    """Limit what is done inside by this thread; threads that it starts are not limited.

    Args:
        seconds: Processor seconds of this thread, so that a busy machine refuses nobody; 0 for no limit.
        megabytes: Most that one set of arrays may take; 0 for no limit.
    """
    token = _ALLOWED.set(_Allowed(seconds, time.thread_time() + seconds, megabytes))
    try:
        yield
    finally:
        _ALLOWED.reset(token)


def keep_time() -> None:
    """Look at the clock; to be called between the steps of whatever may take long.

    Raises:
        OverTimeError: The time is used up.
    """
    allowed = _ALLOWED.get()
    if allowed is not None and allowed.seconds and time.thread_time() > allowed.until:
        raise OverTimeError(allowed.seconds)


def ask_for(size: float) -> None:
    """Ask whether arrays of so many bytes, together, may be made.

    Raises:
        OverMemoryError: They may not; none was made.
    """
    allowed = _ALLOWED.get()
    if allowed is not None and allowed.megabytes and size > allowed.megabytes * MEGABYTE:
        raise OverMemoryError(size / MEGABYTE, allowed.megabytes)
