"""The door of the server: which connections are answered at all, before any page runs.

Streamlit checks who a reader is only when a page runs. Files made for download, metrics, uploads and components have
addresses of their own and would be given to anybody, so every address needs a login that is not listed here; and a
server on a laptop would answer the whole network.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import _get_signed_cookie_with_chunks

from ipo_data.exhibits.registry import PAGES
from ipo_data.identity import Refusal, decide
from ipo_data.serving import HOSTS, LOGIN, Serving, is_loopback
from pages.server.names import Names
from pages.server.settings import root_path
from pages.server.signed_out import has_signed_out
from pages.shell.navigation import TOOLS

PROBES: Final = ("/healthz", "/readyz", "/version", "/_stcore/health")
"""Addresses for probes; they tell nothing and are answered under any host name."""
_PINGED: Final = ("/_stcore/health", "/_stcore/host-config")
"""What a browser asks for first, below the root and below the page that it opened."""
_SIGNING_IN: Final = ("/auth/login", "/auth/logout", "/oauth2callback")
_STREAM: Final = "/_stcore/stream"
"""What pages are sent by; the page itself asks who reads."""
_FRAME: Final = ("/", "/index.html", "/favicon.png", "/manifest.json")
_FILES_OF_FRAME: Final = ("/static/", "/fonts/")
"""The empty frame of the app, the same for everybody, and what all addresses of its files begin with."""
_FOR_PROGRAMS: Final = "/_stcore/agent"
"""Where Streamlit lets programs use an app without a browser; closed to everybody, and switched off besides."""


class Gate:
    """Refuse connections that nobody allowed.

    Args:
        app: What answers those that are let through.
        serving: Who may reach the app.
        below: Path below which Streamlit serves it, e.g. ``/ipo``; empty for the root.
    """

    def __init__(self, app: ASGIApp, serving: Serving, below: str = "") -> None:
        self._app = app
        self._serving = serving
        self._open = open_addresses(below)
        self._names = Names(serving)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or say why not."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        if scope["path"] in PROBES:
            await self._app(scope, receive, send)
            return
        refused = self._refusal(HTTPConnection(scope))
        await (refused or self._app)(scope, receive, send)

    def _refusal(self, connection: HTTPConnection) -> PlainTextResponse | None:
        closed = self._closed_way(connection)
        if closed:
            return PlainTextResponse(closed, status_code=403)
        if not self._serving.needs_identity or self._is_open(connection.scope["path"]):
            return None
        refusal = decide(self._serving, identity_of(connection, self._serving)).refusal
        if refusal is None:
            return None
        status = 401 if refusal is Refusal.NOT_SIGNED_IN else 403
        return PlainTextResponse("Sign in first.\n" if status == 401 else "Not allowed.\n", status_code=status)

    def _closed_way(self, connection: HTTPConnection) -> str:
        """Return why whoever comes from there, by that name or to that address gets no answer; empty if they do."""
        peer = connection.client.host if connection.client else "127.0.0.1"
        if self._serving.only_this_machine and not is_loopback(peer):
            return (
                "This server answers its own machine only. To share it, set up a login; "
                f"to open it to a network that you trust, start it with {LOGIN}=none.\n"
            )
        if self._serving.login == "proxy" and not self._serving.is_trusted_peer(peer):
            return "Requests are taken from the proxy that signs users in.\n"
        said = connection.headers.getlist("host")
        if len(said) != 1 or not self._names.has(said[0]):
            return f"This server is not reached under that name. Those it answers to can be set by {HOSTS}.\n"
        return "There is no way in for programs.\n" if _FOR_PROGRAMS in connection.scope["path"] else ""

    def _is_open(self, path: str) -> bool:
        """Tell whether a stranger may go on, because what answers shows nothing or asks itself who reads."""
        whole, beginnings = self._open
        return self._serving.login != "proxy" and (path in whole or path.startswith(beginnings))


def open_addresses(below: str = "") -> tuple[frozenset[str], tuple[str, ...]]:
    """Return what is answered before a login, where the product itself signs users in; all else needs one.

    Args:
        below: Path below which Streamlit serves the app; empty for the root.

    Returns:
        Whole paths, and beginnings of paths.
    """
    root = root_path(below)
    pages = [f"/{name}" for name in (*(page.id for page in PAGES), *TOOLS)]
    whole = [*pages, *(f"{page}/" for page in pages), *(page + ping for page in ("", *pages) for ping in _PINGED)]
    whole += [*_FRAME, *_SIGNING_IN, _STREAM]
    places = {"", root}  # what is ours and not Streamlit's stays where it is, such as the fonts
    return (
        frozenset([root or "/", *(place + path for place in places for path in whole)]),
        tuple(place + beginning for place in places for beginning in _FILES_OF_FRAME),
    )


def identity_of(connection: HTTPConnection, serving: Serving) -> Mapping[str, Any]:
    """Return the claims of whoever opened a connection; empty if nobody signed in.

    Args:
        connection: A request with its headers and cookies.
        serving: Says whether a proxy's header or Streamlit's signed cookie counts.
    """
    if serving.login == "proxy":
        said = connection.headers.getlist(serving.user_header)
        return {"email": said[0]} if len(said) == 1 and said[0] else {}  # a second one comes from the client
    if has_signed_out(connection.cookies):
        return {}
    raw = _get_signed_cookie_with_chunks(dict(connection.cookies), USER_COOKIE_NAME)
    try:
        claims = json.loads(raw) if raw else {}
    except ValueError:
        return {}
    own = isinstance(claims, dict) and claims.get("is_logged_in") is True and _is_of(claims, connection)
    return claims if own else {}


def _is_of(claims: Mapping[str, Any], connection: HTTPConnection) -> bool:
    """Tell whether a cookie was made for the host name it now comes to."""
    origin, host = claims.get("origin"), connection.headers.get("host", "")
    return isinstance(origin, str) and origin.partition("://")[2] == host
