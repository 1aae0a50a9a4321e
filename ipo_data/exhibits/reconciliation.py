"""Reconciliation: where documents disagree, what does not add up, and look-alikes that are not rivals."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from ipo_data import formatting
from ipo_data.analysis.points import DataPoint, State, Term, stated
from ipo_data.analysis.reconciliation import LedgerRow, conflicts, ledger, untested
from ipo_data.analysis.verdicts import TieOut
from ipo_data.charts.rivals import Mark, Strip, rival_strips
from ipo_data.dataset import Fact, Status
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit
from ipo_data.exhibits.rows import heading
from ipo_data.model.claim import Claim
from ipo_data.model.judgement import Contrast, FactReference

_VERDICTS: Final = (
    TieOut.IN_CONFLICT,
    TieOut.OTHER_BASIS,
    TieOut.LOOSE_WORDING,
    TieOut.WITHIN_ROUNDING,
    TieOut.EXACT,
    TieOut.NOT_COMPUTABLE,
)
"""Verdicts in reading order, worst first."""


# --- rival figures ----------------------------------------------------------------------------------------------------


def rival_figures(context: Context) -> Exhibit:
    """Every fact on which documents disagree, one strip each, with each document's figure and place."""
    disputed = [f for f in conflicts(context.dataset) if f.company in context.companies]
    disputed.sort(key=lambda f: (f.status is not Status.CONFLICTING, f.id))
    title = context.say("rivals.neutral")
    if disputed:
        undecided = sum(f.status is Status.CONFLICTING for f in disputed)
        title = context.say("rivals.title", count=len(disputed), open=undecided)
    return context.exhibit(
        "rival-figures",
        title,
        context.say("rivals.subtitle"),
        rival_strips([_strip(context, fact) for fact in disputed], context.look),
        [p for f in disputed for p in stated(f)],
        claims=[c.id for f in disputed for c in f.claims],
        table=_rivals_table(context, disputed),
    )


def _subject(context: Context, claim: Claim) -> str:
    """Return what a claim is about: company, metric, breakdown and time."""
    part = context.dimensions(claim.company, dict(claim.dimensions))
    label, when = context.label(claim.metric, claim.company), context.period(claim.span or claim.instant)
    return heading(context.name(claim.company), label, part, when)


def _strip(context: Context, fact: Fact) -> Strip:
    ordered = sorted(fact.claims, key=lambda c: c.quantity.value)
    marks = tuple(_mark(context, claim, chosen=fact.shown is claim) for claim in ordered)
    return Strip(f"{_subject(context, fact.subject)} — {context.say(f'status.{fact.status}')}", marks)


def _mark(context: Context, claim: Claim, *, chosen: bool) -> Mark:
    quantity, figure = claim.quantity, formatting.claim_figure(claim, context.view.language)
    text = f"<b>{figure}</b>  {context.source_name(claim.source)}  {_place(claim)}"
    low, high = float(quantity.rounding.low), float(quantity.rounding.high)
    return Mark(float(quantity.value), low, high, text, chosen, claim.company, claim.id)


def _place(claim: Claim) -> str:
    """Return paragraph or page; names of transcribed tables are left to the claims list."""
    place = claim.locator.place if claim.locator else ""
    return place if place.startswith(("¶", "p.")) else ""


def _rivals_table(context: Context, facts: list[Fact]) -> pd.DataFrame:
    rows = [
        [
            _subject(context, claim),
            formatting.claim_figure(claim, context.view.language),
            context.source_name(claim.source),
            claim.at or "",
            context.say("status.shown" if fact.shown is claim else f"status.{fact.status}"),
        ]
        for fact in facts
        for claim in fact.claims
    ]
    columns = [context.say(f"table.{c}") for c in ("item", "figure", "document", "place", "status")]
    return pd.DataFrame(rows, columns=columns, dtype="str")


# --- the ledger -------------------------------------------------------------------------------------------------------


_TIED = (TieOut.EXACT, TieOut.WITHIN_ROUNDING)


def tested_figures(context: Context) -> Exhibit:
    """The ledger's findings: stated figures that do not simply follow from others, conflicts first."""
    rows = _tested(context)
    wrong = sum(r.verdict is TieOut.IN_CONFLICT for r in rows)
    title = context.say("ledger.title", count=len(rows), wrong=wrong) if rows else context.say("ledger.neutral")
    findings = [row for row in rows if row.verdict not in _TIED]
    return _ledger_exhibit(context, "ledger", title, findings, notes=[context.say("ledger.note")])


