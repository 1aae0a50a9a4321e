"""The memo as slides: charts that can be edited where PowerPoint has the form, pictures or tables otherwise."""

import io
from collections.abc import Sequence
from typing import Any, Final

from lxml import etree
from pptx import Presentation
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from ipo_data.charts.theme import tint
from ipo_data.export.packs.fonts import (
    ACCENT_COLOR,
    EAST_ASIAN,
    EAST_ASIAN_LANGUAGE,
    LATIN,
    LATIN_LANGUAGE,
    MUTED_COLOR,
    TEXT_COLOR,
)
from ipo_data.export.packs.material import Memo, MemoExhibit, Picture, visible, width_of
from ipo_data.export.packs.native_charts import Bar, Form, Line, native_form
from ipo_data.export.packs.office import finished

_MOST_LINES: Final = 22
"""Lines of a table on a slide; longer ones are whole in the workbook."""
_LINE: Final = 185
"""Latin letters beside each other across a table."""
_TWO_LINES: Final = 115
_MOST_COLUMNS: Final = 6
_LONGEST_CELL: Final = 70
_Box = tuple[int, int, int, int]
"""Left, top, width and height."""
_WIDTH, _HEIGHT = Inches(13.333), Inches(7.5)
_LEFT, _INNER = Inches(0.6), Inches(12.13)
_TOP, _BODY, _FOOT = Inches(1.75), Inches(4.75), Inches(6.62)
_BLANK_LAYOUT: Final = 6


def slides(memo: Memo) -> bytes:
    """Return the memo as a PowerPoint presentation."""
    writer = _Writer(memo)
    writer.write()
    return finished(writer.file, memo)


