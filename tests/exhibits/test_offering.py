"""Offering: demand, proceeds, cornerstones, the first day."""

from ipo_data.exhibits import offering
from ipo_data.exhibits.model import View
from tests.builders import make_judgement, make_rate
from tests.charts.drawing import traces
from tests.exhibits.library import words_in_figure
from tests.exhibits.small import MINIMAX, minimax, small, table_of, zhipu

INTERNATIONAL = {"tranche": "international"}
PUBLIC = minimax("subscription_multiple", "1837.17x", tranche="public")
RIVALS = (
    minimax("subscription_multiple", "36.76x", source="notice", **INTERNATIONAL),
    minimax("subscription_multiple", "79x", source="press", **INTERNATIONAL),
)
RATE = make_rate(base="USD", quote="HKD", rate="7.80", method="convention", **{"from": None})


# --- demand -----------------------------------------------------------------------------------------------------------


def test_rivals_in_conflict_are_both_shown_and_named() -> None:
    exhibit = offering.subscription(small(PUBLIC, *RIVALS))

    assert exhibit.title == (
        "Subscribed by the public: Minimax 1,837×; documents print 36.76× and 79× for Minimax's international tranche"
    )
    alone = offering.subscription(small(*RIVALS)).title
    assert alone == "Documents print 36.76× and 79× for Minimax's international tranche"
    assert [row[2:] for row in table_of(offering.subscription, small(PUBLIC, *RIVALS))][:3] == [
        ["1,837.17×", "reported"],
        ["36.76×", "in conflict"],
        ["79×", "in conflict"],
    ]


def test_a_judged_figure_keeps_its_rival_beside_it() -> None:
    choice = make_judgement(
        metric="subscription_multiple", period=None, dimensions=INTERNATIONAL, prefer="notice", because="Whole tranche."
    )
    exhibit = offering.subscription(small(PUBLIC, *RIVALS, judgements=[choice]))
    dots = traces(exhibit.figure, "markers")

    assert [(dot["x"], dot["marker"]["symbol"]) for dot in dots[1:]] == [([36.76], "circle"), ([79.0], "circle-open")]
    assert [str(point.state) for point in exhibit.points][:3] == ["reported", "judged", "conflict"]


def test_every_multiple_names_its_document() -> None:
    exhibit = offering.subscription(small(PUBLIC, companies=(MINIMAX,)))

    assert any(words.endswith("A paper (24 Dec 2025)") for words in words_in_figure(exhibit))
    assert "<b>1,837×</b>" in words_in_figure(exhibit)
    assert any("1,837.17×<br>reported" in words for words in words_in_figure(exhibit))  # on hover as printed


def test_bases_are_kept_apart() -> None:
    context = small(
        minimax("subscription_multiple", "36.76x", base="whole_tranche", **INTERNATIONAL),
        minimax("subscription_multiple", "79x", base="without_cornerstones", **INTERNATIONAL), companies=(MINIMAX,),
    )  # fmt: skip

    assert traces(offering.subscription(context).figure, "lines") == []  # two bases are not rivals
    assert offering.subscription(context).title == "Subscription multiples by tranche"


def test_undisputed_demand_is_the_public_tranches() -> None:
    context = small(PUBLIC, zhipu("subscription_multiple", "1159.46x", tranche="public"))

    assert offering.subscription(context).title == "Subscribed by the public: Minimax 1,837× and Zhipu 1,159×"


def test_a_firm_without_multiples_is_words_in_the_chart() -> None:
    assert "not disclosed in these sources" in words_in_figure(offering.subscription(small(PUBLIC)))


# --- money ------------------------------------------------------------------------------------------------------------


def test_an_amount_with_over_allotment_was_only_in_reach() -> None:
    reach = minimax("gross_proceeds", "~55.4亿 HKD", options="with_over_allotment")
    raised = minimax("gross_proceeds", "4817.6m HKD", options="with_size_adjustment")

    assert offering.proceeds(small(reach)).title.startswith("Gross proceeds: Minimax could reach about HK$5.54bn")
    assert offering.proceeds(small(reach, raised)).title.startswith("Gross proceeds: Minimax HK$4.818bn (")


def test_a_conditional_amount_is_no_result_and_says_so() -> None:
    reach = minimax(
        "gross_proceeds", "~55.4亿 HKD", options="with_over_allotment", flags=("conditional",),
        note={"en": "If the option is exercised.", "zh-Hans": "假设行使。"},
    )  # fmt: skip
    exhibit = offering.proceeds(small(reach))

    assert [str(p.state) for p in exhibit.points if p.value is not None] == ["forecast"]
    assert exhibit.notes[-1] == (
        "A paper (24 Dec 2025) prints about HK$5.54bn as what could be reached, not as a result: "
        "If the option is exercised."
    )


