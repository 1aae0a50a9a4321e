"""A light table in a Word document, written as XML at once: cell by cell a long ledger took seconds."""

from collections.abc import Sequence
from typing import Any, Final
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ipo_data.export.packs.column_widths import column_widths
from ipo_data.export.packs.material import visible

CELL_STYLE: Final = "Cell"
TWIPS: Final = 9_638
"""Width of the text column in twentieths of a point: 17 cm."""
TWIPS_ACROSS: Final = 14_572
"""The same of a page laid on its side: 25.7 cm."""
_LETTER: Final = 104
"""Width of a Latin letter of the cells' size in twentieths of a point, in a broad font: not everybody has Calibri."""
_EDGES: Final = 120
"""Room on both sides of a cell's words."""
_RULE: Final = 'w:val="single" w:sz="4" w:space="0" w:color='


def word_table(columns: Sequence[str], rows: Sequence[Sequence[object] | str], twips: int = TWIPS) -> Any:  # noqa: ANN401 - an XML element
    """Return a table whose heading is repeated on every page and whose rows are never split.

    Args:
        columns: Headings.
        rows: Cells of each row, or the words of a heading between rows.
        twips: Width of the table.
    """
    headings = [visible(name) for name in columns]
    texts = [visible(row) if isinstance(row, str) else [visible(str(cell)) for cell in row] for row in rows]
    widths = column_widths([headings, *(t for t in texts if not isinstance(t, str))], twips, _LETTER, _EDGES)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    last = len(texts) - 1
    body = "".join(
        _between(row, widths) if isinstance(row, str) else _row(row, widths, stays=number == last)
        for number, row in enumerate(texts)
    )
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>'
        f'<w:top {_RULE}"8C959F"/><w:bottom {_RULE}"8C959F"/><w:insideH {_RULE}"E4E7EB"/></w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{_EDGES // 2}" w:type="dxa"/>'
        f'<w:right w:w="{_EDGES // 2}" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{_row(headings, widths, heading=True)}{body}</w:tbl>"
    )


def _row(cells: Sequence[str], widths: Sequence[int], *, heading: bool = False, stays: bool = False) -> str:
    """Return a row; one that stays is on the page of the paragraph after the table."""
    marks = "<w:cantSplit/>" + ("<w:tblHeader/>" if heading else "")
    found = "".join(_cell(text, width, bold=heading, stays=stays) for text, width in zip(cells, widths, strict=True))
    return f"<w:tr><w:trPr>{marks}</w:trPr>{found}</w:tr>"


def _between(text: str, widths: Sequence[int]) -> str:
    """Return a row of one cell, which stays with the row below it."""
    cell = _cell(text, sum(widths), bold=True, span=len(widths))
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cell}</w:tr>"


def _cell(text: str, width: int, *, bold: bool, span: int = 1, stays: bool = False) -> str:
    run = "<w:rPr><w:b/></w:rPr>" if bold else ""
    words = f'<w:r>{run}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    style = f'<w:pPr><w:pStyle w:val="{CELL_STYLE}"/>{"<w:keepNext/>" if bold or stays else ""}</w:pPr>'
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spans}</w:tcPr><w:p>{style}{words}</w:p></w:tc>'
