"""Bases: how flows of windows of unequal length are put on one footing.

As reported, per month, over twelve months, or annualised. Annualising is a label for size, never a forecast. A basis
that the evidence does not support is named as not available; nothing falls back to another basis without saying so.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from ipo_data.analysis.growth import flow_facts, latest, million, year_before
from ipo_data.analysis.mix import is_break
from ipo_data.analysis.points import DataPoint, State, Term, derived, empty, headline, stated
from ipo_data.dataset import Dataset, Fact
from ipo_data.model.metric import METRICS
from ipo_data.periods import Period, day_after

_ONE = Term.number(1)
SUFFIXES: Final = {"reported": "", "month": "_per_month", "ltm": "_ltm", "annualised": "_annualised"}
"""What is added to a metric's id where its flow stands on a basis."""


def basis_of(measure: str) -> str:
    """Return the basis that a measure's id names: ``net_loss_ltm`` stands on ``ltm``, ``net_loss`` on ``reported``."""
    return next((basis for basis, suffix in SUFFIXES.items() if suffix and measure.endswith(suffix)), "reported")


def flow_of(measure: str) -> str:
    """Return the metric behind a measure on a basis: ``net_loss`` of ``net_loss_ltm``."""
    return measure.removesuffix(SUFFIXES[basis_of(measure)])


def on_basis(
    dataset: Dataset, company: str, basis: str, metric: str = "revenue", *, at: str | None = None, **dimensions: str
) -> DataPoint:
    """Return a flow of the latest period on a basis.

    Args:
        dataset: The evidence.
        company: Company id.
        basis: ``reported``, ``month``, ``ltm`` or ``annualised``.
        metric: Metric id of a flow.
        at: Label of the period whose end closes the window; the latest if not given.
        **dimensions: Exact breakdown.
    """
    return _BUILDERS[basis](dataset, company, at, metric=metric, **dimensions)


def as_reported(
    dataset: Dataset, company: str, at: str | None = None, *, metric: str = "revenue", **dimensions: str
) -> DataPoint:
    """Return a flow of the latest period as its documents print it."""
    last = _last(dataset, company, metric, at, dimensions)
    return stated(last)[0] if last else _missing(dataset, company, metric, metric, dimensions)


def per_month(
    dataset: Dataset, company: str, at: str | None = None, *, metric: str = "revenue", **dimensions: str
) -> DataPoint:
    """Return a flow of the latest period per month of it."""
    return _scaled(dataset, company, at, f"{metric}_per_month", metric=metric, dimensions=dimensions)


def annualised(
    dataset: Dataset, company: str, at: str | None = None, *, metric: str = "revenue", **dimensions: str
) -> DataPoint:
    """Return the latest period × 12 ÷ its months: a label for size, never a forecast."""
    return _scaled(dataset, company, at, f"{metric}_annualised", metric=metric, dimensions=dimensions)


def _scaled(
    dataset: Dataset, company: str, at: str | None, measure: str, *, metric: str, dimensions: dict[str, str]
) -> DataPoint:
    last = _last(dataset, company, metric, at, dimensions)
    if last is None or last.period is None:
        return _missing(dataset, company, metric, measure, dimensions)
    whole = million(last) * Term.number(12) if measure.endswith("annualised") else million(last)
    term = whole / Term.number(last.period.months)
    return derived(term, company, measure, last.unit.code, last.period, dimensions=dimensions)


