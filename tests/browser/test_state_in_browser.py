"""The address bar and a real browser: Back and Forward, languages, pages, tabs and copied links keep the view."""

import pytest
from playwright.sync_api import expect

from ipo_data.text.catalog import words
from tests.browser.tab import Tab
from tests.serving import Server

pytestmark = pytest.mark.browser

EN = words("en")


def test_back_and_forward_walk_through_views_and_pages(tab: Tab) -> None:
    tab.open("growth?lang=en")
    tab.choose("Currency", "HK$").wait_for_query(lang="en", ccy="HKD")
    tab.link_to("Runway").click()
    tab.page.get_by_role("heading", name=EN("question.runway")).wait_for()
    tab.settle()
    tab.wait_for_path("/runway").wait_for_query(lang="en", ccy="HKD")
    tab.choose("Evidence", EN("evidence.filings")).wait_for_query(lang="en", ccy="HKD", evidence="filings")

    tab.page.go_back()
    tab.wait_for_query(lang="en", ccy="HKD")
    tab.wait_for_path("/runway")
    tab.wait_for_choice("Evidence", EN("evidence.all"))
    tab.page.go_back()
    tab.page.get_by_role("heading", name=EN("question.growth")).wait_for()
    tab.wait_for_query(lang="en", ccy="HKD")
    tab.wait_for_path("/growth")
    tab.page.go_back()
    tab.wait_for_query(lang="en")
    tab.wait_for_choice("Currency", EN("currency.native"))
    tab.page.go_forward()
    tab.wait_for_query(lang="en", ccy="HKD")
    tab.wait_for_choice("Currency", "HK$")
    tab.page.go_forward()
    tab.page.get_by_role("heading", name=EN("question.runway")).wait_for()
    tab.page.go_forward()
    tab.wait_for_query(lang="en", ccy="HKD", evidence="filings")
    tab.wait_for_choice("Evidence", EN("evidence.filings"))
    assert tab.problems == []


def test_back_from_a_corrected_link_leaves_it(tab: Tab) -> None:
    tab.open("sources?lang=en")
    tab.page.goto(f"{tab.page.url.split('?')[0]}?lang=en&ccy=EUR")
    tab.wait_for_query(lang="en")
    expect(tab.page.get_by_text("EUR").first).to_be_visible()
    tab.page.go_back()
    tab.settle()
    tab.page.go_back()
    tab.settle()
    tab.wait_for_query(lang="en")


def test_switching_the_language_keeps_selections_through_the_next_click(tab: Tab) -> None:
    tab.open("runway?lang=en&ccy=USD&rates=articles&firms=zhipu&liquidity=cash_only&burn=50&known=2026-06-30")
    chosen = {"firms": "zhipu", "ccy": "USD", "rates": "articles", "known": "2026-06-30"}
    options = {"burn": "50", "liquidity": "cash_only"}
    tab.switch_language("繁體").wait_for_query(lang="zh-Hant", **chosen, **options)
    hant = words("zh-Hant")
    tab.wait_for_title(hant("question.runway"))
    tab.wait_for_language("zh-Hant")
    tab.choose(hant("control.evidence"), hant("evidence.filings"))
    shared = {"firms": "zhipu", "ccy": "USD", "rates": "articles", "evidence": "filings", "known": "2026-06-30"}
    tab.wait_for_query(lang="zh-Hant", **shared, **options)
    tab.wait_for_choice(hant("control.currency"), hant("currency.USD"))
    tab.switch_language("English").wait_for_query(lang="en", **shared, **options)
    tab.choose("Evidence", EN("evidence.all")).wait_for_query(lang="en", **chosen, **options)
    tab.wait_for_choice("Currency", "US$")
    tab.wait_for_language("en")
    assert tab.problems == []


