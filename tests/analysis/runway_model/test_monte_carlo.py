"""Simulations: repeatable, equal to the single run without spread, and close to the reference results."""

from math import sqrt

import numpy as np
import pytest

from ipo_data.analysis.runway_model import (
    correlation_matrix,
    monte_carlo,
    preset_settings,
    runway,
    simulate,
    with_values,
)
from ipo_data.analysis.runway_model.monte_carlo import _jumps_so_far, _log_growth, draw_inputs, generators
from ipo_data.errors import OptionError, UnknownNameError
from ipo_data.model.scenario import (
    Correlation,
    Distribution,
    MonteCarloSettings,
    RegimeJump,
    UncertainInput,
)
from tests.analysis.runway_model.examples import bare, minimax, scenarios

INFINITE = float("inf")
C_GROWTH = "segments.c_end.growth.start"
B_GROWTH = "segments.b_end.growth.start"
C_MARGIN = "segments.c_end.gross_margin.end"
RESEARCH = "research_and_development.growth.start"
PRICE = "compute_price.change"
DAYS = "working_capital.receivable_days.later"


def settings(preset="base", **changes):
    return preset_settings(scenarios("minimax"), preset, paths=10_000).model_copy(update=changes)


@pytest.fixture(scope="module")
def base():
    return monte_carlo(minimax(), settings())


@pytest.fixture(scope="module")
def base_with_offer():
    return monte_carlo(minimax(offer=True), settings())


@pytest.fixture(scope="module")
def bull_with_offer():
    return monte_carlo(minimax("bull", offer=True), settings())


@pytest.fixture(scope="module")
def bear_with_offer():
    return monte_carlo(minimax("bear", offer=True), settings())


def assert_quantile(values, level, printed, unit):
    """The printed quantile, given to ``unit``, lies within four standard errors of the simulated one.

    The share of values below a true quantile is its level, give or take sqrt(level (1 - level) / n).
    """
    error = 4 * sqrt(level * (1 - level) / len(values))
    below = (values <= printed + unit / 2).mean()
    at_least = (values < printed - unit / 2).mean()
    assert at_least - error <= level <= below + error


def assert_share(probability, printed, unit=0.01):
    assert abs(probability.value - printed) <= unit / 2 + 4 * probability.standard_error


class TestReferenceResults:
    @pytest.mark.parametrize(("level", "months"), [(0.1, 26.3), (0.5, 30.4), (0.9, 36.4)])
    def test_base_without_the_offer(self, base, level, months):
        assert_quantile(base.runway, level, months, 0.1)

    def test_base_without_the_offer_mostly_ends_within_three_years(self, base):
        assert_share(base.probability_of_cash_out(36), 0.89)

    @pytest.mark.parametrize(("level", "months"), [(0.1, 40.6), (0.5, 48.4), (0.9, 61.6)])
    def test_base_with_the_offer(self, base_with_offer, level, months):
        assert_quantile(base_with_offer.runway, level, months, 0.1)

    @pytest.mark.parametrize(("months", "share"), [(48, 0.48), (60, 0.88)])
    def test_base_with_the_offer_cash_out(self, base_with_offer, months, share):
        assert_share(base_with_offer.probability_of_cash_out(months), share)

    @pytest.mark.parametrize(("level", "need"), [(0.5, 455.0), (0.9, 1008.0)])
    def test_base_with_the_offer_needs_more_for_five_years(self, base_with_offer, level, need):
        needs = np.maximum(0.0, -base_with_offer.projection.liquidity[:, :61].min(axis=1))
        assert_quantile(needs, level, need, 1.0)

    def test_bull_with_the_offer(self, bull_with_offer):
        assert_quantile(bull_with_offer.runway, 0.5, 59.5, 0.1)
        assert_share(bull_with_offer.probability_of_cash_out(60), 0.50)

    @pytest.mark.parametrize(("level", "months"), [(0.1, 37.1), (0.5, 42.6), (0.9, 49.6)])
    def test_bear_with_the_offer(self, bear_with_offer, level, months):
        assert_quantile(bear_with_offer.runway, level, months, 0.1)

    @pytest.mark.parametrize(("level", "months"), [(0.1, 30), (0.5, 51)])
    def test_wide_with_the_offer_and_the_usual_correlations(self, level, months):
        usual = settings("base").correlations
        wide = monte_carlo(minimax("wide", offer=True), settings("wide", correlations=usual))
        assert_quantile(wide.runway, level, months, 1.0)
        assert wide.runway_quantiles((0.9,)) == {0.9: INFINITE}

    @pytest.mark.parametrize(("level", "liquidity"), [(0.05, 1391.0), (0.95, 1438.0)])
    def test_liquidity_of_june_2026(self, base_with_offer, level, liquidity):
        # the ninth month end; about 1323 was reported since, below the fifth percentile
        assert_quantile(base_with_offer.projection.liquidity[:, 9], level, liquidity, 1.0)


