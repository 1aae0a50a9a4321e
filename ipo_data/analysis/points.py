"""Data points: what charts and tables show, whether stated by a document or derived from stated figures.

A *term* is a number that knows its interval and where it came from; arithmetic on terms carries all of it along, so a
formula is written once and yields the value, the interval of values its printed inputs allow, and its claims.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from itertools import product
from typing import Final

from ipo_data.dataset import Dataset, Fact, Status
from ipo_data.formatting import MINUS
from ipo_data.intervals import Interval, as_interval
from ipo_data.model.claim import Flag
from ipo_data.periods import Instant, Period
from ipo_data.quantities import Bound
from ipo_data.units import UNITS

_MILLION: Final = Decimal(10) ** 6
_SIX_DIGITS: Final = Context(prec=6, rounding=ROUND_HALF_UP)
_PER_UNIT: Final = frozenset({
    "offer_price", "offer_price_low", "offer_price_high", "share_price", "price_per_share", "spend_per_payer",
})  # fmt: skip
"""Money for one share or one payer, which formulas write as it is; all other money is written in millions."""


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
        text = written(fact.value / scale)
        return cls(
            fact.value, fact.interval, frozenset({fact.shown.id}), (fact.id,), text, atomic=not text.startswith(MINUS)
        )

    @classmethod
    def number(cls, value: Decimal | int | str) -> "Term":
        """Return an exact number as a term."""
        exact = Decimal(value)
        text = written(exact)
        return cls(exact, Interval.point(exact), text=text, atomic=not text.startswith(MINUS))

    @property
    def is_positive(self) -> bool:
        """Whether every value the inputs allow is above zero, so that it may be a base or a divisor."""
        return self.interval.low > 0

    def _with(self, other: "Term", value: Decimal, interval: Interval, text: str, *, atomic: bool) -> "Term":
        return Term(
            value, interval, self.claims | other.claims, tuple(dict.fromkeys(self.facts + other.facts)), text, atomic
        )

    def __add__(self, other: "Term | int") -> "Term":
        right = as_term(other)
        return self._with(
            right,
            self.value + right.value,
            self.interval + right.interval,
            f"{self.text} + {_inside(right) if right.text.startswith(MINUS) else right.text}",
            atomic=False,
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

    def root(self, degree: int | Decimal) -> "Term":
        """Return the positive root; ``degree`` 2 is the square root."""
        value = self.value.sqrt() if degree == 2 else (self.value.ln() / degree).exp()
        return replace(
            self, value=value, interval=self.interval.root(degree), text=f"({self.text})^(1/{degree})", atomic=True
        )

    def narrowed(self, interval: Interval, text: str) -> "Term":
        """Return the same number with an interval and a formula worked out as a whole.

        For formulas that use an input more than once: term by term their interval would be too wide.
        """
        return replace(self, interval=interval, text=text, atomic=False)

    def percent(self) -> "Term":
        """Return a fraction as a percentage as printed (0.233 → 23.3)."""
        hundred = Decimal(100)
        return replace(self, value=self.value * hundred, interval=self.interval * hundred)

    def fraction(self) -> "Term":
        """Return a percentage as printed as a fraction (23.3 → 0.233)."""
        hundred = Decimal(100)
        text = f"({self.text})%" if " " in self.text else f"{self.text}%"
        return replace(self, value=self.value / hundred, interval=self.interval / hundred, text=text)


def as_term(value: "Term | int | Decimal") -> Term:
    """Return a term, turning a plain number into an exact one."""
    return value if isinstance(value, Term) else Term.number(value)


def at_corners(compute: Callable[..., Decimal], *terms: Term) -> Interval:
    """Return the interval of a formula that rises or falls steadily in each input, each input used once or more.

    Its bounds then lie where every input is at one of its ends. Inputs must be bounded.
    """
    found = [compute(*corner) for corner in product(*[(t.interval.low, t.interval.high) for t in terms])]
    return Interval(min(found), max(found))


def quotient(above: Term | None, below: Term | None) -> Term | None:
    """Return ``above ÷ below``; ``None`` if one is missing or the divisor may be zero or negative."""
    return above / below if above is not None and below is not None and below.is_positive else None


def sum_of(terms: Sequence[Term]) -> Term:
    """Return the sum of at least one term."""
    result = terms[0]
    for item in terms[1:]:
        result = result + item
    return result


def _inside(term: Term) -> str:
    return term.text if term.atomic else f"({term.text})"


def written(value: Decimal) -> str:
    """Write a number for a formula: no trailing zeros, a true minus sign."""
    return f"{value.normalize():f}".replace("-", MINUS)


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
        bound: Hedge of a stated figure, or what is left of it in a figure derived from an open-ended one.
        claims: Ids of the claims it draws on.
        facts: Ids of the facts it draws on.
        formula: The arithmetic with this company's numbers, for derived points.
        reason: Catalogue id of the reason, for empty states.
        flags: What readers noticed about the claims.
        rate: Exchange rate id, if converted.
        conversion: What was done to the figure in its own currency: ``÷ 7.0569``; empty if nothing.
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
    conversion: str = ""


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
    if (claim.kind != "actual" or Flag.CONDITIONAL in claim.flags) and state is State.REPORTED:
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
        _bound_of(term.interval), tuple(sorted(term.claims)), term.facts, term.text,
    )  # fmt: skip


def _bound_of(interval: Interval) -> Bound:
    """Return the hedge that an open side stands for: ``over 85 %`` of 191 is ``over 162``."""
    if interval.bounded:
        return Bound.EXACT
    return Bound.AT_LEAST if interval.low.is_finite() else Bound.AT_MOST


def term_of(point: DataPoint) -> Term:
    """Return a data point as a term for a further formula; a derived value is written to six digits there.

    Raises:
        ValueError: If the point has no value.
    """
    if point.value is None or point.interval is None:
        raise ValueError(f"{point.company} {point.measure} has no value: {point.reason}")
    in_millions = point.unit in UNITS and UNITS[point.unit].is_money and point.measure not in _PER_UNIT
    value = point.value / _MILLION if in_millions else point.value
    text = written(_SIX_DIGITS.plus(value) if point.formula else value)
    own = Term(point.value, point.interval, frozenset(point.claims), point.facts, text)
    return replace(own, atomic=not text.startswith(MINUS))


def empty(
    company: str, measure: str, unit: str, state: State, reason: str, *,
    when: Period | Instant | None = None, dimensions: dict[str, str] | None = None,
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
    return shown_term(fact) if fact is not None and fact.shown is not None else None


def shown_term(fact: Fact) -> Term:
    """Return a fact's headline as a term, with amounts of money written in millions.

    Every amount is, also a small one: in a sum, 0.087 beside 2.797 must not be written as 87000.

    Raises:
        ValueError: If the fact is in conflict and has no headline.
    """
    in_millions = fact.unit.is_money and fact.metric.id not in _PER_UNIT
    return Term.of(fact, scale=_MILLION if in_millions else Decimal(1))


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
        measured = [
            (p.when, p.dimensions) for p in found
            if isinstance(p.when, Period) and (p.company, p.measure) == (point.company, point.measure)
        ]  # fmt: skip
        years = [period.end for period, _ in measured if period.is_full_year]
        latest_end = max(period.end for period, dimensions in measured if dimensions == point.dimensions)
        if when.end == latest_end and (not years or when.end > max(years)):
            kept.append(point)
    return kept
