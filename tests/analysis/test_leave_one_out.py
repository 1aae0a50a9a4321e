"""Leave one out: what rests on one document alone, and what changes without it."""

import pytest

from ipo_data.analysis.leave_one_out import Effect, resting, without
from ipo_data.analysis.ledger import ledger
from ipo_data.dataset import Dataset
from ipo_data.errors import UnknownNameError
from tests.builders import make_claim, make_dataset, make_judgement

CLAIMS = (
    make_claim("revenue", "30.52m USD", period="FY2024", source="hkex"),
    make_claim("revenue", "30.5m USD", period="FY2024", source="press"),
    make_claim("revenue", "3.46m USD", period="FY2023", source="hkex"),
    make_claim("revenue_growth", "782.2%", period="FY2024", source="press"),
    make_claim("gross_profit", "3.73m USD", period="FY2024", source="post"),
)
"""Revenue of 2024 has two documents, every other fact has one."""


def data() -> Dataset:
    return make_dataset(*CLAIMS)


def effects(changes: tuple) -> dict[str, str]:
    return {
        change.either.id if hasattr(change.either, "id") else change.either.measure: str(change.effect)
        for change in changes
    }


def test_a_fact_of_one_document_vanishes_and_one_of_two_changes() -> None:
    found = without(data(), "hkex")

    assert effects(found.facts) == {"minimax.revenue.FY2023": "gone", "minimax.revenue.FY2024": "changed"}
    changed = next(change for change in found.facts if change.effect is Effect.CHANGED)
    assert (changed.before.value, changed.after.value) == (30_520_000, 30_500_000)  # the rounder figure is left


def test_a_second_document_that_only_agrees_changes_the_status() -> None:
    found = without(data(), "press")

    assert effects(found.facts) == {"minimax.revenue_growth.FY2024": "gone", "minimax.revenue.FY2024": "status"}


def test_a_derived_figure_goes_with_its_input() -> None:
    growth = [c for c in without(data(), "post").derived if c.either.measure == "gross_margin"]

    # 3.73 ÷ 30.52 = 12.2 % needs the post
    assert [(str(c.effect), c.after) for c in growth] == [("gone", None)] or growth[0].after.value is None
    assert not [c for c in without(data(), "post").derived if c.either.measure == "revenue_ltm"]


def test_a_test_of_the_ledger_goes_with_its_figure_or_its_input() -> None:
    assert [row.rule for row in ledger(data())] == ["revenue_growth"]
    assert effects(without(data(), "press").rows) == {"revenue_growth:minimax.revenue_growth.FY2024@press": "gone"}
    assert [str(c.effect) for c in without(data(), "hkex").rows] == ["gone"]
    assert without(data(), "post").rows == ()


def test_what_a_conflict_kept_from_being_computed_becomes_computable() -> None:
    rivals = (
        make_claim("revenue", "30.52m USD", period="FY2024", source="one"),
        make_claim("revenue", "41.00m USD", period="FY2024", source="two"),
        make_claim("revenue", "3.46m USD", period="FY2023", source="hkex"),
    )
    found = without(make_dataset(*rivals), "two")

    assert effects(found.facts) == {"minimax.revenue.FY2024": "changed"}  # from no headline to one
    assert "new" in {str(c.effect) for c in found.derived if c.either.measure == "revenue_growth"}


def test_a_judgement_falls_with_the_document_it_prefers() -> None:
    claims = [
        make_claim("runway", says, as_of="2025-09-30", source=source)
        for says, source in (("37 months", "hkex"), ("53 months", "press"))
    ]
    choice = make_judgement(metric="runway", period=None, as_of="2025-09-30", prefer="hkex", because="It counts.")
    found = without(make_dataset(*claims, judgements=[choice]), "hkex")

    (change,) = found.facts
    assert (change.before.value, change.after.value) == (37, 53)
    assert str(change.after.status) == "single"


def test_counts_follow_from_the_documents_behind_each_input() -> None:
    found = {item.source: item for item in resting(data(), ("minimax",))}

    # hkex alone: revenue of 2023; press alone: the growth; post alone: the gross profit
    assert {name: item.total for name, item in found.items()} == {"hkex": 1, "press": 1, "post": 1}
    # the one tested figure needs the growth (press) and revenue of 2023 (hkex)
    assert {name: item.rows for name, item in found.items()} == {"hkex": 1, "press": 1, "post": 0}
    assert found["post"].derived >= 1  # the gross margin


def test_only_chosen_companies_count() -> None:
    both = make_dataset(*CLAIMS, make_claim("mau", "1m persons", period="FY2024", company="zhipu", source="app"))

    assert {item.source: item.total for item in resting(both, ("zhipu",))}["app"] == 1
    assert {item.source: item.total for item in resting(both, ("minimax",))}["app"] == 0


def test_an_unknown_document_names_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'press'"):
        without(data(), "pres")


@pytest.mark.parametrize("source", ["newexpress-2026-01", "hkex-minimax-allotment", "cnyes-minimax-fy2025"])
def test_facts_found_by_structure_are_those_of_a_rebuilt_data_set(dataset: Dataset, source: str) -> None:
    rest = dataset.restricted(lambda record: record.id != source)
    found = without(dataset, source)

    gone = {c.either.id for c in found.facts if c.effect is Effect.GONE}
    assert gone == set(dataset.fact_by_id) - set(rest.fact_by_id)
    assert len(gone) == next(i.total for i in resting(dataset, tuple(dataset.companies)) if i.source == source)
    named = {c.either.id for c in found.facts}
    for name in set(rest.fact_by_id) - named:
        assert (dataset.fact_by_id[name].value, dataset.fact_by_id[name].status) == (
            rest.fact_by_id[name].value, rest.fact_by_id[name].status,
        )  # fmt: skip
    alone = {c.either.id for c in found.facts if c.effect is Effect.GONE}
    for change in found.derived:
        if change.effect is Effect.GONE and change.before is not None:
            assert change.before.facts or change.before.rate, change.before.measure
    for change in found.rows:
        assert change.effect is not Effect.GONE or change.before is not None
    assert alone
