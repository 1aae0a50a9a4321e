"""Page: sources, with a choice of what is listed."""

import streamlit as st

from ipo_data.exhibits.reliance import ROWS_PER_PART
from ipo_data.exhibits.sources import CLAIMS_PER_PART
from ipo_data.text.catalog import words
from pages.shell.controls import codes_of, document_choice, option, part, period_choice
from pages.shell.page import render, shown


def options() -> None:
    """Draw the page's own controls."""
    dataset, view = shown()
    say, codes = words(view.language), codes_of(dataset, "sources")
    first, second, third = st.columns(3)
    with first:
        document_choice(say("control.document"), "document", codes["document"], dataset, view.language)
    with second:
        option(say("control.about"), "family", "about", codes["about"], say)
    with third:
        option(say("control.metric"), "metric", "metric", codes["metric"], say)
    first, second, third = st.columns(3)
    with first:
        part(say("control.left"), "left", codes["left"], ROWS_PER_PART)
    with second:
        period_choice(say("control.period"), "period", codes["period"], view.language)
    with third:
        part(say("control.claims"), "claims", codes["claims"], CLAIMS_PER_PART)


render("sources", options)
