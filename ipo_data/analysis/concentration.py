"""How far customers can be concentrated, given the shares of the largest and of the five largest."""

from dataclasses import dataclass
from decimal import Decimal

from ipo_data.analysis.points import headline
from ipo_data.dataset import Dataset
from ipo_data.periods import Period

_SCALE = Decimal(10_000)
_FOUR = Decimal(4)


@dataclass(frozen=True, slots=True)
class IndexBounds:
    """The Herfindahl index of customers, from 0 to 10,000, as far as two shares fix it.

    Attributes:
        period: Period of the shares.
        low: The four after the largest are equal and all others are tiny.
        high: The four follow each other as unequally as they can, and all others are as large as the fifth can be.
    """

    period: Period
    low: Decimal
    high: Decimal


def index_bounds(dataset: Dataset, company: str) -> IndexBounds | None:
    """Return the bounds for the latest period with both shares, or nothing.

    Low: c₁² + (c₅ − c₁)² ÷ 4. High: c₁² + (c₅ − c₁) × c₁ + (1 − c₅) × (c₅ − c₁) ÷ 4, since no share of the four exceeds
    c₁ and no other customer exceeds a quarter of what the four have together.
    """
    for fact in reversed(dataset.select(company, "top_five_customer_share")):
        top = headline(dataset, company, "largest_customer_share", fact.subject.period)
        if fact.value is None or fact.period is None or top is None:
            continue
        first, five = top.value / 100, fact.value / 100
        others = five - first
        if not 0 <= others <= _FOUR * first:
            continue
        low = first * first + others * others / _FOUR
        high = first * first + others * first + (1 - five) * others / _FOUR
        return IndexBounds(fact.period, low * _SCALE, high * _SCALE)
    return None
