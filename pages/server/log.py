"""What the server writes down: one JSON object a line, without the values of addresses' queries."""

import json
import logging
import os
import secrets
import stat
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from math import ceil
from threading import local
from typing import Any, Final

import streamlit as st
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ipo_data.errors import BudgetError
from ipo_data.text.catalog import words
from pages.server.limits import OverBudgetError, refusal
from pages.server.settings import serving
from pages.shell.controls import url_language

ACCESS: Final = logging.getLogger("ipo.access")
ERRORS: Final = logging.getLogger("ipo.errors")
_RUN = local()
_QUIET: Final = ("/static/", "/fonts/", "/_stcore/", "/app/static/", "/healthz", "/readyz")
"""Not written down unless somebody was refused."""
_REFUSED: Final = (401, 403, 413)
_LONGEST_PATH: Final = 300


class JsonLines(logging.Formatter):
    """One JSON object a line; what a message carries in ``fields`` becomes keys."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def set_up() -> None:
    """Send what the server writes down to standard error; requests only where a server is shared."""
    for logger in (ACCESS, ERRORS):
        if not logger.handlers:
            handler = logging.StreamHandler(sys.stderr)
            handler.setFormatter(JsonLines())
            logger.addHandler(handler)
            logger.propagate = False
    ACCESS.setLevel(logging.INFO if serving().shared else logging.WARNING)
    _begin_a_line()


def _begin_a_line() -> None:
    """End what a killed process may have left without an end, so that no line of this one is added to it."""
    with suppress(OSError, ValueError):  # standard error that is no file of the system
        if stat.S_ISREG(os.fstat(sys.stderr.fileno()).st_mode) and os.lseek(sys.stderr.fileno(), 0, os.SEEK_END):
            sys.stderr.write("\n")


class AccessLog:
    """Write one line for every request, with its path but not its query, which may hold what somebody looks into.

    Args:
        app: What answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer and write the line when the answer is out."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        quiet = scope["type"] == "http" and scope["path"].startswith(_QUIET)
        began = time.monotonic()
        status: list[int] = []

        async def note(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                status.append(message["status"])
            elif message["type"] == "websocket.accept":
                status.append(101)
            await send(message)

        try:
            await self._app(scope, receive, note)
        finally:
            if not quiet or (status and status[0] in _REFUSED):
                _write(scope, status[0] if status else 403, time.monotonic() - began)


def _write(scope: Scope, status: int, seconds: float) -> None:
    path = scope["path"]
    ACCESS.info("request", extra={"fields": {
        "kind": scope["type"],
        "method": scope.get("method", "GET"),
        "path": path if len(path) <= _LONGEST_PATH else f"{path[:_LONGEST_PATH]}…",
        "status": status,
        "ms": round(seconds * 1000, 1),
    }})  # fmt: skip


def run_begins(page: str) -> None:
    """Remember which page runs since when, for the log of what goes wrong in it."""
    _RUN.page, _RUN.began = page, time.monotonic()


def on_script_error(error: Exception) -> bool:
    """Show a reference instead of the error, and write the error down under this reference.

    Returns:
        ``True``: nothing else is shown to the reader.
    """
    say = words(url_language())
    if isinstance(error, OverBudgetError):
        st.warning(say("error.over_budget", seconds=ceil(error.wait)), icon=":material/hourglass_top:")
        return True
    if isinstance(error, BudgetError):
        st.warning(refusal(error, say), icon=":material/hourglass_disabled:")
        return True
    reference = secrets.token_hex(4)
    context = get_script_run_ctx(suppress_warning=True)
    began = getattr(_RUN, "began", None)
    ERRORS.error("a page failed", exc_info=error, extra={"fields": {
        "reference": reference,
        "page": getattr(_RUN, "page", ""),
        "session": context.session_id[:8] if context else "",
        "ms": round((time.monotonic() - began) * 1000, 1) if began is not None else None,
    }})  # fmt: skip
    st.error(say("error.page", reference=reference), icon=":material/error:")
    return True
