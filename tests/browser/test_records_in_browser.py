"""Records with mistakes or with text that looks like markup, seen in a real browser."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from ipo_data.dataset import Dataset
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import View
from ipo_data.exhibits.registry import build
from ipo_data.exhibits.registry import page as page_of
from ipo_data.export.sheet import sheet_of, stand_alone_page
from tests.browser.tab import Tab
from tests.builders import GOOD_SEEDS, write_seeds
from tests.hostile import spoiled
from tests.pages.test_hostile_text import NAME, NOTE, SEEDS, TITLE
from tests.serving import ROOT, serve

pytestmark = pytest.mark.browser
TRUSTING = "import ipo_data.model.text as texts; texts.refuse_unprintable = lambda text: None"
REVENUE = "companies/minimax/revenue.yaml"
MADE_OF_TEXT = (
    "[data-testid=stMain] :is(a:not([aria-label='Link to heading'], [href^='#']), em, b, del, code, img, script, "
    ".katex, ul, ol:not(.ipo-foot > ol), blockquote, h4)"
)
"""Elements that no page makes by itself; the notes of an exhibit are a list."""


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
        tab.wait_for_title("數據檔案有誤")
        tab.wait_for_language("zh-Hant")
        expect(tab.page.get_by_test_id("stCode")).to_contain_text(f"seeds/{REVENUE}:")
        expect(tab.page.get_by_role("dialog")).to_have_count(0)
        edit(folder, GOOD_SEEDS[REVENUE])
        tab.page.reload()
        tab.settle()
        tab.wait_for_title("現金能支撐多久？")
        assert tab.problems == []


def test_texts_that_the_loader_would_refuse_act_nowhere(browser: Browser, tmp_path: Path) -> None:
    """The loader's refusal is switched off: every text of the records holds a script, a picture, a link or a style."""
    folder = spoiled(tmp_path / "seeds")
    with (
        serve(ROOT, {"IPO_SEEDS": str(folder)}, before=TRUSTING) as server,
        browser.new_context(locale="en-GB") as context,
        Tab(context, server.url) as tab,
    ):
        tab.open("ownership?lang=zh-Hans")
        tab.page.locator(".js-plotly-plot .main-svg").first.wait_for()
        hover(tab)
        assert tab.page.evaluate("window.__x") is None
        assert made_of_text(tab) == []
        assert tab.page.locator(".js-plotly-plot svg a").count() == 0
        tab.page.goto(stand_alone(folder, tmp_path).as_uri())
        tab.page.locator(".js-plotly-plot .main-svg").first.wait_for()
        hover(tab)
        assert tab.page.evaluate("window.__x") is None
        assert [problem for problem in tab.problems if "file:" not in problem] == []


def hover(tab: Tab) -> None:
    """Move the pointer over a chart, so that every hover text on the way is drawn."""
    chart = tab.page.locator(".js-plotly-plot").first
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    assert box is not None
    for step in range(1, 20):
        tab.page.mouse.move(box["x"] + box["width"] * step / 20, box["y"] + box["height"] * (step % 5 + 1) / 7)
    tab.page.wait_for_timeout(200)


def stand_alone(folder: Path, place: Path) -> Path:
    """Write an exhibit of these records as a page of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ipo_data.model.text.refuse_unprintable", lambda text: None)
        dataset = Dataset.load(folder)
    view = View()
    exhibit = build(Context(dataset, view), page_of("ownership"), "holders-minimax")
    path = place / "exhibit.html"
    path.write_text(stand_alone_page(sheet_of(exhibit, "ownership", view, dataset, "0-0"), 900), encoding="utf-8")
    return path


def made_of_text(tab: Tab) -> list[str]:
    """Return elements that can only have come from a record's text."""
    return [str(element.evaluate("e => e.outerHTML"))[:200] for element in tab.page.locator(MADE_OF_TEXT).all()]


def edit(folder: Path, content: str) -> None:
    path = folder / REVENUE
    path.write_text(content, encoding="utf-8")
    status = path.stat()
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
