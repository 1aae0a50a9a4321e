"""What a part of a year says about the whole: two ways to extend it as a range, and by how much they missed before.

Neither is a forecast. Annualising leaves out growth and season; letting growth persist assumes that it does not decay.
"""

from collections.abc import Callable
from functools import partial
from typing import Final

from ipo_data.analysis import bases, part_years
from ipo_data.analysis.growth import flow_facts
from ipo_data.analysis.points import DataPoint, State, empty
from ipo_data.charts.paths import joined_paths
from ipo_data.charts.ranges import End, Range, range_rows
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit
from ipo_data.exhibits.point_words import signed
from ipo_data.exhibits.rows import heading
from ipo_data.exhibits.said_once import Said, title_once
from ipo_data.periods import Period

_METHODS: Final = ("annualised", "persisting")


# --- twelve months over time ------------------------------------------------------------------------------------------


def ltm_path(context: Context) -> Exhibit:
    """Revenue of the twelve months up to every period end that allows it, in one currency; the points may be joined."""
    found = [p for company in context.companies for p in _ltm_points(context, company)]
    shown = context.on_one_axis(found, context.accounts_currency)
    title = title_once(context, "ltm_path", _rises(context, shown), clauses=True)
    subtitle = context.say("ltm_path.subtitle", currency=context.say(f"currency.{context.accounts_currency}"))
    picture = joined_paths(context.frame(shown), context.look)
    return context.exhibit("ltm-path", title, subtitle, picture, shown, footed=True)


def _ltm_points(context: Context, company: str) -> list[DataPoint]:
    labels = dict.fromkeys(
        f.subject.period for f in flow_facts(context.dataset, company, "revenue") if f.shown and f.subject.period
    )
    by_end = {
        str(getattr(point.when, "end", "")): point
        for label in labels
        if (point := bases.ltm(context.dataset, company, label)).value is not None
    }
    points = [by_end[end] for end in sorted(by_end)]
    return points or [bases.ltm(context.dataset, company)]


def _rises(context: Context, points: list[DataPoint]) -> list[Said]:
    """Return from what to what revenue over twelve months went, from a window on that all companies have."""
    paths = {
        c: [p for p in points if p.company == c and p.value is not None and p.value > 0] for c in context.companies
    }
    paths = {company: own for company, own in paths.items() if len(own) > 1}
    windows = [{str(p.when) for p in own[:-1]} for own in paths.values()]
    common = set.intersection(*windows) if windows else set()
    told = []
    for company, own in paths.items():
        first, last = next((p for p in own if str(p.when) in common), own[0]), own[-1]
        told.append(Said(
            context.name(company), context.say("ltm_path.one", first=context.short(first), last=context.short(last)),
            (context.say("ltm_path.span", start=context.period(first.when), end=context.period(last.when)),),
        ))  # fmt: skip
    return told


# --- the running year as a range --------------------------------------------------------------------------------------


def year_range(context: Context) -> Exhibit:
    """The running year by two methods: the latest part annualised, and the year before with the part's growth."""
    points: list[DataPoint] = []
    rows: list[Range] = []
    for company in context.companies:
        found = _estimates(context, company)
        points += found
        by_measure = {p.measure: p for p in found if p.value is not None}
        ends = [by_measure[f"revenue_{name}"] for name in _METHODS if f"revenue_{name}" in by_measure]
        if ends:
            rows.append(_range(context, ends, by_measure.get("revenue_geometric"), context.short))
    told = [said for company in context.companies if (said := _between(context, company, points)) is not None]
    title = title_once(context, "year_range", told, clauses=True)
    subtitle = context.say("year_range.subtitle", currency=context.say(f"currency.{context.accounts_currency}"))
    notes = [context.say("year_range.note")]
    return context.exhibit(
        "year-range", title, subtitle, range_rows(rows, context.look), points, notes=notes, footed=True
    )


