"""The trace page: a figure code or a file in, the exhibit, its view and what changed since out."""

from typing import Final

import pandas as pd
import streamlit as st

from ipo_data.dataset import Dataset
from ipo_data.errors import BudgetError, IpoDataError
from ipo_data.export.figure_code import LENGTH, is_code
from ipo_data.export.trace import Since, Traced, normal, trace_code, trace_file
from ipo_data.text.catalog import Words, words
from pages.server.limits import refusal, spending
from pages.shell.escape import plain
from pages.shell.file_field import in_language
from pages.shell.memo_page import root_address
from pages.shell.page import shown
from pages.shell.traced_views import remembered

LARGEST: Final = 25
"""Megabytes of a file; ``server.maxUploadSize`` says the same to whoever does not ask the page."""
_TRACED: Final = "_traced_files"
_EXAMPLE: Final = "F62VSXSKH5"
_TYPES: Final = ("png", "svg", "pdf", "html", "docx", "pptx", "xlsx", "zip", "md")
_ICONS: Final = {
    Since.UNCHANGED: ":material/check_circle:", Since.CHANGED: ":material/change_circle:",
    Since.UNKNOWN: ":material/help:",
}  # fmt: skip


def render() -> None:
    """Draw the trace page."""
    dataset, view = shown()
    say = words(view.language)
    st.title(say("question.trace"), anchor=False)
    st.markdown(plain(say("trace.answer")))
    left, right = st.columns([1, 2])
    code = left.text_input(say("trace.code"), key="trace-code", max_chars=LENGTH + 10, placeholder=_EXAMPLE)
    files = right.file_uploader(
        say("trace.file"), type=list(_TYPES), key="trace-file", accept_multiple_files=True, max_upload_size=LARGEST
    )  # fmt: skip
    in_language(say)
    if code.strip():
        _typed(code, dataset, say)
    before = st.session_state.get(_TRACED, {})
    now = st.session_state[_TRACED] = {}
    for file in files or ():
        key = (file.file_id, dataset.digest)
        traced = before[key] if key in before else _traced(file.name, file.getvalue(), dataset, say)
        if traced is not None:
            now[key] = traced
            st.markdown(f"**{plain(say('trace.found', file=file.name, count=len(traced)))}**")
            for item in traced:
                _answer(item, say)


def _typed(code: str, dataset: Dataset, say: Words) -> None:
    if not is_code(normal(code)):
        st.warning(plain(say("trace.no_code", code=normal(code)[:40], example=_EXAMPLE)), icon=":material/warning:")
        return
    known = remembered(normal(code))
    try:
        with st.spinner(say("trace.seeking")), spending():
            traced = trace_code(
            code, dataset, root_address(), everywhere=False, remembered=known, language=say.language
        )  # fmt: skip
    except BudgetError as error:
        st.warning(plain(refusal(error, say)), icon=":material/hourglass_disabled:")
        return
    _answer(traced, say)


def _traced(name: str, content: bytes, dataset: Dataset, say: Words) -> list[Traced] | None:
    """Return the figures of a file; ``None``, having said why, if it cannot be read."""
    try:
        with st.spinner(say("trace.seeking")), spending():
            return trace_file(name, content, dataset, root_address(), everywhere=False)
    except BudgetError as error:
        st.warning(plain(refusal(error, say)), icon=":material/hourglass_disabled:")
    except IpoDataError as error:
        st.error(plain(str(error)), icon=":material/error:")
    return None


def _answer(traced: Traced, say: Words) -> None:
    """Draw what became of one figure."""
    with st.container(border=True):
        verdict = f"{_ICONS[traced.since]} {plain(say(f'since.{traced.since}'))}"
        title = f"  \n**{plain(traced.title)}**" if traced.title else ""
        st.markdown(f"`{traced.found.code}` · {verdict}{title}")
        if traced.since is Since.UNKNOWN:
            if traced.nearest:
                nearest = say("trace.nearest", code=traced.nearest)
                st.button(nearest, key=f"trace-nearest-{traced.nearest}", on_click=_retype, args=(traced.nearest,))
            st.caption(plain(say("trace.unknown")))
            return
        page = plain(say(f"nav.{traced.page}"))
        st.markdown(f"[{plain(say('trace.open'))}](<{traced.link}>) · {page}")
        if traced.since is Since.CHANGED:
            _changes(traced, say)


def _retype(code: str) -> None:
    """Put a code into the field in place of the one typed."""
    st.session_state["trace-code"] = code


def _changes(traced: Traced, say: Words) -> None:
    if traced.code_now:
        st.caption(plain(say("trace.now", code=traced.code_now)))
    if not traced.changes:
        known = traced.found.entry is not None
        st.caption(plain(say("trace.same_rows" if known else "trace.no_details")))
        return
    columns = [say(f"trace.{name}") for name in ("kind", "name", "then", "now_column")]
    rows = [[say(f"trace.{change.kind}"), change.name, change.then, change.now] for change in traced.changes]
    table = pd.DataFrame([[plain(cell) for cell in row] for row in rows], columns=columns, dtype="str")
    st.table(table, border="horizontal", hide_index=True)
