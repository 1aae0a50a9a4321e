"""Terms of the offers side by side: price, options, tranches, who holds what on the first day, use of the money."""

from typing import Final

import pandas as pd

from ipo_data.analysis import deal_arithmetic, offer_structure
from ipo_data.analysis.points import DataPoint, State, empty, headline, stated
from ipo_data.charts.bars import row_bars
from ipo_data.charts.stacks import Bar, Slice, row_stacks
from ipo_data.charts.timelines import Event, timeline
from ipo_data.charts.waterfalls import Move, waterfall
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.growth import gaps
from ipo_data.exhibits.model import Exhibit
from ipo_data.exhibits.offering import demanded
from ipo_data.exhibits.rows import by_part, heading, rows_of
from ipo_data.exhibits.side_by_side import PointsOf, comparison, latest
from ipo_data.formatting import duration
from ipo_data.model.source import SourceKind

_FLOAT: Final = ("held_before", "with_cornerstones", "free_on_first_day")
_DEAL_EVENTS: Final = ("hearing_passed", "listed")
_NEAR_DAYS: Final = 60
"""Documents so many days around the listing belong to the offer."""


# --- terms ------------------------------------------------------------------------------------------------------------


def terms(context: Context) -> Exhibit:
    """Return the offers' terms, one column per company."""
    absent = {context.say("terms.range"): "offer_price_low"}
    table, points = comparison(context, [(context.say(f"terms.{name}"), build) for name, build in _LINES], absent)
    return context.exhibit(
        "terms", context.title("terms", _priced(context), clauses=True), context.say("terms.subtitle"), None, points,
        table=table, notes=[context.say("terms.note")],
    )  # fmt: skip


def _priced(context: Context) -> list[str]:
    """Say what each company asked for a share and how much of its final offer cornerstones took."""
    sentences = []
    for company in context.companies:
        prices = [p for p in latest("offer_price")(context, company) if p.value is not None]
        parts = offer_structure.cornerstone_part(context.dataset, company)
        if prices and parts:
            sentences.append(context.say(
                "terms.one", company=context.name(company), price=context.short(context.shown(prices)[0]),
                part=context.short(parts[0]),
            ))  # fmt: skip
    return sentences


def _every(metric: str, **wanted: str) -> PointsOf:
    """Return all facts of a metric whose breakdown holds some members."""

    def points(context: Context, company: str) -> list[DataPoint]:
        facts = context.dataset.select(company, metric, unit="any", kind=None)
        return [p for f in facts if wanted.items() <= f.dimensions.items() for p in stated(f)]

    return points


def _range(context: Context, company: str) -> list[DataPoint]:
    return [*latest("offer_price_low")(context, company), *latest("offer_price_high")(context, company)]


def _offer(context: Context, company: str) -> list[DataPoint]:
    """Return the offer as first sized, final and with every option, tranches left out."""
    facts = [f for f in context.dataset.select(company, "offer_shares") if set(f.dimensions) == {"offer_stage"}]
    stages = sorted(facts, key=lambda f: f.dimensions["offer_stage"] != "initial")
    return [*(p for f in stages for p in stated(f)), *offer_structure.offer_in_all(context.dataset, company)]


def _tranche(name: str) -> PointsOf:
    def points(context: Context, company: str) -> list[DataPoint]:
        facts = [f for f in context.dataset.select(company, "offer_shares") if f.dimensions.get("tranche") == name]
        stages = sorted(facts, key=lambda f: f.dimensions["offer_stage"] != "initial")
        return [p for f in stages for p in stated(f)]

    return points


def _raised(metric: str) -> PointsOf:
    def points(context: Context, company: str) -> list[DataPoint]:
        facts = context.dataset.select(company, metric, unit="any", kind=None)
        return [p for f in facts if "investor" not in f.dimensions for p in stated(f)]

    return points


def _chased(tranche: str) -> PointsOf:
    return lambda context, company: demanded(context, company, tranche)


_LINES: Final[tuple[tuple[str, PointsOf], ...]] = (
    ("listed", latest("listed")),
    ("price", latest("offer_price")),
    ("range", _range),
    ("lot", latest("board_lot")),
    ("offer", _offer),
    ("size_adjustment", latest("offer_size_adjustment")),
    ("over_allotment", latest("over_allotment")),
    ("public", _tranche("public")),
    ("international", _tranche("international")),
    ("clawback", lambda context, company: deal_arithmetic.clawback(context.dataset, company)),
    ("public_multiple", _every("subscription_multiple", tranche="public")),
    ("effective", lambda context, company: deal_arithmetic.effective_multiple(context.dataset, company)),
    ("international_multiple", _every("subscription_multiple", tranche="international")),
    ("public_demand", _chased("public")),
    ("international_demand", _chased("international")),
    ("success", lambda context, company: offer_structure.success_rate(context.dataset, company)),
    ("gross", _raised("gross_proceeds")),
    ("net", _raised("net_proceeds")),
    ("costs", lambda context, company: offer_structure.cost_part(context.dataset, company)),
    ("cornerstones", _raised("cornerstone_amount")),
    ("cornerstone_part", lambda context, company: offer_structure.cornerstone_part(context.dataset, company)),
)


