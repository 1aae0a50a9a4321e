"""Growth: revenue on three footings, growth like for like, users and customers."""

from ipo_data.analysis import growth
from ipo_data.analysis.point_frame import points_frame
from ipo_data.analysis.points import DataPoint, State, main_periods, stated
from ipo_data.charts.bars import Row, row_bars, row_dots
from ipo_data.charts.dumbbells import firms_side_by_side
from ipo_data.charts.lines import period_lines
from ipo_data.charts.spans import time_spans
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit

_FOOTINGS = (("revenue", growth.as_reported), ("revenue_per_month", growth.per_month), ("revenue_ltm", growth.ltm))


def revenue_spans(context: Context) -> Exhibit:
    """Revenue of every period as time-span bars: full years, then the part of the current year beside last year's."""
    points: list[DataPoint] = []
    for company in context.companies:
        points += _spans(context, company)
    shown = context.shown_in(points)
    title = _spans_title(context) or context.say("revenue_spans.neutral")
    subtitle = context.say("revenue_spans.subtitle", currency=_currency_words(context))
    return context.exhibit("revenue-spans", title, subtitle, time_spans(points_frame(shown), context.look), shown)


def _currency_words(context: Context) -> str:
    return context.say(f"currency.{context.view.currency}")


def _spans(context: Context, company: str) -> list[DataPoint]:
    facts = growth.revenue_facts(context.dataset, company)
    years = [f for f in facts if f.period and f.period.is_full_year]
    last_year_end = max((f.end for f in years if f.end), default=None)
    parts = [
        f
        for f in facts
        if f.period and not f.period.is_full_year and (last_year_end is None or (f.end and f.end > last_year_end))
    ]
    points = [p for f in years for p in stated(f)[:1] if p.value]
    for part in sorted(parts, key=lambda f: f.period.months if f.period else 0)[-1:]:
        points.append(stated(part)[0])
    return points


def _spans_title(context: Context) -> str | None:
    """The fastest like-for-like growth of each company's latest period."""
    sentences = []
    for company in context.companies:
        found = latest_growth(context, company)
        if found is not None and found.value is not None:
            sentences.append(
                context.say(
                    "revenue_spans.one",
                    company=context.name(company),
                    growth=_growth_words(context, found),
                    period=context.period(found.when),
                )
            )
    return context.say("revenue_spans.title", parts=context.say.join(sentences)) if sentences else None


def latest_growth(context: Context, company: str) -> DataPoint | None:
    """Return the stated growth of the latest period, else the computed one."""
    last = growth.latest(growth.revenue_facts(context.dataset, company))
    if last is None or last.period is None:
        return None
    fact = context.dataset.find(company, "revenue_growth", last.period.label)
    if fact is not None and fact.shown is not None:
        return stated(fact)[0]
    computed = [
        p for p in growth.growth_points(context.dataset, company) if p.when == last.period and p.value is not None
    ]
    return computed[-1] if computed else None


def _growth_words(context: Context, point: DataPoint) -> str:
    assert point.value is not None  # noqa: S101 - callers pass points with a value
    return ("+" if point.value > 0 else "") + context.point(point)


def firms_on_one_footing(context: Context) -> Exhibit:
    """Both firms' revenue as reported, per month and over twelve months, in one currency."""
    points = [build(context.dataset, c) for _, build in _FOOTINGS for c in context.companies]
    shown = context.shown_in(points, context.common_currency)
    alike = not _unequal(shown)
    rows = [(measure, context.say(f"metric.{measure}"), alike or measure == "revenue_ltm") for measure, _ in _FOOTINGS]
    picture = firms_side_by_side(points_frame(shown), context.look, rows)
    title = _footing_title(context, shown) or context.say("footing.neutral")
    subtitle = context.say("footing.subtitle", currency=context.say(f"currency.{context.common_currency}"))
    return context.exhibit(
        "one-footing", title, subtitle, picture, shown, notes=[context.say("footing.note")] if _unequal(shown) else []
    )


def _unequal(points: list[DataPoint]) -> bool:
    """Tell whether the latest periods of the firms differ."""
    return len({str(p.when) for p in points if p.measure == "revenue"}) > 1


def _footing_title(context: Context, points: list[DataPoint]) -> str | None:
    values = {(p.measure, p.company): p.value for p in points if p.value}
    pairs = {}
    for measure, _ in _FOOTINGS:
        own = sorted(((v, c) for (m, c), v in values.items() if m == measure and v), reverse=True)
        if len(own) < 2:
            return None
        pairs[measure] = (own[0][1], own[0][0] / own[-1][0])
    first, last = pairs["revenue"], pairs["revenue_ltm"]
    ratio_reported, ratio_ltm = f"{first[1]:.2f}", f"{last[1]:.2f}"
    if last[1] < 1.05:
        return context.say("footing.level", leader=context.name(first[0]), reported=ratio_reported, ltm=ratio_ltm)
    return context.say(
        "footing.apart",
        leader=context.name(first[0]),
        reported=ratio_reported,
        ltm_leader=context.name(last[0]),
        ltm=ratio_ltm,
    )


def growth_rates(context: Context) -> Exhibit:
    """Year-on-year growth of every period with a like-for-like predecessor, stated or computed."""
    rows: list[Row] = []
    points: list[DataPoint] = []
    for company in context.companies:
        for point in _rates(context, company):
            points.append(point)
            label = f"{context.name(company)} · {context.period(point.when)}"
            value = float(point.value) if point.value is not None else None
            rows.append(
                Row(
                    label,
                    company,
                    value,
                    _growth_words(context, point) if point.value is not None else context.say(f"state.{point.state}"),
                    str(point.state),
                    claims=" ".join(point.claims),
                )
            )
    title = _rates_title(context, points)
    return context.exhibit(
        "growth-rates", title, context.say("growth_rates.subtitle"), row_bars(rows, context.look), points
    )


