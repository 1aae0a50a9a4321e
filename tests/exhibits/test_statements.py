"""Statements in words on the reconciliation page."""

from ipo_data.exhibits.model import View
from ipo_data.exhibits.statements import statements_in_words
from ipo_data.model.statement import Statement
from tests.exhibits.library import Library
from tests.exhibits.small import small, zhipu

FASTER = Statement.model_validate({
    "id": "faster", "from": "acn", "at": "¶16", "title": {"en": "Losses grow faster", "zh-Hans": "亏损更快"},
    "compares": "grows_faster",
    "figures": [{"metric": "net_loss", "period": "H1-2025"}, {"metric": "revenue", "period": "H1-2025"}],
})  # fmt: skip
GROWTH = (
    zhipu("net_loss", "2358m CNY", "H1-2025"), zhipu("net_loss_growth", "91%", "H1-2025"),
    zhipu("revenue", "191m CNY", "H1-2025"), zhipu("revenue_growth", "325%", "H1-2025"),
)  # fmt: skip


def test_a_statement_that_fails_shows_its_numbers() -> None:
    exhibit = statements_in_words(small(*GROWTH, statements={"zhipu": (FASTER,)}))

    assert exhibit.title == "Tested by figures: 1 statement in words; 1 not borne out, 0 untestable"
    assert exhibit.table.to_numpy().tolist() == [
        [
            "does not hold", "Zhipu · Losses grow faster", "growth of the first − growth of each other is above 0",
            "1 + 91% − (1 + 325%) ≤ 0", "A paper (24 Dec 2025)", "¶16", "",
        ]
    ]  # fmt: skip
    assert set(exhibit.claims) == {claim.id for claim in small(*GROWTH).dataset.claims if "growth" in claim.id}


def test_a_statement_without_figures_says_why() -> None:
    exhibit = statements_in_words(small(GROWTH[0], statements={"zhipu": (FASTER,)}, view=View(language="zh-Hans")))

    assert exhibit.table.iloc[0].tolist()[-1] == "所比较的数据不在所选证据中，或存在争议"
    assert exhibit.title == "以数据检验1项文字表述；0项不成立，1项无法检验"


def test_no_statement_is_neutral() -> None:
    assert statements_in_words(small()).title == "No statement in words to be tested in this evidence"


def test_the_articles_statements_that_fail(library: Library) -> None:
    """In the articles alone the dropped digit shows: 2.6 + 35.1 is less than half, so the two are no main sources."""
    table = library.exhibit(View(evidence="articles"), "reconciliation", "statements").table
    failed = table[table["Verdict"] == "does not hold"]["Statement"].tolist()

    assert failed == [
        "MiniMax · Hailuo AI and Talkie are the main sources of revenue",
        "Zhipu · Losses grow faster than revenue, first half of 2025",
    ]
    everything = library.exhibit(View(), "reconciliation", "statements").table
    failed = everything[everything["Verdict"] == "does not hold"]["Statement"].tolist()
    assert failed == [
        "Zhipu · The share of the platform keeps rising, first half against first half",
        "Zhipu · Losses grow faster than revenue, first half of 2025",
    ]
