"""Parts of revenue: stated or derived, what is left open, and where a series breaks."""

from decimal import Decimal

import pytest

from ipo_data.analysis.mix import is_break, parts, periods_with, state_of_gap, unaccounted
from ipo_data.analysis.points import State, Term
from ipo_data.intervals import Interval
from ipo_data.quantities import Bound
from tests.analysis.figures import KORAI, Korai
from tests.builders import make_claim, make_company, make_dataset

WHOLE = make_claim(says="53.437m USD")


def share(product: str, says: str, **changes: str):
    return make_claim("revenue_share", says, **{"period": "9M2025", "product": product, **changes})


def test_a_share_gives_the_amount_and_an_amount_the_share():
    dataset = make_dataset(WHOLE, share("talkie", "35.1%"), make_claim(says="17.464m USD", product="hailuo"))
    found = parts(dataset, "minimax", "product", "9M2025")
    talkie, hailuo = found["talkie"], found["hailuo"]
    # 35.1 % × 53.437 = 18.756387; 17.464 ÷ 53.437 = 32.6815 %
    assert (talkie[0][0].state, talkie[1][0].state) == (State.REPORTED, State.DERIVED)
    assert (talkie[1][0].value, talkie[1][0].formula) == (Decimal(18756387), "35.1% × 53.437")
    assert (round(hailuo[0][0].value or 0, 4), hailuo[0][0].formula) == (Decimal("32.6815"), "17.464 ÷ 53.437")


def test_parts_of_the_third_company():
    korai = (
        Korai()
        .says("revenue", "9.0bn KRW", period="9M2026")
        .says("revenue_share", "25%", period="9M2026", region="korea")
    )
    amount = parts(korai.dataset(), "korai", "region", "9M2026")["korea"][1][0]
    assert (amount.value, amount.unit) == (2_250_000_000, "KRW")


def test_without_a_total_or_with_a_disputed_one_there_is_no_amount():
    assert parts(make_dataset(share("talkie", "35.1%")), "minimax", "product", "9M2025")["talkie"][1] == []
    disputed = make_dataset(WHOLE, make_claim(says="60m USD", source="other"), share("talkie", "35.1%"))
    assert parts(disputed, "minimax", "product", "9M2025")["talkie"][1] == []


def test_a_disputed_share_shows_its_rivals_and_gives_no_amount():
    dataset = make_dataset(WHOLE, share("hailuo", "2.6%"), share("hailuo", "32.6%", source="other"))
    shares, amounts = parts(dataset, "minimax", "product", "9M2025")["hailuo"]
    assert sorted(p.value for p in shares) == [Decimal("2.6"), Decimal("32.6")]  # type: ignore[type-var]
    assert amounts == []
    assert unaccounted(dataset, "minimax", "product", "9M2025") is None


def test_a_share_of_over_85_percent_is_a_lower_bound():
    dataset = make_dataset(
        make_claim(says="191m USD"), make_claim("revenue_share", ">85%", period="9M2025", deployment="on_premise")
    )
    amount = parts(dataset, "minimax", "deployment", "9M2025")["on_premise"][1][0]
    # at least 85 % of 190.5m
    assert (amount.value, amount.bound) == (162_350_000, Bound.AT_LEAST)
    assert amount.interval is not None
    assert amount.interval.low == 161_925_000


def test_a_share_of_one_deployment_is_no_share_of_all_revenue():
    # 88.39 % of 161.777m on premise are 142.99m; of all 190.877m they would be 168.7m
    claims = [
        make_claim(says="190.877m USD"),
        make_claim("revenue_share", "88.39%", period="9M2025", region="mainland_china"),
    ]
    own = make_claim(
        "deployment_region_share", "88.39%", period="9M2025", deployment="on_premise", region="mainland_china"
    )
    alone = parts(make_dataset(*claims), "minimax", "region", "9M2025")["mainland_china"]
    assert round(alone[1][0].value or 0, -3) == 168_716_000
    known = parts(make_dataset(*claims, own), "minimax", "region", "9M2025")["mainland_china"]
    assert (len(known[0]), known[1]) == (1, [])


