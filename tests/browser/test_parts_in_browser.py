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


def drawn(tab: Tab, exhibit: str) -> str:
    """Return the heading of an exhibit."""
    return tab.page.locator(f"[class*=exhibit-runway-{exhibit}] h2").inner_text()


def test_a_chart_follows_its_slider_before_the_page_runs_and_is_drawn_once(tab: Tab) -> None:
    """While the mouse holds a slider Streamlit sends nothing; what it then sends is what is there."""
    tab.open("runway?lang=en", charts=11)
    slider = tab.page.get_by_role("slider", name=SAY("control.burn"))
    slider.scroll_into_view_if_needed()
    before = drawn(tab, "runway-what-if")
    tab.page.evaluate("""() => {
        const react = Plotly.react;
        window.drawings = 0;
        Plotly.react = (...given) => { window.drawings += 1; return react(...given); };
    }""")
    x, y = slider.evaluate(
        "one => { const { x, y, width, height } = one.parentElement.parentElement.getBoundingClientRect();"
        " return [x + width / 2, y + height / 2]; }"
    )
    tab.page.mouse.move(x, y)
    tab.page.mouse.down()
    tab.page.mouse.move(x + 25, y, steps=3)
    heading = tab.page.locator("[class*=exhibit-runway-runway-what-if] h2")
    expect(heading).not_to_have_text(before)
    said = str(slider.get_attribute("aria-valuetext"))
    expect(heading).to_contain_text(said)
    assert "burn=" not in tab.page.url  # the page has not run
    tab.page.wait_for_timeout(300)
    tab.page.evaluate("window.drawings = 0")
    tab.page.mouse.up()
    tab.wait_for_query(lang="en", burn=said.rstrip("%"))
    tab.settle(charts=11)
    assert tab.page.evaluate("window.drawings") == 0
    expect(heading).to_contain_text(said)
    assert tab.problems == []
