"""Valuation: market value over time, multiples of revenue, what targets imply."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ipo_data.analysis import valuation
from ipo_data.analysis.funding_steps import offer_step, paid_up_late
from ipo_data.analysis.market_arithmetic import targets as compared
from ipo_data.analysis.points import DataPoint, State, empty, stated
from ipo_data.charts.bars import row_dots
from ipo_data.charts.lines import step_values
from ipo_data.dataset import Fact
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit
from ipo_data.exhibits.rows import heading, paired
from ipo_data.exhibits.said_once import Said, title_once
from ipo_data.exhibits.windows import multiple_notes

_TARGETS: Final = (
    "target_market_cap",
    "target_price_to_sales",
    "forecast_revenue_cagr",
    "forecast_gross_margin",
    "market_size_multiple",
)


def _caps(context: Context) -> list[DataPoint]:
    """Return the market values that are compared."""
    return valuation.compared_closes(context.dataset, context.companies)


_WORDED: Final = {
    "value_at_offer_price": "dated.at_offer",
    "post_money_valuation": "dated.after_round",
    "offer_step": "dated.at_offer",
}
"""How titles word a value that is not one at the close, by measure."""


def _dated(context: Context, points: dict[str, DataPoint]) -> list[Said]:
    """Return each company's figure with its day, and what it is if it is no value at the close."""
    return [
        Said(
            context.name(c), context.short(p),
            (context.say(_WORDED[p.measure]) if p.measure in _WORDED else "", context.period(p.when)),
        )
        for c, p in points.items()
    ]  # fmt: skip


# --- value over time --------------------------------------------------------------------------------------------------


def value_path(context: Context) -> Exhibit:
    """Post-money valuations and market values on one log axis in one currency."""
    points = [p for c in context.companies for p in valuation.value_path(context.dataset, c) if p.value]
    shown = context.on_one_axis(points, context.common_currency)
    last = {p.company: p for p in shown if p.value is not None}
    title = title_once(context, "value_path", _dated(context, last))
    subtitle = context.say("value_path.subtitle", currency=context.say(f"currency.{context.common_currency}"))
    late = [pair for company in context.companies for pair in paid_up_late(context.dataset, company)]
    apart = {(fact.company, f"round={fact.dimensions['round']}") for fact, _ in late}
    picture = step_values(context.frame(shown), context.look, apart)
    notes = [*late_rounds(context, late), *([context.say("value_path.apart")] if late else [])]
    return context.exhibit("value-path", title, subtitle, picture, shown, notes=notes)


def late_rounds(context: Context, pairs: Sequence[tuple[Fact, Fact]]) -> list[str]:
    """Return a note for each round that was paid up after a later one."""
    return [
        context.say(
            "rounds.late", company=context.name(fact.company), date=context.period(fact.instant),
            round=context.dimensions(fact.company, fact.dimensions),
            later=context.dimensions(later.company, later.dimensions), later_date=context.period(later.instant),
        )
        for fact, later in pairs
    ]  # fmt: skip


# --- multiples --------------------------------------------------------------------------------------------------------


def multiples(context: Context) -> Exhibit:
    """Market value over revenue: at the offer price on the chosen basis, at two common closes on all three."""
    offers = [point for company in context.companies for point in _at_offer(context, company)]
    closes = [
        valuation.price_to_sales(context.dataset, cap.company, cap, basis, context.rates)
        for cap in _caps(context)
        for basis in valuation.REVENUE_BASES
    ]
    points = [*offers, *closes]
    rows = paired(context, points, lambda point: _multiple_label(context, point))
    revenue = context.say(f"revenue_of.{context.revenue_basis}")
    return context.exhibit(
        "multiples",
        context.title("multiples", _multiple_sentences(context, points), clauses=True, revenue=revenue),
        context.say("multiples.subtitle", revenue=revenue),
        row_dots(rows, context.look, height_per_row=34),
        points,
        notes=[context.say("multiples.note"), *multiple_notes(context)],
    )


def _at_offer(context: Context, company: str) -> list[DataPoint]:
    """Return the value at the offer price over revenue on the chosen basis."""
    value = valuation.at_offer_price(context.dataset, company, "at_listing")
    if value is None:
        return []
    point = valuation.price_to_sales(context.dataset, company, value, context.revenue_basis, context.rates)
    return [replace(point, dimensions={"moment": "offer"})]


