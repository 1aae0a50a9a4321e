"""Every page, opened by its deep link in a real browser, draws all its exhibits, in every language and both themes."""

import re

import pytest
from playwright.sync_api import Browser, expect

from ipo_data.dataset import Dataset
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import View
from ipo_data.exhibits.registry import PAGES, build, exhibit_ids
from ipo_data.text.catalog import LANGUAGES, words
from tests.browser.accessibility import violations
from tests.browser.first_screen import missing_from_first_screen
from tests.browser.layout import WIDTHS, findings, resized
from tests.browser.tab import SIZE, Tab
from tests.serving import ROOT, serve

pytestmark = pytest.mark.browser

PAGE_IDS = tuple(page.id for page in PAGES)
BACKGROUND = {"light": "rgb(255, 255, 255)", "dark": "rgb(14, 17, 23)"}
APP_COLOUR = "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
CHART_WORDS = """
[...document.querySelectorAll('.js-plotly-plot')].map(chart => {
    const word = chart.querySelector('.xtick text, .ytick text, .annotation-text');
    return word ? getComputedStyle(word).fill : '';
})
"""


@pytest.fixture(scope="session")
def charts_of(dataset: Dataset) -> dict[str, int]:
    """Number of charts the registry wants on each page."""
    counts = {}
    for page in PAGES:
        context = Context(dataset, View(options=page.defaults(dataset)))
        exhibits = [build(context, page, name) for name in exhibit_ids(page, context.companies)]
        counts[page.id] = sum(exhibit.figure is not None for exhibit in exhibits)
    return counts


def link(page: str) -> str:
    return "" if page == PAGE_IDS[0] else page


def other(theme: str) -> str:
    return "light" if theme == "dark" else "dark"


def brightness(colour: str) -> float:
    return sum(float(part) for part in colour[colour.index("(") + 1 : -1].split(",")[:3])


def assert_drawn(tab: Tab, page: str, theme: str) -> None:
    tab.wait_for_marks()
    assert tab.page.evaluate(APP_COLOUR) == BACKGROUND[theme]
    for colour in filter(None, tab.page.evaluate(CHART_WORDS)):
        assert (brightness(colour) > 382) == (theme == "dark"), f"{page}: {colour} on {theme}"
    assert tab.problems == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGE_IDS)
def test_deep_link_draws_every_exhibit(
    page: str, lang: str, tab: Tab, dark_tab: Tab, charts_of: dict[str, int]
) -> None:
    say = words(lang)
    place = PAGE_IDS.index(page) + LANGUAGES.index(lang)
    theme = "light" if place % 2 else "dark"  # each page in both, in one language or another
    shown = tab if theme == "light" else dark_tab
    shown.open(f"{link(page)}?lang={lang}", charts_of[page])
    shown.wait_for_title(say(f"question.{page}"))
    shown.wait_for_language(lang)
    expect(shown.page).to_have_title(re.compile(f"^{re.escape(say(f'nav.{page}'))}"))
    shown.wait_for_path(f"/{link(page)}")
    shown.wait_for_query(lang=lang)
    for entry in PAGE_IDS:
        shown.link_to(say(f"nav.{entry}")).wait_for()
    assert_drawn(shown, page, theme)
    assert violations(shown.page) == [], f"{page} {lang} {theme}"
    width = WIDTHS[place % len(WIDTHS)]  # each page at each width in one language or another; make look does them all
    resized(shown.page, width)
    assert findings(shown.page, lang) == [], f"{page} {lang} at {width} px"
    if lang == "en":  # whose words are the longest
        assert missing_from_first_screen(shown.page) == [], page
    resized(shown.page, SIZE["width"], SIZE["height"])
    if place % len(LANGUAGES) == 0:
        assert_redrawn_when_the_system_changes_colours(shown, page, theme, charts_of[page])
    shown.wait_for_query(lang=lang)


def assert_redrawn_when_the_system_changes_colours(shown: Tab, page: str, theme: str, charts: int) -> None:
    before = shown.page.evaluate(CHART_WORDS)
    shown.page.emulate_media(color_scheme="dark" if theme == "light" else "light")
    shown.page.wait_for_function(f"before => JSON.stringify({CHART_WORDS}) !== before", arg=_json(before))
    shown.settle(charts)
    assert_drawn(shown, page, other(theme))
    assert violations(shown.page) == [], f"{page} {other(theme)}"


