"""Growth: revenue on three footings, growth like for like, users and customers."""

from dataclasses import replace
from typing import Final

from ipo_data import formatting
from ipo_data.analysis import bases, growth
from ipo_data.analysis.bases import SUFFIXES
from ipo_data.analysis.currency import NATIVE
from ipo_data.analysis.look_alikes import named_otherwise
from ipo_data.analysis.points import DataPoint, State, main_periods, stated
from ipo_data.charts.bars import Row, row_bars, row_dots
from ipo_data.charts.dumbbells import Measure, firms_side_by_side
from ipo_data.charts.lines import period_lines
from ipo_data.charts.spans import time_spans
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit
from ipo_data.exhibits.names import amid, part_amid
from ipo_data.exhibits.point_words import growth as growth_words
from ipo_data.exhibits.point_words import signed
from ipo_data.exhibits.rows import by_part, heading, row
from ipo_data.exhibits.said_once import Said, title_once

_LEVEL_BELOW: Final = 1.05
"""Firms whose revenue differs by less than a twentieth are called level."""


# --- revenue by period ------------------------------------------------------------------------------------------------


def revenue_spans(context: Context) -> Exhibit:
    """Revenue of every period as time-span bars: full years, then the part of the current year beside last year's."""
    points = [point for company in context.companies for point in _spans(context, company)]
    shown = context.on_one_axis(points, context.view.currency)
    growing = [found for company in context.companies if (found := latest_growth(context, company))]
    chosen = context.view.currency
    currency = context.say("revenue_spans.native" if chosen == NATIVE else f"currency.{chosen}")
    subtitle = context.say("revenue_spans.subtitle", currency=currency)
    annualised = context.view.basis == "annualised"
    picture = time_spans(context.frame(shown), context.look, annualised=annualised)
    told = [
        Said(context.name(p.company), growth_words(context, p), (context.period(p.when),))
        for p in growing if p.value is not None
    ]  # fmt: skip
    title = title_once(context, "revenue_spans", told)
    notes = [context.say("revenue_spans.annualised")] * annualised
    return context.exhibit("revenue-spans", title, subtitle, picture, [*shown, *growing], notes=notes, footed=True)


def _spans(context: Context, company: str) -> list[DataPoint]:
    facts = [f for f in growth.revenue_facts(context.dataset, company) if f.period]
    known = [f for f in facts if f.shown]
    years = [f for f in facts if f.period and f.period.is_full_year]
    last_end = max((f.end for f in years if f.end), default=None)
    parts = [
        f
        for f in facts
        if f.period and not f.period.is_full_year and (last_end is None or (f.end and f.end > last_end))
    ]
    longest = sorted(parts, key=lambda f: f.period.months if f.period else 0)[-1:]
    drawn = [p for f in years for p in stated(f)[:1] if p.value] + [stated(part)[0] for part in longest]
    for part in longest:
        prior = growth.year_before(known, part)
        implied = growth.implied_prior(context.dataset, company, part)
        drawn += stated(prior)[:1] if prior is not None else [implied] if implied is not None else []
    return drawn


def latest_growth(context: Context, company: str) -> DataPoint | None:
    """Return the stated growth of the latest period, else the computed one."""
    last = growth.latest(growth.revenue_facts(context.dataset, company))
    if last is None or last.period is None:
        return None
    fact = context.dataset.find(company, "revenue_growth", last.period.label)
    if fact is not None and fact.shown is not None:
        return stated(fact)[0]
    computed = growth.growth_points(context.dataset, company)
    return next((p for p in reversed(computed) if p.when == last.period and p.value is not None), None)


# --- one footing ------------------------------------------------------------------------------------------------------


