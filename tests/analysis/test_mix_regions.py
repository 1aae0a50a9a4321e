"""Regions: each share with the revenue it is a share of."""

from decimal import Decimal

from ipo_data.analysis.mix_regions import regions_of
from tests.builders import make_claim, make_dataset


def share(says: str, period: str = "9M2025", **axes: str):
    return make_claim("revenue_share", says, period=period, **axes)


def within(says: str, region: str):
    return make_claim("deployment_region_share", says, period="H1-2025", deployment="on_premise", region=region)


def test_a_split_of_all_revenue_is_ranked():
    (found,) = regions_of(make_dataset(share("20%", region="others"), share("27%", region="mainland_china")), "minimax")
    assert [p.value for p in found.shares] == [27, 20]
    assert (found.deployment, found.of_all) == ("", None)
    assert found.home is found.shares[0]


def test_a_later_share_from_abroad_stands_beside_an_older_split():
    dataset = make_dataset(share("27%", region="mainland_china"), share("73%", "FY2025", overseas="overseas"))
    assert [own.shares[0].value for own in regions_of(dataset, "minimax")] == [27, 73]
    older = make_dataset(share("27%", region="mainland_china"), share("73%", "FY2024", overseas="overseas"))
    assert [own.shares[0].value for own in regions_of(older, "minimax")] == [27]


def test_amounts_of_one_deployment_are_shares_of_its_revenue():
    # 142.99 ÷ 161.777 = 88.387 %
    dataset = make_dataset(
        make_claim(says="161.777m USD", period="H1-2025", deployment="on_premise"),
        make_claim(says="142.990m USD", period="H1-2025", deployment="on_premise", region="mainland_china"),
    )
    (found,) = regions_of(dataset, "minimax")
    assert found.deployment == "on_premise"
    assert found.home is not None
    assert round(found.home.value or 0, 3) == Decimal("88.387")
    assert found.of_all is None  # what share of all revenue the deployment has is not known


def test_a_share_of_one_deployment_is_never_one_of_all_revenue():
    dataset = make_dataset(
        within("80%", "mainland_china"), share("80%", "H1-2025", region="mainland_china"),
        share("50%", "H1-2025", deployment="on_premise"),
    )  # fmt: skip
    (found,) = regions_of(dataset, "minimax")
    assert found.deployment == "on_premise"
    # 80 % of half, and the other half; as printed: 79.5 % × 49.5 % and 80.5 % × 49.5 % + 50.5 %
    assert found.of_all == (Decimal("39.3525"), Decimal("90.3475"))


def test_bounds_are_worked_out_from_amounts_where_all_are_given():
    dataset = make_dataset(
        make_claim(says="190.877m USD", period="H1-2025"),
        make_claim(says="161.777m USD", period="H1-2025", deployment="on_premise"),
        make_claim(says="142.990m USD", period="H1-2025", deployment="on_premise", region="mainland_china"),
        within("88.39%", "mainland_china"), share("84.8%", "H1-2025", deployment="on_premise"),
    )  # fmt: skip
    (found,) = regions_of(dataset, "minimax")
    assert found.of_all is not None
    # 142.990 ÷ 190.877 = 74.912 %, not 88.39 % × 84.8 % = 74.95 %; plus (190.877 − 161.777) ÷ 190.877 = 15.245 %
    assert [round(end, 2) for end in found.of_all] == [Decimal("74.91"), Decimal("90.16")]


def test_an_open_share_bounds_from_its_printed_end():
    dataset = make_dataset(
        within("80.0%", "mainland_china"), share(">85%", "H1-2025", deployment="on_premise"),
    )  # fmt: skip
    (found,) = regions_of(dataset, "minimax")
    # 79.95 % × 85 % = 67.9575; 80.05 % × 85 % + 15 % = 83.0425
    assert found.of_all == (Decimal("67.9575"), Decimal("83.0425"))


def test_nothing_is_nothing():
    assert regions_of(make_dataset(make_claim()), "minimax") == []
