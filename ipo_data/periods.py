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
from fractions import Fraction
from functools import lru_cache
from typing import Final

from ipo_data.errors import NotComparableError, PeriodError, shown

EXPECTED_PERIOD: Final = "expected e.g. FY2024, H1-2025, 9M2025, Q3-2025, 2025-11 or FY2022..FY2024"
EXPECTED_INSTANT: Final = "expected a date such as 2025-09-30, 2025-09 or 2025"
_YEARS: Final = range(1990, 2101)
_DAYS_OF_FOUR_CENTURIES: Final = 146_097  # 4,800 months


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
        return round(Fraction(self.days * 4_800, _DAYS_OF_FOUR_CENTURIES))

    @property
    def days(self) -> int:
        """Length in days, both ends included."""
        return (self.end - self.start).days + 1

    @property
    def is_full_year(self) -> bool:
        """Whether the period is twelve months long."""
        return self.months == 12

    def prior_year(self) -> "Period":
        """Return the same months one year earlier, with a label of the same form."""
        start, end = _year_earlier(self.start), _year_earlier(self.end, to_month_end=True)
        if _DAY_SPAN.fullmatch(self.label):
            return Period(f"{start}..{end}", start, end)
        return Period(re.sub(r"[0-9]{4}", lambda m: str(int(m[0]) - 1), self.label), start, end)

    def usual_label(self, year_end_month: int = 12) -> str:
        """Return the label figures of these days go by, so that one period has one name.

        Args:
            year_end_month: Month in which the company's fiscal year ends.

        Returns:
            ``FY2024`` for ``12M2024``, ``H1-2025`` for ``6M2025``, ``9M2025`` for ``2025-01..2025-09``; the label
            itself where no shorter one covers the same days.
        """
        return _usual_label(self, year_end_month)


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
    if _season(earlier) != _season(later):
        return Refusal("different_season", f"{earlier.label} and {later.label} cover different parts of the year")
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


def _season(period: Period) -> tuple[int, int, int, int]:
    start, end = period.start, period.end
    return start.month, start.day, end.month, 31 if _is_month_end(end) else end.day


def _is_month_end(day: date) -> bool:
    return day == _month_end(day.year, day.month)


def _year_earlier(day: date, *, to_month_end: bool = False) -> date:
    last = monthrange(day.year - 1, day.month)[1]
    return date(day.year - 1, day.month, last if to_month_end and _is_month_end(day) else min(day.day, last))


@lru_cache(maxsize=4096)
def _instant(text: str) -> Instant:
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", text)
    if match is None:
        raise PeriodError(f"'{shown(text)}' is not a date{_mended_date(text) or f'; {EXPECTED_INSTANT}'}")
    year = _year(match[1], text)
    if not match[2]:
        return Instant(text, date(year, 1, 1), date(year, 12, 31), Precision.YEAR)
    month, day = int(match[2]), int(match[3] or 1)
    if not 1 <= month <= 12:
        raise PeriodError(f"the date {text} does not exist: a year has 12 months")
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise PeriodError(f"the date {text} does not exist: {year}-{month:02} has {last} days")
    if match[3]:
        return Instant(text, date(year, month, day), date(year, month, day), Precision.DAY)
    return Instant(text, date(year, month, 1), date(year, month, last), Precision.MONTH)


_LABEL: Final = re.compile(r"(?:(FY)|([0-9]{1,2})M|([HQ])([1-4])-)([0-9]{4})|([0-9]{4}-[0-9]{2})")
_DAY_SPAN: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\.\.[0-9]{4}-[0-9]{2}-[0-9]{2}")


@lru_cache(maxsize=4096)
def _period(text: str, year_end_month: int) -> Period:
    if ".." in text:
        return _span(text, year_end_month)
    match = _LABEL.fullmatch(text)
    if match is None:
        raise PeriodError(f"'{shown(text)}' is not a period{_mended(text) or f'; {EXPECTED_PERIOD}'}")
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
    start, end = _edge(left, year_end_month)[0], _edge(right, year_end_month)[1]
    if end <= start:
        raise PeriodError(f"'{shown(text)}' ends before it begins")
    return Period(text, start, end)


