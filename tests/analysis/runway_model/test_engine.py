"""Runs whose outcome can be worked out on paper."""

import numpy as np
import pytest

from ipo_data.analysis.runway_model import monthly_frame, runway, simulate, with_values
from ipo_data.analysis.runway_model.engine import NARROW, PATHS_PER_BLOCK, Disturbance
from ipo_data.errors import OptionError, UnknownNameError
from tests.analysis.runway_model.examples import ALL_LIQUIDITY, BURN, OWN_LIQUIDITY, bare, growing, minimax

INFINITE = float("inf")


def months(assumptions):
    return runway(assumptions).months


def geometric(liquidity, burn, rate):
    """Whole months k with b((1+r)^k - 1)/r spent, then a part of the month that burns b(1+r)^k."""
    if 1 + rate * liquidity / burn <= 0:
        return INFINITE
    whole = int(np.floor(np.log1p(rate * liquidity / burn) / np.log1p(rate)))
    spent = burn * ((1 + rate) ** whole - 1) / rate
    return whole + (liquidity - spent) / (burn * (1 + rate) ** whole)


class TestConstantBurn:
    def test_runway_is_liquidity_over_burn(self):
        # 1046.2 / 27.9 = 37.498208
        assert months(bare()) == pytest.approx(37.498208, abs=1e-6)

    def test_runway_without_bank_lines(self):
        # 1006.8 / 27.9 = 36.086022
        assert months(bare(OWN_LIQUIDITY)) == pytest.approx(36.086022, abs=1e-6)

    @pytest.mark.parametrize(
        ("liquidity", "burn", "expected"),
        [
            (362.6, 27.9, 12.996416),  # 362.6 / 27.9
            (1100.0, 186 / 9, 53.225806),  # 1100 * 9 / 186
            (1046.2, 28.1, 37.231317),  # 1046.2 / 28.1
            (1514.9, 28.1, 53.911032),  # (1046.2 + 468.7) / 28.1
            (8943.1, 327.3, 27.323862),  # the other company, in RMB m
            (2812.6, 327.3, 8.593339),
        ],
    )
    def test_published_divisions(self, liquidity, burn, expected):
        assert months(bare(liquidity, burn)) == pytest.approx(expected, abs=1e-6)

    def test_end_on_a_month_end_is_a_whole_number(self):
        # 279 / 27.9 = 10: the tenth month ends at 0, which is not below the minimum of 0; the eleventh does.
        result = runway(bare(100.0, 10.0))
        assert result.months == 10.0
        assert result.whole_months == 10

    def test_no_burn_lasts_for_ever(self):
        assert months(bare(burn=0.0)) == INFINITE

    def test_minimum_is_kept_back(self):
        # (1046.2 - 100) / 27.9 = 33.913978
        assert months(bare(liquidity__minimum=100.0)) == pytest.approx(33.913978, abs=1e-6)

    def test_starting_below_the_minimum_is_no_runway(self):
        assert months(bare(50.0, liquidity__minimum=100.0)) == 0.0

    def test_nothing_to_spend_is_no_runway(self):
        assert months(bare(0.0)) == 0.0


class TestOneOffInflow:
    def test_in_time_it_counts_in_full(self):
        # (1006.8 + 679.5) / 27.9 = 60.440860
        assert months(bare(OWN_LIQUIDITY, funding=[(3, 679.5)])) == pytest.approx(60.440860, abs=1e-6)

    def test_after_the_money_ran_out_it_revives_nobody(self):
        # 1006.8 / 27.9 = 36.086022; money of month 40 comes too late
        assert months(bare(OWN_LIQUIDITY, funding=[(40, 679.5)])) == pytest.approx(36.086022, abs=1e-6)

    def test_in_the_month_of_need_it_still_helps(self):
        # month 36 starts with 1006.8 - 36 * 27.9 = 2.4; the money lands at its start
        assert months(bare(OWN_LIQUIDITY, funding=[(36, 679.5)])) == pytest.approx(60.440860, abs=1e-6)

    def test_several_inflows_add_up(self):
        # (1006.8 + 300 + 379.5) / 27.9 = 60.440860, twice in the same month and once apart
        together = bare(OWN_LIQUIDITY, funding=[(3, 300.0), (3, 379.5)])
        apart = bare(OWN_LIQUIDITY, funding=[(3, 300.0), (20, 379.5)])
        assert months(together) == pytest.approx(60.440860, abs=1e-6)
        assert months(apart) == pytest.approx(60.440860, abs=1e-6)

    def test_beyond_the_horizon_it_does_not_show(self):
        frame = monthly_frame(bare(horizon=12, funding=[(12, 679.5)]))
        assert frame["funding"].sum() == 0


