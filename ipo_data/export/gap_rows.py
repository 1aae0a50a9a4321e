"""Comparability gaps → rows for tables and JSON lines."""

from collections.abc import Iterable
from typing import Final

from ipo_data.analysis.gaps import Gap, breakdown
from ipo_data.dataset import Dataset
from ipo_data.export.tables import Row

GAP_COLUMNS: Final = (
    "company", "metric", "dimension", "basis", "lack", "wanted", "has", "others", "unlocks", "unlocks_with_others",
    "reason",
)  # fmt: skip
GAP_TABLE: Final = ("company", "missing", "lack", "others_have", "instead", "unlocks")


def gap_rows(dataset: Dataset, found: Iterable[Gap]) -> list[Row]:
    """Return one row per gap with the columns ``GAP_COLUMNS``."""
    return [
        {
            "company": gap.company, "metric": gap.metric,
            "dimension": breakdown(gap.dimensions) if gap.dimensions else None, "basis": gap.basis,
            "lack": str(gap.lack), "wanted": gap.wanted, "has": gap.has, "others": gap.others,
            "unlocks": tuple(unlock.measure for unlock in gap.unlocks if unlock.alone),
            "unlocks_with_others": tuple(unlock.measure for unlock in gap.unlocks if not unlock.alone),
            "reason": dataset.say(gap.reason, "en") if gap.reason else None,
        }
        for gap in found
    ]  # fmt: skip


def gap_table_rows(found: Iterable[Gap]) -> list[Row]:
    """Return the rows of the terminal table of gaps (columns ``GAP_TABLE``)."""
    return [
        {
            "company": gap.company,
            "missing": " ".join([gap.metric, *([breakdown(gap.dimensions)] if gap.dimensions else [])]),
            "lack": str(gap.lack), "others_have": _short(gap.wanted), "instead": _short(gap.has),
            "unlocks": _short([u.measure + ("" if u.alone else "*") for u in gap.unlocks]),
        }
        for gap in found
    ]  # fmt: skip


def _short(items: Iterable[str]) -> str | None:
    named = list(items)
    rest = f" +{len(named) - 3}" if len(named) > 3 else ""
    return " ".join(named[:3]) + rest if named else None
