"""The headless browser that draws exports: one per process, in a loop and thread of its own, started again if it dies.

Callers of any thread hand in a job; each gets the result of its own job. The browser starts at the first job and stops
after some idle minutes, which gives back about 400 MB.
"""

import asyncio
import atexit
import logging
import os
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from shutil import which
from typing import Any, Final, TypeVar

from choreographer import Browser, Tab

from ipo_data.errors import NoBrowserError, shown

VARIABLE: Final = "BROWSER_PATH"
"""Environment variable that names the browser's program."""
NAMES: Final = (
    "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
    "microsoft-edge",
)  # fmt: skip
_ATTEMPTS: Final = 3
_AT_ONCE: Final = 2
"""Jobs in the browser at the same time; more do not finish sooner and take memory."""
_PATIENCE: Final = 20.0
"""Seconds a job may take before the browser counts as stuck."""
_START: Final = 30.0
_IDLE: Final = 300.0
_LOG = logging.getLogger(__name__)

T = TypeVar("T")
Job = Callable[["Session"], Awaitable[T]]
"""What to do with a running browser."""


def find_browser() -> Path:
    """Return the browser's program: ``$BROWSER_PATH``, else the first of the usual names that is found.

    Raises:
        NoBrowserError: If there is none; the message says what to install.
    """
    named = os.environ.get(VARIABLE)
    if named:
        if os.access(named, os.X_OK) and Path(named).is_file():
            return Path(named)
        raise NoBrowserError(f"{VARIABLE} is set to '{shown(named)}', which is not a program; correct it or unset it")
    for name in NAMES:
        found = which(name)
        if found is not None:
            return Path(found)
    raise NoBrowserError(
        "no headless browser was found; pictures and PDF need one. Install one, e.g. on Debian "
        f"'apt-get install chromium-headless-shell', or name a Chromium or Chrome with {VARIABLE}=…"
    )


def no_browser() -> str:
    """Return why nothing can be drawn here and what to install; empty if a browser is there."""
    try:
        find_browser()
    except NoBrowserError as error:
        return str(error)
    return ""


class PageError(RuntimeError):
    """A page in the browser reported an error; trying again would not help."""


class Session:
    """One running browser and its tabs for drawing.

    Args:
        browser: The browser, open.

    Attributes:
        alive: Whether no job has failed in it.
        drawing_tabs: Tabs that have the sheet loaded and wait for something to draw.
    """

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.alive = True
        self.drawing_tabs: list[Any] = []

    async def new_tab(self, url: str = "about:blank") -> Tab:
        """Open a tab in a window of its own, so that it is drawn even if others are in front."""
        tab = await self.browser.create_tab(url=url, window=True)
        return tab  # noqa: RET504 - the library is not typed

    async def close_tab(self, tab: Tab) -> None:
        """Close a tab; a tab that is gone already is closed."""
        with suppress(Exception):
            await asyncio.wait_for(self.browser.close_tab(tab.target_id), 5)


async def command(tab: Tab, name: str, **parameters: object) -> dict[str, Any]:
    """Send one command to a tab and return its result.

    Raises:
        PageError: If the browser refuses it.
    """
    answer = await tab.send_command(name, parameters)
    if "error" in answer:
        raise PageError(f"{name}: {answer['error'].get('message', answer['error'])}")
    result: dict[str, Any] = answer["result"]
    return result


async def evaluate(tab: Tab, expression: str) -> Any:  # noqa: ANN401 - whatever the page returns
    """Return the value of an expression in a page; promises are waited for.

    Raises:
        PageError: If the expression fails.
    """
    answer = await command(tab, "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
    if "exceptionDetails" in answer:
        raise PageError(str(answer["exceptionDetails"].get("exception", {}).get("description", "error"))[:500])
    return answer["result"].get("value")


class BrowserThread:
    """A browser in a thread of its own.

    Args:
        patience: Seconds one attempt of a job may take.
        idle: Seconds without a job after which the browser is closed.
    """

    def __init__(self, patience: float = _PATIENCE, idle: float = _IDLE) -> None:
        self._patience, self._idle = patience, idle
        self._session: Session | None = None
        self._opening: asyncio.Lock | None = None
        self._turns: asyncio.Semaphore | None = None
        self._running = 0
        self._closer: asyncio.TimerHandle | None = None
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, name="drawing", daemon=True).start()
        atexit.register(self.close)

    def run(self, job: Job[T], *, patience: float | None = None) -> T:
        """Do a job and return its result; callable from any thread.

        Args:
            job: What to do; it is tried again if the browser dies under it.
            patience: Seconds one attempt may take, if not the usual.

        Raises:
            NoBrowserError: If there is no browser, or it does not start.
            PageError: If the page itself reports an error.
        """
        find_browser()  # says so at once, in the caller's thread
        return asyncio.run_coroutine_threadsafe(self._do(job, patience or self._patience), self._loop).result()

    def close(self) -> None:
        """Stop the browser; the next job starts another."""
        if self._loop.is_running():
            with suppress(Exception):
                asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(10)

    @property
    def process(self) -> int | None:
        """Process id of the running browser, for tests and diagnosis."""
        return self._session.browser.subprocess.pid if self._session is not None else None

    async def _do(self, job: Job[T], patience: float) -> T:
        self._running += 1
        if self._turns is None:
            self._turns = asyncio.Semaphore(_AT_ONCE)
        try:
            async with self._turns:
                return await self._try(job, patience)
        finally:
            self._running -= 1
            self._close_later()

    async def _try(self, job: Job[T], patience: float) -> T:
        for attempt in range(1, _ATTEMPTS + 1):
            session = await self._open()
            try:
                return await asyncio.wait_for(job(session), patience)
            except PageError:
                raise
            except (Exception, asyncio.CancelledError) as error:  # what waits for a dying browser is cancelled
                _LOG.warning("attempt %d in the browser failed: %s: %s", attempt, type(error).__name__, error)
                await self._drop(session)
                if attempt == _ATTEMPTS:
                    raise NoBrowserError(
                        f"the browser failed {_ATTEMPTS} times: {error or type(error).__name__}"
                    ) from error
        raise AssertionError("unreachable")

    async def _open(self) -> Session:
        if self._opening is None:
            self._opening = asyncio.Lock()
        async with self._opening:
            if self._session is None:
                self._session = Session(await _started(find_browser()))
        return self._session

    async def _drop(self, session: Session) -> None:
        """Forget a browser that failed; the jobs that still run in it fail by themselves and are tried again."""
        if self._session is session:
            self._session = None
        if session.alive:
            session.alive = False
            await _stopped(session.browser)

    async def _close(self) -> None:
        if self._session is not None:
            await self._drop(self._session)

    def _close_later(self) -> None:
        if self._closer is not None:
            self._closer.cancel()
        if self._running == 0:
            self._closer = self._loop.call_later(self._idle, lambda: self._loop.create_task(self._close_if_idle()))

    async def _close_if_idle(self) -> None:
        if self._running == 0:
            await self._close()


async def _started(program: Path) -> Browser:
    browser = Browser(path=program)
    try:
        await asyncio.wait_for(browser.open(), _START)
    except Exception as error:
        await _stopped(browser)
        raise NoBrowserError(f"{program} does not start: {type(error).__name__}") from error
    return browser


async def _stopped(browser: Browser) -> None:
    with suppress(Exception):
        await asyncio.wait_for(browser.close(), 8)
    process = getattr(browser, "subprocess", None)
    if process is not None and process.poll() is None:
        process.kill()


@cache
def browser_thread() -> BrowserThread:
    """Return the one browser of this process; it starts with the first job."""
    return BrowserThread()
