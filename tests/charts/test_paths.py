"""Paths: points joined by date, figures where the line leaves room."""

from ipo_data.charts.paths import joined_paths
from tests.charts.drawing import NOTHING, claims_in, frame_of, layout, make_look, point, traces, written

FRAME = frame_of(
    point("minimax", "30000000", "FY2024"), point("minimax", "10000000", "FY2023"),
    point("zhipu", "60000000", "FY2024"),
)  # fmt: skip


def test_points_are_joined_in_order_of_their_dates_two_companies_in_one_panel() -> None:
    first, second = traces(joined_paths(FRAME, make_look()))

    assert (first["x"], first["y"]) == (["2023-12-31", "2024-12-31"], [10_000_000.0, 30_000_000.0])
    assert (first["xaxis"], second["xaxis"]) == ("x", "x")
    assert (first["line"]["dash"], second["line"]["dash"]) == ("solid", "dash")


def test_the_figures_of_the_higher_stand_above_and_those_of_the_other_below_and_the_last_are_named() -> None:
    notes = {n["text"]: n["yanchor"] for n in layout(joined_paths(FRAME, make_look()))["annotations"]}

    assert notes == {
        "MiniMax <b>US$30.00m</b>": "top", "<b>US$10.00m</b>": "top", "Zhipu <b>US$60.00m</b>": "bottom"
    }  # fmt: skip


def test_more_than_two_have_panels_of_one_scale_that_holds_zero() -> None:
    drawn = layout(joined_paths(frame_of(*(point(c, "60000000", "FY2024") for c in ("minimax", "zhipu", "third"))),
                                make_look()))  # fmt: skip

    assert drawn["yaxis"]["range"] == drawn["yaxis2"]["range"] == drawn["yaxis3"]["range"]
    low, high = drawn["yaxis"]["range"]
    assert low < 0
    assert high > 60_000_000


def test_figures_stand_to_the_upper_left_and_close_ones_give_way_to_the_later() -> None:
    close = frame_of(
        point("minimax", "30000000", "FY2018"), point("minimax", "30000000", "FY2024"),
        point("minimax", "31000000", "H1-2025"),
    )  # fmt: skip
    notes = [note for note in layout(joined_paths(close, make_look()))["annotations"] if note["xanchor"] == "right"]

    assert [note["text"] for note in notes] == ["MiniMax <b>US$31.00m</b>", "<b>US$30.00m</b>"]
    # half a year of seven and a half takes some 20 of 340 px, a figure 60
    assert [note["x"] for note in notes] == ["2025-06-30", "2018-12-31"]
    assert "<b>US$10.00m</b>" in written(joined_paths(FRAME, make_look()))


def test_the_first_figure_has_room_before_its_point() -> None:
    start, end = layout(joined_paths(FRAME, make_look()))["xaxis"]["range"]

    assert start < "2023-10-01"
    assert end > "2024-12-31"


def test_marks_carry_claims_and_nothing_is_nothing() -> None:
    assert len(claims_in(joined_paths(FRAME, make_look()))) == 3
    assert written(joined_paths(frame_of(point("minimax", None)), make_look())) == [NOTHING]
