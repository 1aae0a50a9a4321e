"""The controls that mean the same on every page, and the view they describe."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Final, Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer

from ipo_data import formatting
from ipo_data.analysis.currency import OWN, OWN_PAIRS
from ipo_data.dataset import Dataset
from ipo_data.exhibits import view_query
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import BASES, CURRENCY_CHOICES, EVIDENCE_KINDS, View
from ipo_data.exhibits.names import company_names, distinct
from ipo_data.exhibits.parts import part_label
from ipo_data.exhibits.view_query import Parameter
from ipo_data.export.packs.spec import is_item
from ipo_data.periods import Period
from ipo_data.text.catalog import LANGUAGES, Words, words
from pages.shell.kept import kept
from pages.shell.one_key import looking_at
from pages.shell.style import ROW
from pages.shell.texts import code_label
from pages.shell.url_state import PREFIX, SCREEN, SCREENS, keep, values

LANGUAGE_NAMES = {"en": "English", "zh-Hans": "简体", "zh-Hant": "繁體"}
MORE_EVIDENCE = "more-evidence"
"""Key of what the rarer choices of evidence are folded away in."""
PART_WIDTH: Final = 360
"""Pixels of a choice that stands alone."""
MEMO = "memo"
"""Name of the parameter that lists the exhibits collected for a memo."""


@kept(16)
def parameters(dataset: Dataset, first_language: str = "en") -> dict[str, Parameter]:
    """Return every URL parameter, made once per data set: those of the views and the list for the memo."""
    listed = Parameter(MEMO, [], many=True, check=partial(_is_item, dataset), form="growth.revenue-spans")
    screen = Parameter(SCREEN, SCREENS[0], SCREENS)
    return {**view_query.parameters(dataset, first_language), MEMO: listed, SCREEN: screen}


@kept(4096)
def _is_item(dataset: Dataset, code: str) -> bool:
    return is_item(code, dataset)


def codes_of(dataset: Dataset, page_id: str) -> dict[str, tuple[str, ...]]:
    """Return the allowed values of a page's own options, the default first."""
    return {name: p.allowed for name, p in parameters(dataset, browser_language()).items() if p.page == page_id}


def view_of(known: dict[str, Parameter], page: str) -> View:
    """Return the view that the session describes."""
    view = view_query.view_of_values(values(), known, page, theme())
    return replace(view, narrow=values()[SCREEN] != SCREENS[0])


def theme() -> str:
    """Return the colours the browser shows."""
    return "dark" if st.context.theme.type == "dark" else "light"


def browser_language() -> str:
    """Return the product's language nearest to the browser's."""
    locale = (st.context.locale or "en").lower()
    if locale.startswith("zh"):
        return "zh-Hant" if any(part in locale for part in ("hant", "tw", "hk", "mo")) else "zh-Hans"
    return "en"


def url_language() -> str:
    """Return the language the URL names, else the browser's; for pages without data to read parameters from."""
    named = st.query_params.get("lang", "")
    return named if named in LANGUAGES else browser_language()


def option(
    label: str,
    group: str,
    name: str,
    codes: tuple[str, ...],
    say: Words,
    *,
    moved: Callable[[], None] | None = None,
    width: int | Literal["stretch"] = "stretch",
) -> None:
    """Draw a choice of one code; the code is what the URL and the session hold.

    Args:
        label: Name of the control.
        group: Group of texts that name the codes.
        name: Name of the parameter.
        codes: Codes, the default first.
        say: Words of the language.
        moved: What to do first when another code is chosen.
        width: Most pixels it takes.
    """
    choice(label, codes, partial(code_label, say, group), name, moved=moved, width=width)


def choice(
    label: str,
    codes: Sequence[str],
    named: Callable[[str], str],
    name: str,
    *,
    moved: Callable[[], None] | None = None,
    width: int | Literal["stretch"] = "stretch",
) -> None:
    """Draw a choice of one code; see ``option``.

    Args:
        label: Name of the control.
        codes: Codes, the default first.
        named: Returns the words for a code.
        name: Name of the parameter.
        moved: What to do first when another code is chosen.
        width: Most pixels it takes.
    """
    key = PREFIX + name
    with looking_at(key):
        st.selectbox(label, codes, format_func=named, key=key, on_change=moved, width=width)


def few(
    label: str, group: str, name: str, codes: tuple[str, ...], say: Words, *, moved: Callable[[], None] | None = None
) -> None:
    """Draw a choice of one of a few codes, all of them in sight; see ``option``."""
    named = partial(code_label, say, group)
    st.segmented_control(label, codes, format_func=named, key=PREFIX + name, on_change=moved, required=True)


def part(label: str, name: str, codes: tuple[str, ...], size: int, width: int | Literal["stretch"] = "stretch") -> None:
    """Draw the choice of a part of a long table, written as its rows."""
    choice(label, codes, partial(part_label, size=size), name, width=width)


