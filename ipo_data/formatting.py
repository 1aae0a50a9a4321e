"""How figures are written: one function per kind, used by text, axes, hover, tables and exports alike.

Values are rounded half up, only here and only for display. English counts in thousands, millions and billions,
Chinese in 万 and 亿. Currencies are always named (US$, RMB, HK$); minus signs are U+2212.
"""

from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from babel.dates import format_date

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
_EN_SCALES: Final = (
    (Decimal(10) ** 12, "trn"),
    (Decimal(10) ** 9, "bn"),
    (Decimal(10) ** 6, "m"),
    (Decimal(10) ** 3, "k"),
)
_ZH_SCALES: Final = ((Decimal(10) ** 12, "万亿"), (Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万"))
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
_LOCALES: Final = {"en": "en", "zh-Hans": "zh_Hans_CN", "zh-Hant": "zh_Hant_HK"}
_TRADITIONAL: Final = str.maketrans("万亿币欧镑韩个约达时", "萬億幣歐鎊韓個約達時")
Number = Decimal | float | int
"""Any finite number."""


def rounded(value: Number, digits: int) -> Decimal:
    """Round half up to ``digits`` places (half of the last place goes away from zero)."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    return exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def number(value: Number, digits: int = 0) -> str:
    """Write a plain number with thousands separators."""
    text = f"{rounded(value, digits):,}"
    return MINUS + text[1:] if text.startswith("-") else text


def compact(value: Number, language: str, *, significant: int = 4, most_digits: int = 2) -> str:
    """Write a large number with its scale word: ``53.44m``, ``1.05bn``, ``5,344万``, ``10.46亿``.

    Args:
        value: The number in base units.
        language: Language code.
        significant: Significant digits to aim for.
        most_digits: Most decimal places to show.
    """
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    scales = _EN_SCALES if language == "en" else _ZH_SCALES
    smallest = 10_000 if language == "en" else scales[-1][0]  # 2,500 reads better than 2.5k
    if abs(exact) < smallest and rounded(abs(exact), 0) < smallest:
        return number(exact, 0 if exact == exact.to_integral_value() else 2)
    for scale, word in scales:
        scaled = exact / scale
        shown = rounded(scaled, _places(abs(scaled), significant, most_digits))
        if abs(shown) >= 1:  # after rounding: 999.996m is 1.00bn
            return _chinese(number(shown, _places(abs(shown), significant, most_digits)) + word, language)
    return number(exact)


def money(value: Number, currency: str, language: str, *, significant: int = 4) -> str:
    """Write an amount of money with its currency: ``US$53.44m``, ``5,344万美元``."""
    text = compact(value, language, significant=significant)
    if language != "en":
        return _chinese(text + _ZH_NAMES[currency], language)
    return f"{MINUS}{_PREFIX[currency]}{text[1:]}" if text.startswith(MINUS) else _PREFIX[currency] + text


def price(value: Number, currency: str, language: str) -> str:
    """Write a price per share with two places: ``HK$165.00``, ``165.00港元``."""
    return (
        number(value, 2) + _chinese(_ZH_NAMES[currency], language)
        if language != "en"
        else _PREFIX[currency] + number(value, 2)
    )


def percent(value: Number, digits: int = 1) -> str:
    """Write a percentage given as printed (23.3 is 23.3 %)."""
    return number(value, digits) + "%"


def points(value: Number, language: str, digits: int = 1) -> str:
    """Write a difference of two percentages with its sign: ``+11.1 pp``, ``+11.1个百分点``."""
    text = number(value, digits)
    signed = text if text.startswith(MINUS) else "+" + text
    return words(language)("format.points", value=signed)


def multiple(value: Number, digits: int | None = None) -> str:
    """Write a multiple: ``1,837×``, ``36.76×``, ``3.48×``."""
    if digits is None:
        digits = 0 if abs(value) >= 100 or value == int(value) else 2 if abs(value) < 10 else 1
    return number(value, digits) + "×"


def months(value: Number, language: str, digits: int = 1) -> str:
    """Write a length in months: ``37.5 months``, ``37.5个月``."""
    places = 0 if value == int(value) else digits
    return words(language)("format.months", value=number(value, places))


def period(when: Period | Instant | None, language: str) -> str:
    """Write a period or date for readers: ``9M 2025``, ``2025年前9个月``, ``30 Sep 2025``."""
    if when is None:
        return ""
    if isinstance(when, Instant):
        return instant(when, language)
    if ".." in when.label:
        return f"{_edge(when.label.split('..')[0], language)}–{_edge(when.label.split('..')[1], language)}"
    return period_label(when.label, language)


def period_label(label: str, language: str) -> str:
    """Write a period label such as ``FY2024``, ``9M2025``, ``H1-2025`` or ``2025-11`` for readers."""
    say = words(language)
    if label.startswith("FY"):
        return say("format.year", year=label[2:])
    if "M" in label:
        count, _, year = label.partition("M")
        return say("format.first_months", count=count, year=year)
    if label[:1] in "HQ":
        part, _, year = label.partition("-")
        return say(f"format.{part}", year=year)
    return instant(Instant.parse(label), language)


def instant(when: Instant, language: str) -> str:
    """Write a date to the precision it was printed to."""
    locale = _LOCALES[language]
    if when.precision is Precision.YEAR:
        return when.text if language == "en" else when.text + "年"
    if when.precision is Precision.MONTH:
        return format_date(when.first, "MMM yyyy" if language == "en" else "y年M月", locale=locale)
    return day(when.first, language)


def day(when: date, language: str) -> str:
    """Write a calendar day: ``30 Sep 2025``, ``2025年9月30日``."""
    return format_date(when, "d MMM yyyy" if language == "en" else "y年M月d日", locale=_LOCALES[language])


def value(amount: Number, unit: str, language: str, *, digits: int | None = None) -> str:
    """Write any value by its unit code; this is what axes, hover, tables and text share.

    Args:
        amount: The value in base units (percent as printed).
        unit: Unit code, or ``points`` for differences of percentages.
        language: Language code.
        digits: Decimal places, where the printed precision should be kept.
    """
    if unit == "points":
        return points(amount, language, 1 if digits is None else digits)
    kind = UNITS[unit].kind
    writers: dict[UnitKind, Callable[[], str]] = {
        UnitKind.MONEY: lambda: money(amount, unit, language),
        UnitKind.PERCENT: lambda: percent(amount, 1 if digits is None else digits),
        UnitKind.MULTIPLE: lambda: multiple(amount, digits),
        UnitKind.RANK: lambda: words(language)("format.rank", value=number(amount)),
        UnitKind.DURATION: lambda: words(language)(
            f"format.{unit}", value=number(amount, 0 if amount == int(amount) else 1)
        ),
        UnitKind.DATE: lambda: day(date.fromordinal(int(amount)), language),
        UnitKind.COUNT: lambda: compact(amount, language),
    }
    return writers[kind]()


def hedged(text: str, bound: Bound, language: str) -> str:
    """Put the document's hedge before a written figure: ``over 53 months``, ``超过53个月``."""
    return text if bound is Bound.EXACT else words(language)(f"bound.{bound}", value=text)


def quantity(printed: Quantity, language: str) -> str:
    """Write a quantity with its hedge and to the precision it was printed to."""
    if printed.day is not None:
        return instant(printed.day, language)
    exponent = printed.step.as_tuple().exponent
    digits = max(0, -exponent) if isinstance(exponent, int) else 0
    unit = printed.unit
    if unit.kind is UnitKind.MONEY:
        text = _precise_money(printed, language)
    elif unit.kind is UnitKind.COUNT:
        text = _precise(printed, language)
    else:
        text = value(printed.value, unit.code, language, digits=digits)
    return hedged(text, printed.bound, language)


def claim_figure(claim: Claim, language: str) -> str:
    """Write a claim's figure for readers, as precise as its document prints it."""
    return quantity(claim.quantity, language)


def _precise(printed: Quantity, language: str) -> str:
    """Write the number with its scale word, to the last printed place and no further."""
    scales = _EN_SCALES if language == "en" else _ZH_SCALES
    if language == "en" and abs(printed.value) < 10_000:
        scales = ()
    scale, name = next(((s, w) for s, w in scales if abs(printed.value) >= s), (Decimal(1), ""))
    exponent = (printed.step / scale).normalize().as_tuple().exponent
    digits = max(0, -exponent) if isinstance(exponent, int) else 0
    return _chinese(number(printed.value / scale, min(digits, 6)) + name, language)


def _precise_money(printed: Quantity, language: str) -> str:
    text = _precise(printed, language)
    code = printed.unit.code
    if language != "en":
        return text + _chinese(_ZH_NAMES[code], language)
    return f"{MINUS}{_PREFIX[code]}{text[1:]}" if text.startswith(MINUS) else _PREFIX[code] + text


def currency_name(currency: str, language: str) -> str:
    """Return the short name of a currency: ``US$`` or ``美元``."""
    return _PREFIX[currency] if language == "en" else _chinese(_ZH_NAMES[currency], language)


def _places(scaled: Decimal, significant: int, most: int) -> int:
    whole = len(str(int(scaled))) if scaled >= 1 else 1
    return min(most, max(0, significant - whole))


def _edge(label: str, language: str) -> str:
    return (
        period_label(label, language)
        if not label[:1].isdigit() or "M" in label
        else instant(Instant.parse(label), language)
    )


def _chinese(text: str, language: str) -> str:
    return text.translate(_TRADITIONAL) if language == "zh-Hant" else text
