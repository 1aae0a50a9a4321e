"""Page: reconciliation, with a choice of what the ledger lists."""

import streamlit as st

from ipo_data.text.catalog import words
from pages.shell.controls import codes_of, option
from pages.shell.page import render, shown


def options() -> None:
    """Draw the page's own controls."""
    dataset, view = shown()
    say, codes = words(view.language), codes_of(dataset, "reconciliation")
    groups = (("verdict", "verdict"), ("topic", "family"), ("rule", "rule"))
    for column, (name, group) in zip(st.columns(3), groups, strict=True):
        with column:
            option(say(f"control.{name}"), group, name, codes[name], say)


render("reconciliation", options, before="ledger-deviations")