class TestGeometricBurn:
    @pytest.mark.parametrize(
        ("rate", "printed"),
        [(0.01, 32.0030), (0.02, 28.2567), (0.03, 25.4962), (0.05, 21.6385), (-0.01, 46.7630), (-0.02, 68.6145)],
    )
    def test_matches_the_sum_of_a_geometric_series(self, rate, printed):
        simulated = months(bare(operating_expenses__fixed_growth=rate))
        assert simulated == pytest.approx(geometric(ALL_LIQUIDITY, BURN, rate), abs=1e-6)
        assert simulated == pytest.approx(printed, abs=5e-5)

    @pytest.mark.parametrize("rate", [-0.0267, -0.03, -0.1])
    def test_burn_that_falls_fast_enough_never_ends_it(self, rate):
        # all burn to come is 27.9 / 0.0267 = 1044.9 < 1046.2
        assert months(bare(operating_expenses__fixed_growth=rate, horizon=240)) == INFINITE

    def test_research_grows_like_any_other_cost(self):
        rates = {"research_and_development__growth__start": 0.02, "research_and_development__growth__end": 0.02}
        assert months(bare(burn=0.0, research_and_development__monthly=BURN, **rates)) == pytest.approx(
            28.2567, abs=5e-5
        )

    def test_capex_and_leases_grow_together(self):
        spending = {"capital_spending__capex": 20.0, "capital_spending__leases": 7.9}
        assert months(bare(burn=0.0, capital_spending__growth=0.02, **spending)) == pytest.approx(28.2567, abs=5e-5)


class TestGrowthAgainstFixedCost:
    """Revenue R q^t with margin m against cost K = 27.9 + m 5.937: funded by itself once m R q^t reaches K."""

    @pytest.mark.parametrize(
        ("business", "fixed", "break_even", "lowest"),
        [
            # K = 27.9 + .5 * 5.937 = 30.8685; ln(30.8685 / 2.9685) / ln 1.0719 = 33.73 -> 34
            # 1046.2 + 2.9685 (1.0719^34 - 1) / .0719 - 34 * 30.8685 = 392.960
            ((0.5, 5.937, 0.0719), 30.8685, 34, 392.960370),
            # K = 27.9 + .233 * 5.937 = 29.283321; ln(29.283321 / 1.383321) / ln 1.0719 = 43.96 -> 44
            ((0.233, 5.937, 0.0719), 29.283321, 44, 146.796826),
            # K = 27.9 + .233 * 8.122 = 29.792426; ln(29.792426 / 1.892426) / ln 1.04 = 70.28 -> 71
            ((0.233, 8.122, 0.04), 29.792426, 71, -350.201375),
        ],
    )
    def test_break_even_and_lowest_point(self, business, fixed, break_even, lowest):
        margin, revenue, growth = business
        result = runway(growing(growth, burn=fixed, revenue=revenue, margin=margin))
        assert result.break_even_month == break_even
        assert result.lowest_liquidity == pytest.approx(lowest, abs=1e-6)
        assert result.lowest_month == break_even  # the month after the last loss starts at the lowest point

    def test_slow_growth_runs_out_first(self):
        # printed reference 41.6697
        result = runway(growing(0.04, burn=29.792426, revenue=8.122, margin=0.233))
        assert result.months == pytest.approx(41.6697, abs=5e-5)
        assert result.funding_need == pytest.approx(350.201375, abs=1e-6)


