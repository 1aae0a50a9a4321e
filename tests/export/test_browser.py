"""The drawing browser: every caller gets its own picture, also when the browser dies; without one it says so."""

import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from ipo_data.dataset import Dataset
from ipo_data.errors import NoBrowserError
from ipo_data.exhibits.model import Exhibit, View
from ipo_data.export.browser import NAMES, VARIABLE, BrowserThread, PageError, browser_thread, evaluate, find_browser
from ipo_data.export.picture import picture
from tests.export.conftest import MakeExhibit

THREADS, RENDERS = (8, 40) if os.environ.get("EVERY_PICTURE") else (8, 4)


def running() -> set[tuple[int, str]]:
    """Return all processes by number and time of their start (Linux; elsewhere none)."""
    return {(pid, fields[19]) for pid, fields in _stat().items() if fields[0] != "Z"}


def descendants(pid: int) -> set[tuple[int, str]]:
    """Return a process with its children and theirs, as ``running`` names them."""
    found, processes = {pid}, _stat()
    for _ in range(4):
        found |= {child for child, fields in processes.items() if int(fields[1]) in found}
    return {(child, processes[child][19]) for child in found if child in processes}


def _stat() -> dict[int, list[str]]:
    """Return the fields of every process after its name, first its state and its parent."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            found[int(path.parent.name)] = path.read_text("utf-8").rpartition(")")[2].split()
    return found


drawing = [pytest.mark.browser, pytest.mark.usefixtures("drawing_browser")]


class TestDrawing:
    pytestmark = drawing

    @pytest.fixture
    def variants(self, dataset: Dataset, exhibit_of: MakeExhibit) -> list[tuple[Exhibit, bytes]]:
        """Pictures that differ in their words only, so that a mix-up would not show in their size."""
        shown = exhibit_of("growth", "segment-growth")
        titled = [replace(shown, title=f"Picture {number}") for number in range(THREADS)]
        return [(one, picture(one, "growth", View(), dataset, code="ABCDE23456")) for one in titled]

    def _draw(self, variants: list[tuple[Exhibit, bytes]], dataset: Dataset, number: int) -> bool:
        exhibit, expected = variants[number % THREADS]
        return picture(exhibit, "growth", View(), dataset, code="ABCDE23456") == expected

    def test_every_thread_gets_its_own_picture(self, dataset: Dataset, variants: list[tuple[Exhibit, bytes]]) -> None:
        assert len({content for _, content in variants}) == THREADS
        with ThreadPoolExecutor(THREADS) as pool:
            right = list(pool.map(lambda number: self._draw(variants, dataset, number), range(THREADS * RENDERS)))
        assert right == [True] * THREADS * RENDERS

    def test_killing_the_browser_loses_no_picture(
        self, dataset: Dataset, variants: list[tuple[Exhibit, bytes]], caplog: pytest.LogCaptureFixture
    ) -> None:
        killed = browser_thread().process
        assert killed is not None
        family = descendants(killed)
        halfway = threading.Event()

        def draw(number: int) -> bool:
            if number == THREADS:
                halfway.set()
            return self._draw(variants, dataset, number)

        with ThreadPoolExecutor(THREADS) as pool:
            jobs = [pool.submit(draw, number) for number in range(THREADS * RENDERS)]
            halfway.wait(60)
            os.kill(killed, signal.SIGKILL)
            assert [job.result() for job in jobs] == [True] * THREADS * RENDERS
        assert browser_thread().process not in (None, killed)
        end = time.monotonic() + 30
        while family & running() and time.monotonic() < end:
            time.sleep(0.1)
        assert not family & running()  # its helpers went with it

    def test_an_error_of_the_page_is_not_tried_again(self) -> None:
        tried = []

        async def fail(session) -> None:
            tab = await session.new_tab()
            tried.append(1)
            try:
                await evaluate(tab, "nothing.here")
            finally:
                await session.close_tab(tab)

        with pytest.raises(PageError, match="nothing is not defined"):
            browser_thread().run(fail)
        assert len(tried) == 1

    def test_an_idle_browser_is_closed_and_opened_again(self) -> None:
        thread = BrowserThread(idle=0.2)

        async def answer(session) -> int:
            del session
            return 42

        assert thread.run(answer) == 42
        end = time.monotonic() + 30
        while thread.process is not None and time.monotonic() < end:
            time.sleep(0.1)
        assert thread.process is None
        assert thread.run(answer) == 42
        thread.close()


def test_a_named_browser_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    mine = tmp_path / "browser"
    mine.write_text("#!/bin/sh\n")
    monkeypatch.setenv(VARIABLE, str(mine))
    with pytest.raises(NoBrowserError, match="is not a program; correct it or unset it"):
        find_browser()  # a file that cannot be run
    mine.chmod(0o755)
    assert find_browser() == mine


def test_the_smallest_browser_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("chromium", "chromium-headless-shell"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    assert find_browser().name == "chromium-headless-shell" == NAMES[0]


def test_a_program_that_is_no_browser_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "/bin/false")
    thread = BrowserThread()

    async def answer(session) -> int:
        del session
        return 42

    with pytest.raises(NoBrowserError, match="/bin/false does not start"):
        thread.run(answer)
    thread.close()
