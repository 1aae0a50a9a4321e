"""How figures are written: one function per kind, used by text, axes, hover, tables and exports alike.

Values are rounded half up, only here and only for display. English counts in thousands, millions and billions,
Chinese in 万 and 亿. Currencies are always named (US$, RMB, HK$). Negative figures have a true minus sign (U+2212) in
text, on axes and marks, and stand in parentheses in tables.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final

from babel.dates import format_date

from ipo_data.intervals import Interval
from ipo_data.model.claim import Claim
from ipo_data.periods import Instant, Period, Precision
from ipo_data.quantities import Bound, Quantity
from ipo_data.text.catalog import words
from ipo_data.units import UNITS, UnitKind

MINUS: Final = "\u2212"
MISSING: Final = "—"
_PREFIX: Final = {
    "USD": "US$",
    "CNY": "RMB",
    "HKD": "HK$",
    "EUR": "€",
    "GBP": "£",
    "JPY": "JP¥",
    "KRW": "₩",
    "SGD": "S$",
    "TWD": "NT$",
}
_ZH_NAMES: Final = {
    "USD": "美元",
    "CNY": "元人民币",
    "HKD": "港元",
    "EUR": "欧元",
    "GBP": "英镑",
    "JPY": "日元",
    "KRW": "韩元",
    "SGD": "新元",
    "TWD": "新台币",
}
_Scale = tuple[Decimal, str]
_EN_SCALES: Final[tuple[_Scale, ...]] = (
    (Decimal(10) ** 12, "trn"),
    (Decimal(10) ** 9, "bn"),
    (Decimal(10) ** 6, "m"),
    (Decimal(10) ** 3, "k"),
)
_ZH_SCALES: Final[tuple[_Scale, ...]] = (
    (Decimal(10) ** 12, "万亿"),
    (Decimal(10) ** 8, "亿"),
    (Decimal(10) ** 4, "万"),
)
_ONE: Final[_Scale] = (Decimal(1), "")
_PLAIN_BELOW: Final = 10_000  # 2,500 reads better than 2.5k or 0.25万
_CENTS_BELOW: Final = 1_000  # 153.27 keeps its cents, 2,444 needs none
_BASIS_POINTS: Final = 100  # of them make one percentage point
_MOST_PRINTED_PLACES: Final = 6
SIGNIFICANT: Final = 4
"""Digits that labels of charts and sentences have at most; tables, hover and files have what is printed."""
MULTIPLE_FROM: Final = 300
"""Per cent of growth from which labels and sentences give the multiple of the base first."""
_LOCALES: Final = {"en": "en", "zh-Hans": "zh_Hans_CN", "zh-Hant": "zh_Hant_HK"}
_TRADITIONAL: Final = str.maketrans("万亿币欧镑韩个点", "萬億幣歐鎊韓個點")
Number = Decimal | float | int
"""Any finite number."""


# --- numbers ----------------------------------------------------------------------------------------------------------


def rounded(value: Number, digits: int) -> Decimal:
    """Round half up to ``digits`` places (half of the last place goes away from zero); never a negative zero."""
    result = _exact(value).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    return result or abs(result)


def number(value: Number, digits: int = 0) -> str:
    """Write a plain number with thousands separators."""
    return f"{rounded(value, digits):,}".replace("-", MINUS)


def compact(value: Number, language: str, *, significant: int = SIGNIFICANT) -> str:
    """Write a large number with its scale word: ``53.44m``, ``1.046bn``, ``5,344万``, ``10.46亿``.

    Args:
        value: The number in base units.
        language: Language code.
        significant: Significant digits, in every language alike.
    """
    exact = _exact(value)
    if rounded(abs(exact), 0) < _PLAIN_BELOW:
        return number(exact, 0 if exact == exact.to_integral_value() or abs(exact) >= _CENTS_BELOW else 2)
    scales = _EN_SCALES if language == "en" else _ZH_SCALES
    chosen = next((place for place, (scale, _) in enumerate(scales) if abs(exact) >= scale), len(scales) - 1)
    shown = _significant(exact / scales[chosen][0], significant)
    if chosen and abs(shown) * scales[chosen][0] >= scales[chosen - 1][0]:  # 999.96m rounds to 1.00bn, not to 1000.0m
        chosen -= 1
        shown = _significant(exact / scales[chosen][0], significant)
    places = max(0, _places(abs(shown), significant))
    return _chinese(number(shown, places) + scales[chosen][1], language)


def percent(value: Number, digits: int = 1) -> str:
    """Write a percentage given as printed (23.3 is 23.3 %)."""
    return number(value, digits) + "%"


def points(value: Number, language: str, digits: int = 1) -> str:
    """Write a difference of two percentages with its sign: ``+11.1 pp``, ``+11.1个百分点``.

    Less than one point is written in basis points: ``−40 bps``, ``−40个基点``; no difference has no sign.
    """
    small = _exact(value) * _BASIS_POINTS
    in_basis_points = abs(rounded(small, 0)) < _BASIS_POINTS
    text = number(small, max(0, digits - 2)) if in_basis_points else number(value, digits)
    signed = text if text.startswith(MINUS) or not text.strip("0.") else "+" + text
    return words(language)("format.basis_points" if in_basis_points else "format.points", value=signed)


def multiple(value: Number, digits: int | None = None) -> str:
    """Write a multiple: ``1,837×``, ``36.8×``, ``3.48×``; a whole one as it is set or printed, ``10×``."""
    exact = _exact(value)
    if digits is None:
        digits = 0 if exact == exact.to_integral_value() else multiple_places(exact)
    return number(exact, digits) + "×"


def multiple_places(value: Number) -> int:
    """Return the places of a computed multiple, whole or not, so that ``2.00×`` stands beside ``2.51×``."""
    size = abs(_exact(value))
    return 0 if rounded(size, 1) >= 100 else 2 if rounded(size, 2) < 10 else 1


def duration(value: Number, unit: str, language: str, digits: int = 1) -> str:
    """Write a length: ``37.5 months``, ``37.5个月``; a computed one keeps its place, so that 8.0 stands beside 8.1.

    Args:
        value: The length.
        unit: ``months``, ``days`` or ``years``.
        language: Language code.
        digits: Decimal places: none for what is counted or printed in whole ones.
    """
    text, say = number(value, digits), words(language)
    one = f"format.{unit}_one"  # "1 month", where the language tells one from many
    return say(one if text == "1" and say.has(one) else f"format.{unit}", value=text)


# --- money ------------------------------------------------------------------------------------------------------------


def money(value: Number, currency: str, language: str, *, significant: int = SIGNIFICANT) -> str:
    """Write an amount of money with its currency: ``US$53.44m``, ``5,344万美元``."""
    return _with_currency(compact(value, language, significant=significant), currency, language)


def price(value: Number, currency: str, language: str) -> str:
    """Write a price per share with two places: ``HK$165.00``, ``165.00港元``."""
    return _with_currency(number(value, 2), currency, language)


def currency_name(currency: str, language: str) -> str:
    """Return the short name of a currency: ``US$`` or ``美元``."""
    return _PREFIX[currency] if language == "en" else _chinese(_ZH_NAMES[currency], language)


def _with_currency(text: str, currency: str, language: str) -> str:
    name = currency_name(currency, language)
    if language != "en":
        return text + name
    return f"{MINUS}{name}{text[1:]}" if text.startswith(MINUS) else name + text


# --- tables -----------------------------------------------------------------------------------------------------------

_SCALE_WORDS: Final = "|".join(
    dict.fromkeys(w for _, scale in (*_ZH_SCALES, *_EN_SCALES) for w in (scale, scale.translate(_TRADITIONAL)))
)
_ZH_UNITS: Final = (*_ZH_NAMES.values(), "个百分点", "个基点")
_UNIT_WORDS: Final = "|".join(dict.fromkeys(w for name in _ZH_UNITS for w in (name, name.translate(_TRADITIONAL))))
_NEGATIVE: Final = re.compile(
    rf"\[[^\]]*\]|(?<![0-9A-Za-z)(（])\u2212((?:{'|'.join(map(re.escape, _PREFIX.values()))})?\d[\d,]*(?:\.\d+)?"
    rf"(?:{_SCALE_WORDS})?(?:%|×| pp| bps|{_UNIT_WORDS})?)"
)
_ARITHMETIC: Final = re.compile(r" [+\u2212×÷] |[÷Σ^]")
"""Signs of a formula; a Chinese one has no blanks around its minus."""
_BOUNDS: Final = re.compile(r"\b(?:least|most|from|to) $|[至在][多少]?$")
"""Words of a bound or a range, before which brackets would read as an aside."""


def in_table(text: str) -> str:
    """Write the negative figures of a table cell in parentheses: ``−24.7%`` becomes ``(24.7%)``.

    Ranges in square brackets, arithmetic and figures of a bound (``at most −2.4%``) keep their minus signs.
    """
    if MINUS not in text or _ARITHMETIC.search(text):
        return text
    return _NEGATIVE.sub(_bracketed, text)


def _bracketed(found: re.Match[str]) -> str:
    return f"({found[1]})" if found[1] and not _BOUNDS.search(found.string[: found.start()]) else found[0]


# --- periods and dates ------------------------------------------------------------------------------------------------


def period(when: Period | Instant | None, language: str) -> str:
    """Write a period or date for readers: ``9M 2025``, ``2025年前9个月``, ``30 Sep 2025``."""
    if when is None:
        return ""
    if isinstance(when, Instant):
        return instant(when, language)
    first, dots, last = when.label.partition("..")
    return f"{_edge(first, language)}–{_edge(last, language)}" if dots else period_label(when.label, language)


def period_label(label: str, language: str) -> str:
    """Write a label such as ``FY2024``, ``9M2025``, ``H1-2025``, ``LTM-2025-09`` or ``2025-11`` for readers."""
    say = words(language)
    if label.startswith("FY"):
        return say("format.year", year=label[2:])
    if label.startswith("LTM-"):
        return say("format.ltm", end=instant(Instant.parse(label[4:]), language))
    if "M" in label:
        count, _, year = label.partition("M")
        return say("format.first_months", count=count, year=year)
    if label[:1] in ("H", "Q"):
        part, _, year = label.partition("-")
        return say(f"format.{part}", year=year)
    return instant(Instant.parse(label), language)


@lru_cache(maxsize=4096)
def instant(when: Instant, language: str) -> str:
    """Write a date to the precision it was printed to."""
    if when.precision is Precision.YEAR:
        return when.text if language == "en" else when.text + "年"
    if when.precision is Precision.MONTH:
        return format_date(when.first, "MMM yyyy" if language == "en" else "y年M月", locale=_LOCALES[language])
    return day(when.first, language)


@lru_cache(maxsize=4096)
def day(when: date, language: str) -> str:
    """Write a calendar day: ``30 Sep 2025``, ``2025年9月30日``."""
    return format_date(when, "d MMM yyyy" if language == "en" else "y年M月d日", locale=_LOCALES[language])


def _edge(label: str, language: str) -> str:
    """Write one end of a span: a period label or a date."""
    is_date = label[:1].isdigit() and "M" not in label
    return instant(Instant.parse(label), language) if is_date else period_label(label, language)


# --- any value --------------------------------------------------------------------------------------------------------


def value(
    amount: Number, unit: str, language: str, *, digits: int | None = None, significant: int = SIGNIFICANT
) -> str:
    """Write any value by its unit code; this is what axes, hover, tables and text share.

    Args:
        amount: The value in base units (percent as printed).
        unit: Unit code, or ``points`` for differences of percentages.
        language: Language code.
        digits: Decimal places, where the printed precision should be kept.
        significant: Significant digits of money and counts.
    """
    one = 1 if digits is None else digits
    if unit == "points":
        return points(amount, language, one)
    writers: dict[UnitKind, Callable[[], str]] = {
        UnitKind.MONEY: lambda: money(amount, unit, language, significant=significant),
        UnitKind.PERCENT: lambda: percent(amount, one),
        UnitKind.MULTIPLE: lambda: multiple(amount, digits),
        UnitKind.RANK: lambda: words(language)("format.rank", value=number(amount)),
        UnitKind.DURATION: lambda: duration(amount, unit, language, one),
        UnitKind.DATE: lambda: day(date.fromordinal(int(amount)), language),
        UnitKind.COUNT: lambda: compact(amount, language, significant=significant),
    }
    return writers[UNITS[unit].kind]()


def span(interval: Interval, unit: str, language: str, *, digits: int | None = None) -> str:
    """Write the range a figure may stand for: ``[4.43%, 4.70%]``; an open side is ∞."""
    low = f"{MINUS}∞" if interval.low.is_infinite() else value(interval.low, unit, language, digits=digits)
    high = "∞" if interval.high.is_infinite() else value(interval.high, unit, language, digits=digits)
    return f"[{low}, {high}]"


def hedged(text: str, bound: Bound, language: str, *, inclusive: bool = False) -> str:
    """Put the document's hedge before a written figure: ``over 53 months``, ``超过53个月``.

    Args:
        text: The figure as written.
        bound: The hedge.
        language: Language code.
        inclusive: Whether a lower bound is itself possible: ``at least 85%``, ``至少85%``.
    """
    if bound is Bound.EXACT:
        return text
    return words(language)("bound.inclusive" if inclusive and bound is Bound.AT_LEAST else f"bound.{bound}", value=text)


def quantity(printed: Quantity, language: str, *, inclusive: bool = False) -> str:
    """Write a quantity with its hedge and to the precision it was printed to."""
    if printed.day is not None:
        return instant(printed.day, language)
    unit = printed.unit
    if unit.kind is UnitKind.MONEY:
        text = _with_currency(_precise(printed, language), unit.code, language)
    elif unit.kind is UnitKind.COUNT:
        text = _precise(printed, language)
    else:
        text = value(printed.value, unit.code, language, digits=_decimals(printed.step))
    return hedged(text, printed.bound, language, inclusive=inclusive)


def claim_figure(claim: Claim, language: str) -> str:
    """Write a claim's figure for readers, as precise as its document prints it and with its word for a bound."""
    return quantity(claim.quantity, language, inclusive=claim.bound_is_inclusive)


