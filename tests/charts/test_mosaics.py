"""Columns of a hundred per cent, period by period."""

import pytest

from ipo_data.charts.mosaics import Column, Part, hatch, ink, share_columns
from ipo_data.charts.theme import tint
from tests.charts.drawing import MINIMAX, NOTHING, claims_in, layout, make_look, traces, written

C_END = Part("C-end", 71.4, "US$21.81m", 0, "reported", "c@x")
B_END = Part("B-end", 28.6, "US$8.72m", 1, "derived", "b@x")
REST = Part("not broken down", 15.0, "", 3, "not_available", "")
COLUMNS = {
    "minimax": [
        Column("FY2024", "US$30.52m", (C_END, B_END)),
        Column("FY2025", "US$61.04m", (C_END, B_END), broken=True),
    ]
}
NONE_FOR_ZHIPU = {"zhipu": "not disclosed in these sources"}


def test_blocks_are_stacked_to_their_shares() -> None:
    first, second = traces(share_columns(COLUMNS, make_look(), {}), "bar")[:2]

    assert (first["base"], first["y"]) == ([0.0], [71.4])
    assert (second["base"], second["y"]) == ([71.4], [28.6])


def test_columns_are_equally_wide_and_a_break_moves_them_apart() -> None:
    bars = traces(share_columns(COLUMNS, make_look(), {}), "bar")

    assert [bar["width"][0] for bar in bars] == [1.0] * 4
    # the second column begins after the first (1), the gap (0.06) and the break (0.3): its middle is 1.36 + 0.5
    assert [bar["x"][0] for bar in bars] == pytest.approx([0.5, 0.5, 1.86, 1.86])


def test_blocks_are_tints_of_the_companys_colour_the_first_with_its_pattern() -> None:
    first, second = traces(share_columns(COLUMNS, make_look(), {}), "bar")[:2]

    assert first["marker"]["color"] == MINIMAX
    assert second["marker"]["color"] == tint(MINIMAX, 0.34, "light")
    (zhipu, other) = traces(share_columns({"zhipu": COLUMNS["minimax"][:1]}, make_look(), {}), "bar")
    assert zhipu["marker"]["pattern"]["shape"] == "/"
    assert other["marker"]["pattern"]["shape"] == ""


def test_blocks_say_share_and_name_and_money() -> None:
    first, second = traces(share_columns(COLUMNS, make_look(), {}), "bar")[:2]

    assert first["text"] == ["<span style='font-size:11px'>C-end</span><br><b>71.4%</b>"]
    assert second["hovertemplate"] == "FY2024<br>B-end: 28.6%<br>US$8.72m<br>derived<extra></extra>"


def test_a_sliver_has_no_words_in_it() -> None:
    sliver = Column("FY2024", "", (Part("Rest", 3.0, "", 0, "reported", ""),))

    assert traces(share_columns({"minimax": [sliver]}, make_look(), {}))[0]["text"] == [""]


def test_a_name_stands_beside_the_share_or_is_left_out_where_it_does_not_fit_and_brackets_always() -> None:
    long = Part("An enterprise platform with a name of many words " * 3, 9.0, "", 0, "reported", "")
    low = Part("Cloud", 6.0, "", 2, "reported", "")
    high = Part("B-end (enterprises)", 85.0, "", 1, "reported", "")
    first, beside, second = traces(
        share_columns({"minimax": [Column("FY2024", "", (long, low, high))]}, make_look(), {})
    )

    assert first["text"] == ["<b>9.0%</b>"]
    assert beside["text"] == ["<span style='font-size:11px'>Cloud <b>6.0%</b></span>"]  # 19 px: one line of 15
    assert second["text"] == ["<span style='font-size:11px'>B-end</span><br><b>85.0%</b>"]


