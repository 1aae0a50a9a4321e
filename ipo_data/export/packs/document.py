"""The memo as a Word document: takeaways, charts or tables, real footnotes, settings, sources, tie-out.

Everything stands there once: words are text that can be edited, charts are pictures without words of their own, and a
note that several exhibits need is one footnote.
"""

import io
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor, Twips

from ipo_data import formatting
from ipo_data.analysis.ledger import LedgerRow
from ipo_data.analysis.verdicts import TieOut
from ipo_data.export.analysis_rows import explanation
from ipo_data.export.packs.fonts import (
    ACCENT_COLOR,
    EAST_ASIAN,
    EAST_ASIAN_LANGUAGE,
    LATIN,
    LATIN_LANGUAGE,
    MUTED_COLOR,
    TEXT_COLOR,
)
from ipo_data.export.packs.footnotes import REFERENCE_STYLE, TEXT_STYLE, Footnotes
from ipo_data.export.packs.material import Memo, MemoExhibit, Picture, visible
from ipo_data.export.packs.office import finished
from ipo_data.export.packs.rich_text import Line, lines_of_note
from ipo_data.export.packs.word_table import CELL_STYLE, TWIPS, TWIPS_ACROSS, word_table

MOST_ROWS: Final = 40
"""Rows of a table in the document; longer ones are whole in the workbook."""
MOST_TESTED: Final = 200
"""Rows of the tie-out; what does not tie stands first."""
_NOT_PRINTED: Final = (TieOut.EXACT, TieOut.NOT_COMPUTABLE)
"""Verdicts that are counted only; the workbook has every row."""
_TEXT_WIDTH: Final = Twips(TWIPS)
_NORMAL, _TALLEST = Cm(8.6), Cm(21)
"""Height of a chart of which two fit a page, and of one that is as high as a page."""
_TALL: Final = 0.8
"""Height by width from which a chart is a tall one."""
_PAGE: Final = (Cm(21.0), Cm(29.7))
_SIDE, _ABOVE, _BELOW = Cm(2.0), Cm(1.8), Cm(1.6)
_INDENT: Final = Cm(0.6)
_MANY_COLUMNS: Final = 7
"""Columns from which a table stands on pages laid on their side."""


def document(memo: Memo) -> bytes:
    """Return the memo as a Word document."""
    writer = _Writer(memo)
    writer.write()
    return finished(writer.file, memo)


