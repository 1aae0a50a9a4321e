"""A browser tab on the dashboard: opens pages, waits until everything is drawn and notes what goes wrong."""

import re
from types import TracebackType
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, ViewportSize, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
SIZE: ViewportSize = {"width": 1360, "height": 900}
UNFOLDED = re.compile("^unfolded-")
STYLE = "[data-testid=stHtml] style"
"""The page's own rules, which the browser takes over a moment after everything else."""
_TRIES = 5
_PROBE = re.compile(r"^/[a-z]+/_stcore/(health|host-config)$")
_DRAWN = """
expected => {
    const charts = [...document.querySelectorAll('.js-plotly-plot')];
    return charts.length === expected && charts.every(chart => chart.querySelector('.main-svg'));
}
"""
_QUIET = """
milliseconds => {
    const now = performance.now();
    if (!window.lastChange) {
        window.lastChange = { time: now };
        new MutationObserver(() => { window.lastChange.time = performance.now(); }).observe(
            document.documentElement, { childList: true, characterData: true, subtree: true });
    }
    return now - window.lastChange.time > milliseconds;
}
"""
"""Whether the page has stood still so long: parts that the browser loads late come after the script is done."""
_STILL_MS = 150
_SHOWS = """
texts => {
    const shown = document.querySelector('[data-testid=stMain]').innerText.replaceAll('\\u2060', '');
    return texts.every(text => shown.includes(text));
}
"""
_HAS_MARKS = """
() => [...document.querySelectorAll('.js-plotly-plot')].map(chart => {
    const shapes = chart.querySelectorAll('.cartesianlayer .trace path, .cartesianlayer .trace image, .trace text, '
        + '.cartesianlayer .heatmaplayer image, .shapelayer path, .annotation-text, .g-xtitle text');
    return [...shapes].filter(shape => {
        const box = shape.getBoundingClientRect();
        return box.width + box.height > 0;
    }).length;
}).every(count => count > 0)
"""


class Tab:
    """One tab; use it as a context manager.

    Args:
        context: Where to open it.
        url: Address of the server.

    Attributes:
        page: The browser's page.
        problems: Errors on the console, failed requests and requests to other hosts.
    """

    def __init__(self, context: BrowserContext, url: str) -> None:
        self._context, self._url = context, url
        self.page: Page
        self.problems: list[str] = []

    def __enter__(self) -> Self:
        self.page = self._context.new_page()
        self.page.on("console", self._note_message)
        self.page.on("pageerror", lambda error: self.problems.append(f"error: {error}"))
        self.page.on("request", self._note_request)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.page.close()

    def _note_message(self, message: ConsoleMessage) -> None:
        where = urlsplit(message.location.get("url", "")).path
        if message.type == "error" and not _PROBE.match(where):
            self.problems.append(f"console: {message.text} ({where})")

    def _note_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != urlsplit(self._url).netloc:
            self.problems.append(f"request to another host: {request.url}")

    def clear(self, scheme: Literal["light", "dark"]) -> Self:
        """Empty the tab and forget what went wrong before."""
        self.page.goto("about:blank")
        self.page.emulate_media(color_scheme=scheme)
        self.page.set_viewport_size(SIZE)
        self.problems.clear()
        return self

    def open(self, link: str, charts: int | None = None) -> Self:
        """Open a link as a reader does who was sent it, and wait until the script and all charts are done."""
        self.page.goto(f"{self._url}/{link}")
        return self.settle(charts)

    def settle(self, charts: int | None = None) -> Self:
        """Wait until nothing runs and, if told, until so many charts are drawn."""
        self.page.wait_for_selector("h1")
        self.page.wait_for_selector(IDLE)
        self.page.wait_for_selector(STYLE, state="attached")
        self.page.wait_for_function(_QUIET, arg=_STILL_MS)
        self.page.wait_for_selector(IDLE)
        if charts is not None:
            self.page.wait_for_function(_DRAWN, arg=charts)
        return self

    def wait_for_query(self, **query: str) -> Self:
        """Wait until the address bar holds exactly this query."""
        self.page.wait_for_function(
            "wanted => JSON.stringify(Object.fromEntries(new URLSearchParams(location.search))) === wanted",
            arg=_json(query),
        )
        return self.settle()

    def wait_for_marks(self) -> Self:
        """Wait until every chart has visible marks and words."""
        self.page.wait_for_function(_HAS_MARKS)
        return self

    def link_to(self, label: str) -> Any:
        """Return the navigation's link of this label."""
        return self.page.get_by_test_id("stSidebar").get_by_role("link", name=label, exact=True)

    def wait_for_choice(self, label: str, option: str) -> None:
        """Wait until a list control shows an option as chosen; the address bar is ahead of the page."""
        expect(self.page.get_by_role("combobox", name=label)).to_have_value(option)

    def choose(self, label: str, option: str) -> Self:
        """Choose an option of a list control and wait until the page has followed.

        A list closes again when the page is drawn anew or scrolled at that moment; a reader would click once more.
        """
        self.page.bring_to_front()  # a browser with windows draws no list in a tab behind another
        wanted = self.page.get_by_role("option", name=option, exact=True)
        for _ in range(_TRIES):
            self.page.get_by_role("combobox", name=label).click()
            try:
                wanted.click(timeout=2_000)
                return self.settle()
            except PlaywrightTimeout:
                continue
        raise AssertionError(f"the list '{label}' does not offer '{option}'")

    def wait_for_path(self, path: str) -> Self:
        """Wait until the address bar holds this path."""
        self.page.wait_for_function("wanted => location.pathname === wanted", arg=path)
        return self

    def wait_for_title(self, title: str) -> Self:
        """Wait until the page has this title."""
        expect(self.page.locator("h1")).to_have_text(title)
        return self

    def wait_for_language(self, language: str) -> Self:
        """Wait until the page declares this language."""
        expect(self.page.locator("html")).to_have_attribute("lang", language)
        return self

    def unfold(self, number: int) -> Self:
        """Unfold an exhibit by a click and wait until what it holds is there; exhibits count from 0."""
        fold = self.page.locator(".ipo-fold").nth(number)
        fold.click()
        expect(fold).to_have_attribute("aria-controls", UNFOLDED)
        return self.settle()

    def unfold_by_keyboard(self, label: str, option: str) -> Self:
        """Open a list control by an arrow key; see ``choose`` for why more than once may be needed."""
        for _ in range(_TRIES):
            self.page.get_by_role("combobox", name=label).focus()
            self.page.keyboard.press("ArrowDown")
            try:
                self.page.get_by_role("option", name=option, exact=True).wait_for(timeout=2_000)
                return self
            except PlaywrightTimeout:
                self.page.keyboard.press("Escape")
        raise AssertionError(f"the list '{label}' does not open by keyboard, or lacks '{option}'")

    def wait_for_text(self, *texts: str) -> Self:
        """Wait until the page's main part shows each text; marks that only allow a line break are no text."""
        self.page.wait_for_function(_SHOWS, arg=list(texts))
        return self

    def switch_language(self, name: str) -> Self:
        """Press a language button."""
        self.page.get_by_test_id("stSidebar").get_by_role("radio", name=name).click()
        return self.settle()


def _json(query: dict[str, str]) -> str:
    pairs = ",".join(f'"{name}":"{value}"' for name, value in query.items())
    return "{" + pairs + "}"
