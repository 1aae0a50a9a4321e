"""The numbers of an exhibit for a spreadsheet, and an exhibit as text to paste: a sentence with its citation."""

from collections import Counter
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from decimal import Context as Digits
from typing import Final

import pandas as pd

from ipo_data.analysis.points import DataPoint
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit
from ipo_data.exhibits.point_words import arithmetic, document, status
from ipo_data.export.tables import Cell, Row, csv_text, safe_cell
from ipo_data.formatting import in_table

POINT_COLUMNS: Final = (
    "company", "item", "period", "figure", "value", "unit", "low", "high", "bound", "status", "formula", "sources",
    "claims",
)  # fmt: skip
"""Columns of an exhibit that is drawn from data points: as written for readers, then exact."""
_LINES_COPIED: Final = 2
"""Lines of a table whose figures a copied sentence names."""
_FIFTEEN_DIGITS: Final = Digits(prec=15, rounding=ROUND_HALF_UP)
BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it spreadsheets take UTF-8 for another encoding and garble Chinese."""


def exhibit_csv(exhibit: Exhibit, context: Context) -> str:
    """Return an exhibit as CSV that a spreadsheet opens as it is: no formulas, Chinese intact.

    Exhibits drawn from data points have exact values in base units (percent as printed) with their interval, status,
    documents and claims; tables of words have their cells.
    """
    if exhibit.points:
        return BYTE_ORDER_MARK + csv_text([_row(point, context) for point in exhibit.points], POINT_COLUMNS)
    columns = [str(name) for name in exhibit.table.columns]
    rows: list[Row] = [dict(zip(columns, map(str, cells), strict=True)) for cells in _cells(exhibit)]
    return BYTE_ORDER_MARK + csv_text(rows, columns)


def table_for_pasting(exhibit: Exhibit) -> str:
    """Return the table as written, one line per row with tabs between the cells, safe to paste into a spreadsheet."""
    lines = [[str(name) for name in exhibit.table.columns], *_cells(exhibit)]
    return "\n".join("\t".join(safe_cell(str(cell)) for cell in line) for line in lines) + "\n"


def sentence(exhibit: Exhibit, context: Context, code: str, link: str) -> str:
    """Return the takeaway with measure, every document behind it, the figure code and the link, ready to paste.

    A table's first figures are named with their documents: its takeaway alone seldom holds one.
    """
    say = context.say
    figures = context.clauses(_first_figures(exhibit, context)) if exhibit.figure is None else ""
    return say(
        "copy.sentence", title=exhibit.title, subtitle=exhibit.subtitle,
        figures=say("copy.figures", figures=figures) if figures else "", sources=citation(exhibit, context), code=code,
        link=link,
    )  # fmt: skip


def _first_figures(exhibit: Exhibit, context: Context) -> list[str]:
    """Return the figures of a table's first two lines, one of each company, with the documents they rest on.

    None of a table that sets stated beside recomputed figures: no document prints the second.
    """
    if context.say("table.stated") in exhibit.table.columns:
        return []
    wanted = list(dict.fromkeys((p.measure, *sorted(p.dimensions.items())) for p in exhibit.points))[:_LINES_COPIED]
    found: dict[tuple[object, ...], str] = {}
    for point in exhibit.points:
        line = (point.measure, *sorted(point.dimensions.items()))
        if line not in wanted or (line, point.company) in found or not point.claims:
            continue
        names = dict.fromkeys(context.dataset.claim_by_id[name].source for name in point.claims)
        words = (context.name(point.company), _item(point, context), context.period(point.when))
        found[line, point.company] = context.say(
            "copy.figure", subject=" · ".join(word for word in words if word), figure=_figure(point, context),
            sources=context.clauses(context.source_name(name) for name in names),
        )  # fmt: skip
    return list(found.values())


def _figure(point: DataPoint, context: Context) -> str:
    """Write a figure, and that it was computed or converted if no document prints it so."""
    figure = in_table(context.point(point))
    return f"{figure} ({status(context, point)})" if arithmetic(context, point) else figure


def workings(exhibit: Exhibit, context: Context) -> pd.DataFrame:
    """Return how the computed figures of a table come about, a row for each; empty if the table itself says so."""
    say = context.say
    names = [say(f"table.{name}") for name in ("company", "item", "period", "figure", "formula")]
    if exhibit.figure is not None or names[-1] in exhibit.table.columns:
        return pd.DataFrame([], columns=names)
    rows = [
        (context.name(p.company), _item(p, context), context.period(p.when), in_table(context.point(p)), how)
        for p in exhibit.points if (how := arithmetic(context, p))
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=names)


def _item(point: DataPoint, context: Context) -> str:
    item = context.label(point.measure, point.company)
    part = context.dimensions(point.company, point.dimensions)
    return f"{item} · {part}" if part else item


def citation(exhibit: Exhibit, context: Context) -> str:
    """Return the documents behind an exhibit, filings first, none left out, with how they were read."""
    counts = Counter(context.dataset.claim_by_id[name].source for name in exhibit.claims)
    names = [document(context, source) for source in context.by_authority(counts)]
    return context.clauses(names) or context.say("source.none")


def _cells(exhibit: Exhibit) -> Sequence[Sequence[object]]:
    return list(exhibit.table.itertuples(index=False, name=None))


def _row(point: DataPoint, context: Context) -> Row:
    sources = dict.fromkeys(context.dataset.claim_by_id[name].source for name in point.claims)
    return {
        "company": context.name(point.company), "item": _item(point, context),
        "period": context.period(point.when), "figure": in_table(context.point(point)), "value": _exact(point.value),
        "unit": point.unit, "low": _exact(point.interval.low if point.interval else None),
        "high": _exact(point.interval.high if point.interval else None), "bound": str(point.bound),
        "status": status(context, point), "formula": arithmetic(context, point), "sources": tuple(sources),
        "claims": point.claims,
    }  # fmt: skip


def _exact(value: Decimal | None) -> Cell:
    """Return a value with the digits a spreadsheet keeps; a quotient would fill the cell with more."""
    return _FIFTEEN_DIGITS.create_decimal(value) if value is not None and value.is_finite() else None
