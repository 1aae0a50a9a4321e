"""The pages' answers and key figures."""

import pytest

from ipo_data.dataset import Dataset
from ipo_data.exhibits import answers
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import KeyFigure, View
from ipo_data.exhibits.overview_answer import overview
from ipo_data.exhibits.registry import PAGES, build, exhibit_ids
from ipo_data.model.source import Reading, SourceKind
from tests.builders import make_claim, make_company, make_judgement, make_source
from tests.exhibits.library import PLOTTED, Library, view_name
from tests.exhibits.small import MINIMAX, ZHIPU, minimax, small, zhipu

NINE = (minimax("revenue", "53.437m USD", "9M2025"), minimax("revenue_growth", "174.7%", "9M2025"))
SIX = (zhipu("revenue", "191m CNY", "H1-2025"), zhipu("revenue_growth", "325%", "H1-2025"))
RUNWAYS = [minimax("runway", says, "2025-09-30", source=s) for says, s in ((">53 months", "a1"), ("37 months", "b2"))]


@pytest.mark.parametrize("view", PLOTTED, ids=view_name)
def test_every_page_answers_with_at_most_four_figures(library: Library, view: View) -> None:
    context = library.context(view)
    stop = "." if view.language == "en" else "。"
    for page in PAGES:
        answer, figures = page.answer(context), page.key_figures(context)
        assert answer.endswith(stop), page.id
        assert not set("{}") & set(answer), page.id
        assert stop * 2 not in answer, page.id
        assert len(figures) <= 4, page.id
        assert all(figure.label.strip() and figure.value.strip() for figure in figures), page.id


def test_windows_of_unequal_length_are_warned_about() -> None:
    unequal, alone = answers.growth(small(*NINE, *SIX)), answers.growth(small(*NINE))

    assert unequal.endswith("totals are never set side by side without a common footing.")
    assert alone == "Minimax had revenue of US$53.44m in 9M 2025, 174.7% more than in the same months a year before."


def test_a_page_without_figures_says_so() -> None:
    assert answers.growth(small()) == "The chosen evidence holds no figures for this question."
    assert answers.growth(small(view=View(language="zh-Hant"))) == "所選證據沒有回答這一問題的數據。"


def test_rivals_stand_side_by_side_in_a_key_figure() -> None:
    assert answers.runway_figures(small(*RUNWAYS)) == [
        KeyFigure("Minimax · Runway", "37 months v over 53 months", "30 Sep 2025 · in conflict")
    ]


def test_a_preferred_figure_stands_alone_with_its_rivals_below() -> None:
    prefer = make_judgement(
        metric="runway", period=None, as_of="2025-09-30", prefer="b2", over=("a1",), verdict="other_basis"
    )  # fmt: skip
    context = small(*RUNWAYS, judgements=[prefer])

    assert answers.runway_figures(context)[0] == (
        KeyFigure("Minimax · Runway", "37 months", "30 Sep 2025 · judged · elsewhere over 53 months")
    )


THIRD = (
    make_claim(says="1m USD", company="third"),
    make_claim("revenue_growth", "-20%", company="third", period="9M2025"),
)
THREE = (MINIMAX, ZHIPU, make_company("third"))


def test_key_figures_treat_three_companies_alike() -> None:
    figures = answers.growth_figures(small(*NINE, *SIX, *THIRD, companies=THREE))

    assert [figure.label for figure in figures] == [
        "Minimax · Revenue growth", "Zhipu · Revenue growth", "Third · Revenue growth",
    ]  # fmt: skip


def test_three_companies_have_a_sentence_each_and_falling_revenue_falls() -> None:
    answer = answers.growth(small(*NINE, *SIX, *THIRD, companies=THREE))

    assert answer.startswith("Minimax had revenue of US$53.44m in 9M 2025, 174.7% more")
    assert "Third had revenue of US$1m in 9M 2025, 20% less than in the same months a year before." in answer
    assert answer.endswith("without a common footing.")


def test_periods_of_one_length_need_no_warning_even_in_other_years() -> None:
    later = (zhipu("revenue", "191m CNY", "9M2026"), zhipu("revenue_growth", "325%", "9M2026"))

    assert "common footing" not in answers.growth(small(*NINE, *later))


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
@pytest.mark.parametrize(
    "claims",
    [(), NINE, (*NINE, *SIX), (*NINE, *SIX, *THIRD), (*NINE, minimax("revenue", "60m USD", "9M2025", source="rival"))],
    ids=["nothing", "one", "two", "three", "conflict"],
)
def test_growth_and_mix_speak_in_every_state(claims: tuple, language: str) -> None:
    context = small(*claims, companies=THREE, view=View(language=language))
    stop = "." if language == "en" else "。"
    for page in PAGES:
        if page.id in ("growth", "mix"):
            answer, figures = page.answer(context), page.key_figures(context)
            titles = [build(context, page, name).title for name in exhibit_ids(page, context.companies)]
            for text in (answer, *titles):
                assert text.strip() == text != ""
                assert not any(slip in text for slip in ("{", "None", "  ", "；；", ";;", stop * 2)), text
            assert answer.endswith(stop)
            assert all(figure.value and "None" not in figure.detail for figure in figures)


