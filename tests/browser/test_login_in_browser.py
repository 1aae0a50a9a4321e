"""Login with a real provider on this machine: who gets in, what others are sent, and the way out."""

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from ipo_data.dataset import Dataset
from ipo_data.exhibits.registry import PAGES
from ipo_data.text.catalog import words
from pages.shell.navigation import TOOLS
from tests.bench.client import Tab as Socket
from tests.serving import ROOT, Server, free_port, serve, status

pytestmark = pytest.mark.browser
SAY = words("en")
USERS = {
    "ann": {"email": "Ann@CORP.example", "email_verified": True},
    "eve": {"email": "eve@corp.example.evil.test", "email_verified": True},
    "una": {"email": "una@corp.example", "email_verified": False},
    "cyr": {"email": "ann@c\u043erp.example", "email_verified": True},
}
COOKIE_SECRET = "c" * 40
SECRETS = """\
[auth]
redirect_uri = "{url}/oauth2callback"
cookie_secret = "{cookie}"
client_id = "ipo"
client_secret = "not-so-secret"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""
FIGURES = sorted({digits for claim in Dataset.load().claims for digits in re.findall(r"\d{2,}\.\d{3}", claim.says)})[
    ::5
]
"""Digits that only a figure of the records has."""
TOLD = (
    "MiniMax", "Zhipu", "智谱", "53.4", "runway-matrix", "loss-ratio",
    *(SAY(f"nav.{entry.id}") for entry in PAGES if " " in SAY(f"nav.{entry.id}")),
    *(SAY(f"question.{entry.id}") for entry in PAGES),
    *FIGURES,
)  # fmt: skip
"""Company names, figures of the records, page names, titles and exhibit ids: nothing of this may reach a stranger."""
PLACES = (*(entry.id for entry in PAGES), *TOOLS)
"""Pages, and the tools beside them."""
BESIDE = ("manifest.json", "_stcore/host-config", "_stcore/health", "growth/_stcore/health", "readyz", "version")
"""Addresses without a page that answer anybody."""
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"


@contextmanager
def provider() -> Iterator[str]:
    """Run a provider that signs in whoever asks, with the claims of ``USERS``."""
    port = free_port()
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "-p", str(port)]
    for name, claims in USERS.items():
        command += ["--user-claims", json.dumps({"sub": name, **claims})]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                urlopen(f"{url}/.well-known/openid-configuration", timeout=5).close()  # noqa: S310 - our own server
                break
            except URLError:
                time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait()


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    port = free_port()
    secrets: Path = tmp_path_factory.mktemp("login") / "secrets.toml"
    with provider() as address:
        text = SECRETS.format(url=f"http://127.0.0.1:{port}", provider=address, cookie=COOKIE_SECRET)
        secrets.write_text(text, encoding="utf-8")
        environment = {
            "IPO_SHARED": "yes", "IPO_LOGIN": "oidc", "IPO_ALLOWED_DOMAINS": "corp.example", "IPO_HOSTS": "127.0.0.1",
            "STREAMLIT_SECRETS_FILES": str(secrets),
        }  # fmt: skip
        with serve(ROOT, environment, port) as server:
            yield server


def told_by(received: bytes) -> list[str]:
    """Return what of ``TOLD`` stands in an answer."""
    return [told for told in TOLD if told.encode() in received]


def sign_in(page: Page, user: str) -> None:
    page.get_by_role("button", name=SAY("login.in"), exact=True).click()
    page.wait_for_url("**/oauth2/authorize*")
    page.locator("input[name=sub]").fill(user)
    page.locator("button[type=submit]:not([name=action][value=deny])").first.click()
    page.wait_for_selector(IDLE)


def test_a_stranger_is_sent_nothing_first_thing_after_the_start(guarded: Server) -> None:
    """Every page by deep link, with and without an origin; the first request of the process is among them."""
    for place in PLACES[::-1]:
        for origin in (False, True):
            with Socket(guarded.url, place, "lang=en&firms=zhipu", origin=origin) as stranger:
                received = bytes(stranger.run().received)
            assert SAY("login.title").encode() in received
            assert told_by(received) == [], place


@pytest.mark.parametrize("path", [*PLACES, *BESIDE])
def test_no_address_tells_a_stranger_anything(guarded: Server, path: str) -> None:
    _, _, body = asked_raw(guarded, f"/{path}?lang=en")
    assert told_by(body) == []


def asked_raw(server: Server, target: str, host: str = "") -> tuple[int, dict[str, str], bytes]:
    """Ask for a target exactly as written, which clients would tidy up; return status, headers and body."""
    place = urlsplit(server.url).netloc
    connection = HTTPConnection(place, timeout=20)
    connection.putrequest("GET", target, skip_host=True)
    connection.putheader("Host", host or place)
    connection.endheaders()
    answer = connection.getresponse()
    found = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    connection.close()
    return found


@pytest.mark.parametrize("target", [
    "//evil.test", "//evil.test/", "/%2f%2fevil.test/", "/%5cevil.test/", "/\\evil.test/", "/.//evil.test/",
    "/growth//evil.test/", "/static/..//media/x", "/static/%2e%2e/media/x", "/static/..%2f_stcore/metrics",
    "/fonts/../_stcore/metrics", "/fonts/..%2f..%2fapp.py", "/fonts/%2e%2e/%2e%2e/app.py", "//_stcore/metrics",
    "/_stcore//metrics", "/_stcore/%6detrics", "/_stcore/metrics/", "/%5fstcore/metrics", "/growth/../_stcore/metrics",
    "/;/_stcore/metrics", "/_stcore/metrics;x", "/_stcore/metrics%00", "/overview/../media/x", "/media/%2e%2e/app.py",
    "http://evil.test/_stcore/metrics",
])  # fmt: skip
def test_no_spelling_of_an_address_leads_past_the_door_or_to_another_site(guarded: Server, target: str) -> None:
    found, headers, body = asked_raw(guarded, target)
    assert found in (301, 307, 400, 401, 403, 404)
    assert not re.match(r"(?:https?:)?[/\\]{2}", headers.get("location", ""))
    assert b"session" not in body
    assert b"import" not in body


def test_another_name_in_the_request_is_refused(guarded: Server) -> None:
    assert asked_raw(guarded, "/", host="evil.test")[0] == 403
    assert asked_raw(guarded, "/overview?x=1", host="evil.test")[0] == 403


@pytest.mark.parametrize(("path", "expected"), [
    ("/media/0a1b2c.csv", 401), ("/_stcore/metrics", 401), ("/_stcore/upload_file/0a1b/2c", 401),
    ("/_stcore/agent/interact", 403), ("/_stcore/script-health-check", 401), ("/_stcore/bidi-components/a/b.js", 401),
    ("/component/a/b.js", 401), ("/app/static/a.csv", 401), ("/nowhere", 401), ("/growth/nowhere", 401),
    ("/live/runway/runway-scenarios", 401), ("/live/ownership/control-sandbox?lang=en", 401),
    ("/_stcore/health", 200), ("/healthz", 200), ("/readyz", 200),
])  # fmt: skip
def test_addresses_without_a_page_need_a_login_too(guarded: Server, path: str, expected: int) -> None:
    assert status(guarded.url + path) == expected


def test_a_file_of_an_open_session_is_given_to_nobody_else(guarded: Server) -> None:
    with Socket(guarded.url, "growth", "lang=en", signed_in(guarded, "ann")) as tab:
        files = tab.unfold("exhibit-growth-revenue-spans").files
        path = tab.made(files[SAY("export.csv")])
        assert path.startswith("/media/")
        assert status(guarded.url + path) == 401
        assert status(guarded.url + path, signed_in(guarded, "eve")) == 403
        assert status(guarded.url + path, signed_in(guarded, "ann", secret="d" * 40)) == 401
        assert status(guarded.url + path, signed_in(guarded, "ann")) == 200


def signed_in(server: Server, user: str, secret: str = COOKIE_SECRET) -> dict[str, str]:
    """Return the cookie of somebody whom the provider has signed in."""
    claims = {"origin": server.url, "is_logged_in": True, "sub": user, **USERS[user]}
    return {USER_COOKIE_NAME: create_signed_value(secret, USER_COOKIE_NAME, json.dumps(claims)).decode()}


def test_what_may_not_be_told_is_what_is_told_to_who_is_allowed(guarded: Server) -> None:
    """Otherwise the tests above would find nothing whatever was sent."""
    received = b""
    for place in PLACES:
        with Socket(guarded.url, place, "lang=en", signed_in(guarded, "ann")) as tab:
            received += bytes(tab.run().received)
    assert {SAY(f"question.{entry.id}") for entry in PAGES} <= set(told_by(received))
    assert len([figure for figure in FIGURES if figure.encode() in received]) >= 10


def test_who_is_allowed_gets_to_the_page_of_the_link_and_out_again(guarded: Server, browser: Browser) -> None:
    with browser.new_context(locale="en-GB") as context:
        page = context.new_page()
        page.goto(f"{guarded.url}/growth?lang=en&ccy=HKD")
        page.get_by_role("heading", name=SAY("login.title")).wait_for()
        sign_in(page, "ann")
        page.get_by_role("heading", name=SAY("question.growth")).wait_for()
        assert page.url == f"{guarded.url}/growth?lang=en&ccy=HKD"
        page.get_by_text("Signed in as Ann@CORP.example").wait_for()
        assert context.request.get(f"{guarded.url}/_stcore/metrics").status == 200
        copied = {str(each["name"]): str(each["value"]) for each in context.cookies(guarded.url)}
        with Socket(guarded.url, "mix", "lang=en", copied) as other_tab:
            assert told_by(bytes(other_tab.run().received))
            page.get_by_role("button", name=SAY("login.out")).click()
            page.wait_for_url("**/oauth2/end_session*")
            received = bytes(other_tab.run().received)
        assert SAY("login.title").encode() in received
        assert {*told_by(received)} <= {SAY("nav.mix")}  # the page that was open is named by Streamlit, and no figure
        assert status(f"{guarded.url}/_stcore/metrics", copied) == 401
        page.goto(guarded.url)
        page.get_by_role("heading", name=SAY("login.title")).wait_for()
        assert context.request.get(f"{guarded.url}/_stcore/metrics").status == 401


@pytest.mark.parametrize(("user", "refusal"), [
    ("eve", "login.not_allowed"), ("una", "login.not_verified"), ("cyr", "login.no_address"),
])  # fmt: skip
def test_who_is_not_stays_outside(guarded: Server, browser: Browser, user: str, refusal: str) -> None:
    with browser.new_context(locale="en-GB") as context:
        page = context.new_page()
        page.goto(f"{guarded.url}/runway?lang=en")
        sign_in(page, user)
        page.get_by_text(SAY(refusal)).wait_for()
        assert page.get_by_test_id("stSidebar").count() == 0
        assert context.request.get(f"{guarded.url}/_stcore/metrics").status == 403
