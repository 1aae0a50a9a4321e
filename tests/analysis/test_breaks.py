"""Declared changes of definition."""

from datetime import date

import pytest

from ipo_data.analysis.breaks import apart, is_redefined
from ipo_data.analysis.points import stated
from tests.builders import make_claim, make_company, make_dataset

WIDER = {"metric": "liquidity", "starts": "2026-06", "because": "Wider."}
CLAIMS = [
    make_claim("liquidity", says, as_of=day)
    for says, day in (("1m USD", "2025-09-30"), ("2m USD", "2025-12-31"), ("3m USD", "2026-06-30"))
]
DATASET = make_dataset(*CLAIMS, companies=(make_company("minimax", breaks=[WIDER]),))


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [
        (date(2025, 9, 30), date(2026, 6, 30), True),  # the new definition starts with the balance of June 2026
        (date(2025, 9, 30), date(2025, 12, 31), False),
        (date(2026, 6, 30), date(2026, 12, 31), False),
    ],
)
def test_a_change_counts_from_its_first_period(earlier: date, later: date, *, expected: bool) -> None:
    assert is_redefined(DATASET, "minimax", "liquidity", (earlier, later)) is expected


def test_a_change_of_one_series_is_none_of_another() -> None:
    ends = date(2025, 9, 30), date(2026, 6, 30)

    assert not is_redefined(DATASET, "minimax", "revenue", ends)
    assert not is_redefined(DATASET, "minimax", "liquidity", ends, axis="segment")


def test_two_figures_on_either_side_stand_apart() -> None:
    old, middle, new = (stated(fact)[0] for fact in DATASET.select("minimax", "liquidity"))

    assert apart(DATASET, old, new)
    assert apart(DATASET, middle, new)
    assert not apart(DATASET, old, middle)
