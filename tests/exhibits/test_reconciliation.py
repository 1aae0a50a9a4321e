"""Reconciliation: rival figures, the ledger, look-alikes."""

from math import inf

from ipo_data.exhibits import reconciliation
from ipo_data.model.judgement import Contrast
from tests.builders import make_judgement
from tests.charts.drawing import traces
from tests.exhibits.library import words_in_figure
from tests.exhibits.small import MINIMAX, ZHIPU, minimax, small, zhipu

RUNWAY = (
    minimax("runway", ">53 months", "2025-09-30", source="acn", at="¶1 超53個月"),
    minimax("runway", "37 months", "2025-09-30", source="finet", at="table: months"),
)


# --- rivals -----------------------------------------------------------------------------------------------------------


def test_every_document_in_conflict_is_a_mark() -> None:
    exhibit = reconciliation.rival_figures(small(*RUNWAY))
    words = [text.replace("<br>", " ") for text in words_in_figure(exhibit)]  # lines are broken to fit a phone

    assert exhibit.title == "Documents disagree on 1 figures; 1 are undecided"
    assert words[0] == "<b>Minimax · Runway · 30 Sep 2025 — in conflict, undecided</b>"
    assert "<b>over 53 months</b>  A paper (24 Dec 2025)  ¶1" in words
    assert "<b>37 months</b>  A paper (24 Dec 2025)" in words  # names of transcribed tables are left out


def test_an_open_figure_has_an_open_whisker() -> None:
    exhibit = reconciliation.rival_figures(small(*RUNWAY))
    whiskers = traces(exhibit.figure, "lines")

    assert inf not in [x for whisker in whiskers for x in whisker["x"]]  # drawn to the edge and dotted
    assert sorted(whisker["line"]["dash"] for whisker in whiskers) == ["dot", "solid"]


def test_a_settled_conflict_says_what_is_shown() -> None:
    choice = make_judgement(
        metric="runway", period=None, as_of="2025-09-30", prefer="finet", because="No sum is given."
    )
    exhibit = reconciliation.rival_figures(small(*RUNWAY, judgements=[choice]))

    assert exhibit.title == "Documents disagree on 1 figures; 0 are undecided"
    assert exhibit.table["Status"].tolist() == ["shown", "in conflict, settled by judgement"]
    assert {dot["marker"]["symbol"] for dot in traces(exhibit.figure, "markers")} == {"circle", "circle-open"}


def test_open_conflicts_come_first() -> None:
    settled = [
        zhipu("runway", says, "2025-10-31", source=s) for says, s in (("27 months", "acn"), ("30 months", "finet"))
    ]
    choice = make_judgement(metric="runway", period=None, as_of="2025-10-31", prefer="acn", because="It says so.")

    table = reconciliation.rival_figures(small(*settled, *RUNWAY, judgements=[choice])).table

    assert table["Item"].tolist()[0].startswith("Minimax")


def test_agreement_says_that_nobody_contradicts() -> None:
    exhibit = reconciliation.rival_figures(small(RUNWAY[0]))

    assert exhibit.title == "No document contradicts another in this evidence"
    assert words_in_figure(exhibit) == [exhibit.title]


def test_conflicts_of_a_company_left_out_are_not_counted() -> None:
    other = [
        zhipu("runway", says, "2025-10-31", source=s) for says, s in (("27 months", "acn"), ("30 months", "finet"))
    ]
    context = small(*RUNWAY, *other)
    context.companies = ["zhipu"]

    assert reconciliation.rival_figures(context).title == "Documents disagree on 1 figures; 1 are undecided"


# --- the ledger -------------------------------------------------------------------------------------------------------

LEDGER = (
    zhipu("revenue", "57.4m CNY", "FY2022"),
    zhipu("revenue", "312.4m CNY", "FY2024"),
    zhipu("revenue_cagr", "130%", "FY2022..FY2024"),
    minimax("revenue", "3.46m USD", "FY2023"),
    minimax("revenue", "30.52m USD", "FY2024"),
    minimax("revenue_growth", "782.2%", "FY2024"),
)


def test_a_figure_that_does_not_follow_is_a_finding_with_its_computation() -> None:
    exhibit = reconciliation.tested_figures(small(*LEDGER))
    row = exhibit.table.iloc[0]

    assert exhibit.title == "2 stated figures recomputed; 1 do not follow from their inputs"
    assert row["Verdict"] == "in conflict"
    # √(312.4 ÷ 57.4) − 1 = 133.29 %; the printed digits allow 133.17 to 133.41
    assert (row["Stated"], row["Computed [range]"]) == ("130%", "133.29% [133.17%, 133.41%]")
    assert row["Formula or reason"].startswith("(312.4 ÷ 57.4)")
    assert row["Test"] == "Compound annual growth: (last year ÷ first year)^(1 ÷ years) − 1"


def test_figures_that_follow_stand_apart() -> None:
    exhibit = reconciliation.agreeing_figures(small(*LEDGER))

    # 30.52 ÷ 3.46 − 1 = 782.08 %: not 782.2, but within what 3.46 ± 0.005 allows
    assert exhibit.table[["Verdict", "Stated", "Computed [range]"]].to_numpy().tolist() == [
        ["within rounding", "782.2%", "782.08% [780.66%, 783.50%]"]
    ]


def test_every_claim_of_a_computation_is_a_claim_of_the_exhibit() -> None:
    exhibit = reconciliation.tested_figures(small(*LEDGER))

    assert set(exhibit.claims) == {
        "zhipu.revenue_cagr.FY2022..FY2024@acn",
        "zhipu.revenue.FY2022@acn",
        "zhipu.revenue.FY2024@acn",
    }


def test_nothing_to_recompute_is_neutral() -> None:
    assert reconciliation.tested_figures(small()).title == "No stated figure can be recomputed in this evidence"


# --- look-alikes ------------------------------------------------------------------------------------------------------

PAIR = Contrast.model_validate(
    {
        "id": "market-values", "title": "Market value on the first day", "because": "Open and close.",
        "facts": [
            {"metric": "market_cap", "as_of": "2026-01-09", "dimensions": {"moment": "open"}},
            {"metric": "market_cap", "as_of": "2026-01-09", "dimensions": {"moment": "close"}},
        ],
    }
)  # fmt: skip
OPEN = minimax("market_cap", "72.8bn HKD", "2026-01-09", moment="open")
CLOSE = minimax("market_cap", ">100bn HKD", "2026-01-09", moment="close")


def test_look_alikes_stand_side_by_side_in_their_own_currency() -> None:
    context = small(OPEN, CLOSE, companies=(MINIMAX, ZHIPU), contrasts={"minimax": (PAIR,)})

    assert reconciliation.look_alikes(context).table.to_numpy().tolist() == [
        [
            "Minimax", "Market value on the first day",
            "HK$72.8bn (Market value, open) ≠ over HK$100bn (Market value, close)", "Open and close.",
        ]
    ]  # fmt: skip


def test_half_a_look_alike_is_not_shown() -> None:
    exhibit = reconciliation.look_alikes(small(OPEN, contrasts={"minimax": (PAIR,)}))

    assert exhibit.table.empty
    assert exhibit.title == "No look-alikes declared in this evidence"
