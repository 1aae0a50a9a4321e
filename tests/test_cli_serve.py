"""``ipo-data serve``: refuses open doors, and starts what it says."""

import os
from pathlib import Path
from typing import Any

import pytest

from ipo_data import cli_serve
from ipo_data.cli import main
from ipo_data.cli_serve import check_secrets
from ipo_data.errors import OptionError

SHARED = ("serve", "--shared", "--host", "ipo.corp.example", "--allow-domain", "corp.example")
GOOD_AUTH = """\
[auth]
redirect_uri = "https://ipo.corp.example/oauth2callback"
cookie_secret = "0123456789abcdef0123456789abcdef"
client_id = "ipo"
client_secret = "x"
server_metadata_url = "https://login.corp.example/.well-known/openid-configuration"
"""


class Started(Exception):  # noqa: N818 - not an error
    """Stands for the program that takes over the process."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self.command, self.environment = command, environment


@pytest.fixture(autouse=True)
def _takes_over(monkeypatch: pytest.MonkeyPatch) -> None:
    def start(program: str, command: list[str], environment: dict[str, str]) -> Any:
        del program
        raise Started(command, environment)

    monkeypatch.setattr(os, "execve", start)
    monkeypatch.setattr(os, "chdir", lambda folder: None)
    for name in cli_serve.serving.VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("STREAMLIT_SECRETS_FILES", raising=False)


def started(*arguments: str) -> Started:
    with pytest.raises(Started) as raised:
        main(arguments)
    return raised.value


def test_alone_it_listens_to_this_machine() -> None:
    command = started("serve").command
    assert command[1:4] == ["-m", "streamlit", "run"]
    assert Path(command[4]).name == "app.py"
    assert command[5:] == ["--server.address", "127.0.0.1", "--server.port", "8501"]


def test_behind_a_proxy_the_proxy_is_the_peer() -> None:
    found = started(*SHARED, "--login", "proxy", "--port", "8600", "--trusted-proxy", "10.0.0.2")
    assert found.environment["FORWARDED_ALLOW_IPS"] == ""
    assert found.environment["IPO_TRUSTED_PROXIES"] == "10.0.0.2"
    assert found.environment["IPO_SHARED"] == "yes"
    assert "--client.showErrorDetails" in found.command


def test_seeds_are_handed_on_with_their_whole_path(tmp_path: Path) -> None:
    assert started("serve", "--seeds", str(tmp_path)).environment["IPO_SEEDS"] == str(tmp_path)


def test_on_a_trusted_network_it_has_to_be_said() -> None:
    assert started("serve", "--address", "0.0.0.0", "--login", "none").environment["IPO_LOGIN"] == "none"  # noqa: S104


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("serve", "--shared"), "a shared server needs a login"),
        (("serve", "--address", "0.0.0.0"), "would show everything to the whole network"),  # noqa: S104
        ((*SHARED, "--login", "saml"), "unknown login 'saml'"),
        (("serve", "--port", "0"), "'0' is not a port (1 to 65535)"),
        (("serve", "--port", "eighty"), "'eighty' is not a port"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_starts(
    arguments: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        assert main(arguments) == 2
    except SystemExit as stopped:
        assert stopped.code == 2  # noqa: PT017 - the parser's way to refuse an option
    assert message in capsys.readouterr().err


def test_a_login_needs_its_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cli_serve, "SECRETS", tmp_path / "secrets.toml")
    assert main((*SHARED, "--login", "oidc")) == 2
    assert "needs" in capsys.readouterr().err
    (tmp_path / "secrets.toml").write_text(GOOD_AUTH, encoding="utf-8")
    started(*SHARED, "--login", "oidc")


def test_the_secrets_may_lie_where_a_unit_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As ``deploy/ipo-data@.service`` says it; of several files the last with the section counts."""
    monkeypatch.setattr(cli_serve, "SECRETS", tmp_path / "none.toml")
    first, second, third = (tmp_path / f"{name}.toml" for name in "abc")
    first.write_text(GOOD_AUTH.replace("0123456789abcdef", "x", 1), encoding="utf-8")
    second.write_text(GOOD_AUTH, encoding="utf-8")
    third.write_text("other = 1\n", encoding="utf-8")
    monkeypatch.setenv("STREAMLIT_SECRETS_FILES", str(second))
    assert started(*SHARED, "--login", "oidc").environment["STREAMLIT_SECRETS_FILES"] == str(second)
    monkeypatch.setenv("STREAMLIT_SECRETS_FILES", f"{first} {second} {third}")
    started(*SHARED, "--login", "oidc")
    for refused in (str(first), f"{second} {first}", f"{second} {tmp_path / 'd.toml'}"):
        monkeypatch.setenv("STREAMLIT_SECRETS_FILES", refused)
        assert main((*SHARED, "--login", "oidc")) == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x = [", "this is not TOML"),
        ("", "[auth] lacks redirect_uri, cookie_secret, client_id, client_secret, server_metadata_url"),
        ("auth = 7", "[auth] lacks redirect_uri"),
        (GOOD_AUTH.replace('client_id = "ipo"\n', ""), "[auth] lacks client_id"),
        (GOOD_AUTH.replace('"x"', '""'), "[auth] lacks client_secret"),
        (GOOD_AUTH.replace("0123456789abcdef0123", "0123"), "cookie_secret has fewer than 32 characters"),
    ],
)
def test_incomplete_secrets_are_named_but_never_shown(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "secrets.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(OptionError) as raised:
        check_secrets(path)
    assert message in str(raised.value)
    assert "abcdef" not in str(raised.value)
