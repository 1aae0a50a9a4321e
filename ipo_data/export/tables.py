"""Claims and facts → CSV, JSON lines and terminal tables: exact digits, and nothing a spreadsheet or terminal runs.

Numbers are written with their decimal digits (``53440000``, never ``5e+07``), in base units, percent as printed; dates
as ISO text. A missing value is ``null`` in JSON and an empty cell in CSV.
"""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final

from ipo_data.dataset import Dataset, Fact
from ipo_data.errors import is_visible, shown
from ipo_data.intervals import Interval
from ipo_data.model.claim import Claim, base_value
from ipo_data.quantities import Quantity, as_day

Cell = str | int | float | Decimal | Sequence[str] | None
"""What a row may hold: a text, a number, a list of texts, or nothing."""

Row = Mapping[str, Cell]
"""Column → cell."""

CLAIM_COLUMNS: Final = (
    "id", "company", "metric", "period", "as_of", "dimension", "basis", "kind", "value", "unit", "low", "high", "bound",
    "source", "source_file", "locator",
)  # fmt: skip
FACT_COLUMNS: Final = (
    "id", "company", "metric", "period", "as_of", "dimension", "basis", "kind", "value", "unit", "low", "high", "bound",
    "status", "claim_ids", "flags",
)  # fmt: skip
CLAIM_TABLE: Final = ("claim", "figure", "locator", "flags", "seed line")
"""Columns of the terminal table of claims; the id says what a claim is about and which document makes it."""
FACT_TABLE: Final = ("fact", "figure", "status", "claims", "flags")
"""Columns of the terminal table of facts."""

WIDEST: Final = 400
"""Longest cell of a terminal table, in characters."""
_FORMULA_SIGNS: Final = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")  # spreadsheets run the full-width forms as well
_PLAIN_NUMBER: Final = re.compile(r"[+-]?[0-9][0-9,]*(\.[0-9]+)?%?")
_TWO_COLUMNS: Final = frozenset({"W", "F"})


# --- rows -----------------------------------------------------------------------------------------------------------


def claim_rows(dataset: Dataset, claims: Iterable[Claim]) -> list[Row]:
    """Return one row per claim with the columns ``CLAIM_COLUMNS``.

    Args:
        dataset: The evidence the claims belong to.
        claims: The claims, in the order of the rows.

    Returns:
        Rows; ``low`` and ``high`` enclose every value that would have been printed the same way and are ``None`` on a
        side that *at least* or *at most* leaves open.
    """
    return [_claim_row(claim, dataset.sources[claim.source].file) for claim in claims]


def fact_rows(facts: Iterable[Fact]) -> list[Row]:
    """Return one row per fact with the columns ``FACT_COLUMNS``.

    Returns:
        Rows; a fact in conflict has no headline, so ``value``, ``low``, ``high`` and ``bound`` are ``None``. The claim
        shown stands first in ``claim_ids``.
    """
    return [_fact_row(fact) for fact in facts]


def claim_table_rows(claims: Iterable[Claim]) -> list[Row]:
    """Return the rows of the terminal table of claims (columns ``CLAIM_TABLE``), figures as printed."""
    return [
        {
            "claim": claim.id, "figure": claim.says, "locator": claim.at, "flags": tuple(claim.flags),
            "seed line": claim.where,
        }
        for claim in claims
    ]  # fmt: skip


def fact_table_rows(facts: Iterable[Fact]) -> list[Row]:
    """Return the rows of the terminal table of facts (columns ``FACT_TABLE``); rival figures are joined by ``≠``."""
    return [
        {
            "fact": fact.id, "figure": _figure(fact), "status": str(fact.status), "claims": len(fact.claims),
            "flags": tuple(fact.flags),
        }
        for fact in facts
    ]  # fmt: skip


def _claim_row(claim: Claim, file: str | None) -> Row:
    return {
        "id": claim.id, "company": claim.company, "metric": claim.metric, "period": claim.period, "as_of": claim.as_of,
        "dimension": claim.dimension or None, "basis": str(claim.basis), "kind": str(claim.kind),
        **_value(claim.quantity), "source": claim.source, "source_file": file, "locator": claim.at,
    }  # fmt: skip


