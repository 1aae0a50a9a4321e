"""From revenue to the losses, by hand."""

from decimal import Decimal

from ipo_data.analysis.loss_bridge import bridge, later_gaps, on_basis
from ipo_data.analysis.points import State
from ipo_data.dataset import Dataset
from tests.builders import make_claim, make_dataset

MILLION = Decimal(10) ** 6


def line(metric: str, says: str, period: str = "9M2025", **changes: str):
    return make_claim(metric, f"{says}m USD", period=period, **changes)


STATEMENT = (
    line("revenue", "100.0"), line("cost_of_sales", "60.0"), line("research_and_development", "90.0"),
    line("selling_and_marketing", "20.0"), line("administrative_expense", "10.0"), line("other_income", "5.0"),
    line("adjustment", "3.0", component="share_based"), line("adjustment", "0.0", component="listing_expenses"),
    line("adjusted_net_loss", "72.0"), line("fair_value_loss", "40.0"), line("net_loss", "115.0"),
)  # fmt: skip
# 100 − 60 − 90 − 20 − 10 + 5 = −75; without 3 of share-based pay −72; −72 − 3 − 40 = −115


def steps(dataset: Dataset) -> list[tuple[str, str, int]]:
    found = bridge(dataset, "minimax")
    assert found is not None
    return [(s.point.measure, in_millions(s.point.value), s.sign) for s in found.steps]


def in_millions(value: Decimal | None) -> str:
    return "" if value is None else f"{value / MILLION:f}".rstrip("0").rstrip(".")


def test_stated_lines_reach_both_losses():
    dataset = make_dataset(*STATEMENT)
    found = bridge(dataset, "minimax")
    assert found is not None
    assert found.closes
    assert steps(dataset) == [
        ("revenue", "100", 1), ("cost_of_sales", "60", -1), ("research_and_development", "90", -1),
        ("selling_and_marketing", "20", -1), ("administrative_expense", "10", -1), ("other_income", "5", 1),
        ("left_out_of_adjusted", "3", 1), ("adjusted_net_loss", "72", -1), ("adjustment", "3", -1),
        ("fair_value_loss", "40", -1), ("net_loss", "115", -1),
    ]  # fmt: skip


def test_what_the_lines_leave_open_is_a_step_of_its_own():
    dataset = make_dataset(line("revenue", "100.0"), line("net_loss", "115.0"))
    # 100 + 115 = 215 of costs that nobody itemises
    assert steps(dataset) == [
        ("revenue", "100", 1), ("not_itemised", "215", -1), ("net_loss", "115", -1), ("adjusted_net_loss", "", -1),
    ]  # fmt: skip
    found = bridge(dataset, "minimax")
    assert found is not None
    assert not found.closes
    assert found.steps[-1].point.state is State.NOT_DISCLOSED


def test_a_gap_between_the_losses_is_named():
    dataset = make_dataset(*(c for c in STATEMENT if c.metric != "fair_value_loss"))
    # −72 − 3 = −75 against −115
    assert ("not_reconciled", "40", -1) in steps(dataset)


def test_what_rounding_explains_is_no_gap():
    dataset = make_dataset(*(c for c in STATEMENT if c.metric != "net_loss"), line("net_loss", "115.2"))
    # −72 − 3 − 40 and 115.2: each of the four may be off by 0.05, so 0.2 is nothing
    assert not [name for name, _, _ in steps(dataset) if name == "not_reconciled"]


def test_cost_and_research_follow_from_stated_ratios():
    dataset = make_dataset(
        line("revenue", "100.0"), make_claim("gross_margin", "40%", period="9M2025"),
        make_claim("research_to_revenue", "1.5x", period="9M2025"), line("adjusted_net_loss", "150.0"),
    )  # fmt: skip
    # 100 × (1 − 0.4) = 60; 1.5 × 100 = 150; 100 − 60 − 150 = −110, so 40 is open
    assert steps(dataset) == [
        ("revenue", "100", 1), ("cost_of_sales", "60", -1), ("research_and_development", "150", -1),
        ("not_itemised", "40", -1), ("adjusted_net_loss", "150", -1), ("net_loss", "", -1),
    ]  # fmt: skip


def test_a_period_that_closes_is_preferred_and_later_ones_are_named():
    later = (line("revenue", "150.0", "FY2025"), line("adjusted_net_loss", "90.0", "FY2025"))
    dataset = make_dataset(*STATEMENT, *later, line("net_loss", "400.0", "FY2025"))
    found = bridge(dataset, "minimax")
    assert found is not None
    assert found.period.label == "9M2025"
    gap = later_gaps(dataset, found)[0]
    assert (gap.value, gap.formula) == (310 * MILLION, "400 − 90")


