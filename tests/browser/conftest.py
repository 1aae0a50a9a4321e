"""One headless Chromium and one server for all browser tests; a tab notes everything that goes wrong in it."""

import os
from collections.abc import Iterator
from pathlib import Path
from shutil import which

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.tab import Tab
from tests.serving import ROOT, Server, serve

_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_LOCALE = "en-GB"


def _program() -> Path | None:
    """Return the browser that ``find_or_install_browser.sh`` would name."""
    named = os.environ.get("BROWSER_PATH")
    found = named if named and Path(named).is_file() else next(filter(None, map(which, _NAMES)), None)
    return Path(found) if found else None


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = _program()
    if program is None:
        reason = "no headless Chromium found; set BROWSER_PATH or run tests/browser/find_or_install_browser.sh"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with serve(ROOT) as running:
        yield running


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Iterator[dict[str, BrowserContext]]:
    """Contexts by colour scheme: shared, so that the program is fetched and compiled once and not for every page."""
    opened = {scheme: _context(browser, scheme) for scheme in ("light", "dark")}
    yield opened
    for context in opened.values():
        context.close()


def _context(browser: Browser, scheme: str) -> BrowserContext:
    context = browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light",
        locale=_LOCALE,
        viewport={"width": 1360, "height": 900},
        reduced_motion="reduce",
    )
    context.set_default_timeout(30_000)
    return context


@pytest.fixture
def tab(contexts: dict[str, BrowserContext], server: Server) -> Iterator[Tab]:
    """A fresh tab in light colours."""
    with Tab(contexts["light"], server.url) as opened:
        yield opened


@pytest.fixture
def dark_tab(contexts: dict[str, BrowserContext], server: Server) -> Iterator[Tab]:
    """A fresh tab in dark colours."""
    with Tab(contexts["dark"], server.url) as opened:
        yield opened
