"""Names, titles, notes and places in records that look like markup are shown as the characters they are."""

import re

import pytest

from ipo_data.text.catalog import words
from tests.pages.conftest import UseSeeds
from tests.pages.opened import PAGE_IDS, Opened

NAME = "A < b *Max* :red[x] _y_"
NOTE = "# note ~~gone~~ **n** $z$ www.example.com :smile: 1 -> 2 `c` &lt;b&gt;"
TITLE = "> a quote | [x] ![y] ---"
SEEDS = {
    "sources.yaml": f"""\
sources:
  - {{id: acn, title: "{TITLE}", publisher: "A_B_C & *Co*", published: 2025-12-24, kind: news, note: "{NOTE}"}}
  - {{id: finet, title: An analysis, publisher: "`Finet`", published: 2025-12, kind: news}}
""",
    "companies/minimax/company.yaml": f"""\
id: minimax
name: "{NAME}"
ticker: 0100.HK
reporting_currency: USD
order: 1
members:
  holder:
    yan: "*Yan* ~~Junjie~~"
    alisoft: Alisoft China
""",
    "companies/minimax/revenue.yaml": f"""\
revenue:
  - {{period: FY2024, says: 30.52m USD, from: acn}}
  - {{period: 9M2025, says: 53.44m USD, from: acn, flags: [suspect], note: "{NOTE}"}}
  - {{period: 9M2025, says: 53.4m USD, from: finet}}
""",
}
RAW = (
    "A < b",
    "*Max*",
    ":red[x]",
    "_y_",
    "**n**",
    "~~gone",
    "$z$",
    "www.example",
    ":smile:",
    "1 ->",
    "*Co*",
    "`",
    "&lt;",
)


@pytest.fixture
def hostile(use_seeds: UseSeeds) -> None:
    use_seeds(SEEDS)


@pytest.mark.usefixtures("hostile")
@pytest.mark.parametrize("page", PAGE_IDS)
def test_markup_in_records_never_reaches_markdown_unescaped(page: str) -> None:
    shown = Opened(page)
    assert shown.errors == []
    assert shown.title == words("en")(f"question.{page}")
    markdown = [str(element.value) for element in [*shown.app.markdown, *shown.app.caption, *shown.app.warning]]
    for text in markdown:
        assert not [raw for raw in RAW if re.search(rf"(?<!\\){re.escape(raw)}", text)]
    assert not any(element.proto.allow_html for element in shown.app.markdown)


@pytest.mark.usefixtures("hostile")
def test_the_characters_are_still_there() -> None:
    assert NAME in Opened("growth").text()
    sources = Opened("sources").text()
    assert TITLE in sources
    assert NOTE in sources
    assert "A_B_C & *Co*" in sources


def test_key_figures_escape_names_for_html(use_seeds: UseSeeds) -> None:
    prior = "  - {period: 9M2024, says: 19.45m USD, from: acn}\n"  # without it nothing has grown
    revenue = "companies/minimax/revenue.yaml"
    use_seeds({**SEEDS, revenue: SEEDS[revenue] + prior})
    figures = next(body for html in Opened("growth").app.get("html") if (body := html.proto.body).startswith("<dl"))
    assert "A &lt; b *Max* :red[x] _y_" in figures
    assert "A < b" not in figures


@pytest.mark.usefixtures("hostile")
def test_details_of_an_exhibit_show_claims_as_text() -> None:
    shown = Opened("growth")
    shown.app.session_state["details-growth-revenue-spans"] = True
    shown.again()
    assert shown.errors == []
    assert NOTE in shown.text()
    assert len(shown.tables) == 2
