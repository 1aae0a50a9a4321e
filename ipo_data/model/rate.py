"""Exchange rates: dated, sourced, and named by direction."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field, field_validator, model_validator

from ipo_data.model.base import Record
from ipo_data.model.company import CurrencyCode
from ipo_data.model.source import Identifier
from ipo_data.model.text import Text
from ipo_data.periods import Instant

_LOWEST, _HIGHEST = Decimal("0.000001"), Decimal("1000000")


def _decimal(value: object) -> object:
    return Decimal(value) if isinstance(value, str) else value


PositiveRate = Annotated[Decimal, BeforeValidator(_decimal), Field(ge=_LOWEST, le=_HIGHEST, allow_inf_nan=False)]
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
        as_of: Date it holds on.
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
    def _is_a_date(cls, value: str) -> str:
        Instant.parse(value)
        return value

    @model_validator(mode="after")
    def _is_sane(self) -> "FxRate":
        if self.base == self.quote:
            raise ValueError(f"quote: a rate needs two currencies, got {self.base} twice")
        peg = {("USD", "HKD"): (Decimal("7.75"), Decimal("7.85"))}.get((self.base, self.quote))
        if peg and not peg[0] <= self.rate <= peg[1]:
            raise ValueError(f"rate: HKD per USD is held between {peg[0]} and {peg[1]}, got {self.rate}")
        return self

    @property
    def id(self) -> str:
        """Name for notes and exports: ``articles.CNY-per-USD``."""
        return f"{self.set}.{self.quote}-per-{self.base}"
