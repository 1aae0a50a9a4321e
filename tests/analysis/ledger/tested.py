"""Rows of the ledger for a few built claims."""

from decimal import Decimal
from typing import Any

from ipo_data.analysis.ledger import LedgerRow, ledger
from ipo_data.dataset import Dataset
from ipo_data.model.claim import Claim
from tests.builders import make_claim, make_dataset

LABELS = {"period": "9M2025"}


def over(metric: str, says: str, **changes: Any) -> Claim:
    """Return a claim on the first nine months of 2025 unless it is dated otherwise."""
    return make_claim(metric, says, **{**LABELS, **changes})


def on(metric: str, says: str, **changes: Any) -> Claim:
    """Return a claim on 30 September 2025 unless it is dated otherwise."""
    return make_claim(metric, says, **{"as_of": "2025-09-30", **changes})


def rows_of(rule: str, *claims: Claim, **options: Any) -> list[LedgerRow]:
    return rows_in(make_dataset(*claims, **options), rule)


def rows_in(dataset: Dataset, rule: str) -> list[LedgerRow]:
    return [row for row in ledger(dataset) if row.rule == rule]


def only(rule: str, *claims: Claim, **options: Any) -> LedgerRow:
    rows = rows_of(rule, *claims, **options)
    assert len(rows) == 1, [row.id for row in rows]
    return rows[0]


def worked_out(row: LedgerRow, digits: int = 3, per: int = 1) -> tuple[Decimal, str, str]:
    """Return value, formula and verdict of a row."""
    assert row.computed is not None
    return round(row.computed.value / per, digits), row.computed.text, str(row.verdict)
