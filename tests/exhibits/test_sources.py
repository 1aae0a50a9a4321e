"""Sources: documents, coverage, every claim."""

from ipo_data.exhibits import sources
from ipo_data.exhibits.model import View
from tests.builders import make_source
from tests.charts.drawing import layout, traces
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


def test_remarks_are_in_the_readers_language() -> None:
    exhibit = sources.documents(small(*CLAIMS, sources=[LATE, EARLY], view=View(language="zh-Hans")))

    assert "据转载阅读。" in " ".join(exhibit.table.iloc[1])


def test_coverage_counts_facts_by_topic_and_company() -> None:
    exhibit = sources.coverage(small(*CLAIMS))
    (heat,) = traces(exhibit.figure)
    by_topic = exhibit.table.set_index("Topic")

    assert exhibit.title == "3 facts by topic and company"
    assert by_topic.loc["Revenue"].tolist() == ["1", "1"]
    assert by_topic.loc["Users and customers"].tolist() == ["1", "0"]
    assert sum(value for row in heat["z"] for value in row) == 3
    assert layout(exhibit.figure)["xaxis"]["ticktext"] == ["Minimax", "Zhipu"]


def test_every_claim_is_listed_with_its_place() -> None:
    exhibit = sources.all_claims(small(*CLAIMS, sources=[LATE, EARLY]))

    assert exhibit.title == "All 3 claims as printed"
    assert exhibit.table[exhibit.table["Item"] == "Revenue"]["Figure"].tolist() == ["US$53.437m", "RMB191m"]
    assert "¶16" in exhibit.table["Place"].tolist()
