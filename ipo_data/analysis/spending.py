"""What a company spends for each unit of revenue, with computing taken apart from the rest where it is stated."""

from collections.abc import Callable
from typing import Final

from ipo_data.analysis.points import DataPoint, Term, derived, headline, sum_of
from ipo_data.dataset import Dataset
from ipo_data.periods import Period

Build = Callable[[Dataset, str], list[DataPoint]]
"""Computes the data points of one company."""
COMPUTE: Final = ("cloud_inference", "cloud_training", "computing_services")
"""Components that are bought computing: serving models in cost of sales, training them in research."""
_SPLIT: Final = (("cost_of_sales", "cost"), ("research_and_development", "research"))
_WHOLE: Final = (("selling_and_marketing", "marketing"), ("administrative_expense", "administration"))
_FEWEST_LINES: Final = 3


def spending(dataset: Dataset, company: str, period: Period) -> list[DataPoint]:
    """Return each kind of spending ÷ revenue of a period, and their sum as ``spend_to_revenue``.

    Cost of sales and research come in two parts, computing and the rest, where computing is stated. Empty where fewer
    than three of the four lines are stated: a sum of two would look like a small spender.
    """
    revenue = headline(dataset, company, "revenue", period.label)
    if revenue is None or not revenue.is_positive:
        return []
    whole = [headline(dataset, company, metric, period.label) for metric, _ in (*_SPLIT, *_WHOLE)]
    stated_lines = [line for line in whole if line is not None]
    if len(stated_lines) < _FEWEST_LINES:
        return []
    terms: dict[str, Term] = {}
    for (metric, name), line in zip((*_SPLIT, *_WHOLE), whole, strict=True):
        if line is None:
            continue
        compute = _compute(dataset, company, metric, period) if (metric, name) in _SPLIT else None
        if compute is None:
            terms[f"{name}_to_revenue_whole"] = line
        else:
            terms[f"{name}_compute_to_revenue"] = compute
            terms[f"{name}_other_to_revenue"] = line - compute
    points = [_over(term, revenue, company, measure, period) for measure, term in terms.items()]
    return [*points, _over(sum_of(stated_lines), revenue, company, "spend_to_revenue", period)]


def _over(term: Term, revenue: Term, company: str, measure: str, period: Period) -> DataPoint:
    return derived(term / revenue, company, measure, "x", period)


def _compute(dataset: Dataset, company: str, metric: str, period: Period) -> Term | None:
    found = [headline(dataset, company, metric, period.label, component=name) for name in COMPUTE]
    known = [term for term in found if term is not None]
    return sum_of(known) if known else None


def like_for_like(dataset: Dataset, company: str) -> list[Period]:
    """Return the latest period whose spending is itemised and, before it, the same months a year earlier."""
    facts = dataset.select(company, "research_and_development")
    periods = [f.period for f in facts if f.period and not f.dimensions and ".." not in f.period.label]
    known = [p for p in periods if spending(dataset, company, p)]
    if not known:
        return []
    last = max(known, key=lambda p: (p.end, p.months))
    before = last.prior_year()
    return [p for p in known if p.label == before.label] + [last]


def all_spending(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return spending per unit of revenue in every itemised period."""
    facts = dataset.select(company, "research_and_development")
    periods = {f.period.label: f.period for f in facts if f.period and not f.dimensions}
    return [point for period in periods.values() for point in spending(dataset, company, period)]