def agreeing_figures(context: Context) -> Exhibit:
    """The rest of the ledger: stated figures that follow from others."""
    rows = [row for row in _tested(context) if row.verdict in _TIED]
    title = context.say("ledger.agreed", count=len(rows)) if rows else context.say("ledger.neutral")
    return _ledger_exhibit(context, "ledger-agreed", title, rows)


def untested_figures(context: Context) -> Exhibit:
    """Ratios, shares and growth rates that should follow from other figures but lack an input in this evidence."""
    found = [item for item in untested(context.dataset) if item.claim.company in context.companies]
    rows = [
        [_subject(context, i.claim), formatting.claim_figure(i.claim, context.view.language),
         context.source_name(i.claim.source), i.claim.at or ""]
        for i in found
    ]  # fmt: skip
    columns = [context.say(f"table.{name}") for name in ("item", "stated", "document", "place")]
    title = context.say("untested.title", count=len(rows)) if rows else context.say("untested.neutral")
    table = pd.DataFrame(rows, columns=columns, dtype="str")
    claims = [item.claim.id for item in found]
    return context.exhibit("untested", title, context.say("untested.subtitle"), None, [], claims=claims, table=table)


def _tested(context: Context) -> list[LedgerRow]:
    rows = [r for r in ledger(context.dataset) if r.claim.company in context.companies]
    return sorted(rows, key=lambda r: (_VERDICTS.index(r.verdict), r.id))


def _ledger_exhibit(
    context: Context, name: str, title: str, rows: list[LedgerRow], notes: Sequence[str] = ()
) -> Exhibit:
    claims = [c for r in rows for c in [r.claim.id, *(sorted(r.computed.claims) if r.computed else [])]]
    points = [_computed_point(row) for row in rows]
    table = _ledger_table(context, rows)
    subtitle = context.say("ledger.subtitle")
    return context.exhibit(name, title, subtitle, None, points, claims=claims, table=table, notes=notes)


def _computed_point(row: LedgerRow) -> DataPoint:
    claim, term = row.claim, row.computed
    return DataPoint(
        claim.company, claim.metric, claim.quantity.unit.code,
        State.CONFLICT if row.verdict is TieOut.IN_CONFLICT else State.DERIVED,
        term.value if term else None, term.interval if term else None, claim.span or claim.instant,
        dict(claim.dimensions), claims=(claim.id,), formula=term.text if term else "",
    )  # fmt: skip


def _ledger_table(context: Context, rows: list[LedgerRow]) -> pd.DataFrame:
    names = ("verdict", "item", "stated", "computed", "rule", "formula", "document", "place")
    columns = [*(context.say(f"table.{name}") for name in names), context.say("ledger.explained")]
    return pd.DataFrame([_ledger_row(context, row) for row in rows], columns=columns, dtype="str")


def _ledger_row(context: Context, row: LedgerRow) -> list[str]:
    claim, term = row.claim, row.computed
    return [
        context.say(f"verdict.{row.verdict}"),
        _subject(context, claim),
        formatting.claim_figure(claim, context.view.language),
        _computed(context, term, claim.quantity.unit.code) if term else "",
        _test(context, row),
        term.text if term else "",
        context.source_name(claim.source),
        claim.at or "",
        _explanation(context, row),
    ]


def _test(context: Context, row: LedgerRow) -> str:
    """Write what recomputes the figure: the rule's name and its formula in words."""
    return context.say(
        "ledger.test", name=context.say(f"rule.{row.rule}"), formula=context.say(f"rule_formula.{row.rule}")
    )


def _explanation(context: Context, row: LedgerRow) -> str:
    if row.reason is not None:
        return context.dataset.say(row.reason, context.view.language)
    return context.say(row.explanation) if row.explanation else ""


def _computed(context: Context, term: Term, unit: str) -> str:
    """Write a computed value with its range, percentages and multiples to two places."""
    digits = 2 if unit in ("percent", "x") else None
    written = formatting.value(term.value, unit, context.view.language, digits=digits)
    return f"{written} {formatting.span(term.interval, unit, context.view.language, digits=digits)}"


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
    title = context.say("look_alikes.title", count=len(rows)) if rows else context.say("look_alikes.neutral")
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
