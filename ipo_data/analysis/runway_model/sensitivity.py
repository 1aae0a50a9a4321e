"""Which inputs the runway depends on, and how far one of them has to move.

All cases of a tornado or a heat map are paths of one run. Other inputs stay as they are, the fixed operating
expenses of the calibration included.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
import numpy.typing as npt
import pandas as pd

from ipo_data.analysis.runway_model.engine import Array, Projection, simulate
from ipo_data.analysis.runway_model.levers import Lever, path_levers
from ipo_data.analysis.runway_model.results import runway_months
from ipo_data.errors import OptionError
from ipo_data.model.scenario import RunwayAssumptions

LIQUIDITY_MONTH = 48
SCAN_POINTS = 65
_NARROWINGS = 12  # each divides a bracket by 64
_NARROW = 1e-12  # width of a bracket, as a part of its ends, that nobody can tell from a point


@dataclass(frozen=True, slots=True)
class Change:
    """Two values to try for one input.

    Attributes:
        lever: Dotted name of the input.
        adverse: Value that should shorten the runway.
        favourable: Value that should lengthen it.
    """

    lever: str
    adverse: float
    favourable: float


@dataclass(frozen=True, slots=True)
class ReverseStress:
    """How far an input has to move for money to last a number of months.

    Attributes:
        levers: Inputs set to the same value.
        target_months: Months to be funded.
        lower: Smallest value tried.
        upper: Largest value tried.
        value: Value at which the target is just met; ``None`` if there is none between the bounds.
        met_above: Whether values above ``value`` meet the target (below it otherwise).
        always_met: Whether every value tried meets the target.
        crossings: How often the answer changes between the bounds; more than 1 means the input helps in some places
            and hurts in others, and ``value`` is the smallest of several.
    """

    levers: tuple[str, ...]
    target_months: float
    lower: float
    upper: float
    value: float | None
    met_above: bool
    always_met: bool
    crossings: int

    @property
    def infeasible(self) -> bool:
        """Whether no value tried meets the target."""
        return self.value is None and not self.always_met


def tornado(
    assumptions: RunwayAssumptions, changes: Sequence[Change], liquidity_month: int = LIQUIDITY_MONTH
) -> pd.DataFrame:
    """Return the effect of changing one input at a time.

    Args:
        assumptions: The scenario.
        changes: Inputs and the two values to try for each.
        liquidity_month: Month end whose liquidity is compared as well.

    Returns:
        One row per input, largest effect first: ``lever``, ``adverse``, ``favourable`` (values),
        ``runway_adverse``, ``runway_favourable`` (months, infinite beyond the horizon), ``months_adverse``,
        ``months_favourable`` (changes of runway), ``liquidity_adverse``, ``liquidity_favourable`` (changes of
        liquidity at ``liquidity_month``, millions) and ``ranked_by``: ``runway``, or ``liquidity`` for all rows as
        soon as one runway lies beyond the horizon.

    Raises:
        UnknownNameError: If an input does not exist.
        OptionError: If a value lies outside its bounds or the month beyond the horizon.
    """
    if not 0 <= liquidity_month <= assumptions.horizon:
        raise OptionError(f"liquidity_month must lie between 0 and {assumptions.horizon}, got {liquidity_month}")
    cases: list[dict[str, float]] = [{}]
    for change in changes:
        cases += [{change.lever: change.adverse}, {change.lever: change.favourable}]
    projection = _run_cases(assumptions, cases)
    months = _runway(projection)
    liquidity = projection.liquidity[:, liquidity_month]
    adverse, favourable = slice(1, None, 2), slice(2, None, 2)
    with np.errstate(invalid="ignore"):
        shift = months - months[0]
    frame = pd.DataFrame(
        {
            "lever": [change.lever for change in changes],
            "adverse": [change.adverse for change in changes],
            "favourable": [change.favourable for change in changes],
            "runway_adverse": months[adverse],
            "runway_favourable": months[favourable],
            "months_adverse": shift[adverse],
            "months_favourable": shift[favourable],
            "liquidity_adverse": (liquidity - liquidity[0])[adverse],
            "liquidity_favourable": (liquidity - liquidity[0])[favourable],
        }
    )
    frame["ranked_by"] = ranked_by = "runway" if np.isfinite(months).all() else "liquidity"
    measure = "months" if ranked_by == "runway" else "liquidity"
    effect = (frame[f"{measure}_favourable"] - frame[f"{measure}_adverse"]).abs()
    return frame.loc[effect.sort_values(ascending=False, kind="stable").index].reset_index(drop=True)


def heat_map(
    assumptions: RunwayAssumptions,
    first: str,
    first_values: Sequence[float],
    second: str,
    second_values: Sequence[float],
) -> pd.DataFrame:
    """Return the runway for every pair of values of two inputs.

    Returns:
        Months, infinite beyond the horizon: one row per value of ``first``, one column per value of ``second``; the
        axes carry the dotted names.

    Raises:
        UnknownNameError: If an input does not exist.
        OptionError: If both inputs are the same or a value lies outside its bounds.
    """
    if first == second:
        raise OptionError(f"a heat map needs two different inputs, got {first} twice")
    cases = [{first: one, second: other} for one in first_values for other in second_values]
    grid = _runway(_run_cases(assumptions, cases)).reshape(len(first_values), len(second_values))
    return pd.DataFrame(grid, index=pd.Index(first_values, name=first), columns=pd.Index(second_values, name=second))


def reverse_stress(
    assumptions: RunwayAssumptions,
    levers: str | Sequence[str],
    target_months: float,
    *,
    lower: float | None = None,
    upper: float | None = None,
) -> ReverseStress:
    """Return the value of an input with which money lasts for ``target_months``.

    Args:
        assumptions: The scenario; its horizon has to reach the target.
        levers: Dotted name of the input, or several that are set to the same value.
        target_months: Months to be funded.
        lower: Smallest value to try; the input's own bound if absent.
        upper: Largest value to try; the input's own bound if absent.

    Raises:
        UnknownNameError: If an input does not exist.
        OptionError: If a bound or the target cannot be used; the message gives what can.
    """
    names = (levers,) if isinstance(levers, str) else tuple(levers)
    if not 0 < target_months <= assumptions.horizon:
        raise OptionError(f"target_months must lie above 0 and up to {assumptions.horizon}, got {target_months}")
    known = list(path_levers(assumptions, names).values())
    low, high = _search_range(known, lower, upper)
    until = assumptions.model_copy(update={"horizon": ceil(target_months)})  # what comes later decides nothing
    grid = np.linspace(low, high, SCAN_POINTS)
    met = _funded(until, names, grid, target_months)
    changes = np.flatnonzero(met[1:] != met[:-1])
    value = None
    if len(changes):
        start = changes[0]
        bracket = float(grid[start]), float(grid[start + 1])
        value = _narrow(until, names, target_months, bracket, low_met=bool(met[start]))
    met_above = bool(met[changes[0] + 1]) if len(changes) else False
    return ReverseStress(names, target_months, low, high, value, met_above, bool(met.all()), len(changes))


def _search_range(known: Sequence[Lever], lower: float | None, upper: float | None) -> tuple[float, float]:
    if not known:
        raise OptionError("reverse stress needs at least one input")
    if any(lever.whole for lever in known):
        raise OptionError(f"reverse stress needs an input without steps, got {', '.join(x.name for x in known)}")
    low = max(lever.lower for lever in known) if lower is None else lower
    high = min(lever.upper for lever in known) if upper is None else upper
    for lever in known:
        lever.checked(low)
        lever.checked(high)
    if not low < high:
        raise OptionError(f"lower must be below upper, got {low:g} and {high:g}")
    return low, high


def _narrow(
    assumptions: RunwayAssumptions, names: Sequence[str], target: float, bracket: tuple[float, float], *, low_met: bool
) -> float:
    """Return the edge of the target inside a bracket whose ends differ, taken on the side that meets it.

    Bisection with many cuts at once: all values of a round are paths of one run.
    """
    low, high = bracket
    for _ in range(_NARROWINGS):
        grid = np.linspace(low, high, SCAN_POINTS)
        if high - low <= _NARROW * max(abs(low), abs(high)):
            break
        met = _funded(assumptions, names, grid, target)
        first = int(np.argmax(met != low_met)) or len(grid) - 1  # the first that differs; the upper end always does
        low, high = float(grid[first - 1]), float(grid[first])
    return low if low_met else high


def _funded(
    assumptions: RunwayAssumptions, names: Sequence[str], values: Array, target: float
) -> npt.NDArray[np.bool_]:
    projection = simulate(assumptions, paths=len(values), overrides=dict.fromkeys(names, values))
    return _runway(projection) >= target


def _run_cases(assumptions: RunwayAssumptions, cases: Sequence[dict[str, float]]) -> Projection:
    """Run every case, a set of changed inputs, as one path."""
    known = path_levers(assumptions, {name: None for case in cases for name in case})
    overrides = {
        name: np.array([lever.checked(case.get(name, lever.value)) for case in cases], dtype=np.float64)
        for name, lever in known.items()
    }
    return simulate(assumptions, paths=len(cases), overrides=overrides)


def _runway(projection: Projection) -> Array:
    return runway_months(projection.liquidity, projection.free_cash_flow, projection.minimum)
