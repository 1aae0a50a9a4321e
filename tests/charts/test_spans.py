"""Time-span bars: area is the amount."""

import pytest

from ipo_data.charts.spans import time_spans
from tests.charts.drawing import NOTHING, claims_in, frame_of, layout, make_look, point, traces, written

DAY = 86_400_000  # milliseconds
REVENUE = frame_of(
    point("minimax", "30520000", "FY2024"),
    point("minimax", "53437000", "9M2025"),
    point("zhipu", "191000000", "H1-2025", unit="CNY", state="derived"),
    point("third", None, "FY2024"),
)


def test_a_bar_is_as_wide_as_its_period_and_as_high_as_revenue_per_month() -> None:
    year, part, half = traces(time_spans(REVENUE, make_look()), "bar")

    assert year["width"] == [366 * DAY * 0.96]  # 2024 is a leap year
    assert year["y"] == [pytest.approx(2_543_333.33, abs=0.01)]  # 30.52m ÷ 12
    assert year["x"] == ["2024-07-01"]  # the middle of the year
    assert part["width"] == [273 * DAY * 0.96]  # 31+28+31+30+31+30+31+31+30 days
    assert part["y"] == [pytest.approx(5_937_444.44, abs=0.01)]  # 53.437m ÷ 9
    assert half["y"] == [pytest.approx(31_833_333.33, abs=0.01)]  # 191m ÷ 6


def test_area_is_the_amount() -> None:
    year, part, _ = traces(time_spans(REVENUE, make_look()), "bar")

    areas = [bar["width"][0] * bar["y"][0] for bar in (year, part)]

    # months differ in days: 366 ÷ 12 = 30.5 and 273 ÷ 9 = 30.33 days a month
    assert areas[1] / areas[0] == pytest.approx(53_437 / 30_520 * 30.3333 / 30.5, rel=1e-4)


def test_each_company_has_a_panel_with_its_name() -> None:
    figure = time_spans(REVENUE, make_look())

    assert written(figure) == ["<b>MiniMax</b>", "<b>Zhipu</b>"]
    assert [bar["xaxis"] for bar in traces(figure)] == ["x", "x", "x2"]


def test_panels_of_two_currencies_have_scales_of_their_own() -> None:
    drawn = layout(time_spans(REVENUE, make_look()))

    assert drawn["yaxis"]["range"] == pytest.approx([0, 5_937_444.44 * 1.22])
    assert drawn["yaxis2"]["range"] == pytest.approx([0, 31_833_333.33 * 1.22])


def test_panels_of_one_currency_share_a_scale() -> None:
    both = frame_of(point("minimax", "12000000", "FY2024"), point("zhipu", "24000000", "FY2024"))

    drawn = layout(time_spans(both, make_look()))

    assert drawn["yaxis"]["range"] == drawn["yaxis2"]["range"] == pytest.approx([0, 2_000_000 * 1.22])


def test_bars_say_amount_and_period_and_more_on_hover() -> None:
    year, _, half = traces(time_spans(REVENUE, make_look()), "bar")

    assert year["text"] == ["<b>US$30.52m</b><br>FY2024"]
    assert half["text"] == ["<b>RMB191.0m</b><br>H1 2025"]
    assert half["hovertemplate"] == (
        "Zhipu<br>H1 2025: RMB191.0m<br>RMB31.83m a month<br>derived<extra></extra>"
    )  # fmt: skip


def test_derived_bars_are_outlined_and_reported_ones_hatched_by_company() -> None:
    both = frame_of(point("zhipu", "1", "FY2023"), point("zhipu", "2", "FY2024", state="derived"))

    reported, derived = traces(time_spans(both, make_look()), "bar")

    assert reported["marker"]["pattern"]["shape"] == "/"
    assert derived["marker"]["color"] == "rgba(0,0,0,0)"


def test_bars_carry_their_claims() -> None:
    assert claims_in(time_spans(REVENUE, make_look())) == {
        "minimax.revenue.FY2024@doc",
        "minimax.revenue.9M2025@doc",
        "zhipu.revenue.H1-2025@doc",
    }


def test_balances_have_no_span() -> None:
    assert written(time_spans(frame_of(point("minimax", "1", "2025-09-30")), make_look())) == [NOTHING]


def test_no_point_is_nothing_to_draw() -> None:
    assert written(time_spans(frame_of(), make_look())) == [NOTHING]


# --- the same months a year before ------------------------------------------------------------------------------------

LIKE_POINTS = (
    point("minimax", "30520000", "FY2024"), point("minimax", "53437000", "9M2025"),
    point("minimax", "19453000", "9M2024", state="derived"),
)  # fmt: skip
LIKE = frame_of(*LIKE_POINTS)


