"""Print how long loading and page reruns take; nothing is asserted, because times depend on the machine.

Read the ratios: each figure stands beside a yardstick measured in the same minutes on the same machine.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copytree

from ipo_data.dataset import Dataset
from ipo_data.exhibits.registry import PAGES, exhibit_ids, page
from tests.bench.client import Run, Tab
from tests.serving import ROOT, Server, serve

RERUNS = 50
PAUSE = 0.05
"""Seconds between reruns, as a server has between readers."""
COLD_STARTS = 5
_PAGES = tuple(entry.id for entry in PAGES if entry.exhibits)
_COLD = """
import time
start = time.perf_counter()
from ipo_data.dataset import Dataset
imported, busy = time.perf_counter(), time.process_time()
dataset = Dataset.load()
loaded, busy = time.perf_counter(), time.process_time() - busy
facts = len(dataset.facts)
resolved = time.perf_counter()
Dataset.load()
again = time.perf_counter()
import yaml
from ipo_data.loading.loader import seed_files
from ipo_data.paths import seeds_folder
texts = [path.read_bytes() for path in seed_files(seeds_folder())]
before = time.perf_counter()
for text in texts:
    yaml.load(text, Loader=yaml.CBaseLoader)
parsed = time.perf_counter()
from pages.shell.data import loaded as data_of_a_page
data_of_a_page()
held = time.perf_counter()
for _ in range(100):
    data_of_a_page()
warm = (time.perf_counter() - held) / 100
print(imported - start, loaded - imported, resolved - loaded, again - resolved, warm, parsed - before, facts, busy)
"""
_EMPTY_APP = """
import gc
from contextlib import asynccontextmanager
from pathlib import Path
import streamlit as st

@asynccontextmanager
async def lifespan(app):
    gc.collect()
    gc.freeze()
    yield {}

app = st.App(Path(__file__).parent / "empty.py", lifespan=lifespan)
"""
_COMMON_WAY = """
import pandas as pd
import plotly.express as px
import streamlit as st

@st.cache_data
def figures():
    return pd.read_csv("figures.csv")

share = st.slider("burn", 10, 300, 100, 10)
data = figures()
revenue = data[data.metric == "revenue"]
for column, (name, rows) in zip(st.columns(2), revenue.groupby("company")):
    column.metric(name, rows.value.iloc[-1] * share / 100)
st.plotly_chart(px.bar(revenue, x="period", y="value", color="company", facet_col="company"))
st.plotly_chart(px.line(data[data.metric == "gross_margin"], x="period", y="value", color="company", markers=True))
st.plotly_chart(px.bar(data[data.metric == "mau"], x="period", y="value", color="company"))
st.plotly_chart(px.scatter(data, x="period", y="value", color="metric", facet_col="company"))
st.dataframe(revenue)
"""
"""Four charts of the same figures, a slider and a table, as tutorials show it; Streamlit's settings as they come."""