class TestWithoutSpread:
    def test_equals_the_single_run_bit_for_bit(self):
        still = settings(
            paths=300,
            inputs=tuple(entry.model_copy(update={"spread": 0.0}) for entry in settings().inputs),
            shock_volatility=0.0,
        )
        for preset in ("flat", "base", "bull", "bear", "stress"):
            single = simulate(minimax(preset, offer=True))
            many = monte_carlo(minimax(preset, offer=True), still)
            assert np.array_equal(many.projection.liquidity, np.repeat(single.liquidity, 300, axis=0))
            assert np.array_equal(many.projection.free_cash_flow, np.repeat(single.free_cash_flow, 300, axis=0))
            assert set(many.runway) == {runway(minimax(preset, offer=True)).months}

    def test_equals_the_single_run_with_interest_and_lines(self):
        assumptions = bare(
            100.0,
            7.0,
            interest_rate=0.03,
            liquidity__undrawn_facilities=50.0,
            liquidity__facility_policy="draw_below_minimum",
            liquidity__facility_rate=0.06,
        )
        many = monte_carlo(assumptions, MonteCarloSettings(paths=20))
        assert np.array_equal(many.projection.liquidity, np.repeat(simulate(assumptions).liquidity, 20, axis=0))

    def test_jump_that_never_comes_changes_nothing(self):
        never = RegimeJump(yearly_probability=0.0, revenue_factor=2.0, research_factor=2.0, segments=("b_end",))
        many = monte_carlo(minimax(), MonteCarloSettings(paths=20, regime_jump=never))
        assert np.array_equal(many.projection.liquidity, np.repeat(simulate(minimax()).liquidity, 20, axis=0))


