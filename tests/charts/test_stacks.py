"""Stacked bars: parts end to end, and the whole."""

from ipo_data.charts.stacks import Bar, Slice, row_stacks
from tests.charts.drawing import NOTHING, layout, make_look, traces, written

PARTS = {"cost": "Cost of sales", "research": "Research", "marketing": "Marketing"}
STACKS = [
    Bar("MiniMax", "minimax", (Slice("research", 3.0, "3.00×"), Slice("cost", 1.0, "1.00×", claims="a@x")), "4.00×"),
    Bar("Zhipu", "zhipu", (Slice("cost", 0.2, "0.20×"),), "0.20×"),
]


def test_parts_stand_end_to_end_in_the_order_of_the_legend():
    bars = [b for b in traces(row_stacks(STACKS, PARTS, make_look()), "bar") if b["x"] != [None]]
    # cost before research whatever the row's order: 0 to 1, 1 to 4; the second row below
    assert [(b["base"][0], b["x"][0], b["y"][0]) for b in bars] == [(0, 0.2, 0), (0, 1, 1), (1, 3, 1)]


def test_parts_without_room_for_their_names_are_named_below_their_bar():
    figure = row_stacks(STACKS, PARTS, make_look())
    below, *_ = layout(figure)["annotations"]
    # Zhipu's 0.2 is a twentieth of the longest bar; research and cost are named inside MiniMax's
    assert (below["text"], below["x"], below["xanchor"]) == ("Cost of sales 0.20×", 0.0, "left")
    assert below["y"] == -0.31  # the lower edge of the bar in the lowest row, half of 0.62
    assert not layout(figure)["showlegend"]


def test_names_of_small_parts_at_the_right_end_with_the_last_of_them():
    small = (Slice("cost", 9.0, "9.00×"), Slice("research", 0.3, "0.30×"), Slice("marketing", 0.2, "0.20×"))
    (below,) = (
        note for note in layout(row_stacks([Bar("MiniMax", "minimax", small)], PARTS, make_look()))["annotations"]
        if "Research" in note["text"]
    )  # fmt: skip
    assert (below["text"], below["xanchor"]) == ("Research 0.30× · Marketing 0.20×", "right")
    assert abs(below["x"] - 9.5) < 1e-9  # 9.0 + 0.3 + 0.2


def test_the_whole_stands_at_the_end_and_small_parts_are_not_worded():
    figure = row_stacks(STACKS, PARTS, make_look())
    assert written(figure) == ["Cost of sales 0.20×", "<b>0.20×</b>", "<b>4.00×</b>"]
    words = [b["text"][0] for b in traces(figure, "bar")]
    named = "<span style='font-size:11px'>{}</span><br><b>{}</b>".format
    # 0.2 is a twentieth of the longest bar
    assert words == ["", named("Cost of sales", "1.00×"), named("Research", "3.00×")]


def test_what_is_left_over_is_pale():
    bars = traces(row_stacks(STACKS, PARTS, make_look(), rest="cost"), "bar")
    (cost,) = {b["marker"]["color"] for b in bars if b["x"] == [0.2]}
    assert cost == "#D6E8F3"  # 16 % of #0072B2 on white: 255 − 0.16 × (255, 141, 77)


def test_a_mark_runs_through_all_rows():
    figure = row_stacks(STACKS, PARTS, make_look(), mark=(1.0, "revenue = 1×"))
    assert [(s["x0"], s["x1"]) for s in layout(figure)["shapes"]] == [(1.0, 1.0)]
    assert written(figure)[-1] == "revenue = 1×"


def test_nothing_to_draw():
    assert written(row_stacks([Bar("MiniMax", "minimax", ())], PARTS, make_look())) == [NOTHING]


def test_a_hollow_part_is_an_outline() -> None:
    figure = row_stacks(STACKS, PARTS, make_look(), hollow="research")
    fills = [b["marker"]["color"] for b in traces(figure, "bar") if b["x"] != [None]]
    assert [fill == "rgba(0,0,0,0)" for fill in fills] == [False, False, True]