class _Writer:
    """Writes one memo."""

    def __init__(self, memo: Memo) -> None:
        self._memo, self._say = memo, memo.context.say
        self.file: Any = docx.Document()
        self._notes = Footnotes(self.file)
        self._styles()
        self._page()

    def write(self) -> None:
        memo = self._memo
        self._paragraph(memo.spec.title, "Title")
        self._paragraph(f"{memo.as_of} · {self._say('disclaimer')}", "Muted")
        for item in memo.exhibits:
            self._turn(across=item.drawn("column") is None and len(item.exhibit.table.columns) >= _MANY_COLUMNS)
            self._exhibit(item)
        self._turn(across=False)
        self._settings()
        self._sources()
        self._tie_outs()
        self._notes.attach()

    # --- look -------------------------------------------------------------------------------------------------------

    def _styles(self) -> None:
        styles = self.file.styles
        shapes = {
            "Normal": (10.5, TEXT_COLOR, False), "Title": (20, TEXT_COLOR, True), "Heading 1": (13, ACCENT_COLOR, True),
            "Heading 2": (11.5, TEXT_COLOR, True), "Caption": (8, MUTED_COLOR, False), "Muted": (9, MUTED_COLOR, False),
            "List Number": (8.5, TEXT_COLOR, False), CELL_STYLE: (8, TEXT_COLOR, False),
            TEXT_STYLE: (7.5, MUTED_COLOR, False),
        }  # fmt: skip
        room = {
            "Title": (0, 2), "Heading 1": (14, 4), "Heading 2": (10, 1), "Muted": (0, 4), "Caption": (2, 8),
            "List Number": (0, 1), CELL_STYLE: (1, 1), TEXT_STYLE: (0, 1),
        }  # fmt: skip
        for name, (size, color, bold) in shapes.items():
            known = [style.name for style in styles]
            style = styles[name] if name in known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
            style.font.color.rgb = RGBColor.from_string(color)
            self._fonts(style.element.get_or_add_rPr())
            before, after = room.get(name, (0, 5))
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
            style.paragraph_format.line_spacing = 1.0
        reference = styles.add_style(REFERENCE_STYLE, WD_STYLE_TYPE.CHARACTER)
        reference.font.superscript = True
        styles["Caption"].paragraph_format.keep_together = True
        borders = styles["Title"].element.find(f".//{qn('w:pBdr')}")
        if borders is not None:
            borders.getparent().remove(borders)

    def _fonts(self, properties: Any) -> None:  # noqa: ANN401
        """Name a font for Latin and one for East Asian letters instead of those of the theme."""
        for old in (*properties.findall(qn("w:rFonts")), *properties.findall(qn("w:lang"))):
            properties.remove(old)
        fonts, language = OxmlElement("w:rFonts"), OxmlElement("w:lang")
        for name in ("ascii", "hAnsi", "cs"):
            fonts.set(qn(f"w:{name}"), LATIN)
        fonts.set(qn("w:eastAsia"), EAST_ASIAN[self._memo.spec.language])
        language.set(qn("w:val"), LATIN_LANGUAGE)
        language.set(qn("w:eastAsia"), EAST_ASIAN_LANGUAGE[self._memo.spec.language])
        properties.insert(0, fonts)
        properties.append(language)

    def _page(self) -> None:
        section = self.file.sections[0]
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = _PAGE
        section.left_margin = section.right_margin = _SIDE
        section.top_margin, section.bottom_margin, section.footer_distance = _ABOVE, _BELOW, Cm(0.8)
        footer = section.footer.paragraphs[0]
        footer.style = self.file.styles["Caption"]
        footer.text = visible(f"{self._memo.spec.title} · {self._memo.as_of}\t")
        footer.paragraph_format.tab_stops.clear_all()
        footer.paragraph_format.tab_stops.add_tab_stop(_TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
        page = OxmlElement("w:fldSimple")
        page.set(qn("w:instr"), " PAGE ")
        page.append(footer.add_run("1")._r)
        footer._p.append(page)

    def _turn(self, *, across: bool) -> None:
        """Go on, on a new page, with pages laid on their side or upright, unless they are so already."""
        if across == self._is_across:
            return
        section = self.file.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = reversed(_PAGE) if across else _PAGE

    @property
    def _is_across(self) -> bool:
        return bool(self.file.sections[-1].orientation == WD_ORIENT.LANDSCAPE)

    # --- parts ------------------------------------------------------------------------------------------------------

    def _paragraph(self, text: str, style: str = "Normal") -> Any:  # noqa: ANN401
        return self.file.add_paragraph(visible(text), style=style)

    def _exhibit(self, item: MemoExhibit) -> None:
        memo, exhibit, picture = self._memo, item.exhibit, item.drawn("column")
        heading = self._paragraph(memo.heading(item), "Heading 2")
        for line in lines_of_note(item.note):
            self._note(line)
        if exhibit.subtitle:
            heading = self._paragraph(exhibit.subtitle, "Muted")
            heading.paragraph_format.keep_with_next = True
        for position, note in enumerate(exhibit.notes):  # not beside the figure code, which they would seem part of
            if position:
                heading.add_run(" ").font.superscript = True  # 12 and 13, not 1213
            self._notes.add(heading, visible(note))
        if picture is not None:
            self._picture(item, picture)
        else:
            if exhibit.figure is not None:
                self._paragraph(memo.no_pictures or self._say("pack.no_picture"), "Muted")
            self._table(list(map(str, exhibit.table.columns)), exhibit.table.values.tolist())
        caption = self._paragraph(memo.caption(item), "Caption")
        caption.add_run(" · ")
        self._link(caption, item.link, self._say("pack.open"))

    def _note(self, line: Line) -> None:
        """Write a paragraph of the reader's own words."""
        paragraph = self._paragraph("")
        if line.mark:
            shape = paragraph.paragraph_format
            shape.left_indent, shape.first_line_indent, shape.space_after = _INDENT, -_INDENT, Pt(2)
            shape.tab_stops.add_tab_stop(_INDENT)
            paragraph.add_run(f"{line.mark}\t")
        for run in line.runs:
            made = self._link(paragraph, run.address, run.text) if run.address else paragraph.add_run(visible(run.text))
            made.bold, made.italic = run.bold or None, run.italic or None

    def _picture(self, item: MemoExhibit, picture: Picture) -> None:
        paragraph = self._paragraph("")
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_after = Pt(0)
        shape = paragraph.add_run().add_picture(io.BytesIO(picture.png), width=_TEXT_WIDTH)
        highest = _TALLEST if shape.height > _TALL * shape.width else _NORMAL
        if shape.height > highest:
            shape.width, shape.height = int(shape.width * highest / shape.height), highest
        words = paragraph._p.find(f".//{qn('wp:docPr')}")
        words.set("descr", visible(f"{item.exhibit.alt} {self._memo.code(item)}"))
        words.set("title", visible(item.exhibit.title)[:255])
        words.set("name", f"{item.name} {item.code}")

    def _link(self, paragraph: Any, address: str, words: str) -> Any:  # noqa: ANN401
        """Add an external link, which python-docx only reads, and return its letters."""
        relation = self.file.part.relate_to(visible(address), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), relation)
        run = paragraph.add_run(visible(words))
        run.font.color.rgb = RGBColor.from_string(ACCENT_COLOR)
        link.append(run._r)
        paragraph._p.append(link)
        return run

    def _table(self, columns: Sequence[str], rows: Sequence[Sequence[object] | str], most: int = MOST_ROWS) -> None:
        if not rows:
            return
        width = TWIPS_ACROSS if self._is_across else TWIPS
        self.file.element.body.sectPr.addprevious(word_table(columns, rows[:most], width))
        if len(rows) > most:
            self._paragraph(self._say("pack.more_rows", count=len(rows) - most), "Muted")

    # --- appendices -------------------------------------------------------------------------------------------------

    def _settings(self) -> None:
        memo = self._memo
        self._paragraph(self._say("pack.settings"), "Heading 1")
        for label, value in memo.settings():
            paragraph = self._paragraph("")
            paragraph.paragraph_format.space_after = Pt(1)
            paragraph.add_run(visible(f"{label}: ")).bold = True
            paragraph.add_run(visible(value))
        noted = {note for item in memo.exhibits for note in item.exhibit.notes}
        for note in memo.assumptions():
            if note not in noted:
                self._paragraph(note)
        self._paragraph(self._say("pack.assumptions"), "Muted")

    def _sources(self) -> None:
        memo, say = self._memo, self._say
        self._paragraph(say("pack.sources"), "Heading 1")
        for source in memo.sources:
            published = formatting.instant(source.published_on, memo.spec.language)
            kind = memo.context.clauses([say(f"kind.{source.kind}"), say(f"reading.{source.reading}")])
            paragraph = self._paragraph(f"{source.publisher} · ", "List Number")
            if source.url:
                self._link(paragraph, source.url, source.title)
            else:
                paragraph.add_run(visible(source.title))
            paragraph.add_run(visible(f" · {published} · {kind}"))

    def _tie_outs(self) -> None:
        memo, say, language = self._memo, self._say, self._memo.spec.language
        self._paragraph(say("pack.tie_out"), "Heading 1")
        self._paragraph(say("pack.tie_out_remark" if memo.tie_outs else "pack.tie_out_none"), "Muted")
        rows: list[Sequence[object] | str] = []
        printed = [row for row in memo.tie_outs if row.verdict not in _NOT_PRINTED]
        for verdict, group in groupby(printed, key=lambda row: row.verdict):
            rows.append(say(f"verdict.{verdict}"))
            for row in group:
                claim, remark = row.claim, explanation(memo.context.dataset, row, language) or ""
                rows.append(
                    [memo.subject(claim), formatting.claim_figure(claim, language), self._computed(row), remark]
                )
        columns = [say(f"table.{name}") for name in ("item", "stated", "recomputed", "remark")]
        self._table(columns, rows, MOST_TESTED)
        left = Counter(row.verdict for row in memo.tie_outs if row.verdict in _NOT_PRINTED)
        if left:
            counts = memo.context.clauses(f"{say(f'verdict.{verdict}')} {left[verdict]}" for verdict in left)
            self._paragraph(say("pack.tie_out_left", verdicts=counts), "Muted")

    def _computed(self, row: LedgerRow) -> str:
        """Return what the other figures give, and how."""
        if row.computed is None:
            return ""
        value = self._memo.context.write(float(row.computed.value), row.claim.quantity.unit.code)
        return f"{value} = {row.computed.text}"
