"""What a rerun of every page costs when everything is kept already, beside an empty page and the common way.

Pages and yardsticks take turns, so that both meet the same disturbances; processor time suffers least from them.
"""

import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field

from ipo_data.exhibits.registry import PAGES, exhibit_ids, page
from tests.bench.client import Run, Tab
from tests.bench.load import cpu
from tests.bench.table import Row, row
from tests.bench.yardsticks import common_way, empty_app
from tests.serving import Server, serve

RERUNS = 40
PAUSE = 0.05
"""Seconds between reruns, as a server has between readers."""
MOST_MS, MOST_BYTES = 30, 60_000
"""Bounds of a rerun: processor milliseconds, and bytes over the wire."""
AMONG = "mix"
"""Page that is compared with the common way."""
_TWO = ("one", "other")
_TRANSLATED = "lang=zh-Hans"
"""Query of a view in which every text is another."""


@dataclass
class Series:
    """Reruns of one page.

    Attributes:
        runs: The timed reruns.
        cpu: Processor milliseconds of the server per rerun.
        first: The first sight of the page.
        translated: The run that shows it in another language.
    """

    runs: list[Run] = field(default_factory=list)
    cpu: float = 0.0
    first: Run = field(default_factory=Run)
    translated: Run = field(default_factory=Run)

    @property
    def wall(self) -> float:
        """Median milliseconds of a rerun."""
        return statistics.median(run.milliseconds for run in self.runs)


def rows() -> Iterator[Row]:
    """Measure and yield a row for every page and yardstick."""
    with ExitStack() as stack:
        app, empty, common = (stack.enter_context(started) for started in (serve(), empty_app(), common_way()))
        for entry in PAGES:
            if entry.exhibits:
                own, bare = measured(app, empty, entry.id)
                yield _row(entry.id, own, bare)
                yield _row_of_size(entry.id, own)
        yield row("yardstick: rerun of an empty page", f"{bare.cpu:.1f} ms processor, {bare.wall:.0f} ms")
        own, usual = measured(app, common, AMONG)
        yield row("yardstick: four charts the common way", f"{usual.cpu:.0f} ms processor, {usual.wall:.0f} ms")
        exhibits = len(exhibit_ids(page(AMONG), _TWO))
        what = f"four exhibits of `{AMONG}` (4/{exhibits} of its rerun above an empty one) beside the empty page"
        four = bare.cpu + (own.cpu - bare.cpu) * 4 / exhibits
        yield row(what, f"{four / bare.cpu:.1f} ×", "≤ 3 ×", met=four <= 3 * bare.cpu)
        share = usual.cpu / four
        yield row("the common way beside these four", f"{share:.0f} ×", "≥ 8 ×", met=share >= 8)


def _row(name: str, own: Series, bare: Series) -> Row:
    run = own.runs[-1]
    exhibits = len(exhibit_ids(page(name), _TWO))
    figure = f"{own.cpu:.0f} ms processor, {own.wall:.0f} ms, {_size(run)}, {own.cpu / bare.cpu:.1f} × empty"
    wrong = "".join(f"; shows an error: {error}" for error in run.errors)
    kept = own.cpu <= MOST_MS and run.wire <= MOST_BYTES and not run.errors
    bound = f"≤ {MOST_MS} ms processor, ≤ {MOST_BYTES // 1_000} kB"
    return row(f"rerun of `{name}`, {exhibits} exhibits, all kept", figure + wrong, bound, met=kept)


def _row_of_size(name: str, own: Series) -> Row:
    figure = f"{_size(own.first)}; {_size(own.translated)}"
    kept = max(own.first.wire, own.translated.wire) <= MOST_BYTES
    return row(f"first sight of `{name}`; its change of language", figure, f"≤ {MOST_BYTES // 1_000} kB", met=kept)


def _size(run: Run) -> str:
    """Return the bytes over the wire and those before packing."""
    return f"{run.wire / 1_000:.0f} kB (unpacked {run.size / 1_000:.0f})"


def measured(app: Server, other: Server, name: str) -> tuple[Series, Series]:
    """Return reruns of a page and of a yardstick that took turns."""
    own, bare = Series(), Series()
    with Tab(app.url, name, "lang=en") as tab, Tab(other.url) as other_tab:
        pairs = ((app, tab, own), (other, other_tab, bare))
        for _, opened, series in pairs:
            series.first = opened.run()
            series.translated = opened.follow(_TRANSLATED)
            opened.follow("lang=en")
            for _ in range(6):
                opened.run()
        before = [cpu(server.pid) for server, _, _ in pairs]
        for _ in range(RERUNS):
            for _, opened, series in pairs:
                time.sleep(PAUSE)
                series.runs.append(opened.run())
        for (server, _, series), start in zip(pairs, before, strict=True):
            series.cpu = (cpu(server.pid) - start) * 1_000 / RERUNS
    return own, bare
