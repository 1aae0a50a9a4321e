"""Valuation: market value over time, multiples of revenue, what targets imply."""

from ipo_data.analysis import valuation
from ipo_data.analysis.point_frame import points_frame
from ipo_data.analysis.points import DataPoint, stated
from ipo_data.charts.bars import Row, row_dots
from ipo_data.charts.lines import step_values
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit


def value_path(context: Context) -> Exhibit:
    """Post-money valuations and market values on one log axis in one currency."""
    points = [p for c in context.companies for p in valuation.value_path(context.dataset, c) if p.value and p.bound == "exact" or p.bound == "about"]
    shown = context.shown_in(points, context.common_currency)
    last = {p.company: p for p in shown}
    title = context.say("value_path.title", parts=context.say.join([context.say("value_path.one", company=context.name(c), value=context.point(p), date=context.period(p.when)) for c, p in last.items()])) if last else context.say("value_path.neutral")
    return context.exhibit("value-path", title, context.say("value_path.subtitle", currency=context.say(f"currency.{context.common_currency}")), step_values(points_frame(shown), context.look), shown)


def multiples(context: Context) -> Exhibit:
    """Market value over revenue on three bases, with the date of each market value."""
    rows: list[Row] = []
    points: list[DataPoint] = []
    on = context.view.option("cap_date", "")
    for company in context.companies:
        cap = valuation.latest_close(context.dataset, company, on or None)
        for basis in valuation.REVENUE_BASES:
            if cap is None:
                continue
            point = valuation.price_to_sales(context.dataset, company, cap, basis, context.rates)
            points.append(point)
            if point.value is not None:
                rows.append(Row(f"{context.name(company)} · {context.say(f'metric.price_to_sales_{basis}')}", company, float(point.value), context.point(point), str(point.state), context.period(point.when), " ".join(point.claims)))
    ltm = [p for p in points if p.measure == "price_to_sales_ltm" and p.value is not None]
    title = context.say("multiples.title", parts=context.say.join([context.say("multiples.one", company=context.name(p.company), multiple=context.point(p), date=context.period(p.when)) for p in ltm])) if ltm else context.say("multiples.neutral")
    return context.exhibit("multiples", title, context.say("multiples.subtitle"), row_dots(rows, context.look, log=False), points, notes=[context.say("multiples.note")])


def steps(context: Context) -> Exhibit:
    """Market value over the last post-money valuation, and what brokers' targets imply."""
    points: list[DataPoint] = []
    for company in context.companies:
        cap = valuation.latest_close(context.dataset, company, context.view.option("cap_date", "") or None)
        step = valuation.step_up(context.dataset, company, cap, context.rates) if cap else None
        points += [step] if step else []
    rows = [Row(f"{context.name(p.company)} · {context.label(p.measure, p.company)} · {context.period(p.when)}", p.company, float(p.value or 0), context.point(p), str(p.state), claims=" ".join(p.claims)) for p in points]
    title = context.say("steps.title", parts=context.say.join([context.say("steps.one", company=context.name(p.company), multiple=context.point(p)) for p in points])) if points else context.say("steps.neutral")
    return context.exhibit("step-up", title, context.say("steps.subtitle"), row_dots(rows, context.look, log=False), points, notes=[context.say("steps.note")])


def targets(context: Context) -> Exhibit:
    """Brokers' targets and forecasts as printed, and the revenue they imply together."""
    points: list[DataPoint] = []
    for company in context.companies:
        for metric in ("target_market_cap", "target_price_to_sales", "forecast_revenue_cagr", "forecast_gross_margin", "market_size_multiple"):
            points += [p for f in context.dataset.select(company, metric, unit="any", kind=None) for p in stated(f)]
        points += valuation.implied_revenue(context.dataset, company)
    shown = context.shown_in(points)
    implied = next((p for p in shown if p.measure == "implied_revenue" and p.value is not None), None)
    title = context.say("targets.title", broker=context.dimensions(implied.company, implied.dimensions), company=context.name(implied.company), revenue=context.point(implied), period=context.period(implied.when)) if implied else context.say("targets.neutral")
    return context.exhibit("targets", title, context.say("targets.subtitle"), None, shown, notes=[context.say("targets.note")])
