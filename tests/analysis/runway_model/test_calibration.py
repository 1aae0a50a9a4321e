"""The residual that makes the opening month burn what the company says."""

import pytest

from ipo_data.analysis.runway_model import (
    calibrate,
    fixed_cost_plug,
    flat_assumptions,
    monthly_frame,
    opening_burn,
    with_values,
)
from ipo_data.errors import OptionError, UnknownNameError
from tests.analysis.runway_model.examples import minimax, minimax_inputs, zhipu, zhipu_inputs


def test_fixed_expenses_by_hand():
    # gross profit 5.812 * .0456 + 2.310 * .694 = .265027 + 1.603140 = 1.868167; a tenth of 8.122 is variable:
    # 27.9 + 1.868167 - .8122 - 20.009 - .21 = 8.736967
    assumed = with_values(flat_assumptions(minimax_inputs()), {"operating_expenses.variable_share": 0.1})
    assert fixed_cost_plug(assumed, 27.9) == pytest.approx(8.7370, abs=5e-5)
    assert fixed_cost_plug(assumed, 27.9) == pytest.approx(8.736967, abs=1e-6)


@pytest.mark.parametrize("burn", [27.9, 28.1, 23.478, 20.667])
def test_first_month_burns_the_anchor(burn):
    inputs = minimax_inputs().model_copy(update={"burn": burn})
    assumptions = calibrate(inputs, {"operating_expenses.variable_share": 0.1, "segments.c_end.growth.start": 0.04})
    assert -monthly_frame(assumptions)["free_cash_flow"].iloc[0] == pytest.approx(burn, abs=1e-9)
    assert opening_burn(assumptions) == pytest.approx(burn, abs=1e-9)


def test_residual_may_be_negative():
    # 244 + 32.4 * .591 - 5.8 * .004 - 265.8 - 3.98 - .1 * 38.2 = -10.4748: accrued research exceeds the cash that left
    assumptions = zhipu("flat", burn=244.0)
    assert assumptions.operating_expenses.fixed == pytest.approx(-10.4748, abs=1e-6)
    assert opening_burn(assumptions) == pytest.approx(244.0)


def test_anchor_is_the_average_month_of_a_seasonal_business():
    # 38.2 of revenue in an average month, 1.712 times that in November: the first month burns less than the anchor
    assumptions = zhipu("base")
    assert opening_burn(assumptions) == pytest.approx(327.3)
    contribution = 32.4 * 0.591 - 5.8 * 0.004 - 3.82
    first = monthly_frame(assumptions)["free_cash_flow"].iloc[0]
    assert -first == pytest.approx(327.3 - 0.712 * contribution, abs=1e-9)


def test_interest_is_not_part_of_the_burn():
    assumptions = calibrate(minimax_inputs(), {"interest_rate": 0.035})
    first = monthly_frame(assumptions).iloc[0]
    assert first["interest"] == pytest.approx(1006.8 * 0.035 / 12)
    assert first["free_cash_flow"] - first["interest"] == pytest.approx(-27.9)


@pytest.mark.parametrize(
    ("name", "value", "burn"),
    [
        ("research_and_development.monthly", 30.009, 37.9),  # ten more
        ("segments.b_end.revenue", 3.310, 27.306),  # one more at a margin of .694 less a tenth variable: - .594
        ("capital_spending.leases", 1.0, 28.9),
        ("operating_expenses.fixed", 0.0, 27.9 - 8.736967),
    ],
)
def test_later_changes_are_not_absorbed(name, value, burn):
    changed = with_values(minimax("flat"), {name: value})
    assert opening_burn(changed) == pytest.approx(burn, abs=1e-6)
    assert -monthly_frame(changed)["free_cash_flow"].iloc[0] == pytest.approx(burn, abs=1e-6)


def test_price_change_from_the_first_month_comes_on_top():
    # 30 % on 70 % of 20.009 and on 60 % of 6.253833: 4.201890 + 1.125690
    changed = with_values(minimax("flat"), {"compute_price.change": 0.3, "compute_price.from_month": 0})
    assert opening_burn(changed) == pytest.approx(27.9)
    assert -monthly_frame(changed)["free_cash_flow"].iloc[0] == pytest.approx(27.9 + 5.327580, abs=1e-6)


def test_flat_scenario_carries_the_inputs_over():
    flat = flat_assumptions(minimax_inputs(offer=True))
    assert [segment.name for segment in flat.segments] == ["c_end", "b_end"]
    assert flat.segments[0].gross_margin.start == flat.segments[0].gross_margin.end == 0.0456
    assert flat.working_capital.receivable_days.opening == flat.working_capital.receivable_days.later == 38.0
    assert flat.funding[0].amount == 679.5
    assert flat.operating_expenses.fixed == 0
    assert flat.currency == "USD"


def test_any_number_of_segments_is_calibrated():
    inputs = zhipu_inputs()
    lone = inputs.model_copy(update={"segments": inputs.segments[:1]})
    assert opening_burn(calibrate(lone)) == pytest.approx(327.3)


def test_unknown_assumption_is_refused():
    with pytest.raises(UnknownNameError, match=r"did you mean 'segments\.c_end\.growth\.start'"):
        calibrate(minimax_inputs(), {"segments.cend.growth.start": 0.04})


def test_assumption_outside_its_bounds_is_refused():
    with pytest.raises(OptionError, match=r"variable_share must be a number between 0 and 5"):
        calibrate(minimax_inputs(), {"operating_expenses.variable_share": 9.0})
