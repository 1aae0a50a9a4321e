"""Ownership: holders and rounds."""

from ipo_data.exhibits import ownership, valuation
from tests.builders import make_company, make_rate
from tests.charts.drawing import traces
from tests.exhibits.library import words_in_figure
from tests.exhibits.small import MINIMAX, ZHIPU, minimax, small, zhipu

DAY = "2025-12"


def stake(holder: str, says: str, metric: str = "economic_interest"):
    return minimax(metric, says, DAY, holder=holder)


def build(*claims, companies=(MINIMAX,)):
    return ownership.holders_of("minimax")(small(*claims, companies=companies))


def test_a_founder_who_votes_twice_what_he_owns_is_the_takeaway() -> None:
    exhibit = build(stake("founder", "22.35%"), stake("founder", "59.21%", "voting_rights"), stake("fund", "15.04%"))

    assert exhibit.title == "founder controls 22.35% of the shares and 59.21% of the votes"
    assert exhibit.subtitle == "Minimax: economic interest (open) and voting rights (filled), %, Dec 2025"
    assert [dot["x"] for dot in traces(exhibit.figure, "markers")] == [[15.04], [22.35], [59.21]]


def test_otherwise_the_takeaway_is_what_is_not_named() -> None:
    exhibit = build(stake("fund", "15.04%"), stake("other", "4.96%"))

    assert exhibit.title == "Named holders of Minimax recorded here: 2; the rest is 80.0%"  # 100 − 15.04 − 4.96
    assert exhibit.notes[0].startswith("Not recorded here under a name: 80.0% of economic interest;")


def test_a_group_is_neither_counted_nor_added_when_its_members_are_named() -> None:
    company = make_company(groups={"holder": {"concert": ["tang", "li"]}})
    claims = (stake("concert", "33%"), stake("tang", "20%"), stake("li", "10%"), stake("fund", "15%"))

    exhibit = build(*claims, companies=(company,))

    assert exhibit.title == "Named holders of Minimax recorded here: 3; the rest is 52.0%"  # 100 − 33 − 15
    assert "concert" in words_in_figure(exhibit)  # the group is drawn


def test_the_public_is_drawn_but_no_named_holder() -> None:
    exhibit = build(stake("fund", "15%"), stake("public", "8.5%"))

    assert exhibit.title == "Named holders of Minimax recorded here: 1; the rest is 85.0%"  # 100 − 15
    assert exhibit.notes[1] == "public: 8.5%, part of what is not recorded under a name."


def test_a_group_alone_is_a_holder() -> None:
    company = make_company(groups={"holder": {"concert": ["tang", "li"]}})

    assert build(stake("concert", "30%"), companies=(company,)).title == (
        "Named holders of Minimax recorded here: 1; the rest is 70.0%"
    )  # fmt: skip


def test_only_the_largest_holders_are_drawn_and_all_are_counted() -> None:
    claims = [stake(f"fund_{letter}", "2%") for letter in "abcdefghijklmnopqrst"]

    exhibit = build(*claims)

    assert len(traces(exhibit.figure, "markers")) == 17
    assert exhibit.title == "Named holders of Minimax recorded here: 20; the rest is 60.0%"  # 100 − 20 × 2


def test_holders_of_nobody_are_nothing_to_draw() -> None:
    exhibit = build()

    assert exhibit.title == "Minimax: no holders in these sources"
    assert words_in_figure(exhibit) == ["Nothing to draw: these sources do not hold the figures for it"]


def test_rounds_are_compared_in_one_currency() -> None:
    context = small(
        minimax("post_money_valuation", "1157.0m USD", "2023-12-14", round="series_a"),
        minimax("post_money_valuation", "4240.2m USD", "2025-08-19", round="pre_b"),
        zhipu("post_money_valuation", "24377m CNY", "2025-05-29", round="b6"), companies=(MINIMAX, ZHIPU),
        rates=(make_rate(rate="7.0"),),
    )  # fmt: skip
    exhibit = ownership.funding(context)

    # 24,377 ÷ 7 = 3,482.4
    assert exhibit.title == (
        "Last post-money valuation: Minimax US$4.240bn (19 Aug 2025) and Zhipu US$3.482bn (29 May 2025)"
    )
    assert exhibit.table["Figure"].tolist() == ["US$1.1570bn", "US$4.2402bn", "US$3.482bn"]


def test_steps_are_over_the_round_before() -> None:
    context = small(
        minimax("post_money_valuation", "1600.0m USD", "2023-07-13", round="a_plus"),
        minimax("pre_money_valuation", "900.0m USD", "2023-12-14", round="series_a"),
        minimax("post_money_valuation", "1157.0m USD", "2023-12-14", round="series_a"), companies=(MINIMAX,),
    )  # fmt: skip
    exhibit = ownership.steps(context)

    # 900 ÷ 1,600 = 0.56: priced under the round before
    assert exhibit.title == "Largest step between two rounds: Minimax 0.56× (14 Dec 2023)"
    assert exhibit.table["Figure"].tolist() == ["0.56×"]


def test_a_round_paid_up_after_the_next_one_is_no_fall_in_value() -> None:
    names = {"series_a": {"en": "Series A", "zh-Hans": "A轮"}, "a_plus": {"en": "Series A+", "zh-Hans": "A+轮"}}
    context = small(
        minimax("pre_money_valuation", "1550.0m USD", "2023-07-13", round="a_plus"),
        minimax("post_money_valuation", "1600.0m USD", "2023-07-13", round="a_plus"),
        minimax("post_money_valuation", "1157.0m USD", "2023-12-14", round="series_a"),
        companies=(make_company("minimax", members={"round": names}, color="#D55E00"),),
    )  # fmt: skip
    exhibit = ownership.steps(context)

    # 1,550 ÷ 1,157 = 1.34
    assert exhibit.title == "Largest step between two rounds: Minimax 1.34× (13 Jul 2023)"
    assert exhibit.notes[-1] == (
        "Minimax: Series A was last paid on 14 Dec 2023, after Series A+ (13 Jul 2023); "
        "rounds are compared in the order of the series."
    )
    assert ownership.funding(context).table["Figure"].tolist() == ["US$1.1570bn", "US$1.6000bn"]
    path = valuation.value_path(context)
    assert [trace["mode"] for trace in traces(path.figure)] == ["lines+markers", "markers"]
    assert path.notes[-1] == "A round paid after the next is marked on the day of its last payment, beside the line."


def test_the_share_base_of_a_stage_is_named() -> None:
    staged = {"stage": "before_offering"}
    exhibit = build(
        minimax("economic_interest", "22.35%", DAY, holder="founder", **staged),
        minimax("shares_in_issue", "280058068 shares", DAY, **staged),
    )

    assert exhibit.notes[-1] == "Share base: 280.058068m shares in issue (Dec 2025)."
