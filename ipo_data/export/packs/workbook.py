"""The memo as a workbook: typed numbers with claim and source as notes, computed figures as live formulas."""

import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

import xlsxwriter

from ipo_data import formatting
from ipo_data.analysis.points import DataPoint
from ipo_data.exhibits.point_words import place
from ipo_data.export.analysis_rows import explanation
from ipo_data.export.packs.cells import FIRST_ROW, Cells, SheetNames, number_format
from ipo_data.export.packs.manifest import manifest_of, manifest_text
from ipo_data.export.packs.material import Memo, MemoExhibit, visible, width_of
from ipo_data.model.claim import base_value
from ipo_data.model.rate import FxRate
from ipo_data.units import UNITS, UnitKind

LONGEST_CELL: Final = 32_000
"""Characters; a spreadsheet refuses a cell of more than 32,767."""
_SETTINGS: Final = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}  # fmt: skip
_NOT_IN_SHEET_NAMES: Final = re.compile(r"[\[\]:*?/\\']")
_FONTS: Final = {"en": "Calibri", "zh-Hans": "Microsoft YaHei", "zh-Hant": "Microsoft JhengHei"}
_CLAIMS_IN_NOTE: Final = 4
_LINE: Final = 170
_WORD: Final = re.compile(r"[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+")
LAST_ROW: Final = 19_999
"""Last row of a sheet that is printed, from 0."""
_WIDTHS: Final = (22, 44, 20, 20, 20, 14, 20, 60, 46, 24)
Column = tuple[str, Sequence[Any]]


