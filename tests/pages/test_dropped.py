"""Dropped files on a server with many readers: how many are kept at a time, and what whoever comes too late is told."""

import gc
from collections.abc import Iterator

import pytest

from ipo_data.errors import OverTimeError
from ipo_data.serving import Serving
from ipo_data.text.catalog import LANGUAGES, words
from pages.shell import dropped
from tests.loading.test_dropped import ACME, REVENUE, SOURCES
from tests.pages.opened import Opened

FILES = (("company.yaml", ACME), ("revenue.yaml", REVENUE), ("sources.yaml", SOURCES))


@pytest.fixture
def others(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dropped.Overlay]]:
    """Readers who hold dropped files, on a shared server that keeps two."""
    monkeypatch.setattr(dropped, "serving", lambda: Serving(shared=True))
    monkeypatch.setattr(dropped, "MOST_HELD", 2)
    gc.collect()  # what tests before this one held
    held = [dropped.Overlay((), None) for _ in range(2)]
    dropped._HELD.update(held)
    yield held
    held.clear()


def tab(language: str = "en") -> Opened:
    opened = Opened("check", {"lang": language})
    opened.app.session_state["_dropped_files"] = FILES
    return opened.again()


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_comes_too_late_is_told_so_in_their_language(language: str, others: list[dropped.Overlay]) -> None:
    opened = tab(language)
    assert len(others) == 2
    assert opened.warnings == [words(language)("error.no_room", most=2)]
    assert "Acme" not in opened.text()
    assert opened.errors == []


def test_there_is_room_again_as_soon_as_somebody_leaves(others: list[dropped.Overlay]) -> None:
    opened = tab()
    others.pop()
    opened.again()
    assert opened.warnings == []
    assert words("en")("check.sound") in opened.text()
    late = tab()
    assert late.warnings == [words("en")("error.no_room", most=2)]
    opened.app.button(key="dropped_remove").click().run()
    gc.collect()
    assert late.again().warnings == []


def test_on_ones_own_machine_nobody_is_too_late(others: list[dropped.Overlay], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dropped, "serving", Serving)
    assert len(others) == 2
    assert tab().warnings == []


def test_files_that_take_too_long_are_given_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def too_long(*_: object) -> None:
        asked.append(1)
        raise OverTimeError(20.0)

    monkeypatch.setattr(dropped, "load_with", too_long)
    opened = tab("zh-Hans").again()
    assert opened.warnings == [words("zh-Hans")("error.over_time", seconds="20")]
    assert len(asked) == 1
