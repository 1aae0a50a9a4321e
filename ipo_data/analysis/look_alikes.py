"""Figures that sound alike: metrics whose names readers take for one another, and declared pairs of figures."""

from collections.abc import Iterable
from typing import Final

from ipo_data.analysis.bases import flow_of
from ipo_data.analysis.points import DataPoint
from ipo_data.dataset import Dataset, Fact
from ipo_data.model.judgement import Contrast

GROUPS: Final[tuple[tuple[str, ...], ...]] = (
    ("mau", "cumulative_users", "paying_users"),
    ("customers_and_developers", "paying_platform_customers", "active_platform_customers", "institutional_customers",
     "large_internet_customers"),
    ("developers", "registered_developers", "paying_developers", "downloads", "devices"),
    ("revenue_growth", "revenue_to_prior_year"),
    ("net_loss", "adjusted_net_loss", "loss_from_operations"),
    ("liquidity", "broad_liquidity", "cash_and_investments", "cash_and_equivalents"),
    ("cash_burn", "monthly_burn", "operating_cash_outflow"),
)  # fmt: skip
"""Metrics that sound alike; each has a definition in the catalogues under ``definition.<metric>``."""


def alike_in_name(points: Iterable[DataPoint]) -> list[tuple[str, ...]]:
    """Return the groups of which at least two metrics have a value among the points, on any basis."""
    shown = {flow_of(point.measure) for point in points if point.value is not None}
    found = [tuple(metric for metric in group if metric in shown) for group in GROUPS]
    return [group for group in found if len(group) > 1]


def declared(dataset: Dataset, points: Iterable[DataPoint]) -> list[Contrast]:
    """Return the declared look-alikes of which at least two stated figures are among the points."""
    stated = [point for point in points if not point.formula]
    shown = {name for point in stated for name in point.facts}
    companies = {point.company for point in stated}
    found = []
    for company in (name for name in dataset.companies if name in companies):
        for contrast in dataset.contrasts(company):
            facts = [
                dataset.find(company, f.metric, f.period or f.as_of, kind=None, unit="any", **f.dimensions)
                for f in contrast.facts
            ]
            if sum(fact is not None and fact.id in shown for fact in facts) > 1:
                found.append(contrast)
    return found


def named_otherwise(dataset: Dataset, point: DataPoint) -> Fact | None:
    """Return the look-alike by a filing that has the very number which only another kind of document gives a point.

    Args:
        dataset: The evidence.
        point: A stated figure.
    """
    own = [dataset.fact_by_id[name] for name in point.facts if name in dataset.fact_by_id]
    if not own or any(_by_filing(dataset, fact) for fact in own):
        return None
    for contrast in declared_with(dataset, own[0]):
        for figure in contrast.facts:
            fact = dataset.find(
                point.company, figure.metric, figure.period or figure.as_of, kind=None, unit="any", **figure.dimensions
            )
            if fact is not None and fact not in own and fact.value == point.value and _by_filing(dataset, fact):
                return fact
    return None


def declared_with(dataset: Dataset, fact: Fact) -> list[Contrast]:
    """Return the declared look-alikes that a fact is one of."""
    return [
        contrast
        for contrast in dataset.contrasts(fact.company)
        if any(
            (f.metric, f.stamp, f.dimensions) == (fact.metric.id, fact.subject.stamp, fact.dimensions)
            for f in contrast.facts
        )
    ]


def _by_filing(dataset: Dataset, fact: Fact) -> bool:
    return any(dataset.sources[claim.source].kind.is_primary for claim in fact.claims)
