"""Whoever signs out is known no more by the cookie of that sign-in."""

import pytest

from pages.server import signed_out
from pages.server.signed_out import has_signed_out, note_signed_out

NAME = "_streamlit_user"


@pytest.fixture(autouse=True)
def _nobody_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signed_out, "_ENDED", {})


def test_a_copy_of_the_cookie_counts_no_more_however_its_signature_is_spelt() -> None:
    note_signed_out({NAME: "claims.time.signatureA", "other": "x"})
    assert has_signed_out({NAME: "claims.time.signatureA"})
    assert has_signed_out({NAME: "claims.time.signatureB", "_streamlit_user_1": "made.up.x"})
    assert not has_signed_out({NAME: "claims.later.signatureA"})  # signed in again


def test_a_large_cookie_is_known_by_its_content_and_not_by_the_number_of_its_pieces() -> None:
    note_signed_out({NAME: "chunks-2.time.s", f"{NAME}_1": "mine.time.s", f"{NAME}_2": "more.time.s"})
    assert has_signed_out({NAME: "chunks-2.time.s", f"{NAME}_1": "mine.time.s", f"{NAME}_2": "more.time.s"})
    assert not has_signed_out({NAME: "chunks-2.time.s", f"{NAME}_1": "another.time.s"})


@pytest.mark.parametrize("cookies", [{}, {NAME: ""}, {NAME: "nonsense"}, {"other": "a.b.c"}])
def test_who_has_no_cookie_has_not_signed_out(cookies: dict[str, str]) -> None:
    note_signed_out(cookies)
    assert not has_signed_out(cookies)
    assert not has_signed_out({})


def test_so_many_are_remembered_and_the_last_ones_longest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signed_out, "MOST", 2)
    for name in "abc":
        note_signed_out({NAME: f"{name}.time.s"})
    assert [has_signed_out({NAME: f"{name}.time.s"}) for name in "abc"] == [False, True, True]
