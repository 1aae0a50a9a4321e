"""Whether documents print the same thing: complete, consistent and inconsistent duplicates."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipo_data.duplicates import Duplicate, all_agree, classify
from ipo_data.quantities import parse_quantity, parse_step


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        # the same figure in two scales: 53.44m = 5344万, both to the last 10,000
        ("53.44m USD", "5344万 USD", Duplicate.COMPLETE),
        ("37 months", "37 months", Duplicate.COMPLETE),
        # 5343.5–5344.5 holds 5343.65–5343.75
        ("5344万 USD", "5343.7万 USD", Duplicate.CONSISTENT),
        # 174.5–175.5 holds 174.65–174.75
        ("175%", "174.7%", Duplicate.CONSISTENT),
        (">2.12亿 persons", "2.12亿 persons", Duplicate.CONSISTENT),
        # more than 2.12 and 2.12 to the last place may meet above; 2.1 to the last place reaches 2.15
        (">2.12亿 persons", "2.1亿 persons", Duplicate.CONSISTENT),
        # a second figure above the bound
        (">70%", "73.05%", Duplicate.CONSISTENT),
        ("<3 levels", "2 levels", Duplicate.CONSISTENT),
        (">53 months", ">37 months", Duplicate.CONSISTENT),
        # 36.5–37.5 lies below 53
        (">53 months", "37 months", Duplicate.INCONSISTENT),
        ("37x", "79x", Duplicate.INCONSISTENT),
        # over 11亿 against 10.4615–10.4625
        (">11亿 USD", "10.462亿 USD", Duplicate.INCONSISTENT),
        # 10.5–11.5 does not reach 10.462 either
        ("11亿 USD", "10.462亿 USD", Duplicate.INCONSISTENT),
        ("3052万 USD", "3050万 USD", Duplicate.INCONSISTENT),
        # about does not widen: 500 ± 0.5 against 505 ± 0.5
        ("~500m USD", "505m USD", Duplicate.INCONSISTENT),
        ("2025-10", "2025-10-27", Duplicate.CONSISTENT),
        ("2025-10", "2025-11", Duplicate.INCONSISTENT),
        ("2025-10", "2025-10", Duplicate.COMPLETE),
    ],
)
def test_relation_of_two_figures(one, other, relation):
    a, b = parse_quantity(one), parse_quantity(other)
    assert classify(a, b) is classify(b, a) is relation


def test_stated_rounding_turns_a_conflict_into_agreement():
    exact, rounded = parse_quantity("3052万 USD"), parse_quantity("3050万 USD").rounded(parse_step("10万"))
    assert classify(exact, rounded) is Duplicate.CONSISTENT  # 3045–3055 holds 3052


def test_all_agree_needs_every_pair():
    # 174.7 and 175 meet, 175 and 175.4 meet, 174.7 and 175.4 do not
    figures = [parse_quantity(text) for text in ("174.7%", "175%", "175.4%")]
    assert all_agree(figures[:2])
    assert all_agree(figures[1:])
    assert not all_agree(figures)


def test_nothing_and_one_figure_agree():
    assert all_agree([])
    assert all_agree([parse_quantity("37x")])


FIGURES = st.builds(
    "{}{}{} USD".format,
    st.sampled_from(["", "~", ">", "<", "<~"]),
    st.decimals(0, 30, places=1).map(str),
    st.sampled_from(["", "万"]),
).map(parse_quantity)


@given(FIGURES, FIGURES)
def test_classify_is_symmetric(a, b):
    assert classify(a, b) is classify(b, a)


@given(FIGURES)
def test_a_figure_is_a_complete_duplicate_of_itself(figure):
    assert classify(figure, figure) is Duplicate.COMPLETE


@given(st.lists(FIGURES, min_size=1, max_size=4))
def test_figures_agree_if_and_only_if_one_value_explains_them_all(figures):
    low = max(f.rounding.low for f in figures)
    high = min(f.rounding.high for f in figures)
    assert all_agree(figures) is (low <= high)
    if low <= high and low.is_finite():
        assert all(f.rounding.contains(Decimal(low)) for f in figures)
