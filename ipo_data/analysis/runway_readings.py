"""Other readings of the same money: implied cash, the burn a claim needs, and runway with the offer's proceeds."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ipo_data.analysis import runway
from ipo_data.analysis.currency import Rates
from ipo_data.analysis.points import DataPoint, Term, derived, headline, quotient, shown_term, stated, term_of, written
from ipo_data.analysis.runway import Amount
from ipo_data.analysis.valuation import in_reporting_currency
from ipo_data.dataset import Dataset
from ipo_data.loading.records import subject_id
from ipo_data.model.claim import Claim
from ipo_data.periods import Instant


def implied_cash(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return the company's own balance − current financial assets − bank lines: cash to the digit of the others."""
    points = []
    for fact in dataset.select(company, "liquidity"):
        day = fact.subject.as_of
        assets = headline(dataset, company, "financial_assets_fvtpl", day, component="current")
        lines = headline(dataset, company, "undrawn_facilities", day)
        whole = headline(dataset, company, "liquidity", day)
        if whole is not None and assets is not None and lines is not None:
            term = whole - assets - lines
            points.append(derived(term, company, "cash_implied", fact.unit.code, fact.instant))
    return points


def implied_cash_months(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return how many months the implied cash lasts at the company's own burn."""
    when = runway.balance_date(dataset, company)
    own = _own_burn(dataset, company, when) if when is not None else None
    points = []
    for cash in implied_cash(dataset, company):
        current = isinstance(cash.when, Instant) and cash.when.last.isoformat() == when
        ratio = quotient(term_of(cash), own.term) if own is not None and current else None
        if ratio is not None and own is not None:
            dimensions = {"liquidity": "cash_only", "burn": own.definition}
            points.append(derived(ratio, company, "runway_cash_implied", "months", cash.when, dimensions=dimensions))
    return points


def _own_burn(dataset: Dataset, company: str, when: str) -> Amount | None:
    """Return the burn the company reckons with: assumed, else realised; ``None`` unless it is positive."""
    burns = runway.burn_amounts(dataset, company, when)
    found = next((b for name in ("assumed", "realised") for b in burns if b.definition == name), None)
    return found if found is not None and found.term.is_positive else None


def latest_months(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return how many months cash and equivalents last at the operating outflow of the period they close.

    The latest balance that ends a period with a stated outflow counts; money raised later is not in it.
    """
    outflows = {f.end: f for f in dataset.select(company, "operating_cash_outflow") if not f.dimensions and f.shown}
    for cash in reversed(dataset.select(company, "cash_and_equivalents")):
        outflow = outflows.get(cash.end)
        if cash.dimensions or not cash.shown or outflow is None or outflow.period is None:
            continue
        monthly = shown_term(outflow) / outflow.period.months
        ratio = quotient(shown_term(cash), monthly) if cash.unit == outflow.unit else None
        if ratio is not None:
            return [derived(ratio, company, "runway_latest", "months", cash.instant)]
    return []


def burn_needed(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return the monthly burn that reconciles a document's runway with its own balance.

    Companies quote complete months, so a runway of n months fits a burn of at most balance ÷ n and more than
    balance ÷ (n + 1). A runway with decimals is rounded like any other figure.
    """
    points: list[DataPoint] = []
    for months, balance in _claims_of_one_document(dataset, company):
        unit = balance.quantity.unit.code
        n, step = months.quantity.value, months.quantity.step
        shortest, longest = (n, n + 1) if step >= 1 else (n - step / 2, n + step / 2)
        money = Term(
            balance.quantity.value, balance.quantity.rounding, frozenset({balance.id, months.id}),
            tuple(subject_id(c, dataset.companies[company].reporting_currency) for c in (balance, months)),
            written(balance.quantity.value / 10**6),
        )  # fmt: skip
        for measure, count in (("burn_needed_at_most", shortest), ("burn_needed_at_least", longest)):
            points.append(derived(money / Term.number(count), company, measure, unit, months.instant))
    return points


def _claims_of_one_document(dataset: Dataset, company: str) -> Iterator[tuple[Claim, Claim]]:
    """Return every runway without proceeds with the balance the same document states for the same day."""
    balances = [c for f in dataset.select(company, "liquidity") for c in f.claims]
    for fact in dataset.select(company, "runway"):
        if fact.dimensions.get("proceeds", "without_proceeds") != "without_proceeds":
            continue
        for claim in fact.claims:
            own = [b for b in balances if b.source == claim.source and b.stamp == claim.stamp]
            if own and claim.quantity.value > 0:
                yield claim, own[0]


def without_wealth_products(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return the realised burn without the wealth products bought in its period, and the runway at that burn.

    Buying such products moves money, it does not spend it: (burn × months − bought) ÷ months.
    """
    unit, when = dataset.companies[company].reporting_currency, runway.balance_date(dataset, company)
    points = []
    for fact in dataset.select(company, "monthly_burn"):
        bought = headline(dataset, company, "wealth_products_bought", fact.subject.period)
        if fact.dimensions != {"burn_basis": "realised"} or not (fact.shown and fact.period and bought):
            continue
        months = Term.number(fact.period.months)
        burn = (shown_term(fact) * months - bought) / months
        points.append(derived(burn, company, "burn_without_wealth_products", unit, fact.period))
        for amount in runway.liquidity_amounts(dataset, company, when) if when else []:
            ratio = quotient(amount.term, burn)
            if ratio is not None and when:
                dimensions = {"liquidity": amount.definition, "burn": "realised"}
                day, measure = Instant.parse(when), "runway_without_wealth_products"
                points.append(derived(ratio, company, measure, "months", day, dimensions=dimensions))
    return points


def burn_to_adjusted_loss(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return each measure of monthly burn as a multiple of the adjusted loss per month."""
    when = runway.balance_date(dataset, company)
    amounts = runway.burn_amounts(dataset, company, when) if when else []
    loss = next((a.term for a in amounts if a.definition == "adjusted_loss"), None)
    points = []
    for amount in amounts:
        ratio = quotient(amount.term, loss) if amount.definition != "adjusted_loss" else None
        if ratio is not None:
            dimensions = {"burn": amount.definition}
            points.append(derived(ratio, company, "burn_to_adjusted_loss", "x", dimensions=dimensions))
    return points


@dataclass(frozen=True, slots=True)
class Proceeds:
    """Money from the offer.

    Attributes:
        tier: ``company_estimate``, ``net`` or ``gross``.
        term: The amount in the reporting currency.
        rate: Exchange rate ids, if it was converted.
    """

    tier: str
    term: Term
    rate: str = ""


_OPTIONS = ("with_over_allotment", "with_size_adjustment", "before_options")
"""States of the options, the most money first."""


def proceeds(dataset: Dataset, company: str, rates: Rates) -> list[Proceeds]:
    """Return what the offer brings: the company's own estimate, and the final amounts net and gross of costs."""
    found = []
    own = [f for f in dataset.select(company, "proceeds_in_runway") if f.shown]
    if own:
        found.append(Proceeds("company_estimate", shown_term(own[-1])))
    for tier, metric in (("net", "net_proceeds"), ("gross", "gross_proceeds")):
        point = largest_proceeds(dataset, company, metric)
        converted = in_reporting_currency(dataset, company, point, rates) if point is not None else None
        if converted is not None:
            found.append(Proceeds(tier, *converted))
    return found


def largest_proceeds(dataset: Dataset, company: str, metric: str) -> DataPoint | None:
    """Return what the offer brings with as many of its options as a document states; ``None`` if none does."""
    facts = {f.dimensions.get("options", ""): f for f in dataset.select(company, metric, unit="any") if f.shown}
    best = next((facts[option] for option in _OPTIONS if option in facts), None)
    return stated(best)[0] if best is not None else None


def with_proceeds(dataset: Dataset, company: str, rates: Rates) -> list[DataPoint]:
    """Return months of runway for every liquidity and proceeds tier at the company's own burn."""
    when = runway.balance_date(dataset, company)
    if when is None:
        return []
    own = _own_burn(dataset, company, when)
    if own is None:
        return []
    offers = proceeds(dataset, company, rates)
    amounts = runway.liquidity_amounts(dataset, company, when)
    return [_months(company, when, amount, offer, own) for amount in amounts for offer in offers]


def _months(company: str, when: str, amount: Amount, offer: Proceeds, burn: Amount) -> DataPoint:
    dimensions = {"liquidity": amount.definition, "burn": burn.definition, "proceeds": offer.tier}
    term = (amount.term + offer.term) / burn.term
    point = derived(term, company, "runway_with_proceeds", "months", Instant.parse(when), dimensions=dimensions)
    return replace(point, rate=offer.rate)
