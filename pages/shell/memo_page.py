"""The memo page: the collected exhibits in order with notes, the specification, and the files."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from pathlib import PurePosixPath
from typing import Final

import streamlit as st

from ipo_data.dataset import Dataset
from ipo_data.errors import BudgetError, IpoDataError, SpecError
from ipo_data.exhibits.model import View
from ipo_data.export.browser import no_browser
from ipo_data.export.packs.archive import archive, safe_name
from ipo_data.export.packs.spec import LONGEST_NOTE, PRESETS, MemoSpec, checked, item_of, spec_text
from ipo_data.text.catalog import Words, words
from pages.server.limits import OverBudgetError, files_budget, refusal
from pages.shell import memo_list
from pages.shell.data import context_of, exhibit_of
from pages.shell.downloads import over_budget
from pages.shell.escape import plain
from pages.shell.file_field import in_language
from pages.shell.memo_job import MemoJob
from pages.shell.page import shown

FORMATS: Final = ("docx", "pptx", "xlsx", "md", "zip")
_JOB: Final = "_memo_job"
_TYPES: Final = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
_EVERY: Final = timedelta(seconds=0.5)


def render() -> None:
    """Draw the memo page."""
    dataset, view = shown()
    say = words(view.language)
    st.title(say("question.memo"), anchor=False)
    codes, companies = memo_list.listed(), context_of(dataset, view).companies
    st.markdown(plain(say("memo.answer", count=len(codes)) if codes else say("memo.empty")))
    if codes:
        default = say("memo.title_default", companies=say.join([context_of(dataset, view).name(c) for c in companies]))
        _title(say, default)
        for number, code in enumerate(codes, 1):
            _exhibit(dataset, view, code, number)
        spec = _specification(dataset, view, default)
        if spec is not None:
            _files(dataset, spec, say)
    _saved(dataset, say)


# --- the list ---------------------------------------------------------------------------------------------------------


def _title(say: Words, default: str) -> None:
    key = "memo-title"
    if st.session_state.get(key) != memo_list.title(default):
        st.session_state[key] = memo_list.title(default)
    st.text_input(say("memo.title"), key=key, max_chars=200, on_change=_keep_title, args=(key,))


def _keep_title(key: str) -> None:
    memo_list.set_title(st.session_state[key])


def _exhibit(dataset: Dataset, view: View, code: str, number: int) -> None:
    """Draw one collected exhibit: takeaway, options, note, and the buttons that move it or take it off."""
    say, item = words(view.language), item_of(code)
    own = memo_list.view_with(view, code, dataset)
    found = exhibit_of(dataset, own, item.page, item.exhibit)
    heading = say("exhibit.heading", number=number, title=found.title)
    settings = say.commas(f"{_named(say, name)}: {value}" for name, value in item.options.items())
    where = " · ".join(word for word in (say(f"nav.{item.page}"), found.subtitle, settings) if word)
    with st.container(border=True):
        st.markdown(f"**{plain(heading)}**  \n:small[:gray[{plain(where)}]]")
        _note(say, code)
        count = len(memo_list.listed())
        with st.container(horizontal=True, gap="small"):
            up, down = partial(memo_list.move, code, -1), partial(memo_list.move, code, 1)
            _small(say("memo.up"), f"memo-up-{code}", "arrow_upward", up, disabled=number == 1)
            _small(say("memo.down"), f"memo-down-{code}", "arrow_downward", down, disabled=number == count)
            _small(say("memo.remove"), f"memo-off-{code}", "delete", partial(memo_list.remove, code))


def _named(say: Words, option: str) -> str:
    """Return what a page calls an option."""
    return say(f"control.{option}") if say.has(f"control.{option}") else option


def _small(label: str, key: str, icon: str, run: partial[None], *, disabled: bool = False) -> None:
    st.button(label, key=key, icon=f":material/{icon}:", type="tertiary", on_click=run, disabled=disabled)


def _note(say: Words, code: str) -> None:
    key = f"memo-note-{code}"
    if key not in st.session_state:
        st.session_state[key] = memo_list.notes().get(code, "")
    st.text_area(
        say("memo.note"), key=key, max_chars=LONGEST_NOTE, height=68, placeholder=say("memo.note_placeholder"),
        on_change=_keep_note, args=(key, code),
    )  # fmt: skip


def _keep_note(key: str, code: str) -> None:
    memo_list.notes()[code] = st.session_state[key]


# --- the specification ------------------------------------------------------------------------------------------------


def _specification(dataset: Dataset, view: View, default: str) -> MemoSpec | None:
    """Return the checked specification, or show what is wrong with it."""
    say = words(view.language)
    try:
        return checked(memo_list.spec_of(view, memo_list.title(default)), dataset)
    except SpecError as error:
        _problems(say("memo.wrong"), error.problems)
    except ValueError as error:
        _problems(say("memo.wrong"), (str(error),))
    return None


def _problems(heading: str, lines: tuple[str, ...]) -> None:
    st.error(plain(heading), icon=":material/error:")
    st.code("\n".join(lines), language=None, wrap_lines=True)


def _saved(dataset: Dataset, say: Words) -> None:
    """Draw the field that takes a saved specification."""
    key = "memo-spec"
    st.file_uploader(
        say("memo.load"), type=["yaml", "yml"], key=key, on_change=_load, args=(key, dataset), max_upload_size=1
    )  # fmt: skip
    in_language(say)
    if memo_list.problems():
        _problems(say("memo.load_wrong"), memo_list.problems())


def _load(key: str, dataset: Dataset) -> None:
    file = st.session_state.get(key)
    if file is not None:
        memo_list.take_over(file.getvalue(), PurePosixPath(file.name).name, dataset)


# --- the files --------------------------------------------------------------------------------------------------------


def _files(dataset: Dataset, spec: MemoSpec, say: Words) -> None:
    reason = no_browser()
    if reason:
        st.warning(f"{plain(say('memo.no_browser'))}  \n{plain(reason)}", icon=":material/image_not_supported:")
    left, right = st.columns(2)
    formats = left.pills(
        say("memo.formats"), FORMATS, selection_mode="multi", default=FORMATS, format_func=str.upper, key="memo-formats"
    )  # fmt: skip
    right.selectbox(
        say("memo.preset"), PRESETS, index=PRESETS.index(memo_list.preset()), key="memo-preset",
        format_func=lambda name: say(f"preset.{name}"), on_change=_keep_preset,
    )  # fmt: skip
    job: MemoJob | None = st.session_state.get(_JOB)
    making = job is not None and not job.is_over
    with st.container(horizontal=True, gap="small"):
        st.button(
            say("memo.make"), key="memo-make", type="primary", icon=":material/note_add:",
            disabled=making or not formats, on_click=_start, args=(dataset, spec, tuple(formats)),
        )  # fmt: skip
        st.download_button(
            say("memo.save"), spec_text(spec), file_name=f"{safe_name(spec.title)}.yaml", mime="application/yaml",
            key="memo-save", icon=":material/save:", on_click="ignore",
        )  # fmt: skip
    over_budget(files_budget(), say)
    if job is None:
        return
    if making:
        st.fragment(_progress, run_every=_EVERY)(job, say)
    else:
        _made(job, say)


def _keep_preset() -> None:
    memo_list.set_preset(st.session_state["memo-preset"])


def _start(dataset: Dataset, spec: MemoSpec, formats: tuple[str, ...]) -> None:
    """Begin a memo; where too much was drawn already the page says so, and the list and a memo made before stay."""
    budget = files_budget()
    try:
        if budget is not None:
            budget.use(len(spec.exhibits))
    except OverBudgetError:
        return
    st.session_state[_JOB] = MemoJob(dataset, spec, formats, root_address())


def root_address() -> str:
    """Return the address of this server, ending in ``/``."""
    here = (st.context.url or "").split("?")[0].rstrip("/")
    return here.removesuffix("/memo").removesuffix("/trace") + "/"


def _progress(job: MemoJob, say: Words) -> None:
    """Draw how far it is; asks again every half second."""
    if job.is_over:
        st.rerun()
    words_now = say("memo.waiting") if job.is_waiting else say("memo.step", done=job.done, total=job.total)
    st.progress(job.done / job.total if job.total else 0.0, plain(words_now))
    st.button(
        say("memo.cancel"), key="memo-cancel", icon=":material/cancel:", on_click=job.cancel, disabled=job.is_cancelled
    )  # fmt: skip


def _made(job: MemoJob, say: Words) -> None:
    """Draw the files of a finished memo, or why there are none."""
    if job.is_cancelled:
        st.info(plain(say("memo.cancelled")), icon=":material/cancel:")
        return
    try:
        files, reason = job.result()
    except IpoDataError as error:
        why = refusal(error, say) if isinstance(error, BudgetError) else str(error)
        st.error(f"{plain(say('memo.failed'))}  \n{plain(why)}", icon=":material/error:")
        return
    st.success(plain(say("memo.made", title=job.spec.title)), icon=":material/task:")
    if reason:
        st.caption(plain(reason))
    with st.container(horizontal=True, gap="small"):
        for name, content in _offered(files).items():
            ending = name.rpartition(".")[2]
            label = "MD" if name.endswith("-md.zip") else ending.upper()
            st.download_button(
                f"{label} · {_size(content)}", content, file_name=name, mime=_TYPES[ending], key=f"memo-file-{name}",
                icon=":material/download:", on_click="ignore",
            )  # fmt: skip


def _offered(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files to download: Markdown goes with its pictures as one archive."""
    text = next((name for name in files if name.endswith(".md")), "")
    single = {name: content for name, content in files.items() if "/" not in name and name != text}
    if not text:
        return single
    stem = text.removesuffix(".md")
    with_pictures = {name: content for name, content in files.items() if name == text or "/" in name}
    return {**single, f"{stem}-md.zip": archive(with_pictures)}


def _size(content: bytes) -> str:
    return f"{len(content) / 1e6:.1f} MB" if len(content) >= 1e5 else f"{len(content) / 1e3:.0f} kB"
