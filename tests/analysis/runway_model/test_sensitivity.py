"""Tornado, heat map and reverse stress against figures worked out before."""

import numpy as np
import pytest

from ipo_data.analysis.runway_model import (
    Change,
    Search,
    both_ends,
    heat_map,
    reverse_stress,
    reverse_stresses,
    runway,
    tornado,
    with_values,
)
from ipo_data.errors import OptionError, UnknownNameError
from tests.analysis.runway_model.examples import ALL_LIQUIDITY, BURN, OWN_LIQUIDITY, bare, minimax

INFINITE = float("inf")
RESEARCH = "research_and_development.growth.start"
PRICE = "compute_price.change"

# input, adverse and favourable value, change of runway in months, change of liquidity after 48 months;
# base case with the offer, 48.09 months
TORNADO = (
    (RESEARCH, 0.045, 0.005, -7.33, 9.91, -380, 293),
    (PRICE, 0.30, -0.20, -7.13, 7.09, -348, 232),
    ("operating_expenses.fixed_growth", 0.02, 0.0, -3.38, 3.40, -158, 116),
    ("capital_spending.capex", 2.0, 0.0, -2.09, 0.26, -86, 10),
    ("segments.b_end.growth.start", 0.045, 0.095, -1.17, 1.86, -49, 67),
    ("segments.c_end.gross_margin.end", 0.20, 0.50, -1.14, 1.26, -47, 47),
    ("liquidity.cash", 362.6 - 39.4, 362.6 + 39.4, -1.00, 1.00, -39, 39),
    ("working_capital.receivable_days.later", 75.0, 25.0, -0.89, 0.32, -36, 13),
    ("segments.b_end.gross_margin.end", 0.55, 0.75, -0.47, 0.49, -19, 19),
    ("segments.c_end.growth.start", 0.02, 0.06, -0.24, 0.31, -10, 12),
)
CHANGES = [Change(lever, adverse, favourable) for lever, adverse, favourable, *_ in TORNADO]


@pytest.fixture(scope="module")
def base():
    return minimax(offer=True)


@pytest.fixture(scope="module")
def frame(base):
    return tornado(base, CHANGES[::-1]).set_index("lever")


class TestTornado:
    @pytest.mark.parametrize("row", TORNADO, ids=[row[0] for row in TORNADO])
    def test_change_of_runway(self, frame, row):
        found = frame.loc[row[0]]
        assert found["months_adverse"] == pytest.approx(row[3], abs=0.01)
        assert found["months_favourable"] == pytest.approx(row[4], abs=0.01)

    @pytest.mark.parametrize("row", TORNADO, ids=[row[0] for row in TORNADO])
    def test_change_of_liquidity(self, frame, row):
        found = frame.loc[row[0]]
        assert found["liquidity_adverse"] == pytest.approx(row[5], abs=0.55)
        assert found["liquidity_favourable"] == pytest.approx(row[6], abs=0.55)

    def test_largest_effect_comes_first(self, frame):
        width = frame["months_favourable"] - frame["months_adverse"]
        assert width.is_monotonic_decreasing
        assert frame.index[0] == RESEARCH
        assert (frame["ranked_by"] == "runway").all()

    def test_values_and_runways_are_given(self, frame):
        found = frame.loc[PRICE]
        assert (found["adverse"], found["favourable"]) == (0.30, -0.20)
        assert found["runway_adverse"] == pytest.approx(48.09 - 7.13, abs=0.015)
        assert found["runway_favourable"] == pytest.approx(48.09 + 7.09, abs=0.015)

    def test_same_as_one_run_each(self, base, frame):
        changed = with_values(base, {"segments.c_end.gross_margin.end": 0.20})
        assert frame.loc["segments.c_end.gross_margin.end", "runway_adverse"] == runway(changed).months

    def test_runway_beyond_the_horizon_is_ranked_by_liquidity(self):
        # 100 of cash: a burn of .5 lasts beyond 120 months, one of 2 for 50; 12 months earlier liquidity is
        # 100 - 48 * 1 = 52 against 4 and 76
        changes = [Change("operating_expenses.fixed", 2.0, 0.5), Change("liquidity.cash", 90.0, 110.0)]
        ranked = tornado(bare(100.0, 1.0), changes).set_index("lever")
        assert (ranked["ranked_by"] == "liquidity").all()
        fixed = ranked.loc["operating_expenses.fixed"]
        assert fixed["runway_favourable"] == fixed["months_favourable"] == INFINITE
        assert fixed["runway_adverse"] == 50.0
        assert (fixed["liquidity_adverse"], fixed["liquidity_favourable"]) == (-48.0, 24.0)

    def test_other_month_can_be_compared(self):
        ranked = tornado(bare(100.0, 1.0), [Change("operating_expenses.fixed", 2.0, 0.5)], liquidity_month=12)
        assert ranked["liquidity_adverse"].tolist() == [-12.0]

    def test_no_changes_give_no_rows(self, base):
        assert tornado(base, []).empty

    def test_refusals(self, base):
        with pytest.raises(UnknownNameError, match=r"did you mean 'compute_price\.change'"):
            tornado(base, [Change("compute_price.chang", 0.3, -0.2)])
        with pytest.raises(OptionError, match=r"compute_price\.change must be a number between -0\.9 and 5"):
            tornado(base, [Change(PRICE, 9.0, -0.2)])
        with pytest.raises(OptionError, match="liquidity_month must lie between 0 and 120, got 121"):
            tornado(base, CHANGES, liquidity_month=121)


