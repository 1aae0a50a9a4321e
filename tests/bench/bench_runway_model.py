"""Time and memory of a runway simulation beside a cumulative sum over an array of the same size.

Run it with ``python -m tests.bench.bench_runway_model``. The sum is what the machine needs merely to walk through
paths, months and segments once; the ratio to it carries over to other machines, the seconds do not.
"""

import resource
import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter

import numpy as np

from ipo_data.analysis.runway_model import monte_carlo, preset_settings, runway, with_values
from ipo_data.model.scenario import MonteCarloSettings, RunwayAssumptions
from tests.analysis.runway_model.examples import minimax, scenarios

PATHS, MONTHS, SEGMENTS = 10_000, 120, 2
REPEATS = 7
LONGEST, LONGEST_INTERACTIVE = 0.35, 0.1  # seconds for 10,000 and for 2,000 paths
LARGEST = 300  # megabytes of the whole process
KILOBYTES_PER_UNIT = 1 / 1024 if sys.platform == "darwin" else 1  # macOS counts peak memory in bytes


def seconds(work: Callable[[], object]) -> float:
    """Return the median time of several runs after a first one that warms up."""
    work()
    times = []
    for _ in range(REPEATS):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return median(times)


def peak_memory() -> float:
    """Return the most memory the process has held so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KILOBYTES_PER_UNIT / 1024


def simulation_time(assumptions: RunwayAssumptions, settings: MonteCarloSettings, paths: int) -> float:
    """Return seconds of one simulation with so many paths."""
    return seconds(lambda: monte_carlo(assumptions, settings.model_copy(update={"paths": paths})))


def verdict(*, met: bool) -> str:
    """Return how a measurement compares with its target."""
    return "met" if met else "MISSED"


def print_against_yardstick(assumptions: RunwayAssumptions, settings: MonteCarloSettings) -> None:
    """Print time per path-month, the yardstick, the ratio and peak memory of the full simulation."""
    before = peak_memory()
    full = simulation_time(assumptions, settings, PATHS)
    after = peak_memory()
    values = np.random.default_rng(1).standard_normal((PATHS, MONTHS * SEGMENTS))
    summing = seconds(lambda: np.cumsum(values, axis=1))
    size = f"{PATHS:,} paths x {MONTHS} months x {SEGMENTS} segments"
    print(f"simulation   {size}: {full:.3f} s, {full / PATHS / MONTHS * 1e9:.1f} ns per path-month", end=" ")
    print(f"(target {LONGEST} s: {verdict(met=full <= LONGEST)})")
    print(f"yardstick    numpy.cumsum over the same array: {summing * 1e3:.2f} ms,", end=" ")
    print(f"{summing / PATHS / MONTHS * 1e9:.1f} ns per path-month")
    print(f"ratio        {full / summing:.1f} cumulative sums")
    print(f"peak memory  {after:.0f} MB, {after - before:.0f} MB of it since start", end=" ")
    print(f"(target {LARGEST} MB: {verdict(met=after <= LARGEST)})")


def print_growth(assumptions: RunwayAssumptions, settings: MonteCarloSettings) -> None:
    """Print how time grows with paths and with months; per path-month it should not."""
    for paths in (1_000, 2_000, 5_000, 10_000, 20_000):
        time = simulation_time(assumptions, settings, paths)
        target = f" (target {LONGEST_INTERACTIVE} s: {verdict(met=time <= LONGEST_INTERACTIVE)})"
        print(
            f"paths        {paths:>6,} x {MONTHS}: {time:.3f} s, {time / paths / MONTHS * 1e9:.1f} ns per path-month"
            f"{target if paths == 2_000 else ''}"
        )
    for months in (30, 60, 120, 240):
        time = simulation_time(with_values(assumptions, {"horizon": months}), settings, PATHS)
        print(
            f"months       {PATHS:>6,} x {months:>3}: {time:.3f} s, {time / PATHS / months * 1e9:.1f} ns per path-month"
        )


def main() -> None:
    """Print the whole comparison."""
    assumptions = minimax(offer=True)
    settings = preset_settings(scenarios("minimax"), "base")
    print_against_yardstick(assumptions, settings)
    print_growth(assumptions, settings)
    single = seconds(lambda: runway(assumptions))
    print(f"single run   {MONTHS} months: {single * 1e3:.2f} ms")
    fan = monte_carlo(assumptions, settings)
    print(f"fan chart    quantiles of {settings.paths:,} paths: {seconds(fan.fan_frame) * 1e3:.1f} ms")


if __name__ == "__main__":
    main()
