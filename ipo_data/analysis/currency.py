"""Conversion for display: one named rate set, one rate for all dates, and a mark on every converted point.

Ratios are computed in the reporting currency before anything is converted. Counts and percentages cannot be converted.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from ipo_data.analysis.points import DataPoint
from ipo_data.dataset import Dataset
from ipo_data.errors import OptionError
from ipo_data.model.rate import FxRate
from ipo_data.units import UNITS

NATIVE = "native"
"""Every company in its reporting currency."""


@dataclass(frozen=True, slots=True)
class Rates:
    """One named set of exchange rates.

    Attributes:
        name: Name of the set.
        rates: Its rates.
    """

    name: str
    rates: tuple[FxRate, ...]

    def factor(self, base: str, quote: str) -> tuple[Decimal, str] | None:
        """Return how many ``quote`` one ``base`` buys and the ids of the rates used; ``None`` if there is no way.

        A missing pair is crossed through one third currency.
        """
        if base == quote:
            return Decimal(1), ""
        direct = self._direct(base, quote)
        if direct:
            return direct
        for middle in sorted({rate.base for rate in self.rates} | {rate.quote for rate in self.rates}):
            first, second = self._direct(base, middle), self._direct(middle, quote)
            if first and second:
                return first[0] * second[0], f"{first[1]} {second[1]}"
        return None

    def _direct(self, base: str, quote: str) -> tuple[Decimal, str] | None:
        for rate in self.rates:
            if (rate.base, rate.quote) == (base, quote):
                return rate.rate, rate.id
            if (rate.quote, rate.base) == (base, quote):
                return 1 / rate.rate, rate.id
        return None

    def by_id(self, ids: str) -> list[FxRate]:
        """Return the rates whose ids are listed in ``ids``, separated by spaces."""
        return [rate for rate in self.rates if rate.id in ids.split()]


def rate_sets(dataset: Dataset) -> list[str]:
    """Return the names of the rate sets the evidence offers, in order of first use."""
    return list(dict.fromkeys(rate.set for rate in dataset.rates))


def rates_of(dataset: Dataset, name: str) -> Rates:
    """Return a named rate set.

    Raises:
        OptionError: If the evidence holds no such set.
    """
    if name not in rate_sets(dataset):
        raise OptionError(
            f"there is no rate set '{name}' in this evidence (sets: {', '.join(rate_sets(dataset)) or 'none'})"
        )
    return Rates(name, tuple(rate for rate in dataset.rates if rate.set == name))


def converted(point: DataPoint, currency: str, rates: Rates) -> DataPoint:
    """Return a money point in another currency, marked with the rates used; other points unchanged.

    If the rate set has no way to the currency, the point stays as it is, in its own currency.
    """
    if currency == NATIVE or point.unit not in UNITS or not UNITS[point.unit].is_money or point.unit == currency:
        return point
    found = rates.factor(point.unit, currency)
    if found is None or point.value is None:
        return replace(point, unit=currency) if point.value is None else point
    factor, used = found
    interval = point.interval * factor if point.interval else None
    return replace(point, value=point.value * factor, interval=interval, unit=currency, rate=used)


def all_converted(points: Iterable[DataPoint], currency: str, rates: Rates) -> list[DataPoint]:
    """Return all points in one currency (see ``converted``)."""
    return [converted(point, currency, rates) for point in points]