class TestInterest:
    def test_yield_lengthens_the_runway(self):
        # -ln(1 - i L / b) / ln(1 + i) with i = .035 / 12 = 39.7696 when compounding within the month as well
        assert months(bare(interest_rate=0.035)) == pytest.approx(39.7696, abs=0.02)

    def test_yield_above_the_burn_lasts_for_ever(self):
        # 1046.2 * .4 / 12 = 34.87 a month, above 27.9
        assert months(bare(interest_rate=0.4, horizon=240)) == INFINITE

    def test_first_month_earns_on_the_opening_balance(self):
        # 1200 * .06 / 12 = 6; then (1200 - 27.9 + 6) * .06 / 12 = 5.8905
        frame = monthly_frame(bare(1200.0, interest_rate=0.06))
        assert frame["interest"].iloc[0] == pytest.approx(6.0, abs=1e-9)
        assert frame["interest"].iloc[1] == pytest.approx(5.8905, abs=1e-9)

    def test_new_money_earns_from_the_month_it_lands(self):
        # (1200 + 600) * .06 / 12 = 9
        frame = monthly_frame(bare(1200.0, interest_rate=0.06, funding=[(0, 600.0)]))
        assert frame["interest"].iloc[0] == pytest.approx(9.0, abs=1e-9)

    def test_debt_earns_nothing(self):
        frame = monthly_frame(bare(10.0, interest_rate=0.06))
        assert (frame["interest"].iloc[1:] == 0).all()


class TestFacilities:
    LINE = {"liquidity__undrawn_facilities": 39.4}  # noqa: RUF012 - never changed

    def test_excluded_lines_do_not_count(self):
        assert months(bare(OWN_LIQUIDITY, **self.LINE)) == pytest.approx(36.086022, abs=1e-6)

    def test_counted_lines_are_liquidity(self):
        # (1006.8 + 39.4) / 27.9 = 37.498208
        counted = bare(OWN_LIQUIDITY, liquidity__facility_policy="count_as_liquidity", **self.LINE)
        assert months(counted) == pytest.approx(37.498208, abs=1e-6)

    def test_drawing_free_of_interest_is_the_same_as_counting(self):
        drawn = bare(OWN_LIQUIDITY, liquidity__facility_policy="draw_below_minimum", **self.LINE)
        assert months(drawn) == pytest.approx(37.498208, abs=1e-6)

    def test_drawing_costs_interest(self):
        # cash 100, line 50 at 24 % a year, burn 60 a month:
        # month 0 leaves 40 of own cash; month 1 draws 20 and pays nothing yet, as nothing was drawn at its start;
        # month 2 starts with 30 undrawn and 20 drawn, pays 20 * .02 = .4: 30 / 60.4 of the month
        drawn = bare(
            100.0,
            60.0,
            liquidity__undrawn_facilities=50.0,
            liquidity__facility_policy="draw_below_minimum",
            liquidity__facility_rate=0.24,
        )
        frame = monthly_frame(drawn)
        assert frame["facility_drawn"].head(3).tolist() == pytest.approx([0.0, 20.0, 50.0])
        assert frame["interest"].head(3).tolist() == pytest.approx([0.0, 0.0, -0.4])
        assert frame["liquidity"].head(3).tolist() == pytest.approx([90.0, 30.0, -30.4])
        assert months(drawn) == pytest.approx(2 + 30 / 60.4, abs=1e-9)

    def test_new_money_repays_the_line_before_it_rests(self):
        # month 1 ends with 20 drawn; 100 new leave 80 of cash and nothing drawn: no interest on the line in month 2
        repaid = bare(
            100.0,
            60.0,
            funding=[(2, 100.0)],
            liquidity__undrawn_facilities=50.0,
            liquidity__facility_policy="draw_below_minimum",
            liquidity__facility_rate=0.24,
        )
        frame = monthly_frame(repaid)
        assert frame["interest"].iloc[2] == 0
        assert frame["facility_drawn"].iloc[2] == 0

    def test_unused_lines_earn_no_interest(self):
        # 100 of own cash at 12 % earn 1, the 50 not drawn earn nothing
        counted = bare(
            100.0,
            10.0,
            interest_rate=0.12,
            liquidity__undrawn_facilities=50.0,
            liquidity__facility_policy="count_as_liquidity",
        )
        assert monthly_frame(counted)["interest"].iloc[0] == pytest.approx(1.0)

    def test_lines_are_kept_above_the_minimum(self):
        # 80 to spend, then 50 of the line, then 20 nobody may touch: (80 + 50) / 10 = 13
        kept = bare(
            100.0,
            10.0,
            liquidity__minimum=20.0,
            liquidity__undrawn_facilities=50.0,
            liquidity__facility_policy="draw_below_minimum",
        )
        assert months(kept) == pytest.approx(13.0, abs=1e-9)

    def test_haircut_takes_part_of_the_financial_assets(self):
        # (362.6 + 644.2 * .95) / 27.9 = 974.59 / 27.9 = 34.931541
        cut = bare(362.6, liquidity__financial_assets=644.2, liquidity__financial_asset_haircut=0.05)
        assert months(cut) == pytest.approx(34.931541, abs=1e-6)


