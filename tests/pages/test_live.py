"""Exhibits that follow a slider while it moves say how the browser asks for them at each of its steps."""

import json
from dataclasses import replace

import pytest

from ipo_data.dataset import Dataset
from ipo_data.errors import OptionError
from ipo_data.exhibits.registry import options_read, read_by
from ipo_data.exhibits.registry import page as page_of
from ipo_data.exhibits.view_query import view_of
from ipo_data.paths import seeds_folder
from pages.shell.data import exhibit_of, loaded
from pages.shell.exhibit import ready
from pages.shell.exhibit_element import KEY_LENGTH
from pages.shell.live import LIVE, THEMES, live, one_of, steps
from pages.shell.url_state import PREFIX, SCREEN
from tests.pages.opened import Opened, data


@pytest.mark.parametrize(("page", "name"), LIVE)
def test_it_has_a_chart_and_reads_what_its_sliders_choose(page: str, name: str) -> None:
    shown = view_of(page, {"lang": "en"}, data())
    assert exhibit_of(data(), shown, page, name).figure is not None
    read = options_read(page_of(page), name)
    assert read is None or set(LIVE[page, name]) <= set(read)


@pytest.mark.parametrize(("page", "name"), LIVE)
def test_its_steps_are_those_of_the_sliders(page: str, name: str) -> None:
    opened = Opened(page)
    for option in LIVE[page, name]:
        slider = opened.app.select_slider(key=PREFIX + option)
        assert len(slider.options) == len(steps(page, option))
        assert slider.value == page_of(page).codes(data())[option][0]


def test_steps_rise_after_the_one_that_is_no_number() -> None:
    assert steps("runway", "rd")[:4] == ["preset", "-2", "-1.5", "-1"]
    assert steps("ownership", "new_shares")[:4] == ["0", "5", "10", "15"]


@pytest.mark.parametrize(("page", "name"), LIVE)
def test_its_own_query_leads_to_its_own_content(page: str, name: str) -> None:
    shown = read_by(view_of(page, {"lang": "zh-Hans", "ccy": "USD"}, data()), page, name)
    drawn = ready(data(), shown, page, name, 1)
    told = json.loads(drawn.head[KEY_LENGTH:])["live"]
    assert told["path"] == f"live/{page}/{name}"
    query = {name: raw for name, raw in told["query"].items() if name not in ("theme", SCREEN)}
    assert read_by(view_of(page, query, data()), page, name) == shown
    for option in LIVE[page, name]:
        slider = told["sliders"][PREFIX + option]
        assert slider["codes"][slider["at"]] == shown.option(option, page_of(page).codes(data())[option][0])


def test_nothing_is_offered_for_records_of_one_session_or_for_what_follows_no_slider() -> None:
    shown = view_of("runway", {"lang": "en"}, data())
    assert live(data(), shown, "runway", "runway-scenarios") is not None
    assert live(data(), shown, "runway", "runway-fan") is None
    assert live(Dataset.load(seeds_folder()), shown, "runway", "runway-scenarios") is None
    assert loaded().dataset is data()


def test_theme_and_width_are_told() -> None:
    shown = replace(view_of("runway", {"lang": "en"}, data()), theme="dark", narrow=True)
    told = live(data(), shown, "runway", "runway-what-if")
    assert told is not None
    assert (told.query["theme"], told.query[SCREEN]) == ("dark", "narrow")


def test_a_code_that_is_none_is_refused_with_those_that_are() -> None:
    assert one_of("theme", THEMES, {}) == "light"
    with pytest.raises(OptionError, match="theme: 'red' is not known; allowed: light, dark"):
        one_of("theme", THEMES, {"theme": "red"})
