"""Which documents count: by kind, by what was known on a day, and with documents left out."""

import pytest

from ipo_data.errors import PeriodError, UnknownNameError
from ipo_data.evidence import admits, last_day, was_public
from ipo_data.model.source import Source
from tests.builders import make_claim


def source(**changes):
    """A prospectus of 31 December 2025; change one thing."""
    fields = {"id": "the-prospectus", "title": "Prospectus", "publisher": "Exchange", "published": "2025-12-31"}
    return Source.model_validate({**fields, "kind": "prospectus", **changes})


@pytest.mark.parametrize(
    ("kind", "document", "counts"),
    [
        ("all", source(kind="self_media"), True),
        ("filings", source(), True),
        ("filings", source(kind="announcement"), True),
        ("filings", source(kind="results"), True),
        ("filings", source(kind="news"), False),
        ("filings", source(kind="issuer_release"), False),  # a company's own release is not a filing
        ("articles", source(kind="news", collection="articles"), True),
        ("articles", source(), False),
    ],
)
def test_kind_of_evidence_admits_its_documents_only(kind, document, counts):
    assert admits(kind)(document) is counts


@pytest.mark.parametrize(
    ("published", "known_by", "counts"),
    [
        ("2025-12-31", "2025-12-31", True),
        ("2026-01-01", "2025-12-31", False),
        ("2026-01", "2026-01-12", False),  # some day of January: it may be the 31st
        ("2026-01", "2026-01-31", True),
        ("2025", "2025-06-30", False),
    ],
)
def test_known_by_leaves_out_what_may_be_later(published, known_by, counts):
    assert admits(known_by=known_by)(source(published=published)) is counts


def test_a_running_record_counts_from_its_first_day() -> None:
    prices = source(published="2026-09-30", since="2026-01-08", kind="market_data")

    assert admits(known_by="2026-01-08")(prices)
    assert not admits(known_by="2026-01-07")(prices)


@pytest.mark.parametrize(("day", "known"), [("2026-01-30", True), ("2026-01-29", False)])
def test_a_price_is_known_from_its_own_day(day, known):
    price = make_claim("share_price", "473.0 HKD", as_of="2026-01-30", moment="close")
    running, once = source(published="2026-09-30", since="2026-01-08"), source(published="2026-01-29")

    assert was_public(price, running, last_day(day)) is known
    assert was_public(price, once, last_day(day))  # what was published at once is judged by its date of publication


def test_documents_left_out_do_not_count():
    assert not admits(without=["the-prospectus"])(source())
    assert admits(without=["another"])(source())


def test_unknown_kind_and_date_that_does_not_exist_are_refused():
    with pytest.raises(UnknownNameError, match="did you mean 'filings'"):
        admits("fillings")
    with pytest.raises(PeriodError, match="2026-02-30"):
        admits(known_by="2026-02-30")
