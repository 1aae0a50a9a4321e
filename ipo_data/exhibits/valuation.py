"""Valuation: market value over time, multiples of revenue, what targets imply."""

from ipo_data.analysis import valuation
from ipo_data.analysis.point_frame import points_frame
from ipo_data.analysis.points import DataPoint, stated
from ipo_data.charts.bars import Row, row_dots
from ipo_data.charts.lines import step_values
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit


def _dates(context: Context) -> list[str]:
    """The days whose prices are valued: the first and the last on which all companies have one."""
    days = valuation.common_dates(context.dataset, context.companies)
    return list(dict.fromkeys([days[0], days[-1]])) if days else []


def value_path(context: Context) -> Exhibit:
    """Post-money valuations and market values on one log axis in one currency."""
    points = [p for c in context.companies for p in valuation.value_path(context.dataset, c) if p.value]
    shown = context.shown_in(points, context.common_currency)
    last = {p.company: p for p in shown}
    parts = [
        context.say("value_path.one", company=context.name(c), value=context.point(p), date=context.period(p.when))
        for c, p in last.items()
    ]
    title = (
        context.say("value_path.title", parts=context.say.join(parts)) if last else context.say("value_path.neutral")
    )
    subtitle = context.say("value_path.subtitle", currency=context.say(f"currency.{context.common_currency}"))
    return context.exhibit("value-path", title, subtitle, step_values(points_frame(shown), context.look), shown)


def multiples(context: Context) -> Exhibit:
    """Market value over revenue on three bases, at the first and the latest common closing day."""
    rows: list[Row] = []
    points: list[DataPoint] = []
    for day in _dates(context):
        for company in context.companies:
            cap = valuation.latest_close(context.dataset, company, day)
            if cap is None:
                continue
            for basis in valuation.REVENUE_BASES:
                point = valuation.price_to_sales(context.dataset, company, cap, basis, context.rates)
                points.append(point)
                if point.value is not None:
                    label = f"{context.period(point.when)} · {context.name(company)} · {context.say(f'metric.price_to_sales_{basis}')}"
                    rows.append(
                        Row(
                            label,
                            company,
                            float(point.value),
                            context.point(point),
                            str(point.state),
                            claims=" ".join(point.claims),
                        )
                    )
    title = _multiples_title(context, points) or context.say("multiples.neutral")
    return context.exhibit(
        "multiples",
        title,
        context.say("multiples.subtitle"),
        row_dots(rows, context.look, height_per_row=34),
        points,
        notes=[context.say("multiples.note")],
    )


def _multiples_title(context: Context, points: list[DataPoint]) -> str | None:
    ltm = [p for p in points if p.measure == "price_to_sales_ltm" and p.value is not None]
    sentences = []
    for company in context.companies:
        own = [p for p in ltm if p.company == company]
        if len(own) > 1:
            sentences.append(
                context.say(
                    "multiples.moved",
                    company=context.name(company),
                    first=context.point(own[0]),
                    start=context.period(own[0].when),
                    last=context.point(own[-1]),
                    end=context.period(own[-1].when),
                )
            )
        elif own:
            sentences.append(
                context.say(
                    "multiples.one",
                    company=context.name(company),
                    multiple=context.point(own[0]),
                    date=context.period(own[0].when),
                )
            )
    return (
        context.say("multiples.title", parts=context.say("segments.separator").join(sentences)) if sentences else None
    )


def steps(context: Context) -> Exhibit:
    """Market value over the last post-money valuation before the offering."""
    points: list[DataPoint] = []
    for day in _dates(context):
        for company in context.companies:
            cap = valuation.latest_close(context.dataset, company, day)
            step = valuation.step_up(context.dataset, company, cap, context.rates) if cap else None
            points += [step] if step else []
    rows = [
        Row(
            f"{context.period(p.when)} · {context.name(p.company)}",
            p.company,
            float(p.value or 0),
            context.point(p),
            str(p.state),
            claims=" ".join(p.claims),
        )
        for p in points
    ]
    latest = {p.company: p for p in points}
    parts = [
        context.say("steps.one", company=context.name(c), multiple=context.point(p), date=context.period(p.when))
        for c, p in latest.items()
    ]
    title = context.say("steps.title", parts=context.say.join(parts)) if points else context.say("steps.neutral")
    return context.exhibit(
        "step-up",
        title,
        context.say("steps.subtitle"),
        row_dots(rows, context.look),
        points,
        notes=[context.say("steps.note")],
    )


def targets(context: Context) -> Exhibit:
    """Brokers' targets and forecasts as printed, and the revenue they imply together."""
    points: list[DataPoint] = []
    for company in context.companies:
        for metric in (
            "target_market_cap",
            "target_price_to_sales",
            "forecast_revenue_cagr",
            "forecast_gross_margin",
            "market_size_multiple",
        ):
            points += [p for f in context.dataset.select(company, metric, unit="any", kind=None) for p in stated(f)]
        points += valuation.implied_revenue(context.dataset, company)
    shown = context.shown_in(points)
    implied = next((p for p in shown if p.measure == "implied_revenue" and p.value is not None), None)
    title = (
        context.say(
            "targets.title",
            broker=context.dimensions(implied.company, implied.dimensions),
            company=context.name(implied.company),
            revenue=context.point(implied),
            period=context.period(implied.when),
        )
        if implied
        else context.say("targets.neutral")
    )
    return context.exhibit(
        "targets", title, context.say("targets.subtitle"), None, shown, notes=[context.say("targets.note")]
    )
