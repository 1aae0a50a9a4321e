"""Liquidity, burn, runway, and amounts printed in two currencies."""

from decimal import Decimal

import pytest

from ipo_data.analysis.ledger import untested
from tests.analysis.figures import USD_CNY, Korai
from tests.analysis.ledger.tested import on, only, over, rows_in, rows_of, worked_out
from tests.builders import make_claim, make_dataset, make_rate

PARTS = (
    on("cash_and_equivalents", "363m USD"), on("financial_assets_fvtpl", "644.2m USD", component="current"),
    on("undrawn_facilities", "39.4m USD"),
)  # fmt: skip
BURN = over("monthly_burn", "27.9m USD", period="FY2025", burn_basis="assumed", kind="forecast")


def test_the_balance_is_the_sum_of_its_parts():
    row = only("liquidity_parts", *PARTS, on("liquidity", "1046.2m USD"))
    # 363 + 644.2 + 39.4 = 1,046.6; 363 is good to half a million
    assert worked_out(row, 1, 10**6) == (Decimal("1046.6"), "363 + 644.2 + 39.4", "within_rounding")


def test_a_combined_figure_comes_before_its_parts():
    row = only("liquidity_parts", *PARTS, on("cash_and_investments", "1006.8m USD"), on("liquidity", "1046.2m USD"))
    assert worked_out(row, 1, 10**6) == (Decimal("1046.2"), "1006.8 + 39.4", "exact")
    assert rows_of("liquidity_parts", *PARTS[:2], on("liquidity", "1046.2m USD")) == []


def test_rival_balances_are_tested_one_by_one():
    rivals = on("liquidity", "1046.2m USD"), on("liquidity", "11亿 USD", source="other")
    found = {row.claim.says: str(row.verdict) for row in rows_of("liquidity_parts", *PARTS, *rivals)}
    assert found == {"1046.2m USD": "within_rounding", "11亿 USD": "in_conflict"}


def test_the_wider_balance():
    more = on("financial_assets_fvtpl", "70.2m USD", component="non_current"), on("restricted_cash", "25.1m USD")
    row = only("broad_liquidity", *PARTS[:2], *more, on("broad_liquidity", "1102.5m USD", basis="computed"))
    # 363 + 644.2 + 70.2 + 25.1
    assert worked_out(row, 1, 10**6)[::2] == (Decimal("1102.5"), "exact")
    assert rows_of("broad_liquidity", *PARTS, on("broad_liquidity", "1102.5m USD")) == []


STATED = {
    "37 months": "exact", "37.5 months": "exact", "38 months": "within_rounding", "39 months": "in_conflict",
    "~37 months": "loose_wording", ">53 months": "in_conflict",
}  # fmt: skip


@pytest.mark.parametrize(("says", "verdict"), STATED.items())
def test_runway_is_the_balance_over_the_assumed_burn(says, verdict):
    row = only("runway", BURN, on("liquidity", "1046.2m USD"), on("runway", says, proceeds="without_proceeds"))
    assert worked_out(row, 4) == (Decimal("37.4982"), "1046.2 ÷ 27.9", verdict)


def test_runway_with_the_offers_proceeds():
    claims = (BURN, on("liquidity", "1046.2m USD"), on("proceeds_in_runway", "468.7m USD"))
    whole = only("runway", *claims, on("runway", "54.3 months", proceeds="with_proceeds"))
    tenth = only("runway", *claims, on("runway", "39.2 months", proceeds="tenth_of_proceeds"))
    # (1,046.2 + 468.7) ÷ 27.9 = 54.30; (1,046.2 + 46.87) ÷ 27.9 = 39.18
    assert worked_out(whole, 2) == (Decimal("54.30"), "(1046.2 + 468.7) ÷ 27.9", "exact")
    assert worked_out(tenth, 2) == (Decimal("39.18"), "(1046.2 + 468.7 × 0.1) ÷ 27.9", "exact")
    assert rows_of("runway", *claims[:2], on("runway", "54 months", proceeds="with_proceeds")) == []
    assert rows_of("runway", *claims, on("runway", "54 months", proceeds="half")) == []


def test_without_an_assumption_the_last_realised_burn_counts():
    burns = [
        over("monthly_burn", says, period=period, burn_basis="realised")
        for period, says in (("FY2024", "50m USD"), ("9M2025", "100m USD"), ("FY2025", "500m USD"))
    ]
    row = only("runway", *burns, on("liquidity", "1000m USD"), on("runway", "10 months", proceeds="without_proceeds"))
    assert worked_out(row) == (10, "1000 ÷ 100", "exact")


def test_no_burn_no_runway():
    profit = over("monthly_burn", "-5m USD", period="FY2025", burn_basis="assumed", kind="forecast")
    stated = on("runway", "37 months", proceeds="without_proceeds")
    assert rows_of("runway", profit, on("liquidity", "1046.2m USD"), stated) == []
    assert rows_of("runway", on("liquidity", "1046.2m USD"), stated) == []


def test_a_company_burn_cannot_be_recomputed_without_its_leases():
    dataset = make_dataset(over("cash_burn", "211.3m USD"), over("operating_cash_outflow", "209.396m USD"))
    assert [(u.rule, u.claim.says) for u in untested(dataset)] == [("cash_burn", "211.3m USD")]


# --- two currencies ---------------------------------------------------------------------------------------------------


def test_an_amount_in_another_currency_follows_from_the_rate():
    printed = make_claim(says="374m CNY")
    row = only("other_currency", make_claim(says="53.437m USD"), printed, rates=(USD_CNY,))
    # 53.437 × 7.0 = 374.06
    assert worked_out(row, 2, 10**6) == (Decimal("374.06"), "53.437 × 7", "exact")


def test_without_the_articles_rate_or_the_own_amount_there_is_no_row():
    printed = make_claim(says="374m CNY")
    assert rows_of("other_currency", make_claim(), printed) == []
    assert rows_of("other_currency", printed, rates=(USD_CNY,)) == []
    other = make_rate(set="prospectus", rate="7.0")
    assert rows_of("other_currency", make_claim(), printed, rates=(other,)) == []


def test_the_third_company_in_dollars():
    korai = Korai().says("net_loss", "1.4bn KRW", period="FY2025").says("net_loss", "1.0m USD", period="FY2025")
    rate = make_rate(base="KRW", quote="USD", rate="0.0007")
    # 1,400 × 0.0007 = 0.98, and 1.4bn is good to 0.05bn
    assert worked_out(rows_in(korai.dataset(rates=(rate,)), "other_currency")[0], 2, 10**6) == (
        Decimal("0.98"), "1400 × 0.0007", "exact",
    )  # fmt: skip
