"""Reading a run: crossings, dates, break-even and the monthly frame."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from ipo_data.analysis.runway_model import (
    break_even_months,
    cash_out_date,
    funding_need,
    monthly_frame,
    runway,
    runway_months,
    runway_result,
    simulate,
)
from ipo_data.analysis.runway_model.results import month_end
from tests.analysis.runway_model.examples import ALL_LIQUIDITY, bare, growing, minimax

INFINITE = float("inf")


def path(opening, flows):
    """Liquidity and flows of one path without funding."""
    flow = np.array([flows], dtype=np.float64)
    return np.concatenate([[[opening]], opening + np.cumsum(flow, axis=1)], axis=1), flow


def months(opening, flows, minimum=0.0):
    return float(runway_months(*path(opening, flows), np.array([minimum]))[0])


class TestRunwayMonths:
    @pytest.mark.parametrize(
        ("step", "expected"),
        # burn b - d t: k whole months cost k b - d k (k - 1) / 2, the rest of the last month is linear
        [(0.1, 40.3431), (0.2, 44.4084), (0.3, 51.4603), (0.37, 65.5974), (-0.25, 32.8189)],
    )
    def test_linear_burn(self, step, expected):
        month = np.arange(120)
        whole = int(np.argmax((month + 1) * 27.9 - step * (month + 1) * month / 2 > ALL_LIQUIDITY))
        spent = whole * 27.9 - step * whole * (whole - 1) / 2
        by_hand = whole + (ALL_LIQUIDITY - spent) / (27.9 - step * whole)
        simulated = months(ALL_LIQUIDITY, -27.9 + step * month)
        assert simulated == pytest.approx(by_hand, abs=1e-6)
        assert simulated == pytest.approx(expected, abs=5e-5)

    def test_linear_burn_that_ends_in_time(self):
        # (27.9 + .19)^2 = 789.05 < 2 * .38 * 1046.2 = 795.11: the burn is gone before the money is
        assert months(ALL_LIQUIDITY, -27.9 + 0.38 * np.arange(120)) == INFINITE

    def test_first_crossing_counts(self):
        # 10 - 4 - 8 < 0 in the second month at (10 - 4) / 8 = .75; the 20 that follow come too late
        assert months(10.0, [-4.0, -8.0, 20.0, -1.0]) == pytest.approx(1.75)

    def test_touching_the_minimum_is_not_running_out(self):
        assert months(10.0, [-10.0, 0.0, 0.0]) == INFINITE
        assert months(10.0, [-10.0, 0.0, -1.0]) == 2.0

    def test_minimum_moves_the_crossing(self):
        # 10 - 4 = 6 to spend above the minimum of 4; 3 a month: 2 months
        assert months(10.0, [-3.0, -3.0, -3.0], minimum=4.0) == pytest.approx(2.0)

    def test_each_path_has_its_own_answer(self):
        first, second = path(10.0, [-4.0, -4.0, -4.0]), path(10.0, [-1.0, -1.0, -1.0])
        liquidity, flow = (np.concatenate(pair) for pair in zip(first, second, strict=True))
        assert runway_months(liquidity, flow, np.zeros(2)).tolist() == [2.5, INFINITE]

    def test_hardly_any_burn_does_not_overflow(self):
        # below the minimum before and after, by a burn of the smallest number there is
        tiny = np.finfo(np.float64).tiny
        assert months(20.0, [-tiny], minimum=21.0) == 0.0
        assert months(21.0 - 1e-9, [-tiny], minimum=21.0) == 0.0

    def test_short_from_the_start_is_zero_even_with_an_inflow(self):
        # below the minimum before and after the month, although the month brings money
        assert months(1.0, [2.0, -5.0], minimum=5.0) == 0.0


class TestBreakEven:
    @pytest.mark.parametrize(
        ("flows", "expected"),
        [
            ([-1, 0, 0, 0, -1], 1.0),  # zero is enough
            ([-1, 1, 1, -1, 1, 1, 1], 4.0),  # two months in a row are not
            ([1, 1, 1, -9, -9], 0.0),  # it may be lost again
            ([-1, -1, -1, 1, 1], INFINITE),  # the horizon ends too early to tell
            ([1, 1], INFINITE),
        ],
    )
    def test_needs_three_months_in_a_row(self, flows, expected):
        assert break_even_months(np.array([flows], dtype=np.float64)).tolist() == [expected]

    def test_hold_can_be_chosen(self):
        assert break_even_months(np.array([[-1.0, 1.0, -1.0]]), hold=1).tolist() == [1.0]


class TestFundingNeed:
    def test_is_the_deepest_shortfall(self):
        liquidity, _ = path(10.0, [-4.0, -8.0, 20.0])
        assert funding_need(liquidity, np.zeros(1)).tolist() == [2.0]
        assert funding_need(liquidity, np.array([5.0])).tolist() == [7.0]

    def test_counts_only_the_months_asked_for(self):
        liquidity, _ = path(10.0, [-4.0, -8.0])
        assert funding_need(liquidity, np.zeros(1), 1).tolist() == [0.0]
        assert funding_need(liquidity, np.zeros(1), 2).tolist() == [2.0]

    @pytest.mark.parametrize("months", [-1, 3])
    def test_months_beyond_the_run_are_refused(self, months):
        liquidity, _ = path(10.0, [-4.0, -8.0])
        with pytest.raises(ValueError, match="months must lie between 0 and 2"):
            funding_need(liquidity, np.zeros(1), months)

    def test_that_much_money_just_suffices(self):
        need = runway(bare(horizon=60)).funding_need
        assert need == pytest.approx(60 * 27.9 - 1046.2)  # 627.8
        assert runway(bare(horizon=60, funding=[(0, need + 1e-9)])).beyond_horizon


class TestCashOutDate:
    @pytest.mark.parametrize(
        ("months", "expected"),
        [
            (37.4982, date(2028, 11, 15)),  # 31 Oct 2028 + .4982 * 30 days = 14.9
            (53.2258, date(2030, 3, 7)),  # 28 Feb 2030 + .2258 * 31 days = 7.0
            (62.9554, date(2030, 12, 30)),  # 30 Nov 2030 + .9554 * 31 days = 29.6
            (0.0, date(2025, 9, 30)),
            (5.0, date(2026, 2, 28)),
            (4.5, date(2026, 2, 14)),  # 31 Jan + .5 * 28 days
        ],
    )
    def test_fraction_is_days_of_the_month_it_ends_in(self, months, expected):
        assert cash_out_date(date(2025, 9, 30), months) == expected

    def test_no_date_without_an_end(self):
        assert cash_out_date(date(2025, 9, 30), INFINITE) is None

    @pytest.mark.parametrize(
        ("start", "months", "expected"),
        [
            (date(2025, 10, 31), 1, date(2025, 11, 30)),
            (date(2023, 12, 31), 2, date(2024, 2, 29)),
            (date(2024, 2, 29), 12, date(2025, 2, 28)),
            (date(2025, 9, 30), 3, date(2025, 12, 31)),
        ],
    )
    def test_month_ends_stay_month_ends(self, start, months, expected):
        assert month_end(start, months) == expected


class TestSummary:
    def test_reads_as_the_prospectus_counts(self):
        result = runway(bare())
        assert result.whole_months == 37  # complete months funded: 37.498 rounded down
        assert result.cash_out_date == date(2028, 11, 15)
        assert result.horizon == 120
        assert not result.beyond_horizon
        assert result.break_even_month is None

    def test_beyond_the_horizon_has_no_number(self):
        result = runway(bare(horizon=37))
        assert result.beyond_horizon
        assert result.whole_months is None
        assert result.cash_out_date is None
        assert result.funding_need == 0

    def test_lowest_point(self):
        # 100 - 3 * 10 = 70 at the end of month 2, then 50 arrive
        result = runway(bare(100.0, 10.0, horizon=4, funding=[(3, 50.0)]))
        assert (result.lowest_liquidity, result.lowest_month) == (70.0, 3)

    def test_summary_is_of_the_first_path(self):
        projection = simulate(bare(), paths=2, overrides={"liquidity.cash": np.array([1046.2, 1006.8])})
        assert runway_result(projection).months == pytest.approx(37.498208, abs=1e-6)


class TestMonthlyFrame:
    def test_columns(self):
        assert list(monthly_frame(minimax())) == [
            "month",
            "date",
            "revenue_c_end",
            "revenue_b_end",
            "revenue",
            "cost_of_sales",
            "research_and_development",
            "operating_expenses",
            "capex",
            "leases",
            "working_capital",
            "interest",
            "funding",
            "free_cash_flow",
            "liquidity",
            "facility_drawn",
        ]

    def test_months_and_dates(self):
        frame = monthly_frame(minimax())
        assert frame["month"].tolist() == list(range(120))
        assert frame["date"].iloc[0] == pd.Timestamp("2025-10-31")
        assert frame["date"].iloc[-1] == pd.Timestamp("2035-09-30")

    def test_first_month_adds_up_by_hand(self):
        # margin of the first month: 5.812 * .0456 + 2.310 * .694 = 1.868167; fixed costs
        # 27.9 + 1.868167 - 20.009 - .21 - .8122 = 8.736967; 8.122 - 6.253833 - 20.009 - 9.549167 - .21 = -27.9
        first = monthly_frame(minimax(offer=True)).iloc[0]
        assert first["revenue"] == pytest.approx(8.122)
        assert first["cost_of_sales"] == pytest.approx(6.253833, abs=1e-6)
        assert first["operating_expenses"] == pytest.approx(9.549167, abs=1e-6)
        assert first["free_cash_flow"] == pytest.approx(-27.9)
        assert first["liquidity"] == pytest.approx(978.9)  # 1006.8 - 27.9

    def test_funding_lands_in_its_month(self):
        frame = monthly_frame(minimax(offer=True))
        assert frame.loc[frame["funding"] > 0, "month"].tolist() == [3]
        assert frame["funding"].sum() == 679.5

    def test_flow_is_the_sum_of_its_lines(self):
        frame = monthly_frame(minimax("stress", offer=True))
        costs = ["cost_of_sales", "research_and_development", "operating_expenses", "capex", "leases"]
        flow = frame["revenue"] - frame[costs].sum(axis=1) - frame["working_capital"] + frame["interest"]
        assert np.allclose(frame["free_cash_flow"], flow, atol=1e-9)
        assert np.allclose(frame["revenue"], frame["revenue_c_end"] + frame["revenue_b_end"], atol=1e-12)

    def test_liquidity_chains(self):
        frame = monthly_frame(minimax("bull", offer=True))
        chained = 1006.8 + (frame["funding"] + frame["free_cash_flow"]).cumsum()
        assert np.allclose(frame["liquidity"], chained, atol=1e-9)

    def test_agrees_with_the_simulation_bit_for_bit(self):
        assumptions = minimax(offer=True)
        frame, projection = monthly_frame(assumptions), simulate(assumptions)
        assert np.array_equal(frame["liquidity"], projection.liquidity[0, 1:])
        assert np.array_equal(frame["free_cash_flow"], projection.free_cash_flow[0])

    def test_any_number_of_segments(self):
        frame = monthly_frame(growing(0.01, revenue=5.0))
        assert frame["revenue_only"].equals(frame["revenue"].rename("revenue_only"))
