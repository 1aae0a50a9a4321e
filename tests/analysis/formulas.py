"""Works out a written formula, so that tests can hold its brackets against the value beside it."""

import re
from decimal import Decimal

_TOKEN = re.compile(r"\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<sign>[+−×÷/()^%²]))")


def worth(formula: str) -> Decimal:
    """Return what a formula amounts to: + − × ÷, brackets, %, a power and ², read as they are usually read."""
    return _Reader(formula).whole()


class _Reader:
    def __init__(self, formula: str) -> None:
        self._tokens: list[str] = []
        position = 0
        while position < len(formula.rstrip()):
            match = _TOKEN.match(formula, position)
            assert match is not None, f"cannot read '{formula}' from '{formula[position:]}'"
            self._tokens.append(match["number"] or match["sign"])
            position = match.end()

    def whole(self) -> Decimal:
        result = self._sum()
        assert self._tokens == [], f"left over: {self._tokens}"
        return result

    def _next(self, *signs: str) -> str:
        return self._tokens.pop(0) if self._tokens and self._tokens[0] in signs else ""

    def _sum(self) -> Decimal:
        result = -self._product() if self._next("−") else self._product()
        while sign := self._next("+", "−"):
            result = result + self._product() if sign == "+" else result - self._product()
        return result

    def _product(self) -> Decimal:
        result = self._power()
        while sign := self._next("×", "÷", "/"):
            result = result * self._power() if sign == "×" else result / self._power()
        return result

    def _power(self) -> Decimal:
        result = self._item()
        while sign := self._next("%", "²", "^"):
            if sign == "^":
                result = (result.ln() * self._item()).exp()
            else:
                result = result / 100 if sign == "%" else result * result
        return result

    def _item(self) -> Decimal:
        if self._next("("):
            result = self._sum()
            assert self._next(")"), "a bracket is not closed"
            return result
        return Decimal(self._tokens.pop(0))
