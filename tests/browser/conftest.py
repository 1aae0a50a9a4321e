"""One headless Chromium and one server for all browser tests; a tab notes everything that goes wrong in it."""

import os
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests.browser.program import browser_program
from tests.browser.tab import SIZE, Tab
from tests.serving import ROOT, Server, serve


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = browser_program()
    if program is None:
        reason = "no headless Chromium found; set BROWSER_PATH or run tests/browser/find_or_install_browser.sh"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with serve(ROOT) as running:
        yield running


@pytest.fixture(scope="session")
def tabs(browser: Browser, server: Server) -> Iterator[dict[str, Tab]]:
    """One tab per colour scheme, used by test after test: a new one would compile the program anew each time."""
    with ExitStack() as stack:
        opened = {}
        for scheme in ("light", "dark"):
            context = stack.enter_context(_context(browser, scheme))
            opened[scheme] = stack.enter_context(Tab(context, server.url))
        yield opened


def _context(browser: Browser, scheme: str) -> BrowserContext:
    context = browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light",
        locale="en-GB",
        viewport=SIZE,
        reduced_motion="reduce",
    )
    context.set_default_timeout(30_000)
    return context


@pytest.fixture
def tab(tabs: dict[str, Tab]) -> Tab:
    """An empty tab in light colours."""
    return tabs["light"].clear("light")


@pytest.fixture
def dark_tab(tabs: dict[str, Tab]) -> Tab:
    """An empty tab in dark colours."""
    return tabs["dark"].clear("dark")
