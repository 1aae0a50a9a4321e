"""The door of the server: which connections are answered at all, before any page runs.

Streamlit checks who a reader is only when a page runs. Files made for download, metrics and uploads have addresses of
their own and would be given to anybody; and a server on a laptop would answer the whole network.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import _get_signed_cookie_with_chunks

from ipo_data.identity import Refusal, decide
from ipo_data.serving import LOGIN, Serving, is_loopback

OPEN: Final = ("/healthz", "/readyz", "/version", "/_stcore/health")
"""Addresses for probes; they tell nothing and are answered under any host name."""
GUARDED: Final = ("/media/", "/_stcore/metrics", "/_stcore/upload_file/", "/_stcore/agent/", "/_stcore/script-health")
"""Beginnings of addresses that give or take data without running a page."""
_OWN_NAMES: Final = ("localhost", "127.0.0.1", "[::1]", "::1")


class Gate:
    """Refuse connections that nobody allowed.

    Args:
        app: What answers those that are let through.
        serving: Who may reach the app.
    """

    def __init__(self, app: ASGIApp, serving: Serving) -> None:
        self._app = app
        self._serving = serving
        hosts = serving.hosts or (_OWN_NAMES if serving.only_this_machine else ("*",))
        self._by_name = TrustedHostMiddleware(app, allowed_hosts=[*hosts], www_redirect=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or say why not."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        if scope["path"] in OPEN:
            await self._app(scope, receive, send)
            return
        refused = self._refusal(HTTPConnection(scope))
        await (refused or self._by_name)(scope, receive, send)

    def _refusal(self, connection: HTTPConnection) -> PlainTextResponse | None:
        peer = connection.client.host if connection.client else "127.0.0.1"
        if self._serving.only_this_machine and not is_loopback(peer):
            return PlainTextResponse(
                "This server answers its own machine only. To share it, set up a login; "
                f"to open it to a network that you trust, start it with {LOGIN}=none.\n",
                status_code=403,
            )
        if self._serving.login == "proxy" and not self._serving.is_trusted_peer(peer):
            return PlainTextResponse("Requests are taken from the proxy that signs users in.\n", status_code=403)
        if not self._serving.needs_identity or not self._is_guarded(connection.scope["path"]):
            return None
        refusal = decide(self._serving, identity_of(connection, self._serving)).refusal
        if refusal is None:
            return None
        status = 401 if refusal is Refusal.NOT_SIGNED_IN else 403
        return PlainTextResponse("Sign in first.\n" if status == 401 else "Not allowed.\n", status_code=status)

    def _is_guarded(self, path: str) -> bool:
        return self._serving.login == "proxy" or path.startswith(GUARDED)


def identity_of(connection: HTTPConnection, serving: Serving) -> Mapping[str, Any]:
    """Return the claims of whoever opened a connection; empty if nobody signed in.

    Args:
        connection: A request with its headers and cookies.
        serving: Says whether a proxy's header or Streamlit's signed cookie counts.
    """
    if serving.login == "proxy":
        address = connection.headers.get(serving.user_header)
        return {"email": address} if address else {}
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
