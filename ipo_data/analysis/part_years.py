"""Parts of a year and the whole: what is left of a year, what annualising says, and how far off it was.

Annualising is a label, never a forecast. The back-tests beside it show by how much it missed where the year is known.
"""

from dataclasses import dataclass
from decimal import Decimal

from ipo_data.analysis import mix
from ipo_data.analysis.growth import implied_prior, latest, revenue_facts, weighted_mean_growth
from ipo_data.analysis.points import (
    DataPoint,
    State,
    Term,
    at_corners,
    derived,
    empty,
    headline,
    quotient,
    shown_term,
    term_of,
)
from ipo_data.dataset import Dataset, Fact
from ipo_data.periods import Period, day_after

_ONE = Term.number(1)
_TWELVE = Term.number(12)
_LARGEST_RATIO = 20  # a base below 5 % of the new value makes a percentage unreadable


@dataclass(frozen=True, slots=True)
class Part:
    """Revenue of a part of a year, stated or implied by stated growth.

    Attributes:
        period: The part.
        term: The revenue.
    """

    period: Period
    term: Term

    @property
    def annualised(self) -> Term:
        """The part × 12 ÷ its months."""
        return self.term * _TWELVE / Term.number(self.period.months)


def parts_of_years(dataset: Dataset, company: str, **dimensions: str) -> list[Part]:
    """Return revenue of every part of a year, stated or implied by stated growth, by end date."""
    facts = [f for f in revenue_facts(dataset, company, **dimensions) if f.shown]
    stated = [Part(f.period, shown_term(f)) for f in facts if f.period and not f.period.is_full_year]
    priors = [p for f in facts if (p := implied_prior(dataset, company, f)) is not None]
    implied = [
        Part(p.when, term_of(p)) for p in priors if isinstance(p.when, Period) and not p.when.is_full_year
    ]  # fmt: skip
    return sorted(stated + implied, key=lambda part: (part.period.end, part.period.days))


def _full_years(dataset: Dataset, company: str, **dimensions: str) -> list[Fact]:
    facts = revenue_facts(dataset, company, **dimensions)
    return [f for f in facts if f.period and f.period.is_full_year and f.shown]


def _whole(dataset: Dataset, company: str, part: Part, **dimensions: str) -> Fact | None:
    """Return the full year that begins with a part."""
    years = _full_years(dataset, company, **dimensions)
    return next((f for f in years if f.period and f.period.start == part.period.start), None)


def _year_before(dataset: Dataset, company: str, part: Part) -> Fact | None:
    """Return the full year that ends when a part begins."""
    years = _full_years(dataset, company)
    return next((f for f in years if f.period and day_after(f.period.end) == part.period.start), None)


