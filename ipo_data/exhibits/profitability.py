"""Profitability: margins, losses and spending against revenue."""

from typing import Final

from ipo_data.analysis import margins
from ipo_data.analysis.bases import flow_of
from ipo_data.analysis.points import DataPoint, State, main_periods, stated
from ipo_data.charts.bars import Row, row_bars
from ipo_data.charts.lines import period_lines
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.growth import gaps
from ipo_data.exhibits.mix import SPLITS
from ipo_data.exhibits.model import Exhibit
from ipo_data.exhibits.rows import by_measure_if_several, by_part, heading, row, rows_of
from ipo_data.exhibits.said_once import Said, title_once
from ipo_data.exhibits.windows import basis_gaps
from ipo_data.formatting import span
from ipo_data.periods import Period

_RECENT_PERIODS: Final = 2
_LOSSES: Final = ("net_loss", "adjusted_net_loss")
_LOSS_RATIOS: Final = (
    ("adjusted_net_loss", "adjusted_loss_to_revenue"),
    ("net_loss", "net_loss_to_revenue"),
)
"""Loss metrics and their ratios to revenue; the first a company has is shown."""


# --- margins ----------------------------------------------------------------------------------------------------------


def gross_margin(context: Context) -> Exhibit:
    """Gross margin by period."""
    points = main_periods(p for c in context.companies for p in margins.margin_points(context.dataset, c))
    known = {p.company for p in points}
    shown = [*points, *(p for p in gaps(context, "gross_margin", "percent") if p.company not in known)]
    picture = period_lines(context.frame(points), context.look, unit="percent")
    title = context.title("gross_margin", _moves(context, points), clauses=True)
    return context.exhibit("gross-margin", title, context.say("gross_margin.subtitle"), picture, shown)


def _moves(context: Context, points: list[DataPoint]) -> list[str]:
    sentences = []
    for company in context.companies:
        own = [p for p in points if p.company == company and p.value is not None]
        if len(own) > 1:
            first, last = own[0], own[-1]
            move = context.write(float((last.value or 0) - (first.value or 0)), "points")
            sentences.append(context.say(
                "gross_margin.one", company=context.name(company), first=context.short(first), last=context.short(last),
                start=context.period(first.when), end=context.period(last.when), move=move,
            ))  # fmt: skip
    return sentences


def segment_margins(context: Context) -> Exhibit:
    """Gross margin by segment in the latest period that allows it; a missing one follows from the margin identity."""
    points = [p for c in context.companies for axis in SPLITS for p in _latest_margins(context, c, axis)]
    known = [p for p in points if p.value is not None]
    checks = [check for c in context.companies for axis in SPLITS for check in _checks(context, c, axis)]
    computed = next((p for p in known if p.formula), None)
    shown = sorted([*points, *checks], key=lambda p: (context.companies.index(p.company), sorted(p.dimensions.items())))
    rows = [
        row(context, p, _margin_label(context, p), text=words, printed=words)
        for p in shown for words in [_with_range(context, p)]
    ]  # fmt: skip
    notes = [context.say("segment_margins.note", formula=computed.formula)] if computed else []
    notes += [_checked(context, check, points) for check in checks]
    title, subtitle = _margins_title(context, known), context.say("segment_margins.subtitle")
    return context.exhibit(
        "segment-margins", title, subtitle, row_bars(rows, context.look), [*points, *checks], notes=notes
    )


def _latest_margins(context: Context, company: str, axis: str) -> list[DataPoint]:
    return [
        p for label in _margin_periods(context, company, axis)
        for p in margins.segment_margins(context.dataset, company, axis, label)
    ]  # fmt: skip


