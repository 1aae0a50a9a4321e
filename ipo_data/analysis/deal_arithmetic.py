"""Arithmetic of the offer and the shares: clawback, demand, dilution, votes, and market values by share count."""

from collections.abc import Iterator
from decimal import Decimal

from ipo_data.analysis.points import DataPoint, Term, at_corners, derived, headline, quotient, shown_term, sum_of
from ipo_data.dataset import Dataset, Fact
from ipo_data.quantities import as_day

_ONE = Term.number(1)
_TEN_VOTES = Decimal(10)
_OPTION = Term.number("1.15")
"""Offer-size adjustment and over-allotment each add at most 15 % to what they start from."""
_FIRST_PUBLIC_PART = Term.number(5).fraction()
"""Part of the offer first set aside for the public under chapter 18C of the listing rules."""


def _price(dataset: Dataset, company: str) -> Fact | None:
    """Return the offer price in the currency of the exchange."""
    return next((f for f in dataset.select(company, "offer_price", unit="any") if f.shown), None)


def _shares(dataset: Dataset, company: str, **dimensions: str) -> Term | None:
    return headline(dataset, company, "offer_shares", None, **dimensions)


def _whole_offer(dataset: Dataset, company: str, stage: str) -> Term | None:
    """Return the offer at one stage: stated, or the sum of its two tranches."""
    own = _shares(dataset, company, offer_stage=stage)
    tranches = [_shares(dataset, company, offer_stage=stage, tranche=t) for t in ("international", "public")]
    found = [item for item in tranches if item is not None]
    return own or (sum_of(found) if len(found) == len(tranches) else None)


# --- the offer --------------------------------------------------------------------------------------------------------


