"""Currencies, units and printed scales: closed lists, each with what it means."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from ipo_data.errors import UnknownNameError


class UnitKind(StrEnum):
    """What a unit measures; it decides whether a figure may be converted and how it is printed."""

    MONEY = "money"
    PERCENT = "percent"
    MULTIPLE = "multiple"
    DURATION = "duration"
    COUNT = "count"
    RANK = "rank"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit a figure can be printed in.

    Attributes:
        code: The word used in seed files and exports (``USD``, ``percent``, ``x``, ``persons``).
        kind: What it measures.
    """

    code: str
    kind: UnitKind

    @property
    def is_money(self) -> bool:
        """Whether the unit is a currency (only money can be converted)."""
        return self.kind is UnitKind.MONEY


CURRENCIES: Final = ("USD", "CNY", "HKD", "EUR", "GBP", "JPY", "KRW", "SGD", "TWD")
_DURATIONS: Final = ("months", "days", "years")
_COUNTS: Final = (
    "persons", "customers", "developers", "companies", "institutions", "investors", "countries", "languages",
    "tokens", "videos", "creators", "characters", "models", "shares", "rounds", "levels", "applications", "placees",
    "devices", "downloads", "times", "offices",
)  # fmt: skip

UNITS: Final[dict[str, Unit]] = {
    **{code: Unit(code, UnitKind.MONEY) for code in CURRENCIES},
    "percent": Unit("percent", UnitKind.PERCENT),
    "x": Unit("x", UnitKind.MULTIPLE),
    **{code: Unit(code, UnitKind.DURATION) for code in _DURATIONS},
    **{code: Unit(code, UnitKind.COUNT) for code in _COUNTS},
    "rank": Unit("rank", UnitKind.RANK),
    "date": Unit("date", UnitKind.DATE),
}
"""Every unit by its code."""

SCALES: Final[dict[str, Decimal]] = {
    "": Decimal(1),
    "k": Decimal(10) ** 3,
    "m": Decimal(10) ** 6,
    "bn": Decimal(10) ** 9,
    "trn": Decimal(10) ** 12,
    "百": Decimal(10) ** 2,
    "千": Decimal(10) ** 3,
    "万": Decimal(10) ** 4,
    "萬": Decimal(10) ** 4,
    "百万": Decimal(10) ** 6,
    "百萬": Decimal(10) ** 6,
    "千万": Decimal(10) ** 7,
    "千萬": Decimal(10) ** 7,
    "亿": Decimal(10) ** 8,
    "億": Decimal(10) ** 8,
    "千亿": Decimal(10) ** 11,
    "千億": Decimal(10) ** 11,
    "万亿": Decimal(10) ** 12,
    "萬億": Decimal(10) ** 12,
}
"""Printed scales and their factor (万 = 10⁴, 亿 = 10⁸, bn = 10⁹)."""


def unit(code: str) -> Unit:
    """Return the unit with this code.

    Raises:
        UnknownNameError: If there is none; the message names the nearest.
    """
    try:
        return UNITS[code]
    except KeyError:
        raise UnknownNameError("unit", code, UNITS) from None
