"""Shares of totals, rests, sums of parts, margins; and shares that were rounded to add up."""

from decimal import Decimal
from typing import Any

import pytest

from ipo_data.analysis.verdicts import TieOut
from ipo_data.model.claim import Claim
from tests.analysis.figures import Korai
from tests.analysis.ledger.tested import only, over, rows_in, rows_of, worked_out
from tests.builders import make_claim, make_company, make_source

WHOLE = make_claim(says="53.437m USD")


def share(says: str, **changes: Any) -> Claim:
    return over("revenue_share", says, **changes)


def test_a_share_of_the_total():
    part = make_claim(says="38.020m USD", segment="c_end")
    row = only("share_of_total", WHOLE, part, share("71.1%", segment="c_end"))
    assert worked_out(row) == (Decimal("71.149"), "38.02 ÷ 53.437", "exact")


def test_a_small_amount_is_written_in_the_same_millions():
    parts = make_claim(says="3.460m USD"), make_claim(says="0.087m USD", region="others")
    row = only("share_of_total", *parts, share("2.5%", region="others"))
    assert worked_out(row) == (Decimal("2.514"), "0.087 ÷ 3.46", "exact")


def test_no_total_no_row():
    part = make_claim(says="38.020m USD", segment="c_end"), share("71.1%", segment="c_end")
    assert rows_of("share_of_total", *part) == []
    assert rows_of("share_of_total", *part, make_claim(says="0.000m USD")) == []


def test_a_region_within_one_deployment():
    claims = (
        make_claim(says="161.777m USD", deployment="on_premise"),
        make_claim(says="142.992m USD", deployment="on_premise", region="mainland_china"),
        over("deployment_region_share", "88.39%", deployment="on_premise", region="mainland_china"),
    )
    assert worked_out(only("share_of_deployment", *claims)) == (Decimal("88.388"), "142.992 ÷ 161.777", "exact")


# --- rests ------------------------------------------------------------------------------------------------------------


def test_two_shares_leave_nothing():
    rows = rows_of("rest_of_two", share("71.1%", segment="c_end"), share("28.9%", segment="b_end"))
    assert [worked_out(row, 1) for row in rows] == [
        (Decimal("28.9"), "100 − 71.1", "exact"), (Decimal("71.1"), "100 − 28.9", "exact"),
    ]  # fmt: skip


def test_an_open_ended_share_confirms_nothing_exactly():
    rows = rows_of("rest_of_two", share(">85%", deployment="on_premise"), share("15%", deployment="cloud"))
    assert {row.claim.says: row.verdict for row in rows} == {
        ">85%": TieOut.LOOSE_WORDING, "15%": TieOut.LOOSE_WORDING,
    }  # fmt: skip


def test_products_make_up_the_consumer_segment():
    claims = [share("71.1%", segment="c_end")]
    claims += [share(says, product=name) for name, says in (("talkie", "35.1%"), ("hailuo", "2.6%"))]
    rows = {row.claim.says: worked_out(row, 1) for row in rows_of("rest_of_products", *claims)}
    assert rows == {
        "2.6%": (Decimal("36.0"), "71.1 − 35.1", "in_conflict"),
        "35.1%": (Decimal("68.5"), "71.1 − 2.6", "in_conflict"),
    }


def test_a_suspect_share_is_not_held_against_the_others():
    claims = (
        share("71.1%", segment="c_end"), share("35.1%", product="talkie"),
        share("2.6%", product="hailuo", flags=["suspect"]),
    )  # fmt: skip
    assert [row.claim.says for row in rows_of("rest_of_products", *claims)] == ["2.6%"]


def test_overseas_is_what_the_mainland_leaves():
    row = only("overseas_rest", share("26.95%", region="mainland_china"), share(">70%", overseas="overseas"))
    assert worked_out(row, 2) == (Decimal("73.05"), "100 − 26.95", "loose_wording")


# --- sums -------------------------------------------------------------------------------------------------------------


def segments(c_end: str, b_end: str):
    return make_claim(says=c_end, segment="c_end"), make_claim(says=b_end, segment="b_end")


def test_segments_add_up():
    row = only("sum_of_segment", WHOLE, *segments("38.020m USD", "15.417m USD"))
    assert worked_out(row, per=10**6) == (Decimal("53.437"), "15.417 + 38.02", "exact")


def test_segments_that_do_not_add_up_are_in_conflict():
    assert only("sum_of_segment", WHOLE, *segments("38.020m USD", "14.000m USD")).verdict is TieOut.IN_CONFLICT
    # more than the whole is a conflict on any axis, less than the whole only where the axis is complete
    channels = [make_claim(says="40m USD", channel=name) for name in ("subscription", "in_app_top_up")]
    assert only("sum_of_channel", WHOLE, *channels).verdict is TieOut.IN_CONFLICT
    some = [make_claim(says="10.0m USD", channel=name) for name in ("subscription", "in_app_top_up")]
    assert rows_of("sum_of_channel", WHOLE, *some) == []


def test_a_member_known_from_other_years_makes_the_axis_incomplete():
    other = make_claim(says="1m USD", period="FY2024", segment="other")
    assert rows_of("sum_of_segment", WHOLE, *segments("30.000m USD", "15.417m USD"), other) == []


