"""The registry: every measure for every company, with formulas that are worth their values."""

from collections import Counter
from decimal import Decimal

import pytest

from ipo_data.analysis.derived_figures import DERIVED, derived_points
from ipo_data.analysis.ledger import ledger
from ipo_data.analysis.point_frame import points_frame, when_label
from ipo_data.analysis.points import EMPTY_STATES, DataPoint, State
from ipo_data.dataset import Dataset
from ipo_data.units import UNITS
from tests.analysis.figures import USD_HKD, USD_KRW, Figures, Korai, revenue_of_korai
from tests.analysis.formulas import worth
from tests.builders import make_claim, make_company, make_dataset

FACTORS = (Decimal(1), Decimal(100), Decimal(10) ** 6)
"""Formulas are written as they are, as fractions of percentages, or in millions."""
PRECISION = Decimal("1e-4")
"""Values of other formulas are written to six digits."""


def kora() -> Korai:
    """A third company that states something of everything."""
    korai = revenue_of_korai()
    for metric, says in {
        "revenue_growth": "50%", "gross_margin": "40%", "adjusted_net_loss": "3.0bn KRW", "net_loss": "4.0bn KRW",
        "research_and_development": "5.0bn KRW", "cash_burn": "4.5bn KRW", "mau": "2.0m persons",
        "paying_users": "100k persons", "receivable_days": "54 days", "top_five_customer_share": "40%",
        "largest_customer_share": "20%",
    }.items():  # fmt: skip
        korai.says(metric, says, period="9M2026")
    for metric, says in {"gross_margin": "30%", "adjusted_net_loss": "2.0bn KRW", "net_loss": "2.5bn KRW"}.items():
        korai.says(metric, says, period="FY2025")
    for segment, share, margin in (("c_end", "60%", "50%"), ("b_end", "40%", "")):
        korai.says("revenue_share", share, period="9M2026", segment=segment)
        if margin:
            korai.says("gross_margin", margin, period="9M2026", segment=segment)
    korai.says("revenue_share", "70%", period="9M2026", region="mainland_china")
    for metric, says in {"liquidity": "30bn KRW", "undrawn_facilities": "2bn KRW", "employees": "90 persons"}.items():
        korai.says(metric, says, as_of="2025-12-31")
    korai.says("economic_interest", "20%", as_of="2025-12-31", holder="founder", stage="before_offering")
    korai.says("voting_rights", "60%", as_of="2025-12-31", holder="founder", stage="before_offering")
    korai.says("shares_in_issue", "900 shares", as_of="2025-12-31", stage="before_offering")
    korai.says("shares_in_issue", "1000 shares", as_of="2026-02-10", stage="at_listing")
    korai.says("share_price", "250 USD", as_of="2026-02-10", moment="close").says("offer_price", "200 USD")
    korai.says("listed", "2026-02-10").says("gross_proceeds", "20000 USD", options="before_options")
    return korai.says("post_money_valuation", "200m KRW", as_of="2025-05-01", round="last")


@pytest.fixture(scope="module")
def third() -> Figures:
    return kora().figures(rates=(USD_KRW, USD_HKD))


# --- formulas and intervals -------------------------------------------------------------------------------------------


def misstated(formula: str, value: Decimal) -> bool:
    amount = worth(formula)
    return not any(abs(amount * factor - value) <= abs(value) * PRECISION for factor in FACTORS)


def faults(points: list[tuple[str, DataPoint]]) -> list[str]:
    found = []
    for measure, point in points:
        if point.value is None:
            continue
        formula = point.formula.split(" … ")[0]  # bounds are written as two formulas
        if misstated(formula, point.value):
            found.append(f"{measure}: {point.formula} is not {point.value}")
        if point.interval is None or not point.interval.contains(point.value):
            found.append(f"{measure}: {point.value} lies outside {point.interval}")
    return found


