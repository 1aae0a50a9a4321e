"""Interval arithmetic: hand-worked sums, open sides, and the promise that nothing true falls out."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ipo_data.intervals import INFINITY, Interval, as_interval

D = Decimal
NUMBERS = st.decimals(-(10**12), 10**12, places=4, allow_nan=False, allow_infinity=False)


def between(low: str, high: str) -> Interval:
    return Interval(D(low), D(high))


@st.composite
def intervals_with_member(draw: st.DrawFn) -> tuple[Interval, Decimal]:
    low, member, high = sorted(draw(st.tuples(NUMBERS, NUMBERS, NUMBERS)))
    open_low, open_high = draw(st.booleans()), draw(st.booleans())
    return Interval(-INFINITY if open_low else low, INFINITY if open_high else high), member


def holds(interval: Interval, exact: Fraction) -> bool:
    """Compare with fractions, which do not round."""
    above = interval.low.is_infinite() or Fraction(interval.low) <= exact
    return above and (interval.high.is_infinite() or exact <= Fraction(interval.high))


# --- making ---------------------------------------------------------------------------------------------------------


def test_point_holds_one_number():
    point = Interval.point("53.44")
    assert (point.low, point.high, point.width, point.middle) == (D("53.44"), D("53.44"), 0, D("53.44"))
    assert point.bounded


@pytest.mark.parametrize(("low", "high"), [("2", "1"), ("Infinity", "-Infinity")])
def test_reversed_bounds_are_refused(low, high):
    with pytest.raises(ValueError, match="reversed"):
        between(low, high)


@pytest.mark.parametrize(("low", "high"), [("NaN", "1"), ("1", "NaN")])
def test_nan_is_refused(low, high):
    with pytest.raises(ValueError, match="not a number"):
        between(low, high)


@pytest.mark.parametrize("end", ["Infinity", "-Infinity"])
def test_infinity_alone_is_no_interval(end):
    with pytest.raises(ValueError, match="infinity alone"):
        between(end, end)


def test_middle_and_width_of_two_bounds():
    liquidity = between("1046.15", "1046.25")  # 10.462亿 in millions: half of the last place, 0.05, either way
    assert liquidity.middle == D("1046.2")  # (1046.15 + 1046.25) / 2
    assert liquidity.width == D("0.10")


def test_open_sides_have_no_width_and_the_finite_bound_as_middle():
    at_least, at_most = Interval(D(53), INFINITY), Interval(-INFINITY, D(53))
    assert (at_least.width, at_least.middle, at_least.bounded) == (INFINITY, 53, False)
    assert (at_most.width, at_most.middle, at_most.bounded) == (INFINITY, 53, False)


def test_as_interval_leaves_intervals_and_wraps_numbers():
    interval = between("1", "2")
    assert as_interval(interval) is interval
    assert as_interval(3) == as_interval(D(3)) == Interval.point(3)


# --- sets -----------------------------------------------------------------------------------------------------------


def test_contains_counts_both_bounds():
    interval = between("36.5", "37.5")
    assert interval.contains(D("36.5"))
    assert interval.contains(D("37.5"))
    assert not interval.contains(D("37.51"))


@pytest.mark.parametrize(
    ("a", "b", "shared"),
    [
        (("36.5", "37.5"), ("37.5", "38"), ("37.5", "37.5")),  # one shared bound is enough
        (("36.5", "37.5"), ("37", "40"), ("37", "37.5")),
        (("36.5", "37.5"), ("53", "Infinity"), None),  # 37 months against more than 53
        (("-Infinity", "3"), ("2", "Infinity"), ("2", "3")),
    ],
)
def test_meets_and_intersection(a, b, shared):
    first, second = between(*a), between(*b)
    assert first.meets(second) is second.meets(first) is (shared is not None)
    assert first.intersection(second) == (between(*shared) if shared else None)


def test_hull_spans_both():
    assert between("1", "2").hull(between("5", "6")) == between("1", "6")


# --- arithmetic by hand ---------------------------------------------------------------------------------------------


def test_sum_of_cash_parts():
    parts = [between("362.5", "363.5"), between("644.15", "644.25"), between("39.35", "39.45")]
    total = sum(parts, Interval.point(0))
    # 362.5 + 644.15 + 39.35 = 1046.00; 363.5 + 644.25 + 39.45 = 1047.20
    assert total == between("1046.00", "1047.20")
    assert total.meets(between("1046.15", "1046.25"))


def test_difference_takes_the_far_bounds():
    assert between("5", "6") - between("1", "3") == between("2", "5")  # 5 − 3 … 6 − 1
    assert 10 - between("1", "3") == between("7", "9")
    assert between("5", "6") - 1 == between("4", "5")
    assert -between("1", "3") == between("-3", "-1")


@pytest.mark.parametrize(
    ("a", "b", "product"),
    [
        (("2", "3"), ("4", "5"), ("8", "15")),
        (("-2", "3"), ("4", "5"), ("-10", "15")),  # −2 × 5 … 3 × 5
        (("-3", "-2"), ("-5", "4"), ("-12", "15")),  # −3 × 4 … −3 × −5
        (("0", "3"), ("4", "Infinity"), ("0", "Infinity")),
        (("0", "0"), ("4", "Infinity"), ("0", "0")),  # nothing times anything finite
        (("-1", "2"), ("-Infinity", "3"), ("-Infinity", "Infinity")),
    ],
)
def test_product(a, b, product):
    assert between(*a) * between(*b) == between(*b) * between(*a) == between(*product)


def test_product_with_a_number_on_either_side():
    assert 100 * between("0.2", "0.3") == between("0.2", "0.3") * 100 == between("20", "30")


def test_runway_is_liquidity_over_burn():
    runway = between("1046.15", "1046.25") / between("27.85", "27.95")
    # 1046.15 / 27.95 = 37.4293…; 1046.25 / 27.85 = 37.5673…
    assert D("37.429") < runway.low < D("37.430")
    assert D("37.567") < runway.high < D("37.568")
    assert not runway.meets(between("53", "Infinity"))
    assert runway.meets(between("36.5", "37.5"))


@pytest.mark.parametrize(
    ("a", "b", "quotient"),
    [
        (("6", "6"), ("3", "3"), ("2", "2")),  # exact although 1/3 is not
        (("1", "8"), ("-4", "-2"), ("-4", "-0.25")),  # 8 / −2 … 1 / −4
        (("-1", "8"), ("2", "4"), ("-0.5", "4")),
        (("10", "20"), ("5", "Infinity"), ("0", "4")),
        (("5", "Infinity"), ("2", "Infinity"), ("0", "Infinity")),
    ],
)
def test_quotient(a, b, quotient):
    assert between(*a) / between(*b) == between(*quotient)


def test_number_divided_by_interval():
    assert 1 / between("2", "4") == between("0.25", "0.5")


@pytest.mark.parametrize("divisor", [("0", "0"), ("-1", "1"), ("0", "5"), ("-5", "0"), ("-Infinity", "Infinity")])
def test_divisor_that_may_be_zero_is_refused(divisor):
    with pytest.raises(ZeroDivisionError, match="may be zero"):
        between("1", "2") / between(*divisor)


def test_results_that_need_more_digits_are_rounded_outwards():
    third = Interval.point(1) / 3
    assert third.low < third.high
    assert Fraction(third.low) < Fraction(1, 3) < Fraction(third.high)
    assert (third * 3).contains(D(1))


def test_zero_results_carry_no_sign():
    assert str((between("1", "1") - 1).low) == "0"
    assert str((-Interval.point(0)).high) == "0"


@pytest.mark.parametrize(
    ("value", "degree", "root"),
    [("9", 2, "3"), ("8", 3, "2"), ("0", 5, "0"), ("2.0736", 4, "1.2"), ("5", 1, "5"), ("Infinity", 2, None)],
)
def test_exact_roots_are_exact(value, degree, root):
    result = Interval(D(0), D(value)).root(degree)
    assert result == Interval(D(0), INFINITY if root is None else D(root))


def test_growth_rate_over_two_years():
    ratio = Interval.point("3.124") / Interval.point("0.574")  # Zhipu's revenue, FY2024 over FY2022, 亿
    yearly = ratio.root(2) - 1
    # 3.124 / 0.574 = 5.44250871…; √5.44250871 = 2.332918…: 133.29 %, not the 130 % printed
    assert D("1.3329") < yearly.low <= yearly.high < D("1.3330")


@pytest.mark.parametrize(("low", "degree"), [("-1", 2), ("1", 0), ("1", -2)])
def test_root_of_negative_or_with_no_degree_is_refused(low, degree):
    with pytest.raises(ValueError, match="non-negative"):
        between(low, "2").root(degree)


# --- properties -----------------------------------------------------------------------------------------------------


@given(intervals_with_member(), intervals_with_member())
def test_arithmetic_holds_every_result_of_members(first, second):
    (a, x), (b, y) = first, second
    p, q = Fraction(x), Fraction(y)
    assert holds(a + b, p + q)
    assert holds(a - b, p - q)
    assert holds(a * b, p * q)
    assert holds(-a, -p)
    if not b.contains(D(0)):
        assert holds(a / b, p / q)


@settings(suppress_health_check=[HealthCheck.filter_too_much])  # half of the intervals reach below zero
@given(intervals_with_member(), st.integers(2, 6))
def test_root_holds_the_root_of_every_member(first, degree):
    interval, member = first
    assume(interval.low >= 0)
    root = interval.root(degree)
    # the root of a member lies inside if its bounds' powers embrace the member
    assert Fraction(root.low) ** degree <= Fraction(member)
    assert root.high.is_infinite() or Fraction(member) <= Fraction(root.high) ** degree


@given(intervals_with_member(), intervals_with_member())
def test_meets_is_symmetric_and_agrees_with_intersection(first, second):
    (a, _), (b, _) = first, second
    assert a.meets(b) is b.meets(a)
    assert a.intersection(b) == b.intersection(a)
    assert (a.intersection(b) is not None) is a.meets(b)


@given(intervals_with_member(), intervals_with_member())
def test_hull_holds_both_members(first, second):
    (a, x), (b, y) = first, second
    assert a.hull(b).contains(x)
    assert a.hull(b).contains(y)