def test_groups_one_part_and_disputed_parts_give_no_sum():
    company = make_company(groups={"region": {"asia": ["singapore", "mainland_china"]}})
    amounts = {"singapore": "13.000m", "mainland_china": "14.400m", "others": "26.037m", "asia": "27.400m"}
    regions = [make_claim(says=f"{amount} USD", region=name) for name, amount in amounts.items()]
    row = only("sum_of_region", WHOLE, *regions, companies=[company])
    assert row.verdict is TieOut.EXACT
    assert rows_of("sum_of_segment", WHOLE, segments("38m USD", "1m USD")[0]) == []
    disputed = make_claim(says="30m USD", segment="c_end", source="other")
    assert rows_of("sum_of_segment", WHOLE, *segments("38.020m USD", "15.417m USD"), disputed) == []


def test_parts_of_a_part_add_up_to_it():
    channels = {"subscription": "3.960m USD", "in_app_top_up": "0.897m USD", "online_marketing": "14.601m USD"}
    claims = [make_claim(says=says, product="talkie", channel=channel) for channel, says in channels.items()]
    claims.append(make_claim(says="19.458m USD", product="talkie"))
    assert worked_out(only("sum_of_channel", *claims), per=10**6)[::2] == (Decimal("19.458"), "exact")


def test_users_by_product_add_up():
    users = over("mau", "20.0m persons", product="talkie"), over("mau", "7.6m persons", product="hailuo")
    row = only("sum_of_product", over("mau", "27.6m persons"), *users)
    assert worked_out(row)[1:] == ("7600000 + 20000000", "exact")


# --- margins ----------------------------------------------------------------------------------------------------------


def test_margin_and_gross_profit():
    claims = (
        WHOLE, over("gross_profit", "12.476m USD"), over("gross_margin", "23.3%"), over("cost_of_sales", "40.961m USD"),
    )  # fmt: skip
    assert worked_out(only("gross_margin", *claims)) == (Decimal("23.347"), "12.476 ÷ 53.437", "exact")
    assert worked_out(only("gross_profit", *claims), per=10**6) == (Decimal("12.476"), "53.437 − 40.961", "exact")


def test_a_negative_margin_of_the_third_company():
    korai = Korai()
    for metric, says in (("revenue", "12.0bn KRW"), ("gross_profit", "-3.0bn KRW"), ("gross_margin", "-25.0%")):
        korai.says(metric, says, period="9M2026")
    assert worked_out(rows_in(korai.dataset(), "gross_margin")[0]) == (-25, "(−3000) ÷ 12000", "exact")


# --- shares nudged to 100 ---------------------------------------------------------------------------------------------

FILING = make_source("filing", kind="prospectus")


def thirds(*printed: str, source: str = "filing"):
    """Three equal parts of 3.0m: each would round to 33.3 %."""
    names = ("aa", "bb", "cc")
    amounts = [make_claim(says="1.0000m USD", region=name, source=source) for name in names]
    return amounts + [share(says, region=name, source=source) for name, says in zip(names, printed, strict=True)]


def verdicts(*claims, **options) -> dict[str, tuple[str, str]]:
    whole = make_claim(says="3.0000m USD", source="filing")
    rows = rows_of("share_of_total", whole, *claims, sources=[FILING], **options)
    return {f"{r.claim.dimension} {r.claim.says}": (str(r.verdict), r.explanation) for r in rows}


def test_a_share_rounded_so_that_the_parts_add_up_is_explained():
    assert verdicts(*thirds("33.3%", "33.3%", "33.4%")) == {
        "region=aa 33.3%": ("exact", ""),
        "region=bb 33.3%": ("exact", ""),
        "region=cc 33.4%": ("other_basis", "explain.parts_to_hundred"),
    }


@pytest.mark.parametrize(
    ("printed", "why"),
    [
        (("33.3%", "33.3%", "33.5%"), "the parts do not add up to 100"),
        (("33.3%", "33.1%", "33.6%"), "further off than the neighbouring step"),
    ],
)
def test_other_shares_stay_in_conflict(printed, why):
    assert verdicts(*thirds(*printed))[f"region=cc {printed[2]}"] == ("in_conflict", ""), why


def test_the_explanation_is_the_documents_own_and_does_not_cover_its_rivals():
    # the filing nudged 33.3 % to 33.4 %; a newspaper that prints 3.4 % dropped a digit
    claims = thirds("33.3%", "33.3%", "33.4%")
    misprint = share("3.4%", region="cc", source="paper")
    found = verdicts(*claims, misprint)
    assert found["region=cc 33.4%"] == ("other_basis", "explain.parts_to_hundred")
    assert found["region=cc 3.4%"] == ("in_conflict", "")


def test_products_are_nudged_to_the_consumer_segments_share():
    # 2 and 1 of 4 are 50.0 and 25.0 %; printed beside a segment of 75.1 % one of them was raised
    claims = [make_claim(says="4.0000m USD", source="filing"), share("75.1%", segment="c_end", source="filing")]
    for name, amount, printed in (("one", "2.0000m USD", "50.1%"), ("two", "1.0000m USD", "25.0%")):
        claims.append(make_claim(says=amount, product=name, source="filing"))
        claims.append(share(printed, product=name, source="filing"))
    rows = {row.claim.says: row.explanation for row in rows_of("share_of_total", *claims, sources=[FILING])}
    assert rows == {"50.1%": "explain.parts_to_hundred", "25.0%": ""}
