"""How the app is served: who may reach it, and what Streamlit must be told before it starts.

Read from environment variables, so that a laptop, a service unit and a container say it the same way. Nothing here
knows Streamlit: ``ipo-data serve`` checks these settings before it starts anything, and the app reads them again.
"""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ipo_data.errors import OptionError, nearest, shown

SHARED: Final = "IPO_SHARED"
"""``yes``: several people use it; a login is then a must."""
LOGIN: Final = "IPO_LOGIN"
"""``none``, ``oidc`` or ``proxy``; empty on one's own machine."""
DOMAINS: Final = "IPO_ALLOWED_DOMAINS"
EMAILS: Final = "IPO_ALLOWED_EMAILS"
ROLES: Final = "IPO_ALLOWED_ROLES"
ROLE_CLAIM: Final = "IPO_ROLE_CLAIM"
USER_HEADER: Final = "IPO_USER_HEADER"
PROXIES: Final = "IPO_TRUSTED_PROXIES"
HOSTS: Final = "IPO_HOSTS"
"""Host names under which it is reached; others are refused."""
MOST_SECONDS: Final = "IPO_MOST_SECONDS"
"""Processor seconds that one exhibit, file or set of dropped files may take."""
MOST_MEGABYTES: Final = "IPO_MOST_MEGABYTES"
"""Memory that the arrays of one exhibit may take."""
VARIABLES: Final = (
    SHARED, LOGIN, DOMAINS, EMAILS, ROLES, ROLE_CLAIM, USER_HEADER, PROXIES, HOSTS, MOST_SECONDS, MOST_MEGABYTES,
)  # fmt: skip
LOGINS: Final = ("none", "oidc", "proxy")

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_WHEN_SHARED: Final = {MOST_SECONDS: 20.0, MOST_MEGABYTES: 128.0}
"""What a shared server allows if nobody says otherwise; on one's own machine nothing is limited."""
_LOOPBACK: Final = ("127.0.0.0/8", "::1/128")
_DOMAIN: Final = re.compile(r"(?!-)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+")
_HEADER: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}")
_AMOUNT: Final = re.compile(r"\d{1,6}(?:\.\d{1,3})?", re.ASCII)
_HOST: Final = re.compile(r"[A-Za-z0-9.-]{1,253}")


@dataclass(frozen=True, slots=True)
class Serving:
    """Who may reach the app, and how they are known.

    Attributes:
        shared: Whether several people use it over a network.
        login: ``none``, ``oidc``, ``proxy``, or empty where only this machine may reach it.
        domains: Domains whose verified addresses may enter; exact, never sub-domains.
        emails: Single addresses that may enter.
        roles: Roles of which one is needed; empty if none is.
        role_claim: Claim of the identity that lists its roles.
        user_header: Header in which a trusted proxy names the user.
        proxies: Networks from which requests are taken when a proxy does the login.
        hosts: Host names under which the app is reached; empty for any.
        most_seconds: Processor seconds of one exhibit, file or set of dropped files; 0 for no limit.
        most_megabytes: Memory of the arrays of one of them; 0 for no limit.
    """

    shared: bool = False
    login: str = ""
    domains: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    role_claim: str = "roles"
    user_header: str = "X-Forwarded-Email"
    proxies: tuple[Network, ...] = tuple(ipaddress.ip_network(network) for network in _LOOPBACK)
    hosts: tuple[str, ...] = ()
    most_seconds: float = 0.0
    most_megabytes: float = 0.0

    @property
    def needs_identity(self) -> bool:
        """Whether nobody may see anything before it is known who they are."""
        return self.login in ("oidc", "proxy")

    @property
    def only_this_machine(self) -> bool:
        """Whether requests from other machines are refused: nobody said that they may come in."""
        return not self.login

    def is_trusted_peer(self, address: str) -> bool:
        """Tell whether a connection comes from the proxy that does the login."""
        try:
            found = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(found in network for network in self.proxies)


