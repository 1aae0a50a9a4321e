"""Parts on a phone: a bar and a name for each, under the heading of the whole."""

from itertools import pairwise

from ipo_data.charts.narrow import narrowed
from ipo_data.charts.stacks import Bar, Slice, row_stacks
from ipo_data.charts.theme import PHONE, room_of
from tests.charts.drawing import NOTHING, claims_in, layout, make_look, traces, written

PARTS = {"cost": "Cost of sales", "research": "Research: computing to train models", "rest": "all others"}
STACKS = [
    Bar(
        "MiniMax · 9M 2025<br>of all revenue", "minimax",
        (Slice("research", 3.0, "3.00×"), Slice("cost", 1.0, "1.00×", claims="a@x"), Slice("rest", 0.5, "0.50×")),
        "4.50×",
    ),
    Bar("Zhipu · H1 2025", "zhipu", (Slice("cost", 0.2, "0.20×"),)),
]  # fmt: skip
PHONE_LOOK = make_look(narrow=True)


def test_every_part_has_a_bar_from_zero_its_name_and_its_figure() -> None:
    drawn = row_stacks(STACKS, PARTS, PHONE_LOOK)
    bars = traces(drawn, "bar")

    assert [bar["x"] for bar in bars] == [[1.0], [3.0], [0.5], [0.2]]  # in the order of the parts
    names = layout(drawn)["yaxis"]["ticktext"]  # from the bottom
    assert [name.replace("<br>", " ") for name in names] == [
        "Cost of sales", "all others", "Research: computing to train models", "Cost of sales",
    ]  # fmt: skip
    figures = [words for words in written(drawn) if words.endswith("×</b>") and "·" not in words]
    assert figures == ["<b>1.00×</b>", "<b>3.00×</b>", "<b>0.50×</b>", "<b>0.20×</b>"]


def test_each_whole_is_headed_by_its_name_and_its_size() -> None:
    headings = [words for words in written(row_stacks(STACKS, PARTS, PHONE_LOOK)) if "·" in words]

    assert headings[0].startswith("<b>MiniMax · 9M 2025 · 4.50×</b><br>")
    assert headings[1] == "<b>Zhipu · H1 2025</b>"  # nothing is said of a whole that is not given


def test_a_whole_that_is_said_at_a_part_is_not_said_twice() -> None:
    stack = Bar("Zhipu · H1 2025", "zhipu", (Slice("cost", 0.2, "0.20×"), Slice("rest", 1, "1.00×")), "0.20×")

    assert "<b>Zhipu · H1 2025</b>" in written(row_stacks([stack], PARTS, PHONE_LOOK))


def test_headings_and_bars_stand_below_one_another_within_the_chart() -> None:
    drawn = row_stacks(STACKS, PARTS, PHONE_LOOK)
    low, high = layout(drawn)["yaxis"]["range"]
    places = [bar["y"][0] for bar in traces(drawn, "bar")]

    assert low <= min(places) - 6.5
    assert max(places) + 6.5 < high
    assert all(above - below >= 20 for above, below in pairwise(places))
    assert places[2] - places[3] > 40  # the next heading stands between


def test_a_phone_needs_no_legend_and_keeps_claims() -> None:
    drawn, desk = row_stacks(STACKS, PARTS, PHONE_LOOK), row_stacks(STACKS, PARTS, make_look())

    assert room_of(narrowed(drawn, PHONE_LOOK)) == PHONE
    assert not layout(drawn)["showlegend"]
    assert claims_in(drawn) == claims_in(desk)


def test_what_is_left_over_is_paler_and_what_is_not_the_point_an_outline() -> None:
    pale = traces(row_stacks(STACKS, PARTS, PHONE_LOOK, rest="rest"), "bar")[2]
    hollow = traces(row_stacks(STACKS, PARTS, PHONE_LOOK, hollow="rest"), "bar")[2]

    assert pale["marker"]["color"] == "#EEBF99"  # 40 % of #D55E00 on white: 255 − 0.4 × (42, 161, 255)
    assert hollow["marker"]["color"] == "rgba(0,0,0,0)"


def test_a_mark_runs_through_all_rows() -> None:
    drawn = row_stacks(STACKS, PARTS, PHONE_LOOK, mark=(1.0, "revenue = 1×"))
    (line,) = layout(drawn)["shapes"]

    assert (line["x0"], line["x1"]) == (1.0, 1.0)
    assert (line["y0"], line["y1"]) == (0, layout(drawn)["yaxis"]["range"][1])
    assert written(drawn)[-1] == "revenue = 1×"


def test_nothing_to_draw() -> None:
    assert written(row_stacks([Bar("MiniMax", "minimax", ())], PARTS, PHONE_LOOK)) == [NOTHING]
