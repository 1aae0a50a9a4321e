"""Running the rules over the evidence: rows, what cannot be tested, and explanations."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final

from ipo_data.analysis.ledger import cash_rules, deal_rules, growth_rules, share_rules, statement_rules, sum_rules
from ipo_data.analysis.ledger.model import LedgerRow, Rule
from ipo_data.analysis.points import Term
from ipo_data.analysis.verdicts import TieOut, tie_out
from ipo_data.dataset import Dataset, Fact
from ipo_data.model.claim import Claim, Flag
from ipo_data.model.judgement import Verdict

RULES: Final[tuple[Rule, ...]] = (
    *growth_rules.RULES, *share_rules.RULES, *statement_rules.RULES, *sum_rules.RULES, *cash_rules.RULES,
    *deal_rules.RULES,
)  # fmt: skip
"""Every rule, by topic."""

_OUTCOMES: Final = {
    Verdict.OTHER_BASIS: TieOut.OTHER_BASIS, Verdict.EARLIER_VERSION: TieOut.OTHER_BASIS,
    Verdict.LOOSE_WORDING: TieOut.LOOSE_WORDING,
}  # fmt: skip
_ANY_CURRENCY: Final = frozenset({
    "other_currency", "gross_proceeds", "net_proceeds", "price_times_shares", "sum_of_investor", "first_day_return",
    "cumulative_loss", "sum_in_two_currencies",
})  # fmt: skip
"""Rules whose inputs are in the currency of the fact; all others work in the reporting currency."""


@dataclass(frozen=True, slots=True)
class Untested:
    """A stated figure that no rule can recompute in this evidence.

    Attributes:
        rule: Rule that would test it.
        claim: The stated figure.
    """

    rule: str
    claim: Claim


@lru_cache(maxsize=16)
def ledger(dataset: Dataset) -> tuple[LedgerRow, ...]:
    """Return every tested figure, by company, rule and claim; rival figures of one fact are tested one by one."""
    order = {name: index for index, name in enumerate(dataset.companies)}
    return tuple(sorted(_rows(dataset), key=lambda row: (order[row.claim.company], row.id)))


@lru_cache(maxsize=16)
def untested(dataset: Dataset) -> tuple[Untested, ...]:
    """Return ratios, shares and growth rates that should follow from other figures but lack an input here."""
    tested = {row.claim.id for row in ledger(dataset)}
    found = []
    for rule in RULES:
        for company in dataset.companies:
            for fact in _facts(dataset, company, rule) if rule.expects else []:
                found += [Untested(rule.id, c) for c in _one_per_figure(fact) if c.id not in tested]
    return tuple(sorted(found, key=lambda item: (item.rule, item.claim.id)))


def _facts(dataset: Dataset, company: str, rule: Rule) -> list[Fact]:
    return dataset.select(company, rule.metric, unit="any", basis=None, kind=None)


def _rows(dataset: Dataset) -> Iterator[LedgerRow]:
    for company, record in dataset.companies.items():
        for rule in RULES:
            for fact in _facts(dataset, company, rule):
                if fact.unit.is_money and fact.unit.code != record.reporting_currency and rule.id not in _ANY_CURRENCY:
                    continue
                whole = rule.compute(dataset, fact)
                for claim in _one_per_figure(fact):
                    own = rule.own(dataset, fact, claim) if whole is None and rule.own is not None else None
                    computed = whole or own
                    if computed is not None and fact.id not in computed.facts:
                        yield _row(dataset, rule, fact, claim, computed)


def _row(dataset: Dataset, rule: Rule, fact: Fact, claim: Claim, computed: Term) -> LedgerRow:
    verdict = tie_out(claim.quantity, computed, loosely_worded=Flag.LOOSE_WORDING in claim.flags)
    identity = f"{rule.id}:{claim.id}"
    if verdict is not TieOut.IN_CONFLICT:
        return LedgerRow(identity, rule.id, claim, computed, verdict)
    judgement = fact.judgement
    if judgement is not None and claim in fact.rivals:
        outcome = _OUTCOMES.get(judgement.verdict, TieOut.IN_CONFLICT)
        return LedgerRow(identity, rule.id, claim, computed, outcome, reason=judgement.because)
    explanation = _explanation(dataset, rule, fact, claim, computed)
    return LedgerRow(identity, rule.id, claim, computed, TieOut.OTHER_BASIS if explanation else verdict, explanation)


def _explanation(dataset: Dataset, rule: Rule, fact: Fact, claim: Claim, computed: Term) -> str:
    """Return the catalogue id of a difference of basis that the figures themselves show, or nothing."""
    if rule.id == "share_of_total" and _forced_to_hundred(dataset, fact, claim, computed):
        return "explain.parts_to_hundred"
    if rule.id == "round_value" and _has_two_prices(dataset, fact):
        return "explain.two_prices"
    if rule.id == "cumulative_loss":
        fits = [t for t in sum_rules.other_span(dataset, fact) if tie_out(claim.quantity, t) is not TieOut.IN_CONFLICT]
        return "explain.other_span" if fits else ""
    return ""


def _has_two_prices(dataset: Dataset, fact: Fact) -> bool:
    """Tell whether a round was paid in two instalments at two prices, so that its values do not add up."""
    prices = dataset.select(fact.company, "price_per_share")
    return (
        sum(f.dimensions.get("round") == fact.dimensions.get("round") and "payment" in f.dimensions for f in prices) > 1
    )


def _forced_to_hundred(dataset: Dataset, fact: Fact, claim: Claim, computed: Term) -> bool:
    """Tell whether a share was nudged so that the printed shares of its axis add up to exactly 100.

    That is so if the shares its document prints add up to 100, their amounts rounded one by one do not, and this share
    is the neighbouring step of its own rounding.
    """
    axes, step = set(fact.dimensions), claim.quantity.step
    facts = dataset.select(fact.company, "revenue_share")
    family = [f for f in facts if set(f.dimensions) == axes and f.period == fact.period]
    own = [next((c for c in f.claims if c.source == claim.source), None) for f in family]
    printed = sum((c.quantity.value for c in own if c is not None), Decimal(0))
    whole = dataset.find(fact.company, "revenue", fact.subject.period)
    found = [dataset.find(fact.company, "revenue", f.subject.period, **f.dimensions) for f in family]
    amounts = [f.value for f in found if f is not None and f.value is not None]
    if len(axes) != 1 or printed not in (100, _top(dataset, fact)) or len(amounts) != len(family):
        return False
    if whole is None or not whole.value:
        return False
    alone = sum((_to_step(amount / whole.value * 100, step) for amount in amounts), Decimal(0))
    return alone != printed and abs(_to_step(computed.value, step) - claim.quantity.value) == step


def _top(dataset: Dataset, fact: Fact) -> Decimal | None:
    """Return what products must add up to: the consumer segment's share."""
    whole = (
        dataset.find(fact.company, "revenue_share", fact.subject.period, segment="c_end")
        if "product" in fact.dimensions
        else None
    )
    return whole.value if whole else None


def _to_step(value: Decimal, step: Decimal) -> Decimal:
    return (value / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step


def _one_per_figure(fact: Fact) -> list[Claim]:
    seen: dict[tuple[Decimal, Decimal, str], Claim] = {}
    for claim in fact.claims:
        seen.setdefault((claim.quantity.value, claim.quantity.step, str(claim.quantity.bound)), claim)
    return list(seen.values())
