"""How long the money lasts: every liquidity definition against every burn definition, and what documents claim."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ipo_data.analysis.points import DataPoint, State, Term, derived, empty, stated
from ipo_data.analysis.runway_model.results import cash_out_date
from ipo_data.dataset import Dataset, Fact
from ipo_data.model.claim import Claim
from ipo_data.quantities import Bound

_HORIZON_MONTHS = 1_200
LIQUIDITY_TIERS = ("cash_only", "cash_and_investments", "company_definition")
"""Cash and equivalents · plus current financial assets · the company's own balance, which may hold bank lines."""
BURN_DEFINITIONS = ("assumed", "realised", "operating", "adjusted_loss")
"""Assumed by the company · the company's realised burn · operating cash outflow · adjusted net loss, each per month."""


WITHOUT_PROCEEDS = "without_proceeds"
PROCEEDS_SHARES = {"tenth_of_proceeds": Decimal("0.1"), "with_proceeds": Decimal(1)}
"""Share of the proceeds that a stated runway counts, by the code of its statement."""


@dataclass(frozen=True, slots=True)
class Amount:
    """One way to measure liquidity or burn, with its figure.

    Attributes:
        definition: Tier or burn definition.
        term: The amount in the reporting currency (burn: per month).
        label: What distinguishes rival figures of one definition: the printed notation.
        source: Document id, if the amount is one document's claim.
    """

    definition: str
    term: Term
    label: str = ""
    source: str = ""


def balance_date(dataset: Dataset, company: str) -> str | None:
    """Return the latest date for which both a liquidity figure and a burn of the time exist, as ISO text."""
    dated = [
        f for f in dataset.select(company, "liquidity") + dataset.select(company, "cash_and_equivalents") if f.instant
    ]
    stated_runways = {f.instant.last for f in dataset.select(company, "runway") if f.instant}
    candidates = {f.instant.last for f in dated if f.instant}
    chosen = max(candidates & stated_runways, default=None) or max(candidates, default=None)
    return chosen.isoformat() if chosen else None


def liquidity_amounts(dataset: Dataset, company: str, when: str) -> list[Amount]:
    """Return every measure of liquidity on a date; rival claims on the company's own balance are kept apart."""
    found: list[Amount] = []
    cash = dataset.find(company, "cash_and_equivalents", when)
    assets = dataset.find(company, "financial_assets_fvtpl", when, component="current")
    combined = dataset.find(company, "cash_and_investments", when)
    own = dataset.find(company, "liquidity", when)
    lines = dataset.find(company, "undrawn_facilities", when)
    if cash and cash.shown:
        found.append(Amount("cash_only", _term(cash)))
    if own and own.shown and lines and lines.shown:
        found.append(Amount("cash_and_investments", _term(own) - _term(lines)))
    elif combined and combined.shown:
        found.append(Amount("cash_and_investments", _term(combined)))
    elif cash and cash.shown and assets and assets.shown:
        found.append(Amount("cash_and_investments", _term(cash) + _term(assets)))
    if own is not None:
        found += [Amount("company_definition", _claim_term(own, c), c.says, c.source) for c in _distinct(own)]
    return found


def burn_amounts(dataset: Dataset, company: str, when: str) -> list[Amount]:
    """Return every measure of monthly burn around a date."""
    found: list[Amount] = []
    for fact in dataset.select(company, "monthly_burn", kind=None):
        basis = fact.dimensions.get("burn_basis")
        if basis == "assumed" and fact.shown:
            found.append(Amount("assumed", _term(fact), fact.shown.says, fact.shown.source))
    realised = _realised(dataset, company, when)
    if realised:
        found.append(Amount("realised", realised))
    for metric, name in (("operating_cash_outflow", "operating"), ("adjusted_net_loss", "adjusted_loss")):
        fact_for_rate = last_flow(dataset, company, metric, when)
        if fact_for_rate is not None and fact_for_rate.period is not None:
            found.append(Amount(name, _term(fact_for_rate) / Term.number(fact_for_rate.period.months)))
    return found


def _realised(dataset: Dataset, company: str, when: str) -> Term | None:
    fact = last_flow(dataset, company, "cash_burn", when)
    if fact is not None and fact.period is not None:
        return _term(fact) / Term.number(fact.period.months)
    stated_rate = [
        f
        for f in dataset.select(company, "monthly_burn")
        if f.dimensions.get("burn_basis") == "realised" and f.shown and f.end and f.end <= date.fromisoformat(when)
    ]
    return _term(stated_rate[-1]) if stated_rate else None


def last_flow(dataset: Dataset, company: str, metric: str, when: str) -> Fact | None:
    """Return the flow whose period ends last on or before a date; of two, the shorter period.

    Args:
        dataset: The evidence.
        company: Company id.
        metric: Metric of the flow.
        when: ISO date.
    """
    day = date.fromisoformat(when)
    facts = [
        f
        for f in dataset.select(company, metric)
        if f.shown and f.period and not f.dimensions and f.end and f.end <= day and ".." not in f.period.label
    ]
    return max(facts, key=lambda f: (f.end or day, -(f.period.months if f.period else 0)), default=None)


def _term(fact: Fact) -> Term:
    return Term.of(fact, scale=Decimal(10) ** 6)


def _distinct(fact: Fact) -> list[Claim]:
    """Return one claim per different figure, the most precise first."""
    if fact.shown is not None and not fact.rivals:
        return [fact.shown]
    seen: dict[object, Claim] = {}
    for claim in fact.claims:
        key = claim.quantity.value  # "11" and "over 11" give the same quotient
        if fact.shown is not None and claim is not fact.shown and claim not in fact.rivals:
            continue
        seen.setdefault(key, claim)
    return list(seen.values())


