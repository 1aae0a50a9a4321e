import io
import re

import docx
import pytest
from docx.oxml.ns import qn

from ipo_data.export.packs.document import MOST_ROWS, document
from ipo_data.export.packs.material import Memo
from ipo_data.export.packs.word_table import word_table
from tests.export.packs.conftest import memo_of, parts, spec_of


@pytest.fixture(scope="module")
def xml(memo: Memo) -> dict[str, str]:
    return parts(document(memo))


def text_of(xml: str) -> str:
    return "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", xml))


def test_every_exhibit_has_picture_or_table_and_a_caption_with_its_code(memo, xml):
    body = xml["word/document.xml"]

    assert body.count("<pic:pic") == sum(item.picture is not None for item in memo.exhibits) == 8
    assert [item.code for item in memo.exhibits if f"figure code {item.code}" not in text_of(body)] == []


def test_a_picture_says_in_words_what_it_shows(memo, xml):
    described = re.findall(r'<wp:docPr [^>]*descr="([^"]*)"', xml["word/document.xml"])

    assert [item.code for item in memo.exhibits if item.picture and not any(item.code in d for d in described)] == []


def test_every_footnote_reference_has_its_footnote(memo, xml):
    references = re.findall(r'<w:footnoteReference w:id="(\d+)"', xml["word/document.xml"])
    notes = re.findall(r'<w:footnote w:id="(\d+)"', xml["word/footnotes.xml"])

    assert references == notes == [str(n + 1) for n in range(sum(len(memo.footnotes(i)) for i in memo.exhibits))]
    assert "MiniMax prospectus" in text_of(xml["word/footnotes.xml"])
    assert (
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"'
        in (xml["word/_rels/document.xml.rels"])
    )


def test_appendices_follow(memo, xml):
    words = text_of(xml["word/document.xml"])
    places = [words.rindex(heading) for heading in ("Settings and assumptions", "Sources", "Tie-out")]

    assert places == sorted(places)
    assert all(source.title.replace("&", "&amp;") in words for source in memo.sources)
    assert memo.dataset.digest in words
    assert "within rounding" in words[places[2] :]


def test_the_tie_out_holds_the_figures_of_the_memo_only(memo):
    used = {claim.id for claim in memo.claims}

    assert {row.claim.id for row in memo.tie_outs} <= used
    assert len(memo.tie_outs) > 50


def test_long_tables_are_cut_and_say_so(dataset):
    memo = memo_of(dataset, spec_of("sources.documents"))
    rows = len(memo.exhibits[0].exhibit.table)

    words = text_of(parts(document(memo))["word/document.xml"])

    assert f"{rows - MOST_ROWS} further rows are in the workbook." in words


def test_headings_of_tables_are_repeated_and_rows_kept_together(xml):
    body = xml["word/document.xml"]

    assert body.count("<w:tblHeader/>") == body.count("<w:tbl>") + body.count("<w:tbl ")
    assert body.count("<w:cantSplit/>") == body.count("<w:tr>")


def test_every_column_holds_its_longest_word():
    """Up to 16 letters keep their line: 16 × 92 + 130 = 1,602; Chinese words break anywhere."""
    table = word_table(
        ["Verdict", "Remark", "项目"],
        [["in conflict", "what the prospectuses print, " * 9, "可支撑月数"], ["x" * 40, "", ""]],
    )
    verdict, remark, item = (int(column.get(qn("w:w"))) for column in table.tblGrid.gridCol_lst)
    assert 1_602 <= verdict < remark
    assert remark >= 13 * 92 + 130  # “prospectuses,”
    assert item >= 2 * 92 + 130
    assert verdict + remark + item <= 9_400
    short = word_table(["A", "B"], [["a" * 10, "b" * 10]])
    assert [int(column.get(qn("w:w"))) for column in short.tblGrid.gridCol_lst] == [4_700, 4_700]


@pytest.mark.parametrize(("language", "font"), [("zh-Hans", "Microsoft YaHei"), ("zh-Hant", "Microsoft JhengHei")])
def test_chinese_letters_have_a_font_of_their_own(dataset, language, font):
    styles = parts(document(memo_of(dataset, spec_of("growth.growth-rates", language=language))))["word/styles.xml"]

    assert set(re.findall(r'w:eastAsia="(Microsoft [^"]*)"', styles)) == {font}
    normal = styles[styles.index('w:styleId="Normal"') :].split("</w:style>")[0]
    assert f'w:eastAsia="{font}"' in normal
    assert "eastAsiaTheme" not in normal


def test_links_lead_to_the_view(memo, xml):
    targets = re.findall(r'Target="(http://localhost[^"]*)" TargetMode="External"', xml["word/_rels/document.xml.rels"])

    assert {target.replace("&amp;", "&") for target in targets} == {item.link for item in memo.exhibits}


def test_hostile_words_stay_words(dataset):
    spec = spec_of("growth.growth-rates", title="A memo")
    item = spec.exhibits[0].model_copy(update={"note": "]]> <w:p/> &amp; \x07\u202e {{x}} $x$\nsecond line"})
    memo = memo_of(dataset, spec)
    object.__setattr__(memo.exhibits[0], "note", item.note)

    opened = docx.Document(io.BytesIO(document(memo)))
    lines = [paragraph.text for paragraph in opened.paragraphs]

    assert "]]> <w:p/> &amp; \\x07\\u202e {{x}} $x$" in lines
    assert "second line" in lines


def test_tall_pictures_fit_the_page(dataset):
    memo = memo_of(dataset, spec_of("reconciliation.rival-figures"))
    opened = docx.Document(io.BytesIO(document(memo)))

    (shape,) = opened.inline_shapes
    assert shape.height.cm <= 21.01
    assert opened.element.body.find(f".//{qn('w:drawing')}") is not None
