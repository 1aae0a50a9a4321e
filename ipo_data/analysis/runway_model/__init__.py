"""The runway model: how long money lasts under stated assumptions, and how much that depends on them."""

from ipo_data.analysis.runway_model.calibration import calibrate, fixed_cost_plug, flat_assumptions, opening_burn
from ipo_data.analysis.runway_model.engine import Disturbance, Projection, simulate
from ipo_data.analysis.runway_model.levers import Lever, lever_values, levers, with_values
from ipo_data.analysis.runway_model.monte_carlo import (
    MonteCarloResult,
    Probability,
    correlation_matrix,
    monte_carlo,
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
from ipo_data.analysis.runway_model.sensitivity import Change, ReverseStress, heat_map, reverse_stress, tornado
