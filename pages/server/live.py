"""The addresses of exhibits that follow a slider: the content a run of the page would send, asked for by the browser.

They stand behind the gate like all that shows a figure. What is computed here counts against the reader's budget, and
is kept with what pages compute: whoever asks second gets what is there.
"""

import gzip
import time
from dataclasses import replace
from threading import Lock
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from streamlit import config

from ipo_data.dataset import Dataset
from ipo_data.errors import BudgetError, OptionError
from ipo_data.exhibits.model import View
from ipo_data.exhibits.registry import exhibit_ids, read_by
from ipo_data.exhibits.registry import page as page_of
from ipo_data.exhibits.view_query import LINK_DATA, view_of
from pages.server.gate import identity_of
from pages.server.limits import OverBudgetError, spending_as
from pages.server.settings import root_path, serving
from pages.shell.data import context_of, loaded
from pages.shell.exhibit import ready
from pages.shell.live import LIVE, THEME, THEMES, one_of
from pages.shell.too_many import MOST_COMPANIES
from pages.shell.url_state import SCREEN, SCREENS

AHEAD: Final = "ahead"
"""Name of the parameter by which the browser says that nobody has asked yet: a neighbour of the slider's step."""
_BUSY: Final = 0.5
"""Share of one processor from which on nothing is computed ahead."""
_WINDOW: Final = 0.25
"""Seconds over which that share is taken, at least."""
_LEVEL: Final = 1
"""Of zlib: a third of the bytes for a millisecond."""
_STATUS: Final[dict[type[Exception], int]] = {OptionError: 400, OverBudgetError: 429, BudgetError: 503}
_NEVER_KEPT: Final = {"Cache-Control": "private, no-store"}


class Load:
    """How busy this process is."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._since = (time.monotonic(), time.process_time())
        self._share = 0.0

    def share(self) -> float:
        """Return the share of one processor used between the last looks."""
        with self._lock:
            now = (time.monotonic(), time.process_time())
            if now[0] - self._since[0] >= _WINDOW:
                self._share = (now[1] - self._since[1]) / (now[0] - self._since[0])
                self._since = now
            return self._share


_LOAD: Final = Load()


def exhibit(request: Request) -> Response:
    """Answer with an exhibit as the page's element takes it, or say why not in a word."""
    page, name = request.path_params["page"], request.path_params["name"]
    dataset = loaded().dataset
    if (page, name) not in LIVE or dataset is None:
        return _refused(404, "No such exhibit.")
    query = dict(request.query_params)
    if query.pop(AHEAD, "") and _LOAD.share() > _BUSY:
        return Response(status_code=204, headers=_NEVER_KEPT)
    if query.get(LINK_DATA) != dataset.digest:
        return _refused(409, "The data are others.")
    try:
        with spending_as(_reader(request)):
            content = _content(dataset, _view(page, query, dataset), page, name)
    except (OptionError, OverBudgetError, BudgetError) as error:
        return _refused(next(status for kind, status in _STATUS.items() if isinstance(error, kind)), str(error))
    headers = _NEVER_KEPT | {"Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        content, headers = gzip.compress(content, _LEVEL), headers | {"Content-Encoding": "gzip"}
    return Response(content, headers=headers, media_type="application/octet-stream")


def _view(page: str, query: dict[str, str], dataset: Dataset) -> View:
    theme, screen = one_of(THEME, THEMES, query), one_of(SCREEN, SCREENS, query)
    return replace(view_of(page, query, dataset), theme=theme, narrow=screen != SCREENS[0])


def _content(dataset: Dataset, view: View, page: str, name: str) -> bytes:
    companies = context_of(dataset, view).companies
    if len(companies) > MOST_COMPANIES:
        raise OptionError(f"firms: {len(companies)} companies; at most {MOST_COMPANIES}")
    number = exhibit_ids(page_of(page), companies).index(name) + 1
    return ready(dataset, read_by(view, page, name), page, name, number).head


def _reader(request: Request) -> str:
    """Return who asks: the address somebody signed in with, else that of the machine."""
    address = identity_of(request, serving()).get("email") if serving().needs_identity else None
    return str(address or (request.client.host if request.client else ""))


def _refused(status: int, why: str) -> Response:
    return PlainTextResponse(f"{why}\n", status_code=status, headers=_NEVER_KEPT)


ROUTES: Final = [
    Route(f"{root_path(config.get_option('server.baseUrlPath') or '')}/live/{{page}}/{{name}}", exhibit),
]
"""Addresses of live exhibits, below the path that all of the app's addresses begin with."""
