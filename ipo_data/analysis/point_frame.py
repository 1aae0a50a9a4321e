"""Data points → the frame that charts draw and exports save."""

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from ipo_data.analysis.points import DataPoint
from ipo_data.frames.columns import POINTS, conform
from ipo_data.frames.tables import as_float, span_columns
from ipo_data.periods import Instant, Period


def points_frame(
    points: Iterable[DataPoint], write: Callable[[DataPoint], str] | None = None,
    label: Callable[[DataPoint], str] | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Return one row per data point (columns ``POINTS``), in the given order.

    Args:
        points: The data points.
        write: Writes a point for the reader, for charts: on hover they show the digits that the table shows.
        label: Writes a point for a label beside its mark, with fewer digits.
    """
    rows = [_row(p, write(p) if write is not None else "", label(p) if label is not None else "") for p in points]
    return conform(rows, POINTS)


def _row(point: DataPoint, written: str, label: str) -> dict[str, Any]:
    interval = point.interval
    return {
        "company": point.company, "measure": point.measure,
        "dimension": ";".join(f"{axis}={member}" for axis, member in sorted(point.dimensions.items())),
        "period": when_label(point.when), **span_columns(point.when), "value": as_float(point.value),
        "low": as_float(interval.low if interval else None), "high": as_float(interval.high if interval else None),
        "unit": point.unit, "state": str(point.state), "bound": str(point.bound), "formula": point.formula,
        "reason": point.reason, "rate": point.rate, "flags": ";".join(point.flags),
        "claim_ids": " ".join(point.claims), "fact_ids": " ".join(point.facts),
        "written": written, "label": label,
    }  # fmt: skip


def when_label(when: Period | Instant | None) -> str:
    """Return the label of a period or date as written."""
    if isinstance(when, Period):
        return when.label
    return when.text if when else ""
