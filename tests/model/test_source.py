"""Source records."""

import pytest
from pydantic import ValidationError

from ipo_data.model.source import PRIMARY_KINDS, Reading, SourceKind
from ipo_data.periods import Precision
from tests.builders import make_source


def test_defaults_say_what_is_not_known():
    source = make_source()
    assert (source.reading, source.script, source.paid_by_issuer) == (Reading.FIRST_HAND, "latn", "unknown")
    assert (source.author, source.collection, source.file, source.sha256, source.url, source.note) == (None,) * 6


@pytest.mark.parametrize(
    ("published", "precision"), [("2025-12-24", Precision.DAY), ("2025-12", Precision.MONTH), ("2025", Precision.YEAR)]
)
def test_publication_date_keeps_its_precision(published, precision):
    assert make_source(published=published).published_on.precision is precision


def test_primary_kinds_are_those_the_listing_rules_bind():
    assert {kind for kind in SourceKind if kind.is_primary} == PRIMARY_KINDS
    assert {str(kind) for kind in PRIMARY_KINDS} == {"prospectus", "announcement", "results"}


def test_kinds_are_ordered_from_the_most_authoritative():
    assert list(SourceKind)[:3] == [SourceKind.PROSPECTUS, SourceKind.ANNOUNCEMENT, SourceKind.RESULTS]
    assert list(SourceKind)[-1] is SourceKind.SELF_MEDIA


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("id", "A B", "'A B' is not an id: 2 to 61 characters from a–z, 0–9, '-' and '_'"),
        ("id", "a", "is not an id"),
        ("id", "a" * 62, "is not an id"),
        ("id", "../x", "is not an id"),
        ("published", "2025-12-32", "the date 2025-12-32 does not exist: 2025-12 has 31 days"),
        ("published", "yesterday", "'yesterday' is not a date"),
        ("kind", "blog", "Input should be 'prospectus'"),
        ("reading", "guessed", "Input should be 'first_hand'"),
        ("script", "zh", "Input should be 'hans', 'hant' or 'latn'"),
        ("paid_by_issuer", "maybe", "Input should be 'yes', 'no' or 'unknown'"),
        ("file", "../../etc/passwd", "'../../etc/passwd' is not a file name without folders"),
        ("file", ".hidden", "'.hidden' is not a file name without folders"),
        ("sha256", "abc", "'abc' is not a SHA-256 digest: 64 characters from 0–9 and a–f"),
        ("url", "javascript:alert(1)", "'javascript:alert(1)' is not a web address that starts with https://"),
        ("url", "https://a b", "is not a web address"),
        ("title", "<b>x</b>", "looks like HTML"),
        ("title", "", "at least 1 character"),
        ("publisher", "=cmd", "formula"),
        ("colour", "red", "Extra inputs are not permitted"),
    ],
)
def test_wrong_field_is_refused(field, value, message):
    with pytest.raises(ValidationError) as caught:
        make_source(**{field: value})
    assert message in str(caught.value)


def test_sources_do_not_change():
    with pytest.raises(ValidationError, match="frozen"):
        make_source().title = "another"
