"""The whole page as a file: offered where the server may open its own pages."""

from dataclasses import replace

import pytest

from ipo_data.export.browser import VARIABLE
from ipo_data.serving import Serving
from pages.shell import page_files
from tests.pages.opened import Opened

BUTTONS = ["Whole page as PNG", "Whole page as PDF, A4"]


def labels() -> list[str]:
    shown = Opened("growth").with_link()
    assert shown.errors == []
    return [button.proto.label for button in shown.app.get("download_button")]


@pytest.fixture(autouse=True)
def _a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "/bin/sh")


def test_a_page_offers_itself() -> None:
    assert labels() == BUTTONS


@pytest.mark.parametrize("serving", [replace(Serving(), login="oidc"), replace(Serving(), hosts=("memo.example",))])
def test_not_where_the_server_would_be_refused_itself(serving: Serving, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_files, "serving", lambda: serving)
    assert labels() == []


def test_not_without_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "/nonexistent")
    assert labels() == []


def test_the_page_is_taken_as_it_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[tuple[object, ...]] = []
    monkeypatch.setattr(page_files, "captured", lambda *given, **named: taken.append((*given, named)) or b"")
    monkeypatch.setattr(page_files.st, "download_button", lambda label, make, **named: make())
    assert Opened("growth", {"lang": "zh-Hans", "ccy": "USD"}).with_link().errors == []
    (url, texts, named), _ = taken
    assert "/growth?lang=zh-Hans&" in str(url)
    assert "ccy=USD" in str(url)
    assert texts["Title"] == "增长"
    assert named == {"format": "png"}
