"""Periods and dates of figures, and which of them may be compared.

A flow or an average belongs to a *period* (``FY2024``, ``H1-2025``, ``9M2025``, ``Q3-2025``, ``2025-11``,
``FY2022..H1-2025``, ``2025-01-01..2025-09-30``); a balance belongs to an *instant* (``2025-09-30``, ``2025-09``,
``2025``), kept with the precision it was printed to. A period knows its length and refuses comparisons that mislead.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final

from ipo_data.errors import NotComparableError, PeriodError

EXPECTED_PERIOD: Final = "expected e.g. FY2024, H1-2025, 9M2025, Q3-2025, 2025-11 or FY2022..FY2024"
EXPECTED_INSTANT: Final = "expected a date such as 2025-09-30, 2025-09 or 2025"
_YEARS: Final = range(1990, 2101)


class Precision(StrEnum):
    """How exactly an instant is printed."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Instant:
    """A date as printed: ``first`` and ``last`` are the days it may stand for.

    Attributes:
        text: As written.
        first: Earliest day it may mean.
        last: Latest day it may mean; figures "as of" a month count as of its end.
        precision: Day, month or year.
    """

    text: str
    first: date
    last: date
    precision: Precision

    @classmethod
    def parse(cls, text: str) -> "Instant":
        """Read ``2025-09-30``, ``2025-09`` or ``2025``.

        Raises:
            PeriodError: If the text has another form or the date does not exist.
        """
        return _instant(text)


@dataclass(frozen=True, slots=True)
class Period:
    """A span of whole days.

    Attributes:
        label: As written (``9M2025``).
        start: First day.
        end: Last day, included.
    """

    label: str
    start: date
    end: date

    @classmethod
    def parse(cls, text: str, year_end_month: int = 12) -> "Period":
        """Read a period label.

        Args:
            text: The label.
            year_end_month: Month in which the company's fiscal year ends (12 for both firms).

        Raises:
            PeriodError: If the text is not a period; the message gives the forms.
        """
        return _period(text, year_end_month)

    @property
    def months(self) -> int:
        """Length in whole months, rounded to the nearest."""
        whole = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month
        return whole + (1 if self.end.day - self.start.day >= 14 else 0)

    @property
    def days(self) -> int:
        """Length in days, both ends included."""
        return (self.end - self.start).days + 1

    @property
    def is_full_year(self) -> bool:
        """Whether the period is twelve months long."""
        return self.months == 12

    def prior_year(self) -> "Period":
        """Return the same months one year earlier, with a label of the same form where there is one."""
        label = re.sub(r"\d{4}", lambda m: str(int(m[0]) - 1), self.label)
        return Period(label, _year_earlier(self.start), _year_earlier(self.end))


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why two periods may not be compared, as a message code with its words.

    Attributes:
        code: ``different_length`` or ``different_season`` or ``overlap``.
        message: The reason in English, for error messages.
    """

    code: str
    message: str


def growth_refusal(earlier: Period, later: Period) -> Refusal | None:
    """Tell why a growth rate from ``earlier`` to ``later`` would mislead; ``None`` if it is like for like."""
    if earlier.months != later.months:
        return Refusal(
            "different_length",
            f"{earlier.label} has {earlier.months} months and {later.label} has {later.months}: "
            "growth between periods of unequal length is not growth",
        )
    if (earlier.start.month, earlier.end.month) != (later.start.month, later.end.month):
        return Refusal("different_season", f"{earlier.label} and {later.label} cover different months of the year")
    if later.start <= earlier.end:
        return Refusal("overlap", f"{later.label} does not begin after {earlier.label} ends")
    return None


def years_between(earlier: Period, later: Period) -> int:
    """Return the whole years from one period to the same months of a later year.

    Raises:
        NotComparableError: If the two are not like for like.
    """
    refusal = growth_refusal(earlier, later)
    if refusal:
        raise NotComparableError(refusal.message)
    return later.end.year - earlier.end.year


def same_window(a: Period, b: Period) -> bool:
    """Tell whether two periods cover the same days, so that figures may stand side by side without a mark."""
    return (a.start, a.end) == (b.start, b.end)


def _year_earlier(day: date) -> date:
    last = monthrange(day.year - 1, day.month)[1]
    end_of_month = day.day == monthrange(day.year, day.month)[1]
    return date(day.year - 1, day.month, last if end_of_month else min(day.day, last))


@lru_cache(maxsize=4096)
def _instant(text: str) -> Instant:
    match = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", text)
    if match is None:
        raise PeriodError(f"'{text}' is not a date; {EXPECTED_INSTANT}")
    year = _year(match[1], text)
    try:
        if match[3]:
            day = date(year, int(match[2]), int(match[3]))
            return Instant(text, day, day, Precision.DAY)
        if match[2]:
            first = date(year, int(match[2]), 1)
            return Instant(text, first, _month_end(year, first.month), Precision.MONTH)
    except ValueError as error:
        raise PeriodError(f"the date {text} does not exist ({error})") from None
    return Instant(text, date(year, 1, 1), date(year, 12, 31), Precision.YEAR)


@lru_cache(maxsize=4096)
def _period(text: str, year_end_month: int) -> Period:
    if ".." in text:
        return _span(text, year_end_month)
    match = re.fullmatch(r"(?:(FY)|(\d{1,2})M|([HQ])([1-4])-)(\d{4})|(\d{4}-\d{2})", text)
    if match is None:
        raise PeriodError(f"'{text}' is not a period; {EXPECTED_PERIOD}")
    if match[6]:
        month = _instant(text)
        return Period(text, month.first, month.last)
    first, length = _months_of(match, text)
    return _months_from(text, _year(match[5], text), year_end_month, first, length)


def _months_of(match: re.Match[str], text: str) -> tuple[int, int]:
    """Return the first fiscal month (0-based) and the number of months of a label."""
    if match[1]:
        return 0, 12
    if match[2]:
        length = int(match[2])
        if not 1 <= length <= 12:
            raise PeriodError(f"'{text}' is not a period: a year has 1 to 12 months; {EXPECTED_PERIOD}")
        return 0, length
    size = 6 if match[3] == "H" else 3
    number = int(match[4])
    if number * size > 12:
        raise PeriodError(f"'{text}' is not a period: a year has two halves; {EXPECTED_PERIOD}")
    return (number - 1) * size, size


def _months_from(label: str, fiscal_year: int, year_end_month: int, first: int, length: int) -> Period:
    start_index = (fiscal_year - 1) * 12 + year_end_month + first  # months since year 0, January = 0
    end_index = start_index + length - 1
    start = date(start_index // 12, start_index % 12 + 1, 1)
    return Period(label, start, _month_end(end_index // 12, end_index % 12 + 1))


def _span(text: str, year_end_month: int) -> Period:
    left, _, right = text.partition("..")
    start = _instant(left).first if left[:1].isdigit() and "M" not in left else _period(left, year_end_month).start
    end = _instant(right).last if right[:1].isdigit() and "M" not in right else _period(right, year_end_month).end
    if end <= start:
        raise PeriodError(f"'{text}' ends before it begins")
    return Period(text, start, end)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _year(digits: str, text: str) -> int:
    year = int(digits)
    if year not in _YEARS:
        raise PeriodError(f"'{text}': the year {year} is outside {_YEARS.start}–{_YEARS.stop - 1}")
    return year


def day_after(day: date) -> date:
    """Return the following calendar day."""
    return day + timedelta(days=1)
