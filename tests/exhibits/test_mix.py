"""Business mix: columns to scale, by period, and like for like."""

from decimal import Decimal

import pytest

from ipo_data.exhibits import mix
from ipo_data.exhibits.model import Exhibit, View
from tests.builders import make_company, make_rate
from tests.charts.drawing import traces
from tests.exhibits.library import words_in_figure
from tests.exhibits.small import MINIMAX, minimax, small, table_of, zhipu

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

    # B-end stands first and darkest in every column
    assert [bar["y"][0] for bar in traces(exhibit.figure, "bar")] == [28.6, 71.4, 85.0, 15.0]
    assert exhibit.title == (
        "c_end brings 71.4% of Minimax's revenue (FY2024); on_premise brings over 85% of Zhipu's revenue (H1 2025)"
    )


def test_what_the_stated_shares_leave_open_is_drawn_and_named() -> None:
    exhibit = mix.segments(small(*ENDS, *SITES))

    assert traces(exhibit.figure, "bar")[3]["text"] == ["not broken down<br><b>at most 15.0%</b>"]  # over 85 %
    assert "at most 15.0%" in exhibit.table["Figure"].tolist()


def test_shares_that_miss_a_hundred_by_rounding_alone_are_whole() -> None:
    rounded = (*ENDS[:1], *(minimax("revenue_share", "33.3%", "FY2024", segment=s) for s in ("a1", "b1", "c1")))

    assert len(traces(mix.segments(small(*rounded)).figure, "bar")) == 3  # 99.9, not a fourth block of 0.1


def test_amounts_follow_from_the_total_in_the_views_currency() -> None:
    context = small(*ENDS, rates=(make_rate(rate="7.0"),), view=View(currency="CNY", rates="articles"))
    exhibit = mix.segments(context)

    # 30.52m × 7 = 213.64m; 71.4 % of it is 152.54m
    assert "RMB213.6m" in " ".join(words_in_figure(exhibit))
    assert "RMB152.5m" in " ".join(words_in_figure(exhibit))


def test_a_firm_without_a_split_is_named_and_keeps_its_panel() -> None:
    exhibit = mix.segments(small(*ENDS))
    history = mix.segment_history(small(*ENDS))
    zhipu_points = [point for point in exhibit.points if point.company == "zhipu"]

    assert "Zhipu: revenue is split neither by end market nor by deployment in these sources." in exhibit.notes
    assert "not disclosed in these sources" in words_in_figure(history)
    assert [str(point.state) for point in zhipu_points] == ["not_disclosed"]


def test_a_declared_gap_is_explained() -> None:
    company = make_company(
        "zhipu", reporting_currency="CNY",
        gaps=[{"metric": "revenue_share", "axis": "segment", "because": "Zhipu reports by deployment."}],
    )  # fmt: skip

    notes = mix.segments(small(*ENDS, *SITES, companies=(MINIMAX, company))).notes

    assert "Zhipu reports by deployment." in notes


def test_a_break_is_drawn_and_explained_between_its_two_columns_only() -> None:
    company = make_company(
        "zhipu", reporting_currency="CNY",
        breaks=[{"metric": "revenue_share", "axis": "deployment", "starts": "FY2025", "because": "New classes."}],
    )  # fmt: skip
    old = (zhipu("revenue", "312m CNY", "FY2024"), zhipu("revenue_share", "85%", "FY2024", deployment="on_premise"))
    new = (zhipu("revenue", "724m CNY", "FY2025"), zhipu("revenue_share", "70%", "FY2025", deployment="agents"))

    both = mix.segment_history(small(*old, *new, companies=(MINIMAX, company)))
    one = mix.segment_history(small(*new, companies=(MINIMAX, company)))

    assert "New classes." in both.notes
    assert "new classification" in words_in_figure(both)
    assert one.notes == ()


def test_the_last_four_columns_are_drawn_and_all_are_in_the_table() -> None:
    years = [f"FY{year}" for year in range(2019, 2025)]
    claims = [minimax("revenue_share", "60%", year, segment="c_end") for year in years]

    exhibit = mix.segment_history(small(*claims))

    assert len({bar["x"][0] for bar in traces(exhibit.figure, "bar")}) == 4
    assert list(dict.fromkeys(exhibit.table["Period"]))[:6] == years


