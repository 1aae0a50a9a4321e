"""Exhibits to export and a browser to draw them with."""

import os
from collections.abc import Callable, Iterator

import pytest

from ipo_data.dataset import Dataset
from ipo_data.errors import NoBrowserError
from ipo_data.exhibits.context import Context, restricted_to
from ipo_data.exhibits.model import Exhibit, View
from ipo_data.exhibits.registry import build, page
from ipo_data.export.browser import browser_thread, find_browser
from ipo_data.export.fonts import has_fonts

MakeExhibit = Callable[..., Exhibit]


@pytest.fixture
def exhibit_of(dataset: Dataset) -> MakeExhibit:
    """Builds an exhibit of the repository's records."""

    def make(page_id: str, name: str, view: View | None = None) -> Exhibit:
        view = view or View()
        return build(Context(restricted_to(dataset, view), view), page(page_id), name)

    return make


@pytest.fixture(scope="session")
def drawing_browser() -> Iterator[None]:
    """A browser and the fonts; under CI it is an error if they are missing."""
    reason = "" if has_fonts() else "the fonts have not been made: make setup"
    try:
        find_browser()
    except NoBrowserError as error:
        reason = str(error)
    if reason and os.environ.get("CI"):
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)
    yield
    browser_thread().close()
