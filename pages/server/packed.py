"""Streamlit's own scripts and styles, and Plotly's script, sent compressed.

Streamlit sends them as they are, because compressing them anew for everybody who opens a page would cost more than it
saves. Here each is compressed once, when the first browser asks for it, and kept: a third of the bytes for a reader
whose browser has not seen the product yet. Their names hold a hash of their contents, so that browsers keep them for
good.
"""

import gzip
from functools import lru_cache
from pathlib import Path
from typing import Final

import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ipo_data.export.sheet import plotly_script
from pages.server.settings import root_path
from pages.shell.exhibit_element import FILES, MODULE, NAME, PARTS, SCRIPT

_KINDS: Final = {".js": "text/javascript", ".css": "text/css"}
_LEVEL: Final = 9
"""Of zlib; each file is compressed once."""
_FOR_GOOD: Final = "public, immutable, max-age=31536000"
_ASK_AGAIN: Final = "no-cache"
"""For our own scripts, whose names say nothing of their contents."""
_MOST: Final = 512
"""Files kept, more than there are; all of them together are 7 MB."""


class PackedStatic:
    """Answer requests for scripts and styles with compressed copies; hand on everything else.

    Args:
        app: What answers everything else, and browsers that take nothing compressed.
        below: Path below which Streamlit serves the app, e.g. ``/ipo``; empty for the root.
    """

    def __init__(self, app: ASGIApp, below: str = "") -> None:
        self._app = app
        self._files = static_files(below)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        path = self._files.get(scope["path"]) if scope["type"] == "http" and scope["method"] == "GET" else None
        if path is None or not _wants_packed(Request(scope)):
            # Streamlit does not know where Plotly's script lies.
            whole = FileResponse(path, media_type=_KINDS[".js"]) if path == plotly_script() else self._app
            await whole(scope, receive, send)
            return
        kept = _ASK_AGAIN if path.parent == FILES else _FOR_GOOD
        headers = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding", "Cache-Control": kept}
        content = await run_in_threadpool(packed, path)
        await Response(content, headers=headers, media_type=_KINDS[path.suffix])(scope, receive, send)


def static_files(below: str = "") -> dict[str, Path]:
    """Return the files that are sent compressed, by their address; no other path is ever looked up on disk."""
    root = root_path(below)
    folder = Path(streamlit.__file__).parent / "static"
    files = (path for path in (folder / "static").rglob("*") if path.suffix in _KINDS)
    own = {SCRIPT: plotly_script(), **{name: FILES / name for name in (MODULE, *PARTS)}}
    exhibits = {f"{root}/_stcore/bidi-components/{NAME}/{name}": path for name, path in own.items()}
    return exhibits | {f"{root}/{path.relative_to(folder).as_posix()}": path for path in files}


@lru_cache(_MOST)
def packed(path: Path) -> bytes:
    """Return the compressed content of a file, made once."""
    return gzip.compress(path.read_bytes(), _LEVEL, mtime=0)


def _wants_packed(request: Request) -> bool:
    offered = request.headers.get("accept-encoding", "").replace(" ", "").lower().split(",")
    return "gzip" in offered and "range" not in request.headers
