"""What revenue is made of: parts by axis, as money and as shares, with whatever no document accounts for."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ipo_data.analysis.breaks import is_redefined
from ipo_data.analysis.points import (
    DataPoint,
    State,
    Term,
    derived,
    headline,
    shown_term,
    stated,
    sum_of,
    term_of,
)
from ipo_data.dataset import Dataset, Fact
from ipo_data.periods import Period

_HUNDRED = Term.number(100)
_SMALLEST_REST = Decimal("0.6")
"""Less than this is left open by the rounding of printed shares."""


def periods_with(dataset: Dataset, company: str, axis: str) -> list[str]:
    """Return the labels of periods for which revenue is broken down by this axis alone, by end date."""
    facts = dataset.select(company, "revenue") + dataset.select(company, "revenue_share")
    found = [f for f in facts if set(f.dimensions) == {axis} and f.period]
    return list(dict.fromkeys(f.period.label for f in sorted(found, key=lambda f: (f.end, f.id)) if f.period))


def not_broken_down(shares: Sequence[DataPoint]) -> DataPoint | None:
    """Return what shares of one whole leave open, in percent; ``None`` where it is no more than their rounding."""
    known = [p for p in shares if p.value is not None]
    if not known:
        return None
    rest = _HUNDRED
    for share in known:
        rest = rest - term_of(share)
    first = known[0]
    if rest.value <= _SMALLEST_REST:
        return None
    when = first.when if isinstance(first.when, Period) else None
    return derived(rest, first.company, "share_not_broken_down", "percent", when)


def parts(dataset: Dataset, company: str, axis: str, period: str) -> dict[str, tuple[list[DataPoint], list[DataPoint]]]:
    """Return for every member of an axis its share points (percent) and its money points.

    A stated share or amount is shown as stated; the missing one of the two is derived from the total.
    """
    total = headline(dataset, company, "revenue", period)
    result: dict[str, tuple[list[DataPoint], list[DataPoint]]] = {}
    for member in _members(dataset, company, axis, period):
        share = dataset.find(company, "revenue_share", period, **{axis: member})
        amount = dataset.find(company, "revenue", period, **{axis: member})
        unit = dataset.companies[company].reporting_currency
        dimensions = {axis: member}
        if share is not None and _of_one_deployment(dataset, share):
            result[member] = stated(share), stated(amount) if amount is not None else []
            continue
        result[member] = _shares(share, amount, total, dimensions), _amounts(share, amount, total, dimensions, unit)
    return result


def _of_one_deployment(dataset: Dataset, share: Fact) -> bool:
    """Tell whether a document states the same share as that of one deployment: then it is no share of all revenue."""
    region = share.dimensions.get("region")
    facts = dataset.select(share.company, "deployment_region_share")
    known = [f for f in facts if region and f.dimensions.get("region") == region and f.period == share.period]
    return any(f.value is not None and f.value == share.value for f in known)


def _members(dataset: Dataset, company: str, axis: str, period: str) -> list[str]:
    facts = dataset.select(company, "revenue") + dataset.select(company, "revenue_share")
    found = [f for f in facts if set(f.dimensions) == {axis} and f.period and f.period.label == period]
    return list(dict.fromkeys(f.dimensions[axis] for f in found))


def _shares(share: Fact | None, amount: Fact | None, total: Term | None, dimensions: dict[str, str]) -> list[DataPoint]:
    if share is not None:
        return stated(share)
    if amount is None or amount.shown is None or total is None or not total.is_positive:
        return []
    term = (shown_term(amount) / total).percent()
    return [derived(term, amount.company, "revenue_share", "percent", amount.period, dimensions=dimensions)]


def _amounts(
    share: Fact | None, amount: Fact | None, total: Term | None, dimensions: dict[str, str], unit: str
) -> list[DataPoint]:
    if amount is not None:
        return stated(amount)
    if share is None or share.shown is None or total is None:
        return []
    term = Term.of(share).fraction() * total
    return [derived(term, share.company, "revenue", unit, share.period, dimensions=dimensions)]


def computed_shares(dataset: Dataset, company: str, axis: str, period: str) -> dict[str, Term]:
    """Return every member's share of revenue computed from amounts alone (percent); empty if any member lacks one.

    For differences between shares: a printed share beside a computed one differs by its rounding.
    """
    total = headline(dataset, company, "revenue", period)
    if total is None or not total.is_positive:
        return {}
    members = _members(dataset, company, axis, period)
    amounts = {member: headline(dataset, company, "revenue", period, **{axis: member}) for member in members}
    found = {member: (amount / total).percent() for member, amount in amounts.items() if amount is not None}
    return found if len(found) == len(members) else {}


def unaccounted(dataset: Dataset, company: str, axis: str, period: str, whole: Term | None = None) -> DataPoint | None:
    """Return the share that the members of an axis leave open, in percentage points.

    Args:
        dataset: The evidence.
        company: Company id.
        axis: The axis.
        period: Period label.
        whole: What the members should add up to (percent); 100 if not given.
    """
    rest = whole or _HUNDRED
    when = None
    found = parts(dataset, company, axis, period)
    groups = dataset.companies[company].groups.get(axis, {})
    for member, (shares, _) in found.items():
        if set(found).intersection(groups.get(member, ())):
            continue  # a group counts unless its parts do
        if len(shares) != 1 or shares[0].value is None:
            return None
        rest, when = rest - term_of(shares[0]), shares[0].when
    if when is None:
        return None
    return derived(rest, company, "unaccounted_share", "percent", when, dimensions={axis: "unaccounted"})


def is_break(dataset: Dataset, company: str, axis: str, earlier: str, later: str) -> bool:
    """Tell whether a declared change of definition lies between two periods of an axis."""
    month = dataset.companies[company].year_end_month
    ends = (Period.parse(earlier, month).end, Period.parse(later, month).end)
    return any(is_redefined(dataset, company, metric, ends, axis) for metric in ("revenue", "revenue_share"))


def state_of_gap(dataset: Dataset, company: str, metric: str, axis: str | None = None) -> State:
    """Return ``not disclosed`` where a gap is declared, else ``not available`` in this evidence."""
    declared = any(gap.metric == metric and gap.axis in (axis, None) for gap in dataset.companies[company].gaps)
    return State.NOT_DISCLOSED if declared else State.NOT_AVAILABLE


@dataclass(frozen=True, slots=True)
class Channels:
    """How a part of revenue was paid for in one period.

    Attributes:
        total: The revenue that is broken down by channel.
        shares: Each channel's share of it, largest first.
        is_c_end: Whether it is all revenue from consumers.
    """

    total: DataPoint
    shares: list[DataPoint]
    is_c_end: bool


def channels(dataset: Dataset, company: str) -> list[Channels]:
    """Return the split by channel of every full year, of the latest part of a year and of the same part before."""
    facts = [f for f in dataset.select(company, "revenue") if "channel" in f.dimensions and f.period and f.shown]
    usable = [f for f in facts if set(f.dimensions) <= {"product", "channel"}]
    periods = {f.period.label: f.period for f in sorted(usable, key=lambda f: (f.end, f.id)) if f.period}
    years = [label for label, period in periods.items() if period.is_full_year]
    parts = [label for label in periods if label not in years]
    wanted = [label for label in parts if label in (parts[-1], periods[parts[-1]].prior_year().label)]
    return [_channels(dataset, company, [f for f in usable if f.subject.period == label]) for label in years + wanted]


def _channels(dataset: Dataset, company: str, facts: list[Fact]) -> Channels:
    alone = [f for f in facts if set(f.dimensions) == {"channel"}]
    by_channel: dict[str, list[Term]] = {}
    for fact in alone or facts:
        by_channel.setdefault(fact.dimensions["channel"], []).append(shown_term(fact))
    amounts = {channel: sum_of(terms) for channel, terms in by_channel.items()}
    whole, when = sum_of(list(amounts.values())), facts[0].period
    shares = [
        derived((amount / whole).percent(), company, "channel_share", "percent", when, dimensions={"channel": channel})
        for channel, amount in amounts.items() if whole.is_positive
    ]  # fmt: skip
    c_end = headline(dataset, company, "revenue", facts[0].subject.period, segment="c_end")
    total = derived(whole, company, "revenue", facts[0].unit.code, when)
    ranked = sorted(shares, key=lambda p: -(p.value or 0))
    return Channels(total, ranked, c_end is not None and c_end.interval.meets(whole.interval))
