"""Sources: documents, coverage, every claim."""

import pytest

from ipo_data.exhibits import sources
from ipo_data.exhibits.model import View
from tests.builders import make_source
from tests.charts.drawing import layout, traces
from tests.exhibits.library import Library, words_in_figure
from tests.exhibits.small import minimax, small, zhipu

LATE = make_source(
    "late", title="Second piece", publisher="Finet", published="2026-01-09", kind="news", reading="second_hand",
    note={"en": "Read in a reprint.", "zh-Hans": "据转载阅读。"},
)  # fmt: skip
EARLY = make_source("early", title="First piece", publisher="HKEX", published="2025-12", kind="prospectus")
CLAIMS = (
    minimax("revenue", "53.437m USD", "9M2025", source="late", at="¶16"),
    minimax("mau", "27.6m persons", "9M2025", source="late"),
    zhipu("revenue", "191m CNY", "H1-2025", source="early"),
)


def test_documents_are_listed_by_date_with_what_to_know_before_quoting_them() -> None:
    exhibit = sources.documents(small(*CLAIMS, sources=[LATE, EARLY]))
    first, second = (" | ".join(row) for row in exhibit.table.to_numpy().tolist())

    assert exhibit.title == "2 documents with 3 figures"
    assert "First piece" in first
    assert "prospectus" in first
    assert "Dec 2025" in first
    assert "Second piece" in second
    assert "quoted at second hand" in second
    assert "Read in a reprint." in second
    assert exhibit.table["Claims"].tolist() == ["1", "2"]


def test_documents_without_a_figure_are_not_counted_as_stating_one() -> None:
    exhibit = sources.documents(small(*CLAIMS, sources=[LATE, EARLY, make_source("silent")]))

    assert exhibit.title == "2 of 3 listed documents state 3 figures"


def test_remarks_are_in_the_readers_language() -> None:
    exhibit = sources.documents(small(*CLAIMS, sources=[LATE, EARLY], view=View(language="zh-Hans")))

    assert "据转载阅读。" in " ".join(exhibit.table.iloc[1])


def test_coverage_counts_facts_by_topic_year_and_company() -> None:
    exhibit = sources.coverage(small(*CLAIMS, sources=[LATE, EARLY]))
    (heat,) = traces(exhibit.figure)
    by_topic = exhibit.table.set_index("Topic")

    assert exhibit.title == "3 facts by topic, year and company"
    assert by_topic.loc["Revenue"].tolist() == ["1", "1"]
    assert by_topic.loc["Users and customers"].tolist() == ["1", "0"]
    assert sum(value for row in heat["z"] for value in row if value is not None) == 3
    assert layout(exhibit.figure)["xaxis"]["ticktext"] == ["2025", "2025"]
    assert {"<b>Minimax</b>", "<b>Zhipu</b>"} <= set(words_in_figure(exhibit))


def test_coverage_tells_filings_from_other_documents() -> None:
    both = minimax("revenue", "53.4m USD", "9M2025", source="early")
    words = words_in_figure(sources.coverage(small(*CLAIMS, both, sources=[LATE, EARLY])))

    assert "1 ●○" in words  # revenue of MiniMax: a prospectus and a newspaper
    assert "1 ○" in words  # users: a newspaper
    assert "1 ●" in words  # revenue of Zhipu: a prospectus


def test_a_chosen_topic_is_broken_down_by_metric() -> None:
    exhibit = sources.coverage(small(*CLAIMS, view=View(options=(("about", "users"),))))

    assert exhibit.table["Metric"].tolist() == ["Average monthly active users"]
    assert exhibit.table["Minimax"].tolist() == ["1"]


@pytest.mark.parametrize(
    ("options", "figures"),
    [
        ({}, ["US$53.437m", "27.6m", "RMB191m"]),
        ({"about": "users"}, ["27.6m"]),
        ({"metric": "revenue"}, ["US$53.437m", "RMB191m"]),
        ({"document": "early"}, ["RMB191m"]),
        ({"period": "9M2025", "metric": "revenue"}, ["US$53.437m"]),
        ({"period": "2025"}, ["US$53.437m", "27.6m", "RMB191m"]),
        ({"period": "undated"}, []),
    ],
)
def test_claims_are_chosen_by_topic_metric_document_and_period(options: dict[str, str], figures: list[str]) -> None:
    context = small(*CLAIMS, sources=[LATE, EARLY], view=View(options=tuple(options.items())))

    assert sorted(sources.all_claims(context).table["Figure"]) == sorted(figures)


def test_codes_of_periods_are_years_and_the_names_documents_use() -> None:
    terms = minimax("offer_price", "165 HKD")

    assert sources.period_codes(small(*CLAIMS, terms).dataset) == ("all", "2025", "9M2025", "H1-2025", "undated")
    assert sources.metric_codes(small(*CLAIMS).dataset) == ("all", "revenue", "mau")


def test_every_claim_is_listed_with_its_place() -> None:
    exhibit = sources.all_claims(small(*CLAIMS, sources=[LATE, EARLY]))

    assert exhibit.title == "All 3 claims as printed"
    assert exhibit.table[exhibit.table["Item"] == "Revenue"]["Figure"].tolist() == ["US$53.437m", "RMB191m"]
    assert "¶16" in exhibit.table["Place"].tolist()


def test_what_counts_all_records_names_the_whole_evidence_as_its_source(library: Library) -> None:
    view = View()
    claims = len(library.context(view).dataset.claims)

    for name in ("resting", "coverage", "all-claims", "documents"):
        exhibit = library.exhibit(view, "sources", name)
        assert exhibit.source_line == f"Source: the whole evidence chosen, {claims:,} claims"
