"""One piece of work keeps within its processor time and memory, or is refused with a message that says why."""

import threading

import pytest

from ipo_data import budget
from ipo_data.analysis.runway_model import simulate
from ipo_data.budget import ask_for, keep_time, limited
from ipo_data.errors import OverMemoryError, OverTimeError
from tests.analysis.runway_model.examples import bare


def test_nobody_is_limited_unless_said() -> None:
    keep_time()
    ask_for(1e15)
    with limited(0, 0):
        keep_time()
        ask_for(1e15)


def test_memory_is_asked_for_before_it_is_taken() -> None:
    with limited(0, 2):
        ask_for(2_000_000)
        with pytest.raises(OverMemoryError, match="needs about 3 MB; one piece of work may take 2 MB here"):
            ask_for(2_600_000)
    ask_for(2_600_000)


def test_time_is_the_threads_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begun at 5 s with 10 s: fine until 15 s."""
    now = [5.0]
    monkeypatch.setattr(budget.time, "thread_time", lambda: now[0])
    with limited(10, 0):
        now[0] = 15.0
        keep_time()
        now[0] = 15.1
        with pytest.raises(OverTimeError, match="given up after 10 s"):
            keep_time()
        others = threading.Thread(target=keep_time)
        others.start()
        others.join()
    keep_time()


def test_a_simulation_asks_for_its_arrays() -> None:
    """4 arrays × 8 bytes × 121 months × 2,000 paths = 7,744,000 bytes."""
    with limited(0, 7), pytest.raises(OverMemoryError) as raised:
        simulate(bare(), paths=2_000)
    assert raised.value.asked == pytest.approx(7.744)
    with limited(0, 8):
        simulate(bare(), paths=2_000)


def test_a_simulation_looks_at_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three blocks of 512 paths; the second begins too late."""
    clock = iter([0.0, 0.5, 1.5])
    monkeypatch.setattr(budget.time, "thread_time", lambda: next(clock))
    with limited(1, 0), pytest.raises(OverTimeError):
        simulate(bare(), paths=1_500)
    assert next(clock, None) is None
