"""What the runway model starts from: figures from facts, with their claims; nothing is filled in."""

from decimal import Decimal

import pytest

from ipo_data.analysis.currency import rates_of
from ipo_data.analysis.runway_inputs import opening
from ipo_data.analysis.runway_model import preset_assumptions, runway
from ipo_data.dataset import Dataset
from ipo_data.evidence import admits
from ipo_data.model.scenario import FacilityPolicy


@pytest.fixture(scope="module")
def everything():
    return Dataset.load()


@pytest.fixture(scope="module")
def articles(everything):
    return everything.restricted(admits("articles"))


def start(dataset, company, *, lines=False, offer=False, rates="prospectus"):
    facilities = FacilityPolicy.COUNT_AS_LIQUIDITY if lines else FacilityPolicy.EXCLUDE
    return opening(dataset, company, rates_of(dataset, rates), facilities=facilities, with_offer=offer)


def test_minimax_from_the_prospectus(everything):
    inputs = start(everything, "minimax").inputs

    assert inputs.currency == "USD"
    assert str(inputs.balance_date) == "2025-09-30"
    assert inputs.liquidity.cash == pytest.approx(362.647)
    assert inputs.liquidity.financial_assets == pytest.approx(644.154)
    assert inputs.liquidity.undrawn_facilities == pytest.approx(39.4)
    assert inputs.burn == pytest.approx(28.1)  # the company's assumption of the final prospectus
    assert inputs.research_and_development == pytest.approx(180.312 / 9)
    assert inputs.receivable_days == 38.0


def test_opening_month_of_a_long_part_follows_from_even_growth(articles):
    # C-end: 71.1% x 53.437 / 9 = 4.2215 a month; growth 181% a year is q = 2.81^(1/12) = 1.08991 a month;
    # factor = 9 q^8 (q-1) / (q^9-1) = 9 x 1.99136 x 0.08991 / 1.17041 = 1.3769; 4.2215 x 1.3769 = 5.8126
    inputs = start(articles, "minimax", rates="articles").inputs
    revenue = {segment.name: segment.revenue for segment in inputs.segments}

    assert revenue["c_end"] == pytest.approx(5.8126, abs=1e-3)
    # B-end: 28.9% x 53.437 / 9 = 1.7159; q = 2.6^(1/12) = 1.08288; factor 1.3464; 2.3103
    assert revenue["b_end"] == pytest.approx(2.3103, abs=1e-3)


def test_opening_month_of_a_short_part_is_a_twelfth_of_the_last_year(everything):
    # Zhipu, H1-2025: twelve months = 312.414 + 190.877 - 44.912 = 458.379 (rounded in the sources); / 12 = 38.198
    # on-premise 161.777 / 190.877 = 84.755% -> 32.375; the later results must not leak in
    inputs = start(everything, "zhipu").inputs
    revenue = {segment.name: segment.revenue for segment in inputs.segments}

    assert sum(revenue.values()) == pytest.approx(38.198, abs=0.01)
    assert revenue["on_premise"] == pytest.approx(32.375, abs=0.01)


@pytest.mark.parametrize(
    ("company", "lines", "offer", "months"),
    [
        ("minimax", True, False, 1046.201 / 28.1),  # 37.23: the company's 37
        ("minimax", False, False, 1006.801 / 28.1),  # 35.83: without bank lines
        ("zhipu", True, False, 8943.1 / 327.3),  # 27.32: the company's 27.3
        ("zhipu", False, False, 2812.6 / 327.3),  # 8.59: without bank lines
        ("zhipu", False, True, (2812.6 + 3785.3) / 327.3),  # 20.16: with all offer proceeds
    ],
)
def test_flat_scenario_reproduces_the_division(everything, company, lines, offer, months):
    inputs = start(everything, company, lines=lines, offer=offer).inputs

    flat = preset_assumptions(everything.scenarios[company], "flat", inputs)

    assert runway(flat).months == pytest.approx(months, abs=0.01)


def test_company_without_cash_data_names_what_is_missing(articles):
    found = start(articles, "zhipu", rates="articles")

    assert found.inputs is None
    assert found.missing == ("input.cash", "input.burn", "input.research", "input.segments")


def test_every_input_names_its_claims(everything):
    found = start(everything, "minimax", offer=True)

    assert found.claims
    assert set(found.claims) <= set(everything.claim_by_id)
    assert all(term.claims for term in found.terms.values())


def test_offer_arrives_in_the_month_of_listing(everything):
    # balance 30 Sep 2025: October is month 0, so January 2026 is month 3; 31 Oct 2025: January is month 2
    assert start(everything, "minimax", offer=True).inputs.funding[0].month == 3
    assert start(everything, "zhipu", offer=True).inputs.funding[0].month == 2


def test_offer_is_converted_at_the_named_rate(everything):
    # HK$4,596.1m net, with the size adjustment; 1 HK$ = 1/7.7805 US$ = 0.12853; 590.74
    amount = start(everything, "minimax", offer=True).inputs.funding[0].amount

    assert amount == pytest.approx(float(Decimal("4596.1") * Decimal("0.12853")), abs=0.01)
