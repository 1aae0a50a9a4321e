"""Terms side by side, options and reallocation, the first day's float, use of proceeds, dates."""

from ipo_data.exhibits import deal_terms, offering
from tests.builders import make_company, make_judgement, make_source
from tests.charts.drawing import traces
from tests.exhibits.library import words_in_figure
from tests.exhibits.small import MINIMAX, minimax, small


def shares(says: str, stage: str, tranche: str = ""):
    where = {"tranche": tranche} if tranche else {}
    return minimax("offer_shares", f"{says} shares", offer_stage=stage, **where)


OFFER = (
    shares("25389220", "initial"), shares("29197600", "final"), shares("1269480", "initial", "public"),
    shares("24119740", "initial", "international"), shares("5077860", "final", "public"),
    shares("24119740", "final", "international"), minimax("offer_size_adjustment", "3808380 shares"),
    minimax("over_allotment", "4379640 shares"), minimax("cornerstone_shares", "16504040 shares"),
    minimax("offer_price", "165.00 HKD"),
    minimax("shares_in_issue", "309255668 shares", "2026-01-09", stage="at_listing"),
)  # fmt: skip
INTERNATIONAL = (
    minimax("subscription_multiple", "36.76x", source="notice", tranche="international"),
    minimax("subscription_multiple", "79x", source="press", tranche="international"),
)
JUDGED = make_judgement(
    metric="subscription_multiple", period=None, dimensions={"tranche": "international"}, prefer="notice", because="x"
)


# --- terms ------------------------------------------------------------------------------------------------------------


def test_terms_stand_side_by_side_with_gaps_named() -> None:
    exhibit = deal_terms.terms(small(*OFFER))
    cells = exhibit.table.set_index("Item")

    # 16,504,040 ÷ 29,197,600 = 56.5 %
    assert exhibit.title == "Offer price and cornerstones' part of the offer: Minimax HK$165.00, 56.5%"
    assert cells.loc["Offer price", "Minimax"] == "HK$165.00"
    assert set(cells["Zhipu"]) == {"not disclosed in these sources"}
    # 5,077,860 ÷ 25,389,220 = 20.0 %
    assert cells.loc["Public part of the first offer size after reallocation", "Minimax"] == "20.0% (derived)"


def test_rival_multiples_stand_in_one_cell() -> None:
    cells = deal_terms.terms(small(*INTERNATIONAL)).table.set_index("Item")

    assert cells.loc["Subscription, international", "Minimax"] == "36.76× (in conflict) · 79× (in conflict)"


# --- bases of the international multiple ------------------------------------------------------------------------------


def test_a_press_figure_inside_the_range_is_said_to_be() -> None:
    exhibit = offering.international_bases(small(*OFFER, *INTERNATIONAL, judgements=[JUDGED], companies=(MINIMAX,)))

    assert exhibit.title == (
        "Without cornerstones in the base: Minimax's international 36.76× becomes 73.9× to 116×, "
        "a range that holds the press figure of 79×"
    )
    assert [str(p.state) for p in exhibit.points] == ["judged", "conflict", *["derived"] * 4]


def test_one_base_gives_one_figure() -> None:
    claims = [c for c in OFFER if c.metric not in {"offer_size_adjustment", "over_allotment"}]
    exhibit = offering.international_bases(small(*claims, INTERNATIONAL[0], companies=(MINIMAX,)))

    assert exhibit.title == "Without cornerstones in the base: Minimax's international 36.76× becomes 116×"


def test_without_cornerstones_only_what_is_printed() -> None:
    exhibit = offering.international_bases(small(INTERNATIONAL[0]))

    assert exhibit.title == "International demand by base"
    assert [p.company for p in exhibit.points] == ["minimax", "zhipu"]


# --- shares -----------------------------------------------------------------------------------------------------------