class TestWorkingCapital:
    def test_later_collection_costs_its_days_once(self):
        # 8.122 * (75 - 38) / 30.4375 = 9.873150
        days = "working_capital__receivable_days__"
        frame = monthly_frame(
            bare(revenue=8.122, **{f"{days}opening": 38.0, f"{days}later": 75.0, f"{days}from_month": 6})
        )
        assert frame["working_capital"].iloc[6] == pytest.approx(9.873150, abs=1e-6)
        assert frame["working_capital"].drop(6).abs().max() == 0

    def test_growth_ties_up_receivables(self):
        # month 1 revenue 110, 36.525 days = 1.2 months: receivables rise from 120 to 132
        frame = monthly_frame(
            growing(
                0.1,
                revenue=100.0,
                working_capital__receivable_days__opening=36.525,
                working_capital__receivable_days__later=36.525,
            )
        )
        assert frame["working_capital"].head(2).tolist() == pytest.approx([0.0, 12.0])

    def test_suppliers_lend_on_cost_of_sales(self):
        # cost of sales 60 and 66; 30.4375 days = one month: payables rise by 6, which frees cash
        frame = monthly_frame(
            growing(
                0.1,
                revenue=100.0,
                margin=0.4,
                working_capital__payable_days__opening=30.4375,
                working_capital__payable_days__later=30.4375,
            )
        )
        assert frame["working_capital"].head(2).tolist() == pytest.approx([0.0, -6.0])

    def test_prepaying_customers_lend_on_revenue(self):
        frame = monthly_frame(
            growing(
                0.1,
                revenue=100.0,
                working_capital__deferred_revenue_days__opening=30.4375,
                working_capital__deferred_revenue_days__later=30.4375,
            )
        )
        assert frame["working_capital"].head(2).tolist() == pytest.approx([0.0, -10.0])

    def test_change_in_month_zero_starts_from_the_opening_days(self):
        # 30.4375 more days of 100 are 100 more receivables at once
        frame = monthly_frame(
            bare(
                revenue=100.0,
                working_capital__receivable_days__later=30.4375,
                working_capital__receivable_days__from_month=0,
            )
        )
        assert frame["working_capital"].head(2).tolist() == pytest.approx([100.0, 0.0])

    def test_faster_growth_can_shorten_the_runway(self):
        # Thin margins and slow payers: each extra sale ties up more cash than it earns within the runway.
        # R&D 20.009, capex 0.21, fixed 8.737, both margins 5 %, 60 days, no bank lines:
        # 33.764 months when sales grow by 5 % a month, 32.306 when they grow by 7 %.
        def at(growth):
            flat = with_values(minimax("flat"), {"operating_expenses.variable_share": 0.0})
            values = {"operating_expenses.fixed": 8.7370}
            for segment in ("c_end", "b_end"):
                values |= {f"segments.{segment}.growth.{end}": growth for end in ("start", "end")}
                values |= {f"segments.{segment}.gross_margin.{end}": 0.05 for end in ("start", "end")}
            values |= {f"working_capital.receivable_days.{level}": 60.0 for level in ("opening", "later")}
            return months(with_values(flat, values))

        assert at(0.05) == pytest.approx(33.764, abs=5e-4)
        assert at(0.07) == pytest.approx(32.306, abs=5e-4)


