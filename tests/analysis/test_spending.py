"""Spending per unit of revenue, by hand."""

from ipo_data.analysis.spending import like_for_like, spending
from ipo_data.periods import Period
from tests.builders import make_claim, make_dataset

NINE_MONTHS = Period.parse("9M2025")


def line(metric: str, says: str, period: str = "9M2025", **changes: str):
    return make_claim(metric, f"{says}m USD", period=period, **changes)


LINES = (
    line("revenue", "100.0"), line("cost_of_sales", "60.0"), line("research_and_development", "90.0"),
    line("selling_and_marketing", "20.0"),
)  # fmt: skip


def ratios(*claims) -> dict[str, float]:
    return {p.measure: round(float(p.value or 0), 4) for p in spending(make_dataset(*claims), "minimax", NINE_MONTHS)}


def test_computing_is_taken_apart_where_it_is_stated():
    found = ratios(
        *LINES, line("cost_of_sales", "45.0", component="cloud_inference"),
        line("research_and_development", "70.0", component="cloud_training"),
    )  # fmt: skip
    assert found == {
        "cost_compute_to_revenue": 0.45, "cost_other_to_revenue": 0.15,  # (60 − 45) ÷ 100
        "research_compute_to_revenue": 0.7, "research_other_to_revenue": 0.2,
        "marketing_to_revenue_whole": 0.2, "spend_to_revenue": 1.7,  # (60 + 90 + 20) ÷ 100
    }  # fmt: skip


def test_a_line_stays_whole_where_computing_is_not_stated():
    assert ratios(*LINES) == {
        "cost_to_revenue_whole": 0.6, "research_to_revenue_whole": 0.9, "marketing_to_revenue_whole": 0.2,
        "spend_to_revenue": 1.7,
    }  # fmt: skip


def test_two_lines_are_too_few_for_a_sum():
    assert ratios(*LINES[:3]) == {}


def test_no_ratio_to_revenue_that_is_missing_or_zero():
    assert ratios(*LINES[1:]) == {}
    assert ratios(line("revenue", "0.0"), *LINES[1:]) == {}


def test_the_same_months_a_year_before_stand_beside_the_latest():
    earlier = [line(c.metric, "50.0", "9M2024") for c in LINES]
    year = [line(c.metric, "80.0", "FY2024") for c in LINES]
    found = like_for_like(make_dataset(*LINES, *earlier, *year), "minimax")
    assert [p.label for p in found] == ["9M2024", "9M2025"]
    assert like_for_like(make_dataset(LINES[0]), "minimax") == []
