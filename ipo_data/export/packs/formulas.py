"""Arithmetic as written beside a derived figure → a spreadsheet formula over the cells of its inputs.

``116.573 ÷ 30.429 − 1`` with the two revenues in ``E5`` and ``E6`` becomes ``((E5/1000000)/(E6/1000000)-1)*100``. A
formula is only used if, worked out with the cells' values, it gives the figure itself.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import Final

_TOKEN: Final = re.compile(r"\s*(?:(\d+(?:\.\d+)?)(%?)|(.))")
_SIGNS: Final = {"+": "+", "−": "-", "×": "*", "÷": "/", "^": "^"}
_CLOSE: Final = 1e-13
"""Relative difference up to which two ways of working out a figure are the same."""
_SIX_DIGITS: Final = 5.1e-6
_MILLION: Final = 1e6


@dataclass(frozen=True, slots=True)
class Operand:
    """A cell that a formula may read.

    Attributes:
        cell: Reference, e.g. ``Claims!$E$5``.
        value: The number in the cell.
        exact: Whether formulas write it with all its digits; figures that are computed themselves are written to six.
    """

    cell: str
    value: float
    exact: bool = True


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a formula with its value."""

    text: str
    value: float


def live_formula(
    arithmetic: str, value: Decimal, operands: Sequence[Operand], rates: Iterable[Operand] = ()
) -> str | None:
    """Return the spreadsheet formula of a derived figure, without the equals sign.

    Args:
        arithmetic: The formula as written: numbers, brackets and ``+ − × ÷ ^ %``.
        value: The figure it gives, in base units (percent as printed).
        operands: Cells of its inputs; a number of the text that is none of them stays a number.
        rates: Cells of the exchange rates that were applied to the result.

    Returns:
        The formula, or ``None`` if none gives the figure.
    """
    wanted = float(value)
    try:
        whole = _Reader(arithmetic, operands).read()
    except (ValueError, ZeroDivisionError, OverflowError):
        return None
    if whole is None or not any(operand.cell in whole.text for operand in operands):
        return None
    return next((text for text, result in _scaled(whole, rates) if _same(result, wanted)), None)


def _scaled(whole: _Part, rates: Iterable[Operand]) -> Iterable[tuple[str, float]]:
    """Yield the formula as it is, as a percentage and in base units, without and with the rates applied either way."""
    applied = [((f"*{r.cell}", r.value), (f"/{r.cell}", 1 / r.value)) for r in rates if r.value]
    for crossing in [(), *(product(*applied) if applied else [])]:
        for text, factor in (("", 1.0), ("*100", 100.0), ("*1000000", _MILLION), ("/1000000", 1 / _MILLION)):
            total = factor
            for _, rate in crossing:
                total *= rate
            yield f"({whole.text}){text}{''.join(step for step, _ in crossing)}", whole.value * total


def _same(found: float, wanted: float) -> bool:
    return abs(found - wanted) <= _CLOSE * max(abs(found), abs(wanted))


class _Reader:
    """Reads an arithmetic text by precedence: sums of products of powers of numbers and brackets."""

    def __init__(self, text: str, operands: Sequence[Operand]) -> None:
        self._tokens = [match.groups() for match in _TOKEN.finditer(text.strip())]
        self._operands = operands
        self._at = 0

    def read(self) -> _Part | None:
        whole = self._sum()
        return whole if self._at == len(self._tokens) else None

    def _sign(self) -> str:
        return self._tokens[self._at][2] or "" if self._at < len(self._tokens) else ""

    def _taken(self, *signs: str) -> str:
        sign = self._sign()
        if sign not in signs:
            return ""
        self._at += 1
        return sign

    def _sum(self) -> _Part:
        left = self._product()
        while sign := self._taken("+", "−"):
            right = self._product()
            value = left.value + right.value if sign == "+" else left.value - right.value
            left = _Part(f"{left.text}{_SIGNS[sign]}{right.text}", value)
        return left

    def _product(self) -> _Part:
        left = self._power()
        while sign := self._taken("×", "÷"):
            right = self._power()
            value = left.value * right.value if sign == "×" else left.value / right.value
            left = _Part(f"{left.text}{_SIGNS[sign]}{right.text}", value)
        return left

    def _power(self) -> _Part:
        base = self._single()
        if not self._taken("^"):
            return base
        exponent = self._single()
        return _Part(f"{base.text}^{exponent.text}", float(base.value**exponent.value))

    def _single(self) -> _Part:
        if self._taken("−"):
            inner = self._single()
            return _Part(f"(-{inner.text})", -inner.value)
        if self._taken("("):
            inner = self._sum()
            if not self._taken(")"):
                raise ValueError("a bracket stays open")
            return self._percent(_Part(f"({inner.text})", inner.value))
        if self._taken("/"):
            raise ValueError("a slash stands only inside the exponent of a root")
        return self._number()

    def _percent(self, part: _Part) -> _Part:
        return _Part(f"({part.text}/100)", part.value / 100) if self._taken("%") else part

    def _number(self) -> _Part:
        if self._at >= len(self._tokens) or self._tokens[self._at][0] is None:
            raise ValueError("a number is missing")
        digits, percent, _ = self._tokens[self._at]
        self._at += 1
        part = self._root(digits) or self._cell_of(float(digits)) or _Part(digits, float(digits))
        return _Part(f"({part.text}/100)", part.value / 100) if percent else part

    def _root(self, digits: str) -> _Part | None:
        """Read ``1/4`` in the exponent of a root."""
        if self._sign() != "/":
            return None
        self._at += 1
        below = self._number()
        return _Part(f"{digits}/{below.text}", float(digits) / below.value)

    def _cell_of(self, number: float) -> _Part | None:
        """Return the cell that a written number stands for: as it is, in millions, or turned round for a rate."""
        for operand in self._operands:
            limit = 1e-15 if operand.exact else _SIX_DIGITS
            for text, value in (
                (operand.cell, operand.value),
                (f"({operand.cell}/1000000)", operand.value / _MILLION),
                *([(f"(1/{operand.cell})", 1 / operand.value)] if operand.value and not operand.exact else []),
            ):
                if abs(value - number) <= limit * abs(number):
                    return _Part(text, value)
        return None
