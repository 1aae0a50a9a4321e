"""Deviations: the stated figure at zero, the computed one beside it."""

from math import inf

import pytest

from ipo_data.charts.deviations import Deviation, Group, deviation_rows, placed
from ipo_data.charts.narrow import narrowed
from tests.charts.drawing import claims_in, layout, make_look, traces, written

CAGR = Deviation("Zhipu · CAGR", "zhipu", (-0.5, 0.5), (3.2, 3.4), 3.3, "130% → 133.3%", "why", "a@x b@x")
OVER = Deviation("MiniMax · Runway", "minimax", (0.0, inf), (-30.0, -29.0), -29.5, "over 53 → 37.2", "", "c@x")
CLOSE = Deviation("MiniMax · Share", "minimax", (-0.05, 0.05), (0.0, 0.0), 0.0, "70% → 70.0%", "", "d@x")
GROUPS = [Group("in conflict · 1", True, (CAGR,)), Group("explained · 2", False, (OVER, CLOSE))]


def test_groups_stand_from_top_to_bottom_with_their_headings() -> None:
    figure = deviation_rows(GROUPS, make_look())

    assert layout(figure)["yaxis"]["ticktext"] == ["Zhipu · CAGR", "MiniMax · Runway", "MiniMax · Share"]
    assert layout(figure)["yaxis"]["tickvals"] == [3, 1, 0]  # the headings take 4 and 2
    assert written(figure)[:2] == ["<b>in conflict · 1</b>", "<b>explained · 2</b>"]
    assert "130% → 133.3%" in written(figure)


def test_on_a_phone_the_first_heading_stands_inside_the_chart_too() -> None:
    look = make_look(narrow=True)
    drawn = layout(narrowed(deviation_rows(GROUPS, look), look))

    heights = [note["y"] for note in drawn["annotations"] if note["text"].startswith("<b>")]
    assert heights == [4, 2]
    assert drawn["yaxis"]["range"][1] > 4


def test_the_scale_widens_around_zero_and_keeps_the_sign() -> None:
    assert placed(0) == 0
    assert placed(-3) == -placed(3)
    # asinh(1 ÷ 0.1) = 2.998; ten times as far is one step of ln 10 = 2.303 further: asinh(100) = 5.298
    assert (placed(1), placed(10)) == (pytest.approx(2.998, abs=1e-3), pytest.approx(5.298, abs=1e-3))


def test_every_company_has_one_trace_of_computed_figures_with_their_range() -> None:
    zhipu, minimax = sorted(traces(deviation_rows(GROUPS, make_look()), "markers"), key=lambda dot: len(dot["x"]))

    assert zhipu["x"] == [placed(3.3)]
    assert zhipu["error_x"]["array"] == [pytest.approx(placed(3.4) - placed(3.3))]
    assert zhipu["error_x"]["arrayminus"] == [pytest.approx(placed(3.3) - placed(3.2))]
    assert minimax["y"] == [1, 0]


def test_only_conflicts_are_joined_to_the_stated_figure() -> None:
    _, joined = traces(deviation_rows(GROUPS, make_look()), "lines")

    assert joined["x"] == [0.0, placed(3.3), None]
    assert joined["line"]["dash"] == "dot"


def test_an_open_figure_reaches_the_edge() -> None:
    figure = deviation_rows(GROUPS, make_look())
    bands = traces(figure, "lines")[0]

    assert max(x for x in bands["x"] if x is not None) == layout(figure)["xaxis"]["range"][1]
    assert inf not in bands["x"]


def test_marks_carry_their_claims() -> None:
    assert claims_in(deviation_rows(GROUPS, make_look())) == {"a@x", "b@x", "c@x", "d@x"}


def test_nothing_to_draw_says_so() -> None:
    assert written(deviation_rows([], make_look())) == ["Nothing to draw: these sources do not hold the figures for it"]
