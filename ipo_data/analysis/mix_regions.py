"""Revenue by region, with the revenue each share is a share of: all of it, or that of one deployment alone."""

from dataclasses import dataclass
from decimal import Decimal

from ipo_data.analysis import mix
from ipo_data.analysis.points import DataPoint, Term, derived, headline, shown_term, stated
from ipo_data.dataset import Dataset, Fact

HOME = "mainland_china"
_AXES = ("region", "overseas")


@dataclass(frozen=True, slots=True)
class Regions:
    """Shares by region of one company and period.

    Attributes:
        company: Company id.
        shares: One share per region, largest first.
        deployment: The deployment whose revenue is split; empty if it is all revenue.
        home: Mainland China's share, if stated.
        of_all: Between which percentages that share of *all* revenue lies, where only a part of it is split.
    """

    company: str
    shares: tuple[DataPoint, ...]
    deployment: str = ""
    home: DataPoint | None = None
    of_all: tuple[Decimal, Decimal] | None = None


def regions_of(dataset: Dataset, company: str) -> list[Regions]:
    """Return the latest split by region and, if it is later, the latest share of overseas revenue.

    A share that documents state of one deployment's revenue is never taken for a share of all revenue: it stands under
    that deployment, where every region has revenue of its own.
    """
    within = _of_deployment(dataset, company)
    found: list[Regions] = [within] if within is not None else []
    for axis in _AXES:
        labels = mix.periods_with(dataset, company, axis)
        if labels and not (axis == "region" and within is not None):
            own = _of_all(dataset, company, axis, labels[-1])
            found += [own] if own is not None and all(_end(own) > _end(other) for other in found) else []
    return found


def _end(own: Regions) -> str:
    return str(getattr(own.shares[0].when, "end", ""))


def _of_all(dataset: Dataset, company: str, axis: str, label: str) -> Regions | None:
    parts = mix.parts(dataset, company, axis, label)
    shares = _ranked([p for own, _ in parts.values() for p in own[:1]])
    return Regions(company, shares, home=_home(shares)) if shares else None


def _of_deployment(dataset: Dataset, company: str) -> Regions | None:
    """Return the latest split of one deployment's revenue, shares stated or computed from amounts."""
    facts = dataset.select(company, "deployment_region_share") + dataset.select(company, "revenue")
    split = [f for f in facts if set(f.dimensions) == {"deployment", "region"} and f.period and f.shown]
    if not split:
        return None
    last = max(split, key=lambda f: (f.end, f.id))
    deployment, label = last.dimensions["deployment"], last.subject.period
    own = [f for f in split if f.dimensions["deployment"] == deployment and f.subject.period == label]
    whole = headline(dataset, company, "revenue", label, deployment=deployment)
    shares: dict[str, DataPoint] = {}
    for fact in own:
        point = _share(fact, whole)
        if point is not None and (fact.metric.id != "revenue" or fact.dimensions["region"] not in shares):
            shares[fact.dimensions["region"]] = point
    ranked = _ranked(list(shares.values()))
    home = _home(ranked)
    bounds = None
    if home is not None:
        amounts = [
            headline(dataset, company, "revenue", label, deployment=deployment, region=HOME), whole,
            headline(dataset, company, "revenue", label),
        ]  # fmt: skip
        part = headline(dataset, company, "revenue_share", label, deployment=deployment)
        bounds = _by_amounts(*amounts) or _by_shares(home, part)
    return Regions(company, ranked, deployment, home, bounds) if ranked else None


def _share(fact: Fact, whole: Term | None) -> DataPoint | None:
    if fact.metric.id != "revenue":
        return stated(fact)[0]
    if whole is None or not whole.is_positive:
        return None
    term = (shown_term(fact) / whole).percent()
    return derived(term, fact.company, "deployment_region_share", "percent", fact.period, dimensions=fact.dimensions)


def _ranked(shares: list[DataPoint]) -> tuple[DataPoint, ...]:
    return tuple(sorted((p for p in shares if p.value is not None), key=lambda p: -(p.value or 0)))


def _home(shares: tuple[DataPoint, ...]) -> DataPoint | None:
    return next((p for p in shares if p.dimensions.get("region") == HOME), None)


def _by_amounts(home: Term | None, part: Term | None, whole: Term | None) -> tuple[Decimal, Decimal] | None:
    """Return the share if none of the other revenue is from there, and if all of it is; ``None`` without amounts."""
    if home is None or part is None or whole is None or not whole.is_positive:
        return None
    low = (home / whole).percent().value
    return low, low + 100 - (part / whole).percent().value


def _by_shares(home: DataPoint, part: Term | None) -> tuple[Decimal, Decimal] | None:
    """Return the same two ends from printed shares: the lowest and highest that their rounding allows.

    The more of all revenue the part brings, the higher the lower end and the lower the upper one.
    """
    if home.interval is None or part is None:
        return None
    hundred = Decimal(100)
    low, high = max(Decimal(0), home.interval.low), min(hundred, home.interval.high)
    smallest = max(Decimal(0), part.interval.low)
    return low * smallest / hundred, high * smallest / hundred + hundred - smallest