class TestPaths:
    def test_growth_halves_its_gap_every_half_life(self):
        # growth 8 % falling to 0 with a half-life of one month: 8, 4, 2 %; 100 * 1.08 * 1.04 * 1.02 = 114.5664
        frame = monthly_frame(
            bare(
                revenue=100.0,
                segments__only__growth__start=0.08,
                segments__only__growth__half_life=1.0,
            )
        )
        assert frame["revenue"].head(4).tolist() == pytest.approx([100.0, 108.0, 112.32, 114.5664])

    def test_margin_halves_its_gap_every_half_life(self):
        # margin 0 rising to 40 % with a half-life of two months: 0 and 20 % in months 0 and 2; cost 100 and 80
        frame = monthly_frame(
            bare(
                revenue=100.0,
                segments__only__gross_margin__end=0.4,
                segments__only__gross_margin__half_life=2.0,
            )
        )
        assert frame["cost_of_sales"].iloc[[0, 2]].tolist() == pytest.approx([100.0, 80.0])

    def test_compute_price_reaches_its_share_of_cost_and_research(self):
        # + 30 % on 60 % of cost 50: 50 * 1.18 = 59; on 70 % of research 20: 20 * 1.21 = 24.2; from month 6
        frame = monthly_frame(
            bare(
                revenue=100.0,
                margin=0.5,
                research_and_development__monthly=20.0,
                compute_price__change=0.3,
                compute_price__cost_of_sales_share=0.6,
                compute_price__research_share=0.7,
            )
        )
        assert frame["cost_of_sales"].iloc[[5, 6]].tolist() == pytest.approx([50.0, 59.0])
        assert frame["research_and_development"].iloc[[5, 6]].tolist() == pytest.approx([20.0, 24.2])

    def test_revenue_step_cuts_all_revenue_from_its_month(self):
        frame = monthly_frame(bare(revenue=100.0, revenue_step__change=-0.25, revenue_step__from_month=2))
        assert frame["revenue"].head(4).tolist() == pytest.approx([100.0, 100.0, 75.0, 75.0])

    def test_revenue_may_stop_altogether(self):
        frame = monthly_frame(bare(revenue=100.0, revenue_step__change=-1.0, revenue_step__from_month=1))
        assert frame["revenue"].head(3).tolist() == [100.0, 0.0, 0.0]

    def test_variable_expenses_follow_revenue(self):
        # 27.9 + .1 * 100 = 37.9
        frame = monthly_frame(bare(revenue=100.0, operating_expenses__variable_share=0.1))
        assert frame["operating_expenses"].iloc[0] == pytest.approx(37.9)

    def test_season_starts_in_the_month_after_the_balance_date(self):
        # balance date in September: month 0 is October, month 3 January
        factors = (2.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.5, 1.5, 1.0)
        frame = monthly_frame(bare(revenue=100.0, seasonal_factors=factors))
        assert frame["revenue"].head(5).tolist() == pytest.approx([50.0, 150.0, 100.0, 200.0, 0.0])

    def test_receivables_before_month_zero_carry_their_own_season(self):
        # September stands at 1.0, October at 0.5: with a month of receivables 50 come in from September's 100
        factors = (2.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.5, 1.5, 1.0)
        frame = monthly_frame(
            bare(
                revenue=100.0,
                seasonal_factors=factors,
                working_capital__receivable_days__opening=30.4375,
                working_capital__receivable_days__later=30.4375,
            )
        )
        assert frame["working_capital"].head(2).tolist() == pytest.approx([-50.0, 100.0])

    def test_one_month_is_a_valid_horizon(self):
        frame = monthly_frame(bare(100.0, 10.0, horizon=1))
        assert frame["liquidity"].tolist() == [90.0]
        assert months(bare(100.0, 10.0, horizon=1)) == INFINITE


