"""From an exhibit to a memo and back in a browser: collect, make, download, trace."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from ipo_data.text.catalog import LANGUAGES, words
from tests.browser.accessibility import violations
from tests.browser.layout import WIDTHS, findings, resized
from tests.browser.tab import Tab

pytestmark = pytest.mark.browser
LISTED = "memo=growth.growth-rates,runway.runway-what-if~burn:150"


def test_a_collected_exhibit_becomes_a_file_that_leads_back(tab: Tab, tmp_path: Path) -> None:
    say = words("en")
    tab.open("profitability?lang=en")
    main = tab.page.get_by_test_id("stMain")
    main.get_by_role("button", name=say("memo.add")).first.click()
    expect(main.get_by_role("button", name=say("memo.remove"))).to_have_count(1)
    tab.wait_for_query(lang="en", memo="profitability.gross-margin")

    tab.link_to(say("nav.memo")).click()
    tab.settle()
    main.get_by_label(say("memo.note")).fill("A note of mine")
    main.get_by_text("PPTX", exact=True).click()
    main.get_by_text("ZIP", exact=True).click()
    main.get_by_role("button", name=say("memo.make")).click()
    button = main.get_by_role("button", name="DOCX ·")
    expect(button).to_be_visible(timeout=60_000)
    with tab.page.expect_download() as waiting:
        button.click()
    path = tmp_path / "memo.docx"
    waiting.value.save_as(path)

    tab.open("trace?lang=en")
    tab.page.set_input_files("input[type=file]", [path])
    expect(main).to_contain_text(say("since.unchanged"), timeout=30_000)
    expect(main.get_by_role("link", name=say("trace.open"))).to_have_attribute(
        "href", re.compile(r"/profitability\?lang=en&")
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("link", [f"memo?{LISTED}", "trace?"])
def test_the_pages_are_for_everybody(language: str, link: str, tab: Tab) -> None:
    tab.open(f"{link}&lang={language}".replace("?&", "?"))

    assert violations(tab.page) == []
    for width in WIDTHS:
        resized(tab.page, width)
        assert findings(tab.page, language) == []
