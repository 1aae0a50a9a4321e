"""The scenario file: complete, reasoned and runnable for both companies."""

import re

import pytest
from pydantic import ValidationError

from ipo_data.analysis.runway_model import (
    Origin,
    company_scenarios,
    correlation_matrix,
    input_origins,
    levers,
    opening_burn,
    preset_assumptions,
    preset_reasons,
    preset_settings,
    preset_values,
)
from ipo_data.errors import OptionError, SeedError, UnknownNameError
from tests.analysis.runway_model.examples import (
    minimax,
    minimax_inputs,
    scenario_file,
    scenarios,
    zhipu,
    zhipu_inputs,
)

PRESETS = ("flat", "base", "bull", "bear", "stress", "wide")
COMPANIES = {"minimax": (minimax, minimax_inputs), "zhipu": (zhipu, zhipu_inputs)}
BOTH = [(company, preset) for company in COMPANIES for preset in PRESETS]
BECAUSE = {"en": "A round guess.", "zh-Hans": "粗略估计。"}


def reasons_in(plain):
    """Every ``because`` of the file, wherever it stands."""
    if isinstance(plain, dict):
        found = [plain["because"]] if "because" in plain else []
        return found + [reason for part in plain.values() for reason in reasons_in(part)]
    return [reason for part in plain for reason in reasons_in(part)] if isinstance(plain, list) else []


def edited(**changes):
    """The first company's entry with some of its parts replaced."""
    return {"companies": [scenario_file()["companies"][0] | changes]}


class TestTheFile:
    @pytest.mark.parametrize("company", COMPANIES)
    def test_both_companies_have_the_same_scenarios(self, company):
        assert tuple(preset.id for preset in scenarios(company).scenarios) == PRESETS

    def test_every_number_has_a_reason_in_two_languages(self):
        reasons = reasons_in(scenario_file())
        assert len(reasons) > 100
        for reason in reasons:
            assert set(reason) == {"en", "zh-Hans"}
            assert re.search(r"[一-鿿]", reason["zh-Hans"])
            assert reason["en"].endswith((".", "%"))

    @pytest.mark.parametrize("company", COMPANIES)
    def test_every_value_says_it_is_an_assumption(self, company):
        for entry in [*scenarios(company).assumed, *(v for p in scenarios(company).scenarios for v in p.values)]:
            assert entry.status == "assumption"

    def test_nothing_is_called_a_forecast(self):
        for reason in reasons_in(scenario_file()):
            assert "forecast" not in reason["en"].lower()
            assert "预测" not in reason["zh-Hans"]


class TestAssumptions:
    @pytest.mark.parametrize(("company", "preset"), BOTH)
    def test_every_scenario_runs_and_opens_with_the_anchor(self, company, preset):
        build, inputs = COMPANIES[company]
        assert opening_burn(build(preset)) == pytest.approx(inputs().burn)

    def test_values_of_the_base_case(self):
        values = preset_values(scenarios("minimax"), "base")
        assert values["segments.c_end.growth.start"] == 0.04
        assert values["segments.c_end.growth.end"] == 0.015
        assert values["segments.c_end.growth.half_life"] == 9
        assert values["segments.b_end.gross_margin.end"] == 0.65
        assert values["operating_expenses.variable_share"] == 0.1  # shared by all scenarios
        assert "segments.b_end.gross_margin.start" not in values  # a fact, not an assumption

    def test_yearly_rates_behind_the_monthly_ones(self):
        # 2.30^(1/12) = 1.0719 and 2.333^(1/12) = 1.0731
        assert preset_values(scenarios("minimax"), "bull")["segments.b_end.growth.start"] == pytest.approx(
            2.3 ** (1 / 12) - 1, abs=5e-5
        )
        assert preset_values(scenarios("zhipu"), "bull")["segments.cloud.growth.start"] == pytest.approx(
            2.333 ** (1 / 12) - 1, abs=5e-5
        )

    def test_wide_case_stands_on_the_base_case(self):
        wide, base = (preset_values(scenarios("minimax"), preset) for preset in ("wide", "base"))
        assert wide == base
        assert minimax("wide") == minimax("base")

    def test_season_of_the_other_company(self):
        # 14.4 % of 2024 in its first half: .144 / 6 * 12 = .288
        assert zhipu("base").seasonal_factors == (0.288,) * 6 + (1.712,) * 6
        assert zhipu("flat").seasonal_factors == (1.0,) * 12

    def test_flat_case_changes_nothing(self):
        flat = minimax("flat")
        assert all(segment.growth.start == segment.growth.end == 0 for segment in flat.segments)
        assert flat.research_and_development.growth.start == flat.operating_expenses.fixed_growth == 0
        assert flat.compute_price.change == 0

    @pytest.mark.parametrize(("company", "preset"), BOTH)
    def test_every_assumption_has_its_reason(self, company, preset):
        values = preset_values(scenarios(company), preset)
        reasons = preset_reasons(scenarios(company), preset)
        assert set(values) == set(reasons)
        assert all(reason.en and reason.zh_hans for reason in reasons.values())

    def test_own_value_replaces_a_shared_one(self):
        plain = edited(
            scenarios=[
                {
                    "id": "mine",
                    "name": {"en": "Mine"},
                    "because": BECAUSE,
                    "values": [
                        {
                            "lever": "operating_expenses.variable_share",
                            "value": "0.2",
                            "status": "assumption",
                            "because": BECAUSE,
                        }
                    ],
                }
            ]
        )
        own = company_scenarios(plain, "minimax")
        assert preset_values(own, "mine")["operating_expenses.variable_share"] == 0.2
        assert preset_reasons(own, "mine")["operating_expenses.variable_share"].en == "A round guess."


