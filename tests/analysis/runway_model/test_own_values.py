"""A reader's own values as one text: what is taken over, what is refused and why."""

import pytest

from ipo_data.analysis.runway_model import levers
from ipo_data.analysis.runway_model.own_values import (
    BURN,
    figure_levers,
    full_names,
    nobodys,
    own_values,
    simulation_levers,
    written,
)
from tests.analysis.runway_model.examples import minimax

KNOWN = {**levers(minimax()), **figure_levers(levers(minimax())), **simulation_levers()}
FIRMS = ("minimax", "zhipu")


def read(text: str):
    return own_values(text, "minimax", KNOWN, FIRMS)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("", {}),
        ("compute_price.change:0.2", {"compute_price.change": 0.2}),
        ("minimax.compute_price.change:0.2", {"compute_price.change": 0.2}),
        ("zhipu.compute_price.change:0.2", {}),  # another company's
        ("r_and_d.growth:0.03", {f"research_and_development.growth.{end}": 0.03 for end in ("start", "end")}),
        ("r_and_d.growth.end:0.01", {"research_and_development.growth.end": 0.01}),
        (" burn : 30 , liquidity.cash:1e3,", {"burn": 30.0, "liquidity.cash": 1000.0}),
        ("burn:30,burn:31", {"burn": 31.0}),  # the last one counts
        ("simulation.paths:500", {"simulation.paths": 500.0}),
    ],
)
def test_values_by_name(text, values):
    assert read(text).values == values
    assert read(text).refusals == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("liquidity.cash:-1", "liquidity.cash must be a number between 0 and 1e+07 (million), got -1"),
        ("segments.c_end.growth:-1", "segments.c_end.growth.start must be a number between -0.9 and 1"),
        ("burn:nan", "burn must be a number between -1e+07 and 1e+07 (million per month), got nan"),
        ("burn:1e308", "got 1e308"),
        ("burn:inf", "got inf"),
        ("burn:", "got "),
        ("burn:2.0.1", "got 2.0.1"),
        ("horizon:0", "horizon must be a whole number between 1 and 240 (months), got 0"),
        ("horizon:12.5", "must be a whole number"),
        ("simulation.paths:1000000000", "simulation.paths must be a whole number between 1 and 10000 (count)"),
        ("minimax.compute_price.chnge:1", "did you mean 'compute_price.change'?"),
    ],
)
def test_a_refused_value_says_its_input_and_bounds_and_leaves_the_others_alone(text, message):
    found = read(f"{text},interest_rate:0.02")

    (refusal,) = found.refusals
    assert message in refusal.message
    assert found.values == {"interest_rate": 0.02}


def test_an_input_of_no_company_is_reported_once():
    known = {"minimax": KNOWN, "zhipu": {"interest_rate": KNOWN["interest_rate"]}}

    (unknown,) = nobodys("intrest_rate:0.1,segments.c_end.revenue:3,interest_rate:9,minimax.foo:1", known)
    assert unknown.message == "unknown runway input 'intrest_rate' (did you mean 'interest_rate'?)"


def test_a_long_or_hidden_value_is_shown_short_and_plain():
    (refusal,) = read("burn:" + "9" * 500 + "\u202e").refusals

    assert len(refusal.found) <= 41


def test_written_values_are_read_back():
    values = {"liquidity.cash": 362.647, BURN: 1e-7, "horizon": 240.0}

    assert written(values) == "liquidity.cash:362.647,burn:1e-07,horizon:240"
    assert read(written(values)).values == values


def test_a_name_stands_for_itself_or_for_both_ends():
    assert full_names("horizon", KNOWN) == ["horizon"]
    assert full_names("segments.b_end.gross_margin", KNOWN) == [
        "segments.b_end.gross_margin.start", "segments.b_end.gross_margin.end",
    ]  # fmt: skip
    assert full_names("segments", KNOWN) == []
