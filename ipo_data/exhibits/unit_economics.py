"""Spending per unit of revenue, the price of growth, and figures per user, payer and employee."""

from typing import Final

from ipo_data.analysis import spending as lines
from ipo_data.analysis import unit_economics
from ipo_data.analysis.points import DataPoint, State, empty, main_periods
from ipo_data.charts.aligned import aligned_parts
from ipo_data.charts.bars import row_dots
from ipo_data.charts.stacks import Bar, Slice, row_stacks
from ipo_data.dataset import Dataset
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit
from ipo_data.exhibits.rows import by_measure_if_several, heading, rows_of
from ipo_data.exhibits.said_once import Said, title_once
from ipo_data.exhibits.side_by_side import PointsOf, comparison, latest

_WHOLE: Final = "spend_to_revenue"
_PARTS: Final = (
    "cost_compute_to_revenue", "cost_other_to_revenue", "cost_to_revenue_whole", "research_compute_to_revenue",
    "research_other_to_revenue", "research_to_revenue_whole", "marketing_to_revenue_whole",
    "administration_to_revenue_whole",
)  # fmt: skip
_COMPUTE: Final = ("cost_compute_to_revenue", "research_compute_to_revenue")
_RECENT: Final = 3


# --- spending ---------------------------------------------------------------------------------------------------------


def spending(context: Context) -> Exhibit:
    """What is spent for each unit of revenue, the latest itemised period above the same months a year before."""
    stacks: list[Bar] = []
    points: list[DataPoint] = []
    sentences: list[str] = []
    for company in context.companies:
        periods = lines.like_for_like(context.dataset, company)[::-1]
        if not periods:
            points.append(empty(company, _WHOLE, "x", State.NOT_DISCLOSED, "reason.not_in_sources"))
        for period in periods:
            own = lines.spending(context.dataset, company, period)
            points += own
            stacks.append(_stack(context, own))
        if periods:
            sentences.append(_spends(context, [p for p in points if p.company == company and p.when == periods[0]]))
    names = {part: context.say(f"metric.{part}") for part in _PARTS}
    picture = (
        row_stacks(stacks, names, context.look, mark=(1.0, context.say("spending.mark"))) if context.look.narrow
        else aligned_parts(stacks, names, context.say(f"metric.{_WHOLE}"), context.look)
    )  # fmt: skip
    title = context.title("spending", sentences, clauses=True)
    notes = [context.say("spending.note_one" if context.alone else "spending.note")] if sentences else []
    return context.exhibit("spending", title, context.say("spending.subtitle"), picture, points, notes=notes)


def _stack(context: Context, own: list[DataPoint]) -> Bar:
    whole = next(p for p in own if p.measure == _WHOLE)
    slices = tuple(
        Slice(
            p.measure, float(p.value or 0), context.short(p), str(p.state), " ".join(p.claims), context.point(p)
        )
        for p in own if p.measure != _WHOLE
    )  # fmt: skip
    label = heading(context.name(whole.company), context.period(whole.when))
    return Bar(label, whole.company, slices, context.short(whole))


def _spends(context: Context, own: list[DataPoint]) -> str:
    """Say what a company spends, and on computing where it is stated for both cost of sales and research."""
    found = {p.measure: p for p in own}
    whole = found[_WHOLE]
    words = {
        "company": context.name(whole.company), "whole": context.short(whole), "period": context.period(whole.when)
    }  # fmt: skip
    if not set(_COMPUTE) <= set(found):
        return context.say("spending.one", **words)
    training, serving = (context.short(found[name]) for name in reversed(_COMPUTE))
    return context.say("spending.compute", training=training, serving=serving, **words)


# --- the price of growth ----------------------------------------------------------------------------------------------


def incremental(context: Context) -> Exhibit:
    """Additional loss per additional unit of revenue, against the same months a year before."""
    points = [p for company in context.companies for p in _incremental(context.dataset, company)]
    gaps = [
        empty(c, "incremental_loss", "x", State.NOT_AVAILABLE, "reason.no_prior_part")
        for c in context.companies if c not in {p.company for p in points}
    ]  # fmt: skip
    last = {p.company: p for p in points if p.value is not None}
    told = [
        Said(context.name(c), context.short(p), (context.say(f"loss_kind.{p.measure}"), context.period(p.when)))
        for c, p in last.items()
    ]
    shown = [*points, *gaps]
    rows = rows_of(context, shown, by_measure_if_several(context, shown))
    title = title_once(context, "incremental", told)
    picture = row_dots(rows, context.look, height_per_row=30, mark=(1.0, context.say("incremental.mark")))
    notes = [context.say("incremental.note")]
    return context.exhibit(
        "incremental-loss", title, context.say("incremental.subtitle"), picture, [*points, *gaps], notes=notes
    )


def _incremental(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return the last periods by the adjusted loss, or by the IFRS loss where only that allows it."""
    for found in (
        unit_economics.incremental_loss(dataset, company), unit_economics.incremental_net_loss(dataset, company)
    ):  # fmt: skip
        if found:
            return main_periods(found)[-_RECENT:]
    return []


# --- per user, payer and employee -------------------------------------------------------------------------------------


def economics(context: Context) -> Exhibit:
    """Unit economics side by side; what a company does not report is named, never estimated."""
    table, points = comparison(context, [(context.say(f"unit.{name}"), build) for name, build in _LINES])
    filled = {p.company for p in points if p.value is not None}
    title = context.say("unit.title" if filled else "unit.neutral")
    missing = [context.name(c) for c in context.companies if c not in filled]
    notes = [context.say("unit.note")]
    notes += [context.say("unit.missing", companies=context.say.join(missing))] if missing and filled else []
    return context.exhibit(
        "unit-economics", title, context.say("unit.subtitle"), None, points, table=table, notes=notes
    )


def _last(build: lines.Build, *, products: bool = False) -> PointsOf:
    """Return the figures of the latest period: of the whole company, or of its products."""

    def points(context: Context, company: str) -> list[DataPoint]:
        found = [p for p in build(context.dataset, company) if bool(p.dimensions) == products]
        ends = [str(getattr(p.when, "end", "")) for p in found]
        return [p for p, end in zip(found, ends, strict=True) if end == max(ends)]

    return points


def _only(build: lines.Build, measure: str) -> lines.Build:
    return lambda dataset, company: [p for p in build(dataset, company) if p.measure == measure]


_LINES: Final[tuple[tuple[str, PointsOf], ...]] = (
    ("arpu", _last(unit_economics.revenue_per_user_month)),
    ("arppu", _last(_only(unit_economics.revenue_per_payer, "revenue_per_payer"))),
    ("arppu_without_ads", _last(_only(unit_economics.revenue_per_payer, "revenue_per_payer_without_ads"))),
    ("payer_ratio", _last(unit_economics.payer_ratio)),
    ("payer_ratio_products", _last(unit_economics.payer_ratio, products=True)),
    ("customers", latest("paying_platform_customers")),
    ("revenue_per_employee", _last(unit_economics.revenue_per_employee)),
    ("revenue_per_employee_annualised", _last(unit_economics.revenue_per_employee_annualised)),
    ("receivable_days", latest("receivable_days")),
    ("burn_multiple", _last(unit_economics.burn_multiple)),
)
