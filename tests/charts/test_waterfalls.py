"""Waterfalls: where bars begin and end."""

from ipo_data.charts.waterfalls import Move, waterfall
from tests.charts.drawing import NOTHING, layout, make_look, traces, written

LOSS = [
    Move("Revenue", "minimax", 100.0, "US$100m", level=True, claims="a@x"),
    Move("Costs", "minimax", -250.0, "−US$250m"),
    Move("Gains", "minimax", 30.0, "+US$30m", state="derived"),
    Move("Loss", "minimax", -120.0, "−US$120m", level=True),
]  # fmt: skip


def spans(moves: list[Move]) -> list[tuple[float, float]]:
    return [(bar["base"][0], bar["base"][0] + bar["x"][0]) for bar in traces(waterfall(moves, make_look()), "bar")]


def test_each_change_begins_where_the_one_above_ended():
    # 100; 100 − 250 = −150; −150 + 30 = −120; the level stands on zero
    assert spans(LOSS) == [(0, 100), (100, -150), (-150, -120), (0, -120)]


def test_a_further_waterfall_starts_from_zero():
    assert spans([*LOSS, Move("Part", "zhipu", 20.0, "20", anew=True)])[-1] == (0, 20)


def test_levels_are_full_changes_lighter_and_derived_ones_outlined():
    fills = [bar["marker"]["color"] for bar in traces(waterfall(LOSS, make_look()), "bar")]
    assert fills[0] == fills[3] != fills[1]
    assert fills[2] == "rgba(0,0,0,0)"


def test_joints_follow_every_row_that_leads_to_the_next():
    joints = traces(waterfall(LOSS, make_look()), "lines")[0]
    assert joints["x"] == [100, 100, None, -150, -150, None, -120, -120, None]


def test_no_joint_to_a_level_that_is_not_reached():
    joints = traces(waterfall([LOSS[0], Move("Other", "zhipu", 50.0, "50", level=True)], make_look()), "lines")[0]
    assert joints["x"] == []


def test_a_row_without_a_value_is_words():
    figure = waterfall([*LOSS, Move("Net loss", "minimax", None, "not disclosed", level=True)], make_look())
    assert "not disclosed" in written(figure)
    assert len(traces(figure, "bar")) == 4


def test_every_figure_stands_beside_its_bar_and_within_the_axis():
    figure = waterfall(LOSS, make_look())
    low, high = layout(figure)["xaxis"]["range"]
    assert low < -150
    assert high > 100
    assert written(figure) == ["<b>US$100m</b>", "−US$250m", "+US$30m", "<b>−US$120m</b>"]


def test_nothing_to_draw():
    assert written(waterfall([Move("Revenue", "minimax", None, "not disclosed")], make_look())) == [NOTHING]
