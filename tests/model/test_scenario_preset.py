"""Scenarios as a seed file holds them: numbers as text, every value with a reason."""

from decimal import Decimal

import pytest
from pydantic import ValidationError

from ipo_data.model.scenario import Distribution
from ipo_data.model.scenario_preset import CompanyScenarios, Parts, PresetValue

BECAUSE = {"en": "A round guess.", "zh-Hans": "粗略估计。"}


def value(given, lever="operating_expenses.fixed_growth"):
    fields = {"lever": lever, "value": given, "status": "assumption", "because": BECAUSE}
    return PresetValue.model_validate(fields).value


def company(**changes):
    plain = {
        "id": "minimax",
        "scenarios": [preset("flat"), preset("base")],
        "uncertainty": {
            "spreads": [{"lever": "interest_rate", "spread": "0.01", "because": BECAUSE}],
            "shocks": {"volatility": "0.02", "persistence": "0.6", "because": BECAUSE},
        },
    }
    return CompanyScenarios.model_validate(plain | changes)


def preset(name, **changes):
    return {"id": name, "name": {"en": name}, "because": BECAUSE, "values": []} | changes


class TestValues:
    @pytest.mark.parametrize(
        ("given", "read"),
        [
            ("0.10", 0.1),
            ("-0.004", -0.004),
            ("18", 18.0),
            (Decimal("0.0719"), 0.0719),
            (0.04, 0.04),
            (6, 6.0),
        ],
    )
    def test_number_may_be_text(self, given, read):
        assert value(given) == read
        assert isinstance(value(given), float)

    def test_path_may_be_given_in_parts(self):
        assert value({"end": "0.35", "half_life": "18"}) == Parts(end=0.35, half_life=18.0)

    def test_level_may_be_given_in_parts(self):
        assert value({"opening": "90", "later": "90"}) == Parts(opening=90.0, later=90.0)

    def test_list_stands_for_seasonal_factors(self):
        assert value(["0.288"] * 6 + ["1.712"] * 6) == (0.288,) * 6 + (1.712,) * 6

    def test_word_stands_for_a_facility_policy(self):
        assert value("count_as_liquidity", "liquidity.facility_policy") == "count_as_liquidity"

    @pytest.mark.parametrize("given", ["", " 0.1", "NaN", "inf", "1e999", {"middle": "0.1"}, {}, ["a"], None, True])
    def test_anything_else_is_refused(self, given):
        with pytest.raises(ValidationError, match="value"):
            value(given)

    def test_mistake_is_reported_once_and_for_the_form_in_use(self):
        with pytest.raises(ValidationError) as caught:
            value({"strat": "0.1"})
        assert [error["loc"] for error in caught.value.errors()] == [("value", "parts", "strat")]

    def test_value_needs_a_reason(self):
        with pytest.raises(ValidationError, match="because"):
            PresetValue.model_validate({"lever": "interest_rate", "value": "0.01", "status": "assumption"})

    def test_value_is_marked_as_an_assumption(self):
        plain = {"lever": "interest_rate", "value": "0.01", "status": "fact", "because": BECAUSE}
        with pytest.raises(ValidationError, match="'assumption'"):
            PresetValue.model_validate(plain)


class TestCompanyScenarios:
    def test_plain_texts_become_numbers(self):
        uncertainty = company().uncertainty
        assert uncertainty.spreads[0].spread == 0.01
        assert uncertainty.spreads[0].distribution is Distribution.NORMAL
        assert (uncertainty.shocks.volatility, uncertainty.shocks.persistence) == (0.02, 0.6)

    def test_distribution_may_be_named(self):
        spread = {"lever": "interest_rate", "distribution": "lognormal", "spread": "0.3", "because": BECAUSE}
        uncertainty = {"spreads": [spread], "shocks": {"volatility": "0", "persistence": "0", "because": BECAUSE}}
        assert company(uncertainty=uncertainty).uncertainty.spreads[0].distribution is Distribution.LOGNORMAL

    def test_spread_keeps_the_bounds_of_the_model(self):
        spread = {"lever": "interest_rate", "spread": "-0.3", "because": BECAUSE}
        uncertainty = {"spreads": [spread], "shocks": {"volatility": "0", "persistence": "0", "because": BECAUSE}}
        with pytest.raises(ValidationError, match="spread must lie between 0 and"):
            company(uncertainty=uncertainty)

    def test_names_are_unique(self):
        with pytest.raises(ValidationError, match="the id 'base' is taken twice"):
            company(scenarios=[preset("base"), preset("base")])

    def test_scenario_may_stand_on_one_above_it(self):
        scenarios = company(scenarios=[preset("base"), preset("wide", based_on="base")])
        assert scenarios.scenarios[1].based_on == "base"

    @pytest.mark.parametrize("below", ["wide", "bass"])
    def test_scenario_cannot_stand_on_itself_or_nothing(self, below):
        with pytest.raises(ValidationError, match=f"wide is based on '{below}', which does not stand above it"):
            company(scenarios=[preset("base"), preset("wide", based_on=below)])

    def test_scenarios_above_are_listed_in_their_order(self):
        above = [preset(name) for name in ("flat", "base", "bull", "bear")]
        with pytest.raises(ValidationError, match=r"stand above it \(flat, base, bull, bear\)"):
            company(scenarios=[*above, preset("wide", based_on="bass")])

    def test_there_is_a_scenario(self):
        with pytest.raises(ValidationError, match="scenarios"):
            company(scenarios=[])

    def test_unknown_fields_are_refused(self):
        with pytest.raises(ValidationError, match="assumes"):
            company(assumes=[])
