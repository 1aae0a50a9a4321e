"""One company, four companies, one of them in a currency nobody converts and one without any figure."""

import json

import pytest

from ipo_data.exhibits.model import Exhibit, View
from ipo_data.exhibits.registry import PAGES, exhibit_ids, page
from ipo_data.text.catalog import catalogue
from tests.charts.drawing import MINIMAX, THIRD, ZHIPU
from tests.exhibits.library import Library, drawn, words_in_figure, words_of
from tests.exhibits.test_every_exhibit import currencies_mixed

FOUR = View()
FOUR_IN_CHINESE = View(language="zh-Hans", currency="HKD")
QUIET = View(companies=("quiet",))


# --- one company ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("company", ["minimax", "zhipu"])
def test_one_company_alone_fills_every_page(library: Library, company: str) -> None:
    view = View(companies=(company,))
    other = {"minimax": ("zhipu", ZHIPU), "zhipu": ("minimax", MINIMAX)}[company]
    for _, exhibit in library.exhibits(view):
        assert exhibit.title.strip(), exhibit.id
        assert {point.company for point in exhibit.points} <= {company}, exhibit.id
        assert not any(claim.startswith(f"{other[0]}.") for claim in exhibit.claims), exhibit.id
        assert other[1] not in json.dumps(drawn(exhibit)["data"]), exhibit.id


def test_a_company_keeps_its_look_when_it_stands_alone(library: Library) -> None:
    both, alone = (library.context(View(companies=chosen)).look.companies for chosen in ((), ("zhipu",)))

    assert alone["zhipu"] == both["zhipu"]
    assert alone["zhipu"].pattern == "/"
    assert list(alone) == ["zhipu"]


def test_one_company_is_not_compared(library: Library) -> None:
    view = View(companies=("zhipu",))
    exhibit = library.exhibit(view, "growth", "one-footing")

    # 724.3 + 953.892 − 190.877 = 1,487.3
    assert exhibit.title == "Zhipu's revenue: RMB953.9m (H1 2026) and RMB1.487bn (12 months to Jun 2026)"
    assert exhibit.subtitle == "Revenue, RMB, IFRS; basis chosen: twelve months"
    assert not any("×" in words for words in words_in_figure(exhibit))
    assert library.exhibit(view, "overview", "key-figures").title == "Key figures of Zhipu"
    rates = library.exhibit(view, "growth", "growth-rates")
    assert rates.title == "Zhipu grew fastest in H1 2026: 5.00× (+399.7%)"
    spent = library.exhibit(view, "profitability", "spending").notes[0]
    assert spent == "Computing is what the documents list as such; computing inside other lines is not known."


@pytest.mark.parametrize(("basis", "figures"), [
    ("reported", "RMB953.9m (H1 2026)"),
    ("month", "RMB953.9m (H1 2026) and RMB159.0m (H1 2026, per month)"),  # 953.892 ÷ 6 = 158.98
])  # fmt: skip
def test_one_companys_revenue_is_said_once_on_every_basis(basis: str, figures: str, library: Library) -> None:
    view = View(companies=("zhipu",), basis=basis)

    assert library.exhibit(view, "growth", "one-footing").title == f"Zhipu's revenue: {figures}"


def test_one_company_alone_is_shown_in_its_own_currency_unless_another_is_chosen(library: Library) -> None:
    alone, chosen = (View(companies=("zhipu",), currency=currency) for currency in ("native", "USD"))

    for place in (("growth", "ltm-path"), ("profitability", "losses"), ("ownership", "funding")):
        assert "RMB" in library.exhibit(alone, *place).title, place
        assert "US$" in library.exhibit(chosen, *place).title, place
    assert "US$" in library.exhibit(alone, "valuation", "value-path").title  # rounds in RMB, closes in HK$


def test_counts_are_those_of_the_chosen_company(library: Library) -> None:
    both, alone = (library.exhibit(View(companies=chosen), "sources", "coverage") for chosen in ((), ("zhipu",)))
    total = sum(int(cell.replace(",", "")) for cell in both.table["Zhipu"])

    assert alone.title == f"{total:,} facts by topic, year and company"
    assert alone.table["Zhipu"].tolist() == both.table["Zhipu"].tolist()


def test_an_unknown_company_is_no_company(library: Library) -> None:
    assert library.context(View(companies=("nobody",))).companies == ["minimax", "zhipu"]
    assert library.context(View(companies=("nobody", "zhipu"))).companies == ["zhipu"]


# --- four companies ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", [FOUR, FOUR_IN_CHINESE], ids=["en", "zh-Hans"])
def test_four_companies_fill_every_page(four_companies: Library, view: View) -> None:
    context = four_companies.context(view)
    for chosen, exhibit in four_companies.exhibits(view):
        assert exhibit.title.strip(), exhibit.id
        assert set(exhibit.claims) <= set(context.dataset.claim_by_id), (chosen, exhibit.id)
        assert not set("{}") & set(exhibit.title + exhibit.subtitle), exhibit.id
    for chosen in PAGES:
        assert chosen.answer(context), chosen.id
        assert len(chosen.key_figures(context)) <= 4, chosen.id


def test_exhibits_of_one_company_stand_once_for_each(four_companies: Library) -> None:
    names = exhibit_ids(page("ownership"), four_companies.context(FOUR).companies)

    assert names[1:5] == ["holders-minimax", "holders-zhipu", "holders-acme", "holders-quiet"]