def test_parts_without_room_for_their_names_are_named_above_their_column() -> None:
    sliver = Part("Technical services (from 2025)", 0.3, "", 3, "reported", "", written="0.3%")
    small = Part("Cloud deployment on a shared platform of others", 9.6, "", 1, "reported", "")
    large = Part("B-end", 90.4, "", 0, "reported", "")

    def words(*parts: Part) -> list[str]:
        others = [Column(f"FY202{year}", "", (large,)) for year in range(3)]
        return [
            text.replace("<br>", " ")
            for text in written(share_columns({"minimax": [*others, Column("FY2024", "", parts)]}, make_look(), {}))
        ]

    assert words(large) == ["<b>MiniMax</b>"]
    # its share is inside and it is the uppermost: the name touches it
    assert words(large, small) == ["<b>MiniMax</b>", "Cloud deployment on a shared platform of others"]
    assert words(large, small, sliver) == [
        "<b>MiniMax</b>", "Technical services 0.3% Cloud deployment on a shared platform of others 9.6%",
    ]  # fmt: skip


def test_names_above_columns_move_the_companys_name_up() -> None:
    small = Part("a name of many words that need lines of their own", 5.0, "", 1, "reported", "")
    plain, tall = (
        layout(share_columns({"minimax": [Column("FY2024", "", parts)] * 4}, make_look(), {}))
        for parts in ((C_END, B_END), (C_END, small))
    )
    lines = tall["annotations"][1]["text"].count("<br>") + 1

    assert tall["margin"]["t"] - plain["margin"]["t"] == 13 * lines
    assert tall["height"] - plain["height"] == 13 * lines
    assert tall["annotations"][0]["yshift"] == 12 + 13 * lines


def test_a_total_that_is_too_wide_breaks_between_its_number_and_its_unit() -> None:
    narrow = [Column(f"{year}年", "12.4538亿元人民币", (Part("a", 100.0, "", 0, "reported", ""),)) for year in range(9)]
    ticks = layout(share_columns({"minimax": narrow}, make_look("zh-Hans"), {}))["xaxis"]["ticktext"]

    assert ticks[0] == "0年<br><span style='font-size:10px'>12.4538亿<br>元人民币</span>"


def test_periods_and_totals_stand_below() -> None:
    ticks = layout(share_columns(COLUMNS, make_look(), {}))["xaxis"]["ticktext"]

    assert ticks == [f"{c.label}<br><span style='font-size:10px'>{c.total_text}</span>" for c in COLUMNS["minimax"]]


def test_a_change_of_definition_is_named_before_its_column() -> None:
    notes = layout(share_columns(COLUMNS, make_look(), {}))["annotations"]
    (change,) = [note for note in notes if note["text"] == "new classification"]

    # half-way across the gap and the break, before the second column's left edge at 1.36
    assert change["x"] == pytest.approx(1.18)


def test_a_company_without_columns_keeps_a_panel_with_its_message() -> None:
    figure = share_columns(COLUMNS, make_look(), NONE_FOR_ZHIPU)

    assert written(figure)[:3] == ["<b>MiniMax</b>", "<b>Zhipu</b>", "new classification"]
    assert written(figure)[3] == "not disclosed in these sources"
    assert layout(figure)["xaxis2"]["visible"] is False


def test_what_is_not_broken_down_is_drawn() -> None:
    column = Column("H1 2025", "", (Part("On-premise", 85.0, "", 0, "reported", "o@x"), REST))

    parts = traces(share_columns({"minimax": [column]}, make_look(), {}))

    assert sum(part["y"][0] for part in parts) == 100
    assert parts[1]["text"] == ["<span style='font-size:11px'>not broken down</span><br><b>15.0%</b>"]


def test_blocks_carry_their_claims() -> None:
    assert claims_in(share_columns(COLUMNS, make_look(), {})) == {"c@x", "b@x"}


@pytest.mark.parametrize(("empty", "message"), [({}, NOTHING), (NONE_FOR_ZHIPU, NONE_FOR_ZHIPU["zhipu"])])
def test_no_column_is_nothing_to_draw(empty: dict[str, str], message: str) -> None:
    assert written(share_columns({}, make_look(), empty)) == [message]


@pytest.mark.parametrize(("fill", "lines"), [("#0072B2", "darker"), ("#3B9AE1", "lighter"), ("#D55E00", "darker")])
def test_lines_on_a_fill_go_away_from_its_words(fill: str, lines: str) -> None:
    words, ground, hatched = (sum(int(c[i : i + 2], 16) for i in (1, 3, 5)) for c in (ink(fill), fill, hatch(fill)))

    assert (hatched < ground) is (lines == "darker")
    assert abs(words - hatched) > abs(words - ground)
