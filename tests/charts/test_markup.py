"""Tags of records stand in charts as characters, those of the charts themselves as tags."""

import pytest

from ipo_data.charts.drawing import Drawing
from ipo_data.charts.markup import only_own_markup
from tests.hostile import DOES_SOMETHING, STRINGS


def drawing(text: str) -> Drawing:
    trace = {"y": [1.5, None], "text": ["plain", text], "customdata": [[1, text]], "hovertemplate": f"{text}: %{{y}}"}
    return Drawing([trace], {"title": {"text": text}, "annotations": [{"text": "a"}, {"text": text}]})


@pytest.mark.parametrize("string", [string for string in STRINGS if DOES_SOMETHING.search(string)])
def test_a_tag_of_a_record_is_escaped_wherever_it_stands(string: str) -> None:
    assert not DOES_SOMETHING.search(str(only_own_markup(drawing(string)).to_dict()))


@pytest.mark.parametrize(
    "text",
    [
        "<b>54.9%</b> · US$90.7m",
        "a<br>b<extra></extra>",
        "<span style='font-size:11px'>US$28.1m</span>",
        "<10%",
        "a < b",
    ],
)
def test_own_tags_and_figures_stay_and_nothing_is_copied(text: str) -> None:
    given = drawing(text)
    found = only_own_markup(given)
    assert found.data is given.data
    assert found.layout is given.layout


def test_what_is_shared_is_not_changed() -> None:
    given = drawing("<a href='x'>b</a>")
    only_own_markup(given)
    assert given == drawing("<a href='x'>b</a>")
    assert only_own_markup(given).layout["title"]["text"] == "&lt;a href='x'>b&lt;/a>"
