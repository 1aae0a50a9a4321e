"""Marimekko columns: area is money."""

import pytest

from ipo_data.charts.mosaics import Column, Part, mosaic
from ipo_data.charts.theme import tint
from tests.charts.drawing import MINIMAX, NOTHING, claims_in, layout, make_look, traces, written

C_END = Part("C-end", 71.4, "US$21.81m", 0, "reported", "c@x")
B_END = Part("B-end", 28.6, "US$8.72m", 1, "derived", "b@x")
REST = Part("not broken down", 15.0, "", 3, "not_available", "")
COLUMNS = {
    "minimax": [
        Column("FY2024", 30_520_000, "US$30.52m", (C_END, B_END)),
        Column("FY2025", 61_040_000, "US$61.04m", (C_END, B_END), broken=True),
    ]
}
NONE_FOR_ZHIPU = {"zhipu": "not disclosed in these sources"}


def test_blocks_are_stacked_to_their_shares() -> None:
    first, second = traces(mosaic(COLUMNS, make_look(), {}), "bar")[:2]

    assert (first["base"], first["y"]) == ([0.0], [71.4])
    assert (second["base"], second["y"]) == ([71.4], [28.6])


def test_width_is_revenue() -> None:
    bars = traces(mosaic(COLUMNS, make_look(), {}), "bar")

    assert [bar["width"][0] for bar in bars] == [0.5, 0.5, 1.0, 1.0]  # 30.52 is half of 61.04
    # the second column begins after the first (0.5), the gap (0.03) and the break (0.1): its middle is 0.63 + 0.5
    assert [bar["x"][0] for bar in bars] == pytest.approx([0.25, 0.25, 1.13, 1.13])


def test_a_narrow_column_stays_readable() -> None:
    tiny = {"minimax": [Column("FY2023", 1.0, "", (C_END,)), Column("FY2024", 100.0, "", (C_END,))]}

    assert traces(mosaic(tiny, make_look(), {}))[0]["width"] == [0.34]


def test_blocks_are_tints_of_the_companys_colour_the_first_with_its_pattern() -> None:
    first, second = traces(mosaic(COLUMNS, make_look(), {}), "bar")[:2]

    assert first["marker"]["color"] == MINIMAX
    assert second["marker"]["color"] == tint(MINIMAX, 0.34, "light")
    (zhipu, other) = traces(mosaic({"zhipu": COLUMNS["minimax"][:1]}, make_look(), {}), "bar")
    assert zhipu["marker"]["pattern"]["shape"] == "/"
    assert other["marker"]["pattern"]["shape"] == ""


def test_blocks_say_share_and_name_and_money() -> None:
    first, second = traces(mosaic(COLUMNS, make_look(), {}), "bar")[:2]

    assert first["text"] == ["C-end<br><b>71.4%</b>"]
    assert second["hovertemplate"] == "FY2024<br>B-end: 28.6%<br>US$8.72m<br>derived<extra></extra>"


def test_a_sliver_has_no_words_in_it() -> None:
    sliver = Column("FY2024", 1.0, "", (Part("Rest", 3.0, "", 0, "reported", ""),))

    assert traces(mosaic({"minimax": [sliver]}, make_look(), {}))[0]["text"] == [""]


def test_a_long_name_is_left_out_where_it_does_not_fit() -> None:
    long = Part(
        "An enterprise platform with a name far longer than any column is wide " * 3, 60.0, "", 0, "reported", ""
    )

    assert traces(mosaic({"minimax": [Column("FY2024", 1.0, "", (long,))]}, make_look(), {}))[0]["text"] == [
        "<b>60.0%</b>"
    ]


def test_periods_and_totals_stand_below() -> None:
    ticks = layout(mosaic(COLUMNS, make_look(), {}))["xaxis"]["ticktext"]

    assert ticks == [f"{c.label}<br><span style='font-size:10px'>{c.total_text}</span>" for c in COLUMNS["minimax"]]


def test_a_change_of_definition_is_named_before_its_column() -> None:
    notes = layout(mosaic(COLUMNS, make_look(), {}))["annotations"]
    (change,) = [note for note in notes if note["text"] == "new classification"]

    # half-way across the gap and the break, before the second column's left edge at 0.63
    assert change["x"] == pytest.approx(0.565)


def test_a_company_without_columns_keeps_a_panel_with_its_message() -> None:
    figure = mosaic(COLUMNS, make_look(), NONE_FOR_ZHIPU)

    assert written(figure)[:3] == ["<b>MiniMax</b>", "new classification", "<b>Zhipu</b>"]
    assert written(figure)[3] == "not disclosed in these sources"
    assert layout(figure)["xaxis2"]["visible"] is False


def test_what_is_not_broken_down_is_drawn() -> None:
    column = Column("H1 2025", 1.0, "", (Part("On-premise", 85.0, "", 0, "reported", "o@x"), REST))

    parts = traces(mosaic({"minimax": [column]}, make_look(), {}))

    assert sum(part["y"][0] for part in parts) == 100
    assert parts[1]["text"] == ["not broken down<br><b>15.0%</b>"]


def test_blocks_carry_their_claims() -> None:
    assert claims_in(mosaic(COLUMNS, make_look(), {})) == {"c@x", "b@x"}


@pytest.mark.parametrize(("empty", "message"), [({}, NOTHING), (NONE_FOR_ZHIPU, NONE_FOR_ZHIPU["zhipu"])])
def test_no_column_is_nothing_to_draw(empty: dict[str, str], message: str) -> None:
    assert written(mosaic({}, make_look(), empty)) == [message]
