import io
import re
from decimal import Decimal

import openpyxl
import pytest

from ipo_data.export.packs.cells import number_format
from ipo_data.export.packs.material import Memo
from ipo_data.export.packs.workbook import lines_of, workbook
from tests.export.packs.conftest import memo_of, parts, spec_of

FORMULA = re.compile(r"=(?:[0-9.+\-*/^()]|'(?:Claims|Exchange rates|Workings)'!\$[A-Z]\$\d+)+")
"""All a formula of ours consists of: numbers, signs, brackets and cells of the sheets of records."""


@pytest.fixture(scope="module")
def book(memo: Memo):
    return openpyxl.load_workbook(io.BytesIO(workbook(memo)))


def rows(book, sheet):
    return [[cell.value for cell in row] for row in book[sheet].iter_rows()]


def test_there_is_a_sheet_per_exhibit_and_per_kind_of_record(book):
    assert book.sheetnames == [
        "Contents", "01-revenue-spans", "02-key-figures", "03-growth-rates", "04-segments", "05-gross-margin",
        "06-runway-what-if", "07-runway-scenarios", "08-multiples", "09-proceeds", "10-ledger", "Workings", "Claims",
        "Exchange rates", "Sources", "Tie-out", "manifest",
    ]  # fmt: skip


def test_every_formula_reads_only_the_sheets_of_records(book):
    formulas = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]

    assert len(formulas) > 150
    assert [text for text in formulas if not FORMULA.fullmatch(text)] == []


def test_a_computed_figure_is_a_live_formula_with_its_value(memo):
    sheet = "03-growth-rates"
    live = openpyxl.load_workbook(io.BytesIO(workbook(memo)))
    cached = openpyxl.load_workbook(io.BytesIO(workbook(memo)), data_only=True)
    # MiniMax, FY2025: 79.038 ÷ 30.523 − 1 = 48.515 ÷ 30.523 = 1.589457…
    row = next(r for r in live[sheet].iter_rows() if r[7].value == "79.038 ÷ 30.523 − 1")
    above, below = re.findall(r"'Claims'!\$E\$(\d+)", row[4].value)

    assert cached[sheet][row[4].coordinate].value == pytest.approx(158.94571306883335, rel=1e-12)
    assert (cached["Claims"][f"E{above}"].value, cached["Claims"][f"E{below}"].value) == (79_038_000, 30_523_000)
    assert row[4].value.endswith("-1)*100")


def test_multiples_of_market_value_go_back_to_price_shares_and_rate(book):
    values = [row[4].value for row in book["08-multiples"].iter_rows(min_row=5, max_row=16)]

    assert all(str(value).startswith("=") for value in values)
    assert any("'Workings'" in value and "'Exchange rates'" in value for value in values)


def test_a_stated_figure_points_to_its_claim_and_carries_it_as_a_note(book):
    sheet = book["05-gross-margin"]
    row = next(row for row in sheet.iter_rows(min_row=5) if row[3].value == "12.2%")
    claim = book["Claims"][re.search(r"\$E\$(\d+)", row[4].value)[0].replace("$", "")]

    assert claim.value == 12.2
    assert "minimax.gross_margin.FY2024@" in row[4].comment.text
    assert "12.2%" in row[4].comment.text
    assert claim.comment.text.startswith("minimax.gross_margin.FY2024@")


def test_almost_every_derived_figure_is_live(memo, book):
    derived = sum(bool(p.formula and p.value is not None) for i in memo.exhibits for p in i.exhibit.points)
    live = sum(
        row[4].data_type == "f" and bool(row[7].value)
        for item in memo.exhibits if item.exhibit.points for row in book[item.name].iter_rows(min_row=5) if len(row) > 7
    )  # fmt: skip

    assert live >= derived * 0.97


def test_an_empty_state_has_no_number(book):
    row = next(r for r in book["03-growth-rates"].iter_rows(min_row=5) if r[3].value == "not meaningful")

    assert row[4].value is None
    assert row[7].value == "the earlier value is zero or negative"


