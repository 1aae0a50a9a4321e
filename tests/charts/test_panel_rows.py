"""Rows of panels: two abreast on a desk, whatever the number of companies."""

import pytest

from ipo_data.charts.mosaics import Column, Part, share_columns
from ipo_data.charts.narrow import narrowed
from ipo_data.charts.panel_rows import columns, in_rows
from ipo_data.charts.paths import joined_paths
from ipo_data.charts.spans import time_spans
from ipo_data.charts.theme import panels
from tests.charts.drawing import claims_in, frame_of, layout, make_look, point, written

THREE = frame_of(*(point(company, "12000000", "FY2024") for company in ("minimax", "zhipu", "third")))
SPLIT = {company: [Column("FY2024", "US$12m", (Part("C-end", 100.0, "", 0, "reported", ""),))]
         for company in ("minimax", "zhipu", "third")}  # fmt: skip


def test_two_panels_stand_abreast_and_a_narrow_window_stacks_them_itself() -> None:
    assert [columns(make_look(), count) for count in (1, 2, 3, 5)] == [1, 2, 2, 2]
    assert columns(make_look(narrow=True), 3) == 3


def test_the_next_row_has_the_places_of_the_first() -> None:
    # (1 − 0.12) ÷ 2 = 0.44
    assert panels(4, abreast=2) == [[0.0, 0.44], [0.56, 1.0]] * 2
    assert panels(2, abreast=2) == panels(2)
    assert panels(1, abreast=2) == [[0.0, 1.0]]


def test_a_last_row_that_is_not_full_stands_in_the_middle() -> None:
    # 0.28 = (1 − 0.44) ÷ 2
    assert panels(3, abreast=2) == [[0.0, 0.44], [0.56, 1.0], [0.28, 0.72]]
    # three abreast: (1 − 0.24) ÷ 3 = 0.2533; the two below begin half a place, (0.2533 + 0.12) ÷ 2, from the left
    assert panels(5, abreast=3)[3:] == [[0.1867, 0.44], [0.56, 0.8133]]


def test_a_third_company_stands_below_as_high_as_the_others() -> None:
    drawn = layout(time_spans(THREE, make_look()))

    # two plots of 308 px (360 − 44 above − 8 below) with 78 px (44 above + 34 of dates) between: 694, and the margins
    assert drawn["height"] == 694 + 52
    assert drawn["xaxis"]["domain"] == [0.0, 0.44]
    assert drawn["xaxis3"]["domain"] == [0.28, 0.72]
    assert drawn["yaxis"]["domain"] == drawn["yaxis2"]["domain"] == pytest.approx([1 - 308 / 694, 1], abs=1e-4)
    assert drawn["yaxis3"]["domain"] == pytest.approx([0, 308 / 694], abs=1e-4)


def test_two_companies_are_drawn_as_before() -> None:
    two = time_spans(THREE[THREE["company"] != "third"], make_look())

    assert in_rows(two, 2) is two
    assert layout(two)["height"] == 360
    assert "domain" not in layout(two)["yaxis"]


def test_every_row_of_columns_begins_with_a_scale() -> None:
    drawn = layout(share_columns(SPLIT, make_look(), {}))

    assert [drawn[f"yaxis{number}"]["visible"] for number in ("", "2", "3")] == [True, False, True]


def test_paths_of_three_companies_are_wide_enough_for_their_figures() -> None:
    drawn = layout(joined_paths(THREE, make_look()))

    assert drawn["xaxis3"]["domain"] == [0.28, 0.72]
    assert drawn["yaxis3"]["range"] == drawn["yaxis"]["range"]


def test_a_narrow_window_shows_all_three_one_below_the_other() -> None:
    look = make_look(narrow=True)
    narrow = narrowed(time_spans(THREE, look), look)
    tops = [layout(narrow)[f"yaxis{number}"]["domain"][1] for number in ("", "2", "3")]

    assert tops == sorted(tops, reverse=True)
    assert len(set(tops)) == 3
    assert claims_in(narrow) == claims_in(time_spans(THREE, make_look()))
    assert written(narrow) == ["<b>MiniMax</b>", "<b>Zhipu</b>", "<b>Third</b>"]
