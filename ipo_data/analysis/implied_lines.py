"""Lines of the income statement that stated ratios and growth rates imply, and sums over the years.

A line that a document states is never implied a second time.
"""

from ipo_data.analysis import mix
from ipo_data.analysis.points import (
    DataPoint,
    State,
    Term,
    derived,
    empty,
    headline,
    quotient,
    shown_term,
    sum_of,
    term_of,
)
from ipo_data.dataset import Dataset, Fact
from ipo_data.periods import Period, day_after

_ONE = Term.number(1)


def _totals(dataset: Dataset, company: str, metric: str) -> list[Fact]:
    """Return a metric's shown totals by end date, spans of several years left out."""
    facts = dataset.select(company, metric)
    return [f for f in facts if not f.dimensions and f.period and f.shown and ".." not in f.period.label]


def gross_profit(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return margin × revenue, in total and by segment, where no document states the gross profit."""
    points = []
    unit = dataset.companies[company].reporting_currency
    for fact in dataset.select(company, "gross_margin"):
        known = dataset.find(company, "gross_profit", fact.subject.period, **fact.dimensions)
        revenue = _revenue(dataset, fact)
        if fact.shown is not None and known is None and revenue is not None:
            term = Term.of(fact).fraction() * revenue
            points.append(derived(term, company, "gross_profit_implied", unit, fact.period, dimensions=fact.dimensions))
    return points


def _revenue(dataset: Dataset, fact: Fact) -> Term | None:
    """Return the revenue a margin is a margin of: stated, or share × total."""
    label = fact.subject.period
    own = headline(dataset, fact.company, "revenue", label, **fact.dimensions)
    if own is not None or not fact.dimensions:
        return own
    share = headline(dataset, fact.company, "revenue_share", label, **fact.dimensions)
    whole = headline(dataset, fact.company, "revenue", label)
    return share.fraction() * whole if share is not None and whole is not None else None


def gross_profit_shares(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return each segment's part of all gross profit: share × segment margin ÷ total margin, in percent.

    Parts of both signs do not make up a whole: beside a loss-making segment the other's part exceeds 100 %.
    """
    points = []
    for fact in dataset.select(company, "gross_margin"):
        if set(fact.dimensions) not in ({"segment"}, {"deployment"}) or fact.shown is None:
            continue
        label = fact.subject.period
        share = headline(dataset, company, "revenue_share", label, **fact.dimensions)
        total = headline(dataset, company, "gross_margin", label)
        ratio = quotient(share.fraction() * Term.of(fact).fraction(), total.fraction()) if share and total else None
        if ratio is None:
            continue
        name, unit, when, dimensions = "gross_profit_share", "percent", fact.period, fact.dimensions
        if 0 <= ratio.value <= 1:
            points.append(derived(ratio.percent(), company, name, unit, when, dimensions=dimensions))
        else:
            state, reason = State.NOT_MEANINGFUL, "reason.parts_of_both_signs"
            points.append(empty(company, name, unit, state, reason, when=when, dimensions=dimensions))
    return points


def margin_change(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return the change of the gross margin against the full year before, in percentage points."""
    margins = _totals(dataset, company, "gross_margin")
    points = []
    for fact in margins:
        year = next((f for f in margins if fact.period and _is_year_before(f, fact.period)), None)
        if year is not None:
            term = Term.of(fact) - Term.of(year)
            points.append(derived(term, company, "gross_margin_change", "points", fact.period))
    return points


def _is_year_before(fact: Fact, period: Period) -> bool:
    return fact.period is not None and fact.period.is_full_year and day_after(fact.period.end) == period.start


def rest_of_year_margin(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return the gross margin of what a year's first part leaves: Δ gross profit ÷ Δ revenue."""
    points = []
    profits = _totals(dataset, company, "gross_profit")
    years = [f for f in profits if f.period and f.period.is_full_year]
    for part in (f for f in profits if f.period and not f.period.is_full_year):
        year = next((f for f in years if f.period and part.period and f.period.start == part.period.start), None)
        if year is None or year.period is None or part.period is None:
            continue
        sold = [headline(dataset, company, "revenue", f.subject.period) for f in (year, part)]
        if sold[0] is None or sold[1] is None:
            continue
        ratio = quotient(shown_term(year) - shown_term(part), sold[0] - sold[1])
        start = day_after(part.period.end)
        rest = Period(f"{start}..{year.period.end}", start, year.period.end)
        if ratio is not None:
            points.append(derived(ratio.percent(), company, "gross_margin_rest_of_year", "percent", rest))
    return points


def research(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return research expense and its monthly amount where only its ratio to revenue is stated."""
    points = []
    unit = dataset.companies[company].reporting_currency
    for fact in _totals(dataset, company, "research_to_revenue"):
        label = fact.subject.period
        revenue = headline(dataset, company, "revenue", label)
        if revenue is None or fact.period is None or dataset.find(company, "research_and_development", label):
            continue
        term = Term.of(fact) * revenue
        points.append(derived(term, company, "research_implied", unit, fact.period))
        monthly = term / Term.number(fact.period.months)
        points.append(derived(monthly, company, "research_implied_per_month", unit, fact.period))
    return points


_LOSSES = (("adjusted_net_loss", "adjusted_loss_to_revenue"), ("net_loss", "net_loss_to_revenue"))


def prior_losses(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return the prior year's loss that stated growth implies, and its multiple of the prior year's revenue."""
    points: list[DataPoint] = []
    for metric, ratio_name in _LOSSES:
        for fact in _totals(dataset, company, metric):
            before = _prior(dataset, fact, metric)
            if before is None or fact.period is None:
                continue
            when = fact.period.prior_year()
            points.append(derived(before, company, f"{metric}_implied_prior", fact.unit.code, when))
            revenue = headline(dataset, company, "revenue", when.label)
            sold = revenue or _prior_revenue(dataset, company, fact)
            ratio = quotient(before, sold)
            if ratio is not None:
                points.append(derived(ratio, company, f"{ratio_name}_prior", "x", when))
    return points


def _prior(dataset: Dataset, fact: Fact, metric: str) -> Term | None:
    """Return figure ÷ (1 + stated growth) if the prior year's own figure is not stated."""
    if fact.period is None or dataset.find(fact.company, metric, fact.period.prior_year().label):
        return None
    growth = headline(dataset, fact.company, f"{metric}_growth", fact.subject.period)
    return quotient(shown_term(fact), _ONE + growth.fraction()) if growth is not None else None


def _prior_revenue(dataset: Dataset, company: str, fact: Fact) -> Term | None:
    revenue = dataset.find(company, "revenue", fact.subject.period)
    return _prior(dataset, revenue, "revenue") if revenue is not None and revenue.shown else None


def loss_ratio_change(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return by how much loss ÷ revenue changed, from the two growth rates alone: (1 + loss) ÷ (1 + revenue) − 1."""
    points = []
    for metric, ratio_name in _LOSSES:
        for fact in _totals(dataset, company, f"{metric}_growth"):
            sales = headline(dataset, company, "revenue_growth", fact.subject.period)
            ratio = quotient(_ONE + Term.of(fact).fraction(), _ONE + sales.fraction()) if sales is not None else None
            if ratio is not None:
                term = (ratio - _ONE).percent()
                points.append(derived(term, company, f"{ratio_name}_change", "percent", fact.period))
    return points


def cumulated(dataset: Dataset, company: str, metric: str, measure: str) -> list[DataPoint]:
    """Return a flow added up over all full years without a gap and the part of a year after the last one."""
    facts = _totals(dataset, company, metric)
    chain = _without_gap([f for f in facts if f.period and f.period.is_full_year])
    parts = [f for f in facts if f.period and not f.period.is_full_year]
    after = [f for f in parts if chain and f.period and _is_year_before(chain[-1], f.period)]
    chain += after[-1:]  # the longest, since facts come by end date
    periods = [f.period for f in chain if f.period]
    if len(periods) < 2:
        return []
    span = Period(f"{periods[0].label}..{periods[-1].label}", periods[0].start, periods[-1].end)
    return [derived(sum_of([shown_term(f) for f in chain]), company, measure, chain[0].unit.code, span)]


def _without_gap(years: list[Fact]) -> list[Fact]:
    """Return the last run of full years that follow each other."""
    run: list[Fact] = []
    for fact in years:
        follows = bool(run) and fact.period is not None and _is_year_before(run[-1], fact.period)
        run = [*run, fact] if follows else [fact]
    return run


def elsewhere(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return revenue outside a region whose share alone is stated: (1 − share) × revenue."""
    points = []
    unit = dataset.companies[company].reporting_currency
    for label in mix.periods_with(dataset, company, "region"):
        parts = mix.parts(dataset, company, "region", label)
        whole = headline(dataset, company, "revenue", label)
        for member, (shares, amounts) in parts.items():
            if len(parts) == len(shares) == len(amounts) == 1 and shares[0].value is not None and whole is not None:
                term = (_ONE - term_of(shares[0]).fraction()) * whole
                when = shares[0].when
                points.append(derived(term, company, "revenue_elsewhere", unit, when, dimensions={"region": member}))
    return points


def customer_concentration(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return the lower bound of the customers' Herfindahl index: top² + (top five − top)² ÷ 4."""
    points = []
    for fact in _totals(dataset, company, "top_five_customer_share"):
        top = headline(dataset, company, "largest_customer_share", fact.subject.period)
        if top is None or not (top.is_positive and top.interval.bounded):
            continue
        first, five = top.fraction(), Term.of(fact).fraction()
        others = five - first
        if not others.is_positive:
            state = State.NOT_MEANINGFUL
            points.append(empty(company, "customer_concentration", "x", state, "reason.one_customer", when=fact.period))
            continue
        term = first * first + others * others / Term.number(4)
        points.append(derived(term, company, "customer_concentration", "x", fact.period))
    return points