class TestHeatMap:
    def test_every_cell_is_its_own_run(self, base):
        rates, prices = [0.0, 0.025, 0.05], [-0.2, 0.0, 0.3, 0.6]
        grid = heat_map(base, RESEARCH, rates, PRICE, prices)
        assert grid.shape == (3, 4)
        assert (grid.index.name, grid.columns.name) == (RESEARCH, PRICE)
        assert grid.loc[0.025, 0.0] == runway(base).months
        assert grid.loc[0.05, 0.6] == runway(with_values(base, {RESEARCH: 0.05, PRICE: 0.6})).months

    def test_known_corner(self):
        # 1006.8 / 27.9 and 1046.2 / 30
        grid = heat_map(bare(), "liquidity.cash", [1006.8, 1046.2], "operating_expenses.fixed", [27.9, 30.0])
        assert grid.loc[1006.8, 27.9] == pytest.approx(36.086022, abs=1e-6)
        assert grid.loc[1046.2, 30.0] == pytest.approx(34.873333, abs=1e-6)

    def test_beyond_the_horizon_is_infinite(self):
        grid = heat_map(bare(), "liquidity.cash", [1046.2], "operating_expenses.fixed", [0.0, 27.9])
        assert grid.iloc[0].tolist() == [INFINITE, pytest.approx(37.498208, abs=1e-6)]

    def test_worse_research_and_dearer_computing_never_help(self, base):
        grid = heat_map(base, RESEARCH, np.linspace(0, 0.06, 9), PRICE, np.linspace(-0.3, 0.6, 9)).to_numpy()
        assert (np.diff(grid, axis=0) <= 0).all()
        assert (np.diff(grid, axis=1) <= 0).all()

    def test_refusals(self, base):
        with pytest.raises(OptionError, match="two different inputs"):
            heat_map(base, PRICE, [0.1], PRICE, [0.2])
        with pytest.raises(OptionError, match=r"research_and_development\.growth\.start must be a number between"):
            heat_map(base, RESEARCH, [-1.0], PRICE, [0.2])
        with pytest.raises(UnknownNameError, match=r"did you mean 'horizon'"):
            heat_map(base, "horizn", [60.0], PRICE, [0.2])


GROWTH = ("segments.only.growth.start", "segments.only.growth.end")


class TestBothEnds:
    def test_months_are_those_of_the_tornado(self, base):
        frame = tornado(base, CHANGES).set_index("lever")
        for change, (adverse, favourable) in zip(CHANGES, both_ends(base, CHANGES), strict=True):
            assert (adverse, favourable) == tuple(frame.loc[change.lever, ["runway_adverse", "runway_favourable"]])
            assert adverse < favourable

    def test_refusals(self, base):
        with pytest.raises(OptionError, match="horizon is shared"):
            both_ends(base, [Change("horizon", 60, 90)])


