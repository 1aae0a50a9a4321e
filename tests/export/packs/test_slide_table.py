"""Tables cut into slides."""

from ipo_data.export.packs.column_widths import column_widths
from ipo_data.export.packs.slide_table import sheets_of


def test_a_small_table_is_one_slide_in_large_letters() -> None:
    (sheet,) = sheets_of(["Item", "Value"], [["Revenue", "1"], ["Loss", "2"]])
    assert sheet.size == 13.0
    assert sum(sheet.shares) <= 1.0000001
    assert len(sheet.heights) == 3


def test_a_long_table_goes_on_and_leaves_nothing_out() -> None:
    rows = [[str(number), "words " * 30] for number in range(60)]
    sheets = sheets_of(["No.", "Words"], rows)
    assert len(sheets) > 1
    assert [row for sheet in sheets for row in sheet.rows] == rows
    assert all(sum(sheet.heights) <= 335 for sheet in sheets)
    assert sheets_of(["No."], []) == []


def test_room_goes_where_it_saves_lines() -> None:
    """Both hold their longest word; the column of sentences gets nearly all of what is left."""
    rows = [["Item", "Remark"], ["Revenue", "a sentence of many short words that goes on and on " * 4]]
    item, remark = column_widths(rows, 1_000, 10, 10)
    assert item >= 7 * 10 + 10
    assert (item < 200, remark > 700) == (True, True)
    assert item + remark <= 1_000


def test_a_word_with_hyphens_may_end_after_one() -> None:
    rows = [["Place", "Remark"], ["table:mm-geo-others-share-9m2024", "words " * 60]]
    place, remark = column_widths(rows, 600, 10, 10)
    assert place < 33 * 10 < remark


def test_more_columns_than_room_share_it_equally() -> None:
    assert column_widths([["abcdefgh"] * 20, ["x"] * 20], 400, 10, 10) == [20] * 20
