"""Which figures are tested, which are not, and what explains a difference."""

import pytest

from ipo_data.analysis.ledger import RULES, ledger, untested
from ipo_data.analysis.verdicts import TieOut
from tests.analysis.ledger.tested import on, only, over, rows_of
from tests.builders import make_claim, make_company, make_dataset, make_judgement, make_source

WHOLE = make_claim(says="53.437m USD")
PART = make_claim(says="17.464m USD", product="hailuo")
MISPRINT = over("revenue_share", "2.6%", product="hailuo", source="paper")
PRINTED = over("revenue_share", "32.7%", product="hailuo", source="filing")


def judged(verdict: str):
    judgement = make_judgement(
        metric="revenue_share", dimensions={"product": "hailuo"}, prefer="filing", over=["paper"], verdict=verdict
    )
    rows = rows_of("share_of_total", WHOLE, PART, MISPRINT, PRINTED, judgements=[judgement])
    return {row.claim.says: (row.verdict, row.reason is not None) for row in rows}


@pytest.mark.parametrize(
    ("verdict", "outcome"),
    [
        ("other_basis", TieOut.OTHER_BASIS), ("earlier_version", TieOut.OTHER_BASIS),
        ("loose_wording", TieOut.LOOSE_WORDING), ("misprint", TieOut.IN_CONFLICT),
        ("contradicted", TieOut.IN_CONFLICT), ("unexplained", TieOut.IN_CONFLICT),
    ],
)  # fmt: skip
def test_a_judgement_speaks_for_the_figure_that_loses(verdict, outcome):
    assert judged(verdict) == {"32.7%": (TieOut.EXACT, False), "2.6%": (outcome, True)}


def test_without_a_judgement_the_rival_of_a_filing_is_in_conflict():
    filing = make_source("filing", kind="prospectus")
    rows = rows_of("share_of_total", WHOLE, PART, MISPRINT, PRINTED, sources=[filing])
    assert {row.claim.says: row.verdict for row in rows} == {"32.7%": TieOut.EXACT, "2.6%": TieOut.IN_CONFLICT}


def test_a_figure_is_never_tested_by_itself():
    # a share of the consumer segment would be computed from the same share
    assert rows_of("rest_of_two", over("revenue_share", "71.1%", segment="c_end")) == []
    assert rows_of("share_of_total", WHOLE) == []


def test_figures_printed_alike_are_tested_once():
    same = [over("revenue_share", "32.7%", product="hailuo", source=name) for name in ("one", "two")]
    finer = over("revenue_share", "32.68%", product="hailuo", source="three")
    rows = rows_of("share_of_total", WHOLE, PART, *same, finer)
    assert [row.claim.says for row in rows] == ["32.7%", "32.68%"]


def test_rows_come_by_company_and_id():
    lines = {"revenue": "10m USD", "gross_profit": "5m USD", "gross_margin": "50%", "cost_of_sales": "5m USD"}
    claims = [
        make_claim(metric, says, period="FY2024", company=company)
        for company in ("korai", "minimax")
        for metric, says in lines.items()
    ]
    companies = [make_company("minimax", order=1), make_company("korai", order=2)]
    rows = ledger(make_dataset(*claims, companies=companies))
    assert [row.id.split("@")[0] for row in rows] == [
        "gross_margin:minimax.gross_margin.FY2024", "gross_profit:minimax.gross_profit.FY2024",
        "gross_margin:korai.gross_margin.FY2024", "gross_profit:korai.gross_profit.FY2024",
    ]  # fmt: skip


def test_ratios_without_their_inputs_are_named():
    dataset = make_dataset(over("gross_margin", "23.3%"), over("revenue_growth", "174.7%"), on("liquidity", "9m USD"))
    assert [(u.rule, u.claim.metric) for u in untested(dataset)] == [
        ("gross_margin", "gross_margin"), ("revenue_growth", "revenue_growth"),
    ]  # fmt: skip


def test_what_one_rule_tests_is_not_untested_by_another():
    dataset = make_dataset(
        over("revenue_share", "71.1%", segment="c_end"), over("revenue_share", "28.9%", segment="b_end")
    )
    assert {row.rule for row in ledger(dataset)} == {"rest_of_two"}
    assert untested(dataset) == ()


def test_a_company_with_nothing_has_an_empty_ledger():
    dataset = make_dataset(companies=[make_company()])
    assert ledger(dataset) == untested(dataset) == ()


def test_rules_name_metrics_and_a_rule_tests_a_metric_once():
    pairs = [(rule.id, rule.metric, rule.compute) for rule in RULES]
    assert len(set(pairs)) == len(pairs)


def test_a_row_knows_its_inputs():
    row = only("share_of_total", WHOLE, PART, PRINTED)
    assert row.computed is not None
    assert row.computed.claims == {"minimax.revenue.9M2025@acn", "minimax.revenue.9M2025.product=hailuo@acn"}
    assert row.claim.id not in row.computed.claims
