"""What readers receive, byte by byte, when a page fails or a record file is broken while the server runs."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from ipo_data.text.catalog import words
from tests.bench.client import Tab
from tests.serving import ROOT, Server, serve

pytestmark = pytest.mark.browser
SAY = words("en")
INSIDE = "only for the log"
FAILS = f"""
import ipo_data.exhibits.growth as growth
def fail(*given, **named):
    raise RuntimeError("{INSIDE}")
growth.firms_on_one_footing = fail
"""
"""One exhibit of the growth page raises what nobody foresaw."""
REVENUE = "companies/minimax/revenue.yaml"


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copytree(ROOT / "seeds", tmp_path_factory.mktemp("faults") / "seeds")


@pytest.fixture(scope="module")
def failing(seeds: Path) -> Iterator[Server]:
    with serve(ROOT, {"IPO_SEEDS": str(seeds)}, before=FAILS) as server:
        yield server


def readiness(server: Server) -> tuple[int, dict[str, object]]:
    """Return status and state that ``/readyz`` tells."""
    try:
        with urlopen(f"{server.url}/readyz", timeout=20) as answer:  # noqa: S310 - our own server
            return answer.status, json.load(answer)
    except HTTPError as error:
        return error.code, json.load(error)


def test_a_reader_receives_a_reference_and_the_log_the_trace(failing: Server) -> None:
    with Tab(failing.url, "growth", "lang=en") as tab:
        received = bytes(tab.run().received)
    lines = [json.loads(line) for line in failing.log.read_text("utf-8").splitlines() if line.startswith('{"time"')]
    (failed,) = [line for line in lines if line["event"] == "a page failed"]
    assert SAY("error.page", reference=failed["reference"]).encode() in received
    for told in (INSIDE, "RuntimeError", "Traceback", "site-packages", "fail("):
        assert told.encode() not in received
    assert f"RuntimeError: {INSIDE}" in failed["trace"]
    assert (failed["page"], failed["level"]) == ("growth", "error")


def test_a_broken_file_is_told_to_probes_and_the_last_good_figures_stay(failing: Server, seeds: Path) -> None:
    status, before = readiness(failing)
    assert (status, before["ready"], before["problems"]) == (200, True, 0)
    whole = (seeds / REVENUE).read_bytes()
    with Tab(failing.url, "mix", "lang=en") as tab:
        charts = tab.run().charts
        (seeds / REVENUE).write_bytes(whole[: len(whole) // 2])
        broken = time.monotonic()
        while readiness(failing)[0] != 503 and time.monotonic() < broken + 30:
            time.sleep(0.1)
        status, now = readiness(failing)
        assert (status, now["ready"], now["data"]) == (503, False, before["data"])
        with urlopen(f"{failing.url}/_stcore/health", timeout=20) as answer:  # noqa: S310
            assert answer.read() == b"ok"
        run = tab.run()
        assert SAY("error.stale").encode() in run.received
        assert run.charts + run.references >= charts
        assert run.errors == []
        draft = seeds / "revenue.draft"
        draft.write_bytes(whole)
        draft.replace(seeds / REVENUE)
        while readiness(failing)[0] != 200 and time.monotonic() < broken + 60:
            time.sleep(0.1)
        assert readiness(failing) == (200, before)
        assert SAY("error.stale").encode() not in tab.run().received