def _margin_periods(context: Context, company: str, axis: str) -> list[str]:
    """Return the latest period with margins and, if it has only one part's, the latest before it that has more."""
    facts = [f for f in context.dataset.select(company, "gross_margin") if set(f.dimensions) == {axis} and f.period]
    labels = list(dict.fromkeys(f.period.label for f in facts if f.period))
    whole = [lb for lb in labels if len({str(f.dimensions) for f in facts if f.period and f.period.label == lb}) > 1]
    return list(dict.fromkeys([*whole[-1:], *labels[-1:]]))


def _checks(context: Context, company: str, axis: str) -> list[DataPoint]:
    """Return the larger segment's margin by the identity, in the periods that are shown."""
    return [
        p for label in _margin_periods(context, company, axis)
        for p in margins.identity_check(context.dataset, company, axis, label)
    ]  # fmt: skip


def _margin_label(context: Context, point: DataPoint) -> str:
    by_identity = point.measure == "gross_margin_by_identity"
    return by_part(context, point) + (context.say.aside(context.say("segment_margins.identity")) if by_identity else "")


def _checked(context: Context, check: DataPoint, points: list[DataPoint]) -> str:
    """Write the identity's result beside the stated margin."""
    same = (check.company, check.dimensions, check.when)
    own = next(p for p in points if (p.company, p.dimensions, p.when) == same)
    return context.say(
        "segment_margins.check", computed=context.point(check), range=_range(context, check),
        part=context.dimensions(check.company, check.dimensions), company=context.name(check.company),
        stated=context.point(own), formula=check.formula,
    )  # fmt: skip


def _margins_title(context: Context, known: list[DataPoint]) -> str:
    """Say the highest and the lowest margin of each company and period: segments of other periods are other parts."""
    told = []
    for company in context.companies:
        periods = dict.fromkeys(context.period(p.when) for p in known if p.company == company)
        parts = [_extremes(context, company, period, known) for period in periods]
        if parts:
            told.append(
                context.say("segment_margins.one", company=context.name(company), parts=context.say.commas(parts))
            )
    return context.title("segment_margins", told, clauses=True)


def _extremes(context: Context, company: str, period: str, known: list[DataPoint]) -> str:
    """Write the highest and the lowest margin of one period, or the only one."""
    own = sorted(
        (p for p in known if p.company == company and context.period(p.when) == period), key=lambda p: -(p.value or 0)
    )
    said = [
        context.say("segment_margins.part", part=context.dimensions(company, p.dimensions), margin=context.short(p))
        for p in ([own[0], own[-1]] if len(own) > 1 else own)
    ]
    return context.say.commas(said) + context.say.aside(period)


def _with_range(context: Context, point: DataPoint) -> str:
    if not point.formula or point.interval is None:
        return context.short(point)
    return f"{context.short(point)} {_range(context, point)}"


def _range(context: Context, point: DataPoint) -> str:
    return span(point.interval, "percent", context.view.language, digits=2) if point.interval else ""


# --- losses -----------------------------------------------------------------------------------------------------------


def losses(context: Context) -> Exhibit:
    """Losses of the latest periods, each by the definition its document uses, on the chosen basis."""
    points = [p for c in context.companies for metric in _LOSSES for p in _on_basis(context, c, metric)]
    shown = context.on_one_axis(points, context.accounts_currency)
    rows = rows_of(context, shown, lambda point: _loss_label(context, point))
    told = [said for company in context.companies if (said := _lost(context, company, shown)) is not None]
    currency = context.say(f"currency.{context.accounts_currency}")
    return context.exhibit(
        "losses",
        title_once(context, "losses", told, clauses=True),
        context.say("losses.subtitle", currency=currency, basis=context.basis),
        row_bars(rows, context.look, height_per_row=30),
        shown,
        notes=[context.say("losses.note"), *basis_gaps(context, points)],
    )


def _loss_label(context: Context, point: DataPoint) -> str:
    measure = context.label(flow_of(point.measure), point.company)
    return heading(context.name(point.company), measure, context.window(point))


