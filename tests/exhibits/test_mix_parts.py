"""Business mix: products, sources of consumer revenue, regions and customers."""

import pytest

from ipo_data.exhibits import mix_parts
from ipo_data.model.claim import Claim
from tests.charts.drawing import traces
from tests.exhibits.library import words_in_figure
from tests.exhibits.small import MINIMAX, ZHIPU, minimax, small, table_of, zhipu

ON_PREMISE = (
    zhipu("revenue_share", "84.8%", "H1-2025", deployment="on_premise"),
    zhipu("deployment_region_share", "88.39%", "H1-2025", deployment="on_premise", region="mainland_china"),
    zhipu("deployment_region_share", "5.00%", "H1-2025", deployment="on_premise", region="southeast_asia"),
)

# --- products ---------------------------------------------------------------------------------------------------------

PRODUCTS = (
    minimax("revenue_share", "71.1%", "9M2025", segment="c_end"),
    minimax("revenue_share", "35.1%", "9M2025", product="talkie"),
)


def test_products_are_ranked_with_what_no_product_accounts_for() -> None:
    suspect = minimax("revenue_share", "2.6%", "9M2025", product="hailuo", flags=["suspect"])
    context = small(*PRODUCTS, suspect)

    assert table_of(mix_parts.products, context)[:3] == [
        ["Share of revenue · talkie", "9M 2025", "35.1%", "reported"],
        ["Share of revenue without a product · No product", "9M 2025", "33.4%", "derived"],  # 71.1 − 35.1 − 2.6
        ["Share of revenue · hailuo", "9M 2025", "2.6%", "reported"],
    ]
    assert mix_parts.products(context).title == "With hailuo at the printed 2.6%, 33.4% of revenue has no product"
    assert "<b>2.6% (looks wrong)</b>" in words_in_figure(mix_parts.products(context))


def test_products_that_add_up_leave_nothing_open() -> None:
    context = small(*PRODUCTS, minimax("revenue_share", "36.0%", "9M2025", product="hailuo"))

    # 71.1 − 35.1 − 36.0 = 0, within the rounding of three figures
    assert all("No product" not in row[0] for row in table_of(mix_parts.products, context))
    assert mix_parts.products(context).title == "hailuo brings 36.0% of Minimax's revenue in 9M 2025"


def test_a_firm_without_products_is_words() -> None:
    exhibit = mix_parts.products(small(*PRODUCTS))

    assert "Zhipu: no revenue by product in these sources" in words_in_figure(exhibit)
    assert exhibit.title == "talkie brings 35.1% of Minimax's revenue in 9M 2025"


# --- regions ----------------------------------------------------------------------------------------------------------


def test_home_shares_are_named_for_two_firms() -> None:
    context = small(
        minimax("revenue_share", "26.95%", "9M2025", region="mainland_china"),
        zhipu("revenue_share", "88.39%", "H1-2025", region="mainland_china"),
    )

    assert mix_parts.geography(context).title == (
        "Mainland China brings 26.95% of Minimax's revenue (9M 2025) and 88.39% of Zhipu's revenue (H1 2025)"
    )


def test_a_firm_without_regions_is_named() -> None:
    exhibit = mix_parts.geography(small(minimax("revenue_share", "26.95%", "9M2025", region="mainland_china")))

    assert exhibit.title == "Mainland China brings 26.95% of Minimax's revenue (9M 2025)"
    assert exhibit.notes == ("Zhipu: no revenue by region in these sources.",)
    assert exhibit.table["Figure"].tolist()[-1] == "not disclosed in these sources"


def test_bars_end_at_a_hundred_and_name_the_revenue_they_split() -> None:
    exhibit = mix_parts.geography(small(*ON_PREMISE))
    bars = [bar for bar in traces(exhibit.figure, "bar") if bar["x"] != [None]]

    assert sum(bar["x"][0] for bar in bars) == pytest.approx(100)  # 88.39 + 5.00 and what is not broken down
    assert any("of revenue from on_premise only" in words for words in words_in_figure(exhibit))


def test_every_split_of_a_firm_ends_at_a_hundred_by_itself() -> None:
    context = small(
        minimax("revenue_share", "26.95%", "9M2025", region="mainland_china"),
        minimax("revenue_share", "73.05%", "9M2025", region="singapore"),
        minimax("revenue_share", "72.9%", "FY2025", overseas="overseas"),
        companies=(MINIMAX,),
    )
    bars = [bar for bar in traces(mix_parts.geography(context).figure, "bar") if bar["x"] != [None]]

    # 26.95 + 73.05 = 100 leave nothing open; 72.9 leave 27.1, which belong to the year alone
    whole = {row: sum(bar["x"][0] for bar in bars if bar["y"] == [row]) for row in (0, 1)}
    assert whole == pytest.approx({0: 100, 1: 100})
    assert sorted(bar["x"][0] for bar in bars if bar["y"] == [0]) == pytest.approx([27.1, 72.9])


def test_a_share_of_one_deployment_bounds_the_share_of_all_revenue() -> None:
    # as printed: 88.385 % × 84.75 % = 74.906 %; 88.395 % × 84.75 % + 15.25 % = 90.165 %
    exhibit = mix_parts.geography(small(*ON_PREMISE, companies=(ZHIPU,)))

    assert exhibit.title == "Mainland China brings 88.39% of Zhipu's revenue (on_premise only, H1 2025)"
    assert "between 74.9% and 90.2%" in exhibit.notes[0]