def test_periods_of_a_breakdown_in_order():
    dataset = make_dataset(
        WHOLE, share("talkie", "35.1%"), share("talkie", "63.7%", period="FY2024"),
        make_claim(says="1m USD", period="H1-2025", product="talkie"),
        make_claim(says="1m USD", period="FY2023", product="talkie", channel="subscription"),
    )  # fmt: skip
    assert periods_with(dataset, "minimax", "product") == ["FY2024", "H1-2025", "9M2025"]
    assert periods_with(dataset, "minimax", "segment") == []


def test_what_no_part_accounts_for():
    dataset = make_dataset(WHOLE, share("talkie", "35.1%"), share("hailuo", "2.6%"))
    rest = unaccounted(dataset, "minimax", "product", "9M2025", Term.number("71.1"))
    assert rest is not None
    # 71.1 − 35.1 − 2.6 = 33.4, each share good to 0.05
    assert (rest.value, rest.interval) == (Decimal("33.4"), Interval(Decimal("33.3"), Decimal("33.5")))
    whole = unaccounted(dataset, "minimax", "product", "9M2025")
    assert whole is not None
    assert whole.value == Decimal("62.3")
    assert unaccounted(dataset, "minimax", "region", "9M2025") is None


def test_groups_are_not_counted_beside_their_parts():
    company = make_company(groups={"product": {"apps": ["talkie", "hailuo"]}})
    claims = [WHOLE, share("talkie", "35.1%"), share("hailuo", "32.6%")]
    beside = make_dataset(*claims, share("apps", "67.7%"), companies=[company])
    alone = make_dataset(WHOLE, share("apps", "67.7%"), companies=[company])
    for dataset in (beside, alone):
        rest = unaccounted(dataset, "minimax", "product", "9M2025")
        assert rest is not None
        assert rest.value == Decimal("32.3")  # 100 − 67.7


@pytest.mark.parametrize(
    ("starts", "earlier", "later", "broken"),
    [
        ("FY2025", "FY2024", "FY2025", True),
        ("FY2025", "FY2024", "H1-2026", True),  # also where the first year of the new classes is not in evidence
        ("FY2025", "FY2025", "FY2026", False),
        ("FY2025", "FY2023", "FY2024", False),
        ("2025-12-31", "FY2024", "FY2025", True),
        ("2025", "FY2024", "FY2025", True),
    ],
)
def test_a_series_breaks_where_a_change_is_declared(starts, earlier, later, broken):
    company = make_company(breaks=[{"metric": "revenue", "axis": "deployment", "starts": starts, "because": "new"}])
    dataset = make_dataset(WHOLE, companies=[company])
    assert is_break(dataset, "minimax", "deployment", earlier, later) is broken
    assert not is_break(dataset, "minimax", "segment", earlier, later)


def test_a_break_follows_the_fiscal_year_of_the_company():
    korai = KORAI.model_copy(update={"breaks": make_company(
        breaks=[{"metric": "revenue_share", "axis": "product", "starts": "FY2026", "because": "new"}]
    ).breaks})  # fmt: skip
    dataset = make_dataset(companies=[korai])
    assert is_break(dataset, "korai", "product", "FY2025", "FY2026")
    # calendar 2025 ends before fiscal 2026, which runs to March 2026
    assert not is_break(dataset, "korai", "product", "FY2025", "2025-01-01..2025-12-31")


def test_gaps_are_declared_or_only_missing():
    company = make_company(gaps=[
        {"metric": "revenue_share", "axis": "segment", "because": "never"}, {"metric": "mau", "because": "stopped"},
    ])  # fmt: skip
    dataset = make_dataset(companies=[company])
    assert state_of_gap(dataset, "minimax", "revenue_share", "segment") is State.NOT_DISCLOSED
    assert state_of_gap(dataset, "minimax", "revenue_share", "product") is State.NOT_AVAILABLE
    assert state_of_gap(dataset, "minimax", "mau", "product") is State.NOT_DISCLOSED
