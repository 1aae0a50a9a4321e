"""Bases of flows: as reported, per month, over twelve months, annualised; by hand on small data sets."""

from decimal import Decimal

import pytest

from ipo_data.analysis.bases import SUFFIXES, annualised, as_reported, ltm, on_basis, per_month
from ipo_data.analysis.points import State
from ipo_data.dataset import Dataset
from ipo_data.intervals import Interval
from tests.analysis.figures import Korai, revenue_of_korai
from tests.builders import make_claim, make_company, make_dataset

BILLION = 10**9


def dataset_of(*figures: tuple[str, str], metric: str = "revenue", **axes: str) -> Dataset:
    claims = [make_claim(metric, says, period=period, **axes) for period, says in figures]
    return make_dataset(*claims)


def grown(rate: str, *more: tuple[str, str]) -> Dataset:
    """Return nine months of 53.437m that grew by a rate, with further revenue."""
    claims = [make_claim(says=says, period=period) for period, says in (("9M2025", "53.437m USD"), *more)]
    return make_dataset(*claims, make_claim("revenue_growth", rate, period="9M2025"))


# --- twelve months ----------------------------------------------------------------------------------------------------


def test_twelve_months_of_a_company_whose_year_ends_in_march():
    # 10.0 + 9.0 − 6.0 = 13.0bn won to December 2025; each figure is good to 0.05bn
    point = ltm(revenue_of_korai().dataset(), "korai")
    assert (point.value, point.formula) == (13 * BILLION, "10000 + 9000 − 6000")
    assert point.interval == Interval(Decimal("12.85") * BILLION, Decimal("13.15") * BILLION)
    assert point.when is not None
    assert (str(point.when.start), str(point.when.end)) == ("2025-01-01", "2025-12-31")  # type: ignore[union-attr]


def test_twelve_months_by_stated_growth_use_each_input_once():
    # 30.52 + 53.437 × (1 − 1 ÷ 2.747) = 64.5041; term by term 53.437 ± 0.0005 and 19.4529 ± 0.004 would add up
    point = ltm(grown("174.7%", ("FY2024", "30.52m USD")), "minimax")
    assert round(point.value or 0) == 64_504_142
    assert point.formula == "30.52 + 53.437 − 53.437 ÷ (1 + 174.7%)"
    assert point.interval is not None
    # 30.515 + 53.4365 × (1 − 1 ÷ 2.7465) = 64.4953; 30.525 + 53.4375 × (1 − 1 ÷ 2.7475) = 64.5130
    assert (round(point.interval.low, -2), round(point.interval.high, -2)) == (64_495_300, 64_513_000)


def test_a_full_year_is_its_own_answer():
    point = ltm(dataset_of(("9M2025", "53m USD"), ("FY2025", "79.0m USD")), "minimax")
    assert (point.value, point.formula, str(point.state)) == (79_000_000, "", "reported")
    assert (point.measure, point.facts) == ("revenue_ltm", ("minimax.revenue.FY2025",))


@pytest.mark.parametrize(
    ("periods", "reason"),
    [
        ((), "reason.no_revenue"),
        (("9M2025", "9M2024"), "reason.no_full_year"),
        (("9M2025", "FY2024"), "reason.no_prior_part"),
        (("9M2025", "9M2024", "FY2023"), "reason.no_full_year"),
        # a second half is no first part: year + half − prior half would leave out what the first half added
        (("H2-2025", "H2-2024", "FY2024"), "reason.no_full_year"),
        (("Q3-2025", "Q3-2024", "FY2024"), "reason.no_full_year"),
    ],
    ids=["nothing", "no-year", "no-prior-part", "an-older-year", "second-half", "third-quarter"],
)  # fmt: skip
def test_twelve_months_say_what_is_missing(periods, reason):
    claims = [make_claim(says="30m USD", period=period) for period in periods]
    point = ltm(make_dataset(*claims, companies=[make_company()]), "minimax")
    state = State.NOT_AVAILABLE if periods else State.NOT_DISCLOSED
    assert (point.state, point.reason, point.value) == (state, reason, None)


def test_twelve_months_at_an_earlier_period():
    dataset = dataset_of(
        ("FY2023", "3.46m USD"), ("9M2024", "19.454m USD"), ("FY2024", "30.523m USD"), ("9M2025", "53.437m USD"),
        ("FY2025", "79.038m USD"),
    )  # fmt: skip
    assert ltm(dataset, "minimax", at="9M2025").value == 64_506_000  # 30.523 + 53.437 − 19.454
    assert ltm(dataset, "minimax", at="FY2024").value == 30_523_000
    assert ltm(dataset, "minimax", at="FY2020").state is State.NOT_DISCLOSED


