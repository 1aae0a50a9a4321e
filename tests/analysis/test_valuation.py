"""Market values, multiples, targets and demand, by hand."""

from decimal import Decimal

import pytest

from ipo_data.analysis.point_frame import when_label
from ipo_data.analysis.points import State, shown_term, stated
from ipo_data.analysis.valuation import (
    REVENUE_BASES,
    common_dates,
    compared_closes,
    factor_term,
    implied_revenue,
    in_reporting_currency,
    known_at,
    last_round,
    latest_close,
    market_values,
    money_chased,
    price_to_sales,
    revenue_basis,
    step_up,
    value_path,
)
from tests.analysis.figures import USD_HKD, USD_KRW, Korai, rates, revenue_of_korai
from tests.builders import make_claim, make_company, make_dataset, make_source

DAY = "2026-01-12"
EARLY = make_source("early", published="2025-12-31")
LATE = make_source("late", published="2026-08-26")


def cap(says: str = "1231亿 HKD", *, as_of: str = DAY, moment: str = "close", **changes: str):
    return make_claim("market_cap", says, as_of=as_of, moment=moment, **changes)


def price(says: str, as_of: str, **changes: str):
    return make_claim("share_price", says, as_of=as_of, **{"moment": "close", **changes})


def shares(says: str, as_of: str, stage: str):
    return make_claim("shares_in_issue", says, as_of=as_of, stage=stage)


# --- market values ----------------------------------------------------------------------------------------------------


def test_a_value_is_stated_or_price_times_shares_of_the_day():
    dataset = make_dataset(
        price("345 HKD", "2026-01-09"), price("398 HKD", DAY), cap(),
        shares("280058068 shares", "2025-12-31", "before_offering"),
        shares("309255668 shares", "2026-01-09", "at_listing"),
        shares("313635308 shares", "2026-02-27", "after_over_allotment"), price("763.5 HKD", "2026-02-27"),
    )  # fmt: skip
    found = [(when_label(p.when), round((p.value or 0) / 10**6), p.formula) for p in market_values(dataset, "minimax")]
    # 345 × 309.255668 = 106,693; 763.5 × 313.635308 = 239,461
    assert found == [
        ("2026-01-09", 106_693, "345 × 309.255668"),
        (DAY, 123_100, ""),
        ("2026-02-27", 239_461, "763.5 × 313.635308"),
    ]
    assert [p.value for p in [latest_close(dataset, "minimax")] if p] == [Decimal("763.5") * 313_635_308]
    assert latest_close(dataset, "minimax", "2026-01-10") is None


def test_over_a_hundred_billion_is_no_level():
    assert market_values(make_dataset(cap(">1000亿 HKD")), "minimax") == []
    assert market_values(make_dataset(cap(), cap("1300亿 HKD", source="other")), "minimax") == []
    assert market_values(make_dataset(cap(moment="open"), price("345 HKD", DAY, moment="high")), "minimax") == []


def test_a_price_without_shares_gives_no_value():
    assert market_values(make_dataset(price("345 HKD", DAY)), "minimax") == []
    before = shares("280058068 shares", "2025-12-31", "before_offering")
    assert market_values(make_dataset(price("345 HKD", DAY), before), "minimax") == []
    assert latest_close(make_dataset(companies=[make_company()]), "minimax") is None


def test_days_on_which_all_listed_companies_have_a_value():
    korai = make_claim("market_cap", "900bn KRW", as_of=DAY, moment="close", company="korai", source="acn")
    dataset = make_dataset(
        cap(as_of="2026-01-09"), cap(), korai, companies=[make_company("korai"), make_company("private")]
    )
    assert common_dates(dataset, ["minimax", "korai", "private"]) == [DAY]
    assert common_dates(dataset, ["private"]) == []


def test_a_company_with_closes_of_its_own_leaves_the_others_their_common_days() -> None:
    ours = (cap(as_of="2026-01-09"), cap())
    others = [
        make_claim("market_cap", "900bn KRW", as_of=day, moment="close", company=company, source="acn")
        for company, day in (("korai", "2026-01-09"), ("korai", DAY), ("late", "2026-03-12"))
    ]
    dataset = make_dataset(*ours, *others, companies=[make_company("korai"), make_company("late")])

    assert common_dates(dataset, ["minimax", "korai", "late"]) == ["2026-01-09", DAY]
    assert common_dates(dataset, ["minimax", "late"]) == []
    compared = [
        (p.company, getattr(p.when, "text", "")) for p in compared_closes(dataset, ["minimax", "korai", "late"])
    ]
    assert compared == [
        ("minimax", "2026-01-09"), ("korai", "2026-01-09"), ("minimax", DAY), ("korai", DAY), ("late", "2026-03-12"),
    ]  # fmt: skip


