"""Page: reconciliation, with a choice of what the ledger lists."""

import streamlit as st

from ipo_data.exhibits.ledger import ROWS_PER_PART
from ipo_data.text.catalog import words
from pages.shell.controls import codes_of, option, part
from pages.shell.page import render, shown


def options() -> None:
    """Draw the page's own controls."""
    dataset, view = shown()
    say, codes = words(view.language), codes_of(dataset, "reconciliation")
    *columns, last = st.columns(4)
    for column, (name, group) in zip(
        columns, (("verdict", "verdict"), ("topic", "family"), ("rule", "rule")), strict=True
    ):
        with column:
            option(say(f"control.{name}"), group, name, codes[name], say)
    with last:
        part(say("control.rows"), "rows", codes["rows"], ROWS_PER_PART)


render("reconciliation", options, before="ledger-deviations")
