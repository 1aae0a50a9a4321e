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

Flags = npt.NDArray[np.bool_]

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


@dataclass(frozen=True, slots=True)
class Search:
    """Where to look for the value of an input.

    Attributes:
        levers: Dotted name of the input, or several that are set to the same value.
        lower: Smallest value to try; the input's own bound if absent.
        upper: Largest value to try; the input's own bound if absent.
    """

    levers: tuple[str, ...]
    lower: float | None = None
    upper: float | None = None


@dataclass(slots=True)
class _Bracket:
    """Two values of an input of which one meets the target; they move towards each other."""

    names: tuple[str, ...]
    low: float
    high: float
    low_met: bool

    @property
    def is_closed(self) -> bool:
        """Whether nobody can tell the two ends apart."""
        return self.high - self.low <= _NARROW * max(abs(self.low), abs(self.high))

    @property
    def edge(self) -> float:
        """The end that meets the target."""
        return self.low if self.low_met else self.high


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
    projection = _run_changes(assumptions, changes)
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


def both_ends(assumptions: RunwayAssumptions, changes: Sequence[Change]) -> list[tuple[float, float]]:
    """Return the runway with the adverse and with the favourable value of each change, in months.

    Raises:
        UnknownNameError: If an input does not exist.
        OptionError: If a value lies outside its bounds.
    """
    months = _runway(_run_changes(assumptions, changes)).tolist()
    return list(zip(months[1::2], months[2::2], strict=True))


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
    return reverse_stresses(assumptions, [Search(names, lower, upper)], target_months)[0]


def reverse_stresses(
    assumptions: RunwayAssumptions, searches: Sequence[Search], target_months: float
) -> list[ReverseStress]:
    """Return what several searches find, each as if it were the only one; they share their runs.

    Args:
        assumptions: The scenario; its horizon has to reach the target.
        searches: Inputs to move and where to look.
        target_months: Months to be funded.

    Raises:
        UnknownNameError: If an input does not exist.
        OptionError: If a bound or the target cannot be used; the message gives what can.
    """
    if not 0 < target_months <= assumptions.horizon:
        raise OptionError(f"target_months must lie above 0 and up to {assumptions.horizon}, got {target_months}")
    ends = [
        _search_range(list(path_levers(assumptions, search.levers).values()), search.lower, search.upper)
        for search in searches
    ]
    until = assumptions.model_copy(update={"horizon": ceil(target_months)})  # what comes later decides nothing
    tried = [np.linspace(low, high, SCAN_POINTS) for low, high in ends]
    grids = [(search.levers, values) for search, values in zip(searches, tried, strict=True)]
    scans = _funded(until, grids, target_months)
    brackets = [_first_change(names, grid, met) for (names, grid), met in zip(grids, scans, strict=True)]
    _narrow(until, target_months, [bracket for bracket in brackets if bracket is not None])
    return [
        ReverseStress(
            search.levers, target_months, low, high, None if bracket is None else bracket.edge,
            bracket is not None and not bracket.low_met, bool(met.all()), int(np.count_nonzero(met[1:] != met[:-1])),
        )
        for search, (low, high), bracket, met in zip(searches, ends, brackets, scans, strict=True)
    ]  # fmt: skip


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


def _first_change(names: tuple[str, ...], grid: Array, met: Flags) -> _Bracket | None:
    """Return the first two neighbours of which one meets the target and the other does not."""
    changes = np.flatnonzero(met[1:] != met[:-1])
    if not len(changes):
        return None
    start = int(changes[0])
    return _Bracket(names, float(grid[start]), float(grid[start + 1]), low_met=bool(met[start]))


def _narrow(assumptions: RunwayAssumptions, target: float, brackets: Sequence[_Bracket]) -> None:
    """Close brackets whose ends differ upon the edge of the target.

    Bisection with many cuts at once: all values of a round, of all brackets, are paths of one run.
    """
    for _ in range(_NARROWINGS):
        open_ones = [bracket for bracket in brackets if not bracket.is_closed]
        if not open_ones:
            return
        grids = [(bracket.names, np.linspace(bracket.low, bracket.high, SCAN_POINTS)) for bracket in open_ones]
        for bracket, (_, grid), met in zip(open_ones, grids, _funded(assumptions, grids, target), strict=True):
            first = int(np.argmax(met != bracket.low_met)) or len(grid) - 1  # the upper end always differs
            bracket.low, bracket.high = float(grid[first - 1]), float(grid[first])


def _funded(assumptions: RunwayAssumptions, grids: Sequence[tuple[Sequence[str], Array]], target: float) -> list[Flags]:
    """Return for every value of every grid whether money lasts with it: one run, a path per value."""
    ends = np.cumsum([0, *(len(grid) for _, grid in grids)])
    overrides: dict[str, Array] = {}
    for name, lever in path_levers(assumptions, [name for names, _ in grids for name in names]).items():
        overrides[name] = np.full(ends[-1], lever.value, dtype=np.float64)
    for (names, grid), start, end in zip(grids, ends, ends[1:], strict=False):
        for name in names:
            overrides[name][start:end] = grid
    met = _runway(simulate(assumptions, paths=int(ends[-1]), overrides=overrides)) >= target
    return np.split(met, ends[1:-1])


def _run_changes(assumptions: RunwayAssumptions, changes: Sequence[Change]) -> Projection:
    """Run the scenario as it is, and then each change at its adverse and at its favourable value."""
    cases: list[dict[str, float]] = [{}]
    for change in changes:
        cases += [{change.lever: change.adverse}, {change.lever: change.favourable}]
    return _run_cases(assumptions, cases)


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