class _Writer:
    """Writes one memo."""

    def __init__(self, memo: Memo) -> None:
        self._memo, self._say = memo, memo.context.say
        self.file: Any = Presentation()
        self.file.slide_width, self.file.slide_height = _WIDTH, _HEIGHT

    def write(self) -> None:
        memo = self._memo
        cover = self._slide()
        self._text(cover, (_LEFT, Inches(2.6), _INNER, Inches(1.4)), memo.spec.title, 34, bold=True)
        lines = [memo.as_of, *(f"{label}: {value}" for label, value in memo.settings()[:-1]), self._say("disclaimer")]
        self._text(cover, (_LEFT, Inches(4.1), _INNER, Inches(2)), "\n".join(lines), 14, color=MUTED_COLOR)
        for item in memo.exhibits:
            self._exhibit(item)
        self._list(self._say("pack.settings"), memo.assumptions())
        names = [f"{memo.context.source_name(s.id)} · {s.title}" for s in memo.sources]
        self._list(self._say("pack.sources"), names)

    # --- slides -----------------------------------------------------------------------------------------------------

    def _slide(self) -> Any:  # noqa: ANN401 - python-pptx carries no types
        return self.file.slides.add_slide(self.file.slide_layouts[_BLANK_LAYOUT])

    def _exhibit(self, item: MemoExhibit) -> None:
        memo, exhibit, slide = self._memo, item.exhibit, self._slide()
        size = 22 if width_of(exhibit.title) <= _TWO_LINES else 17
        self._text(slide, (_LEFT, Inches(0.4), _INNER, Inches(0.95)), exhibit.title, size, bold=True)
        self._text(slide, (_LEFT, Inches(1.3), _INNER, Inches(0.4)), exhibit.subtitle, 12, color=MUTED_COLOR)
        note_height = Inches(0.7) if item.note else Emu(0)
        box = (_LEFT, _TOP, _INNER, Emu(_BODY - note_height))
        form = native_form(exhibit.figure)
        if form is not None:
            self._chart(slide, form, box, item)
        elif item.picture is not None:
            self._picture(slide, item, item.picture, box)
        else:
            self._table(slide, item, box)
        if item.note:
            self._text(slide, (_LEFT, Emu(_TOP + _BODY - note_height), _INNER, note_height), item.note, 13)
        label = self._say("pack.exhibit", number=item.number)
        footer = f"{exhibit.source_line}\n{label} · {memo.code(item)} · {memo.as_of}"
        self._text(slide, (_LEFT, _FOOT, _INNER, Inches(0.6)), footer, 9, color=MUTED_COLOR)
        slide.notes_slide.notes_text_frame.text = visible("\n".join(
            [memo.heading(item), item.note, *memo.footnotes(item), memo.code(item), item.link]
        ))  # fmt: skip

    def _list(self, title: str, lines: Sequence[str], most: int = 14) -> None:
        for start in range(0, len(lines), most):
            slide = self._slide()
            self._text(slide, (_LEFT, Inches(0.4), _INNER, Inches(0.8)), title, 22, bold=True)
            words = "\n".join(f"• {line}" for line in lines[start : start + most])
            self._text(slide, (_LEFT, Inches(1.3), _INNER, Inches(5.6)), words, 12)

    # --- contents ---------------------------------------------------------------------------------------------------

    def _text(
        self, slide: Any, box: _Box, text: str, size: float, *,  # noqa: ANN401
        bold: bool = False, color: str = TEXT_COLOR,
    ) -> None:  # fmt: skip
        frame = slide.shapes.add_textbox(*box).text_frame
        frame.word_wrap = True
        for number, line in enumerate(visible(text).split("\n")):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            run = paragraph.add_run()
            run.text = line
            self._face(run.font, size, bold=bold, color=color)

    def _face(self, font: Any, size: float, *, bold: bool = False, color: str = TEXT_COLOR) -> None:  # noqa: ANN401
        """Set size, colour and the fonts for Latin and East Asian letters."""
        font.size, font.bold, font.name = Pt(size), bold, LATIN
        font.color.rgb = RGBColor.from_string(color)
        properties = font._element
        east = properties.find(qn("a:ea"))
        if east is None:
            east = etree.SubElement(properties, qn("a:ea"))
            properties.find(qn("a:latin")).addnext(east)
        east.set("typeface", EAST_ASIAN[self._memo.spec.language])
        if properties.tag == qn("a:rPr"):
            properties.set("lang", LATIN_LANGUAGE if self._memo.spec.language == "en" else self._language)
            properties.set("altLang", self._language)

    @property
    def _language(self) -> str:
        return EAST_ASIAN_LANGUAGE[self._memo.spec.language]

    def _picture(self, slide: Any, item: MemoExhibit, picture: Picture, box: _Box) -> None:  # noqa: ANN401
        left, top, width, height = box
        shape = slide.shapes.add_picture(io.BytesIO(picture.png), left, top)
        if picture.chart:  # title, notes and documents stand on the slide itself
            x, y, wide, high = picture.chart
            shape.crop_left, shape.crop_right = x / picture.size[0], 1 - (x + wide) / picture.size[0]
            shape.crop_top, shape.crop_bottom = y / picture.size[1], 1 - (y + high) / picture.size[1]
            shape.width = int(shape.width * wide / picture.size[0])
            shape.height = int(shape.height * high / picture.size[1])
        scale = min(width / shape.width, height / shape.height)
        shape.width, shape.height = int(shape.width * scale), int(shape.height * scale)
        shape.left = left + (width - shape.width) // 2
        self._describe(shape, item)

    def _describe(self, shape: Any, item: MemoExhibit) -> None:  # noqa: ANN401
        properties = shape._element.xpath(".//p:cNvPr")[0]
        properties.set("descr", visible(f"{item.exhibit.alt} {self._memo.code(item)}"))
        properties.set("name", f"{item.name} {item.code}")

    def _table(self, slide: Any, item: MemoExhibit, box: _Box) -> None:  # noqa: ANN401
        table = item.exhibit.table
        columns = [str(name) for name in table.columns[:_MOST_COLUMNS]]
        rows, lines = [], 1
        for row in table.values.tolist():
            cells = [_short(str(cell)) for cell in row[:_MOST_COLUMNS]]
            lines += max(-(-width_of(cell) * len(columns) // _LINE) for cell in cells) if cells else 1
            if lines > _MOST_LINES:
                break
            rows.append(cells)
        if not rows:
            return
        left, top, width, height = box
        shape = slide.shapes.add_table(len(rows) + 1, len(columns), left, top, width, min(height, Inches(0.2)))
        shape.table.first_row, shape.table.horz_banding = True, False
        for number, row in enumerate([columns, *rows]):
            for column, text in enumerate(row):
                cell = shape.table.cell(number, column)
                cell.fill.background()
                cell.margin_top = cell.margin_bottom = Pt(1.5)
                run = cell.text_frame.paragraphs[0].add_run()
                run.text = visible(text)
                self._face(run.font, 9.5, bold=number == 0, color=ACCENT_COLOR if number == 0 else TEXT_COLOR)
        if len(table) > len(rows):
            more = self._say("pack.more_rows", count=len(table) - len(rows))
            below = (left, Emu(_FOOT - Inches(0.25)), width, Inches(0.25))
            self._text(slide, below, more, 9, color=MUTED_COLOR)
        self._describe(shape, item)

    # --- native charts ----------------------------------------------------------------------------------------------

    def _chart(self, slide: Any, form: Form, box: _Box, item: MemoExhibit) -> None:  # noqa: ANN401
        if isinstance(form[0], Bar):
            shape = self._bars(slide, [bar for bar in form if isinstance(bar, Bar)], box)
        else:
            shape = self._lines(slide, [line for line in form if isinstance(line, Line)], box)
        self._face(shape.chart.font, 11)
        self._describe(shape, item)

    def _bars(self, slide: Any, bars: Sequence[Bar], box: _Box) -> Any:  # noqa: ANN401
        data = CategoryChartData()
        data.categories = [visible(b.label if b.value is not None else f"{b.label} — {b.text}") for b in bars]
        data.add_series(visible(self._say("table.value")), [bar.value for bar in bars])
        shape = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *box, data)
        chart = shape.chart
        chart.has_legend, chart.has_title = False, False
        chart.category_axis.reverse_order = True
        chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        chart.category_axis.format.line.color.rgb = RGBColor.from_string("8C959F")
        chart.value_axis.visible = chart.value_axis.has_major_gridlines = False
        plot = chart.plots[0]
        plot.gap_width, plot.vary_by_categories = 60, False
        for number, bar in enumerate(bars):
            if bar.value is None:
                continue
            point, color = plot.series[0].points[number], RGBColor.from_string(bar.color)
            point.format.line.color.rgb, point.format.line.width = color, Pt(1.5)
            if bar.is_open:
                point.format.fill.background()
            else:
                point.format.fill.solid()
                point.format.fill.fore_color.rgb = color
            self._label(point, bar.text, XL_LABEL_POSITION.OUTSIDE_END, TEXT_COLOR)
        return shape

    def _lines(self, slide: Any, lines: Sequence[Line], box: _Box) -> Any:  # noqa: ANN401
        data = XyChartData()
        for line in lines:
            series = data.add_series(visible(line.name))
            for day, value, _ in line.points:
                series.add_data_point(day, value)
        shape = slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER_LINES, *box, data)
        chart = shape.chart
        chart.has_legend, chart.has_title = False, False
        axis = chart.category_axis
        axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "yyyy", False
        axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        axis.has_major_gridlines, axis.major_unit = False, 365.25
        chart.value_axis.major_gridlines.format.line.color.rgb = RGBColor.from_string("E4E7EB")
        for drawn, line in zip(chart.plots[0].series, lines, strict=True):
            color = RGBColor.from_string(line.color)
            drawn.smooth = False
            drawn.marker.size = 8
            drawn.marker.format.line.color.rgb = color
            drawn.marker.format.fill.solid()
            if line.is_joined:
                drawn.format.line.color.rgb, drawn.format.line.width = color, Pt(2.25)
                drawn.marker.format.fill.fore_color.rgb = color
            else:
                drawn.format.line.fill.background()
                drawn.marker.format.fill.fore_color.rgb = RGBColor.from_string(tint(f"#{line.color}", 0.3, "light")[1:])
            for number, (_, _, text) in enumerate(line.points):
                if text:
                    self._label(drawn.points[number], text, XL_LABEL_POSITION.ABOVE, line.color)
        return shape

    def _label(self, point: Any, text: str, position: Any, color: str) -> None:  # noqa: ANN401
        """Write the figure as the page writes it, with its hedge, beside a point."""
        frame = point.data_label.text_frame
        run = frame.paragraphs[0].add_run()
        run.text = visible(text)
        self._face(run.font, 11, bold=True, color=color)
        point.data_label.position = position


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_CELL else text[:_LONGEST_CELL].rstrip() + "…"
