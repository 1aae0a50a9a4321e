"""Nothing leaks from a document that does not count, and what cannot be converted is not drawn."""

import re
from dataclasses import replace
from datetime import date

import pytest

from ipo_data.exhibits.model import View
from ipo_data.exhibits.registry import PAGES, build, exhibit_ids, expanded
from tests.exhibits.library import Library, words_of
from tests.exhibits.test_every_exhibit import currencies_mixed

LISTED = View(known_by="2026-01-12")
NO_RATE = View(evidence="articles", without=("finet-2025-12",))
"""Four articles without the one that prints an amount in two currencies: nothing says what a yuan is worth."""


# --- what was known by a day ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("known_by", ["2025-12-31", "2026-01-12"])
def test_every_claim_was_published_by_the_day(library: Library, known_by: str) -> None:
    view = View(known_by=known_by)
    sources = library.dataset.sources
    used = 0
    for _, exhibit in library.exhibits(view):
        for claim in exhibit.claims:
            own = library.dataset.claim_by_id[claim]
            source = sources[own.source]
            published = own.instant.last if source.since and own.instant else source.published_on.last
            assert published <= date.fromisoformat(known_by), (exhibit.id, claim)
            used += 1
    assert used > 50


def test_no_later_period_is_named(library: Library) -> None:
    later = re.compile(r"(H1|Q[1-4]|9M) 2026|12 months to \w+ 2026")
    for _, exhibit in library.exhibits(LISTED):
        for words in words_of(exhibit):
            assert not later.search(words), (exhibit.id, words)


def test_what_happened_later_is_told_only_where_it_is_known(library: Library) -> None:
    told = "Revenue and research spending jumped together"

    assert library.exhibit(View(), "runway", "runway-backtest").notes[0].startswith(told)
    assert library.exhibit(LISTED, "runway", "runway-backtest").notes == ()


def test_later_answers_know_more(library: Library) -> None:
    """Guards the test above: without the limit the later half-year is what the page is about."""
    growth = next(page for page in PAGES if page.id == "growth")

    assert "H1 2026" in growth.answer(library.context(View()))
    assert "H1 2026" not in growth.answer(library.context(LISTED))


def test_multiples_of_a_day_use_the_revenue_published_by_that_day(library: Library) -> None:
    exhibit = library.exhibit(View(), "valuation", "multiples")
    sources = library.dataset.sources
    for point in exhibit.points:
        revenue = [claim for claim in point.claims if ".revenue" in claim]
        for claim in revenue:
            published = sources[library.dataset.claim_by_id[claim].source].published_on.first
            assert published <= point.when.last, (point.when, claim)  # type: ignore[union-attr]


def test_before_any_document_every_page_says_so(library: Library) -> None:
    view = View(known_by="2020-01-01")
    context = library.context(view)
    for page in PAGES:
        assert page.answer(context), page.id
        assert all(figure.value in {"0", ""} for figure in page.key_figures(context)), page.id
    for _, exhibit in library.exhibits(view):
        assert exhibit.claims == (), exhibit.id
        assert exhibit.source_line == "No document behind this exhibit", exhibit.id
        assert all(point.value is None for point in exhibit.points), exhibit.id


# --- documents left out -----------------------------------------------------------------------------------------------


def test_a_document_left_out_is_not_drawn_on(library: Library) -> None:
    left_out = "newexpress-2026-01"
    view = View(evidence="articles", without=(left_out,))
    for _, exhibit in library.exhibits(view):
        assert not any(claim.endswith(f"@{left_out}") for claim in exhibit.claims), exhibit.id
        assert library.dataset.sources[left_out].title not in " ".join(words_of(exhibit)), exhibit.id


def test_a_judgement_goes_with_the_document_it_prefers(library: Library) -> None:
    """Hailuo's share is 2.6% in an article and 32.6% in the prospectus, which a judgement prefers."""
    both = library.exhibit(View(), "mix", "products")
    alone = library.exhibit(View(evidence="articles"), "mix", "products")

    assert "32.6%" in both.table["Figure"].tolist()
    assert any("the article dropped a digit" in note for note in both.notes)
    assert "2.6%" in alone.table["Figure"].tolist()
    assert not any("dropped a digit." in note and "prospectus" in note for note in alone.notes)
    assert alone.title == "With Hailuo AI at the printed 2.6%, 33.4% of revenue has no product"  # 71.1 − 35.1 − 2.6


def test_a_change_of_classes_is_told_only_where_both_sides_are_drawn(library: Library) -> None:
    told = "New classes from 2025"

    assert any(note.startswith(told) for note in library.exhibit(View(), "mix", "segment-history").notes)
    for view in (View(evidence="articles"), LISTED):
        assert not any(note.startswith(told) for note in library.exhibit(view, "mix", "segment-history").notes)


