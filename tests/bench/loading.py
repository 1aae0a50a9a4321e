"""How long reading the record files takes, beside merely parsing them. Medians of fresh processes."""

import statistics
import subprocess
import sys
from collections.abc import Iterator

from tests.bench.table import Row, row
from tests.serving import ROOT

COLD_STARTS = 5
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


def rows() -> Iterator[Row]:
    """Measure and yield the rows."""
    runs = [_cold_start() for _ in range(COLD_STARTS)]
    medians = [statistics.median(column) for column in zip(*runs, strict=True)]
    imported, loaded, resolved, again, warm, parsed, facts, busy = medians
    yield row("yardstick: parsing the record files", f"{parsed * 1_000:.0f} ms")
    yield row("importing the library", f"{imported * 1_000:.0f} ms")
    figure = f"{loaded * 1_000:.0f} ms, {busy * 1_000:.0f} ms processor, {loaded / parsed:.1f} × the parse"
    yield row("loading the records, cold", figure, "≤ 800 ms", met=loaded <= 0.8)
    yield row(f"from claims to {facts:,.0f} facts", f"{resolved * 1_000:.0f} ms")
    yield row("loading again after an edit", f"{again * 1_000:.0f} ms, {again / parsed:.1f} × the parse")
    yield row("loading when no file has changed", f"{warm * 1_000:.2f} ms", "≤ 2 ms", met=warm <= 0.002)


def _cold_start() -> tuple[float, ...]:
    command = [sys.executable, "-c", _COLD]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return tuple(float(number) for number in done.stdout.split())
