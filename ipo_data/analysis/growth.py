"""Growth: like for like, per month, over twelve months; and what stated growth implies for the prior period."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import product

from ipo_data.analysis.mix import is_break
from ipo_data.analysis.points import DataPoint, State, Term, derived, empty, headline, stated, sum_of
from ipo_data.dataset import Dataset, Fact
from ipo_data.intervals import Interval
from ipo_data.periods import Period, day_after, growth_refusal, same_window

_ONE = Term.number(1)
_ZERO = Decimal(0)
_MEANINGLESS_BASE = Decimal("0.05")  # a base below 5 % of the new value makes a percentage unreadable


def revenue_facts(dataset: Dataset, company: str, **dimensions: str) -> list[Fact]:
    """Return a company's revenue facts on one breakdown in its reporting currency, by end date."""
    facts = dataset.select(company, "revenue")
    return [f for f in facts if f.dimensions == dimensions and f.period is not None and ".." not in f.period.label]


def latest(facts: list[Fact]) -> Fact | None:
    """Return the fact whose period ends last; of two, the longer period."""
    usable = [f for f in facts if f.period is not None and f.shown is not None]
    return max(usable, key=lambda f: (f.end, f.period.months if f.period else 0), default=None)


def _pair(facts: list[Fact], later: Fact) -> Fact | None:
    """Return the same months one year earlier."""
    wanted = later.period.prior_year() if later.period else None
    return next((f for f in facts if wanted and f.period and same_window(f.period, wanted) and f.shown), None)


def growth_points(dataset: Dataset, company: str, metric: str = "revenue", **dimensions: str) -> list[DataPoint]:
    """Return year-on-year growth in percent for every period with a like-for-like predecessor.

    A base of zero or below 5 % of the new value is *not meaningful* and says so, and so is growth across a declared
    change of definition.
    """
    facts = [f for f in dataset.select(company, metric) if f.dimensions == dimensions and f.period and f.shown]
    pairs = [(earlier, later) for later in facts if (earlier := _pair(facts, later)) is not None]
    measure = f"{metric}_growth"
    points: list[DataPoint] = []
    for earlier, later in pairs:
        reason = _why_meaningless(dataset, earlier, later)
        if reason:
            state = State.NOT_MEANINGFUL
            points.append(empty(company, measure, "percent", state, reason, when=later.period, dimensions=dimensions))
            continue
        term = (_million(later) / _million(earlier) - _ONE).percent()
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


def _million(fact: Fact) -> Term:
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
    if growth is None or _pair(revenue_facts(dataset, company, **later.dimensions), later):
        return None
    factor = _ONE + growth.fraction()
    if not factor.is_positive:
        return None
    term = _million(later) / factor
    return derived(
        term, company, "revenue_implied_prior", later.unit.code, period.prior_year(), dimensions=later.dimensions
    )


def ltm(dataset: Dataset, company: str, at: str | None = None) -> DataPoint:
    """Return revenue of the twelve months up to the latest period end.

    A full year is its own answer. Otherwise: last full year + this year's part − the same part of last year, where the
    latter is stated or implied by stated growth.

    Args:
        dataset: The evidence.
        company: Company id.
        at: Label of the period whose end closes the window; the latest if not given.
    """
    facts = revenue_facts(dataset, company)
    if at is not None:
        end = next((f.end for f in facts if f.subject.period == at), None)
        facts = [f for f in facts if end is not None and f.end is not None and f.end <= end]
    last = latest(facts)
    unit = dataset.companies[company].reporting_currency
    if last is None or last.period is None:
        return empty(company, "revenue_ltm", unit, State.NOT_DISCLOSED, "reason.no_revenue")
    if last.period.is_full_year:
        return derived(_million(last), company, "revenue_ltm", unit, last.period)
    window = _twelve_months(last.period)
    year = next(
        (
            f
            for f in facts
            if f.shown and f.period and f.period.is_full_year and day_after(f.period.end) == last.period.start
        ),
        None,
    )
    if year is None:
        return empty(company, "revenue_ltm", unit, State.NOT_AVAILABLE, "reason.no_full_year", when=window)
    prior = _pair(facts, last)
    if prior is not None:
        return derived(_million(year) + _million(last) - _million(prior), company, "revenue_ltm", unit, window)
    growth = headline(dataset, company, "revenue_growth", last.period.label)
    if growth is None or not (_ONE + growth.fraction()).is_positive:
        return empty(company, "revenue_ltm", unit, State.NOT_AVAILABLE, "reason.no_prior_part", when=window)
    return derived(_ltm_by_growth(year, last, growth), company, "revenue_ltm", unit, window)


def _ltm_by_growth(year: Fact, part: Fact, growth: Term) -> Term:
    # year + part − part/(1+g), written with each input once so that the interval is not widened
    factor = _ONE + growth.fraction()
    term = _million(year) + _million(part) * (_ONE - _ONE / factor)
    whole, own = _million(year).text, _million(part).text
    return term.narrowed(term.interval, f"{whole} + {own} − {own} ÷ ({factor.text})")


def _twelve_months(part: Period) -> Period:
    start = part.prior_year().end
    first = part.prior_year().end.replace(day=1)
    following = (first.year + first.month // 12, first.month % 12 + 1)
    return Period(f"LTM-{part.end:%Y-%m}", start.replace(year=following[0], month=following[1], day=1), part.end)


def per_month(dataset: Dataset, company: str) -> DataPoint:
    """Return revenue per month of the latest period."""
    last = latest(revenue_facts(dataset, company))
    unit = dataset.companies[company].reporting_currency
    if last is None or last.period is None:
        return empty(company, "revenue_per_month", unit, State.NOT_DISCLOSED, "reason.no_revenue")
    return derived(_million(last) / Term.number(last.period.months), company, "revenue_per_month", unit, last.period)


def annualised(dataset: Dataset, company: str) -> DataPoint:
    """Return the latest period × 12 ÷ its months: a label for size, never a forecast."""
    last = latest(revenue_facts(dataset, company))
    unit = dataset.companies[company].reporting_currency
    if last is None or last.period is None:
        return empty(company, "revenue_annualised", unit, State.NOT_DISCLOSED, "reason.no_revenue")
    term = _million(last) * Term.number(12) / Term.number(last.period.months)
    return derived(term, company, "revenue_annualised", unit, last.period)


def as_reported(dataset: Dataset, company: str) -> DataPoint:
    """Return revenue of the latest period as its documents print it."""
    last = latest(revenue_facts(dataset, company))
    if last is None:
        unit = dataset.companies[company].reporting_currency
        return empty(company, "revenue", unit, State.NOT_DISCLOSED, "reason.no_revenue")
    return stated(last)[0]


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
