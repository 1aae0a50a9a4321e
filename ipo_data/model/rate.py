"""Exchange rates: dated, sourced, and named by direction."""

import re
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator, model_validator

from ipo_data.errors import shown
from ipo_data.model.base import Record
from ipo_data.model.company import CurrencyCode
from ipo_data.model.source import Identifier
from ipo_data.model.text import Text
from ipo_data.periods import Instant, Period

_NUMBER = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?")
_LOWEST, _HIGHEST = Decimal("0.000001"), Decimal(1_000_000)

_PEG_LOW, _PEG_HIGH = Decimal("7.75"), Decimal("7.85")


def _decimal(value: object) -> object:
    """Read a rate written as plain digits; ``1e999``, ``nan`` and digit groups are slips, not rates."""
    if not isinstance(value, (str, Decimal)):
        raise ValueError("expected a number such as 7.0363")
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        raise ValueError(f"'{shown(value)}' is not a rate; expected a number such as 7.0363")
    rate = Decimal(value)
    if not rate.is_finite() or not _LOWEST <= rate <= _HIGHEST:
        raise ValueError(f"a rate lies between {_LOWEST} and {_HIGHEST}, got {shown(value)}")
    return rate


PositiveRate = Annotated[Decimal, BeforeValidator(_decimal)]
"""A finite positive exchange rate."""


class RateMethod(StrEnum):
    """What a rate is."""

    AVERAGE = "average"
    """Mean over the period: for flows."""
    CLOSING = "closing"
    """On a date: for balances and prices."""
    IMPLIED = "implied"
    """Read off a document that prints one amount in two currencies."""
    CONVENTION = "convention"
    """The middle of an official band."""


class FxRate(Record):
    """How many units of ``quote`` one unit of ``base`` buys.

    Attributes:
        set: Name of the rate set (``articles``, ``prospectus``).
        base: Currency that is worth one.
        quote: Currency the rate is expressed in: ``CNY`` per ``USD`` has base USD and quote CNY.
        rate: The rate.
        method: What kind of rate it is.
        as_of: Date it holds on; for an average the period it is the mean of (``FY2024``, ``9M2025``).
        source: Document it comes from (``from`` in seed files); ``None`` for a convention.
        because: How it was obtained.
    """

    set: Identifier
    base: CurrencyCode
    quote: CurrencyCode
    rate: PositiveRate
    method: RateMethod = Field(strict=False)
    as_of: str
    source: Identifier | None = Field(default=None, alias="from")
    because: Text

    @field_validator("as_of")
    @classmethod
    def _is_a_date(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("method") is RateMethod.AVERAGE:
            Period.parse(value)
        else:
            Instant.parse(value)
        return value

    @model_validator(mode="after")
    def _is_sane(self) -> "FxRate":
        if self.base == self.quote:
            raise ValueError(f"quote: a rate needs two currencies, got {self.base} twice")
        if (self.base, self.quote) == ("USD", "HKD") and not _PEG_LOW <= self.rate <= _PEG_HIGH:
            raise ValueError(f"rate: HKD per USD is held between {_PEG_LOW} and {_PEG_HIGH}, got {self.rate}")
        if (self.base, self.quote) == ("HKD", "USD") and not 1 / _PEG_HIGH <= self.rate <= 1 / _PEG_LOW:
            raise ValueError(f"rate: USD per HKD is held between 1/{_PEG_HIGH} and 1/{_PEG_LOW}, got {self.rate}")
        return self

    @property
    def id(self) -> str:
        """Name for notes and exports: ``articles.CNY-per-USD``; that of an average or a day ends with its time.

        A set has one general rate of a pair, and averages and closing rates for as many times as documents print.
        """
        pair = f"{self.set}.{self.quote}-per-{self.base}"
        return f"{pair}.{self.as_of}" if self.method in (RateMethod.AVERAGE, RateMethod.CLOSING) else pair
