"""Records with mistakes or with text that looks like markup, seen in a real browser."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.tab import Tab
from tests.builders import GOOD_SEEDS, write_seeds
from tests.pages.test_hostile_text import NAME, NOTE, SEEDS, TITLE
from tests.serving import ROOT, serve

pytestmark = pytest.mark.browser
REVENUE = "companies/minimax/revenue.yaml"
MADE_OF_TEXT = (
    "[data-testid=stMain] :is(a:not([aria-label='Link to heading']), em, b, del, code, img, script, .katex, ul, ol, "
    "blockquote, h4)"
)


def test_text_of_records_is_shown_as_it_is_and_a_broken_edit_keeps_the_page(browser: Browser, tmp_path: Path) -> None:
    folder = write_seeds(tmp_path / "seeds", SEEDS)
    with (
        serve(ROOT, {"IPO_SEEDS": str(folder)}) as server,
        browser.new_context(locale="en-GB") as context,
        Tab(context, server.url) as tab,
    ):
        tab.open("sources?lang=en")
        tab.wait_for_text(TITLE, NOTE, "A_B_C & *Co*")
        assert made_of_text(tab) == []
        tab.open("runway?lang=en")
        tab.wait_for_text(NAME)
        assert made_of_text(tab) == []
        assert tab.problems == []

        edit(folder, "revenue:\n  - {period: FY2024, sys: 1m USD, from: acn}\n")
        tab.page.reload()
        tab.settle()
        tab.wait_for_title("How long does the cash last?")
        expect(tab.page.get_by_test_id("stCode").first).to_contain_text(f"{REVENUE}:2:")
        edit(folder, GOOD_SEEDS[REVENUE])
        tab.page.reload()
        tab.settle()
        expect(tab.page.get_by_test_id("stAlert")).to_have_count(0)


def test_broken_records_at_the_start_are_listed_and_corrected_without_a_restart(
    browser: Browser, tmp_path: Path
) -> None:
    folder = write_seeds(tmp_path / "seeds", {REVENUE: "revenue: [\n"})
    with (
        serve(ROOT, {"IPO_SEEDS": str(folder)}) as server,
        browser.new_context(locale="zh-HK") as context,
        Tab(context, server.url) as tab,
    ):
        tab.open("runway")
        tab.wait_for_title("數據文件有誤")
        tab.wait_for_language("zh-Hant")
        expect(tab.page.get_by_test_id("stCode")).to_contain_text(f"seeds/{REVENUE}:")
        expect(tab.page.get_by_role("dialog")).to_have_count(0)
        edit(folder, GOOD_SEEDS[REVENUE])
        tab.page.reload()
        tab.settle()
        tab.wait_for_title("現金能支撐多久？")
        assert tab.problems == []


def made_of_text(tab: Tab) -> list[str]:
    """Return elements that can only have come from a record's text."""
    return [str(element.evaluate("e => e.outerHTML"))[:200] for element in tab.page.locator(MADE_OF_TEXT).all()]


def edit(folder: Path, content: str) -> None:
    path = folder / REVENUE
    path.write_text(content, encoding="utf-8")
    status = path.stat()
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
