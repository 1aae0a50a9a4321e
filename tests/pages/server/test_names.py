"""Under which names the server answers."""

import pytest

from ipo_data.serving import Serving
from pages.server import names
from pages.server.names import Names


@pytest.fixture(autouse=True)
def _machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that has a name of its own, and a longer one for others."""
    monkeypatch.setattr(names.socket, "gethostname", lambda: "Desk7")
    monkeypatch.setattr(names.socket, "getfqdn", lambda: "desk7.corp.example")


THIS_MACHINE = ("localhost", "LOCALHOST:8501", "127.0.0.1", "127.0.0.1:8501", "[::1]", "[::1]:8501", "::1")
OWN_NAMES = ("desk7", "desk7:8501", "desk7.local", "Desk7.corp.example:8501")
ADDRESSES = ("10.0.0.9:8501", "[fe80::1]:8501", "192.168.1.20")
STRANGE = (
    "evil.test", "localhost.evil.test", "desk7.evil.test", "desk7.corp.example.evil.test", "10.0.0.9.evil.test", "",
    "localhost@evil.test", "evil.test#localhost", "localhost/evil.test", "localhost:8501:8501", "[evil.test]", "[::1",
    "localhost ", "localhost\tevil.test", "0x0a000009", "167772169", "10.9", "localhost:port", "①27.0.0.1",
)  # fmt: skip


def answered(serving: Serving, hosts: tuple[str, ...]) -> list[str]:
    known = Names(serving)
    return [host for host in hosts if known.has(host)]


def test_a_laptop_is_called_as_it_calls_itself() -> None:
    assert answered(Serving(), (*THIS_MACHINE, *OWN_NAMES, *ADDRESSES, *STRANGE)) == [*THIS_MACHINE]


@pytest.mark.parametrize("login", ["none", "oidc", "proxy"])
def test_on_a_network_by_its_names_and_by_any_address(login: str) -> None:
    """An address cannot be made to lead elsewhere; a name that is not the machine's own can."""
    hosts = (*THIS_MACHINE, *OWN_NAMES, *ADDRESSES, *STRANGE)
    assert answered(Serving(login=login), hosts) == [*THIS_MACHINE, *OWN_NAMES, *ADDRESSES]


@pytest.mark.parametrize("login", ["", "none", "oidc"])
def test_where_names_are_listed_by_these_alone(login: str) -> None:
    serving = Serving(login=login, hosts=("ipo.corp.example",))
    hosts = (*THIS_MACHINE, *OWN_NAMES, *ADDRESSES, *STRANGE, "IPO.corp.example:443", "ipo.corp.example")
    assert answered(serving, hosts) == ["IPO.corp.example:443", "ipo.corp.example"]
