"""Error types, the nearest-name hint, and how messages quote what was found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipo_data import errors
from ipo_data.errors import (
    IpoDataError,
    NotComparableError,
    OptionError,
    PeriodError,
    QuantityError,
    SeedError,
    UnknownNameError,
    is_visible,
    nearest,
    nearest_name,
    shown,
)


def test_every_error_of_the_package_has_one_base_and_stands_in_the_drawing():
    found = [e for e in vars(errors).values() if isinstance(e, type) and issubclass(e, Exception)]
    assert all(issubclass(error, IpoDataError) for error in found)
    assert all(error.__name__ in str(errors.__doc__) for error in found)


@pytest.mark.parametrize("error", [UnknownNameError, QuantityError, PeriodError, OptionError])
def test_wrong_values_are_value_errors_so_that_records_refuse_them(error):
    assert issubclass(error, ValueError)


def test_not_comparable_is_no_value_error():
    assert not issubclass(NotComparableError, ValueError)


def test_seed_error_lists_its_problems_line_by_line():
    error = SeedError(iter(["a.yaml:1:1: one", "b.yaml:2:2: two"]))
    assert error.problems == ("a.yaml:1:1: one", "b.yaml:2:2: two")
    assert str(error) == "a.yaml:1:1: one\nb.yaml:2:2: two"


def test_unknown_name_error_keeps_what_was_given():
    error = UnknownNameError("source", "ac", ["acn", "finet"])
    assert (error.given, error.allowed) == ("ac", ("acn", "finet"))
    assert str(error) == "unknown source 'ac' (did you mean 'acn'?)"


@pytest.mark.parametrize(
    ("given", "allowed", "hint"),
    [
        ("form", ["period", "from"], " (did you mean 'from'?)"),
        ("FROM", ["period", "from"], " (did you mean 'from'?)"),
        ("usd", ["USD", "CNY"], " (did you mean 'USD'?)"),
        ("zzz", ["a", "b"], " (allowed: a, b)"),
        ("zzz", ["a", "b", "a"], " (allowed: a, b)"),
        ("zzz", list("abcdefghij"), " (allowed: a, b, c, d, e, f, g, h, … 2 more)"),
        ("zzz", [], " (none is defined)"),
    ],
)
def test_nearest(given, allowed, hint):
    assert nearest(given, iter(allowed)) == hint


def test_nearest_lists_as_many_as_asked():
    assert nearest("zzz", list("abcd"), show=2) == " (allowed: a, b, … 2 more)"


def test_nearest_name_is_none_if_nothing_is_near():
    assert nearest_name("revenu", ["revenue", "rank"]) == "revenue"
    assert nearest_name("zzz", ["revenue", "rank"]) is None


def test_a_huge_name_is_compared_in_part():
    assert nearest("x" * 1_000_000, ["revenue"]) == " (allowed: revenue)"


@pytest.mark.parametrize(
    ("value", "quoted"),
    [
        ("plain 中文", "plain 中文"),
        ("a\nb\tc", "a\\nb\\tc"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("abc\u202edcba", "abc\\u202edcba"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        (17, "17"),
        ("x" * 61, "x" * 60 + "…"),
        ("x" * 60, "x" * 60),
    ],
)
def test_shown_is_one_short_visible_line(value, quoted):
    assert shown(value) == quoted


@given(st.text(max_size=200))
def test_shown_never_breaks_a_line_or_hides_a_character(text):
    quoted = shown(text)
    assert all(is_visible(c) for c in quoted)
    assert len(quoted) <= 61 * 10  # the longest escape is \U0010ffff
