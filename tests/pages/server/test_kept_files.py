"""Files made on request can be fetched for a minute after Streamlit gave them up, and are not kept for good."""

import asyncio

import pytest
from streamlit import runtime
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.media_file_storage import MediaFileStorageError
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from pages.server import kept_files
from pages.server.kept_files import SECONDS, KeptFiles, kept_for_a_minute, storage_in_use


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Shop:
    """Streamlit's manager of files over its own storage, with and without what keeps them."""

    def __init__(self, *, keeps: bool = True, most: int = 1_000) -> None:
        self.storage, self.clock = MemoryMediaFileStorage("/media"), Clock()
        self.manager = MediaFileManager(self.storage)
        self.kept = KeptFiles(self.storage, self.clock, most) if keeps else None

    def press(self, content: bytes) -> str:
        """Press a button that makes a file; return the path that the browser is told."""
        button = self.manager.add_deferred(lambda: content, "text/csv", "1.(0).2", "numbers.csv")
        return self.manager.execute_deferred(button)

    def others_rerun(self, times: int = 2) -> None:
        for _ in range(times):
            self.manager.remove_orphaned_files()

    def has(self, path: str) -> bool:
        try:
            self.storage.get_file(path.rpartition("/")[2])
        except MediaFileStorageError:
            return False
        return True


def test_streamlit_still_gives_up_a_file_that_nobody_has_fetched() -> None:
    # If this fails, Streamlit keeps such files by itself and pages/server/kept_files.py may go.
    shop = Shop(keeps=False)
    path = shop.press(b"1")
    shop.others_rerun()
    assert not shop.has(path)


def test_a_file_can_be_fetched_for_a_minute_whatever_others_do() -> None:
    shop = Shop()
    path = shop.press(b"1")
    shop.others_rerun(times=50)
    shop.clock.now = SECONDS - 1
    shop.others_rerun(times=50)
    assert shop.has(path)


def test_after_a_minute_it_is_deleted() -> None:
    shop = Shop()
    path = shop.press(b"1")
    shop.others_rerun()
    shop.clock.now = SECONDS
    assert shop.kept is not None
    shop.kept.sweep()
    assert not shop.has(path)
    assert shop.kept.size == 0


def test_a_file_that_is_made_again_meanwhile_counts_anew() -> None:
    shop = Shop()
    path = shop.press(b"1")
    shop.others_rerun()
    shop.clock.now = SECONDS - 1
    assert shop.press(b"1") == path
    assert shop.kept is not None
    assert shop.kept.size == 0
    shop.clock.now = SECONDS + 1
    shop.others_rerun()
    assert shop.has(path)
    shop.clock.now = 2 * SECONDS + 1
    shop.press(b"2")
    assert not shop.has(path)


def test_beyond_the_bound_the_oldest_go_first() -> None:
    shop = Shop(most=25)
    paths = []
    for number in range(3):
        paths.append(shop.press(b"%d" % number * 10))
        shop.others_rerun()
    assert [shop.has(path) for path in paths] == [False, True, True]  # 10 + 10 + 10 > 25
    assert shop.kept is not None
    assert shop.kept.size == 20


def test_giving_up_what_is_not_there_is_nothing() -> None:
    shop = Shop()
    shop.storage.delete_file("0" * 56)
    assert shop.kept is not None
    assert shop.kept.size == 0


class _Instance:
    def __init__(self, manager: object) -> None:
        self.media_file_mgr = manager


@pytest.fixture
def in_use(monkeypatch: pytest.MonkeyPatch) -> Shop:
    shop = Shop(keeps=False)
    monkeypatch.setattr(runtime, "exists", lambda: True)
    monkeypatch.setattr(runtime, "get_instance", lambda: _Instance(shop.manager))
    return shop


async def _reruns_inside(shop: Shop) -> bool:
    async with kept_for_a_minute():
        path = shop.press(b"1")
        shop.others_rerun()
        return shop.has(path)


def test_the_running_servers_storage_is_found(in_use: Shop) -> None:
    assert storage_in_use() is in_use.storage, "Streamlit keeps its files elsewhere: look at MediaFileManager"
    assert asyncio.run(_reruns_inside(in_use))


def test_a_server_that_stores_files_otherwise_starts_all_the_same(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, in_use: Shop
) -> None:
    monkeypatch.setattr(kept_files, "storage_in_use", lambda: None)
    assert not asyncio.run(_reruns_inside(in_use))
    assert "another way than expected" in caplog.text


def test_what_is_kept_too_long_goes_without_anybody_coming(monkeypatch: pytest.MonkeyPatch, in_use: Shop) -> None:
    monkeypatch.setattr(kept_files, "SECONDS", 0.01)

    async def wait() -> bool:
        async with kept_for_a_minute():
            path = in_use.press(b"1")
            in_use.others_rerun()
            for _ in range(200):
                await asyncio.sleep(0.01)
                if not in_use.has(path):
                    return True
        return False

    assert asyncio.run(wait())
