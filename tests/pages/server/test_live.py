"""The address of an exhibit that follows a slider gives what a run of its page sends, and says why when it does not."""

from dataclasses import replace
from http import HTTPStatus

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from ipo_data.errors import OverTimeError
from ipo_data.exhibits.registry import exhibit_ids, read_by
from ipo_data.exhibits.registry import page as page_of
from ipo_data.exhibits.view_query import view_of
from ipo_data.serving import Serving
from pages.server import limits
from pages.server import live as module
from pages.server.limits import Budget, spending_as
from pages.server.live import AHEAD, ROUTES, Load
from pages.shell.data import context_of
from pages.shell.exhibit import ready
from pages.shell.live import LIVE
from tests.pages.opened import data

ADDRESS = "/live/runway/runway-scenarios"


@pytest.fixture
def client() -> TestClient:
    return TestClient(Starlette(routes=ROUTES))


def query(**more: str) -> dict[str, str]:
    return {"lang": "en", "data": data().digest, **more}


@pytest.mark.parametrize(("page", "name"), LIVE)
@pytest.mark.parametrize("packing", ["gzip, br", "identity"])
def test_it_is_what_the_page_sends(client: TestClient, page: str, name: str, packing: str) -> None:
    shown = replace(view_of(page, {"lang": "zh-Hans", "ccy": "USD"}, data()), theme="dark", narrow=True)
    asked = query(lang="zh-Hans", ccy="USD", theme="dark", screen="narrow")
    answer = client.get(f"/live/{page}/{name}", params=asked, headers={"accept-encoding": packing})
    number = exhibit_ids(page_of(page), context_of(data(), shown).companies).index(name) + 1
    assert answer.status_code == HTTPStatus.OK
    assert answer.content == ready(data(), read_by(shown, page, name), page, name, number).head
    assert ("content-encoding" in answer.headers) is ("gzip" in packing)
    assert answer.headers["cache-control"] == "private, no-store"


@pytest.mark.parametrize(("address", "more", "status", "why"), [
    ("/live/runway/runway-fan", {}, 404, "No such exhibit."),
    ("/live/nowhere/runway-scenarios", {}, 404, "No such exhibit."),
    (ADDRESS, {"data": "0" * 64}, 409, "The data are others."),
    (ADDRESS, {"rd": "900"}, 400, "rd: '900' is not known; allowed: preset"),
    (ADDRESS, {"theme": "red"}, 400, "theme: 'red' is not known; allowed: light, dark"),
    (ADDRESS, {"such": "1"}, 400, "such: 'such' is not known"),
])  # fmt: skip
def test_what_cannot_be_answered_says_why(
    client: TestClient, address: str, more: dict[str, str], status: int, why: str
) -> None:
    answer = client.get(address, params=query(**more))
    assert (answer.status_code, answer.text[: len(why)]) == (status, why)


def test_nothing_is_computed_ahead_while_the_server_is_busy(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Load, "share", lambda _: 0.51)
    assert client.get(ADDRESS, params=query(**{AHEAD: "1"})).status_code == HTTPStatus.NO_CONTENT
    assert client.get(ADDRESS, params=query()).status_code == HTTPStatus.OK
    monkeypatch.setattr(Load, "share", lambda _: 0.49)
    assert client.get(ADDRESS, params=query(**{AHEAD: "1"})).status_code == HTTPStatus.OK


def test_the_share_is_processor_time_of_the_time_between_two_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """0.3 s of processor in 1 s are 0.3; a look 0.1 s later still says so, one 1 s later 0.9 of 1.0 s: 0.9."""
    clock, processor = iter([10.0, 11.0, 11.1, 12.0]), iter([5.0, 5.3, 5.4, 6.2])
    monkeypatch.setattr(module.time, "monotonic", lambda: next(clock))
    monkeypatch.setattr(module.time, "process_time", lambda: next(processor))
    load = Load()
    assert [round(load.share(), 6) for _ in range(3)] == [0.3, 0.3, 0.9]


def test_what_is_too_much_is_refused(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def too_long(*_: object) -> bytes:
        raise OverTimeError(1.0)

    monkeypatch.setattr(module, "_content", too_long)
    assert client.get(ADDRESS, params=query()).status_code == HTTPStatus.SERVICE_UNAVAILABLE


def test_each_reader_has_a_budget_and_the_oldest_are_forgotten(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "serving", lambda: replace(Serving(), shared=True))
    readers = {"testclient": {"_budget": Budget(-5.0, limits.time.monotonic())}}
    monkeypatch.setattr(limits, "_READERS", limits.OrderedDict(readers))
    asked = query(lang="zh-Hant", rd="-1.5")  # nobody has asked for it
    assert client.get(ADDRESS, params=asked).status_code == HTTPStatus.TOO_MANY_REQUESTS
    for number in range(limits._MOST_READERS):
        with spending_as(f"reader {number}"):
            pass
    assert "testclient" not in limits._READERS
    assert client.get(ADDRESS, params=asked).status_code == HTTPStatus.OK
