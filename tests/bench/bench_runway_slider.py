"""Server time of the runway page when a slider moves to a value that nobody has looked at yet.

Run it with ``python -m tests.bench.bench_runway_slider``. Processor time is printed beside the time on the wall, which
other work on the machine lengthens, and beside two yardsticks: a rerun in which nothing changes, and a cumulative sum
over the paths, months and segments of both companies' simulations.
"""

import os
import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter, process_time

import numpy as np

from tests.pages.opened import Opened

VALUES = ("25", "50", "75", "125", "150", "175", "200", "225")
PATHS, MONTHS, SEGMENTS, FIRMS = 2_000, 120, 2, 2
TARGET = 150
"""Milliseconds of the server for a moved slider."""


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return milliseconds of the processor and on the wall."""
    wall, processor = perf_counter(), process_time()
    work()
    return (process_time() - processor) * 1_000, (perf_counter() - wall) * 1_000


def move(shown: Opened, value: str) -> None:
    """Move the slider of revenue growth and run the page."""
    shown.app.select_slider(key="view_growth").set_value(value)
    shown.again()


def line(name: str, times: list[tuple[float, float]]) -> None:
    """Print medians of some runs."""
    processor, wall = (median(column) for column in zip(*times, strict=True))
    print(f"{name:34} {processor:8.1f} ms processor {wall:8.1f} ms wall")


def main() -> None:
    """Print the comparison."""
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    shown = Opened("runway")
    line("rerun, nothing changes", [timed(shown.again) for _ in range(len(VALUES))])
    moved = [timed(lambda value=value: move(shown, value)) for value in VALUES]  # type: ignore[misc]
    line(f"slider moves, target {TARGET} ms", moved)
    again = [timed(lambda value=value: move(shown, value)) for value in VALUES]  # type: ignore[misc]
    line("slider moves to a known value", again)
    values = np.random.default_rng(1).standard_normal((FIRMS * PATHS, MONTHS * SEGMENTS))
    line("yardstick: numpy.cumsum", [timed(lambda: np.cumsum(values, axis=1)) for _ in range(7)])


if __name__ == "__main__":
    main()
