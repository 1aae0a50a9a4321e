"""An exhibit's numbers as CSV, its table to paste, and the sentence with its citation."""

import csv
import io
from dataclasses import replace

import pandas as pd
import pytest

from ipo_data.dataset import Dataset
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import View
from ipo_data.export.exhibit_table import (
    BYTE_ORDER_MARK,
    POINT_COLUMNS,
    exhibit_csv,
    sentence,
    table_for_pasting,
    workings,
)
from ipo_data.text.catalog import LANGUAGES
from tests.export.conftest import MakeExhibit


def rows_of(text: str) -> list[dict[str, str]]:
    assert text.startswith(BYTE_ORDER_MARK)
    return list(csv.DictReader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK))))


def test_points_come_with_exact_values_and_their_claims(dataset: Dataset, exhibit_of: MakeExhibit) -> None:
    rows = rows_of(exhibit_csv(exhibit_of("growth", "one-footing"), Context(dataset, View())))
    assert tuple(rows[0]) == POINT_COLUMNS
    per_month = next(row for row in rows if row["formula"] == "116.573 ÷ 6")
    # 116,573,000 / 6 = 19,428,833.333…, written with 15 digits
    assert (per_month["value"], per_month["unit"], per_month["status"]) == ("19428833.3333333", "USD", "derived")
    assert per_month["claims"] == "minimax.revenue.H1-2026@hkex-minimax-interim-2026"
    assert per_month["sources"] == "hkex-minimax-interim-2026"


def test_tables_of_words_come_with_their_cells(dataset: Dataset, exhibit_of: MakeExhibit) -> None:
    shown = exhibit_of("sources", "documents", View(language="zh-Hans"))
    rows = rows_of(exhibit_csv(shown, Context(dataset, View(language="zh-Hans"))))
    assert len(rows) == len(shown.table)
    assert list(rows[0]) == list(shown.table.columns)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "＝"])
def test_no_cell_starts_a_formula(dataset: Dataset, exhibit_of: MakeExhibit, start: str) -> None:
    table = pd.DataFrame([[f"{start}cmd|' /C calc'!A0", "-24.7%"]], columns=["=item", "figure"])
    shown = replace(exhibit_of("sources", "documents"), table=table)
    for text in (exhibit_csv(shown, Context(dataset, View())), table_for_pasting(shown)):
        assert "'=item" in text
        assert "-24.7%" in text
        lines = text.removeprefix(BYTE_ORDER_MARK).splitlines()
        assert lines[1].startswith(("'", "\"'", "\\t"))


def test_a_pasted_table_has_one_line_per_row(exhibit_of: MakeExhibit) -> None:
    shown = exhibit_of("growth", "one-footing")
    lines = table_for_pasting(shown).splitlines()
    assert len(lines) == len(shown.table) + 1
    assert {line.count("\t") for line in lines} == {len(shown.table.columns) - 1}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_names_every_document(dataset: Dataset, exhibit_of: MakeExhibit, language: str) -> None:
    view = View(language=language)
    context, shown = Context(dataset, view), exhibit_of("growth", "one-footing", view)
    text = sentence(shown, context, "ABCDE23456", "growth?lang=en")
    assert text.startswith(shown.title)
    assert "ABCDE23456" in text
    assert text.endswith("growth?lang=en")
    used = {dataset.claim_by_id[name].source for name in shown.claims}
    assert len(used) > 3  # the line under the chart names three
    assert all(context.source_name(source) in text for source in used)


@pytest.mark.parametrize(
    ("language", "revenue"), [("en", "US$116.573m"), ("zh-Hans", "1.16573亿美元"), ("zh-Hant", "1.16573億美元")]
)
def test_a_sentence_on_a_table_names_its_first_figures_with_their_documents(
    dataset: Dataset, exhibit_of: MakeExhibit, language: str, revenue: str
) -> None:
    view = View(language=language)
    context, shown = Context(dataset, view), exhibit_of("overview", "key-figures", view)
    text = sentence(shown, context, "ABCDE23456", "overview")
    before, _, after = text.partition(context.source_name("hkex-minimax-interim-2026"))
    assert before.startswith(shown.title)
    assert revenue in before
    second = dataset.claim_by_id[shown.points[1].claims[0]].source
    assert shown.points[1].company == "zhipu"
    assert context.source_name(second) in after.split("ABCDE23456")[0]


def test_a_recomputed_figure_is_not_laid_to_the_document_it_contradicts(
    dataset: Dataset, exhibit_of: MakeExhibit
) -> None:
    context, shown = Context(dataset, View()), exhibit_of("reconciliation", "ledger")
    assert "9.461%" not in sentence(shown, context, "ABCDE23456", "reconciliation")


def test_a_table_s_computed_figures_have_their_formulas(dataset: Dataset, exhibit_of: MakeExhibit) -> None:
    """Revenue of twelve months to June 2026: 79.038 (2025) + 116.573 (first half 2026) − 30.429 (first half 2025)."""
    context = Context(dataset, View())
    rows = workings(exhibit_of("overview", "key-figures"), context)
    assert list(rows.columns) == ["Company", "Item", "Period", "Figure", "Formula or reason"]
    assert "79.038 + 116.573 − 30.429" in set(rows["Formula or reason"])
    assert (rows["Formula or reason"] != "").all()
    assert workings(exhibit_of("growth", "one-footing"), context).empty  # its numbers have a column of formulas
    assert workings(exhibit_of("reconciliation", "ledger"), context).empty  # so has this table itself
