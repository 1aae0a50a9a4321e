"""What the market pays, read other ways: enterprise value, the price behind a value, and what targets ask for."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from ipo_data.analysis import runway
from ipo_data.analysis.bases import ltm
from ipo_data.analysis.currency import Rates
from ipo_data.analysis.growth import latest, revenue_facts
from ipo_data.analysis.points import (
    DataPoint,
    Term,
    derived,
    headline,
    quotient,
    shown_term,
    stated,
    term_of,
    written,
)
from ipo_data.analysis.runway_readings import proceeds
from ipo_data.analysis.valuation import (
    REVENUE_BASES,
    implied_revenue,
    in_reporting_currency,
    known_at,
    last_round,
    latest_close,
    market_values,
    revenue_basis,
)
from ipo_data.dataset import Dataset, Fact
from ipo_data.loading.records import subject_id
from ipo_data.model.claim import Claim
from ipo_data.periods import Instant, Period
from ipo_data.quantities import as_day

_ONE = Term.number(1)


def enterprise_values(dataset: Dataset, company: str, rates: Rates) -> list[DataPoint]:
    """Return market value − cash and investments − offer money not yet in them + borrowings, and its multiples.

    Undrawn bank lines are never money. Investor instruments became shares at listing and are not added. Balances count
    as far as they were published on the day; what a listing brought counts from that listing on, whoever prints it.
    """
    points: list[DataPoint] = []
    for cap in market_values(dataset, company):
        known = known_at(dataset, cap)
        value = in_reporting_currency(known, company, cap, rates)
        found = _without_money(known, company, cap, value[0]) if value is not None else None
        if value is None or found is None:
            continue
        offer = _offer_money(dataset, company, cap, found[0], rates)
        worth = found[1] - offer if offer is not None else found[1]
        unit = dataset.companies[company].reporting_currency
        points.append(replace(derived(worth, company, "enterprise_value", unit, cap.when), rate=value[1]))
        for basis in REVENUE_BASES:
            revenue = revenue_basis(known, company, basis)
            ratio = quotient(worth, term_of(revenue)) if revenue.value is not None else None
            if ratio is not None:
                multiple = derived(ratio, company, f"enterprise_value_to_sales_{basis}", "x", cap.when)
                points.append(replace(multiple, rate=value[1]))
    return points


def _day(cap: DataPoint) -> date:
    return cap.when.last if isinstance(cap.when, Instant) else date.max


def _without_money(known: Dataset, company: str, cap: DataPoint, value: Term) -> tuple[str, Term] | None:
    """Return the date of the last published balance and value − cash and investments + borrowings on it."""
    balance = _liquid(known, company, _day(cap))
    if balance is None:
        return None
    on, liquid = balance
    debt = headline(known, company, "bank_borrowings", on)
    return on, value - liquid + debt if debt is not None else value - liquid


def _offer_money(dataset: Dataset, company: str, cap: DataPoint, on: str, rates: Rates) -> Term | None:
    """Return what the offering brought if it took place after the balance and by the day of the market value."""
    listed = headline(dataset, company, "listed")
    if listed is None or not date.fromisoformat(on) < as_day(listed.value) <= _day(cap):
        return None
    offers = {offer.tier: offer.term for offer in proceeds(dataset, company, rates)}
    return offers.get("net") or offers.get("gross")


def _liquid(dataset: Dataset, company: str, day: date) -> tuple[str, Term] | None:
    """Return cash and investments without bank lines on the last balance date up to ``day``.

    ``None`` if the last balance does not tell them: an older one may be a placing or two away.
    """
    metrics = ("liquidity", "cash_and_equivalents", "cash_and_investments")
    facts = [f for metric in metrics for f in dataset.select(company, metric)]
    on = max((f.end.isoformat() for f in facts if f.end is not None and f.end <= day), default="")
    found = runway.liquidity_amounts(dataset, company, on) if on else []
    return next(((on, a.term) for a in found if a.definition == "cash_and_investments"), None)


def round_to_sales(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return the last post-money valuation ÷ revenue of the last twelve months."""
    last, revenue = last_round(dataset, company), ltm(dataset, company)
    ratio = quotient(last, term_of(revenue)) if revenue.value is not None else None
    return [derived(ratio, company, "last_round_to_sales", "x", revenue.when)] if ratio is not None else []


