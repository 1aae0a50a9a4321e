"""Security headers, and the scripts they allow."""

import re

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from pages.server.headers import SecurityHeaders, script_hashes, security_headers


def answer(request: Request) -> PlainTextResponse:
    del request
    return PlainTextResponse("x", headers={"Referrer-Policy": "no-referrer"})


def test_every_answer_carries_them_and_a_stricter_one_stays() -> None:
    app = Starlette(routes=[Route("/", answer)], middleware=[Middleware(SecurityHeaders)])
    client = TestClient(app)
    for found in (client.get("/").headers, client.get("/nowhere").headers):
        assert found["X-Content-Type-Options"] == "nosniff"
        assert found["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in found["Content-Security-Policy"]
    assert client.get("/").headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("kind", "is_page"),
    [
        ("text/javascript; charset=utf-8", False), ("text/css", False), ("font/woff2", False),
        ("text/html", True), ("image/svg+xml", True), ("application/json", True), ("application/octet-stream", True),
    ],
)  # fmt: skip
def test_parts_of_a_page_carry_what_browsers_heed_on_them(kind: str, is_page: bool) -> None:
    def of_kind(request: Request) -> Response:
        del request
        return Response(b"", media_type=kind)

    routes = [Route("/", of_kind)]
    found = TestClient(Starlette(routes=routes, middleware=[Middleware(SecurityHeaders)])).get("/").headers
    assert ("Content-Security-Policy" in found) is is_page
    assert ("X-Frame-Options" in found) is is_page
    assert found["X-Content-Type-Options"] == "nosniff"
    assert found["Referrer-Policy"] == "same-origin"
    assert found["Cross-Origin-Resource-Policy"] == "same-origin"


def test_files_made_for_a_reader_are_kept_by_nobody_between() -> None:
    client = TestClient(Starlette(routes=[Route("/{rest:path}", answer)], middleware=[Middleware(SecurityHeaders)]))
    for path, kept in (("/media/0a1b.csv", "private, no-store"), ("/ipo/media/0a1b.csv", "private, no-store")):
        assert client.get(path).headers["Cache-Control"] == kept
        assert client.get(path).headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Cache-Control" not in client.get("/growth").headers


def test_scripts_run_by_hash_alone() -> None:
    policy = dict(part.split(" ", 1) for part in security_headers()["Content-Security-Policy"].split("; "))
    assert "unsafe" not in policy["script-src"]
    assert policy["script-src"].count("'sha256-") == len(script_hashes())
    assert policy["default-src"] == "'self'"
    assert not re.search(r"https?:", " ".join(policy.values()))


def test_streamlits_own_script_is_among_them() -> None:
    """One inline script of Streamlit's page, three languages at two widths, two for the way to the login and back."""
    assert len(script_hashes()) == 9
