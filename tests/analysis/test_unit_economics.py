"""Per user, customer, employee and unit of growth, by hand."""

from decimal import Decimal

import pytest

from ipo_data.analysis.points import State
from ipo_data.analysis.unit_economics import (
    average_receivables,
    bases_of_multiples,
    burn_multiple,
    burn_multiple_assumed,
    growth_behind_multiples,
    incremental_loss,
    incremental_net_loss,
    payer_ratio,
    region_concentration,
    research_headcount,
    revenue_per_employee,
    revenue_per_employee_annualised,
    revenue_per_payer,
    revenue_per_payer_month,
    revenue_per_user_month,
)
from tests.analysis.figures import Korai
from tests.builders import make_claim, make_company, make_dataset


def in_period(metric: str, says: str, **changes: str):
    return make_claim(metric, says, **{"period": "9M2025", **changes})


WHOLE = make_claim(says="53.437m USD")
C_END = in_period("revenue_share", "71.1%", segment="c_end")
PAYERS = in_period("paying_users", "1.7716m persons")
USERS = in_period("mau", "27.6m persons")


# --- users ------------------------------------------------------------------------------------------------------------


def test_payers_over_users_in_total_and_by_product():
    dataset = make_dataset(
        PAYERS, USERS, in_period("paying_users", "310k persons", product="hailuo"),
        in_period("mau", "5.65m persons", product="hailuo"), in_period("paying_users", "10k persons", product="app"),
    )  # fmt: skip
    found = {p.dimensions.get("product", ""): round(p.value or 0, 3) for p in payer_ratio(dataset, "minimax")}
    # 1.7716 ÷ 27.6; 0.31 ÷ 5.65; no users of the app are stated
    assert found == {"": Decimal("6.419"), "hailuo": Decimal("5.487")}


def test_no_ratio_over_users_that_may_be_none():
    assert payer_ratio(make_dataset(PAYERS, in_period("mau", "0 persons")), "minimax") == []
    assert payer_ratio(make_dataset(PAYERS, in_period("mau", "<30m persons")), "minimax") == []


def test_consumer_revenue_per_payer():
    point = revenue_per_payer(make_dataset(WHOLE, C_END, PAYERS), "minimax")[0]
    # 71.1 % × 53.437 ÷ 1.7716 = 21.446 dollars a period
    assert (round(point.value or 0, 3), point.unit) == (Decimal("21.446"), "USD")


def test_without_payers_or_consumer_revenue_there_is_no_revenue_per_payer():
    assert revenue_per_payer(make_dataset(WHOLE, C_END, in_period("paying_users", "0 persons")), "minimax") == []
    assert revenue_per_payer(make_dataset(WHOLE, PAYERS), "minimax") == []


def without_ads(*ads):
    points = revenue_per_payer(make_dataset(make_claim(says="38.020m USD", segment="c_end"), PAYERS, *ads), "minimax")
    return {p.measure: round(p.value or 0, 2) for p in points}.get("revenue_per_payer_without_ads")


def ad(says: str, **changes: str):
    return make_claim(says=says, channel="online_marketing", **changes)


def test_advertising_is_not_what_payers_pay():
    # (38.020 − 11.188) ÷ 1.7716 = 15.15
    assert without_ads(ad("11.188m USD", product="talkie")) == Decimal("15.15")


def test_advertising_of_all_products_is_taken_off_and_a_total_only_once():
    # (38.020 − 11.188 − 2.000) ÷ 1.7716 = 14.02
    two = [ad("11.188m USD", product="talkie"), ad("2.000m USD", product="hailuo")]
    assert without_ads(*two) == Decimal("14.02")
    assert without_ads(*two, ad("13.188m USD")) == Decimal("14.02")


def test_disputed_advertising_is_not_taken_off_at_all():
    assert without_ads(ad("11m USD", product="talkie"), ad("15m USD", product="talkie", source="other")) is None
    assert without_ads() is None


def test_per_payer_and_month_in_total_and_by_product():
    dataset = make_dataset(
        WHOLE, C_END, PAYERS, in_period("paying_users", "310k persons", product="hailuo"),
        in_period("revenue_share", "32.6%", product="hailuo"),
        in_period("paying_users", "1.39m persons", product="talkie"), make_claim(says="18.750m USD", product="talkie"),
        in_period("paying_users", "10k persons", product="app"),
    )  # fmt: skip
    points = revenue_per_payer_month(dataset, "minimax")
    found = {p.dimensions.get("product", ""): p.value or Decimal(0) for p in points}
    # 21.446 ÷ 9; 32.6 % × 53.437 ÷ 0.31 ÷ 9; 18.750 ÷ 1.39 ÷ 9; no revenue of the app is stated
    assert {name: round(value, 3) for name, value in found.items()} == {
        "": Decimal("2.383"), "hailuo": Decimal("6.244"), "talkie": Decimal("1.499"),
    }  # fmt: skip


