"""The conflicts and verdicts of the records are those that were looked at: a new one and a vanished one both fail."""

from collections import Counter

import pytest

from ipo_data.analysis.ledger import RULES, ledger, narratives
from ipo_data.analysis.verdicts import TieOut
from ipo_data.dataset import Dataset, Status
from tests.seeds.expected_verdicts import (
    UNTESTED,
    VERDICTS,
    Row,
    evidence,
    read,
    untested_rows,
    verdict_rows,
)

FEWEST_ROWS = 400
NAMES = ("everything", "articles")
ADVICE = """
New: read the documents. A slip of the seeds is corrected there; a difference that can be settled gets a judgement with
its reason in the company's seed file; what stays open, or what is only loosely worded, is accepted as it is.
Gone: make sure that no document was lost, no figure copied wrongly and no rule stopped finding its inputs.
Then run `python -m tests.seeds.expected_verdicts` and check in the difference."""


@pytest.fixture(scope="module")
def bodies(dataset: Dataset) -> dict[str, Dataset]:
    return evidence(dataset)


def expected(name: str, *kinds: str) -> list[Row]:
    return [row for row in read(VERDICTS) if row["evidence"] == name and row["kind"] in kinds]


def told(rows: list[Row]) -> set[str]:
    return {" ".join(value for value in row.values() if value) for row in rows}


@pytest.mark.parametrize("name", NAMES)
def test_conflicts_and_verdicts_are_the_expected_ones(bodies, name):
    before = told(expected(name, "fact", "row", "statement"))
    now = told([row for row in verdict_rows(name, bodies[name]) if row["kind"] != "rule"])
    news = [f"new:  {item}" for item in sorted(now - before)] + [f"gone: {item}" for item in sorted(before - now)]
    assert now == before, "\n".join([*news, ADVICE])


@pytest.mark.parametrize("name", NAMES)
def test_no_rule_tests_less_than_it_did(bodies, name):
    counts = Counter(row.rule for row in ledger(bodies[name]))
    fewer = [
        f"{row['id']}: {counts[row['id']]} rows instead of {row['verdict']}"
        for row in expected(name, "rule")
        if counts[row["id"]] < int(row["verdict"])
    ]
    assert fewer == [], "\n".join([*fewer, ADVICE])


def test_the_ledger_is_long_enough_and_its_rows_are_distinct(bodies):
    rows = ledger(bodies["everything"])
    assert len(rows) >= FEWEST_ROWS
    assert len({row.id for row in rows}) == len(rows)


def test_every_rule_tests_something_in_the_records_but_the_company_burn(bodies):
    used = {row.rule for row in ledger(bodies["everything"])}
    assert {rule.id for rule in RULES} - used == {"cash_burn"}


# --- what must be in conflict -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fact", "figures"),
    [
        ("minimax.runway.2025-09-30.proceeds=without_proceeds", {"37 months", ">53 months"}),
        ("minimax.subscription_multiple.tranche=international", {"37x", "79x"}),
        ("minimax.liquidity.2025-09-30", {"10.462亿 USD", "11亿 USD", ">11亿 USD"}),
    ],
)
def test_the_articles_contradict_each_other(bodies, fact, figures):
    found = bodies["articles"].fact_by_id[fact]
    assert (found.status, found.shown) == (Status.CONFLICTING, None)
    assert {claim.says for claim in found.claims} == figures


@pytest.mark.parametrize(
    "claim",
    [
        "minimax.revenue_share.9M2025.product=hailuo@finet-2025-12",
        "zhipu.revenue_cagr.FY2022..FY2024@newexpress-2026-01",
    ],
)
@pytest.mark.parametrize("name", NAMES)
def test_figures_that_do_not_follow_are_in_conflict(bodies, name, claim):
    verdicts = {row.verdict for row in ledger(bodies[name]) if row.claim.id == claim}
    assert verdicts == {TieOut.IN_CONFLICT}


@pytest.mark.parametrize(
    ("name", "statement", "verdict"),
    [
        ("articles", "zhipu.loss-outgrows-revenue-2022-2024@newexpress-2026-01", "exact"),
        ("articles", "zhipu.loss-outgrows-revenue-h1-2025@newexpress-2026-01", "in_conflict"),
        ("articles", "minimax.hailuo-and-talkie-carry-revenue@finet-2025-12", "in_conflict"),
        ("everything", "minimax.hailuo-and-talkie-carry-revenue@finet-2025-12", "exact"),
        ("everything", "minimax.margin-turned-positive@netease-2026-01", "exact"),
    ],
)
def test_statements_in_words_hold_or_fail(bodies, name, statement, verdict):
    verdicts = {row.id: str(row.verdict) for row in narratives(bodies[name])}
    assert verdicts[f"narrative:{statement}"] == verdict


def test_with_all_documents_nothing_is_left_undecided(bodies):
    assert [f.id for f in bodies["everything"].facts if f.status is Status.CONFLICTING] == []


# --- what cannot be tested --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_what_no_rule_tests_is_listed_with_a_reason(bodies, name):
    listed = {(row["rule"], row["claim"]) for row in read(UNTESTED) if row["evidence"] == name}
    found = {(row["rule"], row["claim"]) for row in untested_rows(name, bodies[name])}
    news = [f"new:  {' '.join(item)}" for item in sorted(found - listed)]
    news += [f"gone: {' '.join(item)}" for item in sorted(listed - found)]
    advice = "Run `python -m tests.seeds.expected_verdicts` and write a reason beside every figure that is new."
    assert found == listed, "\n".join([*news, advice])


def test_reasons_are_given():
    assert [row["claim"] for row in read(UNTESTED) if len(row["reason"].strip()) < 15] == []
