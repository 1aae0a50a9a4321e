"""The language of the page for screen readers and for the browser's choice of Han glyphs."""

import streamlit as st

from ipo_data.text.catalog import LANGUAGES

SCRIPTS = {
    language: f"<script>document.documentElement.lang = '{language}'</script>" for language in LANGUAGES
}  # fmt: skip
"""Constant, so that a content security policy can list their hashes."""


def declare(language: str) -> None:
    """Set ``<html lang>``; Streamlit itself always says ``en``."""
    st.html(SCRIPTS[language], unsafe_allow_javascript=True)
