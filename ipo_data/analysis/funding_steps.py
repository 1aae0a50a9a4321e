"""Steps in value: from round to round, from the last round to the offer, and from the offer to the market."""

from dataclasses import replace
from itertools import pairwise

from ipo_data.analysis.currency import Rates
from ipo_data.analysis.points import DataPoint, State, derived, empty, quotient, shown_term
from ipo_data.analysis.valuation import at_offer_price, in_reporting_currency, last_round
from ipo_data.dataset import Dataset


def round_steps(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return each round's value before the new money ÷ the previous round's value after it.

    A step over the value before the money is what the earlier holders gained; the new money is no gain.
    """
    after = [f for f in dataset.select(company, "post_money_valuation") if f.shown and "round" in f.dimensions]
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
