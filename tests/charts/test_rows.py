"""Rows that fit a phone: widths of words, broken lines, scales with room for figures."""

import pytest

from ipo_data.charts.rows import parted, scale, stacked, text_width, wrapped
from ipo_data.charts.theme import PHONE
from tests.charts.drawing import make_look

LONG = "MiniMax · Gross proceeds · with over-allotment"


def test_chinese_characters_are_as_wide_as_they_are_high() -> None:
    assert text_width("国际发售", 12) == 4 * 12
    assert text_width("国际<br>发售价", 10) == 3 * 10  # the longest line counts
    assert text_width("<b>国</b>", 12) == 12  # tags take no room


def test_letters_differ_in_width() -> None:
    assert text_width("lll") < text_width("nnn") < text_width("NNN") < text_width("MMM")


@pytest.mark.parametrize(
    ("text", "pixels", "lines"),
    [
        ("MiniMax prospectus (31 Dec 2025)", 100, ["MiniMax", "prospectus (31", "Dec 2025)"]),
        ("上市后六个月内禁售，其后可售。", 60, ["上市后六个", "月内禁售，", "其后可售。"]),
        ("MiniMax招股书（2025年12月31日）", 92, ["MiniMax招股书", "（2025年12月", "31日）"]),
        ("每月2,810万美元", 76, ["每月2,810万", "美元"]),
        ("公司口径流动性及其全部募资", 145, ["公司口径流动性及其全部", "募资"]),
        ("short", 120, ["short"]),
        ("a-word-without-any-blank", 20, ["a-word-without-any-blank"]),
        ("", 100, [""]),
    ],
)
def test_lines_break_at_blanks_and_between_chinese_characters(text: str, pixels: int, lines: list[str]) -> None:
    assert wrapped(text, pixels).split("<br>") == lines


def test_joined_words_break_between_them_unless_that_takes_another_line() -> None:
    assert parted("智谱 · 收入占比 · 2025年前9个月", 120) == "智谱 · 收入占比 ·<br>2025年前9个月"
    assert wrapped("智谱 · 收入占比 · 2025年前9个月", 160) == "智谱 · 收入占比 · 2025年前<br>9个月"
    assert parted("智谱 · 收入占比 · 2025年前9个月", 160) == "智谱 · 收入占比 ·<br>2025年前9个月"
    assert parted("one two three four · five six seven · eight", 100) == wrapped(
        "one two three four · five six seven · eight", 100
    )
    assert parted("short", 100) == "short"


def test_a_line_never_begins_with_chinese_punctuation() -> None:
    text = "全球发售，香港公开发售，国际发售。"

    for pixels in range(24, 200, 12):
        lines = wrapped(text, pixels).split("<br>")
        assert "".join(lines) == text
        assert not any(line[0] in "，。" for line in lines)


def test_short_labels_stand_beside_their_marks_and_long_ones_above() -> None:
    look = make_look(narrow=True)
    short, long = (stacked(["FY2024", second], look) for second in ("H1 2025", LONG))

    assert short.beside
    assert short.notes(look) == []
    assert short.axis(look)["ticktext"] == ["H1 2025", "FY2024"]
    assert not long.beside
    assert [note["y"] for note in long.notes(look)] == [1, 0]
    assert short.pixels < long.pixels


def test_on_a_desk_all_words_stand_beside_the_marks_and_the_chart_asks_for_their_room() -> None:
    look = make_look()
    short, long = (stacked(["FY2024", second], look) for second in ("H1 2025", LONG))

    assert short.beside
    assert long.beside
    assert long.notes(look) == []
    assert (short.room, long.room) == (480, 760)
    assert long.pixels == pytest.approx(760 - 24 - 5 - text_width(LONG))  # margins, and between words and axis


def test_on_a_desk_a_row_is_as_high_as_the_lines_of_its_words() -> None:
    (label,) = stacked([f"{LONG} · {LONG}"], make_look()).labels

    assert label.count("<br>") == 1
    # two lines of 15 px and 10 between; one line would be lower than the least row, 30
    assert stacked([f"{LONG} · {LONG}"], make_look()).row_height == 40
    assert stacked([LONG], make_look()).row_height == 30


def test_the_words_of_the_top_row_stay_within_the_axis() -> None:
    look = make_look(narrow=True)
    stack = stacked(["A long label that needs two lines on the narrowest screen that we draw charts for"], look)
    bottom, top = stack.axis(look)["range"]
    lines = stack.labels[0].count("<br>") + 1

    assert lines == 2
    # above the middle of the mark: half a mark and 2 px, then 15 px a line
    assert (top - 0) * stack.row_height >= 12 + lines * 15 - 1
    assert -bottom * stack.row_height >= 10  # half a mark below


@pytest.mark.parametrize("left", [0.0, 60.0])
@pytest.mark.parametrize("positions", [(1.0, 2.0, 3.0), (-4.0, 0.0, 9.0), (5.0,), (0.0,)])
def test_every_mark_has_the_room_its_words_take(positions: tuple[float, ...], left: float) -> None:
    marks = [(position, left, 90.0) for position in positions]
    pixels = PHONE - 24

    low, high = scale(marks, pixels)

    for position, before, after in marks:
        assert (position - low) / (high - low) * pixels >= before - 0.5
        assert (high - position) / (high - low) * pixels >= after - 0.5


def test_a_scale_may_have_to_hold_zero() -> None:
    low, high = scale([(5.0, 0.0, 50.0)], 300, zero=True)

    assert low == 0
    assert high == pytest.approx(6)  # 5 takes 300 − 50 px, so the axis ends at 5 × 300 / 250
