"""Ten readers download at once; the others' pages are answered meanwhile."""

import statistics
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from ipo_data.export import metadata
from ipo_data.text.catalog import words
from tests.bench.client import Run, Tab
from tests.serving import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]

READERS = 10
SLOWER = 25
"""How many times longer a page may take while both cores draw; one that waited for the pictures would take hundreds."""
EXHIBITS = ("one-footing", "growth-rates", "segment-growth", "mau", "tokens")


def test_a_file_is_there_until_it_is_fetched_whatever_others_do(server: Server) -> None:
    with ExitStack() as stack:
        tab, other = (stack.enter_context(Tab(server.url, "growth", "lang=en")) for _ in range(2))
        path = tab.made(tab.unfold("exhibit-growth-one-footing").files[words("en")("export.csv")])
        for _ in range(4):  # Streamlit gives it up at the second end of anybody's run
            other.run()
        assert tab.fetched(path).startswith("\ufeffcompany,".encode())


def test_ten_downloads_at_once_all_succeed_and_pages_stay_responsive(server: Server, browser) -> None:
    del browser  # only to skip, or to fail under CI, where there is none
    label = words("en")("export.png_document")
    with ExitStack() as stack:
        tabs = [stack.enter_context(Tab(server.url, "growth", "lang=en")) for _ in range(READERS)]
        names = []
        for number, tab in enumerate(tabs):
            shown = tab.unfold(f"exhibit-growth-{EXHIBITS[number % len(EXHIBITS)]}")
            assert shown.errors == []
            names.append(shown.files[label])
        other = stack.enter_context(Tab(server.url, "mix", "lang=en"))
        other.run()
        before = statistics.median(other.run().milliseconds for _ in range(10))
        with ThreadPoolExecutor(READERS) as pool:
            jobs = [pool.submit(tab.download, name) for tab, name in zip(tabs, names, strict=True)]
            during = [run.milliseconds for run in _runs_until(other, jobs)]
        pictures = [job.result() for job in jobs]
    found = [metadata.png_texts(picture)[metadata.EXHIBIT] for picture in pictures]
    assert found == [EXHIBITS[number % len(EXHIBITS)] for number in range(READERS)]
    assert pictures[:5] == pictures[5:]
    print(f"rerun {before:.0f} ms alone, {statistics.median(during):.0f} ms (at most {max(during):.0f}) meanwhile")
    assert statistics.median(during) < SLOWER * before


def _runs_until(tab: Tab, jobs: list[Future[bytes]]) -> Iterator[Run]:
    """Ask for one run after the other until all jobs are done; at least for one."""
    while True:
        over = all(job.done() for job in jobs)
        yield tab.run()
        if over:
            return
