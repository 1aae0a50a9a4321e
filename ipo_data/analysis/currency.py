"""Conversion for display: one named rate set or the reader's own rate, and a mark on every converted point.

A flow takes the average of its own window where a document prints one, a balance or a price the closing rate of its own
day; everything else takes the set's one rate for all dates. Ratios are computed in the reporting currency before
anything is converted. Counts and percentages cannot be converted: their units are not money.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, NamedTuple

from ipo_data.analysis.points import DataPoint
from ipo_data.dataset import Dataset
from ipo_data.errors import OptionError
from ipo_data.model.rate import FxRate, RateMethod
from ipo_data.periods import Instant, Period, same_window
from ipo_data.units import UNITS

NATIVE = "native"
"""Every company in its reporting currency."""
OWN = "own"
"""Name of the set that the reader types."""
OWN_PAIRS: Final[dict[str, tuple[str, str, Decimal, Decimal]]] = {
    "usdcny": ("USD", "CNY", Decimal(5), Decimal(9)),
    "usdhkd": ("USD", "HKD", Decimal("7.75"), Decimal("7.85")),
}
"""Rates a reader may type: base, quote, lowest and highest; the Hong Kong dollar is held within its band."""
_TYPED: Final = re.compile(r"[0-9]{1,2}(\.[0-9]{1,6})?")
When = Period | Instant | None


@dataclass(frozen=True, slots=True)
class OwnRate:
    """A rate the reader typed: no document states it and it has no date.

    Attributes:
        base: Currency that is worth one.
        quote: Currency the rate is expressed in.
        rate: The rate.
    """

    base: str
    quote: str
    rate: Decimal

    @property
    def id(self) -> str:
        """Name for notes and exports: ``own.CNY-per-USD``."""
        return f"{OWN}.{self.quote}-per-{self.base}"


def own_rate(pair: str, typed: str) -> Decimal | None:
    """Return a typed rate of a pair (``usdcny``), or ``None`` if it is no number or out of bounds."""
    _, _, low, high = OWN_PAIRS[pair]
    if not _TYPED.fullmatch(typed):
        return None
    rate = Decimal(typed)
    return rate if low <= rate <= high else None


class Walk(NamedTuple):
    """How an amount of one currency is turned over into another's.

    Attributes:
        factor: What one unit of the first is in the second.
        used: Ids of the rates, joined by spaces, in the order in which they are applied.
        steps: The arithmetic: ``÷ 7.0569``, or two steps through a third currency.
    """

    factor: Decimal
    used: str
    steps: str


@dataclass(frozen=True, slots=True)
class Rates:
    """One named set of exchange rates.

    Attributes:
        name: Name of the set.
        rates: Its rates.
    """

    name: str
    rates: tuple[FxRate | OwnRate, ...]

    def factor(self, base: str, quote: str, when: When = None) -> tuple[Decimal, str] | None:
        """Return how many ``quote`` one ``base`` buys and the ids of the rates used; ``None`` if there is no way.

        A missing pair is crossed through one third currency.

        Args:
            base: Currency to convert from.
            quote: Currency to convert to.
            when: Window of a flow or date of a balance; decides between rates of one pair.
        """
        walk = self.walk(base, quote, when)
        return None if walk is None else (walk.factor, walk.used)

    def walk(self, base: str, quote: str, when: When = None) -> Walk | None:
        """Return how one currency is turned over into another, rate by rate; ``None`` if there is no way."""
        way = self._way(base, quote, when)
        if way is None:
            return None
        factor, currency, steps = Decimal(1), base, []
        for rate in way:
            multiplied = rate.base == currency
            factor *= rate.rate if multiplied else 1 / rate.rate
            steps.append(f"{'×' if multiplied else '÷'} {rate.rate.normalize():f}")
            currency = rate.quote if multiplied else rate.base
        return Walk(factor, " ".join(rate.id for rate in way), " ".join(steps))

    def _way(self, base: str, quote: str, when: When) -> tuple[FxRate | OwnRate, ...] | None:
        """Return the rates that lead from one currency to another, in the order in which they are applied."""
        if base == quote:
            return ()
        direct = self._direct(base, quote, when)
        if direct:
            return (direct,)
        for middle in sorted({rate.base for rate in self.rates} | {rate.quote for rate in self.rates}):
            first, second = self._direct(base, middle, when), self._direct(middle, quote, when)
            if first and second:
                return first, second
        return None

    def _direct(self, base: str, quote: str, when: When) -> FxRate | OwnRate | None:
        pairs = [rate for rate in self.rates if {rate.base, rate.quote} == {base, quote}]
        rate = min(pairs, key=lambda rate: _distance(rate, when), default=None)
        return None if rate is None or _distance(rate, when) == _UNFIT else rate

    def by_id(self, ids: str) -> list[FxRate | OwnRate]:
        """Return the rates whose ids are listed in ``ids``, separated by spaces."""
        return [rate for rate in self.rates if rate.id in ids.split()]


_UNFIT: Final = 2


def _distance(rate: FxRate | OwnRate, when: When) -> int:
    """Return 0 for the rate of the very window or day, 1 for one that serves all dates, 2 for another window's."""
    if isinstance(rate, OwnRate):
        return 1
    if rate.method is RateMethod.AVERAGE:
        return 0 if isinstance(when, Period) and same_window(Period.parse(rate.as_of), when) else _UNFIT
    own_day = isinstance(when, Instant) and rate.method is RateMethod.CLOSING and Instant.parse(rate.as_of) == when
    return 0 if own_day else 1


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


def own_rates(dataset: Dataset, name: str, typed: Mapping[str, str]) -> Rates:
    """Return the reader's own rates; pairs with the US dollar that were not typed come from a named set.

    A cross rate of the set is left out, so that the three currencies stay consistent with what was typed.

    Args:
        dataset: The evidence.
        name: The set that fills in.
        typed: Typed rates by pair (``usdcny``); empty or invalid ones count as not typed.
    """
    values = {pair: own_rate(pair, text) for pair, text in typed.items() if pair in OWN_PAIRS}
    own = tuple(OwnRate(*OWN_PAIRS[pair][:2], rate) for pair, rate in values.items() if rate is not None)
    others = rates_of(dataset, name).rates if name in rate_sets(dataset) else ()
    known = {frozenset((rate.base, rate.quote)) for rate in own}
    crossed = {"CNY", "HKD"} if own else set()
    rest = [r for r in others if frozenset((r.base, r.quote)) not in known and {r.base, r.quote} != crossed]
    return Rates(OWN, (*own, *rest))


def converted(point: DataPoint, currency: str, rates: Rates) -> DataPoint:
    """Return a money point in another currency, marked with the rates used; other points unchanged.

    If the rate set has no way to the currency, the point stays as it is, in its own currency.
    """
    if currency == NATIVE or point.unit not in UNITS or not UNITS[point.unit].is_money or point.unit == currency:
        return point
    walk = rates.walk(point.unit, currency, point.when)
    if walk is None or point.value is None:
        return replace(point, unit=currency) if point.value is None else point
    interval = point.interval * walk.factor if point.interval else None
    return replace(
        point, value=point.value * walk.factor, interval=interval, unit=currency, rate=walk.used,
        conversion=f"{point.conversion} {walk.steps}".strip(),
    )  # fmt: skip


def all_converted(points: Iterable[DataPoint], currency: str, rates: Rates) -> list[DataPoint]:
    """Return all points in one currency (see ``converted``)."""
    return [converted(point, currency, rates) for point in points]
