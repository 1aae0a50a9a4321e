"""What a run says: runway, cash-out date, break-even, funding need, and the month-by-month frame.

Runway counts months from the balance date to the first moment liquidity falls below its minimum, with flows spread
evenly over each month. Later money does not revive a path that has run out. Infinity means beyond the horizon.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from math import inf, isfinite

import numpy as np
import pandas as pd

from ipo_data.analysis.runway_model.engine import (
    UNDISTURBED,
    Array,
    Balances,
    MonthlyLines,
    Projection,
    facility_drawn,
    monthly_balances,
    monthly_lines,
    simulate,
)
from ipo_data.analysis.runway_model.levers import lever_values
from ipo_data.model.scenario import RunwayAssumptions

BREAK_EVEN_HOLD = 3


@dataclass(frozen=True, slots=True)
class RunwayResult:
    """Summary of one run.

    Attributes:
        months: Months until liquidity falls below its minimum, fractional; infinite beyond the horizon.
        horizon: Months projected.
        cash_out_date: Day on which that happens, if it does.
        break_even_month: First of three months in a row without negative free cash flow, if there is one.
        funding_need: Money that would have kept liquidity at its minimum over the horizon, in millions.
        lowest_liquidity: Lowest liquidity at any month end, in millions.
        lowest_month: Months from the balance date to that month end.
    """

    months: float
    horizon: int
    cash_out_date: date | None
    break_even_month: int | None
    funding_need: float
    lowest_liquidity: float
    lowest_month: int

    @property
    def beyond_horizon(self) -> bool:
        """Whether money lasts for every month projected."""
        return not isfinite(self.months)

    @property
    def whole_months(self) -> int | None:
        """Complete months funded, the way prospectuses count them; ``None`` beyond the horizon."""
        return None if self.beyond_horizon else int(self.months)


def runway(assumptions: RunwayAssumptions) -> RunwayResult:
    """Return the summary of a single run without chance."""
    return runway_result(simulate(assumptions))


def runway_result(projection: Projection) -> RunwayResult:
    """Return the summary of the first path of a run."""
    assumptions = projection.assumptions
    months = float(runway_months(projection.liquidity, projection.free_cash_flow, projection.minimum)[0])
    break_even = float(break_even_months(projection.free_cash_flow)[0])
    return RunwayResult(
        months=months,
        horizon=assumptions.horizon,
        cash_out_date=cash_out_date(assumptions.balance_date, months),
        break_even_month=int(break_even) if isfinite(break_even) else None,
        funding_need=float(funding_need(projection.liquidity, projection.minimum)[0]),
        lowest_liquidity=float(projection.liquidity[0].min()),
        lowest_month=int(projection.liquidity[0].argmin()),
    )


def runway_months(liquidity: Array, free_cash_flow: Array, minimum: Array) -> Array:
    """Return the months until each path first ends a month below its minimum.

    Args:
        liquidity: At the balance date and each month end, shape (n, T + 1).
        free_cash_flow: Of each month, shape (n, T).
        minimum: Level at which money has run out, shape (n,).

    Returns:
        Fractional months, shape (n,); infinite for paths that do not run out within T months, 0 for paths that
        start below the minimum and are not lifted above it in the first month.
    """
    short = liquidity[:, 1:] < minimum[:, None]
    month = short.argmax(axis=1)
    rows = np.arange(len(liquidity))
    burn = -free_cash_flow[rows, month]
    available = liquidity[rows, month + 1] + burn - minimum  # what the month could spend, new money included
    part = np.where(available > 0, 1.0, 0.0)
    np.divide(available, burn, out=part, where=(available > 0) & (available < burn))
    return np.where(short.any(axis=1), month + part, inf)


def break_even_months(free_cash_flow: Array, hold: int = BREAK_EVEN_HOLD) -> Array:
    """Return the first month of each path that opens ``hold`` months without negative free cash flow.

    Args:
        free_cash_flow: Of each month, shape (n, T).
        hold: Months in a row that have to be funded by the business itself.

    Returns:
        Month indices, shape (n,); infinite where that does not happen within T months.
    """
    if free_cash_flow.shape[1] < hold:
        return np.full(len(free_cash_flow), inf)
    starts = free_cash_flow.shape[1] - hold + 1
    funded = np.ones((len(free_cash_flow), starts), dtype=bool)
    for later in range(hold):
        funded &= free_cash_flow[:, later : later + starts] >= 0
    return np.where(funded.any(axis=1), funded.argmax(axis=1), inf)


def funding_need(liquidity: Array, minimum: Array, months: int | None = None) -> Array:
    """Return the money each path lacks to stay at its minimum.

    Args:
        liquidity: At the balance date and each month end, shape (n, T + 1), in millions.
        minimum: Level to keep, shape (n,), in millions.
        months: Months covered; all if absent.

    Returns:
        Millions, shape (n,); 0 where nothing is lacking.

    Raises:
        ValueError: If ``months`` is negative or beyond the months projected.
    """
    covered = liquidity.shape[1] - 1 if months is None else months
    if not 0 <= covered < liquidity.shape[1]:
        raise ValueError(f"months must lie between 0 and {liquidity.shape[1] - 1}, got {months}")
    lowest: Array = liquidity[:, : covered + 1].min(axis=1)
    return np.maximum(0.0, minimum - lowest)


def cash_out_date(balance_date: date, months: float) -> date | None:
    """Return the day a runway ends, or ``None`` if it is infinite.

    Args:
        balance_date: Month end from which months count.
        months: Runway; the fraction becomes days of the month it ends in, to the nearest day.
    """
    if not isfinite(months):
        return None
    last_whole = month_end(balance_date, int(months))
    running = month_end(balance_date, int(months) + 1)
    return last_whole + timedelta(days=round((months - int(months)) * running.day))


def month_end(balance_date: date, months: int) -> date:
    """Return the last day of the month that lies ``months`` after the month of ``balance_date``."""
    year, month = divmod(balance_date.year * 12 + balance_date.month - 1 + months, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])


def monthly_frame(assumptions: RunwayAssumptions) -> pd.DataFrame:
    """Return one run month by month.

    Returns:
        One row per month with ``month`` (index from 0), ``date`` (month end), ``revenue_<segment>`` for each segment
        and, in millions, ``revenue``, ``cost_of_sales``, ``research_and_development``, ``operating_expenses``,
        ``capex``, ``leases``, ``working_capital`` (increase), ``interest``, ``funding``, ``free_cash_flow``,
        ``liquidity`` (month end) and ``facility_drawn``. Costs are positive. Free cash flow is revenue less costs
        less working capital plus interest; liquidity is the one before plus funding plus free cash flow.
    """
    values = lever_values(assumptions)
    lines = monthly_lines(assumptions, values, UNDISTURBED)
    balances = monthly_balances(assumptions, values, lines)
    months = range(assumptions.horizon)
    ends = [month_end(assumptions.balance_date, month + 1) for month in months]
    amounts = _amounts(lines, balances) | {"facility_drawn": facility_drawn(assumptions, values, balances)}
    return pd.DataFrame(
        {"month": months, "date": pd.to_datetime(ends)} | {name: column[:, 0] for name, column in amounts.items()}
    )


def _amounts(lines: MonthlyLines, balances: Balances) -> dict[str, Array]:
    """Return the money columns of the monthly frame, each of shape (months, 1)."""
    segments = {f"revenue_{name}": revenue for name, revenue in lines.revenue.items()}
    return segments | {
        "revenue": np.add.reduce(list(lines.revenue.values())),
        "cost_of_sales": lines.cost_of_sales,
        "research_and_development": lines.research,
        "operating_expenses": lines.operating_expenses,
        "capex": lines.capex,
        "leases": lines.leases,
        "working_capital": lines.working_capital,
        "interest": balances.interest,
        "funding": lines.funding,
        "free_cash_flow": lines.flow + balances.interest,
        "liquidity": balances.liquidity[1:],
    }
