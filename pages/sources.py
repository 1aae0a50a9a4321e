"""Page: sources, with a choice of what is listed above each list."""

import streamlit as st

from ipo_data.exhibits import gaps, reliance, sources
from ipo_data.text.catalog import words
from pages.shell.controls import codes_of, document_choice, option, part, period_choice
from pages.shell.page import render, shown


def document() -> None:
    """Draw the document that is left out and whose claims are listed, and the rows of what rests on it."""
    dataset, view = shown()
    say, codes = words(view.language), codes_of(dataset, "sources")
    first, second = st.columns([2, 1])
    with first:
        document_choice(say("control.document"), "document", codes["document"], dataset, view.language)
    with second:
        part(say("control.left"), "left", codes["left"], reliance.ROWS_PER_PART)


def topic() -> None:
    """Draw the topic of coverage, gaps and claims."""
    dataset, view = shown()
    say, codes = words(view.language), codes_of(dataset, "sources")
    with st.columns([2, 1])[0]:
        option(say("control.about"), "family", "about", codes["about"], say)


def missing() -> None:
    """Draw the rows of the gaps."""
    dataset, view = shown()
    say, codes = words(view.language), codes_of(dataset, "sources")
    with st.columns([2, 1])[0]:
        part(say("control.missing"), "missing", codes["missing"], gaps.ROWS_PER_PART)


def claims() -> None:
    """Draw what else chooses the claims: metric and period, and their rows."""
    dataset, view = shown()
    say, codes = words(view.language), codes_of(dataset, "sources")
    first, second, third = st.columns(3)
    with first:
        option(say("control.metric"), "metric", "metric", codes["metric"], say)
    with second:
        period_choice(say("control.period"), "period", codes["period"], view.language)
    with third:
        part(say("control.claims"), "claims", codes["claims"], sources.CLAIMS_PER_PART)


render("sources", above={"coverage": topic, "left-out": document, "gaps": missing, "all-claims": claims})
