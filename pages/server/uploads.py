"""How much of what readers upload the server holds at a time.

Streamlit looks at the size of each file. How many there are it does not count, and it keeps them as long as the tab is
open: without this, one reader could fill the memory of all.
"""

import re
from typing import Final

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileManager

MOST_FILES: Final = 130
"""Files of one tab; twice what a page takes, since a field that is emptied gives them back a rerun later."""
MOST_BYTES: Final = 60_000_000
"""Bytes of one tab; two of the largest files that are taken."""
MOST_OF_ALL: Final = 300_000_000
"""Bytes of all tabs."""
_UPLOAD: Final = re.compile(r"/_stcore/upload_file/([^/]+)/[^/]+$")


class HeldUploads:
    """Refuse a file where too much is held already; hand on everything else.

    Args:
        app: What answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        upload = _UPLOAD.search(scope["path"]) if scope["type"] == "http" and scope["method"] == "PUT" else None
        storage = storage_in_use() if upload else None
        if upload and isinstance(storage, MemoryUploadedFileManager) and is_full(storage, upload[1]):
            await PlainTextResponse("Too many files are held; remove some first.\n", status_code=413)(
                scope, receive, send
            )
            return
        await self._app(scope, receive, send)


def storage_in_use() -> UploadedFileManager | None:
    """Return where the running server keeps what is uploaded; ``None`` if none runs."""
    return runtime.get_instance().uploaded_file_mgr if runtime.exists() else None


def is_full(storage: MemoryUploadedFileManager, session: str) -> bool:
    """Tell whether a tab, or all together, hold as much as they may."""
    held = {tab: [len(file.data) for file in [*files.values()]] for tab, files in [*storage.file_storage.items()]}
    own = held.get(session, [])
    return len(own) >= MOST_FILES or sum(own) >= MOST_BYTES or sum(sum(sizes) for sizes in held.values()) >= MOST_OF_ALL
