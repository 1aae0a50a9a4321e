"""Tables for narrow windows: a card per row, headed by its first cells, each further cell behind its column's name."""

from collections.abc import Sequence
from html import escape

import pandas as pd

from ipo_data.charts.rows import text_width
from ipo_data.charts.theme import PHONE

_SIZE = 14
_PADDING = 16
_NAMES = 2
"""Cells that head a card where the first alone does not tell the rows apart."""
SCROLLS_FROM = 60
"""Rows up to which everything is shown; longer tables, and cards, scroll in a box of their own."""
_CARDS = "[data-testid=stHtml] .ipo-cards"  # before Streamlit's own rules for lists
CARD_STYLE = (
    f"{_CARDS}{{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,18rem),1fr));gap:0 2rem;"
    "list-style:none;margin:0;padding:0;font-size:.875rem;line-height:1.45}"
    f"{_CARDS}>li{{margin:0;padding:.55rem 0;font-size:inherit;"
    "border-top:1px solid color-mix(in srgb,currentColor 18%,transparent)}"
    f"{_CARDS} b{{display:block;font-weight:600;overflow-wrap:anywhere}}"
    f"{_CARDS} dl{{display:grid;grid-template-columns:minmax(0,34%) minmax(0,1fr);gap:.1rem .75rem;"
    "margin:.2rem 0 0;padding:0;font-size:inherit}"
    f"{_CARDS} :is(dt,dd){{margin:0;padding:0;font-size:inherit;overflow-wrap:anywhere}}"
    f"{_CARDS} dt{{font-weight:400;opacity:.78}}"
    f"{_CARDS} dd{{font-variant-numeric:tabular-nums}}"
    ".ipo-cards-long{max-height:35rem;overflow-y:auto}"
)
"""Stands with the page's other rules; said once, not in every card."""


def fits(table: pd.DataFrame) -> bool:
    """Tell whether a table of written cells needs no more room than a phone has, so that it may stay a table."""
    columns = [[str(name), *map(str, table[name])] for name in table.columns]
    return sum(max(text_width(cell, _SIZE) for cell in cells) + _PADDING for cells in columns) <= PHONE


def cards(table: pd.DataFrame, name: str) -> str:
    """Return a table of written cells as HTML with a card per row; empty cells are left out.

    Args:
        table: The cells as text, not escaped.
        name: What the table is, for readers who do not see it.
    """
    columns = [str(column).strip() for column in table.columns]
    rows = [[str(cell) for cell in row] for row in table.itertuples(index=False, name=None)]
    heads = 1 if len({row[0] for row in rows}) == len(rows) else min(_NAMES, len(columns) - 1)
    items = "".join(f"<li>{_card(columns, row, heads)}</li>" for row in rows)
    inner = f'<ul class="ipo-cards" aria-label="{escape(name)}">{items}</ul>'
    if len(rows) <= SCROLLS_FROM:
        return inner
    return f'<div class="ipo-cards-long" role="region" tabindex="0" aria-label="{escape(name)}">{inner}</div>'


def _card(columns: Sequence[str], row: Sequence[str], heads: int) -> str:
    heading = " · ".join(escape(cell) for cell in row[:heads] if cell)
    lines = "".join(
        f"<dt>{escape(column)}</dt><dd>{escape(cell)}</dd>"
        for column, cell in zip(columns[heads:], row[heads:], strict=True)
        if cell
    )
    return f"<b>{heading}</b>" + (f"<dl>{lines}</dl>" if lines else "")
