"""Sliders moved faster than the page can follow leave the page of the last value, with nothing old on it."""

import pytest
from playwright.sync_api import expect

from ipo_data.text.catalog import words
from tests.browser.tab import Tab

pytestmark = pytest.mark.browser
SAY = words("en")
_WORDS = "[data-testid=stMain]"
_BETWEEN = 70
"""Milliseconds between two keys, about as a keyboard repeats them."""


def test_the_page_is_that_of_the_last_value(tab: Tab) -> None:
    tab.open("runway?lang=en", charts=11)
    for name, keys in (("rd", 7), ("burn", 3), ("growth", 2)):
        slider = tab.page.get_by_role("slider", name=SAY(f"control.{name}"))
        slider.focus()
        for _ in range(keys):
            tab.page.keyboard.press("ArrowRight")
            tab.page.wait_for_timeout(_BETWEEN)

    tab.wait_for_query(lang="en", burn="130", rd="1", growth="25")
    moved = tab.settle(charts=11).page.locator(_WORDS)
    expect(tab.link_to(SAY("nav.runway"))).to_have_js_property("href", tab.page.url)  # the link to this page follows

    said = moved.inner_text()
    tab.page.reload()
    tab.settle(charts=11)
    expect(tab.page.locator(_WORDS)).to_have_text(said, use_inner_text=True)
    assert tab.problems == []
