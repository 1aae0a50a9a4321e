"""What the market pays: capitalisation by date, multiples of revenue on each basis, and what targets imply."""

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Context, Decimal
from functools import lru_cache

from ipo_data.analysis.bases import annualised, ltm
from ipo_data.analysis.currency import Rates
from ipo_data.analysis.margins import no_divisor
from ipo_data.analysis.points import (
    DataPoint,
    State,
    Term,
    derived,
    empty,
    headline,
    shown_term,
    stated,
    term_of,
    written,
)
from ipo_data.dataset import Dataset, Fact
from ipo_data.periods import Instant
from ipo_data.quantities import as_day

REVENUE_BASES = ("full_year", "ltm", "annualised")
"""Last full year · last twelve months · latest period annualised."""
_STRUCK_ON = {"ltm": "ltm", "annualised": "annualised", "reported": "full_year", "month": "ltm"}


def revenue_basis_of(basis: str) -> str:
    """Return the revenue under a multiple where flows stand on a basis.

    Reported revenue of a part of a year would make firms unlike, so it is that of the last full year; no multiple is
    struck on a month, so twelve months stand.

    Args:
        basis: ``reported``, ``month``, ``ltm`` or ``annualised``.
    """
    return _STRUCK_ON[basis]


def market_values(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return market values at the close by date: as stated, else price × shares in issue on the day.

    Values with an open-ended hedge (*over HK$100bn*) are left out: they are not a level.
    """
    points: dict[str, DataPoint] = {}
    for price in dataset.select(company, "share_price", unit="any"):
        computed = _price_times_shares(dataset, company, price)
        if price.end is not None and computed is not None:
            points[price.end.isoformat()] = computed
    for fact in dataset.select(company, "market_cap", unit="any"):
        bounded = fact.interval is not None and fact.interval.bounded
        if fact.dimensions.get("moment") == "close" and fact.end is not None and bounded:
            points[fact.end.isoformat()] = stated(fact)[0]
    return [points[day] for day in sorted(points)]


def _price_times_shares(dataset: Dataset, company: str, price: Fact) -> DataPoint | None:
    if price.dimensions != {"moment": "close"} or price.shown is None or price.end is None:
        return None
    counts = [
        f for f in dataset.select(company, "shares_in_issue")
        if f.shown and f.end and f.end <= price.end and f.dimensions.get("stage") != "before_offering"
    ]  # fmt: skip
    if not counts:
        return None
    term = Term.of(price) * Term.of(counts[-1], scale=Decimal(10) ** 6)
    return derived(term, company, "market_cap", price.unit.code, price.instant, dimensions={"moment": "close"})


def latest_close(dataset: Dataset, company: str, on: str | None = None) -> DataPoint | None:
    """Return the market value at the close of a day, or of the last day there is one.

    Args:
        dataset: The evidence.
        company: Company id.
        on: ISO date; the last close if not given.
    """
    closes = market_values(dataset, company)
    if on:
        return next((p for p in closes if isinstance(p.when, Instant) and p.when.last.isoformat() == on), None)
    return closes[-1] if closes else None


def common_dates(dataset: Dataset, companies: list[str]) -> list[str]:
    """Return the days on which every company with market values has one, oldest first.

    Of several companies without such a day, those on which the most of them have one, at least two.
    """
    days = [
        {p.when.last.isoformat() for p in market_values(dataset, c) if isinstance(p.when, Instant)} for c in companies
    ]
    known = [found for found in days if found]
    shared = Counter(day for found in known for day in found)
    most = max(shared.values(), default=0)
    return sorted(day for day, count in shared.items() if count == most) if most >= min(2, len(known)) else []


def compared_closes(dataset: Dataset, companies: list[str]) -> list[DataPoint]:
    """Return market values at the first and the last common day, day by day; then those of companies without either.

    A company whose closes fall on other days stands at its own first and last.
    """
    days = common_dates(dataset, companies)
    ends = dict.fromkeys([days[0], days[-1]]) if days else {}
    found = [cap for day in ends for c in companies if (cap := latest_close(dataset, c, day)) is not None]
    apart = [c for c in companies if c not in {cap.company for cap in found}]
    own = [closes for c in apart if (closes := market_values(dataset, c))]
    return [*found, *(cap for closes in own for cap in (closes[:1] if len(closes) == 1 else [closes[0], closes[-1]]))]


def revenue_basis(dataset: Dataset, company: str, basis: str) -> DataPoint:
    """Return revenue on one of ``REVENUE_BASES``."""
    if basis == "ltm":
        return ltm(dataset, company)
    if basis == "annualised":
        return annualised(dataset, company)
    unit = dataset.companies[company].reporting_currency
    years = [
        f
        for f in dataset.select(company, "revenue")
        if not f.dimensions and f.period and f.period.is_full_year and f.shown
    ]
    if not years:
        return empty(company, "revenue", unit, State.NOT_AVAILABLE, "reason.no_full_year")
    return stated(years[-1])[0]


def price_to_sales(dataset: Dataset, company: str, cap: DataPoint, basis: str, rates: Rates) -> DataPoint:
    """Return a market value as a multiple of revenue.

    The market value is converted into the reporting currency at one rate; revenue is never converted.
    """
    revenue = revenue_basis(known_at(dataset, cap), company, basis)
    value = in_reporting_currency(dataset, company, cap, rates)
    if revenue.value is None or value is None or not term_of(revenue).is_positive:
        reason = revenue.reason or ("reason.no_rate" if value is None else no_divisor(term_of(revenue)))
        return empty(company, f"price_to_sales_{basis}", "x", State.NOT_AVAILABLE, reason, when=cap.when)
    point = derived(value[0] / term_of(revenue), company, f"price_to_sales_{basis}", "x", cap.when)
    return replace(point, rate=value[1])


def in_reporting_currency(dataset: Dataset, company: str, amount: DataPoint, rates: Rates) -> tuple[Term, str] | None:
    """Return an amount in the reporting currency with the ids of the rates used; ``None`` if there is no way."""
    unit = dataset.companies[company].reporting_currency
    if amount.value is None or rates.factor(amount.unit, unit) is None:
        return None
    if amount.unit == unit:
        return term_of(amount), ""
    factor, used = rates.factor(amount.unit, unit) or (Decimal(1), "")
    return term_of(amount) * factor_term(factor), used


def factor_term(factor: Decimal) -> Term:
    """Return an exchange rate as a term: exact, and written to six digits."""
    return replace(Term.number(factor), text=written(Context(prec=6).plus(factor)))


def known_at(dataset: Dataset, cap: DataPoint) -> Dataset:
    """Return the evidence a buyer had on the day of a market value; later results do not count.

    A document that names only its month counts from the last day of the month, as in the control of the evidence –
    unless it states the market value itself: it may then have stood beside it on the day.
    """
    if not isinstance(cap.when, Instant):
        return dataset
    day = cap.when.last
    own = {dataset.claim_by_id[claim].source for claim in cap.claims}
    known = {name: s.published_on.first if name in own else s.published_on.last for name, s in dataset.sources.items()}
    return _with_only(dataset, frozenset(name for name, published in known.items() if published <= day))


@lru_cache(maxsize=32)
def _with_only(dataset: Dataset, names: frozenset[str]) -> Dataset:
    return dataset.restricted(lambda source: source.id in names)


def step_up(dataset: Dataset, company: str, cap: DataPoint, rates: Rates) -> DataPoint | None:
    """Return a market value over the last post-money valuation (the market value includes the new money)."""
    last = last_round(dataset, company, cap)
    value = in_reporting_currency(dataset, company, cap, rates)
    if last is None or value is None:
        return None
    point = derived(value[0] / last, company, "step_up_to_market", "x", cap.when)
    return replace(point, rate=value[1])


def last_round(dataset: Dataset, company: str, cap: DataPoint | None = None) -> Term | None:
    """Return the post-money valuation of the last round, or of the last one up to the day of a market value."""
    day = cap.when.last if cap is not None and isinstance(cap.when, Instant) else date.max
    rounds = [f for f in dataset.select(company, "post_money_valuation") if f.end is not None and f.end <= day]
    terms = [shown_term(f) for f in rounds if f.shown]
    return terms[-1] if terms and terms[-1].is_positive else None


def implied_revenue(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return the revenue that each broker's target market value and multiple imply together."""
    points: list[DataPoint] = []
    for multiple in dataset.select(company, "target_price_to_sales", kind=None):
        broker = multiple.dimensions.get("broker", "")
        caps = [
            f
            for f in dataset.select(company, "target_market_cap", unit="any", kind=None)
            if f.dimensions.get("broker") == broker
        ]
        if caps and caps[0].shown and multiple.shown and Term.of(multiple).is_positive:
            term, unit = shown_term(caps[0]) / Term.of(multiple), caps[0].unit.code
            points.append(
                derived(term, company, "implied_revenue", unit, multiple.period, dimensions={"broker": broker})
            )
    return points


def at_offer_price(dataset: Dataset, company: str, stage: str) -> DataPoint | None:
    """Return offer price × shares in issue at a stage, on the listing day.

    ``at_listing`` holds the new money, ``before_offering`` does not; ``None`` if price or count is missing.
    """
    price = next((f for f in dataset.select(company, "offer_price", unit="any") if f.shown), None)
    counts = [f for f in dataset.select(company, "shares_in_issue") if f.dimensions.get("stage") == stage and f.shown]
    if price is None or not counts:
        return None
    listed = headline(dataset, company, "listed")
    day = Instant.parse(as_day(listed.value).isoformat()) if listed is not None else counts[0].instant
    term = Term.of(price) * Term.of(counts[0], scale=Decimal(10) ** 6)
    dimensions = {"moment": "offer", "stage": stage}
    return derived(term, company, "value_at_offer_price", price.unit.code, day, dimensions=dimensions)


def value_path(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return values by date: after each round, at the offer price, and at the close, in their own currencies."""
    rounds = [p for f in dataset.select(company, "post_money_valuation") for p in stated(f)]
    offer = at_offer_price(dataset, company, "at_listing")
    found = [*rounds, *([offer] if offer else []), *market_values(dataset, company)]
    return sorted(found, key=lambda p: str(getattr(p.when, "last", "")))  # the offer stands before the day's close


def money_chased(dataset: Dataset, company: str, tranche: str) -> DataPoint:
    """Return the demand of a tranche in money: multiple × initial shares × offer price."""
    multiple = headline(dataset, company, "subscription_multiple", tranche=tranche)
    shares = headline(dataset, company, "offer_shares", tranche=tranche, offer_stage="initial")
    price = headline(dataset, company, "offer_price", unit="HKD")
    if multiple is None or shares is None or price is None:
        state, reason = State.NOT_AVAILABLE, "reason.no_tranche_size"
        return empty(company, "money_chased", "HKD", state, reason, dimensions={"tranche": tranche})
    return derived(multiple * shares * price, company, "money_chased", "HKD", dimensions={"tranche": tranche})
