"""Under an exhibit: the files and texts it offers, made only when somebody asks."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from ipo_data.export import sheet
from ipo_data.export.browser import VARIABLE
from ipo_data.serving import Serving
from ipo_data.text.catalog import LANGUAGES, words
from pages.server import limits
from pages.server.limits import OverBudgetError
from pages.shell import downloads
from tests.pages.opened import Opened


def unfolded(page: str, name: str, **query: str) -> Opened:
    shown = Opened(page, query)
    shown.app.session_state[f"details-{page}-{name}"] = True
    shown.again()
    assert shown.errors == []
    return shown


def labels(shown: Opened) -> list[str]:
    """Return the labels of the buttons under exhibits; those of the whole page stand in the side bar."""
    buttons = shown.app.main.get("download_button")
    return [button.proto.label for button in buttons]


def codes(shown: Opened) -> list[str]:
    return [code.proto.code_text for code in shown.app.get("code")]


@pytest.fixture
def _a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "/bin/sh")  # any program: nothing is drawn before a button is pressed


@pytest.mark.usefixtures("_a_browser")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_chart_offers_pictures_numbers_and_texts(lang: str) -> None:
    shown, say = unfolded("growth", "one-footing", lang=lang), words(lang)
    offered = ["png_document", "png_slide", "svg_document", "pdf_document", "html", "csv"]
    assert labels(shown) == [say(f"export.{kind}") for kind in offered]
    copied = codes(shown)[:3]
    assert copied[0] in copied[1]
    assert f"growth?lang={lang}&firms=minimax,zhipu&" in copied[0]
    assert "\t" in copied[2]


@pytest.mark.usefixtures("_a_browser")
def test_a_long_table_is_offered_as_numbers_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "LONGEST_TABLE", 5)
    assert labels(unfolded("overview", "key-figures")) == ["CSV"]


def test_a_folded_exhibit_makes_nothing() -> None:
    assert labels(Opened("growth")) == []


def test_without_a_browser_the_page_says_what_still_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "/nonexistent")
    shown = unfolded("growth", "one-footing")
    assert labels(shown) == ["HTML", "CSV"]
    assert words("en")("export.no_browser") in shown.text()


@pytest.mark.usefixtures("_a_browser")
def test_whoever_had_too_many_pictures_drawn_is_told_and_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a shared server; the buttons stay, so that the reader presses again after the wait."""
    monkeypatch.setattr(limits, "serving", lambda: replace(Serving(), shared=True))
    made: list[Callable[[], bytes]] = []
    monkeypatch.setattr(limits, "PICTURES", 1.0)
    real = downloads.st.download_button
    monkeypatch.setattr(
        downloads.st, "download_button",
        lambda label, make, **named: (made.append(make), real(label, make, **named))[1],
    )  # fmt: skip
    monkeypatch.setattr(downloads, "picture", lambda *_, **__: b"drawn")
    shown = unfolded("growth", "one-footing")
    offered = labels(shown)
    assert shown.warnings == []
    png = made[-len(offered)]
    assert png() == b"drawn"
    with pytest.raises(OverBudgetError):
        [png() for _ in range(3)]
    shown.again()
    (told,) = shown.app.main.warning
    assert "CSV and the texts to copy work now" in told.value
    assert labels(shown) == offered
    assert made[-1]().startswith(b"\xef\xbb\xbf")  # CSV