# --- multiples --------------------------------------------------------------------------------------------------------

REVENUE = (
    make_claim(says="30.52m USD", period="FY2024", source="early"), make_claim(says="53.437m USD", source="early"),
    make_claim("revenue_growth", "174.7%", period="9M2025", source="early"),
)  # fmt: skip


def multiple(basis: str, *claims, known=(USD_HKD,)):
    dataset = make_dataset(*claims, cap(source="early"), sources=[EARLY, LATE])
    value = stated(dataset.select("minimax", "market_cap", unit="any")[0])[0]
    return price_to_sales(dataset, "minimax", value, basis, rates(*known))


@pytest.mark.parametrize(
    ("basis", "expected", "formula"),
    [
        ("full_year", "517.11", "123100 × 0.128205 ÷ 30.52"),  # 123,100 ÷ 7.8 ÷ 30.52
        ("ltm", "244.67", "123100 × 0.128205 ÷ 64.5041"),  # ÷ 64.5041
        ("annualised", "221.50", "123100 × 0.128205 ÷ 71.2493"),  # ÷ 71.2493
    ],
)
def test_a_value_over_revenue_on_each_basis(basis, expected, formula):
    point = multiple(basis, *REVENUE)
    assert (round(point.value or 0, 2), point.formula) == (Decimal(expected), formula)
    assert (point.measure, point.rate) == (f"price_to_sales_{basis}", "articles.HKD-per-USD")


def test_only_what_a_buyer_could_know_counts():
    # the year 2025 was published in August 2026; on 12 January the last full year was 2024
    later = make_claim(says="79.038m USD", period="FY2025", source="late")
    assert multiple("full_year", *REVENUE, later).value == multiple("full_year", *REVENUE).value


def test_a_document_of_a_month_counts_from_its_last_day():
    # "January 2026" may be after the 12th, so its 2025 revenue is not known then; at the end of the month it is
    month = make_source("month", published="2026-01")
    revenue = [make_claim(says="79.038m USD", period="FY2025", source="month")]
    for day, known in (("2026-01-12", None), ("2026-01-31", Decimal(79038000))):
        dataset = make_dataset(*revenue, cap(as_of=day, source="early"), sources=[EARLY, month])
        value = stated(dataset.select("minimax", "market_cap", unit="any")[0])[0]
        assert revenue_basis(known_at(dataset, value), "minimax", "full_year").value == known


@pytest.mark.parametrize(
    ("claims", "known", "reason"),
    [
        (REVENUE[1:2], (USD_HKD,), "reason.no_full_year"),
        ((), (USD_HKD,), "reason.no_full_year"),
        (REVENUE, (), "reason.no_rate"),
        ((make_claim(says="0.000m USD", period="FY2024", source="early"),), (USD_HKD,), "reason.no_revenue_to_divide"),
    ],
)
def test_a_multiple_without_its_inputs_says_why(claims, known, reason):
    point = multiple("full_year", *claims, known=known)
    assert (point.state, point.reason, point.value) == (State.NOT_AVAILABLE, reason, None)


def test_the_bases_of_the_third_company():
    dataset = revenue_of_korai().dataset()
    assert [(revenue_basis(dataset, "korai", basis).value or 0) / 10**9 for basis in REVENUE_BASES] == [10, 13, 12]


@pytest.mark.parametrize(
    ("company", "day", "multiple"),
    [
        # results of 2 March: HK$388,281m × 0.128526 ÷ US$79.038m; HK$291,524m × 0.128526 ÷ US$79.038m
        ("minimax", "2026-03-18", "631.4"),
        ("minimax", "2026-03-31", "474.1"),
        # results of 31 March: HK$309,192m × 0.907 ÷ RMB724.3m
        ("zhipu", "2026-03-31", "387.2"),
    ],
)
def test_revenue_of_a_year_is_known_from_the_results_on(everything, company, day, multiple):
    assert round(everything.value(company, "price_to_sales_full_year", day), 1) == Decimal(multiple)


def test_a_step_up_from_the_last_round_before_the_day():
    rounds = [
        make_claim("post_money_valuation", "4240.2m USD", as_of="2025-08-19", round="last"),
        make_claim("post_money_valuation", "9000m USD", as_of="2026-05-01", round="later"),
        make_claim("post_money_valuation", "2554m USD", as_of="2025-02-19", round="first"),
    ]
    dataset = make_dataset(*rounds, cap())
    found = step_up(dataset, "minimax", market_values(dataset, "minimax")[0], rates(USD_HKD))
    assert found is not None
    # 123,100 ÷ 7.8 ÷ 4,240.2 = 3.7220; the round of May comes after the day
    assert round(found.value or 0, 4) == Decimal("3.7220")
    last = last_round(dataset, "minimax")
    assert last is not None
    assert last.text == "9000"
    assert step_up(make_dataset(cap()), "minimax", market_values(dataset, "minimax")[0], rates(USD_HKD)) is None
    assert step_up(dataset, "minimax", market_values(dataset, "minimax")[0], rates()) is None


