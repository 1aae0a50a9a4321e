"""A second reader went through the articles without seeing the records: every figure found is there, and no other.

``second_reading.csv`` holds what the second reader found. Where the two readings differ, the difference and the reason
why the record stands stand below; an entry that no longer differs fails, so the lists stay honest.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from ipo_data.dataset import Dataset
from ipo_data.model.claim import Claim
from ipo_data.periods import Instant
from ipo_data.units import Unit, UnitKind

PEOPLE = {"persons", "creators", "developers"}
"""People counted by what they do: the second reader calls all of them persons."""

NOT_CLAIMS = {
    ("000", 1, "2025年12月24日"): "the date of the piece, kept with the source",
    ("001", 28, "不到兩年"): "the time between the two dates of the 15-fold growth, kept as its period",
    ("001", 49, "三年"): "years since the launch of a rival's product: a label of time",
    ("002", 3, "2026-01-09"): "the date of the piece, kept with the source",
    ("003", 25, "约三年"): "the 37 months of the same sentence in other words",
    ("004", 2, "2026年初"): "when the listings drew attention: a label of time",
    ("004", 4, "连续两天"): "follows from the two listing dates",
    ("004", 12, "2025年集中爆发"): "when technology was released in general: a label of time",
    ("004", 19, "2024年后"): "when capital began to flow in general: a label of time",
}
"""Figures of the second reading that are deliberately no claims."""

ELSEWHERE = {
    ("001", 41, "174.7%"): "printed twice; the claim cites ¶9",
    ("002", 41, "大模型公司最大规模IPO"): "a title that is cut off: no rank is recorded for 'largest'",
    ("004", 1, "千亿市值"): "the title; the claim cites ¶3",
    ("004", 16, "5740万元"): "printed twice; the claim cites ¶9",
    ("004", 16, "1.245亿元"): "printed twice; the claim cites ¶9",
    ("004", 16, "3.124亿元"): "printed twice; the claim cites ¶9",
    ("004", 16, "高达130%"): "printed twice; the claim cites ¶9",
}
"""Figures that are printed more than once and cited once."""

SETTLED_HEDGES = {
    ("000", 1, "即躋身全球前五"): "among the first five is a bound, not the fifth rank",
    ("003", 27, "七轮融资"): "或进行了: 'may have', recorded as about",
    ("003", 27, "42.402 亿美元"): "或达: 'may reach', recorded as about",
    ("003", 27, "243.77 亿元人民币"): "或为: 'may be', recorded as about",
    ("003", 28, "3.08%"): "或持有: 'may hold', recorded as about",
    ("003", 28, "2.84%"): "或持有: 'may hold', recorded as about",
    ("004", 1, "千亿市值"): "the title drops the 突破 (exceeds) of ¶3",
}
"""Where the readers disagree about a hedge, and why the record stands."""

SETTLED_UNITS = {
    ("004", 17, "的0,增长至"): "no currency is printed with the 0; the sentence goes on in US dollars",
}
"""Where the readers disagree about a unit."""


@dataclass(frozen=True)
class Row:
    """One figure of the second reading."""

    article: str
    paragraph: int
    printed: str
    value: Decimal
    unit: str
    hedge: str
    company: str

    @property
    def key(self) -> tuple[str, int, str]:
        return self.article, self.paragraph, self.printed

    def has_unit(self, unit: Unit) -> bool:
        if self.key in SETTLED_UNITS:
            return unit.is_money
        if self.unit == "count":
            return unit.kind in (UnitKind.COUNT, UnitKind.RANK)
        return unit.code in PEOPLE if self.unit == "persons" else unit.code == self.unit


def read_rows() -> Iterator[Row]:
    with Path(__file__).with_name("second_reading.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            value = Instant.parse(row["value"]).first.toordinal() if row["unit"] == "date" else row["value"]
            yield Row(
                row["article"], int(row["paragraph"]), row["printed"], abs(Decimal(value)), row["unit"], row["hedge"],
                row["company"],
            )  # fmt: skip


ROWS = list(read_rows())


@pytest.fixture(scope="module")
def claims(dataset: Dataset) -> dict[str, list[Claim]]:
    """Return the claims of each article by its number, the first three digits of its file name."""
    found: dict[str, list[Claim]] = {}
    for claim in dataset.claims:
        file = dataset.sources[claim.source].file
        if file:
            found.setdefault(file[:3], []).append(claim)
    return found


def matches(row: Row, claims: dict[str, list[Claim]]) -> list[Claim]:
    """Return the claims of the article with the row's value and unit, those of its paragraph if there are any."""
    quantities = [(claim, claim.quantity) for claim in claims[row.article]]
    equal = [
        claim for claim, quantity in quantities if abs(quantity.value) == row.value and row.has_unit(quantity.unit)
    ]
    here = [claim for claim in equal if claim.locator and claim.locator.paragraph == row.paragraph]
    return here or equal


def test_the_second_reading_covers_five_articles():
    assert len(ROWS) == 207
    assert sorted({row.article for row in ROWS}) == ["000", "001", "002", "003", "004"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.article}¶{row.paragraph} {row.printed}")
def test_figure_of_the_second_reading_is_a_claim(row, claims):
    found = matches(row, claims)
    if row.key in NOT_CLAIMS:
        assert found == [], "now a claim: take it off the list"
        return
    assert found
    here = any(claim.locator.paragraph == row.paragraph for claim in found)
    assert here is (row.key not in ELSEWHERE)
    agreed = any(claim.quantity.bound == row.hedge for claim in found)
    assert agreed is (row.key not in SETTLED_HEDGES)
    assert row.company == "other" or any(claim.company == row.company for claim in found)


def test_every_claim_was_found_by_the_second_reader(claims):
    read = {(row.article, row.paragraph, row.value) for row in ROWS}
    unread = [
        claim.id
        for article, found in claims.items()
        for claim in found
        if (article, claim.locator.paragraph, abs(claim.quantity.value)) not in read
    ]
    assert unread == []


@pytest.mark.parametrize("settled", [NOT_CLAIMS, ELSEWHERE, SETTLED_HEDGES, SETTLED_UNITS])
def test_settled_differences_name_rows_and_give_reasons(settled):
    assert set(settled) <= {row.key for row in ROWS}
    assert all(len(reason) > 10 for reason in settled.values())
