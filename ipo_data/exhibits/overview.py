"""Overview: key figures side by side and the events in order."""

from dataclasses import replace
from typing import Final

import pandas as pd

from ipo_data.analysis import bases, mix, runway, valuation
from ipo_data.analysis.points import DataPoint, State, empty, stated
from ipo_data.analysis.runway_readings import latest_months
from ipo_data.charts.timelines import Event, timeline
from ipo_data.dataset import Fact
from ipo_data.exhibits.claim_notes import remark_notes
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.growth import latest_growth
from ipo_data.exhibits.mix import split_of
from ipo_data.exhibits.model import Exhibit
from ipo_data.exhibits.said_once import Said, title_once
from ipo_data.exhibits.side_by_side import PointsOf, comparison, latest
from ipo_data.exhibits.windows import basis_gaps, multiple_notes
from ipo_data.periods import Instant

_EVENTS: Final = ("founded", "launched", "round_closed", "hearing_passed", "listed", "market_entry")


# --- key figures ------------------------------------------------------------------------------------------------------


def key_table(context: Context) -> Exhibit:
    """The figures a memo opens with, one column per company, each with period, status and rival figures."""
    lines = [(line_label(context, name), build) for name, build in _LINES]
    on_basis = (line_label(context, "revenue"), flow("revenue"))
    as_reported = (context.say("key.revenue"), _reported)
    both = [as_reported] if context.view.basis == "reported" else [as_reported, on_basis]
    table, points = comparison(context, [*both, *lines])
    title = context.say("key.title") if context.alone is None else context.say("key.title_one", company=context.alone)
    subtitle = context.say("key.subtitle", basis=context.basis)
    notes = [*basis_gaps(context, points), *multiple_notes(context), *remark_notes(context, points, "liquidity")]
    return context.exhibit("key-figures", title, subtitle, None, points, table=table, notes=notes)


def line_label(context: Context, name: str) -> str:
    """Return the heading of a line; flows and multiples name the basis they stand on."""
    if name in _FLOWS:
        return context.label(name + bases.SUFFIXES[context.view.basis], "")
    return context.say(f"key.{name}_{context.revenue_basis}" if name == _MULTIPLE else f"key.{name}")


def flow(metric: str) -> PointsOf:
    """Return a flow on the chosen basis."""
    return lambda context, company: [context.on_basis(company, metric)]


def loss(metric: str) -> PointsOf:
    """Return a loss on the chosen basis; where the evidence does not give it, that and the loss as it is reported."""
    printed = latest(metric)

    def points(context: Context, company: str) -> list[DataPoint]:
        found = context.on_basis(company, metric)
        reported = printed(context, company)
        if context.view.basis == "reported":
            return reported
        return [found] if found.value is not None or not reported else [found, *reported]

    return points


def _reported(context: Context, company: str) -> list[DataPoint]:
    return [bases.as_reported(context.dataset, company)]


def _growth(context: Context, company: str) -> list[DataPoint]:
    found = latest_growth(context, company)
    return [found] if found else []


def _largest_part(context: Context, company: str) -> list[DataPoint]:
    axis = split_of(context, company)
    if axis is None:
        return [empty(company, "revenue_share", "percent", State.NOT_DISCLOSED, "reason.not_in_sources")]
    labels = mix.periods_with(context.dataset, company, axis)
    shares = [own[0] for own, _ in mix.parts(context.dataset, company, axis, labels[-1]).values() if own]
    return sorted(shares, key=lambda p: -(p.value or 0))[:1]


def _runway(context: Context, company: str) -> list[DataPoint]:
    return published_without_proceeds(context, company)[:3]


def published_without_proceeds(context: Context, company: str) -> list[DataPoint]:
    """Return the runways that documents state without offer proceeds."""
    points = runway.published(context.dataset, company)
    return [p for p in points if p.dimensions.get("proceeds", "without_proceeds") == "without_proceeds"]


