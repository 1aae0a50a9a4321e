"""Quantities in the printed notation: digits, scale, hedge and unit are all kept.

``53.44m USD`` · ``5343.7万 USD`` · ``>212m persons`` · ``~500m USD`` · ``<~2亿 CNY`` · ``37x`` · ``-24.7%`` ·
``53 months`` · ``2 rank`` · ``2026-01-09`` (a date). A quantity stands for an interval: every value that would
have been printed the same way.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from ipo_data.errors import PeriodError, QuantityError, nearest, shown
from ipo_data.intervals import INFINITY, Interval
from ipo_data.periods import Instant
from ipo_data.units import SCALES, UNITS, Unit, UnitKind


class Bound(StrEnum):
    """How the document hedges the figure.

    ``as high as`` (高达) is emphasis, not a bound, and is recorded as exact.
    """

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    NEARLY = "nearly"


_SIGNS: Final = {"": Bound.EXACT, "~": Bound.ABOUT, ">": Bound.AT_LEAST, "<": Bound.AT_MOST, "<~": Bound.NEARLY}
SIGN_OF: Final = {bound: sign for sign, bound in _SIGNS.items()}
"""The sign each bound is written with."""

_ABOUT: Final = Decimal("0.025")  # 约: within 2.5 % of the printed value
_NEARLY: Final = Decimal("0.1")  # 近: up to a tenth below the printed value
LARGEST: Final = Decimal(10) ** 18
"""No printed figure of a company is larger; anything above is a slip of the scale."""

_QUANTITY = re.compile(
    r"(?P<sign><~|~|>|<|)"
    r"(?P<digits>-?[0-9]{1,20}(?:\.[0-9]{1,12})?)"
    r"(?P<scale>[a-z\u4e00-\u9fff]*?)"
    r"(?:(?P<tight>%|x)| (?P<unit>[A-Za-z]+))"
)
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_NUMBER = re.compile(r"(?P<digits>[0-9]{1,20}(?:\.[0-9]{1,12})?)(?P<scale>[a-z\u4e00-\u9fff]*)")
_BARE = re.compile(r"(?:<~|~|>|<|)(?P<digits>-?[0-9]{1,20}(?:\.[0-9]{1,12})?)(?P<scale>[a-z\u4e00-\u9fff]*)")
_LOOSE = re.compile(
    r"(?P<sign><~|~|>|<|)(?P<digits>-?[0-9.]+)(?P<scale>[\u4e00-\u9fff]*|trn|bn|m|k)"
    rf"(?P<unit>%|{'|'.join(UNITS)})"
)
_UNIT_FIRST = re.compile(r"(?P<sign><~|~|>|<|)(?P<unit>[A-Z]{3})(?P<digits>-?[0-9.]+)(?P<scale>[a-z\u4e00-\u9fff]*)")
_PRINTED_WORDS: Final = (
    ("不超过", "<"), ("不超過", "<"), ("超过", ">"), ("超過", ">"), ("至少", ">"), ("大约", "~"), ("大約", "~"),
    ("超", ">"), ("逾", ">"), ("约", "~"), ("約", "~"), ("近", "<~"), ("个月", "months"), ("個月", "months"),
    ("美元", "USD"), ("港元", "HKD"), ("元人民币", "CNY"), ("人民币", "CNY"), ("元", "CNY"), ("倍", "x"),
    ("US$", "USD"), ("HK$", "HKD"), ("RMB", "CNY"),
    ("thousand", "k"), ("million", "m"), ("billion", "bn"), ("trillion", "trn"),
)  # fmt: skip
"""What documents print and how it is written here; only for hints."""
_CAPITAL_SCALE = re.compile(r"(?<=[0-9])[KMB](?=[A-Z]|$)")
_SCALE_OF: Final = {"K": "k", "M": "m", "B": "bn"}
_WHOLE_KINDS: Final = frozenset({UnitKind.COUNT, UnitKind.RANK})
EXPECTED: Final = (
    "expected e.g. '53.44m USD', '>212m persons', '37x', '-24.7%', '53 months', '2.07亿 CNY' or '2026-01-09'"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as a document prints it.

    Attributes:
        text: The notation as written in the seed file.
        value: The printed number in base units (percent as printed: 23.3 % is 23.3); for a date its first ordinal day.
        step: Size of the last meaningful printed place, in base units; for a date the days it may stand for.
        bound: The hedge.
        unit: The unit.
        day: The date, if the quantity is one.
    """

    text: str
    value: Decimal
    step: Decimal
    bound: Bound
    unit: Unit
    day: Instant | None = None

    @property
    def rounding(self) -> Interval:
        """Every value that would have been printed with these digits; at least and at most open one side."""
        if self.day is not None:
            return Interval(Decimal(self.day.first.toordinal()), Decimal(self.day.last.toordinal()))
        if self.bound is Bound.AT_LEAST:
            return Interval(self.value, INFINITY)
        if self.bound is Bound.AT_MOST:
            return Interval(-INFINITY, self.value)
        half = self.step / 2
        return Interval(self.value - half, self.value + half)

    @property
    def hedged(self) -> Interval:
        """Every value the words allow: the rounding interval, widened by ``about`` and ``nearly``.

        Used to tell loose wording from a conflict; never to call two rival figures the same.
        """
        exact = self.rounding
        if self.bound is Bound.ABOUT:
            spread = abs(self.value) * _ABOUT
            return exact.hull(Interval(self.value - spread, self.value + spread))
        if self.bound is Bound.NEARLY:
            return exact.hull(Interval(self.value - abs(self.value) * _NEARLY, self.value))
        return exact

    def rounded(self, to: Decimal) -> "Quantity":
        """Return the same figure with a coarser last place (trailing zeros that are rounding)."""
        return Quantity(self.text, self.value, to, self.bound, self.unit, self.day)


