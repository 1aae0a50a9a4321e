"""Page: reconciliation, with a choice of what the ledger lists."""

from ipo_data.exhibits.ledger import ROWS_PER_PART
from ipo_data.text.catalog import words
from pages.shell.controls import PART_WIDTH, codes_of, option, part, row
from pages.shell.page import render, shown


def choice() -> None:
    """Draw what the ledger shows: verdict, topic and test."""
    dataset, view = shown()
    say, codes = words(view.language), codes_of(dataset, "reconciliation")
    with row("choice"):
        for name, group in (("verdict", "verdict"), ("topic", "family"), ("rule", "rule")):
            option(say(f"control.{name}"), group, name, codes[name], say)


def rows() -> None:
    """Draw which rows of the ledger are listed."""
    dataset, view = shown()
    codes = codes_of(dataset, "reconciliation")["rows"]
    part(words(view.language)("control.rows"), "rows", codes, ROWS_PER_PART, width=PART_WIDTH)


render("reconciliation", above={"ledger-deviations": choice, "ledger": rows})