# --- labels and sentences ---------------------------------------------------------------------------------------------


def shortened(printed: Quantity) -> Quantity:
    """Return a printed figure as labels of charts and sentences give it: rounded half up to four significant digits.

    Fewer digits, dates, bounds (*over* a rounded figure may be wrong) and money below a thousand, which is a price,
    stay as they are.
    """
    if printed.day is not None or printed.bound in (Bound.AT_LEAST, Bound.AT_MOST) or not printed.value:
        return printed
    if printed.unit.kind is UnitKind.MONEY and abs(printed.value) < _CENTS_BELOW:
        return printed
    shorter, step = printed.value, printed.step
    for _ in range(2):  # 99,996 becomes 100,000 and has a place less after it
        step = max(step, Decimal(1).scaleb(shorter.adjusted() - SIGNIFICANT + 1))
        shorter = (printed.value / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step
    return replace(printed, value=shorter, step=step)


def short_figure(claim: Claim, language: str) -> str:
    """Write a claim's figure for a label or a sentence: ``US$1.872bn`` where 1,871.617m is printed."""
    return quantity(shortened(claim.quantity), language, inclusive=claim.bound_is_inclusive)


def growth_multiple(rate: Number) -> str:
    """Write what a growth rate multiplies its base by: a growth of 790.3 % is ``8.90×``."""
    return multiple(times := 1 + _exact(rate) / 100, multiple_places(times))


def _precise(printed: Quantity, language: str) -> str:
    """Write the number with its scale word, to the last printed place and no further."""
    scale, name = _printed_scale(printed, language)
    return _chinese(number(printed.value / scale, _decimals(printed.step / scale)) + name, language)


def _printed_scale(printed: Quantity, language: str) -> _Scale:
    """Return the largest scale that leaves no more than six places; 25,389,220 printed to the unit needs none."""
    scales = _EN_SCALES if language == "en" else _ZH_SCALES
    size = abs(printed.value)
    if (language == "en" and size < _PLAIN_BELOW) or (printed.step <= 1 and size < 10**8):
        return _ONE
    fitting = (s for s in scales if size >= s[0] and _decimals(printed.step / s[0]) <= _MOST_PRINTED_PLACES)
    return next(fitting, _ONE)


def _exact(value: Number) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _decimals(step: Decimal) -> int:
    """Return the decimal places of a last printed place: two for 0.01, none for 1 or 100."""
    exponent = step.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _significant(scaled: Decimal, significant: int) -> Decimal:
    return rounded(scaled, _places(abs(scaled), significant))


def _places(scaled: Decimal, significant: int) -> int:
    """Return the decimal places that give so many digits; negative where digits before the point are too many."""
    whole = len(str(int(scaled))) if scaled >= 1 else 1
    return significant - whole


def _chinese(text: str, language: str) -> str:
    return text.translate(_TRADITIONAL) if language == "zh-Hant" else text
