import pytest

from ipo_data.export.packs.rich_text import Line, Run, lines_of_note


def runs(text: str) -> tuple[Run, ...]:
    (line,) = lines_of_note(text)
    return line.runs


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("as it is", (Run("as it is"),)),
        ("see **the plan**.", (Run("see "), Run("the plan", bold=True), Run("."))),
        ("*so* far", (Run("so", italic=True), Run(" far"))),
        ("收入**翻倍**，", (Run("收入"), Run("翻倍", bold=True), Run("，"))),
        ("**a *b* c**", (Run("a ", bold=True), Run("b", bold=True, italic=True), Run(" c", bold=True))),
        ("***x***", (Run("x", bold=True, italic=True),)),
        ("[p. 3](https://x.hk/a?b=1)", (Run("p. 3", address="https://x.hk/a?b=1"),)),
        ("[**p.**](https://x.hk/a_(b))", (Run("p.", bold=True, address="https://x.hk/a_(b)"),)),
    ],
)
def test_what_is_marked_is_read(note, found):
    assert runs(note) == found


@pytest.mark.parametrize(
    "note",
    ["2 * 3 * 4", "a*b*c", "** a **", "**", "****", "***", "*", "5 ** 2", "[a](javascript:alert(1))", "[a](file:///x)",
     "[a]( https://x.hk)", "<b>x</b>", "{{x}} $x$", "snake_case_name", "[a][b]", "![a", "[]( )", "=1+1"],
)  # fmt: skip
def test_what_marks_nothing_stays_as_it_is(note):
    assert runs(note) == (Run(note),)


def test_a_sign_after_a_backslash_marks_nothing():
    assert runs(r"\*\*a\*\* \\ \[x](https://x.hk) \n") == (Run(r"**a** \ [x](https://x.hk) \n"),)


def test_lists_and_paragraphs():
    note = "Why:\n\n- **one**\n* two\n• three\n1. first\n12) second\n2024 was good\n-5% is no list\n  indented  "
    assert [(line.mark, line.text) for line in lines_of_note(note)] == [
        ("", "Why:"), ("•", "one"), ("•", "two"), ("•", "three"), ("1.", "first"), ("12.", "second"),
        ("", "2024 was good"), ("", "-5% is no list"), ("", "indented"),
    ]  # fmt: skip
    assert lines_of_note(" \n\n") == ()
    assert lines_of_note("x") == (Line((Run("x"),)),)


def test_long_notes_of_stars_are_read_at_once():
    """The patterns never go back over what they have read: 2,000 signs of each kind."""
    for sign in ("*", "**", "* ", "[", "[a](", "**a", "*a ", "[a](https://x(", "- "):
        note = sign * (2_000 // len(sign))
        assert "".join(line.text for line in lines_of_note(note)).replace("*", "") is not None
