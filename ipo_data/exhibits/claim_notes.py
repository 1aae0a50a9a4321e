"""Notes on single records: what was decided between figures, what a reader flagged, at which rate was converted."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ipo_data import formatting
from ipo_data.analysis.currency import OwnRate
from ipo_data.analysis.points import DataPoint, State
from ipo_data.dataset import Fact
from ipo_data.model.claim import Claim
from ipo_data.model.rate import FxRate, RateMethod
from ipo_data.periods import Instant, Period

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


def converted_at(context: "Context", rate: FxRate | OwnRate) -> str:
    """Return the note on an exchange rate: its direction, date and document, or that it is the reader's own."""
    base, quote = (formatting.currency_name(code, context.view.language) for code in (rate.base, rate.quote))
    words = {"base": base, "quote": quote, "rate": f"{rate.rate.normalize():f}"}
    if isinstance(rate, OwnRate):
        return context.say("note.own_rate", **words)
    average = rate.method is RateMethod.AVERAGE
    when = Period.parse(rate.as_of) if average else Instant.parse(rate.as_of)
    return context.say(
        "note.average_rate" if average else "note.rate", **words, date=context.period(when),
        set=context.say(f"rates.{rate.set}") if context.say.has(f"rates.{rate.set}") else rate.set,
        source=context.source_name(rate.source) if rate.source else context.say("rate.convention"),
    )  # fmt: skip
