"""A cache for what all readers share: made once, looked up in a microsecond, never changed.

``st.cache_resource`` hashes its arguments field by field, which took a third of a page run.
"""

from collections.abc import Callable, Hashable
from functools import wraps
from threading import RLock
from typing import ParamSpec, TypeVar

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")
_LOCK = RLock()


def kept(most: int) -> Callable[[Callable[_Given, _Made]], Callable[_Given, _Made]]:
    """Keep the last ``most`` results of a function of hashable positional arguments.

    Two readers who ask for the same new thing at the same time get one and the same.
    """

    def decorate(make: Callable[_Given, _Made]) -> Callable[_Given, _Made]:
        known: dict[tuple[Hashable, ...], _Made] = {}

        @wraps(make)
        def look_up(*given: _Given.args, **named: _Given.kwargs) -> _Made:
            found = known.get(given)
            if found is not None:
                return found
            with _LOCK:
                if given not in known:
                    made = make(*given, **named)
                    if len(known) >= most:
                        del known[next(iter(known))]
                    known[given] = made
                return known[given]

        return look_up

    return decorate