def firms_on_one_footing(context: Context) -> Exhibit:
    """Firms' revenue as reported, per month and over twelve months, in one currency; annualised only if chosen."""
    footings = [basis for basis in SUFFIXES if basis != "annualised" or context.view.basis == basis]
    points = [bases.on_basis(context.dataset, c, basis) for basis in footings for c in context.companies]
    shown = context.on_one_axis(points, context.accounts_currency)
    unequal = len({str(p.when) for p in points if p.measure == "revenue" and p.value is not None}) > 1
    measures = [
        Measure(f"revenue{SUFFIXES[basis]}", context.say(f"metric.revenue{SUFFIXES[basis]}"),
                alike=basis == "ltm" or not unequal)
        for basis in footings
    ]  # fmt: skip
    currency = context.say(f"currency.{context.accounts_currency}")
    titled = _footing_of_one(context, shown) if context.alone else _footing_title(context, shown, unequal=unequal)
    return context.exhibit(
        "one-footing",
        titled or context.say("footing.neutral"),
        context.say(
            "footing.subtitle_one" if context.alone else "footing.subtitle", currency=currency, basis=context.basis
        ),
        firms_side_by_side(context.frame(shown), context.look, measures),
        shown,
        notes=[context.say("footing.note")] if unequal else [],
        footed=True,
    )


def _footing_title(context: Context, points: list[DataPoint], *, unequal: bool) -> str | None:
    basis = context.view.basis
    reported, chosen = (_ranked(points, f"revenue{SUFFIXES[name]}") for name in ("reported", basis))
    if len(reported) < 2 or len(chosen) < 2:
        return None
    leader, last = context.name(chosen[0].company), context.name(chosen[-1].company)
    times = _times(_ratio(chosen))
    if basis == "reported":
        return context.say("footing.unequal" if unequal else "footing.equal", leader=leader, last=last, times=times)
    on = context.say(f"on_basis.{basis}")
    if len(chosen) > 2:
        return context.sentence("footing.many", leader=leader, last=last, times=times, basis=on)
    period = context.period(reported[0].when)
    words = {
        "leader": context.name(reported[0].company), "other": context.name(reported[-1].company),
        "reported": _times(_ratio(reported)), "basis": on, "times": times,
        "window": context.say("footing.windows") if unequal else context.say("footing.window", period=period),
    }  # fmt: skip
    if _ratio(chosen) < _LEVEL_BELOW:
        return context.say("footing.level", **words)
    if chosen[0].company == reported[0].company:
        return context.say("footing.ahead", **words)
    return context.say("footing.apart", **words, chosen_leader=leader)


def _footing_of_one(context: Context, points: list[DataPoint]) -> str | None:
    """Say how large the only company's revenue is, as reported and on the chosen basis where that is another window."""
    wanted = dict.fromkeys(f"revenue{SUFFIXES[basis]}" for basis in ("reported", context.view.basis))
    known = [p for measure in wanted for p in points if p.measure == measure and p.value is not None]
    figures = dict.fromkeys(context.short(p) + context.say.aside(context.window(p)) for p in known)
    return context.say("footing.one", company=context.alone, figures=context.say.join(list(figures))) if known else None


def _ranked(points: list[DataPoint], measure: str) -> list[DataPoint]:
    """Return the positive points of a measure, largest first."""
    own = [p for p in points if p.measure == measure and p.value is not None and p.value > 0]
    return sorted(own, key=lambda p: -(p.value or 0))


def _ratio(ranked: list[DataPoint]) -> float:
    return float((ranked[0].value or 0) / (ranked[-1].value or 1))


def _times(ratio: float) -> str:
    """Write a multiple without its sign, which the sentence adds in the reader's language."""
    return formatting.multiple(ratio, formatting.multiple_places(ratio)).removesuffix("×")


# --- growth rates -----------------------------------------------------------------------------------------------------


