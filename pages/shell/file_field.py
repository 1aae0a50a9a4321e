"""The field for files in the reader's language."""

import streamlit as st

from ipo_data.text.catalog import Words

_IN_LANGUAGE = (
    "<style>[data-testid=stFileUploaderDropzoneInstructions]{display:none}"
    "[data-testid=stFileUploaderDropzone] button p{font-size:0}"
    "[data-testid=stFileUploaderDropzone] button p::after{font-size:1rem;content:'%s'}</style>"
)
"""The field's own words are English only; these stand in their place."""


def in_language(say: Words) -> None:
    """Put words of the reader's language in place of the field's own."""
    st.html(_IN_LANGUAGE % say("check.choose"))
