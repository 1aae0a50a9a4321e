"""What the runway model starts from, taken from facts: one set of opening figures per company, each with its claims.

Amounts are in millions of the reporting currency. Nothing is filled in: without cash, burn, revenue by segment,
margins and research spending there are no inputs, and the missing ones are named.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from ipo_data.analysis import growth, margins, mix, runway
from ipo_data.analysis.bases import ltm
from ipo_data.analysis.currency import Rates
from ipo_data.analysis.points import Term, headline
from ipo_data.analysis.runway_readings import largest_proceeds
from ipo_data.dataset import Dataset, Fact
from ipo_data.model.scenario import (
    CalibrationInputs,
    FacilityPolicy,
    Funding,
    OpeningLiquidity,
    SegmentOpening,
)

_MILLION: Final = Decimal(10) ** 6
_LONG_PART: Final = 9
"""From nine months on the last month can be estimated from growth; shorter parts are too seasonal for that."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Opening figures of one company.

    Attributes:
        company: Company id.
        inputs: What the model is calibrated with; ``None`` if something is missing.
        terms: Input name → the term it comes from, for provenance.
        missing: Catalogue ids of what the evidence lacks.
    """

    company: str
    inputs: CalibrationInputs | None
    terms: Mapping[str, Term] = field(default_factory=dict)
    missing: tuple[str, ...] = ()

    @property
    def claims(self) -> tuple[str, ...]:
        """Ids of all claims behind the inputs."""
        return tuple(sorted({claim for term in self.terms.values() for claim in term.claims}))


def opening(
    dataset: Dataset, company: str, rates: Rates, *, facilities: FacilityPolicy = FacilityPolicy.EXCLUDE,
    with_offer: bool = False,
) -> Opening:  # fmt: skip
    """Return a company's opening figures at its latest balance date with a stated runway.

    Args:
        dataset: The evidence.
        company: Company id.
        rates: Rate set for offer proceeds raised in another currency.
        facilities: What undrawn bank lines are worth.
        with_offer: Whether the net proceeds of the offering arrive in the month of listing.
    """
    when = runway.balance_date(dataset, company)
    terms: dict[str, Term] = {}
    if when is not None:
        terms |= _liquidity(dataset, company, when) | _spending(dataset, company, when)
    segments = _segments(dataset, company) if when else {}
    missing = [name for name in ("cash", "burn", "research") if name not in terms]
    missing += [] if segments else ["segments"]
    if when is None or missing:
        return Opening(company, None, terms, tuple(f"input.{name}" for name in missing or ["cash"]))
    for name, (revenue, margin) in segments.items():
        terms |= {f"revenue.{name}": revenue, f"gross_margin.{name}": margin}
    funding: tuple[Funding, ...] = ()
    if with_offer and (offer := _offer(dataset, company, rates, date.fromisoformat(when))) is not None:
        terms["offer"], funding = offer[0], (offer[1],)
    return Opening(
        company,
        _inputs(dataset, company, when, terms=terms, segments=segments, funding=funding, facilities=facilities),
        terms,
    )


def _inputs(
    dataset: Dataset, company: str, when: str, *, terms: Mapping[str, Term],
    segments: Mapping[str, tuple[Term, Term]], funding: tuple[Funding, ...], facilities: FacilityPolicy,
) -> CalibrationInputs:  # fmt: skip
    days = {"receivable_days": float(terms["receivable_days"].value)} if "receivable_days" in terms else {}
    return CalibrationInputs(
        currency=dataset.companies[company].reporting_currency,
        balance_date=date.fromisoformat(when),
        liquidity=OpeningLiquidity(
            cash=_in_millions(terms["cash"]),
            financial_assets=_in_millions(terms["financial_assets"]) if "financial_assets" in terms else 0.0,
            undrawn_facilities=_in_millions(terms["undrawn_facilities"]) if "undrawn_facilities" in terms else 0.0,
            facility_policy=facilities,
        ),
        segments=tuple(
            SegmentOpening(name=name, revenue=_in_millions(revenue), gross_margin=float(margin.value) / 100)
            for name, (revenue, margin) in segments.items()
        ),
        research_and_development=_in_millions(terms["research"]),
        burn=_in_millions(terms["burn"]),
        capex=_in_millions(terms["capex"]) if "capex" in terms else 0.0,
        funding=funding,
        **days,
    )


def _in_millions(term: Term) -> float:
    return float(term.value / _MILLION)


def _fact_term(fact: Fact) -> Term:
    return Term.of(fact, scale=_MILLION)


def _liquidity(dataset: Dataset, company: str, when: str) -> dict[str, Term]:
    found: dict[str, Term] = {}
    combined = headline(dataset, company, "cash_and_investments", when)
    own, lines = headline(dataset, company, "liquidity", when), headline(dataset, company, "undrawn_facilities", when)
    cash = headline(dataset, company, "cash_and_equivalents", when)
    assets = headline(dataset, company, "financial_assets_fvtpl", when, component="current")
    if cash is not None and assets is not None:
        found |= {"cash": cash, "financial_assets": assets}
    elif combined is not None:
        found["cash"] = combined
    elif own is not None and lines is not None:
        found["cash"] = own - lines
    elif cash is not None:
        found["cash"] = cash
    if lines is not None:
        found["undrawn_facilities"] = lines
    return found


def _spending(dataset: Dataset, company: str, when: str) -> dict[str, Term]:
    found: dict[str, Term] = {}
    burns = {amount.definition: amount.term for amount in runway.burn_amounts(dataset, company, when)}
    if burn := burns.get("assumed") or burns.get("realised"):
        found["burn"] = burn
    for name, metric in (("research", "research_and_development"), ("capex", "capital_expenditure")):
        if (term := _monthly(dataset, company, metric, when)) is not None:
            found[name] = term
    if "research" not in found and (term := _research_by_ratio(dataset, company)) is not None:
        found["research"] = term
    days = [f for f in dataset.select(company, "receivable_days") if f.shown and f.end and f.end.isoformat() <= when]
    if days:
        found["receivable_days"] = Term.of(days[-1])
    return found


def _monthly(dataset: Dataset, company: str, metric: str, when: str) -> Term | None:
    last = runway.last_flow(dataset, company, metric, when)
    return _fact_term(last) / Term.number(last.period.months) if last and last.period else None


def _research_by_ratio(dataset: Dataset, company: str) -> Term | None:
    for ratio in reversed(dataset.select(company, "research_to_revenue")):
        revenue = headline(dataset, company, "revenue", ratio.subject.period)
        if revenue and ratio.shown and ratio.period:
            return Term.of(ratio) * revenue / Term.number(ratio.period.months)
    return None


def _segments(dataset: Dataset, company: str) -> dict[str, tuple[Term, Term]]:
    """Return opening monthly revenue and margin (percent) of each segment in the latest period that has both."""
    when = runway.balance_date(dataset, company)
    for axis in ("segment", "deployment"):
        labels = [p for p in mix.periods_with(dataset, company, axis) if _ends_by(dataset, company, p, when)]
        for label in reversed(labels):
            found = _segments_of(dataset, company, axis, label)
            if len(found) > 1:
                return found
    return {}


def _ends_by(dataset: Dataset, company: str, label: str, when: str | None) -> bool:
    fact = dataset.find(company, "revenue", label)
    return bool(when and fact and fact.end and fact.end.isoformat() <= when)


def _segments_of(dataset: Dataset, company: str, axis: str, label: str) -> dict[str, tuple[Term, Term]]:
    known = {
        p.dimensions[axis]: p for p in margins.segment_margins(dataset, company, axis, label) if p.value is not None
    }
    found: dict[str, tuple[Term, Term]] = {}
    for member, (_, amounts) in mix.parts(dataset, company, axis, label).items():
        margin = known.get(member)
        if not amounts or amounts[0].value is None or amounts[0].interval is None or margin is None:
            continue
        amount = Term(amounts[0].value, amounts[0].interval, frozenset(amounts[0].claims), amounts[0].facts,
                      amounts[0].formula or f"{amounts[0].value / _MILLION:.3f}")  # fmt: skip
        monthly = _opening_month(dataset, company, (axis, member), label, amount)
        if monthly is not None and margin.value is not None and margin.interval is not None:
            text = margin.formula or f"{margin.value}%"
            found[member] = (monthly, Term(margin.value, margin.interval, frozenset(margin.claims), margin.facts, text))
    return found


def _opening_month(dataset: Dataset, company: str, part: tuple[str, str], label: str, amount: Term) -> Term | None:
    """Estimate revenue of the month after the balance date.

    From nine months on: the period's average × the last month's factor if growth was even, with
    q = (1 + yearly growth)^(1/12) and factor = n·q^(n−1)·(q−1)/(q^n−1).
    For shorter parts: a twelfth of the last twelve months × the segment's share.
    """
    fact = dataset.find(company, "revenue", label)
    if fact is None or fact.period is None or fact.shown is None:
        return None
    count = fact.period.months
    if count >= _LONG_PART:
        yearly = _segment_growth(dataset, company, part, fact)
        factor = Decimal(1) if yearly is None else _last_month_factor(yearly / 100, count)
        return amount / Term.number(count) * Term.number(factor.quantize(Decimal("0.0001")))
    year = ltm(dataset, company, label)
    if year.value is None or year.interval is None:
        return amount / Term.number(count)
    whole = Term(year.value, year.interval, frozenset(year.claims), year.facts, f"{year.value / _MILLION:.1f}")
    return whole / Term.number(12) * (amount / _fact_term(fact))


def _segment_growth(dataset: Dataset, company: str, part: tuple[str, str], whole: Fact) -> Decimal | None:
    """Return a segment's yearly growth in percent, stated or computed, for the period of the whole."""
    stated = headline(dataset, company, "revenue_growth", whole.subject.period, **dict([part]))
    if stated is not None:
        return stated.value
    computed = growth.growth_points(dataset, company, **dict([part]))
    return next((p.value for p in computed if p.when == whole.period), None)


def _last_month_factor(yearly_growth: Decimal, months: int) -> Decimal:
    if yearly_growth <= -1 or yearly_growth == 0:
        return Decimal(1)
    q = ((1 + yearly_growth).ln() / 12).exp()
    return months * q ** (months - 1) * (q - 1) / (q**months - 1)


def _offer(dataset: Dataset, company: str, rates: Rates, start: date) -> tuple[Term, Funding] | None:
    """Return the stated net proceeds, with as many options as stated, and the month they arrive in."""
    listed = next((f for f in dataset.select(company, "listed") if f.shown and f.shown.quantity.day), None)
    best = largest_proceeds(dataset, company, "net_proceeds")
    if listed is None or listed.shown is None or listed.shown.quantity.day is None or best is None:
        return None
    found = rates.factor(best.unit, dataset.companies[company].reporting_currency)
    if found is None:
        return None
    day = listed.shown.quantity.day.first
    month = (day.year - start.year) * 12 + day.month - start.month - 1
    term = _fact_term(dataset.fact_by_id[best.facts[0]]) * Term.number(found[0].quantize(Decimal("0.00001")))
    return term, Funding(month=max(0, month), amount=_in_millions(term))
