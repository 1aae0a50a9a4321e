"""Every page in every language and evidence: all its exhibits stand there, whole, and in that language only."""

import re
from functools import cache
from html import escape

import pytest

from ipo_data.exhibits.model import EVIDENCE_KINDS
from ipo_data.text.catalog import LANGUAGES, catalogue, words
from pages.shell.data import answer_of, context_of, exhibit_of
from pages.shell.exhibit import UNFOLDED
from pages.shell.navigation import TOOLS
from tests.pages.opened import LOCALES, PAGE_IDS, Opened, data, expected_exhibits, unescaped, view_of

GROUPS = {key.split(".")[0] for key in catalogue("en")}
TEXT_ID = re.compile(r"\b([a-z_]+)\.[a-z][A-Za-z_]*\b")
CODE = re.compile(r"\b[a-z]+_[a-z_]+\b")
ENGLISH_SENTENCE = re.compile(r"\b[a-z]{2,}(?: [a-z]{2,}){3,}\b")
MARKUP = re.compile(r"<[^>]*>|:material/\w+:|https?://\S+|:small\[|:gray\[")
EVERY_VIEW = [(page, lang, evidence) for page in PAGE_IDS for lang in LANGUAGES for evidence in EVIDENCE_KINDS]


@cache
def opened(page: str, lang: str, evidence: str = "all", theme: str = "light", **more: str) -> Opened:
    """Return a page that is only looked at; tests share it."""
    return Opened(page, {"lang": lang, "evidence": evidence, **more}, theme=theme)


def prose(page: Opened) -> str:
    """Return what is written for readers: without names of documents, places in them and markup."""
    hidden = documents_and_places()
    lines = []
    for text in page.texts():
        line = MARKUP.sub(" ", unescaped(text))
        if unescaped(text) not in hidden and not line.startswith("table:"):
            lines.append(line)
    return "\n".join(lines)


def documents_and_places() -> set[str]:
    sources = data().sources.values()
    names = {text for source in sources for text in (source.title, source.publisher, source.id)}
    names |= {f"{source.publisher} · {source.title}" for source in sources}
    short = [(data().say(source.short, lang), source.title) for source in sources for lang in LANGUAGES if source.short]
    names |= {f"{publisher} · {title}" for publisher, title in short}
    return names | {claim.at for claim in data().claims if claim.at}


@pytest.mark.parametrize(("page", "lang", "evidence"), EVERY_VIEW)
def test_page_shows_every_exhibit_of_the_registry_whole(page: str, lang: str, evidence: str) -> None:
    shown = opened(page, lang, evidence)
    say = words(lang)
    assert shown.errors == []
    assert shown.title == say(f"question.{page}")
    assert not shown.warnings
    view = view_of(shown, language=lang, evidence=evidence)
    ids = expected_exhibits(page, view)
    exhibits = [exhibit_of(data(), view, page, name) for name in ids]
    assert len(shown.headings) == len(ids)
    for number, (heading, exhibit) in enumerate(zip(shown.headings, exhibits, strict=True), 1):
        title, _, subtitle = heading.partition("\n")
        assert title == say("exhibit.heading", number=number, title=exhibit.title)
        assert subtitle == exhibit.subtitle
        assert exhibit.title
        assert exhibit.subtitle
    assert len(shown.charts) == sum(exhibit.figure is not None for exhibit in exhibits)
    assert len(shown.tables) == sum(exhibit.figure is None for exhibit in exhibits)
    assert [one["source"] for one in shown.exhibits if "source" in one] == [exhibit.source_line for exhibit in exhibits]
    assert [tuple(one.get("notes", ())) for one in shown.exhibits if "source" in one] == [one.notes for one in exhibits]
    assert all(exhibit.source_line for exhibit in exhibits)


@pytest.mark.parametrize(("page", "lang", "evidence"), EVERY_VIEW)
def test_every_chart_and_table_is_described_for_readers_who_do_not_see_it(page: str, lang: str, evidence: str) -> None:
    shown = opened(page, lang, evidence)
    for alt in [*(chart["alt"] for chart in shown.charts), *(table.alt for table in shown.tables)]:
        assert alt.strip()
        if lang != "en":
            assert re.search(r"[\u4e00-\u9fff]", alt), alt


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGE_IDS)
def test_answer_and_key_figures_stand_above_the_exhibits(page: str, lang: str) -> None:
    shown = opened(page, lang)
    answer, figures = answer_of(data(), view_of(shown, language=lang), page)
    assert answer
    assert all(line in shown.text() for line in answer.splitlines())
    assert len(figures) <= 4
    first = [body for html in shown.app.get("html") if (body := html.proto.body).startswith("<dl")]
    assert len(first) == bool(figures)
    for figure in figures:
        for text in (figure.label, figure.value, figure.detail):
            assert f">{escape(text)}<" in first[0]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGE_IDS)
