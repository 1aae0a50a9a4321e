"""The figure code: ten characters that say which data a figure shows, and from which view.

The code is a hash of the data rows, the documents and the view's parameters, not of the drawing: it is the same in
every language and theme, after a new release of a drawing library, and whatever the order in which records were read.
"""

import json
from base64 import b32encode
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from typing import Final

from ipo_data.analysis.points import DataPoint
from ipo_data.dataset import Dataset
from ipo_data.exhibits.context import Context, restricted_to
from ipo_data.exhibits.model import Exhibit, View
from ipo_data.exhibits.registry import build, read_by
from ipo_data.exhibits.registry import page as page_of
from ipo_data.exhibits.view_query import query_of

LENGTH: Final = 10
"""Characters of a code; 50 bits, so that two figures of one product do not share one by chance."""
LETTERS: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
"""What a code is written with: base 32, without the digits that look like letters."""
_DIGITS: Final = 12
"""Significant digits of a number that count."""

Row = list[str | list[str]]
"""One line of what is hashed."""


def figure_code(exhibit: Exhibit, view: View, page: str, dataset: Dataset) -> str:
    """Return the code of an exhibit as shown in a view.

    Args:
        exhibit: The exhibit, in any language and theme.
        view: The view it was built for.
        page: Page it stands on.
        dataset: The whole data set.

    Returns:
        Ten characters of base 32; equal for equal data, documents and parameters.
    """
    content = {
        "exhibit": f"{page}/{exhibit.id}",
        "view": _parameters(read_by(view, page, exhibit.id), page, dataset),
        "rows": sorted(_rows(exhibit, view, page, dataset)),
        "claims": sorted([c.id, c.says, c.source] for c in map(dataset.claim_by_id.__getitem__, set(exhibit.claims))),
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return b32encode(sha256(text.encode("ascii")).digest()).decode("ascii")[:LENGTH]


def is_code(text: str) -> bool:
    """Tell whether a text may be a figure code."""
    return len(text) == LENGTH and set(text) <= LETTERS


def _parameters(view: View, page: str, dataset: Dataset) -> dict[str, str]:
    """Return what the view says beyond its defaults, without language and order."""
    neutral = replace(view, companies=tuple(sorted(view.companies)), without=tuple(sorted(view.without)))
    if set(view.companies) >= set(dataset.companies):
        neutral = replace(neutral, companies=())
    return {name: raw for name, raw in query_of(page, neutral, dataset).items() if name != "lang"}


def _rows(exhibit: Exhibit, view: View, page: str, dataset: Dataset) -> Iterable[Row]:
    """Return the data points, or for tables of words their cells in one language."""
    if exhibit.points:
        return [_row(point) for point in exhibit.points]
    english = replace(view, language="en", theme="light", narrow=False)
    if english != view:
        context = Context(restricted_to(dataset, english), english)
        exhibit = build(context, page_of(page), exhibit.id)
    return [[str(cell) for cell in row] for row in exhibit.table.itertuples(index=False)]


def _row(point: DataPoint) -> Row:
    return [
        point.company, point.measure, ";".join(f"{a}={m}" for a, m in sorted(point.dimensions.items())),
        str(point.when or ""), _number(point.value), point.unit, str(point.state), str(point.bound), point.reason,
        sorted(point.claims), str(point.rate or ""),
    ]  # fmt: skip


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value:.{_DIGITS - 1}e}"
