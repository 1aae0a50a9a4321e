"""Projected liquidity: lines and tornados draw what they are given and nothing else."""

from dataclasses import replace

import pytest

from ipo_data.charts.narrow import narrowed
from ipo_data.charts.projections import Path, Swing, scenario_lines, tornado_bars
from ipo_data.charts.theme import Look, company_style
from ipo_data.text.catalog import words

DATES = ("2025-09-30", "2025-10-31", "2025-11-30")


@pytest.fixture
def look():
    styles = {
        "minimax": company_style("MiniMax", "#D55E00", 0, "light"),
        "zhipu": company_style("Zhipu", "#0072B2", 1, "light"),
    }
    return Look(
        words("en"), "light", styles, label=lambda measure, _: measure, write=lambda value, unit: f"{value:g} {unit}",
        when=lambda label: label,
    )  # fmt: skip


def path(scenario="base", *, strong=True, values=(1000.0, 500.0, 0.0)):
    return Path(scenario, f"{scenario} 2 months", DATES, values, strong)


def texts(figure):
    return [note["text"] for note in figure.to_dict()["layout"]["annotations"]]


def test_one_line_per_scenario_and_one_panel_per_company(look):
    figure = scenario_lines(
        {"minimax": [path(), path("bear", strong=False)], "zhipu": [path()]}, look, {"minimax": "USD", "zhipu": "CNY"}
    )
    drawn = figure.to_dict()

    assert [trace["y"] for trace in drawn["data"]] == [[1000.0, 500.0, 0.0]] * 3
    assert [trace["x"] for trace in drawn["data"]] == [list(DATES)] * 3
    assert [trace["xaxis"] for trace in drawn["data"]] == ["x", "x", "x2"]
    assert [trace["name"] for trace in drawn["data"]] == [
        "<b>base 2 months</b>",
        "bear 2 months",
        "<b>base 2 months</b>",
    ]
    assert [trace["legend"] for trace in drawn["data"]] == ["legend", "legend", "legend2"]
    assert drawn["layout"]["legend"]["x"] < drawn["layout"]["legend2"]["x"] == 1  # each in its own panel


@pytest.mark.parametrize(
    ("top", "ticks"),
    [
        (1.01e9, [0, 2.5e8, 5e8, 7.5e8, 1e9]),
        (2.81e9, [0, 1e9, 2e9]),
        (1000.0, [0, 250, 500, 750, 1000]),
        (4.9, [0, 1, 2, 3, 4]),
        (0.0, [0]),
    ],
)
def test_money_stands_in_round_steps(look, top, ticks):
    layout = scenario_lines({"minimax": [path(values=(top, 0.0, 0.0))]}, look, {"minimax": "USD"}).to_dict()["layout"]

    assert layout["yaxis"]["tickvals"] == pytest.approx(ticks)


@pytest.mark.parametrize(("months", "step"), [(3, "M3"), (14, "M3"), (15, "M6"), (31, "M12"), (120, "M24")])
def test_dates_stand_closer_the_sooner_the_money_is_gone(look, months, step):
    dates = tuple(f"{2025 + month // 12}-{month % 12 + 1:02}-28" for month in range(months))
    line = Path("base", "base", dates, (1.0,) * months, strong=True)

    layout = scenario_lines({"minimax": [line]}, look, {"minimax": "USD"}).to_dict()["layout"]

    assert layout["xaxis"]["dtick"] == step


def test_chosen_scenario_is_stronger_than_the_others(look):
    figure = scenario_lines({"minimax": [path(), path("bear", strong=False)]}, look, {"minimax": "USD"}).to_dict()

    assert figure["data"][0]["line"]["width"] > figure["data"][1]["line"]["width"]
    assert figure["data"][0]["line"]["color"] == "#D55E00"
    assert figure["data"][1]["line"]["color"] != "#D55E00"


def test_axes_of_two_currencies_stay_apart(look):
    layout = scenario_lines(
        {"minimax": [path(values=(100.0, 50.0, 0.0))], "zhipu": [path()]}, look, {"minimax": "USD", "zhipu": "CNY"}
    ).to_dict()["layout"]

    assert layout["yaxis"]["ticktext"][-1] == "100 USD"
    assert layout["yaxis2"]["ticktext"][-1] == "1000 CNY"


def test_tornado_puts_the_widest_swing_on_top_and_bars_start_at_the_base(look):
    swings = [
        Swing("small", 29.0, 31.0, "1%", "2%"),
        Swing("large", 25.0, 36.0, "3%", "4%"),
    ]

    figure = tornado_bars(swings, 30.0, look, "minimax").to_dict()

    assert figure["layout"]["yaxis"]["ticktext"] == ["small", "large"]  # the last one is drawn on top
    assert {trace["base"][0] for trace in figure["data"]} == {30.0}
    assert [trace["x"][0] for trace in figure["data"]] == [-1.0, 1.0, -5.0, 6.0]
    assert figure["layout"]["shapes"][0]["x0"] == 30.0


def test_values_of_an_input_stand_beside_the_months_without_brackets_that_would_look_negative(look):
    figure = tornado_bars([Swing("price", 25.0, 36.0, "25%", "\u221225%")], 30.0, look, "minimax")

    assert texts(figure) == [
        "<b>25 months</b> <span style='font-size:11px'>at 25%</span>",
        "<b>36 months</b> <span style='font-size:11px'>at \u221225%</span>",
    ]


def test_on_a_phone_the_tornado_fills_the_width_although_its_scale_begins_far_from_zero(look):
    narrow = replace(look, narrow=True)

    low, high = narrowed(tornado_bars([Swing("price", 25.0, 36.0, "25%", "0%")], 30.0, narrow, "minimax"), narrow
    ).to_dict()["layout"]["xaxis"]["range"]  # fmt: skip

    assert low > 10  # from zero on, the bars would take less than a third
    assert high - low < 2.5 * (36 - 25)


@pytest.mark.parametrize(
    "figure",
    [
        lambda look: scenario_lines({}, look, {}),
        lambda look: tornado_bars([], 0.0, look, "minimax"),
    ],
    ids=["lines", "tornado"],
)
def test_without_data_the_figure_says_so(look, figure):
    assert words("en")("chart.nothing") in texts(figure(look))
