"""How many digits a data point is written with: those its document prints, or those its inputs carry."""

from typing import Final

from ipo_data import formatting
from ipo_data.analysis.points import DataPoint, State

_FEWEST_DIGITS: Final = 2


def carried(point: DataPoint) -> int:
    """Return the significant digits that the inputs of a computed amount carry: at least two, at most four.

    The last digit is the largest place that fits into the width of the interval, as it does for a printed figure: 57.4m
    stands for a tenth of a million, so over 7.0569 it is 8.13m and not 8.134m. Unknown and open intervals leave four.
    """
    known = point.interval
    if known is None or not known.bounded or not known.width or not point.value:
        return formatting.SIGNIFICANT
    return min(formatting.SIGNIFICANT, max(_FEWEST_DIGITS, point.value.adjusted() - known.width.adjusted() + 1))


def places(point: DataPoint) -> int | None:
    """Keep the printed precision of stated percentages and multiples; derived ones have places by their size."""
    if point.unit == "x" and point.value is not None and point.state in (State.DERIVED, State.SCENARIO):
        return formatting.multiple_places(point.value)
    if point.interval is None or point.state in (State.DERIVED, State.SCENARIO) or point.unit not in ("percent", "x"):
        return None
    if not point.interval.bounded:
        value = point.value.normalize().as_tuple().exponent if point.value is not None else 0
        return max(0, -value) if isinstance(value, int) else 0
    exponent = point.interval.width.normalize().adjusted()
    return max(0, -exponent)