def test_per_user_and_month():
    point = revenue_per_user_month(make_dataset(WHOLE, C_END, USERS), "minimax")[0]
    assert round(point.value or 0, 4) == Decimal("0.1530")  # 37.9937 ÷ 27.6 ÷ 9
    assert revenue_per_user_month(make_dataset(WHOLE, C_END, in_period("mau", "0 persons")), "minimax") == []


def test_a_stated_multiple_has_two_readings():
    span = {"period": "2023-12-31..2025-09-30"}
    multiples = make_claim("paying_users_multiple", "15x", **span), make_claim("mau_multiple", "9x", **span)
    dataset = make_dataset(PAYERS, *multiples)
    found = {p.measure: round(p.value or 0) for p in bases_of_multiples(dataset, "minimax")}
    # 1,771,600 ÷ 15; ÷ 16; users at the end are not stated
    assert found == {"paying_users_base_if_times": 118_107, "paying_users_base_if_times_more": 110_725}


def test_a_times_phrase_as_growth():
    phrase = make_claim("mau_multiple", "<~9x", period="FY2023..9M2025")
    users = in_period("mau", "27.6m persons"), in_period("mau", "3.1m persons", period="FY2023")
    (point,) = growth_behind_multiples(make_dataset(phrase, *users), "minimax")
    # 27.6 ÷ 3.1 − 1 = 790.3 %
    assert (round(point.value or 0, 1), point.measure) == (Decimal("790.3"), "mau_growth")
    assert growth_behind_multiples(make_dataset(phrase, users[0]), "minimax") == []


# --- staff and receivables --------------------------------------------------------------------------------------------


def test_revenue_per_employee():
    dataset = make_dataset(WHOLE, make_claim("employees", "385 persons", as_of="2025-09-30"))
    point, annual = revenue_per_employee(dataset, "minimax")[0], revenue_per_employee_annualised(dataset, "minimax")[0]
    # 53.437m ÷ 385 = 138,797; × 12 ÷ 9 = 185,063
    assert (round(point.value or 0), round(annual.value or 0)) == (138_797, 185_063)


def test_of_periods_that_end_on_the_day_the_longest_counts():
    staff = make_claim("employees", "100 persons", as_of="2024-12-31")
    quarter = make_claim(says="11m USD", period="Q4-2024")
    dataset = make_dataset(make_claim(says="30m USD", period="FY2024"), quarter, staff)
    assert [p.value for p in revenue_per_employee(dataset, "minimax")] == [300_000]


def test_no_revenue_per_employee_without_employees_or_revenue_to_the_day():
    nobody = make_claim("employees", "0 persons", as_of="2025-09-30")
    assert revenue_per_employee(make_dataset(WHOLE, nobody), "minimax") == []
    other_day = make_claim("employees", "385 persons", as_of="2025-06-30")
    assert revenue_per_employee(make_dataset(WHOLE, other_day), "minimax") == []


def test_staff_in_research():
    dataset = make_dataset(
        make_claim("employees", "385 persons", as_of="2025-09-30"),
        make_claim("research_staff_share", "73.8%", as_of="2025-09-30"),
    )
    assert [p.value for p in research_headcount(dataset, "minimax")] == [Decimal("284.13")]


def test_receivables_by_both_counts_of_days():
    dataset = make_dataset(WHOLE, in_period("receivable_days", "38 days"))
    found = {p.measure: round((p.value or 0) / 10**6, 3) for p in average_receivables(dataset, "minimax")}
    # 38 ÷ 270 × 53.437; 38 ÷ 273 × 53.437
    assert found == {"average_receivables": Decimal("7.521"), "average_receivables_calendar": Decimal("7.438")}


# --- growth -----------------------------------------------------------------------------------------------------------

LOSS = in_period("adjusted_net_loss", "186m USD")
RATES = (in_period("adjusted_net_loss_growth", "8.6%"), in_period("revenue_growth", "174.7%"))


def test_extra_loss_per_extra_revenue_from_growth_rates():
    point = incremental_loss(make_dataset(WHOLE, LOSS, *RATES), "minimax")[0]
    # (186 − 186 ÷ 1.086) ÷ (53.437 − 53.437 ÷ 2.747) = 0.4334; each input counts once:
    # 185.5 × (1 − 1 ÷ 1.0855) ÷ (53.4375 × (1 − 1 ÷ 2.7475)) = 0.42989
    assert round(point.value or 0, 4) == Decimal("0.4334")
    assert point.interval is not None
    assert (round(point.interval.low, 5), round(point.interval.high, 5)) == (Decimal("0.42989"), Decimal("0.43696"))
    assert point.formula == "(186 − 186 ÷ (1 + 8.6%)) ÷ (53.437 − 53.437 ÷ (1 + 174.7%))"