def _fact_row(fact: Fact) -> Row:
    claim = fact.subject
    return {
        "id": fact.id, "company": fact.company, "metric": fact.metric.id, "period": claim.period, "as_of": claim.as_of,
        "dimension": claim.dimension or None, "basis": str(claim.basis), "kind": str(claim.kind),
        **(_value(fact.shown.quantity) if fact.shown else _no_value(fact)), "status": str(fact.status),
        "claim_ids": tuple(c.id for c in fact.claims), "flags": tuple(fact.flags),
    }  # fmt: skip


def _value(quantity: Quantity) -> dict[str, Cell]:
    low, high = _bounds(quantity.rounding, is_date=quantity.day is not None)
    return {
        "value": base_value(quantity), "unit": quantity.unit.code, "low": low, "high": high,
        "bound": str(quantity.bound),
    }  # fmt: skip


def _no_value(fact: Fact) -> dict[str, Cell]:
    return {"value": None, "unit": fact.unit.code, "low": None, "high": None, "bound": None}


def _bounds(interval: Interval, *, is_date: bool) -> tuple[Cell, Cell]:
    if is_date:
        return as_day(interval.low).isoformat(), as_day(interval.high).isoformat()
    return (
        interval.low if interval.low.is_finite() else None,
        interval.high if interval.high.is_finite() else None,
    )


def _figure(fact: Fact) -> str:
    """Return the headline as printed, or every different figure of a fact in conflict."""
    if fact.shown is not None:
        return fact.shown.says
    return " ≠ ".join(dict.fromkeys(claim.says for claim in fact.claims))


# --- text -----------------------------------------------------------------------------------------------------------


def csv_text(rows: Iterable[Row], columns: Sequence[str]) -> str:
    """Return comma-separated text with a heading line; every cell is safe to open in a spreadsheet.

    Args:
        rows: The rows; each holds at least ``columns``.
        columns: Columns in order.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([safe_cell(column) for column in columns])
    writer.writerows([safe_cell(row[column]) for column in columns] for row in rows)
    return buffer.getvalue()


def jsonl_text(rows: Iterable[Row]) -> str:
    """Return one JSON object per line, with the rows' own columns in their order."""
    return "".join("{" + ", ".join(f"{_json(key)}: {_json(cell)}" for key, cell in row.items()) + "}\n" for row in rows)


def table_text(rows: Sequence[Row], columns: Sequence[str]) -> str:
    """Return a table for the terminal: aligned columns, hidden and control characters as visible escapes."""
    heading = tuple(columns)
    lines = [heading, *(tuple(_terminal_cell(row[column]) for column in columns) for row in rows)]
    widths = [max(_width(line[index]) for line in lines) for index in range(len(heading))]
    return "".join(_aligned(line, widths) + "\n" for line in lines)


def safe_cell(value: Cell) -> str:
    """Return a cell's text as a spreadsheet may open it: never a formula, never a hidden character.

    A text that begins like a formula gets an apostrophe before it; plain numbers such as ``-24.7%`` stay as they are.
    Lists are joined by a space; nothing is an empty cell.
    """
    text = _plain(value)
    first = text.lstrip(" '\"")[:1]
    if first in _FORMULA_SIGNS and not _PLAIN_NUMBER.fullmatch(text):
        return "'" + text
    return text


def digits(value: Decimal | float) -> str | None:
    """Return a number without exponent and without trailing zeros after the point; ``None`` if it is not finite."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if not exact.is_finite():
        return None
    text = f"{exact:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _plain(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, int | float | Decimal):
        return digits(value) or ""
    return _visible(value if isinstance(value, str) else " ".join(value))


def _visible(text: str) -> str:
    """Write characters that hide, reorder or break text as escapes."""
    return text if text.isprintable() else shown(text, most=len(text))


def _json(value: Cell) -> str:
    if value is None:
        return "null"
    if isinstance(value, int | float | Decimal):
        return digits(value) or "null"
    if isinstance(value, str):
        return _json_text(value)
    return f"[{', '.join(map(_json_text, value))}]"


def _json_text(text: str) -> str:
    written = json.dumps(text, ensure_ascii=False)
    return written if written.isprintable() else "".join(c if is_visible(c) else json.dumps(c)[1:-1] for c in written)


def _terminal_cell(value: Cell) -> str:
    return shown(_plain(value), most=WIDEST)


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [cell + " " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True)]
    return "  ".join(padded).rstrip()


def _width(text: str) -> int:
    """Return the columns a text takes in a terminal: Chinese characters take two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(1 + (unicodedata.east_asian_width(c) in _TWO_COLUMNS) for c in text if not unicodedata.combining(c))
