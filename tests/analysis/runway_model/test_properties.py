"""What must hold for any scenario: found counterexamples are shrunk to the smallest one."""

from datetime import date
from random import Random

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from ipo_data.analysis.runway_model import (
    lever_values,
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
    RevenueStep,
    RunwayAssumptions,
    SegmentAssumptions,
    UncertainInput,
    WorkingCapital,
)
from tests.analysis.runway_model.examples import growing, minimax

EXAMPLES = settings(max_examples=500, deadline=None, derandomize=True)  # the same examples in every run
TOLERANCE = 1e-7  # months; rounding moves a crossing by far less unless liquidity touches its minimum
SEASONS = ((1.0,) * 12, (0.288,) * 6 + (1.712,) * 6, (0.0, 2.0) * 6)

money = st.floats(0.0, 40.0)
shares = st.floats(0.0, 0.5)
rates = st.floats(-0.05, 0.08)
days = st.floats(0.0, 120.0)
small_rates = st.floats(0.0, 0.05)


@st.composite
def scenarios(draw, *, late_suppliers=True, late_customers=True, contribution=False):
    """Any scenario. What decides most is drawn singly, so that it shrinks; the rest comes from one seed.

    Args:
        draw: Given by hypothesis.
        late_suppliers: Whether suppliers may be paid late. If so, a higher cost of sales is at first lent by
            suppliers, and a *worse* margin or price can bring cash forward.
        late_customers: Whether customers may pay late. If so, growth can shorten a runway.
        contribution: Whether every sale has to earn something.
    """
    rest = Random(draw(st.integers(0, 2**32 - 1)))  # noqa: S311 - examples, not secrets

    def some(lower, upper):
        kind = rest.random()
        return float(lower if kind < 0.2 else upper if kind < 0.3 else rest.uniform(lower, upper))

    def path(kind, start, lower, upper):
        return kind(start=start, end=some(lower, upper), half_life=some(1, 36))

    def level(*, may_be_late=True):
        late = 120.0 if may_be_late else 0.0
        return DaysOutstanding(opening=some(0, late), later=some(0, late), from_month=int(some(0, 24)))

    lowest_margin = 0.5 if contribution else -0.3
    margin = draw(st.floats(lowest_margin, 0.9))
    first = SegmentAssumptions(
        name="first",
        revenue=draw(money),
        growth=path(GrowthPath, draw(rates), -0.05, 0.05),
        gross_margin=path(MarginPath, margin, lowest_margin, 0.9),
    )
    second = SegmentAssumptions(
        name="second",
        revenue=some(0, 40),
        growth=path(GrowthPath, some(-0.05, 0.08), -0.05, 0.05),
        gross_margin=path(MarginPath, some(lowest_margin, 0.9), lowest_margin, 0.9),
    )
    research = ResearchAssumptions(monthly=draw(money), growth=path(GrowthPath, draw(rates), -0.03, 0.03))
    return RunwayAssumptions(
        currency="USD",
        balance_date=date(2025, 9, 30) if rest.random() < 0.5 else date(2024, 2, 29),
        horizon=draw(st.integers(3, 36)),
        liquidity=OpeningLiquidity(
            cash=draw(st.floats(0.0, 1000.0)),
            financial_assets=some(0, 40),
            financial_asset_haircut=some(0, 0.5),
            undrawn_facilities=some(0, 40),
            facility_policy=draw(st.sampled_from(FacilityPolicy)),
            facility_rate=some(0, 0.2),
            minimum=some(0, 40),
        ),
        segments=(first, second)[: rest.randint(1, 2)],
        research_and_development=research,
        compute_price=ComputePrice(
            change=0.0 if contribution else some(-0.5, 1.0),
            from_month=int(some(0, 24)),
            cost_of_sales_share=some(0, 1),
            research_share=some(0, 1),
        ),
        revenue_step=RevenueStep(change=some(-0.5, 0.5), from_month=int(some(0, 24))),
        operating_expenses=OperatingExpenses(
            fixed=draw(money), fixed_growth=some(-0.05, 0.08), variable_share=some(0, 0.5)
        ),
        capital_spending=CapitalSpending(capex=some(0, 20), leases=some(0, 20), growth=some(-0.05, 0.08)),
        working_capital=WorkingCapital(
            receivable_days=level(may_be_late=late_customers),
            payable_days=level(may_be_late=late_suppliers),
            deferred_revenue_days=level(),
        ),
        seasonal_factors=rest.choice(SEASONS),
        interest_rate=draw(st.sampled_from((0.0, 0.0, 0.035, 0.2))),
        funding=(Funding(month=int(some(0, 24)), amount=draw(st.floats(0.0, 500.0))),),
    )


