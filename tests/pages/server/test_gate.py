"""The door: who is answered at all, and which addresses need a login of their own."""

import json
import re
from dataclasses import replace
from unittest.mock import MagicMock

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit.web.server.starlette.starlette_app import create_streamlit_routes
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from ipo_data.exhibits.registry import PAGES
from ipo_data.serving import Serving
from pages.server.gate import PROBES, Gate
from pages.server.signed_out import note_signed_out
from pages.shell.start_up import ROUTES

LOCAL = Serving()
OPEN = Serving(login="none")
OIDC = Serving(shared=True, login="oidc", domains=("corp.example",), hosts=("ipo.corp.example",))
PROXY = replace(OIDC, login="proxy")
HOST = "ipo.corp.example"
SECRET = "s" * 40
MEDIA = "/media/0a1b.csv"


@pytest.fixture(autouse=True)
def _cookie_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    place = "streamlit.web.server.starlette.starlette_websocket.get_cookie_secret"
    monkeypatch.setattr(place, lambda: SECRET)


def answer(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"figures of {request.url.path}")


def browser(serving: Serving, peer: str = "127.0.0.1", host: str = "localhost", **headers: str) -> TestClient:
    async def stream(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.send_text("figures")
        await websocket.close()

    streams = [WebSocketRoute(path, stream) for path in ("/_stcore/stream", "/other")]
    app = Starlette(routes=[*streams, Route("/{rest:path}", answer)], middleware=[Middleware(Gate, serving=serving)])
    return TestClient(app, base_url=f"http://{host}", client=(peer, 50_000), headers=headers)


def cookie(host: str = HOST, secret: str = SECRET, **claims: object) -> str:
    known = {"is_logged_in": True, "origin": f"http://{host}", "email": "bo@corp.example", "email_verified": True}
    return create_signed_value(secret, "_streamlit_user", json.dumps({**known, **claims})).decode()


def status(client: TestClient, path: str = "/") -> int:
    return client.get(path).status_code


def test_a_laptop_answers_itself_only() -> None:
    assert status(browser(LOCAL)) == 200
    assert status(browser(LOCAL, peer="::1")) == 200
    refused = browser(LOCAL, peer="10.0.0.7").get("/")
    assert refused.status_code == 403
    assert "IPO_LOGIN=none" in refused.text
    assert status(browser(OPEN, peer="10.0.0.7", host="10.0.0.9")) == 200


@pytest.mark.parametrize("serving", [LOCAL, OPEN, OIDC])
@pytest.mark.parametrize("site", [None, "http://evil.test"])
def test_nobody_is_answered_under_another_name(serving: Serving, site: str | None) -> None:
    """As when a stranger's page has its own name lead here: no page, no stream, whatever it says it comes from."""
    strange = browser(serving, host="evil.test", **({"Origin": site} if site else {}))
    refused = strange.get("/growth?firms=zhipu")
    assert refused.status_code == 403
    assert "IPO_HOSTS" in refused.text
    with pytest.raises(WebSocketDenialResponse) as denied, strange.websocket_connect("ws://evil.test/_stcore/stream"):
        pass
    assert denied.value.status_code == 403


@pytest.mark.parametrize("serving", [LOCAL, OPEN, OIDC])
def test_one_name_is_said_or_none_is_heard(serving: Serving) -> None:
    asked = browser(serving)
    assert asked.get("/", headers=[("Host", "localhost"), ("Host", "evil.test")]).status_code == 403
    assert asked.get("/", headers={"Host": ""}).status_code == 403


def test_a_page_is_not_streamed_to_another_machine() -> None:
    stream_at = "ws://localhost/_stcore/stream"
    with pytest.raises(WebSocketDisconnect), browser(LOCAL, peer="10.0.0.7").websocket_connect(stream_at):
        pass
    with browser(LOCAL).websocket_connect(stream_at) as stream:
        assert stream.receive_text() == "figures"


GUARDED = (
    MEDIA, "/_stcore/metrics", "/_stcore/upload_file/0a1b/2c",
    "/_stcore/script-health-check", "/_stcore/bidi-components/chart/index.js", "/component/x/index.html",
    "/live/runway/runway-scenarios",
    "/app/static/x.csv", "/nowhere", "/growth/nowhere", "/growth/media/0a1b.csv", "/_stcore/", "/_stcore/healthz",
    "/fonts", "/static", "/STATIC/x.js", "//static/x.js", "/auth/login/x", "/metrics", "/api/figures",
)  # fmt: skip
"""What gives or takes data without running a page, and what is nothing today."""


@pytest.mark.parametrize("path", GUARDED)
def test_every_address_needs_a_login_unless_it_is_listed(path: str) -> None:
    assert status(browser(OIDC, host=HOST), path) == 401
    assert status(browser(OIDC, host=HOST, cookie=f"_streamlit_user={cookie()}"), path) == 200


@pytest.mark.parametrize("serving", [LOCAL, OPEN, OIDC])
@pytest.mark.parametrize("path", [
    "/_stcore/agent/interact", "/_stcore/agent/mcp", "/_stcore/agent/openapi.json", "/ipo/_stcore/agent/interact",
])  # fmt: skip
def test_there_is_no_way_in_for_programs(serving: Serving, path: str) -> None:
    host = HOST if serving is OIDC else "localhost"
    for known in ({}, {"cookie": f"_streamlit_user={cookie()}"}):
        assert browser(serving, host=host, **known).post(path).status_code == 403


@pytest.mark.parametrize("path", ["/ipo/media/0a1b.csv", "/ipo/_stcore/metrics", "/ipo", "/ipo/", "/ipo/growth"])
def test_below_a_path_the_same_addresses_need_a_login(path: str) -> None:
    app = Starlette(routes=[Route("/{rest:path}", answer)], middleware=[Middleware(Gate, serving=OIDC, below="ipo")])
    expected = 401 if "media" in path or "metrics" in path else 200
    assert status(TestClient(app, base_url=f"http://{HOST}"), path) == expected


def test_streamlit_serves_nothing_to_strangers_that_is_not_listed() -> None:
    """Every address the installed Streamlit answers, so that an update brings no open one unseen."""
    runtime = MagicMock()
    paths = {route.path for route in create_streamlit_routes(runtime) if isinstance(route, Route | WebSocketRoute)}
    stranger = browser(OIDC, host=HOST)
    assert {path for path in paths if status(stranger, re.sub(r"\{[^}]*\}", "x", path)) == 200} == {
        "/_stcore/health", "/_stcore/host-config", "/_stcore/stream", "/auth/login", "/auth/logout", "/oauth2callback",
    }  # fmt: skip


def test_a_stranger_gets_the_frame_of_every_page_and_what_is_ours() -> None:
    stranger = browser(OIDC, host=HOST)
    ours = [route.path.replace("{name}", "x") for route in ROUTES if not route.path.startswith("/live/")]
    paths = ["/", *(f"/{page.id}" for page in PAGES), *ours]
    assert {path: status(stranger, path) for path in paths} == dict.fromkeys(paths, 200)


def test_no_other_stream_is_open_to_a_stranger() -> None:
    stranger = browser(OIDC, host=HOST)
    with pytest.raises(WebSocketDisconnect), stranger.websocket_connect(f"ws://{HOST}/other"):
        pass
    with stranger.websocket_connect(f"ws://{HOST}/_stcore/stream") as stream:
        assert stream.receive_text() == "figures"  # Streamlit's runs the page, which asks who reads


def test_the_page_itself_is_sent_because_it_asks_who_reads() -> None:
    assert status(browser(OIDC, host=HOST)) == 200


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (cookie(email="eve@corp.example.evil.test"), 403),
        (cookie(email_verified=False), 403),
        (cookie(host="elsewhere.example"), 401),
        (cookie(is_logged_in=False), 401),
        (cookie(secret="t" * 40), 401),
        (cookie()[:-3] + "abc", 401),
        ("nonsense", 401),
    ],
)
def test_a_wrong_cookie_opens_nothing(made: str, expected: int) -> None:
    assert status(browser(OIDC, host=HOST, cookie=f"_streamlit_user={made}"), MEDIA) == expected


