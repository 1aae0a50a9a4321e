"""A whole page of the running app as PNG or A4 PDF: without side bar and buttons, and with no chart cut.

No single sign of Streamlit's says that a page is done: its script ends seconds before the charts are drawn. A page is
ready when the script has ended, nothing is a place-holder, every chart and table is drawn, the fonts are there, and
neither the size nor the number of elements has changed for a while.
"""

import asyncio
import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from choreographer import Tab

from ipo_data.errors import IpoDataError, UnknownNameError
from ipo_data.export.browser import PageError, Session, browser_thread, command, evaluate
from ipo_data.export.formats import PAGE_FORMATS, PAGE_WIDTH
from ipo_data.export.metadata import stamped_pdf, stamped_png

_PAPER: Final = (8.27, 11.69)
_MARGIN: Final = 0.47
_PRINTED_WIDTH: Final = 960
"""Width at which a page is laid out for A4: every chart has the room it asks for, and is then shown smaller."""
_SCALE: Final = 2
_PATIENCE: Final = 90.0
_TURN: Final = 0.06
_QUIET_TURNS: Final = 8
_FIRST_HEIGHT: Final = 1000
_STYLE: Final = """
[data-testid=stSidebar], [data-testid=stExpandSidebarButton], [data-testid=stHeader], [data-testid=stToolbar],
[data-testid=stDecoration], [data-testid=stStatusWidget], [data-testid=stMain] [data-testid=stExpander],
.modebar, .ipo-memo, .ipo-fold, [class*=st-key-unfolded-],
[data-testid=stMain] :is([data-testid=stButton], [data-testid=stDownloadButton], [data-testid=stPopover]),
[data-testid=stElementToolbar], [data-testid=stSkipLink] { display: none !important; }
*, *::before, *::after { animation: none !important; transition: none !important; caret-color: transparent !important; }
[data-testid=stMainBlockContainer] { padding: 24px 28px !important; max-width: none !important; }
@page { size: A4; margin: 12mm; }
@media print {
  html, body, #root, [data-testid=stApp], [data-testid=stAppViewContainer], [data-testid=stMain] {
    position: static !important; overflow: visible !important; height: auto !important; display: block !important; }
  [data-testid=stMainBlockContainer] { padding: 0 !important; }
  .ipo-chart, [data-testid=stDataFrame], tr, h1, h2, h3, dl { break-inside: avoid; }
  h1, h2, h3, hr, [data-testid=stElementContainer]:has(h3) { break-after: avoid; }
}
"""
_ON_LOAD: Final = f"""
addEventListener('DOMContentLoaded', () => {{
  const style = document.createElement('style');
  style.textContent = {json.dumps(_STYLE)};
  document.head.append(style);
}});
"""
_STATE: Final = """(() => {
  const all = selector => [...document.querySelectorAll(selector)];
  const app = document.querySelector('[data-testid=stApp]'), main = document.querySelector(
    '[data-testid=stMainBlockContainer]');
  const done = app && main && app.dataset.testScriptState === 'notRunning'
    && app.dataset.testConnectionState !== 'DISCONNECTED'
    && !all('[data-testid=stSkeleton], [data-testid=stAppSkeleton], [data-testid=stSpinner], [data-stale=true]').length
    && all('[data-testid=stBidiComponentRegular]').every(exhibit => exhibit.querySelector('.ipo-exhibit'))
    && all('.ipo-chart').every(chart => chart.querySelector('.main-svg'))
    && all('[data-testid=stDataFrame]').every(table => table.querySelector('canvas'))
    && document.fonts.status === 'loaded' && all('h1').length;
  const box = main ? main.getBoundingClientRect() : {height: 0};
  return {done: Boolean(done), height: Math.ceil(box.height), count: main ? main.querySelectorAll('*').length : 0,
    failed: all('[data-testid=stException]').length, charts: all('.ipo-chart').length};
})()"""


class CaptureError(IpoDataError):
    """A page did not get ready, or shows an error."""


