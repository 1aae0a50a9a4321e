"""Implied cash, the burn a claim needs, and runway with the proceeds of the offer, by hand."""

from decimal import Decimal

from ipo_data.analysis.runway_readings import (
    burn_needed,
    burn_to_adjusted_loss,
    implied_cash,
    implied_cash_months,
    latest_months,
    proceeds,
    with_proceeds,
    without_wealth_products,
)
from ipo_data.intervals import Interval
from tests.analysis.figures import USD_HKD, Korai, rates
from tests.builders import make_claim, make_company, make_dataset

DAY = "2025-09-30"
MILLION = 10**6


def on(metric: str, says: str, **changes: str):
    return make_claim(metric, says, **{"as_of": DAY, **changes})


OWN = on("liquidity", "1046.2m USD")
ASSETS = on("financial_assets_fvtpl", "644.2m USD", component="current")
LINES = on("undrawn_facilities", "39.4m USD")
ASSUMED = make_claim("monthly_burn", "27.9m USD", period="FY2025", burn_basis="assumed", kind="forecast")
LOSS = make_claim("adjusted_net_loss", "186m USD", period="9M2025")
GROSS = make_claim("gross_proceeds", "55.4亿 HKD", options="with_over_allotment")


def test_cash_follows_from_the_balance_and_its_other_parts():
    # 1,046.2 − 644.2 − 39.4 = 362.6, each good to 0.05; ÷ 27.9 = 12.996
    dataset = make_dataset(OWN, ASSETS, LINES, ASSUMED)
    cash = implied_cash(dataset, "minimax")[0]
    assert (cash.value, cash.formula) == (Decimal("362.6") * MILLION, "1046.2 − 644.2 − 39.4")
    assert cash.interval == Interval(Decimal("362.45") * MILLION, Decimal("362.75") * MILLION)
    assert round(implied_cash_months(dataset, "minimax")[0].value or 0, 3) == Decimal("12.996")


def test_a_disputed_balance_implies_no_cash():
    dataset = make_dataset(OWN, on("liquidity", "11亿 USD", source="other"), ASSETS, LINES, ASSUMED)
    assert implied_cash(dataset, "minimax") == implied_cash_months(dataset, "minimax") == []


def test_cash_of_another_day_does_not_last_from_today():
    old = on("liquidity", "900m USD", as_of="2024-12-31")
    parts = [
        on("financial_assets_fvtpl", "300m USD", as_of="2024-12-31", component="current"),
        on("undrawn_facilities", "40m USD", as_of="2024-12-31"),
    ]
    dataset = make_dataset(OWN, old, *parts, ASSUMED)
    assert len(implied_cash(dataset, "minimax")) == 1
    assert implied_cash_months(dataset, "minimax") == []


def needed(*claims):
    return {p.measure: round((p.value or 0) / MILLION, 3) for p in burn_needed(make_dataset(*claims), "minimax")}


def test_the_latest_cash_over_the_outflow_of_its_period():
    cash = [("2025-06-30", "2551.9m"), ("2026-06-30", "3887.727m"), ("2026-08-31", "5000m")]
    claims = [make_claim("cash_and_equivalents", f"{amount} USD", as_of=day) for day, amount in cash]
    half = make_claim("operating_cash_outflow", "3374.057m USD", period="H1-2026")
    found = latest_months(make_dataset(*claims, half), "minimax")

    # 3,887.727 ÷ (3,374.057 ÷ 6) = 3,887.727 ÷ 562.3428 = 6.913; the balance of August closes no stated period
    assert [(round(p.value or 0, 3), p.when.text) for p in found] == [(Decimal("6.913"), "2026-06-30")]
    assert found[0].formula == "3887.727 ÷ (3374.057 ÷ 6)"
    assert latest_months(make_dataset(*claims), "minimax") == []


def test_the_burn_that_a_claim_of_whole_months_needs():
    # 1,100 ÷ 53 = 20.755, 1,100 ÷ 54 = 20.370
    balance = on("liquidity", "11亿 USD")
    assert needed(balance, on("runway", ">53 months")) == {
        "burn_needed_at_most": Decimal("20.755"), "burn_needed_at_least": Decimal("20.370"),
    }  # fmt: skip


def test_a_runway_with_decimals_is_rounded_like_any_figure():
    # 8,943.1 ÷ 27.25 = 328.187, ÷ 27.35 = 326.987
    assert needed(on("liquidity", "8943.1m USD"), on("runway", "27.3 months")) == {
        "burn_needed_at_most": Decimal("328.187"), "burn_needed_at_least": Decimal("326.987"),
    }  # fmt: skip


def test_only_claims_of_one_document_and_day_are_put_together():
    assert needed(OWN, on("runway", "37 months", source="other")) == {}
    assert needed(OWN, on("runway", "37 months", as_of="2024-12-31")) == {}
    assert needed(OWN, on("runway", "54 months", proceeds="with_proceeds")) == {}
    assert needed(OWN, on("runway", "0 months")) == {}


