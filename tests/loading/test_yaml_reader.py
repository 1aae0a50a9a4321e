"""Strict YAML: nothing is guessed, everything has its place."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipo_data.loading.problems import ProblemList
from ipo_data.loading.yaml_reader import DEEPEST, Parsed, read_yaml


def read(tmp_path: Path, content: str | bytes) -> tuple[Parsed, list[str]]:
    path = tmp_path / "file.yaml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    problems = ProblemList()
    return read_yaml(path, "file.yaml", problems), [line.removeprefix("file.yaml:") for line in problems.lines()]


def test_every_scalar_stays_the_text_it_is(tmp_path):
    parsed, problems = read(
        tmp_path, "ticker: 0100\nday: 2026-01-09\nno: NO\ntime: 53:30\nnumber: 1.50\nhex: 0x1F\nquoted: '~'\n"
    )
    assert problems == []
    assert parsed.data == {
        "ticker": "0100", "day": "2026-01-09", "no": "NO", "time": "53:30", "number": "1.50", "hex": "0x1F",
        "quoted": "~",
    }  # fmt: skip


def test_positions_count_characters_from_one(tmp_path):
    parsed, _ = read(tmp_path, "智谱: {収入: 五, b: [x, {c: d}]}\nlist:\n  - e\n")
    assert parsed.position(("智谱",)) == (1, 5)
    assert parsed.position(("智谱", "収入")) == (1, 10)
    assert parsed.key_position(("智谱", "b")) == (1, 13)
    assert parsed.position(("智谱", "b", 1, "c")) == (1, 24)
    assert parsed.position(("list", 0)) == (3, 5)


def test_position_of_what_is_missing_is_that_of_its_parent(tmp_path):
    parsed, _ = read(tmp_path, "a:\n  b: c\n")
    assert parsed.position(("a", "x", "y")) == (2, 3)
    assert parsed.key_position(("a", "x")) == (2, 3)
    assert parsed.position(("z",)) == (1, 1)


def test_positions_survive_windows_line_ends_and_a_byte_order_mark(tmp_path):
    parsed, problems = read(tmp_path, "\ufeffa: b\r\nc:\r\n  d: e\r\n".encode())
    assert problems == []
    assert (parsed.data, parsed.position(("c", "d"))) == ({"a": "b", "c": {"d": "e"}}, (3, 6))


def test_a_byte_order_mark_elsewhere_is_hidden_text(tmp_path):
    parsed, problems = read(tmp_path, "a: b\nc: \ufeffd\n")
    assert parsed.data is None
    assert problems == ["2:4: the character U+FEFF (zero width no-break space) hides or reorders text; remove it"]


def test_block_texts_and_quotes_are_read(tmp_path):
    parsed, problems = read(tmp_path, "a: |\n  one\n  two\nb: 'it''s'\nc: \"tab\\there\"\n")
    assert problems == []
    assert parsed.data == {"a": "one\ntwo\n", "b": "it's", "c": "tab\there"}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "1:1: the file is empty; remove it or add records"),
        ("\n\n# nothing\n", "1:1: the file is empty; remove it or add records"),
        ("---\n", "1:1: the file is empty; remove it or add records"),
        ("a: b\na: c\n", "2:1: duplicate key 'a': it already stands in line 1"),
        ("{a: b, a: c}\n", "1:8: duplicate key 'a': it already stands in this record"),
        ("a:\n", "1:1: 'a' has no value; fill it in or remove it"),
        ("a: ~\n", "1:1: 'a' has no value; fill it in or remove it"),
        ("a: NULL\n", "1:1: 'a' has no value; fill it in or remove it"),
        ('"": b\n', "1:1: a key must be a word"),
        (": b\n", "1:1: not valid YAML: while parsing a block mapping, did not find expected key"),
        ("? [a, b]\n: c\n", "1:3: a key must be a word"),
        ("<<: {a: b}\n", "1:1: merge keys are not used here: every record must be readable where it stands"),
        ("a: &x b\n", "1:4: anchors (&x) are not used here: every record must be readable where it stands"),
        ("a: *x\n", "1:4: aliases (*x) are not used here: every record must be readable where it stands"),
        ("a: !x b\n", "1:4: tags (!x) are not used here: every record must be readable where it stands"),
        ("a: !!int 5\n",
         "1:4: tags (tag:yaml.org,2002:int) are not used here: every record must be readable where it stands"),
        ("a: b\n---\nc: d\n", "2:1: a second document begins here; one file holds one"),
        ("a: [b\n", "1:6: the file ends in the middle of a record"),
        ('a: "b\n', '1:6: the file ends in the middle of a record'),
        ("a:\n\t- b\n", "2:1: a tab stands here; indent with spaces"),
        ("a: {b: >c}\n", "1:8: '>' cannot begin a value; put the value in quotes"),
        ("a: @b\n", "1:4: '@' cannot begin a value; put the value in quotes"),
        (" a:\n   - b\nc: []\n", "1:1: indented by 1, an odd number of spaces; a '# ' is taken away with its space"),
        ("a:\n  - {b: c}\n   - {b: d}\n",
         "3:1: indented by 3, an odd number of spaces; a '# ' is taken away with its space"),
        ("a: {says: 1,204.50 m, b: c}\nd: [\n", "2:5: the file ends in the middle of a record"),
        ("a: {note: 1,204 m}\n", "1:13: '204 m' has no value; fill it in or remove it"),
        ("a: b: c\n", "1:5: not valid YAML: mapping values are not allowed in this context"),
    ],
)  # fmt: skip
def test_refusal_has_its_place(tmp_path, content, problem):
    assert read(tmp_path, content)[1] == [problem]


def test_values_with_the_signs_of_yaml_inside_are_fine(tmp_path):
    parsed, problems = read(tmp_path, 'a: R&D *is* fun!\nb: "&x *y !z"\nc: \'<<\'\nd: "=1"\n')
    assert problems == []
    assert parsed.data == {"a": "R&D *is* fun!", "b": "&x *y !z", "c": "<<", "d": "=1"}


@pytest.mark.parametrize("figure", ["1,204.5m HKD", "1,204,512k HKD", "~2,500 customers", "HK$1,204.5 million"])
def test_a_figure_is_not_cut_at_the_comma_between_its_thousands(tmp_path, figure):
    parsed, problems = read(tmp_path, f"a:\n  - {{as_of: 2025, says: {figure}, from: b}}\n")
    assert (problems, parsed.data) == ([], {"a": [{"as_of": "2025", "says": figure, "from": "b"}]})


def test_all_refused_features_are_listed_and_nothing_is_built(tmp_path):
    parsed, problems = read(tmp_path, "a: &x 1\nb: *x\nc: !!int 2\na: 3\n")
    assert parsed.data is None
    assert [problem.split(":")[0] for problem in problems] == ["1", "2", "3", "4"]


def test_after_a_duplicate_or_an_empty_value_the_rest_is_read(tmp_path):
    parsed, problems = read(tmp_path, "a: 1\na: {x: [1, 2]}\nb:\nc: 3\n")
    assert len(problems) == 2
    assert parsed.data == {"a": "1", "c": "3"}


def test_nesting_has_a_limit(tmp_path):
    parsed, problems = read(tmp_path, "[" * DEEPEST + "x" + "]" * DEEPEST)
    assert problems == []
    assert parsed.data is not None
    parsed, problems = read(tmp_path, "[" * (DEEPEST + 1) + "x" + "]" * (DEEPEST + 1))
    assert (parsed.data, problems) == (None, ["1:13: nested deeper than 12 levels"])


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"a: \xff\n", "1:4: byte 0xFF is not UTF-8; save the file as UTF-8"),
        ("a: b\n中文: ".encode() + b"\xc4\xe3\n", "2:5: byte 0xC4 is not UTF-8; save the file as UTF-8"),
        ("a: b\n".encode("utf-16"), "1:1: the file is UTF-16; save it as UTF-8"),
        (
            "a: b\n".encode("utf-16-be"),
            "1:1: the character U+0000 (control character) hides or reorders text; remove it",
        ),
    ],
)
def test_other_encodings_are_named(tmp_path, content, problem):
    assert read(tmp_path, content)[1][0] == problem


def test_every_hidden_character_is_listed_with_its_place(tmp_path):
    _, problems = read(tmp_path, "a: b\u200bc\u200b\n# \u202e comment\n")
    assert [problem.split(": ")[0] for problem in problems] == ["1:5", "1:7", "2:3"]


def test_an_escape_cannot_smuggle_a_hidden_character(tmp_path):
    parsed, problems = read(tmp_path, 'a: "x\\u202ey"\n"k\\u200bey": z\n')
    assert [problem.split(": ")[0] for problem in problems] == ["1:4", "2:1"]
    assert parsed.data == {"a": "xy", "key": "z"}


def test_missing_file_is_a_problem_not_a_crash(tmp_path):
    problems = ProblemList()
    parsed = read_yaml(tmp_path / "gone.yaml", "gone.yaml", problems)
    assert (parsed.data, problems.lines()) == (None, ("gone.yaml:1:1: cannot be read: No such file or directory",))


often = settings(max_examples=max(750, settings.default.max_examples))
"""Two kinds of random documents, 1,500 in every run."""


@often
@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(tmp_path_factory, content):
    parsed, problems = read(tmp_path_factory.getbasetemp(), content)
    assert (parsed.data is not None) or problems
    assert all(len(problem.splitlines()) == 1 for problem in problems)


@often
@given(st.text(alphabet="ab:-[]{},&*!?|>'\"#%@ \n\t~<", max_size=40))
def test_any_signs_of_yaml_are_read_or_refused(tmp_path_factory, content):
    parsed, problems = read(tmp_path_factory.getbasetemp(), content)
    assert (parsed.data is not None) or problems
    lines = content.split("\n")
    for problem in problems:
        line, column = (int(part) for part in problem.split(":")[:2])
        assert line <= len(lines)
        assert column <= len(lines[line - 1]) + 1
