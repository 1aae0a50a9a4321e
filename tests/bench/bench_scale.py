"""How loading and a page grow with the number of companies: the records of the two, copied under other names.

Run with ``python -m tests.bench.bench_scale``; nothing is asserted.
"""

import re
import sys
import tempfile
import time
from pathlib import Path
from shutil import copytree

from ipo_data.dataset import Dataset
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import View
from ipo_data.exhibits.registry import PAGES, build
from ipo_data.paths import ROOT

TIMES = (1, 100)
_PAIR = ("minimax", "zhipu")


def main() -> None:
    """Print load and page times at every size, beside those of the two companies."""
    sys.stdout.write("| companies | claims | load s | × | page of two, ms | × |\n|---|---|---|---|---|---|\n")
    base: tuple[float, float] | None = None
    for times in TIMES:
        with tempfile.TemporaryDirectory(prefix="ipo-scale-") as place:
            folder = _copies(Path(place) / "seeds", times)
            start = time.perf_counter()
            dataset = Dataset.load(folder)
            facts = len(dataset.facts)
            loaded = time.perf_counter() - start
            page = _page(dataset)
            base = base or (loaded, page)
            sys.stdout.write(
                f"| {len(dataset.companies)} | {len(dataset.claims):,} ({facts:,} facts) | {loaded:.2f} "
                f"| {loaded / base[0]:.1f} | {page * 1_000:.0f} | {page / base[1]:.2f} |\n"
            )
            sys.stdout.flush()


def _copies(folder: Path, times: int) -> Path:
    """Write the seeds with every company ``times`` times."""
    copytree(ROOT / "seeds", folder)
    for number in range(1, times):
        for name in _PAIR:
            copy = copytree(folder / "companies" / name, folder / "companies" / f"{name}-{number}")
            record = copy / "company.yaml"
            text = record.read_text("utf-8")
            text = re.sub(rf"^id: {name}$", f"id: {name}-{number}", text, flags=re.MULTILINE)
            text = re.sub(r"^ticker: \d+", f"ticker: {number:03}{_PAIR.index(name)}", text, flags=re.MULTILINE)
            record.write_text(re.sub(r"^order: \d+\n", "", text, flags=re.MULTILINE), "utf-8")
    return folder


def _page(dataset: Dataset) -> float:
    """Return the seconds that the exhibits of the growth page take for two companies."""
    context = Context(dataset, View(companies=_PAIR))
    page = next(page for page in PAGES if page.id == "growth")
    for _ in range(2):  # the first round makes the indexes, once per data set
        start = time.perf_counter()
        for name, _ in page.exhibits:
            build(context, page, name)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
