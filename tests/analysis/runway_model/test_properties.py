"""What must hold for any scenario: found counterexamples are shrunk to the smallest one."""

from datetime import date

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from ipo_data.analysis.runway_model import (
    MonteCarloResult,
    monte_carlo,
    monthly_frame,
    runway,
    runway_months,
    simulate,
    with_values,
)
from ipo_data.analysis.runway_model.results import BREAK_EVEN_HOLD
from ipo_data.model.scenario import (
    CapitalSpending,
    ComputePrice,
    Correlation,
    DaysOutstanding,
    FacilityPolicy,
    Funding,
    GrowthPath,
    MarginPath,
    MonteCarloSettings,
    OpeningLiquidity,
    OperatingExpenses,
    ResearchAssumptions,
    RunwayAssumptions,
    SegmentAssumptions,
    UncertainInput,
    WorkingCapital,
)

EXAMPLES = settings(max_examples=500, deadline=None, derandomize=True)  # the same examples in every run
TOLERANCE = 1e-7  # months; rounding moves a crossing by far less unless liquidity touches its minimum

money = st.floats(0.0, 40.0)
rates = st.floats(-0.05, 0.08)
days = st.floats(0.0, 120.0)
margins = st.floats(-0.3, 0.9)
months = st.integers(0, 40)


def growth_paths(rate=rates):
    return st.builds(GrowthPath, start=rate, end=rate, half_life=st.floats(1.0, 36.0))


def levels():
    return st.builds(DaysOutstanding, opening=days, later=days, from_month=months)


def segments(names=("first", "second")):
    one = {
        name: st.builds(
            SegmentAssumptions,
            name=st.just(name),
            revenue=money,
            growth=growth_paths(),
            gross_margin=st.builds(MarginPath, start=margins, end=margins, half_life=st.floats(1.0, 36.0)),
        )
        for name in names
    }
    return st.tuples(*one.values()) | one["first"].map(lambda segment: (segment,))


NOT_OUTSTANDING = DaysOutstanding()
SEASONS = ((1.0,) * 12, (0.288,) * 6 + (1.712,) * 6, (0.0, 2.0) * 6)


def scenarios(**parts):
    """Any scenario; ``parts`` replace strategies, so that a property can state what it needs."""
    liquidity = st.builds(
        OpeningLiquidity,
        cash=st.floats(0.0, 1500.0),
        financial_assets=money,
        financial_asset_haircut=st.floats(0.0, 0.5),
        undrawn_facilities=money,
        facility_policy=st.sampled_from(FacilityPolicy),
        facility_rate=st.floats(0.0, 0.2),
        minimum=money,
    )
    strategies = {
        "currency": st.just("USD"),
        "balance_date": st.sampled_from((date(2025, 9, 30), date(2024, 2, 29))),
        "horizon": st.integers(1, 60),
        "liquidity": liquidity,
        "segments": segments(),
        "research_and_development": st.builds(ResearchAssumptions, monthly=money, growth=growth_paths()),
        "compute_price": st.builds(
            ComputePrice,
            change=st.floats(-0.5, 1.0),
            from_month=months,
            cost_of_sales_share=st.floats(0.0, 1.0),
            research_share=st.floats(0.0, 1.0),
        ),
        "operating_expenses": st.builds(
            OperatingExpenses, fixed=money, fixed_growth=rates, variable_share=st.floats(0.0, 0.5)
        ),
        "capital_spending": st.builds(CapitalSpending, capex=money, leases=money, growth=rates),
        "working_capital": st.builds(
            WorkingCapital, receivable_days=levels(), payable_days=levels(), deferred_revenue_days=levels()
        ),
        "seasonal_factors": st.sampled_from(SEASONS),
        "interest_rate": st.sampled_from((0.0, 0.0, 0.035, 0.2)),
        "funding": st.lists(st.builds(Funding, month=months, amount=st.floats(0.0, 500.0)), max_size=2).map(tuple),
    }
    return st.builds(RunwayAssumptions, **(strategies | parts))


def without_payables(**parts):
    """Scenarios in which suppliers are paid at once.

    With payables a higher cost of sales is partly lent by suppliers at first, so that a *worse* margin or price can
    bring cash forward. The same reason makes growth shorten a runway when customers pay late.
    """
    capital = st.builds(
        WorkingCapital,
        receivable_days=levels(),
        payable_days=st.just(NOT_OUTSTANDING),
        deferred_revenue_days=levels(),
    )
    return scenarios(working_capital=capital, **parts)


