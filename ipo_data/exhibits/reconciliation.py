"""Rival figures, and look-alikes that are not rivals."""

from typing import Final

import pandas as pd

from ipo_data import formatting
from ipo_data.analysis.points import DataPoint, stated
from ipo_data.analysis.reconciliation import conflicts
from ipo_data.charts.rivals import Mark, Strip, rival_strips
from ipo_data.dataset import Fact, Status
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit
from ipo_data.exhibits.point_words import place
from ipo_data.exhibits.rows import subject
from ipo_data.model.claim import Claim
from ipo_data.model.judgement import Contrast, FactReference
from ipo_data.model.source import SourceKind

_SYMBOLS: Final = {
    SourceKind.SELF_MEDIA: "triangle-up",
    SourceKind.BROKER: "diamond",
    SourceKind.MARKET_DATA: "diamond",
}
"""Shapes of documents that are neither filings (squares) nor news and releases (circles)."""


# --- rival figures ----------------------------------------------------------------------------------------------------


def rival_figures(context: Context) -> Exhibit:
    """Every fact on which documents disagree, one strip each, with each document's figure and place."""
    disputed = [f for f in conflicts(context.dataset) if f.company in context.companies]
    disputed.sort(key=lambda f: (f.status is not Status.CONFLICTING, f.id))
    title = context.say("rivals.neutral")
    if disputed:
        undecided = sum(f.status is Status.CONFLICTING for f in disputed)
        figures = context.counted("count.figure", "count.figures", len(disputed))
        title = context.say("rivals.title", figures=figures, open=undecided)
    return context.exhibit(
        "rival-figures",
        title,
        context.say("rivals.subtitle"),
        rival_strips([_strip(context, fact) for fact in disputed], context.look),
        [p for f in disputed for p in stated(f)],
        claims=[c.id for f in disputed for c in f.claims],
        table=_rivals_table(context, disputed),
    )


def _strip(context: Context, fact: Fact) -> Strip:
    ordered = sorted(fact.claims, key=lambda c: c.quantity.value)
    marks = tuple(_mark(context, claim, chosen=fact.shown is claim) for claim in ordered)
    status = f" — {context.say(f'status.{fact.status}')}" if fact.status is Status.CONFLICTING else ""
    return Strip(subject(context, fact.subject) + status, marks)


def _mark(context: Context, claim: Claim, *, chosen: bool) -> Mark:
    quantity, figure = claim.quantity, formatting.claim_figure(claim, context.view.language)
    text = f"<b>{figure}</b>  {context.source_name(claim.source)}  {_place(claim)}"
    low, high = float(quantity.rounding.low), float(quantity.rounding.high)
    kind = context.dataset.sources[claim.source].kind
    symbol = "square" if kind.is_primary else _SYMBOLS.get(kind, "circle")
    return Mark(float(quantity.value), low, high, text, chosen, claim.company, claim.id, symbol)


def _place(claim: Claim) -> str:
    """Return paragraph or page; names of transcribed tables are left to the claims list."""
    place = claim.locator.place if claim.locator else ""
    return place if place.startswith(("¶", "p.")) else ""


def _rivals_table(context: Context, facts: list[Fact]) -> pd.DataFrame:
    rows = [
        [
            subject(context, claim),
            formatting.claim_figure(claim, context.view.language),
            context.source_name(claim.source),
            place(context, claim),
            context.say("status.shown" if fact.shown is claim else f"status.{fact.status}"),
        ]
        for fact in facts
        for claim in fact.claims
    ]
    columns = [context.say(f"table.{c}") for c in ("item", "figure", "document", "place", "status")]
    return pd.DataFrame(rows, columns=columns, dtype="str")


# --- look-alikes ------------------------------------------------------------------------------------------------------


def look_alikes(context: Context) -> Exhibit:
    """Figures that sound alike and measure different things, side by side with the difference.

    A pair is shown only if the evidence holds every figure of it: the explanation may speak of each of them.
    """
    rows: list[list[str]] = []
    points: list[DataPoint] = []
    for company in context.companies:
        for contrast in context.dataset.contrasts(company):
            found = [_referenced(context, company, reference) for reference in contrast.facts]
            facts = [fact for fact in found if fact is not None]
            if len(facts) == len(found):
                points += [point for fact in facts for point in stated(fact)]
                rows.append(_contrast_row(context, company, contrast, facts))
    columns = [context.say(f"table.{c}") for c in ("company", "item", "figure", "difference")]
    title = context.say("look_alikes.neutral")
    if rows:
        title = context.say("look_alikes.title", groups=context.counted("count.group", "count.groups", len(rows)))
    table = pd.DataFrame(rows, columns=columns, dtype="str")
    return context.exhibit("look-alikes", title, context.say("look_alikes.subtitle"), None, points, table=table)


def _contrast_row(context: Context, company: str, contrast: Contrast, facts: list[Fact]) -> list[str]:
    return [
        context.name(company),
        context.dataset.say(contrast.title, context.view.language),
        " ≠ ".join(_contrast_figure(context, fact) for fact in facts),
        context.dataset.say(contrast.because, context.view.language),
    ]


def _contrast_figure(context: Context, fact: Fact) -> str:
    figures = context.say.join([context.point(p) for p in stated(fact)])
    part = context.dimensions(fact.company, fact.dimensions)
    return figures + context.say.aside(context.say.commas((context.label(fact.metric.id, fact.company), part)))


def _referenced(context: Context, company: str, reference: FactReference) -> Fact | None:
    when, axes = reference.period or reference.as_of, reference.dimensions
    return context.dataset.find(company, reference.metric, when, kind=None, unit="any", **axes)
