"""Declared choices between rival claims, and declared look-alikes that are not rivals."""

from enum import StrEnum
from typing import Self

from pydantic import Field, field_validator, model_validator

from ipo_data.model.base import Record
from ipo_data.model.source import Identifier
from ipo_data.model.text import Text
from ipo_data.periods import Instant


class Verdict(StrEnum):
    """Why the losing claims lose."""

    MISPRINT = "misprint"
    EARLIER_VERSION = "earlier_version"
    OTHER_BASIS = "other_basis"
    LOOSE_WORDING = "loose_wording"
    CONTRADICTED = "contradicted"
    UNEXPLAINED = "unexplained"


def stamp_of(period: str | None, as_of: str | None) -> str:
    """Return what dates a fact: the period label, or the last day a date may mean; empty for terms of the deal.

    Raises:
        PeriodError: If ``as_of`` is not a date.
    """
    return period or (Instant.parse(as_of).last.isoformat() if as_of else "")


class Judgement(Record):
    """A choice between claims on the same thing, with its reason.

    Attributes:
        metric: Metric id.
        period: Period label, if the metric has one.
        as_of: Date, if the metric has one.
        dimensions: Breakdown, as ``axis: member``.
        prefer: Document whose claim is shown.
        over: Documents whose claims lose; all others if empty. A rival that is not listed keeps the conflict open.
        verdict: Why they lose.
        because: The reason, shown on the page.
        decided: When it was decided.
    """

    metric: str
    period: str | None = None
    as_of: str | None = None
    dimensions: dict[str, str] = Field(default_factory=dict)
    prefer: Identifier
    over: tuple[Identifier, ...] = Field(default=(), strict=False)
    verdict: Verdict = Field(strict=False)
    because: Text
    decided: str

    @field_validator("decided", "as_of")
    @classmethod
    def _is_a_date(cls, value: str | None) -> str | None:
        return _date_or_none(value)

    @property
    def stamp(self) -> str:
        """What dates the fact, written as :attr:`Claim.stamp` writes it."""
        return stamp_of(self.period, self.as_of)

    @model_validator(mode="after")
    def _chooses(self) -> Self:
        if self.prefer in self.over:
            raise ValueError(f"over: '{self.prefer}' is preferred and cannot lose as well")
        return self


class FactReference(Record):
    """Points at one fact of a company: metric, date and breakdown."""

    metric: str
    period: str | None = None
    as_of: str | None = None
    dimensions: dict[str, str] = Field(default_factory=dict)

    @property
    def stamp(self) -> str:
        """What dates the fact, written as :attr:`Claim.stamp` writes it."""
        return stamp_of(self.period, self.as_of)

    @field_validator("as_of")
    @classmethod
    def _is_a_date(cls, value: str | None) -> str | None:
        return _date_or_none(value)


class Contrast(Record):
    """Figures that sound alike and measure different things.

    Attributes:
        id: Name for links.
        title: What readers mistake for one thing.
        facts: The figures.
        because: How they differ.
    """

    id: Identifier
    title: Text
    facts: tuple[FactReference, ...] = Field(min_length=2, strict=False)
    because: Text


def _date_or_none(value: str | None) -> str | None:
    if value is not None:
        Instant.parse(value)
    return value