def runways(assumptions, names, lower, upper):
    """Months with the inputs at the lower and at the upper value."""
    values = np.array([lower, upper], dtype=np.float64)
    names = (names,) if isinstance(names, str) else names
    projection = simulate(assumptions, paths=2, overrides=dict.fromkeys(names, values))
    return runway_months(projection.liquidity, projection.free_cash_flow, projection.minimum)


def touches_the_minimum(assumptions):
    """Whether some month ends so close to the minimum that rounding decides if it is a crossing."""
    projection = simulate(assumptions)
    scale = 1 + np.abs(projection.liquidity).max()
    return bool(np.abs(projection.liquidity - projection.minimum[:, None]).min() < 1e-9 * scale)


def assert_not_shorter(assumptions, names, lower, upper):
    before, after = runways(assumptions, names, lower, upper)
    assert after >= before - TOLERANCE


def assert_not_longer(assumptions, names, lower, upper):
    before, after = runways(assumptions, names, lower, upper)
    assert after <= before + TOLERANCE


class TestMoreMoneyLastsLonger:
    @EXAMPLES
    @given(scenarios(), st.floats(0.0, 500.0))
    def test_opening_cash(self, assumptions, more):
        cash = assumptions.liquidity.cash
        assert_not_shorter(assumptions, "liquidity.cash", cash, cash + more)

    @EXAMPLES
    @given(scenarios(funding=st.builds(Funding, month=months, amount=money).map(lambda one: (one,))), money)
    def test_funding(self, assumptions, more):
        amount = assumptions.funding[0].amount
        assert_not_shorter(assumptions, "funding.0.amount", amount, amount + more)

    @EXAMPLES
    @given(scenarios(funding=st.builds(Funding, month=months, amount=money).map(lambda one: (one,))), months)
    def test_earlier_funding(self, assumptions, earlier):
        month = assumptions.funding[0].month
        assert_not_shorter(assumptions, "funding.0.month", month, min(month, earlier))

    @EXAMPLES
    @given(scenarios(), st.floats(0.0, 40.0))
    def test_lower_minimum(self, assumptions, lower):
        minimum = assumptions.liquidity.minimum
        assert_not_shorter(assumptions, "liquidity.minimum", minimum, min(minimum, lower))

    @EXAMPLES
    @given(scenarios(), st.floats(0.0, 0.5))
    def test_larger_haircut(self, assumptions, more):
        haircut = assumptions.liquidity.financial_asset_haircut
        assert_not_longer(assumptions, "liquidity.financial_asset_haircut", haircut, haircut + more)

    @EXAMPLES
    @given(scenarios(), money)
    def test_larger_facility(self, assumptions, more):
        line = assumptions.liquidity.undrawn_facilities
        assert_not_shorter(assumptions, "liquidity.undrawn_facilities", line, line + more)


class TestBetterTradingLastsLonger:
    @EXAMPLES
    @given(without_payables(), st.sampled_from(("start", "end")), st.floats(0.0, 0.1))
    def test_gross_margin(self, assumptions, which, more):
        margin = getattr(assumptions.segments[0].gross_margin, which)
        assert_not_shorter(assumptions, f"segments.first.gross_margin.{which}", margin, margin + more)

    @EXAMPLES
    @given(scenarios(), days)
    def test_later_payment_of_suppliers(self, assumptions, more):
        later = assumptions.working_capital.payable_days.later
        assert_not_shorter(assumptions, "working_capital.payable_days.later", later, later + more)

    @EXAMPLES
    @given(scenarios(), days)
    def test_more_prepayment(self, assumptions, more):
        later = assumptions.working_capital.deferred_revenue_days.later
        assert_not_shorter(assumptions, "working_capital.deferred_revenue_days.later", later, later + more)

    @EXAMPLES
    @given(scenarios(), days)
    def test_later_collection(self, assumptions, more):
        later = assumptions.working_capital.receivable_days.later
        assert_not_longer(assumptions, "working_capital.receivable_days.later", later, later + more)

    @EXAMPLES
    @given(
        scenarios(
            working_capital=st.builds(WorkingCapital, deferred_revenue_days=levels()),
            compute_price=st.just(ComputePrice()),
            segments=st.tuples(
                st.builds(
                    SegmentAssumptions,
                    name=st.just("first"),
                    revenue=money,
                    growth=growth_paths(),
                    gross_margin=st.builds(MarginPath, start=st.floats(0.5, 0.9), end=st.floats(0.5, 0.9)),
                )
            ),
        ),
        st.floats(0.0, 0.05),
    )
    def test_growth_that_is_paid_at_once(self, assumptions, more):
        # only when customers pay at once and every sale earns something: see the worked case where growth hurts
        names = ("segments.first.growth.start", "segments.first.growth.end")
        lowest = assumptions.segments[0].growth.start
        assert_not_shorter(assumptions, names, lowest, lowest + more)