def test_a_link_of_the_navigation_opened_in_a_new_tab_keeps_the_view(tab: Tab) -> None:
    tab.open("growth?lang=zh-Hans&ccy=USD&evidence=articles")
    target = tab.link_to(words("zh-Hans")("nav.offering")).get_attribute("href")
    assert target is not None
    tab.open(target.lstrip("/"))
    tab.wait_for_title(words("zh-Hans")("question.offering"))
    tab.wait_for_query(lang="zh-Hans", ccy="USD", evidence="articles")


def test_page_options_come_back_with_their_page(tab: Tab) -> None:
    tab.open("runway?lang=en&liquidity=cash_only")
    tab.page.evaluate("window.ipoLoadedOnce = true")
    tab.link_to("Offering").click()
    tab.page.get_by_role("heading", name=EN("question.offering")).wait_for()
    tab.wait_for_query(lang="en")
    tab.link_to("Runway").click()
    tab.page.get_by_role("heading", name=EN("question.runway")).wait_for()
    tab.wait_for_query(lang="en", liquidity="cash_only")
    tab.wait_for_choice("Liquidity", EN("liquidity.cash_only"))
    assert tab.page.evaluate("window.ipoLoadedOnce")


def test_documents_left_out_and_the_date_survive_a_page_switch(tab: Tab) -> None:
    tab.open("growth?lang=en&known=2026-02-01&without=finet-2025-12")
    tab.link_to("Valuation").click()
    tab.page.get_by_role("heading", name=EN("question.valuation")).wait_for()
    tab.wait_for_query(lang="en", known="2026-02-01", without="finet-2025-12")
    expect(tab.page.get_by_role("textbox", name=EN("control.known"))).to_have_value("2026-02-01")


def test_a_date_is_typed_checked_and_used(tab: Tab) -> None:
    tab.open("growth?lang=en")
    tab.page.get_by_test_id("stSidebar").get_by_text(EN("control.more_evidence")).click()
    field = tab.page.get_by_role("textbox", name=EN("control.known"))
    field.fill("2026-02-30")
    field.press("Enter")
    tab.page.get_by_test_id("stAlert").wait_for()
    expect(tab.page.get_by_test_id("stAlert")).to_contain_text("2026-02-30")
    field.fill("2026-02-28")
    field.press("Enter")
    tab.wait_for_query(lang="en", known="2026-02-28")
    expect(tab.page.get_by_test_id("stAlert")).to_have_count(0)


def test_the_copied_link_opens_the_same_view_elsewhere(tab: Tab, dark_tab: Tab, server: Server) -> None:
    tab.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.open("runway?lang=zh-Hans&ccy=USD&liquidity=cash_only")
    tab.page.locator("summary", has_text=words("zh-Hans")("link.copy")).click()
    code = tab.page.get_by_test_id("stCode")
    code.hover()
    code.get_by_role("button").click()
    copied = tab.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"{server.url}/runway?")
    dark_tab.open(copied.removeprefix(f"{server.url}/"))
    expect(dark_tab.page.locator("h2")).to_have_text(tab.page.locator("h2").all_inner_texts())
    assert dark_tab.page.url == copied
    expect(dark_tab.page.get_by_test_id("stAlert")).to_have_count(0)
    assert dark_tab.problems == []


def test_a_link_made_with_other_data_says_so(tab: Tab) -> None:
    tab.open("sources?lang=en&data=0123456789ab")
    expect(tab.page.get_by_test_id("stAlert")).to_contain_text("0123456789ab")


def test_controls_show_the_link_when_the_window_tells_its_width_while_the_page_opens(tab: Tab) -> None:
    tab.open("runway?lang=en")
    tab.page.goto(f"{tab.page.url.split('?')[0]}?lang=en&burn=70", wait_until="commit")
    tab.page.evaluate(
        """
        const early = setInterval(() => {
            if (!document.querySelector('h1')) return;
            clearInterval(early);
            for (const wait of [0, 60, 120]) setTimeout(() => dispatchEvent(new PopStateEvent('popstate')), wait);
        }, 5);
        """
    )
    tab.settle()

    expect(tab.page.get_by_test_id("stSliderThumbValue").first).to_have_text("70%")
    assert tab.problems == []
