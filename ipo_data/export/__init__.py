"""Frames, figures and records → files and text that leave the product."""

from ipo_data.export.tables import (
    CLAIM_COLUMNS,
    CLAIM_TABLE,
    FACT_COLUMNS,
    FACT_TABLE,
    claim_rows,
    claim_table_rows,
    csv_text,
    fact_rows,
    fact_table_rows,
    jsonl_text,
    safe_cell,
    table_text,
)

__all__ = [
    "CLAIM_COLUMNS",
    "CLAIM_TABLE",
    "FACT_COLUMNS",
    "FACT_TABLE",
    "claim_rows",
    "claim_table_rows",
    "csv_text",
    "fact_rows",
    "fact_table_rows",
    "jsonl_text",
    "safe_cell",
    "table_text",
]
