"""Reconciliation: where documents disagree, what does not add up, and look-alikes that are not rivals."""

import pandas as pd

from ipo_data import formatting
from ipo_data.analysis.points import DataPoint, State, stated
from ipo_data.analysis.reconciliation import LedgerRow, conflicts, ledger
from ipo_data.analysis.verdicts import TieOut
from ipo_data.charts.rivals import Mark, Strip, rival_strips
from ipo_data.dataset import Dataset, Fact, Status
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit
from ipo_data.model.claim import Claim
from ipo_data.model.judgement import FactReference


def rival_figures(context: Context) -> Exhibit:
    """Every fact on which documents disagree, one strip each, with each document's figure and place."""
    disputed = [f for f in conflicts(context.dataset) if f.company in context.companies]
    disputed.sort(key=lambda f: (f.status is not Status.CONFLICTING, f.id))
    strips = [_strip(context, fact) for fact in disputed]
    points = [p for f in disputed for p in stated(f)]
    open_count = sum(f.status is Status.CONFLICTING for f in disputed)
    title = (
        context.say("rivals.title", count=len(disputed), open=open_count) if disputed else context.say("rivals.neutral")
    )
    claims = [c.id for f in disputed for c in f.claims]
    return context.exhibit(
        "rival-figures",
        title,
        context.say("rivals.subtitle"),
        rival_strips(strips, context.look),
        points,
        claims=claims,
        table=_rivals_table(context, disputed),
    )


def _heading(context: Context, fact: Fact) -> str:
    part = context.dimensions(fact.company, fact.dimensions)
    words = [
        context.name(fact.company),
        context.label(fact.metric.id, fact.company),
        part,
        context.period(fact.period or fact.instant),
    ]
    return " · ".join(word for word in words if word)


def _strip(context: Context, fact: Fact) -> Strip:
    marks = tuple(
        Mark(
            float(c.quantity.value), float(c.quantity.rounding.low), float(c.quantity.rounding.high),
            f"<b>{formatting.claim_figure(c, context.view.language)}</b>  {context.source_name(c.source)}  {_place(c)}",
            fact.shown is c, fact.company, c.id,
        )
        for c in sorted(fact.claims, key=lambda c: c.quantity.value)
    )  # fmt: skip
    return Strip(f"{_heading(context, fact)} — {context.say(f'status.{fact.status}')}", marks)


def _place(claim: Claim) -> str:
    """Return paragraph or page; names of transcribed tables are left to the claims list."""
    place = claim.locator.place if claim.locator else ""
    return place if place.startswith(("¶", "p.")) else ""


def _rivals_table(context: Context, facts: list[Fact]) -> pd.DataFrame:
    rows = [
        [_heading(context, fact), formatting.claim_figure(c, context.view.language), context.source_name(c.source), c.at or "", context.say("status.shown") if fact.shown is c else context.say(f"status.{fact.status}")]
        for fact in facts for c in fact.claims
    ]  # fmt: skip
    columns = [context.say(f"table.{c}") for c in ("item", "figure", "document", "place", "status")]
    return pd.DataFrame(rows, columns=columns, dtype="str")


def tested_figures(context: Context) -> Exhibit:
    """The ledger: stated figures against their recomputation, conflicts first."""
    rows = [r for r in ledger(context.dataset) if r.claim.company in context.companies]
    order = [TieOut.IN_CONFLICT, TieOut.OTHER_BASIS, TieOut.LOOSE_WORDING, TieOut.WITHIN_ROUNDING, TieOut.EXACT]
    rows.sort(key=lambda r: (order.index(r.verdict) if r.verdict in order else 9, r.id))
    wrong = sum(r.verdict is TieOut.IN_CONFLICT for r in rows)
    title = context.say("ledger.title", count=len(rows), wrong=wrong) if rows else context.say("ledger.neutral")
    points = [_computed_point(row) for row in rows]
    claims = [c for r in rows for c in [r.claim.id, *(sorted(r.computed.claims) if r.computed else [])]]
    return context.exhibit(
        "ledger",
        title,
        context.say("ledger.subtitle"),
        None,
        points,
        claims=claims,
        table=_ledger_table(context, rows),
        notes=[context.say("ledger.note")],
    )


