"""Ranges in rows: two open marks, words outside them, a line through zero for differences."""

import pytest

from ipo_data.charts.ranges import End, Range, range_rows
from ipo_data.charts.rows import text_width
from tests.charts.drawing import NOTHING, claims_in, layout, make_look, traces, written

LOW, HIGH = End(71.25, "annualised <b>US$71.25m</b>", "a@x"), End(83.84, "growth persists <b>US$83.84m</b>", "b@x")
ROW = Range("MiniMax · from 9M 2025", "minimax", (LOW, HIGH), 77.3, "geometric mean")


def test_two_open_marks_are_joined_by_a_dotted_line_with_a_tick_between() -> None:
    line, tick, first, second = traces(range_rows([ROW], make_look()))

    assert (line["x"], line["line"]["dash"]) == ([71.25, 83.84], "dot")
    assert (tick["x"], tick["marker"]["symbol"]) == ([77.3], "line-ns-open")
    assert (first["marker"]["symbol"], second["marker"]["symbol"]) == ("circle-open", "diamond-open")


def test_symbols_follow_the_method_and_words_the_side() -> None:
    turned = Range("a", "zhipu", (End(83.3, "annualised"), End(-47.3, "persists")))
    figure = range_rows([turned], make_look())
    sides = {note["text"]: note["xanchor"] for note in layout(figure)["annotations"]}

    assert [mark["marker"]["symbol"] for mark in traces(figure, "markers")] == ["circle-open", "diamond-open"]
    assert (sides["annualised"], sides["persists"]) == ("left", "right")


@pytest.mark.parametrize("ends", [(LOW, HIGH), (LOW,), (End(5.0, "a " * 6), End(5.0, "b " * 6))])
def test_words_at_both_ends_have_room(ends: tuple[End, ...]) -> None:
    figure = range_rows([Range("A", "minimax", ends)], make_look())
    low, high = layout(figure)["xaxis"]["range"]
    unit = (high - low) / (480 - 24 - text_width("A"))

    for note in layout(figure)["annotations"]:
        reach = (text_width(note["text"]) + 12) * unit
        assert note["x"] - reach * (note["xanchor"] == "right") >= low - 1e-6
        assert note["x"] + reach * (note["xanchor"] == "left") <= high + 1e-6


def test_differences_have_a_line_through_zero_with_its_words() -> None:
    figure = range_rows([Range("A", "minimax", (End(-9.9, "−9.9%"), End(6.1, "+6.1%")))], make_look(), zero="the year")

    (line,) = layout(figure)["shapes"]
    assert (line["x0"], line["x1"]) == (0, 0)
    assert "the year" in written(figure)


def test_marks_carry_claims_and_nothing_is_nothing() -> None:
    assert claims_in(range_rows([ROW], make_look())) == {"a@x", "b@x"}
    assert written(range_rows([], make_look())) == [NOTHING]