def test_no_text_id_and_no_code_is_shown_as_text(page: str, lang: str) -> None:
    text = prose(opened(page, lang))
    ids = {match[0] for match in TEXT_ID.finditer(text) if match[1] in GROUPS and not match[0].endswith(".yaml")}
    assert ids == set()
    codes = {match[0] for match in CODE.finditer(text)}
    assert codes == set()


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant"])
@pytest.mark.parametrize("page", PAGE_IDS)
def test_no_english_sentence_stands_on_a_chinese_page(page: str, lang: str) -> None:
    found = {match[0] for match in ENGLISH_SENTENCE.finditer(prose(opened(page, lang)))}
    assert found == set()


@pytest.mark.parametrize("page", PAGE_IDS)
def test_traditional_pages_hold_no_simplified_text_of_the_catalogue(page: str) -> None:
    simplified = catalogue("zh-Hans")
    changed = {simplified[key] for key, text in catalogue("zh-Hant").items() if simplified[key] != text}
    whole = {text for text in changed if len(text) > 3 and "{" not in text}
    lines = set(prose(opened(page, "zh-Hant")).splitlines())
    assert lines & whole == set()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGE_IDS)
def test_dark_theme_draws_the_same_exhibits_in_other_colours(page: str, lang: str) -> None:
    light, dark = opened(page, lang), opened(page, lang, theme="dark")
    assert dark.errors == []
    assert dark.headings == light.headings
    assert [chart["alt"] for chart in dark.charts] == [chart["alt"] for chart in light.charts]
    for pale, deep in zip(light.charts, dark.charts, strict=True):
        assert (pale["data"], pale["layout"]) != (deep["data"], deep["layout"])


@pytest.mark.parametrize("currency", ["USD", "CNY", "HKD"])
@pytest.mark.parametrize("page", PAGE_IDS)
def test_every_page_can_be_shown_in_every_currency(page: str, currency: str) -> None:
    shown = opened(page, "en", ccy=currency)
    assert shown.errors == []
    assert not shown.warnings
    view = view_of(shown, currency=currency)
    assert len(shown.headings) == len(expected_exhibits(page, view))


def test_growth_in_another_currency_names_rate_date_and_document() -> None:
    text = opened("growth", "en", ccy="CNY").text()
    assert "Converted at 7.0569 RMB per US$" in text
    assert "prospectus rates" in text


def test_rate_set_is_offered_only_when_figures_are_converted() -> None:
    assert "view_rates" not in opened("growth", "en").controls
    assert "view_rates" in opened("growth", "en", ccy="USD").controls


def test_another_rate_set_changes_converted_figures() -> None:
    prospectus = opened("growth", "en", ccy="CNY").text()
    articles = opened("growth", "en", ccy="CNY", rates="articles").text()
    assert "Converted at 7.03929 RMB per US$ as of Dec 2025 (rates implied by the articles" in articles
    assert "7.03929" not in prospectus


def test_a_basis_moves_key_figures_and_stands_in_the_subtitle() -> None:
    shown = opened("growth", "en", basis="month")
    assert shown.query["basis"] == "month"
    assert "MiniMax · Revenue per month" in shown.text()
    assert "basis chosen: per month" in shown.text()
    assert "basis chosen: twelve months" in opened("growth", "en").text()


@pytest.mark.parametrize("company", ["minimax", "zhipu"])
@pytest.mark.parametrize("page", PAGE_IDS)
def test_one_company_alone_fills_every_page(page: str, company: str) -> None:
    shown = opened(page, "en", firms=company)
    assert shown.errors == []
    view = view_of(shown, companies=(company,))
    assert context_of(data(), view).companies == [company]
    assert len(shown.headings) == len(expected_exhibits(page, view))


