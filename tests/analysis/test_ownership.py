"""Holdings, what no document accounts for, dilution and votes, by hand."""

from decimal import Decimal

import pytest

from ipo_data.analysis.deal_arithmetic import (
    diluted_interests,
    dilution,
    other_ten_vote_shares,
    vote_multiples,
)
from ipo_data.analysis.ownership import holdings, remainder, stages
from ipo_data.analysis.unit_economics import holder_concentration
from ipo_data.dataset import Dataset
from ipo_data.intervals import Interval
from tests.analysis.figures import Korai
from tests.builders import make_claim, make_company, make_dataset

BEFORE = {"as_of": "2025-12-31", "stage": "before_offering"}


def owns(holder: str, says: str, **changes: str):
    return make_claim("economic_interest", says, holder=holder, **{**BEFORE, **changes})


def votes(holder: str, says: str, **changes: str):
    return make_claim("voting_rights", says, holder=holder, **{**BEFORE, **changes})


HELD = {"yan": "22.35%", "ali": "15.04%", "mihoyo": "7.05%", "idg": "3.08%", "tencent": "2.84%"}
FIVE = [owns(holder, says) for holder, says in HELD.items()]


def test_what_the_named_holders_leave_open():
    point = remainder(make_dataset(*FIVE), "minimax", "before_offering")
    assert point is not None
    # 100 − 50.36 = 49.64, each good to 0.005
    assert (point.value, point.interval) == (Decimal("49.64"), Interval(Decimal("49.615"), Decimal("49.665")))


def test_the_index_of_the_named_holders():
    # 499.52 + 226.20 + 49.70 + 9.49 + 8.07
    point = holder_concentration(make_dataset(*FIVE), "minimax")[0]
    assert (round(point.value or 0, 2), point.dimensions) == (Decimal("792.98"), {"stage": "before_offering"})


def test_a_group_counts_unless_its_members_do():
    company = make_company(groups={"holder": {"founder": ["alpha", "beta"]}})
    members = [owns("alpha", "22.35%"), owns("beta", "5.90%")]
    group = owns("founder", "28.25%")
    for claims in ([*members, group], [group], members):
        dataset = make_dataset(*claims, companies=[company])
        rest = remainder(dataset, "minimax", "before_offering")
        assert rest is not None
        assert rest.value == Decimal("71.75")
    with_group = holder_concentration(make_dataset(*members, group, companies=[company]), "minimax")[0]
    without = holder_concentration(make_dataset(*members, companies=[company]), "minimax")[0]
    assert with_group.value == without.value == Decimal("22.35") ** 2 + Decimal("5.9") ** 2


def test_a_group_counts_with_members_that_no_document_names():
    company = make_company(groups={"holder": {"concert": ["alpha", "beta"]}})
    claims = (owns("alpha", "22.35%"), owns("beta", "5.90%"), owns("concert", "33.03%"), owns("fund", "4.27%"))
    rest = remainder(make_dataset(*claims, companies=[company]), "minimax", "before_offering")
    assert rest is not None
    assert rest.value == Decimal("62.70")  # 100 − 33.03 − 4.27, not 100 − 22.35 − 5.90 − 4.27
    disputed = make_dataset(*claims, owns("concert", "31.00%", source="other"), companies=[company])
    by_members = remainder(disputed, "minimax", "before_offering")
    assert by_members is not None
    assert by_members.value == Decimal("67.48")  # 100 − 22.35 − 5.90 − 4.27


def test_public_shareholders_are_part_of_the_rest():
    dataset = make_dataset(owns("fund", "15%"), owns("public", "8.5%"))
    rest = remainder(dataset, "minimax", "before_offering")
    assert rest is not None
    assert rest.value == Decimal(85)


def test_the_rest_of_the_recorded_companies():
    dataset = Dataset.load()
    found = {
        (company, stage): point.value
        for company in ("minimax", "zhipu")
        for stage in stages(dataset, company)
        if (point := remainder(dataset, company, stage))
    }
    assert found == {
        # 100 − 28.25 − (13.66 + 7.46 + 6.40 + 5.91 + 3.81 + 2.80 + 2.78 + 2.58 + 2.50 + 1.76 + 1.30 × 2 + 1.23)
        ("minimax", "before_offering"): Decimal("18.26"),
        # 100 − 25.90 − (12.52 + 6.84 + 5.87 + 5.42 + 3.49 + 2.57 + 2.54 + 2.37 + 2.29 + 1.61 + 1.19 × 2 + 1.13)
        ("minimax", "after_offering"): Decimal("25.07"),
        # 100 − 33.03 − (6.73 + 4.27 + 3.99 + 3.90 + 3.86 + 2.82 + 2.49 + 1.73 + 1.68 + 1.29 + 1.23)
        ("zhipu", "before_offering"): Decimal("32.98"),
        # 100 − 30.22 − (6.16 + 3.91 + 3.66 + 3.57 + 3.53 + 2.58 + 2.27 + 1.58 + 1.54 + 1.18 + 1.13)
        ("zhipu", "after_offering"): Decimal("38.67"),
    }


def test_a_disputed_holding_leaves_no_rest():
    dataset = make_dataset(*FIVE, owns("ali", "13.66%", source="other"))
    assert remainder(dataset, "minimax", "before_offering") is None
    assert remainder(dataset, "minimax", "after_offering") is None


def test_the_rest_carries_the_stage_of_the_holdings_and_none_where_they_name_none():
    later = make_dataset(make_claim("economic_interest", "30%", as_of="2026-01", holder="ali", stage="after_offering"))
    bare = make_dataset(make_claim("economic_interest", "30%", as_of="2026-01", holder="ali"))
    rest = [remainder(data, "minimax", stages(data, "minimax")[0]) for data in (later, bare)]
    assert [point.dimensions for point in rest if point] == [
        {"holder": "undisclosed_rest", "stage": "after_offering"}, {"holder": "undisclosed_rest"},
    ]  # fmt: skip