def _rates(context: Context, company: str) -> list[DataPoint]:
    stated_points = {
        str(p.when): p
        for f in context.dataset.select(company, "revenue_growth")
        if not f.dimensions
        for p in stated(f)[:1]
    }
    computed = {str(p.when): p for p in growth.growth_points(context.dataset, company)}
    merged = {**computed, **stated_points}
    return main_periods(merged[key] for key in sorted(merged, key=lambda k: str(getattr(merged[k].when, "end", ""))))


def _rates_title(context: Context, points: list[DataPoint]) -> str:
    with_value = [p for p in points if p.value is not None]
    if not with_value:
        return context.say("growth_rates.neutral")
    top = max(with_value, key=lambda p: p.value or 0)
    return context.say(
        "growth_rates.title",
        company=context.name(top.company),
        growth=_growth_words(context, top),
        period=context.period(top.when),
    )


def segment_growth(context: Context) -> Exhibit:
    """Growth by segment where documents state it."""
    points = [
        p for c in context.companies for metric in ("revenue_growth",)
        for f in context.dataset.select(c, metric) if f.dimensions for p in stated(f)
    ]  # fmt: skip
    points += [
        p
        for c in context.companies
        for axis, members in _axes(context, c).items()
        for m in members
        for p in growth.growth_points(context.dataset, c, **{axis: m})
        if not _has(points, p)
    ]
    points = _of_latest_period(points)
    rows = [
        Row(f"{context.name(p.company)} · {context.dimensions(p.company, p.dimensions)} · {context.period(p.when)}", p.company, float(p.value) if p.value is not None else None, _growth_words(context, p) if p.value is not None else context.say(f"state.{p.state}"), str(p.state), claims=" ".join(p.claims))
        for p in points
    ]  # fmt: skip
    best = max((p for p in points if p.value is not None), key=lambda p: p.value or 0, default=None)
    title = (
        context.say(
            "segment_growth.title",
            segment=context.dimensions(best.company, best.dimensions),
            company=context.name(best.company),
            growth=_growth_words(context, best),
        )
        if best
        else context.say("segment_growth.neutral")
    )
    return context.exhibit(
        "segment-growth", title, context.say("segment_growth.subtitle"), row_bars(rows, context.look), points
    )


def _of_latest_period(points: list[DataPoint]) -> list[DataPoint]:
    """Keep each company's latest period."""
    last = {p.company: max(str(getattr(q.when, "end", "")) for q in points if q.company == p.company) for p in points}
    return [p for p in points if str(getattr(p.when, "end", "")) == last[p.company]]


def _axes(context: Context, company: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for fact in context.dataset.select(company, "revenue"):
        if set(fact.dimensions) in ({"segment"}, {"deployment"}):
            axis, member = next(iter(fact.dimensions.items()))
            found.setdefault(axis, [])
            if member not in found[axis]:
                found[axis].append(member)
    return found


def _has(points: list[DataPoint], point: DataPoint) -> bool:
    return any(p.company == point.company and p.dimensions == point.dimensions and p.when == point.when for p in points)


_USER_METRICS = (
    "mau",
    "paying_users",
    "cumulative_users",
    "customers_and_developers",
    "paying_platform_customers",
    "institutional_customers",
    "developers",
    "downloads",
    "devices",
)


def users(context: Context) -> Exhibit:
    """Users, payers and customers, latest figure of each definition; definitions are never added or compared."""
    rows: list[Row] = []
    points: list[DataPoint] = []
    for metric in _USER_METRICS:
        for company in context.companies:
            facts = [f for f in context.dataset.select(company, metric) if not f.dimensions]
            for point in stated(facts[-1]) if facts else []:
                points.append(point)
                label = f"{context.name(company)} · {context.say(f'metric.{metric}')}"
                rows.append(
                    Row(
                        label,
                        company,
                        float(point.value or 0),
                        context.point(point),
                        str(point.state),
                        context.period(point.when),
                        " ".join(point.claims),
                    )
                )
    title = context.say("users.title") if points else context.say("users.neutral")
    return context.exhibit(
        "users",
        title,
        context.say("users.subtitle"),
        row_dots(rows, context.look),
        points,
        notes=[context.say("users.note")],
    )


def mau_path(context: Context) -> Exhibit:
    """Average monthly active users by period."""
    points = main_periods(
        p for c in context.companies for f in context.dataset.select(c, "mau") if not f.dimensions for p in stated(f)
    )
    ordered = sorted((p for p in points if p.value), key=lambda p: str(getattr(p.when, "end", "")))
    title = context.say("mau.neutral")
    if len(ordered) > 1 and len({p.company for p in ordered}) == 1:
        first, last = ordered[0], ordered[-1]
        times = float((last.value or 0) / (first.value or 1))
        title = context.say(
            "mau.title",
            company=context.name(last.company),
            times=context.write(times, "x"),
            growth=context.write((times - 1) * 100, "percent"),
            start=context.period(first.when),
            end=context.period(last.when),
        )
    return context.exhibit(
        "mau",
        title,
        context.say("mau.subtitle"),
        period_lines(points_frame(points), context.look, unit="persons"),
        points,
        notes=[context.say("mau.note")],
    )


def gaps(context: Context, metric: str, unit: str) -> list[DataPoint]:
    """Return an empty point for every company without a fact on a metric."""
    return [
        DataPoint(c, metric, unit, State.NOT_DISCLOSED, reason="reason.not_in_sources")
        for c in context.companies if not context.dataset.select(c, metric, unit="any")
    ]  # fmt: skip
