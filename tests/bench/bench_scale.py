"""How loading and a page grow with the number of companies: the records of the two, copied under other names.

Run it alone with ``python -m tests.bench growth``.
"""

import gc
import re
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from statistics import median

from ipo_data.dataset import Dataset
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import View
from ipo_data.exhibits.registry import PAGES, build
from ipo_data.paths import ROOT, SEEDS_VARIABLE
from tests.bench.client import Tab
from tests.bench.load import cpu
from tests.bench.table import Row, row
from tests.serving import serve

TIMES = 100
SMALL_RUNS = 5
_RERUNS = 30
_VIEWS = ("ccy=USD", "ccy=HKD", "ccy=CNY", "basis=month", "basis=month&ccy=USD", "basis=annualised")
"""Views of the growth page that nobody has seen; one alone is a few ticks of the clock of processor time."""
_LONGEST_START = 600.0
"""Seconds in which a server with all of them must be up."""
_PAIR = ("minimax", "zhipu")


def rows() -> Iterator[Row]:
    """Measure and yield a row for loading and one for a page of two companies; processor time, medians of the small."""
    small = [_measured(1) for _ in range(SMALL_RUNS)]
    load, page = (median(column) for column in zip(*((one.load, one.page) for one in small), strict=True))
    large = _measured(TIMES)
    companies = f"{large.companies} companies, {large.claims:,} claims"
    figure = f"{large.load:.1f} s processor instead of {load:.2f}: {large.load / load:.0f} ×"
    yield row(f"loading {companies}", figure, "≤ 120 ×", met=large.load <= 120 * load)
    figure = f"{large.page * 1_000:.0f} ms processor instead of {page * 1_000:.0f}: {large.page / page:.2f} ×"
    yield row("building a page of two among them", figure, "≤ 1.5 ×", met=large.page <= 1.5 * page)
    alone, among = _served(1), _served(TIMES)
    for what, before, after in (("a new view", alone.new, among.new), ("a rerun", alone.again, among.again)):
        figure = f"{after:.0f} ms processor instead of {before:.0f}: {after / before:.2f} ×"
        yield row(f"{what} of a page of two among them", figure, "≤ 1.5 ×", met=after <= 1.5 * before)
    figure = f"{among.start:.0f} s processor instead of {alone.start:.0f}, {among.size / 1_000:.0f} kB a rerun"
    yield row("the server's start with them", figure)


@dataclass(frozen=True)
class Measured:
    """What one set of records costs.

    Attributes:
        companies: How many there are.
        claims: How many claims they have.
        load: Processor seconds until all claims are facts.
        page: Processor seconds of the exhibits of a page of two companies.
    """

    companies: int
    claims: int
    load: float
    page: float


@dataclass(frozen=True)
class Served:
    """What a server costs that shows two companies among others.

    Attributes:
        start: Processor seconds until it answers.
        new: Processor milliseconds of a view of the growth page of two that nobody has seen.
        again: Processor milliseconds of a rerun with everything kept.
        size: Bytes of such a rerun over the wire.
    """

    start: float
    new: float
    again: float
    size: int


def _served(times: int) -> Served:
    """Serve every company so many times and read about two of them."""
    with tempfile.TemporaryDirectory(prefix="ipo-scale-") as place:
        seeds = {SEEDS_VARIABLE: str(_copies(Path(place) / "seeds", times))}
        with serve(environment=seeds, patience=_LONGEST_START) as server:
            start = cpu(server.pid)
            query = f"lang=en&firms={','.join(_PAIR)}"
            with Tab(server.url, "growth", query) as tab:
                tab.run()  # makes what is made once for all companies, if the start had no time for it
                ready = cpu(server.pid)
                views = [tab.follow(f"{query}&{view}") for view in _VIEWS]
                opened = cpu(server.pid)
                for _ in range(4):
                    tab.run()
                before = cpu(server.pid)
                runs = [tab.run() for _ in range(_RERUNS)]
                again = (cpu(server.pid) - before) / _RERUNS
    errors = [error for run in (*views, runs[-1]) for error in run.errors]
    if errors:
        raise RuntimeError("; ".join(errors))
    return Served(start, (opened - ready) * 1_000 / len(views), again * 1_000, runs[-1].wire)


def _measured(times: int) -> Measured:
    """Load every company so many times, in a process that has loaded before."""
    with tempfile.TemporaryDirectory(prefix="ipo-scale-") as place:
        folder = _copies(Path(place) / "seeds", times)
        gc.collect()
        start = time.process_time()
        dataset = Dataset.load(folder)
        len(dataset.facts)
        loaded = time.process_time() - start
        return Measured(len(dataset.companies), len(dataset.claims), loaded, _page(dataset))


def _copies(folder: Path, times: int) -> Path:
    """Write the seeds with every company ``times`` times."""
    copytree(ROOT / "seeds", folder)
    for number in range(1, times):
        for name in _PAIR:
            copy = copytree(folder / "companies" / name, folder / "companies" / f"{name}-{number}")
            record = copy / "company.yaml"
            text = record.read_text("utf-8")
            text = re.sub(rf"^id: {name}$", f"id: {name}-{number}", text, flags=re.MULTILINE)
            text = re.sub(r"^name: .*$", f"name: {name.capitalize()} {number}", text, flags=re.MULTILINE)
            text = re.sub(r"^ticker: \d+", f"ticker: {number:03}{_PAIR.index(name)}", text, flags=re.MULTILINE)
            record.write_text(re.sub(r"^order: \d+\n", "", text, flags=re.MULTILINE), "utf-8")
    return folder


def _page(dataset: Dataset) -> float:
    """Return the seconds that the exhibits of the growth page take for two companies."""
    context = Context(dataset, View(companies=_PAIR))
    page = next(page for page in PAGES if page.id == "growth")
    for _ in range(2):  # the first round makes the indexes, once per data set
        start = time.process_time()
        for name, _ in page.exhibits:
            build(context, page, name)
    return time.process_time() - start