# --- per month, annualised, as reported -------------------------------------------------------------------------------


def test_per_month_annualised_and_as_reported():
    dataset = revenue_of_korai().dataset()
    assert (per_month(dataset, "korai").value, annualised(dataset, "korai").value) == (BILLION, 12 * BILLION)
    assert as_reported(dataset, "korai").value == 9 * BILLION
    assert annualised(dataset, "korai").formula == "9000 × 12 ÷ 9"


def test_a_company_without_revenue_says_so():
    dataset = Korai().dataset()
    for point in (per_month(dataset, "korai"), annualised(dataset, "korai"), as_reported(dataset, "korai")):
        assert (point.state, point.reason, point.unit) == (State.NOT_DISCLOSED, "reason.no_revenue", "KRW")


def test_a_disputed_latest_figure_is_passed_over():
    dataset = make_dataset(
        make_claim(says="50m USD", source="one"),
        make_claim(says="60m USD"),
        make_claim(says="30m USD", period="FY2024"),
    )
    assert per_month(dataset, "minimax").value == 2_500_000


# --- any flow, any breakdown, any basis -------------------------------------------------------------------------------

LOSSES = (("FY2024", "465m USD"), ("9M2024", "304m USD"), ("9M2025", "512m USD"))


@pytest.mark.parametrize(
    ("basis", "value", "measure"),
    [
        ("reported", 512, "net_loss"),
        ("month", Decimal(512) / 9, "net_loss_per_month"),
        ("ltm", 673, "net_loss_ltm"),  # 465 + 512 − 304
        ("annualised", Decimal(512) * 12 / 9, "net_loss_annualised"),
    ],
)  # fmt: skip
def test_a_flow_stands_on_each_basis_under_its_own_name(basis: str, value: Decimal, measure: str):
    point = on_basis(dataset_of(*LOSSES, metric="net_loss"), "minimax", basis, "net_loss")
    assert point.value is not None
    assert round(point.value - Decimal(value) * 10**6, 3) == 0
    assert point.measure == measure == f"net_loss{SUFFIXES[basis]}"


def test_a_loss_grows_by_its_own_rate():
    # 465 + 512 − 512 ÷ 1.6 = 657
    dataset = make_dataset(
        make_claim("net_loss", "465m USD", period="FY2024"), make_claim("net_loss", "512m USD", period="9M2025"),
        make_claim("net_loss_growth", "60%", period="9M2025"), make_claim("revenue_growth", "10%", period="9M2025"),
    )  # fmt: skip
    assert ltm(dataset, "minimax", metric="net_loss").value == 657_000_000


def test_a_metric_without_a_growth_rate_needs_the_prior_part():
    dataset = dataset_of(("FY2024", "40m USD"), ("9M2025", "30m USD"), metric="cost_of_sales")
    assert ltm(dataset, "minimax", metric="cost_of_sales").reason == "reason.no_prior_part"


def test_parts_of_revenue_have_twelve_months_of_their_own():
    parts = (("FY2025", "25.963m USD"), ("H1-2025", "9.206m USD"), ("H1-2026", "73.929m USD"))
    point = ltm(dataset_of(*parts, segment="b_end"), "minimax", segment="b_end")
    # 25.963 + 73.929 − 9.206
    assert (point.value, point.dimensions) == (90_686_000, {"segment": "b_end"})


@pytest.mark.parametrize("starts", ["FY2025", "2026-01-01"])
def test_twelve_months_never_cross_a_change_of_classification(starts: str):
    company = make_company(
        breaks=[{"metric": "revenue_share", "axis": "deployment", "starts": starts, "because": "New classes."}]
    )
    claims = [
        make_claim(says=says, period=period, deployment="cloud")
        for period, says in (("FY2025", "190m USD"), ("H1-2025", "29m USD"), ("H1-2026", "825m USD"))
    ]
    point = ltm(make_dataset(*claims, companies=[company]), "minimax", deployment="cloud")
    assert (point.value, point.reason) == (None, "reason.series_break")


def test_a_missing_flow_is_named_on_every_basis():
    dataset = make_dataset(make_claim())
    for basis, suffix in SUFFIXES.items():
        point = on_basis(dataset, "minimax", basis, "net_loss")
        assert (point.value, point.measure, point.reason) == (None, f"net_loss{suffix}", "reason.not_in_sources")