def _edge(text: str, year_end_month: int) -> tuple[date, date]:
    """Return the first and last day of one side of a span: a date, a month or a period label."""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        day = _instant(text).first
        return day, day
    if ".." in text or not text:
        raise PeriodError(f"a span has two ends, e.g. FY2022..FY2024; {EXPECTED_PERIOD}")
    period = _period(text, year_end_month)
    return period.start, period.end


def _mended(text: str) -> str:
    """Return a hint if the label is only spelt differently: ``2024``, ``2025H1``, ``1H2025``, ``9M25``, ``fy2024``."""
    plain = re.sub(r"[^0-9A-Z]", "", text.upper()[:20])
    year = re.search(r"(20[0-9]{2})", plain)
    rest = plain.replace(year[1], "", 1) if year else plain[:-2]
    digits = year[1] if year else f"20{plain[-2:]}"
    part = "".join(sorted(rest, key=str.isdigit)) if re.fullmatch(r"[1-4][HQ]", rest) else rest
    guesses = {"": f"FY{digits}", "FY": f"FY{digits}"}
    guess = guesses.get(part, f"{part}-{digits}" if part[:1] in ("H", "Q") else f"{part}{digits}")
    return f" (did you mean '{guess}'?)" if guess != text and _LABEL.fullmatch(guess) else ""


_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE_FORMS: Final = (
    r"(?P<y>[0-9]{4})[-/.年 ]*(?P<m>[0-9]{1,2})(?:[-/.月 ]*(?P<d>[0-9]{1,2}))?[日月 ]*",
    r"(?P<d>1[3-9]|2[0-9]|3[01])[-/. ](?P<m>[0-9]{1,2})[-/. ](?P<y>[0-9]{4})",  # the day comes first
    r"(?P<m>[0-9]{1,2})[-/. ](?P<d>1[3-9]|2[0-9]|3[01])[-/. ](?P<y>[0-9]{4})",  # the month comes first
    rf"(?:(?P<d>[0-9]{{1,2}})[- ])?(?P<m>{'|'.join(_MONTHS)})[a-z]*[- ,.]+(?P<y>[0-9]{{4}})",
    rf"(?P<m>{'|'.join(_MONTHS)})[a-z]*[- .](?P<d>[0-9]{{1,2}})[- ,]+(?P<y>[0-9]{{4}})",
)
"""Other ways to write a date that can mean one day only; ``03/04/2026`` is not among them."""


def _mended_date(text: str) -> str:
    parts = next(filter(None, (re.fullmatch(form, text[:20].lower()) for form in _DATE_FORMS)), None)
    if parts is None:
        return ""
    month = parts["m"] if parts["m"].isdigit() else str(_MONTHS.index(parts["m"]) + 1)
    return f" (did you mean '{'-'.join(part.zfill(2) for part in (parts['y'], month, parts['d']) if part)}'?)"


def _usual_label(period: Period, year_end_month: int) -> str:
    fiscal_year = period.start.year + (period.start.month > year_end_month)
    if period.months <= 1:
        names = [f"{period.start:%Y-%m}"]
    else:
        parts = ("FY{}", "H1-{}", "H2-{}", "Q1-{}", "Q2-{}", "Q3-{}", "Q4-{}", f"{period.months}M{{}}")
        known = period.months <= 12 and fiscal_year in _YEARS
        names = [part.format(fiscal_year) for part in parts] if known else []
    return next((n for n in names if same_window(_period(n, year_end_month), period)), period.label)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _year(digits: str, text: str) -> int:
    year = int(digits)
    if year not in _YEARS:
        raise PeriodError(f"'{shown(text)}': the year {year} is outside {_YEARS.start}–{_YEARS.stop - 1}")
    return year


def day_after(day: date) -> date:
    """Return the following calendar day."""
    return day + timedelta(days=1)
