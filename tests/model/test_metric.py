"""The registry of metrics."""

import pytest

from ipo_data.errors import UnknownNameError
from ipo_data.model.metric import FAMILIES, METRICS, MONEY, Metric, TimeKind, metric
from ipo_data.units import CURRENCIES, UNITS


@pytest.mark.parametrize(
    ("name", "facts", "limits"),
    [
        ("revenue", ("revenue", MONEY, TimeKind.FLOW, "up"), (0, None)),
        ("gross_margin", ("margins", "percent", TimeKind.AVERAGE, "up"), (None, 100)),
        ("cash_and_equivalents", ("cash", MONEY, TimeKind.INSTANT, "up"), (0, None)),
        ("runway", ("cash", "months", TimeKind.INSTANT, "up"), (0, None)),
        ("mau", ("users", "persons", TimeKind.AVERAGE, "up"), (0, None)),
        ("economic_interest", ("shareholding", "percent", TimeKind.INSTANT, "none"), (0, 100)),
        ("offer_price", ("offering", MONEY, TimeKind.TIMELESS, "none"), (0, None)),
        ("rank", ("technology", "rank", TimeKind.INSTANT, "down"), (1, None)),
        ("listed", ("events", "date", TimeKind.TIMELESS, "none"), (None, None)),
        ("revenue_growth", ("revenue", "percent", TimeKind.AVERAGE, "up"), (-100, None)),
    ],
)
def test_a_metric_knows_its_topic_unit_time_and_limits(name, facts, limits):
    found = metric(name)
    assert found.id == name
    assert (found.family, found.unit, found.time, found.better) == facts
    assert (found.lowest, found.highest) == limits


def test_money_accepts_every_currency_and_nothing_else():
    revenue = metric("revenue")
    assert {code for code, unit in UNITS.items() if revenue.accepts(unit)} == set(CURRENCIES)
    assert revenue.unit_words == "money (USD, CNY, HKD, …)"


def test_other_metrics_accept_their_own_unit_only():
    margin = metric("gross_margin")
    assert [code for code, unit in UNITS.items() if margin.accepts(unit)] == ["percent"]
    assert margin.unit_words == "percent"


def test_axes_that_add_up_are_among_the_axes():
    revenue = metric("revenue")
    assert {"segment", "region", "deployment"} <= revenue.adds_up < revenue.axes
    assert "product" in revenue.axes - revenue.adds_up
    assert all(found.adds_up <= found.axes for found in METRICS.values())


def test_only_flows_add_up_over_time():
    assert metric("revenue").is_flow
    assert not metric("mau").is_flow
    assert not metric("cash_and_equivalents").is_flow


@pytest.mark.parametrize("found", METRICS.values(), ids=lambda found: found.id)
def test_every_row_of_the_table_is_sound(found: Metric):
    assert found.family in FAMILIES
    assert found.unit == MONEY or found.unit in UNITS
    assert found.better in {"up", "down", "none"}
    assert found.lowest is None or found.highest is None or found.lowest < found.highest


def test_unknown_metric_names_the_nearest():
    with pytest.raises(UnknownNameError, match="unknown metric 'revenu' \\(did you mean 'revenue'\\?\\)"):
        metric("revenu")
