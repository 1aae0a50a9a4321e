"""Checks of claims against their documents: the document is listed, and the figure was known when it came out."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from ipo_data.errors import nearest_name
from ipo_data.loading.placed import Placed
from ipo_data.loading.problems import ProblemList
from ipo_data.model.claim import Claim, Kind
from ipo_data.model.rate import FxRate
from ipo_data.model.source import Source
from ipo_data.model.statement import Statement

Citing = Placed[Claim] | Placed[FxRate] | Placed[Statement]
_ALIKE: Final = 0.8
"""How like a listed id a misspelt one is. Ids share words (``…-prospectus``), so the usual likeness would point at the
document of another company."""
_AHEAD: Final = timedelta(days=62)
"""How long after its publication a document may date an actual figure: a prospectus states who will own what after the
offering that follows, the accounts of a year that ends the next day."""


def check_documents(citing: Sequence[Citing], known: frozenset[str] | None, problems: ProblemList) -> None:
    """Note documents that are not listed: a misspelt one at each place, one that is simply missing once.

    Args:
        citing: Everything that names a document, in reading order.
        known: Ids in use; ``None`` if they could not be read.
        problems: Collects what is found.
    """
    if known is None:
        return
    unlisted: dict[str, list[Citing]] = defaultdict(list)
    for placed in citing:
        source = placed.record.source
        if source is None or source in known:
            continue
        meant = nearest_name(source, sorted(known), likeness=_ALIKE)
        if meant is None:
            unlisted[source].append(placed)
        else:
            placed.object_to(f"{_unknown(placed)} (did you mean '{meant}'?)", problems, "from")
    for places in unlisted.values():
        more = f", cited {len(places)} times" if len(places) > 1 else ""
        message = f"{_unknown(places[0])}{more}: add it to sources.yaml, which lists {len(known)} documents"
        places[0].object_to(message, problems, "from")


def _unknown(placed: Citing) -> str:
    return f"{placed.name('from')}: unknown source '{placed.record.source}'"


def check_dates(claims: Sequence[Placed[Claim]], sources: Mapping[str, Source], problems: ProblemList) -> None:
    """Refuse figures that look back on a time well after their document: the year or the document is mistaken.

    Args:
        claims: Claims, in reading order.
        sources: Documents by id; claims of others are left alone.
        problems: Collects what is found.
    """
    for placed in claims:
        claim = placed.record
        source, known_from = sources.get(claim.source), _known_from(claim)
        if source is None or known_from is None or claim.kind is not Kind.ACTUAL:
            continue
        if known_from > source.published_on.last + _AHEAD:
            field = "period" if claim.period else "as_of"
            message = (
                f"{placed.name(field)}: {claim.time_label} is long after {source.id} was published "
                f"({source.published}); check the year, or give 'kind: forecast' or 'kind: target'"
            )
            placed.object_to(message, problems, field)


def _known_from(claim: Claim) -> date | None:
    """Return the first day on which the figure can be known: the end of its period, its date at the earliest."""
    if claim.span is not None:
        return claim.span.end
    return claim.instant.first if claim.instant is not None else None
