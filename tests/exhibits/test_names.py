"""Companies and documents of the same name are told apart by their ids."""

import pytest

from ipo_data.exhibits import overview, sources
from ipo_data.exhibits.model import View
from ipo_data.exhibits.names import amid, company_names, distinct, part_amid
from ipo_data.model.text import Text
from ipo_data.text.catalog import LANGUAGES
from tests.builders import make_company
from tests.exhibits.small import MINIMAX, small


def test_a_name_that_occurs_twice_takes_its_code_with_it():
    assert distinct({"a": "Acme", "b": "Acme", "c": "Zhipu"}) == {"a": "Acme · a", "b": "Acme · b", "c": "Zhipu"}


def test_a_name_that_is_taken_takes_its_code_with_it():
    assert distinct({"a": "Item", "b": "Acme"}, ["Item", "Topic"]) == {"a": "Item · a", "b": "Acme"}


@pytest.mark.parametrize(("language", "heading"), [("en", "Item"), ("en", "Topic"), ("zh-Hant", "項目")])
def test_a_company_called_like_a_heading_has_a_column_of_its_own(language, heading):
    company = make_company("acme").model_copy(update={"name": Text.model_validate(dict.fromkeys(LANGUAGES, heading))})
    context = small(companies=(MINIMAX, company), view=View(language=language))

    assert context.name("acme") == f"{heading} · acme"
    for exhibit in (overview.key_table(context), sources.coverage(context)):
        assert len(set(exhibit.table.columns)) == len(exhibit.table.columns)


def test_names_that_occur_once_stand_alone(dataset):
    assert company_names(dataset, "zh-Hans") == {"minimax": "MiniMax", "zhipu": "智谱"}


@pytest.mark.parametrize("name", ["B-end (enterprises)", "R&D", "IFRS loss", "MiniMax app"])
def test_abbreviations_and_names_keep_their_capitals_inside_a_sentence(name):
    assert amid(name, "en") == name


def test_common_names_lose_their_capital_inside_an_english_sentence():
    assert amid("Downloads", "en") == "downloads"
    assert part_amid("On-premise deployment", "en") == "on-premise deployment"
    assert part_amid("Atlas", "en") == "Atlas"  # may be a product's own name
    assert amid("Downloads", "zh-Hans") == "Downloads"
