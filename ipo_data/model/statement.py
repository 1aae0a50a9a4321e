"""What a document says in words about figures, in a form that the figures can test."""

from enum import StrEnum
from typing import Final, Self

from pydantic import ConfigDict, Field, model_validator

from ipo_data.model.base import Record
from ipo_data.model.claim import Place
from ipo_data.model.judgement import FactReference
from ipo_data.model.source import Identifier
from ipo_data.model.text import Text


class Comparison(StrEnum):
    """How the figures of a statement relate if it holds."""

    GROWS_FASTER = "grows_faster"
    """The first figure grows by a higher rate than each of the others."""
    GROWS_SLOWER = "grows_slower"
    """The first figure grows by a lower rate than each of the others."""
    RISES = "rises"
    """Each figure is above the one before it."""
    FALLS = "falls"
    """Each figure is below the one before it."""
    EXCEEDS = "exceeds"
    """The first figure is above each of the others."""
    SECOND = "second"
    """Exactly one of the others is above the first figure."""
    MAJORITY = "majority"
    """The figures, shares in percent, add up to more than half."""
    MINORITY = "minority"
    """The figures, shares in percent, add up to less than half."""
    DOUBLES = "doubles"
    """Each figure is more than twice that of the same months a year before."""
    POSITIVE = "positive"
    """Every figure is above zero."""
    NEGATIVE = "negative"
    """Every figure is below zero."""
    TURNS_POSITIVE = "turns_positive"
    """The first figure is below zero and the last above it."""


_ALONE: Final = frozenset({
    Comparison.MAJORITY, Comparison.MINORITY, Comparison.DOUBLES, Comparison.POSITIVE, Comparison.NEGATIVE,
})  # fmt: skip
"""Comparisons that one figure is enough for; all others need two, ``second`` three."""


class Operand(FactReference):
    """One figure of a statement.

    Attributes:
        metric: Metric id.
        period: Period label, if the metric has one.
        as_of: Date, if the metric has one.
        dimensions: Breakdown, as ``axis: member``.
        company: Company id; the file's own if not given.
        since: Earlier period that growth starts from; the same months a year before if not given.
        per: Metric of the same date that the figure is divided by.
        currency: Currency of an amount; the reporting currency if not given.
    """

    company: Identifier | None = None
    since: str | None = None
    per: str | None = None
    currency: str | None = None


class Statement(Record):
    """What a document says in words, as a comparison of figures; no sentence is copied.

    Attributes:
        id: Name for links.
        source: Document id (``from`` in seed files).
        at: Locator: paragraph or page.
        title: What it says, in our words.
        compares: How the figures relate if it holds.
        figures: The figures, in the order the comparison needs.
        lacks: Why no figures can test it; then ``figures`` may be empty.
    """

    model_config = ConfigDict(populate_by_name=True)

    id: Identifier
    source: Identifier = Field(alias="from")
    at: Place | None = None
    title: Text
    compares: Comparison = Field(strict=False)
    figures: tuple[Operand, ...] = Field(default=(), strict=False)
    lacks: Text | None = None

    @model_validator(mode="after")
    def _has_figures(self) -> Self:
        fewest = 1 if self.compares in _ALONE else 3 if self.compares is Comparison.SECOND else 2
        if self.lacks is None and len(self.figures) < fewest:
            raise ValueError(
                f"figures: '{self.compares}' compares at least {fewest}, got {len(self.figures)}; "
                "if no figures can test the statement, say why in 'lacks'"
            )
        return self