def without_bank_lines(context: Context, company: str) -> list[DataPoint]:
    """Return the months that cash and investments last on the burn of the company's own statement.

    Undrawn bank lines, which a company's own balance may count, are left out; firms are alike in this.
    """
    cells = {(c.liquidity.definition, c.burn.definition): c.point for c in runway.matrix(context.dataset, company)}
    own = (cells.get(("cash_and_investments", burn)) for burn in ("assumed", "realised"))
    when = runway.balance_date(context.dataset, company)
    return [replace(point, when=Instant.parse(when)) for point in own if point is not None and when is not None][:1]


def latest_cap(context: Context, company: str) -> list[DataPoint]:
    """Return the latest market value at the close, if there is one."""
    cap = valuation.latest_close(context.dataset, company)
    return [cap] if cap else []


def latest_multiple(context: Context, company: str) -> list[DataPoint]:
    """Return the latest market value over revenue on the chosen basis, if there is a market value."""
    return [
        valuation.price_to_sales(context.dataset, company, cap, context.revenue_basis, context.rates)
        for cap in latest_cap(context, company)
    ]


_FLOWS: Final = ("revenue", "adjusted_net_loss", "net_loss")
_MULTIPLE: Final = "price_to_sales"
_LINES: Final[tuple[tuple[str, PointsOf], ...]] = (
    ("growth", _growth),
    ("mix", _largest_part),
    ("gross_margin", latest("gross_margin")),
    ("adjusted_net_loss", loss("adjusted_net_loss")),
    ("net_loss", loss("net_loss")),
    ("liquidity", latest("liquidity")),
    ("runway", _runway),
    ("without_bank_lines", without_bank_lines),
    ("runway_latest", lambda context, company: latest_months(context.dataset, company)),
    ("mau", latest("mau")),
    ("public_multiple", latest("subscription_multiple", tranche="public")),
    ("international_multiple", latest("subscription_multiple", tranche="international")),
    ("market_cap", latest_cap),
    (_MULTIPLE, latest_multiple),
)


# --- events -----------------------------------------------------------------------------------------------------------


def events(context: Context) -> Exhibit:
    """Dated events of both companies on one line of time."""
    dated = [
        (fact, event)
        for company in context.companies
        for metric in _EVENTS
        for fact in context.dataset.select(company, metric, kind=None)
        if (event := _event(context, fact))
    ]
    rows = [
        [context.name(event.company), event.words.replace("<br>", " · ")] for event in sorted(e for _, e in dated)
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=[context.say("table.company"), context.say("table.item")], dtype="str")
    return context.exhibit(
        "events",
        title_once(context, "events", _listings(context, [fact for fact, _ in dated])),
        context.say("events.subtitle"),
        timeline([event for _, event in dated], context.look),
        [point for fact, _ in dated for point in stated(fact)[:1]],
        table=table,
        notes=[note for fact, event in dated for note in _remarks(context, fact, event)],
    )


def _listings(context: Context, facts: list[Fact]) -> list[Said]:
    """Return the day on which each company was listed."""
    days = [p for fact in facts if fact.metric.id == "listed" and fact.shown is not None for p in stated(fact)[:1]]
    return [Said(context.name(day.company), context.short(day), ()) for day in days]


def _remarks(context: Context, fact: Fact, event: Event) -> list[str]:
    """Return what the record says of an event besides its day, e.g. that no other document knows of it."""
    remark = context.dataset.claim_by_id[event.claims].note
    if remark is None:
        return []
    words = {"company": context.name(fact.company), "event": event.words.replace("<br>", " · ")}
    return [context.say("events.remark", remark=context.dataset.say(remark, context.view.language), **words)]


def _event(context: Context, fact: Fact) -> Event | None:
    """Return an event at its day, or at the end of its month; a year alone has no place on the line."""
    claim = fact.shown or fact.claims[0]
    day = claim.quantity.day
    if day is None or day.precision == "year":
        return None
    part, when = context.dimensions(fact.company, fact.dimensions), context.period(day)
    words = (context.label(fact.metric.id, fact.company), part, "" if when in part else when)
    return Event(day.last, fact.company, "<br>".join(word for word in words if word), claim.id)
