"""Clawback, demand and market values by share count, by hand; dilution and votes are in ``test_ownership``."""

from decimal import Decimal

from ipo_data.analysis.deal_arithmetic import (
    clawback,
    demand_by_rule,
    effective_multiple,
    first_day_change,
    market_value_bases,
    raised_in_rounds,
    share_counts,
    tradable,
    value_before_first_day,
)
from ipo_data.quantities import Bound
from tests.analysis.figures import Korai
from tests.builders import make_claim, make_dataset


def offered(says: str, stage: str, tranche: str = ""):
    return make_claim("offer_shares", says, offer_stage=stage, **({"tranche": tranche} if tranche else {}))


INITIAL = (offered("1269480 shares", "initial", "public"), offered("24119740 shares", "initial", "international"))
FINAL = (offered("5077860 shares", "final", "public"), offered("24119740 shares", "final", "international"))
MULTIPLE = make_claim("subscription_multiple", "1837.17x", tranche="public")
LISTED = make_claim("shares_in_issue", "309255668 shares", as_of="2026-01-09", stage="at_listing")


def values(points):
    return [round(p.value, 3) for p in points]


def test_clawback_is_measured_on_the_first_offer():
    # 5,077,860 ÷ 25,389,220 = 20.000 %; of the enlarged offer it would be 17.4 %
    assert values(clawback(make_dataset(*INITIAL, *FINAL), "minimax")) == [Decimal("20.000")]
    stated = make_dataset(offered("25389220 shares", "initial"), FINAL[0])
    assert values(clawback(stated, "minimax")) == [Decimal("20.000")]
    assert clawback(make_dataset(INITIAL[0], *FINAL), "minimax") == []


def test_the_multiple_after_shares_moved_to_the_public():
    # 1,837.17 × 1,269,480 ÷ 5,077,860 = 459.30
    assert values(effective_multiple(make_dataset(MULTIPLE, *INITIAL, *FINAL), "minimax")) == [Decimal("459.298")]
    assert effective_multiple(make_dataset(MULTIPLE, *INITIAL), "minimax") == []
    assert effective_multiple(make_dataset(*INITIAL, *FINAL), "minimax") == []


def test_demand_without_the_size_of_the_tranche():
    gross = make_claim("gross_proceeds", "55.4亿 HKD", options="with_over_allotment")
    multiple = make_claim("subscription_multiple", "1837x", tranche="public")
    point = demand_by_rule(make_dataset(gross, multiple), "minimax")[0]
    # 5,540 ÷ 1.3225 × 5 % × 1,837 = 384,763m
    assert (round((point.value or 0) / 10**6), point.formula) == (384_763, "5540 ÷ (1.15 × 1.15) × 5% × 1837")
    assert demand_by_rule(make_dataset(gross, multiple, INITIAL[0]), "minimax") == []  # stated, so not estimated
    assert demand_by_rule(make_dataset(gross), "minimax") == []


def test_what_can_be_traded_on_the_first_day():
    cornerstones = make_claim("cornerstone_shares", "16504040 shares")
    # (29,197,600 − 16,504,040) ÷ 309,255,668 = 4.105 %
    assert values(tradable(make_dataset(*FINAL, cornerstones, LISTED), "minimax")) == [Decimal("4.105")]
    assert tradable(make_dataset(*FINAL, LISTED), "minimax") == []


def test_one_price_has_three_market_values():
    dataset = make_dataset(
        LISTED, make_claim("offer_size_adjustment", "3808380 shares"), make_claim("over_allotment", "4379640 shares"),
        make_claim("offer_price", "165 HKD"), make_claim("listed", "2026-01-09"),
        make_claim("share_price", "345 HKD", as_of="2026-01-09", moment="close"),
    )  # fmt: skip
    found = {
        (p.measure.removeprefix("market_value_"), p.dimensions["options"]): round((p.value or 0) / 10**9, 2)
        for p in market_value_bases(dataset, "minimax")
    }
    # × 305.447288, × 309.255668, × 313.635308
    assert found == {
        ("at_offer", "before_options"): Decimal("50.40"), ("at_offer", "with_size_adjustment"): Decimal("51.03"),
        ("at_offer", "with_over_allotment"): Decimal("51.75"), ("first_close", "before_options"): Decimal("105.38"),
        ("first_close", "with_size_adjustment"): Decimal("106.69"),
        ("first_close", "with_over_allotment"): Decimal("108.20"),
    }  # fmt: skip


