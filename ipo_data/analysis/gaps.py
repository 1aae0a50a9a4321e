"""Comparability gaps: what one company has and another lacks, and what filling the gap would make computable.

A comparison is a metric with a breakdown. Members that companies share (segments, regions, tranches) are compared one
by one; members of a company's own (products, holders, rounds) only as a breakdown.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from ipo_data.analysis.derived_figures import derived_of
from ipo_data.analysis.points import DataPoint
from ipo_data.dataset import Dataset, Fact
from ipo_data.model.metric import METRICS
from ipo_data.model.text import Text
from ipo_data.periods import Period

ANY: Final = "*"
"""Stands for every member of an axis whose members are a company's own, and for every date."""
Breakdown = tuple[tuple[str, str], ...]


class Lack(StrEnum):
    """What kind of gap it is, from the emptiest."""

    NOTHING = "nothing"
    """No document of the evidence states it for the company."""
    NOT_DISCLOSED = "not_disclosed"
    """The company is known not to report it."""
    OTHER_DEFINITION = "other_definition"
    """The company states the metric in other parts or by another definition."""
    OTHER_WINDOW = "other_window"
    """The company states it, but for no period or date for which another does."""
    SOME_WINDOWS = "some_windows"
    """The company states it, but not for every period that a figure of another needs."""
    IN_CONFLICT = "in_conflict"
    """Documents disagree about every figure that could be compared."""


