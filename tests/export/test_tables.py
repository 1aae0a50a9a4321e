import csv
import io
import json
from collections.abc import Sequence
from decimal import Decimal

import pytest

from ipo_data.dataset import Dataset
from ipo_data.export.tables import (
    CLAIM_COLUMNS,
    FACT_COLUMNS,
    WIDEST,
    Cell,
    claim_rows,
    claim_table_rows,
    csv_text,
    digits,
    fact_rows,
    fact_table_rows,
    jsonl_text,
    safe_cell,
    table_text,
)
from tests.builders import make_claim, make_dataset, make_judgement, make_source


@pytest.fixture
def rival_figures() -> Dataset:
    """Two documents that disagree, one that hedges and one that prints a date."""
    return make_dataset(
        make_claim("subscription_multiple", "37x", source="netease", tranche="international", at="¶5 37倍"),
        make_claim("subscription_multiple", "79x", source="newexpress", tranche="international", flags=["suspect"]),
        make_claim("cumulative_users", ">2.12亿 persons", source="netease", as_of="2025-09-30"),
        make_claim("listed", "2026-01", source="netease"),
        sources=[make_source("netease", file="001.txt")],
    )


# --- numbers --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("53440000.00"), "53440000"),
        (Decimal("5E+7"), "50000000"),
        (Decimal("1E-7"), "0.0000001"),
        (Decimal("-24.70"), "-24.7"),
        (Decimal(130), "130"),
        (Decimal("-0.00"), "0"),
        (Decimal("123456789012345678901234567890.12"), "123456789012345678901234567890.12"),
        (1e22, "10000000000000000000000"),
        (0.1, "0.1"),
        (12, "12"),
    ],
)
def test_digits_are_written_out(value: Decimal | float, expected: str) -> None:
    assert digits(value) == expected


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), float("-inf")])
def test_digits_of_no_number_are_none(value: Decimal | float) -> None:
    assert digits(value) is None


# --- cells ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "＝1+1", "＋1+1", "－2+3", "＠x", " =1", '"=1', "'=1", "-1-1",
        "--1",
    ],
)  # fmt: skip
def test_safe_cell_disarms_what_begins_like_a_formula(text: str) -> None:
    assert safe_cell(text) == "'" + text


@pytest.mark.parametrize("text", ["-24.7%", "+3", "-1,234.5", "37x", "¶5 37倍", "a=b", "segment=c_end", "", "−5"])
def test_safe_cell_leaves_plain_text_and_numbers_alone(text: str) -> None:
    assert safe_cell(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\t=1", "\\t=1"),
        ("\r\n=1", "\\r\\n=1"),
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("a\u202eb", "a\\u202eb"),
        ("a\u200bb", "a\\u200bb"),
        ("a\x00b", "a\\x00b"),
        ("a\ud800b", "a\\ud800b"),
    ],
)
def test_safe_cell_shows_what_hides(text: str, expected: str) -> None:
    assert safe_cell(text) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""), (Decimal("-5.50"), "-5.5"), (3, "3"), (float("nan"), ""), (("a", "b"), "a b"), ((), ""),
        (["=1"], "'=1"),
    ],
)  # fmt: skip
def test_safe_cell_writes_every_kind(value: Cell, expected: str) -> None:
    assert safe_cell(value) == expected


# --- formats --------------------------------------------------------------------------------------------------------


def test_csv_quotes_separators_and_reads_back() -> None:
    text = csv_text(
        [{"a": 'x,"y"', "b": Decimal("1.0"), "c": None}, {"a": "=1", "b": 2, "c": ("p", "q")}], ["a", "b", "c"]
    )

    assert text == 'a,b,c\n"x,""y""",1,\n\'=1,2,p q\n'
    assert list(csv.reader(io.StringIO(text)))[1] == ['x,"y"', "1", ""]


def test_csv_without_rows_keeps_its_heading() -> None:
    assert csv_text([], ["id", "value"]) == "id,value\n"


def test_jsonl_keeps_text_and_escapes_only_what_hides() -> None:
    text = jsonl_text(
        [{"a": '¶5 "37倍"', "b": "x\u202ey\x9b\n\U000e0001", "c": None, "d": ["p", "q"], "e": Decimal("5E+7")}]
    )

    assert text == (
        '{"a": "¶5 \\"37倍\\"", "b": "x\\u202ey\\u009b\\n\\udb40\\udc01", "c": null, "d": ["p", "q"], "e": 50000000}\n'
    )
    assert json.loads(text)["b"] == "x\u202ey\x9b\n\U000e0001"


def test_jsonl_writes_no_number_that_is_none() -> None:
    assert jsonl_text([{"a": float("inf"), "b": Decimal("NaN")}]) == '{"a": null, "b": null}\n'