def test_no_bridge_without_revenue_or_a_loss():
    assert bridge(make_dataset(line("revenue", "100.0")), "minimax") is None
    assert bridge(make_dataset(line("net_loss", "115.0")), "minimax") is None


# --- other bases ------------------------------------------------------------------------------------------------------

YEAR_BEFORE = (
    line("revenue", "80.0", "FY2024"), line("revenue", "50.0", "9M2024"),
    line("cost_of_sales", "48.0", "FY2024"), line("cost_of_sales", "30.0", "9M2024"),
    line("research_and_development", "70.0", "FY2024"), line("research_and_development", "40.0", "9M2024"),
    line("net_loss", "38.0", "FY2024"), line("net_loss", "20.0", "9M2024"),
)  # fmt: skip
PART = (
    line("revenue", "100.0"), line("cost_of_sales", "60.0"), line("research_and_development", "90.0"),
    line("net_loss", "50.0"),
)  # fmt: skip


def on(dataset: Dataset, basis: str) -> tuple[list[tuple[str, str]], str]:
    """Return the lines of the bridge of nine months on a basis, and the reason why it cannot stand on it."""
    found = bridge(dataset, "minimax")
    assert found is not None
    shown, gap = on_basis(dataset, found, basis)
    assert shown.period.label == "9M2025"
    return [(s.point.measure, in_millions(s.point.value)) for s in shown.steps], gap.reason if gap else ""


def test_every_line_is_put_on_the_basis():
    dataset = make_dataset(*PART, *YEAR_BEFORE)
    unstated = ("adjusted_net_loss", "")

    # 80 + 100 − 50 = 130; 48 + 60 − 30 = 78; 70 + 90 − 40 = 120; 38 + 50 − 20 = 68; and 130 − 78 − 120 = −68
    assert on(dataset, "ltm") == ([
        ("revenue_ltm", "130"), ("cost_of_sales_ltm", "78"), ("research_and_development_ltm", "120"),
        ("net_loss_ltm", "68"), unstated,
    ], "")  # fmt: skip
    # 90 × 12 ÷ 9 = 120; 60 × 12 ÷ 9 = 80
    annualised, _ = on(dataset, "annualised")
    assert annualised[1:3] == [("cost_of_sales_annualised", "80"), ("research_and_development_annualised", "120")]
    # 90 ÷ 9 = 10
    monthly, _ = on(dataset, "month")
    assert monthly[2] == ("research_and_development_per_month", "10")
    assert monthly[-1] == unstated


def test_a_line_without_twelve_months_leaves_the_whole_bridge_as_reported():
    dataset = make_dataset(*PART, *[c for c in YEAR_BEFORE if c.metric != "cost_of_sales"])

    assert on(dataset, "ltm") == (on(dataset, "reported")[0], "reason.no_full_year")


ADJUSTED = (
    line("adjusted_net_loss", "47.0"), line("adjusted_net_loss", "35.0", "FY2024"),
    line("adjusted_net_loss", "18.0", "9M2024"), line("adjustment", "3.0", component="share_based"),
    line("adjustment", "3.0", "FY2024", component="share_based"),
    line("adjustment", "2.0", "9M2024", component="share_based"),
)  # fmt: skip


def test_a_line_of_the_year_that_the_part_does_not_state_is_not_taken_for_nothing():
    dataset = make_dataset(*PART, *YEAR_BEFORE, *ADJUSTED, line("finance_costs", "1.0", "FY2024"))

    assert on(dataset, "ltm") == (on(dataset, "reported")[0], "reason.not_in_sources")


def test_costs_left_out_are_added_up_over_twelve_months_too():
    lines, _ = on(make_dataset(*PART, *YEAR_BEFORE, *ADJUSTED), "ltm")

    # 3 + 3 − 2 = 4 and 35 + 47 − 18 = 64; 64 + 4 = 68
    assert lines[3:] == [
        ("left_out_of_adjusted_ltm", "4"), ("adjusted_net_loss_ltm", "64"), ("adjustment_ltm", "4"),
        ("net_loss_ltm", "68"),
    ]  # fmt: skip


def test_a_full_year_is_its_own_twelve_months():
    dataset = make_dataset(line("revenue", "80.0", "FY2024"), line("net_loss", "38.0", "FY2024"))
    found = bridge(dataset, "minimax")
    assert found is not None

    assert on_basis(dataset, found, "ltm") == (found, None)
