"""Every computed sentence, read in every state of the data and every language: no slip of grammar, no raw code."""

import re
from collections.abc import Iterator
from functools import cache

import pytest

from ipo_data.dataset import Dataset
from ipo_data.exhibits.context import Context, restricted_to
from ipo_data.exhibits.model import View
from ipo_data.exhibits.registry import PAGES, Page, build, exhibit_ids
from ipo_data.loading.dropped import load_with
from ipo_data.paths import ROOT
from ipo_data.text.catalog import LANGUAGES

THIRD = {
    "companies/acme/company.yaml": b"""id: acme
name: {en: Acme, zh-Hans: "\xe6\x9f\x90\xe5\x8e\x82"}
ticker: 1234.HK
reporting_currency: CNY
fiscal_year_end: 12-31
order: 3
""",
    "companies/acme/revenue.yaml": b"""revenue:
  - {period: FY2024, says: 12.3m CNY, from: acme-2025, at: "p.1 12.3"}
  - {period: FY2025, says: 24.6m CNY, from: acme-2025, at: "p.1 24.6"}
""",
    "companies/acme/cash.yaml": b"""liquidity:
  - {as_of: 2025-12-31, says: 100m CNY, from: acme-2025, at: "p.2 100"}
monthly_burn:
  - {period: FY2025, says: 5m CNY, from: acme-2025, at: "p.2 5"}
""",
    "companies/acme/margins.yaml": b"""gross_margin:
  - {period: FY2025, says: 41.2%, from: acme-2025, at: "p.1 41.2%"}
""",
    "sources.yaml": b"""sources:
  - id: acme-2025
    title: Annual report
    publisher: Acme
    published: 2026-03-31
    kind: results
    script: latn
""",
}
VIEWS = {
    "everything": View(),
    "filings": View(evidence="filings"),
    "articles": View(evidence="articles"),
    "before the filings": View(known_by="2025-12-26"),
    "before anything": View(known_by="2020-01-01"),
    "one company": View(companies=("minimax",)),
    "the other company": View(companies=("zhipu",)),
    "in US$": View(currency="USD"),
    "three companies": View(),
    "the third alone": View(companies=("acme",)),
}
"""States by name; the last two with a third company of a few figures."""
DERIVED = ("everything", "three companies")
"""States in which Traditional Chinese, which is derived word by word, is read as well."""
ANYWHERE = {
    "an unfilled or empty place": r"\{\w*\}|\(\s*\)|（\s*）|\bNone\b|\bnan\b|\binf\b|\[\]",
    "a raw code": r"\b[a-z]+_[a-z_]+\b",
    "two blanks": r"\S  +\S",
    "a blank before punctuation": r"\w [,;.](?:\s|$)",
    "doubled punctuation": r"[,;:]\s*[,;:.]|(?<!\.)\.\.(?!\.)|[，；：、]\s*[，；：。、]|。。",
    "punctuation at the beginning": r"^[,;:.，；：。、]",
}
ENGLISH = {
    "one of many": r"(?<![\d.,–-])1 (?!is\b|was\b|has\b|as\b|less\b|across\b|plus\b|us\b|this\b)[a-z]+s\b",
    "a small letter at the beginning": r"^[a-z]",
    "a Chinese sign": r"[\u3000-\u303f\uff00-\uffef]",
}
CHINESE = {"an English sign between Chinese ones": r"[\u4e00-\u9fff][,;:?!()][\u4e00-\u9fff]"}
OF_TWO = re.compile(
    r"\b(?:both|neither|the two)\b (?:of the )?(?:firms|companies)|两者|双方|两家|兩者|雙方|兩家", re.IGNORECASE
)


@cache
def _data(name: str) -> Dataset:
    return Dataset(load_with(ROOT / "seeds", THIRD)) if "third" in name or "three" in name else Dataset.load()


def _context(name: str, language: str, page: Page) -> Context:
    base = VIEWS[name]
    view = View(
        language=language, companies=base.companies, currency=base.currency, evidence=base.evidence,
        known_by=base.known_by, options=tuple((option, codes[0]) for option, codes in page.options),
    )  # fmt: skip
    return Context(restricted_to(_data(name), view), view)


def _slips(text: str, language: str) -> Iterator[str]:
    rules = ANYWHERE | (ENGLISH if language == "en" else CHINESE)
    for what, pattern in rules.items():
        found = re.search(pattern, text)
        if found:
            yield f"{what} ('{found.group(0)}'): {text}"


@pytest.mark.parametrize(
    ("name", "language"),
    [(name, language) for name in VIEWS for language in LANGUAGES if language != "zh-Hant" or name in DERIVED],
)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_sentences_survive_every_state(page: Page, name: str, language: str) -> None:
    context = _context(name, language, page)
    answer = page.answer(context)
    exhibits = [build(context, page, exhibit) for exhibit in exhibit_ids(page, context.companies)]

    slips = [*_slips(answer, language)]
    if not answer.endswith((".", "。", "?", "？")):
        slips.append(f"no full stop: {answer}")
    for exhibit in exhibits:
        for text in (exhibit.title, exhibit.subtitle, exhibit.alt, *exhibit.notes):
            slips += [f"{exhibit.id}: {slip}" for slip in _slips(text, language)]
        if exhibit.title.endswith((".", "。")):
            slips.append(f"{exhibit.id}: a full stop after a heading: {exhibit.title}")
        if not exhibit.title or not exhibit.alt:
            slips.append(f"{exhibit.id}: no words")
    if len(context.companies) > 2:
        titles = [answer, *(exhibit.title for exhibit in exhibits)]
        slips += [f"said of two: {text}" for text in titles if OF_TWO.search(text)]
    assert slips == []
