"""The ledger on screen: what follows from its inputs, what does not, and how far off it is."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from typing import Final

import pandas as pd

from ipo_data import formatting
from ipo_data.analysis.points import DataPoint, State, Term
from ipo_data.analysis.reconciliation import LedgerRow, ledger, untested
from ipo_data.analysis.verdicts import TieOut
from ipo_data.charts.deviations import Deviation, Group, deviation_rows
from ipo_data.dataset import Dataset
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit
from ipo_data.exhibits.parts import codes_of_parts, part_note, part_of
from ipo_data.exhibits.point_words import place, printed_place
from ipo_data.exhibits.rows import heading, subject
from ipo_data.intervals import Interval
from ipo_data.model.metric import FAMILIES, METRICS

VERDICTS: Final = (
    TieOut.IN_CONFLICT, TieOut.OTHER_BASIS, TieOut.LOOSE_WORDING, TieOut.WITHIN_ROUNDING, TieOut.EXACT,
)  # fmt: skip
"""Verdicts of tested figures in reading order, worst first."""
VERDICT_CODES: Final = ("not_exact", "all", *(str(verdict) for verdict in VERDICTS))
"""Codes of the choice of verdicts."""
_UNTESTED_TOPICS: Final = ("events", "people", "technology", "rates")
TOPIC_CODES: Final = ("all", *(family for family in FAMILIES if family not in _UNTESTED_TOPICS))
"""Codes of the choice of topics."""
ROWS_PER_PART: Final = 25
_MOST_DRAWN: Final = 40
_HUNDRED: Final = 100


def tested_figures(context: Context) -> Exhibit:
    """Stated figures that other stated figures can test, as far as the page's choices admit, conflicts first."""
    chosen = chosen_rows(context)
    part, first = part_of(chosen, context.view.option("rows"), ROWS_PER_PART)
    notes = [context.say("ledger.note"), *part_note(context, first, len(part), len(chosen))]
    return context.exhibit(
        "ledger", _title(context, chosen), context.say("ledger.subtitle"), None,
        [_computed_point(row) for row in part], claims=_claims(part), table=_table(context, part), notes=notes,
    )  # fmt: skip


def deviations(context: Context) -> Exhibit:
    """The same figures drawn: how far the computed figure is from the stated one."""
    rows = [row for row in chosen_rows(context) if row.verdict is not TieOut.EXACT and _scale_of(row)]
    drawn, rest = rows[:_MOST_DRAWN], rows[_MOST_DRAWN:]
    groups = [
        Group(_heading(context, verdict, members), verdict is TieOut.IN_CONFLICT, members)
        for verdict, own in groupby(drawn, key=lambda row: row.verdict)
        if (members := tuple(_deviation(context, row) for row in own))
    ]
    notes = [context.say("deviations.rest", count=len(rest))] if rest else []
    return context.exhibit(
        "ledger-deviations", _furthest(context, drawn), context.say("deviations.subtitle"),
        deviation_rows(groups, context.look), [_computed_point(row) for row in drawn],
        claims=_claims(drawn), notes=[context.say("deviations.scale"), *notes], table=_table(context, drawn),
    )  # fmt: skip


def untested_figures(context: Context) -> Exhibit:
    """Ratios, shares and growth rates that should follow from other figures but lack an input in this evidence."""
    found = [item for item in untested(context.dataset) if item.claim.company in context.companies]
    rows = [
        [subject(context, i.claim), formatting.claim_figure(i.claim, context.view.language),
         context.source_name(i.claim.source), place(context, i.claim)]
        for i in found
    ]  # fmt: skip
    columns = [context.say(f"table.{name}") for name in ("item", "stated", "document", "place")]
    title = context.say("untested.neutral")
    if rows:
        title = context.say("untested.title", figures=context.counted("count.ratio", "count.ratios", len(rows)))
    table = pd.DataFrame(rows, columns=columns, dtype="str")
    claims = [item.claim.id for item in found]
    return context.exhibit("untested", title, context.say("untested.subtitle"), None, [], claims=claims, table=table)


# --- the choice -------------------------------------------------------------------------------------------------------


def tested(context: Context) -> list[LedgerRow]:
    """Return the ledger rows of the chosen companies, worst verdict first."""
    rows = [r for r in ledger(context.dataset) if r.claim.company in context.companies]
    return sorted(rows, key=lambda r: (VERDICTS.index(r.verdict), r.id))


def chosen_rows(context: Context) -> list[LedgerRow]:
    """Return the rows that the choices of verdict, topic and rule admit."""
    verdict, topic, rule = (context.view.option(name) for name in ("verdict", "topic", "rule"))
    return [row for row in tested(context) if _admits(row, verdict or VERDICT_CODES[0], topic or "all", rule or "all")]


def _admits(row: LedgerRow, verdict: str, topic: str, rule: str) -> bool:
    admitted = verdict in ("all", str(row.verdict)) or (verdict == "not_exact" and row.verdict is not TieOut.EXACT)
    return admitted and topic in ("all", METRICS[row.claim.metric].family) and rule in ("all", row.rule)


def part_codes(dataset: Dataset) -> tuple[str, ...]:
    """Return the codes of the parts in which the ledger is listed."""
    return codes_of_parts(len(ledger(dataset)), ROWS_PER_PART)