class TestManyPaths:
    def test_every_path_equals_its_own_run_bit_for_bit(self):
        assumptions = minimax(offer=True)
        rates = np.linspace(0.0, 0.05, 40)
        days = np.linspace(20.0, 90.0, 40)
        many = simulate(
            assumptions,
            paths=40,
            overrides={
                "research_and_development.growth.start": rates,
                "working_capital.receivable_days.later": days,
            },
        )
        assert len(rates) > NARROW  # so that wide and narrow accumulation are compared
        for path in (0, 7, 39):
            alone = with_values(
                assumptions,
                {
                    "research_and_development.growth.start": float(rates[path]),
                    "working_capital.receivable_days.later": float(days[path]),
                },
            )
            one = simulate(alone)
            assert np.array_equal(one.liquidity[0], many.liquidity[path])
            assert np.array_equal(one.free_cash_flow[0], many.free_cash_flow[path])

    def test_blocks_do_not_show(self):
        assumptions = minimax()
        values = np.linspace(0.0, 0.05, PATHS_PER_BLOCK + 3)
        many = simulate(assumptions, paths=len(values), overrides={"research_and_development.growth.start": values})
        last = simulate(assumptions, paths=3, overrides={"research_and_development.growth.start": values[-3:]})
        assert np.array_equal(many.liquidity[-3:], last.liquidity)

    def test_inputs_with_a_month_may_differ_too(self):
        # the offer in month 3 is in time, in month 40 it is not
        assumptions = bare(OWN_LIQUIDITY, funding=[(3, 679.5)])
        projection = simulate(assumptions, paths=2, overrides={"funding.0.month": np.array([3.0, 40.0])})
        assert projection.liquidity[:, 36].tolist() == pytest.approx([1006.8 + 679.5 - 36 * 27.9, 1006.8 - 36 * 27.9])

    def test_minimum_and_lines_may_differ_with_interest(self):
        assumptions = bare(
            100.0,
            60.0,
            liquidity__undrawn_facilities=50.0,
            liquidity__facility_policy="draw_below_minimum",
            liquidity__facility_rate=0.24,
        )
        lines = np.array([50.0, 0.0])
        projection = simulate(assumptions, paths=2, overrides={"liquidity.undrawn_facilities": lines})
        assert projection.liquidity[0, :4].tolist() == pytest.approx([150.0, 90.0, 30.0, -30.4])
        assert projection.liquidity[1, :3].tolist() == pytest.approx([100.0, 40.0, -20.0])
        projection = simulate(assumptions, paths=2, overrides={"liquidity.minimum": np.array([0.0, 40.0])})
        assert projection.minimum.tolist() == [0.0, 40.0]

    def test_disturbance_moves_revenue_and_research(self):
        # a surprise of ln 2 from month 0 to 1 doubles revenue for good; a factor of 3 triples research
        surprise = np.zeros((3, 1))
        surprise[0] = np.log(2.0)
        disturbance = Disturbance(
            log_growth={"only": surprise},
            revenue_factor={"only": np.array([[1.0], [1.0], [10.0]])},
            research_factor=np.full((3, 1), 3.0),
        )
        assumptions = bare(1000.0, 0.0, revenue=1.0, margin=1.0, horizon=3, research_and_development__monthly=2.0)
        projection = simulate(assumptions, disturb=lambda paths: disturbance)
        # 1 - 6, 2 - 6, 20 - 6
        assert projection.free_cash_flow[0].tolist() == pytest.approx([-5.0, -4.0, 14.0])

    def test_unknown_input_is_refused_with_the_nearest_name(self):
        with pytest.raises(UnknownNameError, match=r"did you mean 'research_and_development\.growth\.start'"):
            simulate(minimax(), paths=1, overrides={"research_and_development.growth.stat": np.zeros(1)})

    def test_horizon_cannot_differ_between_paths(self):
        with pytest.raises(OptionError, match="horizon is shared by all paths"):
            simulate(minimax(), paths=1, overrides={"horizon": np.array([60.0])})

    def test_wrong_number_of_values_is_refused(self):
        with pytest.raises(ValueError, match=r"interest_rate has values of shape \(3,\) for 2 paths"):
            simulate(minimax(), paths=2, overrides={"interest_rate": np.zeros(3)})
