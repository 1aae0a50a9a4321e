"""Profitability: margins, losses, research."""

import pytest

from ipo_data.exhibits import profitability
from ipo_data.exhibits.model import BASES, View
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
    assert exhibit.title == "Gross margin by segment: Minimax b_end 69.4%, c_end 4.6% (9M 2025)"
    assert exhibit.notes[0].startswith("Margin identity: (23.3% − 28.9% × 69.4%)")


def test_one_segment_alone_is_named_once() -> None:
    context = small(minimax("gross_margin", "69.4%", "9M2025", segment="b_end"), companies=(MINIMAX,))

    assert profitability.segment_margins(context).title == "Gross margin by segment: Minimax b_end 69.4% (9M 2025)"
    assert profitability.segment_margins(small()).title == "Gross margin by segment"


def test_margins_of_two_periods_each_say_theirs() -> None:
    context = small(
        minimax("gross_margin", "59.1%", "H1-2025", segment="b_end"),
        minimax("gross_margin", "-0.4%", "H1-2025", segment="c_end"),
        minimax("gross_margin", "24.6%", "H1-2026", segment="other"), companies=(MINIMAX,),
    )  # fmt: skip

    assert profitability.segment_margins(context).title == (
        "Gross margin by segment: Minimax b_end 59.1%, c_end −0.4% (H1 2025), other 24.6% (H1 2026)"
    )


# --- losses -----------------------------------------------------------------------------------------------------------


def test_the_last_two_losses_of_each_definition_are_shown_in_one_currency() -> None:
    context = small(*LOSSES, rates=(make_rate(rate="7.0"),), view=View(basis="reported"))

    assert [row[:3] for row in table_of(profitability.losses, context)] == [
        ["Net loss (IFRS)", "FY2023", "US$2m"],
        ["Net loss (IFRS)", "FY2024", "US$3m"],
        ["Adjusted net loss", "9M 2025", "US$186m"],
        ["Net loss (IFRS)", "FY2024", "US$100.0m"],  # 700 ÷ 7
    ]


@pytest.mark.parametrize(
    ("basis", "figures", "windows"),
    [
        ("reported", ["US$120.0m", "US$90.0m"], {"FY2024", "9M 2025"}),
        # 120 ÷ 12 = 10 a month; 90 ÷ 9 = 10 a month
        ("month", ["US$10.00m", "US$10.00m"], {"FY2024, per month", "9M 2025, per month"}),
        # 120 + 90 − 60 = 150
        ("ltm", ["US$120.0m", "US$150.0m"], {"FY2024", "12 months to Sep 2025"}),
        # 90 × 12 ÷ 9 = 120
        ("annualised", ["US$120.0m", "US$120.0m"], {
            "FY2024, annualised, not a forecast", "9M 2025, annualised, not a forecast",
        }),
    ],
)  # fmt: skip
def test_losses_follow_the_basis(basis: str, figures: list[str], windows: set[str]) -> None:
    losses = {"FY2024": "120.0", "9M2024": "60.0", "9M2025": "90.0"}
    claims = [minimax("net_loss", f"{loss}m USD", period) for period, loss in losses.items()]
    exhibit = profitability.losses(small(*claims, companies=(MINIMAX,), view=View(basis=basis)))

    assert exhibit.table["Figure"].tolist() == figures
    assert {f"Net loss (IFRS) · {window}" for window in windows} <= {
        words.replace("<br>", " ") for words in words_in_figure(exhibit)
    }
    assert exhibit.title in {f"Losses ({window}): Minimax {figures[-1]} under IFRS" for window in windows}


def test_a_loss_without_twelve_months_says_why() -> None:
    exhibit = profitability.losses(small(minimax("adjusted_net_loss", "186m USD", "9M2025"), companies=(MINIMAX,)))

    assert [(p.value, p.reason) for p in exhibit.points] == [(None, "reason.no_full_year")]
    assert exhibit.title == "Losses by period"
    assert exhibit.notes[1] == (
        "Minimax: Adjusted net loss, twelve months cannot be given. Reason: no full year in these sources."
    )


def test_losses_by_both_definitions_keep_their_definitions_on_every_basis() -> None:
    claims = (minimax("net_loss", "512m USD", "FY2025"), minimax("adjusted_net_loss", "186m USD", "FY2025"))
    for basis in BASES:
        exhibit = profitability.losses(small(*claims, companies=(MINIMAX,), view=View(basis=basis)))
        assert any(note.startswith("Alike in name, not the same: Net loss") for note in exhibit.notes), basis


def test_losses_without_a_rate_are_words_in_the_chart() -> None:
    exhibit = profitability.losses(small(*LOSSES, view=View(basis="reported")))

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
        "Loss per unit of revenue: Minimax 3.48× (adjusted, 9M 2025) and Zhipu 12.3× (under IFRS, H1 2025)"
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


def test_research_of_all_companies_is_named() -> None:
    context = small(
        minimax("research_to_revenue", "2.55x", "H1-2026"), minimax("research_to_revenue", "3.2x", "FY2025"),
        zhipu("research_to_revenue", "2.23x", "H1-2026"),
    )  # fmt: skip
    title = "Research and development over revenue (H1 2026): Minimax 2.55× and Zhipu 2.23×"

    assert profitability.research(context).title == title


def test_research_without_figures_is_neutral() -> None:
    assert profitability.research(small()).title == "Research and development against revenue"
