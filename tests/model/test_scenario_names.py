"""The names known before there is a scenario are those a scenario has, with the same bounds."""

import pytest

from ipo_data.analysis.runway_model import levers
from ipo_data.model.scenario_names import bounds_of, input_names, parts_of
from tests.analysis.runway_model.examples import minimax

SEGMENTS = ("c_end", "b_end")


def test_every_input_of_a_scenario_is_known_with_its_bounds():
    for name, lever in levers(minimax()).items():
        if not name.startswith("funding."):  # new money comes from facts
            bounds = bounds_of(name, SEGMENTS)
            assert bounds is not None, name
            assert (bounds.lower, bounds.upper, bounds.unit, bounds.whole) == (
                lever.lower, lever.upper, lever.unit, lever.whole,
            )  # fmt: skip


@pytest.mark.parametrize("name", ["segments.other.growth.start", "growth", "funding.0.amount", ""])
def test_what_is_no_input_has_no_bounds(name):
    assert bounds_of(name, SEGMENTS) is None


def test_paths_and_levels_have_parts():
    assert list(parts_of("segments.c_end.growth", SEGMENTS)) == ["start", "end", "half_life"]
    assert list(parts_of("working_capital.payable_days", SEGMENTS)) == ["opening", "later", "from_month"]
    assert parts_of("segments.other.growth", SEGMENTS) == {}
    assert {"segments.c_end.growth", "seasonal_factors", "interest_rate"} <= set(input_names(SEGMENTS))


def test_bounds_refuse_what_lies_outside_or_is_not_whole():
    months, rate = bounds_of("horizon", ()), bounds_of("interest_rate", ())
    assert months is not None
    assert rate is not None
    assert [months.refuses(value) for value in (0, 1, 12.5, 240, 241)] == [True, False, True, False, True]
    assert rate.refuses(float("nan"))
    assert str(rate) == "a number between 0 and 0.5 (fraction per year)"