class TestHigherCostLastsShorter:
    @EXAMPLES
    @given(scenarios(), money)
    def test_research(self, assumptions, more):
        monthly = assumptions.research_and_development.monthly
        assert_not_longer(assumptions, "research_and_development.monthly", monthly, monthly + more)

    @EXAMPLES
    @given(scenarios(), st.sampled_from(("start", "end")), st.floats(0.0, 0.05))
    def test_research_growth(self, assumptions, which, more):
        rate = getattr(assumptions.research_and_development.growth, which)
        assert_not_longer(assumptions, f"research_and_development.growth.{which}", rate, rate + more)

    @EXAMPLES
    @given(
        scenarios(),
        st.sampled_from(("fixed", "fixed_growth", "variable_share")),
        st.floats(0.0, 0.05),
    )
    def test_operating_expenses(self, assumptions, which, more):
        value = getattr(assumptions.operating_expenses, which)
        assert_not_longer(assumptions, f"operating_expenses.{which}", value, value + more)

    @EXAMPLES
    @given(scenarios(), st.sampled_from(("capex", "leases", "growth")), st.floats(0.0, 0.05))
    def test_capital_spending(self, assumptions, which, more):
        value = getattr(assumptions.capital_spending, which)
        assert_not_longer(assumptions, f"capital_spending.{which}", value, value + more)

    @EXAMPLES
    @given(without_payables(), st.floats(0.0, 1.0))
    def test_compute_price(self, assumptions, more):
        change = assumptions.compute_price.change
        assert_not_longer(assumptions, "compute_price.change", change, change + more)


class TestIdentities:
    @EXAMPLES
    @given(scenarios(), st.floats(0.01, 100.0))
    @example(
        RunwayAssumptions(
            currency="USD",
            balance_date=date(2025, 9, 30),
            liquidity=OpeningLiquidity(cash=1006.8),
            segments=(SegmentAssumptions(name="first", revenue=1.0, gross_margin=MarginPath(start=0.5, end=0.5)),),
            research_and_development=ResearchAssumptions(monthly=20.009),
        ),
        7.04,  # dollars to renminbi
    )
    def test_currency_does_not_matter(self, assumptions, factor):
        assume(not touches_the_minimum(assumptions))
        names = [
            "liquidity.cash",
            "liquidity.financial_assets",
            "liquidity.undrawn_facilities",
            "liquidity.minimum",
            "research_and_development.monthly",
            "operating_expenses.fixed",
            "capital_spending.capex",
            "capital_spending.leases",
            *(f"segments.{segment.name}.revenue" for segment in assumptions.segments),
            *(f"funding.{position}.amount" for position in range(len(assumptions.funding))),
        ]
        fields = {name: factor * value for name, value in lever_values_of(assumptions, names)}
        assert runway(with_values(assumptions, fields)).months == pytest.approx(
            runway(assumptions).months, rel=1e-9, abs=TOLERANCE
        )

    @EXAMPLES
    @given(scenarios(), st.floats(0.0, 500.0))
    def test_money_in_month_zero_is_opening_money(self, assumptions, amount):
        cash = assumptions.liquidity.cash
        richer = with_values(assumptions, {"liquidity.cash": cash + amount})
        funded = assumptions.model_copy(update={"funding": (*assumptions.funding, Funding(month=0, amount=amount))})
        with_cash, with_funding = simulate(richer), simulate(funded)
        assert np.allclose(with_cash.liquidity[:, 1:], with_funding.liquidity[:, 1:], rtol=1e-9, atol=1e-7)
        assume(not touches_the_minimum(richer))
        assert runway(funded).months == pytest.approx(runway(richer).months, abs=TOLERANCE)

    @EXAMPLES
    @given(scenarios())
    def test_liquidity_is_what_came_in_less_what_went_out(self, assumptions):
        projection = simulate(assumptions)
        received = sum(one.amount for one in assumptions.funding if one.month < assumptions.horizon)
        expected = projection.liquidity[0, 0] + received + projection.free_cash_flow[0].sum()
        assert projection.liquidity[0, -1] == pytest.approx(expected, rel=1e-9, abs=1e-7)

    @EXAMPLES
    @given(scenarios())
    def test_runway_is_where_the_frame_crosses(self, assumptions):
        frame, months = monthly_frame(assumptions), runway(assumptions).months
        below = frame["liquidity"] < assumptions.liquidity.minimum
        if not below.any():
            assert months == float("inf")
        else:
            first = int(below.idxmax())
            assert first <= months <= first + 1

    @EXAMPLES
    @given(scenarios())
    def test_break_even_comes_before_the_lowest_point_has_passed(self, assumptions):
        # once flows turn positive and stay so, liquidity only rises
        flow = simulate(assumptions).free_cash_flow[0]
        turns = np.count_nonzero(np.diff(flow >= 0))
        assume(turns == 1 and flow[-1] >= 0)
        result = runway(assumptions.model_copy(update={"funding": ()}))
        if result.break_even_month is not None:
            assert result.break_even_month <= result.lowest_month + BREAK_EVEN_HOLD

    @EXAMPLES
    @given(scenarios())
    def test_one_path_among_many_is_the_same_run(self, assumptions):
        cash = np.full(20, assumptions.liquidity.cash)
        many = simulate(assumptions, paths=20, overrides={"liquidity.cash": cash})
        one = simulate(assumptions)
        assert np.array_equal(many.liquidity, np.repeat(one.liquidity, 20, axis=0))
        assert np.array_equal(many.free_cash_flow, np.repeat(one.free_cash_flow, 20, axis=0))


