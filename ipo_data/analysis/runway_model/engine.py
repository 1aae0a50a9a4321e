"""The runway model: monthly flows and liquidity of many paths at once.

Arrays run months down and paths across, since every step works on whole months; results are views of them, path by
path. One path and many go through the same operations in the same order, so that a simulation without spread repeats
the single run to the last bit. Money is in millions of the reporting currency.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from ipo_data.analysis.runway_model.levers import lever_values, path_levers
from ipo_data.budget import ask_for, keep_time
from ipo_data.model.scenario import FacilityPolicy, RunwayAssumptions

Array = npt.NDArray[np.float64]
Values = Mapping[str, float | Array]

DAYS_PER_MONTH: Final = 30.4375  # 365.25 / 12
_ARRAYS: Final = 4  # of months × paths: liquidity, cash flow, and copies in another order for what is read off them
PATHS_PER_BLOCK: Final = 512  # larger blocks leave the processor cache, smaller ones spend more on calls
NARROW: Final = 16  # below this width one call for all months is faster than one per month


@dataclass(frozen=True, slots=True)
class Disturbance:
    """What strikes a block of paths beside the assumptions; absent parts strike nobody.

    Attributes:
        log_growth: Surprise in log growth from each month to the next by segment, shape (months, paths) each.
        growth_factor: The same as factors, ``exp(log_growth)``, where somebody has them at hand; used instead.
        revenue_factor: Lasting factor on revenue by segment, shape (months, paths) each.
        research_factor: Lasting factor on research spending, shape (months, paths).
    """

    log_growth: Mapping[str, Array] = field(default_factory=dict)
    growth_factor: Mapping[str, Array] = field(default_factory=dict)
    revenue_factor: Mapping[str, Array] = field(default_factory=dict)
    research_factor: Array | None = None


UNDISTURBED: Final = Disturbance()


@dataclass(frozen=True, slots=True)
class MonthlyLines:
    """Flows of a block, each of shape (months, 1) or (months, paths), costs as positive amounts.

    Attributes:
        revenue: Revenue by segment.
        cost_of_sales: Cost of sales of all segments.
        research: Research and development spending.
        operating_expenses: Fixed and variable operating costs.
        capex: Equipment and intangibles.
        leases: Lease payments.
        working_capital: Increase of working capital, which absorbs cash.
        funding: New money at the start of the month.
        flow: Free cash flow before interest.
    """

    revenue: Mapping[str, Array]
    cost_of_sales: Array
    research: Array
    operating_expenses: Array
    capex: Array
    leases: Array
    working_capital: Array
    funding: Array
    flow: Array


@dataclass(frozen=True, slots=True)
class Balances:
    """Liquidity of a block and what depends on it.

    Attributes:
        liquidity: At the start of each month and after the last, shape (months + 1, paths); includes bank lines
            not drawn where the policy counts them.
        interest: Income on positive cash less cost of drawn lines, shape (months, paths); (months, 1) where there is
            none.
    """

    liquidity: Array
    interest: Array


@dataclass(frozen=True, slots=True)
class Projection:
    """Outcome of a run of ``n`` paths over ``T`` months.

    Attributes:
        assumptions: The scenario.
        liquidity: Shape (n, T + 1); column 0 is the balance date.
        free_cash_flow: Shape (n, T); financing is not part of it, interest is.
        minimum: Liquidity below which money has run out, shape (n,).
    """

    assumptions: RunwayAssumptions
    liquidity: Array
    free_cash_flow: Array
    minimum: Array


def simulate(
    assumptions: RunwayAssumptions,
    *,
    paths: int = 1,
    overrides: Mapping[str, Array] | None = None,
    disturb: Callable[[int], Disturbance] | None = None,
) -> Projection:
    """Return liquidity and free cash flow of every path.

    Args:
        assumptions: The scenario; all paths share what is not overridden.
        paths: Number of paths.
        overrides: Values by dotted input name, shape (paths,), in the unit of the input.
        disturb: Gives the disturbance of the next so many paths; called in path order.

    Raises:
        UnknownNameError: If an overridden input does not exist.
        OptionError: If an overridden input cannot differ between paths.
        ValueError: If an override has another length than ``paths``.
        BudgetError: If it takes more memory or time than it may.
    """
    given = overrides or {}
    if given:
        path_levers(assumptions, given)
    for name, values in given.items():
        if values.shape != (paths,):
            raise ValueError(f"{name} has values of shape {values.shape} for {paths} paths")
    shared = lever_values(assumptions)
    horizon = assumptions.horizon
    ask_for(_ARRAYS * np.dtype(np.float64).itemsize * (horizon + 1) * paths)
    liquidity = np.empty((horizon + 1, paths))
    free_cash_flow = np.empty((horizon, paths))
    for first in range(0, paths, PATHS_PER_BLOCK):
        keep_time()
        rows = slice(first, min(first + PATHS_PER_BLOCK, paths))
        block: Values = {**shared, **{name: values[rows] for name, values in given.items()}}
        disturbance = disturb(rows.stop - rows.start) if disturb else UNDISTURBED
        lines = monthly_lines(assumptions, block, disturbance)
        balances = monthly_balances(assumptions, block, lines)
        liquidity[:, rows] = balances.liquidity
        np.add(lines.flow, balances.interest, out=free_cash_flow[:, rows])
    minimum = given.get("liquidity.minimum", np.full(paths, shared["liquidity.minimum"]))
    return Projection(assumptions, liquidity.T, free_cash_flow.T, minimum)


def monthly_lines(assumptions: RunwayAssumptions, values: Values, disturbance: Disturbance) -> MonthlyLines:
    """Return the flows of a block of paths before interest.

    Args:
        assumptions: Gives horizon, calendar, season and the names of the segments.
        values: Every number of the scenario by dotted name, as one number or as shape (paths,).
        disturbance: What strikes the block.
    """
    months = np.arange(assumptions.horizon)[:, None]
    price = _step(values, "compute_price", months)
    level = _season(assumptions, months) * (1 + _step(values, "revenue_step", months))
    revenue: dict[str, Array] = {}
    total = cost = np.zeros((1, 1))
    for segment in assumptions.segments:
        line = _onto(_segment_revenue(segment.name, values, months, disturbance), np.multiply, level)
        margin = _settling(values, f"segments.{segment.name}.gross_margin", months)
        spent = _onto(1 - margin, np.multiply, line)
        total, cost = (total + line, _onto(cost, np.add, spent)) if revenue else (line, spent)
        revenue[segment.name] = line
    cost = _onto(cost, np.multiply, 1 + values["compute_price.cost_of_sales_share"] * price)
    research = _research(values, months, price, disturbance)
    fixed = _compounded(values["operating_expenses.fixed"], values["operating_expenses.fixed_growth"], months)
    expenses = _onto(values["operating_expenses.variable_share"] * total, np.add, fixed)
    capital_growth = values["capital_spending.growth"]
    capex = _compounded(values["capital_spending.capex"], capital_growth, months)
    leases = _compounded(values["capital_spending.leases"], capital_growth, months)
    absorbed = _working_capital(assumptions, values, months, total, cost)
    flow = total - cost
    for spent in (research, expenses, capex + leases, absorbed):
        flow = _onto(flow, np.subtract, spent)
    funding = _funding(assumptions, values, months)
    return MonthlyLines(revenue, cost, research, expenses, capex, leases, absorbed, funding, flow)


def monthly_balances(assumptions: RunwayAssumptions, values: Values, lines: MonthlyLines) -> Balances:
    """Return liquidity and interest of a block of paths.

    A bank line the policy counts is liquidity from the start: cash is used down to the minimum before it is drawn,
    and it is repaid as soon as there is cash again. Interest falls on what is there once the month's new money is in.
    """
    line = _counted_line(assumptions, values)
    draws = assumptions.liquidity.facility_policy is FacilityPolicy.DRAW_BELOW_MINIMUM
    charge = values["liquidity.facility_rate"] if draws else 0.0
    yearly = values["interest_rate"]
    assets = values["liquidity.financial_assets"] * (1 - values["liquidity.financial_asset_haircut"])
    opening = np.atleast_1d(np.asarray(values["liquidity.cash"] + assets + line, dtype=np.float64))
    minimum = values["liquidity.minimum"]
    months = lines.flow.shape[0]
    shapes = [np.shape(part) for part in (opening, lines.flow[0], lines.funding[0], line, charge, yearly, minimum)]
    width = np.broadcast_shapes(*shapes)[0]
    liquidity = np.empty((months + 1, width))
    liquidity[0] = opening
    if not np.any(yearly) and not np.any(charge):
        np.add(lines.funding, lines.flow, out=liquidity[1:])
        _accumulate(np.add, liquidity)
        return Balances(liquidity, np.zeros((months, 1)))
    interest = np.zeros((months, width))
    reserve, earning, charging = minimum + line, yearly / 12, charge / 12
    for month in range(months):
        funding = lines.funding[month]
        standing = liquidity[month] + funding
        drawn = np.minimum(np.maximum(reserve - standing, 0), line)
        earned = earning * np.maximum(standing - line, 0)  # borrowed money earns nothing
        interest[month] = earned - charging * drawn
        liquidity[month + 1] = liquidity[month] + (funding + (lines.flow[month] + interest[month]))
    return Balances(liquidity, interest)


def facility_drawn(assumptions: RunwayAssumptions, values: Values, balances: Balances) -> Array:
    """Return the bank lines in use at the end of each month, shape (months, paths)."""
    line = _counted_line(assumptions, values)
    return np.clip(values["liquidity.minimum"] + line - balances.liquidity[1:], 0, line)


def _counted_line(assumptions: RunwayAssumptions, values: Values) -> float | Array:
    """Return the bank lines not drawn that the policy counts as liquidity."""
    excluded = assumptions.liquidity.facility_policy is FacilityPolicy.EXCLUDE
    return 0.0 if excluded else values["liquidity.undrawn_facilities"]


def _onto(amounts: Array, operation: np.ufunc, other: Array) -> Array:
    """Return the outcome of an operation, written over ``amounts`` where it has the outcome's shape.

    New arrays of this size cost more than the sums in them, so whatever nobody reads again is written over.
    """
    fits = all(mine >= its for mine, its in zip(amounts.shape, other.shape, strict=True))
    return np.asarray(operation(amounts, other, out=amounts) if fits else operation(amounts, other))


def _step(values: Values, name: str, months: npt.NDArray[np.int64]) -> Array:
    """Return a change that is zero before its month and lasts from then on."""
    return np.asarray(values[f"{name}.change"] * (months >= values[f"{name}.from_month"]), dtype=np.float64)


def _season(assumptions: RunwayAssumptions, months: npt.NDArray[np.int64]) -> Array:
    """Return the seasonal factor of each month; month -1 is the month of the balance date."""
    factors = np.asarray(assumptions.seasonal_factors, dtype=np.float64)
    return factors[(assumptions.balance_date.month + months) % 12]


def _settling(values: Values, name: str, months: npt.NDArray[np.int64]) -> Array:
    """Return a rate that moves from its start to its end, halving the gap every half-life."""
    start, end = values[f"{name}.start"], values[f"{name}.end"]
    gap = (start - end) * np.exp2(-months / values[f"{name}.half_life"])
    gap += end
    return gap


def _compounded(
    opening: float | Array, growth: float | Array, months: npt.NDArray[np.int64], surprise: Array | None = None
) -> Array:
    """Return an amount that grows from month to month.

    Args:
        opening: Amount in month 0.
        growth: One rate for all months, alone or by path, or the rate from each month to the next, shape
            (months, paths).
        months: Month indices, shape (months, 1).
        surprise: Factor on the growth from each month to the next, shape (months, paths).
    """
    shapes = [np.shape(part) for part in (opening, growth, surprise) if part is not None]
    amounts = np.empty((len(months), max(shape[-1] if shape else 1 for shape in shapes)))
    amounts[0] = opening
    np.add(1, growth[:-1] if isinstance(growth, np.ndarray) and growth.ndim > 1 else growth, out=amounts[1:])
    if surprise is not None:
        amounts[1:] *= surprise[:-1]
    _accumulate(np.multiply, amounts)
    return amounts


def _accumulate(operation: np.ufunc, amounts: Array) -> None:
    """Chain an operation down the months in place, each on the outcome of the month before."""
    if amounts.shape[1] < NARROW:
        operation.accumulate(amounts, axis=0, out=amounts)
        return
    for month in range(1, len(amounts)):  # the same operations in the same order, several paths at a time
        operation(amounts[month - 1], amounts[month], out=amounts[month])


def _segment_revenue(segment: str, values: Values, months: npt.NDArray[np.int64], disturbance: Disturbance) -> Array:
    name = f"segments.{segment}"
    growth = _settling(values, f"{name}.growth", months)
    surprise = disturbance.growth_factor.get(segment)
    if surprise is None and segment in disturbance.log_growth:
        surprise = np.exp(disturbance.log_growth[segment])
    revenue = _compounded(values[f"{name}.revenue"], growth, months, surprise)
    factor = disturbance.revenue_factor.get(segment)
    return revenue if factor is None else revenue * factor


def _research(values: Values, months: npt.NDArray[np.int64], price: Array, disturbance: Disturbance) -> Array:
    growth = _settling(values, "research_and_development.growth", months)
    spending = _compounded(values["research_and_development.monthly"], growth, months)
    spending = _onto(spending, np.multiply, 1 + values["compute_price.research_share"] * price)
    return spending if disturbance.research_factor is None else spending * disturbance.research_factor


def _working_capital(
    assumptions: RunwayAssumptions, values: Values, months: npt.NDArray[np.int64], revenue: Array, cost: Array
) -> Array:
    """Return the increase of receivables less payables less customers' prepayments in each month."""
    season = assumptions.seasonal_factors[assumptions.balance_date.month - 1]
    before, cost_before = np.zeros(1), np.zeros(1)
    for segment in assumptions.segments:
        opening = values[f"segments.{segment.name}.revenue"] * season
        before = before + opening
        cost_before = cost_before + opening * (1 - values[f"segments.{segment.name}.gross_margin.start"])
    receivable, opening_receivable = _days(values, "receivable_days", months)
    deferred, opening_deferred = _days(values, "deferred_revenue_days", months)
    payable, opening_payable = _days(values, "payable_days", months)
    held = _onto(receivable - deferred, np.multiply, revenue)
    held_before = before * (opening_receivable - opening_deferred)
    if np.any(payable) or np.any(opening_payable):
        held = _onto(held, np.subtract, cost * payable)
        held_before = held_before - cost_before * opening_payable
    held /= DAYS_PER_MONTH
    held_before = held_before / DAYS_PER_MONTH
    increase = np.empty((len(months), max(held.shape[1], len(held_before))))
    increase[0] = held[0] - held_before
    np.subtract(held[1:], held[:-1], out=increase[1:])
    return increase


def _days(values: Values, kind: str, months: npt.NDArray[np.int64]) -> tuple[Array, float | Array]:
    """Return the days outstanding of each month and those at the balance date."""
    name = f"working_capital.{kind}"
    opening = values[f"{name}.opening"]
    return np.where(months >= values[f"{name}.from_month"], values[f"{name}.later"], opening), opening


def _funding(assumptions: RunwayAssumptions, values: Values, months: npt.NDArray[np.int64]) -> Array:
    received = np.zeros((len(months), 1))
    for position in range(len(assumptions.funding)):
        arrives = months == values[f"funding.{position}.month"]
        received = received + values[f"funding.{position}.amount"] * arrives
    return received
