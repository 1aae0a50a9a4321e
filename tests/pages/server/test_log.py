"""What is written down: a line a request without its query, and an error under the reference the reader sees."""

import json
import logging
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from ipo_data.paths import ROOT
from ipo_data.serving import Serving
from pages.server import log
from pages.server.gate import Gate
from pages.server.log import ACCESS, ERRORS, AccessLog, JsonLines, on_script_error, set_up


def answer(request: Request) -> PlainTextResponse:
    del request
    return PlainTextResponse("x", status_code=404)


CLIENT = TestClient(Starlette(routes=[Route("/{rest:path}", answer)], middleware=[Middleware(AccessLog)]))


@pytest.fixture
def records(monkeypatch: pytest.MonkeyPatch) -> list[logging.LogRecord]:
    found: list[logging.LogRecord] = []
    handler = logging.Handler()
    handler.emit = found.append  # type: ignore[method-assign]
    for logger in (ACCESS, ERRORS):
        monkeypatch.setattr(logger, "handlers", [handler])
        monkeypatch.setattr(logger, "level", logging.INFO)
        monkeypatch.setattr(logger, "propagate", False)
        logger.manager._clear_cache()  # type: ignore[attr-defined] # levels are remembered
    return found


def test_a_request_is_one_line_without_its_query(records: list[logging.LogRecord]) -> None:
    CLIENT.get("/growth?firms=minimax&known=2026-01-12")
    (record,) = records
    line = json.loads(JsonLines().format(record))
    assert {key: line[key] for key in ("event", "kind", "method", "path", "status", "level")} == {
        "event": "request", "kind": "http", "method": "GET", "path": "/growth", "status": 404, "level": "info",
    }  # fmt: skip
    assert line["ms"] >= 0
    assert "minimax" not in json.dumps(line)


@pytest.mark.parametrize("path", ["/static/js/index.js", "/_stcore/health", "/readyz"])
def test_files_and_probes_are_not_written_down(records: list[logging.LogRecord], path: str) -> None:
    CLIENT.get(path)
    assert records == []


def test_who_was_refused_is_written_down_wherever_it_was(records: list[logging.LogRecord]) -> None:
    gate = Middleware(Gate, serving=Serving(shared=True, login="oidc", domains=("corp.example",)))
    app = Starlette(routes=[Route("/{rest:path}", answer)], middleware=[Middleware(AccessLog), gate])
    client = TestClient(app, base_url="http://localhost")
    for path in ("/_stcore/metrics?families=x", "/_stcore/health", "/static/js/index.js"):
        client.get(path)
    (record,) = records
    line = json.loads(JsonLines().format(record))
    assert (line["path"], line["status"]) == ("/_stcore/metrics", 401)


def test_an_endless_path_is_cut(records: list[logging.LogRecord]) -> None:
    CLIENT.get("/" + "x" * 5_000)
    assert len(JsonLines().format(records[0])) < 600


def failing_page() -> None:
    from pages.server.log import on_script_error

    try:
        raise ValueError("sk-SECRET")
    except ValueError as error:
        on_script_error(error)


def test_the_reader_sees_a_reference_and_the_log_has_the_trace(records: list[logging.LogRecord]) -> None:
    app = AppTest.from_function(failing_page).run()
    (record,) = records
    line = json.loads(JsonLines().format(record))
    (shown,) = [str(element.value) for element in app.error]
    assert line["reference"] in shown
    assert len(line["reference"]) == 8
    assert "ValueError: sk-SECRET" in line["trace"]
    assert "SECRET" not in shown
    assert "Traceback" not in shown


def test_an_error_is_not_shown_a_second_time(records: list[logging.LogRecord]) -> None:
    assert on_script_error(ValueError("x")) is True
    assert len(records) == 1


@pytest.mark.parametrize(("shared", "level"), [(True, logging.INFO), (False, logging.WARNING)])
def test_requests_are_written_down_where_the_server_is_shared(
    monkeypatch: pytest.MonkeyPatch,
    shared: bool,
    level: int,
) -> None:
    monkeypatch.setattr(log, "serving", lambda: replace(Serving(), shared=shared))
    for logger in (ACCESS, ERRORS):
        monkeypatch.setattr(logger, "handlers", [])
    set_up()
    set_up()
    assert ACCESS.level == level
    assert len(ACCESS.handlers) == 1


WRITER = """
import logging
import subprocess
import sys
import time
from pages.server import log
from pages.server.gate import Gate
log.set_up()
log.ACCESS.setLevel(logging.INFO)
while True:
    log.ACCESS.info("request", extra={"fields": {"path": "/growth", "words": "x" * 2_000}})
"""


def test_a_killed_process_cuts_at_most_its_last_line_and_the_next_begins_its_own(tmp_path: Path) -> None:
    place = tmp_path / "log.jsonl"
    written_until_killed(place, 100_000)
    before = place.read_text(encoding="utf-8").split("\n")
    with place.open("a", encoding="utf-8") as output:
        output.write('{"time": "cut he')  # the system may stop a write at the end of a page of memory
    written_until_killed(place, 200_000)

    after = place.read_text(encoding="utf-8").split("\n")
    assert after[len(before) - 1].endswith('{"time": "cut he')
    whole = [line for line in (*before[:-1], *after[len(before) : -1]) if line]
    assert {json.loads(line)["path"] for line in whole} == {"/growth"}
    assert len(whole) > 90  # of 2,100 characters each


def written_until_killed(place: Path, size: int) -> None:
    with place.open("ab") as output:
        process = subprocess.Popen([sys.executable, "-c", WRITER], cwd=ROOT, stderr=output)
    try:
        while place.stat().st_size < size:
            time.sleep(0.01)
    finally:
        process.kill()
        process.wait()
