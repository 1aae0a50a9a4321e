"""The form of the runway's inputs in a real browser: what is no number cannot be typed, what is absurd is refused."""

import pytest
from playwright.sync_api import expect

from ipo_data.text.catalog import words
from tests.browser.tab import Tab

pytestmark = pytest.mark.browser

EN = words("en")
FIELD = "Cash and equivalents, US$ m"


def test_what_is_no_number_is_not_taken_and_what_is_absurd_is_refused_by_name(tab: Tab) -> None:
    tab.open("runway?lang=en")
    form = tab.page.get_by_test_id("stExpander").filter(has_text=EN("form.title")).first
    form.locator("summary").click()
    field = form.get_by_label(FIELD, exact=True)
    apply = form.get_by_role("button", name=EN("form.apply"))
    for typed in ("nan", "inf", "1e999"):
        field.press("Control+a")
        field.press_sequentially(typed)
        expect(field).to_have_value("")  # the browser's field for numbers keeps none of them
    apply.click()
    tab.settle()
    tab.wait_for_query(lang="en")  # an empty field changes nothing
    expect(tab.page.get_by_test_id("stAlert")).to_have_count(0)

    field.press("Control+a")
    field.press_sequentially("-5")
    apply.click()
    refusal = tab.page.get_by_test_id("stAlert")
    expect(refusal).to_contain_text("Cash and equivalents (minimax.liquidity.cash): -5 was not taken over")
    expect(refusal).to_contain_text("between US$0 and US$10.00trn")
    assert tab.problems == []
