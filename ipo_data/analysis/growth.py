"""Growth: like for like, and what stated growth implies for the prior period."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import product

from ipo_data.analysis.mix import is_break
from ipo_data.analysis.points import DataPoint, State, Term, derived, empty, headline, sum_of
from ipo_data.dataset import Dataset, Fact
from ipo_data.intervals import Interval
from ipo_data.periods import growth_refusal, same_window

_ONE = Term.number(1)
_ZERO = Decimal(0)
_MEANINGLESS_BASE = Decimal("0.05")  # a base below 5 % of the new value makes a percentage unreadable


def flow_facts(dataset: Dataset, company: str, metric: str, **dimensions: str) -> list[Fact]:
    """Return a company's facts on a flow and one breakdown in its reporting currency, by end date."""
    facts = dataset.select(company, metric)
    return [f for f in facts if f.dimensions == dimensions and f.period is not None and ".." not in f.period.label]


def revenue_facts(dataset: Dataset, company: str, **dimensions: str) -> list[Fact]:
    """Return a company's revenue facts on one breakdown in its reporting currency, by end date."""
    return flow_facts(dataset, company, "revenue", **dimensions)


def latest(facts: list[Fact]) -> Fact | None:
    """Return the fact whose period ends last; of two, the longer period."""
    usable = [f for f in facts if f.period is not None and f.shown is not None]
    return max(usable, key=lambda f: (f.end, f.period.months if f.period else 0), default=None)


def year_before(facts: list[Fact], later: Fact) -> Fact | None:
    """Return the fact on the same months one year earlier."""
    wanted = later.period.prior_year() if later.period else None
    return next((f for f in facts if wanted and f.period and same_window(f.period, wanted) and f.shown), None)


def growth_points(dataset: Dataset, company: str, metric: str = "revenue", **dimensions: str) -> list[DataPoint]:
    """Return year-on-year growth in percent for every period with a like-for-like predecessor.

    A base of zero or below 5 % of the new value is *not meaningful* and says so, and so is growth across a declared
    change of definition.
    """
    facts = [f for f in dataset.select(company, metric) if f.dimensions == dimensions and f.period and f.shown]
    pairs = [(earlier, later) for later in facts if (earlier := year_before(facts, later)) is not None]
    measure = f"{metric}_growth"
    points: list[DataPoint] = []
    for earlier, later in pairs:
        reason = _why_meaningless(dataset, earlier, later)
        if reason:
            state = State.NOT_MEANINGFUL
            points.append(empty(company, measure, "percent", state, reason, when=later.period, dimensions=dimensions))
            continue
        term = (million(later) / million(earlier) - _ONE).percent()
        points.append(derived(term, company, measure, "percent", later.period, dimensions=dimensions))
    return points


def _why_meaningless(dataset: Dataset, earlier: Fact, later: Fact) -> str:
    """Return the reason why a growth rate would mean nothing, or nothing."""
    base, now = Term.of(earlier), Term.of(later)
    if not base.is_positive:
        return "reason.no_base"
    if base.value < now.value * _MEANINGLESS_BASE:
        return "reason.small_base"
    crossed = earlier.period and later.period and any(
        is_break(dataset, later.company, axis, earlier.period.label, later.period.label) for axis in later.dimensions
    )  # fmt: skip
    return "reason.series_break" if crossed else ""


def million(fact: Fact) -> Term:
    """Return a fact's headline as a term that is written in millions."""
    return Term.of(fact, scale=Decimal(10) ** 6)


def weighted_mean_growth(weights: Sequence[Term], factors: Sequence[Term]) -> Term:
    """Return Σ w ÷ Σ (w ÷ f): by how much a whole grew whose parts w grew by the factors f.

    The weights stand above and below the line. The result rises with every factor and is monotone in every weight, so
    its bounds lie at the corners; term by term the interval would be too wide.
    """
    term = sum_of(weights) / sum_of([w / f for w, f in zip(weights, factors, strict=True)])
    corners = list(product(*[(w.interval.low, w.interval.high) for w in weights]))
    low, high = (
        [sum(corner, _ZERO) / sum((w / f for w, f in zip(corner, ends, strict=True)), _ZERO) for corner in corners]
        for ends in ([f.interval.low for f in factors], [f.interval.high for f in factors])
    )
    return term.narrowed(Interval(min(low), max(high)), term.text)


def implied_prior(dataset: Dataset, company: str, later: Fact) -> DataPoint | None:
    """Return the prior-year figure that a stated growth rate implies, if no document states it."""
    period = later.period
    if period is None or later.shown is None:
        return None
    growth = headline(dataset, company, "revenue_growth", period.label, **later.dimensions)
    if growth is None or year_before(revenue_facts(dataset, company, **later.dimensions), later):
        return None
    factor = _ONE + growth.fraction()
    if not factor.is_positive:
        return None
    term = million(later) / factor
    return derived(
        term, company, "revenue_implied_prior", later.unit.code, period.prior_year(), dimensions=later.dimensions
    )


def ends_of_span(fact: Fact) -> tuple[str, str] | None:
    """Return the labels of a span's first and last period (``FY2023..9M2025``); ``None`` if it is no span.

    A day stands for the period it closes: 31 December for its year, 30 September for its nine months.
    """
    first, dots, last = (fact.subject.period or "").partition("..")
    return (_closed_by(first), _closed_by(last)) if dots else None


def _closed_by(label: str) -> str:
    if label.endswith("-12-31"):
        return f"FY{label[:4]}"
    return f"9M{label[:4]}" if label.endswith("-09-30") else label


def comparable(earlier: Fact, later: Fact) -> bool:
    """Tell whether growth between two facts is like for like."""
    return (
        earlier.period is not None and later.period is not None and growth_refusal(earlier.period, later.period) is None
    )
