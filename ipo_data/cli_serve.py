"""``ipo-data serve``: check who may reach the app, then start it."""

import argparse
import os
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from ipo_data import serving
from ipo_data.errors import OptionError, shown
from ipo_data.paths import ROOT, SEEDS_VARIABLE

SECRETS: Final = ROOT / ".streamlit" / "secrets.toml"
SECRETS_VARIABLE: Final = "STREAMLIT_SECRETS_FILES"
"""Streamlit's own name for other places, parted by blanks; what stands in a later file goes before an earlier one's."""
_AUTH_KEYS: Final = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
_SHORTEST_SECRET: Final = 32
"""Characters of a secret that signs cookies."""
_MOST_PORTS: Final = 65_535


def serve(options: argparse.Namespace) -> int:
    """Serve the dashboard on this machine, or with --shared to others who sign in."""
    environment = {**os.environ, **_said(options)}
    chosen = serving.read(environment)
    if chosen.only_this_machine and not serving.is_loopback(options.address):
        raise OptionError(
            f"--address {shown(options.address)} without a login would show everything to the whole network; "
            "add --shared --login oidc|proxy, or on a network that you trust --login none"
        )
    if chosen.login == "oidc":
        check_secrets(*([Path(name) for name in environment.get(SECRETS_VARIABLE, "").split()] or [SECRETS]))
    seeds = getattr(options, "seeds", None)
    if seeds:
        environment[SEEDS_VARIABLE] = str(Path(seeds).resolve())
    if chosen.login == "proxy":
        environment["FORWARDED_ALLOW_IPS"] = ""  # the peer that counts is the proxy itself, not whom it speaks for
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py")]
    command += ["--server.address", options.address, "--server.port", str(options.port)]
    command += serving.streamlit_flags(chosen)
    sys.stdout.flush()
    os.chdir(ROOT)  # Streamlit reads its settings from the current folder
    os.execve(command[0], command, environment)  # noqa: S606 - our own interpreter; signals reach the server itself


def check_secrets(*paths: Path) -> None:
    """Check that the login's secrets are complete.

    Args:
        paths: Files such as ``secrets.toml``; the last one with a section ``[auth]`` counts.

    Raises:
        OptionError: A file is missing or not TOML, or a key of ``[auth]`` is missing or too weak; no value is shown.
    """
    sections = [(path, section) for path in paths if (section := _auth_of(path)) is not None]
    path, found = sections[-1] if sections else (paths[-1], {})
    missing = [key for key in _AUTH_KEYS if not isinstance(found.get(key), str) or not found[key]]
    if missing:
        raise OptionError(f"{shown(path, most=300)}: [auth] lacks {', '.join(missing)}")
    if len(found["cookie_secret"]) < _SHORTEST_SECRET:
        raise OptionError(f"{shown(path, most=300)}: [auth] cookie_secret has fewer than {_SHORTEST_SECRET} characters")


def _auth_of(path: Path) -> dict[str, Any] | None:
    """Return the section ``[auth]`` of a file; ``None`` if it has none."""
    try:
        auth = tomllib.loads(path.read_text(encoding="utf-8")).get("auth")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise OptionError(f"{shown(path, most=300)}: {type(error).__name__}: this is not TOML") from None
    except OSError as error:
        reason = "" if isinstance(error, FileNotFoundError) else f", which cannot be read ({error.strerror})"
        raise OptionError(
            f"a login by OpenID Connect needs {shown(path, most=300)} with a section [auth]{reason}"
        ) from None
    return auth if isinstance(auth, dict) else None


def _said(options: argparse.Namespace) -> dict[str, str]:
    """Return the options given, as the environment variables that say the same."""
    given = {
        serving.SHARED: "yes" if options.shared else "",
        serving.LOGIN: options.login,
        serving.DOMAINS: ",".join(options.allow_domain),
        serving.EMAILS: ",".join(options.allow_email),
        serving.ROLES: ",".join(options.allow_role),
        serving.HOSTS: ",".join(options.host),
        serving.PROXIES: ",".join(options.trusted_proxy),
        serving.USER_HEADER: options.user_header,
    }
    return {name: value for name, value in given.items() if value}


def _options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--shared", action="store_true", help="several people use it: a login is a must")
    command.add_argument("--address", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    command.add_argument("--port", type=_port, default=8501, help="port to listen on (8501)")
    logins = "|".join(serving.LOGINS)
    command.add_argument("--login", default="", metavar=logins, help="who signs users in")
    command.add_argument("--user-header", default="", metavar="NAME", help="header in which the proxy names the user")
    several = (
        ("--allow-domain", "DOMAIN", "let in verified addresses of this domain"),
        ("--allow-email", "ADDRESS", "let in this address"),
        ("--allow-role", "ROLE", "of these roles a user needs one"),
        ("--host", "NAME", "name under which the server is reached"),
        ("--trusted-proxy", "NETWORK", "take requests from this address or network (this machine)"),
    )
    for option, metavar, what in several:
        command.add_argument(option, action="append", default=[], metavar=metavar, help=f"{what}; may be repeated")


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= _MOST_PORTS:
        raise argparse.ArgumentTypeError(f"'{shown(text)}' is not a port (1 to {_MOST_PORTS})")
    return int(text)


COMMANDS: Final[dict[str, Callable[[argparse.Namespace], int]]] = {"serve": serve}
OPTIONS: Final[dict[str, Callable[[argparse.ArgumentParser], None]]] = {"serve": _options}