def runways(assumptions, *changes):
    """Months of the scenario as it is, then of each change to it; a change raises inputs by an amount."""
    values = lever_values(assumptions)
    cases = [{}, *changes]
    names = {name for case in cases for name in case}
    overrides = {name: np.array([values[name] + case.get(name, 0.0) for case in cases]) for name in names}
    projection = simulate(assumptions, paths=len(cases), overrides=overrides)
    return runway_months(projection.liquidity, projection.free_cash_flow, projection.minimum)


def touches_the_minimum(assumptions):
    """Whether some month ends so close to the minimum that rounding decides if it is a crossing."""
    projection = simulate(assumptions)
    scale = 1 + np.abs(projection.liquidity).max()
    return bool(np.abs(projection.liquidity - projection.minimum[:, None]).min() < 1e-9 * scale)


class TestDirections:
    """Every change is a path of its own beside the unchanged scenario."""

    @EXAMPLES
    @given(scenarios(), st.floats(0.0, 500.0), shares)
    def test_more_money_lasts_longer(self, assumptions, more, share):
        values = lever_values(assumptions)
        before, *after = runways(
            assumptions,
            {"liquidity.cash": more},
            {"funding.0.amount": more},
            {"liquidity.undrawn_facilities": more},
            {"liquidity.minimum": -share * values["liquidity.minimum"]},
            {"funding.0.month": -float(int(share * values["funding.0.month"]))},
        )
        assert min(after) >= before - TOLERANCE

    @EXAMPLES
    @given(scenarios(), shares)
    def test_larger_haircut_lasts_shorter(self, assumptions, share):
        before, after = runways(assumptions, {"liquidity.financial_asset_haircut": share})
        assert after <= before + TOLERANCE

    @EXAMPLES
    @given(scenarios(late_suppliers=False), st.floats(0.0, 0.1), st.floats(0.0, 1.0))
    def test_better_margin_lasts_longer_and_dearer_computing_shorter(self, assumptions, more, change):
        before, start, end, dearer = runways(
            assumptions,
            {"segments.first.gross_margin.start": more},
            {"segments.first.gross_margin.end": more},
            {"compute_price.change": change},
        )
        assert min(start, end) >= before - TOLERANCE
        assert dearer <= before + TOLERANCE

    @EXAMPLES
    @given(scenarios(), days)
    def test_lenders_in_trade_last_longer_and_borrowers_shorter(self, assumptions, more):
        before, suppliers, prepayers, late_payers = runways(
            assumptions,
            {"working_capital.payable_days.later": more},
            {"working_capital.deferred_revenue_days.later": more},
            {"working_capital.receivable_days.later": more},
        )
        assert min(suppliers, prepayers) >= before - TOLERANCE
        assert late_payers <= before + TOLERANCE

    @EXAMPLES
    @given(scenarios(late_customers=False, late_suppliers=False, contribution=True), small_rates)
    def test_growth_that_is_paid_at_once_lasts_longer(self, assumptions, more):
        # only when customers pay at once and every sale earns something: see the worked case where growth hurts
        before, *after = runways(
            assumptions,
            {"segments.first.growth.start": more},
            {"segments.first.growth.end": more},
            {"segments.first.growth.start": more, "segments.first.growth.end": more},
        )
        assert min(after) >= before - TOLERANCE

    @EXAMPLES
    @given(scenarios(), money, small_rates)
    def test_higher_cost_lasts_shorter(self, assumptions, more, rate):
        before, *after = runways(
            assumptions,
            {"research_and_development.monthly": more},
            {"research_and_development.growth.start": rate},
            {"research_and_development.growth.end": rate},
            {"operating_expenses.fixed": more},
            {"operating_expenses.fixed_growth": rate},
            {"operating_expenses.variable_share": rate},
            {"capital_spending.capex": more},
            {"capital_spending.leases": more},
            {"capital_spending.growth": rate},
        )
        assert max(after) <= before + TOLERANCE