def ltm(
    dataset: Dataset, company: str, at: str | None = None, *, metric: str = "revenue", **dimensions: str
) -> DataPoint:
    """Return a flow of the twelve months up to the latest period end.

    A full year is its own answer, as stated. Otherwise: last full year + this year's part − the same part of last year,
    where the latter is stated or implied by stated growth. Across a declared change of classification there is no such
    sum.

    Args:
        dataset: The evidence.
        company: Company id.
        at: Label of the period whose end closes the window; the latest if not given.
        metric: Metric id of a flow.
        **dimensions: Exact breakdown.
    """
    measure = f"{metric}_ltm"
    facts = flow_facts(dataset, company, metric, **dimensions)
    last = _last(dataset, company, metric, at, dimensions)
    if last is None or last.period is None:
        return _missing(dataset, company, metric, measure, dimensions)
    if last.period.is_full_year:
        return replace(stated(last)[0], measure=measure)
    window = twelve_months(last.period)
    term, reason = _twelve(dataset, facts, last)
    if term is None:
        state = State.NOT_AVAILABLE
        return empty(company, measure, last.unit.code, state, reason, when=window, dimensions=dimensions)
    return derived(term, company, measure, last.unit.code, window, dimensions=dimensions)


def _last(dataset: Dataset, company: str, metric: str, at: str | None, dimensions: dict[str, str]) -> Fact | None:
    """Return the latest fact, or the one that ends with a period; of two the full year."""
    facts = flow_facts(dataset, company, metric, **dimensions)
    if at is not None:
        end = next((f.end for f in facts if f.subject.period == at), None)
        facts = [f for f in facts if end is not None and f.end == end]
    return latest(facts)


def _missing(dataset: Dataset, company: str, metric: str, measure: str, dimensions: dict[str, str]) -> DataPoint:
    unit = dataset.companies[company].reporting_currency
    reason = "reason.no_revenue" if metric == "revenue" and not dimensions else "reason.not_in_sources"
    return empty(company, measure, unit, State.NOT_DISCLOSED, reason, dimensions=dimensions)


def _twelve(dataset: Dataset, facts: list[Fact], last: Fact) -> tuple[Term | None, str]:
    """Return year + part − part of last year, or the reason why there is none."""
    whole = next((f for f in facts if f.shown and f.period and f.period.is_full_year and _follows(f, last)), None)
    if whole is None:
        return None, "reason.no_full_year"
    prior = year_before(facts, last)
    if any(_crosses(dataset, earlier, last) for earlier in (whole, prior) if earlier is not None):
        return None, "reason.series_break"
    if prior is not None:
        return million(whole) + million(last) - million(prior), ""
    name, label = f"{last.metric.id}_growth", last.period.label if last.period else ""
    growth = headline(dataset, last.company, name, label, **last.dimensions) if name in METRICS else None
    if growth is None or not (_ONE + growth.fraction()).is_positive:
        return None, "reason.no_prior_part"
    return _by_growth(whole, last, growth), ""


def _follows(year: Fact, part: Fact) -> bool:
    return year.period is not None and part.period is not None and day_after(year.period.end) == part.period.start


def _crosses(dataset: Dataset, earlier: Fact, later: Fact) -> bool:
    if earlier.period is None or later.period is None:
        return False
    labels = earlier.period.label, later.period.label
    return any(is_break(dataset, later.company, axis, *labels) for axis in later.dimensions)


def _by_growth(year: Fact, part: Fact, growth: Term) -> Term:
    # year + part − part/(1+g), written with each input once so that the interval is not widened
    factor = _ONE + growth.fraction()
    term = million(year) + million(part) * (_ONE - _ONE / factor)
    whole, own = million(year).text, million(part).text
    return term.narrowed(term.interval, f"{whole} + {own} − {own} ÷ ({factor.text})")


def twelve_months(part: Period) -> Period:
    """Return the twelve months that end with a period."""
    start = part.prior_year().end
    first = part.prior_year().end.replace(day=1)
    following = (first.year + first.month // 12, first.month % 12 + 1)
    return Period(f"LTM-{part.end:%Y-%m}", start.replace(year=following[0], month=following[1], day=1), part.end)


_BUILDERS: Final[dict[str, Callable[..., DataPoint]]] = {
    "reported": as_reported,
    "month": per_month,
    "ltm": ltm,
    "annualised": annualised,
}
