"""Words beside the points of a chart in PowerPoint."""

from ipo_data.export.packs.label_places import label_places

FRAME = (0.0, 100.0, 0.0, 100.0)
SIZE = (1_000.0, 1_000.0)
"""Ten points of the printer for every unit."""


def test_words_stand_above_where_nothing_is_in_the_way() -> None:
    assert label_places([[(50, 50, "5%")]], [True], FRAME, SIZE) == ["above"]


def test_two_points_above_each_other_keep_their_words_apart() -> None:
    lines = [[(50, 50, "26.4%")], [(50, 48, "25.4%")]]
    above, below = label_places(lines, [False, False], FRAME, SIZE)
    assert (above, below) == ("above", "below")


def test_words_go_to_the_other_side_at_the_edges() -> None:
    assert label_places([[(50, 100, "top")]], [False], FRAME, SIZE) == ["below"]
    assert label_places([[(0, 50, "a long label at the left")]], [False], FRAME, SIZE) == ["right"]
    assert label_places([[(100, 50, "a long label at the right")]], [False], FRAME, SIZE) == ["left"]


def test_words_keep_off_a_steep_line() -> None:
    line = [(50, 0, ""), (50, 100, "")]
    assert label_places([line, [(50, 50, "5%")]], [True, False], FRAME, SIZE)[2] == "right"


def test_points_without_words_have_a_place_all_the_same() -> None:
    assert label_places([[(1, 1, ""), (2, 2, "")]], [True], FRAME, SIZE) == ["above", "above"]
