"""The numbers of an exhibit for a spreadsheet, and an exhibit as text to paste: a sentence with its citation."""

from collections import Counter
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from decimal import Context as Digits
from typing import Final

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
    """Return the takeaway with measure, every document behind it, the figure code and the link, ready to paste."""
    return context.say(
        "copy.sentence", title=exhibit.title, subtitle=exhibit.subtitle, sources=citation(exhibit, context), code=code,
        link=link,
    )  # fmt: skip


def citation(exhibit: Exhibit, context: Context) -> str:
    """Return the documents behind an exhibit, filings first, none left out, with how they were read."""
    counts = Counter(context.dataset.claim_by_id[name].source for name in exhibit.claims)
    names = [document(context, source) for source in context.by_authority(counts)]
    return context.clauses(names) or context.say("source.none")


def _cells(exhibit: Exhibit) -> Sequence[Sequence[object]]:
    return list(exhibit.table.itertuples(index=False, name=None))


def _row(point: DataPoint, context: Context) -> Row:
    item = context.label(point.measure, point.company)
    part = context.dimensions(point.company, point.dimensions)
    sources = dict.fromkeys(context.dataset.claim_by_id[name].source for name in point.claims)
    return {
        "company": context.name(point.company), "item": f"{item} · {part}" if part else item,
        "period": context.period(point.when), "figure": in_table(context.point(point)), "value": _exact(point.value),
        "unit": point.unit, "low": _exact(point.interval.low if point.interval else None),
        "high": _exact(point.interval.high if point.interval else None), "bound": str(point.bound),
        "status": status(context, point), "formula": arithmetic(context, point), "sources": tuple(sources),
        "claims": point.claims,
    }  # fmt: skip


def _exact(value: Decimal | None) -> Cell:
    """Return a value with the digits a spreadsheet keeps; a quotient would fill the cell with more."""
    return _FIFTEEN_DIGITS.create_decimal(value) if value is not None and value.is_finite() else None
