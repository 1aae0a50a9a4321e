"""Terms carry value, interval, claims and arithmetic; data points say what they are and why they are empty."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipo_data.analysis.points import (
    DataPoint,
    State,
    Term,
    as_term,
    at_corners,
    derived,
    empty,
    headline,
    main_periods,
    quotient,
    shown_term,
    stated,
    sum_of,
    term_of,
    unique_claims,
    written,
)
from ipo_data.dataset import Fact
from ipo_data.intervals import Interval
from ipo_data.periods import Period
from ipo_data.quantities import Bound
from tests.analysis.formulas import worth
from tests.builders import make_claim, make_company, make_dataset, make_judgement, make_source


def fact_of(metric: str, says: str, **changes: object) -> Fact:
    return make_dataset(make_claim(metric, says, **changes)).facts[0]


def term(low: str, high: str, value: str | None = None, text: str = "x") -> Term:
    ends = Interval(Decimal(low), Decimal(high))
    return Term(Decimal(value) if value else ends.middle, ends, text=text)


# --- terms ------------------------------------------------------------------------------------------------------------


def test_a_term_of_a_fact_knows_where_it_comes_from():
    fact = fact_of("revenue", "30.52m USD", period="FY2024")
    found = shown_term(fact)
    assert (found.value, found.text) == (Decimal(30_520_000), "30.52")
    assert found.interval == Interval(Decimal(30_515_000), Decimal(30_525_000))
    assert (found.facts, found.claims) == (("minimax.revenue.FY2024",), {fact.claims[0].id})


def test_a_disputed_fact_gives_no_term():
    fact = make_dataset(make_claim(says="5m USD", source="one"), make_claim(says="7m USD", source="two")).facts[0]
    with pytest.raises(ValueError, match="in conflict"):
        Term.of(fact)


@pytest.mark.parametrize(
    ("metric", "says", "text", "changes"),
    [
        ("revenue", "53.437m USD", "53.437", {}),
        ("revenue", "0.087m USD", "0.087", {}),  # also a small amount is written in millions
        ("revenue", "0.000m USD", "0", {}),
        ("offer_price", "165.00 HKD", "165", {}),
        ("spend_per_payer", "14813 USD", "14813", {"period": "9M2025"}),
        ("gross_margin", "-24.7%", "−24.7", {"period": "FY2023"}),
        ("mau", "27.6m persons", "27600000", {"period": "9M2025"}),
    ],
)
def test_figures_are_written_as_formulas_need_them(metric, says, text, changes):
    assert shown_term(fact_of(metric, says, **changes)).text == text


def test_numbers_are_exact():
    assert Term.number("7.50").interval == Interval.point("7.5")
    assert (Term.number("7.50").text, Term.number(-3).text) == ("7.5", "−3")
    assert as_term(4).value == 4
    assert as_term(Term.number(2)) == Term.number(2)
    assert written(Decimal("-0.500")) == "−0.5"


def test_arithmetic_carries_values_intervals_and_sources():
    a = Term(Decimal(6), Interval(Decimal(5), Decimal(7)), frozenset({"a"}), ("fa",), "6")
    b = Term(Decimal(3), Interval(Decimal(2), Decimal(4)), frozenset({"b"}), ("fb", "fa"), "3")
    assert (a + b).interval == Interval(Decimal(7), Decimal(11))
    assert (a - b).interval == Interval(Decimal(1), Decimal(5))
    assert (a * b).interval == Interval(Decimal(10), Decimal(28))
    assert (a / b).interval == Interval(Decimal("1.25"), Decimal("3.5"))
    for result in (a + b, a - b, a * b, a / b):
        assert (result.claims, result.facts) == ({"a", "b"}, ("fa", "fb"))
    assert [r.value for r in (a + b, a - b, a * b, a / b)] == [9, 3, 18, 2]


def test_percent_and_fraction_undo_each_other():
    share = Term.number("23.3")
    assert share.fraction().value == Decimal("0.233")
    assert share.fraction().text == "23.3%"
    assert share.fraction().percent().value == Decimal("23.3")
    assert (Term.number(100) - share).fraction().text == "(100 − 23.3)%"


def test_roots():
    nine = term("8", "10", "9", "9")
    assert nine.root(2).value == 3
    assert nine.root(2).interval == Interval(Decimal(8), Decimal(10)).root(2)
    assert (nine + 1).root(2).text == "(9 + 1)^(1/2)"
    # ((53.437 ÷ 9) ÷ (30.52 ÷ 12))^(12 ÷ 10.5) = 2.6351
    pace = Term.number("53.437") / Term.number(9) / (Term.number("30.52") / Term.number(12))
    assert round(pace.root(Decimal("0.875")).value, 4) == Decimal("2.6351")


A, B, C = Term.number(5), Term.number(3), Term.number(2)
NEGATIVE = Term.number(-4)


@pytest.mark.parametrize(
    ("built", "text"),
    [
        (A + B - C, "5 + 3 − 2"),
        (A - (B + C), "5 − (3 + 2)"),
        (A - (B - C), "5 − (3 − 2)"),
        (A - B * C, "5 − 3 × 2"),
        ((A + B) * C, "(5 + 3) × 2"),
        (A * (B - C), "5 × (3 − 2)"),
        (A / (B * C), "5 ÷ (3 × 2)"),
        (A / (B / C), "5 ÷ (3 ÷ 2)"),
        (A / B / C, "5 ÷ 3 ÷ 2"),
        (A / (B + C), "5 ÷ (3 + 2)"),
        ((A - B) / (A + B), "(5 − 3) ÷ (5 + 3)"),
        (A + NEGATIVE, "5 + (−4)"),
        (A - NEGATIVE, "5 − (−4)"),
        (A * NEGATIVE.fraction(), "5 × (−4%)"),
        (NEGATIVE + A, "−4 + 5"),
    ],
)
def test_formulas_have_the_brackets_they_need(built, text):
    assert built.text == text
    assert worth(built.text) == pytest.approx(built.value)


numbers = st.decimals(min_value=-50, max_value=50, places=2).filter(lambda d: d == 0 or abs(d) > Decimal("0.05"))


@given(st.lists(numbers, min_size=2, max_size=6), st.lists(st.sampled_from("+-*/"), min_size=5, max_size=5), st.data())
def test_a_written_formula_is_worth_its_value(values, signs, data):
    terms = [Term.number(value) for value in values]
    while len(terms) > 1:
        place = data.draw(st.integers(0, len(terms) - 2))
        left, right = terms[place], terms[place + 1]
        sign = signs[(len(terms) + place) % len(signs)]
        if sign == "/" and abs(right.value) < Decimal("0.01"):
            sign = "+"
        result = {"+": left + right, "-": left - right, "*": left * right}.get(sign) or left / right
        terms[place : place + 2] = [result]
    assert abs(worth(terms[0].text) - terms[0].value) <= abs(terms[0].value) * Decimal("1e-12") + Decimal("1e-12")


positive = st.decimals(min_value="0.01", max_value=1000, places=2)
inside = st.fractions(0, 1)


@given(st.tuples(positive, positive, positive, positive), st.lists(inside, min_size=4, max_size=4))
def test_intervals_hold_what_members_of_the_inputs_give(widths, positions):
    a, b = (
        Term(low + width / 2, Interval(low, low + width))
        for low, width in ((widths[0], widths[1]), (widths[2], widths[3]))
    )
    for first, second in ((positions[0], positions[1]), (positions[2], positions[3])):
        x, y = (
            t.interval.low + t.interval.width * Decimal(p.numerator) / Decimal(p.denominator)
            for t, p in ((a, first), (b, second))
        )
        slack = Decimal("1e-18")
        for result, member in ((a + b, x + y), (a - b, x - y), (a * b, x * y), (a / b, x / y)):
            assert result.interval.low - slack <= member <= result.interval.high + slack
            assert result.interval.contains(result.value)


# --- helpers ----------------------------------------------------------------------------------------------------------


def test_a_quotient_needs_both_parts_and_a_positive_divisor():
    assert quotient(A, None) is None
    assert quotient(None, A) is None
    assert quotient(A, term("-1", "3")) is None
    assert quotient(A, term("0", "3")) is None
    found = quotient(A, C)
    assert found is not None
    assert found.value == Decimal("2.5")


def test_a_sum_keeps_the_order_of_its_parts():
    assert sum_of([A, B, C]).text == "5 + 3 + 2"
    assert sum_of([A]) == A


def test_repeated_inputs_do_not_widen_an_interval():
    # g ÷ (1 + g) for g = 2 ± 0.5 lies in [0.6, 0.714…]; term by term it would be [0.429, 1]
    g = term("1.5", "2.5")
    assert (g / (Term.number(1) + g)).interval.width > Decimal("0.5")
    assert at_corners(lambda x: x / (1 + x), g) == Interval(Decimal("0.6"), Decimal("2.5") / Decimal("3.5"))
    narrow = (g / (Term.number(1) + g)).narrowed(at_corners(lambda x: x / (1 + x), g), "g ÷ (1 + g)")
    assert (narrow.text, narrow.interval.low) == ("g ÷ (1 + g)", Decimal("0.6"))


# --- data points ------------------------------------------------------------------------------------------------------


def test_stated_points_show_the_headline_or_every_rival():
    one, two = make_claim(says="5m USD", source="one"), make_claim(says="7m USD", source="two")
    assert [(p.value, p.state) for p in stated(make_dataset(one).facts[0])] == [(5_000_000, State.REPORTED)]
    disputed = stated(make_dataset(one, two).facts[0])
    assert sorted((p.value, p.state) for p in disputed) == [(5_000_000, State.CONFLICT), (7_000_000, State.CONFLICT)]
    judged = make_dataset(one, two, judgements=[make_judgement(prefer="one", over=["two"])])
    assert [(p.value, p.state) for p in stated(judged.facts[0])] == [(5_000_000, State.JUDGED)]


def test_a_preferred_filing_counts_as_judged():
    filing = make_source("filing", kind="prospectus")
    dataset = make_dataset(make_claim(says="5m USD", source="filing"), make_claim(says="7m USD"), sources=[filing])
    assert [p.state for p in stated(dataset.facts[0])] == [State.JUDGED]


def test_a_forecast_is_marked():
    assert stated(fact_of("forecast_gross_margin", "50%", broker="a_bank", kind="forecast"))[0].state is State.FORECAST


def test_points_name_agreeing_claims_and_flags():
    dataset = make_dataset(
        make_claim(says="53.437m USD", source="one", flags=("suspect",)), make_claim(says="53.4m USD", source="two")
    )
    point = stated(dataset.facts[0])[0]
    assert point.claims == ("minimax.revenue.9M2025@one", "minimax.revenue.9M2025@two")
    assert point.flags == ("suspect",)


def test_a_derived_point_carries_formula_interval_and_sources():
    found = shown_term(fact_of("revenue", "53.437m USD")) * Term.number(12) / Term.number(9)
    point = derived(found, "minimax", "revenue_annualised", "USD", Period.parse("9M2025"))
    assert (point.state, point.formula, point.bound) == (State.DERIVED, "53.437 × 12 ÷ 9", Bound.EXACT)
    assert point.claims == ("minimax.revenue.9M2025@acn",)
    assert point.facts == ("minimax.revenue.9M2025",)


def test_an_open_ended_input_leaves_its_hedge():
    over, under = fact_of("revenue", ">5m USD"), fact_of("revenue", "<5m USD")
    assert derived(shown_term(over) * 2, "minimax", "x", "USD").bound is Bound.AT_LEAST
    assert derived(shown_term(under) * 2, "minimax", "x", "USD").bound is Bound.AT_MOST
    assert derived(Term.number(9) - shown_term(over), "minimax", "x", "USD").bound is Bound.AT_MOST


def test_an_empty_point_has_a_reason_and_no_value():
    point = empty("minimax", "x", "percent", State.NOT_MEANINGFUL, "reason.no_base", when=Period.parse("FY2024"))
    assert (point.value, point.interval, point.reason, point.when) == (
        None, None, "reason.no_base", Period.parse("FY2024"),
    )  # fmt: skip
    with pytest.raises(ValueError, match="has no value"):
        term_of(point)


def test_a_point_becomes_a_term_again():
    stated_point = stated(fact_of("revenue", "53.437m USD"))[0]
    assert term_of(stated_point).text == "53.437"
    point = derived(shown_term(fact_of("revenue", "53.437m USD")) / Term.number(7), "minimax", "revenue", "USD")
    assert (term_of(point).text, term_of(point).value) == ("7.63386", point.value)  # six digits in the formula only
    loss = DataPoint("minimax", "x", "percent", State.DERIVED, Decimal(-2), Interval.point(-2), formula="1 − 3")
    assert (term_of(loss) + 1).text == "−2 + 1"
    assert (Term.number(1) - term_of(loss)).text == "1 − (−2)"


def test_headlines_are_found_or_missing_but_never_disputed():
    dataset = make_dataset(
        make_claim(says="53.437m USD", source="one"), make_claim(says="60m USD", source="two"),
        make_claim(says="30m USD", period="FY2024"),
    )  # fmt: skip
    assert headline(dataset, "minimax", "revenue", "9M2025") is None
    assert headline(dataset, "minimax", "revenue", "FY2023") is None
    found = headline(dataset, "minimax", "revenue", "FY2024")
    assert found is not None
    assert found.value == 30_000_000


def test_claims_are_listed_once_in_order_of_use():
    a = derived(Term(Decimal(1), Interval.point(1), frozenset({"x", "y"})), "minimax", "m", "x")
    b = derived(Term(Decimal(1), Interval.point(1), frozenset({"z", "y"})), "minimax", "m", "x")
    assert unique_claims([a, b]) == ("x", "y", "z")


def test_main_periods_keep_years_and_the_part_after_the_last():
    dataset = make_dataset(
        *(make_claim(says="1m USD", period=p) for p in ("FY2023", "9M2024", "FY2024", "H1-2025", "9M2025")),
        companies=[make_company()],
    )
    points = [p for f in dataset.facts for p in stated(f)]
    kept = {p.when.label for p in main_periods(points) if isinstance(p.when, Period)}
    assert kept == {"FY2023", "FY2024", "9M2025"}


@pytest.mark.parametrize(
    ("periods", "kept"),
    [
        (("9M2024", "FY2024"), {"FY2024"}),
        (("H1-2025", "9M2025"), {"9M2025"}),
        (("FY2023", "H1-2024", "9M2025"), {"FY2023", "9M2025"}),
    ],
)
def test_parts_that_a_year_covers_are_left_out(periods, kept):
    dataset = make_dataset(*(make_claim(says="1m USD", period=p) for p in periods))
    points = [p for f in dataset.facts for p in stated(f)]
    assert {p.when.label for p in main_periods(points) if isinstance(p.when, Period)} == kept
