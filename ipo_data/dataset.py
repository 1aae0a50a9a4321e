"""The data set: validated claims and the facts they resolve to.

A *claim* is what one document prints; a *fact* is what is charted. A fact points back to every claim on the same
thing and says how they relate. Rival figures are never averaged and gaps are never filled.
"""

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Final

from ipo_data.duplicates import all_agree
from ipo_data.errors import UnknownNameError
from ipo_data.evidence import was_public
from ipo_data.intervals import Interval
from ipo_data.loading.loader import load_records
from ipo_data.loading.records import Records, subject_id
from ipo_data.model.claim import Claim, Flag
from ipo_data.model.company import Company
from ipo_data.model.judgement import Contrast, Judgement
from ipo_data.model.metric import METRICS, Metric
from ipo_data.model.metric import metric as find_metric
from ipo_data.model.rate import FxRate
from ipo_data.model.scenario_preset import CompanyScenarios
from ipo_data.model.source import Source
from ipo_data.model.statement import Statement
from ipo_data.model.text import Text
from ipo_data.paths import seeds_folder
from ipo_data.periods import Instant, Period
from ipo_data.quantities import Bound
from ipo_data.units import Unit

_Choice = tuple[str, str, str | None, str | None, str | None]
"""Company, metric, unit, basis and kind."""
_Place = tuple[str, frozenset[tuple[str, str]]]
"""What dates a fact, and its breakdown."""
_OPEN_BOUNDS: Final = frozenset({Bound.AT_LEAST, Bound.AT_MOST})


