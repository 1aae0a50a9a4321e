"""Twelve months over time, the running year as a range, and by how much both methods missed."""

import pytest

from ipo_data.exhibits import growth_ahead
from ipo_data.exhibits.model import View
from tests.builders import make_rate
from tests.charts.drawing import traces
from tests.exhibits.library import Library, words_in_figure
from tests.exhibits.small import MINIMAX, minimax, small, table_of, zhipu

RATE = make_rate(rate="7.0")
NINE = (
    minimax("revenue", "30.52m USD", "FY2024"), minimax("revenue", "53.437m USD", "9M2025"),
    minimax("revenue_growth", "174.7%", "9M2025"),
)  # fmt: skip
YEAR = minimax("revenue", "79.04m USD", "FY2025")


# --- twelve months over time ------------------------------------------------------------------------------------------


def test_full_years_and_twelve_months_are_joined() -> None:
    exhibit = growth_ahead.ltm_path(small(*NINE, companies=(MINIMAX,)))

    joined = traces(exhibit.figure, "lines+markers")[0]
    assert [round(value / 1e6, 2) for value in joined["y"]] == [30.52, 64.5]  # 30.52 + 53.437 − 53.437 ÷ 2.747
    assert exhibit.title == (
        "Revenue over twelve months (FY2024 to 12 months to Sep 2025): Minimax from US$30.52m to US$64.50m"
    )


def test_paths_are_told_from_a_window_on_that_all_firms_have(library: Library) -> None:
    title = library.exhibit(View(), "growth", "ltm-path").title

    # MiniMax had no revenue in FY2022, so that Zhipu's path is told from FY2023 as well
    assert title == (
        "Revenue over twelve months (FY2023 to 12 months to Jun 2026): "
        "MiniMax from US$3.460m to US$165.2m; Zhipu from US$17.65m to US$210.8m"
    )


def test_one_twelve_months_is_no_path() -> None:
    assert growth_ahead.ltm_path(small(NINE[0], companies=(MINIMAX,))).title == "Revenue over twelve months"
    assert growth_ahead.ltm_path(small()).points[0].reason == "reason.no_revenue"


# --- the running year -------------------------------------------------------------------------------------------------


def test_the_running_year_is_a_range_between_two_named_methods() -> None:
    exhibit = growth_ahead.year_range(small(*NINE, companies=(MINIMAX,)))

    # 53.437 × 12 ÷ 9 = 71.249; 30.52 × 2.747 = 83.838; √(71.249 × 83.838) = 77.287
    assert exhibit.title == "The running year by two methods (from 9M 2025): Minimax US$71.25m to US$83.84m"
    assert exhibit.table["Figure"].tolist() == ["US$71.25m", "US$83.84m", "US$77.29m"]
    assert {"annualised <b>US$71.25m</b>", "growth persists <b>US$83.84m</b>"} <= set(words_in_figure(exhibit))
    assert "a range, not a forecast" in exhibit.subtitle


def test_a_known_year_has_nothing_to_extend() -> None:
    exhibit = growth_ahead.year_range(small(*NINE, YEAR, companies=(MINIMAX,)))

    assert exhibit.points[0].reason == "reason.year_is_known"
    assert exhibit.title == "What the latest part of a year says about the year"


def test_without_growth_only_annualising_is_left_and_no_range_is_claimed() -> None:
    exhibit = growth_ahead.year_range(small(*NINE[:2], companies=(MINIMAX,)))

    assert exhibit.table["Figure"].tolist() == ["US$71.25m"]
    assert exhibit.title == "What the latest part of a year says about the year"


def test_ranges_of_two_firms_share_one_currency() -> None:
    context = small(
        *NINE, zhipu("revenue", "70m CNY", "H1-2025"), rates=(RATE,), view=View(currency="CNY", rates="articles")
    )

    assert {point.unit for point in growth_ahead.year_range(context).points} == {"CNY"}


# --- the back-test ----------------------------------------------------------------------------------------------------


def test_both_methods_are_set_against_the_year_known_since() -> None:
    exhibit = growth_ahead.back_test(small(*NINE, YEAR, companies=(MINIMAX,)))

    # 71.249 ÷ 79.04 − 1 = −9.86 %; 83.838 ÷ 79.04 − 1 = +6.07 %; 77.287 ÷ 79.04 − 1 = −2.22 %
    found = {(row[1], row[2]) for row in table_of(growth_ahead.back_test, small(*NINE, YEAR, companies=(MINIMAX,)))}
    assert {("9M 2025", "(9.9%)"), ("9M 2025", "6.1%"), ("9M 2025", "(2.2%)")} <= found
    assert exhibit.title.endswith(": Minimax by −9.9% annualised and +6.1% if growth persists (from 9M 2025)")
    assert "the year as reported" in words_in_figure(exhibit)


@pytest.mark.parametrize("claims", [(), NINE[:2]])
def test_no_known_year_is_named(claims: tuple) -> None:
    exhibit = growth_ahead.back_test(small(*claims, companies=(MINIMAX,)))

    assert [point.reason for point in exhibit.points] == ["reason.no_known_year"]
    assert exhibit.title == "By how much the two methods missed"
