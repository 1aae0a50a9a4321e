"""Documents that print figures."""

import re
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field, field_validator

from ipo_data.model.base import Record
from ipo_data.model.text import PlainText, Text
from ipo_data.periods import Instant

IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9_-]{1,60}")


def _identifier(value: str) -> str:
    if not IDENTIFIER.fullmatch(value):
        raise ValueError(f"'{value[:40]}' is not an id: 2 to 61 characters from a–z, 0–9, '-' and '_'")
    return value


Identifier = Annotated[str, AfterValidator(_identifier)]
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
        kind: Kind of document.
        reading: How its figures were read.
        script: Chinese script of the text (``hans`` or ``hant``), or ``latn``.
        paid_by_issuer: Whether the company paid for the publication (``yes``, ``no`` or ``unknown``).
        collection: Set the document belongs to, for the evidence control (``articles``).
        file: File name of the text the figures were read from, if it is kept.
        sha256: Digest of that file.
        url: Where it was published, if known.
        note: What a reader should know before quoting it.
    """

    id: Identifier
    title: PlainText = Field(min_length=1, max_length=300)
    publisher: PlainText = Field(min_length=1, max_length=120)
    author: PlainText | None = Field(default=None, max_length=120)
    published: str
    kind: SourceKind = Field(strict=False)
    reading: Reading = Field(default=Reading.FIRST_HAND, strict=False)
    script: str = Field(default="latn", pattern=r"^(hans|hant|latn)$")
    paid_by_issuer: str = Field(default="unknown", pattern=r"^(yes|no|unknown)$")
    collection: Identifier | None = None
    file: str | None = Field(default=None, pattern=r"^[A-Za-z0-9_.-]+$")
    sha256: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")
    url: str | None = Field(default=None, pattern=r"^https?://[^\s<>\"']+$", max_length=500)
    note: Text | None = None

    @field_validator("published")
    @classmethod
    def _is_a_date(cls, value: str) -> str:
        Instant.parse(value)
        return value

    @property
    def published_on(self) -> Instant:
        """The publication date with its precision."""
        return Instant.parse(self.published)
