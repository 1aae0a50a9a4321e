"""The offering, the shares and the market."""

from decimal import Decimal

import pytest

from ipo_data.analysis.verdicts import TieOut
from tests.analysis.ledger.tested import on, only, rows_of, worked_out
from tests.builders import make_claim, make_company, make_rate

PRICE = make_claim("offer_price", "165.00 HKD")
CLOSE = on("share_price", "345.00 HKD", as_of="2026-01-09", moment="close")
LISTED = on("shares_in_issue", "309255668 shares", as_of="2026-01-09", stage="at_listing")


def offered(says: str, stage: str, tranche: str = ""):
    return make_claim("offer_shares", says, offer_stage=stage, **({"tranche": tranche} if tranche else {}))


@pytest.mark.parametrize(("says", "verdict"), [("109%", "exact"), (">100%", "loose_wording"), ("110%", "in_conflict")])
def test_the_first_day(says, verdict):
    row = only("first_day_return", PRICE, CLOSE, on("price_change", says, as_of="2026-01-09"))
    assert worked_out(row, 2) == (Decimal("109.09"), "345 ÷ 165 − 1", verdict)


def test_other_securities_and_days_are_not_ours():
    other = on("price_change", "7%", as_of="2026-01-09", security="other")
    assert rows_of("first_day_return", PRICE, CLOSE, other) == []
    assert rows_of("first_day_return", PRICE, CLOSE, on("price_change", "7%", as_of="2026-01-12")) == []
    assert rows_of("first_day_return", CLOSE, on("price_change", "109%", as_of="2026-01-09")) == []