def test_formulas_are_worth_their_values_and_values_lie_in_their_intervals(articles, everything, third):
    for figures in (articles, everything, third):
        assert faults(figures.points) == []


def test_the_same_holds_for_the_ledger(articles, everything):
    for figures in (articles, everything):
        rows = [row for row in ledger(figures.dataset) if row.computed is not None]
        assert rows
        assert [r.id for r in rows if r.computed and misstated(r.computed.text, r.computed.value)] == []
        assert [r.id for r in rows if r.computed and not r.computed.interval.contains(r.computed.value)] == []


# --- provenance -------------------------------------------------------------------------------------------------------


def test_every_point_says_what_it_is_and_where_it_comes_from(articles, everything, third):
    for figures in (articles, everything, third):
        claims, facts = figures.dataset.claim_by_id, figures.dataset.fact_by_id
        for measure, point in figures.points:
            assert point.unit == "points" or point.unit in UNITS, measure
            assert set(point.claims) <= set(claims), measure
            assert set(point.facts) <= set(facts), measure
            if point.state in EMPTY_STATES:
                assert (point.value, point.formula, point.reason.split(".")[0]) == (None, "", "reason"), measure
            else:
                assert point.state is State.DERIVED, measure
                assert point.claims, measure
                assert point.facts, measure
                assert not point.reason, measure


def test_no_point_comes_twice(everything):
    keys = Counter(
        (p.company, name, p.measure, when_label(p.when), tuple(sorted(p.dimensions.items())), p.formula, p.claims)
        for name, p in everything.points
    )
    assert [key for key, count in keys.items() if count > 1] == []


def test_measures_have_names_of_their_own():
    names = [measure.id for measure in DERIVED]
    assert len(set(names)) == len(names)
    assert len(names) >= 60


def test_points_make_a_frame(third):
    frame = points_frame([point for _, point in third.points])
    assert len(frame) == len(third.points)
    assert set(frame["company"]) == {"korai"}


# --- companies --------------------------------------------------------------------------------------------------------


def test_the_third_company_runs_through_most_measures(third):
    given = {name for name, point in third.points if point.value is not None}
    assert len(given) >= 35, sorted(given)
    # 250 × 1,000 dollars × 1,400 ÷ 13bn won of twelve months = 0.0269
    assert round(third.value("korai", "price_to_sales_ltm"), 4) == Decimal("0.0269")
    # C-end: (40 − 0.6 × 50) ÷ 0.4 = 25
    assert third.value("korai", "gross_margin", "9M2026", segment="b_end") == 25


def test_a_company_with_nothing_yields_gaps_not_errors():
    points = derived_points(make_dataset(companies=[make_company()]))
    assert {p.state for _, p in points} <= EMPTY_STATES
    assert {name for name, _ in points} == {
        "revenue_ltm", "revenue_per_month", "revenue_annualised", "money_chased",
    }  # fmt: skip


def test_one_company_or_all(third):
    both = kora()
    both.claims += [make_claim(says="30m USD", period="FY2024", source="memo")]
    dataset: Dataset = both.dataset(rates=(USD_KRW, USD_HKD))
    own = [pair for pair in derived_points(dataset) if pair[1].company == "korai"]
    assert derived_points(dataset, "korai") == own == third.points


def test_prospectus_rates_come_before_others():
    claims = [
        make_claim(says="30m USD", period="FY2024"),
        make_claim("market_cap", "780m HKD", as_of="2026-01-12", moment="close"),
    ]
    prospectus = USD_HKD.model_copy(update={"set": "prospectus"})
    for known in ((USD_HKD,), (USD_HKD, prospectus)):
        figures = Figures(make_dataset(*claims, rates=known))
        used = figures.point("minimax", "price_to_sales_full_year").rate
        assert used == known[-1].id
    assert Figures(make_dataset(*claims)).point("minimax", "price_to_sales_full_year").reason == "reason.no_rate"