def test_a_look_alike_is_shown_only_with_all_its_figures(library: Library) -> None:
    """100,000 against 2,500 stands in the articles alone; the 132,000 accounts only the prospectus counts."""
    all_documents = library.exhibit(View(), "reconciliation", "look-alikes")
    articles = library.exhibit(View(evidence="articles"), "reconciliation", "look-alikes")

    assert "Accounts of the open platform" in all_documents.table["Item"].tolist()
    assert articles.table["Item"].tolist() == [
        "Gross margin of the API and of the B-end", "Customers of the open platform",
    ]  # fmt: skip
    assert articles.table["Figure"].iloc[1].startswith("100k (Enterprise customers and developers) ≠ about 2,500")


def test_a_look_alike_in_hong_kong_dollars_is_found(library: Library) -> None:
    table = library.exhibit(View(), "reconciliation", "look-alikes").table.set_index("Item")

    assert table.loc["Market value on the first day", "Figure"].count("HK$") == 3


# --- no rate ----------------------------------------------------------------------------------------------------------


def test_without_a_rate_nothing_is_drawn_in_two_currencies(library: Library) -> None:
    assert library.context(NO_RATE).rates.factor("CNY", "USD") is None
    for view in (NO_RATE, replace(NO_RATE, currency="USD")):
        mixed = {exhibit.id: units for _, exhibit in library.exhibits(view) if (units := currencies_mixed(exhibit))}
        assert mixed == {}


def test_without_a_rate_the_figure_is_named_as_not_available(library: Library) -> None:
    exhibit = library.exhibit(NO_RATE, "growth", "one-footing")
    zhipu = [point for point in exhibit.points if point.company == "zhipu" and point.measure == "revenue"]

    assert [(point.value, str(point.state), point.reason) for point in zhipu] == [
        (None, "not_available", "reason.no_rate")
    ]
    row = exhibit.table[exhibit.table["Company"] == "Zhipu"].iloc[0]
    assert row["Figure"] == "not available"
    assert row["Formula or reason"] == "no exchange rate in this evidence"
    assert exhibit.title == "Revenue on three footings"  # no comparison, no claim


def test_without_a_rate_text_keeps_the_documents_own_currency(library: Library) -> None:
    view = replace(NO_RATE, currency="USD")

    table = library.exhibit(view, "overview", "key-figures").table.set_index("Item")

    assert table.loc["Revenue, latest period as reported", "Zhipu"].startswith("RMB")


# --- every choice of the runway page ----------------------------------------------------------------------------------


def test_every_code_of_every_option_builds(library: Library) -> None:
    for page in PAGES:
        reads = dict(page.reads)
        for name, codes in page.codes(library.dataset).items():
            readers = [i for i in exhibit_ids(page, ["minimax"]) if name in reads.get(i, (name,))]
            if page.id == "runway":
                readers = ["runway-what-if", "runway-scenarios"]  # the others take long
            for code in codes if len(codes) < 8 else (codes[0], codes[1], codes[-1]):
                view = View(evidence="articles", options=((name, code),))
                for exhibit_id in readers:
                    exhibit = library.exhibit(view, page.id, exhibit_id)
                    assert exhibit.title.strip(), (name, code)
                    assert not set("{}") & set(exhibit.title + exhibit.subtitle), (name, code)


def test_an_exhibit_reads_no_option_but_those_it_names(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exhibits are kept by the options they name; one that read another would show what it showed before."""
    asked: set[str] = set()

    def noting(view: View, name: str, default: str = "") -> str:
        asked.add(name)
        return dict(view.options).get(name, default)

    monkeypatch.setattr(View, "option", noting)
    for page in PAGES:
        for exhibit_id, names in page.reads:
            asked.clear()
            for name in expanded(exhibit_id, ["minimax"]):
                build(library.context(View()), page, name)
            assert asked <= set(names), exhibit_id


def test_the_what_if_scales_the_burn(library: Library) -> None:
    doubled = View(evidence="articles", options=(("burn", "200"),))
    own_loss = View(evidence="articles", options=(("burn_definition", "adjusted_loss"), ("liquidity", "cash_only")))

    assert library.exhibit(doubled, "runway", "runway-what-if").title == (
        "At 200% of the stated burn the money lasts: MiniMax 18.7 months"  # 1,046.2 ÷ 27.9 ÷ 2 = 18.749
    )
    assert library.exhibit(own_loss, "runway", "runway-what-if").title == (
        "At 100% of the stated burn the money lasts: MiniMax 17.6 months"  # 363 ÷ (186 ÷ 9) = 17.565
    )


def test_the_what_if_names_its_definitions(library: Library) -> None:
    exhibit = library.exhibit(View(evidence="articles"), "runway", "runway-what-if")

    assert exhibit.table["Item"].iloc[0] == (
        "Runway, what-if · Company figure (assumed, else realised) · Company's balance (may hold bank lines)"
    )
