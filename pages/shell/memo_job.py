"""Memos are made beside the pages, two at a time, so that everybody's pages stay quick meanwhile."""

import logging
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING, Final

from ipo_data.budget import keep_time
from ipo_data.dataset import Dataset
from ipo_data.errors import IpoDataError
from ipo_data.exhibits.model import Exhibit, View
from ipo_data.export.packs.spec import MemoSpec
from pages.server.limits import bounded
from pages.shell.traced_views import remember

if TYPE_CHECKING:
    from ipo_data.export.packs.material import Picture

_LOG = logging.getLogger(__name__)
_POOL: Final = ThreadPoolExecutor(2, thread_name_prefix="memo")
_Made = tuple[dict[str, bytes], str]


class MemoJob:
    """One memo in the making.

    Args:
        dataset: The data it is made from, whatever happens to the files meanwhile.
        spec: What it holds; checked.
        formats: The formats wanted.
        address: Address of the app for links.
    """

    def __init__(self, dataset: Dataset, spec: MemoSpec, formats: Iterable[str], address: str) -> None:
        self.spec = spec
        self.done, self.total = 0, 0
        self._stop = Event()
        self._future: Future[_Made] = _POOL.submit(self._make, dataset, tuple(formats), address)

    def _make(self, dataset: Dataset, formats: tuple[str, ...], address: str) -> _Made:
        from ipo_data.export.packs.build import Maker  # noqa: PLC0415 - the writers take half a second to import
        from ipo_data.export.packs.drawing import drawing  # noqa: PLC0415

        draw = drawing(dataset, self.spec.preset)

        def remembered(exhibit: Exhibit, view: View, page: str, code: str, form: str) -> "Picture":
            remember(code, exhibit.id, page, view, dataset)
            return draw(exhibit, view, page, code, form)

        with bounded(len(self.spec.exhibits)):
            return Maker(dataset, address, remembered, self._report).files(self.spec, formats)

    def _report(self, done: int, total: int) -> None:
        from ipo_data.export.packs.build import MemoStoppedError  # noqa: PLC0415

        self.done, self.total = done, total
        keep_time()
        if self._stop.is_set():
            raise MemoStoppedError("cancelled")

    def cancel(self) -> None:
        """Stop at the next step."""
        self._stop.set()
        self._future.cancel()

    @property
    def is_cancelled(self) -> bool:
        """Whether somebody asked to stop."""
        return self._stop.is_set()

    @property
    def is_over(self) -> bool:
        """Whether it is made, failed or cancelled."""
        return self._future.done()

    @property
    def is_waiting(self) -> bool:
        """Whether other memos come first."""
        return not self._future.running() and not self._future.done()

    def result(self) -> _Made:
        """Return the files by name and why charts are tables, if they are; to be asked when it is over.

        Raises:
            IpoDataError: If it could not be made; the message says why.
        """
        try:
            return self._future.result(timeout=0)
        except IpoDataError:
            raise
        except Exception as error:
            _LOG.exception("A memo could not be made")
            raise IpoDataError(f"{type(error).__name__}: {error}") from error