def test_the_third_company_has_a_colour_and_a_pattern_of_its_own(four_companies: Library) -> None:
    look = four_companies.context(FOUR).look.companies
    bars = drawn(four_companies.exhibit(FOUR, "growth", "revenue-spans"))["data"]

    assert [look[name].color for name in ("minimax", "zhipu", "acme")] == [MINIMAX, ZHIPU, THIRD]
    assert look["acme"].pattern == "x"
    outline = four_companies.context(FOUR).look.palette.text  # the same months a year before
    assert {bar["marker"]["line"]["color"] for bar in bars} - {outline} == {MINIMAX, ZHIPU, THIRD}


def test_the_third_company_is_drawn_in_its_own_currency_on_a_panel_of_its_own(four_companies: Library) -> None:
    exhibit = four_companies.exhibit(FOUR, "growth", "revenue-spans")
    acme = [bar for bar in drawn(exhibit)["data"] if bar["marker"]["line"]["color"] == THIRD]

    assert {bar["xaxis"] for bar in acme} == {"x3"}
    # €20m and €30m over 12 months, €24m over 6
    assert [bar["y"][0] for bar in acme] == pytest.approx([20e6 / 12, 30e6 / 12, 24e6 / 6])
    assert acme[-1]["text"] == ["<b>€24.0m</b><br>H1 2025"]


def test_growth_of_the_third_company_is_computed(four_companies: Library) -> None:
    table = four_companies.exhibit(FOUR, "growth", "growth-rates").table
    acme = table[table["Company"] == "Acme"].set_index("Period")["Figure"]

    assert acme.to_dict() == {"FY2024": "50.0%", "H1 2025": "140.0%"}  # 30 ÷ 20 − 1; 24 ÷ 10 − 1


def test_money_nobody_converts_is_not_drawn_but_named(four_companies: Library) -> None:
    exhibit = four_companies.exhibit(FOUR, "growth", "one-footing")
    acme = [point for point in exhibit.points if point.company == "acme"]

    assert {str(point.state) for point in acme} == {"not_available"}
    assert {point.reason for point in acme} == {"reason.no_rate"}
    assert THIRD not in json.dumps(drawn(exhibit)["data"])
    assert exhibit.table[exhibit.table["Company"] == "Acme"]["Figure"].unique().tolist() == ["not available"]


def test_four_companies_never_mix_currencies(four_companies: Library) -> None:
    for view in (FOUR, FOUR_IN_CHINESE):
        mixed = {e.id: units for _, e in four_companies.exhibits(view) if (units := currencies_mixed(e))}
        assert mixed == {}


# --- a company without figures ----------------------------------------------------------------------------------------


def test_a_company_without_figures_leaves_the_others_as_they_are(library: Library, four_companies: Library) -> None:
    """Adding a company nobody writes about must not change a word about the rest."""
    pair = View(companies=("minimax", "zhipu"))
    for name in ("one-footing", "growth-rates", "mau"):
        mine, theirs = (books.exhibit(pair, "growth", name) for books in (library, four_companies))
        assert mine.title == theirs.title
        assert mine.table.equals(theirs.table)


@pytest.mark.parametrize(
    ("page_id", "name"),
    [
        ("growth", "one-footing"),
        ("mix", "segments"),
        ("mix", "products"),
        ("mix", "geography"),
        ("profitability", "gross-margin"),
        ("offering", "subscription"),
    ],
)
def test_a_company_without_figures_is_named_as_a_gap(four_companies: Library, page_id: str, name: str) -> None:
    exhibit = four_companies.exhibit(FOUR, page_id, name)
    own = [point for point in exhibit.points if point.company == "quiet"]

    assert own, name
    assert all(point.value is None and point.reason for point in own), name
    assert "Quiet" in exhibit.table["Company"].tolist()


def test_the_key_figures_say_what_is_not_disclosed(four_companies: Library) -> None:
    table = four_companies.exhibit(FOUR, "overview", "key-figures").table

    assert set(table["Quiet"]) == {"not disclosed in these sources"}
    assert len(table) == 16


def test_a_company_without_figures_alone_has_nothing_to_draw(four_companies: Library) -> None:
    nothing = {catalogue("en")["chart.nothing"], catalogue("en")["chart.no_conflict"], catalogue("en")["table.nothing"]}
    for _, exhibit in four_companies.exhibits(QUIET):
        assert exhibit.title.strip(), exhibit.id
        assert exhibit.claims == (), exhibit.id
        if exhibit.figure is not None and not _is_named_gap(exhibit):
            assert set(words_in_figure(exhibit)) <= nothing, exhibit.id


def _is_named_gap(exhibit: Exhibit) -> bool:
    """Tell whether an exhibit says in its figure that something is not disclosed, or counts zero facts."""
    return exhibit.id == "coverage" or "not disclosed in these sources" in " ".join(words_of(exhibit))


def test_answers_about_a_company_without_figures(four_companies: Library) -> None:
    context = four_companies.context(QUIET)

    assert page("growth").answer(context) == "The chosen evidence holds no figures for this question."
    assert page("runway").answer(context) == (
        "For Quiet these sources hold no cash and burn figures, so no runway can be computed."
    )
    assert page("overview").key_figures(context) == []


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_a_new_company_is_called_by_its_chinese_name(four_companies: Library, language: str) -> None:
    assert four_companies.context(View(language=language)).name("acme") == "艾克米"