def _on_basis(context: Context, company: str, metric: str) -> list[DataPoint]:
    """Return a loss of the latest periods on the chosen basis; where it allows none, its gap."""
    facts = [f for f in context.dataset.select(company, metric) if not f.dimensions]
    recent = _recent(main_periods([p for f in facts for p in stated(f)]))
    if context.view.basis == "reported":
        return recent
    labels = dict.fromkeys(p.when.label for p in recent if isinstance(p.when, Period))
    return [context.on_basis(company, metric, at=label) for label in labels]


def _lost(context: Context, company: str, shown: list[DataPoint]) -> Said | None:
    """Say what a company lost last by each definition; ``None`` if nothing is known, or nothing undisputed."""
    known = [p for p in shown if p.company == company and p.value is not None and p.state is not State.CONFLICT]
    last = {metric: p for metric in _LOSSES for p in known if p.measure.startswith(metric)}
    if not last:
        return None
    windows = list(dict.fromkeys(context.window(p) for p in last.values()))
    parts = [
        context.say(f"losses.{metric}", amount=context.short(p))
        + (context.say.aside(context.window(p)) if len(windows) > 1 else "")
        for metric, p in last.items()
    ]  # fmt: skip
    remark = windows[0] if len(windows) == 1 else ""
    return Said(context.name(company), context.say.commas(parts), (remark,))


def _recent(points: list[DataPoint]) -> list[DataPoint]:
    """Keep the latest periods of each company and measure, in the given order."""
    kept = []
    for point in points:
        own = [p for p in points if (p.company, p.measure) == (point.company, point.measure)]
        if point in sorted(own, key=lambda p: str(getattr(p.when, "end", "")))[-_RECENT_PERIODS:]:
            kept.append(point)
    return kept


def loss_ratio(context: Context) -> Exhibit:
    """Loss per unit of revenue; firms with different loss definitions are marked."""
    points = [p for company in context.companies for p in _loss_ratios(context, company)]
    latest = {p.company: p for p in points if p.value is not None}
    told = [
        Said(context.name(c), context.short(p), (context.say(f"loss_kind.{p.measure}"), context.period(p.when)))
        for c, p in latest.items()
    ]
    rows = rows_of(context, points, by_measure_if_several(context, points))
    return context.exhibit(
        "loss-ratio",
        title_once(context, "loss_ratio", told),
        context.say("loss_ratio.subtitle"),
        row_bars(rows, context.look, height_per_row=30),
        points,
        notes=[context.say("loss_ratio.note")],
    )


def _loss_ratios(context: Context, company: str) -> list[DataPoint]:
    both = [
        main_periods(margins.ratio_to_revenue(context.dataset, company, metric, measure))
        for metric, measure in _LOSS_RATIOS
    ]
    return next((own for own in both if any(p.value is not None for p in own)), [])


# --- research ---------------------------------------------------------------------------------------------------------


def research(context: Context) -> Exhibit:
    """Research and development against revenue, stated or computed."""
    points = [p for company in context.companies for p in _research_ratios(context, company)]
    latest = {p.company: p for p in points if p.value is not None}
    told = [Said(context.name(c), context.short(p), (context.period(p.when),)) for c, p in latest.items()]
    title = title_once(context, "research", told)
    rows = [_research_row(context, point) for point in points]
    picture = row_bars(rows, context.look, height_per_row=32)
    return context.exhibit("research", title, context.say("research.subtitle"), picture, points)


def _research_ratios(context: Context, company: str) -> list[DataPoint]:
    computed = margins.ratio_to_revenue(context.dataset, company, "research_and_development", "research_to_revenue")
    covered = {str(p.when) for p in computed}
    own = [p for f in context.dataset.select(company, "research_to_revenue") for p in stated(f)]
    return main_periods([p for p in own if str(p.when) not in covered] + computed)


def _research_row(context: Context, point: DataPoint) -> Row:
    return row(context, point, heading(context.name(point.company), context.period(point.when)))