class TestDraws:
    def test_same_seed_gives_the_same_run(self, base):
        again = monte_carlo(minimax(), settings())
        assert np.array_equal(base.runway, again.runway)
        assert np.array_equal(base.projection.liquidity, again.projection.liquidity)

    def test_other_seed_or_stream_gives_another(self, base):
        for other in ({"seed": 1}, {"stream": 1}):
            assert not np.array_equal(base.runway, monte_carlo(minimax(), settings(**other)).runway)

    def test_more_paths_keep_the_first_ones(self, base):
        fewer = monte_carlo(minimax(), settings(paths=1_500))
        assert np.array_equal(fewer.runway, base.runway[:1_500])

    def test_scenarios_meet_the_same_luck(self, base, base_with_offer):
        # the offer is the only difference: every path gains exactly its 679.5 from month 3 on
        gained = base_with_offer.projection.liquidity - base.projection.liquidity
        assert np.allclose(gained[:, 4:], 679.5, atol=1e-9)
        assert np.allclose(gained[:, :4], 0.0, atol=1e-9)

    def test_spread_and_correlation_are_as_asked(self):
        drawn = draw_inputs(minimax(), settings(), generators(settings())[0])
        # standard error of a correlation r at n = 10,000: (1 - r^2) / 100 <= .01; four of them
        scores = np.array([drawn[C_GROWTH], drawn[B_GROWTH], drawn[C_MARGIN], drawn[RESEARCH], drawn[PRICE]])
        found = np.corrcoef(np.vstack([scores, np.log(drawn[DAYS])]))
        assert found == pytest.approx(correlation_matrix(settings()), abs=0.04)
        # standard error of a standard deviation: 1 / sqrt(2 n) = .7 %
        assert drawn[C_GROWTH].std() == pytest.approx(0.02, rel=0.03)
        assert np.log(drawn[DAYS]).std() == pytest.approx(0.30, rel=0.03)
        assert np.median(drawn[DAYS]) == pytest.approx(38.0, rel=0.02)

    def test_cut_offs_hold(self):
        drawn = draw_inputs(minimax(), settings(), generators(settings())[0])
        assert drawn[PRICE].min() >= -0.35
        assert drawn[PRICE].max() <= 0.60
        far = UncertainInput(lever="interest_rate", spread=0.4)
        assert (
            draw_inputs(bare(), MonteCarloSettings(inputs=(far,)), generators(settings())[0])["interest_rate"].min()
            == 0.0
        )  # the input's own bound

    def test_input_without_spread_is_left_to_the_scenario(self):
        still = UncertainInput(lever=C_GROWTH, spread=0.0)
        assert draw_inputs(minimax(), MonteCarloSettings(inputs=(still,)), generators(settings())[0]) == {}

    def test_months_stay_whole(self):
        late = UncertainInput(lever="funding.0.month", spread=2.0)
        drawn = draw_inputs(minimax(offer=True), MonteCarloSettings(inputs=(late,)), generators(settings())[0])
        assert np.array_equal(drawn["funding.0.month"], np.rint(drawn["funding.0.month"]))
        assert drawn["funding.0.month"].min() >= 0

    def test_inputs_in_lockstep_are_allowed(self):
        inputs = tuple(UncertainInput(lever=name, spread=0.01) for name in (C_GROWTH, B_GROWTH))
        tied = MonteCarloSettings(
            paths=500,
            inputs=inputs,
            correlations=(Correlation(first=C_GROWTH, second=B_GROWTH, value=1.0),),
        )
        drawn = draw_inputs(minimax(), tied, generators(tied)[0])
        # 4 % and 7 % move by the same amount
        assert drawn[B_GROWTH] - drawn[C_GROWTH] == pytest.approx(np.full(500, 0.03), abs=1e-6)

    def test_lognormal_multiplies(self):
        spread = UncertainInput(lever="liquidity.cash", distribution=Distribution.LOGNORMAL, spread=0.5)
        drawn = draw_inputs(bare(100.0), MonteCarloSettings(paths=4_000, inputs=(spread,)), generators(settings())[0])
        assert drawn["liquidity.cash"].min() > 0
        # four standard errors of a median: 4 * 1.2533 * .5 / sqrt(4000) = 4 %
        assert np.median(drawn["liquidity.cash"]) == pytest.approx(100.0, rel=0.04)


class TestShocks:
    def test_persistence_of_surprises(self):
        # one segment without growth: log revenue changes are the surprises; each keeps .6 of the one before
        shaken = MonteCarloSettings(paths=2_000, shock_volatility=0.02, shock_persistence=0.6)
        run = monte_carlo(bare(1e6, 0.0, revenue=100.0, margin=1.0, horizon=60), shaken)
        changes = np.diff(np.log(run.projection.free_cash_flow), axis=1)
        # the spread of later months settles at .02 over the root of 1 - .6 * .6, that is .025
        assert changes[:, 0].std() == pytest.approx(0.02, rel=0.07)
        assert changes[:, 30:].std() == pytest.approx(0.025, rel=0.02)
        lagged = np.corrcoef(changes[:, 20:-1].ravel(), changes[:, 21:].ravel())[0, 1]
        assert lagged == pytest.approx(0.6, abs=0.01)

    def test_first_month_is_known(self):
        shaken = MonteCarloSettings(paths=50, shock_volatility=0.02)
        flows = monte_carlo(minimax("flat"), shaken).projection.free_cash_flow
        assert (flows[:, 0] == flows[0, 0]).all()
        assert flows[:, 1].std() > 0

    def test_segments_are_surprised_apart(self):
        shaken = MonteCarloSettings(shock_volatility=0.02)
        surprises = dict(_log_growth(["c_end", "b_end"], 50, 400, shaken, np.random.default_rng(1)))
        # standard error of a correlation at 400 * 50 draws: .007
        assert np.corrcoef(surprises["c_end"].ravel(), surprises["b_end"].ravel())[0, 1] == pytest.approx(0, abs=0.03)


