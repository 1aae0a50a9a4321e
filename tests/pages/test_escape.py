"""Text from records and links becomes Markdown in one place, and every character of it stands for itself."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.shell.escape import name_of_control, plain
from tests.pages.opened import unescaped

HOSTILE = [
    "**bold** _it_ `code` ~~gone~~",
    "[text](https://example.com) ![picture](https://example.com/a.png)",
    "<b>bold</b><script>alert(1)</script> &amp; &#60;",
    "$a^2$ and $b$",
    ":red[red] :small[small] :blue-background[x] :green-badge[y]",
    ":smile: :material/home: :streamlit:",
    "www.example.com https://example.com a@example.com",
    "1 -> 2 <- 3 <-> 4 -- 5 >= 6 <= 7 ~= 8",
    "# heading",
    "> quote",
    "- list",
    "+ list",
    "1. list",
    "23) list",
    "| a | b |",
    "---",
    "===",
    "[^1]: note",
    "back\\slash \\* star",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_of_a_hostile_text_is_lost(text: str) -> None:
    assert unescaped(plain(text)) == text


@pytest.mark.parametrize("text", HOSTILE)
def test_every_special_character_is_escaped(text: str) -> None:
    assert not re.search(r"(?<!\\)[*_`\[\]<>$~#|=!{}]", plain(text).replace("\\\\", ""))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("two\nlines", "two lines"),
        ("  \t indented", "indented"),
        ("    four", "four"),
        ("a\r\n\r\nb", "a b"),
        ("", ""),
        ("收入，53.44百万美元", "收入，53.44百万美元"),
    ],
)
def test_blanks_and_line_breaks_become_one_blank(text: str, shown: str) -> None:
    assert plain(text) == shown


@pytest.mark.parametrize(
    ("text", "kept_apart"),
    [
        ("www.example.com", "www\u2060.example.com"),
        ("https://example.com", "https\\:\u2060//example.com"),
        ("a@example.com", "a@\u2060example.com"),
        (":material/home:", "\\:\u2060material/home\\:"),
        ("a -> b", "a \\-\u2060\\> b"),
        ("a -- b", "a \\-\u2060\\- b"),
        ("a >= b", "a \\>\u2060\\= b"),
    ],
)
def test_addresses_icons_and_arrows_are_kept_apart(text: str, kept_apart: str) -> None:
    assert plain(text) == kept_apart


@given(st.text(max_size=60))
def test_any_text_comes_back_but_for_blanks(text: str) -> None:
    expected = re.sub(r"\s+", " ", text).strip().replace("\u2060", "")
    assert unescaped(plain(text)) == expected


@given(st.text(max_size=60))
def test_no_line_break_survives(text: str) -> None:
    assert not re.search(r"[\n\r]", plain(text))


@pytest.mark.parametrize(
    "name",
    [
        "Cash and equivalents, US$ m",
        "Your new money: amount, US$ m",
        "Revenue growth, B-end (enterprises), first month, % a month",
        "现金及等价物（百万美元）",
    ],
)
def test_the_name_of_a_control_has_no_escapes_that_a_screen_reader_would_read(name: str) -> None:
    assert name_of_control(name) == name


@pytest.mark.parametrize(
    "name",
    ["US$ and HK$", ":red[x]", "a:smile:", "*x*", "1. x", "www.x.y", "a -- b", "a -> b", "`x`", "[x](y)", "a_b_c"],
)
def test_the_name_of_a_control_is_escaped_where_a_sign_means_something(name: str) -> None:
    assert name_of_control(name) == plain(name) != name
