"""The controls that mean the same on every page, and the view they describe."""

import streamlit as st

from ipo_data.dataset import Dataset
from ipo_data.exhibits.model import CURRENCY_CHOICES, EVIDENCE_KINDS, View
from ipo_data.exhibits.registry import PAGES
from ipo_data.text.catalog import LANGUAGES, words
from pages.shell.url_state import PREFIX, Parameter, is_date

LANGUAGE_NAMES = {"en": "English", "zh-Hans": "简体中文", "zh-Hant": "繁體中文"}


def parameters(dataset: Dataset) -> dict[str, Parameter]:
    """Return every URL parameter; pages, exports and tests read the same registry."""
    sets = tuple(dict.fromkeys(["prospectus", *(rate.set for rate in dataset.rates)]))
    shared = [
        Parameter("lang", "", LANGUAGES),
        Parameter("firms", [], tuple(dataset.companies), many=True),
        Parameter("ccy", "native", CURRENCY_CHOICES),
        Parameter("rates", "prospectus", sets),
        Parameter("evidence", "all", EVIDENCE_KINDS),
        Parameter("known", "", check=is_date),
        Parameter("without", [], tuple(sorted(dataset.sources)), many=True),
    ]
    own = [
        Parameter(name, allowed[0], allowed, page=page.id) for page in PAGES for name, allowed in page.options
    ]  # fmt: skip
    return {parameter.name: parameter for parameter in [*shared, *own]}


def view_of(known: dict[str, Parameter], page: str) -> View:
    """Return the view that the session describes."""
    state = st.session_state
    value = {name: state.get(p.key, p.default) for name, p in known.items()}
    theme = "dark" if st.context.theme.type == "dark" else "light"
    options = tuple((name, str(value[name])) for name, p in known.items() if p.page == page and page)
    return View(
        language=value["lang"] or "en", companies=tuple(value["firms"]), currency=value["ccy"], rates=value["rates"],
        evidence=value["evidence"], known_by=value["known"], without=tuple(value["without"]), theme=theme, options=options,
    )  # fmt: skip


def browser_language() -> str:
    """Return the product's language nearest to the browser's."""
    locale = (st.context.locale or "en").lower()
    if locale.startswith("zh"):
        return "zh-Hant" if any(part in locale for part in ("hant", "tw", "hk", "mo")) else "zh-Hans"
    return "en"


def sidebar(dataset: Dataset, language: str) -> None:
    """Draw the shared controls."""
    say = words(language)
    with st.sidebar:
        st.segmented_control(say("control.language"), LANGUAGES, format_func=lambda c: LANGUAGE_NAMES.get(c, c), key=PREFIX + "lang", required=True)
        st.selectbox(say("control.currency"), CURRENCY_CHOICES, format_func=lambda c: say(f"currency.{c}") if say.has(f"currency.{c}") else c, key=PREFIX + "ccy")
        st.selectbox(say("control.evidence"), EVIDENCE_KINDS, format_func=lambda c: say(f"evidence.{c}") if say.has(f"evidence.{c}") else c, key=PREFIX + "evidence")
        st.multiselect(
            say("control.companies"), list(dataset.companies), key=PREFIX + "firms", placeholder=say("control.all_companies"),
            format_func=lambda c: dataset.say(dataset.companies[c].name, language) if c in dataset.companies else c,
        )  # fmt: skip
