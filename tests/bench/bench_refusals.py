"""How soon what cannot be done is refused: hostile record files, a full disk, no browser or a dead one, a broken edit.

Run it alone with ``python -m tests.bench refusals``. The tests hold what is refused and what is said; here is how long
it takes. What the machine does not allow (a small disk needs its administrator) is named instead of measured.
"""

import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from ipo_data.dataset import Dataset
from ipo_data.errors import SeedError
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import View
from ipo_data.exhibits.registry import build, page
from ipo_data.export.browser import VARIABLE, browser_thread, no_browser
from ipo_data.export.fonts import has_fonts
from ipo_data.export.picture import picture
from ipo_data.loading.loader import load_records
from ipo_data.loading.yaml_reader import LARGEST_TOPIC
from ipo_data.paths import SEEDS_VARIABLE
from tests.bench.table import Row, row
from tests.builders import write_seeds
from tests.export.test_browser import descendants, running
from tests.loading.test_loader import MISLEADING, REVENUE
from tests.serving import ROOT, serve, status

DOCUMENTS = 1_500
"""Random documents of each kind."""
_SMALL_DISK = 256
"""Kilobytes."""
_CELL = "  - {period: FY2024, says: 5m USD, from: acn}\n"
_READERS = ("tests/loading/test_yaml_reader.py", "any_bytes or any_signs")
_FOLDERS = ("tests/loading/test_half_written_files.py", "stretch")


def rows() -> Iterator[Row]:
    """Measure and yield the rows."""
    yield from _record_files()
    for what, (file, names), kinds in (("one file each", _READERS, 2), ("each in a folder of ten", _FOLDERS, 1)):
        took = _random_documents(file, names) / kinds
        yield row(f"{DOCUMENTS:,} random documents, {what}", f"{took:.1f} s processor", "< 15 s", met=took < 15)
    yield _full_disk()
    yield _no_browser()
    yield _dead_browser()
    yield from _broken_edit()


# --- record files -----------------------------------------------------------------------------------------------------