class TestJumps:
    JUMP = RegimeJump(yearly_probability=0.3, revenue_factor=2.0, research_factor=3.0, spread=0.0, segments=("only",))

    def test_frequency_and_time(self):
        _, _, times, sizes = generators(MonteCarloSettings())
        count, score = _jumps_so_far(self.JUMP, 121, 4_000, times, sizes)
        assert count.shape == score.shape == (121, 4_000)
        assert (count[0] == 0).all()
        assert (np.diff(count, axis=0) >= 0).all()
        # ten years at 30 %: mean 3, standard error sqrt(10 * .3 * .7 / 4000) = .023
        assert count[-1].mean() == pytest.approx(3.0, abs=0.1)
        assert count[12].max() <= 1  # at most one a year
        # spread evenly over the months of the first year: 1/12 * .3 = .025 each, standard error .0025
        assert np.diff(count[:13], axis=0).mean(axis=1) == pytest.approx(np.full(12, 0.025), abs=0.01)

    def test_certain_jump_multiplies_revenue_and_research_for_good(self):
        certain = self.JUMP.model_copy(update={"yearly_probability": 1.0})
        assumptions = bare(1e4, 0.0, revenue=100.0, margin=1.0, horizon=13, research_and_development__monthly=10.0)
        run = monte_carlo(assumptions, MonteCarloSettings(paths=200, regime_jump=certain))
        # 90 = 100 less 10 before, 170 = 200 less 30 after one jump
        assert set(np.unique(run.projection.free_cash_flow.round(9))) == {90.0, 170.0}
        assert (run.projection.free_cash_flow[:, 0] == 90.0).all()
        assert (run.projection.free_cash_flow[:, -1].round(9) == 170.0).all()

    def test_size_varies_around_its_median(self):
        wide = self.JUMP.model_copy(update={"yearly_probability": 1.0, "spread": 0.5, "research_factor": 1.0})
        assumptions = bare(1e4, 0.0, revenue=1.0, margin=1.0, horizon=13)
        run = monte_carlo(assumptions, MonteCarloSettings(paths=4_000, regime_jump=wide))
        factors = run.projection.free_cash_flow[:, -1]
        # four standard errors of a median of logs: 4 * 1.2533 * .5 / sqrt(4000) = .04
        assert np.log(np.median(factors)) == pytest.approx(np.log(2.0), abs=0.04)
        assert np.log(factors).std() == pytest.approx(0.5, rel=0.05)

    def test_both_tails_grow(self):
        jumping = preset_settings(scenarios("minimax"), "base", paths=4_000, regime_jump=True)
        plain = jumping.model_copy(update={"regime_jump": None})
        with_jumps, without = (monte_carlo(minimax(offer=True), which) for which in (jumping, plain))
        assert with_jumps.runway_quantiles((0.1,))[0.1] < without.runway_quantiles((0.1,))[0.1]
        assert with_jumps.probability_of_no_break_even().value < without.probability_of_no_break_even().value

    def test_unknown_segment_is_refused(self):
        jump = self.JUMP.model_copy(update={"segments": ("b_ende",)})
        with pytest.raises(UnknownNameError, match=r"unknown segment 'b_ende' \(did you mean 'b_end'\?\)"):
            monte_carlo(minimax(), MonteCarloSettings(regime_jump=jump))


