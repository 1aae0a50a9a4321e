"""Enterprise value, implied prices and targets, by hand."""

from decimal import Decimal

import pytest

from ipo_data.analysis.market_arithmetic import (
    enterprise_values,
    forecast_multiples,
    implied_prices,
    implied_rates,
    round_to_sales,
    targets,
)
from ipo_data.quantities import Bound
from tests.analysis.figures import USD_CNY, USD_HKD, Korai, rates, revenue_of_korai
from tests.builders import make_claim, make_dataset, make_source

DAY = "2026-01-12"
MILLION = 10**6
CAP = make_claim("market_cap", "1231亿 HKD", as_of=DAY, moment="close")
BALANCE = (
    make_claim("cash_and_equivalents", "363m USD", as_of="2025-09-30"),
    make_claim("financial_assets_fvtpl", "644.2m USD", as_of="2025-09-30", component="current"),
    make_claim("undrawn_facilities", "39.4m USD", as_of="2025-09-30"),
)
OFFER = (make_claim("listed", "2026-01-09"), make_claim("gross_proceeds", "5540m HKD", options="with_over_allotment"))
REVENUE = make_claim(says="30.52m USD", period="FY2024")


def enterprise(*claims, known=(USD_HKD,)):
    return {p.measure: p for p in enterprise_values(make_dataset(CAP, *claims), "minimax", rates(*known))}


def test_enterprise_value_takes_off_money_but_not_bank_lines():
    found = enterprise(*BALANCE, *OFFER, REVENUE)
    # 123,100 ÷ 7.8 − (363 + 644.2) − 5,540 ÷ 7.8 = 14,064.6; ÷ 30.52 = 460.83
    value, ratio = found["enterprise_value"], found["enterprise_value_to_sales_full_year"]
    assert round((value.value or 0) / MILLION, 1) == Decimal("14064.6")
    assert value.formula == "123100 × 0.128205 − (363 + 644.2) − 5540 × 0.128205"
    assert round(ratio.value or 0, 2) == Decimal("460.83")
    assert value.rate == ratio.rate == "articles.HKD-per-USD"


def test_net_proceeds_come_before_gross_ones_and_borrowings_are_added():
    net = make_claim("net_proceeds", "4596.1m HKD", options="with_size_adjustment")
    debt = make_claim("bank_borrowings", "133.6m USD", as_of="2025-09-30")
    # 15,782.05 − 1,007.2 − 589.24 + 133.6
    found = enterprise(*BALANCE, *OFFER, net, debt)["enterprise_value"]
    assert round((found.value or 0) / MILLION, 1) == Decimal("14319.2")


def test_proceeds_that_are_in_the_balance_are_not_taken_off_twice():
    balance = [make_claim(c.metric, c.says, as_of="2026-01-10", **dict(c.dimensions)) for c in BALANCE]
    found = enterprise(*balance, *OFFER)["enterprise_value"]
    assert round((found.value or 0) / MILLION, 1) == Decimal("14774.9")


@pytest.mark.parametrize(
    "claims",
    [
        (),
        (make_claim("liquidity", "1046.2m USD", as_of="2025-09-30"),),  # may hold bank lines
        (*BALANCE, make_claim("liquidity", "1050.3m USD", as_of="2025-12-31")),  # the last balance does not tell
        (make_claim("cash_and_investments", "900m USD", as_of="2026-06-30"),),  # after the day
    ],
    ids=["no-balance", "lines-inside", "newer-total", "later"],
)
def test_without_the_last_balance_there_is_no_enterprise_value(claims):
    assert enterprise(*claims) == {}


def test_without_a_rate_there_is_none_either():
    assert enterprise(*BALANCE, known=()) == {}


def test_the_third_company_needs_no_rate():
    korai = (
        revenue_of_korai().says("market_cap", "900bn KRW", as_of="2026-02-10", moment="close")
        .says("cash_and_investments", "30bn KRW", as_of="2025-12-31")
    )  # fmt: skip
    found = {p.measure: p.value for p in enterprise_values(korai.dataset(), "korai", rates())}
    # 900 − 30 = 870; ÷ 10 = 87; ÷ 13 = 66.92
    assert found["enterprise_value"] == 870 * 10**9
    assert found["enterprise_value_to_sales_full_year"] == 87
    assert round(found["enterprise_value_to_sales_ltm"] or 0, 2) == Decimal("66.92")


def test_the_last_round_over_twelve_months():
    korai = revenue_of_korai().says("post_money_valuation", "650bn KRW", as_of="2025-06-01", round="last")
    assert [(p.value, p.formula) for p in round_to_sales(korai.dataset(), "korai")] == [(50, "650000 ÷ 13000")]
    assert round_to_sales(revenue_of_korai().dataset(), "korai") == []


