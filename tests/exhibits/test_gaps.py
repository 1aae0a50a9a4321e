"""Comparability gaps on screen."""

import pytest

from ipo_data.dataset import Dataset
from ipo_data.exhibits import gaps
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import View
from ipo_data.exhibits.registry import PAGES
from ipo_data.model.metric import FAMILIES
from tests.exhibits.library import words_in_figure, words_of
from tests.exhibits.small import minimax, small, zhipu
from tests.exhibits.test_every_exhibit import CODE, TEXT_ID, _without_places

CLAIMS = (
    minimax("revenue", "3.46m USD", "FY2023"), minimax("revenue", "30.52m USD", "FY2024"),
    zhipu("revenue", "312.4m CNY", "FY2024"), minimax("mau", "27.6m persons", "9M2025"),
)  # fmt: skip


def test_a_gap_says_what_is_missing_for_whom_and_what_it_would_unlock() -> None:
    exhibit = gaps.comparability(small(*CLAIMS))
    first, second = exhibit.table.to_dict("records")

    assert exhibit.title.startswith("2 comparisons lack a side; ")
    assert (first["Company"], first["Missing"], first["Others have it for"]) == ("Zhipu", "Revenue", "FY2023")
    assert (first["How it is missing"], first["It has instead"]) == ("not for every period needed", "FY2024")
    assert "Revenue growth" in first["Would unlock"]
    assert first["Page"] == "Growth"
    assert (second["Missing"], second["How it is missing"]) == ("Average monthly active users", "not stated")


def test_a_chosen_topic_lists_its_own_gaps() -> None:
    exhibit = gaps.comparability(small(*CLAIMS, view=View(options=(("about", "users"),))))

    assert exhibit.table["Missing"].tolist() == ["Average monthly active users"]


def test_one_company_has_nothing_to_be_compared_with() -> None:
    exhibit = gaps.comparability(small(*CLAIMS, view=View(companies=("minimax",))))

    assert exhibit.title == "One company alone: add another to see what either lacks"
    assert exhibit.table.empty
    assert words_in_figure(exhibit) == ["No entries"]


def test_every_topic_has_a_page() -> None:
    assert set(gaps._PAGES) == set(FAMILIES) - {"rates"}
    assert set(gaps._PAGES.values()) <= {page.id for page in PAGES}


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_no_code_is_left_in_any_part(dataset: Dataset, language: str) -> None:
    for part in ("1", "3", "6", "40"):
        view = View(language=language, options=(("missing", part),))
        for words in words_of(gaps.comparability(Context(dataset, view))):
            assert not TEXT_ID.search(words), words
            assert not CODE.search(_without_places(words)), words
