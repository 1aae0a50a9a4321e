import re

from ipo_data.export.packs.markdown import markdown
from tests.export.packs.conftest import memo_of, spec_of


def test_pictures_captions_and_footnotes_stand_in_the_text(memo):
    text = markdown(memo, {item.number: f"images/{item.name}.png" for item in memo.exhibits if item.picture})

    assert text.startswith("# Two offerings compared\n")
    assert text.count("](images/") == 8
    assert all(item.code in text for item in memo.exhibits)
    used = re.findall(r"(?<!\n)\[\^(\d+)\](?!:)", text)
    assert used == re.findall(r"^\[\^(\d+)\]:", text, flags=re.MULTILINE)


def test_a_memo_without_pictures_holds_tables(dataset):
    text = markdown(memo_of(dataset, spec_of("growth.growth-rates"), pictures=False), {})

    assert "| Company | Item | Period |" in text
    assert "The chart could not be drawn on this machine" in text


def test_words_are_never_markup(dataset):
    memo = memo_of(dataset, spec_of("growth.growth-rates"))
    object.__setattr__(memo.exhibits[0], "note", "# a ![x](file://y) <script> | \x07\n- b\n- **c** [d](http://y)")

    text = markdown(memo, {})

    words = "\\# a \\!\\[x\\]\\(file://y\\) \\<script\\> \\| \\\\x07"
    assert f"{words}\n\n- b\n- **c** [d](<http://y>)\n" in text