def test_the_price_behind_a_value_and_a_target():
    dataset = make_dataset(
        CAP, make_claim("market_cap", ">1000亿 HKD", as_of="2026-01-09", moment="close"),
        make_claim("shares_in_issue", "280058068 shares", as_of="2025-12-31", stage="before_offering"),
        make_claim("shares_in_issue", "309255668 shares", as_of="2026-01-09", stage="at_listing"),
        make_claim("shares_in_issue", "349235308 shares", as_of="2026-07-14", stage="after_placing"),
        make_claim("target_market_cap", "539亿 HKD", broker="citic", kind="target"),
    )  # fmt: skip
    found = [(p.measure, round(p.value or 0, 2), p.bound) for p in implied_prices(dataset, "minimax")]
    # 100,000, 123,100 and 53,900 ÷ 309.255668
    assert found == [
        ("price_implied", Decimal("323.36"), Bound.AT_LEAST),
        ("price_implied", Decimal("398.05"), Bound.EXACT),
        ("target_price_implied", Decimal("174.29"), Bound.EXACT),
    ]
    assert implied_prices(make_dataset(CAP), "minimax") == []


TARGET = (
    make_claim("target_price_to_sales", "30x", period="FY2026", broker="citic", kind="target"),
    make_claim("target_market_cap", "539亿 HKD", broker="citic", kind="target"),
)


def test_the_market_against_a_target():
    dataset = make_dataset(CAP, *TARGET, REVENUE, sources=[make_source("acn", published="2026-01")])
    found = {p.measure: p.value for p in targets(dataset, "minimax", rates(USD_HKD))}
    # 123,100 ÷ 53,900 = 2.284; ÷ 1,796.67 = 68.516; 1,796.67 ÷ 7.8 ÷ 30.52 = 7.547; √7.547 − 1 = 174.7 %
    assert {name: round(value or 0, 3) for name, value in found.items()} == {
        "market_value_to_target": Decimal("2.284"), "price_to_implied_revenue": Decimal("68.516"),
        "implied_revenue_multiple": Decimal("7.547"), "implied_revenue_cagr": Decimal("174.722"),
    }  # fmt: skip


def test_a_target_is_held_against_the_market_of_its_time():
    later = make_claim("market_cap", "5000亿 HKD", as_of="2026-09-30", moment="close", source="late")
    dataset = make_dataset(CAP, later, *TARGET, sources=[make_source("acn", published="2026-01"), make_source("late")])
    found = {(p.measure, getattr(p.when, "text", "")): p.formula for p in targets(dataset, "minimax", rates())}
    # at the time and at the latest close; implied revenue is 53,900 ÷ 30 = 1,796.67m; no rate, no growth
    assert found == {
        ("market_value_to_target", "2026-01-12"): "123100 ÷ 53900",
        ("price_to_implied_revenue", "2026-01-12"): "123100 ÷ 1796.67",
        ("market_value_to_target", "2026-09-30"): "500000 ÷ 53900",
        ("price_to_implied_revenue", "2026-09-30"): "500000 ÷ 1796.67",
    }


def test_a_disputed_target_is_compared_with_nothing():
    rival = make_claim("target_market_cap", "700亿 HKD", broker="citic", kind="target", source="other")
    assert targets(make_dataset(CAP, *TARGET, rival, REVENUE), "minimax", rates(USD_HKD)) == []


def test_a_target_for_the_past_asks_for_no_growth():
    dataset = make_dataset(*TARGET, make_claim(says="312.4m HKD", period="FY2024"), make_claim(period="FY2026"))
    assert targets(dataset, "minimax", rates(USD_HKD)) == []


def test_a_compound_rate_over_its_span():
    claims = [
        make_claim("forecast_revenue_cagr", ">130%", period="FY2025..FY2027", broker="soochow", kind="forecast"),
        make_claim("forecast_revenue_cagr", "50%", period="FY2025..FY2028", broker="other", kind="forecast"),
        make_claim("forecast_revenue_cagr", "50%", period="FY2026", broker="single", kind="forecast"),
    ]
    found = {p.dimensions["broker"]: (p.value, p.bound) for p in forecast_multiples(make_dataset(*claims), "minimax")}
    # 2.3² and 1.5³
    assert found == {"soochow": (Decimal("5.29"), Bound.AT_LEAST), "other": (Decimal("3.375"), Bound.EXACT)}


def test_amounts_printed_twice_give_a_rate():
    dataset = make_dataset(
        make_claim("post_money_valuation", "42.402亿 USD", as_of="2025-08-19", round="last"),
        make_claim("post_money_valuation", "298.48亿 CNY", as_of="2025-08-19", round="last"),
        make_claim(says="376m CNY"), make_claim(says="53.437m USD", source="other"), rates=(USD_CNY,),
    )  # fmt: skip
    points = implied_rates(dataset, "minimax")
    # 29,848 ÷ 4,240.2 = 7.03929, to 29,848.5 ÷ 4,240.15; two documents do not imply a rate
    assert [(round(p.value or 0, 5), p.dimensions) for p in points] == [(Decimal("7.03929"), {"pair": "CNY-per-USD"})]
    assert points[0].interval is not None
    assert round(points[0].interval.high, 5) == Decimal("7.03949")
    assert points[0].facts == (
        "minimax.post_money_valuation.2025-08-19.round=last.CNY", "minimax.post_money_valuation.2025-08-19.round=last",
    )  # fmt: skip
    assert implied_rates(Korai().dataset(), "korai") == []
