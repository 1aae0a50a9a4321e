"""Steps in value: from round to round, from the last round to the offer, and from the offer to the market."""

from dataclasses import replace
from itertools import pairwise

from ipo_data.analysis.currency import Rates
from ipo_data.analysis.points import DataPoint, State, derived, empty, quotient, shown_term
from ipo_data.analysis.valuation import at_offer_price, in_reporting_currency, last_round
from ipo_data.dataset import Dataset, Fact


def rounds_in_order(dataset: Dataset, company: str) -> list[Fact]:
    """Return the valuations after each round in the order of the series.

    The order is that in which the company's record declares its rounds. The dates of the facts are those of the last
    payment, and an earlier series may be paid up after a later one: by date it would look like a fall in value. A
    company with a round that its record does not declare keeps the order of the dates.
    """
    known = [*dataset.companies[company].members.get("round", {})]
    found = [f for f in dataset.select(company, "post_money_valuation") if "round" in f.dimensions]
    if any(f.dimensions["round"] not in known for f in found):
        return found
    return sorted(found, key=lambda fact: known.index(fact.dimensions["round"]))


def paid_up_late(dataset: Dataset, company: str) -> list[tuple[Fact, Fact]]:
    """Return the rounds whose last payment came after that of a later series, each with that later round."""
    rounds = [f for f in rounds_in_order(dataset, company) if f.end is not None]
    found = []
    for place, earlier in enumerate(rounds):
        overtaken = [later for later in rounds[place + 1 :] if later.end < earlier.end]  # type: ignore[operator]
        found += [(earlier, overtaken[0])] if overtaken else []
    return found


def round_steps(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return each round's value before the new money ÷ the value after the round before it in the series.

    A step over the value before the money is what the earlier holders gained; the new money is no gain.
    """
    after = [f for f in rounds_in_order(dataset, company) if f.shown]
    points = []
    for earlier, later in pairwise(after):
        before = dataset.find(company, "pre_money_valuation", later.subject.as_of, **later.dimensions)
        if before is None or before.shown is None:
            continue
        ratio = quotient(shown_term(before), shown_term(earlier))
        if ratio is not None:
            points.append(derived(ratio, company, "round_step", "x", later.instant, dimensions=later.dimensions))
    return points


def offer_step(dataset: Dataset, company: str, rates: Rates) -> list[DataPoint]:
    """Return the value at the offer price without the new money ÷ the last round's value after its money.

    Offer price × shares before the offer; taking all shares at listing would count the new money as a gain.
    """
    found, last = at_offer_price(dataset, company, "before_offering"), last_round(dataset, company)
    if found is None or last is None:
        return []
    value = in_reporting_currency(dataset, company, found, rates)
    if value is None:
        return [empty(company, "offer_step", "x", State.NOT_AVAILABLE, "reason.no_rate", when=found.when)]
    return [replace(derived(value[0] / last, company, "offer_step", "x", found.when), rate=value[1])]
