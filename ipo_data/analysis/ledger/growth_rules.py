"""Rules on growth: rates, compound rates and times-phrases against the figures they are about."""

from ipo_data.analysis.growth import ends_of_span, weighted_mean_growth
from ipo_data.analysis.ledger.model import HUNDRED, ONE, Compute, Rule, change, shown, term, total
from ipo_data.analysis.points import Term, quotient
from ipo_data.dataset import Dataset, Fact
from ipo_data.periods import Period


def growth_of(metric: str) -> Compute:
    """Return the rule *new ÷ old − 1* over the same months of two years."""

    def compute(dataset: Dataset, fact: Fact) -> Term | None:
        if fact.period is None:
            return None
        now = term(dataset, fact, metric, **fact.dimensions)
        before = term(dataset, fact, metric, fact.period.prior_year().label, **fact.dimensions)
        return change(now, before)

    return compute


def promotion_growth(dataset: Dataset, fact: Fact) -> Term | None:
    """Return the change of promotion spending."""
    if fact.period is None:
        return None
    now = term(dataset, fact, "selling_and_marketing", component="promotion")
    before = term(dataset, fact, "selling_and_marketing", fact.period.prior_year().label, component="promotion")
    return change(now, before)


def cagr(dataset: Dataset, fact: Fact) -> Term | None:
    """Return (last ÷ first)^(1/years) − 1 over full years."""
    ends = ends_of_span(fact)
    if ends is None or not all(label.startswith("FY") for label in ends):
        return None
    first, last = (term(dataset, fact, "revenue", label) for label in ends)
    years = Period.parse(ends[1]).end.year - Period.parse(ends[0]).end.year
    if first is None or last is None or not (first.is_positive and last.is_positive) or years <= 0:
        return None
    return ((last / first).root(years) - ONE).percent()


def times(metric: str) -> Compute:
    """Return the rule *last ÷ first* for a figure said to have grown so many times."""

    def compute(dataset: Dataset, fact: Fact) -> Term | None:
        ends = ends_of_span(fact)
        if ends is None:
            return None
        first, last = (term(dataset, fact, metric, label) for label in ends)
        return quotient(last, first)

    return compute


def against_prior_year(dataset: Dataset, fact: Fact) -> Term | None:
    """Return part of a year over the whole year before."""
    if fact.period is None:
        return None
    now = term(dataset, fact, "revenue")
    before = term(dataset, fact, "revenue", f"FY{fact.period.end.year - 1}")
    return quotient(now, before)


def from_segments(dataset: Dataset, fact: Fact) -> Term | None:
    """Return total growth from segment growth: Σ part ÷ Σ (part ÷ (1 + its growth)) − 1.

    The parts are amounts, or shares where no amounts are stated; together they must be the whole.
    """
    if fact.dimensions:
        return None
    rates = [f for f in dataset.select(fact.company, "revenue_growth") if set(f.dimensions) == {"segment"}]
    known = [f for f in rates if f.period == fact.period and f.shown]
    factors = [ONE + shown(f).fraction() for f in known]
    weights = segment_weights(dataset, fact, [f.dimensions["segment"] for f in known])
    if len(known) < 2 or weights is None or not all(item.is_positive for item in factors + weights):
        return None
    return (weighted_mean_growth(weights, factors) - ONE).percent()


def segment_weights(dataset: Dataset, fact: Fact, members: list[str]) -> list[Term] | None:
    """Return the revenue of some segments, else their shares; ``None`` unless they add up to the whole."""
    for metric, whole in (("revenue", term(dataset, fact, "revenue")), ("revenue_share", HUNDRED)):
        found = [term(dataset, fact, metric, segment=member) for member in members]
        parts = [item for item in found if item is not None]
        complete = bool(parts) and len(parts) == len(members)
        if complete and whole is not None and total(parts).interval.meets(whole.interval):
            return parts
    return None


RULES = (
    Rule("revenue_growth", "revenue_growth", growth_of("revenue")),
    Rule("growth_from_segments", "revenue_growth", from_segments, expects=False),
    Rule("revenue_cagr", "revenue_cagr", cagr),
    Rule("net_loss_growth", "net_loss_growth", growth_of("net_loss")),
    Rule("adjusted_loss_growth", "adjusted_net_loss_growth", growth_of("adjusted_net_loss")),
    Rule("promotion_growth", "promotion_growth", promotion_growth),
    Rule("against_prior_year", "revenue_to_prior_year", against_prior_year),
    Rule("mau_times", "mau_multiple", times("mau")),
    Rule("payers_times", "paying_users_multiple", times("paying_users")),
)
