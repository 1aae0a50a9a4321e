"""Ledger and derived figures → rows for tables and JSON lines."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from ipo_data.analysis.ledger import LedgerRow, NarrativeRow
from ipo_data.analysis.points import DataPoint
from ipo_data.dataset import Dataset
from ipo_data.export.tables import Cell, Row
from ipo_data.intervals import Interval
from ipo_data.model.claim import base_value
from ipo_data.periods import Period
from ipo_data.text.catalog import words

LEDGER_COLUMNS: Final = (
    "id", "company", "rule", "stated", "low", "high", "computed_low", "computed_high", "verdict", "inputs",
    "explanation",
)  # fmt: skip
LEDGER_TABLE: Final = ("verdict", "claim", "stated", "computed", "test", "arithmetic")
DERIVED_COLUMNS: Final = (
    "measure", "company", "figure", "period", "dimension", "state", "value", "unit", "low", "high", "formula", "inputs",
    "reason",
)  # fmt: skip
DERIVED_TABLE: Final = ("company", "figure", "period", "value", "arithmetic")


def ledger_rows(dataset: Dataset, rows: Iterable[LedgerRow]) -> list[Row]:
    """Return one row per tested figure with the columns ``LEDGER_COLUMNS``; numbers in base units."""
    return [_ledger_row(dataset, row) for row in rows]


def _ledger_row(dataset: Dataset, row: LedgerRow) -> Row:
    stated = row.claim.quantity
    computed = row.computed
    return {
        "id": row.id, "company": row.claim.company, "rule": row.rule, "stated": base_value(stated),
        "low": _finite(stated.rounding.low), "high": _finite(stated.rounding.high),
        "computed_low": _finite(computed.interval.low) if computed else None,
        "computed_high": _finite(computed.interval.high) if computed else None,
        "verdict": str(row.verdict), "inputs": computed.facts if computed else (),
        "explanation": explanation(dataset, row),
    }  # fmt: skip


def explanation(dataset: Dataset, row: LedgerRow, language: str = "en") -> str | None:
    """Return why a figure differs from its recomputation: the judgement's reason or the rule's, or ``None``."""
    if row.reason is not None:
        return dataset.say(row.reason, language)
    return words(language)(row.explanation) if row.explanation else None


def narrative_rows(dataset: Dataset, rows: Iterable[NarrativeRow]) -> list[Row]:
    """Return one row per statement in words with the columns ``LEDGER_COLUMNS``.

    ``stated`` is the statement in short words; the computed bounds are those of the margin that decides, which is above
    zero if the statement holds.
    """
    found: list[Row] = []
    for row in rows:
        margin = row.decisive
        reason = dataset.say(row.reason, "en") if row.reason else None
        found.append({
            "id": row.id, "company": row.company, "rule": "narrative", "stated": row.statement.title.en,
            "low": None, "high": None, "computed_low": _low(margin.interval) if margin else None,
            "computed_high": _high(margin.interval) if margin else None, "verdict": str(row.verdict),
            "inputs": row.facts, "explanation": reason or (words("en")(row.explanation) if row.explanation else None),
        })  # fmt: skip
    return found


def narrative_table_rows(rows: Iterable[NarrativeRow]) -> list[Row]:
    """Return the rows of the terminal table of statements in words (columns ``LEDGER_TABLE``)."""
    return [
        {
            "verdict": str(row.verdict), "claim": row.id.removeprefix("narrative:"), "stated": row.statement.title.en,
            "computed": _short(row.decisive.value) if row.decisive else None, "test": words("en")("rule.narrative"),
            "arithmetic": "; ".join(margin.text for margin in row.margins) or None,
        }
        for row in rows
    ]  # fmt: skip


def ledger_table_rows(rows: Iterable[LedgerRow]) -> list[Row]:
    """Return the rows of the terminal table of the ledger (columns ``LEDGER_TABLE``)."""
    return [
        {
            "verdict": str(row.verdict), "claim": row.claim.id, "stated": row.claim.says,
            "computed": _short(row.computed.value) if row.computed else None,
            "test": words("en")(f"rule.{row.rule}"),
            "arithmetic": row.computed.text if row.computed else None,
        }
        for row in rows
    ]  # fmt: skip


def derived_rows(points: Iterable[tuple[str, DataPoint]]) -> list[Row]:
    """Return one row per derived figure with the columns ``DERIVED_COLUMNS``; values in base units."""
    return [
        {
            "measure": measure, "company": point.company, "figure": point.measure, "period": _when(point),
            "dimension": ";".join(f"{axis}={member}" for axis, member in sorted(point.dimensions.items())) or None,
            "state": str(point.state), "value": point.value, "unit": point.unit, "low": _low(point.interval),
            "high": _high(point.interval), "formula": point.formula or None, "inputs": point.facts,
            "reason": words("en")(point.reason) if point.reason else None,
        }
        for measure, point in points
    ]  # fmt: skip


def derived_table_rows(points: Iterable[tuple[str, DataPoint]]) -> list[Row]:
    """Return the rows of the terminal table of derived figures (columns ``DERIVED_TABLE``)."""
    return [
        {
            "company": point.company,
            "figure": " ".join([point.measure, *(f"{a}={m}" for a, m in sorted(point.dimensions.items()))]),
            "period": _when(point),
            "value": str(point.state) if point.value is None else f"{_short(point.value)} {point.unit}",
            "arithmetic": point.formula or None,
        }
        for _, point in points
    ]


def _when(point: DataPoint) -> str | None:
    if isinstance(point.when, Period):
        return point.when.label
    return point.when.text if point.when else None


def _finite(value: Decimal) -> Cell:
    return value if value.is_finite() else None


def _low(interval: Interval | None) -> Cell:
    return _finite(interval.low) if interval else None


def _high(interval: Interval | None) -> Cell:
    return _finite(interval.high) if interval else None


def _short(value: Decimal) -> str:
    """Write a value for the terminal: whole from ten thousand on, four significant digits below."""
    return f"{value:,.0f}" if abs(value) >= 10_000 else f"{value:.4g}"
