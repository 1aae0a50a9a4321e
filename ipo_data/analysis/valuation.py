"""What the market pays: capitalisation by date, multiples of revenue on each basis, and what targets imply."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from ipo_data.analysis.currency import Rates
from ipo_data.analysis.growth import annualised, ltm
from ipo_data.analysis.points import DataPoint, State, Term, derived, empty, headline, stated
from ipo_data.dataset import Dataset, Fact
from ipo_data.periods import Instant

REVENUE_BASES = ("full_year", "ltm", "annualised")
"""Last full year · last twelve months · latest period annualised."""


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
    """Return the days on which every company with market values has one, oldest first."""
    days = [
        {p.when.last.isoformat() for p in market_values(dataset, c) if isinstance(p.when, Instant)} for c in companies
    ]
    known = [found for found in days if found]
    return sorted(set.intersection(*known)) if known else []


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
    revenue = revenue_basis(_known_at(dataset, cap), company, basis)
    value = _in_reporting_currency(dataset, company, cap, rates)
    if revenue.value is None or value is None or not revenue.interval or revenue.value <= 0:
        reason = revenue.reason or "reason.no_rate"
        return empty(company, f"price_to_sales_{basis}", "x", State.NOT_AVAILABLE, reason, cap.when)
    own = Term(
        revenue.value, revenue.interval, frozenset(revenue.claims), revenue.facts, f"{revenue.value / 10**6:.2f}"
    )
    point = derived(value[0] / own, company, f"price_to_sales_{basis}", "x", cap.when)
    return replace(point, rate=value[1])


def _in_reporting_currency(dataset: Dataset, company: str, cap: DataPoint, rates: Rates) -> tuple[Term, str] | None:
    found = rates.factor(cap.unit, dataset.companies[company].reporting_currency)
    if found is None or cap.value is None or cap.interval is None:
        return None
    shown = f"{(cap.value / 10**6).quantize(Decimal('0.1')):f}"
    term = Term(cap.value, cap.interval, frozenset(cap.claims), cap.facts, shown)
    return term * Term.number(found[0].quantize(Decimal("0.00001"))), found[1]


def _known_at(dataset: Dataset, cap: DataPoint) -> Dataset:
    """Return the evidence a buyer had on the day of a market value; later results do not count."""
    return _known_on(dataset, cap.when.last) if isinstance(cap.when, Instant) else dataset


@lru_cache(maxsize=64)
def _known_on(dataset: Dataset, day: date) -> Dataset:
    return dataset.restricted(lambda source: source.published_on.first <= day)


def step_up(dataset: Dataset, company: str, cap: DataPoint, rates: Rates) -> DataPoint | None:
    """Return a market value over the last post-money valuation (the market value includes the new money)."""
    rounds = [f for f in dataset.select(company, "post_money_valuation") if f.shown]
    value = _in_reporting_currency(dataset, company, cap, rates)
    if not rounds or value is None:
        return None
    point = derived(value[0] / Term.of(rounds[-1], scale=Decimal(10) ** 6), company, "step_up_to_market", "x", cap.when)
    return replace(point, rate=value[1])


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
        if caps and caps[0].shown and multiple.shown:
            term = Term.of(caps[0], scale=Decimal(10) ** 6) / Term.of(multiple)
            points.append(
                derived(
                    term, company, "implied_revenue", caps[0].unit.code, multiple.period, dimensions={"broker": broker}
                )
            )
    return points


def value_path(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return post-money valuations of rounds and market values at the close, in their own currencies, by date."""
    rounds = [p for f in dataset.select(company, "post_money_valuation") for p in stated(f)]
    return sorted(rounds + market_values(dataset, company), key=lambda p: str(getattr(p.when, "last", "")))


def money_chased(dataset: Dataset, company: str, tranche: str) -> DataPoint:
    """Return the demand of a tranche in money: multiple × initial shares × offer price."""
    multiple = headline(dataset, company, "subscription_multiple", tranche=tranche)
    shares = headline(dataset, company, "offer_shares", tranche=tranche, offer_stage="initial")
    price = headline(dataset, company, "offer_price", unit="HKD")
    if multiple is None or shares is None or price is None:
        return empty(
            company,
            "money_chased",
            "HKD",
            State.NOT_AVAILABLE,
            "reason.no_tranche_size",
            dimensions={"tranche": tranche},
        )
    return derived(multiple * shares * price, company, "money_chased", "HKD", dimensions={"tranche": tranche})
