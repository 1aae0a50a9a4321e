"""Spending, the price of growth, and figures per user."""

from ipo_data.exhibits import unit_economics
from tests.exhibits.library import words_in_figure
from tests.exhibits.small import MINIMAX, minimax, small, zhipu

SPENDING = (
    minimax("revenue", "100.0m USD", "9M2025"), minimax("cost_of_sales", "60.0m USD", "9M2025"),
    minimax("research_and_development", "90.0m USD", "9M2025"),
    minimax("selling_and_marketing", "20.0m USD", "9M2025"),
)  # fmt: skip
COMPUTE = (
    minimax("cost_of_sales", "45.0m USD", "9M2025", component="cloud_inference"),
    minimax("research_and_development", "70.0m USD", "9M2025", component="cloud_training"),
)
GROWTH = (
    minimax("revenue_growth", "100%", "9M2025"), minimax("adjusted_net_loss", "50.0m USD", "9M2025"),
    minimax("adjusted_net_loss_growth", "25%", "9M2025"),
)  # fmt: skip


def test_spending_is_one_bar_of_its_parts() -> None:
    exhibit = unit_economics.spending(small(*SPENDING, *COMPUTE, companies=(MINIMAX,)))

    # 170 ÷ 100; 70 ÷ 100 to train, 45 ÷ 100 to serve
    assert exhibit.title == (
        "For each unit of revenue: Minimax spends 1.70×, of which 0.70× on computing to train and 0.45× to serve "
        "(9M 2025)"
    )
    assert "<b>1.70×</b>" in words_in_figure(exhibit)


def test_computing_that_is_not_stated_is_not_claimed() -> None:
    title = unit_economics.spending(small(*SPENDING, companies=(MINIMAX,))).title

    assert title == "For each unit of revenue: Minimax spends 1.70× (9M 2025)"


def test_spending_nobody_itemises_is_a_gap() -> None:
    exhibit = unit_economics.spending(small(companies=(MINIMAX,)))

    assert exhibit.title == "Spending per unit of revenue"
    assert [str(p.state) for p in exhibit.points] == ["not_disclosed"]


def test_additional_loss_names_the_loss_it_is_of() -> None:
    claims = (zhipu("revenue", "200m CNY", "H1-2025"), zhipu("revenue", "100m CNY", "H1-2024"))
    losses = (zhipu("net_loss", "600m CNY", "H1-2025"), zhipu("net_loss", "400m CNY", "H1-2024"))
    exhibit = unit_economics.incremental(small(SPENDING[0], *GROWTH, *claims, *losses))

    # 50 − 50 ÷ 1.25 = 10 over 100 − 100 ÷ 2 = 50; 200 over 100
    assert exhibit.title == (
        "Additional loss per unit of additional revenue: Minimax 0.20× (adjusted, 9M 2025) and "
        "Zhipu 2.00× (under IFRS, H1 2025)"
    )


def test_additional_loss_without_a_year_before_is_not_available() -> None:
    exhibit = unit_economics.incremental(small(SPENDING[0], companies=(MINIMAX,)))

    assert exhibit.title == "Additional loss per additional unit of revenue"
    assert [p.reason for p in exhibit.points] == ["reason.no_prior_part"]


def test_unit_economics_name_the_firm_without_any() -> None:
    exhibit = unit_economics.economics(
        small(minimax("receivable_days", "38 days", "9M2025"), minimax("mau", "27.6m persons", "9M2025"),
              minimax("paying_users", "1.7716m persons", "9M2025"))
    )  # fmt: skip
    cells = dict(zip(exhibit.table["Item"], exhibit.table["Minimax"], strict=True))

    # 1.7716 ÷ 27.6 = 6.42 %
    assert cells["Payers over monthly users"] == "6.4% (9M 2025, derived)"
    assert cells["Receivable days"] == "38 days (9M 2025)"
    assert set(exhibit.table["Zhipu"]) == {"not disclosed in these sources"}
    assert exhibit.notes[-1] == "Zhipu: none of these figures can be computed from these sources."


def test_unit_economics_of_nobody_are_neutral() -> None:
    assert unit_economics.economics(small()).title == "Unit economics"
