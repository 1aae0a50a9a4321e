"""Notes on the balances a runway starts from, and on a scenario that ends before a more cautious one."""

from collections.abc import Iterable

from ipo_data import formatting
from ipo_data.analysis import runway
from ipo_data.dataset import Fact
from ipo_data.exhibits.context import Context
from ipo_data.periods import Instant


def balance_notes(context: Context, companies: Iterable[str], *, counted: bool = True) -> list[str]:
    """Return a note per company on what its own balance counts, with the part that is undrawn bank lines.

    Args:
        context: The context.
        companies: Company ids.
        counted: Whether the exhibit counts the bank lines; else the note says what it leaves out.
    """
    notes = [_balance(context, company, counted=counted) for company in companies]
    return [note for note in notes if note]


def balance_claims(context: Context, companies: Iterable[str]) -> list[str]:
    """Return the claims behind these notes."""
    found = [
        context.dataset.find(company, metric, when)
        for company in companies if (when := runway.balance_date(context.dataset, company)) is not None
        for metric in ("liquidity", "undrawn_facilities")
    ]  # fmt: skip
    return [fact.shown.id for fact in found if fact is not None and fact.shown is not None]


def _balance(context: Context, company: str, *, counted: bool) -> str:
    when = runway.balance_date(context.dataset, company)
    if when is None:
        return ""
    own = context.dataset.find(company, "liquidity", when)
    lines = context.dataset.find(company, "undrawn_facilities", when)
    if own is None or own.shown is None:
        return ""
    words = {"company": context.name(company), "date": context.period(Instant.parse(when))}
    if lines is None or lines.shown is None or not own.shown.quantity.value:
        return _remark(context, own, words) if counted else ""
    language = context.view.language
    words |= {
        "whole": formatting.claim_figure(own.shown, language), "lines": formatting.claim_figure(lines.shown, language),
        "share": formatting.percent(lines.shown.quantity.value / own.shown.quantity.value * 100, 0),
    }  # fmt: skip
    return context.say("balance.counts_lines" if counted else "balance.without_lines", **words)


def _remark(context: Context, own: Fact, words: dict[str, str]) -> str:
    """Return what the record says of the balance, where the part of the bank lines is not known."""
    if own.shown is None or own.shown.note is None:
        return ""
    remark = context.dataset.say(own.shown.note, context.view.language)
    return context.say(
        "note.remark", item=context.label("liquidity", own.company), remark=remark, company=words["company"],
        period=words["date"],
    )  # fmt: skip
