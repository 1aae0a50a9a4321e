"""Business mix: columns, products, regions and customers."""

from ipo_data.exhibits import mix
from ipo_data.exhibits.model import View
from tests.builders import make_company, make_rate
from tests.charts.drawing import traces
from tests.exhibits.library import words_in_figure
from tests.exhibits.small import MINIMAX, ZHIPU, minimax, small, table_of, zhipu

ENDS = (
    minimax("revenue", "30.52m USD", "FY2024"),
    minimax("revenue_share", "71.4%", "FY2024", segment="c_end"),
    minimax("revenue_share", "28.6%", "FY2024", segment="b_end"),
)
SITES = (
    zhipu("revenue", "191m CNY", "H1-2025"),
    zhipu("revenue_share", ">85%", "H1-2025", deployment="on_premise"),
)


# --- segments ---------------------------------------------------------------------------------------------------------


def test_each_firm_is_split_as_it_reports() -> None:
    exhibit = mix.segments(small(*ENDS, *SITES))

    assert [bar["y"][0] for bar in traces(exhibit.figure, "bar")] == [71.4, 28.6, 85.0, 15.0]
    assert exhibit.title == (
        "c_end brings 71.4% of Minimax's revenue (FY2024); on_premise brings over 85% of Zhipu's revenue (H1 2025)"
    )


def test_what_the_stated_shares_leave_open_is_drawn_and_named() -> None:
    exhibit = mix.segments(small(*ENDS, *SITES))

    assert traces(exhibit.figure, "bar")[3]["text"] == ["not broken down<br><b>15.0%</b>"]


def test_shares_that_miss_a_hundred_by_rounding_alone_are_whole() -> None:
    rounded = (*ENDS[:1], *(minimax("revenue_share", "33.3%", "FY2024", segment=s) for s in ("a1", "b1", "c1")))

    assert len(traces(mix.segments(small(*rounded)).figure, "bar")) == 3  # 99.9, not a fourth block of 0.1


def test_amounts_follow_from_the_total_in_the_views_currency() -> None:
    context = small(*ENDS, rates=(make_rate(rate="7.0"),), view=View(currency="CNY", rates="articles"))
    exhibit = mix.segments(context)

    # 30.52m × 7 = 213.64m; 71.4 % of it is 152.54m
    assert "RMB213.6m" in " ".join(words_in_figure(exhibit))
    assert "RMB152.5m" in " ".join(words_in_figure(exhibit))


def test_a_firm_without_a_split_keeps_its_panel_with_a_message() -> None:
    exhibit = mix.segments(small(*ENDS))
    zhipu_points = [point for point in exhibit.points if point.company == "zhipu"]

    assert "not disclosed in these sources" in words_in_figure(exhibit)
    assert [str(point.state) for point in zhipu_points] == ["not_disclosed"]


def test_a_declared_gap_is_explained() -> None:
    company = make_company(
        "zhipu", reporting_currency="CNY",
        gaps=[{"metric": "revenue_share", "axis": "segment", "because": "Zhipu reports by deployment."}],
    )  # fmt: skip

    notes = mix.segments(small(*ENDS, *SITES, companies=(MINIMAX, company))).notes

    assert notes[0] == "Zhipu reports by deployment."


def test_a_break_is_drawn_and_explained_between_its_two_columns_only() -> None:
    company = make_company(
        "zhipu", reporting_currency="CNY",
        breaks=[{"metric": "revenue_share", "axis": "deployment", "starts": "FY2025", "because": "New classes."}],
    )  # fmt: skip
    old = (zhipu("revenue", "312m CNY", "FY2024"), zhipu("revenue_share", "85%", "FY2024", deployment="on_premise"))
    new = (zhipu("revenue", "724m CNY", "FY2025"), zhipu("revenue_share", "70%", "FY2025", deployment="agents"))

    both = mix.segments(small(*old, *new, companies=(MINIMAX, company)))
    one = mix.segments(small(*new, companies=(MINIMAX, company)))

    assert "New classes." in both.notes
    assert "new classification" in words_in_figure(both)
    assert one.notes == ()