def _multiple_label(context: Context, point: DataPoint) -> str:
    moment = context.dimensions(point.company, point.dimensions) or context.period(point.when)
    return heading(moment, context.label(point.measure, point.company))


def _multiple_sentences(context: Context, points: list[DataPoint]) -> list[str]:
    """Return one sentence per company: the multiple at the offer price, at the first and at the latest close."""
    chosen = [p for p in points if p.measure == f"price_to_sales_{context.revenue_basis}" and p.value is not None]
    sentences = []
    for company in context.companies:
        clauses = [_multiple_clause(context, p) for p in chosen if p.company == company]
        if clauses:
            parts = context.say.commas(clauses)
            sentences.append(context.say("multiples.of", company=context.name(company), parts=parts))
    return sentences


def _multiple_clause(context: Context, point: DataPoint) -> str:
    if point.dimensions:
        return context.say("multiples.at_offer", multiple=context.short(point))
    return context.say("multiples.at_close", multiple=context.short(point), date=context.period(point.when))


# --- steps ------------------------------------------------------------------------------------------------------------


def steps(context: Context) -> Exhibit:
    """Market value over the last post-money valuation before the offering."""
    offers = [p for c in context.companies for p in offer_step(context.dataset, c, context.rates)]
    found = [valuation.step_up(context.dataset, cap.company, cap, context.rates) for cap in _caps(context)]
    points = [*offers, *(point for point in found if point is not None)]
    return context.exhibit(
        "step-up",
        title_once(context, "steps", _dated(context, {p.company: p for p in points if p.value is not None})),
        context.say("steps.subtitle"),
        row_dots(paired(context, points, lambda point: _step_label(context, point)), context.look),
        points,
        notes=[context.say("steps.note")],
    )


def _step_label(context: Context, point: DataPoint) -> str:
    """Head a row by day and measure; offer prices stand together although the days of listing differ."""
    day = "" if point.measure == "offer_step" else context.period(point.when)
    return heading(day, context.label(point.measure, point.company))


# --- targets ----------------------------------------------------------------------------------------------------------


def targets(context: Context) -> Exhibit:
    """Brokers' targets and forecasts as printed, and the revenue they imply together."""
    points: list[DataPoint] = []
    for company in context.companies:
        facts = [f for metric in _TARGETS for f in context.dataset.select(company, metric, unit="any", kind=None)]
        points += [p for f in facts for p in stated(f)] + valuation.implied_revenue(context.dataset, company)
        points += compared(context.dataset, company, context.rates)
    points += _untargeted(context, points)
    shown = context.shown(points)
    implied = next((p for p in shown if p.measure == "implied_revenue" and p.value is not None), None)
    title = context.say("targets.neutral")
    if implied is not None:
        title = context.say(
            "targets.title", broker=context.dimensions(implied.company, implied.dimensions),
            company=context.name(implied.company), revenue=context.short(implied), period=context.period(implied.when),
        )  # fmt: skip
    subtitle, notes = context.say("targets.subtitle"), [context.say("targets.note"), *_years_before(context, shown)]
    return context.exhibit("targets", title, subtitle, None, shown, notes=notes)


def _years_before(context: Context, points: Sequence[DataPoint]) -> list[str]:
    """Name the full year that implied revenue is compared with: the last one known when the target was printed."""
    notes = []
    for point in (p for p in points if p.measure == "implied_revenue_multiple"):
        facts = [context.dataset.fact_by_id[name] for name in point.facts]
        years = [fact.period for fact in facts if fact.metric.id == "revenue" and fact.period is not None]
        words = {"company": context.name(point.company), "broker": context.dimensions(point.company, point.dimensions)}
        notes += [context.say("targets.year", year=context.period(year), **words) for year in years]
    return notes


def _untargeted(context: Context, points: list[DataPoint]) -> list[DataPoint]:
    """Name the companies that no broker in this evidence speaks of."""
    spoken_of = {point.company for point in points}
    return [
        empty(c, "target_market_cap", "HKD", State.NOT_DISCLOSED, "reason.not_in_sources")
        for c in context.companies if c not in spoken_of
    ]  # fmt: skip
