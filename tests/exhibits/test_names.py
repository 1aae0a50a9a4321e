"""Companies and documents of the same name are told apart by their ids."""

from ipo_data.exhibits.names import company_names, distinct


def test_a_name_that_occurs_twice_takes_its_code_with_it():
    assert distinct({"a": "Acme", "b": "Acme", "c": "Zhipu"}) == {"a": "Acme · a", "b": "Acme · b", "c": "Zhipu"}


def test_names_that_occur_once_stand_alone(dataset):
    assert company_names(dataset, "zh-Hans") == {"minimax": "MiniMax", "zhipu": "智谱"}
