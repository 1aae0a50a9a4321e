"""Rules on the offering, the shares and the market."""

from dataclasses import replace
from decimal import Decimal

from ipo_data.analysis import voting
from ipo_data.analysis.ledger.model import HUNDRED, Rule, change, shown, term, total
from ipo_data.analysis.ledger.share_rules import sum_of_parts
from ipo_data.analysis.points import Term, headline, quotient
from ipo_data.dataset import Dataset, Fact
from ipo_data.intervals import Interval


def _deal(dataset: Dataset, fact: Fact, metric: str, **options: str) -> Term | None:
    return headline(dataset, fact.company, metric, None, **options)


def first_day_return(dataset: Dataset, fact: Fact) -> Term | None:
    """Return the first close ÷ the offer price − 1."""
    if fact.dimensions:
        return None
    close = dataset.find(fact.company, "share_price", fact.subject.as_of, unit="HKD", moment="close")
    offer = _deal(dataset, fact, "offer_price", unit="HKD")
    return change(shown(close), offer) if close and close.shown else None


def gross_proceeds(dataset: Dataset, fact: Fact) -> Term | None:
    """Return shares × price in the state of the options that the figure names."""
    price = _deal(dataset, fact, "offer_price", unit="HKD")
    final, extra = _deal(dataset, fact, "offer_shares", offer_stage="final"), _deal(dataset, fact, "over_allotment")
    initial = _deal(dataset, fact, "offer_shares", offer_stage="initial")
    options = fact.dimensions.get("options")
    if price is None or fact.unit.code != "HKD":
        return None
    if options == "with_over_allotment" and final and extra:
        return (final + extra) * price
    if options == "with_size_adjustment" and final:
        return final * price
    return initial * price if options == "before_options" and initial else None


def net_proceeds(dataset: Dataset, fact: Fact) -> Term | None:
    """Return gross proceeds − listing expenses in the same state of the options."""
    gross = _deal(dataset, fact, "gross_proceeds", unit=fact.unit.code, **fact.dimensions)
    costs = _deal(dataset, fact, "listing_expenses", unit=fact.unit.code)
    return gross - costs if gross and costs and fact.subject.kind == "actual" else None


def final_shares(dataset: Dataset, fact: Fact) -> Term | None:
    """Return a tranche after reallocation and size adjustment, or the whole offering after the adjustment."""
    if fact.dimensions.get("offer_stage") != "final":
        return None
    tranche = fact.dimensions.get("tranche")
    moved, upsize = _deal(dataset, fact, "reallocated_shares"), _deal(dataset, fact, "offer_size_adjustment")
    if tranche is None:
        initial = _deal(dataset, fact, "offer_shares", offer_stage="initial")
        return initial + upsize if initial and upsize else None
    initial = _deal(dataset, fact, "offer_shares", tranche=tranche, offer_stage="initial")
    if initial is None or moved is None or upsize is None:
        return None
    return initial + moved if tranche == "public" else initial - moved + upsize


def share_of_offering(dataset: Dataset, fact: Fact) -> Term | None:
    """Return a tranche's final shares ÷ all final shares in percent."""
    part = _deal(dataset, fact, "offer_shares", offer_stage="final", **fact.dimensions)
    whole = _deal(dataset, fact, "offer_shares", offer_stage="final")
    ratio = quotient(part, whole)
    return ratio.percent() if ratio is not None else None


def cornerstone_shares(dataset: Dataset, fact: Fact) -> Term | None:
    """Return amount × rate ÷ price; shares are rounded down to whole lots, so one lot is allowed for."""
    amount = _deal(dataset, fact, "cornerstone_amount", unit="USD", **fact.dimensions)
    price, lot = _deal(dataset, fact, "offer_price", unit="HKD"), _deal(dataset, fact, "board_lot")
    rate = next((r for r in dataset.rates if r.set == "prospectus" and (r.base, r.quote) == ("USD", "HKD")), None)
    if amount is None or price is None or lot is None or rate is None or not (fact.dimensions and price.is_positive):
        return None
    count = amount * Term.number(rate.rate) / price
    return replace(count, interval=Interval(count.interval.low - lot.value, count.interval.high))


def round_value(dataset: Dataset, fact: Fact) -> Term | None:
    """Return pre-money valuation + amount raised."""
    before = term(dataset, fact, "pre_money_valuation", **fact.dimensions)
    amount = term(dataset, fact, "round_amount", **fact.dimensions)
    return before + amount if before and amount else None


def economic_interest(dataset: Dataset, fact: Fact) -> Term | None:
    """Return shares held (of all classes) ÷ shares in issue in percent, for holdings at the same stage."""
    issued = [
        f
        for f in dataset.select(fact.company, "shares_in_issue")
        if f.dimensions.get("stage") == fact.dimensions.get("stage")
    ]
    held = _shares_held(dataset, fact)
    if held is None or not issued or issued[0].shown is None:
        return None
    ratio = quotient(held, shown(issued[0]))
    return ratio.percent() if ratio is not None else None


def _shares_held(dataset: Dataset, fact: Fact) -> Term | None:
    holder = fact.dimensions.get("holder", "")
    counts = dataset.select(fact.company, "shares_held")
    whole = next((f for f in counts if f.dimensions == {"holder": holder} and f.end == fact.end and f.shown), None)
    if whole is not None:
        return shown(whole)
    classes = _classes(dataset, fact)
    return total([shown(f) for _, f in sorted(classes.items())]) if classes else None


def _classes(dataset: Dataset, fact: Fact) -> dict[str, Fact]:
    """Return the holder's shares by class as stated within the day or month of a holding."""
    if fact.instant is None:
        return {}
    days = fact.instant.first, fact.instant.last
    return voting.shares_by_class(dataset, fact.company, fact.dimensions.get("holder", ""), *days)


