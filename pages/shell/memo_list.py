"""The exhibits collected for a memo: the list lives in the address, titles and notes in the session."""

from dataclasses import replace
from typing import Final

import streamlit as st

from ipo_data.dataset import Dataset
from ipo_data.errors import SpecError
from ipo_data.exhibits.model import View
from ipo_data.exhibits.registry import read_by
from ipo_data.exhibits.view_query import FIELDS
from ipo_data.export.packs.spec import MOST_EXHIBITS, MemoItem, MemoSpec, item_code, item_of, read_spec
from pages.shell.controls import MEMO, parameters
from pages.shell.exhibit_element import MemoState
from pages.shell.kept import kept
from pages.shell.url_state import PREFIX, values

_NOTES: Final = "_memo_notes"
_TITLE: Final = "_memo_title"
_PRESET: Final = "_memo_preset"
_PROBLEMS: Final = "_memo_problems"


# --- the list ---------------------------------------------------------------------------------------------------------


def listed() -> list[str]:
    """Return the codes of the collected exhibits in order."""
    return list(values()[MEMO])


def set_listed(codes: list[str]) -> None:
    """Replace the list; takes effect with the next run."""
    st.session_state[PREFIX + MEMO] = codes


@kept(512)
def code_of(dataset: Dataset, view: View, page: str, name: str) -> str:
    """Return the code of an exhibit as it stands on its page, with the options that it reads and that were changed."""
    known = parameters(dataset)
    options = {option: value for option, value in read_by(view, page, name).options if value != known[option].default}
    return item_code(MemoItem(page=page, exhibit=name, options=options))


@kept(512)
def view_with(view: View, code: str, dataset: Dataset) -> View:
    """Return the view in which a collected exhibit is shown: the reader's, with the options it was collected with."""
    item = item_of(code)
    known = parameters(dataset)
    options = tuple((n, item.options.get(n, str(p.default))) for n, p in known.items() if p.page == item.page)
    return replace(view, options=options)


def memo_state(code: str) -> MemoState:
    """Return what an exhibit's button does."""
    codes = listed()
    if code in codes:
        return MemoState.REMOVE
    return MemoState.ADD if len(codes) < MOST_EXHIBITS else MemoState.FULL


def toggle(code: str) -> None:
    """Put an exhibit on the list or take it off; does nothing when the list is full."""
    if memo_state(code) is MemoState.FULL:
        return
    codes = listed()
    set_listed([c for c in codes if c != code] if code in codes else [*codes, code])


def move(code: str, by: int) -> None:
    """Move an exhibit up (−1) or down (+1)."""
    codes = listed()
    place = codes.index(code)
    codes.insert(max(0, place + by), codes.pop(place))
    set_listed(codes)


def remove(code: str) -> None:
    """Take an exhibit off the list; its note is kept in case it comes back."""
    set_listed([c for c in listed() if c != code])


# --- title, notes and shape -------------------------------------------------------------------------------------------


def notes() -> dict[str, str]:
    """Return the notes of the session by exhibit code."""
    found: dict[str, str] = st.session_state.setdefault(_NOTES, {})
    return found


def title(default: str) -> str:
    """Return the memo's title, or the default where the reader gave none."""
    return str(st.session_state.get(_TITLE) or default)


def set_title(text: str) -> None:
    """Keep a title; an empty one brings the default back."""
    st.session_state[_TITLE] = text.strip()


def preset() -> str:
    """Return the shape of the pictures."""
    return str(st.session_state.get(_PRESET, "document"))


def set_preset(name: str) -> None:
    """Keep the shape of the pictures."""
    st.session_state[_PRESET] = name


# --- the specification ------------------------------------------------------------------------------------------------


def spec_of(view: View, heading: str) -> MemoSpec:
    """Return the specification of what is collected, in the language, currency and evidence of the view.

    Raises:
        ValueError: If the title is not one.
    """
    codes, noted = listed(), notes()
    items = [item_of(code).model_copy(update={"note": noted.get(code, "")}) for code in codes]
    fields = {field: getattr(view, field) for field in FIELDS.values()}
    return MemoSpec.model_validate({
        "title": heading, **fields, "preset": preset(), "exhibits": tuple(items),
    })  # fmt: skip


def take_over(raw: bytes, name: str, dataset: Dataset) -> None:
    """Take a saved specification over into list, notes and controls; what is wrong with it is kept to be shown."""
    state = st.session_state
    try:
        spec = read_spec(raw, name, dataset)
    except SpecError as error:
        state[_PROBLEMS] = error.problems
        return
    state[_PROBLEMS] = ()
    for parameter, field in FIELDS.items():
        value = getattr(spec, field)
        state[PREFIX + parameter] = list(value) if isinstance(value, tuple) else value
    codes = [item_code(item) for item in spec.exhibits]
    set_listed(codes)
    notes().update({code: item.note for code, item in zip(codes, spec.exhibits, strict=True)})
    set_title(spec.title)
    set_preset(spec.preset)
    for key in [key for key in state if str(key).startswith("memo-note-")]:
        del state[key]  # the fields show the notes of the file


def problems() -> tuple[str, ...]:
    """Return what was wrong with the last specification that was handed over."""
    found: tuple[str, ...] = st.session_state.get(_PROBLEMS, ())
    return found
