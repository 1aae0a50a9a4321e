"""Dumbbells: firms side by side, and owners against voters."""

import pytest

from ipo_data.charts.dumbbells import HolderLine, Measure, Share, economic_to_votes, firms_side_by_side
from tests.charts.drawing import MINIMAX, NOTHING, claims_in, frame_of, layout, make_look, point, traces, written

MEASURES = [Measure("revenue", "As reported", alike=False), Measure("revenue_ltm", "Twelve months", alike=True)]
FIRMS = frame_of(
    point("minimax", "53437000", "9M2025"),
    point("zhipu", "27132600", "H1-2025", state="derived"),
    point("minimax", "64504100", "FY2024", measure="revenue_ltm"),
    point("zhipu", "65128700", "FY2024", measure="revenue_ltm"),
)


# --- firms ------------------------------------------------------------------------------------------------------------


def test_unlike_windows_are_open_and_like_ones_filled() -> None:
    dots = traces(firms_side_by_side(FIRMS, make_look(), MEASURES), "markers")

    assert [(dot["x"], dot["y"], dot["marker"]["symbol"]) for dot in dots] == [
        ([64_504_100.0], [0], "circle"),
        ([65_128_700.0], [0], "diamond"),
        ([53_437_000.0], [1], "circle-open"),
        ([27_132_600.0], [1], "diamond-open"),
    ]


def test_the_firms_of_a_measure_are_joined() -> None:
    joins = traces(firms_side_by_side(FIRMS, make_look(), MEASURES), "lines")

    assert [join["x"] for join in joins] == [[64_504_100.0, 65_128_700.0], [27_132_600.0, 53_437_000.0]]


def test_the_ratio_of_largest_to_smallest_stands_beside() -> None:
    words = written(firms_side_by_side(FIRMS, make_look(), MEASURES))

    assert "<b>1.97×</b>" in words  # 53,437.0 ÷ 27,132.6 = 1.9695
    assert "<b>1.01×</b>" in words  # 65,128.7 ÷ 64,504.1 = 1.0097


def test_every_dot_is_named_with_its_window() -> None:
    words = written(firms_side_by_side(FIRMS, make_look(), MEASURES))

    assert "MiniMax <b>US$53.44m</b> <span style='font-size:11px'>9M 2025</span>" in words
    assert "Zhipu <b>US$27.13m</b> <span style='font-size:11px'>H1 2025</span>" in words


def test_measures_are_named_from_top_to_bottom() -> None:
    assert layout(firms_side_by_side(FIRMS, make_look(), MEASURES))["yaxis"]["ticktext"] == [
        "Twelve months",
        "As reported",
    ]


def test_one_firm_alone_has_no_ratio() -> None:
    alone = frame_of(point("minimax", "53437000", "9M2025"), point("zhipu", None, "H1-2025"))

    words = written(firms_side_by_side(alone, make_look(), MEASURES))

    assert len(words) == 1
    assert "×" not in words[0]


def test_points_of_other_measures_are_not_drawn() -> None:
    others = frame_of(point("minimax", "1", measure="net_loss"))

    assert written(firms_side_by_side(others, make_look(), MEASURES)) == [NOTHING]


def test_three_firms_stand_on_one_line() -> None:
    three = frame_of(point("minimax", "10"), point("zhipu", "20"), point("third", "40"))

    figure = firms_side_by_side(three, make_look(), MEASURES[:1])

    assert len({dot["marker"]["color"] for dot in traces(figure, "markers")}) == 3
    assert "<b>4×</b>" in written(figure)  # 40 ÷ 10


def test_firms_carry_their_claims() -> None:
    assert "zhipu.revenue.H1-2025@doc" in claims_in(firms_side_by_side(FIRMS, make_look(), MEASURES))


def test_no_firm_is_nothing_to_draw() -> None:
    assert written(firms_side_by_side(frame_of(), make_look(), MEASURES)) == [NOTHING]


# --- holders ----------------------------------------------------------------------------------------------------------

FOUNDER = HolderLine("Founder", (Share(22.35, "22.4%", "e@x"),), (Share(59.21, "59.2%", "v@x"),))
FUND = HolderLine("Fund", (Share(15.04, "15.0%", "f@x"), Share(13.66, "13.7%", "f@y")))
NOBODY = HolderLine("Nobody")


def test_a_holder_runs_from_ownership_to_votes() -> None:
    figure = economic_to_votes([FOUNDER], make_look(), MINIMAX)
    (join,), (economic, votes) = traces(figure, "lines"), traces(figure, "markers")

    assert join["x"] == [22.35, 59.21]
    assert (economic["x"], economic["marker"]["symbol"]) == ([22.35], "circle-open")
    assert (votes["x"], votes["marker"]["symbol"]) == ([59.21], "circle")
    assert written(figure) == ["22.4% → 59.2%"]
    assert claims_in(figure) == {"e@x", "v@x"}


def test_rival_stakes_are_joined() -> None:
    figure = economic_to_votes([FUND], make_look(), MINIMAX)

    assert traces(figure, "lines")[0]["x"] == [13.66, 15.04]
    assert written(figure) == ["15.0%"]


def test_holders_stand_from_top_to_bottom_and_nobody_keeps_a_heading() -> None:
    figure = economic_to_votes([FOUNDER, FUND, NOBODY], make_look(), MINIMAX)

    assert layout(figure)["yaxis"]["ticktext"] == ["Nobody", "Fund", "Founder"]
    assert {tuple(dot["y"]) for dot in traces(figure, "markers")} == {(1,), (2,)}


@pytest.mark.parametrize(
    ("holders", "ticks"),
    [
        ([FOUNDER, FUND], [0, 25, 50, 75, 100]),  # votes are known: the whole hundred
        ([FUND], [0, 5, 10, 15, 20, 25]),  # 15.04 in steps of 5
        ([HolderLine("All", votes=(Share(100.0, "100.0%"),))], [0, 25, 50, 75, 100]),
    ],
)
def test_the_axis_shows_the_whole_where_votes_are_known(holders: list[HolderLine], ticks: list[float]) -> None:
    xaxis = layout(economic_to_votes(holders, make_look(), MINIMAX))["xaxis"]

    low, high = xaxis["range"]
    assert low < 0
    assert high > max(value for holder in holders for value in holder.values)
    assert [tick for tick in ticks if tick <= high] == xaxis["tickvals"]


@pytest.mark.parametrize("holders", [[], [NOBODY]])
def test_no_holder_is_nothing_to_draw(holders: list[HolderLine]) -> None:
    assert written(economic_to_votes(holders, make_look(), MINIMAX)) == [NOTHING]