class TestReverseStress:
    """Constant growth that funds 60 months against costs frozen at 27.9 + margin * 5.937."""

    def frozen(self, margin, liquidity, **options):
        return bare(liquidity, 27.9 + margin * 5.937, revenue=5.937, margin=margin, **options)

    @pytest.mark.parametrize(
        ("margin", "with_lines", "without", "with_offer"),
        [
            (0.233, 0.06138, 0.06389, -0.00558),
            (0.35, 0.05178, 0.05389, -0.00358),
            (0.50, 0.04394, 0.04572, -0.00245),
        ],
    )
    def test_growth_for_five_years(self, margin, with_lines, without, with_offer):
        for liquidity, expected in (
            (ALL_LIQUIDITY, with_lines),
            (OWN_LIQUIDITY, without),
            (OWN_LIQUIDITY + 679.5, with_offer),
        ):
            answer = reverse_stress(self.frozen(margin, liquidity), GROWTH, 60, lower=-0.05, upper=0.10)
            assert answer.value == pytest.approx(expected, abs=5e-6)
            assert answer.met_above
            assert answer.crossings == 1
            assert not answer.infeasible

    def test_yearly_rate_and_size_behind_the_answer(self):
        # 1.06138^12 = 2.044 (104 % a year); 1.06138^59 = 33.6 times the opening revenue in the sixtieth month
        value = reverse_stress(self.frozen(0.233, ALL_LIQUIDITY), GROWTH, 60, lower=0.0, upper=0.1).value
        assert (1 + value) ** 12 - 1 == pytest.approx(1.04, abs=0.005)
        assert (1 + value) ** 59 == pytest.approx(33.6, abs=0.05)

    def test_answer_lies_on_the_funded_side(self):
        assumptions = self.frozen(0.5, ALL_LIQUIDITY)
        value = reverse_stress(assumptions, GROWTH, 60, lower=0.0, upper=0.1).value
        assert runway(with_values(assumptions, dict.fromkeys(GROWTH, value))).months >= 60
        assert runway(with_values(assumptions, dict.fromkeys(GROWTH, value - 1e-9))).months < 60

    def test_highest_constant_burn(self):
        # 1046.2 / 60 = 17.436667, which is 37.5 % less than 27.9
        answer = reverse_stress(bare(), "operating_expenses.fixed", 60, lower=0.0, upper=100.0)
        assert answer.value == pytest.approx(17.436667, abs=1e-6)
        assert not answer.met_above
        assert 1 - answer.value / BURN == pytest.approx(0.375, abs=5e-4)

    def test_liquidity_needed(self):
        # 60 * 27.9 = 1674
        assert reverse_stress(bare(), "liquidity.cash", 60, upper=5000.0).value == pytest.approx(1674.0, abs=1e-6)

    def test_infeasible_is_an_answer(self):
        # even without any growth of research the money does not last for 100 months
        answer = reverse_stress(minimax(offer=True), RESEARCH, 100, lower=0.0, upper=0.1)
        assert answer.infeasible
        assert answer.value is None
        assert (answer.lower, answer.upper, answer.crossings) == (0.0, 0.1, 0)

    def test_always_met_is_an_answer_too(self):
        answer = reverse_stress(bare(), "operating_expenses.fixed", 60, lower=0.0, upper=10.0)
        assert answer.always_met
        assert answer.value is None
        assert not answer.infeasible

    def test_input_that_helps_and_then_hurts_is_reported(self):
        # Slow payers and a fat margin: little growth earns too little, much growth ties up too much before it pays.
        slow = bare(
            60.0,
            7.0,
            revenue=10.0,
            margin=0.4,
            horizon=24,
            working_capital__receivable_days__opening=90.0,
            working_capital__receivable_days__later=90.0,
        )
        answer = reverse_stress(slow, GROWTH, 21, lower=-0.05, upper=0.30)
        assert answer.crossings > 1
        below, above = (
            runway(with_values(slow, dict.fromkeys(GROWTH, answer.value + step))).months for step in (-1e-6, 0)
        )
        assert (below >= 21) != (above >= 21)

    def test_several_searches_find_what_each_finds_alone(self):
        # one has an answer, one is never met, one always; they share every run and none moves another's inputs
        scenario = minimax(offer=True)
        searches = [Search((RESEARCH,), 0.0, 0.1), Search((PRICE,), 0.5, 1.0), Search(("liquidity.cash",), 2000, 3000)]
        together = reverse_stresses(scenario, searches, 60)
        assert together == [reverse_stress(scenario, s.levers, 60, lower=s.lower, upper=s.upper) for s in searches]
        assert [answer.crossings for answer in together] == [1, 0, 0]
        assert [answer.always_met for answer in together] == [False, False, True]

    def test_own_bounds_are_the_default(self):
        answer = reverse_stress(bare(), "interest_rate", 60)
        assert (answer.lower, answer.upper) == (0.0, 0.5)

    def test_target_equal_to_the_horizon(self):
        answer = reverse_stress(bare(horizon=60), "operating_expenses.fixed", 60, lower=0.0, upper=100.0)
        assert answer.value == pytest.approx(17.436667, abs=1e-6)

    @pytest.mark.parametrize(
        ("levers", "target", "options", "words"),
        [
            (RESEARCH, 121, {}, "target_months must lie above 0 and up to 120, got 121"),
            (RESEARCH, 0, {}, "target_months must lie above 0"),
            (RESEARCH, float("nan"), {}, "target_months must lie above 0"),
            (RESEARCH, 60, {"lower": 0.1, "upper": 0.0}, r"lower must be below upper, got 0\.1 and 0"),
            (RESEARCH, 60, {"lower": -1.0}, r"growth\.start must be a number between -0\.9 and 1"),
            (RESEARCH, 60, {"upper": 1e308}, r"growth\.start must be a number between -0\.9 and 1"),
            ("compute_price.from_month", 60, {}, r"without steps, got compute_price\.from_month"),
            ((), 60, {}, "at least one input"),
            ("horizon", 60, {}, "horizon is shared"),
        ],
    )
    def test_refusals(self, levers, target, options, words):
        with pytest.raises(OptionError, match=words):
            reverse_stress(minimax(), levers, target, **options)
