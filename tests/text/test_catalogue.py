"""The catalogues: equal ids, equal placeholders, every code of the product has its text."""

import re
from collections import Counter
from string import Formatter

import pytest

from ipo_data.analysis.derived_figures import derived_points
from ipo_data.analysis.ledger import RULES
from ipo_data.analysis.points import State
from ipo_data.analysis.runway import BURN_DEFINITIONS, LIQUIDITY_TIERS
from ipo_data.analysis.verdicts import TieOut
from ipo_data.dataset import Dataset, Status
from ipo_data.errors import UnknownNameError
from ipo_data.evidence import admits
from ipo_data.exhibits.model import CURRENCY_CHOICES, EVIDENCE_KINDS
from ipo_data.exhibits.registry import PAGES, SECTIONS
from ipo_data.model.claim import Flag
from ipo_data.model.metric import FAMILIES, METRICS
from ipo_data.model.source import Reading, SourceKind
from ipo_data.model.statement import Comparison
from ipo_data.paths import ROOT
from ipo_data.quantities import Bound
from ipo_data.text.catalog import LANGUAGES, Words, catalogue, placeholders, words
from ipo_data.units import UNITS, UnitKind

CHINESE = ("zh-Hans", "zh-Hant")
NAMES_AND_ABBREVIATIONS = frozenset(
    {"AI", "API", "B", "C", "CSV", "HTML", "MB", "P", "PDF", "PNG", "SVG", "YAML", "ZIP", "sources", "token", "yaml"}
)
"""Latin words that Chinese texts may hold."""
JOINTS = frozenset({"key.versus", "segment_history.to", "segments.separator"})
"""Texts that stand between others and bring their own spaces."""


# --- parity -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", CHINESE)
def test_every_language_has_the_same_ids(language: str) -> None:
    assert set(catalogue(language)) == set(catalogue("en"))


