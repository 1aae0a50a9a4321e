"""The memo as a Word document: pictures or tables with captions, real footnotes, settings, sources, tie-out."""

import io
from collections.abc import Sequence
from typing import Any, Final

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from ipo_data import formatting
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
from ipo_data.export.packs.material import Memo, MemoExhibit, visible
from ipo_data.export.packs.office import finished
from ipo_data.export.packs.word_table import CELL_STYLE, word_table

MOST_ROWS: Final = 40
"""Rows of a table in the document; longer ones are whole in the workbook."""
MOST_TESTED: Final = 200
"""Rows of the tie-out; what does not tie stands first."""
_TEXT_WIDTH: Final = Cm(16.6)
_TALLEST: Final = Cm(17)
_PAGE: Final = (Cm(21.0), Cm(29.7))
_MARGIN: Final = Cm(2.2)


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
        self._paragraph(memo.as_of, "Muted")
        for item in memo.exhibits:
            self._exhibit(item)
        self._settings()
        self._sources()
        self._tie_outs()
        self._paragraph(self._say("disclaimer"), "Muted")
        self._notes.attach()

    # --- look -------------------------------------------------------------------------------------------------------

    def _styles(self) -> None:
        styles = self.file.styles
        shapes = {
            "Normal": (10.5, TEXT_COLOR, False), "Title": (20, TEXT_COLOR, True), "Heading 1": (14, ACCENT_COLOR, True),
            "Heading 2": (12, TEXT_COLOR, True), "Caption": (9, MUTED_COLOR, False), "Muted": (9, MUTED_COLOR, False),
            CELL_STYLE: (8.5, TEXT_COLOR, False), TEXT_STYLE: (8, MUTED_COLOR, False),
        }  # fmt: skip
        for name, (size, color, bold) in shapes.items():
            known = [style.name for style in styles]
            style = styles[name] if name in known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
            style.font.color.rgb = RGBColor.from_string(color)
            self._fonts(style.element.get_or_add_rPr())
            style.paragraph_format.space_after = Pt(2 if name in (CELL_STYLE, TEXT_STYLE) else 6)
        reference = styles.add_style(REFERENCE_STYLE, WD_STYLE_TYPE.CHARACTER)
        reference.font.superscript = True
        for name in ("Heading 2", "Caption"):  # the caption stays with the link below it
            styles[name].paragraph_format.keep_with_next = True
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
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
        footer = section.footer.paragraphs[0]
        footer.style = self.file.styles["Muted"]
        footer.text = visible(f"{self._memo.spec.title} · {self._memo.as_of}")

    # --- parts ------------------------------------------------------------------------------------------------------

    def _paragraph(self, text: str, style: str = "Normal") -> Any:  # noqa: ANN401
        return self.file.add_paragraph(visible(text), style=style)

    def _exhibit(self, item: MemoExhibit) -> None:
        memo, exhibit = self._memo, item.exhibit
        self._paragraph(memo.heading(item) if item.picture is None else memo.short_heading(item), "Heading 2")
        for line in item.note.splitlines():
            self._paragraph(line)
        if item.picture is not None:
            self._picture(item, item.picture.png)
        elif exhibit.figure is not None:
            self._paragraph(memo.no_pictures or self._say("pack.no_picture"), "Muted")
        if item.picture is None:
            self._table(list(map(str, exhibit.table.columns)), exhibit.table.values.tolist())
        caption = self._paragraph(memo.caption(item), "Caption")
        for position, note in enumerate(memo.footnotes(item)):
            if position:
                caption.add_run(" ").font.superscript = True  # 12 and 13, not 1213
            self._notes.add(caption, visible(note))
        if memo.options(item):
            self._paragraph(self._say("pack.options", options=memo.options(item)), "Muted")
        self._link(self._paragraph("", "Muted"), item.link, self._say("pack.open"))

    def _picture(self, item: MemoExhibit, picture: bytes) -> None:
        paragraph = self._paragraph("")
        paragraph.paragraph_format.keep_with_next = True
        shape = paragraph.add_run().add_picture(io.BytesIO(picture), width=_TEXT_WIDTH)
        if shape.height > _TALLEST:
            shape.width, shape.height = int(shape.width * _TALLEST / shape.height), _TALLEST
        words = paragraph._p.find(f".//{qn('wp:docPr')}")
        words.set("descr", visible(f"{item.exhibit.alt} {self._memo.code(item)}"))
        words.set("title", visible(item.exhibit.title)[:255])
        words.set("name", f"{item.name} {item.code}")

    def _link(self, paragraph: Any, address: str, words: str) -> None:  # noqa: ANN401
        """Add an external link; python-docx only reads them."""
        relation = self.file.part.relate_to(visible(address), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), relation)
        run = paragraph.add_run(visible(words))
        run.font.color.rgb = RGBColor.from_string(ACCENT_COLOR)
        link.append(run._r)
        paragraph._p.append(link)

    def _table(self, columns: Sequence[str], rows: Sequence[Sequence[object]], most: int = MOST_ROWS) -> None:
        if not rows:
            return
        self.file.element.body.sectPr.addprevious(word_table(columns, rows[:most]))
        if len(rows) > most:
            self._paragraph(self._say("pack.more_rows", count=len(rows) - most), "Muted")

    # --- appendices -------------------------------------------------------------------------------------------------

    def _settings(self) -> None:
        self.file.add_page_break()
        self._paragraph(self._say("pack.settings"), "Heading 1")
        for label, value in self._memo.settings():
            paragraph = self._paragraph("")
            paragraph.add_run(visible(f"{label}: ")).bold = True
            paragraph.add_run(visible(value))
        for note in self._memo.assumptions():
            self._paragraph(note, "List Bullet")

    def _sources(self) -> None:
        memo, say = self._memo, self._say
        self._paragraph(say("pack.sources"), "Heading 1")
        for source in memo.sources:
            published = formatting.instant(source.published_on, memo.spec.language)
            kind = memo.context.clauses([say(f"kind.{source.kind}"), say(f"reading.{source.reading}")])
            words = (source.publisher, source.title, published, kind, source.url or "")
            self._paragraph(" · ".join(word for word in words if word), "List Number")

    def _tie_outs(self) -> None:
        memo, say, language = self._memo, self._say, self._memo.spec.language
        self._paragraph(say("pack.tie_out"), "Heading 1")
        self._paragraph(say("pack.tie_out_remark" if memo.tie_outs else "pack.tie_out_none"), "Muted")
        rows = []
        for row in memo.tie_outs:
            unit, computed = row.claim.quantity.unit.code, row.computed
            rows.append([
                memo.subject(row.claim), formatting.claim_figure(row.claim, language),
                memo.context.write(float(computed.value), unit) if computed else "",
                computed.text if computed else "", say(f"verdict.{row.verdict}"),
                explanation(memo.context.dataset, row, language) or "",
            ])  # fmt: skip
        columns = [say(f"table.{name}") for name in ("item", "stated", "value", "formula", "verdict", "remark")]
        self._table(columns, rows, MOST_TESTED)
