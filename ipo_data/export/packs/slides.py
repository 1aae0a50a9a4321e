"""The memo as slides: charts that can be edited where PowerPoint has the form, pictures or tables otherwise."""

import io
from collections.abc import Sequence
from datetime import date
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
from ipo_data.export.packs.label_places import label_places
from ipo_data.export.packs.material import Memo, MemoExhibit, Picture, visible, width_of
from ipo_data.export.packs.native_charts import EXCEL_DAY_ZERO, Bar, Form, Line, native_form
from ipo_data.export.packs.office import finished
from ipo_data.export.packs.rich_text import Line as NoteLine
from ipo_data.export.packs.rich_text import lines_of_note
from ipo_data.export.packs.slide_table import Sheet, sheets_of

_TITLES: Final = ((22, 59), (20, 65), (18, 73), (16, 82), (14, 94))
"""Sizes of a title and the Latin letters that a line of each holds, in a broad font; two lines find room."""
_SUBTITLE: Final = 115
"""Latin letters of a subtitle on one line."""
_BAR_SIZES: Final = ((12, 11.0), (18, 9.0), (99, 7.5))
"""Most bars and the size of their words."""
_TOO_SMALL: Final = 1_700
"""Layout pixels across a slide at which the words of a chart can no longer be read; its table stands there instead."""
_MOST_SHEETS: Final = 3
"""Slides that a table may take; longer ones are whole in the workbook."""
_YEAR: Final = 365
_PLOT: Final = 0.92
"""Share of a chart that its points take, between the axes and its edges."""
_PLACES: Final = {
    "above": XL_LABEL_POSITION.ABOVE, "below": XL_LABEL_POSITION.BELOW, "right": XL_LABEL_POSITION.RIGHT,
    "left": XL_LABEL_POSITION.LEFT,
}  # fmt: skip
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
        form, picture = native_form(item.exhibit.figure), item.drawn("strip")
        note_height = Inches(0.24 * min(4, len(lines_of_note(item.note))) + 0.2) if item.note else Emu(0)
        box = (_LEFT, _TOP, _INNER, Emu(_BODY - note_height))
        if form is not None:
            self._chart(self._headed(item), form, box, item)
        elif picture is not None and picture.size[0] <= _TOO_SMALL:
            self._picture(self._headed(item), item, picture, box)
        else:
            self._tables(item, box)

    def _headed(self, item: MemoExhibit, number: int = 1, count: int = 1) -> Any:  # noqa: ANN401
        """Add a slide of an exhibit with all its words; further slides of a table say which they are."""
        memo, exhibit, slide = self._memo, item.exhibit, self._slide()
        title = exhibit.title if count == 1 else f"{exhibit.title} ({number}/{count})"
        lines = (size for size, letters in _TITLES if width_of(title) <= 2 * letters)
        self._text(slide, (_LEFT, Inches(0.4), _INNER, Inches(0.9)), title, next(lines, _TITLES[-1][0]), bold=True)
        small = 12 if width_of(exhibit.subtitle) <= _SUBTITLE else 10.5
        self._text(slide, (_LEFT, Inches(1.25), _INNER, Inches(0.4)), exhibit.subtitle, small, color=MUTED_COLOR)
        if item.note and number == 1:
            self._note(slide, lines_of_note(item.note))
        label = self._say("pack.exhibit", number=item.number)
        facts = " · ".join([label, *item.facts, memo.code(item)])
        self._text(slide, (_LEFT, _FOOT, _INNER, Inches(0.6)), f"{exhibit.source_line}\n{facts}", 9, color=MUTED_COLOR)
        note = "\n".join(f"{line.mark} {line.text}".strip() for line in lines_of_note(item.note))
        slide.notes_slide.notes_text_frame.text = visible("\n".join(
            [memo.heading(item), note, *memo.footnotes(item), memo.code(item), item.link]
        ))  # fmt: skip
        return slide

    def _note(self, slide: Any, lines: Sequence[NoteLine]) -> None:  # noqa: ANN401
        """Write the reader's own words above the documents."""
        height = Inches(0.24 * min(4, len(lines)) + 0.2)
        frame = slide.shapes.add_textbox(_LEFT, Emu(_TOP + _BODY - height), _INNER, height).text_frame
        frame.word_wrap = True
        for number, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            if line.mark:
                mark = paragraph.add_run()
                mark.text = f"{line.mark} "
                self._face(mark.font, 13)
            for part in line.runs:
                run = paragraph.add_run()
                run.text = visible(part.text)
                self._face(run.font, 13, bold=part.bold, color=ACCENT_COLOR if part.address else TEXT_COLOR)
                run.font.italic = part.italic or None
                if part.address:
                    run.hyperlink.address = part.address

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
        scale = min(width / shape.width, height / shape.height)
        shape.width, shape.height = int(shape.width * scale), int(shape.height * scale)
        shape.left = left + (width - shape.width) // 2
        self._describe(shape, item)

    def _describe(self, shape: Any, item: MemoExhibit) -> None:  # noqa: ANN401
        properties = shape._element.xpath(".//p:cNvPr")[0]
        properties.set("descr", visible(f"{item.exhibit.alt} {self._memo.code(item)}"))
        properties.set("name", f"{item.name} {item.code}")

    def _tables(self, item: MemoExhibit, box: _Box) -> None:
        """Write a table on as many slides as it needs, up to three."""
        table = item.exhibit.table
        rows = [[visible(str(cell)) for cell in row] for row in table.values.tolist()]
        sheets = sheets_of([visible(str(name)) for name in table.columns], rows)
        shown = sheets[:_MOST_SHEETS]
        if not rows:
            self._headed(item)
        for number, sheet in enumerate(shown, 1):
            slide = self._headed(item, number, len(shown))
            self._table(slide, item, sheet, box)
            box = (_LEFT, _TOP, _INNER, _BODY)
        left = len(rows) - sum(len(sheet.rows) for sheet in shown)
        if left:
            below = (_LEFT, Emu(_FOOT - Inches(0.25)), _INNER, Inches(0.25))
            self._text(slide, below, self._say("pack.more_rows", count=left), 9, color=MUTED_COLOR)

    def _table(self, slide: Any, item: MemoExhibit, sheet: Sheet, box: _Box) -> None:  # noqa: ANN401
        left, top, width, height = box
        lines = [sheet.columns, *sheet.rows]
        shape = slide.shapes.add_table(len(lines), len(sheet.columns), left, top, width, min(height, Inches(0.2)))
        shape.table.first_row, shape.table.horz_banding = True, False
        for column, share in zip(shape.table.columns, sheet.shares, strict=True):
            column.width = int(width * share)
        for number, row in enumerate(lines):
            shape.table.rows[number].height = Pt(sheet.heights[number])
            for place, text in enumerate(row):
                cell = shape.table.cell(number, place)
                cell.fill.background()
                cell.margin_top = cell.margin_bottom = Pt(1.5)
                cell.margin_left = cell.margin_right = Pt(4)
                run = cell.text_frame.paragraphs[0].add_run()
                run.text = text
                color = ACCENT_COLOR if number == 0 else TEXT_COLOR
                self._face(run.font, sheet.size, bold=number == 0, color=color)
        self._describe(shape, item)

    # --- native charts ----------------------------------------------------------------------------------------------

    def _chart(self, slide: Any, form: Form, box: _Box, item: MemoExhibit) -> None:  # noqa: ANN401
        if isinstance(form[0], Bar):
            shape = self._bars(slide, [bar for bar in form if isinstance(bar, Bar)], box)
        else:
            shape = self._lines(slide, [line for line in form if isinstance(line, Line)], box)
        self._face(shape.chart.font, _bar_size(len(form)) if isinstance(form[0], Bar) else 11)
        self._describe(shape, item)

    def _bars(self, slide: Any, bars: Sequence[Bar], box: _Box) -> Any:  # noqa: ANN401
        data = CategoryChartData()
        data.categories = [
            visible(b.label if b.value is not None or not b.text else f"{b.label} — {b.text}") for b in bars
        ]
        data.add_series(visible(self._say("table.value")), [bar.value for bar in bars])
        shape = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *box, data)
        chart = shape.chart
        chart.has_legend, chart.has_title = False, False
        chart.category_axis.reverse_order = True
        _name_every(chart.category_axis)
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
            self._label(point, bar.text, XL_LABEL_POSITION.OUTSIDE_END, TEXT_COLOR, _bar_size(len(bars)))
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
        if all(text for line in lines for _, _, text in line.points):  # every figure stands beside its point
            chart.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
        frame = _frame(lines)
        axis.minimum_scale, axis.maximum_scale = frame[0], frame[1]
        chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = frame[2], frame[3]
        size = (Emu(box[2]).pt * _PLOT, Emu(box[3]).pt * _PLOT)
        places = iter(label_places([line.points for line in lines], [line.is_joined for line in lines], frame, size))
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
                place = next(places)
                if text:
                    self._label(drawn.points[number], text, _PLACES[place], line.color)
        return shape

    def _label(self, point: Any, text: str, position: Any, color: str, size: float = 11) -> None:  # noqa: ANN401
        """Write the figure as the page writes it, with its hedge, beside a point."""
        frame = point.data_label.text_frame
        run = frame.paragraphs[0].add_run()
        run.text = visible(text)
        self._face(run.font, size, bold=True, color=color)
        point.data_label.position = position


def _bar_size(count: int) -> float:
    """Return the size of the words beside so many bars."""
    return next(size for most, size in _BAR_SIZES if count <= most)


def _name_every(axis: Any) -> None:  # noqa: ANN401
    """Have every row named, also where there are many; python-pptx has no word for it."""
    skip = etree.SubElement(axis._element, qn("c:tickLblSkip"))
    skip.set("val", "1")
    axis._element.find(qn("c:lblOffset")).addnext(skip)


def _frame(lines: Sequence[Line]) -> tuple[float, float, float, float]:
    """Return the ends of both scales, with room for words on every side.

    Time begins on the second day of a year: marks every 365.25 days then never fall into a year twice.
    """
    days = [day for line in lines for day, _, _ in line.points]
    values = [value for line in lines for _, value, _ in line.points]
    spread = (max(days) - min(days)) or _YEAR
    first = date.fromordinal(int(min(days) - 0.07 * spread) + EXCEL_DAY_ZERO).replace(month=1, day=2)
    high = (max(values) - min(values)) or abs(max(values)) or 1.0
    end = max(days) + 0.22 * spread
    return (first.toordinal() - EXCEL_DAY_ZERO, end, min(values) - 0.15 * high, max(values) + 0.15 * high)