def _claim_term(fact: Fact, claim: Claim) -> Term:
    shown = f"{(claim.quantity.value / 10**6).normalize():f}"
    return Term(claim.quantity.value, claim.quantity.rounding, frozenset({claim.id}), (fact.id,), shown)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the runway matrix.

    Attributes:
        liquidity: The liquidity measure.
        burn: The burn measure.
        point: Months as a data point.
        runs_out: Day on which the money is spent, if finite.
    """

    liquidity: Amount
    burn: Amount
    point: DataPoint
    runs_out: date | None


def matrix(dataset: Dataset, company: str) -> list[Cell]:
    """Return months of runway for every liquidity × burn definition the evidence supports; empty if it has none."""
    when = balance_date(dataset, company)
    if when is None:
        return []
    return [
        _cell(company, liquidity, burn, date.fromisoformat(when), dataset)
        for liquidity in liquidity_amounts(dataset, company, when)
        for burn in burn_amounts(dataset, company, when)
    ]


def _cell(company: str, liquidity: Amount, burn: Amount, start: date, dataset: Dataset) -> Cell:
    dimensions = {"liquidity": liquidity.definition, "burn": burn.definition}
    if burn.term.interval.low <= 0:
        state, reason = State.NOT_MEANINGFUL, "reason.no_burn"
        point = empty(company, "runway_computed", "months", state, reason, dimensions=dimensions)
        return Cell(liquidity, burn, point, None)
    term = liquidity.term / burn.term
    point = derived(term, company, "runway_computed", "months", dimensions=dimensions)
    return Cell(liquidity, burn, point, _day_after_months(start, term.value))


def _day_after_months(start: date, months: Decimal) -> date | None:
    """Return the day some months later; ``None`` beyond the horizon, where a date would say too much."""
    return cash_out_date(start, float(months)) if months <= _HORIZON_MONTHS else None


def published(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return every runway a document states, rivals included."""
    points: list[DataPoint] = []
    for fact in dataset.select(company, "runway", kind=None):
        points += stated(fact)
        if fact.shown is not None:
            rival_points = {c.quantity.value: c for c in fact.rivals}
            points += [
                DataPoint(
                    company, "runway", "months", State.CONFLICT, c.quantity.value, c.quantity.rounding, fact.instant,
                    fact.dimensions, c.quantity.bound, (c.id,), (fact.id,), flags=tuple(c.flags),
                )
                for c in rival_points.values()
            ]  # fmt: skip
    return points


def reproduces(claim: DataPoint, cells: list[Cell]) -> list[Cell]:
    """Return the cells that give a published runway, with the same proceeds of the offer counted.

    Companies quote complete months, so 37.5 months reproduce ``37`` and 53.2 months reproduce ``over 53``; *about* may
    also round, so 53.9 months reproduce ``about 54``. A figure with decimals is rounded like any other.
    """
    proceeds = claim.dimensions.get("proceeds", WITHOUT_PROCEEDS)
    return [
        cell for cell in cells
        if cell.point.value is not None
        and cell.point.dimensions.get("proceeds", WITHOUT_PROCEEDS) == proceeds
        and _gives(claim, cell.point.value)
    ]  # fmt: skip


def _gives(claim: DataPoint, months: Decimal) -> bool:
    if claim.value is None:
        return False
    if claim.value != claim.value.to_integral_value() and claim.interval is not None:
        return claim.interval.low <= months <= claim.interval.high
    rounds = claim.bound is Bound.ABOUT and int(months + Decimal("0.5")) == int(claim.value)
    return int(months) == int(claim.value) or rounds


def proceeds_cells(dataset: Dataset, company: str) -> list[Cell]:
    """Return months of runway with the offer proceeds that the company's own statements count, one row per statement.

    A document that says how long the money lasts with a tenth or all of the proceeds names the amount; the cells hold
    the company's balance with that share of it over every burn.
    """
    when = balance_date(dataset, company)
    base = own_balance(dataset, company)
    counted = dataset.find(company, "proceeds_in_runway", when) if when else None
    if when is None or base is None or counted is None or counted.shown is None:
        return []
    stated = [f.dimensions.get("proceeds", "") for f in dataset.select(company, "runway", kind=None)]
    cells = []
    for share_name in dict.fromkeys(name for name in stated if name in PROCEEDS_SHARES):
        share = PROCEEDS_SHARES[share_name]
        money = _term(counted) if share == 1 else _term(counted) * Term.number(share)
        amount = Amount(share_name, base.term + money)
        for burn in burn_amounts(dataset, company, when):
            found = _cell(company, amount, burn, date.fromisoformat(when), dataset)
            point = replace(
                found.point, measure="runway_with_proceeds",
                dimensions={"liquidity": base.definition, "burn": burn.definition, "proceeds": share_name},
            )  # fmt: skip
            cells.append(replace(found, point=point))
    return cells


def own_balance(dataset: Dataset, company: str) -> Amount | None:
    """Return the company's own balance as it is shown, of rival figures the one that was preferred."""
    when = balance_date(dataset, company)
    own = dataset.find(company, "liquidity", when) if when else None
    if when is None or own is None or own.shown is None:
        return None
    amounts = liquidity_amounts(dataset, company, when)
    return next((a for a in amounts if a.definition == "company_definition" and own.shown.id in a.term.claims), None)


def depletion(liquidity: Decimal, burn: Decimal, months: int) -> list[Decimal]:
    """Return the balance at the end of each month, from month 0, at constant burn and never below zero."""
    return [max(Decimal(0), liquidity - burn * month) for month in range(months + 1)]
