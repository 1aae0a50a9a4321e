"""Files made on request, kept for a minute after Streamlit gives them up.

Streamlit gives up a file that a button made at the second end of anybody's rerun, fetched or not; on a busy server the
browser comes to fetch it milliseconds later and finds nothing. Its storage is free to delete later than it is told, and
here it does.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from threading import Lock
from typing import Final

from streamlit import runtime
from streamlit.runtime.media_file_storage import MediaFileKind, MediaFileStorage, MediaFileStorageError
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

SECONDS: Final = 60.0
"""How long a file may still be fetched; its browser asks for it as soon as it is told that it is there."""
MOST_BYTES: Final = 200_000_000
"""Of all files that are kept; beyond it the oldest go first."""
_LOG = logging.getLogger(__name__)


class KeptFiles:
    """Stands in for the deletion of a storage: what is given up is deleted a minute later, unless it is taken again.

    Args:
        storage: Where the files lie; its ``delete_file`` and ``load_and_get_id`` are replaced.
        clock: Seconds that never go back.
        most: Bytes kept at most.
    """

    def __init__(
        self,
        storage: MemoryMediaFileStorage,
        clock: Callable[[], float] = time.monotonic,
        most: int = MOST_BYTES,
    ) -> None:
        self._storage, self._clock, self._most = storage, clock, most
        self._delete, self._load = storage.delete_file, storage.load_and_get_id
        self._given_up: dict[str, tuple[float, int]] = {}
        self._lock = Lock()
        storage.delete_file = self._give_up  # type: ignore[method-assign]
        storage.load_and_get_id = self._take  # type: ignore[method-assign]

    @property
    def size(self) -> int:
        """Bytes of the files that are given up and not yet deleted."""
        return sum(size for _, size in self._given_up.values())

    def sweep(self) -> None:
        """Delete what has been kept long enough, and the oldest of what is too much."""
        with self._lock:
            self._sweep()

    def _give_up(self, file_id: str) -> None:
        with self._lock, suppress(MediaFileStorageError):  # what is not there needs no deleting
            size = self._storage.get_file(file_id).content_size
            self._given_up.setdefault(file_id, (self._clock() + SECONDS, size))
            self._sweep()

    def _take(self, path_or_data: str | bytes, mimetype: str, kind: MediaFileKind, filename: str | None = None) -> str:
        """Add a file; one of the same bytes and name that was given up is in use again."""
        with self._lock:
            file_id = self._load(path_or_data, mimetype, kind, filename)
            self._given_up.pop(file_id, None)
            self._sweep()
        return file_id

    def _sweep(self) -> None:
        now, size = self._clock(), self.size
        for file_id, (end, bytes_of_it) in list(self._given_up.items()):  # the oldest stands first
            if end > now and size <= self._most:
                return
            del self._given_up[file_id]
            self._delete(file_id)
            size -= bytes_of_it


def storage_in_use() -> MediaFileStorage | None:
    """Return the storage that the running server serves files from; ``None`` if it cannot be told."""
    if not runtime.exists():
        return None
    return getattr(runtime.get_instance().media_file_mgr, "_storage", None)


@asynccontextmanager
async def kept_for_a_minute() -> AsyncIterator[None]:
    """Keep files made on request for a minute while inside; a server that stores them otherwise is left as it is."""
    storage = storage_in_use()
    if not isinstance(storage, MemoryMediaFileStorage):
        if runtime.exists():
            _LOG.warning("Streamlit stores files in another way than expected: downloads may be gone too early")
        yield
        return
    sweeper = asyncio.create_task(_sweep_now_and_then(KeptFiles(storage)))
    try:
        yield
    finally:
        sweeper.cancel()


async def _sweep_now_and_then(files: KeptFiles) -> None:
    while True:
        await asyncio.sleep(SECONDS)
        files.sweep()
