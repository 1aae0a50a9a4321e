"""Sources: every document, every claim, and what is known about what."""

import pandas as pd

from ipo_data import formatting
from ipo_data.charts.grids import GridCell, cell_grid
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit
from ipo_data.frames.tables import sources_frame
from ipo_data.model.metric import FAMILIES


def documents(context: Context) -> Exhibit:
    """The documents, with kind, date, how they were read and how many claims they carry."""
    frame = sources_frame(context.dataset)
    rows = []
    for record in frame.itertuples():
        source = context.dataset.sources[str(record.id)]
        note = context.dataset.say(source.note, context.view.language) if source.note else ""
        rows.append(
            [
                source.publisher,
                source.title,
                formatting.instant(source.published_on, context.view.language),
                context.say(f"kind.{source.kind}"),
                context.say(f"reading.{source.reading}"),
                formatting.number(float(record.claims)),
                note,
            ]
        )  # type: ignore[arg-type]
    columns = [
        context.say(f"table.{c}") for c in ("publisher", "title", "published", "kind", "reading", "claims", "remark")
    ]
    title = context.say("documents.title", documents=len(rows), claims=formatting.number(len(context.dataset.claims)))
    return context.exhibit(
        "documents",
        title,
        context.say("documents.subtitle"),
        None,
        [],
        table=pd.DataFrame(rows, columns=columns, dtype="str"),
    )


def coverage(context: Context) -> Exhibit:
    """Number of facts by topic and company: what is known, and where nothing is."""
    counts: dict[tuple[int, int], list[str]] = {}
    families = [f for f in FAMILIES if f != "rates"]
    for fact in context.dataset.facts:
        if fact.company in context.companies and fact.metric.family in families:
            counts.setdefault((families.index(fact.metric.family), context.companies.index(fact.company)), []).append(
                fact.id
            )
    cells = {
        (r, c): GridCell(float(len(counts.get((r, c), []))), str(len(counts.get((r, c), []))) or "0", f"{context.say('family.' + families[r])}: {len(counts.get((r, c), []))}")
        for r in range(len(families)) for c in range(len(context.companies))
    }  # fmt: skip
    color = context.look.palette.accent
    picture = cell_grid(
        [context.say(f"family.{f}") for f in families],
        [context.name(c) for c in context.companies],
        cells,
        context.look,
        color,
        row_height=28,
    )
    rows = [
        [context.say(f"family.{f}"), *[cells[(r, c)].text for c in range(len(context.companies))]]
        for r, f in enumerate(families)
    ]
    table = pd.DataFrame(
        rows, columns=[context.say("table.topic"), *[context.name(c) for c in context.companies]], dtype="str"
    )
    return context.exhibit(
        "coverage",
        context.say("coverage.title", facts=formatting.number(len(context.dataset.facts))),
        context.say("coverage.subtitle"),
        picture,
        [],
        table=table,
    )


def all_claims(context: Context) -> Exhibit:
    """Every claim of the evidence, with document and place."""
    own = [c for c in context.dataset.claims if c.company in context.companies]
    table = context.claims_table([c.id for c in own])
    return context.exhibit(
        "all-claims",
        context.say("all_claims.title", count=formatting.number(len(own))),
        context.say("all_claims.subtitle"),
        None,
        [],
        table=table,
    )