@dataclass(frozen=True, slots=True)
class Capture:
    """What to capture.

    Attributes:
        url: Address of the page with its query.
        format: One of ``PAGE_FORMATS``.
        theme: ``light`` or ``dark``; PDF is always light.
        width: Width in layout pixels; PDF has its own.
    """

    url: str
    format: str = "png"
    theme: str = "light"
    width: int = PAGE_WIDTH

    async def __call__(self, session: Session) -> bytes:
        """Open the page in a tab of its own, wait until it is ready, and take it."""
        tab = await session.new_tab()
        try:
            await self._open(tab)
            return await (self._pdf(tab) if self.format == "pdf" else self._png(tab))
        finally:
            await session.close_tab(tab)

    async def _open(self, tab: Tab) -> None:
        theme = "light" if self.format == "pdf" else self.theme
        await command(
            tab, "Emulation.setEmulatedMedia", media="screen",
            features=[{"name": "prefers-color-scheme", "value": theme}, {"name": "prefers-reduced-motion",
                                                                        "value": "reduce"}],
        )  # fmt: skip
        await command(tab, "Emulation.setScrollbarsHidden", hidden=True)
        await command(tab, "Page.enable")
        await command(tab, "Page.addScriptToEvaluateOnNewDocument", source=_ON_LOAD)
        await self._resize(tab, _FIRST_HEIGHT)
        await command(tab, "Page.navigate", url=self.url)
        await self._ready(tab)

    async def _resize(self, tab: Tab, height: int) -> None:
        width = _PRINTED_WIDTH if self.format == "pdf" else self.width
        await command(
            tab, "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=_SCALE, mobile=False,
        )  # fmt: skip

    async def _ready(self, tab: Tab) -> dict[str, Any]:
        """Wait until the page is drawn and quiet, and return what was measured."""
        last: dict[str, Any] = {}
        quiet = 0
        for _ in range(round(_PATIENCE / _TURN)):
            state = await evaluate(tab, _STATE)
            quiet = quiet + 1 if state["done"] and state == last else 0
            last = state
            if quiet >= _QUIET_TURNS:
                if state["failed"]:
                    raise PageError("the page shows an error")
                return last
            await asyncio.sleep(_TURN)
        raise PageError(f"the page did not get ready in {_PATIENCE:.0f} seconds")

    async def _fit(self, tab: Tab) -> int:
        """Make the window as high as the page: Streamlit scrolls inside it, and shows no more than the window."""
        height = _FIRST_HEIGHT
        for _ in range(4):
            found = (await self._ready(tab))["height"]
            if found == height:
                break
            height = found
            await self._resize(tab, height)
        return height

    async def _png(self, tab: Tab) -> bytes:
        height = await self._fit(tab)
        clip = {"x": 0, "y": 0, "width": self.width, "height": height, "scale": 1}
        shot = await command(tab, "Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True)
        return base64.b64decode(shot["data"])

    async def _pdf(self, tab: Tab) -> bytes:
        await self._fit(tab)
        await command(tab, "Emulation.setEmulatedMedia", media="print")
        printed = await command(
            tab, "Page.printToPDF", paperWidth=_PAPER[0], paperHeight=_PAPER[1], marginTop=_MARGIN,
            marginBottom=_MARGIN, marginLeft=_MARGIN, marginRight=_MARGIN, printBackground=True,
            generateTaggedPDF=False, scale=(_PAPER[0] - 2 * _MARGIN) * 96 / _PRINTED_WIDTH,
        )  # fmt: skip
        return base64.b64decode(printed["data"])


def captured(
    url: str,
    texts: Mapping[str, str],
    *,
    format: str = "png",  # noqa: A002 - the word for it
    theme: str = "light",
    width: int = PAGE_WIDTH,
) -> bytes:
    """Return a page of the running app as a file.

    Args:
        url: Address of the page with its query.
        texts: What the file says of itself, by the keys of ``metadata``.
        format: One of ``PAGE_FORMATS``; PDF is A4 and light.
        theme: ``light`` or ``dark``.
        width: Width in layout pixels.

    Raises:
        CaptureError: If the page does not get ready or shows an error.
        NoBrowserError: If there is no browser.
        UnknownNameError: If there is no such format.
    """
    if format not in PAGE_FORMATS:
        raise UnknownNameError("format", format, PAGE_FORMATS)
    try:
        content = browser_thread().run(Capture(url, format, theme, width), patience=_PATIENCE * 2)
    except PageError as error:
        raise CaptureError(f"{url}: {error}") from error
    return stamped_pdf(content, texts) if format == "pdf" else stamped_png(content, texts, 96 * _SCALE)
