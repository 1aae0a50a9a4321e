"""Sources: what rests on one document alone, and what changes without it."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from ipo_data import formatting
from ipo_data.analysis.leave_one_out import Change, Effect, Reliance, Resting, resting, stated_by_one, without
from ipo_data.analysis.points import DataPoint, stated
from ipo_data.analysis.reconciliation import LedgerRow
from ipo_data.charts.tallies import Tally, tally_bars
from ipo_data.dataset import Dataset, Fact
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit
from ipo_data.exhibits.parts import codes_of_parts, part_note, part_of
from ipo_data.exhibits.rows import by_measure, heading, subject
from ipo_data.model.source import Reading

ROWS_PER_PART: Final = 30
EVERY: Final = "all"
"""Code of the choice of no single document."""
_MOST_BARS: Final = 20
_EFFECTS: Final = tuple(Effect)


def document_codes(dataset: Dataset) -> tuple[str, ...]:
    """Return the codes of the choice of a document: none, or one that states something."""
    used = {claim.source for claim in dataset.claims}
    ordered = sorted(used, key=lambda name: (dataset.sources[name].published_on.last, name))
    return (EVERY, *ordered)


def left_codes(dataset: Dataset) -> tuple[str, ...]:
    """Return the codes of the parts in which everything that rests on a document is listed."""
    return codes_of_parts(len(dataset.claims), ROWS_PER_PART)


# --- how much rests on each document ----------------------------------------------------------------------------------


def resting_on_one(context: Context) -> Exhibit:
    """Facts that one document alone states, by document, with the derived and tested figures that need them."""
    found = [item for item in resting(context.dataset, tuple(context.companies)) if item.total]
    facts = sum(fact.company in context.companies for fact in context.dataset.facts)
    title = context.say("resting.neutral")
    if found:
        numbers = (formatting.number(number) for number in (sum(item.total for item in found), facts))
        title = context.say("resting.title", **dict(zip(("alone", "facts"), numbers, strict=True)))
    rest = found[_MOST_BARS:]
    notes = [context.say("resting.note")]
    if rest:
        notes.append(context.say("resting.rest", count=len(rest), facts=sum(item.total for item in rest)))
    return context.exhibit(
        "resting", title, context.say("resting.subtitle"),
        tally_bars([_tally(context, item) for item in found[:_MOST_BARS]], context.look), [],
        table=_resting_table(context, found), notes=notes, overall=True,
    )  # fmt: skip


def _tally(context: Context, item: Resting) -> Tally:
    counts = {"facts": item.total, "derived": item.derived, "tested": item.rows}
    text = context.say("resting.counts", **{name: formatting.number(count) for name, count in counts.items()})
    name = context.source_name(item.source)
    return Tally(name, dict(item.facts), text, f"{name}<br>{text}")


def _resting_table(context: Context, found: Sequence[Resting]) -> pd.DataFrame:
    rows = [
        [
            context.source_name(item.source), _kind(context, item.source),
            *(formatting.number(count) for count in (item.total, item.derived, item.rows)),
        ]
        for item in found
    ]  # fmt: skip
    names = ("document", "kind", "alone", "derived", "tested")
    return pd.DataFrame(rows, columns=[context.say(f"table.{name}") for name in names], dtype="str")


def _document(context: Context, source: str) -> tuple[str, str]:
    return context.source_name(source), _kind(context, source)


def _kind(context: Context, source: str) -> str:
    record = context.dataset.sources[source]
    return f"{context.say(f'kind.{record.kind}')} · {context.say(f'reading.{record.reading}')}"


# --- one document left out --------------------------------------------------------------------------------------------


def left_out(context: Context) -> Exhibit:
    """Everything that vanishes or changes without the chosen document; without a choice, what second hand carries."""
    chosen = context.view.option("document", EVERY)
    if chosen not in context.dataset.sources:
        return _on_second_hand(context)
    found = without(context.dataset, chosen)
    rows = [*_derived_rows(context, found), *_tested_rows(context, found), *_fact_rows(context, found)]
    rows.sort(key=lambda row: _EFFECTS.index(row[0]))
    gone = sum(row[0] is Effect.GONE for row in rows)
    values = {"document": context.source_name(chosen), "gone": gone, "changed": len(rows) - gone}
    title = context.say("left_out.title" if rows else "left_out.nothing", **values)
    claims = [c.id for c in context.dataset.claims if c.source == chosen and c.company in context.companies]
    names, words = ("effect", "figure_kind", "item", "with", "without"), [_words(context, row) for row in rows]
    return _listed(context, (title, context.say("left_out.subtitle")), names, words, claims)


_Listed = tuple[Effect, str, str, str, str]
"""Effect, kind of figure, item, with the document, without it."""


def _words(context: Context, row: _Listed) -> list[str]:
    effect, kind, *rest = row
    return [context.say(f"effect.{effect}"), context.say(f"figure_kind.{kind}"), *rest]


def _listed(
    context: Context, heads: tuple[str, str], names: tuple[str, ...], rows: list[list[str]], claims: Sequence[str]
) -> Exhibit:  # fmt: skip
    part, first = part_of(rows, context.view.option("left"), ROWS_PER_PART)
    columns = [context.say(f"table.{name}") for name in names]
    table = pd.DataFrame(part, columns=columns, dtype="str")
    notes = part_note(context, first, len(part), len(rows))
    return context.exhibit("left-out", *heads, None, [], table=table, claims=claims, notes=notes)


def _fact_rows(context: Context, found: Reliance) -> list[_Listed]:
    return [
        (c.effect, "fact", subject(context, c.either.subject), _fact(context, c.before), _fact(context, c.after))
        for c in found.facts if c.either.company in context.companies
    ]  # fmt: skip


def _fact(context: Context, fact: Fact | None) -> str:
    if fact is None:
        return "—"
    return _figures(context, fact) + context.say.aside(context.say(f"status.{fact.status}"))


def _figures(context: Context, fact: Fact) -> str:
    return " / ".join(context.point(point) for point in stated(fact))


def _derived_rows(context: Context, found: Reliance) -> list[_Listed]:
    chosen = [c for c in found.derived if c.either.company in context.companies]
    return [
        (c.effect, "derived", by_measure(context, c.either), _point(context, c.before), _point(context, c.after))
        for c in chosen
        if _point(context, c.before) != _point(context, c.after)
    ]


def _point(context: Context, point: DataPoint | None) -> str:
    return "—" if point is None or point.value is None else context.point(point)


def _tested_rows(context: Context, found: Reliance) -> list[_Listed]:
    return [
        (c.effect, "tested", _tested(context, c), _verdict(context, c.before), _verdict(context, c.after))
        for c in found.rows if c.either.claim.company in context.companies
    ]  # fmt: skip


def _tested(context: Context, change: Change[LedgerRow]) -> str:
    figure = formatting.claim_figure(change.either.claim, context.view.language)
    return heading(subject(context, change.either.claim), figure)


def _verdict(context: Context, row: LedgerRow | None) -> str:
    return "—" if row is None else context.say(f"verdict.{row.verdict}")


def on_second_hand(context: Context) -> list[Fact]:
    """Return the facts that stand on one document alone which was read in another one that quotes it."""
    weak = {name for name, source in context.dataset.sources.items() if source.reading is Reading.SECOND_HAND}
    return [f for f in context.dataset.facts if f.company in context.companies and stated_by_one(f) in weak]


def _on_second_hand(context: Context) -> Exhibit:
    facts = on_second_hand(context)
    rows = [
        [subject(context, fact.subject), _figures(context, fact), *_document(context, fact.subject.source)]
        for fact in facts
    ]
    title = context.say("left_out.weak", count=len(rows)) if rows else context.say("left_out.neutral")
    names, claims = ("item", "figure", "document", "kind"), [fact.subject.id for fact in facts]
    return _listed(context, (title, context.say("left_out.weak_subtitle")), names, rows, claims)