def _json(colours: list[str]) -> str:
    return "[" + ",".join(f'"{colour}"' for colour in colours) + "]"


@pytest.mark.parametrize("page", ["runway", "sources"])
def test_first_request_after_start_may_be_a_deep_link(page: str, browser: Browser, charts_of: dict[str, int]) -> None:
    with serve(ROOT) as cold, browser.new_context(locale="zh-CN") as context, Tab(context, cold.url) as tab:
        tab.open(page, charts_of[page])
        say = words("zh-Hans")
        tab.wait_for_title(say(f"question.{page}"))
        for entry in PAGE_IDS:
            tab.link_to(say(f"nav.{entry}")).wait_for()
        tab.page.get_by_test_id("stSidebar").get_by_role("radio").nth(len(LANGUAGES) - 1).wait_for()
        tab.wait_for_marks()
        tab.link_to(say("nav.overview")).click()
        tab.page.get_by_role("heading", name=say("question.overview")).wait_for()
        tab.wait_for_path("/")
        assert tab.problems == []


def test_the_default_page_answers_under_its_own_name(tab: Tab, charts_of: dict[str, int]) -> None:
    tab.open("overview?lang=zh-Hant&ccy=USD", charts_of["overview"])
    tab.wait_for_path("/")
    tab.wait_for_query(lang="zh-Hant", ccy="USD")
    tab.wait_for_title(words("zh-Hant")("question.overview"))
    assert tab.problems == []


def test_charts_follow_the_width_of_the_window(tab: Tab, charts_of: dict[str, int]) -> None:
    tab.open("growth?lang=en", charts_of["growth"])
    resized(tab.page, 390)
    tab.wait_for_query(lang="en", screen="narrow")
    assert findings(tab.page, "en") == []
    resized(tab.page, 1024)  # a small laptop has room for the charts of a desk beside its slimmer sidebar
    tab.wait_for_query(lang="en")
    assert findings(tab.page, "en") == []
    resized(tab.page, SIZE["width"], SIZE["height"])
    tab.wait_for_query(lang="en")
    assert tab.problems == []


def test_the_runway_pages_contents_lead_to_its_sections(tab: Tab, charts_of: dict[str, int]) -> None:
    tab.open("runway?lang=en", charts_of["runway"])
    tab.page.get_by_role("link", name=words("en")("section.checks"), exact=True).click()
    expect(tab.page.get_by_role("heading", name=words("en")("section.checks"))).to_be_in_viewport()
    tab.settle()
    expect(tab.page.get_by_role("heading", name=words("en")("section.checks"))).to_be_in_viewport()
    tab.wait_for_query(lang="en")
    assert tab.problems == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_language_buttons_stand_on_one_line(lang: str, tab: Tab) -> None:
    tab.open(f"sources?lang={lang}")
    buttons = tab.page.get_by_test_id("stSidebar").get_by_role("radio")
    expect(buttons).to_have_count(len(LANGUAGES))
    boxes = [button.bounding_box() for button in buttons.all()]
    assert len({round(box["y"]) for box in boxes if box}) == 1


_TOP = "document.activeElement.getBoundingClientRect().top"
_INSIDE = "document.activeElement.closest('[class*=st-key-unfolded-]') !== null"


def test_details_open_without_moving_the_address(tab: Tab, charts_of: dict[str, int]) -> None:
    tab.open("growth?lang=en", charts_of["growth"])
    fold = tab.page.locator(".ipo-fold").first
    expect(fold).to_have_attribute("aria-expanded", "false")
    fold.focus()
    before = tab.page.evaluate(_TOP)
    tab.page.keyboard.press("Enter")
    expect(fold).to_have_attribute("aria-controls", re.compile("^unfolded-"))
    tab.page.get_by_text("Claims as printed").wait_for()
    tab.page.locator("table").nth(1).wait_for()
    expect(tab.page.locator("table")).to_have_count(2)
    expect(fold).to_be_focused()
    assert tab.page.evaluate(_TOP) == before
    tab.page.keyboard.press("Tab")  # what is unfolded comes next
    assert tab.page.evaluate(_INSIDE)
    tab.settle(charts_of["growth"]).wait_for_query(lang="en")
    fold.click()
    expect(tab.page.locator("table")).to_have_count(0)
    expect(fold).not_to_have_attribute("aria-controls", re.compile("."))
    assert tab.problems == []
