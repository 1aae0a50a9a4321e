"""Who has signed out: the cookie they were known by counts no more, in no tab and from nowhere.

Streamlit has the browser forget its cookie and the tab its reader. Other tabs would go on until they are closed, and
a copy of the cookie for thirty days. This process remembers instead; another one learns of it with the cookie's loss.
"""

from collections.abc import Mapping
from threading import Lock
from typing import Final

from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

MOST: Final = 50_000
"""Cookies to remember; the oldest are long past their thirty days."""
_FIRST_PIECE: Final = f"{USER_COOKIE_NAME}_1"
"""Where the content of a large cookie begins; the cookie itself then says only how many pieces there are."""
_LOCK: Final = Lock()
_ENDED: Final[dict[str, None]] = {}


def note_signed_out(cookies: Mapping[str, str]) -> None:
    """Let the cookie of whoever sent these count no more."""
    signed = _signed(cookies.get(_FIRST_PIECE) or cookies.get(USER_COOKIE_NAME))
    if not signed:
        return
    with _LOCK:
        _ENDED[signed] = None
        if len(_ENDED) > MOST:
            del _ENDED[next(iter(_ENDED))]


def has_signed_out(cookies: Mapping[str, str]) -> bool:
    """Tell whether whoever sent these has signed out."""
    return any(_signed(cookies.get(name)) in _ENDED for name in (USER_COOKIE_NAME, _FIRST_PIECE))


def _signed(cookie: str | None) -> str:
    """Return what a cookie's signature stands for, its time included; a signature itself has several spellings."""
    return (cookie or "").rpartition(".")[0]
