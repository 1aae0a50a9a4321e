"""Sources: every document, every claim, and what is known about what."""

from collections import Counter, defaultdict
from typing import Final

import pandas as pd

from ipo_data import formatting
from ipo_data.charts.grids import GridCell, cell_grid
from ipo_data.dataset import Dataset, Fact
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit, View
from ipo_data.exhibits.parts import codes_of_parts, part_note, part_of
from ipo_data.exhibits.reliance import EVERY
from ipo_data.frames.tables import sources_frame
from ipo_data.model.claim import Claim
from ipo_data.model.metric import FAMILIES, METRICS

CLAIMS_PER_PART: Final = 40
UNDATED: Final = "undated"
"""Code of terms of the deal and events, which belong to no period."""
AHEAD: Final = "ahead"
"""Code of forecasts and targets, which speak of no past year."""
_TOPICS: Final = tuple(family for family in FAMILIES if family != "rates")
TOPIC_CODES: Final = (EVERY, *_TOPICS)
"""Codes of the choice of a topic."""


def documents(context: Context) -> Exhibit:
    """The documents, with kind, date, how they were read and how many claims they carry."""
    frame = sources_frame(context.dataset)
    counted = zip(frame["id"].tolist(), frame["claims"].tolist(), strict=True)
    rows = [_document_row(context, name, claims) for name, claims in counted]
    names = ("document", "published", "kind", "claims", "remark")
    table = pd.DataFrame(rows, columns=[context.say(f"table.{name}") for name in names], dtype="str")
    stating = sum(claims > 0 for claims in frame["claims"].tolist())
    counts = {"documents": len(rows), "claims": formatting.number(len(context.dataset.claims))}
    if stating == len(rows):
        title = context.say("documents.title", **counts)
    else:
        title = context.say("documents.title_some", **counts, stating=stating)
    return context.exhibit("documents", title, context.say("documents.subtitle"), None, [], table=table, overall=True)


def _document_row(context: Context, name: str, claims: float) -> list[str]:
    """Few wide columns: a browser breaks narrow columns of Chinese after every character."""
    source = context.dataset.sources[name]
    in_chinese = source.short if context.view.language != "en" else None  # publishers are recorded in Latin letters
    publisher = context.dataset.say(in_chinese, context.view.language) if in_chinese else source.publisher
    return [
        f"{publisher} · {source.title}",
        formatting.instant(source.published_on, context.view.language),
        f"{context.say(f'kind.{source.kind}')} · {context.say(f'reading.{source.reading}')}",
        formatting.number(claims),
        context.dataset.say(source.note, context.view.language) if source.note else "",
    ]


# --- coverage ---------------------------------------------------------------------------------------------------------


def coverage(context: Context) -> Exhibit:
    """Number of facts by topic – by metric within a chosen topic – and by the year they speak of, per company."""
    topic = context.view.option("about", EVERY)
    facts = [f for f in context.dataset.facts if f.company in context.companies]
    by_metric = topic in _TOPICS
    rows = _metrics_of(facts, topic) if by_metric else list(_TOPICS)
    found = {_year(fact) for fact in facts if not by_metric or fact.metric.family == topic}
    years = [*sorted(found - {UNDATED, AHEAD}), *(code for code in (AHEAD, UNDATED) if code in found)]
    cells: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        cells[fact.metric.id if by_metric else fact.metric.family, fact.company, _year(fact)].append(fact)
    labels = [context.say(f"{'metric' if by_metric else 'family'}.{row}") for row in rows]
    places = [(company, year) for company in context.companies for year in years]
    columns = [_column(context, year) for _, year in places]
    names = [context.name(company) for company in context.companies]
    grid = {
        (r, c): _cell(context, (context.name(place[0]), labels[r], _column(context, place[1])), cells[row, *place])
        for r, row in enumerate(rows)
        for c, place in enumerate(places)
        if cells[row, *place]
    }
    shown = sum(len(found) for key, found in cells.items() if key[0] in rows)
    table = [[label, *_totals(cells, row, context.companies)] for label, row in zip(labels, rows, strict=True)]
    heads = [context.say("table.metric" if by_metric else "table.topic"), *names]
    return context.exhibit(
        "coverage", context.say("coverage.title", facts=formatting.number(shown)), context.say("coverage.subtitle"),
        cell_grid(
            labels, columns, grid, context.look, color=context.look.palette.accent, row_height=28, heads=names
        ), [],
        table=pd.DataFrame(table, columns=heads, dtype="str"), overall=True,
    )  # fmt: skip


