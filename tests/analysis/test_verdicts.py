"""Every verdict, by rounding interval and by the words of the document."""

from decimal import Decimal

import pytest

from ipo_data.analysis.points import Term
from ipo_data.analysis.verdicts import TieOut, tie_out
from ipo_data.intervals import INFINITY, Interval
from ipo_data.quantities import parse_quantity

EXACT, ROUNDING, LOOSE, CONFLICT = (
    TieOut.EXACT, TieOut.WITHIN_ROUNDING, TieOut.LOOSE_WORDING, TieOut.IN_CONFLICT,
)  # fmt: skip


def computed(value: str, half: str = "0") -> Term:
    middle = Decimal(value)
    return Term(middle, Interval(middle - Decimal(half), middle + Decimal(half)))


@pytest.mark.parametrize(
    ("stated", "value", "half", "verdict"),
    [
        ("1.75x", "1.7509", "0.0002", EXACT),
        ("-60%", "-60.466", "0.03", EXACT),
        ("-60.5%", "-60.45", "0", EXACT),  # a half is rounded away from zero
        ("782.2%", "782.08", "1.4", ROUNDING),
        ("782.2%", "782.08", "0.02", CONFLICT),
        ("130%", "133.29", "0.12", CONFLICT),
        ("~37 months", "37.23", "0.07", LOOSE),
        ("~54 months", "53.91", "0.1", LOOSE),
        ("~100%", "102.4", "0", LOOSE),  # about: within 2.5 %
        ("~100%", "102.6", "0", CONFLICT),
        (">100%", "109.1", "0.04", LOOSE),
        (">100%", "99.9", "0.05", CONFLICT),
        (">53 months", "37.5", "0.1", CONFLICT),
        ("<5%", "4.2", "0.1", LOOSE),
        ("<5%", "5.3", "0.1", CONFLICT),
        ("<~9x", "8.90", "0.1", LOOSE),  # nearly: up to a tenth below
        ("<~9x", "8.10", "0", LOOSE),
        ("<~9x", "8.05", "0.04", CONFLICT),
        ("<~9x", "9.60", "0.05", CONFLICT),
    ],
)
def test_verdicts(stated, value, half, verdict):
    assert tie_out(parse_quantity(stated), computed(value, half)) is verdict


def test_a_missing_input_cannot_be_computed():
    assert tie_out(parse_quantity("1.75x"), None) is TieOut.NOT_COMPUTABLE
    assert tie_out(parse_quantity("3x"), None, loosely_worded=True) is TieOut.NOT_COMPUTABLE


@pytest.mark.parametrize(
    ("stated", "value", "verdict"),
    [
        ("3x", "3.48", LOOSE),  # 高出三倍: 3.48 times of, 2.48 times more
        ("3x", "2.48", LOOSE),
        ("3x", "4.2", LOOSE),  # three times more is four times of
        ("3x", "4.6", CONFLICT),
        ("3x", "1.4", CONFLICT),
        ("15x", "14.80", LOOSE),
        ("<~9x", "8.90", LOOSE),  # 增长近9倍
        ("<~9x", "9.90", LOOSE),  # nearly nine times more is nearly ten times of
        ("<~9x", "11.2", CONFLICT),
    ],
)
def test_times_phrases_allow_the_other_reading(stated, value, verdict):
    assert tie_out(parse_quantity(stated), computed(value), loosely_worded=True) is verdict


def test_what_follows_from_an_open_ended_figure_is_never_exact():
    # 100 − (over 85 %) is at most 15 %: it allows 15 %, and does not confirm it
    rest = Term(Decimal(15), Interval(-INFINITY, Decimal(15)))
    assert tie_out(parse_quantity("15%"), rest) is LOOSE
    assert tie_out(parse_quantity("12%"), rest) is LOOSE
    assert tie_out(parse_quantity("16%"), rest) is CONFLICT