def read(environment: Mapping[str, str]) -> Serving:
    """Return the settings that the environment holds.

    Args:
        environment: Variables by name; only those in ``VARIABLES`` are looked at.

    Raises:
        OptionError: A value that cannot be, or a combination that would let anybody in; the message says what to set.
    """
    shared = _yes(SHARED, environment.get(SHARED, ""))
    login = environment.get(LOGIN, "").strip()
    if login and login not in LOGINS:
        raise OptionError(f"{LOGIN}: unknown login '{shown(login)}'{nearest(login, LOGINS)}")
    domains = tuple(_matching(DOMAINS, word.lower(), _DOMAIN, "corp.example") for word in _words(environment, DOMAINS))
    emails = tuple(_address(word) for word in _words(environment, EMAILS))
    header = environment.get(USER_HEADER, "").strip() or Serving().user_header
    networks = tuple(_network(word) for word in _words(environment, PROXIES))
    found = Serving(
        shared=shared,
        login=login,
        domains=domains,
        emails=emails,
        roles=_words(environment, ROLES),
        role_claim=environment.get(ROLE_CLAIM, "").strip() or Serving().role_claim,
        user_header=_matching(USER_HEADER, header, _HEADER, "X-Forwarded-Email"),
        proxies=networks or Serving().proxies,
        hosts=tuple(_matching(HOSTS, word, _HOST, "ipo.corp.example") for word in _words(environment, HOSTS)),
        most_seconds=_amount(MOST_SECONDS, environment, shared=shared),
        most_megabytes=_amount(MOST_MEGABYTES, environment, shared=shared),
    )
    _refuse_open_doors(found)
    return found


def _refuse_open_doors(found: Serving) -> None:
    if found.shared and not found.needs_identity:
        raise OptionError(
            f"a shared server needs a login: set {LOGIN}=oidc (with [auth] in .streamlit/secrets.toml) or "
            f"{LOGIN}=proxy (a proxy in front that signs users in and sets {found.user_header})"
        )
    if found.needs_identity and not (found.domains or found.emails):
        raise OptionError(
            f"{LOGIN}={found.login} without {DOMAINS} or {EMAILS} would let in everybody whom the login knows; "
            f"set one, e.g. {DOMAINS}=corp.example"
        )
    if found.shared and not found.hosts:
        raise OptionError(f"a shared server needs {HOSTS}, the names it is reached by, e.g. {HOSTS}=ipo.corp.example")


def streamlit_flags(serving: Serving) -> list[str]:
    """Return the options of ``streamlit run`` that a shared server adds to those of ``.streamlit/config.toml``."""
    if not serving.shared:
        return []
    options = {
        "server.disconnectedSessionTTL": "120",
        "client.showErrorDetails": "none",
        "client.toolbarMode": "viewer",
    }
    return [word for name, value in options.items() for word in (f"--{name}", value)]


def is_loopback(address: str) -> bool:
    """Tell whether an address to listen on is reached from this machine only."""
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


# --- reading values ---------------------------------------------------------------------------------------------------


def _yes(name: str, value: str) -> bool:
    words = {"": False, "no": False, "false": False, "0": False, "yes": True, "true": True, "1": True}
    if value.strip().lower() not in words:
        raise OptionError(f"{name}: '{shown(value)}' is neither yes nor no")
    return words[value.strip().lower()]


def _amount(name: str, environment: Mapping[str, str], *, shared: bool) -> float:
    value = environment.get(name, "").strip()
    if not value:
        return _WHEN_SHARED[name] if shared else 0.0
    if not _AMOUNT.fullmatch(value):
        raise OptionError(f"{name}: '{shown(value)}' is not a number such as {_WHEN_SHARED[name]:g}, or 0 for no limit")
    return float(value)


def _words(environment: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(environment.get(name, "").replace(",", " ").split())


def _matching(name: str, value: str, pattern: re.Pattern[str], example: str) -> str:
    if not pattern.fullmatch(value):
        raise OptionError(f"{name}: '{shown(value)}' does not look like {example}")
    return value


def _address(value: str) -> str:
    name, at, domain = value.lower().rpartition("@")
    if not at or not name or "@" in name or not value.isascii() or not _DOMAIN.fullmatch(domain):
        raise OptionError(f"{EMAILS}: '{shown(value)}' does not look like name@corp.example")
    return value.lower()


def _network(value: str) -> Network:
    try:
        return ipaddress.ip_network(value, strict=False)
    except ValueError:
        raise OptionError(f"{PROXIES}: '{shown(value)}' is not an address or network, e.g. 10.0.0.0/8") from None
