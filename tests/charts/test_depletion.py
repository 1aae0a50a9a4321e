"""Money running out at constant burn."""

import pytest

from ipo_data.charts.depletion import Decline, Published, declines
from tests.charts.drawing import NOTHING, claims_in, layout, make_look, traces, written

LINES = [
    Decline("minimax", "MiniMax · US$1.0462bn ÷ US$28.10m", 1_046_200_000, 28_100_000, 37.2, "USD", "l@x b@x"),
    Decline("zhipu", "Zhipu · RMB8.9431bn ÷ RMB327.3m", 8_943_100_000, 327_300_000, 27.3, "CNY", "z@y"),
]
CLAIMS = [
    Published("minimax", 37, "MiniMax: about 37 months", "r@x"),
    Published("minimax", 53, "over 53 months", "r@n"),
]


def test_a_balance_falls_from_all_to_nothing() -> None:
    lines = traces(declines(LINES, [], make_look()), "lines")
    ends = traces(declines(LINES, [], make_look()), "markers")

    assert [(line["x"], line["y"]) for line in lines] == [([0, 37.2], [100, 0]), ([0, 27.3], [100, 0])]
    assert [(end["x"], end["y"]) for end in ends] == [([37.2], [0]), ([27.3], [0])]


def test_lines_differ_in_colour_and_dash_and_their_ends_in_symbol() -> None:
    lines = traces(declines(LINES, [], make_look()), "lines")
    ends = traces(declines(LINES, [], make_look()), "markers")

    assert [line["line"]["dash"] for line in lines] == ["solid", "dash"]
    assert [end["marker"]["symbol"] for end in ends] == ["circle", "diamond"]
    assert lines[0]["line"]["color"] != lines[1]["line"]["color"]


def test_every_line_says_its_months_and_its_division() -> None:
    figure = declines(LINES, [], make_look())

    assert "<b>37.2 months</b> MiniMax · US$1.0462bn ÷ US$28.10m" in written(figure)
    assert "US$1.05bn ÷ US$28.10m<br>37.2 months" in traces(figure, "lines")[0]["hovertemplate"]


def test_words_stand_on_their_line() -> None:
    first, second = layout(declines(LINES, [], make_look()))["annotations"]

    # the shorter line is written first, at a height of 24 %: 27.3 × (1 − 0.24); the next at 41 %: 37.2 × 0.59
    assert (first["x"], first["y"]) == (pytest.approx(20.748), 24)
    assert (second["x"], second["y"]) == (pytest.approx(21.948), 41)


def test_published_runways_are_marks_with_their_words() -> None:
    figure = declines(LINES, CLAIMS, make_look())
    marks = [line for line in traces(figure, "lines") if line["line"]["dash"] == "dot"]

    assert [mark["x"] for mark in marks] == [[37, 37], [53, 53]]
    assert "MiniMax: about 37 months" in written(figure)
    assert layout(figure)["xaxis"]["range"] == [0, 66.25]  # 53 × 1.25
    assert claims_in(figure) == {"l@x", "b@x", "z@y", "r@x", "r@n"}


def test_published_runways_without_a_line_are_nothing_to_draw() -> None:
    assert written(declines([], CLAIMS, make_look())) == [NOTHING]