def test_options_enlarge_and_reallocation_moves() -> None:
    exhibit = deal_terms.share_flow(small(*OFFER, companies=(MINIMAX,)))
    bars = [(bar["base"][0], bar["x"][0]) for bar in traces(exhibit.figure, "bar")]

    assert exhibit.title == "Minimax first offered 25.39m shares, 33.58m with every option"
    # first size, + adjustment, + over-allotment, whole; public at first, + moved, final
    assert bars == [
        (0, 25_389_220), (25_389_220, 3_808_380), (29_197_600, 4_379_640), (0, 33_577_240),
        (0, 1_269_480), (1_269_480, 3_808_380), (0, 5_077_860),
    ]  # fmt: skip


def test_an_offer_of_unknown_size_is_a_gap() -> None:
    exhibit = deal_terms.share_flow(small())

    assert exhibit.title == "Options and reallocation in shares"
    assert {str(p.state) for p in exhibit.points} == {"not_disclosed"}


def test_the_float_of_the_first_day() -> None:
    exhibit = deal_terms.free_float(small(*OFFER))

    # (29,197,600 − 16,504,040) ÷ 309,255,668 = 4.10 %
    assert exhibit.title == "Free to trade on the first day: Minimax 4.1% of all shares"
    assert [(p.company, str(p.state)) for p in exhibit.points][-1] == ("zhipu", "not_available")


# --- money and dates --------------------------------------------------------------------------------------------------


def test_uses_and_what_they_leave_open() -> None:
    exhibit = deal_terms.use_of_proceeds(small(minimax("use_of_proceeds", "70%", use="models"), companies=(MINIMAX,)))

    assert exhibit.title == "Largest single use of the money: Minimax 70%, models"
    assert exhibit.table["Figure"].tolist() == ["70%", "30.0%"]  # 100 − 70


def test_demand_by_the_listing_rule_where_the_tranche_is_not_stated() -> None:
    claims = (
        minimax("subscription_multiple", "1837x", tranche="public"),
        minimax("gross_proceeds", "5.54bn HKD", options="with_over_allotment"),
    )
    found = offering.demanded(small(*claims), "minimax", "public")

    # 5.54bn ÷ 1.3225 × 5 % × 1,837 = 384.76bn
    assert [(p.measure, round(p.value or 0, -8)) for p in found] == [("money_chased_by_rule", 384_800_000_000)]
    assert offering.demanded(small(*claims), "minimax", "international") == []


def test_dates_of_the_offer_and_its_documents() -> None:
    claims = (minimax("hearing_passed", "2025-12-21"), minimax("listed", "2026-01-09"), *OFFER[:1])
    exhibit = deal_terms.deal_dates(small(*claims, companies=(MINIMAX,)))

    assert exhibit.title == "From hearing to listing"  # no document of the offer is dated to the day
    assert exhibit.table["Item"].tolist() == ["Listing hearing passed · 21 Dec 2025", "Listed · 9 Jan 2026"]


def test_the_days_from_the_last_prospectus_before_the_listing() -> None:
    sources = [
        make_source("early", kind="prospectus", published="2025-12-20"),
        make_source("final", kind="prospectus", published="2025-12-31"),
        make_source("later", kind="prospectus", published="2026-01-20"),
    ]
    claims = [minimax("listed", "2026-01-09"), *(minimax("offer_price", "165.00 HKD", source=s.id) for s in sources)]
    exhibit = deal_terms.deal_dates(small(*claims, companies=(MINIMAX,), sources=sources))

    assert exhibit.title == "From prospectus to listing: Minimax 9 days"  # 31 Dec to 9 Jan


def test_a_total_is_no_single_use_of_the_money() -> None:
    firm = make_company(groups={"use": {"research": ["models"]}})
    uses = (minimax("use_of_proceeds", "90%", use="research"), minimax("use_of_proceeds", "70%", use="models"))
    exhibit = deal_terms.use_of_proceeds(small(*uses, companies=(firm,)))

    assert exhibit.title == "Largest single use of the money: Minimax 70%, models"


def test_words_of_a_flow_are_in_the_figure() -> None:
    words = words_in_figure(deal_terms.share_flow(small(*OFFER, companies=(MINIMAX,))))

    assert "+3.808m" in words  # four digits beside the bar, all of them on hover
    assert any("+3,808,380" in text for text in words)
