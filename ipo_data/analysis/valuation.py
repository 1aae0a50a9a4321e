"""What the market pays: capitalisation by date, multiples of revenue on each basis, and what targets imply."""

from dataclasses import replace
from decimal import Decimal

from ipo_data.analysis.currency import Rates
from ipo_data.analysis.growth import annualised, ltm
from ipo_data.analysis.points import DataPoint, State, Term, derived, empty, headline, stated
from ipo_data.dataset import Dataset, Fact

REVENUE_BASES = ("full_year", "ltm", "annualised")
"""Last full year · last twelve months · latest period annualised."""


def capitalisations(dataset: Dataset, company: str) -> list[Fact]:
    """Return market values by date, whatever their currency."""
    return dataset.select(company, "market_cap", unit="any")


def latest_close(dataset: Dataset, company: str, on: str | None = None) -> Fact | None:
    """Return the market value at the close of a day, or of the first week's last day that documents agree on.

    Args:
        dataset: The evidence.
        company: Company id.
        on: ISO date; the latest close without an open-ended hedge if not given.
    """
    closes = [f for f in capitalisations(dataset, company) if f.dimensions.get("moment") == "close" and f.shown]
    if on:
        return next((f for f in closes if f.end and f.end.isoformat() == on), None)
    bounded = [f for f in closes if f.interval and f.interval.bounded]
    return bounded[-1] if bounded else None


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


def price_to_sales(dataset: Dataset, company: str, cap: Fact, basis: str, rates: Rates) -> DataPoint:
    """Return a market value as a multiple of revenue.

    The market value is converted into the reporting currency at one rate; revenue is never converted.
    """
    revenue = revenue_basis(_known_at(dataset, cap), company, basis)
    found = rates.factor(cap.unit.code, dataset.companies[company].reporting_currency)
    if revenue.value is None or found is None or not revenue.interval or revenue.value <= 0:
        reason = revenue.reason or "reason.no_rate"
        return empty(company, f"price_to_sales_{basis}", "x", State.NOT_AVAILABLE, reason, cap.instant)
    factor, used = found
    value = Term.of(cap, scale=Decimal(10) ** 6) * Term.number(factor.quantize(Decimal("0.00001")))
    own = Term(
        revenue.value, revenue.interval, frozenset(revenue.claims), revenue.facts, f"{revenue.value / 10**6:.2f}"
    )
    point = derived(value / own, company, f"price_to_sales_{basis}", "x", cap.instant)
    return _with_rate(point, used)


def _known_at(dataset: Dataset, cap: Fact) -> Dataset:
    """Return the evidence a buyer had on the day of a market value; later results do not count."""
    day = cap.end
    return dataset.restricted(lambda source: day is None or source.published_on.first <= day)


def _with_rate(point: DataPoint, rate: str) -> DataPoint:
    return replace(point, rate=rate)


def step_up(dataset: Dataset, company: str, cap: Fact, rates: Rates) -> DataPoint | None:
    """Return a market value over the last post-money valuation (the market value includes the new money)."""
    rounds = [f for f in dataset.select(company, "post_money_valuation") if f.shown]
    found = rates.factor(cap.unit.code, dataset.companies[company].reporting_currency)
    if not rounds or found is None:
        return None
    value = Term.of(cap, scale=Decimal(10) ** 6) * Term.number(found[0].quantize(Decimal("0.00001")))
    last = Term.of(rounds[-1], scale=Decimal(10) ** 6)
    return _with_rate(derived(value / last, company, "step_up_to_market", "x", cap.instant), found[1])


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
    closes = [
        p
        for f in capitalisations(dataset, company)
        if f.dimensions.get("moment") in ("close", "offer")
        for p in stated(f)
    ]
    return sorted(rounds + closes, key=lambda p: str(getattr(p.when, "last", "")))


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
