"""How many digits a computed amount is written with: as many as its inputs carry, at most four, in every language."""

from decimal import Decimal

import pytest

from ipo_data.analysis.points import DataPoint, State
from ipo_data.exhibits.digits import carried
from ipo_data.exhibits.model import View
from ipo_data.intervals import INFINITY, Interval
from tests.exhibits.small import small


def amount(value: str, low: str, high: str, unit: str = "USD") -> DataPoint:
    interval = Interval(Decimal(low), Decimal(high) if high else INFINITY)
    return DataPoint("minimax", "revenue", unit, State.DERIVED, Decimal(value), interval, formula="a ÷ b")


@pytest.mark.parametrize(
    ("point", "digits", "english", "chinese"),
    [
        # RMB 57.35m to 57.45m ÷ 7.0569 = 8.1268m to 8.1410m: 0.014m wide, so hundredths of a million
        (amount("8134000", "8126800", "8141000"), 3, "US$8.13m", "813万美元"),
        (amount("1486999000", "1486998000", "1487000000"), 4, "US$1.487bn", "14.87亿美元"),  # never more than four
        (amount("450000000", "400000000", "500000000"), 2, "US$450m", "4.5亿美元"),  # nor less than two
        (amount("1234567", "1234567", ""), 4, "US$1.235m", "123.5万美元"),  # open: not known how many
        (amount("1234567", "1234567", "1234567"), 4, "US$1.235m", "123.5万美元"),  # exact
    ],
)
def test_a_computed_amount_has_the_digits_of_its_inputs(
    point: DataPoint, digits: int, english: str, chinese: str
) -> None:
    assert carried(point) == digits
    assert small().point(point) == english
    assert small(view=View(language="zh-Hans")).point(point) == chinese
