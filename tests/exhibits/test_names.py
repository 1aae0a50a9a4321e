"""Companies and documents of the same name are told apart by their ids."""

import pytest

from ipo_data.exhibits.names import amid, company_names, distinct, part_amid


def test_a_name_that_occurs_twice_takes_its_code_with_it():
    assert distinct({"a": "Acme", "b": "Acme", "c": "Zhipu"}) == {"a": "Acme · a", "b": "Acme · b", "c": "Zhipu"}


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