def test_proceeds_with_all_options_stand_beside_those_before() -> None:
    exhibit = offering.proceeds(small(
        minimax("gross_proceeds", "4818m HKD", options="with_size_adjustment"), minimax("offer_price", "165 HKD"),
        minimax("offer_shares", "25389220 shares", offer_stage="initial"), minimax("over_allotment", "4379640 shares"),
        minimax("offer_size_adjustment", "3808380 shares"), companies=(MINIMAX,),
    ))  # fmt: skip

    # 33,577,240 × 165 = 5,540,244,600
    assert exhibit.title == (
        "Gross proceeds: Minimax HK$4.818bn (with_size_adjustment), HK$5.54bn if all options are exercised in full"
    )
    assert exhibit.notes[0].startswith("With all options: shares with every option × offer price.")


def test_proceeds_are_in_hong_kong_dollars_unless_a_currency_is_chosen() -> None:
    claims = (
        minimax("gross_proceeds", "4818m HKD", options="before_options"),
        minimax("cornerstone_amount", "350m USD"),
    )
    native = offering.proceeds(small(*claims, rates=(RATE,)))
    dollars = offering.proceeds(small(*claims, rates=(RATE,), view=View(currency="USD", rates="articles")))

    assert native.title == "Gross proceeds: Minimax HK$4.818bn (before_options)"
    assert native.table["Figure"].tolist() == ["HK$4.818bn", "HK$2.730bn"]  # 350 × 7.80 = 2,730
    assert dollars.table["Figure"].tolist() == ["US$617.7m", "US$350m"]  # 4,818 ÷ 7.80 = 617.69


def test_demand_in_money_is_multiple_times_shares_times_price() -> None:
    context = small(
        minimax("subscription_multiple", "100x", tranche="public"),
        minimax("offer_shares", "1000000 shares", tranche="public", offer_stage="initial"),
        minimax("offer_price", "165 HKD"), companies=(MINIMAX,),
    )  # fmt: skip

    # 100 × 1,000,000 × 165 = 16.5bn
    assert table_of(offering.proceeds, context) == [["Money asked for · public", "", "HK$16.5bn", "derived"]]


def test_cornerstones_are_ranked_and_counted() -> None:
    context = small(
        minimax("cornerstone_amount", "30m USD", investor="fund_a"),
        minimax("cornerstone_amount", "65m USD", investor="fund_b"),
        minimax("cornerstone_investors", "14 investors"), companies=(MINIMAX,),
    )  # fmt: skip
    exhibit = offering.cornerstones(context)

    assert exhibit.title == "Cornerstone investors: Minimax 14"  # of fourteen, two are listed: nobody's part is known
    assert exhibit.subtitle == "Commitment by investor, US$"
    assert exhibit.table["Figure"].tolist() == ["US$65m", "US$30m", "14"]


def test_the_largest_of_all_cornerstones_has_a_part_of_their_money() -> None:
    context = small(
        minimax("cornerstone_amount", "30m USD", investor="fund_a"),
        minimax("cornerstone_amount", "546m HKD", investor="fund_b"),
        minimax("cornerstone_investors", "2 investors"), companies=(MINIMAX,),
        rates=(RATE,),
    )  # fmt: skip
    exhibit = offering.cornerstones(context)

    # 546 ÷ 7.8 = 70; 70 ÷ (70 + 30) = 70 %
    assert exhibit.title == "Cornerstone investors: Minimax 2 (the largest brings 70.0% of their money)"
    assert exhibit.table["Figure"].tolist() == ["US$70.0m", "US$30m", "2", "70.0%"]


# --- the first day ----------------------------------------------------------------------------------------------------


def test_the_first_day_sets_the_company_beside_the_securities_named_with_it() -> None:
    context = small(
        minimax("price_change", "109%", "2026-01-09"),
        minimax("price_change", "-3.5%", "2026-01-09", security="three_sixty"), companies=(MINIMAX,),
    )  # fmt: skip
    exhibit = offering.first_day(context)

    assert exhibit.title == "Minimax rose 109% on 9 Jan 2026"
    assert [bar["x"] for bar in traces(exhibit.figure, "bar")] == [[-3.5], [109.0]]


def test_the_first_day_is_computed_where_no_document_states_the_change() -> None:
    context = small(
        minimax("price_change", "109%", "2026-01-09"),
        zhipu("listed", "2026-01-08", ""), zhipu("offer_price", "116.20 HKD", ""),
        zhipu("share_price", "131.5 HKD", "2026-01-08", moment="close"),
    )  # fmt: skip

    # 131.5 ÷ 116.2 − 1 = 13.17 %
    assert offering.first_day(context).title == "Minimax rose 109% on 9 Jan 2026; Zhipu rose 13.2% on 8 Jan 2026"
