"""Rows of a points frame with their types, for charts that draw row by row."""

from collections.abc import Iterable
from typing import Protocol, cast

import pandas as pd


class PointRow(Protocol):
    """One row of a frame with the columns ``POINTS``; empty numbers are NaN, empty days NaT."""

    company: str
    measure: str
    dimension: str
    period: str
    start: pd.Timestamp
    end: pd.Timestamp
    months: float
    value: float
    low: float
    high: float
    unit: str
    state: str
    bound: str
    formula: str
    reason: str
    rate: str
    flags: str
    claim_ids: str
    fact_ids: str
    written: str
    label: str


def point_rows(frame: pd.DataFrame) -> list[PointRow]:
    """Return the rows of a frame with the columns ``POINTS``, in its order."""
    return list(cast("Iterable[PointRow]", frame.itertuples(index=False)))
