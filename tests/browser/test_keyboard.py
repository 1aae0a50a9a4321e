"""Everything a mouse can do on a page, a keyboard can: reach each control, see where one is, and move it."""

import pytest
from playwright.sync_api import expect

from ipo_data.exhibits.registry import PAGES
from ipo_data.text.catalog import words
from tests.browser.tab import Tab

pytestmark = pytest.mark.browser

CONTROLS = (
    "a[href], button, summary, input:not([type=file]), [role=slider], [role=radio], textarea, [contenteditable=true]"
)
MARK_CONTROLS = f"""
() => {{
    const reachable = element => element.checkVisibility({{ visibilityProperty: true }}) && !element.disabled
        && !element.closest('[aria-hidden=true], [inert]') && element.tabIndex >= 0
        && element.getAttribute('aria-checked') !== 'false'  // Tab reaches the chosen one, arrow keys move between them
        && (element.ariaPressed === null || element === element.parentElement.querySelector('[aria-pressed]'))
        && element.getBoundingClientRect().width > 1;
    const all = [...document.querySelectorAll('{CONTROLS}')].filter(reachable);
    all.forEach((element, number) => element.dataset.stop = number);
    const name = element => element.getAttribute('aria-label') || element.innerText;
    return all.map(element => `${{element.tagName}} ${{name(element)}}`.slice(0, 60));
}}
"""
WHERE = "() => document.activeElement.dataset.stop ?? (document.activeElement === document.body ? 'end' : '')"
LOOK = """
    const look = element => {
        const found = [];
        for (let box = element; box && found.length < 6; box = box.parentElement) {
            const own = getComputedStyle(box);
            found.push([own.outlineStyle, own.boxShadow, own.borderColor, own.backgroundColor, own.opacity].join());
        }
        return found.join(';');
    };
"""
NOTE_LOOKS = f"() => {{{LOOK} document.querySelectorAll('[data-stop]').forEach(e => e.dataset.look = look(e)); }}"
SHOWS = f"() => {{{LOOK} return look(document.activeElement) !== document.activeElement.dataset.look; }}"
MOST_STOPS = 400
MEMO = "memo?memo=overview.key-figures,growth.growth-rates"
KEY_OF_FOCUS = "() => (document.activeElement.closest('[class*=st-key-]') || document.body).className"


@pytest.mark.parametrize("page", [*(page.id for page in PAGES), MEMO, "trace", "check"])
def test_tab_reaches_every_control_in_reading_order(page: str, tab: Tab) -> None:
    link = "" if page == PAGES[0].id else page
    tab.open(f"{link}{'&' if '?' in link else '?'}lang=en")
    controls = tab.page.evaluate(MARK_CONTROLS)
    stops: list[int] = []
    for _ in range(MOST_STOPS):
        tab.page.keyboard.press("Tab")
        stop = tab.page.evaluate(WHERE)
        if stop == "end" or (stop and int(stop) in stops):  # without a frame, round again
            break
        if stop:  # the page itself is a stop too, so that arrow keys scroll it
            stops.append(int(stop))
    missed = [name for number, name in enumerate(controls) if number not in stops]
    assert missed == []
    assert stops == sorted(stops)


@pytest.mark.parametrize(("page", "theme"), [("runway?", "light"), (f"{MEMO}&", "dark")])
def test_the_place_of_the_keyboard_is_seen(page: str, theme: str, tab: Tab, dark_tab: Tab) -> None:
    tab = tab if theme == "light" else dark_tab
    tab.open(f"{page}lang=en")
    tab.page.evaluate(MARK_CONTROLS)
    tab.page.evaluate(NOTE_LOOKS)
    unseen = []
    if theme == "dark":  # the sidebar is like that of any page
        tab.page.get_by_role("heading").first.evaluate("title => { title.tabIndex = -1; title.focus(); }")
    for _ in range(30 if theme == "light" else 14):
        tab.page.keyboard.press("Tab")
        tab.page.wait_for_timeout(250)  # colours change gradually
        if tab.page.evaluate(WHERE).isdecimal() and not tab.page.evaluate(SHOWS):
            unseen.append(tab.page.evaluate("document.activeElement.outerHTML.slice(0, 90)"))
    assert unseen == []