def growth_rates(context: Context) -> Exhibit:
    """Year-on-year growth of every period with a like-for-like predecessor, stated or computed."""
    points = [point for company in context.companies for point in _rates(context, company)]
    rows = [_rate_row(context, point) for point in points]
    top = max((p for p in points if p.value is not None), key=lambda p: p.value or 0, default=None)
    title = context.say("growth_rates.neutral")
    if top is not None:
        several = sum(p.value is not None for p in points) > 1
        of_one = "growth_rates.one" if several else "growth_rates.only"
        title = context.say(
            of_one if context.alone else "growth_rates.title",
            company=context.name(top.company), growth=growth_words(context, top), period=context.period(top.when),
        )  # fmt: skip
    subtitle = context.say("growth_rates.subtitle")
    return context.exhibit("growth-rates", title, subtitle, row_bars(rows, context.look), points)


def _rate_row(context: Context, point: DataPoint) -> Row:
    written, printed = growth_words(context, point), signed(context, point)
    return row(context, point, by_part(context, point), text=written, printed=printed)


def _rates(context: Context, company: str) -> list[DataPoint]:
    facts = [f for f in context.dataset.select(company, "revenue_growth") if not f.dimensions]
    computed = {str(p.when): p for p in growth.growth_points(context.dataset, company)}
    merged = {**computed, **{str(p.when): p for f in facts for p in stated(f)[:1]}}
    return main_periods(sorted(merged.values(), key=_end))


def segment_growth(context: Context) -> Exhibit:
    """Growth by segment, stated or computed."""
    points = [
        p for c in context.companies
        for f in context.dataset.select(c, "revenue_growth") if f.dimensions for p in stated(f)
    ]  # fmt: skip
    known = {(p.company, str(p.dimensions), str(p.when)) for p in points}
    points += [
        p for c in context.companies for axis, member in _members(context, c)
        for p in growth.growth_points(context.dataset, c, **{axis: member})
        if (p.company, str(p.dimensions), str(p.when)) not in known
    ]  # fmt: skip
    points = _of_latest_period(points)
    rows = [_rate_row(context, point) for point in points]
    told = [_fastest(context, own) for own in _known_by_company(points)]
    title = title_once(context, "segment_growth", told, clauses=True)
    subtitle = context.say("segment_growth.subtitle")
    return context.exhibit("segment-growth", title, subtitle, row_bars(rows, context.look), points)


def _known_by_company(points: list[DataPoint]) -> list[list[DataPoint]]:
    """Return each company's points that hold a figure, company by company."""
    known = [p for p in points if p.value is not None]
    return [[p for p in known if p.company == company] for company in dict.fromkeys(p.company for p in known)]


def _fastest(context: Context, points: list[DataPoint]) -> Said:
    """Return a company's part that grew fastest, with its window."""
    best = max(points, key=lambda p: p.value or 0)
    segment = part_amid(context.dimensions(best.company, best.dimensions), context.view.language)
    figure = context.say("segment_growth.one", segment=segment, growth=growth_words(context, best))
    return Said(context.name(best.company), figure, (context.period(best.when),))


def _of_latest_period(points: list[DataPoint]) -> list[DataPoint]:
    """Keep each company's latest period."""
    last = {p.company: max(_end(q) for q in points if q.company == p.company) for p in points}
    return [p for p in points if _end(p) == last[p.company]]


def _members(context: Context, company: str) -> list[tuple[str, str]]:
    """Return axis and member of every segment or deployment that revenue is stated for, axis by axis."""
    found = [
        next(iter(f.dimensions.items())) for f in context.dataset.select(company, "revenue") if len(f.dimensions) == 1
    ]
    axes = list(dict.fromkeys(axis for axis, _ in found if axis in ("segment", "deployment")))
    return [(axis, member) for axis in axes for member in dict.fromkeys(m for a, m in found if a == axis)]


def _end(point: DataPoint) -> str:
    return str(getattr(point.when, "end", ""))


# --- users ------------------------------------------------------------------------------------------------------------

_USER_METRICS: Final = (
    "mau", "paying_users", "cumulative_users", "customers_and_developers", "active_platform_customers",
    "paying_platform_customers", "institutional_customers", "developers", "registered_developers",
    "paying_developers", "downloads", "devices",
)  # fmt: skip


