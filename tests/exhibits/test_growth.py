"""Growth: three footings, growth rates, users."""

import pytest

from ipo_data.exhibits import growth
from ipo_data.exhibits.model import View
from tests.builders import make_claim, make_company, make_rate
from tests.charts.drawing import layout, traces
from tests.exhibits.library import claims_in_figure, words_in_figure
from tests.exhibits.small import MINIMAX, ZHIPU, minimax, small, table_of, zhipu

RATE = make_rate(rate="7.0")
NINE_AND_SIX = (
    minimax("revenue", "30.52m USD", "FY2024"),
    minimax("revenue", "53.437m USD", "9M2025"),
    minimax("revenue_growth", "174.7%", "9M2025"),
    zhipu("revenue", "312.4m CNY", "FY2024"),
    zhipu("revenue", "191m CNY", "H1-2025"),
    zhipu("revenue_growth", "325%", "H1-2025"),
)
HALF_AND_HALF = (
    minimax("revenue", "10m USD", "H1-2025"),
    minimax("revenue", "20m USD", "FY2024"),
    minimax("revenue", "5m USD", "H1-2024"),
    zhipu("revenue", "140m CNY", "H1-2025"),
    zhipu("revenue", "70m CNY", "FY2024"),
    zhipu("revenue", "35m CNY", "H1-2024"),
)


# --- one footing ------------------------------------------------------------------------------------------------------


def test_unequal_windows_are_open_and_noted() -> None:
    exhibit = growth.firms_on_one_footing(small(*NINE_AND_SIX, rates=(RATE,)))
    symbols = {dot["marker"]["symbol"] for dot in traces(exhibit.figure, "markers")}

    assert symbols == {"circle-open", "diamond-open", "circle", "diamond"}
    assert exhibit.notes[0] == (
        "Open marks: windows of unequal length. Only the last line compares windows of equal length."
    )  # fmt: skip
    # 53.437 ÷ (191 ÷ 7) = 1.9584
    assert exhibit.title.startswith("Minimax's revenue is 1.96× Zhipu's as reported (unlike windows)")


def test_equal_windows_are_filled_and_need_no_note() -> None:
    exhibit = growth.firms_on_one_footing(small(*HALF_AND_HALF, rates=(RATE,)))
    symbols = {dot["marker"]["symbol"] for dot in traces(exhibit.figure, "markers")}

    assert symbols == {"circle", "diamond"}
    assert not any("multiple at the right" in note for note in exhibit.notes)


def test_the_takeaway_names_who_leads_on_each_footing() -> None:
    # as reported 10m against 140 ÷ 7 = 20m: Zhipu 2×; twelve months 20 + 10 − 5 = 25m against (70 + 140 − 35) ÷ 7 = 25m
    level = growth.firms_on_one_footing(small(*HALF_AND_HALF, rates=(RATE,)))
    apart = growth.firms_on_one_footing(small(*HALF_AND_HALF, rates=(make_rate(rate="3.5"),)))

    assert (
        level.title == "Zhipu's revenue is 2.00× Minimax's in H1 2025; over twelve months the firms are level (1.00×)"
    )
    assert apart.title == "Zhipu's revenue is 4.00× Minimax's in H1 2025 and 2.00× over twelve months"


def test_another_firm_may_lead_over_twelve_months() -> None:
    claims = (
        minimax("revenue", "10m USD", "H1-2025"), minimax("revenue", "60m USD", "FY2024"),
        minimax("revenue", "5m USD", "H1-2024"), *HALF_AND_HALF[3:],
    )  # fmt: skip

    # 140 ÷ 7 = 20m against 10m; twelve months 60 + 10 − 5 = 65m against (70 + 140 − 35) ÷ 7 = 25m: 2.6×
    assert growth.firms_on_one_footing(small(*claims, rates=(RATE,))).title == (
        "Zhipu's revenue is 2.00× Minimax's in H1 2025; over twelve months Minimax leads 2.60×"
    )


UNLIKE = "Minimax's revenue is 1.96× Zhipu's as reported (unlike windows)"


