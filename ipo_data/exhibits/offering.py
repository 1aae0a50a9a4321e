"""Offering: how strong demand was by tranche, how much was raised, and how peers moved on the day."""

from dataclasses import replace
from decimal import Decimal
from typing import Final

from ipo_data.analysis.currency import NATIVE
from ipo_data.analysis.deal_arithmetic import demand_by_rule, first_day_change
from ipo_data.analysis.offer_structure import gross_in_all, largest_cornerstone
from ipo_data.analysis.offer_structure import international_bases as international_bases_of
from ipo_data.analysis.points import DataPoint, State, stated
from ipo_data.analysis.valuation import money_chased
from ipo_data.charts.bars import Row, row_bars, row_dots
from ipo_data.dataset import Fact
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.growth import gaps
from ipo_data.exhibits.model import Exhibit
from ipo_data.exhibits.rows import by_measure, heading, row, rows_of
from ipo_data.formatting import MINUS

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


def international_bases(context: Context) -> Exhibit:
    """International demand over each base that a press figure may rest on, beside what documents print."""
    rows: list[Row] = []
    points: list[DataPoint] = []
    sentences: list[str] = []
    for company in context.companies:
        facts = context.dataset.select(company, "subscription_multiple")
        stated_here = [p for f in facts if f.dimensions == {"tranche": "international"} for p in _with_rivals(f)]
        computed = international_bases_of(context.dataset, company)
        missing = [p for p in gaps(context, "subscription_multiple", "x") if p.company == company]
        own = [*stated_here, *computed] or missing
        points += own
        rows += [_base_row(context, point) for point in own]
        if computed:
            sentences.append(_explained(context, stated_here, computed))
    notes = [context.say("bases.note")] if sentences else []
    return context.exhibit(
        "international-bases", context.title("bases", sentences, clauses=True), context.say("bases.subtitle"),
        row_dots(rows, context.look, height_per_row=34), points, notes=notes,
    )  # fmt: skip


def _base_row(context: Context, point: DataPoint) -> Row:
    base = point.dimensions.get("base", "") if point.formula else "as_printed"
    words = context.say(f"base.{base}") if point.value is not None else ""
    source = "" if point.formula or not point.claims else _document(context, point)
    return row(context, point, heading(context.name(point.company), words), hover=source)


def _document(context: Context, point: DataPoint) -> str:
    return context.source_name(context.dataset.claim_by_id[point.claims[0]].source)


def _explained(context: Context, printed: list[DataPoint], computed: list[DataPoint]) -> str:
    """Say what leaving out the cornerstones does to the multiple, and whether a rival figure lies in that range."""
    low, high = (pick(computed, key=lambda p: p.value or 0) for pick in (min, max))
    words = {
        "company": context.name(computed[0].company), "official": context.short(printed[0]), "low": context.short(low),
        "high": context.short(high),
    }  # fmt: skip
    if words["low"] == words["high"]:
        return context.say("bases.single", **words)
    inside = [p for p in printed[1:] if (low.value or 0) <= (p.value or 0) <= (high.value or 0)]
    if inside:
        return context.say("bases.inside", rival=context.short(inside[0]), **words)
    return context.say("bases.one", **words)


def _subscription_row(context: Context, point: DataPoint) -> Row:
    axes = [axis for axis in ("tranche", "base") if axis in point.dimensions]
    words = [context.member(point.company, axis, point.dimensions[axis]) for axis in axes]
    source = _document(context, point) if point.claims else ""
    return row(context, point, heading(context.name(point.company), *words), hover=source)


def _subscription_title(context: Context, points: list[DataPoint]) -> str:
    """Say what the public asked for at each company, and where documents disagree on the international tranche."""
    public = {p.company: p for p in reversed(points) if p.dimensions.get("tranche") == "public" and p.value}
    told = [
        context.say("subscription.one", company=context.name(c), multiple=context.short(public[c]))
        for c in context.companies if c in public
    ]  # fmt: skip
    disputed = _disputed(context, points)
    if not told:
        return disputed[:1].upper() + disputed[1:] or context.say("subscription.neutral")
    title = context.title("subscription", told)
    return context.say("subscription.both", public=title, disputed=disputed) if disputed else title


def _disputed(context: Context, points: list[DataPoint]) -> str:
    international = [p for p in points if p.dimensions == {"tranche": "international"} and p.value]
    for company in context.companies:
        own = sorted((p for p in international if p.company == company), key=lambda p: p.value or 0)
        if len({p.value for p in own}) > 1:
            low, high = context.short(own[0]), context.short(own[-1])
            return context.say("subscription.disputed", company=context.name(company), low=low, high=high)
    return ""


# --- money ------------------------------------------------------------------------------------------------------------


