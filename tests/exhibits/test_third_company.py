"""Nebula, an invented third company of which a prospectus and a newspaper state a dozen figures, beside the two."""

import pytest

from ipo_data.exhibits.model import Exhibit, View
from ipo_data.exhibits.registry import PAGES, page
from tests.exhibits.library import Library, words_of

THREE = View()
CHINESE = View(language="zh-Hans")
NOT_SHOWN = "Nebula AI: not shown, as these sources do not hold the figures for it."


def of_page(library: Library, page_id: str, view: View = THREE) -> dict[str, Exhibit]:
    return {exhibit.id: exhibit for shown, exhibit in library.exhibits(view) if shown == page_id}


@pytest.mark.parametrize("view", [THREE, CHINESE], ids=["en", "zh-Hans"])
def test_no_exhibit_that_compares_is_silent_about_a_company(three_companies: Library, view: View) -> None:
    context = three_companies.context(view)
    name = context.name("nebula")
    for chosen in PAGES:
        for pattern, _ in chosen.exhibits if chosen.section != "evidence" else ():
            if "{company}" not in pattern and (exhibit := of_page(three_companies, chosen.id, view)[pattern]).figure:
                assert name in " ".join(words_of(exhibit)), (chosen.id, exhibit.id)


def test_a_company_without_the_figures_is_named_once_and_first(three_companies: Library) -> None:
    rounds = three_companies.exhibit(THREE, "valuation", "step-up")
    users = three_companies.exhibit(THREE, "growth", "mau")

    assert rounds.notes[0] == NOT_SHOWN
    assert users.notes[0] == "Zhipu and Nebula AI: not shown, as these sources do not hold the figures for it."
    assert NOT_SHOWN not in three_companies.exhibit(THREE, "mix", "geography").notes  # has a note of its own
    assert NOT_SHOWN not in three_companies.exhibit(THREE, "mix", "products").notes  # has a row of its own


def test_a_company_without_the_figures_is_named_in_chinese(three_companies: Library) -> None:
    rounds = three_companies.exhibit(CHINESE, "valuation", "step-up")

    assert rounds.notes[0] == "星云智能：所选文件缺少所需数据，故未列示。"


def test_exhibits_of_one_company_and_of_documents_name_no_absence(three_companies: Library) -> None:
    for shown, exhibit in three_companies.exhibits(THREE):
        if page(shown).section == "evidence" or exhibit.id.endswith(("-minimax", "-zhipu", "-nebula")):
            assert not any("not shown, as" in note for note in exhibit.notes), exhibit.id


def test_every_pair_of_definitions_is_reckoned(three_companies: Library) -> None:
    # 1,245.3 ÷ (1,104 ÷ 12) = 13.5; on the adjusted loss, 1,245.3 ÷ (1,512 ÷ 12) = 9.9
    matrix = three_companies.exhibit(THREE, "runway", "runway-matrix-nebula")

    assert matrix.title == "Nebula AI: from 9.9 months to 13.5 months, depending on 2 pairs of definitions"


def test_a_disagreement_is_told_with_the_filing_first(three_companies: Library) -> None:
    notes = three_companies.exhibit(THREE, "growth", "one-footing").notes

    assert (
        "Nebula AI · Revenue: HK$902.6m is shown; also printed: HK$940m by Harbour Daily (12 Mar 2026). "
        "The filing is preferred to other documents."
    ) in notes


def test_holders_without_a_lock_up_are_not_others(three_companies: Library) -> None:
    table = three_companies.exhibit(THREE, "valuation", "lock-ups").table

    assert table[table["Company"] == "Nebula AI"]["Holder"].tolist() == ["All holders"]


def test_the_market_value_at_the_offer_price_follows_from_the_shares_at_listing(three_companies: Library) -> None:
    path = three_companies.exhibit(THREE, "valuation", "value-path")
    offer = [p for p in path.points if p.company == "nebula"]

    # HK$88 × 300m = HK$26.4bn, at 7.7805 HK$ per US$ US$3.393bn
    assert [float(p.value or 0) for p in offer] == pytest.approx([26.4e9 / 7.7805])
    assert path.title.endswith("and Nebula AI US$3.393bn (at the offer price, 12 Mar 2026)")


@pytest.mark.parametrize("view", [THREE, CHINESE], ids=["en", "zh-Hans"])
def test_no_title_has_empty_brackets(three_companies: Library, view: View) -> None:
    """A figure without the breakdown that the other firms' figures have leaves nothing behind where it would stand."""
    for _, exhibit in three_companies.exhibits(view):
        words = " ".join((exhibit.title, exhibit.subtitle, *exhibit.notes))
        assert "()" not in words.replace(" ", ""), exhibit.id
        assert "（）" not in words, exhibit.id