def _filled(head: str, line: str) -> str:
    """Return as many lines as a company's file may hold."""
    return head + line * ((LARGEST_TOPIC - len(head.encode())) // len(line.encode()))


LARGE: Mapping[str, Mapping[str, str]] = {
    name: {REVENUE: content}
    for name, content in {
        "brackets": "[" * LARGEST_TOPIC,
        "braces": _filled("", "{a: "),
        "dashes": _filled("revenue:\n", "- "),
        "wrong fields": _filled("revenue:\n", _CELL.replace("from", "form")),
        "wrong metrics": "".join(f"revenue{number}: 1\n" for number in range(17_000)),
        "aliases": _filled("a: &a [x]\n", "b: [*a, *a, *a, *a]\n"),
        "hidden characters": _filled("revenue:\n", "  - {says: '\u200b'}\n"),
        "one word": "a" * LARGEST_TOPIC,
        "escapes": '"' + "\\u202e" * 49_000 + '"',
        "one claim again and again": _filled("revenue:\n", _CELL),
    }.items()
}
"""Files as large as a company's may be."""


def _record_files() -> Iterator[Row]:
    small = {name: changes for name, (changes, _) in MISLEADING.items()}
    for what, files in (
        (f"{len(small)} files that would mislead or stop a loader", small),
        (f"{LARGEST_TOPIC // 1_000} kB, the most that is read, of …", LARGE),
    ):
        found = {name: _refused(changes) for name, changes in files.items()}
        slow, large, long = (max(found, key=lambda name, at=at: found[name][at]) for at in range(3))
        seconds, megabytes, message = found[slow][0], found[large][1], found[long][2]
        figure = f"{seconds * 1_000:.0f} ms processor ({slow}), {megabytes:.0f} MB ({large}), message {message:,} bytes"
        kept = seconds < 1 and megabytes < 100 and message < 2_000
        yield row(f"{what}: the slowest to be refused", figure, "< 1 s, < 100 MB, < 2 kB", met=kept)


def _refused(changes: Mapping[str, str | bytes | None]) -> tuple[float, float, int]:
    """Return processor seconds, megabytes and the bytes of the longest message until a folder is refused."""
    with tempfile.TemporaryDirectory(prefix="ipo-refused-") as place:
        folder = write_seeds(Path(place) / "seeds", changes)
        began = time.process_time()
        problems = _problems(folder)
        took = time.process_time() - began
        tracemalloc.start()
        _problems(folder)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    return took, most / 1e6, max(len(problem.encode()) for problem in problems)


def _problems(folder: Path) -> tuple[str, ...]:
    try:
        load_records(folder)
    except SeedError as error:
        return error.problems
    raise RuntimeError("a hostile file was taken")


def _random_documents(file: str, names: str) -> float:
    """Return the processor seconds of the tests that read random documents."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", file, "-k", names]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "EXAMPLES": str(DOCUMENTS)}
    subprocess.run(command, cwd=ROOT, check=True, env=environment, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


# --- files and the browser --------------------------------------------------------------------------------------------


@contextmanager
def _small_disk() -> Iterator[Path | None]:
    """Give a folder with a quarter of a megabyte of room; ``None`` where nobody may make one."""
    place = Path(tempfile.mkdtemp(prefix="ipo-small-disk-"))
    command = ["mount", "-t", "tmpfs", "-o", f"size={_SMALL_DISK}k", "tmpfs", str(place)]
    mounted = (
        shutil.which("mount") is not None and subprocess.run(command, check=False, capture_output=True).returncode == 0
    )
    try:
        yield place if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", str(place)], check=True)
        place.rmdir()


def _export(*arguments: str, **variables: str) -> tuple[float, int, str]:
    """Export a picture of the growth page; return seconds, exit status and what was said."""
    command = [
        sys.executable,
        "-m",
        "ipo_data",
        "export",
        "--page",
        "growth",
        "--exhibit",
        "segment-growth",
        *arguments,
    ]
    began = time.perf_counter()
    environment = {**os.environ, **variables}
    done = subprocess.run(command, check=False, cwd=ROOT, env=environment, capture_output=True, text=True)
    return time.perf_counter() - began, done.returncode, done.stderr.strip()


def _full_disk() -> Row:
    what = f"an export onto a disk with {_SMALL_DISK} kB of room, the file existing"
    with _small_disk() as place:
        if place is None:
            return row(what, "not measured: a small disk needs the machine's administrator")
        old = b"old" * 60_000
        with tempfile.TemporaryDirectory(prefix="ipo-named-") as elsewhere:
            _, code, said = _export("--format", "csv", "--out", elsewhere)
            if code:
                return row(what, f"not measured: {said[-200:]}")
            name = next(Path(elsewhere).iterdir()).name.removesuffix(".csv") + ".html"
        (place / name).write_bytes(old)
        took, code, said = _export("--format", "html", "--force", "--out", str(place))
        kept = [(path.name, path.read_bytes() == old) for path in place.iterdir()] == [(name, True)]
    figure = f"{took:.1f} s, exit {code}, old file {'whole and alone' if kept else 'harmed'}: {said[-25:]}"
    return row(what, figure, "a message, the old file", met=kept and code != 0)


def _no_browser() -> Row:
    with tempfile.TemporaryDirectory(prefix="ipo-out-") as out:
        took, code, said = _export("--out", out, **{VARIABLE: "/nonexistent"})
        left = [*Path(out).iterdir()]
    figure = f"{took:.1f} s, exit {code}: {said}"
    met = took < 5 and code != 0 and VARIABLE in said and not left
    return row(f"an export with {VARIABLE}=/nonexistent", figure, "< 5 s, exit not 0", met=met)


def _dead_browser() -> Row:
    what = "a picture whose browser is killed while it draws"
    if not has_fonts() or no_browser():
        return row(what, f"not measured: {no_browser() or 'the fonts have not been made'}")
    dataset, view = Dataset.load(), View()
    exhibit = build(Context(dataset, view), page("growth"), "segment-growth")

    def draw() -> bytes:
        return picture(exhibit, "growth", view, dataset, code="ABCDE23456")

    expected, pid = draw(), browser_thread().process
    if pid is None:
        return row(what, "not measured: the browser was gone already")
    family, drawn = descendants(pid), [b""]

    def draw_again() -> None:
        drawn[0] = draw()

    thread = Thread(target=draw_again)
    thread.start()
    time.sleep(0.1)
    os.kill(pid, signal.SIGKILL)
    began = time.perf_counter()
    thread.join()
    took = time.perf_counter() - began
    left = _gone_within(10, lambda: not family & running())
    browser_thread().close()
    right = drawn[0] == expected
    figure = f"{took:.1f} s until it is {'there' if right else 'given up'}, " + (
        "a process is left" if left is None else f"no process left after {left:.1f} s"
    )
    return row(what, figure, "< 20 s, no process left", met=took < 20 and left is not None)


def _gone_within(seconds: float, so: Callable[[], bool]) -> float | None:
    """Return after how many seconds it was so; ``None`` if it was not."""
    began = time.perf_counter()
    while time.perf_counter() - began < seconds:
        if so():
            return time.perf_counter() - began
        time.sleep(0.02)
    return None


# --- a broken edit ----------------------------------------------------------------------------------------------------


def _broken_edit() -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="ipo-edited-") as place:
        folder = Path(shutil.copytree(ROOT / "seeds", Path(place) / "seeds"))
        file = folder / "companies" / "minimax" / "revenue.yaml"
        good = file.read_bytes()
        with serve(ROOT, {SEEDS_VARIABLE: str(folder)}) as server:
            for what, content, wanted in (("is broken", b"revenue: [", 503), ("is mended", good, 200)):
                file.write_bytes(content)
                took = _gone_within(30, lambda wanted=wanted: status(f"{server.url}/readyz") == wanted)
                health = status(f"{server.url}/_stcore/health")
                figure = f"never, health {health}" if took is None else f"{took:.2f} s, health {health}"
                met = took is not None and took < 5 and health == 200
                yield row(
                    f"`/readyz` answers {wanted} after a record file {what}", figure, "< 5 s, health 200", met=met
                )
