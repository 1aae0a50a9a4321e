"""Inputs by dotted name."""

import numpy as np
import pytest
from pydantic import ValidationError

from ipo_data.analysis.runway_model import lever_values, levers, simulate, with_values
from ipo_data.analysis.runway_model.levers import path_levers
from ipo_data.errors import OptionError, UnknownNameError
from ipo_data.model.scenario import FacilityPolicy
from tests.analysis.runway_model.examples import bare, minimax


class TestListing:
    def test_segments_go_by_name_and_funding_by_position(self):
        names = list(levers(minimax(offer=True)))
        assert "segments.c_end.growth.start" in names
        assert "segments.b_end.gross_margin.half_life" in names
        assert "funding.0.amount" in names
        assert not any("seasonal" in name or "policy" in name or "date" in name for name in names)

    def test_lever_tells_value_bounds_unit_and_meaning(self):
        lever = levers(minimax())["segments.c_end.growth.start"]
        assert (lever.value, lever.lower, lever.upper) == (0.04, -0.9, 1.0)
        assert lever.unit == "fraction per month"
        assert lever.meaning == "Growth from month 0 to 1"
        assert not lever.whole

    def test_months_are_whole(self):
        assert levers(minimax())["compute_price.from_month"].whole
        assert levers(minimax())["horizon"].whole

    def test_values_are_those_of_the_scenario(self):
        values = lever_values(minimax(offer=True))
        assert values["liquidity.cash"] == 362.6
        assert values["funding.0.month"] == 3
        assert values["horizon"] == 120
        assert set(values) == set(levers(minimax(offer=True)))

    def test_paths_cannot_differ_in_horizon(self):
        assert set(path_levers(minimax(), ["interest_rate"])) == {"interest_rate"}
        with pytest.raises(OptionError, match="horizon is shared by all paths"):
            path_levers(minimax(), ["horizon"])


class TestChanging:
    def test_changes_a_copy(self):
        before = minimax()
        after = with_values(before, {"segments.c_end.growth.start": 0.05})
        assert after.segments[0].growth.start == 0.05
        assert before.segments[0].growth.start == 0.04
        assert after.segments[1] == before.segments[1]

    def test_changes_nothing_without_values(self):
        assert with_values(minimax(), {}) == minimax()

    def test_every_lever_can_be_set_to_its_bounds(self):
        assumptions = minimax(offer=True)
        for name, lever in levers(assumptions).items():
            for value in (lever.lower, lever.upper):
                assert lever_values(with_values(assumptions, {name: value}))[name] == value

    @pytest.mark.parametrize("end", ["lower", "upper"])
    def test_all_inputs_at_their_bounds_still_give_numbers(self, end):
        assumptions = minimax(offer=True)
        extreme = {name: getattr(lever, end) for name, lever in levers(assumptions).items()}
        projection = simulate(with_values(assumptions, extreme | {"horizon": 240}))
        assert np.isfinite(projection.liquidity).all()

    def test_whole_numbers_may_come_as_floats(self):
        changed = with_values(bare(), {"horizon": 60.0})
        assert changed.horizon == 60
        assert isinstance(changed.horizon, int)

    def test_funding_is_changed_by_position(self):
        changed = with_values(minimax(offer=True), {"funding.0.month": 9})
        assert (changed.funding[0].month, changed.funding[0].amount) == (9, 679.5)

    @pytest.mark.parametrize(
        "policy", [FacilityPolicy.COUNT_AS_LIQUIDITY, "count_as_liquidity"], ids=["member", "code"]
    )
    def test_facility_policy_goes_by_code(self, policy):
        changed = with_values(bare(), {"liquidity.facility_policy": policy})
        assert changed.liquidity.facility_policy is FacilityPolicy.COUNT_AS_LIQUIDITY

    def test_unknown_policy_is_refused(self):
        with pytest.raises(UnknownNameError, match=r"unknown facility policy 'exclud' \(did you mean 'exclude'\?\)"):
            with_values(bare(), {"liquidity.facility_policy": "exclud"})

    def test_seasonal_factors_are_checked(self):
        assert with_values(bare(), {"seasonal_factors": (0.5, 1.5) * 6}).seasonal_factors == (0.5, 1.5) * 6
        with pytest.raises(ValidationError, match="whose mean is 1"):
            with_values(bare(), {"seasonal_factors": (2.0,) * 12})

    @pytest.mark.parametrize(
        ("name", "value", "words"),
        [
            ("liquidity.cash", -1.0, r"liquidity\.cash must be a number between 0 and 1e\+07 \(million\), got -1\.0"),
            (
                "segments.only.growth.start",
                -1.0,
                r"segments\.only\.growth\.start must be a number between -0\.9 and 1 \(fraction per month\), got -1\.0",
            ),
            ("interest_rate", float("nan"), r"interest_rate must be a number between 0 and 0\.5 .*, got nan"),
            (
                "research_and_development.monthly",
                1e308,
                r"monthly must be a number between 0 and 1e\+07 .*, got 1e\+308",
            ),
            ("horizon", 0, r"horizon must be a whole number between 1 and 240 \(months\), got 0"),
            ("horizon", 12.5, r"horizon must be a whole number between 1 and 240 \(months\), got 12\.5"),
            ("horizon", float("inf"), "horizon must be a whole number between 1 and 240"),
            ("interest_rate", "much", r"interest_rate must be a number between 0 and 0\.5 .*, got much"),
            ("interest_rate", True, r"interest_rate must be a number between 0 and 0\.5 .*, got True"),
            ("interest_rate", (0.1,), "interest_rate must be a number between 0 and"),
        ],
    )
    def test_absurd_values_are_refused_with_name_and_bounds(self, name, value, words):
        with pytest.raises(OptionError, match=words):
            with_values(bare(), {name: value})

    @pytest.mark.parametrize(
        ("name", "near"),
        [
            ("segments.onyl.growth.start", "segments.only.growth.start"),
            ("liquidity.facility_polcy", "liquidity.facility_policy"),
            ("seasonal_factor", "seasonal_factors"),
            ("intrest_rate", "interest_rate"),
        ],
    )
    def test_unknown_names_are_refused_with_the_nearest(self, name, near):
        with pytest.raises(UnknownNameError, match=f"did you mean '{near}'"):
            with_values(bare(), {name: 0.1})

    def test_parents_are_not_levers(self):
        with pytest.raises(UnknownNameError):
            with_values(bare(), {"liquidity": 0.1})
