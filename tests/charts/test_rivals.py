"""Dot strips: one mark per document with its whisker."""

from math import inf

import pytest

from ipo_data.charts.rivals import Mark, Strip, rival_strips
from tests.charts.drawing import claims_in, layout, make_look, traces, written

RUNWAY = Strip(
    "MiniMax · Runway — in conflict",
    (
        Mark(37, 36.5, 37.5, "37 months  Finet", True, "minimax", "r@finet"),
        Mark(53, 53, inf, "over 53 months  ACN", False, "minimax", "r@acn"),
    ),
)
STAKE = Strip("Zhipu · Stake", (Mark(4.27, 4.265, 4.275, "4.27%", False, "zhipu", "s@x"),))


def test_each_document_has_a_dot_filled_if_it_is_the_headline() -> None:
    dots = traces(rival_strips([RUNWAY], make_look()), "markers")

    # marks stand from top to bottom: the last one lowest
    assert [(dot["x"], dot["y"], dot["marker"]["symbol"]) for dot in dots] == [
        ([53], [0], "circle-open"),
        ([37], [1], "circle"),
    ]


def test_whiskers_show_what_the_digits_allow_and_are_dotted_where_cut_off() -> None:
    cut, whole = traces(rival_strips([RUNWAY], make_look()), "lines")

    assert (whole["x"], whole["line"]["dash"]) == ([36.5, 37.5], "solid")
    # open above: cut at 53 + 0.12 × (53 − 37)
    assert (cut["x"], cut["line"]["dash"]) == ([53, pytest.approx(54.92)], "dot")


def test_each_strip_has_its_own_scale() -> None:
    drawn = layout(rival_strips([RUNWAY, STAKE], make_look()))

    assert drawn["xaxis"]["range"] == pytest.approx([34.6, 114.6])  # 37 − 0.15 × 16; 34.6 + 1.35 × 16 / 0.27
    assert drawn["xaxis2"]["range"] == pytest.approx([3.6295, 24.9795])  # one value: span 4.27
    assert drawn["yaxis"]["range"] == [-0.6, 1.6]


def test_headings_stand_to_the_left_of_the_strips_which_share_the_height_by_their_marks() -> None:
    drawn = layout(rival_strips([RUNWAY, STAKE], make_look()))

    # 2 × 24 + 14 = 62 and 24 + 14 = 38 of 100 pixels, each less 7 above and below
    assert drawn["yaxis"]["domain"] == pytest.approx([0.45, 0.93])
    assert drawn["yaxis2"]["domain"] == pytest.approx([0.07, 0.31])
    assert drawn["height"] == 116
    assert drawn["xaxis"]["domain"] == [0.34, 1]
    assert [(rule["y0"], rule["x1"]) for rule in drawn["shapes"]] == [(pytest.approx(0.38), 1)]


def test_in_a_narrow_window_headings_stand_above_the_strips() -> None:
    drawn = layout(rival_strips([RUNWAY, STAKE], make_look(narrow=True)))

    # 28 + 8 + 2 × 24 = 84 and 28 + 8 + 24 = 60 of 144 pixels, each less 28 for its heading
    assert drawn["yaxis"]["domain"] == pytest.approx([0.4167, 0.8056], abs=1e-4)
    assert drawn["yaxis2"]["domain"] == pytest.approx([0.0, 0.2222], abs=1e-4)
    assert drawn["height"] == 160
    assert drawn["xaxis"]["domain"] == [0, 1]


def test_long_headings_and_words_are_broken_so_that_they_fit_a_phone() -> None:
    heading = "MiniMax · Economic interest · Alisoft China (Alibaba) · before the offering — judged"
    long = Mark(13.66, 13.655, 13.665, "13.66% MiniMax prospectus (31 Dec 2025)", True, "minimax", "a@x")
    figure = rival_strips([Strip(heading, (long,))], make_look(narrow=True))

    assert [words.count("<br>") for words in written(figure)] == [1, 1]
    assert [words.count("<br>") for words in written(rival_strips([Strip(heading, (long,))], make_look()))] == [2, 0]
    # 12 + 2 × 16 for the heading, 8, and 9 + 2 × 15 for the mark; 16 for the margins
    assert layout(figure)["height"] == 44 + 8 + 39 + 16


def test_every_mark_is_written_with_its_document() -> None:
    assert written(rival_strips([RUNWAY], make_look())) == [
        "<b>MiniMax · Runway — in conflict</b>",
        "over 53 months  ACN",
        "37 months  Finet",
    ]


def test_marks_carry_their_claim() -> None:
    assert claims_in(rival_strips([RUNWAY, STAKE], make_look())) == {"r@finet", "r@acn", "s@x"}


def test_no_strip_says_that_nobody_contradicts() -> None:
    assert written(rival_strips([], make_look())) == ["No document contradicts another in this evidence"]