class TestExtremes:
    def test_widest_settings_still_give_numbers(self):
        fastest = {f"segments.{name}.growth.{end}": 1.0 for name in ("c_end", "b_end") for end in ("start", "end")}
        widest = MonteCarloSettings(
            paths=500,
            inputs=(
                UncertainInput(lever="liquidity.cash", distribution=Distribution.LOGNORMAL, spread=1e7),
                UncertainInput(lever=C_GROWTH, spread=1e7),
            ),
            shock_volatility=0.2,
            shock_persistence=0.9,
            regime_jump=RegimeJump(
                yearly_probability=1.0, revenue_factor=100.0, research_factor=100.0, spread=2.0, segments=("b_end",)
            ),
        )
        run = monte_carlo(with_values(minimax(offer=True), fastest | {"horizon": 240}), widest)
        assert np.isfinite(run.projection.liquidity).all()
        assert not np.isnan(run.runway).any()


class TestReading:
    def test_infinite_paths_rank_last(self):
        # cash 100 less a burn of 1 a month: some paths start with enough for the horizon of 90
        spread = UncertainInput(lever="liquidity.cash", spread=20.0)
        run = monte_carlo(bare(100.0, 1.0, horizon=90), MonteCarloSettings(inputs=(spread,)))
        quantiles = run.runway_quantiles()
        assert list(quantiles) == [0.1, 0.25, 0.5, 0.75, 0.9]
        assert quantiles[0.1] == pytest.approx(100 - 1.2816 * 20, abs=3.5)
        assert quantiles[0.5] == quantiles[0.9] == INFINITE

    def test_quantiles_are_values_of_some_path(self, base):
        assert set(base.runway_quantiles().values()) <= set(base.runway)

    def test_probability_has_its_standard_error(self, base):
        probability = base.probability_of_cash_out(36)
        # the root of p (1 - p) over that of 10,000
        assert probability.standard_error == pytest.approx(
            sqrt(probability.value * (1 - probability.value)) / 100, abs=1e-12
        )
        assert probability.standard_error <= 0.005

    def test_probability_counts_paths(self, base):
        assert base.probability_of_cash_out(36).value == (base.runway <= 36).mean()
        assert base.probability_of_cash_out(0).value == 0

    @pytest.mark.parametrize("months", [-1, 121, float("nan")])
    def test_probability_beyond_the_horizon_is_refused(self, base, months):
        with pytest.raises(ValueError, match="months must lie between 0 and the horizon of 120"):
            base.probability_of_cash_out(months)

    def test_funding_need_rises_with_time(self, base_with_offer):
        three, five = (base_with_offer.funding_need_quantiles(months) for months in (36, 60))
        assert list(five) == [0.5, 0.9]
        assert three[0.5] == 0
        assert five[0.5] < five[0.9]

    def test_break_even_may_never_come(self, bull_with_offer, bear_with_offer):
        assert bull_with_offer.break_even_quantiles((0.25,))[0.25] < 120
        assert bear_with_offer.break_even_quantiles((0.5,))[0.5] == INFINITE
        bull, bear = (run.probability_of_no_break_even().value for run in (bull_with_offer, bear_with_offer))
        assert bull < bear

    def test_fan(self, base_with_offer):
        fan = base_with_offer.fan_frame()
        assert list(fan.columns) == ["month", "date", "p05", "p25", "p50", "p75", "p95"]
        assert len(fan) == 121
        assert fan["date"].iloc[0].isoformat()[:10] == "2025-09-30"
        assert fan.loc[0, ["p05", "p95"]].tolist() == pytest.approx([1006.8, 1006.8])
        bands = fan[["p05", "p25", "p50", "p75", "p95"]].to_numpy()
        assert (np.diff(bands, axis=1) >= 0).all()
        assert ((bands[-1, 4] - bands[-1, 0]) > (bands[12, 4] - bands[12, 0])).all()

    def test_settings_travel_with_the_result(self, base):
        assert (base.settings.seed, base.settings.paths) == (20260109, 10_000)


