"""Page: sources, with a choice of what is listed above each list."""

from ipo_data.exhibits import gaps, reliance, sources
from ipo_data.text.catalog import words
from pages.shell.controls import PART_WIDTH, codes_of, document_choice, option, part, period_choice, row
from pages.shell.page import render, shown


def document() -> None:
    """Draw the document that is left out and whose claims are listed, and the rows of what rests on it."""
    dataset, view = shown()
    say, codes = words(view.language), codes_of(dataset, "sources")
    with row("document", "pair"):
        document_choice(say("control.document"), "document", codes["document"], dataset, view.language)
        part(say("control.left"), "left", codes["left"], reliance.ROWS_PER_PART)


def topic() -> None:
    """Draw the topic of coverage, gaps and claims."""
    dataset, view = shown()
    say, codes = words(view.language), codes_of(dataset, "sources")
    option(say("control.about"), "family", "about", codes["about"], say, width=PART_WIDTH)


def missing() -> None:
    """Draw the rows of the gaps."""
    dataset, view = shown()
    say, codes = words(view.language), codes_of(dataset, "sources")
    part(say("control.missing"), "missing", codes["missing"], gaps.ROWS_PER_PART, width=PART_WIDTH)


def claims() -> None:
    """Draw what else chooses the claims: metric and period, and their rows."""
    dataset, view = shown()
    say, codes = words(view.language), codes_of(dataset, "sources")
    with row("claims"):
        option(say("control.metric"), "metric", "metric", codes["metric"], say)
        period_choice(say("control.period"), "period", codes["period"], view.language)
        part(say("control.claims"), "claims", codes["claims"], sources.CLAIMS_PER_PART)


render("sources", above={"coverage": topic, "left-out": document, "gaps": missing, "all-claims": claims})
