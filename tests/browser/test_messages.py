"""What a run sends: counted on the websocket as a browser would receive it; needs no browser itself."""

import socket
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from ipo_data.exhibits.registry import PAGES
from pages.server.uploads import MOST_FILES
from pages.shell.navigation import TOOLS
from pages.shell.trace_page import LARGEST
from tests.bench.client import Tab
from tests.serving import Server

pytestmark = pytest.mark.browser

MOST_BYTES = 60_000
"""Over the wire, whatever the run is for; without packing, of a rerun in which nothing changed, as after unfolding."""


@pytest.mark.parametrize("page", [*(page.id for page in PAGES), *TOOLS])
def test_a_run_sends_little(page: str, server: Server) -> None:
    with Tab(server.url, "" if page == PAGES[0].id else page, "lang=en") as tab:
        first = tab.run()
        translated = tab.follow("lang=zh-Hans")
        again = tab.run()

    assert tab.packed
    for name, run in (("first", first), ("translated", translated), ("again", again)):
        assert run.errors == [], name
        assert 0 < run.wire <= MOST_BYTES, f"{name}: {run.wire:,} bytes in {run.messages} messages"
    assert again.size <= MOST_BYTES, f"{again.size:,} bytes in {again.messages} messages"
    assert again.charts <= first.charts  # a chart of some size is only named when the tab holds it already


def test_a_memo_can_be_sent_and_no_flood_of_files(server: Server) -> None:
    """What the trace page says it takes the server takes, and as many files as a page takes, twice."""
    with Tab(server.url, "trace", "lang=en") as tab:
        tab.run()
        assert tab.uploaded(b"x" * 5_000_000) == 204
        assert tab.uploaded(b"x" * (LARGEST * 1_048_576 + 1)) == 413
        answers = [tab.uploaded(b"x") for _ in range(MOST_FILES)]
    assert (answers[0], answers[-2], answers[-1]) == (204, 204, 413)


@pytest.mark.parametrize(("host", "origin"), [("", "http://evil.test"), ("evil.test", "http://evil.test")])
def test_no_other_site_is_sent_a_page(host: str, origin: str, server: Server) -> None:
    """A page of another site whose script opens our websocket, and a name of theirs that leads to this machine."""
    place = urlsplit(server.url)
    with (
        socket.create_connection((str(place.hostname), int(place.port or 0))) as wire,
        pytest.raises(InvalidStatus) as raised,
        connect(f"ws://{host or place.netloc}/_stcore/stream", sock=wire, origin=origin),  # type: ignore[arg-type]
    ):
        raise AssertionError("let in")
    assert raised.value.response.status_code == 403