def proceeds(context: Context) -> Exhibit:
    """What the offerings raised and who had committed beforehand."""
    points = [p for company in context.companies for p in _raised(context, company)]
    currency = "HKD" if context.view.currency == NATIVE else context.view.currency
    shown = context.on_one_axis(points, currency)
    rows = rows_of(context, shown, lambda point: by_measure(context, point))
    sentences = [said for company in context.companies if (said := _gross_words(context, company, shown))]
    computed = any(p.measure == "gross_in_all" for p in shown)
    return context.exhibit(
        "proceeds", context.title("proceeds", sentences, clauses=True), context.say("proceeds.subtitle"),
        row_dots(rows, context.look), shown, notes=[context.say("proceeds.note")] if computed else [],
    )  # fmt: skip


def _gross_words(context: Context, company: str, shown: list[DataPoint]) -> str:
    """Say what was raised before the over-allotment and what it comes to with it; printed, that was only in reach."""
    own = [p for p in shown if p.company == company and p.value is not None]
    gross = [p for p in own if p.measure == "gross_proceeds"]
    raised = [p for p in gross if p.dimensions.get("options") != "with_over_allotment"]
    whole = [p for p in own if p.measure == "gross_in_all"]
    if not gross:
        return ""
    point = (raised or gross)[0]
    text = "proceeds.in_reach" if not raised else "proceeds.whole" if whole else "proceeds.one"
    options = context.dimensions(company, point.dimensions)
    return context.say(
        text, company=context.name(company), amount=context.short(point),
        options=context.say.aside(options) if options else "", **({"whole": context.short(whole[0])} if whole else {}),
    )  # fmt: skip


def _raised(context: Context, company: str) -> list[DataPoint]:
    facts = [f for metric in _PROCEEDS for f in context.dataset.select(company, metric, unit="any")]
    found = [p for f in facts if "investor" not in f.dimensions for p in stated(f)]
    gross = [p for p in found if p.measure == "gross_proceeds"]
    others = [p for p in found if p not in gross]
    demand = [p for tranche in _TRANCHES for p in demanded(context, company, tranche)]
    return [*gross, *gross_in_all(context.dataset, company), *others, *demand]


def demanded(context: Context, company: str, tranche: str) -> list[DataPoint]:
    """Return a tranche's demand in money: multiple × shares × price, or by the listing rule's first public part."""
    found = money_chased(context.dataset, company, tranche)
    by_rule = demand_by_rule(context.dataset, company) if tranche == "public" else []
    return [found] if found.value is not None else by_rule


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
    parts = [p for n in counts for p in largest_cornerstone([s for s in shown if s.company == n.company], n)]
    sentences = [_counted(context, p, [part for part in parts if part.company == p.company]) for p in counts]
    rows = rows_of(
        context, shown, lambda p: heading(context.name(p.company), context.dimensions(p.company, p.dimensions))
    )  # fmt: skip
    return context.exhibit(
        "cornerstones",
        context.title("cornerstones", sentences, clauses=bool(parts)),
        context.say("cornerstones.subtitle", currency=context.say(f"currency.{context.common_currency}")),
        row_bars(rows, context.look, height_per_row=28),
        [*shown, *counts, *parts],
    )


def _counted(context: Context, count: DataPoint, part: list[DataPoint]) -> str:
    """Say how many cornerstones a company has, and how much of their money is the largest one's."""
    words = {"company": context.name(count.company), "count": context.short(count)}
    if not part:
        return context.say("cornerstones.one", **words)
    return context.say("cornerstones.largest", part=context.short(part[0]), **words)


# --- the first day ----------------------------------------------------------------------------------------------------


def first_day(context: Context) -> Exhibit:
    """Share price moves on the listing day: the companies, stated or computed, and securities named beside them."""
    points: list[DataPoint] = []
    for company in context.companies:
        points += [p for f in context.dataset.select(company, "price_change") for p in stated(f)]
        points += first_day_change(context.dataset, company)
    ordered = sorted(points, key=lambda point: (bool(point.dimensions), -float(point.value or 0)))
    rows = [replace(row(context, p, _security(context, p)), other=bool(p.dimensions)) for p in ordered]
    own = {p.company: p for p in reversed(points) if not p.dimensions}
    moved = [_moved(context, own[company]) for company in context.companies if company in own]
    title = context.clauses(moved) or context.say("first_day.neutral")
    return context.exhibit("first-day", title, context.say("first_day.subtitle"), row_bars(rows, context.look), points)


def _moved(context: Context, own: DataPoint) -> str:
    """Say which way the share went; a fall is written without its sign."""
    value = own.value or Decimal(0)
    way = "rose" if value > 0 else "fell" if value < 0 else "level"
    change = context.short(own).replace(MINUS, "")
    return context.say(
        f"first_day.{way}", company=context.name(own.company), change=change, date=context.period(own.when)
    )


def _security(context: Context, point: DataPoint) -> str:
    name = context.dimensions(point.company, point.dimensions) or context.name(point.company)
    return heading(name, context.period(point.when))
