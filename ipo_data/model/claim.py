"""Claims: what one document prints about one thing, with the precision it was printed to."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Final, Self

from pydantic import AfterValidator, ConfigDict, Field, PrivateAttr, ValidationInfo, field_validator, model_validator

from ipo_data.errors import shown
from ipo_data.model.base import Record
from ipo_data.model.metric import METRICS, MONEY, Metric, TimeKind
from ipo_data.model.source import Identifier
from ipo_data.model.text import PlainText, Text
from ipo_data.periods import Instant, Period
from ipo_data.quantities import Bound, Quantity, bare_number, parse_quantity, parse_step
from ipo_data.units import UNITS, UnitKind

AXES: Final = tuple(sorted({axis for metric in METRICS.values() for axis in metric.axes}))
"""Every axis a figure can be broken down by."""


class Basis(StrEnum):
    """Which accounting definition a figure follows."""

    REPORTED = "reported"
    ADJUSTED = "adjusted"
    COMPUTED = "computed"
    """Computed by the document's author or transcriber, not printed by the company."""


class Kind(StrEnum):
    """Whether a figure looks back or ahead."""

    ACTUAL = "actual"
    FORECAST = "forecast"
    TARGET = "target"


class Flag(StrEnum):
    """What a reader noticed about a claim while copying it."""

    SUSPECT = "suspect"
    """Looks wrong: a dropped digit, a mistaken unit."""
    DATE_INFERRED = "date_inferred"
    """The document does not print the date; it is the one the figure must refer to."""
    DEFINITION_UNCLEAR = "definition_unclear"
    """The words allow more than one definition."""
    LOOSE_WORDING = "loose_wording"
    """The words are loose, e.g. a growth rate worded as a multiple."""
    WEAK_READING = "weak_reading"
    """Rests on a second-hand note."""
    CONDITIONAL = "conditional"
    """The document says that it could come to this, not that it did."""


