"""How a golden number is found in what the product computes: ``ART.value(…)`` reads it from the articles alone."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ipo_data.analysis import runway
from ipo_data.analysis.points import DataPoint
from tests.analysis.figures import MILLION, Figures


@dataclass(frozen=True)
class Evidence:
    """What the numbers are computed from.

    Attributes:
        articles: The five articles.
        everything: All documents.
        analysis: One article alone: the articles disagree on the balance, and a disputed balance gives no number.
        corrected: The articles with the share of Hailuo AI as the prospectus prints it.
    """

    articles: Figures
    everything: Figures
    analysis: Figures
    corrected: Figures


Find = Callable[[Evidence], Decimal | None]


@dataclass(frozen=True)
class Golden:
    """A number, where the product computes it, and how far off it may be."""

    id: str
    what: str
    find: Find
    golden: str
    tolerance: str


@dataclass(frozen=True)
class Look:
    """Ways to look a number up in one body of evidence."""

    evidence: str

    def _in(self, e: Evidence) -> Figures:
        return getattr(e, self.evidence)

    def value(self, *which: str, per: int | Decimal = 1, **dimensions: str) -> Find:
        return lambda e: self._in(e).value(*which, **dimensions) / per

    def thousands(self, *which: str, **dimensions: str) -> Find:
        return self.value(*which, per=1000, **dimensions)

    def millions(self, *which: str, **dimensions: str) -> Find:
        return self.value(*which, per=MILLION, **dimensions)

    def billions(self, *which: str, **dimensions: str) -> Find:
        return self.value(*which, per=MILLION * 1000, **dimensions)

    def written(self, formula: str, *which: str, per: int | Decimal = 1, **dimensions: str) -> Find:
        """Return the one of several rival points whose formula begins so."""

        def find(e: Evidence) -> Decimal | None:
            values = {p.value for p in self._in(e).all(*which, **dimensions) if p.formula.startswith(formula)}
            assert len(values) == 1, values
            value = values.pop()
            return value / per if value is not None else None

        return find

    def low(self, *which: str, per: int | Decimal = 1, **dimensions: str) -> Find:
        return lambda e: self._interval(self._in(e).point(*which, **dimensions)).low / per

    def high(self, *which: str, per: int | Decimal = 1, **dimensions: str) -> Find:
        return lambda e: self._interval(self._in(e).point(*which, **dimensions)).high / per

    @staticmethod
    def _interval(point: DataPoint) -> Any:
        assert point.interval is not None
        return point.interval

    def row(self, rule: str, claim: str, *, per: int | Decimal = 1) -> Find:
        """Return the recomputed figure of a row of the ledger."""
        return lambda e: self._in(e).computed(rule, claim) / per

    def row_ends(self, rule: str, claim: str, side: str) -> Find:
        return lambda e: getattr(self._in(e).row(rule, claim).computed.interval, side)  # type: ignore[union-attr]

    def stated_in(self, currency: str, rates: str, *which: str, **options: Any) -> Find:
        """Return a stated figure in millions of another currency."""
        return lambda e: self._in(e).in_currency(self._in(e).stated(*which, **options), currency, rates)

    def derived_in(self, currency: str, rates: str, *which: str, **dimensions: str) -> Find:
        """Return a derived figure in millions of another currency."""
        return lambda e: self._in(e).in_currency(self._in(e).point(*which, **dimensions), currency, rates)

    def cell(self, company: str, liquidity: str, burn: str, *, balance: str) -> Find:
        """Return a cell of the runway matrix: the one whose balance is printed so."""

        def find(e: Evidence) -> Decimal | None:
            cells = [
                c for c in runway.matrix(self._in(e).dataset, company)
                if (c.liquidity.definition, c.burn.definition) == (liquidity, burn) and balance in c.liquidity.term.text
            ]  # fmt: skip
            assert len(cells) == 1
            return cells[0].point.value

        return find

    def burn(self, company: str, when: str, definition: str) -> Find:
        """Return a measure of monthly burn in millions."""

        def find(e: Evidence) -> Decimal | None:
            amounts = runway.burn_amounts(self._in(e).dataset, company, when)
            return next(a.term.value for a in amounts if a.definition == definition) / MILLION

        return find


ART = Look("articles")
DOC = Look("everything")
ONE = Look("analysis")
FIX = Look("corrected")
