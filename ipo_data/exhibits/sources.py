"""Sources: every document, every claim, and what is known about what."""

from collections import Counter
from typing import Final

import pandas as pd

from ipo_data import formatting
from ipo_data.charts.grids import GridCell, cell_grid
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit
from ipo_data.frames.tables import sources_frame
from ipo_data.model.metric import FAMILIES

_TOPICS: Final = tuple(family for family in FAMILIES if family != "rates")


def documents(context: Context) -> Exhibit:
    """The documents, with kind, date, how they were read and how many claims they carry."""
    frame = sources_frame(context.dataset)
    counted = zip(frame["id"].tolist(), frame["claims"].tolist(), strict=True)
    rows = [_document_row(context, name, claims) for name, claims in counted]
    names = ("document", "published", "kind", "claims", "remark")
    table = pd.DataFrame(rows, columns=[context.say(f"table.{name}") for name in names], dtype="str")
    title = context.say("documents.title", documents=len(rows), claims=formatting.number(len(context.dataset.claims)))
    return context.exhibit("documents", title, context.say("documents.subtitle"), None, [], table=table)


def _document_row(context: Context, name: str, claims: float) -> list[str]:
    """Few wide columns: a browser breaks narrow columns of Chinese after every character."""
    source = context.dataset.sources[name]
    return [
        f"{source.publisher} · {source.title}",
        formatting.instant(source.published_on, context.view.language),
        f"{context.say(f'kind.{source.kind}')} · {context.say(f'reading.{source.reading}')}",
        formatting.number(claims),
        context.dataset.say(source.note, context.view.language) if source.note else "",
    ]


def coverage(context: Context) -> Exhibit:
    """Number of facts by topic and company: what is known, and where nothing is."""
    counts = Counter((fact.metric.family, fact.company) for fact in context.dataset.facts)
    topics = [context.say(f"family.{family}") for family in _TOPICS]
    names = [context.name(company) for company in context.companies]
    cells = {
        (r, c): _count_cell(topics[r], counts[family, company])
        for r, family in enumerate(_TOPICS)
        for c, company in enumerate(context.companies)
    }
    rows = [[topic, *(cells[r, c].text for c in range(len(names)))] for r, topic in enumerate(topics)]
    total = sum(counts[family, company] for family in _TOPICS for company in context.companies)
    return context.exhibit(
        "coverage",
        context.say("coverage.title", facts=formatting.number(total)),
        context.say("coverage.subtitle"),
        cell_grid(topics, names, cells, context.look, color=context.look.palette.accent, row_height=28),
        [],
        table=pd.DataFrame(rows, columns=[context.say("table.topic"), *names], dtype="str"),
    )


def _count_cell(topic: str, count: int) -> GridCell:
    return GridCell(float(count), formatting.number(count), f"{topic}: {formatting.number(count)}")


def all_claims(context: Context) -> Exhibit:
    """Every claim of the evidence, with document and place."""
    own = [c.id for c in context.dataset.claims if c.company in context.companies]
    title = context.say("all_claims.title", count=formatting.number(len(own)))
    table = context.claims_table(own)
    return context.exhibit("all-claims", title, context.say("all_claims.subtitle"), None, [], table=table)
