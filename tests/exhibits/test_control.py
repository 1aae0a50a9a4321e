"""Control: split, dilution, special shares, sandbox."""

from ipo_data.exhibits import answers, control
from ipo_data.exhibits.model import View
from tests.builders import make_company
from tests.charts.drawing import traces
from tests.exhibits.library import words_in_figure
from tests.exhibits.small import MINIMAX, minimax, small, zhipu

DAY = "2025-12-31"
STAGE = {"stage": "before_offering"}
FOUNDER = (
    minimax("economic_interest", "22.35%", DAY, holder="founder", **STAGE),
    minimax("voting_rights", "59.21%", DAY, holder="founder", **STAGE),
)
GROUP = (
    zhipu("economic_interest", "33.03%", DAY, holder="group", **STAGE),
    zhipu("voting_rights", "33.03%", DAY, holder="group", **STAGE),
)
LATER = (
    minimax("economic_interest", "20.49%", "2026-01-31", holder="founder", stage="after_offering"),
    minimax("voting_rights", "60.45%", "2026-01-31", holder="founder", stage="after_offering"),
)


def test_interest_and_votes_are_bars_to_the_whole() -> None:
    exhibit = control.split(small(*FOUNDER, companies=(MINIMAX,)))
    bars = [(bar["base"][0], bar["x"][0]) for bar in traces(exhibit.figure, "bar") if bar["x"] != [None]]

    assert exhibit.title == "Largest voter (before_offering): Minimax – founder, 22.35% of shares and 59.21% of votes"
    # votes stand below: 59.21 and 40.79 that nobody names; interest 22.35 and 77.65
    assert [round(start + width, 2) for start, width in bars] == [59.21, 59.21, 100.0, 22.35, 22.35, 100.0]


def test_the_reader_chooses_the_day_of_the_holdings() -> None:
    view = View(options=(("stage", "after_offering"),))
    context = small(*FOUNDER, *LATER, *GROUP, view=view)

    assert control.split(context).title == (
        "Largest voter: Minimax – founder, 20.49% of shares and 60.45% of votes (after_offering); "
        "Zhipu – group, 33.03% of shares and of votes (before_offering)"
    )


def test_nobody_named_is_a_gap() -> None:
    exhibit = control.split(small(*FOUNDER))

    assert [(p.company, str(p.state)) for p in exhibit.points if p.value is None] == [("zhipu", "not_available")]


def test_votes_alike_are_said_without_a_multiple() -> None:
    exhibit = control.special_shares(small(*FOUNDER, *GROUP))
    cells = exhibit.table.set_index("Item")

    # 59.21 ÷ 22.35 = 2.65
    assert exhibit.title == (
        "founder has 2.65× as many votes as interest in Minimax; group has as many votes as interest in Zhipu"
    )
    # 0.5921 × 0.7765 ÷ (0.2235 × 0.4079) = 5.04
    assert cells.loc["Votes a share, if the holder alone had special shares", "Minimax"] == (
        "5.04× (founder, 31 Dec 2025, derived)"
    )
    assert cells.loc["Votes a share, if the holder alone had special shares", "Zhipu"] == (
        "not disclosed in these sources"
    )


def test_a_count_of_the_classes_leaves_no_room_for_what_votes_alone_would_imply() -> None:
    one_vote = {"metric": "shares_in_issue_by_class", "because": {"en": "None: one vote each.", "zh-Hans": "无。"}}
    companies = (MINIMAX, make_company("zhipu", color="#0072B2", gaps=[one_vote]))
    counts = (
        minimax("shares_in_issue", "1000 shares", DAY, **STAGE),
        minimax("shares_in_issue_by_class", "300 shares", DAY, share_class="ten_votes", **STAGE),
    )
    exhibit = control.special_shares(small(*FOUNDER, *GROUP, *counts, companies=companies))
    cells = exhibit.table.set_index("Item")

    assert not [item for item in cells.index if "if " in item]
    assert exhibit.notes == ()
    # 300 ÷ 1,000
    assert cells.loc["Ten-vote shares in all shares"].tolist() == [
        "30.0% (31 Dec 2025, derived)",
        "None: one vote each.",
    ]


def test_the_answer_and_key_figures_follow_the_stage() -> None:
    view = View(options=(("stage", "after_offering"),))
    context = small(*FOUNDER, *LATER, companies=(MINIMAX,), view=view)

    assert "Minimax – founder, 20.49% of shares and 60.45% of votes" in answers.ownership(context)
    assert [(figure.value, "after_offering" in figure.detail) for figure in answers.ownership_figures(context)] == [
        ("60.45%", True)
    ]


def test_the_sandbox_shows_stated_and_tried() -> None:
    view = View(options=(("new_shares", "10"), ("converted", "0")))
    exhibit = control.sandbox(small(*FOUNDER, companies=(MINIMAX,), view=view))

    # V = 3.7747; 2.235 ÷ (3.7747 + 0.1) = 57.7 %; 22.35 ÷ 1.1 = 20.3 %
    assert exhibit.title == "In the sandbox votes go: founder of Minimax from 59.21% to 57.7%"
    assert [str(p.state) for p in exhibit.points] == ["reported", "scenario", "reported", "scenario"]
    assert "<b>20.3%</b>" in words_in_figure(exhibit)
    assert "10.0%" in exhibit.subtitle


def test_dilution_by_the_offer() -> None:
    exhibit = control.dilution(small(
        minimax("shares_in_issue", "280058068 shares", DAY, stage="before_offering"),
        minimax("shares_in_issue", "309255668 shares", "2026-01-09", stage="at_listing"),
    ))  # fmt: skip

    # 1 − 280,058,068 ÷ 309,255,668 = 9.44 %
    assert exhibit.title == "New shares' part of all shares at listing: Minimax 9.4%"
    assert [p.company for p in exhibit.points] == ["minimax", "zhipu"]
