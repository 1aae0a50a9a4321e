"""What is on screen is what is exported: charts at the same size, in the same browser, compared pixel by pixel."""

import asyncio
import base64
import io
import os

import pytest
from PIL import Image, ImageChops

from ipo_data.dataset import Dataset
from ipo_data.exhibits.context import Context, restricted_to
from ipo_data.exhibits.registry import PAGES, build, exhibit_ids
from ipo_data.exhibits.view_query import view_of
from ipo_data.export.browser import browser_thread, command, evaluate
from ipo_data.export.fonts import has_fonts
from ipo_data.export.page_capture import Capture
from ipo_data.export.picture import Drawn, drawn
from tests.serving import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGE_IDS = [page.id for page in PAGES] if os.environ.get("EVERY_PICTURE") else ["growth"]
"""``make bench`` takes every page."""
WIDTH = 960
MARGIN = 20
"""Of the exported picture, on either side of the chart."""
SAME_WIDTH = f"""(() => {{
  const style = document.createElement('style');
  style.textContent = '[data-testid=stMainBlockContainer]{{width:{WIDTH}px!important;min-width:{WIDTH}px!important;'
    + 'padding:48px 0!important}} [class*=st-key-abreast-]{{display:block!important}}'
    + '.modebar{{display:none!important}}';
  document.head.append(style);
  dispatchEvent(new Event('resize'));
}})()"""
TAKE_OUT = """() => {
  window.taken = {};
  for (const box of document.querySelectorAll('[class*=st-key-exhibit-]')) {
    const key = [...box.classList].find(name => name.startsWith('st-key-exhibit-'));
    const chart = box.querySelector('.js-plotly-plot');
    if (!chart) continue;
    window.taken[key.replace(/^st-key-exhibit-/, '')] = chart;
    chart.style.width = chart.clientWidth + 'px';
    document.body.style.textRendering = getComputedStyle(chart).textRendering;  // as it is inherited on the page
  }
  document.querySelectorAll('body style').forEach(style => document.head.append(style.cloneNode(true)));
  document.documentElement.style.background = document.body.style.background = '#FFFFFF';
}"""
ALONE = """(name, left, top) => {
  const chart = window.taken[name];
  document.body.replaceChildren(chart);
  Object.assign(chart.style, {position: 'absolute', left: left + 'px', top: top + 'px'});
}"""


class Screen:
    """Takes every chart of a page as it is on screen, alone and in a window of the exported picture's size.

    Where other things lie beside a chart, a browser draws it in other tiles, and the edges of slanted lines differ by a
    shade.
    """

    def __init__(self, url: str, page: str, exported: dict[str, Drawn]) -> None:
        self._capture, self._page, self._exported = Capture(url, width=1400), page, exported

    async def __call__(self, session) -> dict[str, Image.Image]:
        tab = await session.new_tab()
        try:
            await self._capture._open(tab)
            await evaluate(tab, SAME_WIDTH)
            await asyncio.sleep(1)
            await self._capture._ready(tab)
            await evaluate(tab, f"({TAKE_OUT})()")
            return {name: await self._shot(tab, name, found) for name, found in self._exported.items()}
        finally:
            await session.close_tab(tab)

    async def _shot(self, tab, name: str, found: Drawn) -> Image.Image:
        width, height = found.size
        await command(
            tab, "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=2, mobile=False
        )
        await evaluate(tab, f"({ALONE})('{self._page}-{name}', {found.chart[0]}, {found.chart[1]})")
        await asyncio.sleep(0.1)
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
        shot = await command(tab, "Page.captureScreenshot", format="png", clip=clip)
        return chart_of(base64.b64decode(shot["data"]), found)


def chart_of(content: bytes, found: Drawn) -> Image.Image:
    left, top, width, height = (round(value * 2) for value in found.chart)
    return Image.open(io.BytesIO(content)).convert("RGB").crop((left, top, left + width, top + height))


@pytest.mark.parametrize("number", range(len(PAGE_IDS)), ids=PAGE_IDS)
def test_screen_and_export_are_the_same_picture(dataset: Dataset, server: Server, browser, number: int) -> None:
    del browser  # only to skip, or to fail under CI, where there is none
    if not has_fonts():
        pytest.skip("the fonts have not been made: make setup")
    page = PAGES[[one.id for one in PAGES].index(PAGE_IDS[number])]
    query = {"lang": ("zh-Hans", "en", "zh-Hant")[number % 3]}
    view = view_of(page.id, query, dataset)
    context = Context(restricted_to(dataset, view), view)
    exhibits = {name: build(context, page, name) for name in exhibit_ids(page, context.companies)}
    charts = {name: exhibit for name, exhibit in exhibits.items() if exhibit.figure is not None}
    path = "" if page is PAGES[0] else page.id
    url = f"{server.url}/{path}?lang={query['lang']}"
    exported = {
        name: drawn(exhibit, page.id, view, dataset, preset="screen", width=WIDTH + 2 * MARGIN)
        for name, exhibit in charts.items()
    }
    screen = browser_thread().run(Screen(url, page.id, exported), patience=180)
    differing = {}
    for name, found in exported.items():
        difference = ImageChops.difference(screen[name], chart_of(found.content, found)).convert("L")
        differing[name] = sum(difference.histogram()[1:])
    assert {name: pixels for name, pixels in differing.items() if pixels} == {}
