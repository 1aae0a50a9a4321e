"""A light table in a Word document, written as XML at once: cell by cell a long ledger took seconds."""

import re
from collections.abc import Sequence
from typing import Any, Final
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ipo_data.export.packs.material import visible, width_of

CELL_STYLE: Final = "Cell"
_TWIPS: Final = 9_400
"""Width of the text column in twentieths of a point."""
_LETTER: Final = 92
"""Width of a Latin letter of the cells' size in twentieths of a point."""
_EDGES: Final = 130
"""Room on both sides of a cell's words."""
_LONGEST_WORDS: Final = (16, 14, 12, 10, 8)
"""Letters up to which a word keeps its line; fewer where there are many columns."""
_WIDEST: Final = 200
"""Letters up to which a column grows with its text."""
_WORD: Final = re.compile(r"[^\s\u2e80-\u9fff\uff00-\uffef]+|.")
_RULE: Final = 'w:val="single" w:sz="4" w:space="0" w:color='


def word_table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> Any:  # noqa: ANN401 - an XML element
    """Return a table whose heading is repeated on every page and whose rows are never split."""
    texts = [[visible(str(cell)) for cell in row] for row in rows]
    widths = _widths([list(columns), *texts])
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    body = "".join(_row(row, widths) for row in texts)
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>'
        f'<w:top {_RULE}"8C959F"/><w:bottom {_RULE}"8C959F"/><w:insideH {_RULE}"E4E7EB"/></w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{_EDGES // 2}" w:type="dxa"/>'
        f'<w:right w:w="{_EDGES // 2}" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{_row([visible(c) for c in columns], widths, heading=True)}{body}</w:tbl>"
    )


def _row(cells: Sequence[str], widths: Sequence[int], *, heading: bool = False) -> str:
    marks = "<w:cantSplit/>" + ("<w:tblHeader/>" if heading else "")
    found = "".join(_cell(text, width, bold=heading) for text, width in zip(cells, widths, strict=True))
    return f"<w:tr><w:trPr>{marks}</w:trPr>{found}</w:tr>"


def _cell(text: str, width: int, *, bold: bool) -> str:
    run = "<w:rPr><w:b/></w:rPr>" if bold else ""
    words = f'<w:r>{run}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    style = f'<w:pPr><w:pStyle w:val="{CELL_STYLE}"/></w:pPr>'
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p>{style}{words}</w:p></w:tc>'


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """Return column widths: each column holds its longest word, and what is left goes where there is more text."""
    columns = list(zip(*rows, strict=True))
    words = [max(map(_longest_word, column)) for column in columns]
    tried = ([_room(letters, most) for letters in words] for most in _LONGEST_WORDS)
    least = next((found for found in tried if sum(found) <= _TWIPS), [_room(1, 1)] * len(columns))
    wanted = [max(_room(max(map(width_of, column)), _WIDEST), low) for column, low in zip(columns, least, strict=True)]
    if sum(wanted) <= _TWIPS or sum(least) >= _TWIPS:
        return [_TWIPS * width // sum(wanted) for width in wanted]
    share = (_TWIPS - sum(least)) / (sum(wanted) - sum(least))
    return [low + int((want - low) * share) for low, want in zip(least, wanted, strict=True)]


def _room(letters: int, most: int) -> int:
    return min(letters, most) * _LETTER + _EDGES


def _longest_word(text: str) -> int:
    return max(map(width_of, _WORD.findall(text)), default=0)
