"""What must be true for a price, by hand."""

from dataclasses import replace
from decimal import Decimal

import pytest

from ipo_data.analysis.currency import Rates
from ipo_data.analysis.points import DataPoint, State
from ipo_data.analysis.price_solver import Asked, solve
from ipo_data.analysis.valuation import latest_close
from tests.builders import make_claim, make_dataset, make_rate

RATES = Rates("articles", (make_rate(base="USD", quote="HKD", rate="7.8"),))
ASKED = Asked(
    years=2, annual_return=Decimal(10), sales_multiple=Decimal(5), growth=Decimal(100), earnings_multiple=Decimal(20)
)
CLAIMS = (
    make_claim(says="100.0m USD", period="FY2025"),
    make_claim("market_cap", "7.8bn HKD", period=None, as_of="2026-01-12", moment="close"),
)


def solved(asked: Asked = ASKED, rates: Rates = RATES, claims=CLAIMS) -> dict[str, DataPoint]:
    dataset = make_dataset(*claims)
    cap = latest_close(dataset, "minimax")
    assert cap is not None
    return {point.measure: point for point in solve(dataset, cap, rates, asked)}


def test_every_answer_in_closed_form():
    found = {name: float(point.value or 0) for name, point in solved().items()}
    # HK$7.8bn is US$1bn; × 1.1² = 1.21bn; ÷ 5 = 242m of revenue; √2.42 − 1 = 55.56 % a year
    # 100m × 2² = 400m; 1,210 ÷ 400 = 3.025; 1,210 ÷ 20 ÷ 400 = 15.125 %
    assert found == pytest.approx({
        "value_asked": 1.21e9, "revenue_asked": 242e6, "growth_asked": 55.5635, "revenue_at_growth": 400e6,
        "multiple_at_growth": 3.025, "margin_asked": 15.125,
    }, rel=1e-5)  # fmt: skip
    assert {point.state for point in solved().values()} == {State.SCENARIO}


def test_growth_needed_brings_revenue_to_what_is_needed():
    for years in range(1, 11):
        found = solved(replace(ASKED, years=years))
        growth = 1 + (found["growth_asked"].value or Decimal(0)) / 100
        assert float(growth**years * 100_000_000) == pytest.approx(float(found["revenue_asked"].value or 0), rel=1e-9)


def test_a_margin_above_the_whole_can_be_asked_and_not_earned():
    found = solved(replace(ASKED, growth=Decimal(0), earnings_multiple=Decimal(10)))
    # 1,210 ÷ 10 ÷ 100 = 121 %
    assert found["margin_asked"].value == pytest.approx(Decimal(121))


def test_converted_answers_carry_the_rate():
    found = solved()
    assert found["revenue_asked"].rate == RATES.rates[0].id
    assert found["revenue_at_growth"].rate == ""


def test_nothing_without_a_rate_or_revenue():
    assert solved(rates=Rates("none", ())) == {}
    assert solved(claims=CLAIMS[1:]) == {}