def test_without_a_size_adjustment_the_listed_shares_are_before_options():
    assert {k: t.value for k, t in share_counts(make_dataset(LISTED), "minimax").items()} == {
        "before_options": 309_255_668
    }
    assert share_counts(make_dataset(INITIAL[0]), "minimax") == {}
    assert market_value_bases(make_dataset(LISTED), "minimax") == []


def test_the_value_before_a_rise_keeps_the_hedge():
    cap = make_claim("market_cap", ">1000亿 HKD", as_of="2026-01-09", moment="close")
    rise = make_claim("price_change", "109%", as_of="2026-01-09")
    point = value_before_first_day(make_dataset(cap, rise), "minimax")[0]
    # 100,000 ÷ 2.09 = 47,847
    assert (round((point.value or 0) / 10**6), point.bound) == (47_847, Bound.AT_LEAST)
    assert value_before_first_day(make_dataset(cap), "minimax") == []
    fall = make_claim("price_change", "-100%", as_of="2026-01-09")
    assert value_before_first_day(make_dataset(cap, fall), "minimax") == []


def test_money_raised_in_all_rounds():
    rounds = [make_claim("round_amount", f"{n}m USD", as_of=f"202{n}-01-01", round=f"r{n}") for n in (1, 2, 3)]
    dataset = make_dataset(*rounds, make_claim("round_amount", "9m CNY", as_of="2024-01-01", round="other"))
    assert [(p.value, p.formula) for p in raised_in_rounds(dataset, "minimax")] == [(6_000_000, "1 + 2 + 3")]
    assert raised_in_rounds(make_dataset(rounds[0]), "minimax") == []
    disputed = make_claim("round_amount", "9m USD", as_of="2021-01-01", round="r1", source="other")
    assert raised_in_rounds(make_dataset(*rounds, disputed), "minimax") == []


def test_the_third_company_is_offered_in_its_own_market():
    korai = (
        Korai().says("offer_price", "20 USD").says("listed", "2026-02-10")
        .says("shares_in_issue", "1000000 shares", as_of="2026-02-10", stage="at_listing")
        .says("share_price", "25 USD", as_of="2026-02-10", moment="close")
    )  # fmt: skip
    found = {p.measure: (p.value, p.unit) for p in market_value_bases(korai.dataset(), "korai")}
    assert found == {
        "market_value_at_offer": (20_000_000, "USD"), "market_value_first_close": (25_000_000, "USD"),
    }  # fmt: skip


def test_the_change_of_the_first_day_where_no_document_states_it():
    offer, listed = make_claim("offer_price", "116.20 HKD"), make_claim("listed", "2026-01-08")
    close = make_claim("share_price", "131.5 HKD", as_of="2026-01-08", moment="close")
    later = make_claim("share_price", "158.6 HKD", as_of="2026-01-09", moment="close")
    point = first_day_change(make_dataset(offer, listed, close, later), "minimax")[0]

    # 131.5 ÷ 116.2 − 1 = 13.17 %
    assert (point.measure, round(point.value, 2)) == ("price_change", Decimal("13.17"))
    stated = make_claim("price_change", "13.17%", as_of="2026-01-08")
    assert first_day_change(make_dataset(offer, listed, close, stated), "minimax") == []
    assert first_day_change(make_dataset(offer, listed, later), "minimax") == []
    assert first_day_change(make_dataset(offer, close), "minimax") == []
    assert first_day_change(make_dataset(listed, close), "minimax") == []