def test_the_largest_part_is_named_in_the_key_figure() -> None:
    parts = (
        minimax("revenue_share", "28.9%", "9M2025", segment="b_end"),
        minimax("revenue_share", "71.1%", "9M2025", segment="c_end"),
        zhipu("revenue_share", ">85%", "H1-2025", deployment="on_premise"),
        zhipu("deployment_region_share", "88.39%", "H1-2025", deployment="on_premise", region="mainland_china"),
        minimax("revenue_share", "26.95%", "9M2025", region="mainland_china"),
    )
    figures = answers.mix_figures(small(*NINE, *SIX, *parts))

    # a share of one deployment's revenue is no share of all revenue and has no place beside one
    assert [(figure.label, figure.value) for figure in figures] == [
        ("Minimax · c_end", "71.1%"), ("Zhipu · on_premise", "over 85%"),
        ("Minimax · Mainland China's share of revenue", "26.95%"),
    ]  # fmt: skip


def test_undecided_conflicts_are_counted() -> None:
    profile = make_company(profile={"en": "Consumer-led"})

    assert overview(small(*RUNWAYS, companies=(profile,))) == (
        "Runway as published, without offer proceeds: Minimax 37 months v over 53 months.\n"
        "Minimax – Consumer-led.\n"
        "Evidence: 2 figures from 2 documents; on 1 of them documents disagree and nothing settles it."
    )
    assert overview(small(RUNWAYS[0], companies=(MINIMAX,))).endswith(
        "Evidence: 1 figure from 1 document; no disagreement between documents is left undecided."
    )


def test_only_figures_of_the_chosen_companies_are_counted() -> None:
    both = small(*RUNWAYS, *SIX)
    alone = small(*RUNWAYS, *SIX, view=View(companies=("zhipu",)))

    # two runways of two documents, revenue and growth of a third
    assert "Evidence: 4 figures from 3 documents" in overview(both)
    assert "Evidence: 2 figures from 1 document" in overview(alone)


def test_reconciliation_counts_what_does_not_add_up() -> None:
    context = small(
        *RUNWAYS, zhipu("revenue", "57.4m CNY", "FY2022"), zhipu("revenue", "312.4m CNY", "FY2024"),
        zhipu("revenue_cagr", "130%", "FY2022..FY2024"),
    )  # fmt: skip

    # the growth computes to 133.3 %
    assert answers.reconciliation(context) == (
        "Documents disagree on 1 figure, 1 undecided. "
        "1 stated figure can be recomputed from other stated figures; 1 cannot be right together with the inputs."
    )
    # in conflict with the inputs, explained, following from the inputs, disputed between documents
    assert [figure.value for figure in answers.reconciliation_figures(context)] == ["1", "0", "0", "1"]


def test_sources_count_documents_claims_and_facts() -> None:
    assert answers.sources(small(*RUNWAYS)) == (
        "1 fact from 2 claims in 2 documents. Every figure is kept as printed, with its place. "
        "Facts that rest on one document alone: 0."
    )
    assert answers.no_figures(small()) == []


def test_the_key_figures_of_the_sources_count_what_may_be_quoted() -> None:
    filing = make_source("filing", kind=SourceKind.PROSPECTUS)
    passed_on = make_source("passed-on", reading=Reading.SECOND_HAND)
    claims = (
        make_claim(says="10m USD", period="FY2023", source="filing"),
        make_claim(says="10m USD", period="FY2023", source="a1"),
        make_claim(says="20m USD", period="FY2024", source="filing"),
        make_claim(says="30m USD", period="FY2025", source="passed-on"),
    )
    context = small(*claims, companies=(MINIMAX,), sources=[make_source("a1"), filing, passed_on])

    # three years: two in the filing, two in one document alone, one of them quoted at second hand
    assert [(figure.value, figure.detail) for figure in answers.sources_figures(context)] == [
        ("3", "4 claims"), ("2", "66.7% of the facts"), ("2", "66.7% of the facts"),
        ("1", "the document itself was not read"),
    ]  # fmt: skip
    assert [figure.detail for figure in answers.sources_figures(small())][1:3] == ["", ""]


def test_documents_listed_without_a_figure_are_counted_apart() -> None:
    context = small(*RUNWAYS, sources=[make_source(name) for name in ("a1", "b2", "silent")])

    assert answers.sources(context).startswith("1 fact from 2 claims in 2 documents.")
    assert answers.sources(context).endswith("Listed without a figure of their own: 1 document.")


def test_sources_count_what_there_is_about_the_chosen_companies(dataset: Dataset) -> None:
    context = Context(dataset, View(companies=("zhipu",)))
    own = [claim for claim in dataset.claims if claim.company == "zhipu"]

    documents = len({claim.source for claim in own})
    assert f" from {len(own):,} claims in {documents} documents." in answers.sources(context)
    assert context.every_source_line().endswith(f", {len(own):,} claims")


def test_one_firm_needs_no_warning_about_splits() -> None:
    claim = minimax("revenue_share", "71.1%", "9M2025", segment="c_end")

    assert answers.mix(small(claim, companies=(MINIMAX,))) == "c_end brings 71.1% of Minimax's revenue (9M 2025)."
    assert "never estimated" in answers.mix(small(claim))
