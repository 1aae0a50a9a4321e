"""Closed intervals of decimal numbers: the arithmetic behind every verdict.

A printed figure stands for every value that would have been printed the same way. Sums, ratios and growth
rates of printed figures are therefore intervals, and a stated result agrees with its inputs when the intervals meet.
"""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from typing import Final

INFINITY: Final = Decimal("Infinity")
_ZERO: Final = Decimal(0)
_DIGITS: Final = 28
# a result that needs more digits is rounded outwards, so that the interval never loses the true value
_DOWN: Final = Context(prec=_DIGITS, rounding=ROUND_FLOOR)
_UP: Final = Context(prec=_DIGITS, rounding=ROUND_CEILING)
_NEAR: Final = Context(prec=_DIGITS, rounding=ROUND_HALF_EVEN)
_FINE: Final = Context(prec=_DIGITS + 12, rounding=ROUND_HALF_EVEN)


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from ``low`` to ``high``, both included; an open side is infinite.

    Results of arithmetic hold every result of their operands' members: bounds that do not fit are rounded outwards.

    Raises:
        ValueError: If a bound is NaN, ``low`` is above ``high`` or no finite number lies between them.
    """

    low: Decimal
    high: Decimal

    def __post_init__(self) -> None:
        if self.low.is_nan() or self.high.is_nan():
            raise ValueError("an interval bound is not a number")
        if self.low > self.high:
            raise ValueError(f"interval bounds are reversed: {self.low} > {self.high}")
        if self.low == self.high and self.low.is_infinite():
            raise ValueError("an interval holds finite numbers; infinity alone is none")

    @classmethod
    def point(cls, value: Decimal | int | str) -> "Interval":
        """Return the interval that holds one number."""
        exact = Decimal(value)
        return cls(exact, exact)

    @property
    def width(self) -> Decimal:
        """Distance between the bounds (infinite if a side is open)."""
        return self.high - self.low

    @property
    def middle(self) -> Decimal:
        """The number half-way between two finite bounds; the finite bound if one side is open."""
        if self.high.is_infinite():
            return self.low
        if self.low.is_infinite():
            return self.high
        return (self.low + self.high) / 2

    @property
    def bounded(self) -> bool:
        """Whether both sides are finite."""
        return self.low.is_finite() and self.high.is_finite()

    def contains(self, value: Decimal) -> bool:
        """Tell whether ``value`` lies inside, bounds included."""
        return self.low <= value <= self.high

    def meets(self, other: "Interval") -> bool:
        """Tell whether the two intervals share at least one number."""
        return self.low <= other.high and other.low <= self.high

    def intersection(self, other: "Interval") -> "Interval | None":
        """Return the shared part, or ``None`` if there is none."""
        if not self.meets(other):
            return None
        return Interval(max(self.low, other.low), min(self.high, other.high))

    def hull(self, other: "Interval") -> "Interval":
        """Return the smallest interval that holds both."""
        return Interval(min(self.low, other.low), max(self.high, other.high))

    def __add__(self, other: "Interval | Decimal | int") -> "Interval":
        right = as_interval(other)
        return _between(_DOWN.add(self.low, right.low), _UP.add(self.high, right.high))

    __radd__ = __add__

    def __neg__(self) -> "Interval":
        return _between(self.high.copy_negate(), self.low.copy_negate())

    def __sub__(self, other: "Interval | Decimal | int") -> "Interval":
        return self + (-as_interval(other))

    def __rsub__(self, other: "Decimal | int") -> "Interval":
        return as_interval(other) - self

    def __mul__(self, other: "Interval | Decimal | int") -> "Interval":
        right = as_interval(other)
        corners = [(a, b) for a in (self.low, self.high) for b in (right.low, right.high)]
        return _between(min(_times(a, b, _DOWN) for a, b in corners), max(_times(a, b, _UP) for a, b in corners))

    __rmul__ = __mul__

    def __truediv__(self, other: "Interval | Decimal | int") -> "Interval":
        right = as_interval(other)
        if right.contains(_ZERO):
            raise ZeroDivisionError(f"the divisor [{right.low}, {right.high}] may be zero")
        corners = [(a, b) for a in (self.low, self.high) for b in (right.low, right.high)]
        return _between(min(_over(a, b, _DOWN) for a, b in corners), max(_over(a, b, _UP) for a, b in corners))

    def __rtruediv__(self, other: "Decimal | int") -> "Interval":
        return as_interval(other) / self

    def root(self, degree: int | Decimal) -> "Interval":
        """Return the positive root of a non-negative interval (``degree`` 2 is the square root).

        Raises:
            ValueError: If a bound is negative or the degree is not positive.
        """
        if self.low < 0 or degree <= 0:
            raise ValueError("a root needs a non-negative interval and a positive degree")
        return _between(_root(self.low, Decimal(degree), _DOWN), _root(self.high, Decimal(degree), _UP))


def as_interval(value: "Interval | Decimal | int") -> Interval:
    """Return ``value`` itself if it is an interval, else the interval of that one number."""
    return value if isinstance(value, Interval) else Interval.point(value)


def _between(low: Decimal, high: Decimal) -> Interval:
    return Interval(low or _ZERO, high or _ZERO)  # no negative zeros


def _times(a: Decimal, b: Decimal, rounding: Context) -> Decimal:
    # zero times an open side is zero: the open side stands for arbitrarily large but finite numbers
    return _ZERO if a == 0 or b == 0 else rounding.multiply(a, b)


def _over(a: Decimal, b: Decimal, rounding: Context) -> Decimal:
    return _ZERO if a == 0 or b.is_infinite() else rounding.divide(a, b)


def _root(value: Decimal, degree: Decimal, rounding: Context) -> Decimal:
    if value == 0 or value.is_infinite() or degree == 1:
        return value
    fine = _FINE.exp(_FINE.divide(_FINE.ln(value), degree))
    exact = _NEAR.plus(fine)
    if degree == degree.to_integral_value() and _FINE.power(exact, degree) == value:
        return exact
    return rounding.plus(fine)