class TestOrigins:
    def test_each_input_says_where_it_comes_from(self):
        inputs = minimax_inputs(offer=True)
        origins = input_origins(scenarios("minimax"), "base", minimax(offer=True), inputs)
        assert set(origins) == set(levers(minimax(offer=True)))
        assert origins["liquidity.cash"] is Origin.CALIBRATION
        assert origins["segments.c_end.gross_margin.start"] is Origin.CALIBRATION
        assert origins["segments.c_end.gross_margin.end"] is Origin.ASSUMPTION
        assert origins["research_and_development.growth.start"] is Origin.ASSUMPTION
        assert origins["operating_expenses.fixed"] is Origin.RESIDUAL
        assert origins["working_capital.receivable_days.later"] is Origin.CALIBRATION
        assert origins["working_capital.payable_days.later"] is Origin.NEUTRAL
        assert origins["funding.0.amount"] is Origin.CALIBRATION
        assert origins["interest_rate"] is Origin.NEUTRAL

    def test_missing_figure_that_is_assumed_is_an_assumption(self):
        origins = input_origins(scenarios("zhipu"), "base", zhipu(), zhipu_inputs())
        assert origins["working_capital.receivable_days.opening"] is Origin.ASSUMPTION


class TestSimulationSettings:
    @pytest.mark.parametrize(("company", "preset"), BOTH)
    def test_correlations_can_hold_together(self, company, preset):
        settings = preset_settings(scenarios(company), preset)
        assert len(correlation_matrix(settings)) == 6

    def test_usual_spreads(self):
        settings = preset_settings(scenarios("minimax"), "base")
        spreads = {entry.lever: entry.spread for entry in settings.inputs}
        assert list(spreads.values()) == [0.02, 0.025, 0.10, 0.01, 0.15, 0.30]
        assert (settings.shock_volatility, settings.shock_persistence) == (0.02, 0.6)
        assert settings.regime_jump is None

    def test_wide_case_replaces_its_own_spreads_and_keeps_the_rest(self):
        settings = preset_settings(scenarios("minimax"), "wide")
        assert [entry.spread for entry in settings.inputs] == [0.03, 0.08, 0.10, 0.05, 0.15, 0.30]
        pairs = {(entry.first, entry.second): entry.value for entry in settings.correlations}
        assert len(pairs) == 9
        assert pairs["segments.b_end.growth.start", "research_and_development.growth.start"] == 0.7
        assert pairs["segments.c_end.growth.start", "segments.b_end.growth.start"] == 0.5

    def test_scenarios_share_the_order_of_their_inputs(self):
        # the draws go by position: only so do two scenarios meet the same luck
        orders = {
            tuple(entry.lever for entry in preset_settings(scenarios("minimax"), preset).inputs) for preset in PRESETS
        }
        assert len(orders) == 1

    def test_jump_is_off_unless_asked_for(self):
        jump = preset_settings(scenarios("minimax"), "base", regime_jump=True).regime_jump
        assert jump is not None
        assert jump.segments == ("b_end",)

    def test_paths_seed_and_stream_are_passed_on(self):
        settings = preset_settings(scenarios("minimax"), "base", paths=10_000, seed=7, stream=1)
        assert (settings.paths, settings.seed, settings.stream) == (10_000, 7, 1)

    def test_too_many_paths_are_refused(self):
        with pytest.raises(ValidationError, match="paths must lie between 1 and 50000"):
            preset_settings(scenarios("minimax"), "base", paths=10**9)


class TestRefusals:
    def test_unknown_company(self):
        with pytest.raises(UnknownNameError, match=r"unknown company 'minmax' \(did you mean 'minimax'\?\)"):
            company_scenarios(scenario_file(), "minmax")

    @pytest.mark.parametrize("plain", [{}, {"companies": "minimax"}, {"companies": ["minimax"]}])
    def test_file_without_companies(self, plain):
        with pytest.raises(UnknownNameError, match="unknown company 'minimax'"):
            company_scenarios(plain, "minimax")

    def test_unknown_scenario(self):
        with pytest.raises(UnknownNameError, match=r"unknown scenario 'bul' \(did you mean 'bull'\?\)"):
            preset_assumptions(scenarios("minimax"), "bul", minimax_inputs())

    def test_mistake_in_the_file_is_shown_with_its_place(self):
        value = {"lever": "interest_rate", "value": "0.01", "status": "assumption"}
        with pytest.raises(SeedError, match=r"scenarios\.yaml: minimax\.assumed\.0\.because: Field required"):
            company_scenarios(edited(assumed=[value]), "minimax")

    def test_assumption_about_a_segment_the_company_lacks(self):
        with pytest.raises(UnknownNameError, match=r"segments\.c_end\.growth\.start"):
            preset_assumptions(scenarios("minimax"), "base", zhipu_inputs())

    def test_absurd_assumption_is_refused_with_its_bounds(self):
        value = {"lever": "interest_rate", "value": "9", "status": "assumption", "because": BECAUSE}
        broken = company_scenarios(edited(assumed=[value]), "minimax")
        with pytest.raises(OptionError, match=r"interest_rate must be a number between 0 and 0\.5"):
            preset_assumptions(broken, "flat", minimax_inputs())
