"""Votes by class of share, by hand."""

from decimal import Decimal

from ipo_data.analysis.voting import all_votes, votes_at_listing
from tests.analysis.ledger.tested import on, only, rows_of, worked_out
from tests.builders import make_claim, make_dataset

LISTING = "2026-01-09"
# 300 shares, 100 of them with ten votes: 300 + 9 × 100 = 1,200 votes
ISSUED = (
    on("shares_in_issue", "300 shares", as_of=LISTING, stage="at_listing"),
    on("shares_in_issue_by_class", "100 shares", as_of=LISTING, stage="at_listing", share_class="ten_votes"),
    on("shares_in_issue_by_class", "200 shares", as_of=LISTING, stage="at_listing", share_class="one_vote"),
)


def held(says: str, share_class: str, *, as_of: str = LISTING, **changes: str):
    return on("shares_held_by_class", says, as_of=as_of, holder="yan", share_class=share_class, **changes)


def test_votes_at_listing_count_every_class():
    (point,) = votes_at_listing(
        make_dataset(*ISSUED, held("60 shares", "ten_votes"), held("30 shares", "one_vote")), "minimax"
    )
    # (60 × 10 + 30) ÷ 1,200 = 630 ÷ 1,200
    assert (point.value, point.dimensions) == (Decimal("52.5"), {"holder": "yan", "stage": "at_listing"})
    assert point.formula == "(30 × 1 + 60 × 10) ÷ (300 + 100 × 9)"


def test_holdings_of_another_day_are_not_votes_at_listing():
    assert votes_at_listing(make_dataset(*ISSUED, held("60 shares", "ten_votes", as_of="2025-12")), "minimax") == []
    assert votes_at_listing(make_dataset(held("60 shares", "ten_votes")), "minimax") == []


def test_the_first_offer_leaves_out_the_size_adjustment():
    upsize = make_claim("offer_size_adjustment", "50 shares")
    votes = all_votes(make_dataset(*ISSUED, upsize), "minimax", "after_offering")
    assert votes is not None
    assert votes.value == 1150  # 1,200 − 50
    assert all_votes(make_dataset(*ISSUED), "minimax", "after_offering") is None
    assert all_votes(make_dataset(ISSUED[0]), "minimax", "at_listing") is None


def test_printed_votes_are_tested_against_the_classes():
    upsize = make_claim("offer_size_adjustment", "50 shares")
    claims = (*ISSUED, upsize, held("60 shares", "ten_votes"))
    row = only(
        "voting_rights", *claims, on("voting_rights", "52.2%", as_of="2026-01", holder="yan", stage="after_offering")
    )
    # 600 ÷ 1,150 = 52.174 %
    assert worked_out(row, 3) == (Decimal("52.174"), "60 × 10 ÷ (300 + 100 × 9 − 50)", "exact")
    before = on("voting_rights", "52.2%", as_of="2025-12", holder="yan", stage="before_offering")
    assert rows_of("voting_rights", *claims, before) == []


def test_counts_that_were_worked_out_are_used():
    worked = held("60 shares", "ten_votes", basis="computed")
    assert [p.value for p in votes_at_listing(make_dataset(*ISSUED, worked), "minimax")] == [Decimal(50)]  # 600 ÷ 1,200


def test_classes_add_up_and_give_the_interest():
    assert worked_out(only("sum_of_classes", *ISSUED)) == (Decimal(300), "200 + 100", "exact")
    stake = on("economic_interest", "30%", as_of=LISTING, holder="yan", stage="at_listing")
    row = only("economic_interest", *ISSUED, held("60 shares", "ten_votes"), held("30 shares", "one_vote"), stake)
    assert worked_out(row) == (Decimal(30), "(30 + 60) ÷ 300", "exact")  # 90 ÷ 300
