"""Answers and takeaways of the deal pages, the overview and profitability read aloud in every state of the evidence."""

import re

import pytest

from ipo_data.exhibits.model import View
from ipo_data.exhibits.registry import exhibit_ids, page
from ipo_data.text.catalog import LANGUAGES, catalogue
from tests.exhibits.library import Library

PAGES = ("overview", "profitability", "offering", "ownership", "valuation")
STATES = {
    "both firms": View(),
    "one firm": View(companies=("zhipu",)),
    "rivals undecided": View(evidence="articles"),
    "filings alone": View(evidence="filings"),
    "known before listing": View(known_by="2026-01-07"),
    "known days after": View(known_by="2026-01-12"),
    "nothing known yet": View(known_by="2020-01-01"),
}
SLIPS = (
    r" {2,}", r"\s[,.;:!?](?!\d)", r"[,;:]{2,}", r"[,;:]\s*[.。]", r"\.\.", r"。。", r"[（(]\s*[)）]", r"\bNone\b",
    r"\bnan\b", r"[{}]", r"[；;：:]\s*$", r"^\s*[;；,，:：]", r"：[；。]", r": ;",
)  # fmt: skip
"""What a sentence put together from parts looks like if one of them was missing."""


def said(library: Library, name: str, view: View) -> list[str]:
    context = library.context(view)
    chosen = page(name)
    titles = [library.exhibit(view, name, found).title for found in exhibit_ids(chosen, context.companies)]
    return [chosen.answer(context), *titles]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["en", "zh-Hans"])  # Traditional is derived text by text
def test_no_sentence_shows_a_missing_part(library: Library, name: str, language: str, state: str) -> None:
    view = View(**{f: getattr(STATES[state], f) for f in ("companies", "evidence", "known_by")}, language=language)
    for sentence in said(library, name, view):
        assert sentence
        slips = [pattern for pattern in SLIPS if re.search(pattern, sentence)]
        assert slips == [], sentence


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_without_evidence_a_page_says_so_and_claims_nothing(library: Library, name: str, language: str) -> None:
    view = View(language=language, known_by="2020-01-01")
    answer, *titles = said(library, name, view)

    if name != "overview":  # which still counts its evidence: none
        assert answer == catalogue(language)["answer.nothing"]
    for title in titles:
        assert not re.search(r"\d", title), title


@pytest.mark.parametrize("name", PAGES)
def test_one_firm_is_not_set_beside_another(library: Library, name: str) -> None:
    for sentence in said(library, name, View(companies=("minimax",))):
        assert "Zhipu" not in sentence, sentence


@pytest.mark.parametrize("name", PAGES)
def test_four_firms_make_sentences_too(four_companies: Library, name: str) -> None:
    for sentence in said(four_companies, name, View()):
        assert not any(re.search(pattern, sentence) for pattern in SLIPS), sentence
