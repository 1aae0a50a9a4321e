"""Reconciliation: what documents say in words, tested by the figures it is about."""

from typing import Final

import pandas as pd

from ipo_data.analysis.ledger import NarrativeRow, narratives
from ipo_data.analysis.points import Term
from ipo_data.analysis.verdicts import TieOut
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit
from ipo_data.exhibits.rows import heading

_ORDER: Final = (TieOut.IN_CONFLICT, TieOut.WITHIN_ROUNDING, TieOut.EXACT, TieOut.NOT_COMPUTABLE)
"""Verdicts in reading order, worst first."""


def statements_in_words(context: Context) -> Exhibit:
    """Every statement about the chosen companies alone, with its comparison, the numbers and the verdict."""
    rows = [row for row in narratives(context.dataset) if _companies(row) <= set(context.companies)]
    rows.sort(key=lambda row: (_ORDER.index(row.verdict), row.id))
    counts = {verdict: sum(row.verdict is verdict for row in rows) for verdict in _ORDER}
    title = context.say("statements.neutral")
    if rows:
        wrong, untested = counts[TieOut.IN_CONFLICT], counts[TieOut.NOT_COMPUTABLE]
        counted = context.counted("count.statement", "count.statements", len(rows))
        title = context.say("statements.title", statements=counted, wrong=wrong, open=untested)
    names = ("verdict", "statement", "rule", "formula", "document", "place")
    columns = [*(context.say(f"table.{name}") for name in names), context.say("ledger.explained")]
    table = pd.DataFrame([_row(context, row) for row in rows], columns=columns, dtype="str")
    claims = list(dict.fromkeys(claim for row in rows for claim in row.claims))
    subtitle, notes = context.say("statements.subtitle"), [context.say("statements.note")] if rows else []
    return context.exhibit("statements", title, subtitle, None, [], claims=claims, table=table, notes=notes)


def _companies(row: NarrativeRow) -> set[str]:
    """Return the companies a statement is about: its own, and one it is compared with."""
    return {row.company, *(claim.partition(".")[0] for claim in row.claims)}


def _row(context: Context, row: NarrativeRow) -> list[str]:
    statement = row.statement
    return [
        context.say(f"holds.{row.verdict}"),
        heading(context.name(row.company), context.dataset.say(statement.title, context.view.language)),
        context.say(f"comparison.{statement.compares}"),
        context.clauses(_written(margin) for margin in row.margins),
        context.source_name(statement.source),
        statement.at or "",
        _explanation(context, row),
    ]


def _written(margin: Term) -> str:
    """Write a margin with its sign, which is all the comparison needs."""
    return f"{margin.text} {'>' if margin.value > 0 else '≤'} 0"


def _explanation(context: Context, row: NarrativeRow) -> str:
    if row.reason is not None:
        return context.dataset.say(row.reason, context.view.language)
    return context.say(row.explanation) if row.explanation else ""