def lever_values_of(assumptions, names):
    """Name and value of some inputs, read off the record itself."""
    for name in names:
        part = assumptions
        for step in name.split("."):
            if isinstance(part, tuple):
                part = next(one for at, one in enumerate(part) if step in (str(at), getattr(one, "name", None)))
            else:
                part = getattr(part, step)
        yield name, part


@st.composite
def simulations(draw):
    """A small simulation of any scenario with one segment at least."""
    growth, research = "segments.first.growth.start", "research_and_development.growth.start"
    chosen = MonteCarloSettings(
        paths=24,
        seed=draw(st.integers(0, 2**32)),
        inputs=(
            UncertainInput(lever=growth, spread=draw(st.floats(0.0, 0.1))),
            UncertainInput(lever=research, spread=draw(st.floats(0.0, 0.1))),
        ),
        correlations=(Correlation(first=growth, second=research, value=draw(st.floats(-1.0, 1.0))),),
        shock_volatility=draw(st.sampled_from((0.0, 0.05))),
        shock_persistence=draw(st.floats(-0.9, 0.9)),
    )
    return draw(scenarios(horizon=st.integers(3, 30), funding=st.just(()))), chosen


class TestSimulations:
    @EXAMPLES
    @given(simulations(), st.lists(st.floats(0.0, 3.0), min_size=2, max_size=6))
    def test_probability_of_cash_out_rises_with_time(self, simulation, ends):
        run = monte_carlo(*simulation)
        chances = [run.probability_of_cash_out(end).value for end in sorted(ends)]
        assert chances == sorted(chances)

    @EXAMPLES
    @given(simulations())
    def test_quantiles_are_ordered(self, simulation):
        run = monte_carlo(*simulation)
        for quantiles in (
            run.runway_quantiles(),
            run.break_even_quantiles(),
            run.funding_need_quantiles(3),
        ):
            assert list(quantiles.values()) == sorted(quantiles.values())
        assert (np.diff(run.fan_frame().drop(columns=["month", "date"]).to_numpy(), axis=1) >= 0).all()

    @EXAMPLES
    @given(simulations())
    def test_same_seed_gives_the_same_run(self, simulation):
        first, second = monte_carlo(*simulation), monte_carlo(*simulation)
        assert isinstance(first, MonteCarloResult)
        assert np.array_equal(first.projection.liquidity, second.projection.liquidity)
        assert np.array_equal(first.runway, second.runway)

    @EXAMPLES
    @given(simulations())
    def test_without_spread_it_is_the_single_run(self, simulation):
        assumptions, chosen = simulation
        still = chosen.model_copy(
            update={
                "inputs": tuple(one.model_copy(update={"spread": 0.0}) for one in chosen.inputs),
                "shock_volatility": 0.0,
            }
        )
        run = monte_carlo(assumptions, still)
        assert np.array_equal(run.projection.liquidity, np.repeat(simulate(assumptions).liquidity, 24, axis=0))