def voting_rights(dataset: Dataset, fact: Fact) -> Term | None:
    """Return Σ (shares of a class × its votes) ÷ all votes at the same stage in percent."""
    whole = voting.all_votes(dataset, fact.company, fact.dimensions.get("stage", ""))
    ratio = quotient(voting.votes_of(_classes(dataset, fact)), whole)
    return ratio.percent() if ratio is not None else None


def sum_of_classes(dataset: Dataset, fact: Fact) -> Term | None:
    """Return Σ shares of every class at the same stage."""
    counts = dataset.select(fact.company, "shares_in_issue_by_class", basis=None)
    found = [f for f in counts if f.dimensions.get("stage") == fact.dimensions.get("stage") and f.end == fact.end]
    return total([shown(f) for f in found]) if len(found) > 1 and all(f.shown for f in found) else None


def subscription(dataset: Dataset, fact: Fact) -> Term | None:
    """Return shares applied for ÷ shares first set aside for the tranche."""
    if set(fact.dimensions) != {"tranche"}:
        return None
    applied = _deal(dataset, fact, "shares_applied_for", basis="computed", **fact.dimensions)
    applied = applied or _deal(dataset, fact, "shares_applied_for", **fact.dimensions)
    return quotient(applied, _deal(dataset, fact, "offer_shares", offer_stage="initial", **fact.dimensions))


def diluted_interest(dataset: Dataset, fact: Fact) -> Term | None:
    """Return the interest before the offer × shares before ÷ (shares before + offer as first sized)."""
    if fact.dimensions.get("stage") != "after_offering":
        return None
    wanted = {**fact.dimensions, "stage": "before_offering"}
    before = next((f for f in dataset.select(fact.company, "economic_interest") if f.dimensions == wanted), None)
    counts = dataset.select(fact.company, "shares_in_issue")
    issued = next((f for f in counts if f.dimensions.get("stage") == "before_offering"), None)
    offered = _deal(dataset, fact, "offer_shares", offer_stage="initial")
    if before is None or before.shown is None or issued is None or issued.shown is None or offered is None:
        return None
    ratio = quotient(shown(issued), shown(issued) + offered)
    return shown(before) * ratio if ratio is not None else None


def group_interest(metric: str) -> Rule:
    """Return the rule *group = Σ its members* on holdings."""

    def compute(dataset: Dataset, fact: Fact) -> Term | None:
        groups = dataset.companies[fact.company].groups.get("holder", {})
        members = groups.get(fact.dimensions.get("holder", ""), ())
        found = [term(dataset, fact, metric, holder=m, stage=fact.dimensions.get("stage", "")) for m in members]
        if not members or not all(found):
            return None
        result = total([f for f in found if f])
        incomplete = fact.interval is not None and result.interval.high < fact.interval.low
        return None if incomplete else result  # a group may have members that no document names

    return Rule("group_interest", metric, compute, expects=False)


def price_times_shares_in_issue(dataset: Dataset, fact: Fact) -> Term | None:
    """Return price × shares for market values (price and count of the same day)."""
    price = dataset.find(fact.company, "share_price", fact.subject.as_of, unit="HKD", **fact.dimensions)
    counts = [
        f for f in dataset.select(fact.company, "shares_in_issue")
        if f.shown and f.end and fact.end and f.end <= fact.end and f.dimensions.get("stage") != "before_offering"
    ]  # fmt: skip
    if price is None or price.shown is None or not counts or fact.unit.code != "HKD":
        return None
    return shown(price) * Term.of(counts[-1], scale=Decimal(10) ** 6)


def uses_add_up(dataset: Dataset, fact: Fact) -> Term | None:
    """Return 100 % minus the other stated uses, where they are all stated."""
    groups = dataset.companies[fact.company].groups.get("use", {})
    uses = [
        f
        for f in dataset.select(fact.company, "use_of_proceeds", kind=None)
        if f.dimensions.get("use") not in groups and f.shown
    ]
    if fact.dimensions.get("use") in groups or len(uses) < 3:
        return None
    rest = HUNDRED
    for other in uses:
        if other.id != fact.id:
            rest = rest - shown(other)
    return rest


RULES = (
    Rule("first_day_return", "price_change", first_day_return, expects=False),
    Rule("gross_proceeds", "gross_proceeds", gross_proceeds),
    Rule("net_proceeds", "net_proceeds", net_proceeds, expects=False),
    Rule("final_shares", "offer_shares", final_shares, expects=False),
    Rule("sum_of_tranche", "offer_shares", sum_of_parts("offer_shares", "tranche"), expects=False),
    Rule("share_of_offering", "offer_share_of_offering", share_of_offering),
    Rule("sum_of_investor", "cornerstone_amount", sum_of_parts("cornerstone_amount", "investor"), expects=False),
    Rule("sum_of_investor", "cornerstone_shares", sum_of_parts("cornerstone_shares", "investor"), expects=False),
    Rule("cornerstone_shares", "cornerstone_shares", cornerstone_shares, expects=False),
    Rule("uses_add_up", "use_of_proceeds", uses_add_up, expects=False),
    Rule("round_value", "post_money_valuation", round_value, expects=False),
    Rule("price_times_shares", "market_cap", price_times_shares_in_issue, expects=False),
    Rule("economic_interest", "economic_interest", economic_interest, expects=False),
    Rule("voting_rights", "voting_rights", voting_rights, expects=False),
    Rule("sum_of_classes", "shares_in_issue", sum_of_classes, expects=False),
    Rule("subscription", "subscription_multiple", subscription, expects=False),
    Rule("diluted_interest", "economic_interest", diluted_interest, expects=False),
    group_interest("economic_interest"),
    group_interest("voting_rights"),
)
