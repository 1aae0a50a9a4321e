"""Offering: how strong demand was by tranche, how much was raised, and how peers moved on the day."""

from dataclasses import replace
from typing import Final

from ipo_data.analysis.currency import NATIVE
from ipo_data.analysis.points import DataPoint, State, stated
from ipo_data.analysis.valuation import money_chased
from ipo_data.charts.bars import Row, row_bars, row_dots
from ipo_data.dataset import Fact
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.growth import gaps
from ipo_data.exhibits.model import Exhibit
from ipo_data.exhibits.rows import by_measure, heading, row, rows_of

_TRANCHES: Final = ("public", "international")
_PROCEEDS: Final = ("gross_proceeds", "net_proceeds", "cornerstone_amount", "order_amount")


# --- demand -----------------------------------------------------------------------------------------------------------


def subscription(context: Context) -> Exhibit:
    """Subscription multiple by tranche; rival figures of one tranche are joined, never merged."""
    points = [
        point
        for tranche in _TRANCHES
        for company in context.companies
        for fact in context.dataset.select(company, "subscription_multiple")
        if fact.dimensions.get("tranche") == tranche
        for point in _with_rivals(fact)
    ]
    shown = [*points, *gaps(context, "subscription_multiple", "x")]
    return context.exhibit(
        "subscription",
        _subscription_title(context, points),
        context.say("subscription.subtitle"),
        row_dots([_subscription_row(context, p) for p in shown], context.look, height_per_row=52),
        shown,
        notes=[context.say("subscription.note")],
    )


def _with_rivals(fact: Fact) -> list[DataPoint]:
    """Return a fact's headline and, beside it, every figure that was judged against."""
    points = stated(fact)
    if fact.shown is None:
        return points
    rivals = [
        replace(
            points[0], value=c.quantity.value, interval=c.quantity.rounding, claims=(c.id,), bound=c.quantity.bound,
            state=State.CONFLICT, flags=tuple(c.flags),
        )
        for c in fact.rivals
    ]  # fmt: skip
    return [*points, *rivals]


def _subscription_row(context: Context, point: DataPoint) -> Row:
    axes = [axis for axis in ("tranche", "base") if axis in point.dimensions]
    words = [context.member(point.company, axis, point.dimensions[axis]) for axis in axes]
    source = context.source_name(context.dataset.claim_by_id[point.claims[0]].source) if point.claims else ""
    return row(context, point, heading(context.name(point.company), *words), hover=source)


def _subscription_title(context: Context, points: list[DataPoint]) -> str:
    international = [p for p in points if p.dimensions == {"tranche": "international"} and p.value]
    for company in context.companies:
        own = sorted((p for p in international if p.company == company), key=lambda p: p.value or 0)
        if len({p.value for p in own}) > 1:
            low, high = context.point(own[0]), context.point(own[-1])
            return context.say("subscription.disputed", company=context.name(company), low=low, high=high)
    public = [p for p in points if p.dimensions.get("tranche") == "public" and p.value]
    if not public:
        return context.say("subscription.neutral")
    top = max(public, key=lambda p: p.value or 0)
    return context.say("subscription.title", company=context.name(top.company), multiple=context.point(top))


# --- money ------------------------------------------------------------------------------------------------------------


def proceeds(context: Context) -> Exhibit:
    """What the offerings raised and who had committed beforehand."""
    points = [p for company in context.companies for p in _raised(context, company)]
    currency = "HKD" if context.view.currency == NATIVE else context.view.currency
    shown = context.on_one_axis(points, currency)
    rows = rows_of(context, shown, lambda point: by_measure(context, point))
    gross = next((p for p in shown if p.measure == "gross_proceeds" and p.value is not None), None)
    title = context.say("proceeds.neutral")
    if gross is not None:
        options = context.dimensions(gross.company, gross.dimensions)
        name, amount = context.name(gross.company), context.point(gross)
        title = context.say("proceeds.title", company=name, amount=amount, options=options)
    return context.exhibit("proceeds", title, context.say("proceeds.subtitle"), row_dots(rows, context.look), shown)


def _raised(context: Context, company: str) -> list[DataPoint]:
    facts = [f for metric in _PROCEEDS for f in context.dataset.select(company, metric, unit="any")]
    points = [p for f in facts if "investor" not in f.dimensions for p in stated(f)]
    demand = [money_chased(context.dataset, company, tranche) for tranche in _TRANCHES]
    return [*points, *[p for p in demand if p.value is not None]]


def cornerstones(context: Context) -> Exhibit:
    """Cornerstone investors by amount, largest first."""
    facts = [f for c in context.companies for f in context.dataset.select(c, "cornerstone_amount", unit="any")]
    points = [p for f in facts if "investor" in f.dimensions for p in stated(f)]
    order = {company: place for place, company in enumerate(context.companies)}
    shown = context.on_one_axis(points, context.common_currency)
    shown.sort(key=lambda p: (order[p.company], -(p.value or 0)))
    counts = [
        p for c in context.companies for f in context.dataset.select(c, "cornerstone_investors") for p in stated(f)
    ]
    sentences = [
        context.say("cornerstones.one", company=context.name(p.company), count=context.point(p)) for p in counts
    ]  # fmt: skip
    rows = rows_of(
        context, shown, lambda p: heading(context.dimensions(p.company, p.dimensions), context.name(p.company))
    )  # fmt: skip
    return context.exhibit(
        "cornerstones",
        context.title("cornerstones", sentences),
        context.say("cornerstones.subtitle"),
        row_bars(rows, context.look, height_per_row=28),
        [*shown, *counts],
    )


# --- the first day ----------------------------------------------------------------------------------------------------


def first_day(context: Context) -> Exhibit:
    """Share price moves on the listing day: the company and the securities documents name beside it."""
    points = [p for c in context.companies for f in context.dataset.select(c, "price_change") for p in stated(f)]
    rows = rows_of(context, points, lambda point: _security(context, point))
    own = next((p for p in points if not p.dimensions), None)
    title = context.say("first_day.neutral")
    if own is not None:
        name, change, when = context.name(own.company), context.point(own), context.period(own.when)
        title = context.say("first_day.title", company=name, change=change, date=when)
    return context.exhibit("first-day", title, context.say("first_day.subtitle"), row_bars(rows, context.look), points)


def _security(context: Context, point: DataPoint) -> str:
    name = context.dimensions(point.company, point.dimensions) or context.name(point.company)
    return heading(name, context.period(point.when))
