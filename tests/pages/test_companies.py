"""Any companies: a third one, one without consumers, one with a single figure, one with none."""

import pytest

from ipo_data.text.catalog import LANGUAGES, words
from pages.shell import too_many
from pages.shell.data import context_of
from tests.pages.conftest import UseSeeds
from tests.pages.opened import PAGE_IDS, Opened, data, expected_exhibits, view_of

NEWCOMER = """\
id: newcomer
name: {en: Newcomer, zh-Hans: 新来者}
ticker: 9999.HK
reporting_currency: HKD
order: 3
"""
REVENUE = """\
revenue:
  - {period: FY2023, says: 10.0m HKD, from: finet-2025-12}
  - {period: FY2024, says: 30.0m HKD, from: finet-2025-12}
  - {period: 9M2024, says: 20.0m HKD, from: finet-2025-12}
  - {period: 9M2025, says: 45.0m HKD, from: finet-2025-12}
"""
NO_CONSUMERS = """\
revenue:
  - {period: FY2024, says: 30.0m HKD, from: finet-2025-12}
  - {period: FY2024, segment: b_end, says: 30.0m HKD, from: finet-2025-12}
  - {period: 9M2025, says: 45.0m HKD, from: finet-2025-12}
  - {period: 9M2025, segment: b_end, says: 45.0m HKD, from: finet-2025-12}
"""
ONE_FIGURE = """\
runway:
  - {as_of: 2025-09-30, says: 20 months, from: finet-2025-12}
"""
COMPANIES = {
    "third": {"companies/newcomer/company.yaml": NEWCOMER, "companies/newcomer/revenue.yaml": REVENUE},
    "no-consumers": {"companies/newcomer/company.yaml": NEWCOMER, "companies/newcomer/revenue.yaml": NO_CONSUMERS},
    "one-figure": {"companies/newcomer/company.yaml": NEWCOMER, "companies/newcomer/cash.yaml": ONE_FIGURE},
    "nothing": {"companies/newcomer/company.yaml": NEWCOMER},
}


@pytest.mark.parametrize("kind", COMPANIES)
def test_a_third_company_of_any_kind_fills_every_page(kind: str, add_to_seeds: UseSeeds) -> None:
    add_to_seeds(COMPANIES[kind])
    for page in PAGE_IDS:
        shown = Opened(page)
        assert shown.errors == [], page
        assert len(shown.headings) == len(expected_exhibits(page, view_of(shown))), page
        assert "Newcomer" in shown.app.multiselect(key="view_firms").options


@pytest.mark.parametrize("kind", COMPANIES)
def test_a_company_of_any_kind_alone_fills_every_page(kind: str, add_to_seeds: UseSeeds) -> None:
    add_to_seeds(COMPANIES[kind])
    for page in PAGE_IDS:
        shown = Opened(page, {"firms": "newcomer"})
        assert shown.errors == [], page
        view = view_of(shown, companies=("newcomer",))
        assert len(shown.headings) == len(expected_exhibits(page, view)), page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_that_compares_asks_about_the_only_company(lang: str) -> None:
    name = data().say(data().companies["zhipu"].name, lang)
    for page in ("overview", "growth"):
        asked = words(lang)(f"question.{page}_one", company=name)
        assert Opened(page, {"lang": lang, "firms": "zhipu"}).title == asked
    assert Opened("mix", {"lang": lang, "firms": "zhipu"}).title == words(lang)("question.mix")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_company_without_figures_is_named_as_a_gap(lang: str, add_to_seeds: UseSeeds) -> None:
    add_to_seeds(COMPANIES["nothing"])
    name = data().say(data().companies["newcomer"].name, lang)
    gaps = {"overview": words(lang)("state.not_disclosed"), "runway": words(lang)("chart.nothing")}
    for page, gap in gaps.items():
        text = Opened(page, {"lang": lang}).text()
        assert name in text, page
        assert gap in text, page
    alone = Opened("growth", {"lang": lang, "firms": "newcomer"})
    assert words(lang)("chart.nothing") in alone.text()
    assert words(lang)("source.none") in alone.text()


def test_the_third_company_is_drawn_with_its_own_colour(add_to_seeds: UseSeeds) -> None:
    add_to_seeds(COMPANIES["third"])
    shown = Opened("growth")
    styles = context_of(data(), view_of(shown)).look.companies
    assert len({style.color for style in styles.values()}) == 3
    for style in styles.values():
        assert style.color in str(shown.charts[0])