@pytest.mark.parametrize("path", PROBES)
@pytest.mark.parametrize("serving", [LOCAL, OIDC, PROXY])
def test_probes_are_answered_under_any_name(serving: Serving, path: str) -> None:
    assert status(browser(serving, peer="10.0.0.7", host="10.0.0.9"), path) == 200


def test_a_proxys_word_counts_only_from_the_proxy() -> None:
    says = {"X-Forwarded-Email": "bo@corp.example"}
    assert status(browser(PROXY, host=HOST, **says)) == 200
    assert status(browser(PROXY, host=HOST)) == 401
    assert status(browser(PROXY, host=HOST, **{"X-Forwarded-Email": "eve@evil.test"})) == 403
    assert status(browser(PROXY, peer="10.0.0.7", host=HOST, **says)) == 403
    twice = browser(PROXY, host=HOST).get("/", headers=[("X-Forwarded-Email", "bo@corp.example")] * 2)
    assert twice.status_code == 401  # a proxy that adds its word to the client's
    assert status(browser(PROXY, host="evil.test", **says)) == 403


def test_a_cookie_counts_no_more_once_its_owner_has_signed_out() -> None:
    mine, other = cookie(), cookie(sub="other")
    note_signed_out({"_streamlit_user": mine})
    assert status(browser(OIDC, host=HOST, cookie=f"_streamlit_user={mine}"), MEDIA) == 401
    assert status(browser(OIDC, host=HOST, cookie=f"_streamlit_user={other}"), MEDIA) == 200
