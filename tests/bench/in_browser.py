"""What a browser fetches for a page and when it paints it: cold with an empty cache, warm when opened again."""

import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.bench.table import Row, row
from tests.bench.wire import counted
from tests.bench.yardsticks import empty_app
from tests.browser.program import browser_program
from tests.browser.tab import IDLE, SIZE
from tests.serving import serve

HEAVIEST = "runway?lang=en"
PAGES = ("?lang=en", HEAVIEST, "runway?lang=zh-Hans")
ROUNDS = 2
MOST_COLD, MOST_WARM = 3_300_000, 60_000
"""Bytes: over HTTP by a browser that has seen nothing; over HTTP, and over the websocket, by one that has."""
PATIENCE = 120_000
"""Milliseconds that a page may take on a machine that does much else."""

_FIRST_PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN"
_NOW = "() => performance.now()"
_PAINTED = """
least => {
    const charts = [...document.querySelectorAll('.js-plotly-plot')];
    return charts.length >= least && charts.every(chart => chart.querySelector('.main-svg'));
}
"""


@dataclass(frozen=True)
class Opening:
    """One opening of a page.

    Attributes:
        fetched: Bytes over HTTP, as they came over the wire.
        pushed: Bytes over the websocket, unpacked.
        first_paint: Milliseconds until something was painted.
        title: Milliseconds until the page's title stood there.
        painted: Milliseconds until the script had ended and every chart was drawn.
    """

    fetched: int
    pushed: int
    first_paint: float
    title: float
    painted: float


def rows() -> Iterator[Row]:
    """Measure and yield the rows."""
    if browser_program() is None:
        yield row("pages in a browser", "no headless browser found; set BROWSER_PATH")
        return
    with serve() as server, empty_app() as empty, browser() as started:
        bare = [cold_and_warm(started, empty.url, 0) for _ in range(ROUNDS)]
        blank = statistics.median(warm.first_paint for _, warm in bare)
        yield row("yardstick: an empty page, cold and warm", _both(bare))
        for link in PAGES:
            opened = [cold_and_warm(started, f"{server.url}/{link}") for _ in range(ROUNDS)]
            fetched = [statistics.median(one.fetched for one in column) for column in zip(*opened, strict=True)]
            packed = _over_the_wire(started, server.url, link)
            kept = fetched[0] <= MOST_COLD and max(fetched[1], packed) <= MOST_WARM
            figure = f"{_both(opened)}; {packed / 1_000:.0f} kB by the websocket over the wire"
            yield row(f"opening `/{link}`, cold and warm", figure, "≤ 3.3 MB, ≤ 60 kB", met=kept)
            if link == HEAVIEST:
                first = statistics.median(warm.first_paint for _, warm in opened)
                figure = f"{first:.0f} ms, {first / blank:.1f} ×"
                yield row(
                    "first paint of the heaviest page beside the empty one", figure, "≤ 2 ×", met=first <= 2 * blank
                )


def _over_the_wire(started: Browser, server: str, link: str) -> int:
    """Return the bytes that the websocket of an opened page takes as they are sent."""
    with counted(server) as wire, started.new_context(viewport=SIZE, locale="en-GB") as context:
        opening(context, f"{wire.url}/{link}")
        return wire.pushed


def _both(opened: list[tuple[Opening, Opening]]) -> str:
    return "; ".join(_one(list(column)) for column in zip(*opened, strict=True))


def _one(openings: list[Opening]) -> str:
    """Return medians: bytes, websocket, first paint, title, everything drawn."""
    names = ("fetched", "pushed", "first_paint", "title", "painted")
    fetched, pushed, first, title, painted = (
        statistics.median(getattr(one, name) for one in openings) for name in names
    )
    size = f"{fetched / 1_000_000:.2f} MB" if fetched >= 1_000_000 else f"{fetched / 1_000:.0f} kB"
    times = f"first paint {first:,.0f} ms, title {title:,.0f} ms, drawn {painted:,.0f} ms"
    return f"{size} and {pushed / 1_000:.0f} kB by the websocket unpacked, {times}"


@contextmanager
def browser() -> Iterator[Browser]:
    """Start a headless browser.

    Raises:
        RuntimeError: There is none.
    """
    program = browser_program()
    if program is None:
        raise RuntimeError("no headless browser; set BROWSER_PATH")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield started
        started.close()


def cold_and_warm(started: Browser, link: str, least: int = 1) -> tuple[Opening, Opening]:
    """Open a page in a browser that has seen nothing, then once more in the same browser.

    Args:
        started: A running browser.
        link: Whole address of the page.
        least: Charts it has at least.
    """
    with started.new_context(viewport=SIZE, locale="en-GB") as context:
        return opening(context, link, least), opening(context, link, least)


def opening(context: BrowserContext, link: str, least: int = 1) -> Opening:
    """Open a page in a new tab and count until it is drawn, with at least so many charts."""
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    network = context.new_cdp_session(page)
    counted = {"http": 0, "socket": 0}

    def on_response(event: dict[str, Any]) -> None:
        counted["http"] += int(event["encodedDataLength"])

    def on_frame(event: dict[str, Any]) -> None:
        counted["socket"] += len(event["response"]["payloadData"]) * 3 // 4  # the payload comes in Base64

    network.on("Network.loadingFinished", on_response)
    network.on("Network.webSocketFrameReceived", on_frame)
    network.send("Network.enable")
    page.goto(link, wait_until="commit")
    page.wait_for_selector("h1")
    title = page.evaluate(_NOW)
    page.wait_for_selector(IDLE)
    page.wait_for_function(_PAINTED, arg=least)
    painted = page.evaluate(_NOW)
    found = Opening(counted["http"], counted["socket"], page.evaluate(_FIRST_PAINT), title, painted)
    page.close()
    return found
