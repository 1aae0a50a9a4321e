"""The ledger on screen: its choices, its table and the distances it draws."""

import pytest

from ipo_data.exhibits import ledger
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import View
from tests.charts.drawing import traces
from tests.exhibits.library import Library, words_in_figure
from tests.exhibits.small import minimax, small, zhipu

CLAIMS = (
    zhipu("revenue", "57.4m CNY", "FY2022"),
    zhipu("revenue", "312.4m CNY", "FY2024"),
    zhipu("revenue_cagr", "130%", "FY2022..FY2024"),
    minimax("revenue", "3.46m USD", "FY2023"),
    minimax("revenue", "30.52m USD", "FY2024"),
    minimax("revenue_growth", "782.2%", "FY2024"),
    minimax("gross_profit", "3.73m USD", "FY2024"),
    minimax("gross_margin", "12.2%", "FY2024"),
)
"""One figure in conflict, one within rounding, one exact: 3.73 ÷ 30.52 = 12.22 %."""


def chosen(**options: str) -> Context:
    return small(*CLAIMS, view=View(options=tuple(options.items())))


# --- the table --------------------------------------------------------------------------------------------------------


def test_a_figure_that_does_not_follow_comes_first_with_its_computation() -> None:
    exhibit = ledger.tested_figures(chosen())
    row = exhibit.table.iloc[0]

    assert exhibit.title == "3 stated figures recomputed; 1 in conflict with the inputs; 2 under this choice"
    assert row["Verdict"] == "in conflict"
    # √(312.4 ÷ 57.4) − 1 = 133.29 %; the printed digits allow 133.17 to 133.41
    assert (row["Stated"], row["Computed [range]"]) == ("130%", "133.29% [133.17%, 133.41%]")
    assert row["Formula or reason"].startswith("(312.4 ÷ 57.4)")
    assert row["Test"] == "Compound annual growth: (last year ÷ first year)^(1 ÷ years) − 1"


def test_by_default_all_but_exact_figures_are_listed() -> None:
    table = ledger.tested_figures(chosen()).table

    # 30.52 ÷ 3.46 − 1 = 782.08 %: not 782.2, but within what 3.46 ± 0.005 allows
    assert table[["Verdict", "Stated", "Computed [range]"]].to_numpy().tolist()[1:] == [
        ["within rounding", "782.2%", "782.08% [780.66%, 783.50%]"]
    ]


@pytest.mark.parametrize(
    ("options", "stated"),
    [
        ({"verdict": "all"}, ["130%", "782.2%", "12.2%"]),
        ({"verdict": "exact"}, ["12.2%"]),
        ({"verdict": "in_conflict"}, ["130%"]),
        ({"verdict": "loose_wording"}, []),
        ({"verdict": "all", "topic": "margins"}, ["12.2%"]),
        ({"topic": "margins"}, []),
        ({"topic": "revenue", "rule": "revenue_growth"}, ["782.2%"]),
        ({"rule": "revenue_cagr"}, ["130%"]),
    ],
)
def test_verdict_topic_and_rule_choose_what_is_listed(options: dict[str, str], stated: list[str]) -> None:
    assert ledger.tested_figures(chosen(**options)).table["Stated"].tolist() == stated


def test_every_claim_of_a_computation_is_a_claim_of_the_exhibit() -> None:
    exhibit = ledger.tested_figures(chosen(verdict="in_conflict"))

    assert set(exhibit.claims) == {
        "zhipu.revenue_cagr.FY2022..FY2024@acn",
        "zhipu.revenue.FY2022@acn",
        "zhipu.revenue.FY2024@acn",
    }


def test_nothing_to_recompute_is_neutral() -> None:
    assert ledger.tested_figures(small()).title == "No stated figure can be recomputed in this evidence"


def test_one_figure_is_singular() -> None:
    assert (
        ledger.tested_figures(small(*CLAIMS[:3])).title == "1 stated figure recomputed; 1 in conflict with the inputs"
    )


# --- the distances ----------------------------------------------------------------------------------------------------


def test_a_distance_is_in_points_for_percentages() -> None:
    exhibit = ledger.deviations(chosen(verdict="in_conflict"))
    (dots,) = traces(exhibit.figure, "markers")

    # 133.29 − 130 = 3.29 points
    assert exhibit.points[0].formula
    assert dots["x"] == [pytest.approx(4.187, abs=0.01)]  # asinh(3.287 ÷ 0.1)
    assert exhibit.title == (
        "Furthest from its inputs: Zhipu · Revenue CAGR · FY2022–FY2024 – stated 130%, computed 133.29%"
    )
    assert "130% → 133.29%" in words_in_figure(exhibit)


def test_a_distance_is_a_share_of_the_stated_figure_for_all_else() -> None:
    parts = (
        minimax("runway", "53 months", "2025-09-30", proceeds="without_proceeds"),
        minimax("liquidity", "1000m USD", "2025-09-30"),
        minimax("monthly_burn", "25m USD", "FY2025", burn_basis="assumed"),
    )
    exhibit = ledger.deviations(small(*parts))
    (dots,) = traces(exhibit.figure, "markers")

    # 1000 ÷ 25 = 40 months; (40 − 53) ÷ 53 = −24.5 %; asinh(−24.5 ÷ 0.1) = −6.19
    assert dots["x"] == [pytest.approx(-6.195, abs=0.01)]


def test_exact_figures_have_no_distance_to_draw() -> None:
    exhibit = ledger.deviations(chosen(verdict="exact"))

    assert exhibit.points == ()
    assert exhibit.title == "No figure shown contradicts its inputs"


def test_what_finds_no_room_is_counted(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "_MOST_DRAWN", 3)
    context = library.context(View())
    exhibit = ledger.deviations(context)
    inexact = ledger.chosen_rows(context)

    assert len(exhibit.points) == 3
    assert any(str(len(inexact) - 3) in note for note in exhibit.notes)


def test_a_long_ledger_is_listed_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "ROWS_PER_PART", 2)

    second = ledger.tested_figures(chosen(verdict="all", rows="2"))
    beyond = ledger.tested_figures(chosen(verdict="in_conflict", rows="2"))

    assert second.table["Stated"].tolist() == ["12.2%"]
    assert any(note.startswith("Rows 3 to 3 of 3") for note in second.notes)
    assert beyond.table["Stated"].tolist() == ["130%"]  # a part beyond the end is the last
