"""Leave one out: which figures rest on one document alone, and what changes without it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Generic, TypeVar

from ipo_data.analysis.derived_figures import derived_of
from ipo_data.analysis.ledger import LedgerRow, ledger
from ipo_data.analysis.points import DataPoint
from ipo_data.dataset import Dataset, Fact
from ipo_data.errors import UnknownNameError

_Kept = TypeVar("_Kept", Fact, DataPoint, LedgerRow)


class Effect(StrEnum):
    """What becomes of a figure without the document."""

    GONE = "gone"
    """Nothing states it, or an input of it is missing."""
    CHANGED = "changed"
    """It has another value, another range or another verdict."""
    STATUS = "status"
    """It keeps its value; fewer documents stand behind it, or they no longer disagree."""
    NEW = "new"
    """It exists only without the document, e.g. because an input is no longer in conflict."""


@dataclass(frozen=True, slots=True)
class Change(Generic[_Kept]):
    """One figure with and without a document.

    Attributes:
        effect: What becomes of it.
        before: With the document; ``None`` if it exists only without.
        after: Without the document; ``None`` if it is gone.
    """

    effect: Effect
    before: _Kept | None
    after: _Kept | None

    @property
    def either(self) -> _Kept:
        """The figure as it is in the evidence, else as it would be."""
        found = self.before if self.before is not None else self.after
        if found is None:
            raise ValueError("a change has a figure before or after")
        return found


@dataclass(frozen=True, slots=True)
class Reliance:
    """Everything that a document decides.

    Attributes:
        source: Document id.
        facts: Facts that vanish or change without it.
        derived: Derived figures that do.
        rows: Figures of the ledger whose test does.
    """

    source: str
    facts: tuple[Change[Fact], ...]
    derived: tuple[Change[DataPoint], ...]
    rows: tuple[Change[LedgerRow], ...]


@dataclass(frozen=True, slots=True)
class Resting:
    """How much rests on one document alone.

    Attributes:
        source: Document id.
        facts: Facts that no other document states, by company.
        derived: Derived figures with at least one such input.
        rows: Tested figures of which the figure or an input is stated by this document alone.
    """

    source: str
    facts: Mapping[str, int]
    derived: int
    rows: int

    @property
    def total(self) -> int:
        """Facts of all companies."""
        return sum(self.facts.values())


@lru_cache(maxsize=16)
def resting(dataset: Dataset, companies: tuple[str, ...]) -> tuple[Resting, ...]:
    """Return how much rests on each document alone, most facts first.

    This follows from the structure – a fact with one document, a formula with its facts – and rebuilds nothing.

    Args:
        dataset: The evidence.
        companies: Companies whose figures count.
    """
    only = {fact.id: name for fact in dataset.facts if (name := stated_by_one(fact)) is not None}
    facts: dict[str, Counter[str]] = defaultdict(Counter)
    for fact in dataset.facts:
        if fact.id in only and fact.company in companies:
            facts[only[fact.id]][fact.company] += 1
    derived: Counter[str] = Counter()
    for point in (p for company in companies for p in derived_of(dataset, company) if p.value is not None):
        derived.update({only[name] for name in point.facts if name in only} | _rate_sources(dataset, point))
    rows: Counter[str] = Counter()
    fact_of = {claim.id: fact.id for fact in dataset.facts for claim in fact.claims}
    for row in (r for r in ledger(dataset) if r.claim.company in companies):
        inputs = row.computed.facts if row.computed else ()
        rows.update({only[name] for name in (fact_of[row.claim.id], *inputs) if name in only})
    found = [Resting(name, facts[name], derived[name], rows[name]) for name in dataset.sources]
    return tuple(sorted(found, key=lambda item: (-item.total, -item.derived, -item.rows, item.source)))


def stated_by_one(fact: Fact) -> str | None:
    """Return the only document that states a fact, or ``None`` if several do."""
    names = {claim.source for claim in fact.claims}
    return next(iter(names)) if len(names) == 1 else None


def _rate_sources(dataset: Dataset, point: DataPoint) -> set[str]:
    used = set(point.rate.split())
    return {rate.source for rate in dataset.rates if rate.source is not None and rate.id in used}


@lru_cache(maxsize=64)
def without(dataset: Dataset, source: str) -> Reliance:
    """Return what vanishes and what changes if one document is left out.

    Facts follow from the claims behind them; derived figures and tests are recomputed from what is left.

    Args:
        dataset: The evidence.
        source: Document id.

    Raises:
        UnknownNameError: If the document is no part of the evidence.
    """
    if source not in dataset.sources:
        raise UnknownNameError("document", source, sorted(dataset.sources))
    rest = dataset.restricted(lambda record: record.id != source)
    touched = [fact for fact in dataset.facts if any(claim.source == source for claim in fact.claims)]
    companies = {fact.company for fact in touched}
    if any(rate.source == source for rate in dataset.rates):
        companies = set(dataset.companies)
    ordered = [name for name in dataset.companies if name in companies]
    return Reliance(
        source,
        tuple(_changed_facts(touched, rest)),
        tuple(
            change
            for name in ordered
            for change in _compared(derived_of(dataset, name), derived_of(rest, name), _point_key, _point_effect)
        ),
        tuple(_compared(ledger(dataset), ledger(rest), _row_key, _row_effect)),
    )


def _changed_facts(touched: Iterable[Fact], rest: Dataset) -> Iterable[Change[Fact]]:
    for fact in touched:
        left = rest.fact_by_id.get(fact.id)
        if left is None:
            yield Change(Effect.GONE, fact, None)
        elif (fact.value, fact.interval) != (left.value, left.interval):
            yield Change(Effect.CHANGED, fact, left)
        elif fact.status is not left.status:
            yield Change(Effect.STATUS, fact, left)


def _compared(
    before: Iterable[_Kept], after: Iterable[_Kept], key: Callable[[_Kept], Hashable],
    effect: Callable[[_Kept | None, _Kept | None], Effect | None],
) -> list[Change[_Kept]]:  # fmt: skip
    """Return what differs between two lists; figures with equal keys are paired in order."""
    first: dict[tuple[Hashable, int], _Kept] = _numbered(before, key)
    second: dict[tuple[Hashable, int], _Kept] = _numbered(after, key)
    found: list[Change[_Kept]] = []
    for name in dict.fromkeys([*first, *second]):
        old, new = first.get(name), second.get(name)
        what = effect(old, new)
        if what is not None:
            found.append(Change(what, old, new))
    return found


def _numbered(items: Iterable[_Kept], key: Callable[[_Kept], Hashable]) -> dict[tuple[Hashable, int], _Kept]:
    met: Counter[Hashable] = Counter()
    found = {}
    for item in items:
        name = key(item)
        found[name, met[name]] = item
        met[name] += 1
    return found


def _point_key(point: DataPoint) -> Hashable:
    return (point.company, point.measure, str(point.when), tuple(sorted(point.dimensions.items())), point.unit)


def _point_effect(old: DataPoint | None, new: DataPoint | None) -> Effect | None:
    had, has = old is not None and old.value is not None, new is not None and new.value is not None
    if not had or not has:
        return None if had == has else (Effect.GONE if had else Effect.NEW)
    assert old is not None  # noqa: S101 - both have a value here
    assert new is not None  # noqa: S101
    if (old.value, old.interval) != (new.value, new.interval):
        return Effect.CHANGED
    return None if old.state is new.state else Effect.STATUS


def _row_key(row: LedgerRow) -> Hashable:
    stated = row.claim.quantity
    return (row.rule, row.claim.subject, stated.value, stated.step, str(stated.bound))


def _row_effect(old: LedgerRow | None, new: LedgerRow | None) -> Effect | None:
    if old is None or new is None:
        return Effect.GONE if new is None else Effect.NEW
    if old.verdict is not new.verdict:
        return Effect.CHANGED
    both = [row.computed.interval if row.computed else None for row in (old, new)]
    return Effect.CHANGED if both[0] != both[1] else None
