"""Rules on totals over time, over rounds, over products and over currencies."""

import re

from ipo_data.analysis.ledger.model import Rule, shown, term, total
from ipo_data.analysis.ledger.share_rules import sum_of_parts
from ipo_data.analysis.points import Term
from ipo_data.dataset import Dataset, Fact


def cumulative_loss(dataset: Dataset, fact: Fact) -> Term | None:
    """Return the net losses of every year and part of a year in the span, at the articles' rate if need be."""
    labels = _labels(fact)
    return _losses(dataset, fact, labels) if labels else None


def other_span(dataset: Dataset, fact: Fact) -> list[Term]:
    """Return the sums that end with another part of the span's last year: what the figure may have meant."""
    labels = _labels(fact)
    if not labels:
        return []
    year = labels[-1][-4:]
    parts = {f.subject.period for f in dataset.select(fact.company, "net_loss") if f.subject.period}
    ends = sorted(label for label in parts - {labels[-1]} if label.endswith(year))
    found = [_losses(dataset, fact, [*labels[:-1], end]) for end in ends]
    return [item for item in found if item is not None]


def _labels(fact: Fact) -> list[str]:
    """Return the periods a span consists of: ``FY2022..H1-2025`` → FY2022, FY2023, FY2024, H1-2025."""
    first, dots, last = (fact.subject.period or "").partition("..")
    if not dots or not re.fullmatch(r"FY[0-9]{4}", first) or not re.fullmatch(r".+[0-9]{4}", last):
        return []
    return [f"FY{year}" for year in range(int(first[-4:]), int(last[-4:]))] + [last]


def _losses(dataset: Dataset, fact: Fact, labels: list[str]) -> Term | None:
    found = [term(dataset, fact, "net_loss", label) for label in labels]
    losses = [item for item in found if item is not None]
    if len(losses) != len(labels):
        return None
    reporting = dataset.companies[fact.company].reporting_currency
    return _at_rate(dataset, total(losses), reporting, fact.unit.code, "articles")


def _at_rate(dataset: Dataset, amount: Term, base: str, quote: str, name: str) -> Term | None:
    """Return an amount at a stated rate of a named set; ``None`` if the set has none."""
    if base == quote:
        return amount
    rates = [r.rate for r in dataset.rates if r.set == name and (r.base, r.quote) == (base, quote)]
    return amount * Term.number(rates[0]) if rates else None


def rounds_raised(dataset: Dataset, fact: Fact) -> Term | None:
    """Return the amounts of all rounds closed in the span."""
    rounds = [
        f for f in dataset.select(fact.company, "round_amount")
        if f.end and fact.period and fact.period.start <= f.end <= fact.period.end
    ]  # fmt: skip
    if len(rounds) < 2 or any(f.shown is None for f in rounds):
        return None
    return total([shown(f) for f in rounds])


def consumer_products(dataset: Dataset, fact: Fact) -> Term | None:
    """Return the registered users of all products without the open platform, which the total leaves out."""
    if fact.dimensions:
        return None
    products = [
        f for f in dataset.select(fact.company, "cumulative_users")
        if set(f.dimensions) == {"product"} and f.end == fact.end and f.dimensions["product"] != "open_platform"
    ]  # fmt: skip
    if len(products) < 2 or any(f.shown is None for f in products):
        return None
    return total([shown(f) for f in products])


def broad_liquidity(dataset: Dataset, fact: Fact) -> Term | None:
    """Return cash + financial assets at fair value, current and not, + restricted cash."""
    found = [
        term(dataset, fact, "cash_and_equivalents"),
        term(dataset, fact, "financial_assets_fvtpl", component="current"),
        term(dataset, fact, "financial_assets_fvtpl", component="non_current"),
        term(dataset, fact, "restricted_cash"),
    ]
    parts = [item for item in found if item is not None]
    return total(parts) if len(parts) == len(found) else None


def cornerstones_in_two_currencies(dataset: Dataset, fact: Fact) -> Term | None:
    """Return Σ investors where some committed in another currency, at the prospectus' rate."""
    investors = [
        f for f in dataset.select(fact.company, "cornerstone_amount", unit="any") if set(f.dimensions) == {"investor"}
    ]  # fmt: skip
    currencies = {f.unit.code for f in investors}
    if fact.dimensions or len(currencies) < 2 or any(f.shown is None for f in investors):
        return None
    sums = {c: total([shown(f) for f in investors if f.unit.code == c]) for c in sorted(currencies)}
    found = [_at_rate(dataset, amount, c, fact.unit.code, "prospectus") for c, amount in sums.items()]
    parts = [item for item in found if item is not None]
    return total(parts) if len(parts) == len(found) else None


RULES = (
    Rule("cumulative_loss", "cumulative_net_loss", cumulative_loss),
    Rule("sum_of_rounds", "total_raised", rounds_raised),
    Rule("sum_of_product", "mau", sum_of_parts("mau", "product"), expects=False),
    Rule("sum_of_product", "paying_users", sum_of_parts("paying_users", "product"), expects=False),
    Rule("sum_of_product", "cumulative_users", consumer_products, expects=False),
    Rule("broad_liquidity", "broad_liquidity", broad_liquidity),
    Rule("sum_in_two_currencies", "cornerstone_amount", cornerstones_in_two_currencies, expects=False),
)
