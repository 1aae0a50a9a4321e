"""Lines over period ends and values on a log axis."""

from math import log10

import pytest

from ipo_data.charts.lines import period_lines, step_values
from tests.charts.drawing import (
    MINIMAX,
    NOTHING,
    ZHIPU,
    claims_in,
    frame_of,
    layout,
    make_look,
    point,
    traces,
    written,
)

MARGIN = {"measure": "gross_margin", "unit": "percent"}
MARGINS = frame_of(
    point("minimax", "23.3", "9M2025", **MARGIN),
    point("minimax", "-24.7", "FY2023", **MARGIN),
    point("minimax", "12.2", "FY2024", **MARGIN),
    point("zhipu", "50", "H1-2025", **MARGIN),
    point("third", None, "FY2024", **MARGIN),
)
VALUES = frame_of(
    point("minimax", "4240200000", "2025-08-19", measure="post_money_valuation"),
    point("minimax", "15780000000", "2026-01-12", measure="market_cap"),
    point("zhipu", "3463000000", "2025-05-29", measure="post_money_valuation"),
)


# --- periods ----------------------------------------------------------------------------------------------------------


def test_full_years_are_joined_and_parts_of_a_year_stand_alone() -> None:
    years, parts = traces(period_lines(MARGINS, make_look(), unit="percent"))[:2]

    assert (years["mode"], years["x"], years["y"]) == ("lines+markers", ["2023-12-31", "2024-12-31"], [-24.7, 12.2])
    assert (parts["mode"], parts["x"], parts["y"]) == ("markers", ["2025-09-30"], [23.3])
    assert (years["marker"]["symbol"], parts["marker"]["symbol"]) == ("circle", "circle-open")


def test_a_company_without_values_is_not_drawn() -> None:
    names = {trace["name"] for trace in traces(period_lines(MARGINS, make_look(), unit="percent"))}

    assert names == {"MiniMax", "Zhipu"}


def test_lines_have_the_companys_colour_and_dash() -> None:
    figures = traces(period_lines(MARGINS, make_look(), unit="percent"))

    assert [(t["line"]["color"], t["line"]["dash"]) for t in figures[::2]] == [(MINIMAX, "solid"), (ZHIPU, "dash")]


def test_every_mark_is_labelled_with_period_and_value_and_the_first_of_a_company_with_its_name() -> None:
    figure = period_lines(MARGINS, make_look(), unit="percent")

    assert "MiniMax FY2023<br><b>−24.7%</b>" in written(figure)
    assert "Zhipu H1 2025<br><b>50.0%</b>" in written(figure)
    assert len(written(figure)) == 4
    assert sum(words.startswith(("MiniMax", "Zhipu")) for words in written(figure)) == 2


def test_of_two_near_marks_the_higher_is_labelled_above() -> None:
    near = frame_of(point("minimax", "23.3", "9M2025", **MARGIN), point("zhipu", "50", "H1-2025", **MARGIN))

    notes = {n["text"]: n["yshift"] for n in layout(period_lines(near, make_look(), unit="percent"))["annotations"]}

    # 30 June and 30 September are 92 days apart
    assert notes == {"MiniMax 9M 2025<br><b>23.3%</b>": -24, "Zhipu H1 2025<br><b>50.0%</b>": 24}


def test_words_that_would_stand_on_the_zero_line_stand_beside_their_mark() -> None:
    years = (("minimax", "-24.7", "FY2023"), ("minimax", "12.2", "FY2024"), ("zhipu", "64.6", "FY2023"))
    frame = frame_of(
        *(point(name, value, when, **MARGIN) for name, value, when in (*years, ("zhipu", "56.3", "FY2024")))
    )

    notes = layout(period_lines(frame, make_look(), unit="percent"))["annotations"]
    beside = [note["text"] for note in notes if abs(note["yshift"]) == 9]

    # 12.2 of (64.6 + 24.7) × 1.48 = 132 on 294 px lies 27 px above zero, where the words below it would stand
    assert beside == ["FY2024 <b>12.2%</b>"]


def test_words_of_a_mark_close_above_another_stand_beside_it() -> None:
    years = (("minimax", "10", "12"), ("zhipu", "60", "20"), ("third", "55", "50"))
    frame = frame_of(
        *(point(name, value, when, **MARGIN) for name, *pair in years
          for value, when in zip(pair, ("FY2023", "FY2024"), strict=True))
    )  # fmt: skip

    notes = layout(period_lines(frame, make_look(), unit="percent"))["annotations"]
    beside = {note["text"]: note["yshift"] for note in notes if abs(note["yshift"]) == 9}

    # a range of 0 to 60 + 0.22 × 50 = 71 on 294 px: 20 lies 33 px above 12, 55 lies 186 px above 10;
    # Zhipu's line falls to 20, so its words stand below it
    assert beside == {"FY2024 <b>20.0%</b>": -9}