def test_extra_loss_from_stated_periods():
    prior = {"period": "9M2024"}
    before = in_period("adjusted_net_loss", "170.179m USD", **prior), make_claim(says="19.454m USD", **prior)
    point = incremental_loss(make_dataset(WHOLE, in_period("adjusted_net_loss", "186.280m USD"), *before), "minimax")[0]
    assert round(point.value or 0, 4) == Decimal("0.4738")  # 16.101 ÷ 33.983


def test_without_more_revenue_it_means_nothing():
    shrinking = make_claim(says="60m USD", period="9M2024"), in_period("adjusted_net_loss", "170m USD", period="9M2024")
    point = incremental_loss(make_dataset(WHOLE, LOSS, *shrinking), "minimax")[0]
    assert (point.state, point.reason) == (State.NOT_MEANINGFUL, "reason.no_more_revenue")
    assert burn_multiple(make_dataset(WHOLE, LOSS, *shrinking), "minimax") == []


def test_loss_and_burn_over_new_revenue():
    assumed = make_claim("monthly_burn", "27.9m USD", period="FY2025", burn_basis="assumed", kind="forecast")
    dataset = make_dataset(WHOLE, LOSS, *RATES, assumed)
    # 186 ÷ 33.984; 27.9 × 9 ÷ 33.984
    assert round(burn_multiple(dataset, "minimax")[0].value or 0, 3) == Decimal("5.473")
    assert round(burn_multiple_assumed(dataset, "minimax")[0].value or 0, 3) == Decimal("7.389")


def test_an_assumption_counts_only_for_periods_it_covers():
    years = make_claim(says="10m USD", period="FY2024"), make_claim(says="30m USD", period="FY2025")
    assumed = make_claim("monthly_burn", "5m USD", period="FY2025", burn_basis="assumed", kind="forecast")
    assert [p.value for p in burn_multiple_assumed(make_dataset(*years, assumed), "minimax")] == [3]  # 5 × 12 ÷ 20
    old = make_claim("monthly_burn", "27.9m USD", period="FY2024", burn_basis="assumed", kind="forecast")
    realised = make_claim("monthly_burn", "23m USD", period="FY2025", burn_basis="realised")
    assert burn_multiple_assumed(make_dataset(WHOLE, *RATES, old, realised), "minimax") == []


def test_a_fall_to_nothing_leaves_no_change_to_compute():
    rates = in_period("adjusted_net_loss_growth", "8.6%"), in_period("revenue_growth", "-100%")
    assert incremental_loss(make_dataset(WHOLE, LOSS, *rates), "minimax") == []


# --- concentration ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("says", "low", "high"),
    [
        # s² and s² + (1 − s)², each with the ends of the rounding interval
        ("26.95%", "0.072603", "0.606307"),
        ("88.39%", "0.781191", "0.794835"),
        (">85%", "0.722500", "1"),
        ("50%", "0.245025", "0.500050"),
    ],
)
def test_one_share_bounds_the_index(says, low, high):
    claim = in_period("revenue_share", says, region="mainland_china")
    point = region_concentration(make_dataset(claim, companies=[make_company()]), "minimax")[0]
    assert point.interval is not None
    assert (round(point.interval.low, 6), round(point.interval.high, 6)) == (Decimal(low), Decimal(high))


def test_a_third_company_with_staff_abroad():
    korai = (
        Korai().says("revenue", "9.0bn KRW", period="9M2026").says("employees", "90 persons", as_of="2025-12-31")
        .says("receivable_days", "54 days", period="9M2026")
    )  # fmt: skip
    figures = korai.figures()
    assert figures.value("korai", "revenue_per_employee", "9M2026") == 10**8
    assert figures.value("korai", "average_receivables", "9M2026") == 18 * 10**8  # 54 ÷ 270 × 9bn


def test_additional_ifrs_loss_over_additional_revenue():
    dataset = make_dataset(
        WHOLE, make_claim(says="19.453m USD", period="9M2024"), in_period("net_loss", "512.0m USD"),
        make_claim("net_loss", "304.0m USD", period="9M2024"),
    )  # fmt: skip
    (point,) = incremental_net_loss(dataset, "minimax")
    # (512 − 304) ÷ (53.437 − 19.453) = 208 ÷ 33.984 = 6.1205
    assert (point.measure, round(point.value or 0, 4)) == ("incremental_net_loss", Decimal("6.1205"))