# --- options and tranches ---------------------------------------------------------------------------------------------


def share_flow(context: Context) -> Exhibit:
    """The offer from its first size to all options, and the public tranche before and after reallocation."""
    moves: list[Move] = []
    points: list[DataPoint] = []
    sentences: list[str] = []
    for company in context.companies:
        own = _flow(context, company)
        if not own:
            own = [(p, "missing") for p in gaps(context, "offer_shares", "shares") if p.company == company]
        elif any(name == "in_all" for _, name in own):
            sentences.append(_flow_sentence(context, own))
        points += [point for point, _ in own]
        moves += [_move(context, point, name, first=index == 0) for index, (point, name) in enumerate(own)]
    return context.exhibit(
        "share-flow", context.title("share_flow", sentences, clauses=True), context.say("share_flow.subtitle"),
        waterfall(moves, context.look), points, notes=[context.say("share_flow.note")],
    )  # fmt: skip


_LEVELS: Final = ("initial", "in_all", "public_initial", "public_final")


def _flow(context: Context, company: str) -> list[tuple[DataPoint, str]]:
    """Return the steps with their names; empty where the first size of the offer is not stated."""
    first = _sized(context, company, "initial")
    if not first:
        return []
    steps = [(p, "initial") for p in first]
    for metric in ("offer_size_adjustment", "over_allotment"):
        steps += [(p, metric) for p in latest(metric)(context, company) if p.value is not None]
    steps += [(p, "in_all") for p in offer_structure.offer_in_all(context.dataset, company)]
    public = [_sized(context, company, stage, "public") for stage in ("initial", "final")]
    if all(public):
        moved = offer_structure.moved_to_public(context.dataset, company)
        steps += [(public[0][0], "public_initial"), *((p, "moved") for p in moved), (public[1][0], "public_final")]
    return steps


def _sized(context: Context, company: str, stage: str, tranche: str = "") -> list[DataPoint]:
    wanted = {"offer_stage": stage, **({"tranche": tranche} if tranche else {})}
    facts = [f for f in context.dataset.select(company, "offer_shares") if f.dimensions == wanted and f.shown]
    return [stated(f)[0] for f in facts]


def _move(context: Context, point: DataPoint, name: str, *, first: bool) -> Move:
    label = context.say(f"share_flow.{name}")
    words = heading(context.name(point.company), label) if first or name in _LEVELS else label
    value = None if point.value is None else float(point.value)
    plus = "" if name in _LEVELS or value is None else "+"
    state, claims = str(point.state), " ".join(point.claims)
    text, printed = (plus + write(point) for write in (context.short, context.point))
    return Move(words, point.company, value, text, name in _LEVELS, state=state, claims=claims, printed=printed)


def _flow_sentence(context: Context, own: list[tuple[DataPoint, str]]) -> str:
    found = {name: context.short(point) for point, name in own}
    company = context.name(own[0][0].company)
    return context.say("share_flow.one", company=company, whole=found["in_all"], first=found["initial"])


# --- the first day's float --------------------------------------------------------------------------------------------


def free_float(context: Context) -> Exhibit:
    """Who held the shares on the first day, in percent of all shares in issue."""
    stacks: list[Bar] = []
    points: list[DataPoint] = []
    sentences: list[str] = []
    for company in context.companies:
        own = offer_structure.float_parts(context.dataset, company)
        points += own or [_float_gap(company)]
        if own:
            stacks.append(_float_row(context, own))
            free = next(p for p in own if p.measure == "free_on_first_day")
            sentences.append(context.say("float.one", company=context.name(company), part=context.short(free)))
    names = {part: context.say(f"metric.{part}") for part in _FLOAT}
    return context.exhibit(
        "free-float", context.title("float", sentences), context.say("float.subtitle"),
        row_stacks(stacks, names, context.look, hollow="held_before"), points, notes=[context.say("float.note")],
    )  # fmt: skip


def _float_gap(company: str) -> DataPoint:
    return empty(company, "free_on_first_day", "percent", State.NOT_AVAILABLE, "reason.not_in_sources")


def _float_row(context: Context, own: list[DataPoint]) -> Bar:
    slices = tuple(
        Slice(p.measure, float(p.value or 0), context.short(p), str(p.state), " ".join(p.claims), context.point(p))
        for p in own
    )
    label = f"{context.name(own[0].company)}<br>{context.period(own[0].when)}"
    free = next(p for p in own if p.measure == "free_on_first_day")
    return Bar(label, own[0].company, slices, context.short(free))


