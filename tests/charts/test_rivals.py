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

    assert drawn["xaxis"]["range"] == pytest.approx([34.6, 78.6])  # 37 − 0.15 × 16; 53 + 1.6 × 16
    assert drawn["xaxis2"]["range"] == pytest.approx([3.6295, 11.102])  # one value: span 4.27
    assert drawn["yaxis"]["range"] == [-0.6, 1.6]


def test_strips_share_the_height_by_their_marks() -> None:
    drawn = layout(rival_strips([RUNWAY, STAKE], make_look()))

    # 34 + 2 × 24 = 82 and 34 + 24 = 58 of 140 pixels, each less 28 for its heading
    assert drawn["yaxis"]["domain"] == pytest.approx([0.4143, 0.8], abs=1e-4)
    assert drawn["yaxis2"]["domain"] == pytest.approx([0.0, 0.2143], abs=1e-4)
    assert drawn["height"] == 156


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