class TestIdentities:
    MONEY = (
        "liquidity.cash",
        "liquidity.financial_assets",
        "liquidity.undrawn_facilities",
        "liquidity.minimum",
        "research_and_development.monthly",
        "operating_expenses.fixed",
        "capital_spending.capex",
        "capital_spending.leases",
        "segments.first.revenue",
        "segments.second.revenue",
        "funding.0.amount",
    )

    @EXAMPLES
    @given(scenarios(), st.floats(0.01, 100.0))
    @example(minimax(offer=True), 7.04)  # dollars to renminbi
    def test_currency_does_not_matter(self, assumptions, factor):
        assume(not touches_the_minimum(assumptions))
        values = lever_values(assumptions)
        names = [name for name in values if name in self.MONEY or name.endswith("_end.revenue")]
        changed = with_values(assumptions, {name: factor * values[name] for name in names})
        assert runway(changed).months == pytest.approx(runway(assumptions).months, rel=1e-9, abs=TOLERANCE)

    @EXAMPLES
    @given(scenarios(), st.floats(0.0, 500.0))
    def test_money_in_month_zero_is_opening_money(self, assumptions, amount):
        richer = with_values(assumptions, {"liquidity.cash": assumptions.liquidity.cash + amount})
        at_once = Funding(month=0, amount=amount)
        funded = assumptions.model_copy(update={"funding": (*assumptions.funding, at_once)})
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
        assert projection.liquidity[0, -1] == pytest.approx(expected, rel=1e-9, abs=1e-9 * (1 + abs(expected)))

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
    def test_one_path_among_many_is_the_same_run(self, assumptions):
        cash = np.full(20, assumptions.liquidity.cash)
        many = simulate(assumptions, paths=20, overrides={"liquidity.cash": cash})
        one = simulate(assumptions)
        assert np.array_equal(many.liquidity, np.repeat(one.liquidity, 20, axis=0))
        assert np.array_equal(many.free_cash_flow, np.repeat(one.free_cash_flow, 20, axis=0))

    @EXAMPLES
    @given(st.floats(0.1, 30.0), st.floats(0.005, 0.1), st.floats(0.05, 0.9), st.floats(0.0, 40.0))
    def test_break_even_comes_no_later_than_the_lowest_point(self, revenue, growth, margin, burn):
        # flows that only rise: once the business funds itself for three months, liquidity has turned
        result = runway(growing(growth, burn=burn, revenue=revenue, margin=margin))
        if result.break_even_month is not None:
            assert result.break_even_month <= result.lowest_month + BREAK_EVEN_HOLD


@st.composite
def simulations(draw):
    """A small simulation of any scenario."""
    growth, research = "segments.first.growth.start", "research_and_development.growth.start"
    correlation = Correlation(first=growth, second=research, value=draw(st.floats(-1.0, 1.0)))
    chosen = MonteCarloSettings(
        paths=24,
        seed=draw(st.integers(0, 2**32)),
        inputs=(
            UncertainInput(lever=growth, spread=draw(st.floats(0.0, 0.1))),
            UncertainInput(lever=research, spread=0.05),
        ),
        correlations=(correlation,),
        shock_volatility=draw(st.sampled_from((0.0, 0.05))),
        shock_persistence=0.6,
    )
    return draw(scenarios()), chosen


class TestSimulations:
    @EXAMPLES
    @given(simulations(), st.lists(st.floats(0.0, 3.0), min_size=2, max_size=4))
    def test_quantiles_and_probabilities_are_ordered(self, simulation, ends):
        run = monte_carlo(*simulation)
        chances = [run.probability_of_cash_out(end).value for end in sorted(ends)]
        assert chances == sorted(chances)
        for quantiles in (run.runway_quantiles(), run.break_even_quantiles(), run.funding_need_quantiles(3)):
            assert list(quantiles.values()) == sorted(quantiles.values())
        bands = run.fan_frame().drop(columns=["month", "date"]).to_numpy()
        assert (np.diff(bands, axis=1) >= 0).all()

    @EXAMPLES
    @given(simulations())
    def test_same_seed_gives_the_same_run(self, simulation):
        first, second = monte_carlo(*simulation), monte_carlo(*simulation)
        assert np.array_equal(first.projection.liquidity, second.projection.liquidity)
        assert np.array_equal(first.runway, second.runway)

    @EXAMPLES
    @given(simulations())
    def test_without_spread_it_is_the_single_run(self, simulation):
        assumptions, chosen = simulation
        certain = tuple(one.model_copy(update={"spread": 0.0}) for one in chosen.inputs)
        still = chosen.model_copy(update={"inputs": certain, "shock_volatility": 0.0})
        run = monte_carlo(assumptions, still)
        assert np.array_equal(run.projection.liquidity, np.repeat(simulate(assumptions).liquidity, 24, axis=0))
