"""Many readers at once on one process: how long each waits, what a rerun costs, and whether memory comes back.

Run it alone with ``python -m tests.bench load``. Every reader opens a page as a browser does, waits until all have
opened it, and then chooses another currency every few seconds.
"""

import os
import random
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from statistics import quantiles
from threading import Barrier, BrokenBarrierError, Thread

from tests.bench.client import Tab
from tests.bench.table import Row, row
from tests.serving import Server, serve

PAGE = "growth"
CONTROL, OPTIONS = "Currency", ("US$", "HK$", "As reported")
WAVES, READERS_A_WAVE = 4, 120
_PATIENCE = 240
"""Most seconds until all readers have opened the page."""


@dataclass(frozen=True)
class Readers:
    """How many read, and how.

    Attributes:
        number: Sessions open at once.
        moves: Controls each of them moves.
        think: Mean seconds between two moves of one reader; 0 for as fast as the server answers.
        ramp: Seconds over which they come.
    """

    number: int
    moves: int
    think: float
    ramp: float


@dataclass
class Answers:
    """What the readers got.

    Attributes:
        opened: Milliseconds of first runs.
        moved: Milliseconds of reruns.
        errors: What went wrong.
        cpu: Processor milliseconds of the server per rerun.
        memory: Megabytes of the server when all had moved.
        busy: Load average of the machine when they began.
    """

    opened: list[float] = field(default_factory=list)
    moved: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    cpu: float = 0.0
    memory: float = 0.0
    busy: float = 0.0

    def part(self, percent: int) -> float:
        """Return the milliseconds within which so many per cent of the reruns were answered."""
        return quantiles(self.moved, n=100, method="inclusive")[percent - 1]


def rows() -> Iterator[Row]:
    """Measure and yield a row for every bound."""
    with serve() as server:
        with Tab(server.url, PAGE, "lang=en") as first:
            first.run()
            for option in OPTIONS:
                first.choose(CONTROL, option)
        for number, moves, think, ramp, middle, most in ((10, 6, 2, 2, 150, 300), (50, 3, 10, 7, 150, 500)):
            yield _row(number, drive(server, Readers(number, moves, think, ramp)), think, middle, most)
        yield _row(200, drive(server, Readers(200, 3, 10, 20)), 10, 150, 1_000)
        found = drive(server, Readers(4, 20, 0, 0))
        yield row("saturation, 4 readers", f"{found.cpu:.0f} ms processor a rerun", "≤ 60 ms", met=found.cpu <= 60)
    with serve() as server:
        waves = [drive(server, Readers(READERS_A_WAVE, 2, 1, 8)).memory for _ in range(WAVES)]
    grown = waves[-1] - waves[0]
    figure = f"{grown:+.0f} MB (" + ", ".join(f"{wave:.0f}" for wave in waves) + ")"
    yield row(f"memory, {WAVES} waves of {READERS_A_WAVE} readers", figure, "≤ 20 MB more", met=grown <= 20)


def _row(number: int, found: Answers, think: float, middle: int, most: int) -> Row:
    within = f"{found.part(50):.0f} / {found.part(95):.0f} ms"
    figure = f"{within}, {found.cpu:.0f} ms processor, {len(found.errors)} errors, load average {found.busy:.1f}"
    what = f"{number} readers, one move every {think:.0f} s: half / 95 % answered within"
    kept = found.part(50) <= middle and found.part(95) <= most and not found.errors
    return row(what, figure, f"{middle} / {most:,} ms, no error", met=kept)


def drive(server: Server, readers: Readers) -> Answers:
    """Let so many readers open the page and move its control; return what they got."""
    found = Answers(busy=os.getloadavg()[0])
    start, end = Barrier(readers.number + 1), Barrier(readers.number + 1)
    threads = [
        Thread(target=_read, args=(server, readers, number, found, (start, end))) for number in range(readers.number)
    ]
    for thread in threads:
        thread.start()
    with suppress(BrokenBarrierError):  # a reader that failed says why in ``errors``
        start.wait(_PATIENCE)
    before = cpu(server.pid)
    with suppress(BrokenBarrierError):
        end.wait(_PATIENCE)
    found.cpu = (cpu(server.pid) - before) * 1_000 / max(1, len(found.moved))
    found.memory = memory(server.pid)
    for thread in threads:
        thread.join()
    return found


def _read(server: Server, readers: Readers, number: int, found: Answers, barriers: tuple[Barrier, Barrier]) -> None:
    """Be one reader; what goes wrong is noted, and the others are not kept waiting."""
    chance = random.Random(number)  # noqa: S311 - pauses between clicks, the same in every run
    time.sleep(readers.ramp * number / readers.number)
    try:
        with Tab(server.url, PAGE, "lang=en") as tab:
            run = tab.run()
            found.opened.append(run.milliseconds)
            found.errors += run.errors
            barriers[0].wait(_PATIENCE)
            for option in islice(cycle(OPTIONS), number, number + readers.moves):
                time.sleep(readers.think * chance.uniform(0.5, 1.5))
                run = tab.choose(CONTROL, option)
                found.moved.append(run.milliseconds)
                found.errors += run.errors
            barriers[1].wait(_PATIENCE)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is an error of this reader
        if not isinstance(error, BrokenBarrierError):
            found.errors.append(f"{type(error).__name__}: {error}")
        for barrier in barriers:
            barrier.abort()


def cpu(pid: int) -> float:
    """Return the processor seconds a process has used (Linux; elsewhere nan)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    except OSError:
        return float("nan")
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> float:
    """Return the megabytes a process holds (Linux; elsewhere nan)."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return float("nan")
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:"))