def test_burn_over_adjusted_loss():
    # 27.9 ÷ (186 ÷ 9) = 1.35; 211.3 ÷ 186 = 1.136
    dataset = make_dataset(OWN, ASSUMED, LOSS, make_claim("cash_burn", "211.3m USD", period="9M2025"))
    found = {p.dimensions["burn"]: round(p.value or 0, 3) for p in burn_to_adjusted_loss(dataset, "minimax")}
    assert found == {"assumed": Decimal("1.350"), "realised": Decimal("1.136")}
    assert burn_to_adjusted_loss(make_dataset(OWN, ASSUMED), "minimax") == []
    assert burn_to_adjusted_loss(make_dataset(companies=[make_company()]), "minimax") == []


def test_proceeds_are_the_companys_estimate_the_net_and_the_gross_amount():
    dataset = make_dataset(
        on("proceeds_in_runway", "468.7m USD"), GROSS,
        make_claim("net_proceeds", "4596.1m HKD", options="with_size_adjustment"),
        make_claim("net_proceeds", "3818.3m HKD", options="before_options"),
        make_claim("net_proceeds", "9999m HKD", options="with_over_allotment", kind="forecast"),
    )  # fmt: skip
    found = {p.tier: (round(p.term.value / MILLION, 2), p.rate) for p in proceeds(dataset, "minimax", rates(USD_HKD))}
    # 4,596.1 ÷ 7.8 = 589.24; 5,540 ÷ 7.8 = 710.26; a forecast is not what the offer brought
    assert found == {
        "company_estimate": (Decimal("468.70"), ""),
        "net": (Decimal("589.24"), "articles.HKD-per-USD"),
        "gross": (Decimal("710.26"), "articles.HKD-per-USD"),
    }
    assert [p.tier for p in proceeds(dataset, "minimax", rates())] == ["company_estimate"]


def test_runway_with_proceeds():
    dataset = make_dataset(OWN, on("liquidity", "11亿 USD", source="other"), ASSUMED, GROSS)
    found = with_proceeds(dataset, "minimax", rates(USD_HKD))
    # (1,046.2 + 5,540 ÷ 7.8) ÷ 27.9 = 62.955; (1,100 + 710.256) ÷ 27.9 = 64.884
    assert [round(p.value or 0, 3) for p in found] == [Decimal("62.955"), Decimal("64.884")]
    assert found[0].dimensions == {"liquidity": "company_definition", "burn": "assumed", "proceeds": "gross"}
    assert (found[0].rate, found[0].formula) == ("articles.HKD-per-USD", "(1046.2 + 5540 × 0.128205) ÷ 27.9")


def test_without_burn_there_is_no_runway_with_proceeds():
    assert with_proceeds(make_dataset(OWN, GROSS), "minimax", rates(USD_HKD)) == []
    profit = make_claim("cash_burn", "-5m USD", period="9M2025")
    assert with_proceeds(make_dataset(OWN, GROSS, profit), "minimax", rates(USD_HKD)) == []
    assert with_proceeds(make_dataset(companies=[make_company()]), "minimax", rates(USD_HKD)) == []


def test_the_third_company_needs_no_rate_for_its_own_currency():
    korai = (
        Korai().says("liquidity", "30bn KRW", as_of="2025-12-31").says("cash_burn", "9.0bn KRW", period="9M2026")
        .says("gross_proceeds", "10bn KRW", options="before_options")
    )  # fmt: skip
    point = with_proceeds(korai.dataset(), "korai", rates())[0]
    assert (point.value, point.rate, point.formula) == (40, "", "(30000 + 10000) ÷ (9000 ÷ 9)")


# --- wealth products --------------------------------------------------------------------------------------------------


def test_buying_wealth_products_is_not_spending():
    dataset = make_dataset(
        make_claim("monthly_burn", "30m USD", period="H1-2025", burn_basis="realised"),
        make_claim("wealth_products_bought", "60m USD", period="H1-2025"),
        make_claim("cash_and_equivalents", "400m USD", as_of="2025-06-30"),
    )
    found = {p.measure: (p.value, p.formula) for p in without_wealth_products(dataset, "minimax")}
    # (30 × 6 − 60) ÷ 6 = 20; 400 ÷ 20
    assert found["burn_without_wealth_products"] == (Decimal(20_000_000), "(30 × 6 − 60) ÷ 6")
    assert found["runway_without_wealth_products"][0] == 20


def test_without_wealth_products_there_is_nothing_to_take_out():
    burn = make_claim("monthly_burn", "30m USD", period="H1-2025", burn_basis="realised")
    assert without_wealth_products(make_dataset(burn), "minimax") == []
