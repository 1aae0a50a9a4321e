"""The ledger: every stated figure that other stated figures can test, with its verdict."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from ipo_data.analysis.points import Term, headline
from ipo_data.analysis.verdicts import TieOut, tie_out
from ipo_data.dataset import Dataset, Fact
from ipo_data.model.claim import Claim, Flag
from ipo_data.periods import Period

_ONE = Term.number(1)


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One stated figure against its recomputation.

    Attributes:
        id: ``rule:claim``.
        rule: Rule id; its name and formula are in the catalogues.
        claim: The stated figure.
        computed: The recomputed figure, or ``None``.
        verdict: How they relate.
        explanation: Catalogue id of the explanation, or empty.
    """

    id: str
    rule: str
    claim: Claim
    computed: Term | None
    verdict: TieOut
    explanation: str = ""


Rule = Callable[[Dataset, Fact], Term | None]
"""Computes what a fact should be from other facts; ``None`` if an input is missing."""


def ledger(dataset: Dataset) -> list[LedgerRow]:
    """Return every tested figure, ordered by company, rule and claim; rival figures are tested one by one."""
    return [row for company in dataset.companies for row in _company_rows(dataset, company)]


def _company_rows(dataset: Dataset, company: str) -> Iterator[LedgerRow]:
    for rule, (metric, compute) in RULES.items():
        for fact in dataset.select(company, metric, unit="any", kind=None):
            computed = compute(dataset, fact)
            if computed is None and not _is_testable(rule):
                continue
            for claim in _one_per_figure(fact):
                loose = Flag.LOOSE_WORDING in claim.flags
                verdict = tie_out(claim.quantity, computed, loosely_worded=loose)
                if verdict is not TieOut.NOT_COMPUTABLE:
                    yield LedgerRow(f"{rule}:{claim.id}", rule, claim, computed, verdict)


def _is_testable(rule: str) -> bool:
    return rule in RULES


def _one_per_figure(fact: Fact) -> list[Claim]:
    seen: dict[tuple[Decimal, Decimal, str], Claim] = {}
    for claim in fact.claims:
        seen.setdefault((claim.quantity.value, claim.quantity.step, str(claim.quantity.bound)), claim)
    return list(seen.values())


def _million(dataset: Dataset, company: str, metric: str, when: str | None, **options: str) -> Term | None:
    return headline(dataset, company, metric, when, **options)


def _prior_label(fact: Fact) -> str | None:
    return fact.period.prior_year().label if fact.period else None


def _growth_of(metric: str) -> Rule:
    def rule(dataset: Dataset, fact: Fact) -> Term | None:
        now = _million(dataset, fact.company, metric, fact.subject.period, **fact.dimensions)
        before = _million(dataset, fact.company, metric, _prior_label(fact), **fact.dimensions)
        if now is None or before is None or before.value <= 0:
            return None
        return (now / before - _ONE).percent()

    return rule


def _ends(fact: Fact) -> tuple[str, str] | None:
    label = fact.subject.period or ""
    first, dots, last = label.partition("..")
    return (first, last) if dots else None


def _cagr(dataset: Dataset, fact: Fact) -> Term | None:
    ends = _ends(fact)
    if ends is None or not all(label.startswith("FY") for label in ends):
        return None
    first, last = (_million(dataset, fact.company, "revenue", label) for label in ends)
    years = Period.parse(ends[1]).end.year - Period.parse(ends[0]).end.year
    if first is None or last is None or first.value <= 0 or years <= 0:
        return None
    return ((last / first).root(years) - _ONE).percent()


def _times(metric: str) -> Rule:
    def rule(dataset: Dataset, fact: Fact) -> Term | None:
        ends = _ends(fact)
        if ends is None:
            return None
        first = _million(dataset, fact.company, metric, _as_period(ends[0]))
        last = _million(dataset, fact.company, metric, _as_period(ends[1]))
        return last / first if first and last and first.value > 0 else None

    return rule


def _as_period(label: str) -> str:
    """Read the day on which a span ends as the period it closes (2023-12-31 → FY2023, 2025-09-30 → 9M2025)."""
    if label.endswith("-12-31"):
        return f"FY{label[:4]}"
    return f"9M{label[:4]}" if label.endswith("-09-30") else label


def _ratio(metric: str, other: str = "revenue") -> Rule:
    def rule(dataset: Dataset, fact: Fact) -> Term | None:
        above = _million(dataset, fact.company, metric, fact.subject.period)
        below = _million(dataset, fact.company, other, fact.subject.period)
        return above / below if above and below and below.value > 0 else None

    return rule


def _margin(dataset: Dataset, fact: Fact) -> Term | None:
    profit = _million(dataset, fact.company, "gross_profit", fact.subject.period, **fact.dimensions)
    revenue = _million(dataset, fact.company, "revenue", fact.subject.period, **fact.dimensions)
    return (profit / revenue).percent() if profit and revenue and revenue.value > 0 else None


def _share(dataset: Dataset, fact: Fact) -> Term | None:
    part = _million(dataset, fact.company, "revenue", fact.subject.period, **fact.dimensions)
    whole = _million(dataset, fact.company, "revenue", fact.subject.period)
    return (part / whole).percent() if part and whole and whole.value > 0 else None


def _share_by_rest(dataset: Dataset, fact: Fact) -> Term | None:
    """Return 100 % minus the other member's share, for axes with two members."""
    if set(fact.dimensions) != {"segment"}:
        return None
    other = {"c_end": "b_end", "b_end": "c_end"}.get(fact.dimensions["segment"])
    share = _million(dataset, fact.company, "revenue_share", fact.subject.period, segment=other) if other else None
    return Term.number(100) - share if share else None


