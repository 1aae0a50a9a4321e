"""Texts of our own: languages, and what may not hide in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from ipo_data.model.text import Text, character_name, hidden_character, refuse_unprintable

HIDDEN = ["\u200b", "\u200e", "\u200f", "\u202a", "\u202e", "\u2060", "\u2066", "\u2069", "\ufeff", "\u2028", "\x00",
          "\x07", "\x1b", "\x7f", "\x85", "\u00ad", "\U000e0041"]  # fmt: skip


def test_a_bare_string_is_the_text_of_every_language():
    text = Text.model_validate("MiniMax")
    assert (text.en, text.zh_hans, text.zh_hant, text.simplified()) == ("MiniMax", None, None, "MiniMax")


def test_languages_have_their_codes_as_keys():
    text = Text.model_validate({"en": "Zhipu", "zh-Hans": "智谱", "zh-Hant": "智譜"})
    assert (text.simplified(), text.zh_hant) == ("智谱", "智譜")


@pytest.mark.parametrize("data", [{}, {"zh-Hans": "智谱"}, {"en": ""}, {"en": "x" * 2001}, {"en": "a", "fr": "b"}, 5])
def test_text_needs_english_of_a_sane_length_and_nothing_else(data):
    with pytest.raises(ValidationError):
        Text.model_validate(data)


@pytest.mark.parametrize("character", HIDDEN)
def test_hidden_characters_are_refused_and_named(character):
    with pytest.raises(ValueError, match=r"character 3 is U\+[0-9A-F]{4,5} \(.+\), which hides or reorders text"):
        refuse_unprintable(f"ab{character}c")
    with pytest.raises(ValidationError):
        Text.model_validate({"en": "a", "zh-Hans": f"甲{character}"})


def test_hidden_character_gives_the_first_position():
    assert hidden_character("甲乙\u200b丙\u202e") == 2
    assert hidden_character("甲乙丙　全角空格\n\tтекст") is None


def test_character_name():
    assert character_name("\u202e") == "U+202E (right-to-left override)"
    assert character_name("\x1b") == "U+001B (control character)"


@pytest.mark.parametrize(
    "text",
    ["<b>bold</b>", "<script>", "</p>", "<!-- x -->", "<?php", "text <img src=x onerror=y>", "JavaScript:alert(1)"],
)
def test_markup_is_refused(text):
    with pytest.raises(ValueError, match="looks like HTML; write plain text"):
        refuse_unprintable(text)


@pytest.mark.parametrize("text", ["![x](http://e.example/a.png)", "see [this](http://e.example)", "[a]("])
def test_links_and_pictures_are_refused(text):
    with pytest.raises(ValueError, match="looks like a link or a picture"):
        refuse_unprintable(text)


@pytest.mark.parametrize("text", ["=1+1", "+49 30", "-5 %", "@SUM(A1)", " =1", "\t=1", "＝1", "＠x"])
def test_formulas_are_refused(text):
    with pytest.raises(ValueError, match="which a spreadsheet would run as a formula"):
        refuse_unprintable(text)


@pytest.mark.parametrize(
    "text",
    [None, "", "R&D rose", "x < y and y > z", "margin <5 %", "1 = 1", "a - b", "[1] note (2)", "招股书：约5亿美元"],
)
def test_ordinary_text_passes(text):
    refuse_unprintable(text)


@given(st.text(alphabet=st.characters(categories=("L", "N", "Zs")), min_size=1, max_size=80))
def test_letters_digits_and_spaces_always_pass(text):
    assert Text.model_validate(text).en == text
