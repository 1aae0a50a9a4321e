"""Refusals of records in words of our own, at the place of the field."""

from decimal import Decimal
from typing import Annotated

import pytest
from pydantic import Field

from ipo_data.loading.problems import ProblemList
from ipo_data.loading.validation import validate
from ipo_data.loading.yaml_reader import Parsed
from ipo_data.model.base import Record
from ipo_data.model.text import Text


class Part(Record):
    """A part of a sample."""

    name: str = Field(min_length=1, max_length=5)
    size: int = Field(default=1, ge=1, le=9, strict=False)


class Sample(Record):
    """Fields of every sort."""

    id: str
    source: str = Field(default="x", alias="from")
    label: Text | None = None
    parts: Annotated[tuple[Part, ...], Field(strict=False)] = ()
    labels: dict[str, dict[str, Text]] = Field(default_factory=dict)
    ratio: float = Field(default=1.0, strict=False, allow_inf_nan=False)
    few: tuple[str, ...] = Field(default=("a",), min_length=1, strict=False)


def refusals(data, **positions) -> list[str]:
    places = {tuple(path.split("/")): place for path, place in positions.items()}
    problems = ProblemList()
    parsed = Parsed("f.yaml", data, {(): (1, 1), **places})
    assert validate(Sample, data, parsed, (), problems) is None
    return [line.removeprefix("f.yaml:") for line in problems.lines()]


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        ([], "1:1: expected fields such as id, from, label, parts, got a list"),
        ("x", "1:1: expected fields such as id, from, label, parts, got 'x'"),
        ("", "1:1: expected fields such as id, from, label, parts, got nothing"),
        ({}, "1:1: field 'id' is missing"),
        ({"id": ["a"]}, "1:1: id: expected a text, got a list"),
        ({"id": "a", "form": "b"}, "1:1: unknown field 'form' (did you mean 'from'?)"),
        ({"id": "a", "qq": "b"},
         "1:1: unknown field 'qq' (allowed: id, from, label, parts, labels, ratio, few)"),
        ({"id": "a", "label": []}, "1:1: label: expected a text, or {en: …, zh-Hans: …}, got a list"),
        ({"id": "a", "label": {"en": "a", "zh": "b"}},
         "1:1: label: unknown field 'zh' (allowed: en, zh-Hans, zh-Hant)"),
        ({"id": "a", "labels": {"p": {"q": {"zh-Hans": "b"}}}}, "1:1: labels.p.q: field 'en' is missing"),
        ({"id": "a", "labels": {"p": {"q": {"en": "b", "x": "y"}}}},
         "1:1: labels.p.q: unknown field 'x' (allowed: en, zh-Hans, zh-Hant)"),
        ({"id": "a", "labels": []}, "1:1: labels: expected a map of names and values, got a list"),
        ({"id": "a", "parts": "b"}, "1:1: parts: expected a list in square brackets, got 'b'"),
        ({"id": "a", "parts": ["b"]}, "1:1: parts[0]: expected fields such as name, size, got 'b'"),
        ({"id": "a", "parts": [{"name": "b", "sice": "2"}]},
         "1:1: parts[0]: unknown field 'sice' (did you mean 'size'?)"),
        ({"id": "a", "parts": [{"nam": "b"}]}, "1:1: parts[0]: unknown field 'nam' (did you mean 'name'?)"),
        ({"id": "a", "parts": [{"name": ""}]}, "1:1: parts[0].name: a text is needed, got nothing"),
        ({"id": "a", "parts": [{"name": "toolong"}]},
         "1:1: parts[0].name: at most 5 characters are allowed, got 'toolong'"),
        ({"id": "a", "parts": [{"name": "b", "size": "x"}]}, "1:1: parts[0].size: expected a whole number, got 'x'"),
        ({"id": "a", "parts": [{"name": "b", "size": "0"}]}, "1:1: parts[0].size: the lowest allowed is 1, got '0'"),
        ({"id": "a", "parts": [{"name": "b", "size": "10"}]}, "1:1: parts[0].size: the highest allowed is 9, got '10'"),
        ({"id": "a", "ratio": "b"}, "1:1: ratio: expected a number, got 'b'"),
        ({"id": "a", "ratio": "nan"}, "1:1: ratio: expected a finite number, got 'nan'"),
        ({"id": "a", "few": []}, "1:1: few: at least 1 entries are needed, got a list"),
        ({"id": "a", "label": "<b>x</b>"}, "1:1: label: '<b>' looks like HTML; write plain text"),
    ],
)  # fmt: skip
def test_refusal_in_words(data, refusal):
    assert refusals(data) == [refusal]


def test_a_sound_record_is_built_and_nothing_is_noted():
    problems = ProblemList()
    data = {"id": "a", "from": "b", "label": "c", "parts": [{"name": "d", "size": "2"}]}
    sample = validate(Sample, data, Parsed("f.yaml", data, {}), (), problems)
    assert sample is not None
    assert (sample.source, sample.label, sample.parts[0].size, bool(problems)) == ("b", Text(en="c"), 2, False)


def test_the_position_is_that_of_the_nearest_thing_there_is():
    data = {"id": "a", "parts": [{"name": "b", "size": "x"}]}
    positions = {
        ("parts",): (3, 1),
        ("parts", 0): (3, 5),
        ("parts", 0, "size"): (3, 20),
        ("parts", 0, "siz", "<key>"): (9, 9),
    }
    problems = ProblemList()
    validate(Sample, data, Parsed("f.yaml", data, {(): (1, 1), **positions}), (), problems)
    assert problems.lines()[0].startswith("f.yaml:3:20: ")


def test_a_key_without_value_is_not_reported_as_missing_again():
    problems = ProblemList()
    assert validate(Sample, {}, Parsed("f.yaml", {}, {("id", "<key>"): (1, 1)}), (), problems) is None
    assert not problems


def test_words_beside_the_fields_count_for_hints():
    problems = ProblemList()
    data = {"id": "a", "segmnt": "b"}
    validate(Sample, data, Parsed("f.yaml", data, {}), (), problems, also=["segment"])
    assert problems.lines() == ("f.yaml:1:1: unknown field 'segmnt' (did you mean 'segment'?)",)


def test_records_are_strict():
    assert validate(Sample, {"id": Decimal(1)}, Parsed("f.yaml", None, {}), (), ProblemList()) is None
