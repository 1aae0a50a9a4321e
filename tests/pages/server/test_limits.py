"""A reader's share of the server: used by computing, given back with time, refused with a message."""

from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from ipo_data.budget import ask_for
from ipo_data.dataset import Dataset
from ipo_data.errors import NoRoomError, OverMemoryError, OverTimeError
from ipo_data.exhibits.model import View
from ipo_data.serving import Serving
from ipo_data.text.catalog import LANGUAGES, words
from pages.server import limits
from pages.server.limits import CAPACITY, PICTURES, Budget, FilesBudget, OverBudgetError, files_budget, spending, within
from pages.shell.data import exhibit_of


def test_time_gives_back_half_a_second_a_second_up_to_the_whole() -> None:
    """10 s left at 100 s; 20 s later 10 + 20 × 0.5 = 20; 200 s later no more than 60."""
    budget = Budget(10.0, 100.0)
    assert budget.now(120.0) == Budget(20.0, 120.0)
    assert budget.now(300.0) == Budget(CAPACITY, 300.0)
    assert budget.wait == 0.0


def test_whoever_used_too_much_waits_twice_as_long() -> None:
    """5 s left and 8 s used: 3 s short, given back in 3 ÷ 0.5 = 6 s."""
    assert Budget(5.0, 100.0).less(8.0).wait == 6.0
    assert Budget(5.0, 100.0).less(8.0).now(106.0).wait == 0.0


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> dict[Any, Any]:
    """A reader of a shared server, and a clock that stands still unless it is moved."""
    found: dict[Any, Any] = {}
    monkeypatch.setattr(limits, "serving", lambda: replace(Serving(), shared=True))
    monkeypatch.setattr(limits, "get_script_run_ctx", lambda **_: object())
    monkeypatch.setattr(limits.st, "session_state", found)
    return found


def test_computing_is_counted_and_refused_when_nothing_is_left(
    state: dict[Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter([0.0, 65.0, 66.0])
    monkeypatch.setattr(limits.time, "monotonic", lambda: next(clock))
    with spending():
        pass
    assert state["_budget"] == Budget(-5.0, 65.0)  # 60 − 65
    with pytest.raises(OverBudgetError) as raised, spending():
        raise AssertionError("not begun")
    assert raised.value.wait == 9.0  # −5 + 1 × 0.5 = −4.5, given back in 9 s


def test_what_fails_counts_too(state: dict[Any, Any]) -> None:
    with pytest.raises(ValueError, match="x"), spending():
        raise ValueError("x")
    assert state["_budget"].left < CAPACITY


def test_on_a_laptop_nobody_is_limited(state: dict[Any, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "serving", Serving)
    with spending():
        pass
    assert files_budget() is None
    assert within(None, lambda: b"made") == b"made"
    assert state == {}


def test_pictures_are_given_back_one_every_two_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty pictures and then three: 3 short, given back in 3 ÷ 0.5 = 6 s; the refused one does not count."""
    now = [100.0]
    monkeypatch.setattr(limits.time, "monotonic", lambda: now[0])
    budget = FilesBudget()
    budget.use(PICTURES - 1)
    assert within(budget, lambda: b"made", 4.0) == b"made"  # begun with one left
    for _ in range(2):
        with pytest.raises(OverBudgetError) as raised:
            within(budget, lambda: pytest.fail("not begun"))
        assert raised.value.wait == budget.wait == 6.0
    now[0] = 106.0
    assert budget.wait == 0.0
    now[0] = 1_000.0
    budget.use(PICTURES)
    assert budget.wait == 0.0  # no more than forty came back, and all forty were used


def test_every_reader_has_one_budget_of_files(state: dict[Any, Any]) -> None:
    mine = files_budget()
    assert isinstance(mine, FilesBudget)
    assert files_budget() is mine
    state.clear()  # somebody else
    assert files_budget() is not mine


# --- one piece of work ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shared", [True, False])
def test_one_piece_of_work_keeps_within_its_memory(
    shared: bool,
    state: dict[Any, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "serving", lambda: Serving(shared=shared, most_megabytes=5.0))
    with spending(), pytest.raises(OverMemoryError):
        ask_for(6e6)
    with pytest.raises(OverMemoryError):
        within(None, lambda: ask_for(6e6) or b"")
    ask_for(6e6)
    assert bool(state) is shared


def test_a_view_that_takes_too_much_is_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    """4 arrays × 8 bytes × 121 months × 3,000 paths = 11,616,000 bytes, more than 5 MB."""
    monkeypatch.setattr(limits, "serving", lambda: Serving(most_megabytes=5.0))
    with pytest.raises(OverMemoryError) as raised:
        exhibit_of(Dataset.load(), _many_paths(), "runway", "runway-fan")
    assert raised.value.asked == pytest.approx(11.616)


def _many_paths() -> View:
    return View(options=(("set", "simulation.paths:3000,simulation.seed:77"),))


@pytest.mark.parametrize("language", LANGUAGES)
def test_refusals_are_in_the_readers_language(language: str) -> None:
    say = words(language)
    assert limits.refusal(OverTimeError(20.0), say) == say("error.over_time", seconds="20")
    assert limits.refusal(OverMemoryError(23.1, 5.0), say) == say("error.over_memory", asked=24, most=5)
    assert limits.refusal(NoRoomError(40), say) == say("error.no_room", most=40)


# --- what the reader is told ------------------------------------------------------------------------------------------


def over() -> None:
    from pages.server.limits import OverBudgetError
    from pages.server.log import on_script_error

    on_script_error(OverBudgetError(8.2))


def too_large() -> None:
    from ipo_data.errors import OverMemoryError
    from pages.server.log import on_script_error

    on_script_error(OverMemoryError(23.1, 5.0))


def test_the_reader_is_told_what_to_ask_for_instead() -> None:
    shown = AppTest.from_function(too_large).run()
    assert [warning.value for warning in shown.warning] == [words("en")("error.over_memory", asked=24, most=5)]
    assert not shown.error


def test_the_reader_is_told_when_to_come_back() -> None:
    (shown,) = AppTest.from_function(over).run().warning
    assert shown.value == words("en")("error.over_budget", seconds=9)