def test_a_company_filter_leaves_the_other_company_out_of_charts() -> None:
    shown = opened("growth", "en", firms="zhipu")
    drawn = " ".join(str(chart) for chart in shown.charts)
    assert "Zhipu" in drawn
    assert "MiniMax" not in drawn


@pytest.mark.parametrize("page", PAGE_IDS)
def test_evidence_before_the_first_document_leaves_gaps_and_no_error(page: str) -> None:
    shown = opened(page, "en", known="2001-01-01")
    assert shown.errors == []
    assert len(shown.headings) == len(expected_exhibits(page, view_of(shown, known_by="2001-01-01")))
    assert words("en")("answer.nothing") in shown.text() or "no " in shown.text().lower()


def test_documents_left_out_are_named_nowhere_but_in_the_control() -> None:
    with_article, without = opened("growth", "en"), opened("growth", "en", without="netease-2026-01")
    assert any("NetEase" in text for text in with_article.texts())
    assert sum("NetEase" in text for text in without.texts()) == 1  # the control is unfolded


@pytest.mark.parametrize(("lang", "title"), [("en", "Growth"), ("zh-Hans", "增长"), ("zh-Hant", "增長")])
def test_navigation_is_in_the_language_of_the_page(lang: str, title: str) -> None:
    labels = [label for _, label in opened("overview", lang).links]
    assert len(labels) == len(PAGE_IDS) + len(TOOLS)
    assert labels[PAGE_IDS.index("growth")] == title


def test_the_link_to_a_page_carries_the_view_and_the_link_to_the_first_page_leads_there() -> None:
    shown = opened("growth", "en", "articles", firms="zhipu", known="2026-02-01")
    query = "?lang=en&firms=zhipu&evidence=articles&known=2026-02-01"
    assert [address for address, _ in shown.links][:3] == ["./" + query, "", "mix" + query]  # in place of its own name


def test_the_link_to_the_page_that_is_shown_is_marked_and_leads_out_of_a_wrong_address() -> None:
    shown = opened("growth", "en", ccy="EUR")
    assert ("growth?lang=en", "Growth") in shown.links
    assert sum(html.proto.body.count('aria-current="page"') for html in shown.app.get("html")) == 1


@pytest.mark.parametrize(("lang", "locale"), LOCALES.items())
def test_first_language_is_the_browsers(lang: str, locale: str) -> None:
    assert Opened("mix", locale=locale).title == words(lang)("question.mix")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_page_declares_its_language(lang: str) -> None:
    html = opened("growth", lang).app.get("html")[-1]
    assert html.proto.body.startswith(f"<script>document.documentElement.lang = '{lang}';")


def test_opening_the_details_shows_numbers_and_claims_with_their_places() -> None:
    shown = Opened("growth").fold("growth", "one-footing")
    assert shown.errors == []
    assert "Claims as printed" in shown.text()
    assert len(shown.tables) == 2
    assert "Claims as printed" in shown.again().text()
    assert shown.fold("growth", "one-footing", open=False).tables == []


def test_what_is_folded_is_one_element_with_the_chart_and_the_button_says_whether_it_is() -> None:
    shown = Opened("growth")
    before = [one["element"] for one in shown.exhibits]
    assert all(one["fold"] for one in shown.exhibits if "chart" in one)
    assert not shown.is_unfolded("growth", "one-footing")
    shown.fold("growth", "one-footing")
    assert shown.is_unfolded("growth", "one-footing")
    assert [one["element"] for one in shown.exhibits] == before


def test_what_is_unfolded_stays_so_in_another_language_width_and_with_a_memo() -> None:
    shown = Opened("growth", {"lang": "en"}).fold("growth", "one-footing").press_memo("growth", "one-footing")
    assert len(shown.tables) == 2
    for query in ({"lang": "zh-Hans"}, {"lang": "en", "screen": "narrow"}):
        shown.app.query_params.clear()
        shown.app.query_params.update(query)
        assert shown.again().is_unfolded("growth", "one-footing")
        assert words(query["lang"])("exhibit.claims") in shown.text()
    assert shown.turn_to("mix").tables == []
    assert shown.turn_to("growth").is_unfolded("growth", "one-footing")


def test_a_server_that_was_restarted_learns_from_the_browser_what_is_unfolded() -> None:
    shown = Opened("growth").fold("growth", "one-footing")
    del shown.app.session_state[f"{UNFOLDED}growth-one-footing"]
    assert len(shown.fold("growth", "one-footing").tables) == 2
