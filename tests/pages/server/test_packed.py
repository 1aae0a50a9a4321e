"""Streamlit's scripts and styles are sent compressed, once made; everything else is handed on."""

import gzip
from http import HTTPStatus

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from ipo_data.export.sheet import plotly_script
from pages.server import packed as module
from pages.server.packed import PackedStatic, static_files
from pages.server.stack import layers
from pages.shell.exhibit_element import MODULE, NAME
from pages.shell.exhibit_element import SCRIPT as PLOTLY

SCRIPT = max(static_files(), key=lambda path: ("PlotlyChart" in path, path))
PLAIN = {"accept-encoding": "identity"}
PACKED = {"accept-encoding": "gzip, deflate, br"}


@pytest.fixture
def client() -> TestClient:
    def answer(request: Request) -> PlainTextResponse:
        return PlainTextResponse(f"handed on: {request.method}")

    routes = [Route("/{rest:path}", answer, methods=["GET", "HEAD", "POST"])]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(PackedStatic)]))


def test_a_script_comes_compressed_and_is_kept_for_good(client: TestClient) -> None:
    with client.stream("GET", SCRIPT, headers=PACKED) as answer:
        sent = b"".join(answer.iter_raw())
    content = static_files()[SCRIPT].read_bytes()
    assert gzip.decompress(sent) == content
    assert len(sent) < len(content) / 3
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert "immutable" in answer.headers["cache-control"]


def test_our_own_script_comes_compressed_and_is_asked_for_again(client: TestClient) -> None:
    address = f"/_stcore/bidi-components/{NAME}/{MODULE}"
    answer = client.get(address, headers=PACKED)
    assert answer.content == static_files()[address].read_bytes()
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["cache-control"] == "no-cache"  # its name stays the same when it is changed


@pytest.mark.parametrize("headers", [PLAIN, PACKED, {**PACKED, "range": "bytes=0-9"}])
@pytest.mark.parametrize("below", ["", "/ipo/"])
def test_plotlys_script_is_there_for_every_browser_and_below_a_path(below: str, headers: dict[str, str]) -> None:
    client = TestClient(Starlette(middleware=[Middleware(PackedStatic, below=below)]))
    address = f"{below.rstrip('/')}/_stcore/bidi-components/{NAME}/{PLOTLY}"
    answer = client.get(address, headers=headers)
    content = plotly_script().read_bytes()
    assert answer.content == (content[:10] if "range" in headers else content)
    assert answer.headers["content-type"].startswith("text/javascript")
    assert client.get(f"/elsewhere{address}", headers=headers).status_code == HTTPStatus.NOT_FOUND


def test_it_is_compressed_once(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    client.get(SCRIPT, headers=PACKED)
    monkeypatch.setattr(module.gzip, "compress", lambda *args, **named: pytest.fail("compressed again"))
    assert client.get(SCRIPT, headers=PACKED).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("GET", SCRIPT, PLAIN),
        ("GET", SCRIPT, {**PACKED, "range": "bytes=0-9"}),
        ("HEAD", SCRIPT, PACKED),
        ("POST", SCRIPT, PACKED),
        ("GET", "/", PACKED),
        ("GET", "/static/js/../../index.html", PACKED),
        ("GET", "/static/js/nothing.js", PACKED),
        ("GET", "/media/0a1b.js", PACKED),
    ],
)
def test_everything_else_is_handed_on(client: TestClient, method: str, path: str, headers: dict[str, str]) -> None:
    answer = client.request(method, path, headers=headers)
    assert "content-encoding" not in answer.headers
    assert answer.text == ("" if method == "HEAD" else f"handed on: {method}")


def test_every_layer_stands_before_it() -> None:
    """Nobody gets a file past the door; what is sent carries the security headers."""
    names = [layer.cls.__name__ for layer in layers()]  # type: ignore[attr-defined]
    assert names == ["AccessLog", "SecurityHeaders", "Gate", "HeldUploads", "WholeRuns", "PackedStatic"]
