"""Derived figures per user, customer, employee and unit of growth; each only where its inputs are stated."""

from decimal import Decimal

from ipo_data.analysis.growth import ends_of_span
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
from ipo_data.intervals import Interval
from ipo_data.periods import Period

_ONE = Term.number(1)
DAYS_IN_PART = {12: 365, 9: 270, 6: 180}
"""Days the prospectuses count for a period of so many months."""


def _periods(dataset: Dataset, company: str, metric: str, **dimensions: str) -> list[Fact]:
    facts = dataset.select(company, metric)
    return [f for f in facts if f.dimensions == dimensions and f.period and f.shown and ".." not in f.period.label]


def payer_ratio(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return payers of the period ÷ average monthly users, in percent, in total and by product.

    Payers are counted over the whole period and users by month, so the ratio overstates a monthly conversion.
    """
    points = []
    for fact in dataset.select(company, "paying_users"):
        users = headline(dataset, company, "mau", fact.subject.period, **fact.dimensions)
        if users and fact.shown and users.is_positive:
            term = (Term.of(fact) / users).percent()
            points.append(derived(term, company, "payer_ratio", "percent", fact.period, dimensions=fact.dimensions))
    return points


def _consumer_revenue(dataset: Dataset, company: str, period: str) -> Term | None:
    stated = headline(dataset, company, "revenue", period, segment="c_end")
    if stated is not None:
        return stated
    share = headline(dataset, company, "revenue_share", period, segment="c_end")
    whole = headline(dataset, company, "revenue", period)
    return share.fraction() * whole if share and whole else None


def revenue_per_payer(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return consumer revenue ÷ payers per period, with advertising and, where stated, without it."""
    unit = dataset.companies[company].reporting_currency
    points = []
    for fact in _periods(dataset, company, "paying_users"):
        period = fact.subject.period or ""
        revenue, payers = _consumer_revenue(dataset, company, period), Term.of(fact)
        if revenue is None or not payers.is_positive:
            continue
        points.append(derived(revenue / payers, company, "revenue_per_payer", unit, fact.period))
        advertising = _advertising(dataset, company, period)
        if advertising is not None:
            term = (revenue - advertising) / payers
            points.append(derived(term, company, "revenue_per_payer_without_ads", unit, fact.period))
    return points


def _advertising(dataset: Dataset, company: str, period: str) -> Term | None:
    """Return advertising revenue: in total where stated, else of all products; ``None`` if one is in conflict."""
    facts = [f for f in dataset.select(company, "revenue") if f.subject.period == period]
    ads = [f for f in facts if f.dimensions.get("channel") == "online_marketing"]
    chosen = [f for f in ads if set(f.dimensions) == {"channel"}] or [f for f in ads if "product" in f.dimensions]
    if not chosen or any(f.shown is None for f in chosen):
        return None
    return sum_of([shown_term(f) for f in chosen])


def revenue_per_user_month(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return consumer revenue ÷ average monthly users ÷ months."""
    unit = dataset.companies[company].reporting_currency
    points = []
    for fact in _periods(dataset, company, "mau"):
        revenue = _consumer_revenue(dataset, company, fact.subject.period or "")
        if revenue is not None and fact.period and Term.of(fact).is_positive:
            term = revenue / Term.of(fact) / Term.number(fact.period.months)
            points.append(derived(term, company, "revenue_per_user_month", unit, fact.period))
    return points


def revenue_per_employee(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return revenue of the latest period that ends on the day of the headcount ÷ employees."""
    unit = dataset.companies[company].reporting_currency
    points = []
    for staff in dataset.select(company, "employees"):
        ending = [f for f in _periods(dataset, company, "revenue") if f.end == staff.end]
        if ending and staff.shown and Term.of(staff).is_positive:
            longest = max(ending, key=lambda f: f.period.days if f.period else 0)
            term = shown_term(longest) / Term.of(staff)
            points.append(derived(term, company, "revenue_per_employee", unit, longest.period))
    return points


def research_headcount(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return employees × share in research."""
    points = []
    for share in dataset.select(company, "research_staff_share"):
        staff = headline(dataset, company, "employees", share.subject.as_of)
        if staff and share.shown:
            term = staff * Term.of(share).fraction()
            points.append(derived(term, company, "research_headcount", "persons", share.instant))
    return points


def average_receivables(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return receivable days ÷ days of the period × revenue, by the prospectuses' count of days and the calendar's."""
    unit = dataset.companies[company].reporting_currency
    points = []
    for days in dataset.select(company, "receivable_days"):
        revenue = headline(dataset, company, "revenue", days.subject.period)
        if revenue and days.shown and days.period:
            calendar = days.period.days
            counted = DAYS_IN_PART.get(days.period.months, calendar)
            for measure, whole in (("average_receivables", counted), ("average_receivables_calendar", calendar)):
                term = Term.of(days) / Term.number(whole) * revenue
                points.append(derived(term, company, measure, unit, days.period))
    return points


def revenue_per_payer_month(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return revenue ÷ payers ÷ months of the consumer segment and of each product, with advertising."""
    unit = dataset.companies[company].reporting_currency
    points = []
    for fact in dataset.select(company, "paying_users"):
        period = fact.subject.period or ""
        revenue = _product_revenue(dataset, company, period, fact.dimensions.get("product"))
        ratio = quotient(revenue, Term.of(fact)) if fact.shown else None
        if ratio is not None and fact.period is not None:
            term = ratio / Term.number(fact.period.months)
            points.append(
                derived(term, company, "revenue_per_payer_month", unit, fact.period, dimensions=fact.dimensions)
            )
    return points


def _product_revenue(dataset: Dataset, company: str, period: str, product: str | None) -> Term | None:
    """Return a product's revenue, stated or share × total; all consumer revenue if no product is named."""
    if product is None:
        return _consumer_revenue(dataset, company, period)
    stated = headline(dataset, company, "revenue", period, product=product)
    if stated is not None:
        return stated
    share = headline(dataset, company, "revenue_share", period, product=product)
    whole = headline(dataset, company, "revenue", period)
    return share.fraction() * whole if share and whole else None


def revenue_per_employee_annualised(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return revenue per employee × 12 ÷ months of the period: a label for size, never a forecast."""
    points = []
    for point in revenue_per_employee(dataset, company):
        if isinstance(point.when, Period):
            term = term_of(point) * Term.number(12) / Term.number(point.when.months)
            points.append(derived(term, company, "revenue_per_employee_annualised", point.unit, point.when))
    return points


def bases_of_multiples(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return the earlier figure that a stated multiple implies, once as *n times* and once as *n times more*."""
    points = []
    for metric in ("paying_users", "mau"):
        for fact in dataset.select(company, f"{metric}_multiple"):
            now = _at_end(dataset, company, metric, fact)
            if now is None or fact.shown is None or not Term.of(fact).is_positive:
                continue
            for measure, factor in (("base_if_times", Term.of(fact)), ("base_if_times_more", Term.of(fact) + 1)):
                term = now / factor
                points.append(derived(term, company, f"{metric}_{measure}", "persons", fact.period))
    return points


def growth_behind_multiples(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return last ÷ first − 1 in percent for every figure said to have grown *n times*: 8.9 times is +790 %."""
    points = []
    for metric in ("paying_users", "mau"):
        for fact in dataset.select(company, f"{metric}_multiple"):
            ends = ends_of_span(fact)
            first, last = (headline(dataset, company, metric, label) for label in ends) if ends else (None, None)
            ratio = quotient(last, first)
            if ratio is not None:
                term = (ratio - _ONE).percent()
                points.append(derived(term, company, f"{metric}_growth", "percent", fact.period))
    return points


def _at_end(dataset: Dataset, company: str, metric: str, multiple: Fact) -> Term | None:
    """Return the figure of the longest period that ends when a multiple's span ends."""
    ending = [f for f in _periods(dataset, company, metric) if f.end == multiple.end]
    return Term.of(max(ending, key=lambda f: f.period.days if f.period else 0)) if ending else None


def incremental_loss(
    dataset: Dataset, company: str, metric: str = "adjusted_net_loss", measure: str = "incremental_loss"
) -> list[DataPoint]:
    """Return additional loss per additional unit of revenue, against the same months a year before.

    The prior period is stated, or implied by stated growth. Without more revenue the ratio is not meaningful.
    """
    points = []
    for fact in _periods(dataset, company, metric):
        loss = _change(dataset, company, metric, fact)
        revenue = _change(dataset, company, "revenue", fact)
        if loss is None or revenue is None:
            continue
        if revenue.interval.low <= 0:
            state = State.NOT_MEANINGFUL
            points.append(empty(company, measure, "x", state, "reason.no_more_revenue", when=fact.period))
            continue
        points.append(derived(loss / revenue, company, measure, "x", fact.period))
    return points


def incremental_net_loss(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return additional IFRS loss per additional unit of revenue (see ``incremental_loss``)."""
    return incremental_loss(dataset, company, "net_loss", "incremental_net_loss")


def burn_multiple(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return adjusted loss ÷ additional revenue: a stand-in, since recurring revenue is not stated."""
    points = []
    for fact in _periods(dataset, company, "adjusted_net_loss"):
        revenue = _change(dataset, company, "revenue", fact)
        if revenue is not None and revenue.interval.low > 0:
            term = shown_term(fact) / revenue
            points.append(derived(term, company, "burn_multiple", "x", fact.period))
    return points


def burn_multiple_assumed(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return the company's assumed monthly burn × months ÷ additional revenue, for periods the assumption covers."""
    burns = [f for f in dataset.select(company, "monthly_burn", kind=None) if f.shown and f.period]
    assumed = [f for f in burns if f.dimensions.get("burn_basis") == "assumed"]
    points = []
    for fact in _periods(dataset, company, "revenue"):
        own = [f for f in assumed if f.period and fact.period and f.period.start <= fact.period.start]
        covering = [f for f in own if f.period and fact.period and fact.period.end <= f.period.end]
        ratio = _assumed_ratio(dataset, company, fact, covering[-1]) if covering else None
        if ratio is not None:
            points.append(derived(ratio, company, "burn_multiple_assumed", "x", fact.period))
    return points


def _assumed_ratio(dataset: Dataset, company: str, fact: Fact, burn: Fact) -> Term | None:
    months = Term.number(fact.period.months if fact.period else 0)
    return quotient(shown_term(burn) * months, _change(dataset, company, "revenue", fact))


def _change(dataset: Dataset, company: str, metric: str, at: Fact) -> Term | None:
    """Return the change of a metric against the same months a year before."""
    if at.period is None:
        return None
    now = headline(dataset, company, metric, at.period.label)
    if now is None:
        return None
    before = headline(dataset, company, metric, at.period.prior_year().label)
    if before is not None:
        return now - before
    growth = headline(dataset, company, f"{metric}_growth", at.period.label)
    if growth is None or not (_ONE + growth.fraction()).is_positive:
        return None
    # now − now/(1+g), written with each input once so that the interval is not widened
    factor = _ONE + growth.fraction()
    term = now * (_ONE - _ONE / factor)
    return term.narrowed(term.interval, f"{now.text} − {now.text} ÷ ({factor.text})")


def region_concentration(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return the bounds of the Herfindahl index by region that one known share s allows: s² to s² + (1 − s)²."""
    points = []
    for fact in dataset.select(company, "revenue_share"):
        if fact.dimensions == {"region": "mainland_china"} and fact.shown:
            share = Term.of(fact).fraction()
            ends = [min(end, Decimal(1)) for end in (share.interval.low, share.interval.high)]
            highest = max(end * end + (1 - end) * (1 - end) for end in ends)  # convex, so highest at an end
            text = f"{share.text}² … {share.text}² + (1 − {share.text})²"
            term = (share * share).narrowed(Interval(ends[0] * ends[0], highest), text)
            points.append(derived(term, company, "region_concentration", "x", fact.period, dimensions=fact.dimensions))
    return points


def holder_concentration(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return the lower bound of the ownership index: Σ share² of the named holders (percent squared), by stage."""
    groups = dataset.companies[company].groups.get("holder", {})
    by_stage: dict[str, list[Fact]] = {}
    facts = [f for f in dataset.select(company, "economic_interest") if f.shown and "holder" in f.dimensions]
    for fact in facts:
        stage = fact.dimensions.get("stage", "")
        named = {f.dimensions["holder"] for f in facts if f.dimensions.get("stage", "") == stage}
        if not named.intersection(groups.get(fact.dimensions["holder"], ())):  # a group counts unless its parts do
            by_stage.setdefault(stage, []).append(fact)
    points = []
    for stage, own in by_stage.items():
        total = sum_of([Term.of(f) * Term.of(f) for f in own])
        dimensions = {"stage": stage} if stage else {}
        points.append(derived(total, company, "holder_concentration", "x", own[0].instant, dimensions=dimensions))
    return points
