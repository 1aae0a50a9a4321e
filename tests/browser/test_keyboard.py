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


@pytest.mark.parametrize("page", [page.id for page in PAGES])
def test_tab_reaches_every_control_in_reading_order(page: str, tab: Tab) -> None:
    tab.open(f"{'' if page == PAGES[0].id else page}?lang=en")
    controls = tab.page.evaluate(MARK_CONTROLS)
    stops: list[int] = []
    for _ in range(MOST_STOPS):
        tab.page.keyboard.press("Tab")
        stop = tab.page.evaluate(WHERE)
        if stop == "end" or (stop and int(stop) in stops):  # without a frame, round again
            break
        if stop:  # the page itself is a stop too, so that arrow keys scroll it
            stops.append(int(stop))
    # of a group of radio buttons Tab reaches the chosen one; arrow keys move between them
    missed = [name for number, name in enumerate(controls) if number not in stops and name.split()[1] not in _GROUP]
    assert missed == []
    assert stops == sorted(stops)


_GROUP = ("English", "简体", "繁體")


def test_the_place_of_the_keyboard_is_seen(tab: Tab) -> None:
    tab.open("runway?lang=en")
    tab.page.evaluate(MARK_CONTROLS)
    tab.page.evaluate(NOTE_LOOKS)
    unseen = []
    for _ in range(30):
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

    tab.page.get_by_test_id("stMain").locator("summary").first.focus()
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

    tab.link_to(words("zh-Hans")("nav.growth")).focus()
    keyboard.press("Enter")
    tab.page.get_by_role("heading", name=words("zh-Hans")("question.growth")).wait_for()
    assert tab.problems == []
