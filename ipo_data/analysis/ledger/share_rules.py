"""Rules on parts and wholes: shares of totals, sums of parts, margins by segment."""

from ipo_data.analysis.ledger.model import HUNDRED, Compute, Rule, shown, term, total
from ipo_data.analysis.points import Term, quotient
from ipo_data.dataset import Dataset, Fact
from ipo_data.model.claim import Flag

_COMPLETE_AXES = ("segment", "deployment", "region", "region_group", "tranche", "industry")
"""Axes whose members, once all are stated, must add up to the whole."""


def share_of_total(dataset: Dataset, fact: Fact) -> Term | None:
    """Return part ÷ whole in percent."""
    return _percent_of(term(dataset, fact, "revenue", **fact.dimensions), term(dataset, fact, "revenue"))


def _percent_of(part: Term | None, whole: Term | None) -> Term | None:
    ratio = quotient(part, whole)
    return ratio.percent() if ratio is not None else None


def share_of_deployment(dataset: Dataset, fact: Fact) -> Term | None:
    """Return a region's part of one deployment's revenue in percent."""
    deployment = fact.dimensions.get("deployment", "")
    part = term(dataset, fact, "revenue", **fact.dimensions)
    whole = term(dataset, fact, "revenue", deployment=deployment)
    return _percent_of(part, whole)


def rest_of_two(dataset: Dataset, fact: Fact) -> Term | None:
    """Return 100 % minus the other share, on axes with two members."""
    other = {"c_end": "b_end", "b_end": "c_end", "on_premise": "cloud", "cloud": "on_premise"}
    if len(fact.dimensions) != 1:
        return None
    axis, member = next(iter(fact.dimensions.items()))
    share = term(dataset, fact, "revenue_share", **{axis: other[member]}) if member in other else None
    return HUNDRED - share if share else None


def rest_of_products(dataset: Dataset, fact: Fact) -> Term | None:
    """Return what a product's share must be if the consumer segment consists of the stated products alone."""
    if set(fact.dimensions) != {"product"}:
        return None
    whole = term(dataset, fact, "revenue_share", segment="c_end")
    others = [f for f in _siblings(dataset, fact) if f.id != fact.id and f.shown]
    if whole is None or not others or any(Flag.SUSPECT in other.flags for other in others):
        return None
    for other in others:
        whole = whole - shown(other)
    return whole


def overseas_rest(dataset: Dataset, fact: Fact) -> Term | None:
    """Return 100 % minus the share of the mainland."""
    if fact.dimensions != {"overseas": "overseas"}:
        return None
    home = term(dataset, fact, "revenue_share", region="mainland_china")
    return HUNDRED - home if home else None


def _siblings(dataset: Dataset, fact: Fact) -> list[Fact]:
    axes = set(fact.dimensions)
    found = dataset.select(fact.company, fact.metric.id, kind=None)
    return [f for f in found if set(f.dimensions) == axes and f.subject.time_label == fact.subject.time_label]


def sum_of_parts(metric: str, axis: str) -> Compute:
    """Return the rule *whole = Σ parts* along an axis; the parts may themselves be within another part."""

    def compute(dataset: Dataset, fact: Fact) -> Term | None:
        if axis in fact.dimensions:
            return None
        company = dataset.companies[fact.company]
        wanted = set(fact.dimensions) | {axis}
        found = [
            f for f in dataset.select(fact.company, metric, unit=fact.unit.code, kind=None)
            if set(f.dimensions) == wanted and f.subject.time_label == fact.subject.time_label
            and all(f.dimensions[a] == m for a, m in fact.dimensions.items())
            and f.dimensions[axis] not in company.groups.get(axis, {})
        ]  # fmt: skip
        if len(found) < 2 or any(f.shown is None for f in found):
            return None
        result = total([shown(f) for f in found])
        incomplete = fact.interval is not None and result.interval.high < fact.interval.low
        return None if incomplete and not _is_complete(dataset, fact, found, axis) else result

    return compute


def _is_complete(dataset: Dataset, fact: Fact, found: list[Fact], axis: str) -> bool:
    """Tell whether stated parts cover the whole: the axis is one that adds up and no member is missing."""
    if axis not in _COMPLETE_AXES or axis not in fact.metric.adds_up:
        return False
    every = {f.dimensions[axis] for f in dataset.select(fact.company, fact.metric.id) if set(f.dimensions) == {axis}}
    return {f.dimensions[axis] for f in found} == every


def margin(dataset: Dataset, fact: Fact) -> Term | None:
    """Return gross profit ÷ revenue in percent."""
    profit = term(dataset, fact, "gross_profit", **fact.dimensions)
    revenue = term(dataset, fact, "revenue", **fact.dimensions)
    return _percent_of(profit, revenue)


def gross_profit(dataset: Dataset, fact: Fact) -> Term | None:
    """Return revenue − cost of sales."""
    revenue = term(dataset, fact, "revenue", **fact.dimensions)
    cost = term(dataset, fact, "cost_of_sales", **fact.dimensions)
    return revenue - cost if revenue and cost else None


_SUMS: tuple[tuple[str, str], ...] = (
    ("revenue", "segment"), ("revenue", "deployment"), ("revenue", "region"), ("revenue", "region_group"),
    ("revenue", "industry"), ("revenue", "channel"), ("gross_profit", "segment"), ("gross_profit", "deployment"),
    ("cost_of_sales", "segment"), ("cost_of_sales", "deployment"), ("cost_of_sales", "component"),
    ("research_and_development", "component"), ("selling_and_marketing", "component"),
    ("cash_operating_costs", "component"),
)  # fmt: skip

RULES = (
    Rule("share_of_total", "revenue_share", share_of_total),
    Rule("share_of_deployment", "deployment_region_share", share_of_deployment),
    Rule("rest_of_two", "revenue_share", rest_of_two, expects=False),
    Rule("rest_of_products", "revenue_share", rest_of_products, expects=False),
    Rule("overseas_rest", "revenue_share", overseas_rest, expects=False),
    Rule("gross_margin", "gross_margin", margin),
    Rule("gross_profit", "gross_profit", gross_profit),
    *(Rule(f"sum_of_{axis}", metric, sum_of_parts(metric, axis), expects=False) for metric, axis in _SUMS),
)