def workbook(memo: Memo) -> bytes:
    """Return the memo as an Excel workbook."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {**_SETTINGS})
    _Writer(book, memo).write()
    book.close()
    return buffer.getvalue()


class _Writer:
    """Writes the sheets of one memo."""

    def __init__(self, book: Any, memo: Memo) -> None:  # noqa: ANN401 - XlsxWriter carries no types
        self._book, self._memo, self._say = book, memo, memo.context.say
        self._names = SheetNames(*(_sheet_name(self._say(f"pack.{n}")) for n in ("claims", "rates", "workings")))
        self._cells = Cells(memo, self._names)
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._font = _FONTS[memo.spec.language]
        book.formats[0].set_font_name(self._font)
        book.set_calc_mode("auto")

    def write(self) -> None:
        memo = self._memo
        manifest = manifest_text(manifest_of(memo))
        self._book.set_properties({
            "title": visible(memo.spec.title), "created": memo.made, "comments": visible(memo.as_of),
            "keywords": " ".join(item.code for item in memo.exhibits),
        })  # fmt: skip
        self._contents()
        for item in memo.exhibits:
            self._exhibit(item)
        if self._cells.workings:
            self._workings()
        self._claims()
        self._rates()
        self._sources()
        if memo.tie_outs:
            self._tie_outs()
        self._manifest(manifest)

    # --- cells --------------------------------------------------------------------------------------------------

    def _format(self, **properties: Any) -> Any:  # noqa: ANN401
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            base = {"font_name": self._font, "font_size": 10, "valign": "top"}
            self._formats[key] = self._book.add_format({**base, **properties})
        return self._formats[key]

    def _text(self, sheet: Any, row: int, column: int, text: str, **properties: Any) -> None:  # noqa: ANN401
        sheet.write_string(row, column, visible(text)[:LONGEST_CELL], self._format(**properties))

    def _sheet(self, name: str, title: str, remark: str, columns: Sequence[tuple[str, float]]) -> Any:  # noqa: ANN401
        """Add a sheet with title, remark and a heading that stays on screen; records start at ``FIRST_ROW``."""
        sheet = self._book.add_worksheet(name)
        self._text(sheet, 0, 0, title, bold=True, font_size=14)
        self._text(sheet, 1, 0, remark, font_color="#57606A")
        for column, (heading, width) in enumerate(columns):
            self._text(sheet, FIRST_ROW - 1, column, heading, bold=True, bottom=1, text_wrap=True)
            sheet.set_column(column, column, width)
        sheet.set_default_row(17)
        sheet.freeze_panes(FIRST_ROW, 0)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(FIRST_ROW - 1)
        sheet.print_area(0, 0, LAST_ROW, len(columns) - 1)  # text runs over its cell, not over the page
        return sheet

    def _headings(self, *names: str) -> list[tuple[str, float]]:
        return [(self._say(f"table.{name}"), width) for name, width in zip(names, _WIDTHS, strict=False)]

    # --- exhibits -----------------------------------------------------------------------------------------------

    def _contents(self) -> None:
        memo, say = self._memo, self._say
        headings = [(say("pack.exhibits"), 70), (say("pack.code_heading"), 16), (say("pack.link"), 60)]
        sheet = self._sheet(_sheet_name(say("pack.contents")), memo.spec.title, memo.as_of, headings)
        for row, item in enumerate(memo.exhibits, FIRST_ROW):
            target = f"internal:'{_sheet_name(item.name)}'!A1"
            sheet.write_url(row, 0, target, self._format(font_color="#3A4FB0"), visible(memo.heading(item))[:255])
            self._text(sheet, row, 1, item.code)
            self._text(sheet, row, 2, item.link)
        row = FIRST_ROW + len(memo.exhibits) + 1
        for label, value in memo.settings():
            self._text(sheet, row, 0, f"{label}: {value}")
            row += 1
        for line in [line for note in memo.assumptions() for line in lines_of(note)] + ["", say("disclaimer")]:
            self._text(sheet, row, 0, line, font_color="#57606A")
            row += 1

    def _exhibit(self, item: MemoExhibit) -> None:
        memo, exhibit = self._memo, item.exhibit
        points = exhibit.points
        columns = self._headings("company", "item", "period", "figure", "value", "unit", "status", "formula", "claims")
        if not points:
            columns = [(str(name), 28.0) for name in exhibit.table.columns]
        remark = " · ".join(word for word in (exhibit.subtitle, memo.code(item)) if word)
        sheet = self._sheet(_sheet_name(item.name), memo.heading(item), remark, columns)
        self._text(sheet, 2, 0, item.link, font_color="#57606A")
        for row, point in enumerate(points, FIRST_ROW):
            self._point(sheet, row, point)
        row = FIRST_ROW + len(points)
        if not points or not _same_table(exhibit.table.columns, memo):
            row = self._as_shown(sheet, row, item)
        for text in [item.note, *memo.footnotes(item)]:
            for line in lines_of(text):
                row += 1
                self._text(sheet, row, 0, line)

    def _as_shown(self, sheet: Any, row: int, item: MemoExhibit) -> int:  # noqa: ANN401
        """Write the table of an exhibit as the page shows it and return the row below."""
        table = item.exhibit.table
        if item.exhibit.points:
            row += 1
            for column, name in enumerate(table.columns):
                self._text(sheet, row, column, str(name), bold=True, bottom=1)
            row += 1
        for cells in table.itertuples(index=False):
            for column, cell in enumerate(cells):
                self._text(sheet, row, column, str(cell))
            row += 1
        return row

    def _point(self, sheet: Any, row: int, point: DataPoint) -> None:  # noqa: ANN401
        context, say = self._memo.context, self._say
        label, part = context.label(point.measure, point.company), context.dimensions(point.company, point.dimensions)
        words = (
            context.name(point.company), f"{label} · {part}" if part else label, context.period(point.when),
            formatting.in_table(context.point(point)),
        )  # fmt: skip
        for column, text in enumerate(words):
            self._text(sheet, row, column, text)
        self._number(sheet, row, 4, point)
        self._text(sheet, row, 5, _unit_words(point.unit))
        self._text(sheet, row, 6, say(f"state.{point.state}"))
        self._text(sheet, row, 7, point.formula or (say(point.reason) if point.reason else ""))
        self._text(sheet, row, 8, " ".join(point.claims))

    def _number(self, sheet: Any, row: int, column: int, point: DataPoint) -> None:  # noqa: ANN401
        """Write a figure: a formula with its value where there is one, else the number; with its claims as a note."""
        if point.value is None:
            return
        if point.unit == "date":
            day = date.fromordinal(int(point.value))
            sheet.write_datetime(row, column, datetime(*day.timetuple()[:3]), self._format(num_format="yyyy-mm-dd"))  # noqa: DTZ001
        else:
            computed = bool(point.formula or point.rate)
            shape = {"num_format": number_format(point.value, point.unit, computed=computed)}
            formula = self._cells.formula(point)
            if formula is None:
                sheet.write_number(row, column, float(point.value), self._format(**shape, font_color="#0000FF"))
            else:
                sheet.write_formula(row, column, f"={formula}", self._format(**shape), float(point.value))
        if point.claims:
            sheet.write_comment(row, column, self._note(point), {"x_scale": 2.4, "y_scale": 1.4})

    def _note(self, point: DataPoint) -> str:
        claims = [self._memo.context.dataset.claim_by_id[name] for name in point.claims]
        lines = [f"{claim.id}\n{self._memo.citation(claim)}" for claim in claims[:_CLAIMS_IN_NOTE]]
        more = [f"+{len(claims) - _CLAIMS_IN_NOTE}"] if len(claims) > _CLAIMS_IN_NOTE else []
        return visible("\n".join(lines + more))[:LONGEST_CELL]

    # --- records ------------------------------------------------------------------------------------------------

    def _workings(self) -> None:
        headings = self._headings("company", "item", "period", "figure", "value", "unit", "status", "formula", "claims")
        sheet = self._sheet(
            self._names.workings, self._say("pack.workings"), self._say("pack.workings_remark"), headings
        )
        for row, point in enumerate(self._cells.workings, FIRST_ROW):
            self._point(sheet, row, point)

    def _claims(self) -> None:
        memo, context = self._memo, self._memo.context
        names = ("claims", "item", "stated", "document", "value", "unit", "place", "remark")
        sheet = self._sheet(self._names.claims, self._say("pack.claims"), memo.as_of, self._headings(*names))
        for row, claim in enumerate(self._cells.claims, FIRST_ROW):
            remarks = [self._say(f"flag.{flag}") for flag in claim.flags]
            remarks += [context.dataset.say(claim.note, memo.spec.language)] if claim.note else []
            source = context.source_name(claim.source)
            words = {
                0: claim.id, 1: memo.subject(claim), 2: claim.says, 3: source, 5: _unit_words(claim.quantity.unit.code),
                6: place(context, claim), 7: context.clauses(remarks),
            }  # fmt: skip
            for column, text in words.items():
                self._text(sheet, row, column, text)
            self._stated(sheet, row, claim)
            sheet.write_comment(row, 4, visible(f"{claim.id}\n{memo.citation(claim)}"), {"x_scale": 2.4})

    def _stated(self, sheet: Any, row: int, claim: Any) -> None:  # noqa: ANN401
        value = base_value(claim.quantity)
        if isinstance(value, Decimal):
            shape = {"num_format": number_format(value, claim.quantity.unit.code, computed=False)}
            sheet.write_number(row, 4, float(value), self._format(**shape, font_color="#0000FF"))
        else:
            self._text(sheet, row, 4, value, font_color="#0000FF")

    def _rates(self) -> None:
        say = self._say
        headings: list[tuple[str, float]] = [
            (say("table.item"), 34), (say("table.unit"), 14), (say("table.unit"), 14), (say("table.value"), 14),
            (say("table.document"), 44), (say("table.remark"), 80),
        ]  # fmt: skip
        sheet = self._sheet(self._names.rates, self._say("pack.rates"), self._say("pack.rates_remark"), headings)
        context = self._memo.context
        for row, rate in enumerate(self._cells.rates, FIRST_ROW):
            source, because = "", "".join(context.rate_notes([rate.id]))
            if isinstance(rate, FxRate):
                source = context.source_name(rate.source) if rate.source else say("rate.convention")
                because = context.dataset.say(rate.because, self._memo.spec.language)
            for column, text in {0: rate.id, 1: rate.quote, 2: f"/ {rate.base}", 4: source, 5: because}.items():
                self._text(sheet, row, column, text)
            sheet.write_number(row, 3, float(rate.rate), self._format(num_format="0.000000", font_color="#0000FF"))

    def _sources(self) -> None:
        say, language = self._say, self._memo.spec.language
        headings = [
            (say("table.document"), 70), (say("pack.publisher"), 28), (say("table.published"), 16),
            (say("table.kind"), 26), (say("pack.link"), 70), (say("table.claims"), 28),
        ]  # fmt: skip
        sheet = self._sheet(_sheet_name(say("pack.sources")), say("pack.sources"), self._memo.as_of, headings)
        for row, source in enumerate(self._memo.sources, FIRST_ROW):
            published = formatting.instant(source.published_on, language)
            kind = self._memo.context.clauses([say(f"kind.{source.kind}"), say(f"reading.{source.reading}")])
            words = (source.title, source.publisher, published, kind, source.url or "", source.id)
            for column, text in enumerate(words):
                self._text(sheet, row, column, text)

    def _tie_outs(self) -> None:
        memo, say = self._memo, self._say
        names = ("item", "stated", "document", "verdict", "computed", "formula", "remark")
        headings = [(say(f"table.{n}"), w) for n, w in zip(names, (50, 20, 40, 20, 24, 60, 70), strict=True)]
        sheet = self._sheet(_sheet_name(say("pack.tie_out")), say("pack.tie_out"), say("pack.tie_out_remark"), headings)
        for row, tested in enumerate(memo.tie_outs, FIRST_ROW):
            claim, computed = tested.claim, tested.computed
            words = {
                0: memo.subject(claim), 1: claim.says, 2: memo.context.source_name(claim.source),
                3: say(f"verdict.{tested.verdict}"), 5: computed.text if computed else "",
                6: explanation(memo.context.dataset, tested, memo.spec.language) or "",
            }  # fmt: skip
            for column, text in words.items():
                self._text(sheet, row, column, text)
            if computed is not None:
                shape = number_format(computed.value, claim.quantity.unit.code, computed=True)
                sheet.write_number(row, 4, float(computed.value), self._format(num_format=shape))

    def _manifest(self, text: str) -> None:
        """Write what tracing needs, cut into cells; the sheet stays visible so that nothing is hidden in the file."""
        say = self._say
        sheet = self._sheet("manifest", say("pack.manifest"), say("pack.manifest_remark"), [("", 120)])
        pieces = [text[start : start + LONGEST_CELL] for start in range(0, len(text), LONGEST_CELL)]
        for row, piece in enumerate(pieces, FIRST_ROW):
            sheet.write_string(row, 0, piece)


def lines_of(text: str) -> list[str]:
    """Return a text in lines that fit beside each other on a sheet; Chinese characters count twice."""
    lines: list[str] = []
    for paragraph in text.splitlines():
        line, used = "", 0
        for word in _WORD.findall(paragraph):
            width = width_of(word)
            if used + width > _LINE and line:
                lines.append(line.rstrip())
                line, used = "", 0
            line, used = line + word, used + width
        lines += [line.rstrip()] if line.strip() else []
    return lines


def _same_table(columns: Iterable[Any], memo: Memo) -> bool:
    """Tell whether a table's columns are those of data points, which the sheet holds already."""
    say = memo.context.say
    own = [say(f"table.{name}") for name in ("company", "item", "period", "figure", "status", "formula")]
    return list(columns) == own


def _sheet_name(text: str) -> str:
    """Return a sheet name a spreadsheet accepts: at most 31 characters, none that ends a reference."""
    return _NOT_IN_SHEET_NAMES.sub(" ", visible(text))[:31].strip() or "sheet"


def _unit_words(unit: str) -> str:
    if unit not in UNITS:
        return unit
    return {UnitKind.PERCENT: "%", UnitKind.MULTIPLE: "×"}.get(UNITS[unit].kind, unit)
