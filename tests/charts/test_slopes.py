"""Slopes: shares then and now, words that do not meet."""

from itertools import pairwise

import pytest

from ipo_data.charts.slopes import Panel, Slope, share_slopes
from ipo_data.charts.theme import room_of
from tests.charts.drawing import NOTHING, layout, make_look, traces, written

WINDOWS = ("H1 2025", "H1 2026")
MOVED = Panel(WINDOWS, (Slope("B-end", 0, 30.3, 63.4, "+33.1 pp", "b@x"), Slope("C-end", 1, 69.7, 36.6, "−33.1 pp")))


def test_lines_join_the_two_shares_and_the_second_part_is_dashed() -> None:
    first, second = traces(share_slopes({"minimax": MOVED}, make_look()))

    assert (first["x"], first["y"], first["line"]["dash"]) == ([0, 1], [30.3, 63.4], "solid")
    assert second["line"]["dash"] == "dash"


def test_both_windows_stand_below_and_shares_at_both_ends() -> None:
    figure = share_slopes({"minimax": MOVED}, make_look())

    assert layout(figure)["xaxis"]["ticktext"] == ["H1 2025", "H1 2026"]
    assert "<b>30.3%</b>" in written(figure)
    assert "<b>63.4%</b> B-end<br><span style='font-size:11px'>+33.1 pp</span>" in written(figure)


@pytest.mark.parametrize("ends", [(50.0, 50.0), (50.0, 51.0, 52.0), (0.1, 0.2, 99.7), (25.0, 25.0, 25.0, 25.0)])
def test_words_of_close_shares_stand_apart(ends: tuple[float, ...]) -> None:
    slopes = tuple(Slope(f"Part {n}", n, share, share, "0.0 pp") for n, share in enumerate(ends))
    notes = layout(share_slopes({"minimax": Panel(WINDOWS, slopes)}, make_look()))["annotations"]
    heights = sorted(note["y"] for note in notes if note["x"] == 1)

    # two lines of 15 pixels each, on 240 pixels for 108 points
    assert all(high - low >= 13.4 for low, high in pairwise(heights))


def test_a_firm_without_a_pair_keeps_its_panel_with_the_reason() -> None:
    figure = share_slopes({"minimax": MOVED, "zhipu": Panel(message="no two windows")}, make_look())

    assert "no two windows" in written(figure)
    assert layout(figure)["xaxis2"]["visible"] is False


def test_three_firms_stand_in_two_rows_that_a_desk_has_room_for() -> None:
    three = {"minimax": MOVED, "zhipu": MOVED, "third": MOVED}
    figure = share_slopes(three, make_look())
    drawn = layout(figure)

    assert room_of(figure) == room_of(share_slopes({"minimax": MOVED, "zhipu": MOVED}, make_look()))
    assert drawn["xaxis3"]["domain"] == [0.26, 0.74]  # in the middle, 0.48 wide as those above
    assert drawn["yaxis3"]["domain"][1] < drawn["yaxis"]["domain"][0]


def test_no_slope_at_all_says_why() -> None:
    assert written(share_slopes({"minimax": Panel(message="why"), "zhipu": Panel(message="why")}, make_look())) == [
        "why"
    ]
    assert written(share_slopes({}, make_look())) == [NOTHING]