def test_amounts_in_the_reporting_currency():
    dataset = revenue_of_korai().says("market_cap", "10.0m USD", as_of=DAY, moment="close").dataset()
    point = stated(dataset.select("korai", "market_cap", unit="any")[0])[0]
    term, used = in_reporting_currency(dataset, "korai", point, rates(USD_KRW)) or (None, "")
    assert term is not None
    assert (term.value, term.text, used) == (14_000_000_000, "10 × 1400", "articles.KRW-per-USD")
    own = stated(dataset.select("korai", "revenue")[0])[0]
    assert (in_reporting_currency(dataset, "korai", own, rates()) or (None, "x"))[1] == ""
    assert in_reporting_currency(dataset, "korai", point, rates()) is None


def test_a_rate_is_exact_and_written_to_six_digits():
    found = factor_term(1 / Decimal("7.8"))
    assert (found.text, found.value) == ("0.128205", 1 / Decimal("7.8"))
    assert found.interval.width == 0


# --- targets, rounds, demand ------------------------------------------------------------------------------------------


def target(metric: str, says: str, broker: str = "citic", **changes: str):
    return make_claim(metric, says, broker=broker, kind="target", **changes)


def test_revenue_a_target_implies():
    dataset = make_dataset(
        target("target_price_to_sales", "30x", period="FY2026"), target("target_market_cap", "539亿 HKD"),
        target("target_price_to_sales", "20x", "nobody", period="FY2026"),
    )  # fmt: skip
    point = implied_revenue(dataset, "minimax")[0]
    # 53,900 ÷ 30 = 1,796.67, from 53,850 ÷ 30.5 to 53,950 ÷ 29.5
    assert round((point.value or 0) / 10**6, 2) == Decimal("1796.67")
    assert (point.unit, point.dimensions, point.formula) == ("HKD", {"broker": "citic"}, "53900 ÷ 30")
    assert point.interval is not None
    assert [round(end / 10**6, 1) for end in (point.interval.low, point.interval.high)] == [
        Decimal("1765.6"), Decimal("1828.8"),
    ]  # fmt: skip
    assert len(implied_revenue(dataset, "minimax")) == 1


def test_the_path_of_values_is_by_date():
    dataset = make_dataset(
        cap(), make_claim("post_money_valuation", "200m USD", as_of="2021-12-27", round="angel"),
        make_claim("post_money_valuation", "4240.2m USD", as_of="2025-08-19", round="last"),
    )  # fmt: skip
    assert [p.unit for p in value_path(dataset, "minimax")] == ["USD", "USD", "HKD"]


def test_money_chased_by_the_public():
    dataset = make_dataset(
        make_claim("subscription_multiple", "1837.17x", tranche="public"), make_claim("offer_price", "165 HKD"),
        make_claim("offer_shares", "1269480 shares", tranche="public", offer_stage="initial"),
    )  # fmt: skip
    point = money_chased(dataset, "minimax", "public")
    # 1,837.17 × 1,269,480 × 165 = 384.82bn
    assert (round((point.value or 0) / 10**9, 2), point.formula) == (Decimal("384.82"), "1837.17 × 1269480 × 165")
    empty = money_chased(dataset, "minimax", "international")
    assert (empty.state, empty.reason) == (State.NOT_AVAILABLE, "reason.no_tranche_size")


def test_two_rival_multiples_chase_no_money():
    dataset = make_dataset(
        make_claim("subscription_multiple", "37x", tranche="international"),
        make_claim("subscription_multiple", "79x", tranche="international", source="other"),
        make_claim("offer_shares", "24119740 shares", tranche="international", offer_stage="initial"),
        make_claim("offer_price", "165 HKD"),
    )
    assert money_chased(dataset, "minimax", "international").value is None


def test_a_company_with_nothing_has_gaps():
    dataset = Korai().dataset()
    assert market_values(dataset, "korai") == implied_revenue(dataset, "korai") == value_path(dataset, "korai") == []
    assert last_round(dataset, "korai") is None
    assert money_chased(dataset, "korai", "public").state is State.NOT_AVAILABLE
    assert shown_term(revenue_of_korai().dataset().facts[0]).value > 0
