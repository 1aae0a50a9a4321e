"""Rules on the income statement: ratios to revenue, the bridge from loss to adjusted loss, spend per payer."""

from ipo_data.analysis.ledger.model import ONE, Compute, Rule, change, shown, term, total
from ipo_data.analysis.points import Term, quotient
from ipo_data.dataset import Dataset, Fact


def ratio(metric: str, below: str = "revenue") -> Compute:
    """Return the rule *figure ÷ revenue of the same period*."""

    def compute(dataset: Dataset, fact: Fact) -> Term | None:
        return quotient(term(dataset, fact, metric), term(dataset, fact, below))

    return compute


def loss_ratio_change(dataset: Dataset, fact: Fact) -> Term | None:
    """Return (1 + loss growth) ÷ (1 + revenue growth) − 1, which needs no levels."""
    loss, revenue = term(dataset, fact, "adjusted_net_loss_growth"), term(dataset, fact, "revenue_growth")
    if loss is None or revenue is None:
        return None
    return change(ONE + loss.fraction(), ONE + revenue.fraction())


def adjusted_loss(dataset: Dataset, fact: Fact) -> Term | None:
    """Return net loss − fair value loss − the other adjustments."""
    loss, fair_value = term(dataset, fact, "net_loss"), term(dataset, fact, "fair_value_loss")
    others = [
        f for f in dataset.select(fact.company, "adjustment")
        if f.subject.period == fact.subject.period and f.shown is not None
    ]  # fmt: skip
    if loss is None or fair_value is None or not others:
        return None
    return loss - fair_value - total([shown(f) for f in others])


_COSTS = ("cost_of_sales", "selling_and_marketing", "administrative_expense", "research_and_development")
_BELOW = ("fair_value_loss", "finance_costs", "impairment_losses")


def net_loss(dataset: Dataset, fact: Fact) -> Term | None:
    """Return costs and losses − revenue and other income, from the lines of the statement."""
    costs = [term(dataset, fact, metric) for metric in (*_COSTS, *_BELOW)]
    income = [term(dataset, fact, metric) for metric in ("revenue", "other_income")]
    gain, associates = term(dataset, fact, "fair_value_gain"), term(dataset, fact, "share_of_associates")
    if any(item is None for item in costs + income):
        return None
    extra = [item for item in (gain, associates) if item is not None]
    return total([c for c in costs if c]) - total([i for i in income if i] + extra)


def operating_loss(dataset: Dataset, fact: Fact) -> Term | None:
    """Return operating costs − gross profit − other income, where the company reports a loss from operations."""
    costs = [term(dataset, fact, m) for m in (*_COSTS[1:], "impairment_losses")]
    profit, income = term(dataset, fact, "gross_profit"), term(dataset, fact, "other_income")
    if any(c is None for c in costs) or profit is None or income is None:
        return None
    return total([c for c in costs if c]) - (profit + income)


def spend_per_payer(dataset: Dataset, fact: Fact) -> Term | None:
    """Return subscriptions and top-ups ÷ payers of a product; advertising is not paid by users."""
    product = fact.dimensions.get("product")
    if product == "open_platform":
        revenue, payers = (
            term(dataset, fact, "revenue", segment="b_end"),
            term(dataset, fact, "paying_platform_customers"),
        )
    elif product:
        payers = term(dataset, fact, "paying_users", product=product)
        paid = [term(dataset, fact, "revenue", product=product, channel=c) for c in ("subscription", "in_app_top_up")]
        found = [item for item in paid if item is not None]
        revenue = total(found) if found else None
    else:
        payers = term(dataset, fact, "paying_users")
        consumers = term(dataset, fact, "revenue", segment="c_end")
        ads = term(dataset, fact, "revenue", product="talkie", channel="online_marketing")
        revenue = consumers - ads if consumers and ads else consumers
    return quotient(revenue, payers)


RULES = (
    Rule("loss_to_revenue", "loss_to_revenue", ratio("adjusted_net_loss")),
    Rule("research_to_revenue", "research_to_revenue", ratio("research_and_development")),
    Rule("loss_ratio_change", "loss_to_revenue_growth", loss_ratio_change),
    Rule("adjusted_loss", "adjusted_net_loss", adjusted_loss, expects=False),
    Rule("net_loss", "net_loss", net_loss, expects=False),
    Rule("operating_loss", "loss_from_operations", operating_loss, expects=False),
    Rule("spend_per_payer", "spend_per_payer", spend_per_payer),
)
