"""What rests on one document alone, on screen."""

import pytest

from ipo_data.analysis.derived_figures import derived_points
from ipo_data.dataset import Dataset
from ipo_data.exhibits import reliance
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import View
from tests.builders import make_source
from tests.charts.drawing import traces
from tests.exhibits.library import words_of
from tests.exhibits.small import minimax, small, zhipu
from tests.exhibits.test_every_exhibit import CODE, TEXT_ID, _without_places

HKEX = make_source("hkex", publisher="HKEX", kind="prospectus")
PRESS = make_source("press", publisher="Press", kind="news", reading="second_hand")
CLAIMS = (
    minimax("revenue", "30.52m USD", "FY2024", source="hkex"),
    minimax("revenue", "30.5m USD", "FY2024", source="press"),
    minimax("gross_profit", "3.73m USD", "FY2024", source="hkex"),
    minimax("revenue", "3.46m USD", "FY2023", source="press"),
    zhipu("revenue", "312.4m CNY", "FY2024", source="hkex"),
)


def context(**options: str) -> Context:
    return small(*CLAIMS, sources=[HKEX, PRESS], view=View(options=tuple(options.items())))


def test_bars_count_the_facts_of_one_document_by_company() -> None:
    exhibit = reliance.resting_on_one(context())
    bars = {bar["name"]: bar["x"] for bar in traces(exhibit.figure)}

    assert exhibit.title == "3 of 4 facts rest on one document alone"
    assert bars == {"Minimax": [1, 1], "Zhipu": [1, None]}  # HKEX: gross profit and Zhipu's revenue; press: 2023
    assert exhibit.table["Facts of its own"].tolist() == ["2", "1"]


def test_the_chosen_document_is_left_out() -> None:
    exhibit = reliance.left_out(context(document="hkex"))
    rows = {row["Item"]: row for row in exhibit.table.to_dict("records")}
    changed = rows["Minimax · Revenue · FY2024"]

    assert exhibit.title.startswith("Without HKEX (24 Dec 2025): ")
    assert (changed["Effect"], changed["With the document"], changed["Without it"]) == (
        "changes", "US$30.52m (documents agree)", "US$30.5m (one document)",
    )  # fmt: skip
    assert rows["Zhipu · Revenue · FY2024"]["Effect"] == "vanishes"
    assert rows["Minimax · Gross margin · FY2024"]["Kind"] == "derived figure"
    assert exhibit.table["Effect"].tolist() == sorted(
        exhibit.table["Effect"], key=["vanishes", "changes", "changes its status", "becomes computable"].index
    )


def test_without_a_choice_facts_on_a_single_quoted_document_are_listed() -> None:
    exhibit = reliance.left_out(context())

    assert exhibit.title == "Facts that rest on a single document quoted at second hand: 1"
    assert exhibit.table["Item"].tolist() == ["Minimax · Revenue · FY2023"]


def test_a_document_that_others_repeat_changes_nothing() -> None:
    claims = [minimax("revenue", "30.52m USD", "FY2024", source=name) for name in ("one", "two", "three")]
    exhibit = reliance.left_out(small(*claims, view=View(options=(("document", "one"),))))

    assert exhibit.title == "Without A paper (24 Dec 2025) nothing vanishes and nothing changes"
    assert exhibit.table.empty


def test_documents_that_state_nothing_are_no_choice() -> None:
    silent = make_source("silent")

    assert reliance.document_codes(small(*CLAIMS, sources=[HKEX, PRESS, silent]).dataset) == ("all", "hkex", "press")


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize("source", ["newexpress-2026-01", "hkex-minimax-allotment"])
def test_no_code_is_left_in_the_words(dataset: Dataset, source: str, language: str) -> None:
    view = View(language=language, options=(("document", source),))
    exhibit = reliance.left_out(Context(dataset, view))

    for words in words_of(exhibit):
        assert not TEXT_ID.search(words), words
        assert not CODE.search(_without_places(words)), words


def test_every_part_of_a_derived_figure_has_a_name(dataset: Dataset) -> None:
    """Left-out figures are listed with their breakdown; a code there would be shown to readers."""
    context = Context(dataset, View())
    pairs = {(p.company, axis, m) for _, p in derived_points(dataset) for axis, m in p.dimensions.items() if m}

    assert {m for company, axis, m in pairs if context.member(company, axis, m) == m} <= {"CNY-per-USD"}
