"""Record files a reader has dropped: kept in this session's memory, shown on its pages only, gone with it."""

import weakref
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from ipo_data.dataset import Dataset
from ipo_data.errors import BudgetError, NoRoomError, SeedError
from ipo_data.loading.dropped import load_with, unpacked
from ipo_data.paths import seeds_folder
from ipo_data.text.catalog import words
from pages.server.limits import spending
from pages.server.settings import serving
from pages.shell.data import loaded
from pages.shell.escape import plain
from pages.shell.kept import release

_FILES = "_dropped_files"
_OVERLAY = "_dropped_overlay"
_TURN = "_dropped_turn"
_ICON = ":material/upload_file:"
MOST_HELD = 40
"""Readers who may have dropped files at the same time; each takes 5 to 15 MB of memory."""
Files = tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, eq=False)
class Overlay:
    """The data set with dropped files in it.

    Attributes:
        names: Names of the files taken, as they would stand below the seeds folder.
        dataset: The data set; ``None`` if the files hold problems, or were not looked at.
        problems: What is wrong with them.
        refused: Why they were not looked at, or not to the end; ``None`` if they were.
    """

    names: tuple[str, ...]
    dataset: Dataset | None
    problems: tuple[str, ...] = ()
    refused: BudgetError | None = None


_HELD: "weakref.WeakSet[Overlay]" = weakref.WeakSet()


def overlay() -> Overlay | None:
    """Return this session's dropped files on top of the data all readers see; ``None`` if it has none."""
    files: Files = st.session_state.get(_FILES, ())
    below = loaded().dataset if files else None  # most readers have none; the files were just looked at for them
    if below is None:
        return None
    state: tuple[str, Overlay] | None = st.session_state.get(_OVERLAY)
    waits = state is not None and isinstance(state[1].refused, NoRoomError)
    if state is None or waits or state[0] != below.digest:
        state = st.session_state[_OVERLAY] = None  # makes room
        state = (below.digest, _overlaid(files))
        st.session_state[_OVERLAY] = state
    return state[1]


def dataset_of(below: Dataset) -> Dataset:
    """Return the data set this session shows: with its dropped files, if they are sound, on top of what all see."""
    found = overlay()
    return below if found is None or found.dataset is None else found.dataset


def _overlaid(files: Files) -> Overlay:
    """Return the files on top of the seeds; what pages make from them is dropped when the session lets go of it."""
    dropped = unpacked(files)
    names = tuple(dropped.files)
    if dropped.problems or not names:
        return Overlay(names, None, dropped.problems)
    if serving().shared and len(_HELD) >= MOST_HELD:
        return Overlay(names, None, refused=NoRoomError(MOST_HELD))
    try:
        with spending():
            dataset = Dataset(load_with(seeds_folder(), dropped.files))
    except SeedError as error:
        return Overlay(names, None, error.problems)
    except BudgetError as error:
        return Overlay(names, None, refused=error)
    _HELD.add(found := Overlay(names, dataset))
    weakref.finalize(found, release, dataset)
    return found


def take(files: Sequence[tuple[str, bytes]]) -> bool:
    """Keep dropped files for this session and tell whether they are new to it."""
    new: Files = tuple(files)
    if not new or st.session_state.get(_FILES) == new:
        return False
    st.session_state[_FILES] = new
    st.session_state.pop(_OVERLAY, None)
    return True


def remove() -> None:
    """Forget the files; the field they were dropped into is emptied by giving it another name."""
    st.session_state.pop(_FILES, None)
    st.session_state.pop(_OVERLAY, None)
    st.session_state[_TURN] = turn() + 1


def turn() -> int:
    """Return how often files were removed in this session."""
    found: int = st.session_state.get(_TURN, 0)
    return found


def banner(found: Overlay, language: str) -> None:
    """Say above a page that it shows dropped files, with a button that removes them."""
    say = words(language)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.info(plain(say("dropped.banner", count=len(found.names), names=_whose(found, language))), icon=_ICON)
        st.button(say("dropped.remove"), key="dropped_remove", on_click=remove)


def _whose(found: Overlay, language: str) -> str:
    """Return the companies the files are of; the files' names if they are of none."""
    dataset = found.dataset
    ids = dict.fromkeys(name.split("/")[1] for name in found.names if name.startswith("companies/"))
    if dataset is None or not ids:
        return ", ".join(found.names)
    return words(language).join([dataset.say(dataset.companies[company].name, language) for company in ids])