@dataclass(frozen=True, slots=True)
class Unlock:
    """A derived figure that another company has.

    Attributes:
        measure: Measure of the derived figure.
        alone: Whether filling this gap is enough; if not, further figures are missing too.
    """

    measure: str
    alone: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that a company lacks.

    Attributes:
        company: Who lacks it.
        metric: Metric id.
        dimensions: Breakdown; ``*`` stands for members of the company's own.
        basis: Accounting definition.
        lack: Kind of gap.
        wanted: Periods or dates for which others have it; empty for terms of the deal.
        has: What the company states instead: periods, dates or members.
        others: Companies that have it.
        unlocks: Derived figures that filling the gap would make computable or help to.
        reason: Why the company does not report it, if that is known.
    """

    company: str
    metric: str
    dimensions: Breakdown
    basis: str
    lack: Lack
    wanted: tuple[str, ...]
    has: tuple[str, ...]
    others: tuple[str, ...]
    unlocks: tuple[Unlock, ...] = ()
    reason: Text | None = None

    @property
    def alone(self) -> int:
        """Number of derived figures for which this gap is the only one."""
        return sum(unlock.alone for unlock in self.unlocks)


@dataclass(frozen=True, slots=True)
class _Subject:
    metric: str
    dimensions: Breakdown
    basis: str


_Stated = Mapping[_Subject, Mapping[str, Fact]]
"""Facts by what they are about and by period label or date."""
_Needed = tuple[_Subject, str]


@lru_cache(maxsize=16)
def gaps(dataset: Dataset, companies: tuple[str, ...]) -> tuple[Gap, ...]:
    """Return the comparability gaps of some companies, those first that alone keep most from being computed.

    Args:
        dataset: The evidence.
        companies: Companies to compare; fewer than two have no gaps.
    """
    stated = {name: _stated(dataset, name) for name in companies}
    wanted = _wanted(dataset, stated)
    found = []
    for name in companies:
        for subject in dict.fromkeys(s for other, facts in stated.items() if other != name for s in facts):
            gap = _gap(dataset, name, subject, stated, wanted.get((name, subject), {}))
            if gap is not None:
                found.append(gap)
    order = {metric: place for place, metric in enumerate(METRICS)}
    return tuple(
        sorted(found, key=lambda g: (-g.alone, -len(g.unlocks), order[g.metric], g.dimensions, g.basis, g.company))
    )


# --- what is stated ---------------------------------------------------------------------------------------------------


def _stated(dataset: Dataset, company: str) -> _Stated:
    found: dict[_Subject, dict[str, Fact]] = defaultdict(dict)
    for fact in dataset.facts:
        if fact.company == company and fact.subject.kind == "actual":
            found[_subject(dataset, fact)].setdefault(fact.subject.time_label, fact)
    return found


def _subject(dataset: Dataset, fact: Fact) -> _Subject:
    own = dataset.companies[fact.company].members
    dimensions = tuple((a, ANY if m in own.get(a, {}) else m) for a, m in sorted(fact.dimensions.items()))
    return _Subject(fact.metric.id, dimensions, str(fact.subject.basis))


def _gap(
    dataset: Dataset, company: str, subject: _Subject, stated: Mapping[str, _Stated], helps: Mapping[str, bool]
) -> Gap | None:
    own, rest = stated[company], {name: facts for name, facts in stated.items() if name != company}
    others = [name for name, facts in rest.items() if subject in facts]
    windows = {label: facts for name in others for label, facts in rest[name][subject].items()}
    mine = own.get(subject, {})
    unlocks = tuple(Unlock(measure, alone) for measure, alone in sorted(helps.items(), key=lambda i: (not i[1], i[0])))
    lack, has, reason = _kind(dataset, company, subject, own, windows)
    if lack is None:
        if not unlocks:
            return None
        lack, has = Lack.SOME_WINDOWS, tuple(mine)
    missing = tuple(_in_time([label for label in windows if label and label not in mine], windows))
    return Gap(
        company, subject.metric, subject.dimensions, subject.basis, lack, missing, has, tuple(others), unlocks, reason
    )


def _kind(
    dataset: Dataset, company: str, subject: _Subject, own: _Stated, windows: Mapping[str, Fact]
) -> tuple[Lack | None, tuple[str, ...], Text | None]:
    """Return the kind of gap with what the company has instead; no kind where a common window exists."""
    mine = own.get(subject, {})
    if not mine:
        declared = _declared(dataset, company, subject)
        if declared is not None:
            return Lack.NOT_DISCLOSED, (), declared
        instead = _other_definitions(subject, own)
        return (Lack.OTHER_DEFINITION if instead else Lack.NOTHING), instead, None
    common = [mine[label] for label in mine if label in windows]
    if not common:
        return Lack.OTHER_WINDOW, tuple(_in_time(list(mine), mine)), None
    if all(fact.shown is None for fact in common):
        return Lack.IN_CONFLICT, tuple(label for label in mine if label in windows), None
    return None, (), None


def _declared(dataset: Dataset, company: str, subject: _Subject) -> Text | None:
    axes = {axis for axis, _ in subject.dimensions}
    for known in dataset.companies[company].gaps:
        if known.metric == subject.metric and (known.axis in axes if known.axis else not axes):
            return known.because
    return None


def _other_definitions(subject: _Subject, own: _Stated) -> tuple[str, ...]:
    """Return the other parts or definitions in which the company states the metric, written as breakdowns."""
    found = [other for other in own if other.metric == subject.metric and other != subject]
    alike = [o for o in found if {a for a, _ in o.dimensions} == {a for a, _ in subject.dimensions}]
    as_fine = [o for o in found if len(o.dimensions) == len(subject.dimensions)]
    return tuple(dict.fromkeys(breakdown(other.dimensions) for other in alike or as_fine or found))


def breakdown(dimensions: Breakdown) -> str:
    """Write a breakdown as code: ``segment=c_end;product=*``; ``total`` for none."""
    return ";".join(f"{axis}={member}" for axis, member in dimensions) or "total"


def _in_time(labels: Iterable[str], facts: Mapping[str, Fact]) -> list[str]:
    return sorted(labels, key=lambda label: (str(facts[label].end or ""), label))


# --- what it would unlock ---------------------------------------------------------------------------------------------


def _wanted(dataset: Dataset, stated: Mapping[str, _Stated]) -> dict[tuple[str, _Subject], dict[str, bool]]:
    """Return the derived figures that each gap keeps a company from, and whether it is the only gap in the way."""
    points = {name: [p for p in derived_of(dataset, name) if p.value is not None] for name in stated}
    having = {name: {_place(dataset, p) for p in own} for name, own in points.items()}
    found: dict[tuple[str, _Subject], dict[str, bool]] = defaultdict(dict)
    for other, own in points.items():
        for name in stated:
            for point in own if name != other else []:
                if _place(dataset, point) in having[name]:
                    continue
                missing = {subject for subject, when in _needs(dataset, point) if not _has(stated[name], subject, when)}
                for subject in missing:
                    known = found[name, subject]
                    known[point.measure] = known.get(point.measure, False) or len(missing) == 1
    return found


def _place(dataset: Dataset, point: DataPoint) -> tuple[str, Breakdown, str]:
    """Return what makes derived figures of two companies the same: measure, breakdown and period, whatever the day."""
    own = dataset.companies[point.company].members
    dimensions = tuple((a, ANY if m in own.get(a, {}) else m) for a, m in sorted(point.dimensions.items()))
    return point.measure, dimensions, point.when.label if isinstance(point.when, Period) else ANY


def _needs(dataset: Dataset, point: DataPoint) -> set[_Needed]:
    facts = [dataset.fact_by_id[name] for name in point.facts]
    return {(_subject(dataset, fact), fact.period.label if fact.period else ANY) for fact in facts}


def _has(own: _Stated, subject: _Subject, when: str) -> bool:
    facts = own.get(subject, {})
    return any(fact.shown is not None for label, fact in facts.items() if when in (ANY, label))