def _share_by_products(dataset: Dataset, fact: Fact) -> Term | None:
    """Return what a product's share should be if the C-end consists of its products alone."""
    if set(fact.dimensions) != {"product"}:
        return None
    whole = _million(dataset, fact.company, "revenue_share", fact.subject.period, segment="c_end")
    others = [
        f for f in dataset.select(fact.company, "revenue_share")
        if set(f.dimensions) == {"product"} and f.subject.period == fact.subject.period and f.id != fact.id and f.shown
    ]  # fmt: skip
    if whole is None or not others or any(Flag.SUSPECT in other.flags for other in others):
        return None
    for other in others:
        whole = whole - Term.of(other)
    return whole


def _overseas(dataset: Dataset, fact: Fact) -> Term | None:
    if fact.dimensions != {"overseas": "overseas"}:
        return None
    home = _million(dataset, fact.company, "revenue_share", fact.subject.period, region="mainland_china")
    return Term.number(100) - home if home else None


def _against_prior_year(dataset: Dataset, fact: Fact) -> Term | None:
    now = _million(dataset, fact.company, "revenue", fact.subject.period)
    year = fact.period.end.year - 1 if fact.period else 0
    before = _million(dataset, fact.company, "revenue", f"FY{year}")
    return now / before if now and before and before.value > 0 else None


def _loss_ratio_change(dataset: Dataset, fact: Fact) -> Term | None:
    loss = _million(dataset, fact.company, "adjusted_net_loss_growth", fact.subject.period)
    revenue = _million(dataset, fact.company, "revenue_growth", fact.subject.period)
    if loss is None or revenue is None:
        return None
    return ((_ONE + loss.fraction()) / (_ONE + revenue.fraction()) - _ONE).percent()


def _liquidity_parts(dataset: Dataset, fact: Fact) -> Term | None:
    when = fact.subject.as_of
    parts = [
        _million(dataset, fact.company, "cash_and_equivalents", when),
        _million(dataset, fact.company, "financial_assets_fvtpl", when, component="current"),
        _million(dataset, fact.company, "undrawn_facilities", when),
    ]
    if any(part is None for part in parts):
        return None
    first, second, third = (part for part in parts if part is not None)
    return first + second + third


def _runway(dataset: Dataset, fact: Fact) -> Term | None:
    if fact.dimensions.get("proceeds") != "without_proceeds":
        return None
    balance = dataset.find(fact.company, "liquidity", fact.subject.as_of)
    best = balance and (balance.shown or balance.claims[0])
    burns = [
        f
        for f in dataset.select(fact.company, "monthly_burn", kind=None)
        if f.dimensions.get("burn_basis") == "assumed" and f.shown
    ]
    if not balance or not best or not burns:
        return None
    shown = f"{(best.quantity.value / 10**6).normalize():f}"
    amount = Term(best.quantity.value, best.quantity.rounding, frozenset({best.id}), (balance.id,), shown)
    return amount / Term.of(burns[0], scale=Decimal(10) ** 6)


def _first_day(dataset: Dataset, fact: Fact) -> Term | None:
    if fact.dimensions:
        return None
    close = dataset.find(fact.company, "share_price", fact.subject.as_of, unit="HKD", moment="close")
    offer = headline(dataset, fact.company, "offer_price", unit="HKD")
    if close is None or close.shown is None or offer is None:
        return None
    return (Term.of(close) / offer - _ONE).percent()


def _gross_proceeds(dataset: Dataset, fact: Fact) -> Term | None:
    if fact.dimensions.get("options") != "with_over_allotment":
        return None
    price = headline(dataset, fact.company, "offer_price", unit="HKD")
    shares = headline(dataset, fact.company, "offer_shares", offer_stage="final")
    extra = headline(dataset, fact.company, "over_allotment")
    return (shares + extra) * price if price and shares and extra else None


RULES: dict[str, tuple[str, Rule]] = {
    "revenue_growth": ("revenue_growth", _growth_of("revenue")),
    "revenue_cagr": ("revenue_cagr", _cagr),
    "net_loss_growth": ("net_loss_growth", _growth_of("net_loss")),
    "adjusted_loss_growth": ("adjusted_net_loss_growth", _growth_of("adjusted_net_loss")),
    "against_prior_year": ("revenue_to_prior_year", _against_prior_year),
    "gross_margin": ("gross_margin", _margin),
    "share_of_total": ("revenue_share", _share),
    "shares_add_up": ("revenue_share", _share_by_rest),
    "products_add_up": ("revenue_share", _share_by_products),
    "overseas_is_rest": ("revenue_share", _overseas),
    "loss_to_revenue": ("loss_to_revenue", _ratio("adjusted_net_loss")),
    "research_to_revenue": ("research_to_revenue", _ratio("research_and_development")),
    "loss_ratio_change": ("loss_to_revenue_growth", _loss_ratio_change),
    "mau_times": ("mau_multiple", _times("mau")),
    "payers_times": ("paying_users_multiple", _times("paying_users")),
    "liquidity_parts": ("liquidity", _liquidity_parts),
    "runway": ("runway", _runway),
    "first_day_return": ("price_change", _first_day),
    "gross_proceeds": ("gross_proceeds", _gross_proceeds),
}
"""Rule id → the metric it tests and how it recomputes it."""


def conflicts(dataset: Dataset) -> list[Fact]:
    """Return every fact on which documents disagree, by id."""
    return [fact for fact in dataset.facts if fact.status.is_disputed]