def test_the_axis_names_its_unit_and_holds_zero() -> None:
    axis = layout(period_lines(MARGINS, make_look(), unit="percent"))["yaxis"]

    assert (axis["ticksuffix"], axis["showticklabels"]) == ("%", True)
    # spread 50 + 24.7 = 74.7: from −24.7 − 0.26 × 74.7 to 50 + 0.22 × 74.7
    assert axis["range"] == pytest.approx([-44.122, 66.434])


def test_an_axis_without_figures_has_no_grid_either() -> None:
    bare = layout(period_lines(MARGINS, make_look(), unit="persons"))["yaxis"]

    assert (bare["showticklabels"], bare["showgrid"]) == (False, False)


def test_words_stand_on_the_side_on_which_their_line_does_not_pass() -> None:
    rising = frame_of(
        *(point("minimax", v, y, **MARGIN) for v, y in (("1", "FY2022"), ("2", "FY2023"), ("3", "FY2024")))
    )
    falling = frame_of(
        *(point("minimax", v, y, **MARGIN) for v, y in (("3", "FY2022"), ("2", "FY2023"), ("1", "FY2024")))
    )
    sides = [
        [note["xanchor"] for note in layout(period_lines(frame, make_look(), unit="percent"))["annotations"]]
        for frame in (rising, falling)
    ]

    # all words are above: a rising line leaves the upper left free, a falling one the upper right
    assert sides == [["right", "right", "center"], ["center", "left", "left"]]


def test_lines_carry_their_claims() -> None:
    assert claims_in(period_lines(MARGINS, make_look(), unit="percent")) == {
        "minimax.revenue.9M2025@doc",
        "minimax.revenue.FY2023@doc",
        "minimax.revenue.FY2024@doc",
        "zhipu.revenue.H1-2025@doc",
    }


@pytest.mark.parametrize("frame", [frame_of(), frame_of(point("zhipu", None, "FY2024"))])
def test_no_value_is_nothing_to_draw(frame) -> None:
    assert written(period_lines(frame, make_look(), unit="percent")) == [NOTHING]
    assert written(step_values(frame, make_look())) == [NOTHING]


# --- values over time -------------------------------------------------------------------------------------------------


def test_values_stand_at_their_day_rounds_open_and_market_values_filled() -> None:
    minimax, zhipu = traces(step_values(VALUES, make_look()))

    assert minimax["x"] == ["2025-08-19", "2026-01-12"]
    assert minimax["y"] == [4_240_200_000.0, 15_780_000_000.0]
    assert minimax["marker"]["symbol"] == ["circle-open", "circle"]
    assert minimax["line"]["shape"] == "hv"
    assert zhipu["marker"]["symbol"] == ["diamond-open"]


def test_a_value_apart_is_a_mark_that_the_line_does_not_pass_through() -> None:
    money = {"measure": "post_money_valuation"}
    frame = frame_of(
        point("minimax", "1600000000", "2023-07-13", dimensions={"round": "a_plus"}, **money),
        point("minimax", "1157000000", "2023-12-14", dimensions={"round": "series_a"}, **money),
        point("minimax", "2554000000", "2025-02-19", dimensions={"round": "pre_b"}, **money),
    )

    line, mark = traces(step_values(frame, make_look(), {("minimax", "round=series_a")}))

    assert (line["y"], line["mode"]) == ([1.6e9, 2.554e9], "lines+markers")
    assert (mark["x"], mark["y"], mark["mode"]) == (["2023-12-14"], [1.157e9], "markers")


def test_the_last_value_of_each_company_is_written_at_its_place() -> None:
    figure = step_values(VALUES, make_look())
    first = layout(figure)["annotations"][0]

    assert written(figure) == ["MiniMax <b>US$15.78bn</b>", "Zhipu <b>US$3.463bn</b>"]
    assert first["x"] == "2026-01-12"
    assert first["y"] == pytest.approx(log10(15_780_000_000))


def test_the_log_axis_is_ticked_in_money() -> None:
    axis = layout(step_values(VALUES, make_look()))["yaxis"]

    assert axis["type"] == "log"
    # from a third of 3.463bn to three times 15.78bn
    assert axis["tickvals"] == [3e9, 1e10, 3e10]
    assert axis["ticktext"] == ["US$3bn", "US$10bn", "US$30bn"]


def test_values_that_a_log_axis_cannot_show_are_left_out() -> None:
    frame = frame_of(point("minimax", "0", "2025-08-19"), point("zhipu", "5000000", "2025-05-29"))

    (only,) = traces(step_values(frame, make_look()))

    assert (only["name"], only["y"]) == ("Zhipu", [5_000_000.0])


def test_hover_names_what_is_valued() -> None:
    assert (
        traces(step_values(VALUES, make_look()))[0]["text"][1] == "MiniMax<br>12 Jan 2026<br>Market value: US$15.78bn"
    )
