"""Declared choices between rival claims, and declared look-alikes that are not rivals."""

from enum import StrEnum

from pydantic import Field, field_validator

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


class Judgement(Record):
    """A choice between claims on the same thing, with its reason.

    Attributes:
        metric: Metric id.
        period: Period label, if the metric has one.
        as_of: Date, if the metric has one.
        dimensions: Breakdown, as ``axis: member``.
        prefer: Document whose claim is shown.
        over: Documents whose claims lose; all others if empty.
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

    @field_validator("decided")
    @classmethod
    def _is_a_date(cls, value: str) -> str:
        Instant.parse(value)
        return value


class FactReference(Record):
    """Points at one fact of a company: metric, date and breakdown."""

    metric: str
    period: str | None = None
    as_of: str | None = None
    dimensions: dict[str, str] = Field(default_factory=dict)


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
