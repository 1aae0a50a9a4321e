"""Do two documents print the same thing? The classes of duplicate facts, by rounding interval.

The words are those of the XBRL standard: *complete* duplicates print the same value to the same place, *consistent*
ones could be roundings of one value, *inconsistent* ones could not.
"""

from collections.abc import Sequence
from enum import StrEnum
from itertools import combinations

from ipo_data.quantities import Quantity


class Duplicate(StrEnum):
    """How two printed figures of one thing relate."""

    COMPLETE = "complete"
    CONSISTENT = "consistent"
    INCONSISTENT = "inconsistent"


def classify(a: Quantity, b: Quantity) -> Duplicate:
    """Tell how two figures of the same thing relate.

    ``At least`` and ``at most`` open one side of the interval; ``about`` does not widen it, since a document that
    prints three digits means them.
    """
    if a.rounding == b.rounding:
        return Duplicate.COMPLETE
    return Duplicate.CONSISTENT if a.rounding.meets(b.rounding) else Duplicate.INCONSISTENT


def all_agree(quantities: Sequence[Quantity]) -> bool:
    """Tell whether no two of the figures are inconsistent (then one value would explain them all)."""
    return all(classify(a, b) is not Duplicate.INCONSISTENT for a, b in combinations(quantities, 2))
