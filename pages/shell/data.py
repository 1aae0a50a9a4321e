"""The data set the pages read: cached by the state of its files, with the last good one kept when an edit breaks."""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from ipo_data.dataset import Dataset
from ipo_data.errors import SeedError
from ipo_data.exhibits.context import Context, restricted_to
from ipo_data.exhibits.model import Exhibit, KeyFigure, View
from ipo_data.exhibits.registry import build, page, read_by
from ipo_data.paths import seeds_folder
from pages.server.limits import spending
from pages.shell.kept import forget, kept

Entry = tuple[str, int, int, int, int]
Stamp = tuple[Entry, ...]
"""Name, time of change, size, time of any change of state and number of every record file.

The last two tell a file that was put in another's place with the same size and the old time (``cp -p``, ``rsync -t``).
"""
_QUIET = 0.25
"""Seconds without a change after which an edit counts as finished; editors and copies write in several steps."""
_PATIENCE = 2.0
"""Most seconds to wait for that."""
_QUICK = 0.005
"""Processor seconds that a look at all record files may take in every rerun; two companies take a fifteenth of it."""
_SHARE = 20
"""Where it takes longer, the next look comes after so many times its own time: a twentieth of all goes into it."""
_COMPANIES = ("companies", "*")
"""Record files stand in the folder itself, below ``companies`` and in each company's folder."""
_MOST_ENTRIES = 5_000


@dataclass(frozen=True)
class Loaded:
    """The data set and what is wrong with the files now, if anything.

    Attributes:
        dataset: The data set; ``None`` if there never was a good one.
        problems: Problems in the files as they are now.
    """

    dataset: Dataset | None
    problems: tuple[str, ...] = ()


_SEEN: dict[str, Stamp] = {}
"""The state of each seeds folder at the last look."""
_LOOKED: dict[str, tuple[Stamp, float]] = {}
"""The state of each seeds folder when it was looked at, and when to look again."""
_LAST_GOOD: dict[str, Dataset] = {}
"""The last data set of each seeds folder that had no problems."""


def _stamp(folder: str) -> Stamp:
    """Return what tells one state of the record files from another; cheap enough for every rerun."""
    return tuple(sorted(islice(_entries(folder, _COMPANIES), _MOST_ENTRIES)))


def _entries(folder: str, below: tuple[str, ...] = ()) -> Iterator[Entry]:
    """Yield the record files of a folder and of those below it; ``*`` stands for every folder."""
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if below and below[0] in ("*", entry.name) and entry.is_dir():
                    yield (entry.path, 0, 0, 0, 0)
                    yield from _entries(entry.path, below[1:])
                elif entry.name.endswith((".yaml", ".yml")):
                    status = entry.stat()
                    yield (entry.path, status.st_mtime_ns, status.st_size, status.st_ctime_ns, status.st_ino)
    except OSError as error:  # a folder that is missing, or a file that vanished while an editor saved it
        yield (folder, -1, error.errno or 0, 0, 0)


@kept(4, made_from_data=False)
def _load(folder: str, stamp: Stamp) -> Loaded:
    del stamp
    try:
        dataset = Dataset.load(folder)
    except SeedError as error:
        return Loaded(None, error.problems)
    except OSError as error:
        return Loaded(None, (f"{folder}: {error}",))
    forget()
    return Loaded(dataset)


def _settled(folder: str, stamp: Stamp) -> Stamp:
    """Wait until nobody writes to the files any more: half a file is often a sound file with fewer figures."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        time.sleep(_QUIET)
        now = _stamp(folder)
        if now == stamp:
            break
        stamp = now
    return stamp


def _looked_at(folder: str) -> Stamp:
    """Return the state of the record files, looked at now, or a moment ago where there are thousands of them."""
    known = _LOOKED.get(folder)
    if known is not None and time.monotonic() < known[1]:
        return known[0]
    began = time.thread_time()
    stamp = _stamp(folder)
    took = time.thread_time() - began
    _LOOKED[folder] = (stamp, time.monotonic() + (took * _SHARE if took > _QUICK else 0.0))
    return stamp


def loaded() -> Loaded:
    """Return the data set of the files as they are; after a broken edit the last good one with the problems."""
    folder = str(seeds_folder())
    stamp = _looked_at(folder)
    if _SEEN.get(folder, stamp) != stamp:
        stamp = _settled(folder, stamp)
        _LOOKED.pop(folder, None)
    _SEEN[folder] = stamp
    found = _load(folder, stamp)
    if found.dataset is not None:
        _LAST_GOOD[folder] = found.dataset
        return found
    return Loaded(_LAST_GOOD.get(folder), found.problems)


@kept(64)
def context_of(dataset: Dataset, view: View) -> Context:
    """Return the context of a view, made once."""
    return Context(_evidence(dataset, View(evidence=view.evidence, known_by=view.known_by, without=view.without)), view)


@kept(16)
def _evidence(dataset: Dataset, view: View) -> Dataset:
    """Return the evidence of all views that admit the same documents, so that what follows from it is kept as well."""
    return restricted_to(dataset, view)


def exhibit_of(dataset: Dataset, view: View, page_id: str, name: str) -> Exhibit:
    """Return an exhibit, made once; it is shared and must never be changed."""
    return _exhibit(dataset, read_by(view, page_id, name), page_id, name)


@kept(512)
def _exhibit(dataset: Dataset, view: View, page_id: str, name: str) -> Exhibit:
    with spending():
        return build(context_of(dataset, view), page(page_id), name)


def answer_of(dataset: Dataset, view: View, page_id: str) -> tuple[str, tuple[KeyFigure, ...]]:
    """Return a page's answer and key figures, made once for the few of the page's options that they read."""
    read = page(page_id).answer_reads
    return _answer_of(dataset, replace(view, options=tuple(o for o in view.options if o[0] in read)), page_id)


@kept(256)
def _answer_of(dataset: Dataset, view: View, page_id: str) -> tuple[str, tuple[KeyFigure, ...]]:
    context = context_of(dataset, view)
    chosen = page(page_id)
    return chosen.answer(context), tuple(chosen.key_figures(context))