@pytest.mark.parametrize("currency", ["native", "USD", "CNY", "HKD"])
def test_three_reporting_currencies_are_converted_or_left_as_asked(currency: str, use_seeds: UseSeeds) -> None:
    use_seeds(
        {
            "companies/newcomer/company.yaml": NEWCOMER,
            "companies/newcomer/revenue.yaml": REVENUE.replace("finet-2025-12", "finet"),
        }
    )
    for page in PAGE_IDS:
        assert Opened(page, {"ccy": currency}).errors == [], page


def test_a_currency_without_a_rate_is_a_named_gap(use_seeds: UseSeeds) -> None:
    use_seeds({"fx.yaml": None})
    for page in PAGE_IDS:
        shown = Opened(page, {"ccy": "HKD"})
        assert shown.errors == [], page
    assert words("en")("state.not_available") in Opened("growth", {"ccy": "HKD"}).text()


def test_seeds_without_any_claim_fill_every_page(use_seeds: UseSeeds) -> None:
    use_seeds(
        {
            "companies/minimax/revenue.yaml": None,
            "companies/minimax/shareholding.yaml": None,
            "companies/minimax/cash.yaml": None,
            "companies/zhipu/users.yaml": None,
        }
    )
    for page in PAGE_IDS:
        for lang in LANGUAGES:
            shown = Opened(page, {"lang": lang})
            assert shown.errors == [], page
            assert len(shown.headings) == len(expected_exhibits(page, view_of(shown, language=lang))), page


def test_one_company_is_enough(use_seeds: UseSeeds) -> None:
    use_seeds({"companies/zhipu/company.yaml": None, "companies/zhipu/users.yaml": None})
    for page in PAGE_IDS:
        shown = Opened(page)
        assert shown.errors == [], page
        assert shown.app.multiselect(key="view_firms").options == ["MiniMax"]


def test_companies_of_the_same_name_are_told_apart(use_seeds: UseSeeds) -> None:
    twin = "id: zhipu\nname: MiniMax\nticker: 2513.HK\nreporting_currency: CNY\norder: 2\n"
    use_seeds({"companies/zhipu/company.yaml": twin})
    shown = Opened("overview")
    assert shown.app.multiselect(key="view_firms").options == ["MiniMax · minimax", "MiniMax · zhipu"]
    for page in PAGE_IDS:
        assert Opened(page).errors == [], page
    assert "MiniMax · zhipu" in shown.text()
    shown.app.multiselect(key="view_firms").set_value(["zhipu"]).run()
    assert shown.query["firms"] == "zhipu"


def test_twelve_companies_fill_every_page(use_seeds: UseSeeds) -> None:
    more = {}
    for number in range(10):
        folder = f"companies/firm{number}"
        more[f"{folder}/company.yaml"] = (
            f"id: firm{number}\nname: Firm {number}\nticker: {number}.HK\n"
            f"reporting_currency: USD\norder: {number + 3}\n"
        )
        more[f"{folder}/revenue.yaml"] = (
            f"revenue:\n  - {{period: FY2023, says: {number + 1}.0m USD, from: acn}}\n"
            f"  - {{period: FY2024, says: {number + 2}.0m USD, from: acn}}\n"
        )
    use_seeds(more)
    for page in PAGE_IDS:
        assert Opened(page).errors == [], page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_view_of_more_companies_than_a_page_shows_says_what_to_choose(
    lang: str, add_to_seeds: UseSeeds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(too_many, "MOST_COMPANIES", 2)
    add_to_seeds(COMPANIES["third"])
    say = words(lang)
    for page in ("growth", "runway"):
        crowded = Opened(page, {"lang": lang})
        assert crowded.errors == []
        assert crowded.title == say(f"question.{page}")
        assert crowded.headings == []
        assert crowded.remarks == [say("error.too_many", count=3, most=2, control=say("control.companies"))]
        crowded.app.multiselect(key="view_firms").set_value(["newcomer", "zhipu"]).run()
        assert crowded.remarks == []
        assert len(crowded.headings) == len(expected_exhibits(page, view_of(crowded, companies=("newcomer", "zhipu"))))
    assert Opened("check", {"lang": lang}).remarks == []
