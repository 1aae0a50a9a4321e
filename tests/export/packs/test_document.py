import io
import re

import docx
import pytest
from docx.oxml.ns import qn

from ipo_data.export.packs.document import MOST_ROWS, document
from ipo_data.export.packs.material import Memo
from ipo_data.export.packs.word_table import TWIPS, word_table
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

    written = {note for item in memo.exhibits for note in item.exhibit.notes}
    assert references == notes == [str(n + 1) for n in range(len(written))]
    assert "Converted at 7.7805 HK$ per US$" in text_of(xml["word/footnotes.xml"])
    assert (
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"'
        in (xml["word/_rels/document.xml.rels"])
    )


def test_every_note_stands_in_the_document_once(memo, xml):
    """A note of several exhibits is one footnote; further exhibits refer to it by a field that follows its number."""
    body, notes = text_of(xml["word/document.xml"]), text_of(xml["word/footnotes.xml"])
    given = [note for item in memo.exhibits for note in item.exhibit.notes]
    escaped = [note.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for note in dict.fromkeys(given)]

    assert [note for note in escaped if (body + notes).count(note) != 1] == []
    again = re.findall(r'w:instr=" NOTEREF (_RefNote\d+) \\f \\h "', xml["word/document.xml"])
    assert len(again) == len(given) - len(set(given)) > 0
    assert set(again) <= set(
        re.findall(r'<w:bookmarkStart w:id="\d+" w:name="(_RefNote\d+)"', xml["word/document.xml"])
    )


def test_below_an_exhibit_stand_documents_settings_and_code(memo, xml):
    words = text_of(xml["word/document.xml"])
    scenarios = next(item for item in memo.exhibits if item.exhibit.id == "runway-scenarios")

    assert f"Scenario: Base · figure code {scenarios.code}" in words
    assert "Source: " in memo.caption(scenarios)
    assert "Burn, % of stated: 150" in words


def test_a_note_keeps_what_its_writer_marked(dataset):
    memo = memo_of(dataset, spec_of("growth.growth-rates"))
    note = "See **the plan** and [p. 3](https://x.hk/a?b=1&c=2):\n- *one*\n2. two"
    object.__setattr__(memo.exhibits[0], "note", note)

    found = parts(document(memo))
    body = found["word/document.xml"]
    opened = docx.Document(io.BytesIO(document(memo)))

    assert re.search(r"<w:rPr><w:b/></w:rPr><w:t[^>]*>the plan</w:t>", body)
    assert re.search(r"<w:rPr><w:i/></w:rPr><w:t[^>]*>one</w:t>", body)
    assert 'Target="https://x.hk/a?b=1&amp;c=2"' in found["word/_rels/document.xml.rels"]
    lines = [paragraph.text for paragraph in opened.paragraphs]
    assert {"See the plan and p. 3:", "•\tone", "2.\ttwo"} <= set(lines)


def test_wide_tables_stand_on_pages_laid_on_their_side(memo):
    opened = docx.Document(io.BytesIO(document(memo)))

    upright = [section.page_width < section.page_height for section in opened.sections]
    assert upright == [True, False, True]  # the ledger with its eight columns is the last exhibit
    assert len(opened.tables[-2].columns) == 8


def test_what_ties_exactly_is_counted_and_not_printed(memo, xml):
    body = text_of(xml["word/document.xml"])
    exact = sum(row.verdict == "exact" for row in memo.tie_outs)

    assert exact > 50
    assert f"Not printed: exact {exact}" in body
    assert 'w:gridSpan w:val="4"' in xml["word/document.xml"]


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
    """“prospectuses,” has 13 letters of 104 twentieths of a point each, and 120 at the edges."""
    table = word_table(
        ["Verdict", "Remark", "项目"],
        [["in conflict", "what the prospectuses print, " * 9, "可支撑月数"], "within rounding", ["x" * 40, "", ""]],
    )
    verdict, remark, item = (int(column.get(qn("w:w"))) for column in table.tblGrid.gridCol_lst)
    assert verdict >= 24 * 104 + 120  # the longest that is kept whole where there is room
    assert remark >= 13 * 104 + 120
    assert item >= 2 * 104 + 120
    assert verdict + remark + item <= TWIPS
    short = word_table(["A", "B"], [["a" * 10, "b" * 10]])
    assert [int(column.get(qn("w:w"))) for column in short.tblGrid.gridCol_lst] == [4_819, 4_819]


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
