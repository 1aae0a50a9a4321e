"""What the browser itself must be told: the page's language and layout, when to draw anew, where keyboards go on."""

from urllib.parse import quote

import streamlit as st

from ipo_data.text.catalog import LANGUAGES, words
from pages.shell.style import STYLE
from pages.shell.url_state import SCREEN, SCREENS

_DRAWING = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'>"
    "<rect x='2' y='6' width='5' height='9' fill='#D55E00'/><rect x='9' y='2' width='5' height='13' fill='#0072B2'/>"
    "</svg>"
)
ICON = f"data:image/svg+xml,{quote(_DRAWING)}"
"""Sign in the browser's tab; one of Streamlit's named icons would be fetched from another host."""
_FOLLOW_COLOURS = """
if (!window.ipoFollowsColours) {
    window.ipoFollowsColours = true;
    const askAgain = () => window.dispatchEvent(new PopStateEvent('popstate'));
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => setTimeout(askAgain, 200));
}
"""
LEAST_WIDE = 760
"""Pixels beside the sidebar from which on charts are laid out for a desk."""
_FOLLOW_WIDTH = f"""
(() => {{
    const fit = box => {{
        const style = getComputedStyle(box);
        const room = box.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
        const wanted = room < {LEAST_WIDE} ? 'narrow' : 'wide';
        if (room <= 0 || window.ipoScreen === wanted) return;
        const address = new URL(location.href);
        if (wanted === 'wide') address.searchParams.delete('{SCREEN}');
        else address.searchParams.set('{SCREEN}', wanted);
        history.replaceState(history.state, '', address);
        window.dispatchEvent(new PopStateEvent('popstate'));
    }};
    const follow = () => {{
        const box = document.querySelector('[data-testid=stMainBlockContainer]');
        if (!box) {{ setTimeout(follow, 100); return; }}
        let later = 0;
        new ResizeObserver((_, observer) => {{
            clearTimeout(later);
            if (box.isConnected) later = setTimeout(() => fit(box), 250);
            else {{ observer.disconnect(); follow(); }}
        }}).observe(box);
    }};
    if (!window.ipoFollowsWidth) {{ window.ipoFollowsWidth = true; follow(); }}
}})();
"""
_GO_ON_AFTER_RESTART = """
if (!window.ipoGoesOn) {
    window.ipoGoesOn = true;
    const state = () => document.querySelector('[data-testid=stApp]').dataset.testConnectionState;
    let lost = false;
    const ask = () => {
        if (!lost || document.hidden || state() !== 'CONNECTED') return;
        lost = false;
        window.dispatchEvent(new PopStateEvent('popstate'));
    };
    new MutationObserver(() => { lost = lost || state() !== 'CONNECTED'; ask(); }).observe(
        document.querySelector('[data-testid=stApp]'), { attributeFilter: ['data-test-connection-state'] });
    document.addEventListener('visibilitychange', ask);
}
"""
"""A new server knows no button until it has drawn the page; asked at once, it takes the first press as meant."""
_ENTER_POPOVERS = """
if (!window.ipoEntersPopovers) {
    window.ipoEntersPopovers = true;
    document.addEventListener('click', event => {
        const button = event.target.closest && event.target.closest('[data-testid=stPopover] button');
        if (!button || event.detail || button.getAttribute('aria-expanded') === 'true') return;
        const enter = left => {
            const inside = document.querySelector('[data-testid=stPopoverBody]');
            if (inside) { inside.tabIndex = -1; inside.focus({ preventScroll: true }); }
            else if (left) setTimeout(enter, 50, left - 1);
        };
        setTimeout(enter, 50, 40);
    }, true);
}
"""
"""What a button folds out stands at the end of the document: opened by keyboard, it is where the keyboard goes on."""
_NAME_SKIP_LINK = """
document.querySelectorAll('[data-testid=stSkipToContent]').forEach(link => { link.textContent = '%s'; });
"""
_KEEP_PLACE = """
if (!window.ipoKeepsPlace) {
    window.ipoKeepsPlace = true;
    let presses = 0;
    const app = () => document.querySelector('[data-testid=stApp]');
    document.addEventListener('click', event => {
        const box = !event.detail && event.target.closest && event.target.closest('[class*=st-key-memo-]');
        const named = box && box.className.match(/st-key-(memo-(?:up|down|off)-)[^ ]*/);
        if (!named) return;
        const alike = () => [...document.querySelectorAll(`[class*=st-key-${named[1]}] button`)];
        const place = alike().indexOf(box.querySelector('button'));
        const press = presses += 1;
        const goOn = left => {
            if (press !== presses) return;
            const idle = app().dataset.testScriptState === 'notRunning';
            if (idle && document.activeElement === document.body) {
                const same = document.querySelector(`.${CSS.escape(named[0])}`);
                const row = same && same.closest('[data-testid=stHorizontalBlock], [data-testid=stVerticalBlock]');
                const here = same && (same.querySelector('button:enabled') || row.querySelector('button:enabled'));
                const next = here || alike()[Math.min(place, alike().length - 1)]
                    || document.querySelector('[data-testid=stFileUploaderDropzone] button');
                if (next) { next.focus(); return; }
            }
            if (left) setTimeout(goOn, 50, left - 1);
        };
        setTimeout(goOn, 50, 100);
    }, true);
}
"""
"""Items of the memo are drawn anew when they change places: the keyboard stays on the button that moved its item."""
SCRIPTS = {
    (language, screen): f"<script>document.documentElement.lang = '{language}';window.ipoScreen = '{screen}';"
    f"{_NAME_SKIP_LINK % words(language)('page.skip')}"
    f"{_FOLLOW_COLOURS}{_FOLLOW_WIDTH}{_GO_ON_AFTER_RESTART}{_ENTER_POPOVERS}{_KEEP_PLACE}</script>"
    for language in LANGUAGES
    for screen in SCREENS
}
"""By language and width; constant, so that a content security policy can list their hashes."""


def instruct(language: str, screen: str = SCREENS[0]) -> None:
    """Set ``<html lang>``, and have charts redrawn when the system turns light or dark or the window turns narrow.

    Streamlit leaves the language at ``en``; it recolours and resizes its own parts at once but does not run the script,
    so charts would stay in the old colours, and those for a desk would be moved sideways on a phone.
    """
    st.html(SCRIPTS[language, screen] + STYLE, unsafe_allow_javascript=True)
