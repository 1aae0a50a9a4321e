"""Money running out at constant burn."""

from ipo_data.charts.depletion import Decline, Published, declines
from tests.charts.drawing import NOTHING, claims_in, layout, make_look, traces, written

LINES = [
    Decline("minimax", "MiniMax · US$1.0462bn ÷ US$28.1m", 37.2, "l@x b@x"),
    Decline("zhipu", "Zhipu · RMB8.9431bn ÷ RMB327.3m", 27.3, "z@y"),
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

    assert traces(figure, "lines")[0]["name"] == "<b>37.2 months</b> MiniMax · US$1.0462bn ÷ US$28.1m"
    assert "US$1.0462bn ÷ US$28.1m<br>37.2 months" in traces(figure, "lines")[0]["hovertemplate"]


def test_the_key_of_the_lines_stands_where_no_line_falls() -> None:
    figure = declines(LINES, [], make_look())

    key = layout(figure)["legend"]
    assert (key["x"], key["xanchor"], key["y"], key["yanchor"]) == (1, "right", 1, "top")
    assert [line.get("showlegend", True) for line in traces(figure, "lines")] == [True, True]
    assert {mark["showlegend"] for mark in traces(figure, "markers")} == {False}


def test_words_of_near_marks_stand_one_below_the_other() -> None:
    near = [Published("minimax", 37, "MiniMax: about 37 months"), Published("zhipu", 36, "Zhipu: about 36 months")]
    figure = declines(LINES, [*near, CLAIMS[1]], make_look())
    heights = {note["text"]: note["y"] for note in layout(figure)["annotations"]}

    # the earlier one keeps the first line at 8 % below zero, its neighbour goes 7 % farther down, the far one does not
    assert heights == {"Zhipu: about 36 months": -8, "MiniMax: about 37 months": -15, "over 53 months": -8}
    ends = {mark["x"][0]: mark["y"] for mark in traces(figure, "lines") if mark["line"]["dash"] == "dot"}
    assert ends == {36: [0, -4], 37: [0, -11], 53: [0, -4]}


def test_published_runways_are_marks_with_their_words() -> None:
    figure = declines(LINES, CLAIMS, make_look())
    marks = [line for line in traces(figure, "lines") if line["line"]["dash"] == "dot"]

    assert [mark["x"] for mark in marks] == [[37, 37], [53, 53]]
    assert "MiniMax: about 37 months" in written(figure)
    assert layout(figure)["xaxis"]["range"] == [0, 66.25]  # 53 × 1.25
    assert claims_in(figure) == {"l@x", "b@x", "z@y", "r@x", "r@n"}


def test_published_runways_without_a_line_are_nothing_to_draw() -> None:
    assert written(declines([], CLAIMS, make_look())) == [NOTHING]
