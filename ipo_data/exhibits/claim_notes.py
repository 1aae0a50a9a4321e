"""Notes on single claims: what was decided between rival figures, and what a reader flagged."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ipo_data import formatting
from ipo_data.analysis.points import DataPoint, State
from ipo_data.dataset import Fact
from ipo_data.model.claim import Claim

if TYPE_CHECKING:
    from ipo_data.exhibits.context import Context


def judgement_notes(context: "Context", points: Iterable[DataPoint]) -> list[str]:
    """Return a note per judged figure: what is shown, what other documents print, and why."""
    names = dict.fromkeys(name for p in points if p.state is State.JUDGED and not p.formula for name in p.facts)
    facts = [context.dataset.fact_by_id[name] for name in names]
    return [_judged(context, fact, fact.shown) for fact in facts if fact.shown is not None and fact.rivals]


def _judged(context: "Context", fact: Fact, shown: Claim) -> str:
    language = context.view.language
    rivals = {formatting.claim_figure(c, language): c.source for c in fact.rivals}
    others = [context.say("note.rival", figure=f, source=context.source_name(s)) for f, s in rivals.items()]
    reason = context.say("note.filing_first")
    if fact.judgement is not None:
        reason = context.dataset.say(fact.judgement.because, language)
    words = (
        context.name(fact.company), context.label(fact.metric.id, fact.company),
        context.dimensions(fact.company, fact.dimensions),
    )  # fmt: skip
    return context.say(
        "note.judged", item=" · ".join(word for word in words if word), rivals=context.say.join(others), reason=reason,
        figure=formatting.claim_figure(shown, language),
    )  # fmt: skip


def remark_notes(context: "Context", points: Iterable[DataPoint], measure: str) -> list[str]:
    """Return a note per figure of a measure that firms define each for themselves: what its document counts in it."""
    own = [p for p in points if p.measure == measure and p.claims and not p.formula]
    found = {(p.company, p.when): context.dataset.claim_by_id[p.claims[0]].note for p in own}
    return [
        context.say(
            "note.remark", company=context.name(company), item=context.label(measure, company),
            period=context.period(when), remark=context.dataset.say(note, context.view.language),
        )
        for (company, when), note in found.items() if note is not None
    ]  # fmt: skip


def flag_notes(context: "Context", claims: Iterable[str]) -> list[str]:
    """Return a note per claim that a reader flagged as suspect, and per conditional one, with the reader's remark."""
    found = [context.dataset.claim_by_id[name] for name in claims]
    conditional = [
        context.say(
            "note.conditional", figure=formatting.claim_figure(claim, context.view.language),
            source=context.source_name(claim.source), remark=context.dataset.say(claim.note, context.view.language),
        )
        for claim in found if "conditional" in claim.flags and claim.note is not None
    ]  # fmt: skip
    return conditional + [
        context.say(
            "note.suspect", figure=formatting.claim_figure(claim, context.view.language),
            source=context.source_name(claim.source), remark=context.dataset.say(claim.note, context.view.language),
        )
        for claim in found if "suspect" in claim.flags and claim.note is not None
    ]  # fmt: skip