def implied_prices(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return the price behind every stated market value and target: value ÷ shares in issue by then."""
    points = []
    for metric, measure in (("market_cap", "price_implied"), ("target_market_cap", "target_price_implied")):
        for fact in dataset.select(company, metric, unit="any", kind=None):
            issued = _issued(dataset, company, fact)
            ratio = quotient(shown_term(fact), issued) if fact.shown and issued is not None else None
            if ratio is not None:
                points.append(
                    derived(ratio, company, measure, fact.unit.code, fact.instant, dimensions=fact.dimensions)
                )
    return points


def _issued(dataset: Dataset, company: str, fact: Fact) -> Term | None:
    """Return the last share count up to the day of a market value, or the count at listing for undated targets."""
    counts = [
        f for f in dataset.select(company, "shares_in_issue")
        if f.shown and f.end and f.dimensions.get("stage") != "before_offering"
    ]  # fmt: skip
    until = [f for f in counts if fact.end and f.end and f.end <= fact.end]
    chosen = until[-1:] if fact.end else counts[:1]
    return Term.of(chosen[0], scale=Decimal(10) ** 6) if chosen else None


def targets(dataset: Dataset, company: str, rates: Rates) -> list[DataPoint]:
    """Return how the market values of the time and of now compare with each broker's target and what it implies."""
    points: list[DataPoint] = []
    for implied in implied_revenue(dataset, company):
        target = _target(dataset, company, implied)
        cap = _close_by(dataset, company, target) if target is not None else None
        points += _growth_asked(known_at(dataset, cap) if cap is not None else dataset, company, implied, rates)
        caps = [cap, latest_close(dataset, company)] if cap is not None and target is not None else []
        alike = {str(c.when): c for c in caps if c is not None and target is not None and c.unit == target.unit}
        for then in alike.values():
            points += _over(then, (("market_value_to_target", target), ("price_to_implied_revenue", implied)))
    return points


def _over(cap: DataPoint, below: Iterable[tuple[str, DataPoint | None]]) -> list[DataPoint]:
    """Return a market value over each of some amounts, by measure."""
    return [
        derived(ratio, cap.company, measure, "x", cap.when, dimensions=amount.dimensions)
        for measure, amount in below
        if amount is not None and (ratio := quotient(term_of(cap), term_of(amount))) is not None
    ]  # fmt: skip


def _target(dataset: Dataset, company: str, implied: DataPoint) -> DataPoint | None:
    facts = dataset.select(company, "target_market_cap", unit="any", kind=None)
    found = [f for f in facts if f.dimensions == implied.dimensions and f.shown]
    return stated(found[0])[0] if found else None


def _close_by(dataset: Dataset, company: str, target: DataPoint) -> DataPoint | None:
    """Return the last market value at the close up to the day on which a target was published."""
    published = dataset.sources[dataset.claim_by_id[target.claims[0]].source].published_on.last
    closes = market_values(dataset, company)
    return next((p for p in reversed(closes) if isinstance(p.when, Instant) and p.when.last <= published), None)


def _growth_asked(dataset: Dataset, company: str, implied: DataPoint, rates: Rates) -> list[DataPoint]:
    """Return the implied revenue over the last full year's, and the yearly growth from there to the target's year."""
    years = [f for f in revenue_facts(dataset, company) if f.period and f.period.is_full_year]
    base = latest(years)
    value = in_reporting_currency(dataset, company, implied, rates)
    if base is None or base.period is None or value is None or not isinstance(implied.when, Period):
        return []
    ratio = quotient(value[0], shown_term(base))
    span = implied.when.end.year - base.period.end.year
    if ratio is None or span <= 0:
        return []
    found = [derived(ratio, company, "implied_revenue_multiple", "x", implied.when, dimensions=implied.dimensions)]
    if ratio.is_positive:
        growth = (ratio.root(span) - _ONE).percent()
        found.append(
            derived(growth, company, "implied_revenue_cagr", "percent", implied.when, dimensions=implied.dimensions)
        )
    return [replace(point, rate=value[1]) for point in found]


def forecast_multiples(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return the multiple that a broker's compound rate makes over its span: (1 + rate)^years."""
    points = []
    for fact in dataset.select(company, "forecast_revenue_cagr", kind=None):
        first, dots, last = (fact.subject.period or "").partition("..")
        if not dots or fact.shown is None or not (_ONE + Term.of(fact).fraction()).is_positive:
            continue
        years = Period.parse(last).end.year - Period.parse(first).end.year
        factor = _ONE + Term.of(fact).fraction()
        term = factor
        for _ in range(years - 1):
            term = term * factor
        points.append(derived(term, company, "forecast_revenue_multiple", "x", fact.period, dimensions=fact.dimensions))
    return points


def implied_rates(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return the exchange rate of every amount that one document prints in two currencies."""
    unit = dataset.companies[company].reporting_currency
    found = [c for c in dataset.claims if c.company == company and c.quantity.unit.is_money]
    money = sorted(found, key=lambda c: c.id)  # the order of files does not matter
    own = {_printed_once(c): c for c in money if c.quantity.unit.code == unit}
    points = []
    for claim in money:
        other, code = own.get(_printed_once(claim)), claim.quantity.unit.code
        ratio = quotient(_as_printed(claim, unit), _as_printed(other, unit)) if other and code != unit else None
        if ratio is not None:
            when, dimensions = claim.span or claim.instant, {"pair": f"{code}-per-{unit}"}
            points.append(derived(ratio, company, "rate_implied", "x", when, dimensions=dimensions))
    return points


def _printed_once(claim: Claim) -> tuple[object, ...]:
    """Return what a claim is about apart from its currency, with its document."""
    return claim.metric, claim.stamp, claim.dimensions, claim.basis, claim.kind, claim.source


def _as_printed(claim: Claim, unit: str) -> Term:
    quantity = claim.quantity
    facts = (subject_id(claim, unit),)
    return Term(quantity.value, quantity.rounding, frozenset({claim.id}), facts, written(quantity.value / 10**6))
