"""Margins, losses and spending as ratios of revenue; the margin identity between segments."""

from decimal import Decimal

from ipo_data.analysis.points import DataPoint, State, Term, at_corners, derived, empty, headline, stated, term_of
from ipo_data.dataset import Dataset, Fact
from ipo_data.periods import Period


def margin_points(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return the gross margin of every period, stated, or derived from gross profit and revenue."""
    points: list[DataPoint] = []
    labels = _periods(dataset, company, "gross_margin") + _periods(dataset, company, "gross_profit")
    for label in dict.fromkeys(labels):
        fact = dataset.find(company, "gross_margin", label)
        if fact is not None:
            points += stated(fact)
            continue
        profit, revenue = (
            headline(dataset, company, "gross_profit", label),
            headline(dataset, company, "revenue", label),
        )
        when = _when(dataset, company, "gross_profit", label)
        if profit and revenue and revenue.is_positive and when:
            points.append(derived((profit / revenue).percent(), company, "gross_margin", "percent", when.period))
    return sorted(points, key=lambda p: str(getattr(p.when, "end", "")))


def _periods(dataset: Dataset, company: str, metric: str) -> list[str]:
    return [f.period.label for f in dataset.select(company, metric) if not f.dimensions and f.period]


def _when(dataset: Dataset, company: str, metric: str, label: str) -> Fact | None:
    return dataset.find(company, metric, label)


def segment_margins(dataset: Dataset, company: str, axis: str, period: str) -> list[DataPoint]:
    """Return each segment's gross margin: stated, or by the margin identity if exactly one of two is missing.

    The identity: total margin = Σ share × segment margin, hence m₁ = (m − w₂ m₂) ÷ w₁ with w₁ = 1 − w₂.
    """
    known = {
        f.dimensions[axis]: f
        for f in dataset.select(company, "gross_margin")
        if set(f.dimensions) == {axis} and _in(f, period)
    }
    shares = {
        f.dimensions[axis]: f
        for f in dataset.select(company, "revenue_share")
        if set(f.dimensions) == {axis} and _in(f, period) and f.shown
    }
    points = [point for fact in known.values() for point in stated(fact)]
    missing = sorted(set(shares) - set(known))
    total = headline(dataset, company, "gross_margin", period)
    if len(missing) != 1 or len(known) != 1 or total is None:
        return points
    other = next(iter(known))
    if known[other].shown is None or other not in shares:
        return points
    margin, share = Term.of(known[other]), Term.of(shares[other])
    bounded = total.interval.bounded and margin.interval.bounded
    if not bounded or not _two_make_the_whole(share, Term.of(shares[missing[0]])):
        return points
    term = _identity(total, margin, share)
    fact = known[other]
    return [*points, derived(term, company, "gross_margin", "percent", fact.period, dimensions={axis: missing[0]})]


def _two_make_the_whole(share: Term, rest: Term) -> bool:
    """Tell whether two shares leave nothing for a third segment, and neither is all or nothing."""
    parts = (share, rest)
    inside = all(t.interval.bounded and t.is_positive and t.interval.high < 100 for t in parts)
    return inside and (share + rest).interval.contains(Decimal(100))


def _identity(total: Term, margin: Term, share: Term) -> Term:
    """Solve the two-segment margin identity; exact at the corners since it is monotone in each input."""

    def solve(m: Decimal, other: Decimal, weight: Decimal) -> Decimal:
        return (m - weight / 100 * other) / (1 - weight / 100)

    whole, part, own = total.fraction(), share.fraction(), margin.fraction()
    text = ((whole - part * own) / (Term.number(1) - part)).text
    return Term(
        solve(total.value, margin.value, share.value), at_corners(solve, total, margin, share),
        total.claims | margin.claims | share.claims, total.facts + margin.facts + share.facts, text,
    )  # fmt: skip


def identity_check(dataset: Dataset, company: str, axis: str, period: str) -> list[DataPoint]:
    """Return the larger segment's margin by the identity where both segments' margins are stated: a check on them.

    The larger one's, because its range is the narrower: m₁ = (m − w₂ m₂) ÷ (1 − w₂).
    """
    shares = [s for s in _by_member(dataset, company, "revenue_share", axis, period) if s.shown]
    known = {f.dimensions[axis]: f for f in _by_member(dataset, company, "gross_margin", axis, period) if f.shown}
    total = headline(dataset, company, "gross_margin", period)
    if len(shares) != 2 or total is None or not {f.dimensions[axis] for f in shares} <= set(known):
        return []
    smaller, larger = sorted(shares, key=lambda fact: fact.value or 0)
    margin, share = Term.of(known[smaller.dimensions[axis]]), Term.of(smaller)
    bounded = total.interval.bounded and margin.interval.bounded
    if not bounded or not _two_make_the_whole(share, Term.of(larger)):
        return []
    term, dimensions = _identity(total, margin, share), dict(larger.dimensions)
    return [derived(term, company, "gross_margin_by_identity", "percent", larger.period, dimensions=dimensions)]


def _by_member(dataset: Dataset, company: str, metric: str, axis: str, period: str) -> list[Fact]:
    return [f for f in dataset.select(company, metric) if set(f.dimensions) == {axis} and _in(f, period)]


def _in(fact: Fact, period: str) -> bool:
    return fact.period is not None and fact.period.label == period


def margin_bridge(dataset: Dataset, company: str, axis: str, period: str) -> list[DataPoint]:
    """Return what each segment adds to the total gross margin, in percentage points (share × segment margin)."""
    shares = {
        f.dimensions[axis]: f
        for f in dataset.select(company, "revenue_share")
        if set(f.dimensions) == {axis} and _in(f, period) and f.shown
    }
    points = []
    for margin in segment_margins(dataset, company, axis, period):
        share = shares.get(margin.dimensions[axis])
        if share is None or margin.value is None or margin.state is State.CONFLICT:
            return []
        term = Term.of(share).fraction() * term_of(margin).fraction()
        when = margin.when if isinstance(margin.when, Period) else None
        points.append(
            derived(term.percent(), company, "margin_contribution", "points", when, dimensions=margin.dimensions)
        )
    return points


def no_divisor(revenue: Term) -> str:
    """Return the id of the reason why revenue that is not surely above zero divides nothing."""
    return "reason.revenue_may_be_zero" if revenue.value > 0 else "reason.no_revenue_to_divide"


def ratio_to_revenue(dataset: Dataset, company: str, metric: str, measure: str) -> list[DataPoint]:
    """Return a loss or expense as a multiple of revenue for every period in which both are stated."""
    points: list[DataPoint] = []
    for fact in dataset.select(company, metric):
        if fact.dimensions or fact.period is None or ".." in fact.period.label:
            continue
        revenue = headline(dataset, company, "revenue", fact.period.label)
        amount = headline(dataset, company, metric, fact.period.label)
        if revenue is None or amount is None:
            continue
        if not revenue.is_positive:
            points.append(empty(company, measure, "x", State.NOT_MEANINGFUL, no_divisor(revenue), when=fact.period))
            continue
        points.append(derived(amount / revenue, company, measure, "x", fact.period))
    return points
