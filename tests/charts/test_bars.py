"""Bars and dots in rows."""

from math import log10

import pytest

from ipo_data.charts.bars import Row, row_bars, row_dots
from tests.charts.drawing import MINIMAX, NOTHING, ZHIPU, claims_in, layout, make_look, traces, written

GROWTH = [
    Row("MiniMax · 9M 2025", "minimax", 174.7, "+174.7%", claims="a@x b@y"),
    Row("Zhipu · H1 2025", "zhipu", 325.0, "+325%", state="derived", claims="c@z"),
    Row("Third", "third", None, "not disclosed in these sources", state="not_disclosed"),
]
DEMAND = [
    Row("MiniMax · public", "minimax", 1_837.0, "1,837×", claims="p@x"),
    Row("MiniMax · international", "minimax", 37.0, "37×", "conflict", "NetEase", "i@n"),
    Row("MiniMax · international", "minimax", 79.0, "79×", "conflict", "New Express", "i@e"),
]


# --- bars -------------------------------------------------------------------------------------------------------------


def test_bars_start_at_zero_and_have_their_value() -> None:
    first, second = traces(row_bars(GROWTH, make_look()), "bar")

    # drawn from the bottom: the last row with a value comes first
    assert (first["x"], first["y"]) == ([325.0], [1])
    assert (second["x"], second["y"]) == ([174.7], [2])
    assert "base" not in first


def test_bars_are_labelled_with_their_figure_and_their_row() -> None:
    figure = row_bars(GROWTH, make_look())

    assert written(figure) == ["not disclosed in these sources", "<b>+325%</b>", "<b>+174.7%</b>"]
    assert layout(figure)["yaxis"]["ticktext"] == ["Third", "Zhipu · H1 2025", "MiniMax · 9M 2025"]
    assert layout(figure)["yaxis"]["tickvals"] == [0, 1, 2]


def test_in_a_narrow_window_long_labels_stand_above_their_bars_and_beside_the_zero_line() -> None:
    rows = [Row("MiniMax · Gross proceeds · with over-allotment", "minimax", 5.5, "HK$5.5bn"), GROWTH[2]]

    figure = row_bars(rows, make_look(narrow=True))
    above = [note for note in layout(figure)["annotations"] if note.get("name") == "row"]

    assert layout(figure)["yaxis"]["showticklabels"] is False
    assert [(note["text"], note["y"]) for note in above] == [(rows[0].label, 1), ("Third", 0)]
    assert {(note["x"], note["xref"], note["xshift"]) for note in above} == {(0, "x", 5)}


def test_words_above_bars_cover_a_zero_line_that_runs_through_them() -> None:
    rows = [Row("MiniMax · Gross proceeds · with over-allotment", "minimax", -155.0, "−HK$155bn"), GROWTH[1]]

    figure = row_bars(rows, make_look(narrow=True))
    above = [note for note in layout(figure)["annotations"] if note.get("name") == "row"]

    assert {(note["x"], note["xref"], note["bgcolor"]) for note in above} == {(0, "paper", "#FFFFFF")}


def test_the_rows_of_a_company_stand_under_its_name() -> None:
    rows = [
        Row("MiniMax · FY2024", "minimax", 8.0, "8.00×"), Row("MiniMax · H1 2026", "minimax", 2.51, "2.51×"),
        Row("Zhipu · FY2024", "zhipu", 7.89, "7.89×"), Row("Zhipu · H1 2026", "zhipu", None, "not available"),
    ]  # fmt: skip

    figure = row_bars(rows, make_look())
    axis = layout(figure)["yaxis"]

    assert axis["ticktext"][::-1] == ["<b>MiniMax</b>", "FY2024", "H1 2026", "<b>Zhipu</b>", "FY2024", "H1 2026"]
    # four rows of 30 px and two names of 26: from the bottom 0, 1, a name, 2 + 26/30 and one more
    assert [bar["y"][0] for bar in traces(figure, "bar")] == pytest.approx([1, 2 + 26 / 30, 3 + 26 / 30])
    assert layout(figure)["height"] == 4 * 30 + 2 * 26 + 20
    assert "MiniMax · FY2024" in traces(figure, "bar")[-1]["hovertemplate"]


@pytest.mark.parametrize("count", [2, 3])
def test_one_row_each_or_rows_that_are_not_in_one_piece_keep_the_name(count: int) -> None:
    rows = [
        Row("MiniMax · a", "minimax", 1.0, "1"), Row("Zhipu · b", "zhipu", 2.0, "2"),
        Row("MiniMax · c", "minimax", 3.0, "3"),
    ][:count]  # fmt: skip

    assert layout(row_bars(rows, make_look()))["yaxis"]["ticktext"][::-1] == [row.label for row in rows]


def test_bars_carry_their_claims_and_state() -> None:
    figure = row_bars(GROWTH, make_look())

    assert claims_in(figure) == {"a@x", "b@y", "c@z"}
    assert "derived" in traces(figure)[0]["hovertemplate"]


def test_a_derived_bar_is_outlined_and_a_reported_one_is_filled_with_the_companys_pattern() -> None:
    derived, reported = traces(row_bars([GROWTH[0], GROWTH[1]], make_look()), "bar")
    (zhipu,) = traces(row_bars([Row("Zhipu", "zhipu", 1.0, "1")], make_look()), "bar")

    assert derived["marker"]["color"] == "rgba(0,0,0,0)"
    assert derived["marker"]["line"]["color"] == ZHIPU
    assert derived["marker"]["pattern"]["shape"] == ""
    assert reported["marker"]["color"] == MINIMAX
    assert reported["marker"]["pattern"]["shape"] == ""
    assert zhipu["marker"]["pattern"]["shape"] == "/"


