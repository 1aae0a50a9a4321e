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
    assert found.of_all == (40, 90)  # 80 % of half; plus the other half


def test_nothing_is_nothing():
    assert regions_of(make_dataset(make_claim()), "minimax") == []