def test_the_last_four_columns_are_drawn_and_all_are_in_the_table() -> None:
    years = [f"FY{year}" for year in range(2019, 2025)]
    claims = [minimax("revenue_share", "60%", year, segment="c_end") for year in years]

    exhibit = mix.segments(small(*claims))

    assert len({bar["x"][0] for bar in traces(exhibit.figure, "bar")}) == 4
    assert exhibit.table["Period"].tolist()[:6] == years


# --- products ---------------------------------------------------------------------------------------------------------

PRODUCTS = (
    minimax("revenue_share", "71.1%", "9M2025", segment="c_end"),
    minimax("revenue_share", "35.1%", "9M2025", product="talkie"),
)


def test_products_are_ranked_with_what_no_product_accounts_for() -> None:
    suspect = minimax("revenue_share", "2.6%", "9M2025", product="hailuo", flags=["suspect"])
    context = small(*PRODUCTS, suspect)

    assert table_of(mix.products, context)[:3] == [
        ["Share of revenue · talkie", "9M 2025", "35.1%", "reported"],
        ["Share of revenue without a product · No product", "9M 2025", "33.4%", "derived"],  # 71.1 − 35.1 − 2.6
        ["Share of revenue · hailuo", "9M 2025", "2.6%", "reported"],
    ]
    assert mix.products(context).title == "With hailuo at the printed 2.6%, 33.4% of revenue has no product"
    assert "<b>2.6% (looks wrong)</b>" in words_in_figure(mix.products(context))


def test_products_that_add_up_leave_nothing_open() -> None:
    context = small(*PRODUCTS, minimax("revenue_share", "36.0%", "9M2025", product="hailuo"))

    # 71.1 − 35.1 − 36.0 = 0, within the rounding of three figures
    assert all("No product" not in row[0] for row in table_of(mix.products, context))
    assert mix.products(context).title == "hailuo brings 36.0% of Minimax's revenue in 9M 2025"


def test_a_firm_without_products_is_words() -> None:
    exhibit = mix.products(small(*PRODUCTS))

    assert "Zhipu: no revenue by product in these sources" in words_in_figure(exhibit)
    assert exhibit.title == "talkie brings 35.1% of Minimax's revenue in 9M 2025"


# --- regions ----------------------------------------------------------------------------------------------------------


def test_home_shares_are_named_for_two_firms() -> None:
    context = small(
        minimax("revenue_share", "26.95%", "9M2025", region="mainland_china"),
        zhipu("revenue_share", "88.39%", "H1-2025", region="mainland_china"),
    )

    assert (
        mix.geography(context).title == "Mainland China's share of revenue as stated: Minimax 26.95% and Zhipu 88.39%"
    )


def test_one_firms_home_share_is_no_comparison() -> None:
    context = small(minimax("revenue_share", "26.95%", "9M2025", region="mainland_china"))

    assert mix.geography(context).title == "Revenue by region"
    assert table_of(mix.geography, context)[-1][2] == "not disclosed in these sources"


def test_overseas_is_the_answer_where_there_are_no_regions() -> None:
    context = small(minimax("revenue_share", ">70%", "9M2025", overseas="overseas"), companies=(MINIMAX,))

    assert table_of(mix.geography, context) == [["Share of revenue · overseas", "9M 2025", "over 70%", "reported"]]


def test_customers_are_listed_by_period() -> None:
    context = small(
        minimax("top_five_customer_share", "60.5%", "FY2023"), minimax("top_five_customer_share", "44.1%", "FY2024"),
        zhipu("largest_customer_share", "11.0%", "H1-2025"), companies=(MINIMAX, ZHIPU),
    )  # fmt: skip

    assert [row[:3] for row in table_of(mix.concentration, context)] == [
        ["Five largest customers", "FY2023", "60.5%"],
        ["Five largest customers", "FY2024", "44.1%"],
        ["Largest customer", "H1 2025", "11.0%"],
    ]
