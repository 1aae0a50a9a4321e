"""What the browser itself must be told: language, layout, when to draw anew, what links do, where keyboards go on."""

from urllib.parse import quote

import streamlit as st

from ipo_data.text.catalog import LANGUAGES
from pages.shell.markup import Markup
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
_KEEP_PLACE = """
if (!window.ipoKeepsPlace) {
    window.ipoKeepsPlace = true;
    const app = () => document.querySelector('[data-testid=stApp]');
    const field = () => document.querySelector('[data-testid=stFileUploaderDropzone] button');
    const moved = box => {
        const named = box.className.match(/st-key-(memo-(?:up|down|off)-)[^ ]*/);
        if (!named) return null;
        const alike = () => [...document.querySelectorAll(`[class*=st-key-${named[1]}] button`)];
        const place = alike().indexOf(box.querySelector('button'));
        return () => {
            const same = document.querySelector(`.${CSS.escape(named[0])}`);
            const row = same && same.closest('[data-testid=stHorizontalBlock], [data-testid=stVerticalBlock]');
            const here = same && (same.querySelector('button:enabled') || row.querySelector('button:enabled'));
            return here || alike()[Math.min(place, alike().length - 1)] || field();
        };
    };
    const removed = () => {
        const head = document.querySelector('[data-testid=stMain] h1');
        if (head) head.tabIndex = -1;
        return field() || head;
    };
    document.addEventListener('click', event => {
        const from = selector => !event.detail && event.target.closest && event.target.closest(selector);
        const box = from('[class*=st-key-memo-]');
        const find = box ? moved(box) : from('.st-key-dropped_remove') ? removed : null;
        if (!find) return;
        const goOn = left => {
            const idle = app().dataset.testScriptState === 'notRunning';
            const next = idle && document.activeElement === document.body && find();
            if (next) next.focus();
            else if (left) setTimeout(goOn, 50, left - 1);
        };
        setTimeout(goOn, 50, 100);
    }, true);
}
"""
"""Items of the memo are drawn anew when they change places: the keyboard stays on the button that moved its item.

Whoever removes dropped files goes on at the field for them, or at the head of another page.
"""
PAGE_LINKS = "ipo-pages"
"""Class of the list of links to the pages."""
_TURN_PAGES = f"""
if (!window.ipoTurnsPages) {{
    window.ipoTurnsPages = true;
    document.addEventListener('click', event => {{
        const link = event.target.closest && event.target.closest('.{PAGE_LINKS} a');
        const app = document.querySelector('[data-testid=stApp]');
        if (!link || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
        if (!app || app.dataset.testConnectionState !== 'CONNECTED') return;
        event.preventDefault();
        if (link.href !== location.href) history.pushState({{}}, '', link.href);
        window.dispatchEvent(new PopStateEvent('popstate'));
        if (event.detail) return;
        const observer = new MutationObserver(() => {{
            if (link.isConnected) return;
            const drawn = [...document.querySelectorAll('.{PAGE_LINKS} a')];
            const same = drawn.find(other => other.pathname === link.pathname);
            if (same && document.activeElement === document.body) same.focus({{ preventScroll: true }});
            if (same) observer.disconnect();
        }});
        observer.observe(document.querySelector('[data-testid=stSidebar]'), {{ childList: true, subtree: true }});
        setTimeout(() => observer.disconnect(), 10000);
    }});
}}
"""
"""Turn to a page without loading anything but its figures, and leave the keyboard on the link that was followed.

Without a connection the link is left to the browser, which opens the page as soon as the server answers.
"""
SCRIPTS = {
    (language, screen): f"<script>document.documentElement.lang = '{language}';window.ipoScreen = '{screen}';"
    f"{_FOLLOW_COLOURS}{_FOLLOW_WIDTH}{_ENTER_POPOVERS}{_KEEP_PLACE}{_TURN_PAGES}</script>"
    for language in LANGUAGES
    for screen in SCREENS
}
"""By language and width; constant, so that a content security policy can list their hashes."""
_INSTRUCTIONS = {chosen: Markup(script + STYLE) for chosen, script in SCRIPTS.items()}


def instruct(language: str, screen: str = SCREENS[0]) -> None:
    """Set ``<html lang>``, and have charts redrawn when the system turns light or dark or the window turns narrow.

    Streamlit leaves the language at ``en``; it recolours and resizes its own parts at once but does not run the script,
    so charts would stay in the old colours, and those for a desk would be moved sideways on a phone.
    """
    st.html(_INSTRUCTIONS[language, screen], unsafe_allow_javascript=True)
