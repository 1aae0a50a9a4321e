"""Profitability: margins, losses, research."""

from ipo_data.exhibits import profitability
from tests.builders import make_rate
from tests.charts.drawing import traces
from tests.exhibits.library import words_in_figure
from tests.exhibits.small import MINIMAX, minimax, small, table_of, zhipu

SEGMENTS = (
    minimax("gross_margin", "23.3%", "9M2025"),
    minimax("gross_margin", "69.4%", "9M2025", segment="b_end"),
    minimax("revenue_share", "28.9%", "9M2025", segment="b_end"),
    minimax("revenue_share", "71.1%", "9M2025", segment="c_end"),
)
LOSSES = (
    *(minimax("net_loss", f"{n}m USD", f"FY{2021 + n}") for n in (1, 2, 3)),
    minimax("adjusted_net_loss", "186m USD", "9M2025"),
    zhipu("net_loss", "700m CNY", "FY2024"),
)


# --- margins ----------------------------------------------------------------------------------------------------------


def test_margins_move_in_points() -> None:
    context = small(
        minimax("gross_margin", "-24.7%", "FY2023"), minimax("gross_margin", "12.2%", "FY2024"),
        zhipu("gross_margin", "50%", "H1-2025"),
    )  # fmt: skip

    # 12.2 − (−24.7) = 36.9; one figure alone has not moved
    assert profitability.gross_margin(context).title == (
        "Gross margin: Minimax from −24.7% (FY2023) to 12.2% (FY2024), +36.9 pp"
    )


def test_a_margin_follows_from_profit_and_revenue() -> None:
    context = small(
        minimax("revenue", "53.437m USD", "9M2025"), minimax("gross_profit", "12.451m USD", "9M2025"),
        companies=(MINIMAX,),
    )  # fmt: skip

    # 12.451 ÷ 53.437 = 23.30 %
    assert table_of(profitability.gross_margin, context) == [["Gross margin", "9M 2025", "23.3%", "derived"]]


def test_a_firm_without_margins_is_a_gap() -> None:
    rows = table_of(profitability.gross_margin, small(minimax("gross_margin", "12.2%", "FY2024")))

    assert rows[-1] == ["Gross margin", "", "not disclosed in these sources", "not disclosed in these sources"]


def test_the_missing_segment_follows_from_the_identity_with_its_range() -> None:
    exhibit = profitability.segment_margins(small(*SEGMENTS, companies=(MINIMAX,)))

    # (23.3 − 28.9 % × 69.4) ÷ (1 − 28.9 %) = (23.3 − 20.0566) ÷ 0.711 = 4.5617; printed digits allow 4.43 to 4.70
    assert "<b>4.6% [4.43%, 4.70%]</b>" in words_in_figure(exhibit)
    assert exhibit.title == "b_end of Minimax earns 69.4%, c_end of Minimax 4.6%"
    assert exhibit.notes[0].startswith("Margin identity: (23.3% − 28.9% × 69.4%)")


def test_one_segment_alone_is_not_compared() -> None:
    context = small(minimax("gross_margin", "69.4%", "9M2025", segment="b_end"), companies=(MINIMAX,))

    assert profitability.segment_margins(context).title == "Gross margin by segment"


# --- losses -----------------------------------------------------------------------------------------------------------


def test_the_last_two_losses_of_each_definition_are_shown_in_one_currency() -> None:
    context = small(*LOSSES, rates=(make_rate(rate="7.0"),))

    assert [row[:3] for row in table_of(profitability.losses, context)] == [
        ["Net loss (IFRS)", "FY2023", "US$2m"],
        ["Net loss (IFRS)", "FY2024", "US$3m"],
        ["Adjusted net loss", "9M 2025", "US$186m"],
        ["Net loss (IFRS)", "FY2024", "US$100.0m"],  # 700 ÷ 7
    ]


def test_losses_without_a_rate_are_words_in_the_chart() -> None:
    exhibit = profitability.losses(small(*LOSSES))

    assert "not available" in words_in_figure(exhibit)
    assert len(traces(exhibit.figure, "bar")) == 3


def test_the_loss_ratio_is_of_the_adjusted_loss_where_there_is_one() -> None:
    context = small(
        minimax("revenue", "53.437m USD", "9M2025"), minimax("net_loss", "500m USD", "9M2025"),
        minimax("adjusted_net_loss", "186m USD", "9M2025"), zhipu("revenue", "191m CNY", "H1-2025"),
        zhipu("net_loss", "2358m CNY", "H1-2025"),
    )  # fmt: skip

    # 186 ÷ 53.437 = 3.481; 2,358 ÷ 191 = 12.35
    assert profitability.loss_ratio(context).title == (
        "Loss per unit of revenue: Minimax 3.48× (Adjusted net loss over revenue, 9M 2025); "
        "Zhipu 12.3× (Net loss over revenue, H1 2025)"
    )


# --- research ---------------------------------------------------------------------------------------------------------


def test_a_computed_research_ratio_replaces_the_stated_one_of_its_period() -> None:
    context = small(
        minimax("revenue", "53.437m USD", "9M2025"), minimax("research_and_development", "180.1m USD", "9M2025"),
        minimax("research_to_revenue", "3.4x", "9M2025"), minimax("research_to_revenue", "6.2x", "FY2024"),
        companies=(MINIMAX,),
    )  # fmt: skip

    # 180.1 ÷ 53.437 = 3.370
    assert table_of(profitability.research, context) == [
        ["Research and development over revenue", "FY2024", "6.2×", "reported"],
        ["Research and development over revenue", "9M 2025", "3.37×", "derived"],
    ]


def test_research_without_figures_is_neutral() -> None:
    assert profitability.research(small()).title == "Research and development against revenue"
