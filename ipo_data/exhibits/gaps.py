"""Sources: what one company has and another lacks, and what filling each gap would make computable."""

from collections.abc import Iterable
from typing import Final

import pandas as pd

from ipo_data import formatting
from ipo_data.analysis.gaps import ANY, Gap, Lack, gaps
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit
from ipo_data.exhibits.parts import part_note, part_of
from ipo_data.exhibits.rows import heading
from ipo_data.model.metric import FAMILIES, METRICS

ROWS_PER_PART: Final = 25
PART_CODES: Final = tuple(str(number) for number in range(1, 41))
"""Codes of the parts in which the gaps are listed; there are as many gaps as two companies differ."""
_MOST_NAMED: Final = 3
_PAGES: Final = {
    "revenue": "growth", "mix": "mix", "margins": "profitability", "profit": "profitability",
    "spending": "profitability", "cash": "runway", "users": "growth", "people": "profitability",
    "technology": "overview", "shareholding": "ownership", "funding": "ownership", "offering": "offering",
    "subscription": "offering", "market": "valuation", "outlook": "valuation", "events": "overview",
}  # fmt: skip
"""Page on which a topic's figures are compared."""


def comparability(context: Context) -> Exhibit:
    """Every comparison that lacks a side, those first that alone keep most derived figures from being computed."""
    every = gaps(context.dataset, tuple(context.companies))
    topic = context.view.option("about", "all")
    chosen = [gap for gap in every if topic not in FAMILIES or METRICS[gap.metric].family == topic]
    part, first = part_of(chosen, context.view.option("missing"), ROWS_PER_PART)
    title = context.say("gaps.one" if context.alone else "gaps.neutral")
    if chosen:
        waiting = {(gap.company, unlock.measure) for gap in chosen for unlock in gap.unlocks if unlock.alone}
        counts = (formatting.number(len(found)) for found in (chosen, waiting))
        title = context.say("gaps.title", **dict(zip(("gaps", "derived"), counts, strict=True)))
    names = ("company", "missing", "lack", "others_have", "instead", "unlocks", "page")
    rows = [_row(context, gap) for gap in part]
    table = pd.DataFrame(rows, columns=[context.say(f"table.{name}") for name in names], dtype="str")
    notes = [context.say("gaps.note"), *part_note(context, first, len(part), len(chosen))]
    return context.exhibit("gaps", title, context.say("gaps.subtitle"), None, [], table=table, notes=notes)


def _row(context: Context, gap: Gap) -> list[str]:
    reason = context.dataset.say(gap.reason, context.view.language) if gap.reason else ""
    return [
        context.name(gap.company),
        heading(context.label(gap.metric, gap.company), *_parts(context, gap)),
        heading(context.say(f"lack.{gap.lack}"), reason),
        _shortened(context, _windows(context, gap.wanted)),
        _shortened(context, _instead(context, gap)),
        unlocks(context, gap),
        context.say(f"nav.{_PAGES[METRICS[gap.metric].family]}"),
    ]


def _parts(context: Context, gap: Gap) -> list[str]:
    basis = [] if gap.basis == "reported" else [context.say(f"accounting.{gap.basis}")]
    return [*(_part(context, gap.company, axis, member) for axis, member in gap.dimensions), *basis]


def _part(context: Context, company: str, axis: str, member: str) -> str:
    if member != ANY:
        return context.member(company, axis, member)
    return context.say(f"axis.{axis}") if context.say.has(f"axis.{axis}") else context.say("axis.other")


def _windows(context: Context, labels: Iterable[str]) -> list[str]:
    return [context.when(label) for label in labels]


def _instead(context: Context, gap: Gap) -> list[str]:
    if gap.lack is not Lack.OTHER_DEFINITION:
        return _windows(context, gap.has)
    return [_breakdown(context, gap.company, code) for code in gap.has]


def _breakdown(context: Context, company: str, code: str) -> str:
    pairs = [pair.split("=", 1) for pair in code.split(";") if "=" in pair]
    return " · ".join(_part(context, company, axis, member) for axis, member in pairs) or context.say("axis.total")


def unlocks(context: Context, gap: Gap) -> str:
    """Write what filling a gap makes computable, and what it helps to compute together with further figures."""
    alone = [context.label(unlock.measure, gap.company) for unlock in gap.unlocks if unlock.alone]
    helped = [context.label(unlock.measure, gap.company) for unlock in gap.unlocks if not unlock.alone]
    if not alone:
        return context.say("gaps.helped", figures=_shortened(context, helped)) if helped else ""
    rest = [context.say("gaps.more", count=len(set(helped)))] if helped else []
    return context.clauses([_shortened(context, alone), *rest])


def _shortened(context: Context, items: list[str]) -> str:
    """Name the first few and count the others."""
    named = list(dict.fromkeys(items))
    rest = len(named) - _MOST_NAMED
    return context.say.commas(named[:_MOST_NAMED]) + (f" +{rest}" if rest > 0 else "")
