"""How an offer is put together, by hand, on the terms of MiniMax's allotment notice."""

from decimal import Decimal

from ipo_data.analysis.offer_structure import (
    cornerstone_part,
    cost_part,
    float_parts,
    gross_in_all,
    international_bases,
    moved_to_public,
    offer_in_all,
    success_rate,
    unused_proceeds,
)
from tests.builders import make_claim, make_company, make_dataset


def term(metric: str, says: str, **changes: str):
    return make_claim(metric, says, period=None, **changes)


def shares(says: str, stage: str, tranche: str = ""):
    return term("offer_shares", f"{says} shares", offer_stage=stage, **({"tranche": tranche} if tranche else {}))


OFFER = (
    shares("25389220", "initial"), shares("29197600", "final"), shares("1269480", "initial", "public"),
    shares("24119740", "initial", "international"), shares("5077860", "final", "public"),
    shares("24119740", "final", "international"), term("offer_size_adjustment", "3808380 shares"),
    term("over_allotment", "4379640 shares"), term("cornerstone_shares", "16504040 shares"),
    term("subscription_multiple", "36.76x", tranche="international"),
)  # fmt: skip
ISSUED = make_claim("shares_in_issue", "309255668 shares", period=None, as_of="2026-01-09", stage="at_listing")


def rounded(points, digits: int = 2) -> dict[str, Decimal]:
    return {p.dimensions.get("base") or p.measure: round(p.value or Decimal(0), digits) for p in points}


def test_every_option_enlarges_the_first_size():
    # 25,389,220 + 3,808,380 + 4,379,640
    assert rounded(offer_in_all(make_dataset(*OFFER), "minimax"), 0) == {"offer_in_all": 33_577_240}
    assert offer_in_all(make_dataset(OFFER[0]), "minimax") == []


def test_the_money_of_an_offer_with_all_options():
    ours = make_dataset(*OFFER, term("offer_price", "165.00 HKD"))
    theirs = make_dataset(
        shares("37419500", "initial"), term("over_allotment", "5612900 shares"), term("offer_price", "116.20 HKD")
    )

    # 33,577,240 × 165 = 5,540,244,600; (37,419,500 + 5,612,900) × 116.20 = 43,032,400 × 116.20 = 5,000,364,880
    assert rounded(gross_in_all(ours, "minimax"), 0) == {"gross_in_all": 5_540_244_600}
    assert rounded(gross_in_all(theirs, "minimax"), 0) == {"gross_in_all": 5_000_364_880}
    assert gross_in_all(make_dataset(*OFFER), "minimax") == []  # no price


def test_shares_moved_to_the_public_follow_from_its_two_sizes():
    # 5,077,860 − 1,269,480
    assert rounded(moved_to_public(make_dataset(*OFFER), "minimax"), 0) == {"reallocated_shares": 3_808_380}
    stated = moved_to_public(make_dataset(*OFFER, term("reallocated_shares", "3808380 shares")), "minimax")
    assert [p.formula for p in stated] == [""]
    assert moved_to_public(make_dataset(OFFER[0]), "minimax") == []


def test_cornerstones_part_of_the_offer():
    # 16,504,040 ÷ 29,197,600 = 56.525 %
    assert rounded(cornerstone_part(make_dataset(*OFFER), "minimax")) == {"cornerstone_part": Decimal("56.53")}


def test_the_same_demand_over_smaller_bases():
    # demand 36.76 × 24,119,740 = 886,641,642; bases 7,615,700 · 11,424,080 · 11,995,340 · 11,233,680
    assert rounded(international_bases(make_dataset(*OFFER), "minimax"), 1) == {
        "first_less_cornerstones": Decimal("116.4"), "adjusted_less_cornerstones": Decimal("77.6"),
        "final_less_cornerstones": Decimal("73.9"), "eighty_less_cornerstones": Decimal("78.9"),
    }  # fmt: skip


def test_no_other_base_without_cornerstones():
    claims = [c for c in OFFER if c.metric != "cornerstone_shares"]
    assert international_bases(make_dataset(*claims), "minimax") == []


def test_what_is_free_on_the_first_day():
    # 309,255,668 − 29,197,600 = 280,058,068; 29,197,600 − 16,504,040 = 12,693,560
    assert rounded(float_parts(make_dataset(*OFFER, ISSUED), "minimax")) == {
        "held_before": Decimal("90.56"), "with_cornerstones": Decimal("5.34"), "free_on_first_day": Decimal("4.10"),
    }  # fmt: skip
    assert float_parts(make_dataset(*OFFER), "minimax") == []


def test_costs_are_compared_at_the_same_state_of_the_options():
    gross = term("gross_proceeds", "4817.6m HKD", options="with_size_adjustment")
    net = term("net_proceeds", "4596.1m HKD", options="with_size_adjustment")
    other = term("net_proceeds", "3818.3m HKD", options="before_options")
    # (4,817.6 − 4,596.1) ÷ 4,817.6 = 4.598 %
    assert rounded(cost_part(make_dataset(gross, net, other), "minimax")) == {"cost_part": Decimal("4.60")}
    assert cost_part(make_dataset(gross, other), "minimax") == []


def test_who_received_shares():
    valid = term("valid_applications", "417646 applications", tranche="public")
    successful = term("successful_applications", "104901 applications", tranche="public")
    # 104,901 ÷ 417,646 = 25.117 %
    assert rounded(success_rate(make_dataset(valid, successful), "minimax")) == {"success_rate": Decimal("25.12")}
    assert success_rate(make_dataset(valid), "minimax") == []


def test_uses_inside_a_total_count_once():
    uses = (term("use_of_proceeds", "70%", use="models"), term("use_of_proceeds", "90%", use="research"))
    company = make_company("minimax", groups={"use": {"research": ["models"]}}, members={
        "use": {"models": {"en": "Models"}, "research": {"en": "Research"}}
    })  # fmt: skip
    found = unused_proceeds(make_dataset(*uses, companies=(company,)), "minimax")
    # 100 − 90
    assert [(p.value, p.dimensions) for p in found] == [(Decimal(10), {"use": "not_itemised"})]
    whole = (term("use_of_proceeds", "60%", use="a"), term("use_of_proceeds", "40%", use="b"))
    assert unused_proceeds(make_dataset(*whole), "minimax") == []
    assert unused_proceeds(make_dataset(OFFER[0]), "minimax") == []