def row(name: str, size: str = "three") -> DeltaGenerator:
    """Return what holds controls side by side; it wraps them before their words are cut.

    Columns would be elements of their own, each a message at every rerun.

    Args:
        name: A name that no other row of the page has.
        size: How many and how wide, one of ``ROW_SIZES``.
    """
    return st.container(key=f"{ROW}{size}--{name}")


def fold(label: str, key: str, *, chosen: bool) -> ExpanderContainer:
    """Return what folds controls away; they are to be drawn while it is open and else to be kept, see ``keep``.

    Streamlit takes a fold with another label for another one: after a change of language it is as open as before.

    Args:
        label: What stands on it.
        key: Key of the session by which it is known.
        chosen: Whether one of the controls in it is moved; when that begins, as by a link, the fold opens.
    """
    state, before = st.session_state, f"_{key}"
    was_open, (last_label, was_chosen) = state.get(key), state.get(before, (label, False))
    if chosen and (was_open is None or not was_chosen):
        state[key] = True
    elif was_open is not None and label != last_label:
        state[key] = was_open
    state[before] = (label, chosen)
    return st.expander(label, key=key, on_change="rerun", icon=":material/tune:")


def document_choice(label: str, name: str, codes: tuple[str, ...], dataset: Dataset, language: str) -> None:
    """Draw the choice of one document or none."""
    names = {**_document_names(dataset, language), codes[0]: words(language)("documents.every")}
    choice(label, codes, partial(_named, names), name)


def period_choice(label: str, name: str, codes: tuple[str, ...], language: str) -> None:
    """Draw the choice of a period: a code without a text of its own is a period or a year."""
    say = words(language)
    names = {code: say(f"period.{code}") if say.has(f"period.{code}") else _period(code, language) for code in codes}
    choice(label, codes, partial(_named, names), name)


def _period(code: str, language: str) -> str:
    if ".." in code:
        return formatting.period(Period.parse(code), language)
    return formatting.period_label(code, language)


def _named(names: dict[str, str], code: str) -> str:
    return names.get(code, code)


def sidebar(dataset: Dataset, view: View, codes: dict[str, Parameter]) -> None:
    """Draw the shared controls into the sidebar."""
    say = words(view.language)
    st.segmented_control(
        say("control.language"),
        LANGUAGES,
        format_func=_language_name,
        key=PREFIX + "lang",
        required=True,
        width="stretch",
    )
    _companies(dataset, view, say)
    option(say("control.currency"), "currency", "ccy", CURRENCY_CHOICES, say)
    if view.currency != "native" or view.rates != codes["rates"].default:
        option(say("control.rates"), "rates", "rates", codes["rates"].allowed, say)
    else:
        keep("rates")
    if view.rates == OWN:
        _own_rates(dataset, say)
    else:
        keep(*OWN_PAIRS)
    option(say("control.basis"), "basis", "basis", BASES, say)
    option(say("control.evidence"), "evidence", "evidence", EVIDENCE_KINDS, say)
    _more_evidence(dataset, view, say)


def _language_name(code: str) -> str:
    return LANGUAGE_NAMES.get(code, code)


def _companies(dataset: Dataset, view: View, say: Words) -> None:
    names = company_names(dataset, view.language)
    _several(say("control.companies"), names, "firms", say("control.all_companies"))


def _own_rates(dataset: Dataset, say: Words) -> None:
    """Draw a field for each rate a reader may type; the sourced rate stands in it until something is typed."""
    sourced = Context(dataset, View()).rates
    for pair, (base, quote, _, _) in OWN_PAIRS.items():
        found = sourced.factor(base, quote)
        hint = f"{found[0].normalize():f}" if found else ""
        st.text_input(say(f"control.{pair}"), key=PREFIX + pair, max_chars=9, placeholder=hint)


def _more_evidence(dataset: Dataset, view: View, say: Words) -> None:
    box = fold(say("control.more_evidence"), MORE_EVIDENCE, chosen=bool(view.known_by or view.without))
    if not box.open:
        keep("known", "without")
        return
    names = _document_names(dataset, view.language)
    with box:
        st.text_input(say("control.known"), key=PREFIX + "known", max_chars=10, placeholder="2026-01-12")
        _several(say("control.without"), names, "without", say("control.none"))


def _several(label: str, names: dict[str, str], parameter: str, placeholder: str) -> None:
    def name(code: str) -> str:
        return names.get(code, code)  # a browser may still send a code that an edit has removed

    st.multiselect(label, list(names), format_func=name, key=PREFIX + parameter, placeholder=placeholder)


@kept(16)
def _document_names(dataset: Dataset, language: str) -> dict[str, str]:
    context = Context(dataset, View(language=language))
    return distinct({code: context.source_name(code) for code in sorted(dataset.sources)})