@pytest.mark.parametrize("values", [[100.0, 50.0], [-24.7, 12.2], [-24.7, -10.0], [0.0], [3.0, 0.0, -400.0]])
def test_the_axis_holds_zero_and_leaves_room_for_words_on_a_phone(values: list[float]) -> None:
    rows = [Row(str(value), "minimax", value, "HK$4.8176bn") for value in values]

    low, high = layout(row_bars(rows, make_look(narrow=True)))["xaxis"]["range"]

    assert low <= min([0.0, *values])
    # a phone has 340 px: 24 for the margins, some 30 for the short labels; the figure takes some 80 and 6 before it
    assert all((high - max(value, 0.0)) / (high - low) * (340 - 24 - 20) >= 80 for value in values)


def test_rows_without_any_value_are_words() -> None:
    figure = row_bars([GROWTH[2]], make_look())

    assert traces(figure) == []
    assert written(figure) == ["not disclosed in these sources"]
    low, high = layout(figure)["xaxis"]["range"]
    assert low == 0.0 < high


def test_no_rows_are_nothing_to_draw() -> None:
    assert written(row_bars([], make_look())) == [NOTHING]


def test_what_is_not_the_companys_own_is_grey() -> None:
    beside, own = traces(row_bars([GROWTH[0], Row("A peer", "zhipu", 7.0, "7%", other=True)], make_look()), "bar")

    assert own["marker"]["color"] == MINIMAX
    assert beside["marker"]["color"] == beside["marker"]["line"]["color"] == "#8C959F"
    assert beside["marker"]["pattern"]["shape"] == ""


# --- dots -------------------------------------------------------------------------------------------------------------


def test_rivals_share_a_line_and_are_joined_and_open() -> None:
    figure = row_dots(DEMAND, make_look())
    (join,) = traces(figure, "lines")
    dots = traces(figure, "markers")

    assert (join["x"], join["y"]) == ([37.0, 79.0], [0, 0])
    assert [(dot["x"], dot["y"]) for dot in dots] == [([1_837.0], [1]), ([37.0], [0]), ([79.0], [0])]
    assert [dot["marker"]["symbol"] for dot in dots] == ["circle", "circle-open", "circle-open"]
    words = ["<b>MiniMax</b>", "public", "international · 37×: NetEase · 79×: New Express"]
    assert layout(figure)["yaxis"]["ticktext"][::-1] == words


def test_every_dot_has_its_words_beside_it_at_its_place_on_the_log_axis() -> None:
    figure = row_dots(DEMAND, make_look())
    notes = layout(figure)["annotations"]

    assert layout(figure)["xaxis"]["type"] == "log"
    assert notes[1]["text"] == "<b>37×</b>"
    assert notes[1]["x"] == pytest.approx(log10(37))
    # the lowest of two rivals is written to the left, the other to the right
    assert (notes[1]["xanchor"], notes[2]["xanchor"]) == ("right", "left")


def test_dots_carry_their_claims() -> None:
    assert claims_in(row_dots(DEMAND, make_look())) == {"p@x", "i@n", "i@e"}


def test_a_row_a_log_axis_cannot_show_is_words() -> None:
    rows = [DEMAND[0], Row("Zhipu", "zhipu", 0.0, "0×"), Row("Third", "third", None, "not available")]

    figure = row_dots(rows, make_look())

    assert len(traces(figure, "markers")) == 1
    assert written(figure) == ["0×", "not available", "<b>1,837×</b>"]
    assert layout(figure)["yaxis"]["ticktext"] == ["Third", "Zhipu", "MiniMax · public"]


def test_a_linear_axis_shows_zero_and_negative_values() -> None:
    rows = [Row("MiniMax", "minimax", 0.0, "0"), Row("Zhipu", "zhipu", -5.0, "−5")]

    figure = row_dots(rows, make_look(), log=False)

    assert [dot["x"] for dot in traces(figure, "markers")] == [[0.0], [-5.0]]
    assert "type" not in layout(figure)["xaxis"]
    low, high = layout(figure)["xaxis"]["range"]
    assert low < -5 < 0 < high


def test_a_marked_value_is_a_line_through_all_rows_with_its_words_above() -> None:
    bare, figure = (layout(row_dots(DEMAND, make_look(), mark=mark)) for mark in (None, (100.0, "a hundred times")))
    words = figure["annotations"][-1]

    # on a log axis a line is placed by its value and words by its logarithm
    assert (figure["shapes"][-1]["x0"], figure["shapes"][-1]["x1"]) == (100.0, 100.0)
    assert (words["text"], words["x"]) == ("a hundred times", 2.0)
    assert figure["height"] == bare["height"] + 18


@pytest.mark.parametrize("rows", [[], [Row("Zhipu", "zhipu", None, "not available")], [Row("Z", "zhipu", 0.0, "0")]])
def test_no_dot_is_nothing_to_draw(rows: list[Row]) -> None:
    assert written(row_dots(rows, make_look())) == [NOTHING]


def test_height_grows_with_the_rows() -> None:
    short = [Row(name, "minimax", 1.0, "1") for name in ("a", "b", "c")]

    # labels stand beside the marks: 30 px a row, or 15 a line and 10 between; in a narrow window long ones stand above:
    # 15 a line + 2 + 20 for the mark + 12 between
    assert layout(row_bars(short, make_look()))["height"] == 3 * 30 + 20
    assert layout(row_bars(short, make_look(), height_per_row=40))["height"] == 3 * 40 + 20
    # and 26 for the company's name above them
    assert layout(row_dots(DEMAND, make_look()))["height"] == 2 * 30 + 26 + 20
    assert layout(row_dots(DEMAND, make_look(narrow=True)))["height"] == 2 * (15 + 34) + 26 + 20