def clawback(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return the public's final part of the offer as it was first sized, in percent."""
    final = _shares(dataset, company, offer_stage="final", tranche="public")
    ratio = quotient(final, _whole_offer(dataset, company, "initial"))
    return [derived(ratio.percent(), company, "clawback_share", "percent")] if ratio is not None else []


def effective_multiple(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return applied shares ÷ final public shares: the public multiple after shares were moved to the public."""
    multiple = headline(dataset, company, "subscription_multiple", tranche="public")
    initial = _shares(dataset, company, offer_stage="initial", tranche="public")
    final = _shares(dataset, company, offer_stage="final", tranche="public")
    if multiple is None or initial is None:
        return []
    ratio = quotient(multiple * initial, final)
    return [derived(ratio, company, "effective_multiple", "x")] if ratio is not None else []


def demand_by_rule(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return public demand in money where no document states the tranche: proceeds ÷ 1.15² × 5 % × multiple.

    Assumes both options in full and the first public part that chapter 18C sets.
    """
    if _shares(dataset, company, offer_stage="initial", tranche="public") is not None:
        return []
    multiple = headline(dataset, company, "subscription_multiple", tranche="public")
    points = []
    for fact in dataset.select(company, "gross_proceeds", unit="any"):
        if fact.dimensions == {"options": "with_over_allotment"} and fact.shown and multiple is not None:
            base = shown_term(fact) / (_OPTION * _OPTION)
            term = base * _FIRST_PUBLIC_PART * multiple
            dimensions = {"tranche": "public"}
            points.append(derived(term, company, "money_chased_by_rule", fact.unit.code, dimensions=dimensions))
    return points


def tradable(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return offer shares not bound by cornerstone investors ÷ shares in issue at listing, in percent."""
    offered = _whole_offer(dataset, company, "final") or _whole_offer(dataset, company, "initial")
    bound = headline(dataset, company, "cornerstone_shares")
    issued = _count_at(dataset, company, "at_listing")
    if offered is None or bound is None or issued is None:
        return []
    ratio = quotient(offered - bound, shown_term(issued))
    return [derived(ratio.percent(), company, "tradable_share", "percent", issued.instant)] if ratio is not None else []


# --- shares and votes -------------------------------------------------------------------------------------------------


def _count_at(dataset: Dataset, company: str, stage: str) -> Fact | None:
    facts = dataset.select(company, "shares_in_issue")
    return next((f for f in facts if f.dimensions.get("stage") == stage and f.shown), None)


def dilution(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return the part of all shares that the offer's new shares make up, before and after over-allotment."""
    points = []
    before = _count_at(dataset, company, "before_offering")
    for stage in ("at_listing", "after_over_allotment"):
        after = _count_at(dataset, company, stage)
        ratio = quotient(shown_term(before), shown_term(after)) if before and after else None
        if ratio is not None and after is not None:
            term = (_ONE - ratio).percent()
            points.append(derived(term, company, "dilution", "percent", after.instant, dimensions={"stage": stage}))
    return points


def diluted_interests(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return each interest before the offer × shares before ÷ shares after, for holders who neither buy nor sell."""
    points = []
    before = _count_at(dataset, company, "before_offering")
    facts = dataset.select(company, "economic_interest")
    holdings = [f for f in facts if f.dimensions.get("stage") == "before_offering" and f.shown]
    for stage in ("at_listing", "after_over_allotment"):
        after = _count_at(dataset, company, stage)
        ratio = quotient(shown_term(before), shown_term(after)) if before and after else None
        if ratio is None or after is None:
            continue
        for fact in holdings:
            term, dimensions = Term.of(fact) * ratio, {**fact.dimensions, "stage": stage}
            points.append(derived(term, company, "interest_diluted", "percent", after.instant, dimensions=dimensions))
    return points


def _holders(dataset: Dataset, company: str) -> Iterator[tuple[Fact, Term, Term]]:
    """Return every holder with more votes than shares: the interest's fact, the interest and the votes as fractions."""
    for fact in dataset.select(company, "economic_interest"):
        votes = dataset.find(company, "voting_rights", fact.subject.as_of, **fact.dimensions)
        if fact.shown is None or votes is None or votes.shown is None:
            continue
        interest, voting = Term.of(fact), Term.of(votes)
        if interest.is_positive and interest.interval.high < voting.interval.low and voting.interval.high < 100:
            yield fact, interest.fraction(), voting.fraction()


def vote_multiples(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return the votes per share if the holder alone had special shares and all of his were: v(1 − e) ÷ (e(1 − v))."""
    points = []
    for fact, e, v in _holders(dataset, company):
        interval = at_corners(lambda share, votes: votes * (1 - share) / (share * (1 - votes)), e, v)
        term = v * (_ONE - e) / (e * (_ONE - v))
        term = term.narrowed(interval, term.text)
        points.append(derived(term, company, "vote_multiple", "x", fact.instant, dimensions=fact.dimensions))
    return points


def other_ten_vote_shares(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return what others must hold in ten-vote shares if all of the holder's carry ten: (10e ÷ v − 1) ÷ 9 − e."""
    points = []
    for fact, e, v in _holders(dataset, company):
        interval = at_corners(lambda share, votes: (_TEN_VOTES * share / votes - 1) / 9 - share, e, v)
        if interval.low <= 0:
            continue
        term = (Term.number(10) * e / v - _ONE) / Term.number(9) - e
        share = term.narrowed(interval, term.text).percent()
        points.append(
            derived(share, company, "other_ten_vote_interest", "percent", fact.instant, dimensions=fact.dimensions)
        )
    return points


# --- market values by share count -------------------------------------------------------------------------------------


def share_counts(dataset: Dataset, company: str) -> dict[str, Term]:
    """Return shares in issue by the state of the options: three bases of one market value."""
    listed = _count_at(dataset, company, "at_listing")
    if listed is None:
        return {}
    own = shown_term(listed)
    larger, extra = headline(dataset, company, "offer_size_adjustment"), headline(dataset, company, "over_allotment")
    found = {"with_size_adjustment": own, "before_options": own - larger} if larger else {"before_options": own}
    return found | ({"with_over_allotment": own + extra} if extra else {})


def market_value_bases(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return the market value at the offer price and at the first close on each count of shares."""
    offer = _price(dataset, company)
    listed = dataset.find(company, "listed")
    first = as_day(listed.value).isoformat() if listed is not None and listed.value is not None else ""
    unit = offer.unit.code if offer is not None else "any"
    close = dataset.find(company, "share_price", first, unit=unit, moment="close") if first else None
    found = (("market_value_at_offer", offer), ("market_value_first_close", close))
    points = []
    for measure, price in [(m, p) for m, p in found if p is not None and p.shown]:
        for options, shares in share_counts(dataset, company).items():
            term, dimensions = shown_term(price) * shares, {"options": options}
            points.append(derived(term, company, measure, price.unit.code, price.instant, dimensions=dimensions))
    return points


def first_day_change(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return the first close ÷ the offer price − 1, where no document states the change of that day."""
    listed = headline(dataset, company, "listed")
    first = as_day(listed.value).isoformat() if listed is not None else ""
    offer = _price(dataset, company)
    if offer is None or not first or dataset.find(company, "price_change", first) is not None:
        return []
    close = dataset.find(company, "share_price", first, unit=offer.unit.code, moment="close")
    if close is None or not close.shown:
        return []
    ratio = quotient(shown_term(close), shown_term(offer))
    return [derived((ratio - _ONE).percent(), company, "price_change", "percent", close.instant)] if ratio else []


def value_before_first_day(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return a market value at the close ÷ (1 + the day's stated change): what it was at the price before."""
    points = []
    for cap in dataset.select(company, "market_cap", unit="any"):
        change = headline(dataset, company, "price_change", cap.subject.as_of)
        if cap.dimensions == {"moment": "close"} and cap.shown and change is not None:
            value = quotient(shown_term(cap), _ONE + change.fraction())
            if value is not None:
                points.append(derived(value, company, "market_value_before_change", cap.unit.code, cap.instant))
    return points


def raised_in_rounds(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return the sum of all rounds stated in the reporting currency."""
    rounds = [f for f in dataset.select(company, "round_amount") if set(f.dimensions) == {"round"}]
    if len(rounds) < 2 or any(f.shown is None for f in rounds):
        return []
    total = sum_of([shown_term(f) for f in rounds])
    return [derived(total, company, "raised_in_rounds", rounds[-1].unit.code, rounds[-1].instant)]
