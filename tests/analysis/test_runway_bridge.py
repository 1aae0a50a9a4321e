"""The bridge between published runways, by hand: what each definition adds, which published months a level gives."""

from decimal import Decimal

import pytest

from ipo_data.analysis.runway import matrix, proceeds_cells, published, reproduces
from ipo_data.analysis.runway_bridge import bridge
from ipo_data.dataset import Dataset
from ipo_data.evidence import admits
from tests.builders import make_claim, make_company, make_dataset


@pytest.fixture(scope="module")
def everything() -> Dataset:
    return Dataset.load()


def rows(dataset: Dataset, company: str) -> list[tuple[str, str, Decimal, Decimal | None]]:
    return [
        (step.kind, step.definition, round(step.point.value or Decimal(0), 2), step.published and step.published.value)
        for step in bridge(dataset, company)
    ]


def test_minimax_of_the_articles_from_37_to_53(everything):
    found = rows(everything.restricted(admits("articles")), "minimax")
    # 363 ÷ 27.9; 1,007.2 ÷ 27.9 = 36.10; 1,046.2 ÷ 27.9 = 37.50; 1,100 ÷ 27.9 = 39.43; 1,100 ÷ (186 ÷ 9) = 53.23
    assert found == [
        ("level", "cash_only", Decimal("13.01"), None),
        ("liquidity", "cash_and_investments", Decimal("23.09"), None),
        ("liquidity", "company_definition", Decimal("1.40"), None),
        ("level", "company_definition", Decimal("37.50"), 37),
        ("liquidity", "company_definition", Decimal("1.93"), None),
        ("burn", "adjusted_loss", Decimal("13.80"), None),
        ("level", "company_definition", Decimal("53.23"), 53),
    ]


def test_minimax_of_the_prospectus_reaches_54_with_proceeds(everything):
    found = rows(everything, "minimax")
    # 468.7 ÷ 28.1 = 16.68 and (1,046.2 + 468.7) ÷ 28.1 = 53.91, which rounds to 54
    assert found[-2:] == [
        ("proceeds", "with_proceeds", Decimal("16.68"), None), ("level", "with_proceeds", Decimal("53.91"), 54),
    ]  # fmt: skip


def test_zhipu_from_8_6_without_bank_lines_to_38_9_with_all_proceeds(everything):
    found = rows(everything, "zhipu")
    # 2,812.6 ÷ 327.3 = 8.59; 6,130.5 ÷ 327.3 = 18.73; 378.53 ÷ 327.3 = 1.16; 3,785.3 ÷ 327.3 = 11.57
    assert [row for row in found if row[0] != "level"] == [
        ("liquidity", "company_definition", Decimal("18.73"), None),
        ("proceeds", "tenth_of_proceeds", Decimal("1.16"), None),
        ("proceeds", "with_proceeds", Decimal("11.57"), None),
    ]
    levels = {(row[1], row[2], row[3]) for row in found if row[0] == "level"}
    assert levels == {
        ("cash_and_investments", Decimal("8.59"), None), ("company_definition", Decimal("27.32"), Decimal("27.3")),
        ("tenth_of_proceeds", Decimal("28.48"), Decimal("28.5")), ("with_proceeds", Decimal("38.89"), Decimal("38.9")),
    }  # fmt: skip


@pytest.mark.parametrize("company", ["minimax", "zhipu"])
def test_every_step_names_its_claims_and_its_arithmetic_and_the_steps_add_up(everything, company):
    steps = bridge(everything, company)
    level = None
    total = Decimal(0)
    for step in steps:
        assert step.point.claims
        assert step.point.formula
        if step.kind != "level":
            total += step.point.value
        elif level is None or total == 0:
            level = step.point.value
        else:
            assert abs(level + total - step.point.value) < Decimal("1e-9")
            level, total = step.point.value, Decimal(0)


@pytest.mark.parametrize("company", ["minimax", "zhipu"])
def test_every_published_runway_stands_in_a_cell(everything, company):
    cells = [*matrix(everything, company), *proceeds_cells(everything, company)]

    assert [point.value for point in published(everything, company) if not reproduces(point, cells)] == []


def claim(says: str, **changes: str):
    return make_claim("runway", says, **{"as_of": "2025-09-30", "proceeds": "without_proceeds", **changes})


def test_months_are_cut_rounded_where_hedged_and_kept_to_the_printed_digit():
    money = make_claim("liquidity", "1000m USD", as_of="2025-09-30")
    burn = make_claim("monthly_burn", "27.9m USD", period="FY2025", burn_basis="assumed", kind="forecast")
    # 1,000 ÷ 27.9 = 35.84
    given = {"35 months": 1, "36 months": 0, "~36 months": 1, ">35 months": 1, "35.8 months": 1, "35.9 months": 0}
    for says, count in given.items():
        dataset = make_dataset(money, burn, claim(says))
        (point,) = published(dataset, "minimax")
        assert len(reproduces(point, matrix(dataset, "minimax"))) == count, says


def test_without_money_or_burn_there_is_no_bridge():
    assert bridge(make_dataset(companies=[make_company()]), "minimax") == []
    assert bridge(make_dataset(make_claim("liquidity", "1000m USD", as_of="2025-09-30")), "minimax") == []
