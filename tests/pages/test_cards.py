"""Tables in narrow windows: a card per row with the same texts, nothing of which is markup."""

import re
from html import unescape

import pandas as pd
import pytest

from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import View
from ipo_data.exhibits.registry import PAGES, Page, build, exhibit_ids
from pages.shell.cards import SCROLLS_FROM, cards, fits
from tests.pages.opened import Opened, data


def table(*rows: tuple[str, ...], columns: tuple[str, ...] = ("Company", "Item", "Figure")) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(columns), dtype="str")


def headings(html: str) -> list[str]:
    return [unescape(found) for found in re.findall("<b>(.*?)</b>", html)]


def lines(html: str) -> list[tuple[str, str]]:
    return [(unescape(a), unescape(b)) for a, b in re.findall("<dt>(.*?)</dt><dd>(.*?)</dd>", html)]


def test_the_first_cell_heads_a_card_where_it_tells_the_rows_apart() -> None:
    html = cards(table(("Revenue", "12", "7"), ("Loss", "3", ""), columns=("Item", "MiniMax", "Zhipu")), "Key figures")

    assert headings(html) == ["Revenue", "Loss"]
    assert lines(html) == [("MiniMax", "12"), ("Zhipu", "7"), ("MiniMax", "3")]  # nothing is said of an empty cell
    assert 'aria-label="Key figures"' in html


def test_the_first_two_cells_head_a_card_where_the_first_is_repeated() -> None:
    html = cards(table(("MiniMax", "Revenue", "12"), ("MiniMax", "Loss", "3")), "Numbers")

    assert headings(html) == ["MiniMax · Revenue", "MiniMax · Loss"]
    assert lines(html) == [("Figure", "12"), ("Figure", "3")]


def test_texts_of_records_are_no_markup() -> None:
    html = cards(table(("<b>A</b>", "1 < 2 & 3", "<img src=x>")), '"quoted"')

    assert headings(html) == ["<b>A</b>"]
    assert lines(html) == [("Item", "1 < 2 & 3"), ("Figure", "<img src=x>")]
    assert "<img" not in html
    assert 'aria-label="&quot;quoted&quot;"' in html


def test_many_cards_scroll_in_a_box_that_a_keyboard_reaches() -> None:
    few, many = (
        cards(table(*((f"Row {n}", "a", "b") for n in range(count))), "x") for count in (SCROLLS_FROM, SCROLLS_FROM + 1)
    )

    assert ('tabindex="0"' in few, 'tabindex="0"' in many) == (False, True)


def test_a_table_of_a_few_short_cells_stays_a_table() -> None:
    assert fits(table(("A", "1", "2")))
    assert not fits(table(("A", "a long text that takes two thirds of a phone", "2")))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_on_a_phone_tables_are_cards_with_every_text(page: Page) -> None:
    shown = Opened(page.id, {"lang": "en", "screen": "narrow"})
    texts = unescape(" ".join(element.proto.body for element in shown.app.get("html")))
    context = Context(data(), View(language="en", narrow=True, options=page.defaults(data())))
    made = [build(context, page, name) for name in exhibit_ids(page, context.companies)]
    wide = [one.table for one in made if one.figure is None and not fits(one.table)]

    cells = {cell for one in wide for cell in one.to_numpy().ravel() if cell}
    assert sorted(cell for cell in cells if cell not in texts) == []
    assert len(shown.app.get("table")) == sum(one.figure is None and fits(one.table) for one in made)
