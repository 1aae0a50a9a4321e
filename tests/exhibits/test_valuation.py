"""Valuation: value over time, multiples, steps, targets."""

import pytest

from ipo_data.exhibits import valuation
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import View
from tests.builders import make_rate, make_source
from tests.charts.drawing import traces
from tests.exhibits.library import drawn, words_in_figure
from tests.exhibits.small import MINIMAX, minimax, small, table_of, zhipu

RATES = (
    make_rate(rate="7.0"),
    make_rate(base="USD", quote="HKD", rate="7.80", method="convention", **{"from": None}),
)
FIRST, LAST = "2026-01-09", "2026-01-12"
CAPS = (
    minimax("market_cap", "100bn HKD", FIRST, moment="close"),
    minimax("market_cap", "78bn HKD", LAST, moment="close"),
    zhipu("market_cap", "70bn HKD", LAST, moment="close"),
)
BOOKS = (
    minimax("revenue", "40m USD", "FY2024"),
    minimax("post_money_valuation", "4000m USD", "2025-08-19", round="pre_b"),
    zhipu("revenue", "312.4m CNY", "FY2024"),
)
GAP = "not disclosed in these sources"


def context(*claims):
    return small(*claims, rates=RATES)


def test_value_is_shown_over_time_in_one_currency() -> None:
    exhibit = valuation.value_path(context(*CAPS, *BOOKS))

    # 78 ÷ 7.80 = 10; 70 ÷ 7.80 = 8.974
    assert exhibit.title == "Latest market value (12 Jan 2026): Minimax US$10.0bn and Zhipu US$9.0bn"
    assert [trace["x"] for trace in traces(exhibit.figure)] == [["2025-08-19", FIRST, LAST], [LAST]]


def test_a_value_that_is_not_one_at_the_close_says_so() -> None:
    listed = (
        zhipu("offer_price", "116.20 HKD"), zhipu("listed", "2026-01-08"),
        zhipu("shares_in_issue", "440230190 shares", "2026-01-08", stage="at_listing"),
    )  # fmt: skip

    # 116.20 × 440.23019m = HK$51,154.7m; ÷ 7.80 = US$6,558.3m
    assert valuation.value_path(context(BOOKS[1], *listed)).title == (
        "Latest market value: Minimax US$4.000bn (after a funding round, 19 Aug 2025) and "
        "Zhipu US$6.558bn (at the offer price, 8 Jan 2026)"
    )


def test_an_open_ended_value_is_not_a_level() -> None:
    exhibit = valuation.value_path(context(minimax("market_cap", ">100bn HKD", FIRST, moment="close")))

    assert exhibit.title == "Value over time"
    assert exhibit.points == ()


def test_multiples_are_struck_on_days_that_all_firms_share() -> None:
    exhibit = valuation.multiples(context(*CAPS, *BOOKS))
    minimax_rows = [row for row in table_of(valuation.multiples, context(*CAPS, *BOOKS)) if row[2] == "250×"]

    # 78bn ÷ 7.80 = US$10bn; ÷ 40m = 250; Zhipu 70bn ÷ 7.80 × 7 = RMB 62.82bn; ÷ 312.4m = 201
    assert {point.when.text for point in exhibit.points} == {LAST}  # type: ignore[union-attr]
    assert len(minimax_rows) == 3  # a full year is its own twelve months and its own annual rate
    assert exhibit.title == (
        "Market value over twelve months' revenue: Minimax 250× (12 Jan 2026); Zhipu 201× (12 Jan 2026)"
    )


def test_a_multiple_that_moved_names_both_days() -> None:
    alone = small(*CAPS[:2], *BOOKS[:1], rates=RATES, companies=(MINIMAX,))

    # 100bn ÷ 7.80 ÷ 40m = 320.5
    assert valuation.multiples(alone).title == (
        "Market value over twelve months' revenue: Minimax 321× (9 Jan 2026), 250× (12 Jan 2026)"
    )


def test_revenue_published_after_the_day_does_not_count() -> None:
    late = minimax("revenue", "80m USD", "FY2025", source="results")
    evidence = small(
        *CAPS[:2], *BOOKS[:1], late, rates=RATES, companies=(MINIMAX,),
        sources=[make_source("results", published="2026-03-02", kind="results")],
    )  # fmt: skip

    points = valuation.multiples(evidence).points

    last = [float(point.value or 0) for point in points if point.when.text == LAST]  # type: ignore[union-attr]
    assert last == pytest.approx([250.0, 250.0, 250.0], rel=1e-3)  # not 125 on the 80m published in March


def test_a_market_value_without_a_rate_has_no_multiple_and_says_why() -> None:
    exhibit = valuation.multiples(small(*CAPS, *BOOKS))

    assert exhibit.title == "Multiples of revenue"
    assert {point.reason for point in exhibit.points} == {"reason.no_rate"}
    assert words_in_figure(exhibit) == ["Nothing to draw: these sources do not hold the figures for it"]


def test_the_step_is_from_the_last_round_to_the_market() -> None:
    exhibit = valuation.steps(context(*CAPS, *BOOKS))

    # US$10bn ÷ US$4bn
    assert exhibit.title == "Market value over the last round before listing (12 Jan 2026): Minimax 2.50×"


def test_a_target_implies_revenue() -> None:
    evidence = context(
        zhipu("target_market_cap", "53.9bn HKD", broker="citic", kind="target"),
        zhipu("target_price_to_sales", "30x", "FY2026", broker="citic", kind="target"),
    )
    exhibit = valuation.targets(evidence)

    # 53.9bn ÷ 30 = 1,796.67m
    assert exhibit.title == "The target of citic for Zhipu implies revenue of HK$1.80bn in FY2026"
    assert exhibit.table["Status"].tolist() == ["forecast", "forecast", "derived", GAP]
    assert exhibit.figure is None


def test_no_target_is_neutral() -> None:
    assert valuation.targets(context(*CAPS)).title == "Targets and forecasts"


def test_the_ladder_begins_at_the_offer_price() -> None:
    exhibit = valuation.multiples(context(
        minimax("revenue", "100.0m USD", "FY2025"), minimax("offer_price", "78.00 HKD"), minimax("listed", FIRST),
        minimax("shares_in_issue", "100000000 shares", FIRST, stage="at_listing"), CAPS[0],
    ))  # fmt: skip

    # 78 × 100m = HK$7.8bn = US$1bn ÷ 100m = 10; at the close 100bn ÷ 7.8 ÷ 100m = 128.2
    assert exhibit.title == (
        "Market value over twelve months' revenue: Minimax 10.0× at the offer price, 128× (9 Jan 2026)"
    )
    assert exhibit.points[0].dimensions == {"moment": "offer"}


def test_two_companies_stand_on_one_line_with_their_names_and_one_alone_has_its_own_rows() -> None:
    both = context(*CAPS, *BOOKS)
    alone = Context(both.dataset, View(companies=("minimax",)))
    phone = Context(both.dataset, View(narrow=True))

    rows, own = (drawn(valuation.multiples(shown))["layout"]["yaxis"]["ticktext"] for shown in (both, alone))

    assert "12 Jan 2026 · over the last full year" in rows
    assert "<b>Zhipu 201×</b>" in words_in_figure(valuation.multiples(both))
    assert own[-1] == "<b>Minimax</b>"  # the name once above its rows
    assert "<b>201×</b>" in words_in_figure(valuation.multiples(phone))  # no room for names beside the dots
