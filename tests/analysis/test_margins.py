"""Margins, the identity between two segments, and ratios to revenue, by hand."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipo_data.analysis.margins import (
    identity_check,
    margin_bridge,
    margin_points,
    ratio_to_revenue,
    segment_margins,
)
from ipo_data.analysis.points import State
from tests.analysis.figures import Korai
from tests.builders import make_claim, make_company, make_dataset


def margin(says: str, **changes: str):
    return make_claim("gross_margin", says, **{"period": "9M2025", **changes})


def share(says: str, segment: str, **changes: str):
    return make_claim("revenue_share", says, **{"period": "9M2025", "segment": segment, **changes})


TWO_SEGMENTS = (
    margin("23.3%"), margin("69.4%", segment="b_end"), share("71.1%", "c_end"), share("28.9%", "b_end"),
)  # fmt: skip


# --- totals -----------------------------------------------------------------------------------------------------------


def test_margins_are_stated_or_follow_from_gross_profit():
    dataset = make_dataset(
        margin("12.2%", period="FY2024"), make_claim("gross_profit", "12.476m USD", period="9M2025"),
        make_claim(says="53.437m USD"),
    )  # fmt: skip
    stated, derived = margin_points(dataset, "minimax")
    assert (stated.value, stated.state) == (Decimal("12.2"), State.REPORTED)
    # 12.476 ÷ 53.437 = 23.347 %
    assert (round(derived.value or 0, 3), derived.formula) == (Decimal("23.347"), "12.476 ÷ 53.437")


def test_the_margin_of_the_third_company():
    korai = Korai().says("gross_profit", "3.0bn KRW", period="9M2026").says("revenue", "12.0bn KRW", period="9M2026")
    assert [p.value for p in margin_points(korai.dataset(), "korai")] == [25]


def test_a_stated_margin_is_not_derived_again_and_nothing_comes_from_half_the_inputs():
    both = make_dataset(margin("23.3%"), make_claim("gross_profit", "12.476m USD", period="9M2025"), make_claim())
    assert [p.formula for p in margin_points(both, "minimax")] == [""]
    assert margin_points(make_dataset(make_claim("gross_profit", "1m USD", period="9M2025")), "minimax") == []


# --- segments ---------------------------------------------------------------------------------------------------------


def test_the_missing_margin_follows_from_the_other():
    known, found = segment_margins(make_dataset(*TWO_SEGMENTS), "minimax", "segment", "9M2025")
    # (23.3 − 0.289 × 69.4) ÷ 0.711 = 4.5617; the corners give 4.4254 and 4.6979
    assert (known.value, known.dimensions) == (Decimal("69.4"), {"segment": "b_end"})
    assert (round(found.value or 0, 4), found.dimensions) == (Decimal("4.5617"), {"segment": "c_end"})
    assert found.interval is not None
    assert (round(found.interval.low, 4), round(found.interval.high, 4)) == (Decimal("4.4254"), Decimal("4.6979"))
    assert found.formula == "(23.3% − 28.9% × 69.4%) ÷ (1 − 28.9%)"


def test_a_negative_margin_is_bracketed():
    claims = (margin("2.6%"), margin("-23.5%", segment="c_end"), share("69.5%", "c_end"), share("30.5%", "b_end"))
    found = segment_margins(make_dataset(*claims), "minimax", "segment", "9M2025")[1]
    # (2.6 + 0.695 × 23.5) ÷ 0.305 = 62.07
    assert round(found.value or 0, 2) == Decimal("62.07")
    assert found.formula == "(2.6% − 69.5% × (−23.5%)) ÷ (1 − 69.5%)"


fine = st.decimals("-0.05", "0.05", places=3)


@given(fine, fine, fine)
def test_the_identity_holds_every_member_of_its_inputs(total: Decimal, other: Decimal, weight: Decimal):
    found = segment_margins(make_dataset(*TWO_SEGMENTS), "minimax", "segment", "9M2025")[1]
    w = (Decimal("28.9") + weight) / 100
    member = (Decimal("23.3") + total - w * (Decimal("69.4") + other)) / (1 - w)
    assert found.interval is not None
    assert found.interval.low - Decimal("1e-20") <= member <= found.interval.high + Decimal("1e-20")


@pytest.mark.parametrize(
    "claims",
    [
        TWO_SEGMENTS[1:],
        (*TWO_SEGMENTS, margin("4.7%", segment="c_end")),
        # a third segment has the rest of revenue: 50 + 28.9 leave 21.1 %
        (TWO_SEGMENTS[0], TWO_SEGMENTS[1], share("50.0%", "c_end"), TWO_SEGMENTS[3]),
        (TWO_SEGMENTS[0], TWO_SEGMENTS[1], share("0.0%", "c_end"), share("100.0%", "b_end")),
        (TWO_SEGMENTS[0], TWO_SEGMENTS[1], TWO_SEGMENTS[2], share(">28%", "b_end")),
        (margin("<23%"), *TWO_SEGMENTS[1:]),
        (*TWO_SEGMENTS, margin("50.0%", segment="b_end", source="other")),
    ],
    ids=["no-total", "both-known", "third-segment", "all-or-nothing", "open-share", "open-total", "disputed"],
)
def test_nothing_is_solved_for_without_exactly_what_it_takes(claims):
    found = segment_margins(make_dataset(*claims), "minimax", "segment", "9M2025")
    assert all(p.formula == "" for p in found)


def test_the_identity_serves_any_axis():
    claims = (
        margin("50.0%"), margin("60.0%", deployment="on_premise"),
        make_claim("revenue_share", "80.0%", period="9M2025", deployment="on_premise"),
        make_claim("revenue_share", "20.0%", period="9M2025", deployment="cloud"),
    )  # fmt: skip
    # (50 − 0.8 × 60) ÷ 0.2 = 10
    assert segment_margins(make_dataset(*claims), "minimax", "deployment", "9M2025")[1].value == 10


def test_contributions_add_up_to_the_total_margin():
    points = margin_bridge(make_dataset(*TWO_SEGMENTS), "minimax", "segment", "9M2025")
    assert sum(p.value or 0 for p in points) == pytest.approx(Decimal("23.3"))
    assert points[0].formula == "28.9% × 69.4%"
    assert (points[0].value, points[0].unit) == (Decimal("20.0566"), "points")


def test_there_is_no_bridge_with_a_missing_share_or_a_dispute():
    assert margin_bridge(make_dataset(TWO_SEGMENTS[1]), "minimax", "segment", "9M2025") == []
    disputed = (*TWO_SEGMENTS, margin("50.0%", segment="b_end", source="other"))
    assert margin_bridge(make_dataset(*disputed), "minimax", "segment", "9M2025") == []


# --- ratios -----------------------------------------------------------------------------------------------------------


def ratios(*claims, metric: str = "adjusted_net_loss"):
    return ratio_to_revenue(make_dataset(*claims, companies=[make_company()]), "minimax", metric, "measure")


def test_a_loss_as_a_multiple_of_revenue():
    # 186 ÷ 53.437 = 3.4807, from 185.5 ÷ 53.4375 to 186.5 ÷ 53.4365
    loss = make_claim("adjusted_net_loss", "186m USD", period="9M2025")
    point = ratios(loss, make_claim(says="53.437m USD"))[0]
    assert (round(point.value or 0, 4), point.unit) == (Decimal("3.4807"), "x")
    assert point.interval is not None
    assert (round(point.interval.low, 4), round(point.interval.high, 4)) == (Decimal("3.4713"), Decimal("3.4901"))


@pytest.mark.parametrize(
    ("revenue", "reason"),
    [("0.000m USD", "reason.no_revenue_to_divide"), ("<5m USD", "reason.revenue_may_be_zero")],
)
def test_without_revenue_the_ratio_means_nothing(revenue, reason):
    point = ratios(make_claim("adjusted_net_loss", "12m USD", period="9M2025"), make_claim(says=revenue))[0]
    assert (point.state, point.reason) == (State.NOT_MEANINGFUL, reason)


def test_ratios_need_the_same_period_and_an_undisputed_revenue():
    loss = make_claim("adjusted_net_loss", "186m USD", period="9M2025")
    assert ratios(loss, make_claim(says="30m USD", period="FY2024")) == []
    assert ratios(loss, make_claim(says="53m USD"), make_claim(says="60m USD", source="other")) == []
    assert ratios(make_claim("adjusted_net_loss", "9m USD", period="FY2022..FY2024"), make_claim()) == []


def test_two_stated_margins_are_held_against_the_identity():
    dataset = make_dataset(*TWO_SEGMENTS, margin("4.7%", segment="c_end"))
    (check,) = identity_check(dataset, "minimax", "segment", "9M2025")
    # (23.3 − 28.9 % × 69.4) ÷ 71.1 % = 4.562, of the larger segment
    assert (round(check.value or 0, 3), check.dimensions) == (Decimal("4.562"), {"segment": "c_end"})
    assert check.interval is not None
    # lowest: (23.25 − 0.2895 × 69.45) ÷ 0.7105 = 4.425; highest: (23.35 − 0.2885 × 69.35) ÷ 0.7115 = 4.698
    assert [round(end, 3) for end in (check.interval.low, check.interval.high)] == [Decimal("4.425"), Decimal("4.698")]


def test_one_stated_margin_is_no_check():
    assert identity_check(make_dataset(*TWO_SEGMENTS), "minimax", "segment", "9M2025") == []
