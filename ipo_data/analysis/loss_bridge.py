"""The way from revenue to the adjusted loss and on to the IFRS loss, by the lines the documents state.

Lines are kept as printed, positive as their labels say; a step tells which way it counts. What the stated lines leave
open is a step of its own and never spread over the others.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from ipo_data.analysis.points import DataPoint, State, Term, derived, empty, headline, shown_term, stated, sum_of
from ipo_data.dataset import Dataset, Fact
from ipo_data.periods import Period

_LINES: Final = (
    ("cost_of_sales", -1), ("research_and_development", -1), ("selling_and_marketing", -1),
    ("administrative_expense", -1), ("other_income", 1), ("impairment_losses", -1), ("finance_costs", -1),
    ("fair_value_gain", 1), ("share_of_associates", 1),
)  # fmt: skip
"""Lines between revenue and the loss before investors' instruments change in value, and how they count."""
_INSTRUMENTS: Final = "fair_value_loss"
ADJUSTED: Final = "adjusted_net_loss"
IFRS: Final = "net_loss"
_ZERO: Final = Decimal(0)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the bridge.

    Attributes:
        point: The figure as stated or derived; a loss that no document states has no value.
        sign: 1 if it adds to the result, −1 if it takes away.
        level: Whether it is a level (revenue, a loss) and not a change.
    """

    point: DataPoint
    sign: int
    level: bool = False


@dataclass(frozen=True, slots=True)
class Bridge:
    """The bridge of one period.

    Attributes:
        company: Company id.
        period: Period of all its lines.
        steps: From revenue down to the losses; what is left open stands before the loss it belongs to.
        closes: Whether both losses are reached from stated lines, up to what rounding allows.
    """

    company: str
    period: Period
    steps: tuple[Step, ...]
    closes: bool


class _Walk:
    """Collects steps and keeps the sum reached."""

    def __init__(self, company: str, period: Period, revenue: Fact) -> None:
        self.company, self.period = company, period
        self.steps = [Step(stated(revenue)[0], 1, level=True)]
        self.reached = shown_term(revenue)
        self.left_open = 0

    def line(self, point: DataPoint, term: Term, sign: int) -> None:
        """Add a line that is not zero."""
        if point.value:
            self.steps.append(Step(point, sign))
            self.reached = self.reached + term if sign > 0 else self.reached - term

    def loss(self, fact: Fact, rest: str) -> None:
        """Arrive at a stated loss; what the lines leave open, beyond rounding, stands before it as ``rest``."""
        own = shown_term(fact)
        difference = self.reached + own
        if not difference.interval.contains(_ZERO):
            point = derived(difference, self.company, rest, fact.unit.code, self.period)
            self.steps.append(Step(point, -1))
            self.left_open += 1
        self.steps.append(Step(stated(fact)[0], -1, level=True))
        self.reached = Term.number(0) - own

    def unknown(self, metric: str, unit: str) -> None:
        """Name a loss that no document states."""
        state, reason = State.NOT_DISCLOSED, "reason.not_in_sources"
        self.steps.append(Step(empty(self.company, metric, unit, state, reason, when=self.period), -1, level=True))
        self.left_open += 1


def bridge(dataset: Dataset, company: str) -> Bridge | None:
    """Return the bridge of the latest period whose lines close, else of the one with the most lines.

    ``None`` if no period has both revenue and a loss.
    """
    found = [_of_period(dataset, company, period) for period in _periods(dataset, company)]
    return max([b for b in found if b is not None], key=_rank, default=None)


def _rank(found: Bridge) -> tuple[bool, int, date]:
    return found.closes, 0 if found.closes else len(found.steps), found.period.end


def later_gaps(dataset: Dataset, shown: Bridge) -> list[DataPoint]:
    """Return IFRS loss − adjusted loss of every later period that states both."""
    unit = dataset.companies[shown.company].reporting_currency
    points = []
    for period in _periods(dataset, shown.company):
        ifrs, adjusted = (headline(dataset, shown.company, metric, period.label) for metric in (IFRS, ADJUSTED))
        if period.end > shown.period.end and ifrs is not None and adjusted is not None:
            points.append(derived(ifrs - adjusted, shown.company, "loss_between", unit, period))
    return points


def _periods(dataset: Dataset, company: str) -> list[Period]:
    facts = [f for metric in (ADJUSTED, IFRS) for f in dataset.select(company, metric) if f.shown]
    found = {f.period.label: f.period for f in facts if f.period and ".." not in f.period.label}
    return sorted(found.values(), key=lambda period: (period.end, period.months))


def _of_period(dataset: Dataset, company: str, period: Period) -> Bridge | None:
    revenue = _fact(dataset, company, "revenue", period)
    if revenue is None:
        return None
    walk = _Walk(company, period, revenue)
    for metric, sign in _LINES:
        line = _stated(dataset, company, metric, period) or _implied(dataset, company, metric, period)
        if line is not None:
            walk.line(*line, sign)
    itemised = len(walk.steps) >= len(("revenue", "cost_of_sales", "research_and_development"))
    _to_losses(dataset, walk, revenue.unit.code)
    return Bridge(company, period, tuple(walk.steps), itemised and not walk.left_open)


def _to_losses(dataset: Dataset, walk: _Walk, unit: str) -> None:
    """Walk on to the adjusted loss, which leaves some costs out, and from there to the IFRS loss."""
    company, period = walk.company, walk.period
    adjusted, ifrs = (_fact(dataset, company, metric, period) for metric in (ADJUSTED, IFRS))
    instruments = _stated(dataset, company, _INSTRUMENTS, period)
    if adjusted is not None:
        moved = _adjustments(dataset, company, period)
        if moved and len(walk.steps) > 1:  # the lines above hold these costs already
            term = sum_of([own for _, own in moved])
            walk.line(derived(term, company, "left_out_of_adjusted", unit, period), term, 1)
        walk.loss(adjusted, "not_itemised")
        for point, term in moved if ifrs is not None else ():
            walk.line(point, term, -1)
    if ifrs is None:
        walk.unknown(IFRS, unit)
        return
    if instruments is not None:
        walk.line(*instruments, -1)
    walk.loss(ifrs, "not_itemised" if adjusted is None else "not_reconciled")
    if adjusted is None:
        walk.unknown(ADJUSTED, unit)


def _fact(dataset: Dataset, company: str, metric: str, period: Period) -> Fact | None:
    fact = dataset.find(company, metric, period.label)
    return fact if fact is not None and fact.shown is not None else None


def _stated(dataset: Dataset, company: str, metric: str, period: Period) -> tuple[DataPoint, Term] | None:
    fact = _fact(dataset, company, metric, period)
    return (stated(fact)[0], shown_term(fact)) if fact is not None else None


def _implied(dataset: Dataset, company: str, metric: str, period: Period) -> tuple[DataPoint, Term] | None:
    """Return cost of sales or research from stated ratios: revenue − margin × revenue, ratio × revenue."""
    unit = dataset.companies[company].reporting_currency
    revenue = headline(dataset, company, "revenue", period.label)
    term = None
    if metric == "cost_of_sales" and revenue is not None:
        margin = headline(dataset, company, "gross_margin", period.label)
        term = revenue * (Term.number(1) - margin.fraction()) if margin is not None else None
    if metric == "research_and_development" and revenue is not None:
        ratio = headline(dataset, company, "research_to_revenue", period.label)
        term = ratio * revenue if ratio is not None else None
    return (derived(term, company, metric, unit, period), term) if term is not None else None


def _adjustments(dataset: Dataset, company: str, period: Period) -> list[tuple[DataPoint, Term]]:
    """Return the costs that the company leaves out of its adjusted loss, apart from instruments' value."""
    facts = [f for f in dataset.select(company, "adjustment") if f.period == period and f.shown]
    return [(stated(f)[0], shown_term(f)) for f in facts if f.value]
