"""What a browser fetches for a page and when it paints it: cold with an empty cache, warm when opened again."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.program import browser_program
from tests.browser.tab import IDLE, SIZE

_FIRST_PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN"
_NOW = "() => performance.now()"
_PAINTED = """
() => {
    const charts = [...document.querySelectorAll('.js-plotly-plot')];
    return charts.every(chart => chart.querySelector('.main-svg'));
}
"""


@dataclass(frozen=True)
class Opening:
    """One opening of a page.

    Attributes:
        fetched: Bytes over HTTP, as they came over the wire.
        pushed: Bytes over the websocket.
        first_paint: Milliseconds until something was painted.
        title: Milliseconds until the page's title stood there.
        painted: Milliseconds until the script had ended and every chart was drawn.
    """

    fetched: int
    pushed: int
    first_paint: float
    title: float
    painted: float


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


def cold_and_warm(started: Browser, link: str) -> tuple[Opening, Opening]:
    """Open a page in a browser that has seen nothing, then once more in the same browser.

    Args:
        started: A running browser.
        link: Whole address of the page.
    """
    with started.new_context(viewport=SIZE, locale="en-GB") as context:
        return opening(context, link), opening(context, link)


def opening(context: BrowserContext, link: str) -> Opening:
    """Open a page in a new tab and count until it is drawn."""
    page = context.new_page()
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
    page.wait_for_function(_PAINTED)
    painted = page.evaluate(_NOW)
    found = Opening(counted["http"], counted["socket"], page.evaluate(_FIRST_PAINT), title, painted)
    page.close()
    return found
