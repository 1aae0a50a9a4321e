"""Bounds of the customers' index from two shares."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipo_data.analysis.concentration import index_bounds
from tests.builders import make_claim, make_dataset


def shares(top: str, five: str, period: str = "FY2024"):
    return [
        make_claim("largest_customer_share", top, period=period),
        make_claim("top_five_customer_share", five, period=period),
    ]


def test_bounds_by_hand():
    # 40 % and 11 %: low 11² + 29² ÷ 4 = 121 + 210.25 = 331.25; high 121 + 29 × 11 + 60 × 29 ÷ 4 = 121 + 319 + 435 = 875
    found = index_bounds(make_dataset(*shares("11.0%", "40.0%")), "minimax")
    assert found is not None
    assert (float(found.low), float(found.high)) == (331.25, 875.0)


def test_the_latest_period_with_both_shares_counts():
    five_alone = make_claim("top_five_customer_share", "20%", period="FY2025")
    found = index_bounds(make_dataset(*shares("10%", "30%"), five_alone), "minimax")
    assert found is not None
    assert found.period.label == "FY2024"


@pytest.mark.parametrize(
    ("top", "five"), [("40%", "30%"), ("5%", "40%")], ids=["five-below-one", "four-above-four-times"]
)
def test_shares_that_cannot_be_have_no_bounds(top: str, five: str):
    assert index_bounds(make_dataset(*shares(top, five)), "minimax") is None


def test_without_both_there_is_nothing():
    assert index_bounds(make_dataset(make_claim("top_five_customer_share", "20%", period="FY2025")), "minimax") is None


@given(st.lists(st.integers(min_value=1, max_value=1000), min_size=6, max_size=40))
def test_the_index_of_any_customers_lies_within_the_bounds(revenues: list[int]):
    whole = sum(revenues)
    ranked = sorted((100 * revenue / whole for revenue in revenues), reverse=True)
    top, five = ranked[0], sum(ranked[:5])
    found = index_bounds(make_dataset(*shares(f"{top:.9f}%", f"{five:.9f}%")), "minimax")
    if found is not None:  # rounding may put five equal customers above five times the largest
        assert float(found.low) - 0.01 <= sum(share * share for share in ranked) <= float(found.high) + 0.01
