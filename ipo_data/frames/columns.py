"""The column dictionary: what each frame's columns are called, their type and meaning."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

Columns = Mapping[str, tuple[str, str]]
"""Column name → (pandas dtype, meaning)."""

_TEXT: Final = "str"
_NUMBER: Final = "float64"
_DAY: Final = "datetime64[us]"

CLAIMS: Final[Columns] = {
    "id": (_TEXT, "claim id"),
    "company": (_TEXT, "company id"),
    "metric": (_TEXT, "metric id"),
    "family": (_TEXT, "topic"),
    "period": (_TEXT, "period label as written, empty for balances"),
    "as_of": (_TEXT, "date as written, empty for flows"),
    "start": (_DAY, "first day"),
    "end": (_DAY, "last day"),
    "dimension": (_TEXT, "axis=member, joined by ;"),
    "basis": (_TEXT, "accounting definition"),
    "kind": (_TEXT, "actual, forecast or target"),
    "value": (_NUMBER, "base units; percent as printed; dates as ordinal days"),
    "unit": (_TEXT, "unit code"),
    "low": (_NUMBER, "lowest value the digits allow"),
    "high": (_NUMBER, "highest value the digits allow"),
    "bound": (_TEXT, "hedge"),
    "says": (_TEXT, "printed notation"),
    "source": (_TEXT, "document id"),
    "source_file": (_TEXT, "file name of the article"),
    "locator": (_TEXT, "place and printed figure"),
    "attributed_to": (_TEXT, "whom the document credits"),
    "flags": (_TEXT, "reader's flags, joined by ;"),
    "where": (_TEXT, "seed file and line"),
}
FACTS: Final[Columns] = {
    "id": (_TEXT, "fact id"),
    "company": (_TEXT, "company id"),
    "metric": (_TEXT, "metric id"),
    "family": (_TEXT, "topic"),
    "period": (_TEXT, "period label"),
    "as_of": (_TEXT, "date"),
    "start": (_DAY, "first day"),
    "end": (_DAY, "last day"),
    "months": (_NUMBER, "length of the period in months"),
    "dimension": (_TEXT, "axis=member, joined by ;"),
    "basis": (_TEXT, "accounting definition"),
    "kind": (_TEXT, "actual, forecast or target"),
    "value": (_NUMBER, "headline in base units; missing if in conflict"),
    "unit": (_TEXT, "unit code"),
    "low": (_NUMBER, "lowest value the headline allows"),
    "high": (_NUMBER, "highest value the headline allows"),
    "bound": (_TEXT, "hedge of the headline"),
    "status": (_TEXT, "single, corroborated, preferred, judged or conflicting"),
    "claims": (_NUMBER, "number of claims"),
    "claim_ids": (_TEXT, "claims, the shown one first, joined by a space"),
    "flags": (_TEXT, "reader's flags, joined by ;"),
}
SOURCES: Final[Columns] = {
    "id": (_TEXT, "document id"),
    "title": (_TEXT, "title"),
    "publisher": (_TEXT, "publisher"),
    "published": (_TEXT, "date of publication"),
    "kind": (_TEXT, "kind of document"),
    "reading": (_TEXT, "how its figures were read"),
    "claims": (_NUMBER, "number of claims"),
    "url": (_TEXT, "address"),
}
POINTS: Final[Columns] = {
    "company": (_TEXT, "company id"),
    "measure": (_TEXT, "metric or derived measure"),
    "dimension": (_TEXT, "axis=member, joined by ;"),
    "period": (_TEXT, "period label or date"),
    "start": (_DAY, "first day"),
    "end": (_DAY, "last day"),
    "months": (_NUMBER, "length in months; missing for dates"),
    "value": (_NUMBER, "base units; percent as printed"),
    "low": (_NUMBER, "lowest value the digits allow"),
    "high": (_NUMBER, "highest value the digits allow"),
    "unit": (_TEXT, "unit code"),
    "state": (_TEXT, "reported, derived, forecast, scenario, conflict, judged or an empty state"),
    "bound": (_TEXT, "hedge"),
    "formula": (_TEXT, "arithmetic with the numbers"),
    "reason": (_TEXT, "why there is no value"),
    "rate": (_TEXT, "exchange rate id"),
    "flags": (_TEXT, "reader's flags"),
    "claim_ids": (_TEXT, "claims, joined by a space"),
    "fact_ids": (_TEXT, "facts, joined by a space"),
    "written": (_TEXT, "the figure as the reader's table writes it, where the frame is for a chart"),
    "label": (_TEXT, "the figure as labels of a chart write it: at most four digits"),
}


def conform(rows: list[dict[str, Any]], columns: Columns) -> pd.DataFrame:
    """Return a frame with exactly these columns and dtypes, also when there are no rows.

    Args:
        rows: One mapping per row; every column must be present.
        columns: The column dictionary.

    Raises:
        KeyError: If a row lacks a column.
    """
    data = {name: pd.Series([row[name] for row in rows], dtype=dtype) for name, (dtype, _) in columns.items()}
    return pd.DataFrame(data, columns=list(columns))
