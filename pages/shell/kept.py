"""A cache for what all readers share: made once, looked up in a microsecond, never changed.

``st.cache_resource`` hashes its arguments field by field, which took a third of a page run.
"""

from collections.abc import Callable, Hashable
from functools import wraps
from threading import RLock
from typing import Any, Generic, ParamSpec, TypeVar

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")
_LOCK = RLock()
_MADE_FROM_DATA: list[dict[Any, Any]] = []


class _Kept(Generic[_Made]):
    """A result and whether somebody has asked for it again since it was last spared.

    A mark costs less than moving the result to the end of the line, for which everybody would have to wait.
    """

    __slots__ = ("again", "made")

    def __init__(self, made: _Made) -> None:
        self.made = made
        self.again = False


def kept(most: int, *, made_from_data: bool = True) -> Callable[[Callable[_Given, _Made]], Callable[_Given, _Made]]:
    """Keep ``most`` results of a function of hashable arguments; results are never ``None``.

    Two readers who ask for the same new thing at the same time get one and the same.

    Args:
        most: Results to keep. The oldest goes first that nobody has asked for again; a slider that is moved from end to
            end does not drive the views out that everybody opens.
        made_from_data: Whether ``forget`` drops them.
    """

    def decorate(make: Callable[_Given, _Made]) -> Callable[_Given, _Made]:
        known: dict[tuple[Hashable, ...], _Kept[_Made]] = {}
        if made_from_data:
            _MADE_FROM_DATA.append(known)

        @wraps(make)
        def look_up(*given: _Given.args, **named: _Given.kwargs) -> _Made:
            key = (*given, *sorted(named.items())) if named else given
            found = known.get(key)
            if found is not None:
                found.again = True
                return found.made
            with _LOCK:
                found = known.get(key)
                if found is None:
                    found = _Kept(make(*given, **named))
                    if len(known) >= most:
                        _drop_one(known)
                    known[key] = found
                return found.made

        return look_up

    return decorate


def _drop_one(known: dict[tuple[Hashable, ...], _Kept[_Made]]) -> None:
    """Drop the oldest result that has no mark; what has one loses it and goes to the end of the line."""
    while True:
        key, oldest = next(iter(known.items()))
        del known[key]
        if not oldest.again:
            return
        oldest.again = False
        known[key] = oldest


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
