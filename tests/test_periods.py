"""Periods know their days and their length and refuse comparisons that mislead."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipo_data.errors import NotComparableError, PeriodError
from ipo_data.periods import (
    EXPECTED_INSTANT,
    EXPECTED_PERIOD,
    Instant,
    Period,
    Precision,
    day_after,
    growth_refusal,
    same_window,
    years_between,
)


def days(first: str, last: str) -> tuple[date, date]:
    return date.fromisoformat(first), date.fromisoformat(last)


# --- reading periods ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "first", "last", "months", "length"),
    [
        ("FY2024", "2024-01-01", "2024-12-31", 12, 366),
        ("FY2025", "2025-01-01", "2025-12-31", 12, 365),
        ("H1-2025", "2025-01-01", "2025-06-30", 6, 181),  # 31 + 28 + 31 + 30 + 31 + 30
        ("H2-2024", "2024-07-01", "2024-12-31", 6, 184),
        ("9M2025", "2025-01-01", "2025-09-30", 9, 273),  # 365 − 92
        ("Q1-2024", "2024-01-01", "2024-03-31", 3, 91),
        ("Q3-2025", "2025-07-01", "2025-09-30", 3, 92),
        ("2025-11", "2025-11-01", "2025-11-30", 1, 30),
        ("2025-02", "2025-02-01", "2025-02-28", 1, 28),
        ("FY2022..FY2024", "2022-01-01", "2024-12-31", 36, 1096),  # 365 + 365 + 366
        ("FY2022..H1-2025", "2022-01-01", "2025-06-30", 42, 1277),  # 1096 + 181
        ("2025-01-01..2025-09-30", "2025-01-01", "2025-09-30", 9, 273),
        ("2023-12..2025-09", "2023-12-01", "2025-09-30", 22, 670),
        ("2023-12-31..2025-09-30", "2023-12-31", "2025-09-30", 21, 640),
        ("FY2023..9M2025", "2023-01-01", "2025-09-30", 33, 1004),  # 365 + 366 + 273
    ],
)
def test_label_is_read(label, first, last, months, length):
    period = Period.parse(label)
    assert (period.label, period.start, period.end) == (label, *days(first, last))
    assert (period.months, period.days) == (months, length)
    assert period.is_full_year is (months == 12)


@pytest.mark.parametrize(
    ("label", "year_end_month", "first", "last"),
    [
        # a fiscal year is named after the year in which it ends
        ("FY2025", 3, "2024-04-01", "2025-03-31"),
        ("H1-2025", 3, "2024-04-01", "2024-09-30"),
        ("Q4-2025", 3, "2025-01-01", "2025-03-31"),
        ("9M2025", 3, "2024-04-01", "2024-12-31"),
        ("FY2024", 6, "2023-07-01", "2024-06-30"),
        ("H2-2024", 6, "2024-01-01", "2024-06-30"),
        ("FY2024", 2, "2023-03-01", "2024-02-29"),
        ("2025-11", 3, "2025-11-01", "2025-11-30"),  # a calendar month is what it says
    ],
)
def test_fiscal_year_need_not_end_in_december(label, year_end_month, first, last):
    period = Period.parse(label, year_end_month)
    assert (period.start, period.end) == days(first, last)


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ("2025-01-31", "2025-03-01", 1),  # 30 days, although three months are touched
        ("2025-01-16", "2025-02-15", 1),
        ("2025-01-01", "2025-01-14", 0),  # 14 of 30.4 days
        ("2025-01-01", "2025-01-16", 1),
        ("2024-02-01", "2024-02-29", 1),
    ],
)
def test_length_of_odd_spans_is_rounded_to_the_nearest_month(first, last, months):
    assert Period.parse(f"{first}..{last}").months == months


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2024", "FY2024"), ("fy2024", "FY2024"), ("FY24", "FY2024"), ("FY 2024", "FY2024"), ("2025H1", "H1-2025"),
        ("1H2025", "H1-2025"), ("H1 2025", "H1-2025"), ("H12025", "H1-2025"), ("2025-Q3", "Q3-2025"),
        ("3Q25", "Q3-2025"),
        ("9M-2025", "9M2025"), ("9m25", "9M2025"), ("2025年", "FY2025"),
    ],
)  # fmt: skip
def test_another_spelling_gets_the_right_one(text, meant):
    with pytest.raises(PeriodError) as caught:
        Period.parse(text)
    assert str(caught.value) == f"'{text}' is not a period (did you mean '{meant}'?)"
    assert Period.parse(meant).label == meant


@pytest.mark.parametrize("text", ["", "soon", "FY", "last year", "FY20245", "９M2025x", "Q5-2025", "H0-2025", "M2025"])
def test_what_is_no_period_is_refused_with_examples(text):
    with pytest.raises(PeriodError) as caught:
        Period.parse(text)
    assert str(caught.value) == f"'{text}' is not a period; {EXPECTED_PERIOD}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("13M2025", f"'13M2025' is not a period: a year has 1 to 12 months; {EXPECTED_PERIOD}"),
        ("0M2025", f"'0M2025' is not a period: a year has 1 to 12 months; {EXPECTED_PERIOD}"),
        ("H3-2025", f"'H3-2025' is not a period: a year has two halves; {EXPECTED_PERIOD}"),
        ("FY1989", "'FY1989': the year 1989 is outside 1990–2100"),
        ("FY2101", "'FY2101': the year 2101 is outside 1990–2100"),
        ("2025-13", "the date 2025-13 does not exist: a year has 12 months"),
        ("FY2024..FY2022", "'FY2024..FY2022' ends before it begins"),
        ("2025-02-30..2025-03-31", "the date 2025-02-30 does not exist: 2025-02 has 28 days"),
        ("FY2022..", f"a span has two ends, e.g. FY2022..FY2024; {EXPECTED_PERIOD}"),
        ("FY2022..FY2023..FY2024", f"a span has two ends, e.g. FY2022..FY2024; {EXPECTED_PERIOD}"),
    ],
)
def test_refusal_of_a_period_says_why(text, message):
    with pytest.raises(PeriodError) as caught:
        Period.parse(text)
    assert str(caught.value) == message


@pytest.mark.parametrize("text", ["FY２０２４", "２０２５-11", "9M２０２５"])
def test_full_width_digits_do_not_make_a_second_name(text):
    with pytest.raises(PeriodError):
        Period.parse(text)


# --- one name per period --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "year_end_month", "usual"),
    [
        ("12M2024", 12, "FY2024"), ("6M2025", 12, "H1-2025"), ("3M2025", 12, "Q1-2025"), ("1M2025", 12, "2025-01"),
        ("2025-01..2025-09", 12, "9M2025"), ("2025-01-01..2025-09-30", 12, "9M2025"),
        ("2025-07..2025-12", 12, "H2-2025"),
        ("2024-04..2025-03", 3, "FY2025"), ("Q2-2025", 12, "Q2-2025"), ("FY2022..FY2024", 12, "FY2022..FY2024"),
        ("2025-02..2025-04", 12, "2025-02..2025-04"), ("2025-01-02..2025-09-30", 12, "2025-01-02..2025-09-30"),
    ],
)  # fmt: skip
def test_usual_label(label, year_end_month, usual):
    assert Period.parse(label, year_end_month).usual_label(year_end_month) == usual


def test_same_window_compares_days_not_labels():
    assert same_window(Period.parse("9M2025"), Period.parse("2025-01..2025-09"))
    assert not same_window(Period.parse("9M2025"), Period.parse("9M2024"))
    assert not same_window(Period.parse("FY2025"), Period.parse("FY2025", 3))


# --- instants -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2025-09-30", "2025-09-30", "2025-09-30", Precision.DAY),
        ("2025-09", "2025-09-01", "2025-09-30", Precision.MONTH),
        ("2024-02", "2024-02-01", "2024-02-29", Precision.MONTH),
        ("2100-02", "2100-02-01", "2100-02-28", Precision.MONTH),  # a century is no leap year
        ("2025", "2025-01-01", "2025-12-31", Precision.YEAR),
        ("2024-02-29", "2024-02-29", "2024-02-29", Precision.DAY),
    ],
)
def test_instant_keeps_its_precision(text, first, last, precision):
    instant = Instant.parse(text)
    assert (instant.text, instant.first, instant.last) == (text, *days(first, last))
    assert instant.precision is precision


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2025-02-29", "the date 2025-02-29 does not exist: 2025-02 has 28 days"),
        ("2025-09-31", "the date 2025-09-31 does not exist: 2025-09 has 30 days"),
        ("2025-09-00", "the date 2025-09-00 does not exist: 2025-09 has 30 days"),
        ("2025-00", "the date 2025-00 does not exist: a year has 12 months"),
        ("1989-12-31", "'1989-12-31': the year 1989 is outside 1990–2100"),
        ("2025-9-30", "'2025-9-30' is not a date (did you mean '2025-09-30'?)"),
        ("20250930", "'20250930' is not a date (did you mean '2025-09-30'?)"),
        ("2025/09/30", "'2025/09/30' is not a date (did you mean '2025-09-30'?)"),
        ("2025年9月30日", "'2025年9月30日' is not a date (did you mean '2025-09-30'?)"),
        ("2025 年 9 月", "'2025 年 9 月' is not a date (did you mean '2025-09'?)"),
        ("30/9/2025", "'30/9/2025' is not a date (did you mean '2025-09-30'?)"),
        ("9/30/2025", "'9/30/2025' is not a date (did you mean '2025-09-30'?)"),
        ("30.09.2025", "'30.09.2025' is not a date (did you mean '2025-09-30'?)"),
        ("9 September 2025", "'9 September 2025' is not a date (did you mean '2025-09-09'?)"),
        ("Sept 30, 2025", "'Sept 30, 2025' is not a date (did you mean '2025-09-30'?)"),
        ("September 2025", "'September 2025' is not a date (did you mean '2025-09'?)"),
        ("9/10/2025", f"'9/10/2025' is not a date; {EXPECTED_INSTANT}"),  # the ninth or the tenth month
        ("30 September", f"'30 September' is not a date; {EXPECTED_INSTANT}"),
        ("", f"'' is not a date; {EXPECTED_INSTANT}"),
        ("２０２５-09-30", f"'２０２５-09-30' is not a date; {EXPECTED_INSTANT}"),
    ],
)
def test_refusal_of_a_date_says_why(text, message):
    with pytest.raises(PeriodError) as caught:
        Instant.parse(text)
    assert str(caught.value) == message


def test_day_after_crosses_months_and_years():
    assert day_after(date(2025, 12, 31)) == date(2026, 1, 1)


# --- comparing ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("earlier", "later", "code"),
    [
        ("FY2023", "FY2024", None),
        ("FY2022", "FY2024", None),
        ("9M2024", "9M2025", None),
        ("2024-02", "2025-02", None),  # 29 and 28 days, the same month
        ("FY2024", "9M2025", "different_length"),
        ("FY2024", "FY2022..FY2024", "different_length"),
        ("H1-2025", "H2-2025", "different_season"),
        ("Q1-2025", "Q2-2025", "different_season"),
        ("2024-01-15..2024-09-30", "2025-01-01..2025-09-30", "different_season"),  # nine months each, rounded
        ("FY2024", "FY2023", "overlap"),
        ("FY2024", "FY2024", "overlap"),
        ("FY2022..FY2023", "FY2023..FY2024", "overlap"),
    ],
)
def test_growth_refusal(earlier, later, code):
    refusal = growth_refusal(Period.parse(earlier), Period.parse(later))
    assert (refusal.code if refusal else None) == code


def test_growth_refusal_names_both_periods():
    refusal = growth_refusal(Period.parse("FY2024"), Period.parse("9M2025"))
    assert refusal is not None
    assert refusal.message == (
        "FY2024 has 12 months and 9M2025 has 9: growth between periods of unequal length is not growth"
    )


def test_years_between_counts_years_of_like_periods():
    assert years_between(Period.parse("FY2022"), Period.parse("FY2024")) == 2
    assert years_between(Period.parse("9M2024"), Period.parse("9M2025")) == 1
    with pytest.raises(NotComparableError, match="H2-2025 cover different parts of the year"):
        years_between(Period.parse("H1-2025"), Period.parse("H2-2025"))


@pytest.mark.parametrize(
    ("label", "earlier"),
    [
        ("FY2025", "FY2024"), ("9M2025", "9M2024"), ("H1-2025", "H1-2024"), ("Q4-2025", "Q4-2024"),
        ("2025-02", "2024-02"), ("2024-02", "2023-02"), ("FY2022..H1-2025", "FY2021..H1-2024"),
        ("2025-01-01..2025-09-30", "2024-01-01..2024-09-30"),
        # into and out of leap years: a month's end stays a month's end, a first day keeps its number
        ("2024-03-01..2025-02-28", "2023-03-01..2024-02-29"),
        ("2024-01-01..2024-02-29", "2023-01-01..2023-02-28"),
        ("2024-02-29..2024-05-31", "2023-02-28..2023-05-31"),
        ("2025-02-28..2025-05-31", "2024-02-28..2024-05-31"),
    ],
)  # fmt: skip
def test_prior_year(label, earlier):
    assert Period.parse(label).prior_year() == Period.parse(earlier)


def test_prior_year_of_a_fiscal_year_that_ends_in_march():
    assert Period.parse("9M2025", 3).prior_year() == Period.parse("9M2024", 3)


# --- properties -----------------------------------------------------------------------------------------------------

YEARS = st.integers(1992, 2099)
SIMPLE = st.one_of(
    st.builds("FY{}".format, YEARS),
    st.builds("H{}-{}".format, st.integers(1, 2), YEARS),
    st.builds("Q{}-{}".format, st.integers(1, 4), YEARS),
    st.builds("{}M{}".format, st.integers(1, 12), YEARS),
    st.builds("{}-{:02}".format, YEARS, st.integers(1, 12)),
)
DAYS = st.dates(date(1992, 1, 1), date(2092, 12, 31))


@st.composite
def labels(draw: st.DrawFn) -> str:
    simple = draw(SIMPLE)
    if draw(st.booleans()):
        return simple
    first = draw(DAYS)
    return f"{first}..{first + timedelta(days=draw(st.integers(1, 2000)))}"


@given(labels(), st.integers(1, 12))
def test_reading_a_label_again_gives_the_same_period(label, year_end_month):
    period = Period.parse(label, year_end_month)
    assert Period.parse(period.label, year_end_month) == period
    assert period.start < period.end
    assert period.days == (period.end - period.start).days + 1


@given(labels(), st.integers(1, 12))
def test_the_usual_label_covers_the_same_days_and_is_its_own_usual_label(label, year_end_month):
    period = Period.parse(label, year_end_month)
    usual = Period.parse(period.usual_label(year_end_month), year_end_month)
    assert same_window(usual, period)
    assert usual.usual_label(year_end_month) == usual.label


@given(SIMPLE, st.integers(1, 12))
def test_simple_periods_are_whole_months(label, year_end_month):
    period = Period.parse(label, year_end_month)
    whole = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
    assert period.start.day == 1
    assert day_after(period.end).day == 1
    assert period.months == whole


@given(SIMPLE, st.integers(1, 12))
def test_a_period_grows_from_its_prior_year(label, year_end_month):
    period = Period.parse(label, year_end_month)
    earlier = period.prior_year()
    assert earlier == Period.parse(earlier.label, year_end_month)
    assert growth_refusal(earlier, period) is None
    assert years_between(earlier, period) == 1


@given(labels(), labels())
def test_growth_is_never_allowed_both_ways(one, other):
    first, second = Period.parse(one), Period.parse(other)
    assert growth_refusal(first, second) is not None or growth_refusal(second, first) is not None


@given(DAYS)
def test_every_day_month_and_year_is_an_instant(day):
    assert Instant.parse(day.isoformat()).first == day
    assert Instant.parse(f"{day:%Y-%m}").first <= day <= Instant.parse(f"{day:%Y-%m}").last
    assert Instant.parse(f"{day:%Y}").first <= day <= Instant.parse(f"{day:%Y}").last


def refusal_of(read: Callable[[str], object], text: str) -> str:
    """Return the message if the text is refused, else nothing."""
    try:
        read(text)
    except PeriodError as error:
        return str(error)
    return ""


@given(st.text(max_size=24))
def test_any_text_is_a_period_or_refused_in_one_line(text):
    assert len(refusal_of(Period.parse, text).splitlines()) <= 1
    assert len(refusal_of(Instant.parse, text).splitlines()) <= 1
