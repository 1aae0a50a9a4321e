"""The views behind the figures that were exported here, so that a code typed off a printed page leads back to its view.

Only this process remembers them, and only the latest; the files themselves carry their view for good.
"""

from collections import OrderedDict
from threading import Lock
from typing import Final
from urllib.parse import urlencode

from ipo_data.dataset import Dataset
from ipo_data.exhibits.model import View
from ipo_data.exhibits.view_query import complete_query_of

_MOST: Final = 20_000
_LOCK: Final = Lock()
_VIEWS: Final[OrderedDict[str, tuple[str, str]]] = OrderedDict()


def remember(code: str, exhibit: str, page: str, view: View, dataset: Dataset) -> None:
    """Keep which exhibit, page and view a figure code stands for; callable from any thread."""
    link = f"{page}?{urlencode(complete_query_of(page, view, dataset), safe=',')}"
    with _LOCK:
        _VIEWS[code] = (link, exhibit)
        _VIEWS.move_to_end(code)
        if len(_VIEWS) > _MOST:
            _VIEWS.popitem(last=False)


def remembered(code: str) -> tuple[str, str]:
    """Return link and exhibit of a figure code; empty texts if it was not exported here lately."""
    with _LOCK:
        return _VIEWS.get(code, ("", ""))
