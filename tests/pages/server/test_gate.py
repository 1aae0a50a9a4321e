"""The door: who is answered at all, and which addresses need a login of their own."""

import json
from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from ipo_data.serving import Serving
from pages.server.gate import GUARDED, OPEN, Gate

LOCAL = Serving()
OIDC = Serving(shared=True, login="oidc", domains=("corp.example",), hosts=("ipo.corp.example",))
PROXY = replace(OIDC, login="proxy")
HOST = "ipo.corp.example"
SECRET = "s" * 40
MEDIA = "/media/0a1b.csv"


@pytest.fixture(autouse=True)
def _cookie_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    place = "streamlit.web.server.starlette.starlette_websocket.get_cookie_secret"
    monkeypatch.setattr(place, lambda: SECRET)


def browser(serving: Serving, peer: str = "127.0.0.1", host: str = "localhost", **headers: str) -> TestClient:
    def answer(request: Request) -> PlainTextResponse:
        return PlainTextResponse(f"figures of {request.url.path}")

    async def stream(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.send_text("figures")
        await websocket.close()

    routes = [WebSocketRoute("/_stcore/stream", stream), Route("/{rest:path}", answer)]
    app = Starlette(routes=routes, middleware=[Middleware(Gate, serving=serving)])
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
    assert status(browser(replace(LOCAL, login="none"), peer="10.0.0.7", host="ipo")) == 200


def test_a_laptop_is_not_reached_under_another_name() -> None:
    assert status(browser(LOCAL, host="evil.test")) == 400
    with pytest.raises(WebSocketDisconnect), browser(LOCAL).websocket_connect("ws://evil.test/_stcore/stream"):
        pass


def test_a_page_is_not_streamed_to_another_machine() -> None:
    stream_at = "ws://localhost/_stcore/stream"
    with pytest.raises(WebSocketDisconnect), browser(LOCAL, peer="10.0.0.7").websocket_connect(stream_at):
        pass
    with browser(LOCAL).websocket_connect(stream_at) as stream:
        assert stream.receive_text() == "figures"


@pytest.mark.parametrize("beginning", GUARDED)
def test_files_metrics_and_uploads_need_a_login(beginning: str) -> None:
    path = beginning + "x"
    assert status(browser(OIDC, host=HOST), path) == 401
    assert status(browser(OIDC, host=HOST, cookie=f"_streamlit_user={cookie()}"), path) == 200


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


@pytest.mark.parametrize("path", OPEN)
@pytest.mark.parametrize("serving", [LOCAL, OIDC, PROXY])
def test_probes_are_answered_under_any_name(serving: Serving, path: str) -> None:
    assert status(browser(serving, peer="10.0.0.7", host="10.0.0.9"), path) == 200


def test_a_proxys_word_counts_only_from_the_proxy() -> None:
    says = {"X-Forwarded-Email": "bo@corp.example"}
    assert status(browser(PROXY, host=HOST, **says)) == 200
    assert status(browser(PROXY, host=HOST)) == 401
    assert status(browser(PROXY, host=HOST, **{"X-Forwarded-Email": "eve@evil.test"})) == 403
    assert status(browser(PROXY, peer="10.0.0.7", host=HOST, **says)) == 403
    assert status(browser(PROXY, host="evil.test", **says)) == 400
