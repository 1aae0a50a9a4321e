"""The data set the pages read: cached by the content of its files, with the last good one kept when an edit breaks."""

from dataclasses import dataclass

import streamlit as st

from ipo_data.dataset import Dataset
from ipo_data.errors import SeedError
from ipo_data.exhibits.context import Context, restricted_to
from ipo_data.exhibits.model import Exhibit, View
from ipo_data.exhibits.registry import build, page
from ipo_data.loading.loader import digest_of, seed_files
from ipo_data.paths import seeds_folder


@dataclass(frozen=True)
class Loaded:
    """The data set and what is wrong with the files now, if anything.

    Attributes:
        dataset: The data set; ``None`` if there never was a good one.
        problems: Problems in the files as they are now.
    """

    dataset: Dataset | None
    problems: tuple[str, ...] = ()


@st.cache_resource
def _memory() -> dict[str, Dataset]:
    return {}


def _stamp() -> tuple[tuple[str, int, int], ...]:
    """Return names, times and sizes of the record files: cheap to compare on every rerun."""
    folder = seeds_folder()
    stamps = []
    for path in seed_files(folder) if folder.is_dir() else []:
        status = path.stat()
        stamps.append((str(path), status.st_mtime_ns, status.st_size))
    return tuple(stamps)


@st.cache_resource(max_entries=4, show_spinner=False)
def _digest(stamp: tuple[tuple[str, int, int], ...]) -> str:
    del stamp
    folder = seeds_folder()
    return digest_of(folder) if folder.is_dir() else ""


@st.cache_resource(max_entries=4, show_spinner=False)
def _load(digest: str) -> Loaded:
    del digest
    try:
        return Loaded(Dataset.load())
    except SeedError as error:
        return Loaded(None, error.problems)


def loaded() -> Loaded:
    """Return the data set of the files as they are; after a broken edit the last good one with the problems."""
    found = _load(_digest(_stamp()))
    memory = _memory()
    if found.dataset is not None:
        memory["good"] = found.dataset
        return found
    return Loaded(memory.get("good"), found.problems)


@st.cache_resource(max_entries=64, show_spinner=False)
def _context(digest: str, key: str, _dataset: Dataset, _view: View) -> Context:
    del digest, key
    return Context(restricted_to(_dataset, _view), _view)


def context_of(dataset: Dataset, view: View) -> Context:
    """Return the context of a view, made once per data content and view."""
    return _context(dataset.digest, repr(view), dataset, view)


@st.cache_resource(max_entries=1024, show_spinner=False)
def _exhibit(digest: str, key: str, page_id: str, name: str, _context: Context) -> Exhibit:
    del digest, key
    return build(_context, page(page_id), name)


def exhibit_of(dataset: Dataset, view: View, page_id: str, name: str) -> Exhibit:
    """Return an exhibit, built once per data content and view; it is shared and must never be changed."""
    return _exhibit(dataset.digest, repr(view), page_id, name, context_of(dataset, view))


@st.cache_resource(max_entries=256, show_spinner=False)
def _answer(digest: str, key: str, page_id: str, _context: Context) -> tuple[str, tuple[tuple[str, str, str], ...]]:
    del digest, key
    chosen = page(page_id)
    figures = tuple((f.label, f.value, f.detail) for f in chosen.key_figures(_context))
    return chosen.answer(_context), figures


def answer_of(dataset: Dataset, view: View, page_id: str) -> tuple[str, tuple[tuple[str, str, str], ...]]:
    """Return a page's answer and key figures (label, value, detail)."""
    return _answer(dataset.digest, repr(view), page_id, context_of(dataset, view))
