"""Conversion: one named set, there and back, around the triangle, and never before a ratio is formed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipo_data.analysis.bases import ltm
from ipo_data.analysis.currency import (
    NATIVE,
    OwnRate,
    Rates,
    all_converted,
    converted,
    own_rate,
    own_rates,
    rate_sets,
    rates_of,
)
from ipo_data.analysis.growth import growth_points
from ipo_data.analysis.points import DataPoint, State, derived, empty, shown_term, stated
from ipo_data.analysis.valuation import price_to_sales
from ipo_data.dataset import Dataset
from ipo_data.errors import OptionError
from ipo_data.model.rate import FxRate
from tests.analysis.figures import USD_CNY, USD_HKD, USD_KRW, Korai, rates, revenue_of_korai
from tests.builders import make_claim, make_dataset, make_rate, make_source

SET = rates(USD_CNY, USD_HKD, USD_KRW)


def money(says: str) -> DataPoint:
    return stated(make_dataset(make_claim(says=says)).facts[0])[0]


def test_a_rate_works_in_both_directions_and_across_a_third_currency():
    assert SET.factor("USD", "CNY") == (7, "articles.CNY-per-USD")
    assert SET.factor("CNY", "USD") == (Decimal(1) / 7, "articles.CNY-per-USD")
    # HK$ → yuan: 7.0 ÷ 7.8
    factor, used = SET.factor("HKD", "CNY") or (Decimal(0), "")
    assert round(factor, 6) == Decimal("0.897436")
    assert used == "articles.HKD-per-USD articles.CNY-per-USD"
    assert [rate.id for rate in SET.by_id(used)] == ["articles.CNY-per-USD", "articles.HKD-per-USD"]


def test_a_stated_cross_rate_is_taken_as_it_is():
    own = make_rate(base="HKD", quote="CNY", rate="0.9070")
    assert rates(USD_CNY, USD_HKD, own).factor("HKD", "CNY") == (Decimal("0.9070"), "articles.CNY-per-HKD")


def test_no_way_means_no_number():
    assert SET.factor("EUR", "USD") is None
    assert Rates("none", ()).factor("USD", "CNY") is None
    assert SET.factor("EUR", "EUR") == (1, "")


def test_sets_are_named_and_unknown_names_are_refused():
    dataset = make_dataset(make_claim(), rates=(USD_CNY, make_rate(set="prospectus", rate="7.0569")))
    assert rate_sets(dataset) == ["articles", "prospectus"]
    assert rates_of(dataset, "prospectus").factor("USD", "CNY") == (Decimal("7.0569"), "prospectus.CNY-per-USD")
    with pytest.raises(OptionError, match=r"no rate set 'spot'.*articles, prospectus"):
        rates_of(dataset, "spot")
    with pytest.raises(OptionError, match="none"):
        rates_of(make_dataset(make_claim()), "articles")


def test_a_converted_point_says_so():
    point = converted(money("53.437m USD"), "CNY", SET)
    assert (point.value, point.unit, point.rate) == (Decimal(374059000), "CNY", "articles.CNY-per-USD")
    assert point.interval is not None
    assert (point.interval.low, point.interval.high) == (Decimal(374055500), Decimal(374062500))
    assert point.conversion == "× 7"


def test_a_converted_point_names_every_step_in_order():
    assert converted(money("700m CNY"), "USD", SET).conversion == "÷ 7"  # 700 ÷ 7 = 100
    # HK$ to yuan through the dollar, in the order in which it is worked out
    there = converted(money("78m HKD"), "CNY", SET)
    assert (there.value, there.conversion) == (Decimal(70_000_000), "÷ 7.8 × 7")  # 78 ÷ 7.8 × 7 = 70
    assert converted(money("53.437m USD"), "USD", SET).conversion == ""


def test_of_two_rates_of_one_pair_the_conversion_names_the_one_used():
    closing = make_rate(rate="7.2", method="closing", as_of="2025-12-31")
    balance = stated(
        make_dataset(make_claim("cash_and_equivalents", "72m CNY", period=None, as_of="2025-12-31")).facts[0]
    )[0]
    there = converted(balance, "USD", rates(USD_CNY, closing))
    assert (there.value, there.conversion) == (Decimal(10_000_000), "÷ 7.2")  # 72 ÷ 7.2 = 10, not ÷ 7


@pytest.mark.parametrize("currency", [NATIVE, "USD", "EUR"])
def test_what_needs_or_has_no_rate_stays_as_it_is(currency):
    point = money("53.437m USD")
    assert converted(point, currency, SET) == point


def test_only_money_is_converted():
    dataset = make_dataset(
        make_claim("mau", "27.6m persons", period="9M2025"), make_claim("gross_margin", "23%", period="FY2024")
    )
    points = [p for f in dataset.facts for p in stated(f)]
    margin_points = derived(shown_term(dataset.facts[0]), "minimax", "margin_contribution", "points")
    assert all_converted([*points, margin_points], "CNY", SET) == [*points, margin_points]


def test_an_empty_point_moves_to_the_currency_with_its_reason():
    point = empty("minimax", "revenue_ltm", "USD", State.NOT_AVAILABLE, "reason.no_full_year")
    moved = converted(point, "CNY", SET)
    assert (moved.unit, moved.value, moved.reason, moved.rate) == ("CNY", None, "reason.no_full_year", "")


# --- flows, balances and the reader's own rate ------------------------------------------------------------------------


def test_a_flow_takes_the_average_of_its_own_window_and_a_balance_the_rate_of_its_day():
    average = make_rate(rate="7.2", method="average", as_of="9M2025")
    day = make_rate(rate="7.1", method="closing", as_of="2025-09-30")
    found = rates(USD_CNY, average, day)
    dataset = make_dataset(
        make_claim(says="10m USD", period="9M2025"), make_claim(says="10m USD", period="FY2024"),
        make_claim("cash_and_equivalents", "10m USD", period=None, as_of="2025-09-30"),
        make_claim("cash_and_equivalents", "10m USD", period=None, as_of="2025-06-30"),
    )  # fmt: skip
    by_date = {
        fact.end.isoformat(): converted(stated(fact)[0], "CNY", found).value for fact in dataset.facts if fact.end
    }
    flows = {str(f.period.label): converted(stated(f)[0], "CNY", found) for f in dataset.facts if f.period}

    assert flows["9M2025"].value == 72_000_000
    assert flows["9M2025"].rate == "articles.CNY-per-USD.9M2025"
    assert flows["FY2024"].value == 70_000_000  # no average of that year: the set's one rate
    assert by_date["2025-06-30"] == 70_000_000
    balance = next(f for f in dataset.facts if f.instant and f.end and f.end.isoformat() == "2025-09-30")
    assert converted(stated(balance)[0], "CNY", found).value == 71_000_000


def test_an_average_alone_serves_no_other_window():
    average = make_rate(rate="7.2", method="average", as_of="FY2024")
    assert rates(average).factor("USD", "CNY") is None


@pytest.mark.parametrize(
    ("pair", "typed", "rate"),
    [
        ("usdcny", "7.10", "7.10"), ("usdcny", "5", "5"), ("usdcny", "9", "9"), ("usdcny", "4.99", None),
        ("usdcny", "9.01", None), ("usdcny", "7,1", None), ("usdcny", "1e1", None), ("usdcny", "", None),
        ("usdcny", "-7", None), ("usdcny", "７.1", None), ("usdhkd", "7.80", "7.80"), ("usdhkd", "7.86", None),
    ],
)  # fmt: skip
def test_a_typed_rate_is_a_plain_number_within_its_bounds(pair: str, typed: str, rate: str | None):
    assert own_rate(pair, typed) == (None if rate is None else Decimal(rate))


def test_the_readers_own_rate_replaces_its_pair_and_crosses_the_others():
    cross = make_rate(base="HKD", quote="CNY", rate="0.9070")
    dataset = make_dataset(make_claim(), rates=(USD_CNY, USD_HKD, cross))
    own = own_rates(dataset, "articles", {"usdcny": "7.50", "usdhkd": ""})

    assert own.factor("USD", "CNY") == (Decimal("7.50"), "own.CNY-per-USD")
    assert own.factor("USD", "HKD") == (Decimal("7.8"), "articles.HKD-per-USD")
    # HK$ → yuan: 7.50 ÷ 7.8 = 0.961538, not the stated 0.9070 that contradicts what was typed
    factor, used = own.factor("HKD", "CNY") or (Decimal(0), "")
    assert round(factor, 6) == Decimal("0.961538")
    assert used == "articles.HKD-per-USD own.CNY-per-USD"
    assert own.by_id(used)[0] == OwnRate("USD", "CNY", Decimal("7.50"))


def test_nothing_typed_leaves_the_named_set():
    dataset = make_dataset(make_claim(), rates=(USD_CNY,))
    assert own_rates(dataset, "articles", {"usdcny": "", "usdhkd": "9"}).rates == (USD_CNY,)
    assert own_rates(make_dataset(make_claim()), "none", {"usdcny": "7"}).factor("USD", "CNY") == (7, "own.CNY-per-USD")


amounts = st.decimals(min_value=1, max_value=10**12, places=3)
exchange = st.decimals(min_value="0.0005", max_value=2000, places=6).filter(lambda r: r > 0)


@given(amounts, exchange, exchange)
def test_there_and_back_and_around_the_triangle(amount: Decimal, first: Decimal, second: Decimal):
    found = rates(make_rate(rate=str(first)), make_rate(quote="KRW", rate=str(second)))
    there, back = found.factor("CNY", "KRW"), found.factor("KRW", "CNY")
    assert there is not None
    assert back is not None
    assert abs(amount * there[0] * back[0] - amount) <= amount * Decimal("1e-12")
    # CNY → USD → KRW is CNY → KRW
    leg = (found.factor("CNY", "USD") or (Decimal(0),))[0] * (found.factor("USD", "KRW") or (Decimal(0),))[0]
    assert abs(leg - there[0]) <= there[0] * Decimal("1e-12")


# --- ratios come before conversion ------------------------------------------------------------------------------------


def test_growth_does_not_depend_on_the_currency_shown():
    dataset = revenue_of_korai().dataset(rates=(USD_KRW,))
    before = growth_points(dataset, "korai")
    assert all_converted(before, "USD", SET) == before
    assert converted(ltm(dataset, "korai"), "USD", SET).formula == "10000 + 9000 − 6000"


def test_a_market_value_is_converted_and_revenue_is_not():
    # 2,800m dollars × 1,400 ÷ 13,000m won = 301.5
    dataset = capitalised("2800m USD", USD_KRW)
    cap = stated(dataset.select("korai", "market_cap", unit="any")[0])[0]
    point = price_to_sales(dataset, "korai", cap, "ltm", rates(USD_KRW))
    assert round(point.value or 0, 4) == Decimal("301.5385")
    assert (point.formula, point.rate) == ("2800 × 1400 ÷ 13000", "articles.KRW-per-USD")


def test_rates_keep_all_their_digits_inside_a_formula():
    # 392,000m won ÷ 1,400 = 280m dollars; ÷ 53.437 = 5.23982; at 0.00071, the rate to five digits, 5.20838
    dataset = make_dataset(
        make_claim(says="53.437m USD", period="FY2025", source="memo"),
        make_claim("market_cap", "392bn KRW", as_of="2026-02-10", moment="close", source="memo"),
        sources=[make_source("memo", published="2026-01-01")],
    )
    cap = stated(dataset.select("minimax", "market_cap", unit="any")[0])[0]
    point = price_to_sales(dataset, "minimax", cap, "full_year", rates(USD_KRW))
    assert round(point.value or 0, 5) == Decimal("5.23982")
    assert point.formula == "392000 × 0.000714286 ÷ 53.437"


def capitalised(cap: str, *known: FxRate) -> Dataset:
    korai: Korai = revenue_of_korai().says("market_cap", cap, as_of="2026-02-10", moment="close")
    return korai.dataset(rates=known)
