"""Charts for narrow windows: the same data, laid out so that nothing has to be moved sideways."""

import pytest

from ipo_data.charts.narrow import narrowed
from ipo_data.charts.spans import time_spans
from ipo_data.charts.tallies import Tally, tally_bars
from ipo_data.charts.theme import PHONE, room_of
from ipo_data.charts.waterfalls import Move, waterfall
from tests.charts.drawing import claims_in, frame_of, layout, make_look, point, traces
from tests.charts.test_every_form import FORMS


@pytest.mark.parametrize("name", sorted(FORMS))
def test_every_form_fits_a_phone(name: str) -> None:
    look = make_look(narrow=True)

    assert room_of(narrowed(FORMS[name](look), look)) <= PHONE


@pytest.mark.parametrize("name", sorted(FORMS))
def test_a_narrow_window_shows_the_same_claims(name: str) -> None:
    look = make_look(narrow=True)

    assert claims_in(narrowed(FORMS[name](look), look)) == claims_in(FORMS[name](make_look()))


def test_what_fits_is_left_as_it_is() -> None:
    look = make_look(narrow=True)
    drawn = FORMS["row_bars"](look)

    assert narrowed(drawn, look) is drawn


def test_panels_stand_one_below_the_other() -> None:
    frame = frame_of(*(point(company, "10", "FY2024") for company in ("minimax", "zhipu")))
    look = make_look(narrow=True)
    abreast = time_spans(frame, look)

    drawn = layout(narrowed(abreast, look))

    # two plots of 308 px (360 − 44 above − 8 below) with 72 px (44 + 28 for dates) between: 688 px, and the margins
    assert drawn["height"] == 740
    assert (drawn["xaxis"]["domain"], drawn["xaxis2"]["domain"]) == ([0, 1], [0, 1])
    assert drawn["yaxis"]["domain"] == pytest.approx([1 - 308 / 688, 1], abs=1e-4)
    assert drawn["yaxis2"]["domain"] == pytest.approx([0, 308 / 688], abs=1e-4)
    assert layout(abreast)["height"] == 360  # the one for a desk is left as it was


def test_words_of_rows_stand_above_their_bars_and_leave_the_width_to_them() -> None:
    moves = [
        Move("Cash and equivalents", "minimax", 10.0, "10", level=True),
        Move("Undrawn bank lines that the company counts", "minimax", 5.0, "+5"),
        Move("With lines", "minimax", 15.0, "15", level=True),
    ]
    look = make_look(narrow=True)

    figure = narrowed(waterfall(moves, look), look)

    drawn = layout(figure)
    above = [note for note in drawn["annotations"] if note.get("name") == "row"]
    assert [(note["text"], note["y"], note["xref"]) for note in above] == [
        ("<b>With lines</b>", 0, "x"),
        ("Undrawn bank lines that the company counts", 1, "x"),
        ("<b>Cash and equivalents</b>", 2, "x"),
    ]
    assert drawn["yaxis"]["visible"] is False
    # a row is 15 px of words, 2 between, 20 of bar and 12 to the next: a bar takes 20/49 of it
    assert [trace["width"][0] for trace in traces(figure, "bar")] == pytest.approx([20 / 49] * 3)
    joints = [y for y in traces(figure, "lines")[0]["y"] if y is not None]
    assert joints == pytest.approx([2 - 10 / 49, 1 + 10 / 49, 1 - 10 / 49, 10 / 49])
    low, high = drawn["xaxis"]["range"]
    assert low <= 0
    assert high > 15  # room for the figure beside the longest bar


def test_a_key_keeps_its_place_above_the_rows() -> None:
    look = make_look(narrow=True)
    tallies = [Tally("Prospectus of the one", {"minimax": 2}, "2", ""), Tally("Of the other", {"zhipu": 1}, "1", "")]

    drawn = layout(narrowed(tally_bars(tallies, look), look))

    assert drawn["showlegend"] is True
    assert drawn["legend"]["orientation"] == "h"
    # two rows of 15 px of words, 2 between, 20 of bar and 12 to the next, and a fifth of one below them: 108 px;
    # two names abreast, 19 + 12; margins 32 + 8
    assert drawn["height"] == 108 + 31 + 40
