"""Which documents count as evidence: by kind, by what was known on a day, and with documents left out."""

from collections.abc import Callable, Collection
from datetime import date
from typing import Final

from ipo_data.errors import UnknownNameError
from ipo_data.model.claim import Claim
from ipo_data.model.source import Source
from ipo_data.periods import Instant

KINDS: Final = ("all", "filings", "articles")
"""All documents · filings, announcements and results · the five articles."""


def last_day(known_by: str) -> date | None:
    """Return the last day on which figures of running records were known; ``None`` for no limit."""
    return Instant.parse(known_by).last if known_by else None


def admits(kind: str = "all", known_by: str = "", without: Collection[str] = ()) -> Callable[[Source], bool]:
    """Return the test that says whether a document counts.

    Args:
        kind: One of ``KINDS``.
        known_by: ISO date; documents published later do not count, nor those whose day of publication may be later.
            Of a running record the part up to that day counts, which :func:`last_day` says.
        without: Ids of documents left out.

    Raises:
        UnknownNameError: If the kind is none of ``KINDS``.
        PeriodError: If the date is not one.
    """
    if kind not in KINDS:
        raise UnknownNameError("evidence", kind, KINDS)
    last = last_day(known_by)
    left_out = frozenset(without)

    def test(source: Source) -> bool:
        if kind == "filings" and not source.kind.is_primary:
            return False
        if kind == "articles" and source.collection != "articles":
            return False
        return (last is None or source.known_from <= last) and source.id not in left_out

    return test


def was_public(claim: Claim, source: Source, day: date) -> bool:
    """Tell whether a figure of a document was public on a day: in a running record each from the day it is dated."""
    ends = [when for when in (claim.span and claim.span.end, claim.instant and claim.instant.last) if when]
    return source.since is None or not ends or max(ends) <= day