def test_the_largest_part_is_told_by_its_ends_and_the_turn_between_them() -> None:
    shares = {"FY2021": "78.1%", "FY2022": "28.6%", "FY2023": "32.8%", "FY2024": "63.4%"}
    turned = [minimax("revenue_share", share, year, segment="b_end") for year, share in shares.items()]
    straight = [zhipu("revenue_share", share, year, segment="b_end") for year, share in (
        ("FY2022", "60%"), ("FY2023", "62%"), ("FY2024", "70%"),
    )]  # fmt: skip

    assert mix.segment_history(small(*turned, *straight)).title == (
        "Largest part of revenue now: Minimax b_end 78.1% (FY2021) → 28.6% (FY2022) → 63.4% (FY2024); "
        "Zhipu b_end 60% (FY2022) → 70% (FY2024)"
    )


def test_a_part_is_told_on_the_classification_of_now() -> None:
    company = make_company(
        "zhipu", reporting_currency="CNY",
        breaks=[{"metric": "revenue_share", "axis": "deployment", "starts": "FY2024", "because": "New classes."}],
    )  # fmt: skip
    shares = {"FY2022": "90%", "FY2023": "84%", "FY2024": "26%", "FY2025": "86%"}
    claims = [zhipu("revenue_share", share, year, deployment="cloud") for year, share in shares.items()]

    assert mix.segment_history(small(*claims, companies=(company,))).title == (
        "Largest part of revenue now: Zhipu cloud 26% (FY2024) → 86% (FY2025)"
    )
    assert mix.segment_history(small(*claims[:3], companies=(company,))).title == (
        "How the parts of revenue moved, period by period"
    )


# --- widths and bases -------------------------------------------------------------------------------------------------

RATE = make_rate(rate="7.0")
HALVES = (
    minimax("revenue", "79.038m USD", "FY2025"), minimax("revenue", "30.429m USD", "H1-2025"),
    minimax("revenue", "116.573m USD", "H1-2026"),
    *(minimax("revenue", says, when, segment=segment) for segment, amounts in {
        "b_end": {"FY2025": "25.963m USD", "H1-2025": "9.206m USD", "H1-2026": "73.929m USD"},
        "c_end": {"FY2025": "53.075m USD", "H1-2025": "21.223m USD", "H1-2026": "42.644m USD"},
    }.items() for when, says in amounts.items()),
)  # fmt: skip


def widths(exhibit: Exhibit) -> list[float]:
    return list(dict.fromkeys(round(bar["width"][0], 4) for bar in traces(exhibit.figure, "bar")))


@pytest.mark.parametrize(
    ("basis", "ratio"),
    [
        ("reported", 53.437 / (191 / 7)),  # 1.958
        ("month", (53.437 / 9) / (191 / 7 / 6)),  # 1.306
        ("annualised", (53.437 / 9) / (191 / 7 / 6)),
    ],
)
def test_widths_are_revenue_on_the_chosen_basis_in_one_currency(basis: str, ratio: float) -> None:
    nine = (minimax("revenue", "53.437m USD", "9M2025"), minimax("revenue_share", "71.1%", "9M2025", segment="c_end"))
    exhibit = mix.segments(small(*nine, *SITES, rates=(RATE,), view=View(basis=basis)))
    first, second = widths(exhibit)

    assert first / second == pytest.approx(ratio, rel=1e-3)
    assert ("not comparable as they stand" in " ".join(exhibit.notes)) == (basis == "reported")


def test_twelve_months_have_parts_of_their_own_where_every_part_has_its_prior_window() -> None:
    exhibit = mix.segments(small(*HALVES, companies=(MINIMAX,)))

    # B-end 25.963 + 73.929 − 9.206 = 90.686; all 79.038 + 116.573 − 30.429 = 165.182; 54.90 %
    assert ["Share of revenue · b_end", "12 months to Jun 2026", "54.9%", "derived"] in table_of(
        mix.segments, small(*HALVES, companies=(MINIMAX,))
    )
    assert "US$165.2m" in " ".join(words_in_figure(exhibit))
    assert not any("shares are those of the latest period" in note for note in exhibit.notes)


