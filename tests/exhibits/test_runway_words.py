"""Every input of the runway model has a name and a written value in every language."""

import pytest

from ipo_data.analysis.runway_model import levers
from ipo_data.analysis.runway_model.own_values import figure_levers, simulation_levers
from ipo_data.dataset import Dataset
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import View
from ipo_data.exhibits.runway_run import run_of
from ipo_data.exhibits.runway_words import family, lever_words, value_words
from ipo_data.text.catalog import LANGUAGES


@pytest.fixture(scope="module")
def everything() -> Dataset:
    return Dataset.load()


def every_lever(dataset: Dataset, company: str):
    run = run_of(dataset, View(options=(("offer", "yes"),)), company)
    assert run.chosen is not None
    return {**levers(run.chosen), **figure_levers({}), **simulation_levers()}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("company", ["minimax", "zhipu"])
def test_every_input_has_a_name_of_its_own(everything: Dataset, company: str, language: str) -> None:
    context = Context(everything, View(language=language))
    known = every_lever(everything, company)
    names = [lever_words(context, name) for name in known]

    assert len(set(names)) == len(names)
    assert not [name for name in names if "_" in name or "{" in name]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_and_bound_is_written_with_its_unit(everything: Dataset, language: str) -> None:
    context = Context(everything, View(language=language))
    for name, lever in every_lever(everything, "minimax").items():
        for value in (None, lever.lower, lever.upper):
            words = value_words(context, lever, "USD", value)
            assert "fraction" not in words, name
            assert "million" not in words, name


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("segments.c_end.growth.half_life", ("segments.growth", "half_life", "c_end")),
        ("segments.c_end.revenue", ("segments.revenue", "", "c_end")),
        ("funding.1.amount", ("funding.amount", "", "1")),
        ("compute_price.from_month", ("compute_price.from_month", "", "")),
        ("working_capital.payable_days.later", ("working_capital.payable_days", "later", "")),
        ("interest_rate", ("interest_rate", "", "")),
    ],
)
def test_an_input_belongs_to_a_path_a_level_or_stands_alone(name: str, found: tuple[str, str, str]) -> None:
    assert family(name) == found