def test_the_table_of_an_exhibit_stands_as_shown_where_it_says_more(book):
    cells = [row[0] for row in rows(book, "02-key-figures")]

    assert cells.count("Item") == 1  # the heading of the table below the figures
    assert any(str(cell).startswith("Gross margin") for cell in cells)


@pytest.mark.parametrize(
    "note", ['=HYPERLINK("http://x","y")', "+1+1", "-2", "@SUM(A1)", "＝1", "\t=1", "http://x", "{=1}"]
)
def test_no_text_becomes_a_formula_or_a_link(dataset, note):
    spec = spec_of("growth.growth-rates")
    spec = spec.model_copy(update={"exhibits": (spec.exhibits[0].model_copy(update={"note": note}),)})
    content = workbook(memo_of(dataset, spec))

    book = openpyxl.load_workbook(io.BytesIO(content))
    found = [
        cell for row in book["01-growth-rates"].iter_rows() for cell in row if str(cell.value).strip() == note.strip()
    ]

    assert [cell.data_type for cell in found] == ["s"]
    assert "TargetMode" not in "".join(text for name, text in parts(content).items() if "sheet2" in name)


def test_control_characters_and_markup_stay_text(dataset):
    spec = spec_of("growth.growth-rates", title="A memo")
    item = spec.exhibits[0].model_copy(update={"note": "bell\x07 <b>&\u202e ]]>"})
    memo = memo_of(dataset, spec)
    memo = Memo(spec.model_copy(update={"exhibits": (item,)}), memo.dataset, memo.context, memo.exhibits)
    object.__setattr__(memo.exhibits[0], "note", item.note)

    book = openpyxl.load_workbook(io.BytesIO(workbook(memo)))

    assert "bell\\x07 <b>&\\u202e ]]>" in {cell.value for row in book["01-growth-rates"].iter_rows() for cell in row}


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_chinese_workbooks_open_and_are_written_in_a_chinese_font(dataset, language):
    memo = memo_of(dataset, spec_of("growth.growth-rates", "valuation.multiples", language=language))
    book = openpyxl.load_workbook(io.BytesIO(workbook(memo)))

    fonts = {"zh-Hans": "Microsoft YaHei", "zh-Hant": "Microsoft JhengHei"}
    assert book.worksheets[1]["A1"].font.name == fonts[language]
    assert any(cell.data_type == "f" for row in book.worksheets[2].iter_rows() for cell in row)


@pytest.mark.parametrize(
    ("value", "unit", "computed", "shape"),
    [
        ("53437000", "USD", False, "#,##0;(#,##0)"),
        ("165.00", "HKD", False, "#,##0;(#,##0)"),
        ("782.1676", "percent", True, '#,##0.00"%";(#,##0.00"%")'),
        ("0.95", "percent", False, '#,##0.00"%";(#,##0.00"%")'),
        ("36.76", "x", False, '#,##0.00"×";(#,##0.00"×")'),
    ],
)
def test_numbers_keep_the_places_they_have(value, unit, computed, shape):
    assert number_format(Decimal(value), unit, computed=computed) == shape


def test_long_texts_are_cut_into_lines_and_lose_nothing():
    text = "Word " * 100 + "字" * 200

    lines = lines_of(text)

    assert "".join("".join(lines).split()) == "".join(text.split())
    assert max(sum(1 + (ord(c) > 0x2E80) for c in line) for line in lines) <= 170


def test_the_readers_own_rate_is_a_cell_that_formulas_read(dataset):
    spec = spec_of("growth.one-footing", currency="HKD", rates="own", usdcny="7.1", usdhkd="7.8")
    book = openpyxl.load_workbook(io.BytesIO(workbook(memo_of(dataset, spec))))

    assert 7.8 in [row[3].value for row in book["Exchange rates"].iter_rows(min_row=5)]
    formulas = [row[4].value for row in book["01-one-footing"].iter_rows(min_row=5) if row[4].data_type == "f"]
    assert formulas
    assert all("'Exchange rates'!" in text for text in formulas)