@pytest.mark.parametrize(
    ("basis", "title"),
    [
        # (53.437 ÷ 9) ÷ (191 ÷ 7 ÷ 6) = 5.9374 ÷ 4.5476 = 1.3056; annualising multiplies both by twelve
        ("month", f"{UNLIKE} and 1.31× per month"),
        ("annualised", f"{UNLIKE} and 1.31× annualised (no forecast)"),
        ("reported", "As reported Minimax's revenue is 1.96× Zhipu's, but the windows are not alike"),
    ],
)  # fmt: skip
def test_the_takeaway_follows_the_basis_and_the_subtitle_names_it(basis: str, title: str) -> None:
    context = small(*NINE_AND_SIX, rates=(RATE,), view=View(basis=basis))
    exhibit = growth.firms_on_one_footing(context)

    assert exhibit.title == title
    assert f"basis chosen: {context.basis}" in exhibit.subtitle
    assert ("Revenue, annualised" in exhibit.table["Item"].tolist()) == (basis == "annualised")


def test_equal_windows_may_be_compared_as_reported() -> None:
    exhibit = growth.firms_on_one_footing(small(*HALF_AND_HALF, rates=(RATE,), view=View(basis="reported")))

    assert exhibit.title == "As reported, over windows of one length, Zhipu's revenue is 2.00× Minimax's"


def test_three_firms_are_ranked_and_one_is_not_compared() -> None:
    third = make_company("third")
    context = small(
        *HALF_AND_HALF, make_claim(says="100m USD", company="third", period="FY2025"), rates=(RATE,),
        companies=(MINIMAX, ZHIPU, third),
    )  # fmt: skip
    alone = small(*HALF_AND_HALF[:3])

    # twelve months: 25m, 25m and 100m
    assert growth.firms_on_one_footing(context).title.startswith(
        "Over twelve months Third's revenue is the largest, 4.00×"
    )
    assert growth.firms_on_one_footing(alone).title == "Revenue on three footings"


def test_the_title_and_the_chart_name_the_same_multiple() -> None:
    exhibit = growth.firms_on_one_footing(small(*NINE_AND_SIX, rates=(RATE,)))

    assert "<b>1.96×</b>" in words_in_figure(exhibit)


# --- revenue by period ------------------------------------------------------------------------------------------------


def test_parts_that_a_full_year_covers_are_left_out_but_for_the_like_for_like_one() -> None:
    context = small(*HALF_AND_HALF[:3])

    assert table_of(growth.revenue_spans, context) == [
        ["Revenue", "FY2024", "US$20m", "reported"],
        ["Revenue", "H1 2025", "US$10m", "reported"],
        ["Revenue", "H1 2024", "US$5m", "reported"],  # outlined: the same months a year before
        ["Revenue growth", "H1 2025", "100.0%", "derived"],  # 10 ÷ 5 − 1
    ]


def test_an_implied_prior_part_is_an_outline_on_its_year() -> None:
    exhibit = growth.revenue_spans(small(*NINE_AND_SIX[:3], companies=(MINIMAX,)))
    outline = traces(exhibit.figure, "bar")[-1]

    # 53.437 ÷ 2.747 = 19.453 over nine months
    assert ["Revenue of the prior period, implied", "9M 2024", "US$19.45m", "derived"] in table_of(
        growth.revenue_spans, small(*NINE_AND_SIX[:3], companies=(MINIMAX,))
    )
    assert outline["y"] == [pytest.approx(53_437_000 / 2.747 / 9)]
    assert outline["marker"]["color"] == "rgba(0,0,0,0)"


def test_annualised_is_a_dotted_continuation_and_only_if_chosen() -> None:
    chosen = growth.revenue_spans(small(*NINE_AND_SIX[:3], companies=(MINIMAX,), view=View(basis="annualised")))
    other = growth.revenue_spans(small(*NINE_AND_SIX[:3], companies=(MINIMAX,)))
    (shape,) = layout(chosen.figure)["shapes"]

    assert (shape["x0"], shape["x1"], shape["line"]["dash"]) == ("2025-09-30", "2025-12-31", "dot")
    assert any("not a forecast" in note for note in chosen.notes)
    assert not layout(other.figure).get("shapes")
    assert not any("not a forecast" in note for note in other.notes)


def test_growth_in_the_title_can_be_traced() -> None:
    exhibit = growth.revenue_spans(small(*NINE_AND_SIX))

    assert exhibit.title.endswith("Minimax +174.7% (9M 2025) and Zhipu 4.25× (+325%, H1 2025)")
    assert "minimax.revenue_growth.9M2025@acn" in exhibit.claims
    assert "zhipu.revenue_growth.H1-2025@acn" in exhibit.claims


def test_stated_growth_is_preferred_to_computed_growth() -> None:
    stated = (*HALF_AND_HALF[:3], minimax("revenue_growth", "99%", "H1-2025"))

    found = growth.latest_growth(small(*stated), "minimax")

    assert found is not None
    assert (found.value, str(found.state)) == (99, "reported")


