"""Every exhibit as a picture: nothing blank, nothing cut. ``EVERY_PICTURE=1`` takes all languages (``make bench``)."""

import io
import os

import pytest
from PIL import Image

from ipo_data.dataset import Dataset
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import View
from ipo_data.exhibits.registry import PAGES, build, exhibit_ids
from ipo_data.export.picture import Drawn, drawn
from ipo_data.export.sheet import is_drawable
from ipo_data.text.catalog import LANGUAGES

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("drawing_browser"), pytest.mark.slow]

CASES = [
    (page, language)
    for number, page in enumerate(PAGES)
    for language in (LANGUAGES if os.environ.get("EVERY_PICTURE") else LANGUAGES[number % 3 : number % 3 + 1])
]
"""Each page in one language, or in all."""


def is_blank(found: Drawn) -> bool:
    """Tell whether the place of the chart, or of a table the whole, has a single colour."""
    image = Image.open(io.BytesIO(found.content)).convert("RGB")
    if found.chart:
        factor = image.width / found.size[0]
        left, top, width, height = (round(value * factor) for value in found.chart)
        image = image.crop((left, top, left + width, top + height))
    return len(image.resize((64, 64)).getcolors(64 * 64) or ()) < 3


@pytest.mark.parametrize(("page", "language"), CASES, ids=[f"{page.id}-{language}" for page, language in CASES])
def test_no_picture_is_blank_or_cut(dataset: Dataset, page, language: str) -> None:
    view = View(language=language)
    context = Context(dataset, view)
    wrong = {}
    for name in exhibit_ids(page, context.companies):
        exhibit = build(context, page, name)
        if not is_drawable(exhibit):
            continue
        found = drawn(exhibit, page.id, view, dataset)
        if found.lost or is_blank(found):
            wrong[name] = found.lost or "blank"
    assert wrong == {}


def test_a_blank_picture_would_be_noticed(dataset: Dataset) -> None:
    white = io.BytesIO()
    Image.new("RGB", (600, 300), "white").save(white, "png")
    assert is_blank(Drawn(white.getvalue(), (200, 100), (10, 10, 100, 50), (), 0))