def parse_quantity(text: str) -> Quantity:
    """Read a figure in the printed notation.

    Args:
        text: For example ``>212m persons`` or ``-24.7%``.

    Returns:
        The quantity with value and step in base units.

    Raises:
        QuantityError: If the text is not a quantity; the message says which part is wrong and what is allowed.
    """
    if _DATE.fullmatch(text):
        return _date_quantity(text)
    match = _QUANTITY.fullmatch(text)
    if match is None:
        raise QuantityError(f"'{shown(text)}' is not a quantity{_mended(text) or f'; {EXPECTED}'}")
    unit = _unit(match, text)
    factor = _factor(match["scale"], text)
    digits = Decimal(match["digits"])
    value = digits * factor
    if abs(value) > LARGEST:
        raise QuantityError(f"'{shown(text)}' is larger than any figure of a company (10^18): check the scale")
    if unit.kind in _WHOLE_KINDS and value != value.to_integral_value():
        raise QuantityError(f"'{shown(text)}' is not a whole number of {unit.code}: check the scale")
    exponent = digits.as_tuple().exponent
    step = factor.scaleb(exponent) if isinstance(exponent, int) else factor
    return Quantity(text, value, step, _SIGNS[match["sign"]], unit)


def parse_step(text: str) -> Decimal:
    """Read the size of a meaningful place, e.g. ``10万`` or ``0.1bn``, in base units.

    Raises:
        QuantityError: If the text is not a positive number with a scale.
    """
    match = _NUMBER.fullmatch(text)
    if match is None or Decimal(match["digits"]) <= 0:
        raise QuantityError(f"'{shown(text)}' is not the size of a printed place; expected e.g. '10万' or '0.1bn'")
    return Decimal(match["digits"]) * _factor(match["scale"], text)


def _unit(match: re.Match[str], text: str) -> Unit:
    code = {"%": "percent", "x": "x"}.get(match["tight"], match["unit"])
    if code not in UNITS:
        hint = _mended(text) or nearest(code, UNITS)
        raise QuantityError(f"unknown unit '{shown(code)}' in '{shown(text)}'{hint}")
    unit = UNITS[code]
    if unit.kind is UnitKind.DATE:
        raise QuantityError(f"'{shown(text)}' is not a date; write it as 2026-01-09, 2026-01 or 2026")
    if unit.kind is UnitKind.PERCENT and match["scale"]:
        raise QuantityError(f"'{shown(text)}': a percentage takes no scale, got '{shown(match['scale'])}'")
    return unit


def _factor(scale: str, text: str) -> Decimal:
    if scale not in SCALES:
        raise QuantityError(f"unknown scale '{shown(scale)}' in '{shown(text)}'{nearest(scale, filter(None, SCALES))}")
    return SCALES[scale]


def bare_number(text: str) -> str | None:
    """Return the digits of a figure without a unit (``182.4`` of ``~182.4m``); ``None`` if the text is not one.

    Four digits are a year, not a figure without a unit.
    """
    match = None if _DATE.fullmatch(text) else _BARE.fullmatch(text)
    return match["digits"] if match is not None and match["scale"] in SCALES else None


def _date_quantity(text: str) -> Quantity:
    try:
        day = Instant.parse(text)
    except PeriodError as error:
        words = f"'{text}' has no unit; {EXPECTED}" if text.isdigit() else str(error)
        raise QuantityError(words) from None
    days = (day.last - day.first).days + 1
    return Quantity(text, Decimal(day.first.toordinal()), Decimal(days), Bound.EXACT, UNITS["date"], day)


def _mended(text: str) -> str:
    """Return a hint if a common slip explains the text: printed words, full-width signs, separators, spaces."""
    if len(text) > 80:
        return ""
    plain = unicodedata.normalize("NFKC", text).replace("\u2212", "-").replace(",", "").replace(" ", "")
    for printed, sign in _PRINTED_WORDS:
        plain = plain.replace(printed, sign)
    plain = _CAPITAL_SCALE.sub(lambda met: _SCALE_OF[met[0]], plain)
    bracketed = plain.count("(") == plain.count(")") == 1
    if bracketed:
        plain = plain.replace("(", "").replace(")", "")
    parts = _LOOSE.fullmatch(plain) or _UNIT_FIRST.fullmatch(plain)
    if parts is None:
        return ""
    gap = "" if parts["unit"] in ("%", "x") else " "
    guess = f"{parts['sign']}{parts['digits']}{parts['scale']}{gap}{parts['unit']}"
    if not _is_quantity(guess):
        return ""
    return f" (did you mean '{guess}' for a loss, or '-{guess}'?)" if bracketed else f" (did you mean '{guess}'?)"


def _is_quantity(text: str) -> bool:
    if not _QUANTITY.fullmatch(text):
        return False
    try:
        parse_quantity(text)
    except QuantityError:
        return False
    return True


def as_day(ordinal: Decimal) -> date:
    """Return the calendar day of a date quantity's value."""
    return date.fromordinal(int(ordinal))


__all__ = [
    "EXPECTED", "LARGEST", "SIGN_OF", "Bound", "Quantity", "UnitKind", "as_day", "bare_number", "parse_quantity",
    "parse_step",
]  # fmt: skip
