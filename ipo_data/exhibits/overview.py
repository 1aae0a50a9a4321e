"""Overview: key figures side by side and the events in order."""

import pandas as pd

from ipo_data.analysis import growth, runway, valuation
from ipo_data.analysis.points import DataPoint, State, empty, stated
from ipo_data.charts.timelines import timeline
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.growth import latest_growth
from ipo_data.exhibits.model import Exhibit


def key_table(context: Context) -> Exhibit:
    """The figures a memo opens with, one column per company, each with period, status and rival figures."""
    rows: list[list[str]] = []
    points: list[DataPoint] = []
    for name, build in _LINES:
        row = [context.say(f"key.{name}")]
        for company in context.companies:
            found = [p for p in build(context, company) if p is not None]
            points += found
            row.append(
                " · ".join(_written(context, p) for p in found) if found else context.say("gap.not_disclosed_here")
            )
        rows.append(row)
    table = pd.DataFrame(
        rows, columns=[context.say("table.item"), *[context.name(c) for c in context.companies]], dtype="str"
    )
    return context.exhibit(
        "key-figures", context.say("key.title"), context.say("key.subtitle"), None, points, table=table
    )


def _written(context: Context, point: DataPoint) -> str:
    shown = context.shown_in([point])[0]
    when = context.period(shown.when)
    part = context.dimensions(
        shown.company,
        {a: m for a, m in shown.dimensions.items() if a not in ("moment", "stage", "proceeds", "tranche")},
    )
    mark = "" if shown.state is State.REPORTED else context.say(f"state.{shown.state}")
    words = ", ".join(w for w in (part, when, mark) if w)
    return f"{context.point(shown)} ({words})" if words else context.point(shown)


def _one(context: Context, company: str, metric: str, **dimensions: str) -> list[DataPoint]:
    facts = [f for f in context.dataset.select(company, metric, unit="any", kind=None) if f.dimensions == dimensions]
    return stated(facts[-1]) if facts else []


def _mix(context: Context, company: str) -> list[DataPoint]:
    from ipo_data.analysis import mix

    for axis in ("segment", "deployment"):
        labels = mix.periods_with(context.dataset, company, axis)
        if labels:
            shares = [s[0] for s, _ in mix.parts(context.dataset, company, axis, labels[-1]).values() if s]
            return sorted(shares, key=lambda p: -(p.value or 0))[:1]
    return [empty(company, "revenue_share", "percent", State.NOT_DISCLOSED, "reason.not_in_sources")]


def _cap(context: Context, company: str) -> list[DataPoint]:
    cap = valuation.latest_close(context.dataset, company)
    return [cap] if cap else []


def _multiple(context: Context, company: str) -> list[DataPoint]:
    cap = valuation.latest_close(context.dataset, company)
    return [valuation.price_to_sales(context.dataset, company, cap, "ltm", context.rates)] if cap else []


def _growth(context: Context, company: str) -> list[DataPoint]:
    found = latest_growth(context, company)
    return [found] if found else []


def _runway(context: Context, company: str) -> list[DataPoint]:
    points = [
        p
        for p in runway.published(context.dataset, company)
        if p.dimensions.get("proceeds", "without_proceeds") == "without_proceeds"
    ]
    return points[:3]


_LINES = (
    ("revenue", lambda k, c: [growth.as_reported(k.dataset, c)]),
    ("revenue_ltm", lambda k, c: [growth.ltm(k.dataset, c)]),
    ("growth", _growth),
    ("mix", _mix),
    ("gross_margin", lambda k, c: _one(k, c, "gross_margin")),
    ("adjusted_net_loss", lambda k, c: _one(k, c, "adjusted_net_loss")),
    ("net_loss", lambda k, c: _one(k, c, "net_loss")),
    ("liquidity", lambda k, c: _one(k, c, "liquidity")),
    ("runway", _runway),
    ("mau", lambda k, c: _one(k, c, "mau")),
    ("public_multiple", lambda k, c: _one(k, c, "subscription_multiple", tranche="public")),
    ("international_multiple", lambda k, c: _one(k, c, "subscription_multiple", tranche="international")),
    ("market_cap", _cap),
    ("price_to_sales", _multiple),
)


def events(context: Context) -> Exhibit:
    """Dated events of both companies on one line of time."""
    points: list[DataPoint] = []
    marks = []
    for company in context.companies:
        for metric in ("founded", "launched", "round_closed", "hearing_passed", "listed", "market_entry"):
            for fact in context.dataset.select(company, metric, kind=None):
                claim = fact.shown or fact.claims[0]
                if claim.quantity.day is None or claim.quantity.day.precision == "year":
                    continue
                points += stated(fact)[:1]
                part = context.dimensions(company, fact.dimensions)
                words = f"{context.say(f'metric.{metric}')}{'<br>' + part if part else ''}<br>{context.period(claim.quantity.day)}"
                marks.append((claim.quantity.day.last, company, words, claim.id))
    rows = [[context.name(c), w.replace("<br>", " · ")] for d, c, w, _ in sorted(marks)]
    table = pd.DataFrame(rows, columns=[context.say("table.company"), context.say("table.item")], dtype="str")
    return context.exhibit(
        "events",
        context.say("events.title"),
        context.say("events.subtitle"),
        timeline(marks, context.look),
        points,
        table=table,
    )
