"""Charts for documents and slides, whose width is known: the same data, laid out lower."""

import pytest

from ipo_data.charts.bars import Row, row_bars, row_dots
from ipo_data.charts.rivals import Mark, Strip, rival_strips
from ipo_data.charts.wide import has_strips, in_columns, widened, wrapped_again
from tests.charts.drawing import claims_in, layout, make_look
from tests.charts.test_every_form import FORMS

LONG = "with words too long to stand to the left of a mark on a phone"


@pytest.mark.parametrize("name", sorted(FORMS))
def test_every_form_shows_the_same_claims(name: str) -> None:
    drawn = FORMS[name](make_look())

    assert claims_in(widened(drawn, 640)) == claims_in(drawn)


def test_words_of_rows_stand_beside_their_marks() -> None:
    rows = [Row(f"{number} {LONG}", "minimax", value, f"{value}") for number, value in enumerate((1.0, 100.0))]
    drawn = row_dots(rows, make_look(narrow=True))

    wide = layout(widened(drawn, 960))

    # one line of 15 px and 7 px between rows are less than the least of 24 px; margins of 8 and 12
    assert wide["height"] == 2 * 24 + 8 + 12 < layout(drawn)["height"]
    assert wide["yaxis"]["ticktext"] == [row.label for row in rows]
    assert wide["yaxis"]["tickvals"] == [1, 0]
    assert not any(note.get("name") == "row" for note in wide["annotations"])
    low, high = wide["xaxis"]["range"]
    assert (low < 0.0, high > 2.0) == (True, True)  # log10 of 1 and 100, and room beside
    assert layout(drawn)["xaxis"]["range"] != wide["xaxis"]["range"]


def test_bars_begin_at_zero_and_are_as_thick_as_before() -> None:
    drawn = row_bars(
        [Row(f"A {LONG}", "minimax", 5.0, "5"), Row(f"B {LONG}", "zhipu", -1.0, "−1")], make_look(narrow=True)
    )

    wide = widened(drawn, 960)

    low, high = layout(wide)["xaxis"]["range"]
    assert (low < -1.0, high > 5.0) == (True, True)
    assert [trace["width"][0] * 24 for trace in wide.data] == [15, 15]  # pixels of rows of 24


def test_what_stands_beside_its_marks_already_is_left_as_it_is() -> None:
    drawn = row_bars([Row("A", "minimax", 5.0, "5")], make_look())

    assert widened(drawn, 640) is drawn


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("MiniMax · International offering · with the size<br>adjustment", "size adjustment"),
        ("Short<br>36.76×: the announcement", "Short<br>36.76×: the"),
        ("智谱的国际发售以及公开发售以及基石投资者以及其他所有投资者<br>合计", "投资者合计"),
    ],
)
def test_lines_are_joined_only_where_a_phone_broke_them(text: str, found: str) -> None:
    assert found in wrapped_again(text, 1_000)


def test_strips_stand_in_columns_in_order() -> None:
    marks = tuple(Mark(v, v - 0.5, v + 0.5, f"{v}", v == 1, "minimax", f"c{v}") for v in (1.0, 2.0))
    strips = [Strip(f"Figure {number}", marks) for number in range(7)]
    drawn = rival_strips(strips, make_look(narrow=True))

    wide = in_columns(drawn, 2)

    assert has_strips(drawn)
    assert not has_strips(rival_strips(strips[:2], make_look()))
    assert claims_in(wide) == claims_in(drawn)
    parts = layout(wide)
    lefts = [parts[f"xaxis{n or ''}"]["domain"][0] for n in (0, 2, 3, 4, 5, 6, 7)]
    assert lefts == [0, 0, 0, 0, 0.515, 0.515, 0.515]  # four and three strips, 3% apart
    assert {note["x"] for note in parts["annotations"] if note.get("xref") == "paper"} == {0, 0.515}
    tops = [parts[f"yaxis{n or ''}"]["domain"][1] for n in (0, 2, 3, 4)]
    assert tops == sorted(tops, reverse=True)
    assert parts["yaxis"]["domain"][1] == parts["yaxis5"]["domain"][1] < 1  # headings stand above
    assert parts["yaxis4"]["domain"][0] == 0
    assert parts["height"] < 0.6 * layout(drawn)["height"]