def _estimates(context: Context, company: str) -> list[DataPoint]:
    """Return both methods and their geometric mean in one currency; nothing to extend if the year is known."""
    last = bases.as_reported(context.dataset, company)
    if not isinstance(last.when, Period) or last.when.is_full_year:
        state = State.NOT_DISCLOSED if last.when is None else State.NOT_MEANINGFUL
        reason = "reason.no_revenue" if last.when is None else "reason.year_is_known"
        return [empty(company, "revenue_annualised", context.accounts_currency, state, reason, when=last.when)]
    found = [bases.annualised(context.dataset, company), *part_years.estimates(context.dataset, company)]
    return context.on_one_axis(found, context.accounts_currency)


def _range(
    context: Context, ends: list[DataPoint], middle: DataPoint | None, write: Callable[[DataPoint], str]
) -> Range:
    """Return both methods as the ends of a row, with the mark between them if there is one."""
    first = ends[0]
    label = heading(context.name(first.company), context.say("year_range.from", period=context.period(first.when)))
    words = [End(float(p.value or 0), f"{_method(context, p)} <b>{write(p)}</b>", " ".join(p.claims)) for p in ends]
    hover = f"{context.label(middle.measure, middle.company)}: {write(middle)}" if middle is not None else ""
    return Range(label, first.company, tuple(words), None if middle is None else float(middle.value or 0), hover)


def _method(context: Context, point: DataPoint) -> str:
    return context.say(f"method.{point.measure.rsplit('_', 1)[-1]}")


def _between(context: Context, company: str, points: list[DataPoint]) -> Said | None:
    own = [p for p in points if p.company == company and p.value is not None and not p.measure.endswith("geometric")]
    if len(own) < 2:
        return None
    low, high = sorted(own, key=lambda p: p.value or 0)
    between = context.say("year_range.between", low=context.short(low), high=context.short(high))
    return Said(context.name(company), between, (context.say("year_range.from", period=context.period(low.when)),))


# --- by how much the methods missed -----------------------------------------------------------------------------------


def back_test(context: Context) -> Exhibit:
    """By how many percent each method missed a year that is known since."""
    points = [p for company in context.companies for p in part_years.backtests(context.dataset, company)]
    rows = [_missed(context, own) for own in _by_part(points)]
    missing = [
        empty(c, "backtest_annualised", "percent", State.NOT_AVAILABLE, "reason.no_known_year")
        for c in context.companies if not any(p.company == c for p in points)
    ]  # fmt: skip
    clauses = [words for company in context.companies if (words := _misses(context, company, points))]
    title = context.title("year_backtest", clauses, clauses=True)
    picture = range_rows(rows, context.look, zero=context.say("year_backtest.zero"))
    subtitle, notes = context.say("year_backtest.subtitle"), [context.say("year_backtest.note")]
    return context.exhibit("year-backtest", title, subtitle, picture, [*points, *missing], notes=notes)


def _by_part(points: list[DataPoint]) -> list[list[DataPoint]]:
    groups: dict[tuple[str, str], list[DataPoint]] = {}
    for point in points:
        groups.setdefault((point.company, getattr(point.when, "label", "")), []).append(point)
    return list(groups.values())


def _missed(context: Context, own: list[DataPoint]) -> Range:
    by_measure = {p.measure: p for p in own}
    ends = [by_measure[f"backtest_{name}"] for name in _METHODS if f"backtest_{name}" in by_measure]
    return _range(context, ends, by_measure.get("backtest_geometric"), partial(signed, context))


def _misses(context: Context, company: str, points: list[DataPoint]) -> str:
    """Return a clause on the latest part for which both methods can be tested."""
    for own in reversed(_by_part([p for p in points if p.company == company])):
        by_measure = {p.measure: p for p in own}
        both = [by_measure.get(f"backtest_{name}") for name in _METHODS]
        if all(both):
            low, high = (signed(context, p) for p in both if p is not None)
            return context.say(
                "year_backtest.one", company=context.name(company), annualised=low, persisting=high,
                period=context.period(own[0].when),
            )  # fmt: skip
    return ""
