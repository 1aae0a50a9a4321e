"""Rules on cash: parts of liquidity, burn, runway, and amounts printed in two currencies."""

from decimal import Decimal

from ipo_data.analysis.ledger.model import Rule, shown, term, total
from ipo_data.analysis.points import Term, quotient, written
from ipo_data.dataset import Dataset, Fact
from ipo_data.model.claim import Claim


def liquidity_parts(dataset: Dataset, fact: Fact) -> Term | None:
    """Return cash + current financial assets + undrawn bank lines."""
    combined = term(dataset, fact, "cash_and_investments")
    lines = term(dataset, fact, "undrawn_facilities")
    if combined and lines:
        return combined + lines
    cash = term(dataset, fact, "cash_and_equivalents")
    assets = term(dataset, fact, "financial_assets_fvtpl", component="current")
    return total([cash, assets, lines]) if cash and assets and lines else None


def cash_burn(dataset: Dataset, fact: Fact) -> Term | None:
    """Return nothing: lease payments, the third part of the company's burn, are not stated apart."""
    del dataset, fact
    return None


def runway(dataset: Dataset, fact: Fact) -> Term | None:
    """Return (liquidity + the stated share of offer proceeds) ÷ the company's monthly burn."""
    return _months(dataset, fact, term(dataset, fact, "liquidity"))


def runway_of_document(dataset: Dataset, fact: Fact, claim: Claim) -> Term | None:
    """Return the same from the balance that the runway's own document states, where documents disagree on it."""
    balance = dataset.find(fact.company, "liquidity", fact.subject.as_of)
    own = next((c for c in balance.claims if c.source == claim.source), None) if balance is not None else None
    if balance is None or own is None:
        return None
    text = written(own.quantity.value / 10**6)
    return _months(
        dataset, fact, Term(own.quantity.value, own.quantity.rounding, frozenset({own.id}), (balance.id,), text)
    )


_PROCEEDS = {"without_proceeds": Decimal(0), "tenth_of_proceeds": Decimal("0.1"), "with_proceeds": Decimal(1)}


def _months(dataset: Dataset, fact: Fact, money: Term | None) -> Term | None:
    share = _PROCEEDS.get(fact.dimensions.get("proceeds", ""))
    if money is None or share is None:
        return None
    if share:
        proceeds = term(dataset, fact, "proceeds_in_runway")
        if proceeds is None:
            return None
        money = money + (proceeds if share == 1 else proceeds * Term.number(share))
    return quotient(money, _company_burn(dataset, fact))


def _company_burn(dataset: Dataset, fact: Fact) -> Term | None:
    burns = [f for f in dataset.select(fact.company, "monthly_burn", kind=None) if f.shown and f.end]
    assumed = [f for f in burns if f.dimensions.get("burn_basis") == "assumed"]
    realised = [
        f for f in burns if f.dimensions.get("burn_basis") == "realised" and fact.end and f.end and f.end <= fact.end
    ]
    chosen = assumed or realised
    return shown(chosen[-1]) if chosen else None


def other_currency(dataset: Dataset, fact: Fact) -> Term | None:
    """Return the amount in the reporting currency × the rate the articles imply, for amounts printed in another."""
    reporting = dataset.companies[fact.company].reporting_currency
    if fact.unit.code == reporting:
        return None
    own = dataset.find(
        fact.company, fact.metric.id, fact.subject.period or fact.subject.as_of, kind=None, **fact.dimensions
    )
    rate = next(
        (r for r in dataset.rates if r.set == "articles" and (r.base, r.quote) == (reporting, fact.unit.code)), None
    )
    if own is None or own.shown is None or rate is None:
        return None
    return shown(own) * Term.number(rate.rate)


_TWICE_PRINTED = ("revenue", "net_loss", "post_money_valuation", "monthly_burn", "cumulative_net_loss", "round_amount")

RULES = (
    Rule("liquidity_parts", "liquidity", liquidity_parts, expects=False),
    Rule("cash_burn", "cash_burn", cash_burn),
    Rule("runway", "runway", runway, own=runway_of_document),
    *(Rule("other_currency", metric, other_currency, expects=False) for metric in _TWICE_PRINTED),
)
