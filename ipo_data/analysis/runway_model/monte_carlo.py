"""Many runs of one scenario with uncertain inputs, monthly surprises and rare jumps.

Inputs are drawn together through correlated normal scores. The draws depend on seed, stream and position only, never
on the scenario or the number of paths, so that two scenarios differ by their assumptions and not by luck. Quantiles
describe the assumed spreads, not the world.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, inf, sqrt
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ipo_data.analysis.runway_model.engine import PATHS_PER_BLOCK, Array, Disturbance, Projection, simulate
from ipo_data.analysis.runway_model.levers import path_levers
from ipo_data.analysis.runway_model.results import break_even_months, funding_need, month_end, runway_months
from ipo_data.errors import OptionError, UnknownNameError
from ipo_data.model.scenario import Distribution, MonteCarloSettings, RegimeJump, RunwayAssumptions, UncertainInput

FAN = (0.05, 0.25, 0.5, 0.75, 0.95)
RUNWAY_LEVELS = (0.1, 0.25, 0.5, 0.75, 0.9)
_FARTHEST = 100.0  # logarithm of a factor beyond which the cut-offs decide anyway
MOST_KEPT = 2_048  # paths; their surprises fill four megabytes
_SHOCKS_ONLY: dict[str, Any] = {"inputs": (), "correlations": (), "regime_jump": None}
_SINGULAR = 1e-10  # smaller negative eigenvalues are rounding


class ContradictionError(OptionError):
    """Correlations that no joint distribution has.

    Attributes:
        levers: Inputs whose correlations contradict each other.
    """

    def __init__(self, levers: Sequence[str], message: str) -> None:
        self.levers = tuple(levers)
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Probability:
    """A share of paths and how far chance may have moved it.

    Attributes:
        value: Share of paths, 0 to 1.
        standard_error: Its standard error.
    """

    value: float
    standard_error: float


@dataclass(frozen=True, slots=True)
class MonteCarloResult:
    """Outcome of a simulation.

    Attributes:
        settings: What was drawn, with seed and number of paths.
        projection: Liquidity and free cash flow of every path.
        runway: Months until each path runs out, shape (n,); infinite beyond the horizon.
        break_even: Month in which each path breaks even, shape (n,); infinite if never.
    """

    settings: MonteCarloSettings
    projection: Projection
    runway: Array
    break_even: Array

    def runway_quantiles(self, levels: Sequence[float] = RUNWAY_LEVELS) -> dict[float, float]:
        """Return runway in months by level; low levels are the bad tail, infinity is beyond the horizon."""
        return _quantiles(self.runway, levels)

    def break_even_quantiles(self, levels: Sequence[float] = RUNWAY_LEVELS) -> dict[float, float]:
        """Return the break-even month by level; high levels are the bad tail, infinity is never."""
        return _quantiles(self.break_even, levels)

    def funding_need_quantiles(self, months: int, levels: Sequence[float] = (0.5, 0.9)) -> dict[float, float]:
        """Return the money lacking over ``months`` in millions by level; high levels are the bad tail."""
        return _quantiles(funding_need(self.projection.liquidity, self.projection.minimum, months), levels)

    def probability_of_cash_out(self, months: float) -> Probability:
        """Return the share of paths that run out within ``months``.

        Raises:
            ValueError: If ``months`` is beyond the horizon, where nothing is known.
        """
        horizon = self.projection.assumptions.horizon
        if not 0 <= months <= horizon:
            raise ValueError(f"months must lie between 0 and the horizon of {horizon}, got {months:g}")
        return _share(self.runway <= months)

    def probability_of_no_break_even(self) -> Probability:
        """Return the share of paths that never break even within the horizon."""
        return _share(~np.isfinite(self.break_even))

    def fan_frame(self, levels: Sequence[float] = FAN) -> pd.DataFrame:
        """Return the spread of liquidity over time.

        Returns:
            One row per month end from the balance date on: ``month`` (0 = balance date), ``date`` and one column in
            millions per level, such as ``p05`` and ``p50``.
        """
        liquidity = self.projection.liquidity
        ranked = np.sort(np.ascontiguousarray(liquidity.T), axis=1)  # month by month; a quantile is one of the paths
        bands = [ranked[:, max(0, ceil(level * len(liquidity)) - 1)] for level in levels]
        months = range(liquidity.shape[1])
        ends = [month_end(self.projection.assumptions.balance_date, month) for month in months]
        columns = {f"p{round(level * 100):02d}": band for level, band in zip(levels, bands, strict=True)}
        return pd.DataFrame({"month": months, "date": pd.to_datetime(ends)} | columns)


def monte_carlo(assumptions: RunwayAssumptions, settings: MonteCarloSettings) -> MonteCarloResult:
    """Return the outcome of many runs of a scenario.

    Args:
        assumptions: The scenario around which inputs spread.
        settings: Spreads, correlations, surprises, number of paths and seed.

    Raises:
        UnknownNameError: If a spread, a correlation or a jump names something the scenario does not have.
        OptionError: If the correlations contradict each other, an input is listed twice or its assumed value lies
            outside its cut-offs.
    """
    inputs, *jumps = generators(settings)
    overrides = draw_inputs(assumptions, settings, inputs)
    disturb = _disturber(assumptions, settings, *jumps)
    projection = simulate(assumptions, paths=settings.paths, overrides=overrides, disturb=disturb)
    months = runway_months(projection.liquidity, projection.free_cash_flow, projection.minimum)
    return MonteCarloResult(settings, projection, months, break_even_months(projection.free_cash_flow))


def generators(settings: MonteCarloSettings) -> list[np.random.Generator]:
    """Return independent generators for inputs, monthly surprises, and times and sizes of jumps."""
    children = np.random.SeedSequence(settings.seed).spawn(4)
    return [np.random.default_rng(child.spawn(settings.stream + 1)[settings.stream]) for child in children]


def correlation_matrix(settings: MonteCarloSettings) -> Array:
    """Return the correlations of the uncertain inputs in their order, shape (inputs, inputs).

    Raises:
        UnknownNameError: If a correlation names an input that is not uncertain.
        OptionError: If an input is listed twice, a pair is given twice, or no joint distribution has all these
            correlations.
    """
    names = [uncertain.lever for uncertain in settings.inputs]
    if len(set(names)) < len(names):
        raise OptionError(f"each uncertain input may be listed once, got {', '.join(names)}")
    matrix = np.eye(len(names))
    given: set[frozenset[str]] = set()
    for pair in settings.correlations:
        for name in (pair.first, pair.second):
            if name not in names:
                raise UnknownNameError("uncertain input", name, names)
        ends = frozenset((pair.first, pair.second))
        if len(ends) < 2 or ends in given:
            raise OptionError(f"the correlation of {pair.first} and {pair.second} is fixed or given twice")
        given.add(ends)
        first, second = names.index(pair.first), names.index(pair.second)
        matrix[first, second] = matrix[second, first] = pair.value
    _refuse_contradiction(matrix, names)
    return matrix


def draw_inputs(
    assumptions: RunwayAssumptions, settings: MonteCarloSettings, generator: np.random.Generator
) -> dict[str, Array]:
    """Return the drawn values of every uncertain input by dotted name, shape (paths,).

    An input without spread is left out: all paths share the assumed value.

    Raises:
        UnknownNameError: If the scenario lacks an input.
        OptionError: As ``correlation_matrix``, or if an assumed value lies outside its cut-offs.
    """
    matrix = correlation_matrix(settings)
    scores = generator.standard_normal((settings.paths, len(matrix)))
    # The shift lets inputs that move in lockstep through, for which the plain factorisation fails.
    mixing = np.linalg.cholesky(matrix + _SINGULAR * np.eye(len(matrix))) if len(matrix) else matrix
    known = path_levers(assumptions, [uncertain.lever for uncertain in settings.inputs])
    drawn = {}
    for position, uncertain in enumerate(settings.inputs):
        lever = known[uncertain.lever]
        lower, upper = _cut_offs(uncertain, lever.value, lever.lower, lever.upper)
        if uncertain.spread == 0:
            continue
        score = np.zeros(settings.paths)
        for source in range(position + 1):  # column by column, so that no path depends on how many there are
            score += mixing[position, source] * scores[:, source]
        spread = uncertain.spread * score
        if uncertain.distribution is Distribution.LOGNORMAL:
            values = lever.value * np.exp(np.clip(spread, -_FARTHEST, _FARTHEST))
        else:
            values = lever.value + spread
        values = np.clip(values, lower, upper)
        drawn[uncertain.lever] = np.rint(values) if lever.whole else values
    return drawn


def _cut_offs(uncertain: UncertainInput, value: float, lower: float, upper: float) -> tuple[float, float]:
    lowest = lower if uncertain.lower is None else max(lower, uncertain.lower)
    highest = upper if uncertain.upper is None else min(upper, uncertain.upper)
    if not lowest <= value <= highest:
        raise OptionError(
            f"{uncertain.lever} is assumed to be {value:g}, outside its cut-offs {lowest:g} and {highest:g}"
        )
    return lowest, highest


def _refuse_contradiction(matrix: Array, names: Sequence[str]) -> None:
    if not names:
        return
    eigenvalues, eigenvectors = np.linalg.eigh(matrix)
    if eigenvalues[0] >= -_SINGULAR:
        return
    weights = np.abs(eigenvectors[:, 0])
    involved = [name for name, weight in zip(names, weights, strict=True) if weight > 0.2]
    raise ContradictionError(
        involved,
        f"the correlations of {', '.join(involved)} cannot hold together: some mix of them would have a negative "
        f"variance (smallest eigenvalue {eigenvalues[0]:.3f}, must not be below 0); bring them closer to 0",
    )


def _disturber(
    assumptions: RunwayAssumptions,
    settings: MonteCarloSettings,
    shocks: np.random.Generator,
    jump_times: np.random.Generator,
    jump_sizes: np.random.Generator,
) -> Callable[[int], Disturbance] | None:
    """Return what draws the disturbances of the next paths, or ``None`` if nothing is drawn."""
    names = [segment.name for segment in assumptions.segments]
    jump = settings.regime_jump
    for name in jump.segments if jump else ():
        if name not in names:
            raise UnknownNameError("segment", name, names)
    if settings.shock_volatility == 0 and jump is None:
        return None

    kept = iter(_kept_surprises(settings.model_copy(update=_SHOCKS_ONLY), len(names), assumptions.horizon))

    def disturb(paths: int) -> Disturbance:
        block = next(kept, None)
        growth: dict[str, Array] = {}
        factor: dict[str, Array] = {}
        if block is None:  # too many to keep
            growth = dict(_log_growth(names, assumptions.horizon, paths, settings, shocks))
        elif len(block):
            factor = dict(zip(names, block, strict=True))
        if jump is None:
            return Disturbance(growth, factor)
        count, score = _jumps_so_far(jump, assumptions.horizon, paths, jump_times, jump_sizes)
        revenue = jump.revenue_factor**count * np.exp(jump.spread * score)
        research = jump.research_factor**count * np.exp(jump.spread * score)
        return Disturbance(growth, factor, dict.fromkeys(jump.segments, revenue), research)

    return disturb


@lru_cache(maxsize=4)
def _kept_surprises(settings: MonteCarloSettings, segments: int, horizon: int) -> tuple[Array, ...]:
    """Return the surprises of all blocks of a small simulation as factors; nothing if it has too many paths.

    They are the same for all scenarios, so that a page which changes an assumption need not draw them again.
    """
    if settings.paths > MOST_KEPT:
        return ()
    generator, names = generators(settings)[1], [str(number) for number in range(segments)]
    blocks = []
    for first in range(0, settings.paths, PATHS_PER_BLOCK):
        paths = min(PATHS_PER_BLOCK, settings.paths - first)
        found = [line for _, line in _log_growth(names, horizon, paths, settings, generator)]
        block = np.exp(np.array(found))
        block.flags.writeable = False
        blocks.append(block)
    return tuple(blocks)


def _log_growth(
    names: Sequence[str], horizon: int, paths: int, settings: MonteCarloSettings, generator: np.random.Generator
) -> Iterator[tuple[str, Array]]:
    """Yield per segment the surprises in log growth, shape (months, paths); each leaves a part for the next month."""
    if settings.shock_volatility == 0:
        return
    draws = generator.standard_normal((paths, len(names), horizon))
    draws *= settings.shock_volatility
    surprises = np.ascontiguousarray(draws.transpose(1, 2, 0))
    for month in range(1, horizon):
        surprises[:, month] += settings.shock_persistence * surprises[:, month - 1]
    yield from zip(names, surprises, strict=True)


def _jumps_so_far(
    jump: RegimeJump, horizon: int, paths: int, times: np.random.Generator, sizes: np.random.Generator
) -> tuple[Array, Array]:
    """Return the number of jumps so far and the sum of their normal scores, both of shape (months, paths).

    There is at most one jump in each year, in any of its months; month 0 is known and does not jump.
    """
    years = (horizon + 10) // 12
    chance = times.random((paths, years, 2))
    scores = sizes.standard_normal((paths, years))
    count, score = np.zeros((horizon, paths)), np.zeros((horizon, paths))
    everyone = np.arange(paths)
    for year in range(years):
        month = 1 + 12 * year + np.floor(12 * chance[:, year, 1]).astype(np.intp)
        jumps = (chance[:, year, 0] < jump.yearly_probability) & (month < horizon)
        at = np.where(jumps, month, 0)
        count[at, everyone] += jumps
        score[at, everyone] += np.where(jumps, scores[:, year], 0.0)
    return np.cumsum(count, axis=0), np.cumsum(score, axis=0)


def _quantiles(values: Array, levels: Sequence[float]) -> dict[float, float]:
    """Return quantiles that are values of some path; infinite ones rank last and stay infinite."""
    finite = np.where(np.isfinite(values), values, np.finfo(np.float64).max)
    found = np.quantile(finite, levels, method="inverted_cdf")
    largest = np.finfo(np.float64).max
    return {level: inf if value == largest else float(value) for level, value in zip(levels, found, strict=True)}


def _share(hits: npt.NDArray[np.bool_]) -> Probability:
    share = float(hits.mean())
    return Probability(share, sqrt(share * (1 - share) / len(hits)))