def _computed_point(row: LedgerRow) -> DataPoint:
    claim = row.claim
    term = row.computed
    state = State.CONFLICT if row.verdict is TieOut.IN_CONFLICT else State.DERIVED
    return DataPoint(
        claim.company, claim.metric, claim.quantity.unit.code, state, term.value if term else None, term.interval if term else None,
        claim.span or claim.instant, dict(claim.dimensions), claims=(claim.id,), formula=term.text if term else "",
    )  # fmt: skip


def _ledger_table(context: Context, rows: list[LedgerRow]) -> pd.DataFrame:
    written = [_ledger_row(context, row) for row in rows]
    columns = [
        context.say(f"table.{c}") for c in ("verdict", "item", "stated", "computed", "formula", "document", "place")
    ]
    return pd.DataFrame(written, columns=columns, dtype="str")


def _ledger_row(context: Context, row: LedgerRow) -> list[str]:
    claim, term = row.claim, row.computed
    unit = claim.quantity.unit.code
    part = context.dimensions(claim.company, dict(claim.dimensions))
    item = " · ".join(
        w
        for w in (
            context.name(claim.company),
            context.label(claim.metric, claim.company),
            part,
            context.period(claim.span or claim.instant),
        )
        if w
    )
    computed = ""
    if term is not None:
        low, high = (_fine(context, float(v), unit) for v in (term.interval.low, term.interval.high))
        computed = f"{_fine(context, float(term.value), unit)} [{low}, {high}]"
    return [
        context.say(f"verdict.{row.verdict}"),
        item,
        formatting.claim_figure(claim, context.view.language),
        computed,
        term.text if term else "",
        context.source_name(claim.source),
        claim.at or "",
    ]


def _fine(context: Context, value: float, unit: str) -> str:
    return (
        formatting.value(value, unit, context.view.language, digits=2)
        if unit in ("percent", "x")
        else context.write(value, unit)
    )


def look_alikes(context: Context) -> Exhibit:
    """Figures that sound alike and measure different things, side by side with the difference."""
    rows: list[list[str]] = []
    points: list[DataPoint] = []
    for company in context.companies:
        for contrast in context.dataset.contrasts(company):
            found = [f for f in (_referenced(context.dataset, company, r) for r in contrast.facts) if f is not None]
            if len(found) < 2:
                continue
            points += [p for f in found for p in stated(f)]
            figures = " ≠ ".join(_contrast_figure(context, f) for f in found)
            rows.append(
                [
                    context.name(company),
                    context.dataset.say(contrast.title, context.view.language),
                    figures,
                    context.dataset.say(contrast.because, context.view.language),
                ]
            )
    columns = [context.say(f"table.{c}") for c in ("company", "item", "figure", "difference")]
    title = context.say("look_alikes.title", count=len(rows)) if rows else context.say("look_alikes.neutral")
    return context.exhibit(
        "look-alikes",
        title,
        context.say("look_alikes.subtitle"),
        None,
        points,
        table=pd.DataFrame(rows, columns=columns, dtype="str"),
    )


def _contrast_figure(context: Context, fact: Fact) -> str:
    figures = context.say.join([context.point(p) for p in stated(fact)])
    return f"{figures} ({context.label(fact.metric.id, fact.company)}{', ' + context.dimensions(fact.company, fact.dimensions) if fact.dimensions else ''})"


def _referenced(dataset: Dataset, company: str, reference: FactReference) -> Fact | None:
    return dataset.find(
        company, reference.metric, reference.period or reference.as_of, kind=None, unit=None, **reference.dimensions
    )
