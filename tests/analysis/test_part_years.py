"""What a part of a year leaves and promises, and how far such promises were off, by hand."""

from decimal import Decimal

from ipo_data.analysis.part_years import (
    backtests,
    cross_length_growth,
    estimates,
    pace_change,
    parts_of_years,
    prior_by_segments,
    rest_of_year,
)
from ipo_data.analysis.points import State
from tests.analysis.figures import Korai, revenue_of_korai, simple
from tests.builders import make_claim, make_company, make_dataset

KORAI_2026 = revenue_of_korai().says("revenue", "12.5bn KRW", period="FY2026")


def test_parts_of_the_third_company_fit_its_year():
    parts = parts_of_years(revenue_of_korai().dataset(), "korai")
    assert [p.period.label for p in parts] == ["9M2025", "9M2026"]
    assert parts[1].annualised.value == 12_000_000_000


def test_what_is_left_of_a_year():
    # FY2025 10.0 − 9M2025 6.0 = 4.0bn won, January to March 2025, 40 % of the year
    money, share = rest_of_year(revenue_of_korai().dataset(), "korai")
    assert (money.value, share.value) == (4_000_000_000, 40)
    assert (money.when.label, share.formula) == ("2025-01-01..2025-03-31", "1 − 6000 ÷ 10000")  # type: ignore[union-attr]
    # the share uses the year once: 1 − 6.05 ÷ 9.95 to 1 − 5.95 ÷ 10.05
    assert share.interval is not None
    assert (round(share.interval.low, 3), round(share.interval.high, 3)) == (Decimal("39.196"), Decimal("40.796"))


def test_growth_that_persists_and_its_mean_with_annualising():
    # 10.0 × 9.0 ÷ 6.0 = 15bn; √(12 × 15) = 13.416bn
    persisting, mean = estimates(revenue_of_korai().dataset(), "korai")
    assert (persisting.measure, persisting.value) == ("revenue_persisting", 15_000_000_000)
    assert (mean.measure, round(mean.value or 0, -6)) == ("revenue_geometric", 13_416_000_000)
    assert estimates(KORAI_2026.dataset(), "korai") == []  # a full year needs no estimate
    assert estimates(Korai().dataset(), "korai") == []


def test_without_growth_there_is_only_annualising():
    dataset = make_dataset(make_claim(says="30m USD", period="FY2024"), make_claim(says="50m USD"))
    assert estimates(dataset, "minimax") == []
    assert backtests(dataset, "minimax") == []


def test_the_estimates_are_held_against_the_year():
    # 9M2026 9.0 × 12 ÷ 9 = 12.0 (−4 %), 10.0 × 9.0 ÷ 6.0 = 15.0 (+20 %), √180 = 13.416 (+7.33 %), year 12.5
    # 9M2025 6.0 × 12 ÷ 9 = 8.0 against 10.0: −20 %, and nothing to compare its growth with
    found = {(p.when.label, p.measure): round(p.value or 0, 2) for p in backtests(KORAI_2026.dataset(), "korai")}  # type: ignore[union-attr]
    assert found == {
        ("9M2025", "backtest_annualised"): -20,
        ("9M2026", "backtest_annualised"): -4,
        ("9M2026", "backtest_persisting"): 20,
        ("9M2026", "backtest_geometric"): Decimal("7.33"),
    }


def test_growth_across_lengths_uses_the_middles_of_the_periods():
    # (9.0 ÷ 9) ÷ (10.0 ÷ 12) = 1.2 over 10.5 months: 1.2^(12 ÷ 10.5) − 1 = 23.17 % a year
    point = cross_length_growth(revenue_of_korai().dataset(), "korai")[0]
    assert round(point.value or 0, 2) == Decimal("23.17")
    assert point.formula == "(9000 ÷ 9 ÷ (10000 ÷ 12))^(1/0.875) − 1"
    assert cross_length_growth(KORAI_2026.dataset(), "korai") == []
    assert cross_length_growth(Korai().says("revenue", "1bn KRW", period="H1-2026").dataset(), "korai") == []


def test_the_pace_of_a_product_against_the_year_before():
    # 35.1 % × 53.437 ÷ 9 against 63.7 % × 30.52 ÷ 12: +28.64 %
    figures = simple(
        make_claim(says="30.52m USD", period="FY2024"), make_claim(says="53.437m USD"),
        make_claim("revenue_share", "63.7%", period="FY2024", product="talkie"),
        make_claim("revenue_share", "35.1%", period="9M2025", product="talkie"),
    )  # fmt: skip
    assert round(figures.value("minimax", "pace_change", "9M2025", product="talkie"), 2) == Decimal("28.64")


def test_the_pace_stops_at_nothing_next_to_nothing_and_changes_of_definition():
    company = make_company(breaks=[{"metric": "revenue", "axis": "segment", "starts": "9M2025", "because": "new"}])
    products = [("none", "0m USD"), ("hardly", "0.1m USD"), ("some", "1.0m USD")]
    claims = [make_claim(says=says, period="FY2024", product=name) for name, says in products]
    claims += [make_claim(says="9.0m USD", product=name) for name, _ in products]
    claims += [make_claim(says="1.0m USD", period="FY2024", segment="b_end"), make_claim(segment="b_end")]
    found = {
        p.dimensions["product"]: (p.state, p.value)
        for p in pace_change(make_dataset(*claims, companies=[company]), "minimax")
    }
    assert found == {
        "none": (State.NOT_MEANINGFUL, None), "hardly": (State.NOT_MEANINGFUL, None), "some": (State.DERIVED, 1100),
    }  # fmt: skip


def two_segments(total: str = "174.7%", c_end: str = "181%", b_end: str = "160%", share: str = "28.9%"):
    return make_dataset(
        make_claim(says="53.437m USD"), make_claim("revenue_growth", total, period="9M2025"),
        make_claim("revenue_growth", c_end, period="9M2025", segment="c_end"),
        make_claim("revenue_growth", b_end, period="9M2025", segment="b_end"),
        make_claim("revenue_share", "71.1%", period="9M2025", segment="c_end"),
        make_claim("revenue_share", share, period="9M2025", segment="b_end"),
    )  # fmt: skip


def test_segments_imply_the_prior_period_and_their_weights_in_it():
    # 37.9937 ÷ 2.81 + 15.4433 ÷ 2.60 = 19.4606; (181 − 174.7) ÷ (181 − 160) = 30 %
    level, weight = prior_by_segments(two_segments(), "minimax")
    assert round(level.value or 0, -2) == 19_460_600
    assert (weight.value, weight.dimensions) == (30, {"segment": "b_end"})
    # from (180.5 − 174.75) ÷ (180.5 − 159.5) to (181.5 − 174.65) ÷ (181.5 − 160.5)
    assert weight.interval is not None
    assert (round(weight.interval.low, 2), round(weight.interval.high, 2)) == (Decimal("27.38"), Decimal("32.62"))


def test_weights_need_a_total_between_the_two_and_the_whole_of_revenue():
    assert [p.measure for p in prior_by_segments(two_segments(total="190%"), "minimax")] == [
        "revenue_implied_prior_by_segments"
    ]
    assert [p.measure for p in prior_by_segments(two_segments(share="18.9%"), "minimax")] == ["prior_weight_implied"]
    assert prior_by_segments(two_segments(c_end="-100%"), "minimax") == []
