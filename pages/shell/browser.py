"""What the browser itself must be told: the language of the page, and to ask again when its colours change."""

import streamlit as st

from ipo_data.text.catalog import LANGUAGES

_FOLLOW_COLOURS = """
if (!window.ipoFollowsColours) {
    window.ipoFollowsColours = true;
    const askAgain = () => window.dispatchEvent(new PopStateEvent('popstate'));
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => setTimeout(askAgain, 200));
}
"""
SCRIPTS = {
    language: f"<script>document.documentElement.lang = '{language}';{_FOLLOW_COLOURS}</script>"
    for language in LANGUAGES
}
"""By language; constant, so that a content security policy can list their hashes."""


def instruct(language: str) -> None:
    """Set ``<html lang>``, which Streamlit leaves at ``en``, and redraw charts when the system turns light or dark.

    Streamlit recolours its own parts at once but does not run the script, so charts would stay in the old colours.
    """
    st.html(SCRIPTS[language], unsafe_allow_javascript=True)