def main() -> None:
    """Run everything and print it."""
    _say(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    _loading()
    _reruns()


def _loading() -> None:
    runs = [_cold_start() for _ in range(COLD_STARTS)]
    medians = (statistics.median(column) for column in zip(*runs, strict=True))
    imported, loaded, resolved, again, warm, parsed, facts, busy = medians
    _say(f"\nData set, medians of {COLD_STARTS} fresh processes ({facts:.0f} facts)")
    _say(f"  import                {imported * 1_000:8.0f} ms")
    _say(
        f"  load, cold            {loaded * 1_000:8.0f} ms   {loaded / parsed:5.1f} × the YAML parse   (target 800 ms)"
    )
    _say(f"  … processor time      {busy * 1_000:8.0f} ms")
    _say(f"  claims to facts       {resolved * 1_000:8.0f} ms")
    _say(f"  load again, edited    {again * 1_000:8.0f} ms   {again / parsed:5.1f} ×")
    _say(f"  load, warm            {warm * 1_000:8.2f} ms   files unchanged                   (target 2 ms)")
    _say(f"  yardstick: YAML parse {parsed * 1_000:8.0f} ms")


def _cold_start() -> tuple[float, ...]:
    command = [sys.executable, "-c", _COLD]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return tuple(float(number) for number in done.stdout.split())


@dataclass
class _Series:
    """Reruns of one page.

    Attributes:
        name: What the table calls it.
        exhibits: Exhibits on the page.
        first: The tab's first run.
        runs: The timed reruns.
        cpu: Processor milliseconds of the server per rerun.
    """

    name: str
    exhibits: int
    first: Run = field(default_factory=Run)
    runs: list[Run] = field(default_factory=list)
    cpu: float = 0.0

    @property
    def wall(self) -> float:
        """Median milliseconds of a rerun."""
        return statistics.median(run.milliseconds for run in self.runs)

    def line(self, yardstick: float) -> str:
        """Return a line of the table."""
        run = self.runs[-1]
        timed = f"{self.wall:7.1f}  {self.wall / yardstick:7.1f}  {self.cpu:13.1f}"
        sent = f"{run.size:6}  {run.messages:8}  {run.charts:11}"
        wrong = "".join(f"\n    the page shows an error: {error}" for error in run.errors)
        return f"  {self.name:12}  {self.exhibits:8}  {timed}  {sent}  {self.first.milliseconds:12.0f}{wrong}"


def _reruns() -> None:
    with ExitStack() as stack:
        app = stack.enter_context(serve())
        empty = stack.enter_context(_empty())
        common = stack.enter_context(_common_way())
        _say(f"\nPage reruns over the websocket, medians of {RERUNS}, everything cached (target 25 ms)")
        _say("  page          exhibits  wall ms  × empty  server CPU ms   bytes  messages  charts sent  first run ms")
        for name in _PAGES:
            own = _Series(name, len(exhibit_ids(page(name), ["one", "other"])))
            bare = _Series("  empty page", 0)
            _measure(app, empty, own, bare)
            _say(own.line(bare.wall))
            _say(bare.line(bare.wall))
        own, usual = _Series("mix", len(exhibit_ids(page("mix"), ["one", "other"]))), _Series("  common way", 4)
        _measure(app, common, own, usual)
        _say(own.line(bare.wall))
        _say(usual.line(bare.wall))
        _say(f"  the common way takes {usual.cpu / own.cpu:.1f} × the processor time of ours")


def _measure(app: Server, empty: Server, own: _Series, bare: _Series) -> None:
    """Alternate between the page and the empty page, so that both meet the same disturbances."""
    with Tab(app.url, own.name) as tab, Tab(empty.url) as bare_tab:
        pairs = ((app, tab, own), (empty, bare_tab, bare))
        for _, opened, series in pairs:
            series.first = opened.run()
            for _ in range(5):
                opened.run()
        before = [_cpu(server.pid) for server, _, _ in pairs]
        for _ in range(RERUNS):
            for _, opened, series in pairs:
                time.sleep(PAUSE)
                series.runs.append(opened.run())
        for (server, _, series), start in zip(pairs, before, strict=True):
            series.cpu = (_cpu(server.pid) - start) * 1_000 / RERUNS


@contextmanager
def _empty() -> Iterator[Server]:
    """Serve an empty page with this product's settings and the same care at the start."""
    with tempfile.TemporaryDirectory(prefix="ipo-empty-") as place:
        folder = Path(place)
        copytree(ROOT / ".streamlit", folder / ".streamlit")
        (folder / "app.py").write_text(_EMPTY_APP, encoding="utf-8")
        (folder / "empty.py").write_text("import streamlit as st\n\nst.title('empty')\n", encoding="utf-8")
        with serve(folder) as server:
            yield server


@contextmanager
def _common_way() -> Iterator[Server]:
    """Serve four charts of the same figures, written as tutorials do."""
    with tempfile.TemporaryDirectory(prefix="ipo-common-") as place:
        folder = Path(place)
        rows = [
            (fact.company, fact.metric.id, fact.period.label, float(fact.value))
            for fact in Dataset.load().facts
            if fact.metric.id in ("revenue", "gross_margin", "mau")
            and not fact.dimensions
            and fact.period is not None
            and fact.value is not None
            and fact.period is not None
            and fact.value is not None
            and not fact.dimensions
        ]
        text = "\n".join(["company,metric,period,value", *(",".join(map(str, row)) for row in rows)])
        (folder / "figures.csv").write_text(text, encoding="utf-8")
        (folder / "app.py").write_text(_COMMON_WAY, encoding="utf-8")
        with serve(folder) as server:
            yield server


def _cpu(pid: int) -> float:
    """Return the processor seconds a process has used (Linux; elsewhere nan)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    except OSError:
        return float("nan")
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
