"""Files that a reader downloads from a page, and the fonts that a page uses."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from ipo_data.export import metadata
from ipo_data.export.figure_code import is_code
from ipo_data.export.fonts import FAMILY, has_fonts
from tests.browser.tab import Tab

pytestmark = pytest.mark.browser


def test_a_picture_is_downloaded_and_leads_back(tab: Tab) -> None:
    tab.open("growth?lang=zh-Hans&ccy=USD")
    tab.unfold(0)
    with tab.page.expect_download() as waited:
        tab.page.get_by_test_id("stDownloadButton").get_by_role("button", name="PNG图片").click()
    name = waited.value.suggested_filename
    texts = metadata.png_texts(Path(waited.value.path()).read_bytes())
    code = texts[metadata.CODE]
    assert is_code(code)
    assert name == f"growth-one-footing-zh-Hans-document-{code}.png"
    tab.open(texts[metadata.LINK])
    expect(tab.page).to_have_url(re.compile("ccy=USD"))
    assert tab.problems == []


def test_a_page_is_set_in_the_font_of_the_exports(tab: Tab) -> None:
    if not has_fonts():
        pytest.skip("the fonts have not been made: make setup")
    tab.open("growth?lang=zh-Hans")
    tab.page.wait_for_function(
        "wanted => { const loaded = [...document.fonts].filter(f => f.status == 'loaded')"
        ".map(f => f.family.replaceAll('\"', '') + f.weight); return wanted.every(face => loaded.includes(face)); }",
        arg=[f"{FAMILY}400", f"{FAMILY}700"],
    )
