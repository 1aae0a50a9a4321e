"""Profitability: margins, losses and spending against revenue."""

from ipo_data.analysis import margins
from ipo_data.analysis.point_frame import points_frame
from ipo_data.analysis.points import DataPoint, main_periods, stated
from ipo_data.charts.bars import Row, row_bars
from ipo_data.charts.lines import period_lines
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.growth import gaps
from ipo_data.exhibits.model import Exhibit


def gross_margin(context: Context) -> Exhibit:
    """Gross margin by period."""
    points = main_periods(p for c in context.companies for p in margins.margin_points(context.dataset, c))
    shown = [
        *points,
        *(p for p in gaps(context, "gross_margin", "percent") if not any(q.company == p.company for q in points)),
    ]
    title = _moves(context, points) or context.say("gross_margin.neutral")
    return context.exhibit(
        "gross-margin",
        title,
        context.say("gross_margin.subtitle"),
        period_lines(points_frame(points), context.look, unit="percent"),
        shown,
    )


def _moves(context: Context, points: list[DataPoint]) -> str | None:
    sentences = []
    for company in context.companies:
        own = [p for p in points if p.company == company and p.value is not None]
        if len(own) > 1:
            first, last = own[0], own[-1]
            difference = float((last.value or 0) - (first.value or 0))
            sentences.append(
                context.say(
                    "gross_margin.one",
                    company=context.name(company),
                    first=context.point(first),
                    last=context.point(last),
                    start=context.period(first.when),
                    end=context.period(last.when),
                    move=context.write(difference, "points"),
                )
            )
    return (
        context.say("gross_margin.title", parts=context.say("segments.separator").join(sentences))
        if sentences
        else None
    )


def segment_margins(context: Context) -> Exhibit:
    """Gross margin by segment in the latest period that allows it; a missing one follows from the margin identity."""
    points: list[DataPoint] = []
    for company in context.companies:
        for axis in ("segment", "deployment"):
            labels = [
                f.period.label
                for f in context.dataset.select(company, "gross_margin")
                if set(f.dimensions) == {axis} and f.period
            ]
            if labels:
                points += margins.segment_margins(context.dataset, company, axis, labels[-1])
    rows = [
        Row(f"{context.name(p.company)} · {context.dimensions(p.company, p.dimensions)} · {context.period(p.when)}", p.company, float(p.value), _with_interval(context, p), str(p.state), claims=" ".join(p.claims))
        for p in points if p.value is not None
    ]  # fmt: skip
    computed = next((p for p in points if p.formula and p.value is not None), None)
    best = max((p for p in points if p.value is not None), key=lambda p: p.value or 0, default=None)
    worst = min((p for p in points if p.value is not None), key=lambda p: p.value or 0, default=None)
    if best is None or worst is None or best is worst:
        title = context.say("segment_margins.neutral")
    else:
        title = context.say(
            "segment_margins.title",
            best=context.dimensions(best.company, best.dimensions),
            best_company=context.name(best.company),
            high=context.point(best),
            worst=context.dimensions(worst.company, worst.dimensions),
            worst_company=context.name(worst.company),
            low=context.point(worst),
        )
    notes = [context.say("segment_margins.note", formula=computed.formula)] if computed else []
    return context.exhibit(
        "segment-margins",
        title,
        context.say("segment_margins.subtitle"),
        row_bars(rows, context.look),
        points,
        notes=notes,
    )


def _with_interval(context: Context, point: DataPoint) -> str:
    if not point.formula or point.interval is None:
        return context.point(point)
    return f"{context.point(point)} [{context.write(float(point.interval.low), 'percent')}, {context.write(float(point.interval.high), 'percent')}]"


def losses(context: Context) -> Exhibit:
    """Losses by period, each by the definition its document uses."""
    points = [
        p
        for c in context.companies
        for m in ("net_loss", "adjusted_net_loss")
        for f in context.dataset.select(c, m)
        if not f.dimensions
        for p in stated(f)
    ]
    shown = context.shown_in(_recent(main_periods(points), 2), context.common_currency)
    rows = [
        Row(f"{context.name(p.company)} · {context.label(p.measure, p.company)} · {context.period(p.when)}", p.company, float(p.value or 0), context.point(p), str(p.state), claims=" ".join(p.claims))
        for p in shown
    ]  # fmt: skip
    title = context.say("losses.title") if points else context.say("losses.neutral")
    return context.exhibit(
        "losses",
        title,
        context.say("losses.subtitle"),
        row_bars(rows, context.look, height_per_row=30),
        shown,
        notes=[context.say("losses.note")],
    )


def _recent(points: list[DataPoint], count: int) -> list[DataPoint]:
    """Keep the latest periods of each company and measure."""
    kept = []
    for point in points:
        own = sorted(
            (p for p in points if (p.company, p.measure) == (point.company, point.measure)),
            key=lambda p: str(getattr(p.when, "end", "")),
        )
        if point in own[-count:]:
            kept.append(point)
    return kept


def loss_ratio(context: Context) -> Exhibit:
    """Loss per unit of revenue; firms with different loss definitions are marked."""
    points: list[DataPoint] = []
    for company in context.companies:
        both = [
            main_periods(margins.ratio_to_revenue(context.dataset, company, metric, measure))
            for metric, measure in (("adjusted_net_loss", "adjusted_loss_to_revenue"), ("net_loss", "net_loss_to_revenue"))
        ]  # fmt: skip
        points += next((own for own in both if any(p.value is not None for p in own)), [])
    rows = [
        Row(f"{context.name(p.company)} · {context.label(p.measure, p.company)} · {context.period(p.when)}", p.company, float(p.value) if p.value is not None else None, context.point(p), str(p.state), claims=" ".join(p.claims))
        for p in points
    ]  # fmt: skip
    latest = {}
    for point in points:
        if point.value is not None:
            latest[point.company] = point
    sentences = [
        context.say(
            "loss_ratio.one",
            company=context.name(c),
            ratio=context.point(p),
            measure=context.label(p.measure, c),
            period=context.period(p.when),
        )
        for c, p in latest.items()
    ]
    title = (
        context.say("loss_ratio.title", parts=context.say("segments.separator").join(sentences))
        if sentences
        else context.say("loss_ratio.neutral")
    )
    return context.exhibit(
        "loss-ratio",
        title,
        context.say("loss_ratio.subtitle"),
        row_bars(rows, context.look, height_per_row=30),
        points,
        notes=[context.say("loss_ratio.note")],
    )


def research(context: Context) -> Exhibit:
    """Research and development against revenue, stated or computed."""
    points: list[DataPoint] = []
    for company in context.companies:
        computed = margins.ratio_to_revenue(context.dataset, company, "research_and_development", "research_to_revenue")
        stated_points = [p for f in context.dataset.select(company, "research_to_revenue") for p in stated(f)]
        covered = {str(p.when) for p in computed}
        points += main_periods([p for p in stated_points if str(p.when) not in covered] + computed)
    rows = [
        Row(f"{context.name(p.company)} · {context.period(p.when)}", p.company, float(p.value) if p.value is not None else None, context.point(p), str(p.state), claims=" ".join(p.claims))
        for p in points
    ]  # fmt: skip
    last = next((p for p in reversed(points) if p.value is not None), None)
    title = (
        context.say(
            "research.title",
            company=context.name(last.company),
            ratio=context.point(last),
            period=context.period(last.when),
        )
        if last
        else context.say("research.neutral")
    )
    return context.exhibit(
        "research", title, context.say("research.subtitle"), row_bars(rows, context.look, height_per_row=32), points
    )