def test_growth_needs_the_latest_period() -> None:
    assert growth.latest_growth(small(minimax("revenue", "20m USD", "FY2024")), "minimax") is None
    assert growth.latest_growth(small(), "minimax") is None


# --- growth rates -----------------------------------------------------------------------------------------------------


def test_a_base_of_nothing_is_not_meaningful_and_last() -> None:
    context = small(
        minimax("revenue", "0 USD", "FY2022"), minimax("revenue", "3m USD", "FY2023"),
        minimax("revenue", "9m USD", "FY2024"),
    )  # fmt: skip

    assert table_of(growth.growth_rates, context) == [
        ["Revenue growth", "FY2024", "200.0%", "derived"],
        ["Revenue growth", "FY2023", "not meaningful", "not meaningful"],
    ]
    assert "not meaningful" in words_in_figure(growth.growth_rates(context))


def test_falling_revenue_has_a_minus_and_no_plus() -> None:
    context = small(minimax("revenue", "10m USD", "FY2023"), minimax("revenue", "8m USD", "FY2024"))

    assert growth.growth_rates(context).title.endswith("Minimax's −20.0% in FY2024")


def test_segments_grow_in_the_latest_period_only() -> None:
    context = small(
        *(minimax("revenue", says, when, segment="c_end")
          for says, when in (("1m USD", "FY2022"), ("2m USD", "FY2023"), ("6m USD", "FY2024"))),
        minimax("revenue_growth", "160%", "FY2024", segment="b_end"),
    )  # fmt: skip
    exhibit = growth.segment_growth(context)

    assert exhibit.table["Figure"].tolist() == ["160%", "200.0%"]  # 6 ÷ 2 − 1
    assert exhibit.title == "Highest growth by segment (FY2024): Minimax c_end +200.0%"


def test_the_fastest_part_of_each_firm_stands_with_its_own_window() -> None:
    exhibit = growth.segment_growth(small(
        minimax("revenue_growth", "703.1%", "H1-2026", segment="b_end"),
        zhipu("revenue_growth", "60.7%", "H1-2025", deployment="cloud"),
        zhipu("revenue_growth", "-3.5%", "H1-2025", deployment="on_premise"),
    ))  # fmt: skip

    assert exhibit.title == (
        "Highest growth by segment: Minimax b_end 8.03× (+703.1%, H1 2026); Zhipu cloud +60.7% (H1 2025)"
    )


# --- users ------------------------------------------------------------------------------------------------------------


def test_each_definition_of_users_has_its_own_row_with_its_period() -> None:
    context = small(
        minimax("mau", "3.1m persons", "FY2023"), minimax("mau", "27.6m persons", "9M2025"),
        zhipu("institutional_customers", "12000 customers", "2025-09-30"),
    )  # fmt: skip
    exhibit = growth.users(context)

    assert exhibit.table["Figure"].tolist() == ["27.6m", "12,000"]
    assert "Minimax · Average monthly active users · 9M 2025" in words_in_figure(exhibit)
    assert claims_in_figure(exhibit) == set(exhibit.claims)


def test_tokens_name_platform_and_date_and_who_does_not_state_them() -> None:
    context = small(minimax("tokens_per_day", ">1trn tokens", "2025-12-24", platform="own"))
    exhibit = growth.tokens(context)

    assert exhibit.title == "Tokens a day: Minimax over 1trn (own, 24 Dec 2025)"
    assert exhibit.table["Figure"].tolist() == ["over 1trn", "not disclosed in these sources"]
    assert growth.tokens(small()).title == "Tokens a day"


def test_users_grow_by_multiple_and_percent() -> None:
    context = small(minimax("mau", "3.1m persons", "FY2023"), minimax("mau", "27.6m persons", "9M2025"))

    # 27.6 ÷ 3.1 = 8.903
    assert growth.mau_path(context).title == (
        "Minimax's monthly active users rose to 8.90× their level (790.3% more) from FY2023 to 9M 2025"
    )


def test_users_of_two_firms_are_not_compared_in_a_sentence() -> None:
    context = small(minimax("mau", "3m persons", "FY2023"), zhipu("mau", "4m persons", "FY2023"))

    assert growth.mau_path(context).title == "Average monthly active users by period"


def test_a_company_without_the_metric_is_a_gap() -> None:
    (gap,) = growth.gaps(small(minimax("mau", "3m persons", "FY2023")), "mau", "persons")

    assert (gap.company, gap.value, gap.reason) == ("zhipu", None, "reason.not_in_sources")
