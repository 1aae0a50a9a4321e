"""What happens once when the server starts: data and the default view of every page, before the first reader."""

import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import numpy as np
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Route

from ipo_data.budget import keep_time, limited
from ipo_data.dataset import Dataset
from ipo_data.errors import OverTimeError
from ipo_data.exhibits.model import View
from ipo_data.exhibits.registry import PAGES, Page, exhibit_ids
from pages.server.components import keep_plain
from pages.server.health import ROUTES as PROBES
from pages.server.kept_files import kept_for_a_minute
from pages.server.live import ROUTES as LIVE
from pages.server.theme_once import keep_theme
from pages.shell.data import answer_of, context_of, loaded, read_by
from pages.shell.exhibit import ready
from pages.shell.fonts import FONT_ROUTES
from pages.shell.too_many import MOST_COMPANIES

_LOG = logging.getLogger(__name__)
_KEPT_BYTES = 16_000_000
"""More than the arrays of a simulation of 2,000 paths are large, each; twice as much is kept."""
LONGEST = 20.0
"""Processor seconds that the default views may take at the start; those of two companies take two."""


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[dict[str, Any]]:  # noqa: ANN401 - Streamlit's own type
    """Warm up, take what is now alive out of the garbage collector's sight, and keep files until they are fetched."""
    del app
    warm_up()
    gc.collect()
    gc.freeze()  # a full collection would otherwise walk 140,000 objects that never die
    keep_memory()
    keep_plain()
    keep_theme()
    async with kept_for_a_minute():
        yield {}


def keep_memory() -> None:
    """Have memory of freed arrays kept for the next ones instead of being given back to the system each time.

    The C library of Linux learns from the largest block it has seen freed what is worth keeping; elsewhere this does
    nothing. Asking the system for every array of a simulation anew took a fifth of its time.
    """
    np.empty(_KEPT_BYTES, dtype=np.uint8)


def warm_up() -> None:
    """Load the data and build the default view of every page; what goes wrong is reported by the page, not here.

    Of many companies two are built, with all that is made once for all of them, and no more than there is time for: the
    server starts in time, and who opens a page first waits instead.
    """
    dataset = loaded().dataset
    if dataset is None:
        return
    companies = () if len(dataset.companies) <= MOST_COMPANIES else tuple(dataset.companies)[:2]
    with limited(LONGEST, megabytes=0):
        _build_all(dataset, companies)


def _build_all(dataset: Dataset, companies: tuple[str, ...]) -> None:
    for page in PAGES:
        try:
            _build(dataset, page, companies)
        except OverTimeError:
            _LOG.warning(
                "Starting without %s and the pages after it, which are built when they are first opened", page.id
            )
            return
        except Exception:  # noqa: BLE001 - the server must start whatever one page runs into
            _LOG.exception("The page %s could not be built at the start", page.id)


def _build(dataset: Dataset, page: Page, companies: tuple[str, ...]) -> None:
    view = View(companies=companies, options=page.defaults(dataset))
    answer_of(dataset, view, page.id)
    for number, name in enumerate(exhibit_ids(page, context_of(dataset, view).companies), 1):
        keep_time()
        ready(dataset, read_by(view, page.id, name), page.id, name, number)


async def to_default_page(request: Request) -> RedirectResponse:
    """Send the default page's own name to ``/``, the only place where Streamlit serves it."""
    query = request.url.query
    return RedirectResponse(f"./{'?' + query if query else ''}", status_code=307)


ROUTES = [Route(f"/{PAGES[0].id}", to_default_page), *FONT_ROUTES, *PROBES, *LIVE]
"""Addresses beside the pages."""
