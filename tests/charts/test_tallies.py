"""Tallies: counts by company in rows."""

from ipo_data.charts.tallies import Tally, tally_bars
from tests.charts.drawing import layout, make_look, traces, written

ROWS = [Tally("HKEX", {"minimax": 3, "zhipu": 4}, "7 facts", "HKEX<br>7"), Tally("Post", {"zhipu": 1}, "1 fact")]


def test_every_company_is_a_piece_of_each_bar() -> None:
    minimax, zhipu = traces(tally_bars(ROWS, make_look()))

    assert (minimax["name"], minimax["x"], minimax["y"]) == ("MiniMax", [3, None], [1, 0])
    assert (zhipu["name"], zhipu["x"]) == ("Zhipu", [4, 1])
    assert layout(tally_bars(ROWS, make_look()))["barmode"] == "stack"


def test_the_whole_is_written_at_the_end() -> None:
    figure = tally_bars(ROWS, make_look())

    assert written(figure) == ["7 facts", "1 fact"]
    assert [note["x"] for note in layout(figure)["annotations"]] == [7, 1]
    assert layout(figure)["yaxis"]["ticktext"] == ["HKEX", "Post"]


def test_nothing_to_count_says_so() -> None:
    assert written(tally_bars([], make_look())) == ["Nothing to draw: these sources do not hold the figures for it"]