def _title(context: Context, rows: Sequence[LedgerRow]) -> str:
    every = tested(context)
    if not every:
        return context.say("ledger.neutral")
    figures = context.counted("count.stated_figure", "count.stated_figures", len(every))
    wrong = sum(row.verdict is TieOut.IN_CONFLICT for row in every)
    title = context.say("ledger.title", figures=figures, wrong=formatting.number(wrong))
    return title if len(rows) == len(every) else context.say("ledger.shown", title=title, shown=len(rows))


def _claims(rows: Sequence[LedgerRow]) -> list[str]:
    return [c for r in rows for c in [r.claim.id, *(sorted(r.computed.claims) if r.computed else [])]]


def _computed_point(row: LedgerRow) -> DataPoint:
    claim, term = row.claim, row.computed
    return DataPoint(
        claim.company, claim.metric, claim.quantity.unit.code,
        State.CONFLICT if row.verdict is TieOut.IN_CONFLICT else State.DERIVED,
        term.value if term else None, term.interval if term else None, claim.span or claim.instant,
        dict(claim.dimensions), claims=(claim.id,), formula=term.text if term else "",
    )  # fmt: skip


# --- as a table -------------------------------------------------------------------------------------------------------


def _table(context: Context, rows: list[LedgerRow]) -> pd.DataFrame:
    first, last = ("verdict", "item", "stated", "computed"), ("rule", "formula", "document")
    columns = [context.say("ledger.explained")]
    columns = [*(context.say(f"table.{n}") for n in first), *columns, *(context.say(f"table.{n}") for n in last)]
    return pd.DataFrame([_row(context, row) for row in rows], columns=columns, dtype="str")


def _row(context: Context, row: LedgerRow) -> list[str]:
    claim, term = row.claim, row.computed
    return [
        context.say(f"verdict.{row.verdict}"),
        subject(context, claim),
        formatting.claim_figure(claim, context.view.language),
        _computed(context, term, claim.quantity.unit.code) if term else "",
        explanation(context, row),
        _test(context, row),
        term.text if term else "",
        heading(context.source_name(claim.source), printed_place(claim)),
    ]


def _test(context: Context, row: LedgerRow) -> str:
    """Write what recomputes the figure: the rule's name and its formula in words."""
    return context.say(
        "ledger.test", name=context.say(f"rule.{row.rule}"), formula=context.say(f"rule_formula.{row.rule}")
    )


def explanation(context: Context, row: LedgerRow) -> str:
    """Write why a figure differs from its recomputation; empty if nothing explains it."""
    if row.reason is not None:
        return context.dataset.say(row.reason, context.view.language)
    return context.say(row.explanation) if row.explanation else ""


def _computed(context: Context, term: Term, unit: str, *, with_range: bool = True) -> str:
    """Write a computed value, percentages and multiples to two places, with its range unless that rounds to it."""
    digits = 2 if unit in ("percent", "x") else None
    written = formatting.value(term.value, unit, context.view.language, digits=digits)
    ends = [formatting.value(end, unit, context.view.language, digits=digits) for end in _finite(term.interval)]
    if not with_range or ends == [written, written]:
        return written
    return f"{written} {formatting.span(term.interval, unit, context.view.language, digits=digits)}"


def _finite(interval: Interval) -> list[Decimal]:
    return [end for end in (interval.low, interval.high) if end.is_finite()]


# --- as distances -----------------------------------------------------------------------------------------------------


def _scale_of(row: LedgerRow) -> float:
    """Return what one step of the axis is worth: a point for percentages, else a hundredth of the stated figure."""
    stated = row.claim.quantity
    return 1.0 if stated.unit.code == "percent" else abs(float(stated.value)) / _HUNDRED


def _distances(interval: Interval, row: LedgerRow) -> tuple[float, float]:
    stated, scale = float(row.claim.quantity.value), _scale_of(row)
    return (float(interval.low) - stated) / scale, (float(interval.high) - stated) / scale


def _deviation(context: Context, row: LedgerRow) -> Deviation:
    claim, term = row.claim, row.computed
    assert term is not None  # noqa: S101 - the ledger holds tested figures only
    figure = formatting.claim_figure(claim, context.view.language)
    text = f"{figure} → {_computed(context, term, claim.quantity.unit.code, with_range=False)}"
    words = (
        subject(context, claim), context.source_name(claim.source), f"{text} {_test(context, row)}", term.text,
        explanation(context, row),
    )  # fmt: skip
    return Deviation(
        subject(context, claim), claim.company, _distances(claim.quantity.hedged, row),
        _distances(term.interval, row), (float(term.value) - float(claim.quantity.value)) / _scale_of(row), text,
        "<br>".join(word for word in words if word), " ".join([claim.id, *sorted(term.claims)]),
    )  # fmt: skip


def _heading(context: Context, verdict: TieOut, members: tuple[Deviation, ...]) -> str:
    mark = "≠ " if verdict is TieOut.IN_CONFLICT else ""
    return f"{mark}{context.say(f'verdict.{verdict}')} · {len(members)}"


def _furthest(context: Context, rows: Sequence[LedgerRow]) -> str:
    """Name the figure in conflict that is furthest from what its inputs give."""
    wrong = [row for row in rows if row.verdict is TieOut.IN_CONFLICT]
    if not wrong:
        return context.say("deviations.neutral")
    worst = max(wrong, key=lambda row: abs(_deviation(context, row).value))
    claim, term = worst.claim, worst.computed
    return context.say(
        "deviations.title", item=subject(context, claim),
        stated=formatting.claim_figure(claim, context.view.language),
        computed=_computed(context, term, claim.quantity.unit.code, with_range=False) if term else "",
    )  # fmt: skip
