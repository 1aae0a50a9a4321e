"""What the browser itself must be told: the language of the page, its layout, and to ask again when colours change."""

from urllib.parse import quote

import streamlit as st

from ipo_data.text.catalog import LANGUAGES
from pages.shell.style import STYLE

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
SCRIPTS = {
    language: f"<script>document.documentElement.lang = '{language}';{_FOLLOW_COLOURS}</script>"
    for language in LANGUAGES
}
"""By language; constant, so that a content security policy can list their hashes."""


def instruct(language: str) -> None:
    """Set ``<html lang>``, which Streamlit leaves at ``en``, and redraw charts when the system turns light or dark.

    Streamlit recolours its own parts at once but does not run the script, so charts would stay in the old colours.
    """
    st.html(SCRIPTS[language] + STYLE, unsafe_allow_javascript=True)