class TestRefusals:
    def pairs(self, *values):
        names = (C_GROWTH, B_GROWTH, RESEARCH)
        inputs = tuple(UncertainInput(lever=name, spread=0.01) for name in names)
        ends = ((0, 1), (0, 2), (1, 2))
        correlations = tuple(
            Correlation(first=names[a], second=names[b], value=value)
            for (a, b), value in zip(ends, values, strict=True)
        )
        return MonteCarloSettings(inputs=inputs, correlations=correlations)

    def test_contradicting_correlations_are_refused_with_the_reason(self):
        # equal correlations of three inputs cannot fall below -1/2: eigenvalue 1 + 2 * -.9 = -.8
        with pytest.raises(OptionError) as caught:
            monte_carlo(minimax(), self.pairs(-0.9, -0.9, -0.9))
        words = str(caught.value)
        assert "cannot hold together" in words
        assert "smallest eigenvalue -0.800" in words
        assert all(name in words for name in (C_GROWTH, B_GROWTH, RESEARCH))

    def test_only_the_inputs_involved_are_named(self):
        contradiction = self.pairs(0.9, 0.9, -0.9)
        bystander = UncertainInput(lever=PRICE, spread=0.1)
        with pytest.raises(OptionError) as caught:
            correlation_matrix(contradiction.model_copy(update={"inputs": (*contradiction.inputs, bystander)}))
        assert PRICE not in str(caught.value)

    def test_edge_of_the_possible_is_accepted(self):
        # 1 + 2 * -.5 = 0
        assert np.linalg.eigvalsh(correlation_matrix(self.pairs(-0.5, -0.5, -0.5)))[0] == pytest.approx(0.0, abs=1e-9)
        monte_carlo(minimax(), self.pairs(-0.5, -0.5, -0.5).model_copy(update={"paths": 10}))

    def test_usual_correlations_have_the_known_eigenvalues(self):
        eigenvalues = np.linalg.eigvalsh(correlation_matrix(settings()))
        assert (eigenvalues[0], eigenvalues[-1]) == pytest.approx((0.39, 1.94), abs=0.005)

    def test_no_inputs_need_no_correlations(self):
        assert correlation_matrix(MonteCarloSettings()).shape == (0, 0)

    def test_correlation_of_a_certain_input(self):
        pair = Correlation(first=C_GROWTH, second="interest_rate", value=0.5)
        broken = self.pairs(0, 0, 0).model_copy(update={"correlations": (pair,)})
        with pytest.raises(UnknownNameError, match="unknown uncertain input 'interest_rate'"):
            correlation_matrix(broken)

    @pytest.mark.parametrize("second", [C_GROWTH, B_GROWTH])
    def test_correlation_given_twice_or_with_itself(self, second):
        pairs = (
            Correlation(first=C_GROWTH, second=B_GROWTH, value=0.5),
            Correlation(first=second, second=C_GROWTH, value=0.4),
        )
        with pytest.raises(OptionError, match="is fixed or given twice"):
            correlation_matrix(self.pairs(0, 0, 0).model_copy(update={"correlations": pairs}))

    def test_input_listed_twice(self):
        twice = (UncertainInput(lever=C_GROWTH, spread=0.01),) * 2
        with pytest.raises(OptionError, match="each uncertain input may be listed once"):
            monte_carlo(minimax(), MonteCarloSettings(inputs=twice))

    def test_unknown_input(self):
        unknown = (UncertainInput(lever="segments.c_end.growth.begin", spread=0.01),)
        with pytest.raises(UnknownNameError, match=r"unknown scenario input 'segments\.c_end\.growth\.begin'"):
            monte_carlo(minimax(), MonteCarloSettings(inputs=unknown))

    def test_horizon_does_not_vary(self):
        with pytest.raises(OptionError, match="horizon is shared"):
            monte_carlo(minimax(), MonteCarloSettings(inputs=(UncertainInput(lever="horizon", spread=1.0),)))

    def test_assumed_value_outside_its_cut_offs(self):
        cut = UncertainInput(lever=PRICE, spread=0.1, lower=0.1, upper=0.6)
        with pytest.raises(OptionError, match=r"compute_price\.change is assumed to be 0, outside its cut-offs 0\.1"):
            monte_carlo(minimax(), MonteCarloSettings(inputs=(cut,)))
