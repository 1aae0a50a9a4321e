"""Processor time of the server when a control of the runway page moves.

Run it with ``python -m tests.bench.bench_runway_slider``. A served page is asked over the websocket, as a browser asks.
Processor time is printed beside the time until the last message, which other work on the machine lengthens, and beside
two yardsticks: a run of the whole page in which nothing changes, and a cumulative sum over the paths, months and
segments of both companies' simulations.
"""

import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter, process_time

import numpy as np

from ipo_data.text.catalog import words
from pages.shell.parts import _SENT
from tests.bench.client import Run, Tab
from tests.bench.load import cpu
from tests.serving import Server, serve

SAY = words("en")
GROWTH = ("25%", "50%", "75%", "125%", "150%", "175%", "200%", "225%")
SHARES = ("40%", "50%", "60%", "70%", "80%", "120%", "130%", "140%")
JUMPS = (SAY("choice.yes"), SAY("choice.no"))
PATHS, MONTHS, SEGMENTS, FIRMS = 2_000, 120, 2, 2
MOST_NEW, MOST_KNOWN = 150, 15
"""Milliseconds of the server for a moved control, with a new value and where everything is kept."""


@dataclass(frozen=True)
class Timed:
    """One move: processor milliseconds, milliseconds until the last message, and what was sent."""

    processor: float
    wall: float
    run: Run


def timed(server: Server, work: Callable[[], Run]) -> Timed:
    """Run something once what was drawn last has certainly left the server."""
    time.sleep(_SENT + 0.1)
    before = cpu(server.pid)
    run = work()
    time.sleep(0.05)
    return Timed((cpu(server.pid) - before) * 1_000, run.milliseconds, run)


def moves(server: Server, move: Callable[[str], Run], values: Sequence[str]) -> list[Timed]:
    """Move a control to one value after the other."""
    return [timed(server, lambda value=value: move(value)) for value in values]  # type: ignore[misc]


def line(name: str, times: list[Timed]) -> None:
    """Print medians of some runs; a processor's time comes in steps of 10 ms, so its mean is printed."""
    processor = sum(one.processor for one in times) / len(times)
    wall, last = median(one.wall for one in times), times[-1].run
    sent = f"{last.size / 1_000:5.0f} kB in {last.messages} messages"
    sys.stdout.write(f"{name:44} {processor:6.1f} ms processor {wall:6.0f} ms wall {sent}\n")


def main() -> None:
    """Print the comparison."""
    sys.stdout.write(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
    with serve() as server, Tab(server.url, "runway", "lang=en") as tab:
        for _ in range(4):
            tab.run()
        line("whole page, nothing changes", [timed(server, tab.run) for _ in GROWTH])
        for name, values in (("growth", GROWTH), ("burn", SHARES)):
            for state, most in (("new", MOST_NEW), ("known", MOST_KNOWN)):
                label = SAY(f"control.{name}")
                line(f"{name}, {state} value (≤ {most})", moves(server, lambda v, n=label: tab.slide(n, v), values))
        jump = SAY("control.jump")
        moves(server, lambda value: tab.slide(jump, value), JUMPS)
        line(f"jump, known value (≤ {MOST_KNOWN})", moves(server, lambda value: tab.slide(jump, value), JUMPS * 4))
    numbers = np.random.default_rng(1).standard_normal((FIRMS * PATHS, MONTHS * SEGMENTS))
    wall, processor = perf_counter(), process_time()
    for _ in range(7):
        np.cumsum(numbers, axis=1)
    spent = [(clock() - start) * 1_000 / 7 for clock, start in ((process_time, processor), (perf_counter, wall))]
    sys.stdout.write(f"{'yardstick: numpy.cumsum':44} {spent[0]:6.1f} ms processor {spent[1]:6.0f} ms wall\n")


if __name__ == "__main__":
    main()