def test_table_aligns_columns_with_chinese_text() -> None:
    text = table_text([{"name": "智谱", "figure": "37x"}, {"name": "MiniMax", "figure": None}], ["name", "figure"])

    assert text == "name     figure\n智谱     37x\nMiniMax\n"


def test_table_carries_no_control_characters() -> None:
    text = table_text([{"name": "a\x1b[2J\r\n\u202e\x07b\ud800"}], ["name"])

    assert text == "name\na\\x1b[2J\\r\\n\\u202e\\x07b\\ud800\n"


def test_table_cuts_what_would_flood_the_screen() -> None:
    text = table_text([{"name": "x" * (WIDEST + 50)}], ["name"])

    assert text.splitlines()[1] == "x" * WIDEST + "…"


# --- rows -----------------------------------------------------------------------------------------------------------


def test_claim_rows_hold_exactly_the_columns_in_order(rival_figures: Dataset) -> None:
    rows = claim_rows(rival_figures, rival_figures.claims)

    assert [tuple(row) for row in rows] == [CLAIM_COLUMNS] * 4


def test_claim_row_of_an_open_figure_has_no_upper_bound(rival_figures: Dataset) -> None:
    row = _only(claim_rows(rival_figures, rival_figures.claims), metric="cumulative_users")

    assert row == {
        "id": "minimax.cumulative_users.2025-09-30@netease", "company": "minimax", "metric": "cumulative_users",
        "period": None, "as_of": "2025-09-30", "dimension": None, "basis": "reported", "kind": "actual",
        "value": Decimal(212_000_000), "unit": "persons", "low": Decimal(212_000_000), "high": None,
        "bound": "at_least", "source": "netease", "source_file": "001.txt", "locator": None,
    }  # fmt: skip


def test_claim_row_of_a_date_is_iso_text_with_the_days_it_may_mean(rival_figures: Dataset) -> None:
    row = _only(claim_rows(rival_figures, rival_figures.claims), metric="listed")

    assert (row["value"], row["low"], row["high"]) == ("2026-01", "2026-01-01", "2026-01-31")


def test_claim_row_of_a_document_without_file_says_so(rival_figures: Dataset) -> None:
    row = _only(claim_rows(rival_figures, rival_figures.claims), source="newexpress")

    assert row["source_file"] is None
    assert row["dimension"] == "tranche=international"


def test_fact_row_in_conflict_has_no_value(rival_figures: Dataset) -> None:
    row = _only(fact_rows(rival_figures.facts), metric="subscription_multiple")

    assert tuple(row) == FACT_COLUMNS
    assert row["status"] == "conflicting"
    assert [row[name] for name in ("value", "low", "high", "bound", "unit")] == [None, None, None, None, "x"]
    assert row["claim_ids"] == (
        "minimax.subscription_multiple.tranche=international@netease",
        "minimax.subscription_multiple.tranche=international@newexpress",
    )
    assert row["flags"] == ("suspect",)


def test_fact_row_of_a_judged_fact_shows_the_preferred_claim_first() -> None:
    decided = make_dataset(
        make_claim(says="53.44m USD", source="acn"), make_claim(says="53.8m USD", source="finet"),
        judgements=[make_judgement(prefer="finet")],
    )  # fmt: skip

    row = fact_rows(decided.facts)[0]

    assert (row["status"], row["value"]) == ("judged", Decimal(53_800_000))
    assert row["claim_ids"] == ("minimax.revenue.9M2025@finet", "minimax.revenue.9M2025@acn")


def test_table_rows_show_figures_as_printed(rival_figures: Dataset) -> None:
    claims = claim_table_rows(rival_figures.claims)
    facts = fact_table_rows(rival_figures.facts)

    assert [row["figure"] for row in claims] == [">2.12亿 persons", "2026-01", "37x", "79x"]
    assert [row["figure"] for row in facts] == [">2.12亿 persons", "2026-01", "37x ≠ 79x"]


def test_rows_of_nothing_are_empty(rival_figures: Dataset) -> None:
    assert claim_rows(rival_figures, []) == []
    assert fact_rows([]) == []


def test_every_real_claim_survives_csv_and_json(dataset: Dataset) -> None:
    rows = claim_rows(dataset, dataset.claims)

    parsed = [json.loads(line, parse_float=Decimal) for line in jsonl_text(rows).splitlines()]
    cells = list(csv.DictReader(io.StringIO(csv_text(rows, CLAIM_COLUMNS))))

    assert [row["value"] for row in parsed] == [row["value"] for row in rows]
    assert [row["locator"] for row in parsed] == [row["locator"] for row in rows]
    assert [row["id"] for row in cells] == [row["id"] for row in rows]


def _only(rows: Sequence[object], **wanted: str) -> dict[str, Cell]:
    found = [dict(row) for row in rows if all(row[name] == value for name, value in wanted.items())]  # type: ignore[index, call-overload]
    assert len(found) == 1
    return found[0]
