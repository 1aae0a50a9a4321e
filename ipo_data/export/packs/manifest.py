"""What a file of a memo carries about itself, so that every figure can be traced and compared with the records.

Per exhibit: figure code, page, link, the rows of data with their values, and the claims with what they print.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from ipo_data.analysis.points import DataPoint
from ipo_data.dataset import Dataset
from ipo_data.exhibits.model import Exhibit
from ipo_data.export.packs.material import Memo, MemoExhibit
from ipo_data.export.packs.spec import spec_text
from ipo_data.export.tables import digits
from ipo_data.periods import Period

FORMAT: Final = 1
"""Version of the layout below."""
MANIFEST_NAME: Final = "manifest.json"
"""Name of the manifest inside an archive."""
Manifest = Mapping[str, Any]


def manifest_of(memo: Memo) -> Manifest:
    """Return the manifest of a memo as plain data."""
    return {
        "format": FORMAT, "title": memo.spec.title, "language": memo.spec.language, "data": memo.dataset.digest,
        "spec": spec_text(memo.spec), "exhibits": [exhibit_entry(item, memo.dataset) for item in memo.exhibits],
    }  # fmt: skip


def exhibit_entry(item: MemoExhibit, dataset: Dataset) -> Manifest:
    """Return what the manifest says of one exhibit."""
    return {
        "number": item.number, "page": item.page, "exhibit": item.exhibit.id, "title": item.exhibit.title,
        "code": item.code, "link": item.link, "rows": rows_of(item.exhibit), "claims": claims_of(item.exhibit, dataset),
    }  # fmt: skip


def rows_of(exhibit: Exhibit) -> dict[str, list[str]]:
    """Return an exhibit's data by row: value, unit and state of every point, or the cells of a table without points."""
    if not exhibit.points:
        return {str(number): [str(c) for c in row] for number, row in enumerate(exhibit.table.itertuples(index=False))}
    rows: dict[str, list[str]] = {}
    for point in exhibit.points:
        name, count = _row_name(point), 1
        while name in rows:  # rival figures of one fact
            count += 1
            name = f"{_row_name(point)}#{count}"
        value = "" if point.value is None else digits(point.value) or ""
        rows[name] = [value, point.unit, str(point.state)]
    return rows


def _row_name(point: DataPoint) -> str:
    """Return what a data point is about, in codes."""
    when = point.when.label if isinstance(point.when, Period) else point.when.text if point.when else ""
    parts = [f"{axis}={member}" for axis, member in sorted(point.dimensions.items())]
    return ".".join(word for word in (point.company, point.measure, when, *parts) if word)


def claims_of(exhibit: Exhibit, dataset: Dataset) -> dict[str, str]:
    """Return the claims an exhibit draws on, each with its figure as printed and its place."""
    found = [dataset.claim_by_id[name] for name in exhibit.claims if name in dataset.claim_by_id]
    return {claim.id: f"{claim.says} @ {claim.at}" if claim.at else claim.says for claim in found}


def manifest_text(manifest: Manifest) -> str:
    """Return a manifest as JSON, the same text for the same manifest."""
    return json.dumps(manifest, ensure_ascii=False, separators=(",", ":"))
