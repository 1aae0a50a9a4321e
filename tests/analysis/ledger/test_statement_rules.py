"""Ratios to revenue, the bridge from loss to adjusted loss, the statement's own lines, spend per payer."""

from decimal import Decimal

import pytest

from tests.analysis.ledger.tested import only, over, rows_of, worked_out
from tests.builders import make_claim

WHOLE = make_claim(says="53.437m USD")
LOSS = over("adjusted_net_loss", "186m USD")


@pytest.mark.parametrize(
    ("says", "flags", "verdict"),
    [
        ("3.48x", [], "exact"),
        ("3x", ["loose_wording"], "loose_wording"),  # 高出三倍
        ("3x", [], "exact"),
        ("4x", [], "in_conflict"),
        ("4x", ["loose_wording"], "loose_wording"),  # three times more
    ],
)
def test_loss_over_revenue(says, flags, verdict):
    row = only("loss_to_revenue", WHOLE, LOSS, over("loss_to_revenue", says, flags=flags))
    assert worked_out(row, 4) == (Decimal("3.4807"), "186 ÷ 53.437", verdict)


def test_research_over_revenue():
    spent, ratio = over("research_and_development", "180.312m USD"), over("research_to_revenue", "3.37x")
    row = only("research_to_revenue", WHOLE, spent, ratio)
    assert worked_out(row, 4) == (Decimal("3.3743"), "180.312 ÷ 53.437", "exact")
    assert rows_of("research_to_revenue", WHOLE, ratio) == []


def test_the_change_of_the_ratio_from_two_rates():
    rates = over("adjusted_net_loss_growth", "8.6%"), over("revenue_growth", "174.7%")
    row = only("loss_ratio_change", *rates, over("loss_to_revenue_growth", "-60%"))
    assert worked_out(row) == (Decimal("-60.466"), "(1 + 8.6%) ÷ (1 + 174.7%) − 1", "exact")
    for one in rates:
        assert rows_of("loss_ratio_change", one, over("loss_to_revenue_growth", "-60%")) == []
    fallen = over("adjusted_net_loss_growth", "8.6%"), over("revenue_growth", "-100%")
    assert rows_of("loss_ratio_change", *fallen, over("loss_to_revenue_growth", "-60%")) == []


def test_from_net_loss_to_adjusted_loss():
    claims = (
        over("net_loss", "512.013m USD"), over("fair_value_loss", "313.477m USD"),
        over("adjustment", "8.581m USD", component="share_based"),
        over("adjustment", "3.675m USD", component="listing_expenses"),
    )  # fmt: skip
    row = only("adjusted_loss", *claims, over("adjusted_net_loss", "186.280m USD"))
    # 512.013 − 313.477 − (8.581 + 3.675) = 186.280
    assert worked_out(row, per=10**6) == (Decimal("186.280"), "512.013 − 313.477 − (3.675 + 8.581)", "exact")
    assert rows_of("adjusted_loss", *claims[:2], over("adjusted_net_loss", "186.280m USD")) == []


LINES = (
    WHOLE, over("cost_of_sales", "40.961m USD"), over("selling_and_marketing", "39.289m USD"),
    over("administrative_expense", "22.074m USD"), over("research_and_development", "180.312m USD"),
    over("fair_value_loss", "313.477m USD"), over("finance_costs", "0.511m USD"),
    over("impairment_losses", "0.022m USD"), over("other_income", "31.196m USD"),
)  # fmt: skip


def test_the_loss_follows_from_the_lines():
    row = only("net_loss", *LINES, over("net_loss", "512.013m USD"))
    # 40.961 + 39.289 + 22.074 + 180.312 + 313.477 + 0.511 + 0.022 − 53.437 − 31.196
    assert worked_out(row, per=10**6)[::2] == (Decimal("512.013"), "exact")
    assert rows_of("net_loss", *LINES[:-1], over("net_loss", "512.013m USD")) == []


def test_gains_and_associates_count_where_they_are_stated():
    more = over("fair_value_gain", "10m USD"), over("share_of_associates", "-2.000m USD")
    row = only("net_loss", *LINES, *more, over("net_loss", "504.013m USD"))
    assert worked_out(row, per=10**6)[::2] == (Decimal("504.013"), "exact")
    assert row.computed is not None
    assert row.computed.text.endswith("− (53.437 + 31.196 + 10 + (−2))")


def test_the_operating_loss_follows_from_gross_profit():
    claims = (over("gross_profit", "12.476m USD"), *LINES[2:5], LINES[7], LINES[8])
    row = only("operating_loss", *claims, over("loss_from_operations", "198.025m USD"))
    # 39.289 + 22.074 + 180.312 + 0.022 − (12.476 + 31.196)
    assert worked_out(row, per=10**6)[::2] == (Decimal("198.025"), "exact")
    assert rows_of("operating_loss", *claims[:-1], over("loss_from_operations", "198.025m USD")) == []


# --- spend per payer --------------------------------------------------------------------------------------------------

PAYERS = over("paying_users", "1.7716m persons")
C_END = make_claim(says="38.020m USD", segment="c_end")


def test_spend_per_payer_leaves_advertising_out():
    ads = make_claim(says="11.188m USD", product="talkie", channel="online_marketing")
    row = only("spend_per_payer", PAYERS, C_END, ads, over("spend_per_payer", "15 USD"))
    # (38.020 − 11.188) ÷ 1.7716 = 15.146
    assert worked_out(row) == (Decimal("15.146"), "(38.02 − 11.188) ÷ 1771600", "exact")
    assert worked_out(only("spend_per_payer", PAYERS, C_END, over("spend_per_payer", "21 USD")))[2] == "exact"


def test_spend_per_payer_of_a_product_and_of_the_platform():
    paid = (
        make_claim(says="4.000m USD", product="hailuo", channel="subscription"),
        make_claim(says="1.000m USD", product="hailuo", channel="in_app_top_up"),
        over("paying_users", "100k persons", product="hailuo"), over("spend_per_payer", "50 USD", product="hailuo"),
        make_claim(says="15.417m USD", segment="b_end"), over("paying_platform_customers", "2.5k customers"),
        over("spend_per_payer", "6167 USD", product="open_platform"),
    )  # fmt: skip
    found = {row.claim.dimension: worked_out(row, 1) for row in rows_of("spend_per_payer", *paid)}
    # 5m ÷ 100,000; 15.417m ÷ 2,500, good to 2 %
    assert found == {
        "product=hailuo": (50, "(4 + 1) ÷ 100000", "exact"),
        "product=open_platform": (Decimal("6166.8"), "15.417 ÷ 2500", "exact"),
    }


def test_no_payers_no_spend():
    assert rows_of("spend_per_payer", over("paying_users", "0 persons"), C_END, over("spend_per_payer", "15 USD")) == []
    assert rows_of("spend_per_payer", PAYERS, over("spend_per_payer", "15 USD", product="hailuo")) == []