def _metrics_of(facts: list[Fact], topic: str) -> list[str]:
    used = {fact.metric.id for fact in facts}
    return [name for name, metric in METRICS.items() if metric.family == topic and name in used]


def _year(fact: Fact) -> str:
    if fact.subject.kind != "actual":
        return AHEAD
    return str(fact.end.year) if fact.end else UNDATED


def _column(context: Context, year: str) -> str:
    return context.say(f"period.{year}") if year in (UNDATED, AHEAD) else year


def _totals(cells: dict[tuple[str, str, str], list[Fact]], row: str, companies: list[str]) -> list[str]:
    own = (sum(len(found) for key, found in cells.items() if key[:2] == (row, company)) for company in companies)
    return [formatting.number(count) for count in own]


def _cell(context: Context, place: tuple[str, str, str], facts: list[Fact]) -> GridCell:
    """Write how many facts there are and whether filings (●), other documents (○) or both state them."""
    sources = {claim.source for fact in facts for claim in fact.claims}
    kinds = Counter(context.dataset.sources[name].kind for name in sources)
    marks = "●" * any(kind.is_primary for kind in kinds) + "○" * any(not kind.is_primary for kind in kinds)
    counted = [f"{context.say(f'kind.{kind}')} {count}" for kind, count in sorted(kinds.items())]
    words = (" · ".join(place), formatting.number(len(facts)), context.say.commas(counted))
    joint = "" if context.view.narrow else " "  # thirty pixels hold no blank
    return GridCell(float(len(facts)), f"{formatting.number(len(facts))}{joint}{marks}", "<br>".join(words))


# --- claims -----------------------------------------------------------------------------------------------------------


def metric_codes(dataset: Dataset) -> tuple[str, ...]:
    """Return the codes of the choice of a metric: all, or one that some document states."""
    used = {claim.metric for claim in dataset.claims}
    return (EVERY, *(name for name in METRICS if name in used))


def period_codes(dataset: Dataset) -> tuple[str, ...]:
    """Return the codes of the choice of a period: all, none, a year, or a period as documents name it."""
    years = sorted({claim_year(claim) for claim in dataset.claims} - {UNDATED}, reverse=True)
    spans = {claim.period: claim.span for claim in dataset.claims if claim.period and claim.span}
    named = sorted(spans, key=lambda label: (spans[label].end, spans[label].start), reverse=True)
    return (EVERY, *years, *named, UNDATED)


def claim_codes(dataset: Dataset) -> tuple[str, ...]:
    """Return the codes of the parts in which the claims are listed."""
    return codes_of_parts(len(dataset.claims), CLAIMS_PER_PART)


def claim_year(claim: Claim) -> str:
    """Return the year in which what a claim speaks of ends; ``undated`` for terms of the deal."""
    if claim.span:
        return str(claim.span.end.year)
    return str(claim.instant.last.year) if claim.instant else UNDATED


def all_claims(context: Context) -> Exhibit:
    """Claims with document and place, as far as the choices of topic, metric, document and period admit them."""
    own = [claim for claim in context.dataset.claims if claim.company in context.companies]
    chosen = [claim.id for claim in own if _admits(claim, context.view)]
    part, first = part_of(chosen, context.view.option("claims"), CLAIMS_PER_PART)
    title = context.say("all_claims.title", count=formatting.number(len(own)))
    if len(chosen) < len(own):
        counts = (formatting.number(number) for number in (len(chosen), len(own)))
        title = context.say("all_claims.chosen", **dict(zip(("chosen", "count"), counts, strict=True)))
    return context.exhibit(
        "all-claims", title, context.say("all_claims.subtitle"), None, [], table=context.claims_table(part),
        notes=part_note(context, first, len(part), len(chosen)), overall=True,
    )  # fmt: skip


def _admits(claim: Claim, view: View) -> bool:
    topic, metric, document, period = (view.option(name, EVERY) for name in ("about", "metric", "document", "period"))
    return (
        topic in (EVERY, METRICS[claim.metric].family)
        and metric in (EVERY, claim.metric)
        and document in (EVERY, claim.source)
        and period in (EVERY, claim.period, claim_year(claim))
    )