_AT_LEAST: Final = ("至少", "以上", "不少于", "不少於", "不低于", "不低於", "at least")
_PLACE = re.compile(
    r"(?P<place>¶[1-9][0-9]{0,3}|p\.[1-9][0-9]{0,3}|(?!¶)[^#\s]{1,40})(?:\s(?P<printed>.+?))?(?:\s#(?P<nth>[1-9][0-9]?))?"
)


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a figure stands in its document.

    Attributes:
        text: As written: ``¶16 5343.7 万美元 #2``.
        place: Paragraph (¶, counting lines that are not blank) or page.
        printed: The figure as it stands there.
        nth: Which occurrence in that paragraph.
    """

    text: str
    place: str
    printed: str | None
    nth: int = 1

    @classmethod
    def parse(cls, text: str) -> "Locator":
        """Read a locator.

        Raises:
            ValueError: If it is not ``place [printed figure] [#occurrence]``.
        """
        match = _PLACE.fullmatch(text)
        if match is None:
            raise ValueError(f"'{shown(text)}' is not a locator; expected e.g. '¶16 5343.7 万美元' or 'p.12'")
        return cls(text, match["place"], match["printed"], int(match["nth"] or 1))

    @property
    def paragraph(self) -> int | None:
        """Paragraph number, or ``None`` if the place is a page or a table."""
        return int(self.place[1:]) if self.place.startswith("¶") else None


def _locator(value: str) -> str:
    Locator.parse(value)
    return value


Place = Annotated[PlainText, Field(max_length=120), AfterValidator(_locator)]
"""A locator as written in a seed file."""


class Claim(Record):
    """What one document prints about one thing.

    In seed files a claim is one line below its metric; ``company`` and ``metric`` come from where the line stands.

    Attributes:
        company: Company id.
        metric: Metric id.
        period: Period label, for flows and averages.
        as_of: Date, for balances.
        says: The figure in the printed notation.
        rounded_to: Size of the last meaningful place, where trailing zeros are rounding.
        source: Document id (``from`` in seed files).
        at: Locator.
        basis: Accounting definition.
        kind: Actual, forecast or target.
        by: Whom the document credits (``prospectus``, ``management``, a broker).
        flags: What a reader noticed.
        note: A remark shown with the claim.
    """

    model_config = ConfigDict(populate_by_name=True)

    company: Identifier
    metric: str
    period: str | None = None
    as_of: str | None = None
    says: str = Field(max_length=80)
    rounded_to: str | None = None
    source: Identifier = Field(alias="from")
    at: Place | None = None
    basis: Basis = Field(default=Basis.REPORTED, strict=False)
    kind: Kind = Field(default=Kind.ACTUAL, strict=False)
    by: PlainText | None = Field(default=None, max_length=60)
    flags: tuple[Annotated[Flag, Field(strict=False)], ...] = Field(default=(), strict=False)
    note: Text | None = None
    dimensions: tuple[tuple[str, str], ...] = ()

    _quantity: Quantity = PrivateAttr()
    _period: Period | None = PrivateAttr(default=None)
    _instant: Instant | None = PrivateAttr(default=None)
    _id: str = PrivateAttr(default="")
    _where: str = PrivateAttr(default="")

    @field_validator("says")
    @classmethod
    def _is_a_quantity(cls, value: str, info: ValidationInfo) -> str:
        metric = METRICS.get(info.data.get("metric", ""))
        if metric is not None and (digits := bare_number(value)) is not None:
            example = _with_unit(value, digits, metric, info.context)
            raise ValueError(f"'{value}' has no unit: {metric.id} is measured in {metric.unit_words}, e.g. '{example}'")
        parse_quantity(value)
        return value

    @field_validator("rounded_to")
    @classmethod
    def _is_a_step(cls, value: str | None) -> str | None:
        if value is not None:
            parse_step(value)
        return value

    @field_validator("period")
    @classmethod
    def _is_a_period(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is not None:
            year_end = _year_end(info.context)
            usual = Period.parse(value, year_end).usual_label(year_end)
            if usual != value:
                raise ValueError(f"'{value}' is called {usual} here, so that one period has one name")
        return value

    @field_validator("as_of")
    @classmethod
    def _is_an_instant(cls, value: str | None) -> str | None:
        if value is not None:
            Instant.parse(value)
        return value

    @model_validator(mode="after")
    def _is_coherent(self, info: ValidationInfo) -> Self:
        self._quantity = _rounded(parse_quantity(self.says), self.rounded_to)
        self._period = Period.parse(self.period, _year_end(info.context)) if self.period else None
        self._instant = Instant.parse(self.as_of) if self.as_of else None
        check_against_metric(self, METRICS[self.metric])
        return self

    @property
    def id(self) -> str:
        """Name of the claim, unique in a data set: what it is about, ``@`` and the document."""
        return self._id

    @property
    def where(self) -> str:
        """File and line it was read from."""
        return self._where

    def placed(self, claim_id: str, where: str) -> Self:
        """Note the id and the seed file line once; done by the loader."""
        self._id, self._where = claim_id, where
        return self

    @cached_property
    def quantity(self) -> Quantity:
        """The figure with value, precision, hedge and unit."""
        return self._quantity

    @cached_property
    def span(self) -> Period | None:
        """The period with its dates."""
        return self._period

    @cached_property
    def instant(self) -> Instant | None:
        """The as-of date with its precision."""
        return self._instant

    @property
    def bound_is_inclusive(self) -> bool:
        """Whether the document says *at least* (至少, 以上) and not *over* (逾, 超过): both are written ``>``."""
        printed = self.at if self._quantity.bound is Bound.AT_LEAST else None
        return printed is not None and any(word in printed for word in _AT_LEAST)

    @property
    def locator(self) -> Locator | None:
        """Where the figure stands."""
        return Locator.parse(self.at) if self.at else None

    @property
    def time_label(self) -> str:
        """The period or date as written; empty for terms of the deal."""
        return self.period or self.as_of or ""

    @cached_property
    def stamp(self) -> str:
        """What dates the figure, whatever its precision: the period label or the last day the date may mean."""
        return self.period or (self._instant.last.isoformat() if self._instant else "")

    @property
    def dimension(self) -> str:
        """The breakdown as text: ``segment=c_end``, joined by ``;`` if there are several."""
        return ";".join(f"{axis}={member}" for axis, member in self.dimensions)

    @property
    def subject(self) -> tuple[str, ...]:
        """What the claim is about: claims with equal subjects speak of the same fact.

        Currencies are kept apart: a second printed currency is an alternative, not a rival.
        """
        unit = self._quantity.unit.code
        return (self.company, self.metric, self.stamp, self.dimension, self.basis, self.kind, unit)


def check_against_metric(claim: Claim, metric: Metric) -> None:
    """Refuse a claim whose unit, dates or size its metric does not allow.

    Raises:
        ValueError: With ``field: message``, so that the loader can point at the field.
    """
    unit = claim.quantity.unit
    if claim.basis is Basis.ADJUSTED:
        _check_adjusted(metric)
    if not metric.accepts(unit):
        got = f"the date '{claim.says}'; write the figure with its unit" if claim.quantity.day else unit.code
        raise ValueError(f"says: {metric.id} is measured in {metric.unit_words}, got {got}")
    _check_time(claim, metric)
    value = claim.quantity.value
    if metric.lowest is not None and value < metric.lowest:
        raise ValueError(f"says: {metric.id} cannot be below {metric.lowest}, got {claim.says}")
    if metric.highest is not None and value > metric.highest:
        raise ValueError(f"says: {metric.id} cannot be above {metric.highest}, got {claim.says}")


def _check_adjusted(metric: Metric) -> None:
    """Refuse the adjusted basis where a metric of its own holds the adjusted figures: one thing has one name."""
    if metric.id.startswith(_ADJUSTED):
        raise ValueError(f"basis: {metric.id} is a non-IFRS figure by its name: remove 'basis'")
    if _ADJUSTED + metric.id in METRICS:
        raise ValueError(f"basis: the adjusted figure is the metric {_ADJUSTED}{metric.id}; write the line below it")


_ADJUSTED: Final = "adjusted_"
"""How the names of metrics begin that are non-IFRS figures themselves."""


def _check_time(claim: Claim, metric: Metric) -> None:
    given = {"period": claim.period, "as_of": claim.as_of}
    if metric.time is TimeKind.TIMELESS:
        for field, value in given.items():
            if value is not None:
                raise ValueError(f"{field}: {metric.id} is a term or an event and takes neither period nor as_of")
        return
    wanted, other = ("as_of", "period") if metric.time is TimeKind.INSTANT else ("period", "as_of")
    if given[other] is not None:
        holds = "on a date" if wanted == "as_of" else "over a period"
        remedy = f"remove '{other}'" if given[wanted] is not None else f"use '{wanted}' instead of '{other}'"
        raise ValueError(f"{other}: {metric.id} holds {holds}: {remedy}")
    if given[wanted] is None:
        raise ValueError(f"{wanted}: {metric.id} needs '{wanted}'")


def _rounded(quantity: Quantity, rounded_to: str | None) -> Quantity:
    """Return the quantity with its stated rounding.

    Raises:
        ValueError: If the place is finer than the digits printed, or the figure is no multiple of it.
    """
    if rounded_to is None:
        return quantity
    step = parse_step(rounded_to)
    if quantity.day is not None or step < quantity.step:
        raise ValueError(f"rounded_to: '{rounded_to}' is finer than the last place of '{quantity.text}'")
    if quantity.value % step:
        raise ValueError(f"rounded_to: '{quantity.text}' is not a multiple of '{rounded_to}'")
    return quantity.rounded(step)


def _with_unit(text: str, digits: str, metric: Metric, context: Any) -> str:  # noqa: ANN401 - Pydantic passes any context
    """Return a figure that was written without a unit as it may have been meant."""
    if metric.unit == MONEY:
        return f"{text} {context.get('currency', 'USD') if isinstance(context, dict) else 'USD'}"
    kind = UNITS[metric.unit].kind
    if kind is UnitKind.PERCENT:
        fraction = Decimal(digits) if abs(Decimal(digits)) < 1 else Decimal(digits) / 100
        return f"{(fraction * 100).normalize():f}%"
    return {UnitKind.MULTIPLE: f"{text}x", UnitKind.DATE: "2026-01-09"}.get(kind, f"{text} {metric.unit}")


def _year_end(context: Any) -> int:  # noqa: ANN401 - Pydantic passes any context
    return int(context.get("year_end_month", 12)) if isinstance(context, dict) else 12


def base_value(quantity: Quantity) -> Decimal | str:
    """Return the value as exports print it: a decimal in base units, or an ISO date."""
    return quantity.day.text if quantity.day is not None else quantity.value
