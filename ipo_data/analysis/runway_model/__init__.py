"""The runway model: how long money lasts under stated assumptions, and how much that depends on them."""

from ipo_data.analysis.runway_model.calibration import calibrate, fixed_cost_plug, flat_assumptions, opening_burn
from ipo_data.analysis.runway_model.engine import Disturbance, Projection, simulate
from ipo_data.analysis.runway_model.levers import Lever, Value, lever_values, levers, with_values
from ipo_data.analysis.runway_model.monte_carlo import (
    ContradictionError,
    MonteCarloResult,
    Probability,
    correlation_matrix,
    monte_carlo,
)
from ipo_data.analysis.runway_model.presets import (
    Origin,
    company_scenarios,
    input_origins,
    preset_assumptions,
    preset_reasons,
    preset_settings,
    preset_values,
)
from ipo_data.analysis.runway_model.results import (
    RunwayResult,
    break_even_months,
    cash_out_date,
    funding_need,
    monthly_frame,
    runway,
    runway_months,
    runway_result,
)
from ipo_data.analysis.runway_model.sensitivity import (
    Change,
    ReverseStress,
    Search,
    both_ends,
    heat_map,
    reverse_stress,
    reverse_stresses,
    tornado,
)

__all__ = [
    "Change",
    "ContradictionError",
    "Disturbance",
    "Lever",
    "MonteCarloResult",
    "Origin",
    "Probability",
    "Projection",
    "ReverseStress",
    "RunwayResult",
    "Search",
    "Value",
    "both_ends",
    "break_even_months",
    "calibrate",
    "cash_out_date",
    "company_scenarios",
    "correlation_matrix",
    "fixed_cost_plug",
    "flat_assumptions",
    "funding_need",
    "heat_map",
    "input_origins",
    "lever_values",
    "levers",
    "monte_carlo",
    "monthly_frame",
    "opening_burn",
    "preset_assumptions",
    "preset_reasons",
    "preset_settings",
    "preset_values",
    "reverse_stress",
    "reverse_stresses",
    "runway",
    "runway_months",
    "runway_result",
    "simulate",
    "tornado",
    "with_values",
]
