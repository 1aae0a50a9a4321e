"""What revenue is made of: parts by axis, as money and as shares, with whatever no document accounts for."""

from decimal import Decimal

from ipo_data.analysis.points import DataPoint, State, Term, derived, headline, stated
from ipo_data.dataset import Dataset, Fact

_HUNDRED = Term.number(100)


def periods_with(dataset: Dataset, company: str, axis: str) -> list[str]:
    """Return the labels of periods for which revenue is broken down by this axis alone, by end date."""
    facts = dataset.select(company, "revenue") + dataset.select(company, "revenue_share")
    found = [f for f in facts if set(f.dimensions) == {axis} and f.period]
    return list(dict.fromkeys(f.period.label for f in sorted(found, key=lambda f: (f.end, f.id)) if f.period))


def parts(dataset: Dataset, company: str, axis: str, period: str) -> dict[str, tuple[list[DataPoint], list[DataPoint]]]:
    """Return for every member of an axis its share points (percent) and its money points.

    A stated share or amount is shown as stated; the missing one of the two is derived from the total.
    """
    total = headline(dataset, company, "revenue", period)
    result: dict[str, tuple[list[DataPoint], list[DataPoint]]] = {}
    for member in _members(dataset, company, axis, period):
        share = dataset.find(company, "revenue_share", period, **{axis: member})
        amount = dataset.find(company, "revenue", period, **{axis: member})
        result[member] = (
            _shares(company, axis, member, share, amount, total),
            _amounts(dataset, company, axis, member, share, amount, total),
        )
    return result


def _members(dataset: Dataset, company: str, axis: str, period: str) -> list[str]:
    facts = dataset.select(company, "revenue") + dataset.select(company, "revenue_share")
    found = [f for f in facts if set(f.dimensions) == {axis} and f.period and f.period.label == period]
    return list(dict.fromkeys(f.dimensions[axis] for f in found))


def _shares(
    company: str, axis: str, member: str, share: Fact | None, amount: Fact | None, total: Term | None
) -> list[DataPoint]:
    if share is not None:
        return stated(share)
    if amount is None or amount.shown is None or amount.period is None or total is None or total.value == 0:
        return []
    term = (Term.of(amount, scale=Decimal(10) ** 6) / total).percent()
    return [derived(term, company, "revenue_share", "percent", amount.period, dimensions={axis: member})]


def _amounts(
    dataset: Dataset, company: str, axis: str, member: str, share: Fact | None, amount: Fact | None, total: Term | None
) -> list[DataPoint]:
    if amount is not None:
        return stated(amount)
    if share is None or share.shown is None or total is None or share.period is None:
        return []
    unit = dataset.companies[company].reporting_currency
    return [
        derived(Term.of(share).fraction() * total, company, "revenue", unit, share.period, dimensions={axis: member})
    ]


def unaccounted(dataset: Dataset, company: str, axis: str, period: str, whole: Term | None = None) -> DataPoint | None:
    """Return the share that the members of an axis leave open, in percentage points.

    Args:
        dataset: The evidence.
        company: Company id.
        axis: The axis.
        period: Period label.
        whole: What the members should add up to (percent); 100 if not given.
    """
    terms = []
    when = None
    for shares, _ in parts(dataset, company, axis, period).values():
        fact = dataset.fact_by_id.get(shares[0].facts[0]) if shares and shares[0].facts else None
        if len(shares) != 1 or shares[0].value is None or shares[0].interval is None:
            return None
        when = shares[0].when
        text = fact and fact.value is not None and f"{fact.value.normalize():f}"
        terms.append(
            Term(
                shares[0].value,
                shares[0].interval,
                frozenset(shares[0].claims),
                shares[0].facts,
                text or f"{shares[0].value:.1f}",
            )
        )
    if not terms:
        return None
    rest = whole or _HUNDRED
    for term in terms:
        rest = rest - term
    return derived(rest, company, "unaccounted_share", "percent", when, dimensions={axis: "unaccounted"})


def is_break(dataset: Dataset, company: str, axis: str, earlier: str, later: str) -> bool:
    """Tell whether a declared change of definition lies between two periods of an axis."""
    for change in dataset.companies[company].breaks:
        if change.axis == axis and change.metric in ("revenue", "revenue_share"):
            ends = {f.period.label: f.end for f in dataset.select(company, "revenue") if f.period}
            start, a, b = ends.get(change.starts), ends.get(earlier), ends.get(later)
            if start and a and b and a < start <= b:
                return True
    return False


def state_of_gap(dataset: Dataset, company: str, metric: str, axis: str | None = None) -> State:
    """Return ``not disclosed`` where a gap is declared, else ``not available`` in this evidence."""
    declared = any(gap.metric == metric and gap.axis in (axis, None) for gap in dataset.companies[company].gaps)
    return State.NOT_DISCLOSED if declared else State.NOT_AVAILABLE
