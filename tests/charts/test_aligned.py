"""Parts in columns: one scale, a line of its own for each part."""

import pytest

from ipo_data.charts.aligned import aligned_parts
from ipo_data.charts.stacks import Bar, Slice
from tests.charts.drawing import NOTHING, layout, make_look, traces, written

PARTS = {"cost": "Cost of sales", "research": "Research", "marketing": "Marketing"}
ROWS = [
    Bar("MiniMax · FY2024", "minimax", (Slice("research", 6.0, "6.00×"), Slice("cost", 1.0, "1.00×")), "7.00×"),
    Bar("MiniMax · FY2025", "minimax", (Slice("research", 3.0, "3.00×"),), "3.00×"),
    Bar("Zhipu · FY2025", "zhipu", (Slice("cost", 2.0, "2.00×", "derived"),), "2.00×"),
]


def test_bars_of_a_part_begin_at_one_line_and_share_one_scale() -> None:
    bars = {b["hovertemplate"].split("<br>")[1]: b for b in traces(aligned_parts(ROWS, PARTS, "All", make_look()))}
    first, second, third, fourth = (
        bars[name] for name in ("Research: 6.00×", "Research: 3.00×", "Cost of sales: 1.00×", "Cost of sales: 2.00×")
    )

    assert first["base"] == second["base"]
    assert third["base"] == fourth["base"]
    assert third["base"][0] < first["base"][0]
    # one unit is as long in every column
    assert first["x"][0] / 6 == pytest.approx(second["x"][0] / 3) == pytest.approx(third["x"][0])
    assert (
        layout(aligned_parts(ROWS, PARTS, "All", make_look()))["xaxis"]["range"][1] > first["base"][0] + first["x"][0]
    )


def test_columns_are_headed_by_the_parts_that_are_drawn_and_every_figure_is_written() -> None:
    words = written(aligned_parts(ROWS, PARTS, "All", make_look()))

    assert [text for text in words if "×" not in text] == ["All", "Cost of sales", "Research"]
    assert {"6.00×", "3.00×", "1.00×", "2.00×", "<b>7.00×</b>", "<b>3.00×</b>", "<b>2.00×</b>"} <= set(words)


def test_a_computed_part_is_outlined() -> None:
    fills = {b["hovertemplate"].split(": ")[1][:5]: b["marker"]["color"]
             for b in traces(aligned_parts(ROWS, PARTS, "All", make_look()))}  # fmt: skip

    assert fills["2.00×"] == "rgba(0,0,0,0)"
    assert fills["6.00×"] == "#D55E00"


def test_nothing_to_draw() -> None:
    assert written(aligned_parts([Bar("MiniMax", "minimax", ())], PARTS, "All", make_look())) == [NOTHING]
