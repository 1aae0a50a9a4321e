"""Every text id in the code exists, and every text is used."""

import re

import pytest

from ipo_data.analysis.derived_figures import derived_points
from ipo_data.analysis.ledger import RULES
from ipo_data.analysis.valuation import REVENUE_BASES
from ipo_data.dataset import Dataset
from ipo_data.exhibits.registry import PAGES
from ipo_data.text.catalog import catalogue
from tests.text.code_scan import code_files, uses, uses_in

PUT_TOGETHER = frozenset({
    "accounting", "axis", "base", "basis", "bound", "burn", "chart", "comparison", "control", "currency",
    "customers", "definition", "effect", "evidence", "family", "figure_kind", "first_day", "flag", "format", "holds",
    "input", "key", "kind", "lack", "liquidity", "login", "loss_kind", "losses", "member", "method", "metric", "nav",
    "on_basis", "origin", "overview_price", "period", "picture", "preset", "question", "rates", "reading",
    "revenue_of", "reverse", "rule", "rule_formula", "scenario", "section", "share_flow", "since", "solver", "special",
    "split", "state", "status", "table", "terms", "trace", "unit", "verdict",
})  # fmt: skip
"""Prefixes that the code joins with a code at run time; each code is a word in the code or an enumeration's value."""

GROUPS_OF_CONTROLS = frozenset(
    {"basis", "burn", "choice", "currency", "evidence", "holders_at", "liquidity", "price", "rates", "scenario"}
)
"""Prefixes that the pages' controls join with the codes of their choices."""

NOT_USED_YET: frozenset[str] = frozenset()
"""Texts that nothing shows; the list may only shrink."""


def test_every_text_that_is_looked_up_exists() -> None:
    texts = catalogue("en")

    missing = [
        f"{use.where} {use.text}" for use in uses() if use.spoken and "*" not in use.text and use.text not in texts
    ]

    assert missing == []


@pytest.mark.parametrize("prefix", ["reason", "explain", "gap", "chart", "answer", "metric", "key", "error"])
def test_every_id_that_travels_as_data_exists(prefix: str) -> None:
    """Reasons and explanations are ids in data points and rows; they are looked up far from where they are written."""
    texts = catalogue("en")

    named = {use.text for use in uses() if use.text.startswith(f"{prefix}.") and "*" not in use.text}

    assert named - set(texts) == set()


def test_only_listed_prefixes_are_put_together() -> None:
    joined = {use.text.split(".")[0] for use in uses() if use.spoken and use.text.count("*") and use.text[0] != "*"}

    assert joined <= PUT_TOGETHER


def test_every_text_is_used(dataset: Dataset) -> None:
    written = {use.text for use in uses()}
    words_in_code = {
        word for path in code_files() for word in re.findall(r"[A-Za-z0-9_]+", path.read_text(encoding="utf-8"))
    }
    codes = words_in_code | {f"price_to_sales_{basis}" for basis in REVENUE_BASES}
    codes |= {f"{unit}_one" for unit in ("months", "days", "years")}
    # some are put together in code; what a filing states, only the articles leave to be derived
    for evidence in (dataset, dataset.restricted(lambda source: source.collection == "articles")):
        codes |= {point.measure for _, point in derived_points(evidence)}
    codes |= {rule.id for rule in RULES}
    codes |= {code for page in PAGES for allowed in page.codes(dataset).values() for code in allowed}

    unused = {
        key
        for key in catalogue("en")
        if key not in written
        and not (key.split(".")[0] in PUT_TOGETHER | GROUPS_OF_CONTROLS and key.split(".")[1] in codes)
    }

    assert unused <= NOT_USED_YET
    assert set(catalogue("en")) >= NOT_USED_YET, "delete from the list what is no longer in the catalogue"


# --- the scan itself --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('say("state.reported")', [("state.reported", True)]),
        ('context.say(f"state.{point.state}")', [("state.*", True)]),
        ('look.words("chart." + kind)', [("chart.*", True)]),
        ('words(language)("format.points", value=1)', [("format.points", True)]),
        ('say("a.b" if x else "a.c")', [("a.b", True), ("a.c", True)]),
        ('empty(company, "reason.no_base")', [("reason.no_base", False)]),
        ('context.title("funding", parts)', [("funding.title", True), ("funding.neutral", True)]),
        ('text(say, "control.known", otherwise)', [("control.known", True)]),
        ('say("Not an id")', [("Not an id", True)]),
        ('note("a sentence. And another")', []),
    ],
)
def test_the_scan_finds_text_ids(code: str, found: list[tuple[str, bool]]) -> None:
    assert [(use.text, use.spoken) for use in uses_in(code)] == found
