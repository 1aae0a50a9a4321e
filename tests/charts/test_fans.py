"""Fans draw the bands they are given, the chances in words, and below them when the paths run out."""

import pytest

from ipo_data.charts.fans import Fan, fans
from ipo_data.text.catalog import words
from tests.charts.drawing import make_look
from tests.charts.test_projections import DATES, texts

BANDS = {5: (10.0, 2.0, 0.0), 25: (10.0, 4.0, 0.0), 50: (10.0, 5.0, 1.0), 75: (10.0, 6.0, 2.0), 95: (10.0, 8.0, 4.0)}


@pytest.fixture
def look():
    return make_look()


def test_fan_has_two_bands_and_the_median(look):
    bands = {
        5: (10.0, 4.0, 0.0),
        25: (10.0, 5.0, 1.0),
        50: (10.0, 6.0, 2.0),
        75: (10.0, 7.0, 3.0),
        95: (10.0, 8.0, 4.0),
    }

    drawn = fans({"minimax": Fan(DATES, bands)}, look, {"minimax": "USD"}).to_dict()["data"]

    assert [trace["y"] for trace in drawn] == [list(bands[level]) for level in (5, 95, 25, 75, 50)]
    assert [trace.get("fill") for trace in drawn] == [None, "tonexty", None, "tonexty", None]


def test_months_in_which_paths_run_out_are_bars_on_an_axis_of_their_own(look):
    figure = fans({"minimax": Fan(DATES, BANDS, (0.0, 12.5, 87.5))}, look, {"minimax": "USD"}).to_dict()
    (bars,) = [trace for trace in figure["data"] if trace["type"] == "bar"]

    assert bars["y"] == [0.0, 12.5, 87.5]
    assert bars["x"] == list(DATES)
    assert bars["yaxis"] == "y2"
    assert figure["layout"]["yaxis2"]["ticktext"] == ["87.5%"]
    assert figure["layout"]["yaxis2"]["domain"][1] < figure["layout"]["yaxis"]["domain"][0]


def test_each_panel_says_its_chances(look):
    spreads = {"minimax": Fan(DATES, BANDS, (0.0, 0.0, 1.0)), "zhipu": Fan(DATES, BANDS, (0.0, 0.0, 1.0))}
    lines = {"minimax": ["out within 24 months: 2.3% ± 0.3"], "zhipu": ["out within 24 months: 100.0% ± 0.0"]}

    written = fans(spreads, look, {"minimax": "USD", "zhipu": "CNY"}, lines)

    assert lines["minimax"][0] in texts(written)
    assert lines["zhipu"][0] in texts(written)
    assert texts(written).count(words("en")("chart.runs_out")) == 2  # above the bars of either panel


@pytest.mark.parametrize("spreads", [{}, {"nobody": Fan(DATES, BANDS)}])
def test_without_data_the_figure_says_so(look, spreads):
    assert words("en")("chart.nothing") in texts(fans(spreads, look, {}))