def test_overseas_is_the_answer_where_there_are_no_regions() -> None:
    context = small(minimax("revenue_share", ">70%", "9M2025", overseas="overseas"), companies=(MINIMAX,))

    assert table_of(mix_parts.geography, context) == [
        ["Share of revenue · overseas", "9M 2025", "over 70%", "reported"],
        ["Share of revenue not broken down", "9M 2025", "at most 30.0%", "derived"],
    ]


def test_customers_are_listed_by_period() -> None:
    context = small(
        minimax("top_five_customer_share", "60.5%", "FY2023"), minimax("top_five_customer_share", "44.1%", "FY2024"),
        zhipu("largest_customer_share", "11.0%", "H1-2025"), companies=(MINIMAX, ZHIPU),
    )  # fmt: skip

    assert [row[:3] for row in table_of(mix_parts.concentration, context)] == [
        ["Five largest customers", "FY2023", "60.5%"],
        ["All other customers", "FY2023", "39.5%"],
        ["Five largest customers", "FY2024", "44.1%"],
        ["All other customers", "FY2024", "55.9%"],
        ["Largest customer", "H1 2025", "11.0%"],
        ["All other customers", "H1 2025", "89.0%"],
    ]


def test_customers_split_a_hundred_and_bound_the_index() -> None:
    context = small(
        minimax("top_five_customer_share", "21.7%", "9M2025"), minimax("largest_customer_share", "14.7%", "9M2025"),
        companies=(MINIMAX,),
    )  # fmt: skip
    exhibit = mix_parts.concentration(context)

    bars = [bar["x"][0] for bar in traces(exhibit.figure, "bar") if bar["x"] != [None]]
    assert bars == pytest.approx([14.7, 7.0, 78.3])
    # low 14.7² + 7² ÷ 4 = 228.34; high 14.7² + 7 × 14.7 + 78.3 × 7 ÷ 4 = 216.09 + 102.9 + 137.03 = 456.0
    assert "between 228 and 456" in exhibit.notes[0]
    assert exhibit.title == "The five largest customers bring 21.7% of Minimax's revenue (9M 2025)"


def test_disputed_shares_of_customers_are_listed_and_not_drawn() -> None:
    rivals = [
        minimax("top_five_customer_share", says, "FY2024", source=s) for says, s in (("40%", "a1"), ("50%", "b2"))
    ]
    exhibit = mix_parts.concentration(small(*rivals, companies=(MINIMAX,)))

    assert [row[3] for row in table_of(mix_parts.concentration, small(*rivals, companies=(MINIMAX,)))] == [
        "in conflict"
    ] * 2
    assert [bar for bar in traces(exhibit.figure, "bar") if bar["x"] != [None]] == []


# --- sources of consumer revenue --------------------------------------------------------------------------------------


def paid(says: str, when: str, product: str, channel: str) -> Claim:
    return minimax("revenue", says, when, product=product, channel=channel)


PAID = (
    minimax("revenue", "10m USD", "9M2025", segment="c_end"),
    paid("3m USD", "9M2025", "talkie", "subscription"), paid("4m USD", "9M2025", "hailuo", "subscription"),
    paid("3m USD", "9M2025", "talkie", "online_marketing"),
    paid("1m USD", "9M2024", "talkie", "subscription"), paid("3m USD", "9M2024", "talkie", "online_marketing"),
    paid("2m USD", "H1-2024", "talkie", "subscription"),
)  # fmt: skip


def test_channels_add_up_over_products_and_say_of_what_they_are_shares() -> None:
    exhibit = mix_parts.channels(small(*PAID))

    assert exhibit.title == "subscription brings 70.0% of Minimax's C-end revenue (9M 2025)"  # (3 + 4) ÷ 10
    assert [row[:3] for row in table_of(mix_parts.channels, small(*PAID))][:6] == [
        ["Share by source of consumer revenue · online_marketing", "9M 2024", "75.0%"],
        ["Share by source of consumer revenue · subscription", "9M 2024", "25.0%"],
        ["Revenue", "9M 2024", "US$4.0m"],
        ["Share by source of consumer revenue · subscription", "9M 2025", "70.0%"],
        ["Share by source of consumer revenue · online_marketing", "9M 2025", "30.0%"],
        ["Revenue", "9M 2025", "US$10m"],
    ]  # the half-year has no later twin and is left out
    assert exhibit.notes == ("Zhipu: no revenue by subscription, top-up and advertising in these sources.",)


def test_channels_that_miss_consumer_revenue_are_shares_of_what_is_broken_down() -> None:
    exhibit = mix_parts.channels(small(minimax("revenue", "20m USD", "9M2025", segment="c_end"), *PAID[1:]))

    assert exhibit.title.endswith("of Minimax's revenue broken down by source (9M 2025)")


def test_products_stand_with_their_growth() -> None:
    context = small(
        minimax("revenue", "50m USD", "9M2025"), minimax("revenue", "18.75m USD", "9M2025", product="talkie"),
        minimax("revenue", "13.529m USD", "9M2024", product="talkie"),
    )  # fmt: skip

    # 18.75 ÷ 50 = 37.5 %; 18.75 ÷ 13.529 − 1 = 38.6 %
    assert "<b>37.5%, revenue +38.6%</b>" in words_in_figure(mix_parts.products(context))
