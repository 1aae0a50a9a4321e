"""The page as the browser lays it out: what is cut, overlapping, beyond the screen, empty or in another language."""

from pathlib import Path

from playwright.sync_api import Page

from pages.shell.browser import LEAST_WIDE
from tests.browser.tab import IDLE

SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
WIDTHS = (1440, 1024, 390)
"""Desktop, small laptop or tablet, phone."""
HEIGHT = 900
_STILL = """
async () => {
    const picture = () => [document.querySelector('[data-testid=stMain]').scrollHeight,
        ...[...document.querySelectorAll('.js-plotly-plot')].map(chart => {
        const words = [...chart.querySelectorAll('text')].slice(0, 40).map(text => text.getBoundingClientRect());
        const inner = chart.querySelector('.main-svg');
        const width = inner && inner.getAttribute('width');
        return [width, chart.clientWidth, ...words.map(box => Math.round(box.left))].join();
    })].join(';');
    const pause = () => new Promise(done => setTimeout(done, 120));
    const waits = () => document.querySelector('[data-testid=stSkeleton]')
        || [...document.querySelectorAll('[data-testid=stBidiComponentRegular]')].some(
            exhibit => !exhibit.querySelector('.ipo-exhibit'))
        || [...document.querySelectorAll('.ipo-chart')].some(chart => !chart.querySelector('.main-svg'));
    let before = '', same = 0;
    for (let turn = 0; turn < 250 && (same < 3 || waits()); turn += 1) {
        await pause();
        const now = picture();
        same = now === before ? same + 1 : 0;
        before = now;
    }
}
"""


_FOLLOWED = """
least => {
    const part = document.querySelector('[data-testid=stMainBlockContainer]');
    const style = getComputedStyle(part);
    const room = part.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    return window.ipoScreen === (room < least ? 'narrow' : 'wide');
}
"""


def resized(page: Page, width: int, height: int = HEIGHT) -> None:
    """Give the window a size and wait until the charts have followed, laid out anew if it is narrow now or was."""
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_function(_FOLLOWED, arg=LEAST_WIDE)
    page.wait_for_selector(IDLE)
    page.evaluate(_STILL)


def whole(page: Page) -> None:
    """Make the window as high as the page, for a picture of all of it."""
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size(
        {"width": page.viewport_size["width"] if page.viewport_size else WIDTHS[0], "height": height}
    )


def findings(page: Page, language: str) -> list[str]:
    """Return what is wrong with the page as it stands, one line each; none if nothing is."""
    found: list[str] = page.evaluate(SCRIPT, language)
    return found