def users(context: Context) -> Exhibit:
    """Users, payers and customers, latest figure of each definition; definitions are never added or compared."""
    points: list[DataPoint] = []
    for metric in _USER_METRICS:
        for company in context.companies:
            facts = [f for f in context.dataset.select(company, metric) if not f.dimensions]
            points += stated(facts[-1]) if facts else []
    labels = [heading(context.name(p.company), context.label(p.measure, p.company)) for p in points]
    rows = [_user_row(context, p, label) for p, label in zip(points, labels, strict=True)]
    title = context.say("users.title" if points else "users.neutral")
    picture = row_dots(rows, context.look)
    notes = [context.say("users.note")]
    return context.exhibit("users", title, context.say("users.subtitle"), picture, points, notes=notes)


def _user_row(context: Context, point: DataPoint, label: str) -> Row:
    """Return the row of a count; open where a filing gives the same number to something else, which it names."""
    other, when = named_otherwise(context.dataset, point), context.period(point.when)
    if other is None:
        return row(context, point, label, hover=when)
    remark = context.say(
        "users.named_otherwise", measure=amid(context.label(other.metric.id, point.company), context.view.language)
    )
    return replace(row(context, point, label, hover=context.say.commas((when, remark))), contrast=True)


def tokens(context: Context) -> Exhibit:
    """Tokens a day by platform, latest figure of each; a reseller's count is not a firm's own."""
    latest: dict[tuple[str, str], list[DataPoint]] = {}
    for company in context.companies:
        for fact in context.dataset.select(company, "tokens_per_day"):
            latest[company, fact.dimensions.get("platform", "")] = stated(fact)
    points = [point for own in latest.values() for point in own]
    rows = [row(context, p, by_part(context, p)) for p in points]
    told = [
        Said(context.name(c), context.say.commas(_tokens(context, p) for p in points if p.company == c), ())
        for c in dict.fromkeys(p.company for p in points)
    ]
    missing = [
        gap for gap in gaps(context, "tokens_per_day", "tokens") if gap.company not in {p.company for p in points}
    ]
    notes = [context.say("tokens.note")] if points else []
    title, picture = title_once(context, "tokens", told, clauses=True), row_dots(rows, context.look)
    return context.exhibit("tokens", title, context.say("tokens.subtitle"), picture, [*points, *missing], notes=notes)


def _tokens(context: Context, point: DataPoint) -> str:
    platform = context.dimensions(point.company, point.dimensions)
    return context.say(
        "tokens.figure", figure=context.short(point), platform=platform, date=context.period(point.when)
    )  # fmt: skip


def mau_path(context: Context) -> Exhibit:
    """Average monthly active users by period."""
    points = main_periods(
        p for c in context.companies for f in context.dataset.select(c, "mau") if not f.dimensions for p in stated(f)
    )
    picture = period_lines(context.frame(points), context.look, unit="persons")
    title, notes = _mau_title(context, points), [context.say("mau.note")]
    return context.exhibit("mau", title, context.say("mau.subtitle"), picture, points, notes=notes)


def _mau_title(context: Context, points: list[DataPoint]) -> str:
    ordered = sorted((p for p in points if p.value), key=_end)
    if len(ordered) < 2 or len({p.company for p in ordered}) > 1:
        return context.say("mau.neutral")
    first, last = ordered[0], ordered[-1]
    times = float((last.value or 0) / (first.value or 1))
    return context.say(
        "mau.title", company=context.name(last.company), times=context.write(times, "x"),
        growth=context.write((times - 1) * 100, "percent"), start=context.period(first.when),
        end=context.period(last.when),
    )  # fmt: skip


def gaps(context: Context, metric: str, unit: str) -> list[DataPoint]:
    """Return an empty point for every company without a fact on a metric."""
    return [
        DataPoint(c, metric, unit, State.NOT_DISCLOSED, reason="reason.not_in_sources")
        for c in context.companies if not context.dataset.select(c, metric, unit="any")
    ]  # fmt: skip
