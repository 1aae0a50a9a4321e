"""Growth like for like, twelve months, and what stated growth implies, by hand on small data sets."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipo_data.analysis.bases import ltm
from ipo_data.analysis.growth import (
    comparable,
    growth_points,
    implied_prior,
    latest,
    revenue_facts,
    weighted_mean_growth,
)
from ipo_data.analysis.points import DataPoint, State, Term
from ipo_data.dataset import Dataset
from ipo_data.intervals import Interval
from tests.analysis.figures import revenue_of_korai
from tests.builders import make_claim, make_company, make_dataset

BILLION = 10**9


def dataset_of(*figures: tuple[str, str], metric: str = "revenue", **axes: str) -> Dataset:
    return make_dataset(*(make_claim(metric, says, period=period, **axes) for period, says in figures))


def only(points: list[DataPoint]) -> DataPoint:
    assert len(points) == 1, points
    return points[0]


# --- rates ------------------------------------------------------------------------------------------------------------


def test_growth_of_the_third_company():
    # 10.0 ÷ 8.0 − 1 = 25 %, from 9.95 ÷ 8.05 to 10.05 ÷ 7.95; 9.0 ÷ 6.0 − 1 = 50 %
    year, part = growth_points(revenue_of_korai().dataset(), "korai")
    assert (year.value, part.value) == (25, 50)
    assert year.interval is not None
    assert round(year.interval.low, 4) == Decimal("23.6025")
    assert round(year.interval.high, 4) == Decimal("26.4151")
    assert year.formula == "10000 ÷ 8000 − 1"
    assert [p.when.label for p in (year, part)] == ["FY2025", "9M2026"]  # type: ignore[union-attr]


def test_periods_of_unequal_length_have_no_growth():
    assert growth_points(dataset_of(("FY2024", "30m USD"), ("9M2025", "50m USD")), "minimax") == []
    assert growth_points(dataset_of(("H1-2025", "30m USD"), ("H2-2025", "50m USD")), "minimax") == []
    assert growth_points(dataset_of(("FY2023", "30m USD"), ("FY2025", "50m USD")), "minimax") == []


@pytest.mark.parametrize(
    ("before", "now", "reason"),
    [
        ("0.000m USD", "3.460m USD", "reason.no_base"),
        ("0.758m USD", "21.805m USD", "reason.small_base"),  # 3.5 % of the new value
        ("<5m USD", "9m USD", "reason.no_base"),  # may be zero
    ],
)
def test_growth_from_next_to_nothing_means_nothing(before, now, reason):
    point = only(growth_points(dataset_of(("FY2023", before), ("FY2024", now)), "minimax"))
    assert (point.state, point.reason, point.value) == (State.NOT_MEANINGFUL, reason, None)


def test_a_base_of_a_twentieth_still_counts():
    point = only(growth_points(dataset_of(("FY2023", "1.0m USD"), ("FY2024", "20.0m USD")), "minimax"))
    assert point.value == 1900


def test_a_disputed_figure_gives_no_growth():
    dataset = make_dataset(
        make_claim(says="30m USD", period="FY2023", source="one"), make_claim(says="40m USD", period="FY2023"),
        make_claim(says="50m USD", period="FY2024"),
    )  # fmt: skip
    assert growth_points(dataset, "minimax") == []


def test_growth_across_a_change_of_definition_means_nothing():
    broken = make_company(breaks=[{"metric": "revenue", "axis": "deployment", "starts": "FY2025", "because": "new"}])
    claims = [
        make_claim(says=says, period=period, deployment="cloud")
        for period, says in (("FY2023", "1.0m USD"), ("FY2024", "2.0m USD"), ("FY2025", "5.0m USD"))
    ]
    points = growth_points(make_dataset(*claims, companies=[broken]), "minimax", deployment="cloud")
    assert [(p.value, p.reason) for p in points] == [(100, ""), (None, "reason.series_break")]
    whole = [make_claim(says=says, period=period) for period, says in (("FY2024", "2.0m USD"), ("FY2025", "5.0m USD"))]
    assert only(growth_points(make_dataset(*whole, companies=[broken]), "minimax")).value == 150


def test_growth_of_another_metric_and_of_a_segment():
    users = dataset_of(("9M2024", "10.0m persons"), ("9M2025", "27.6m persons"), metric="mau")
    assert only(growth_points(users, "minimax", "mau")).value == 176
    part = dataset_of(("9M2024", "13.529m USD"), ("9M2025", "38.020m USD"), segment="c_end")
    # 38.020 ÷ 13.529 − 1 = 181.03 %
    assert round(only(growth_points(part, "minimax", segment="c_end")).value or 0, 2) == Decimal("181.03")
    assert growth_points(part, "minimax") == []


# --- implied by stated growth -----------------------------------------------------------------------------------------


def grown(rate: str, *more: tuple[str, str]) -> Dataset:
    return make_dataset(
        make_claim(says="53.437m USD"), make_claim("revenue_growth", rate, period="9M2025"),
        *(make_claim(says=says, period=period) for period, says in more),
    )  # fmt: skip


def test_stated_growth_implies_the_prior_period():
    dataset = grown("174.7%")
    point = implied_prior(dataset, "minimax", revenue_facts(dataset, "minimax")[0])
    assert point is not None
    # 53.437 ÷ 2.747 = 19.4529, from 53.4365 ÷ 2.7475 to 53.4375 ÷ 2.7465
    assert round(point.value or 0) == 19_452_858
    assert point.interval is not None
    assert (round(point.interval.low), round(point.interval.high)) == (19_449_136, 19_456_581)
    assert (point.when.label, point.formula) == ("9M2024", "53.437 ÷ (1 + 174.7%)")  # type: ignore[union-attr]


def test_nothing_is_implied_where_the_prior_period_is_stated():
    dataset = grown("174.7%", ("9M2024", "19.454m USD"))
    assert implied_prior(dataset, "minimax", revenue_facts(dataset, "minimax")[-1]) is None


def test_a_fall_to_nothing_implies_nothing():
    dataset = grown("-100%", ("FY2024", "30.52m USD"))
    assert implied_prior(dataset, "minimax", revenue_facts(dataset, "minimax")[-1]) is None
    assert ltm(dataset, "minimax").reason == "reason.no_prior_part"


def test_a_negative_rate_is_written_in_brackets():
    dataset = grown("-10%", ("FY2024", "30.52m USD"))
    assert ltm(dataset, "minimax").formula == "30.52 + 53.437 − 53.437 ÷ (1 + (−10%))"


# --- the series -------------------------------------------------------------------------------------------------------


def test_the_latest_period_ends_last_and_the_longer_one_wins():
    dataset = dataset_of(("FY2024", "30m USD"), ("Q4-2024", "11m USD"), ("9M2024", "19m USD"))
    found = latest(revenue_facts(dataset, "minimax"))
    assert found is not None
    assert found.id == "minimax.revenue.FY2024"
    assert latest([]) is None


def test_spans_and_other_currencies_are_no_periods_of_the_series():
    dataset = make_dataset(
        make_claim(says="30m USD", period="FY2024"), make_claim(says="100m USD", period="FY2022..FY2024"),
        make_claim(says="200m CNY", period="FY2024"),
    )  # fmt: skip
    assert [f.id for f in revenue_facts(dataset, "minimax")] == ["minimax.revenue.FY2024"]


def test_like_for_like_needs_equal_months_of_two_years():
    dataset = dataset_of(("FY2023", "3m USD"), ("FY2024", "30m USD"), ("9M2024", "19m USD"), ("9M2025", "53m USD"))
    facts = {f.subject.period: f for f in revenue_facts(dataset, "minimax")}
    assert comparable(facts["FY2023"], facts["FY2024"])
    assert comparable(facts["9M2024"], facts["9M2025"])
    assert not comparable(facts["FY2024"], facts["9M2025"])


# --- a whole from its parts -------------------------------------------------------------------------------------------


def rounded(value: str, half: str) -> Term:
    return Term(Decimal(value), Interval(Decimal(value) - Decimal(half), Decimal(value) + Decimal(half)), text=value)


def test_a_whole_grows_by_the_weighted_mean_of_its_parts():
    # 100 ÷ (71.1 ÷ 2.81 + 28.9 ÷ 2.60) = 2.74590
    found = weighted_mean_growth(
        [rounded("71.1", "0.05"), rounded("28.9", "0.05")], [rounded("2.81", "0.005"), rounded("2.60", "0.005")]
    )
    assert round(found.value, 5) == Decimal("2.74590")
    # growth rates half a point up or down move the mean by as much; the weights hardly matter
    assert (round(found.interval.low, 4), round(found.interval.high, 4)) == (Decimal("2.7408"), Decimal("2.7510"))
    assert found.text == "(71.1 + 28.9) ÷ (71.1 ÷ 2.81 + 28.9 ÷ 2.60)"


parts = st.lists(
    st.tuples(st.decimals(1, 90, places=1), st.decimals("1.1", 9, places=2), st.fractions(-1, 1), st.fractions(-1, 1)),
    min_size=2,
    max_size=4,
)


@given(parts)
def test_its_interval_holds_every_member_and_lies_between_the_extremes(rows):
    weights = [rounded(str(w), "0.05") for w, _, _, _ in rows]
    factors = [rounded(str(f), "0.005") for _, f, _, _ in rows]
    found = weighted_mean_growth(weights, factors)
    w = [r[0] + Decimal("0.05") * r[2].numerator / r[2].denominator for r in rows]
    f = [r[1] + Decimal("0.005") * r[3].numerator / r[3].denominator for r in rows]
    member = sum(w) / sum(a / b for a, b in zip(w, f, strict=True))
    slack = Decimal("1e-20")
    assert found.interval.low - slack <= member <= found.interval.high + slack
    assert found.interval.low >= min(x.interval.low for x in factors) - slack
    assert found.interval.high <= max(x.interval.high for x in factors) + slack
