"""The heat map: months over any two inputs, the scenario's own pair framed, impossible choices refused."""

import pytest

from ipo_data.analysis.runway_model import levers, runway, with_values
from ipo_data.dataset import Dataset
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import View
from ipo_data.exhibits.runway_heat import heat_of, input_names, is_input, values_around
from ipo_data.exhibits.runway_run import run_of
from ipo_data.text.catalog import LANGUAGES
from tests.exhibits.library import drawn


@pytest.fixture(scope="module")
def everything() -> Dataset:
    return Dataset.load()


def context(dataset: Dataset, *options: tuple[str, str], **view) -> Context:
    return Context(dataset, View(options=options, **view))


def chosen(dataset: Dataset, company: str = "minimax"):
    found = run_of(dataset, View(), company).chosen
    assert found is not None
    return found


def test_every_cell_is_the_run_of_its_two_values(everything: Dataset) -> None:
    exhibit = heat_of("minimax")(context(everything, ("x", "segments.c_end.growth.start"), ("y", "interest_rate")))
    base = chosen(everything)
    growth = values_around(levers(base)["segments.c_end.growth.start"], 28.1)
    rates = values_around(levers(base)["interest_rate"], 28.1)

    for row, rate in enumerate(rates):
        for column, rise in enumerate(growth):
            alone = runway(with_values(base, {"interest_rate": rate, "segments.c_end.growth.start": rise})).months
            assert exhibit.table.iloc[row, column + 1] == f"{alone:.1f}"


def test_the_scenarios_own_pair_is_framed_and_holds_its_months(everything: Dataset) -> None:
    figure = drawn(heat_of("minimax")(context(everything)))
    (frame,) = figure["layout"]["shapes"]
    row, column = (round((frame[low] + frame[high]) / 2) for low, high in (("y0", "y1"), ("x0", "x1")))

    assert figure["data"][0]["text"][row][column] == f"{runway(chosen(everything)).months:.1f}"
    assert figure["layout"]["xaxis"]["ticktext"][column] == "0.0%"
    assert figure["layout"]["yaxis"]["ticktext"][row] == "2.5% a month"


def test_months_beyond_the_horizon_are_said_to_be(everything: Dataset) -> None:
    exhibit = heat_of("minimax")(context(everything, ("set", "minimax.horizon:24")))

    assert ">24" in {text for line in drawn(exhibit)["data"][0]["text"] for text in line}
    assert "beyond the horizon" in set(exhibit.table.to_numpy().ravel())


@pytest.mark.parametrize("company", ["minimax", "zhipu"])
def test_values_around_lie_within_bounds_with_the_own_value_among_them(everything: Dataset, company: str) -> None:
    base = chosen(everything, company)
    for name, lever in levers(base).items():
        if is_input(name):
            values = values_around(lever, 28.1)
            assert 4 <= len(values) <= 7, name
            assert values == sorted(set(values)), name
            assert lever.value in values, name
            assert all(lever.lower <= value <= lever.upper for value in values), name


def test_the_same_input_twice_and_one_the_company_lacks_are_named(everything: Dataset) -> None:
    same = heat_of("minimax")(context(everything, ("x", "interest_rate"), ("y", "interest_rate")))
    lacking = heat_of("zhipu")(context(everything, ("x", "segments.c_end.growth.start")))

    assert "Choose two different inputs." in same.notes
    assert "Zhipu has no such input: Revenue growth, C-end (consumers), first month." in lacking.notes


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("compute_price.change", True), ("segments.anything.growth.end", True), ("horizon", False), ("burn", False),
        ("compute_price", False), ("", False), ("simulation.paths", False), ("correlation.value", False),
    ],
)  # fmt: skip
def test_only_inputs_of_the_model_may_stand_on_a_side(text: str, accepted: bool) -> None:
    assert is_input(text) is accepted


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_input_can_be_chosen_in_every_language(everything: Dataset, language: str) -> None:
    names = input_names(context(everything, language=language))

    assert len(names) > 50
    assert len(set(names.values())) == len(names)
    for name in list(names)[::9]:
        exhibit = heat_of("minimax")(context(everything, ("x", name), ("y", "liquidity.cash"), language=language))
        assert exhibit.title