@pytest.mark.parametrize("language", CHINESE)
def test_every_language_has_the_same_placeholders(language: str) -> None:
    english, other = catalogue("en"), catalogue(language)

    differing = {key: other[key] for key in english if placeholders(other[key]) != placeholders(english[key])}

    assert differing == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_id_stands_twice(language: str) -> None:
    lines = (ROOT / "ipo_data" / "text" / f"{language}.yaml").read_text(encoding="utf-8").splitlines()
    ids = Counter(line.split(":")[0] for line in lines if line and not line.startswith("#"))

    assert {key: count for key, count in ids.items() if count > 1} == {}
    assert set(ids) == set(catalogue(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_clean(language: str) -> None:
    for key, text in catalogue(language).items():
        assert text == text.strip() or key in JOINTS, key
        assert "  " not in text, key
        assert text, key
        assert re.fullmatch(r"[a-z_]+\.[A-Za-z0-9_]+|disclaimer", key), key
        # placeholders are plain names: neither positions, nor attributes, nor format specifications
        for _, name, specification, conversion in Formatter().parse(text):
            assert name is None or re.fullmatch(r"[a-z_]+", name), key
            assert not specification, key
            assert conversion is None, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_has_markup(language: str) -> None:
    """Texts go into Markdown, Plotly labels and spreadsheets; only the code may add markup."""
    found = {key: text for key, text in catalogue(language).items() if re.search(r"[<>`*_#|$\[\]]", _plain(text))}

    assert set(found) <= {"table.computed"}  # "Computed [range]"


def _plain(text: str) -> str:
    """Return a text without its placeholders and without currency signs."""
    return re.sub(r"\{[a-z_]+\}", "", text).replace("US$", "").replace("HK$", "")


# --- Chinese ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", CHINESE)
def test_chinese_texts_hold_no_english_words(language: str) -> None:
    found = {
        key: set(re.findall(r"[A-Za-z]+", re.sub(r"\{[a-z_]+\}", "", text))) - NAMES_AND_ABBREVIATIONS
        for key, text in catalogue(language).items()
    }

    assert {key: latin for key, latin in found.items() if latin} == {}


@pytest.mark.parametrize("language", CHINESE)
def test_chinese_sentences_use_chinese_punctuation(language: str) -> None:
    han = r"[\u4e00-\u9fff]"
    slips = re.compile(rf"{han}\s*[,;:?!]|{han}\.(?!\w)|{han}\s*\(|\)\s*{han}")

    assert {key: text for key, text in catalogue(language).items() if slips.search(text)} == {}


def test_english_texts_hold_no_chinese() -> None:
    assert {
        key: text for key, text in catalogue("en").items() if re.search(r"[\u3000-\u9fff\uff00-\uffef]", text)
    } == {}


# --- every code has its text ------------------------------------------------------------------------------------------

_CODES = {
    "metric": tuple(METRICS),
    "state": tuple(State),
    "status": (*Status, "shown"),
    "flag": tuple(Flag),
    "verdict": tuple(TieOut),
    "holds": (TieOut.EXACT, TieOut.WITHIN_ROUNDING, TieOut.IN_CONFLICT, TieOut.NOT_COMPUTABLE),
    "rule": tuple(sorted({rule.id for rule in RULES})),
    "rule_formula": tuple(sorted({rule.id for rule in RULES})),
    "comparison": tuple(Comparison),
    "kind": tuple(SourceKind),
    "reading": tuple(Reading),
    "family": tuple(family for family in FAMILIES if family != "rates"),
    "bound": tuple(bound for bound in Bound if bound is not Bound.EXACT),
    "evidence": EVIDENCE_KINDS,
    "currency": CURRENCY_CHOICES,
    "nav": tuple(page.id for page in PAGES),
    "question": tuple(page.id for page in PAGES),
    "section": SECTIONS,
    "liquidity": LIQUIDITY_TIERS,
    "burn": (*BURN_DEFINITIONS, "company"),
    "format": (
        *(code for code, unit in UNITS.items() if unit.kind is UnitKind.DURATION),
        *("H1", "H2", "Q1", "Q2", "Q3", "Q4"),
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("group", sorted(_CODES))
def test_every_code_has_a_text(group: str, language: str) -> None:
    missing = [f"{group}.{code}" for code in _CODES[group] if f"{group}.{code}" not in catalogue(language)]

    assert missing == []


@pytest.mark.parametrize("kind", ["all", "filings", "articles"])
def test_every_derived_measure_has_a_label(dataset: Dataset, kind: str) -> None:
    """What a document states need not be derived; with fewer documents other measures appear."""
    measures = {point.measure for _, point in derived_points(dataset.restricted(admits(kind)))}

    assert [name for name in sorted(measures) if f"metric.{name}" not in catalogue("en")] == []


@pytest.mark.parametrize(
    "group", ["flag", "verdict", "rule", "comparison", "kind", "reading", "family", "evidence", "currency", "nav"]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_two_codes_never_read_the_same(group: str, language: str) -> None:
    texts = Counter(catalogue(language)[f"{group}.{code}"] for code in _CODES[group])

    assert [text for text, count in texts.items() if count > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_metrics_never_read_the_same(language: str) -> None:
    """A table row names a figure by its label alone."""
    labels: dict[str, list[str]] = {}
    for name in METRICS:
        labels.setdefault(catalogue(language)[f"metric.{name}"], []).append(name)

    same = {label: names for label, names in labels.items() if len(names) > 1}

    # a count and a share; their units tell them apart
    assert {tuple(names) for names in same.values()} <= {("research_staff", "research_staff_share")}


# --- looking up -------------------------------------------------------------------------------------------------------


def test_placeholders_are_filled() -> None:
    assert words("en")("bound.at_least", value="53 months") == "over 53 months"
    assert words("zh-Hant")("bound.at_least", value="53個月") == "超過53個月"


def test_braces_in_a_value_are_left_alone() -> None:
    assert words("en")("bound.about", value="{value}") == "about {value}"


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(KeyError, match="value"):
        words("en")("bound.about", figure="53")


def test_an_unknown_id_names_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match=r"did you mean 'state\.reported'"):
        words("en")("state.report")


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="unknown language 'zh'"):
        words("zh")


def test_has_tells_whether_an_id_exists() -> None:
    assert Words("en").has("state.reported")
    assert not Words("en").has("state.imagined")


@pytest.mark.parametrize(
    ("items", "english", "chinese"),
    [
        ([], "", ""),
        (["a"], "a", "a"),
        (["a", "b"], "a and b", "a和b"),
        (["a", "b", "c"], "a, b and c", "a、b和c"),
    ],
)
def test_join_makes_a_list_in_prose(items: list[str], english: str, chinese: str) -> None:
    assert words("en").join(items) == english
    assert words("zh-Hans").join(items) == chinese
    assert words("zh-Hant").join(items) == chinese


@pytest.mark.parametrize(
    ("items", "english", "chinese"),
    [([], "", ""), (["a", "", "b"], "a, b", "a，b"), (["", ""], "", "")],
)
def test_commas_leave_out_what_is_empty(items: list[str], english: str, chinese: str) -> None:
    assert words("en").commas(items) == english
    assert words("zh-Hans").commas(items) == chinese


def test_an_aside_stands_in_the_brackets_of_its_language() -> None:
    assert "Finet" + words("en").aside("Dec 2025") == "Finet (Dec 2025)"
    assert "财华社" + words("zh-Hans").aside("2025年12月") == "财华社（2025年12月）"


def test_a_paragraph_ends_every_sentence_once() -> None:
    assert words("en").paragraph(["One", "Two.", "", "3.5%"]) == "One. Two. 3.5%."
    assert words("zh-Hant").paragraph(["一", "二。"]) == "一。二。"
    assert words("en").paragraph([]) == ""
