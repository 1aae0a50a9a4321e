"""Grids of cells."""

import re

from ipo_data.charts.grids import GridCell, cell_grid
from ipo_data.charts.theme import room_of, tint
from tests.charts.drawing import MINIMAX, NOTHING, claims_in, layout, make_look, traces, written

CELLS = {
    (0, 0): GridCell(12.9, "<b>12.9 months</b>", "362.6 ÷ 28.1", "c@x b@x"),
    (0, 1): GridCell(15.4, "<b>15.4 months</b>", "362.6 ÷ 23.5", "c@x"),
    (1, 0): GridCell(None, "not meaningful", "the burn may be zero or negative"),
}
GRID = cell_grid(["Cash", "All"], ["Assumed", "Realised"], CELLS, make_look(), color=MINIMAX)


def test_cells_are_shaded_by_value_and_gaps_stay_empty() -> None:
    (heat,) = traces(GRID)

    assert heat["z"] == [[12.9, 15.4], [None, None]]
    assert (heat["zmin"], heat["zmax"]) == (0, 15.4)
    assert heat["colorscale"] == [[0, tint(MINIMAX, 0.08, "light")], [1, tint(MINIMAX, 0.62, "light")]]


def test_every_cell_prints_its_words() -> None:
    places = {(note["y"], note["x"]): note["text"] for note in layout(GRID)["annotations"]}

    assert places == {place: cell.text for place, cell in CELLS.items()}


def test_rows_run_from_top_to_bottom() -> None:
    drawn = layout(GRID)

    assert drawn["yaxis"]["ticktext"] == ["Cash", "All"]
    assert drawn["yaxis"]["autorange"] == "reversed"
    assert drawn["xaxis"]["ticktext"] == ["Assumed", "Realised"]


def test_cells_carry_their_claims_and_hover() -> None:
    (heat,) = traces(GRID)

    assert claims_in(GRID) == {"c@x", "b@x"}
    assert heat["text"][1] == ["the burn may be zero or negative", ""]


def test_a_grid_of_zeros_can_be_drawn() -> None:
    (heat,) = traces(cell_grid(["a"], ["b"], {(0, 0): GridCell(0.0, "0", "")}, make_look(), color=MINIMAX))

    assert heat["zmax"] == 1.0


def test_no_cell_is_nothing_to_draw() -> None:
    assert written(cell_grid([], [], {}, make_look(), color=MINIMAX)) == [NOTHING]


def test_groups_of_columns_are_named_once_above_theirs_and_stand_one_below_the_other_on_a_phone() -> None:
    cells = {(0, column): GridCell(1.0, "1", "") for column in range(4)}
    made = [
        layout(cell_grid(["a"], ["2024", "2025"] * 2, cells, look, color=MINIMAX, heads=["One", "Two"]))
        for look in (make_look(), make_look(narrow=True))
    ]

    heads = [(note["text"], note["x"]) for note in made[0]["annotations"] if note["text"].startswith("<b>")]
    assert heads == [("<b>One</b>", 0.5), ("<b>Two</b>", 2.5)]
    assert made[0]["xaxis"]["ticktext"] == ["2024", "2025", "2024", "2025"]
    assert [shape["x0"] for shape in made[0]["shapes"]] == [1.5]  # a rule between the groups
    assert made[1]["xaxis"]["ticktext"] == ["2024", "2025"]
    assert made[1]["yaxis"]["ticktext"] == ["<b>One</b>", "a", "<b>Two</b>", "a"]
    assert [(note["x"], note["y"]) for note in made[1]["annotations"]] == [(0, 1), (1, 1), (0, 3), (1, 3)]
    assert not made[1].get("shapes")


def test_a_cell_can_be_framed() -> None:
    (frame,) = layout(cell_grid(["Cash", "All"], ["One"], CELLS, make_look(), color=MINIMAX, framed=(1, 0)))["shapes"]

    assert (frame["x0"] < 0 < frame["x1"], frame["y0"] < 1 < frame["y1"]) == (True, True)
    assert not layout(GRID).get("shapes")


def test_rules_stand_between_groups_of_columns() -> None:
    cells = {(0, place): GridCell(1.0, "1", "1") for place in range(4)}
    shapes = layout(cell_grid(["a", "b"], ["1", "2", "3", "4"], cells, make_look(), color="#3A4FB0", heads=("x", "y")))[
        "shapes"
    ]

    assert [(s["x0"], s["x1"], s["y0"], s["y1"]) for s in shapes] == [(1.5, 1.5, -0.5, 1.5)]


def test_sides_are_named_on_the_chart_and_rows_of_another_kind_ruled_off() -> None:
    rows, columns = ["Cash", "All"], ["Assumed", "Realised"]
    sides = ("Price", "Growth")
    drawn = layout(cell_grid(rows, columns, CELLS, make_look(), color=MINIMAX, sides=sides, ruled=1))
    plain = layout(cell_grid(rows, columns, CELLS, make_look(), color=MINIMAX, ruled=2))

    assert (drawn["xaxis"]["title"]["text"], drawn["yaxis"]["title"]["text"]) == ("Price", "Growth")
    assert [(rule["y0"], rule["x0"], rule["x1"]) for rule in drawn["shapes"]] == [(0.5, -0.5, 1.5)]
    assert "shapes" not in plain


def test_words_of_a_wide_grid_are_broken_to_a_small_desk_and_keep_their_sizes() -> None:
    small = "<span style='font-size:11px'>= printed as about 37 months</span>"
    cells = {(0, column): GridCell(1.0, f"<b>37.2 months</b><br>{small}", "") for column in range(5)}
    drawn = cell_grid(["Company's balance (may hold bank lines)"], ["Operating cash outflow"] * 5, cells, make_look(),
                      color=MINIMAX)  # fmt: skip
    note = layout(drawn)["annotations"][0]["text"]

    assert room_of(drawn) == 760
    assert note.startswith("<b>37.2 months</b><br><span style='font-size:11px'>= printed")
    assert all(line.endswith("</span>") for line in note.split("<br>")[1:])
    assert "".join(re.sub("<[^>]+>", " ", note).split()) == "37.2months=printedasabout37months"
    assert layout(drawn)["height"] > layout(GRID)["height"] / 2  # the one row is higher than one of the two there


def test_a_grid_whose_words_cannot_be_broken_so_far_keeps_them() -> None:
    columns = [f"Company<br>{year}" for year in range(2000, 2030)]
    cells = {(0, column): GridCell(1.0, "123,456,789", "") for column in range(30)}
    drawn = cell_grid(["Topic"], columns, cells, make_look(), color=MINIMAX)

    assert layout(drawn)["xaxis"]["ticktext"] == columns