# --- use of the money -------------------------------------------------------------------------------------------------


def use_of_proceeds(context: Context) -> Exhibit:
    """What the money is for, as the documents say it, and what they leave open."""
    points = [p for c in context.companies for p in _uses(context, c)]
    shown = [*points, *gaps(context, "use_of_proceeds", "percent")]
    sentences = []
    for company in context.companies:
        totals = context.dataset.companies[company].groups.get("use", {})
        own = [p for p in points if p.company == company and p.value is not None and not p.formula]
        if own:  # a total holds its parts: it is no use of its own, and no match for another company's single use
            top = max(
                (p for p in own if p.dimensions.get("use") not in totals), key=lambda p: p.value or 0, default=own[0]
            )
            use = context.dimensions(company, top.dimensions)
            words = {"company": context.name(company), "part": context.short(top), "use": use}
            sentences.append(context.say("uses.one", **words))
    rows = rows_of(context, shown, lambda point: by_part(context, point))
    title, subtitle = context.title("uses", sentences, clauses=True), context.say("uses.subtitle")
    picture = row_bars(rows, context.look, height_per_row=28)
    return context.exhibit("use-of-proceeds", title, subtitle, picture, shown, notes=[context.say("uses.note")])


def _uses(context: Context, company: str) -> list[DataPoint]:
    found = [p for f in context.dataset.select(company, "use_of_proceeds") for p in stated(f)]
    return [*sorted(found, key=lambda p: -(p.value or 0)), *offer_structure.unused_proceeds(context.dataset, company)]


# --- dates ------------------------------------------------------------------------------------------------------------


def deal_dates(context: Context) -> Exhibit:
    """Hearing, documents of the offer and listing on one line of time."""
    events: list[Event] = []
    points: list[DataPoint] = []
    for company in context.companies:
        for fact in (f for metric in _DEAL_EVENTS for f in context.dataset.select(company, metric) if f.shown):
            day = fact.shown.quantity.day if fact.shown else None
            if day is not None and day.precision != "year":
                points += stated(fact)
                words = f"{context.label(fact.metric.id, company)}<br>{context.period(day)}"
                events.append(Event(day.last, company, words, points[-1].claims[0]))
        events += _documents(context, company)
    sentences = [said for company in context.companies if (said := _days_to_listing(context, company))]
    rows = [[context.name(event.company), event.words.replace("<br>", " · ")] for event in sorted(events)]
    columns = [context.say("table.company"), context.say("table.item")]
    return context.exhibit(
        "deal-dates", context.title("deal_dates", sentences), context.say("deal_dates.subtitle"),
        timeline(events, context.look), points, table=pd.DataFrame(rows, columns=columns, dtype="str"),
        claims=[event.claims for event in events],
    )  # fmt: skip


def _documents(context: Context, company: str) -> list[Event]:
    """Return the company's prospectus and announcements of the weeks around its listing, by day of publication."""
    events = []
    for source, claim in _offer_documents(context, company).items():
        made = context.dataset.sources[source]
        words = f"{context.sentence(f'kind.{made.kind}')}<br>{context.period(made.published_on)}"
        events.append(Event(made.published_on.last, company, words, claim))
    return events


def _offer_documents(context: Context, company: str) -> dict[str, str]:
    """Return source id → first claim of the documents of an offer that are dated to the day."""
    listed = headline(context.dataset, company, "listed")
    found: dict[str, str] = {}
    for claim in context.dataset.claims if listed is not None else ():
        source = context.dataset.sources[claim.source]
        day = source.published_on
        near = listed is not None and abs(day.last.toordinal() - int(listed.value)) <= _NEAR_DAYS
        offer = source.kind in (SourceKind.PROSPECTUS, SourceKind.ANNOUNCEMENT)
        if claim.company == company and offer and near and day.precision == "day":
            found.setdefault(source.id, claim.id)
    return found


def _days_to_listing(context: Context, company: str) -> str:
    """Say how many days lie between a company's last prospectus and its listing; empty if either is not known."""
    listed = context.dataset.find(company, "listed")
    day = listed.shown.quantity.day if listed is not None and listed.shown is not None else None
    sources = [context.dataset.sources[source] for source in _offer_documents(context, company)]
    printed = [s.published_on.last for s in sources if s.kind is SourceKind.PROSPECTUS]
    before = [one for one in printed if day is not None and day.precision == "day" and one <= day.last]
    if day is None or not before:
        return ""
    days = duration((day.last - max(before)).days, "days", context.view.language, 0)
    return context.say("deal_dates.one", company=context.name(company), days=days)
