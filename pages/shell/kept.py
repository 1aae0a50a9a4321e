"""A cache for what all readers share: made once, looked up in a microsecond, never changed.

``st.cache_resource`` hashes its arguments field by field, which took a third of a page run.
"""

from collections.abc import Callable, Hashable
from functools import wraps
from threading import RLock
from typing import Any, ParamSpec, TypeVar

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")
_LOCK = RLock()
_MADE_FROM_DATA: list[dict[Any, Any]] = []


def kept(most: int, *, made_from_data: bool = True) -> Callable[[Callable[_Given, _Made]], Callable[_Given, _Made]]:
    """Keep the last ``most`` results of a function of hashable arguments; results are never ``None``.

    Two readers who ask for the same new thing at the same time get one and the same.

    Args:
        most: Results to keep; the oldest goes first.
        made_from_data: Whether ``forget`` drops them.
    """

    def decorate(make: Callable[_Given, _Made]) -> Callable[_Given, _Made]:
        known: dict[tuple[Hashable, ...], _Made] = {}
        if made_from_data:
            _MADE_FROM_DATA.append(known)

        @wraps(make)
        def look_up(*given: _Given.args, **named: _Given.kwargs) -> _Made:
            key = (*given, *sorted(named.items())) if named else given
            found = known.get(key)
            if found is not None:
                return found
            with _LOCK:
                found = known.get(key)
                if found is None:
                    found = make(*given, **named)
                    if len(known) >= most:
                        del known[next(iter(known))]
                    known[key] = found
                return found

        return look_up

    return decorate


def forget() -> None:
    """Drop everything made from data, so that data replaced by an edit do not stay in memory."""
    with _LOCK:
        for known in _MADE_FROM_DATA:
            known.clear()


def release(data: object) -> None:
    """Drop what was made from one data set that is not shown any more."""
    with _LOCK:
        for known in _MADE_FROM_DATA:
            for key in [key for key in known if key and key[0] is data]:
                del known[key]
