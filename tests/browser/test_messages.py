"""What a rerun sends: counted on the websocket as a browser would receive it; needs no browser itself."""

import pytest

from ipo_data.exhibits.registry import PAGES
from pages.shell.navigation import TOOLS
from tests.bench.client import Tab
from tests.serving import Server

pytestmark = pytest.mark.browser

MOST_BYTES = 60_000
"""Of a rerun in which nothing changed, as after a click into a table or a fold."""


@pytest.mark.parametrize("page", [*(page.id for page in PAGES), *TOOLS])
def test_a_rerun_sends_little(page: str, server: Server) -> None:
    with Tab(server.url, "" if page == PAGES[0].id else page, "lang=en") as tab:
        first = tab.run()
        tab.run()
        again = tab.run()

    assert first.errors == []
    assert again.errors == []
    assert again.size <= MOST_BYTES, f"{again.size:,} bytes in {again.messages} messages"
    assert again.charts <= first.charts  # a chart of some size is only named when the tab holds it already