OFFER = (
    offered("25389220 shares", "initial"), offered("29197600 shares", "final"),
    make_claim("over_allotment", "4379640 shares"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("options", "says", "value", "formula"),
    [
        ("before_options", "4189.2m HKD", "4189.22", "25389220 × 165"),
        ("with_size_adjustment", "4817.6m HKD", "4817.60", "29197600 × 165"),
        ("with_over_allotment", "5540.2m HKD", "5540.24", "(29197600 + 4379640) × 165"),
    ],
)
def test_gross_proceeds_by_the_state_of_the_options(options, says, value, formula):
    row = only("gross_proceeds", PRICE, *OFFER, make_claim("gross_proceeds", says, options=options))
    assert worked_out(row, 2, 10**6) == (Decimal(value), formula, "exact")


def test_gross_proceeds_in_another_currency_or_without_the_shares():
    in_dollars = make_claim("gross_proceeds", "5m USD", options="before_options")
    assert rows_of("gross_proceeds", PRICE, *OFFER, in_dollars) == []
    assert rows_of("gross_proceeds", PRICE, make_claim("gross_proceeds", "5m HKD", options="before_options")) == []


def test_subscription_is_shares_applied_for_over_the_first_part():
    applied = make_claim("shares_applied_for", "2332255220 shares", tranche="public", basis="computed")
    multiple = make_claim("subscription_multiple", "1837.17x", tranche="public")
    claims = (applied, offered("1269480 shares", "initial", "public"), multiple)
    # 2,332,255,220 ÷ 1,269,480 = 1,837.174
    row = only("subscription", *claims)
    assert worked_out(row) == (Decimal("1837.174"), "2332255220 ÷ 1269480", "exact")
    assert rows_of("subscription", *claims[1:]) == []
    other = make_claim("subscription_multiple", "1837x", tranche="public", base="margin_book")
    assert rows_of("subscription", *claims[:2], other) == []


def test_net_proceeds_are_gross_less_costs():
    claims = (
        make_claim("gross_proceeds", "4817.6m HKD", options="with_size_adjustment"),
        make_claim("listing_expenses", "221.5m HKD"),
    )
    row = only("net_proceeds", *claims, make_claim("net_proceeds", "4596.1m HKD", options="with_size_adjustment"))
    assert worked_out(row, 1, 10**6) == (Decimal("4596.1"), "4817.6 − 221.5", "exact")
    forecast = make_claim("net_proceeds", "4596.1m HKD", options="with_size_adjustment", kind="forecast")
    assert rows_of("net_proceeds", *claims, forecast) == []


def test_tranches_after_reallocation_and_size_adjustment():
    moved = make_claim("reallocated_shares", "3808380 shares"), make_claim("offer_size_adjustment", "3808380 shares")
    claims = (
        offered("1269480 shares", "initial", "public"), offered("24119740 shares", "initial", "international"),
        OFFER[0], *moved, offered("5077860 shares", "final", "public"),
        offered("24119740 shares", "final", "international"), OFFER[1],
    )  # fmt: skip
    rows = rows_of("final_shares", *claims)
    assert {row.claim.dimension: worked_out(row)[1:] for row in rows} == {
        "offer_stage=final;tranche=public": ("1269480 + 3808380", "exact"),
        "offer_stage=final;tranche=international": ("24119740 − 3808380 + 3808380", "exact"),
        "offer_stage=final": ("25389220 + 3808380", "exact"),
    }
    assert {row.verdict for row in rows_of("sum_of_tranche", *claims)} == {TieOut.EXACT}


def test_a_tranche_of_the_final_offer():
    stated = make_claim("offer_share_of_offering", "17.4%", tranche="public")
    row = only("share_of_offering", offered("5077860 shares", "final", "public"), OFFER[1], stated)
    assert worked_out(row) == (Decimal("17.391"), "5077860 ÷ 29197600", "exact")


RATE = make_rate(set="prospectus", quote="HKD", rate="7.7805")


@pytest.mark.parametrize(
    ("says", "verdict"),
    [("3065040 shares", "within_rounding"), ("3065200 shares", "in_conflict"), ("3064800 shares", "in_conflict")],
)
def test_cornerstone_shares_are_rounded_down_to_a_lot(says, verdict):
    claims = (
        PRICE, make_claim("cornerstone_amount", "65.000m USD", investor="adia"), make_claim("board_lot", "20 shares"),
        make_claim("cornerstone_shares", says, investor="adia"),
    )  # fmt: skip
    # 65m × 7.7805 ÷ 165 = 3,065,045.5, good to 117 shares and a lot of 20 downwards
    row = only("cornerstone_shares", *claims, rates=(RATE,))
    assert worked_out(row, 0) == (3_065_045, "65 × 7.7805 ÷ 165", verdict)


def test_cornerstones_need_the_prospectus_rate():
    claims = (
        PRICE, make_claim("cornerstone_amount", "65m USD", investor="adia"), make_claim("board_lot", "20 shares"),
        make_claim("cornerstone_shares", "3065040 shares", investor="adia"),
    )  # fmt: skip
    assert rows_of("cornerstone_shares", *claims) == []


def test_commitments_in_two_currencies_add_up_at_the_prospectus_rate():
    claims = (
        make_claim("cornerstone_amount", "40.0m USD", investor="one"),
        make_claim("cornerstone_amount", "75.0m HKD", investor="two"),
        make_claim("cornerstone_amount", "386.2m HKD"),
    )  # fmt: skip
    row = only("sum_in_two_currencies", *claims, rates=(RATE,))
    # 75 + 40 × 7.7805 = 386.22
    assert worked_out(row, 2, 10**6) == (Decimal("386.22"), "75 + 40 × 7.7805", "exact")
    assert rows_of("sum_in_two_currencies", *claims) == []
    assert rows_of("sum_in_two_currencies", claims[1], claims[2], rates=(RATE,)) == []


# --- rounds, holdings, market -----------------------------------------------------------------------------------------


def round_of(metric: str, says: str, **changes: str):
    return on(metric, says, as_of="2025-08-19", round="last", **changes)


def test_a_round_adds_to_the_value():
    row = only(
        "round_value", round_of("pre_money_valuation", "3850.0m USD"), round_of("round_amount", "390.4m USD"),
        round_of("post_money_valuation", "4240.4m USD"),
    )  # fmt: skip
    assert worked_out(row, 1, 10**6) == (Decimal("4240.4"), "3850 + 390.4", "exact")
    for part in (round_of("pre_money_valuation", "3850.0m USD"), round_of("round_amount", "390.4m USD")):
        assert rows_of("round_value", part, round_of("post_money_valuation", "4240.4m USD")) == []


def test_a_round_at_two_prices_is_explained():
    claims = (
        round_of("pre_money_valuation", "2580m USD"), round_of("round_amount", "410m USD"),
        round_of("post_money_valuation", "3210m USD"),
    )  # fmt: skip
    first = round_of("price_per_share", "17.42 USD", payment="first")
    second = round_of("price_per_share", "18.76 USD", payment="second")
    explained = only("round_value", *claims, first, second)
    assert (explained.verdict, explained.explanation) == (TieOut.OTHER_BASIS, "explain.two_prices")
    elsewhere = [on("price_per_share", f"{n} USD", as_of="2024-01-01", round="other", payment=f"p{n}") for n in (1, 2)]
    whole = round_of("price_per_share", "18.00 USD")
    bare = only("round_value", *claims, first, whole, *elsewhere)
    assert (bare.verdict, bare.explanation) == (TieOut.IN_CONFLICT, "")


def test_rounds_within_a_span_add_up():
    rounds = [on("round_amount", f"{n}.0m USD", as_of=f"202{n}-06-30", round=f"r{n}") for n in (1, 2, 3, 4)]
    total = make_claim("total_raised", "6.0m USD", period="FY2021..FY2023")
    assert worked_out(only("sum_of_rounds", *rounds, total), 1, 10**6) == (6, "1 + 2 + 3", "exact")
    assert rows_of("sum_of_rounds", rounds[0], total) == []


def test_a_holding_is_shares_over_shares():
    claims = (
        on("shares_held", "62593180 shares", as_of="2026-01-09", holder="alpha"), LISTED,
        on("economic_interest", "20.24%", as_of="2026-01-09", holder="alpha", stage="at_listing"),
    )  # fmt: skip
    assert worked_out(only("economic_interest", *claims)) == (Decimal("20.240"), "62593180 ÷ 309255668", "exact")
    other_day = on("economic_interest", "20.24%", as_of="2026-01-31", holder="alpha", stage="at_listing")
    assert rows_of("economic_interest", *claims[:2], other_day) == []


def test_the_offer_dilutes_who_does_nothing():
    claims = (
        on("economic_interest", "22.35%", holder="alpha", stage="before_offering"),
        on("shares_in_issue", "280058068 shares", as_of="2025-12-31", stage="before_offering"),
        OFFER[0],
    )
    after = on("economic_interest", "20.49%", as_of="2026-01-31", holder="alpha", stage="after_offering")
    row = only("diluted_interest", *claims, after)
    # 22.35 × 280,058,068 ÷ 305,447,288 = 20.492
    assert worked_out(row) == (Decimal("20.492"), "22.35 × 280058068 ÷ (280058068 + 25389220)", "exact")
    new = on("economic_interest", "8.31%", as_of="2026-01-31", holder="public", stage="after_offering")
    assert rows_of("diluted_interest", *claims, new) == rows_of("diluted_interest", *claims[:2], after) == []


def held(holder: str, says: str):
    return on("economic_interest", says, holder=holder, stage="before_offering")


def test_a_group_is_the_sum_of_its_members_as_far_as_they_are_named():
    company = make_company(groups={"holder": {"founder": ["alpha", "beta"]}})
    members = held("alpha", "22.35%"), held("beta", "5.90%")
    row = only("group_interest", *members, held("founder", "28.25%"), companies=[company])
    assert worked_out(row, 2) == (Decimal("28.25"), "22.35 + 5.9", "exact")
    one_vehicle = only("group_interest", *members, held("founder", "22.35%"), companies=[company])
    assert one_vehicle.verdict is TieOut.IN_CONFLICT
    # there may be members that no document names
    assert rows_of("group_interest", *members, held("founder", "40.00%"), companies=[company]) == []
    assert rows_of("group_interest", members[0], held("founder", "28.25%"), companies=[company]) == []


def test_uses_add_up_to_all_the_money():
    parts = {"models": "70%", "platform": "20%", "rest": "10%"}
    uses = [make_claim("use_of_proceeds", says, use=name) for name, says in parts.items()]
    rows = rows_of("uses_add_up", *uses)
    assert {row.claim.dimension: worked_out(row, 0)[1:] for row in rows} == {
        "use=models": ("100 − 20 − 10", "exact"), "use=platform": ("100 − 70 − 10", "exact"),
        "use=rest": ("100 − 70 − 20", "exact"),
    }  # fmt: skip
    assert rows_of("uses_add_up", *uses[:2]) == []


VALUES = {"1067亿 HKD": "exact", ">1000亿 HKD": "loose_wording", "1054亿 HKD": "in_conflict"}


@pytest.mark.parametrize(("says", "verdict"), VALUES.items())
def test_a_market_value_is_price_times_shares(says, verdict):
    row = only("price_times_shares", CLOSE, LISTED, on("market_cap", says, as_of="2026-01-09", moment="close"))
    assert worked_out(row, 1, 10**9) == (Decimal("106.7"), "345 × 309.255668", verdict)


def test_a_market_value_needs_the_price_of_its_moment_and_listed_shares():
    value = on("market_cap", "728亿 HKD", as_of="2026-01-09", moment="open")
    assert rows_of("price_times_shares", CLOSE, LISTED, value) == []
    before = on("shares_in_issue", "280058068 shares", as_of="2025-12-31", stage="before_offering")
    close = on("market_cap", "1067亿 HKD", as_of="2026-01-09", moment="close")
    assert rows_of("price_times_shares", CLOSE, before, close) == []