def test_shares_of_another_window_than_the_width_are_marked() -> None:
    without = tuple(
        claim for claim in HALVES if claim.dimensions != (("segment", "c_end"),) or claim.stamp != "H1-2025"
    )
    exhibit = mix.segments(small(*without, companies=(MINIMAX,)))

    assert any("the shares are those of the latest period" in note for note in exhibit.notes)
    assert any("12 months to Jun 2026; shares of H1 2026" in words for words in words_in_figure(exhibit))


def test_without_a_rate_columns_are_equally_wide_and_that_is_said() -> None:
    exhibit = mix.segments(small(*ENDS, *SITES))

    assert len(widths(exhibit)) == 1
    assert exhibit.notes[0] == (
        "Columns are equally wide: for Zhipu there is no revenue on this basis in this currency."
    )


def test_a_documents_hedge_stands_in_the_block() -> None:
    exhibit = mix.segments(small(*ENDS, *SITES, rates=(RATE,)))

    assert any("over 85%" in words for words in words_in_figure(exhibit))


# --- like for like ----------------------------------------------------------------------------------------------------


def test_shares_move_between_windows_of_one_length() -> None:
    exhibit = mix.segment_slope(small(*HALVES, companies=(MINIMAX,)))

    # 73.929 ÷ 116.573 = 63.42 %, 9.206 ÷ 30.429 = 30.25 %: 33.2 points
    assert exhibit.title == "Largest gain in share within a year (H1 2026): Minimax b_end +33.2 pp"
    lines = traces(exhibit.figure, "lines+markers")
    assert [[round(share, 1) for share in line["y"]] for line in lines] == [[30.3, 63.4], [69.7, 36.6]]


def test_parts_of_two_move_alike_where_one_share_is_printed_and_the_other_computed() -> None:
    printed = minimax("revenue_share", "63.4%", "H1-2026", segment="b_end")
    exhibit = mix.segment_slope(small(*HALVES, printed, companies=(MINIMAX,)))
    moved = {p.dimensions["segment"]: p.value for p in exhibit.points if p.measure == "share_change"}

    # 63.419 − 30.254 = 33.165 from amounts on both sides; 63.4 − 30.254 would give 33.146, written 33.1
    assert {part: round(value, 3) for part, value in moved.items()} == {
        "b_end": Decimal("33.165"),
        "c_end": -Decimal("33.165"),
    }


def test_printed_shares_move_by_what_is_printed() -> None:
    shares = [
        minimax("revenue_share", says, year, segment="b_end") for says, year in (("30%", "FY2024"), ("34%", "FY2025"))
    ]
    exhibit = mix.segment_slope(small(*shares, companies=(MINIMAX,)))

    assert [p.value for p in exhibit.points if p.measure == "share_change"] == [4]


def test_parts_that_only_lost_share_gain_no_title() -> None:
    shares = [
        minimax("revenue_share", says, when, segment="b_end") for says, when in (("60%", "FY2023"), ("50%", "FY2024"))
    ]
    exhibit = mix.segment_slope(small(*shares, companies=(MINIMAX,)))

    assert exhibit.title == "Shares of revenue, like for like"
    assert [p.value for p in exhibit.points if p.measure == "share_change"] == [-10]


def test_shares_never_move_across_a_change_of_classification() -> None:
    company = make_company(
        "zhipu", reporting_currency="CNY",
        breaks=[{"metric": "revenue_share", "axis": "deployment", "starts": "FY2025", "because": "New classes."}],
    )  # fmt: skip
    sites = [
        zhipu("revenue_share", f"{80 - year % 10}%", f"FY{year}", deployment="on_premise") for year in (2024, 2025)
    ]
    exhibit = mix.segment_slope(small(*sites, companies=(company,)))

    assert exhibit.title == "Shares of revenue, like for like"
    assert exhibit.points[0].reason == "reason.no_like_for_like"
    assert "no two windows a year apart" in words_in_figure(exhibit)[0]
