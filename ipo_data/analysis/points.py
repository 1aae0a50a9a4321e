"""Data points: what charts and tables show, whether stated by a document or derived from stated figures.

A *term* is a number that knows its interval and where it came from; arithmetic on terms carries all of it along, so a
formula is written once and yields the value, the interval of values its printed inputs allow, and its claims.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Final

from ipo_data.dataset import Dataset, Fact, Status
from ipo_data.intervals import Interval, as_interval
from ipo_data.periods import Instant, Period
from ipo_data.quantities import Bound


class State(StrEnum):
    """What a data point is, and whether it may be quoted."""

    REPORTED = "reported"
    DERIVED = "derived"
    FORECAST = "forecast"
    SCENARIO = "scenario"
    CONFLICT = "conflict"
    JUDGED = "judged"
    NOT_MEANINGFUL = "not_meaningful"
    NOT_AVAILABLE = "not_available"
    NOT_DISCLOSED = "not_disclosed"


EMPTY_STATES: Final = frozenset({State.NOT_MEANINGFUL, State.NOT_AVAILABLE, State.NOT_DISCLOSED})
"""States without a value; they are written as words and sort last."""


@dataclass(frozen=True, slots=True)
class Term:
    """A number with its interval, its claims and the way it was obtained.

    Attributes:
        value: The number itself, unrounded.
        interval: Every value the printed inputs allow.
        claims: Ids of the claims behind it.
        facts: Ids of the facts behind it.
        text: The arithmetic as text, with the inputs as printed.
        atomic: Whether ``text`` needs no brackets inside a product.
    """

    value: Decimal
    interval: Interval
    claims: frozenset[str] = frozenset()
    facts: tuple[str, ...] = ()
    text: str = ""
    atomic: bool = True

    @classmethod
    def of(cls, fact: Fact, *, scale: Decimal = Decimal(1)) -> "Term":
        """Return the headline of a fact as a term.

        Args:
            fact: A fact with a headline.
            scale: Divides the value in the written formula only (10⁶ writes millions).

        Raises:
            ValueError: If the fact is in conflict and has no headline.
        """
        if fact.value is None or fact.interval is None or fact.shown is None:
            raise ValueError(f"{fact.id} is in conflict and has no headline")
        shown = f"{(fact.value / scale).normalize():f}"
        return cls(fact.value, fact.interval, frozenset({fact.shown.id}), (fact.id,), shown)

    @classmethod
    def number(cls, value: Decimal | int | str) -> "Term":
        """Return an exact number as a term."""
        exact = Decimal(value)
        return cls(exact, Interval.point(exact), text=f"{exact.normalize():f}")

    def _with(self, other: "Term", value: Decimal, interval: Interval, text: str, *, atomic: bool) -> "Term":
        return Term(
            value, interval, self.claims | other.claims, tuple(dict.fromkeys(self.facts + other.facts)), text, atomic
        )

    def __add__(self, other: "Term | int") -> "Term":
        right = as_term(other)
        return self._with(
            right, self.value + right.value, self.interval + right.interval, f"{self.text} + {right.text}", atomic=False
        )

    def __sub__(self, other: "Term | int") -> "Term":
        right = as_term(other)
        return self._with(
            right,
            self.value - right.value,
            self.interval - right.interval,
            f"{self.text} − {_inside(right)}",
            atomic=False,
        )

    def __mul__(self, other: "Term | int") -> "Term":
        right = as_term(other)
        text = f"{_inside(self)} × {_inside(right)}"
        return self._with(right, self.value * right.value, self.interval * right.interval, text, atomic=True)

    def __truediv__(self, other: "Term | int") -> "Term":
        right = as_term(other)
        divisor = f"({right.text})" if "÷" in right.text or "×" in right.text else _inside(right)
        text = f"{_inside(self)} ÷ {divisor}"
        return self._with(right, self.value / right.value, self.interval / right.interval, text, atomic=True)

    def root(self, degree: int) -> "Term":
        """Return the positive root; ``degree`` 2 is the square root."""
        value = self.value.sqrt() if degree == 2 else (self.value.ln() / degree).exp()
        return replace(
            self, value=value, interval=self.interval.root(degree), text=f"({self.text})^(1/{degree})", atomic=True
        )

    def percent(self) -> "Term":
        """Return a fraction as a percentage as printed (0.233 → 23.3)."""
        hundred = Decimal(100)
        return replace(self, value=self.value * hundred, interval=self.interval * hundred)

    def fraction(self) -> "Term":
        """Return a percentage as printed as a fraction (23.3 → 0.233)."""
        hundred = Decimal(100)
        return replace(self, value=self.value / hundred, interval=self.interval / hundred, text=f"{self.text}%")


def as_term(value: "Term | int | Decimal") -> Term:
    """Return a term, turning a plain number into an exact one."""
    return value if isinstance(value, Term) else Term.number(value)


def _inside(term: Term) -> str:
    return term.text if term.atomic else f"({term.text})"


@dataclass(frozen=True, slots=True)
class DataPoint:
    """One value of one company, ready to be shown.

    Attributes:
        company: Company id.
        measure: Metric id or the id of a derived measure; labels are in the catalogues.
        unit: Unit code, or ``points``.
        state: What it is.
        value: The number in base units (percent as printed); ``None`` in the empty states.
        interval: Every value the printed digits allow.
        when: Period or date.
        dimensions: Breakdown: axis → member.
        bound: Hedge of a stated figure.
        claims: Ids of the claims it draws on.
        facts: Ids of the facts it draws on.
        formula: The arithmetic with this company's numbers, for derived points.
        reason: Catalogue id of the reason, for empty states.
        flags: What readers noticed about the claims.
        rate: Exchange rate id, if converted.
    """

    company: str
    measure: str
    unit: str
    state: State
    value: Decimal | None = None
    interval: Interval | None = None
    when: Period | Instant | None = None
    dimensions: dict[str, str] = field(default_factory=dict)
    bound: Bound = Bound.EXACT
    claims: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    formula: str = ""
    reason: str = ""
    flags: tuple[str, ...] = ()
    rate: str = ""


_STATE_OF: Final = {
    Status.SINGLE: State.REPORTED,
    Status.CORROBORATED: State.REPORTED,
    Status.PREFERRED: State.JUDGED,
    Status.JUDGED: State.JUDGED,
    Status.CONFLICTING: State.CONFLICT,
}


def stated(fact: Fact) -> list[DataPoint]:
    """Return a fact as data points: one with the headline, or one per rival figure if it is in conflict."""
    if fact.shown is not None:
        return [_from_claim(fact, 0)]
    rivals = {claim.quantity.rounding: index for index, claim in reversed(list(enumerate(fact.claims)))}
    return [_from_claim(fact, index) for index in sorted(rivals.values())]


def _from_claim(fact: Fact, index: int) -> DataPoint:
    claim = fact.claims[index]
    state = _STATE_OF[fact.status]
    if claim.kind != "actual" and state is State.REPORTED:
        state = State.FORECAST
    agreeing = [c.id for c in fact.claims if c is claim or c.quantity.rounding.meets(claim.quantity.rounding)]
    return DataPoint(
        fact.company, fact.metric.id, fact.unit.code, state, claim.quantity.value, claim.quantity.rounding,
        fact.period or fact.instant, fact.dimensions, claim.quantity.bound,
        (claim.id, *[name for name in agreeing if name != claim.id]), (fact.id,), flags=tuple(claim.flags),
    )  # fmt: skip


def derived(
    term: Term, company: str, measure: str, unit: str, when: Period | Instant | None = None, *,
    dimensions: dict[str, str] | None = None, state: State = State.DERIVED,
) -> DataPoint:  # fmt: skip
    """Return the result of a formula as a data point."""
    return DataPoint(
        company, measure, unit, state, term.value, as_interval(term.interval), when, dimensions or {},
        claims=tuple(sorted(term.claims)), facts=term.facts, formula=term.text,
    )  # fmt: skip


def empty(
    company: str, measure: str, unit: str, state: State, reason: str, when: Period | Instant | None = None, *,
    dimensions: dict[str, str] | None = None,
) -> DataPoint:  # fmt: skip
    """Return a data point without a value, with the catalogue id of the reason."""
    return DataPoint(company, measure, unit, state, when=when, dimensions=dimensions or {}, reason=reason)


def headline(dataset: Dataset, company: str, metric: str, when: str | None = None, **options: str) -> Term | None:
    """Return the headline of one fact as a term, or ``None`` if it is absent or in conflict.

    Args:
        dataset: The evidence.
        company: Company id.
        metric: Metric id.
        when: Period label or date.
        **options: ``basis``, ``kind``, ``unit`` and the exact breakdown.
    """
    fact = dataset.find(company, metric, when, **options)
    return Term.of(fact, scale=_scale_of(fact)) if fact is not None and fact.shown is not None else None


def _scale_of(fact: Fact) -> Decimal:
    return (
        Decimal(10) ** 6 if fact.unit.is_money and fact.value is not None and abs(fact.value) >= 10**6 else Decimal(1)
    )


def unique_claims(points: Iterable[DataPoint]) -> tuple[str, ...]:
    """Return the ids of all claims behind some points, each once, in order of first use."""
    return tuple(dict.fromkeys(claim for point in points for claim in point.claims))


def main_periods(points: Iterable[DataPoint]) -> list[DataPoint]:
    """Keep full years and, per company and measure, the parts of a year that end after the last full year.

    Parts of a year that a full year covers are left to the tables: side by side they invite unlike comparisons.
    """
    found = list(points)
    kept = []
    for point in found:
        when = point.when
        if not isinstance(when, Period) or when.is_full_year:
            kept.append(point)
            continue
        years = [
            p.when.end for p in found
            if isinstance(p.when, Period) and p.when.is_full_year and (p.company, p.measure) == (point.company, point.measure)
        ]  # fmt: skip
        same = [
            p.when for p in found
            if isinstance(p.when, Period) and (p.company, p.measure, p.dimensions) == (point.company, point.measure, point.dimensions)
        ]  # fmt: skip
        latest_end = max(p.end for p in same)
        if when.end == latest_end and (not years or when.end > max(years)):
            kept.append(point)
    return kept