def rest_of_year(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return what a year's first part leaves, as money and as a share of the year, in total and by breakdown."""
    points: list[DataPoint] = []
    for dimensions in _subjects(dataset, company):
        for part in parts_of_years(dataset, company, **dimensions):
            year = _whole(dataset, company, part, **dimensions)
            if year is not None and year.period is not None:
                points += _rest(company, year, part, dimensions)
    return points


def _subjects(dataset: Dataset, company: str) -> list[dict[str, str]]:
    found = {tuple(sorted(f.dimensions.items())) for f in dataset.select(company, "revenue")}
    return [dict(subject) for subject in sorted(found) if {a for a, _ in subject} <= {"segment", "deployment"}]


def _rest(company: str, year: Fact, part: Part, dimensions: dict[str, str]) -> list[DataPoint]:
    whole = shown_term(year)
    if year.period is None or not whole.is_positive:
        return []
    rest = Period(f"{day_after(part.period.end)}..{year.period.end}", day_after(part.period.end), year.period.end)
    unit = year.unit.code
    money = derived(whole - part.term, company, "revenue_rest_of_year", unit, rest, dimensions=dimensions)
    share = (_ONE - part.term / whole).percent()
    return [money, derived(share, company, "rest_of_year_share", "percent", rest, dimensions=dimensions)]


def _persisting(dataset: Dataset, company: str, part: Part) -> Term | None:
    """Return the year before × (1 + the part's growth on the year)."""
    year = _year_before(dataset, company, part)
    if year is None:
        return None
    before = headline(dataset, company, "revenue", part.period.prior_year().label)
    if before is not None:
        ratio = quotient(part.term, before)
        return shown_term(year) * ratio if ratio is not None else None
    growth = headline(dataset, company, "revenue_growth", part.period.label)
    return shown_term(year) * (_ONE + growth.fraction()) if growth is not None else None


def estimates(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return what the latest part of a year says about its year if growth persists, and the mean with annualising.

    The two methods are a range; the geometric mean is indicative only.
    """
    last = latest(revenue_facts(dataset, company))
    if last is None or last.period is None or last.period.is_full_year:
        return []
    part = Part(last.period, shown_term(last))
    unit = last.unit.code
    return [
        derived(term, company, f"revenue_{name}", unit, part.period)
        for name, term in _methods(dataset, company, part).items() if name != "annualised"
    ]  # fmt: skip


def _methods(dataset: Dataset, company: str, part: Part) -> dict[str, Term]:
    found = {"annualised": part.annualised}
    persisting = _persisting(dataset, company, part)
    if persisting is not None:
        found["persisting"] = persisting
        if part.term.is_positive and persisting.is_positive:
            found["geometric"] = (part.annualised * persisting).root(2)
    return found


def backtests(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return by how many percent each way to extend a part of a year missed the year, where the year is known."""
    points = []
    for part in parts_of_years(dataset, company):
        year = _whole(dataset, company, part)
        if year is None or not shown_term(year).is_positive:
            continue
        for name, term in _methods(dataset, company, part).items():
            miss = (term / shown_term(year) - _ONE).percent()
            points.append(derived(miss, company, f"backtest_{name}", "percent", part.period))
    return points


def cross_length_growth(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return yearly growth from the last full year to the part after it, per month; seasons are not removed.

    ((part ÷ months) ÷ (year ÷ 12))^(12/Δ) − 1, where Δ is the months between the middles of the two.
    """
    last = latest(revenue_facts(dataset, company))
    if last is None or last.period is None or last.period.is_full_year:
        return []
    part = Part(last.period, shown_term(last))
    year = _year_before(dataset, company, part)
    ratio = _pace(part.term, part.period, shown_term(year)) if year is not None else None
    if ratio is None or not ratio.is_positive:
        return []
    years = Decimal(6 + Decimal(part.period.months) / 2) / 12
    term = (ratio.root(years) - _ONE).percent()
    return [derived(term, company, "revenue_growth_cross_length", "percent", part.period)]


def _pace(part: Term, period: Period, year: Term) -> Term | None:
    return quotient(part / Term.number(period.months), year / _TWELVE)


def pace_change(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return how monthly revenue of a part of a year compares with the full year before it, by product and segment."""
    points: list[DataPoint] = []
    for axis in ("segment", "deployment", "product"):
        labels = mix.periods_with(dataset, company, axis)
        amounts = {label: mix.parts(dataset, company, axis, label) for label in labels}
        for before in labels:
            for label in labels:
                points += _pace_points(dataset, company, axis, amounts[before], amounts[label])
    return points


_Members = dict[str, tuple[list[DataPoint], list[DataPoint]]]


def _pace_points(dataset: Dataset, company: str, axis: str, before: _Members, after: _Members) -> list[DataPoint]:
    points = []
    for member in before:
        old, new = before[member][1], after.get(member, ([], []))[1]
        if len(old) != 1 or len(new) != 1:
            continue
        year, part = old[0].when, new[0].when
        follows = isinstance(year, Period) and isinstance(part, Period) and day_after(year.end) == part.start
        if not follows or not isinstance(year, Period) or not isinstance(part, Period) or not year.is_full_year:
            continue
        if part.is_full_year or mix.is_break(dataset, company, axis, year.label, part.label):
            continue
        ratio = _pace(term_of(new[0]), part, term_of(old[0]))
        if ratio is not None and ratio.value <= _LARGEST_RATIO:
            change = (ratio - _ONE).percent()
            points.append(derived(change, company, "pace_change", "percent", part, dimensions={axis: member}))
        else:
            state, reason = State.NOT_MEANINGFUL, "reason.no_base" if ratio is None else "reason.small_base"
            found = empty(company, "pace_change", "percent", state, reason, when=part, dimensions={axis: member})
            points.append(found)
    return points


def prior_by_segments(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return the prior year's part that segment growth implies, and the weight the smaller growth had in it."""
    points: list[DataPoint] = []
    for fact in revenue_facts(dataset, company):
        rates = [
            f for f in dataset.select(company, "revenue_growth")
            if set(f.dimensions) == {"segment"} and f.period == fact.period and f.shown
        ]  # fmt: skip
        if fact.shown is None or fact.period is None or len(rates) != 2:
            continue
        points += _implied_by_two(dataset, fact, rates) + _weight_of_two(dataset, fact, rates)
    return points


def _implied_by_two(dataset: Dataset, fact: Fact, rates: list[Fact]) -> list[DataPoint]:
    label = fact.subject.period
    shares = [headline(dataset, fact.company, "revenue_share", label, **f.dimensions) for f in rates]
    weights = [s for s in shares if s is not None and s.is_positive]
    factors = [_ONE + Term.of(f).fraction() for f in rates]
    if len(weights) != 2 or not all(f.is_positive for f in factors) or fact.period is None:
        return []
    if not (weights[0] + weights[1]).interval.contains(Decimal(100)):
        return []
    term = shown_term(fact) / weighted_mean_growth(weights, factors)
    unit, when = fact.unit.code, fact.period.prior_year()
    return [derived(term, fact.company, "revenue_implied_prior_by_segments", unit, when)]


def _weight_of_two(dataset: Dataset, fact: Fact, rates: list[Fact]) -> list[DataPoint]:
    """Return (fast − total) ÷ (fast − slow): the slower segment's share of the prior year's revenue."""
    total = headline(dataset, fact.company, "revenue_growth", fact.subject.period)
    slow, fast = sorted((Term.of(f) for f in rates), key=lambda t: t.value)
    slower = min(rates, key=lambda f: Term.of(f).value)
    if total is None or fact.period is None or not all(t.interval.bounded for t in (total, slow, fast)):
        return []
    if not (slow.interval.high < total.interval.low and total.interval.high < fast.interval.low):
        return []
    interval = at_corners(lambda f, t, s: (f - t) / (f - s), fast, total, slow)
    term = (fast - total) / (fast - slow)
    share = term.narrowed(interval, term.text).percent()
    when = fact.period.prior_year()
    return [derived(share, fact.company, "prior_weight_implied", "percent", when, dimensions=slower.dimensions)]
