"""Bridges of the gross margin and of the losses."""

import pytest

from ipo_data.exhibits import bridges
from ipo_data.exhibits.model import View
from tests.exhibits.library import words_in_figure
from tests.exhibits.small import MINIMAX, minimax, small
from tests.exhibits.test_profitability import SEGMENTS

LOSSES = (
    minimax("revenue", "100.0m USD", "9M2025"), minimax("cost_of_sales", "60.0m USD", "9M2025"),
    minimax("research_and_development", "90.0m USD", "9M2025"), minimax("adjusted_net_loss", "50.0m USD", "9M2025"),
    minimax("fair_value_loss", "40.0m USD", "9M2025"), minimax("net_loss", "90.0m USD", "9M2025"),
)  # fmt: skip


def test_contributions_make_up_the_margin() -> None:
    exhibit = bridges.margin_bridge(small(*SEGMENTS, companies=(MINIMAX,)))

    # 28.9 % × 69.4 = 20.06 points; 71.1 % × 4.5617 = 3.24; together 23.3
    assert exhibit.title == "b_end brings +20.1 pp of Minimax's gross margin of 23.3% (9M 2025)"
    assert words_in_figure(exhibit)[:3] == ["+20.1 pp", "+3.2 pp", "<b>23.3%</b>"]


def test_a_firm_without_segment_margins_is_a_named_gap() -> None:
    exhibit = bridges.margin_bridge(small(*SEGMENTS))

    assert "not disclosed in these sources" in words_in_figure(exhibit)
    assert [p.company for p in exhibit.points if p.value is None] == ["zhipu"]


def test_parts_that_do_not_make_up_the_margin_are_not_drawn_as_if_they_did() -> None:
    claims = [c for c in SEGMENTS if "segment" not in dict(c.dimensions) or c.metric == "revenue_share"]
    margins = (
        minimax("gross_margin", "69.4%", "9M2025", segment="b_end"),
        minimax("gross_margin", "60%", "9M2025", segment="c_end"),
    )
    exhibit = bridges.margin_bridge(small(*claims, *margins, companies=(MINIMAX,)))

    # 20.1 + 42.7 = 62.7 and not 23.3
    assert exhibit.title == "What the segments add to gross margin"


def test_the_widest_line_between_the_losses_is_named() -> None:
    exhibit = bridges.losses_of("minimax")(small(*LOSSES, companies=(MINIMAX,)))

    assert exhibit.title == (
        "Minimax lost US$50.0m by its own adjusted measure and US$90.0m under IFRS in 9M 2025; "
        "the widest gap is fair value loss on financial liabilities, US$40.0m"
    )
    assert exhibit.notes[0].startswith("The stated lines reach both losses")
    assert "−US$60.0m" in words_in_figure(exhibit)
    assert "<b>−US$90.0m</b>" in words_in_figure(exhibit)


YEAR = tuple(
    minimax(metric, f"{value}m USD", period)
    for period, values in {"FY2024": (80, 48, 70, 38, 48), "9M2024": (50, 30, 40, 20, 30)}.items()
    for metric, value in zip(
        ("revenue", "cost_of_sales", "research_and_development", "adjusted_net_loss", "net_loss"), values, strict=True
    )
)


@pytest.mark.parametrize(
    ("basis", "figure", "subtitle"),
    [
        ("reported", "<b>US$100.0m</b>", "Minimax · 9M 2025, as reported · "),
        ("month", "<b>US$11.11m</b>", "Minimax · 9M 2025, per month · "),  # 100 ÷ 9
        ("annualised", "<b>US$133.3m</b>", "Minimax · 9M 2025, annualised, not a forecast · "),  # 100 × 12 ÷ 9
    ],
)
def test_the_bridge_follows_the_basis(basis: str, figure: str, subtitle: str) -> None:
    exhibit = bridges.losses_of("minimax")(small(*LOSSES, companies=(MINIMAX,), view=View(basis=basis)))

    assert exhibit.subtitle.startswith(subtitle)
    assert figure in words_in_figure(exhibit)
    assert "<b>Revenue</b>" in words_in_figure(exhibit)


def test_a_bridge_over_twelve_months_names_its_window() -> None:
    claims = (*LOSSES[:4], LOSSES[5], *YEAR)
    exhibit = bridges.losses_of("minimax")(small(*claims, companies=(MINIMAX,)))

    # 38 + 50 − 20 = 68; 48 + 90 − 30 = 108
    assert exhibit.title.startswith(
        "Minimax lost US$68m by its own adjusted measure and US$108m under IFRS in the 12 months to Sep 2025"
    )
    assert exhibit.subtitle.startswith("Minimax · 12 months to Sep 2025 · ")


def test_a_bridge_that_cannot_follow_the_basis_says_why() -> None:
    exhibit = bridges.losses_of("minimax")(small(*LOSSES, companies=(MINIMAX,)))

    assert exhibit.subtitle.startswith("Minimax · 9M 2025, as reported · ")
    assert (
        "The chosen basis (twelve months) cannot be built, so amounts are as reported. "
        "Revenue, last twelve months: no full year in these sources."
    ) in exhibit.notes


def test_one_loss_is_shown_with_what_is_not_itemised() -> None:
    exhibit = bridges.losses_of("minimax")(small(LOSSES[0], LOSSES[-1], companies=(MINIMAX,)))

    assert exhibit.title == "Minimax lost US$90.0m in 9M 2025 (Net loss (IFRS))"
    # 100 + 90 = 190
    assert "−US$190.0m" in words_in_figure(exhibit)
    assert "not disclosed in these sources" in words_in_figure(exhibit)
    assert exhibit.notes[0].startswith("What the stated lines do not explain")


def test_no_loss_at_all_says_so() -> None:
    assert bridges.losses_of("minimax")(small()).title == (
        "Minimax: no period with both revenue and a loss in these sources"
    )
