"""Security headers on every answer; the content security policy lists the inline scripts by their hashes."""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.server.login import SCRIPTS as LOGIN_SCRIPTS
from pages.shell.browser import SCRIPTS

_INLINE: Final = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)


_PARTS: Final = ("text/javascript", "application/javascript", "text/css", "font/")
"""Kinds that a browser never shows as a page. A first sight asks for a hundred of them."""
_OF_DOCUMENTS: Final = (
    "Content-Security-Policy", "X-Frame-Options", "Cross-Origin-Opener-Policy", "Permissions-Policy",
)  # fmt: skip
"""Headers that browsers heed on pages alone; a kilobyte of each answer."""


class SecurityHeaders:
    """Add the headers to every HTTP answer.

    Args:
        app: What answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, with the headers added to what the application sends."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                is_part = headers.get("content-type", "").startswith(_PARTS)
                for name, value in security_headers().items():
                    if not (is_part and name in _OF_DOCUMENTS):
                        headers.setdefault(name, value)
                if "/media/" in scope["path"]:
                    headers.setdefault("Cache-Control", "private, no-store")  # made for one reader
            await send(message)

        await self._app(scope, receive, send_with_headers)


@cache
def security_headers() -> dict[str, str]:
    """Return the headers; the hashes are computed from the page that Streamlit really sends."""
    scripts = " ".join(f"'sha256-{digest}'" for digest in sorted(script_hashes()))
    policy = {
        "default-src": "'self'",
        "script-src": f"'self' {scripts}",
        "style-src": "'self' 'unsafe-inline'",  # Streamlit and Plotly style their elements while they run
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    }


def script_hashes() -> set[str]:
    """Return the SHA-256 hashes, in Base64, of the inline scripts of Streamlit's page and of our own."""
    page = Path(streamlit.__file__).parent / "static" / "index.html"
    found = [*_INLINE.findall(page.read_text(encoding="utf-8"))]
    found += [script for text in (*SCRIPTS.values(), *LOGIN_SCRIPTS) for script in _INLINE.findall(text)]
    return {b64encode(sha256(script.encode()).digest()).decode() for script in found}
