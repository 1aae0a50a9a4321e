"""Offering: how strong demand was by tranche, how much was raised, and how peers moved on the day."""

from dataclasses import replace

from ipo_data.analysis.currency import NATIVE
from ipo_data.analysis.points import DataPoint, State, stated
from ipo_data.analysis.valuation import money_chased
from ipo_data.charts.bars import Row, row_bars, row_dots
from ipo_data.dataset import Fact
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.growth import gaps
from ipo_data.exhibits.model import Exhibit


def subscription(context: Context) -> Exhibit:
    """Subscription multiple by tranche; rival figures of one tranche are joined, never merged."""
    rows: list[Row] = []
    points: list[DataPoint] = []
    for tranche in ("public", "international"):
        for company in context.companies:
            for fact in context.dataset.select(company, "subscription_multiple"):
                if fact.dimensions.get("tranche") != tranche:
                    continue
                for point in _with_rivals(fact):
                    points.append(point)
                    base = context.member(company, "base", fact.dimensions["base"]) if "base" in fact.dimensions else ""
                    label = f"{context.name(company)} · {context.member(company, 'tranche', tranche)}" + (
                        f" · {base}" if base else ""
                    )
                    source = context.dataset.claim_by_id[point.claims[0]].source
                    rows.append(
                        Row(
                            label,
                            company,
                            float(point.value or 0),
                            context.point(point),
                            str(point.state),
                            context.source_name(source),
                            " ".join(point.claims),
                        )
                    )
    shown = [*points, *gaps(context, "subscription_multiple", "x")]
    return context.exhibit(
        "subscription",
        _subscription_title(context, points),
        context.say("subscription.subtitle"),
        row_dots(rows, context.look, height_per_row=52),
        shown,
        notes=[context.say("subscription.note")],
    )


def _with_rivals(fact: Fact) -> list[DataPoint]:
    points = stated(fact)
    if fact.shown is not None:
        first = points[0]
        points += [
            replace(
                first,
                value=c.quantity.value,
                interval=c.quantity.rounding,
                claims=(c.id,),
                bound=c.quantity.bound,
                state=State.CONFLICT,
                flags=tuple(c.flags),
            )
            for c in fact.rivals
        ]
    return points


def _subscription_title(context: Context, points: list[DataPoint]) -> str:
    public = [p for p in points if p.dimensions.get("tranche") == "public" and p.value]
    rivals = [p for p in points if p.dimensions == {"tranche": "international"} and p.value]
    if not points:
        return context.say("subscription.neutral")
    if len({p.value for p in rivals if p.company == rivals[0].company}) > 1:
        own = sorted((p for p in rivals if p.company == rivals[0].company), key=lambda p: p.value or 0)
        return context.say(
            "subscription.disputed",
            company=context.name(own[0].company),
            low=context.point(own[0]),
            high=context.point(own[-1]),
        )
    if public:
        top = max(public, key=lambda p: p.value or 0)
        return context.say("subscription.title", company=context.name(top.company), multiple=context.point(top))
    return context.say("subscription.neutral")


def proceeds(context: Context) -> Exhibit:
    """What the offerings raised and who had committed beforehand."""
    points: list[DataPoint] = []
    for company in context.companies:
        for metric in ("gross_proceeds", "net_proceeds", "cornerstone_amount", "order_amount"):
            facts = [f for f in context.dataset.select(company, metric, unit="any") if "investor" not in f.dimensions]
            points += [p for f in facts for p in stated(f)]
        points += [
            p for t in ("public", "international") if (p := money_chased(context.dataset, company, t)).value is not None
        ]
    shown = context.shown_in(points, "HKD" if context.view.currency == NATIVE else None)
    rows = [
        Row(f"{context.name(p.company)} · {context.label(p.measure, p.company)}" + (f" · {context.dimensions(p.company, p.dimensions)}" if p.dimensions else ""), p.company, float(p.value or 0), context.point(p), str(p.state), claims=" ".join(p.claims))
        for p in shown
    ]  # fmt: skip
    gross = next((p for p in shown if p.measure == "gross_proceeds"), None)
    title = (
        context.say(
            "proceeds.title",
            company=context.name(gross.company),
            amount=context.point(gross),
            options=context.dimensions(gross.company, gross.dimensions),
        )
        if gross
        else context.say("proceeds.neutral")
    )
    return context.exhibit("proceeds", title, context.say("proceeds.subtitle"), row_dots(rows, context.look), shown)


def first_day(context: Context) -> Exhibit:
    """Share price moves on the listing day: the company and the securities documents name beside it."""
    points = [p for c in context.companies for f in context.dataset.select(c, "price_change") for p in stated(f)]
    rows = [
        Row((context.dimensions(p.company, p.dimensions) or context.name(p.company)) + f" · {context.period(p.when)}", p.company, float(p.value or 0), context.point(p), str(p.state), claims=" ".join(p.claims))
        for p in points
    ]  # fmt: skip
    own = next((p for p in points if not p.dimensions), None)
    title = (
        context.say(
            "first_day.title",
            company=context.name(own.company),
            change=context.point(own),
            date=context.period(own.when),
        )
        if own
        else context.say("first_day.neutral")
    )
    return context.exhibit("first-day", title, context.say("first_day.subtitle"), row_bars(rows, context.look), points)


def cornerstones(context: Context) -> Exhibit:
    """Cornerstone investors by amount, largest first."""
    points = [
        p
        for c in context.companies
        for f in context.dataset.select(c, "cornerstone_amount", unit="any")
        if "investor" in f.dimensions
        for p in stated(f)
    ]
    shown = sorted(
        context.shown_in(points, context.common_currency),
        key=lambda p: (context.companies.index(p.company), -(p.value or 0)),
    )
    rows = [
        Row(
            f"{context.dimensions(p.company, p.dimensions)} · {context.name(p.company)}",
            p.company,
            float(p.value or 0),
            context.point(p),
            str(p.state),
            claims=" ".join(p.claims),
        )
        for p in shown
    ]
    counts = [
        p for c in context.companies for f in context.dataset.select(c, "cornerstone_investors") for p in stated(f)
    ]
    title = (
        context.say(
            "cornerstones.title",
            parts=context.say.join(
                [
                    context.say("cornerstones.one", company=context.name(p.company), count=context.point(p))
                    for p in counts
                ]
            ),
        )
        if counts
        else context.say("cornerstones.neutral")
    )
    return context.exhibit(
        "cornerstones",
        title,
        context.say("cornerstones.subtitle"),
        row_bars(rows, context.look, height_per_row=28),
        [*shown, *counts],
    )
