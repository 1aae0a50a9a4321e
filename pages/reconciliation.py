"""Page: reconciliation, with a choice of what the ledger lists."""

import streamlit as st

from ipo_data.exhibits.ledger import ROWS_PER_PART
from ipo_data.text.catalog import words
from pages.shell.controls import codes_of, option, part
from pages.shell.page import render, shown


def choice() -> None:
    """Draw what the ledger shows: verdict, topic and test."""
    dataset, view = shown()
    say, codes = words(view.language), codes_of(dataset, "reconciliation")
    groups = (("verdict", "verdict"), ("topic", "family"), ("rule", "rule"))
    for column, (name, group) in zip(st.columns(3), groups, strict=True):
        with column:
            option(say(f"control.{name}"), group, name, codes[name], say)


def rows() -> None:
    """Draw which rows of the ledger are listed."""
    dataset, view = shown()
    codes = codes_of(dataset, "reconciliation")["rows"]
    with st.columns(3)[0]:
        part(words(view.language)("control.rows"), "rows", codes, ROWS_PER_PART)


render("reconciliation", above={"ledger-deviations": choice, "ledger": rows})