def test_controls_move_by_keyboard(tab: Tab) -> None:
    say = words("en")
    tab.open("runway?lang=en")
    tab.page.get_by_text(say("disclaimer"), exact=True).wait_for()  # a list opened before it would close
    tab.settle()
    keyboard = tab.page.keyboard

    tab.unfold_by_keyboard(say("control.currency"), say("currency.USD"))
    keyboard.type(say("currency.USD"))
    keyboard.press("Enter")
    tab.wait_for_query(lang="en", ccy="USD")

    slider = tab.page.get_by_role("slider", name=say("control.burn"))
    slider.focus()
    keyboard.press("ArrowRight")
    tab.wait_for_query(lang="en", ccy="USD", burn="110")

    tab.page.locator(".ipo-fold").first.focus()
    keyboard.press("Enter")
    tab.page.get_by_text(say("exhibit.claims")).first.wait_for()
    tab.settle()
    copies = tab.page.get_by_role("button", name=say("copy.button")).first
    copies.focus()
    keyboard.press("Enter")
    expect(tab.page.get_by_test_id("stPopoverBody")).to_be_focused()  # which stands at the end of the document
    keyboard.press("Escape")
    expect(copies).to_be_focused()

    tab.page.get_by_test_id("stSidebar").get_by_role("radio", name="English").focus()
    keyboard.press("ArrowRight")
    keyboard.press("Space")
    expect(tab.page.get_by_role("heading", name=words("zh-Hans")("question.runway"))).to_be_visible()

    link = tab.link_to(words("zh-Hans")("nav.growth"))
    link.focus()
    keyboard.press("Enter")
    tab.page.get_by_role("heading", name=words("zh-Hans")("question.growth")).wait_for()
    expect(link).to_have_attribute("aria-current", "page")
    expect(link).to_be_focused()  # though the links were drawn anew
    assert tab.problems == []


def test_the_memo_is_collected_ordered_and_saved_by_keyboard(tab: Tab) -> None:
    say = words("en")
    tab.open("mix?lang=en&memo=growth.growth-rates")
    main, keyboard = tab.page.get_by_test_id("stMain"), tab.page.keyboard
    main.get_by_role("button", name=say("memo.add")).first.focus()
    keyboard.press("Enter")
    tab.wait_for_query(lang="en", memo="growth.growth-rates,mix.segments")
    tab.link_to(say("nav.memo")).focus()
    keyboard.press("Enter")
    tab.wait_for_title(say("question.memo")).settle()

    main.get_by_role("button", name=say("memo.down")).first.focus()
    keyboard.press("Enter")
    tab.wait_for_query(lang="en", memo="mix.segments,growth.growth-rates")
    assert_focus(tab, "memo-up-growth-growth-rates")  # at the end of the list it can only go up again
    keyboard.press("Space")
    tab.wait_for_query(lang="en", memo="growth.growth-rates,mix.segments")
    assert_focus(tab, "memo-up-growth-growth-rates", "memo-down-growth-growth-rates")
    main.get_by_role("button", name=say("memo.remove")).first.focus()
    keyboard.press("Enter")
    tab.wait_for_query(lang="en", memo="mix.segments")
    assert_focus(tab, "memo-off-mix-segments")

    main.get_by_role("button", name=say("memo.save")).focus()
    with tab.page.expect_download() as saved:
        keyboard.press("Enter")
    assert saved.value.suggested_filename.endswith(".yaml")
    main.get_by_test_id("stFileUploaderDropzone").locator("button").focus()
    with tab.page.expect_file_chooser():
        keyboard.press("Enter")
    assert tab.problems == []


def assert_focus(tab: Tab, *keys: str) -> None:
    """Wait until the keyboard stands on the control of one of these keys."""
    tab.page.wait_for_function(f"keys => keys.some(key => ({KEY_OF_FOCUS})().includes(key))", arg=list(keys))
