"""The way from revenue to the adjusted loss and on to the IFRS loss, by the lines the documents state.

Lines are kept as printed, positive as their labels say; a step tells which way it counts. What the stated lines leave
open is a step of its own and never spread over the others. On another basis every line stands on it, or none does.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from ipo_data.analysis.bases import SUFFIXES, ltm
from ipo_data.analysis.points import (
    DataPoint,
    State,
    Term,
    derived,
    empty,
    headline,
    shown_term,
    stated,
    sum_of,
    term_of,
)
from ipo_data.dataset import Dataset, Fact
from ipo_data.periods import Period, day_after

_LINES: Final = (
    ("cost_of_sales", -1), ("research_and_development", -1), ("selling_and_marketing", -1),
    ("administrative_expense", -1), ("other_income", 1), ("impairment_losses", -1), ("finance_costs", -1),
    ("fair_value_gain", 1), ("share_of_associates", 1),
)  # fmt: skip
"""Lines between revenue and the loss before investors' instruments change in value, and how they count."""
_INSTRUMENTS: Final = "fair_value_loss"
ADJUSTED: Final = "adjusted_net_loss"
IFRS: Final = "net_loss"
_LEFT_OUT: Final = "left_out_of_adjusted"
_ZERO: Final = Decimal(0)
_Line = tuple[DataPoint, Term]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the bridge.

    Attributes:
        line: Metric id or the id of what is left open, without the basis it stands on.
        point: The figure as stated or derived; a loss that no document states has no value.
        sign: 1 if it adds to the result, −1 if it takes away.
        level: Whether it is a level (revenue, a loss) and not a change.
    """

    line: str
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


@dataclass(frozen=True, slots=True)
class _Lines:
    """Where the lines of one period come from: as stated, or over twelve months."""

    company: str
    period: Period
    suffix: str
    line: Callable[[str], _Line | None]
    adjustments: Callable[[], list[_Line]]


class _Walk:
    """Collects steps and keeps the sum reached."""

    def __init__(self, lines: _Lines, revenue: _Line) -> None:
        self.lines = lines
        self.steps = [Step("revenue", revenue[0], 1, level=True)]
        self.unit = revenue[0].unit
        self.reached = revenue[1]
        self.left_open = 0

    def line(self, name: str, point: DataPoint, term: Term, sign: int) -> None:
        """Add a line that is not zero."""
        if point.value:
            self.steps.append(Step(name, point, sign))
            self.reached = self.reached + term if sign > 0 else self.reached - term

    def computed(self, term: Term, name: str) -> DataPoint:
        """Return a figure that no document states as a line of this period and basis."""
        measure = name + self.lines.suffix
        return derived(term, self.lines.company, measure, self.unit, self.steps[0].point.when)

    def loss(self, name: str, loss: _Line, rest: str) -> None:
        """Arrive at a stated loss; what the lines leave open, beyond rounding, stands before it as ``rest``."""
        point, own = loss
        difference = self.reached + own
        if not difference.interval.contains(_ZERO):
            self.steps.append(Step(rest, self.computed(difference, rest), -1))
            self.left_open += 1
        self.steps.append(Step(name, point, -1, level=True))
        self.reached = Term.number(0) - own

    def unknown(self, metric: str) -> None:
        """Name a loss that no document states."""
        point = empty(
            self.lines.company, metric, self.unit, State.NOT_DISCLOSED, "reason.not_in_sources", when=self.lines.period
        )
        self.steps.append(Step(metric, point, -1, level=True))
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
    def line(metric: str) -> _Line | None:
        return _stated(dataset, company, metric, period) or _implied(dataset, company, metric, period)

    return _walked(_Lines(company, period, "", line, lambda: _adjustments(dataset, company, period)))


def _walked(lines: _Lines) -> Bridge | None:
    """Return the bridge that these lines make; ``None`` without revenue."""
    revenue = lines.line("revenue")
    if revenue is None:
        return None
    walk = _Walk(lines, revenue)
    for metric, sign in _LINES:
        line = lines.line(metric)
        if line is not None:
            walk.line(metric, *line, sign)
    itemised = len(walk.steps) >= len(("revenue", "cost_of_sales", "research_and_development"))
    _to_losses(walk)
    return Bridge(lines.company, lines.period, tuple(walk.steps), itemised and not walk.left_open)


def _to_losses(walk: _Walk) -> None:
    """Walk on to the adjusted loss, which leaves some costs out, and from there to the IFRS loss."""
    adjusted, ifrs, instruments = (walk.lines.line(metric) for metric in (ADJUSTED, IFRS, _INSTRUMENTS))
    if adjusted is not None:
        moved = walk.lines.adjustments()
        if moved and len(walk.steps) > 1:  # the lines above hold these costs already
            term = sum_of([own for _, own in moved])
            walk.line(_LEFT_OUT, walk.computed(term, _LEFT_OUT), term, 1)
        walk.loss(ADJUSTED, adjusted, "not_itemised")
        for point, term in moved if ifrs is not None else ():
            walk.line("adjustment", point, term, -1)
    if ifrs is None:
        walk.unknown(IFRS)
        return
    if instruments is not None:
        walk.line(_INSTRUMENTS, *instruments, -1)
    walk.loss(IFRS, ifrs, "not_itemised" if adjusted is None else "not_reconciled")
    if adjusted is None:
        walk.unknown(ADJUSTED)


# --- other bases ------------------------------------------------------------------------------------------------------


def on_basis(dataset: Dataset, found: Bridge, basis: str) -> tuple[Bridge, DataPoint | None]:
    """Return a bridge with every line on a basis; if one line allows no twelve months, as it was, with that line.

    Args:
        dataset: The evidence.
        found: The bridge as reported.
        basis: ``reported``, ``month``, ``ltm`` or ``annualised``.
    """
    if basis == "reported" or (basis == "ltm" and found.period.is_full_year):
        return found, None
    if basis != "ltm":
        return replace(found, steps=tuple(_scaled(step, basis, found.period) for step in found.steps)), None
    return _over_twelve_months(dataset, found)


def _scaled(step: Step, basis: str, period: Period) -> Step:
    if step.point.value is None:
        return step
    whole = term_of(step.point) * Term.number(12) if basis == "annualised" else term_of(step.point)
    term, point = whole / Term.number(period.months), step.point
    measure = point.measure + SUFFIXES[basis]
    return replace(
        step, point=derived(term, point.company, measure, point.unit, point.when, dimensions=point.dimensions)
    )


def _over_twelve_months(dataset: Dataset, found: Bridge) -> tuple[Bridge, DataPoint | None]:
    """Return year + part − part of last year, line by line; the lines are those of the part and of the year."""
    company, part = found.company, found.period
    stated_lines = {step.line for step in found.steps if step.point.value is not None}
    missing: list[DataPoint] = []

    def line(metric: str, **dimensions: str) -> _Line | None:
        point = ltm(dataset, company, part.label, metric=metric, **dimensions)
        if point.value is not None:
            return point, term_of(point)
        of_year = [f for f in _of_year_before(dataset, company, metric, part) if f.dimensions == dimensions]
        if metric in stated_lines or (of_year and metric not in (ADJUSTED, IFRS)):
            missing.append(point)
        return None

    def adjustments() -> list[_Line]:
        years = _of_year_before(dataset, company, "adjustment", part)
        facts = [f for f in dataset.select(company, "adjustment") if f.period == part and f.shown and f.value]
        parts = {tuple(f.dimensions.items()): f.dimensions for f in [*facts, *years]}
        return [own for dimensions in parts.values() if (own := line("adjustment", **dimensions)) is not None]

    walked = _walked(_Lines(company, part, SUFFIXES["ltm"], line, adjustments))
    return (found, missing[0]) if missing or walked is None else (walked, None)


def _of_year_before(dataset: Dataset, company: str, metric: str, part: Period) -> list[Fact]:
    """Return what the full year right before a part of a year states and is not zero."""
    return [
        f for f in dataset.select(company, metric)
        if f.value and f.period and f.period.is_full_year and day_after(f.period.end) == part.start
    ]  # fmt: skip


# --- stated lines -----------------------------------------------------------------------------------------------------


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
