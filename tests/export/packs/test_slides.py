import io
import re

import pytest
from pptx import Presentation
from pptx.util import Inches

from ipo_data.charts.bars import Row, row_bars
from ipo_data.export.packs.material import Memo, Picture
from ipo_data.export.packs.native_charts import Bar, native_form
from ipo_data.export.packs.slides import slides
from tests.charts.drawing import make_look
from tests.export.packs.conftest import memo_of, parts, spec_of


@pytest.fixture(scope="module")
def deck(memo: Memo):
    return Presentation(io.BytesIO(slides(memo)))


def words(slide) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def test_there_is_a_slide_per_exhibit_between_cover_and_lists(memo, deck):
    assert memo.spec.title in words(deck.slides[0])
    for item, slide in zip(memo.exhibits, list(deck.slides)[1:], strict=False):
        assert item.exhibit.title in words(slide)
        assert item.code in words(slide)
        assert item.exhibit.source_line in words(slide)
    assert "Sources" in words(deck.slides[len(deck.slides) - 1])


def test_speaker_notes_carry_link_notes_and_documents(memo, deck):
    notes = deck.slides[1].notes_slide.notes_text_frame.text

    assert memo.exhibits[0].link in notes
    assert all(note in notes for note in memo.footnotes(memo.exhibits[0]))


def test_bars_are_charts_that_can_be_edited(memo, deck):
    chart = next(shape for shape in deck.slides[3].shapes if shape.has_chart).chart
    exhibit = memo.exhibits[2].exhibit
    known = [float(p.value) for p in exhibit.points if p.value is not None]

    assert sorted(value for value in chart.plots[0].series[0].values if value is not None) == sorted(known)
    assert "MiniMax · FY2023 — not meaningful" in chart.plots[0].categories
    labels = [p.data_label.text_frame.text for p in chart.plots[0].series[0].points]
    assert "+158.9%" in labels


def test_lines_are_charts_whose_longest_series_stands_first(deck):
    chart = next(shape for shape in deck.slides[5].shapes if shape.has_chart).chart
    lengths = [len(list(series.values)) for series in chart.plots[0].series]

    assert lengths == sorted(lengths, reverse=True)
    assert {series.name for series in chart.plots[0].series} == {"MiniMax", "Zhipu"}


def test_figures_without_a_form_of_their_own_are_pictures_that_fit(deck):
    (picture,) = (shape for shape in deck.slides[1].shapes if shape.shape_type == 13)

    assert picture.width / picture.height == pytest.approx(68 / 40, rel=0.01)
    assert picture.top + picture.height <= Inches(6.5)


def test_a_chart_too_high_to_be_read_on_a_slide_is_a_table(dataset):
    memo = memo_of(dataset, spec_of("reconciliation.rival-figures"))
    tall = Picture(memo.exhibits[0].charts["strip"].png, (2_843, 1_109))
    object.__setattr__(memo.exhibits[0], "charts", {"strip": tall})

    deck = Presentation(io.BytesIO(slides(memo)))

    assert any(shape.has_table for shape in deck.slides[1].shapes)


def test_a_table_goes_on_over_further_slides_and_says_so(dataset):
    memo = memo_of(dataset, spec_of("offering.terms", "runway.runway-inputs", "sources.all-claims"))
    deck = Presentation(io.BytesIO(slides(memo)))

    def rows(title: str) -> int:
        tables = [shape for slide in deck.slides if title in words(slide) for shape in slide.shapes if shape.has_table]
        return sum(len(shape.table.rows) - 1 for shape in tables)

    for item in memo.exhibits[:2]:
        assert rows(item.exhibit.title) == len(item.exhibit.table)
    assert f"{memo.exhibits[1].exhibit.title} (2/" in "\n".join(map(words, deck.slides))
    left = len(memo.exhibits[2].exhibit.table) - rows(memo.exhibits[2].exhibit.title)
    assert left > 0
    assert f"{left} further rows are in the workbook." in "\n".join(map(words, deck.slides))


def test_a_note_keeps_what_its_writer_marked(dataset):
    memo = memo_of(dataset, spec_of("growth.growth-rates"))
    object.__setattr__(memo.exhibits[0], "note", "See **the plan**\n- [p. 3](https://x.hk/)")

    slide = Presentation(io.BytesIO(slides(memo))).slides[1]

    runs = [
        run for shape in slide.shapes if shape.has_text_frame for p in shape.text_frame.paragraphs for run in p.runs
    ]
    assert [run.font.bold for run in runs if run.text == "the plan"] == [True]
    assert [run.hyperlink.address for run in runs if run.text == "p. 3"] == ["https://x.hk/"]
    assert "• p. 3" in words(slide)
    assert "See the plan\n• p. 3" in slide.notes_slide.notes_text_frame.text


def test_without_pictures_their_tables_stand_there(dataset):
    deck = Presentation(io.BytesIO(slides(memo_of(dataset, spec_of("growth.revenue-spans"), pictures=False))))

    assert any(shape.has_table for shape in deck.slides[1].shapes)


@pytest.mark.parametrize(("language", "font"), [("zh-Hans", "Microsoft YaHei"), ("zh-Hant", "Microsoft JhengHei")])
def test_chinese_letters_have_a_font_of_their_own(dataset, language, font):
    spec = spec_of("growth.growth-rates", "overview.key-figures", language=language)
    found = parts(slides(memo_of(dataset, spec)))
    drawn = [text for name, text in found.items() if re.match(r"ppt/(slides|charts)/[a-z]+\d+\.xml", name)]

    assert all(f'<a:ea typeface="{font}"/>' in text for text in drawn)
    assert all(run.count("<a:ea ") == 1 for text in drawn for run in re.findall(r"<a:rPr.*?</a:rPr>", text))


def test_words_above_their_bars_become_categories():
    rows = [Row(f"{name} with words too long to stand beside a bar", name, 5.0, "5%") for name in ("minimax", "zhipu")]

    form = native_form(row_bars(rows, make_look()))

    assert [(bar.label, bar.text) for bar in form] == [(row.label, "5%") for row in rows]


def test_outlined_bars_are_open_and_words_have_no_bar():
    figure = row_bars(
        [Row("A", "minimax", 5.0, "5%", "derived"), Row("B", "zhipu", None, "n.a.", "not_available")], make_look()
    )

    first, second = native_form(figure)

    assert isinstance(first, Bar)
    assert (first.label, first.value, first.text, first.is_open) == ("A", 5.0, "5%", True)
    assert (second.label, second.value, second.text) == ("B", None, "n.a.")


def test_a_table_has_no_form():
    assert native_form(None) is None
