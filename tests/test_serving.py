"""Settings that say who may reach the app: read from the environment, refused where they would let in everybody."""

import pytest

from ipo_data.errors import OptionError
from ipo_data.serving import Serving, is_loopback, read, streamlit_flags

GOOD = {
    "IPO_SHARED": "yes",
    "IPO_LOGIN": "oidc",
    "IPO_ALLOWED_DOMAINS": "corp.example",
    "IPO_HOSTS": "ipo.corp.example",
}


def test_nothing_said_means_this_machine_only() -> None:
    found = read({})
    assert found == Serving()
    assert found.only_this_machine
    assert not found.needs_identity
    assert streamlit_flags(found) == []


def test_lists_may_be_parted_by_commas_or_spaces() -> None:
    found = read({
        **GOOD, "IPO_ALLOWED_DOMAINS": "Corp.example, fund.example", "IPO_ALLOWED_EMAILS": "Ann@Other.example",
        "IPO_ALLOWED_ROLES": "analyst partner", "IPO_TRUSTED_PROXIES": "10.0.0.0/8",
    })  # fmt: skip
    assert found.domains == ("corp.example", "fund.example")
    assert found.emails == ("ann@other.example",)
    assert found.roles == ("analyst", "partner")
    assert found.is_trusted_peer("10.1.2.3")
    assert not found.is_trusted_peer("127.0.0.1")
    assert not found.is_trusted_peer("testclient")


def test_one_piece_of_work_is_bounded_where_several_share() -> None:
    assert (read({}).most_seconds, read({}).most_megabytes) == (0.0, 0.0)
    assert (read(GOOD).most_seconds, read(GOOD).most_megabytes) == (20.0, 128.0)
    chosen = read({**GOOD, "IPO_MOST_SECONDS": "2.5", "IPO_MOST_MEGABYTES": "0"})
    assert (chosen.most_seconds, chosen.most_megabytes) == (2.5, 0.0)


def test_a_shared_server_shows_no_traces() -> None:
    flags = streamlit_flags(read(GOOD))
    assert flags[flags.index("--client.showErrorDetails") + 1] == "none"


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"IPO_LOGIN": ""}, "a shared server needs a login: set IPO_LOGIN=oidc"),
        ({"IPO_LOGIN": "none"}, "a shared server needs a login"),
        ({"IPO_LOGIN": "oicd"}, "IPO_LOGIN: unknown login 'oicd' (did you mean 'oidc'?)"),
        ({"IPO_ALLOWED_DOMAINS": ""}, "would let in everybody whom the login knows"),
        ({"IPO_HOSTS": ""}, "a shared server needs IPO_HOSTS"),
        ({"IPO_SHARED": "maybe"}, "IPO_SHARED: 'maybe' is neither yes nor no"),
        ({"IPO_ALLOWED_DOMAINS": "*"}, "IPO_ALLOWED_DOMAINS: '*' does not look like corp.example"),
        ({"IPO_ALLOWED_DOMAINS": "@corp.example"}, "does not look like corp.example"),
        ({"IPO_ALLOWED_DOMAINS": "cоrp.example"}, "does not look like corp.example"),
        ({"IPO_ALLOWED_EMAILS": "corp.example"}, "does not look like name@corp.example"),
        ({"IPO_ALLOWED_EMAILS": "a@b@corp.example"}, "does not look like name@corp.example"),
        ({"IPO_TRUSTED_PROXIES": "proxy"}, "IPO_TRUSTED_PROXIES: 'proxy' is not an address or network"),
        ({"IPO_USER_HEADER": "X Mail"}, "IPO_USER_HEADER: 'X Mail' does not look like X-Forwarded-Email"),
        ({"IPO_MOST_SECONDS": "20s"}, "IPO_MOST_SECONDS: '20s' is not a number such as 20, or 0 for no limit"),
        ({"IPO_MOST_MEGABYTES": "-1"}, "IPO_MOST_MEGABYTES: '-1' is not a number such as 128"),
        ({"IPO_HOSTS": "https://ipo"}, "IPO_HOSTS: 'https://ipo' does not look like ipo.corp.example"),
    ],
)
def test_doors_that_would_stand_open_are_refused(changed: dict[str, str], message: str) -> None:
    with pytest.raises(OptionError) as raised:
        read({**GOOD, **changed})
    assert message in str(raised.value)


@pytest.mark.parametrize(
    ("address", "own"),
    [("127.0.0.1", True), ("127.8.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False),  # noqa: S104
     ("10.0.0.5", False), ("::", False), ("ipo.corp.example", False)],
)  # fmt: skip
def test_addresses_of_this_machine(address: str, own: bool) -> None:
    assert is_loopback(address) is own
