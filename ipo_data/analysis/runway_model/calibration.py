"""From known figures to a scenario whose opening month burns what the company says it burns.

A company's burn and its income statement do not agree: burn includes prepayments, leases and working capital, and an
assumed burn includes caution. The fixed part of operating expenses takes up that difference, so that every scenario
of a company starts from the same burn and differs only in what happens next.
"""

from collections.abc import Mapping

from ipo_data.analysis.runway_model.levers import Value, with_values
from ipo_data.model.scenario import (
    CalibrationInputs,
    CapitalSpending,
    DaysOutstanding,
    MarginPath,
    ResearchAssumptions,
    RunwayAssumptions,
    SegmentAssumptions,
    SegmentOpening,
    WorkingCapital,
)


def calibrate(inputs: CalibrationInputs, values: Mapping[str, Value] | None = None) -> RunwayAssumptions:
    """Return a scenario whose opening burn equals the burn the inputs state.

    Args:
        inputs: Facts and figures derived from them.
        values: Assumptions by dotted input name. They are laid over the flat case before the fixed operating
            expenses are set; later changes with ``with_values`` leave those expenses alone, else every shock to
            revenue or research would be absorbed by them.

    Raises:
        UnknownNameError: If an assumption names no input.
        OptionError: If an assumption, or the fixed expenses that follow, lie outside their bounds.
    """
    assumed = with_values(flat_assumptions(inputs), values or {})
    return with_values(assumed, {"operating_expenses.fixed": fixed_cost_plug(assumed, inputs.burn)})


def flat_assumptions(inputs: CalibrationInputs) -> RunwayAssumptions:
    """Return the scenario in which nothing changes and fixed operating expenses are not set yet."""
    return RunwayAssumptions(
        currency=inputs.currency,
        balance_date=inputs.balance_date,
        liquidity=inputs.liquidity,
        segments=tuple(_constant_segment(segment) for segment in inputs.segments),
        research_and_development=ResearchAssumptions(monthly=inputs.research_and_development),
        capital_spending=CapitalSpending(capex=inputs.capex, leases=inputs.leases),
        working_capital=WorkingCapital(
            receivable_days=_constant_days(inputs.receivable_days),
            payable_days=_constant_days(inputs.payable_days),
            deferred_revenue_days=_constant_days(inputs.deferred_revenue_days),
        ),
        funding=inputs.funding,
    )


def fixed_cost_plug(assumptions: RunwayAssumptions, burn: float) -> float:
    """Return the fixed operating expenses with which an average opening month burns ``burn``.

    The month has opening revenue without its seasonal factor, opening margins, the opening price of computing power,
    steady working capital and no interest.

    Args:
        assumptions: The scenario; its own fixed operating expenses do not matter.
        burn: Net cash outflow per month before financing, in millions; positive when money goes out.
    """
    spending = assumptions.capital_spending
    variable = assumptions.operating_expenses.variable_share
    contribution = sum(segment.revenue * (segment.gross_margin.start - variable) for segment in assumptions.segments)
    return burn + contribution - assumptions.research_and_development.monthly - spending.capex - spending.leases


def opening_burn(assumptions: RunwayAssumptions) -> float:
    """Return the net cash outflow of an average opening month, in millions, in the sense of ``fixed_cost_plug``."""
    return assumptions.operating_expenses.fixed - fixed_cost_plug(assumptions, 0.0)


def _constant_segment(segment: SegmentOpening) -> SegmentAssumptions:
    margin = MarginPath(start=segment.gross_margin, end=segment.gross_margin)
    return SegmentAssumptions(name=segment.name, revenue=segment.revenue, gross_margin=margin)


def _constant_days(days: float) -> DaysOutstanding:
    return DaysOutstanding(opening=days, later=days)