class Status(StrEnum):
    """How the claims behind a fact relate."""

    SINGLE = "single"
    """One document states it."""
    CORROBORATED = "corroborated"
    """Several documents agree within rounding; the most precise is shown."""
    PREFERRED = "preferred"
    """Documents disagree; the filing is shown because no judgement is needed to rank it above the rest."""
    JUDGED = "judged"
    """Documents disagree; a declared judgement says which is shown."""
    CONFLICTING = "conflicting"
    """Documents disagree and nothing decides: every figure is shown and none is the headline."""

    @property
    def is_disputed(self) -> bool:
        """Whether at least two documents disagree."""
        return self in (Status.PREFERRED, Status.JUDGED, Status.CONFLICTING)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that documents state, with everything they say about it.

    Attributes:
        id: Name, e.g. ``minimax.revenue.9M2025``.
        claims: All claims on it, the shown one first if there is one.
        shown: The claim whose figure is the headline, or ``None`` if they conflict.
        status: How the claims relate.
        judgement: The declared choice behind ``judged``.
    """

    id: str
    claims: tuple[Claim, ...]
    shown: Claim | None
    status: Status
    judgement: Judgement | None = None

    @property
    def subject(self) -> Claim:
        """Any claim, for what the fact is about."""
        return self.claims[0]

    @property
    def company(self) -> str:
        """Company id."""
        return self.subject.company

    @property
    def metric(self) -> Metric:
        """What is measured."""
        return METRICS[self.subject.metric]

    @property
    def period(self) -> Period | None:
        """The period, for flows and averages."""
        return self.subject.span

    @property
    def instant(self) -> Instant | None:
        """The date, for balances."""
        return self.subject.instant

    @property
    def dimensions(self) -> dict[str, str]:
        """The breakdown: axis → member."""
        return dict(self.subject.dimensions)

    @property
    def unit(self) -> Unit:
        """The unit of all its claims."""
        return self.subject.quantity.unit

    @property
    def value(self) -> Decimal | None:
        """The headline in base units (percent as printed); ``None`` if the claims conflict."""
        return self.shown.quantity.value if self.shown else None

    @property
    def interval(self) -> Interval | None:
        """Every value the headline may stand for; ``None`` if the claims conflict."""
        return self.shown.quantity.rounding if self.shown else None

    @property
    def bound(self) -> Bound:
        """The hedge of the headline (exact if there is none)."""
        return self.shown.quantity.bound if self.shown else Bound.EXACT

    @property
    def end(self) -> date | None:
        """Last day of the period, or the date."""
        if self.period:
            return self.period.end
        return self.instant.last if self.instant else None

    @property
    def flags(self) -> tuple[Flag, ...]:
        """What readers noticed about the shown claim, or about any claim in conflict."""
        noticed = self.shown.flags if self.shown else [flag for claim in self.claims for flag in claim.flags]
        return tuple(sorted(set(noticed)))

    @property
    def rivals(self) -> tuple[Claim, ...]:
        """The claims that are not shown and do not agree with the shown one."""
        if self.shown is None:
            return self.claims
        shown = self.shown.quantity
        return tuple(c for c in self.claims if c is not self.shown and not all_agree([shown, c.quantity]))


class Dataset:
    """An immutable set of records, with the facts they resolve to.

    Args:
        records: Validated records.
        sources: Documents that count as evidence; ``None`` for all. Claims of other documents do not exist here.
        until: Last day whose figures of running records, such as daily prices, count; ``None`` for all.
    """

    def __init__(self, records: Records, sources: Iterable[str] | None = None, until: date | None = None) -> None:
        self._records = records
        self._until = until
        everything = frozenset(records.sources)
        self.evidence = everything if sources is None else frozenset(sources)
        if unknown := self.evidence - everything:
            raise UnknownNameError("source", min(unknown), sorted(everything))
        counted = (claim for claim in records.claims if claim.source in self.evidence)
        if until is not None:
            counted = (claim for claim in counted if was_public(claim, records.sources[claim.source], until))
        self.claims: tuple[Claim, ...] = tuple(sorted(counted, key=lambda c: c.id))  # whatever the order of files
        self._selected: dict[_Choice, tuple[Fact, ...]] = {}
        self._found: dict[_Choice, dict[_Place, Fact]] = {}
        self._resolved: dict[tuple[str, str], tuple[Fact, ...]] = {}

    @classmethod
    def load(cls, folder: str | os.PathLike[str] | None = None) -> "Dataset":
        """Load a seeds folder (the repository's own if none is named).

        Raises:
            SeedError: With every problem found.
        """
        return cls(load_records(seeds_folder(folder)))

    def restricted(self, keep: Callable[[Source], bool], until: date | None = None) -> "Dataset":
        """Return the same records with the documents that ``keep`` accepts, of running ones the part up to a day."""
        limits = [day for day in (self._until, until) if day is not None]
        kept = [s for s in self.evidence if keep(self._records.sources[s])]
        return Dataset(self._records, kept, min(limits, default=None))

    @property
    def companies(self) -> Mapping[str, Company]:
        """Companies by id, in display order."""
        return self._records.companies

    @property
    def sources(self) -> Mapping[str, Source]:
        """The documents that count as evidence, by id."""
        return {name: source for name, source in self._records.sources.items() if name in self.evidence}

    @property
    def rates(self) -> tuple[FxRate, ...]:
        """Exchange rates whose document counts as evidence, and conventions."""
        return tuple(r for r in self._records.rates if r.source is None or r.source in self.evidence)

    @property
    def scenarios(self) -> Mapping[str, CompanyScenarios]:
        """Runway scenarios by company: assumptions, never evidence."""
        return self._records.scenarios

    @property
    def digest(self) -> str:
        """Hash of the record files."""
        return self._records.digest

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """All facts, ordered by id."""
        found = [fact for company, metric in self._claims_of for fact in self._facts_of(company, metric)]
        return tuple(sorted(found, key=lambda fact: fact.id))

    @cached_property
    def fact_by_id(self) -> Mapping[str, Fact]:
        """Facts by id."""
        return {fact.id: fact for fact in self.facts}

    @cached_property
    def claim_by_id(self) -> Mapping[str, Claim]:
        """Claims by id."""
        return {claim.id: claim for claim in self.claims}

    @cached_property
    def _claims_of(self) -> dict[tuple[str, str], list[Claim]]:
        index: dict[tuple[str, str], list[Claim]] = defaultdict(list)
        for claim in self.claims:
            index[(claim.company, claim.metric)].append(claim)
        return dict(index)

    def _facts_of(self, company: str, metric: str) -> tuple[Fact, ...]:
        """Return a company's facts on one metric by date, resolved when first asked for.

        Evidence restricted to what was known by a day is often asked for one metric only.
        """
        if (company, metric) not in self._resolved:
            currency = self.companies[company].reporting_currency
            groups: dict[str, list[Claim]] = defaultdict(list)
            for claim in self._claims_of.get((company, metric), ()):
                groups[subject_id(claim, currency)].append(claim)
            found = [self._resolve(name, claims) for name, claims in groups.items()]
            self._resolved[(company, metric)] = tuple(sorted(found, key=lambda f: (f.end or date.min, f.id)))
        return self._resolved[(company, metric)]

    def find(
        self, company: str, metric: str, when: str | None = None, *, unit: str | None = None, basis: str = "reported",
        kind: str | None = "actual", **dimensions: str,
    ) -> Fact | None:  # fmt: skip
        """Return the fact on exactly this breakdown, or ``None``.

        Args:
            company: Company id.
            metric: Metric id.
            when: Period label or date; ``None`` matches terms of the deal.
            unit: Unit code; for money the reporting currency if not given.
            basis: Accounting definition.
            kind: Actual, forecast or target; ``None`` for any.
            **dimensions: The exact breakdown; none for the total.
        """
        chosen = (company, metric, unit, basis, kind)
        if chosen not in self._found:
            self._found[chosen] = _by_stamp(self._selection(*chosen))
        return self._found[chosen].get((when or "", frozenset(dimensions.items())))

    def select(
        self, company: str, metric: str, *, unit: str | None = None, basis: str | None = "reported",
        kind: str | None = "actual",
    ) -> list[Fact]:  # fmt: skip
        """Return a company's facts on one metric, ordered by date and then id.

        For money only the reporting currency is returned unless ``unit`` names another or is ``any``.

        Raises:
            UnknownNameError: If there is no such company or metric; a slip must not look like a gap.
        """
        return list(self._selection(company, metric, unit, basis, kind))

    def _selection(
        self, company: str, metric: str, unit: str | None, basis: str | None, kind: str | None
    ) -> tuple[Fact, ...]:
        """Return what ``select`` returns, worked out once: rules and formulas ask for the same facts very often."""
        chosen = (company, metric, unit, basis, kind)
        if chosen not in self._selected:
            self._selected[chosen] = self._chosen(*chosen)
        return self._selected[chosen]

    def _chosen(
        self, company: str, metric: str, unit: str | None, basis: str | None, kind: str | None
    ) -> tuple[Fact, ...]:
        if company not in self.companies:
            raise UnknownNameError("company", company, self.companies)
        find_metric(metric)
        wanted = unit or self.companies[company].reporting_currency
        return tuple(
            fact
            for fact in self._facts_of(company, metric)
            if (unit == "any" or not fact.unit.is_money or fact.unit.code == wanted)
            and (basis is None or fact.subject.basis == basis)
            and (kind is None or fact.subject.kind == kind)
        )

    def judgements(self, company: str) -> tuple[Judgement, ...]:
        """Return the declared choices whose preferred document counts as evidence."""
        return tuple(j for j in self._records.judgements.get(company, ()) if j.prefer in self.evidence)

    def contrasts(self, company: str) -> tuple[Contrast, ...]:
        """Return the declared look-alikes of a company."""
        return self._records.contrasts.get(company, ())

    def statements(self, company: str) -> tuple[Statement, ...]:
        """Return what documents that count as evidence say in words about a company."""
        return tuple(s for s in self._records.statements.get(company, ()) if s.source in self.evidence)

    def member_label(self, company: str, axis: str, member: str) -> Text:
        """Return the label of an axis member: the company's own, else the shared one, else the id itself."""
        own = self.companies[company].members.get(axis, {})
        return own.get(member) or self._records.members.get(axis, {}).get(member) or Text(en=member)

    @property
    def shared_members(self) -> Mapping[str, Mapping[str, Text]]:
        """Members of axes that any company may use, with their labels."""
        return self._records.members

    def say(self, text: Text, language: str) -> str:
        """Return a text in a language; Traditional Chinese comes from the checked-in derivation."""
        if language == "en":
            return text.en
        simplified = text.simplified()
        if language == "zh-Hans":
            return simplified
        return text.zh_hant or self._records.traditional.get(simplified, simplified)

    # --- resolution ---------------------------------------------------------------------------------------------

    def _resolve(self, name: str, claims: Sequence[Claim]) -> Fact:
        ranked = tuple(sorted(claims, key=self._rank))
        if all_agree([claim.quantity for claim in ranked]):
            status = Status.SINGLE if len({claim.source for claim in ranked}) == 1 else Status.CORROBORATED
            return Fact(name, ranked, ranked[0], status)
        disputed = Fact(name, ranked, None, Status.CONFLICTING)
        return self._judged(disputed) or self._preferred(disputed) or disputed

    def _rank(self, claim: Claim) -> tuple[object, ...]:
        """Most precise first; then the document's rank; then the id, so that the order of files does not matter."""
        quantity = claim.quantity
        open_ended = quantity.bound in _OPEN_BOUNDS
        kind = self._records.sources[claim.source].kind
        hedged = quantity.bound is not Bound.EXACT
        return (open_ended, quantity.step, hedged, list(type(kind)).index(kind), claim.id)

    def _judged(self, fact: Fact) -> Fact | None:
        for judgement in self.judgements(fact.company):
            chosen = next((c for c in fact.claims if c.source == judgement.prefer), None)
            if chosen is not None and _speaks_of(judgement, fact) and _settles(judgement, chosen, fact.claims):
                rest = tuple(c for c in fact.claims if c is not chosen)
                return replace(fact, claims=(chosen, *rest), shown=chosen, status=Status.JUDGED, judgement=judgement)
        return None

    def _preferred(self, fact: Fact) -> Fact | None:
        """Prefer filings over everything else, if the filings agree among themselves."""
        filings = [c for c in fact.claims if self._records.sources[c.source].kind.is_primary]
        if not filings or not all_agree([claim.quantity for claim in filings]):
            return None
        rest = tuple(c for c in fact.claims if c is not filings[0])
        return replace(fact, claims=(filings[0], *rest), shown=filings[0], status=Status.PREFERRED)


def _by_stamp(facts: Iterable[Fact]) -> dict[_Place, Fact]:
    """Return facts by what dates them and by breakdown; a date is also found by the precision it is printed with."""
    found: dict[_Place, Fact] = {}
    for fact in facts:
        breakdown = frozenset(fact.dimensions.items())
        for claim in fact.claims:
            for label in (claim.time_label, claim.stamp):
                found.setdefault((label, breakdown), fact)
    return found


def _speaks_of(judgement: Judgement, fact: Fact) -> bool:
    claim = fact.subject
    same_time = judgement.stamp == claim.stamp
    return judgement.metric == claim.metric and same_time and judgement.dimensions == fact.dimensions


def _settles(judgement: Judgement, chosen: Claim, claims: Iterable[Claim]) -> bool:
    """Tell whether the judgement names every document that disagrees with the chosen claim."""
    rivals = [c for c in claims if not all_agree([chosen.quantity, c.quantity])]
    return not judgement.over or all(claim.source in judgement.over for claim in rivals)