def test_a_part_of_a_drawn_year_is_an_outline_on_it() -> None:
    *solid, outline = traces(time_spans(LIKE, make_look()), "bar")

    assert [bar["x"] for bar in solid] == [["2024-07-01"], ["2025-05-17"]]
    assert outline["y"] == [pytest.approx(19_453_000 / 9)]
    assert (outline["marker"]["color"], outline["text"]) == ("rgba(0,0,0,0)", [""])
    assert "9M 2024" in outline["hovertemplate"]


def test_the_words_of_its_year_say_the_amount_of_an_outline_and_what_it_is() -> None:
    year, *_ = traces(time_spans(LIKE, make_look()), "bar")
    crowded = [point("minimax", f"3{n}520000", f"FY{n}") for n in range(2009, 2024)]
    low, *_ = (
        bar
        for bar in traces(time_spans(frame_of(*crowded, *LIKE_POINTS), make_look()), "bar")
        if bar["x"] == ["2024-07-01"]
    )

    part = "<br><span style='font-size:10px'>9M 2024 US$19.45m · derived</span>"
    assert year["text"] == [f"<b>US$30.52m</b><br>FY2024{part}"]
    assert part not in low["text"][0]  # sixteen years are too narrow for it


def test_annualised_draws_the_latest_part_on_to_its_years_end() -> None:
    drawn = layout(time_spans(LIKE, make_look(), annualised=True))

    (shape,) = drawn["shapes"]
    assert (shape["x0"], shape["x1"]) == ("2025-09-30", "2025-12-31")
    assert shape["y1"] == pytest.approx(53_437_000 / 9)
    assert drawn["xaxis"]["range"][1] > "2025-12-31"
    full = frame_of(point("minimax", "30520000", "FY2024"))
    assert not layout(time_spans(full, make_look(), annualised=True)).get("shapes")


def test_words_that_a_higher_bar_would_cover_end_with_their_own_bar() -> None:
    amounts = {"FY2022": "57409000", "FY2023": "124538000", "FY2025": "724300000", "H1-2026": "953892000"}
    rising = frame_of(*(point("zhipu", amount, when, unit="CNY") for when, amount in amounts.items()))
    figure = time_spans(rising, make_look("zh-Hans", narrow=True))
    *_, year, half = traces(figure, "bar")

    # 724 ÷ 12 a month is lower than 954 ÷ 6; of a year a narrow window's dates tell the period; five characters of 11
    # pixels fit the bar of a year, nine do not
    assert (year["text"], half["text"][0].count("<br>")) == (["<b>7.243亿<br>元人民币</b>"], 1)

    in_english = time_spans(rising, make_look("en", narrow=True))
    half_year = [*amounts.items(), ("H1-2025", "190900000")]
    outlined = frame_of(*(point("zhipu", amount, when, unit="CNY") for when, amount in half_year))
    words = next(
        note for note in layout(time_spans(outlined, make_look("zh-Hans", narrow=True)))["annotations"]
        if note["x"] == "2025-12-31"
    )  # fmt: skip
    assert all(trace["text"] != [""] for trace in traces(in_english, "bar"))  # RMB724.3m is no wider than its bar
    assert words["xanchor"] == "right"  # the amount of the half year is wider than any bar of a year
    assert words["text"].startswith("<b>7.243亿元人民币</b><br>")


def test_every_year_is_written_with_its_amount_in_chinese() -> None:
    amounts = {"FY2023": "124538000", "FY2024": "312400000", "FY2025": "724300000", "H1-2026": "953892000"}
    rising = frame_of(
        point("zhipu", "57409000", "FY2022", unit="CNY"), point("minimax", "1", "FY2024"),
        *(point("zhipu", amount, when, unit="CNY") for when, amount in amounts.items()),
    )  # fmt: skip
    written = [trace["text"][0] for trace in traces(time_spans(rising, make_look("zh-Hans")), "bar")]

    assert written[1:] == [
        "<b>5,741万<br>元人民币</b><br>2022年", "<b>1.245亿<br>元人民币</b><br>2023年",
        "<b>3.124亿<br>元人民币</b><br>2024年",
        "<b>7.243亿<br>元人民币</b><br>2025年", "<b>9.539亿元人民币</b><br>2026年上半年",
    ]  # fmt: skip


def test_words_that_would_meet_those_of_a_later_bar_are_left_to_the_table() -> None:
    """On a phone the bars of five years are 60 px wide; low neighbours of like height cannot both be written."""
    points = [point("minimax", f"12{year}0000", f"FY{year}", unit="CNY") for year in range(2020, 2025)]
    years = frame_of(*points)

    def worded(*, narrow: bool) -> list[bool]:
        return [
            bool(trace["text"][0]) for trace in traces(time_spans(years, make_look("zh-Hans", narrow=narrow)), "bar")
        ]

    assert worded(narrow=False) == [True] * 5
    assert worded(narrow=True)[-1] is True
    assert not all(worded(narrow=True))
