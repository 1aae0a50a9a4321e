"""Documents that print figures."""

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, field_validator

from ipo_data.errors import shown
from ipo_data.model.base import Record
from ipo_data.model.text import PlainText, Text
from ipo_data.periods import Instant

IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9_-]{1,60}")


def written_as(pattern: str | re.Pattern[str], what: str) -> AfterValidator:
    """Return a check that a text has a form, with a message in words.

    Args:
        pattern: The form, matched against the whole text.
        what: What the text should be, e.g. ``a stock code such as 0100.HK``.
    """
    form = re.compile(pattern)

    def check(value: str) -> str:
        if not form.fullmatch(value):
            raise ValueError(f"'{shown(value)}' is not {what}")
        return value

    return AfterValidator(check)


Identifier = Annotated[str, written_as(IDENTIFIER, "an id: 2 to 61 characters from a–z, 0–9, '-' and '_'")]
"""A short lower-case name used in files, links and exports."""


class SourceKind(StrEnum):
    """What kind of document it is, from the most to the least authoritative."""

    PROSPECTUS = "prospectus"
    ANNOUNCEMENT = "announcement"
    RESULTS = "results"
    ISSUER_RELEASE = "issuer_release"
    NEWS = "news"
    MARKET_DATA = "market_data"
    BROKER = "broker"
    SELF_MEDIA = "self_media"

    @property
    def is_primary(self) -> bool:
        """Whether the company or the exchange vouches for the document under listing rules."""
        return self in PRIMARY_KINDS

    @property
    def rank(self) -> int:
        """Place in the order from the most to the least authoritative, from 0."""
        return list(SourceKind).index(self)


PRIMARY_KINDS = frozenset({SourceKind.PROSPECTUS, SourceKind.ANNOUNCEMENT, SourceKind.RESULTS})


class Reading(StrEnum):
    """How the figures were read."""

    FIRST_HAND = "first_hand"
    """From the document's own text."""
    TRANSCRIBED = "transcribed"
    """From a full transcription of the document by somebody else."""
    SECOND_HAND = "second_hand"
    """From another document that quotes it."""


class Source(Record):
    """One published document.

    Attributes:
        id: Name used in claims and links.
        title: Title as published.
        publisher: Who published it.
        author: Who wrote it, if named.
        published: Date of publication, to the precision known.
        since: First day of a running record such as daily prices, each figure of which was public on its own day;
            absent for documents that were published at once.
        kind: Kind of document.
        reading: How its figures were read.
        script: Chinese script of the text (``hans`` or ``hant``), or ``latn``.
        paid_by_issuer: Whether the company paid for the publication (``yes``, ``no`` or ``unknown``).
        collection: Set the document belongs to, for the evidence control (``articles``).
        file: File name of the text the figures were read from, if it is kept.
        sha256: Digest of that file.
        url: Where it was published, if known.
        short: Name in source lines; publisher and date if absent.
        note: What a reader should know before quoting it.
    """

    id: Identifier
    title: PlainText = Field(min_length=1, max_length=300)
    publisher: PlainText = Field(min_length=1, max_length=120)
    author: PlainText | None = Field(default=None, max_length=120)
    published: str
    since: str | None = None
    kind: SourceKind = Field(strict=False)
    reading: Reading = Field(default=Reading.FIRST_HAND, strict=False)
    script: Literal["hans", "hant", "latn"] = "latn"
    paid_by_issuer: Literal["yes", "no", "unknown"] = "unknown"
    collection: Identifier | None = None
    file: Annotated[str, written_as(r"[A-Za-z0-9_-][A-Za-z0-9_.-]{0,120}", "a file name without folders")] | None = None
    sha256: Annotated[str, written_as(r"[0-9a-f]{64}", "a SHA-256 digest: 64 characters from 0–9 and a–f")] | None = (
        None
    )
    url: Annotated[str, written_as(r"https?://[^\s<>\"']{1,480}", "a web address that starts with https://")] | None = (
        None
    )
    short: Text | None = None
    note: Text | None = None

    @field_validator("published", "since")
    @classmethod
    def _is_a_date(cls, value: str | None) -> str | None:
        if value is not None:
            Instant.parse(value)
        return value

    @property
    def known_from(self) -> date:
        """The first day on which something of it was public; a month counts from its last day."""
        return Instant.parse(self.since or self.published).last

    @property
    def published_on(self) -> Instant:
        """The publication date with its precision."""
        return Instant.parse(self.published)
