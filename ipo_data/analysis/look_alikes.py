"""Figures that sound alike: metrics whose names readers take for one another, and declared pairs of figures."""

from collections.abc import Iterable
from typing import Final

from ipo_data.analysis.bases import flow_of
from ipo_data.analysis.points import DataPoint
from ipo_data.dataset import Dataset
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