def test_holdings_show_interest_beside_votes_largest_first():
    voting = votes("yan", "59.21%"), votes("staff", "1.99%")
    dataset = make_dataset(owns("ali", "15.04%"), owns("yan", "22.35%"), *voting)
    found = holdings(dataset, "minimax", "before_offering")
    assert [h.holder for h in found] == ["yan", "ali", "staff"]
    assert ([p.value for p in found[0].votes], found[1].votes) == ([Decimal("59.21")], [])
    assert found[2].economic == []
    assert stages(dataset, "minimax") == ["before_offering"]


def test_rival_holdings_are_all_shown():
    dataset = make_dataset(owns("ali", "15.04%"), owns("ali", "13.66%", source="other"))
    assert sorted(p.value for p in holdings(dataset, "minimax", "before_offering")[0].economic) == [  # type: ignore[type-var]
        Decimal("13.66"), Decimal("15.04"),
    ]  # fmt: skip


# --- dilution ---------------------------------------------------------------------------------------------------------

COUNTS = (
    make_claim("shares_in_issue", "280058068 shares", as_of="2025-12-31", stage="before_offering"),
    make_claim("shares_in_issue", "309255668 shares", as_of="2026-01-09", stage="at_listing"),
    make_claim("shares_in_issue", "313635308 shares", as_of="2026-02-27", stage="after_over_allotment"),
)


def test_the_offer_dilutes():
    found = {p.dimensions["stage"]: round(p.value or 0, 2) for p in dilution(make_dataset(*COUNTS), "minimax")}
    # 29,197,600 ÷ 309,255,668; 33,577,240 ÷ 313,635,308
    assert found == {"at_listing": Decimal("9.44"), "after_over_allotment": Decimal("10.71")}


def test_a_holder_who_does_nothing_is_diluted():
    dataset = make_dataset(*COUNTS, FIVE[0], owns("late", "5%", stage="after_offering"))
    found = {p.dimensions["stage"]: round(p.value or 0, 2) for p in diluted_interests(dataset, "minimax")}
    # 22.35 × 280,058,068 ÷ 309,255,668; ÷ 313,635,308
    assert found == {"at_listing": Decimal("20.24"), "after_over_allotment": Decimal("19.96")}


def test_without_both_counts_nothing_is_diluted():
    assert dilution(make_dataset(COUNTS[0]), "minimax") == dilution(make_dataset(*COUNTS[1:]), "minimax") == []
    assert diluted_interests(make_dataset(COUNTS[0], FIVE[0]), "minimax") == []


# --- votes ------------------------------------------------------------------------------------------------------------


def test_votes_per_share_of_a_sole_holder_of_special_shares():
    point = vote_multiples(make_dataset(FIVE[0], votes("yan", "59.21%")), "minimax")[0]
    # 0.5921 × 0.7765 ÷ (0.2235 × 0.4079) = 5.0432; each input is used twice, the ends are those of the corners
    assert round(point.value or 0, 4) == Decimal("5.0432")
    assert point.interval is not None
    low = Decimal("0.59205") * Decimal("0.77645") / (Decimal("0.22355") * Decimal("0.40795"))
    high = Decimal("0.59215") * Decimal("0.77655") / (Decimal("0.22345") * Decimal("0.40785"))
    assert abs(point.interval.low - low) < Decimal("1e-20")
    assert abs(point.interval.high - high) < Decimal("1e-20")
    assert point.formula == "59.21% × (1 − 22.35%) ÷ (22.35% × (1 − 59.21%))"


def test_ten_vote_shares_that_others_must_hold():
    point = other_ten_vote_shares(make_dataset(FIVE[0], votes("yan", "59.21%")), "minimax")[0]
    # (2.235 ÷ 0.5921 − 1) ÷ 9 − 0.2235 = 8.480 %
    assert round(point.value or 0, 3) == Decimal("8.480")
    # all his shares carry ten votes and nobody else's: 10e ÷ (1 + 9e) = 52.6 % for e = 10 %
    alone = make_dataset(owns("yan", "10.0%"), votes("yan", "52.6%"))
    assert other_ten_vote_shares(alone, "minimax") == []


@pytest.mark.parametrize(
    "claims",
    [
        [owns("yan", "22.35%")],
        [owns("yan", "22.35%"), votes("yan", "22.35%")],
        [owns("yan", "22.35%"), votes("yan", "10.00%")],
        [owns("yan", "22.35%"), votes("yan", "100%")],
        [owns("yan", "22.35%"), votes("yan", "59.21%", stage="after_offering")],
        [owns("yan", "22.35%"), owns("yan", "28.25%", source="other"), votes("yan", "59.21%")],
    ],
    ids=["no-votes", "one-share-one-vote", "fewer-votes", "all-votes", "other-stage", "disputed"],
)
def test_no_multiple_without_more_votes_than_shares(claims):
    assert vote_multiples(make_dataset(*claims), "minimax") == []


def test_a_third_company_without_holders_has_gaps():
    dataset = Korai().dataset()
    assert stages(dataset, "korai") == holder_concentration(dataset, "korai") == dilution(dataset, "korai") == []
    assert remainder(dataset, "korai", "before_offering") is None
    one = Korai().says("economic_interest", "20%", as_of="2025-12-31", holder="founder").dataset()
    assert [(p.value, p.dimensions) for p in holder_concentration(one, "korai")] == [(400, {})]
