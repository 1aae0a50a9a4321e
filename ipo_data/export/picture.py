"""One exhibit as a picture: PNG, SVG, PDF or stand-alone HTML, light and opaque, with all it takes to quote it."""

import asyncio
import atexit
import base64
import re
import tempfile
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

from choreographer import Tab

from ipo_data.charts.drawing import Drawing
from ipo_data.charts.wide import has_strips, in_columns, widened
from ipo_data.dataset import Dataset
from ipo_data.errors import UnknownNameError
from ipo_data.exhibits.context import Context, restricted_to
from ipo_data.exhibits.model import Exhibit, View
from ipo_data.exhibits.registry import build
from ipo_data.exhibits.registry import page as page_of
from ipo_data.export import metadata
from ipo_data.export.browser import PageError, Session, browser_thread, command, evaluate
from ipo_data.export.figure_code import figure_code
from ipo_data.export.formats import CHARTS_ALONE, FORMATS, PRESETS, Preset
from ipo_data.export.sheet import Sheet, drawing_page, sheet_of, stand_alone_page

_CSS_DPI: Final = 96
_LOADING: Final = 0.02
_WINDOW: Final = (1280, 900)
_DENSITY: Final = 2.0
"""Pixels per layout pixel while a sheet is laid out. At 1 a browser rounds the width of every letter, and words would
stand elsewhere than where they were measured once the sheet is drawn larger."""
_LEAST_DENSITY: Final = 1.25


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture and what was found when it was laid out.

    Attributes:
        content: The file.
        size: Width and height in layout pixels.
        chart: Left, top, width and height of the chart in layout pixels; empty for tables.
        lost: Words that are cut at an edge; empty if all is well.
        overlaps: Pairs of words in the chart that lie over each other.
    """

    content: bytes
    size: tuple[int, int]
    chart: tuple[float, ...]
    lost: tuple[str, ...]
    overlaps: int


def picture(
    exhibit: Exhibit,
    page: str,
    view: View,
    dataset: Dataset,
    *,
    preset: str = "document",
    format: str = "png",  # noqa: A002 - the word for it
    code: str = "",
) -> bytes:
    """Return an exhibit as a picture.

    Args:
        exhibit: The exhibit; one drawn for a dark screen is drawn again in light colours.
        page: Page it stands on.
        view: The view it was built for.
        dataset: The whole data set.
        preset: Size: one of ``PRESETS``.
        format: One of ``FORMATS``.
        code: Its figure code, if known already.

    Raises:
        NoBrowserError: If there is no browser; stand-alone HTML needs none.
        OptionError: If the exhibit is a table too long for a picture.
        UnknownNameError: If there is no such preset or format.
    """
    return drawn(exhibit, page, view, dataset, preset=preset, format=format, code=code).content


def drawn(
    exhibit: Exhibit,
    page: str,
    view: View,
    dataset: Dataset,
    *,
    preset: str = "document",
    format: str = "png",  # noqa: A002 - the word for it
    code: str = "",
    width: int = 0,
) -> Drawn:
    """Return a picture as ``picture`` does, with what was found when it was laid out; ``width`` overrides the preset's.

    Raises:
        NoBrowserError: If there is no browser; stand-alone HTML needs none.
        OptionError: If the exhibit is a table too long for a picture.
        UnknownNameError: If there is no such preset or format.
    """
    if preset not in PRESETS:
        raise UnknownNameError("preset", preset, PRESETS)
    if format not in FORMATS:
        raise UnknownNameError("format", format, FORMATS)
    size = replace(PRESETS[preset], width=width, wider=(0,)) if width else PRESETS[preset]
    sheet = sheet_of(*_light(exhibit, page, view, dataset), code or figure_code(exhibit, view, page, dataset))
    texts = _texts(sheet, exhibit, dataset)
    if format == "html":
        return Drawn(stand_alone_page(sheet, size.width).encode(), (size.width, 0), (), (), 0)
    return browser_thread().run(_Job(sheet, size, format, texts))


def chart_alone(exhibit: Exhibit, page: str, view: View, dataset: Dataset, *, form: str, code: str) -> Drawn:
    """Return an exhibit's chart as PNG without title, notes and documents, for where these stand beside it.

    Args:
        exhibit: An exhibit with a chart.
        page: Page it stands on.
        view: The view it was built for.
        dataset: The whole data set.
        form: One of ``CHARTS_ALONE``.
        code: Its figure code.

    Raises:
        NoBrowserError: If there is no browser.
    """
    size = CHARTS_ALONE[form]
    light = _light(exhibit, page, view, dataset)
    sheet = sheet_of(*light, code)
    if light[0].figure is not None:
        sheet = replace(sheet, figure=_laid_out(light[0].figure, light, size).to_dict())
    return browser_thread().run(_Job(sheet, size, "png", _texts(sheet, exhibit, dataset), alone=True))


def _laid_out(figure: Drawing, light: tuple[Exhibit, str, View, Dataset], size: Preset) -> Drawing:
    """Return a chart for a width that is known: words beside its rows; strips as on a phone, in two columns."""
    if size.ratio or not has_strips(figure):
        return widened(figure, size.width)
    exhibit, page, view, dataset = light
    narrow = replace(view, narrow=True)
    found = build(Context(restricted_to(dataset, narrow), narrow), page_of(page), exhibit.id).figure
    return in_columns(found or figure, 2)


def _texts(sheet: Sheet, exhibit: Exhibit, dataset: Dataset) -> dict[str, str]:
    """Return what is written into the file."""
    return {
        metadata.TITLE: sheet.title, metadata.LINK: sheet.link, metadata.CODE: sheet.figure_code,
        metadata.SOURCES: " ".join(sheet.sources), metadata.DATA: dataset.digest,
        metadata.EXHIBIT: exhibit.id,
    }  # fmt: skip


def _light(exhibit: Exhibit, page: str, view: View, dataset: Dataset) -> tuple[Exhibit, str, View, Dataset]:
    light = replace(view, theme="light", narrow=False)
    if light == view:
        return exhibit, page, view, dataset
    return build(Context(restricted_to(dataset, light), light), page_of(page), exhibit.id), page, light, dataset


@dataclass(frozen=True)
class _Job:
    """Draws one sheet, or its chart alone, in a tab that has the page loaded."""

    sheet: Sheet
    preset: Preset
    format: str
    texts: dict[str, str]
    alone: bool = False

    async def __call__(self, session: Session) -> Drawn:
        tab = session.drawing_tabs.pop() if session.drawing_tabs else await _loaded_tab(session)
        drawn = await self._draw(tab)
        session.drawing_tabs.append(tab)
        return drawn

    async def _draw(self, tab: Tab) -> Drawn:
        preset = self.preset
        layout = {"widths": [preset.width + more for more in preset.wider], "ratio": preset.ratio, "step": preset.step}
        layout["bare"] = self.alone
        found = await evaluate(tab, f"draw({self.sheet.spec(**layout)})")
        size = (found["width"], found["height"])
        content = await getattr(self, f"_{self.format}")(tab, *size)
        return Drawn(content, size, tuple(found["chart"] or ()), tuple(found["lost"]), found["overlaps"])

    async def _png(self, tab: Tab, width: int, height: int) -> bytes:
        factor = self.preset.scale * self.preset.width / width
        density = factor if factor >= _LEAST_DENSITY else _DENSITY
        await _set_size(tab, width, height, density)
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": factor / density}
        # pressing the file as small as it gets takes half of the whole time, for a quarter less
        shot = await command(tab, "Page.captureScreenshot", format="png", clip=clip, optimizeForSpeed=True)
        return metadata.stamped_png(base64.b64decode(shot["data"]), self.texts, _CSS_DPI * factor)

    async def _svg(self, tab: Tab, width: int, height: int) -> bytes:
        text = await evaluate(tab, f"asSvg({width}, {height})")
        return metadata.stamped_svg(_with_steady_ids(text), self.texts).encode()

    async def _pdf(self, tab: Tab, width: int, height: int) -> bytes:
        printed = await command(
            tab, "Page.printToPDF", paperWidth=width / _CSS_DPI, paperHeight=(height + 1) / _CSS_DPI, marginTop=0,
            marginBottom=0, marginLeft=0, marginRight=0, printBackground=True, pageRanges="1",
            generateTaggedPDF=False,  # its marks carry numbers that grow with every page the browser has drawn
        )  # fmt: skip
        return metadata.stamped_pdf(base64.b64decode(printed["data"]), self.texts)


def _with_steady_ids(svg: str) -> str:
    """Replace the random names that Plotly gives to clip paths and the like by numbers in order of appearance."""
    names: dict[str, str] = {}
    found = re.findall(r'id="[a-z]*?([0-9a-f]{6})[a-z0-9_]*"', svg)
    for name in found:
        names.setdefault(name, f"f{len(names):05d}")
    for name, steady in names.items():
        svg = svg.replace(name, steady)
    return svg


async def _set_size(tab: Tab, width: int, height: int, density: float) -> None:
    await command(
        tab, "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=density, mobile=False
    )


async def _loaded_tab(session: Session) -> Tab:
    """Open a tab with the drawing page and wait for Plotly."""
    tab = await session.new_tab(_page_file().as_uri())
    await _set_size(tab, *_WINDOW, _DENSITY)
    while await evaluate(tab, "typeof draw + document.readyState") != "functioncomplete":
        await asyncio.sleep(_LOADING)
    if await evaluate(tab, "typeof Plotly") == "undefined":
        raise PageError("Plotly's script could not be loaded into the browser")
    return tab


@cache
def _page_file() -> Path:
    folder = _temporary_folder()
    path = Path(folder.name) / "sheet.html"
    path.write_text(drawing_page(), encoding="utf-8")
    return path


@cache
def _temporary_folder() -> "tempfile.TemporaryDirectory[str]":
    folder = tempfile.TemporaryDirectory(prefix="ipo-drawing-")
    atexit.register(folder.cleanup)
    return folder
