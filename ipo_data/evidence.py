"""Which documents count as evidence: by kind, by what was known on a day, and with documents left out."""

from collections.abc import Callable, Collection
from typing import Final

from ipo_data.errors import UnknownNameError
from ipo_data.model.source import Source
from ipo_data.periods import Instant

KINDS: Final = ("all", "filings", "articles")
"""All documents · filings, announcements and results · the five articles."""


def admits(kind: str = "all", known_by: str = "", without: Collection[str] = ()) -> Callable[[Source], bool]:
    """Return the test that says whether a document counts.

    Args:
        kind: One of ``KINDS``.
        known_by: ISO date; documents published later do not count, nor those whose day of publication may be later.
        without: Ids of documents left out.

    Raises:
        UnknownNameError: If the kind is none of ``KINDS``.
        PeriodError: If the date is not one.
    """
    if kind not in KINDS:
        raise UnknownNameError("evidence", kind, KINDS)
    last = Instant.parse(known_by).last if known_by else None
    left_out = frozenset(without)

    def test(source: Source) -> bool:
        if kind == "filings" and not source.kind.is_primary:
            return False
        if kind == "articles" and source.collection != "articles":
            return False
        return (last is None or source.published_on.last <= last) and source.id not in left_out

    return test
