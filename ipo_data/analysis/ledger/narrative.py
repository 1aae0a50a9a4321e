"""Statements in words against the figures they speak of: the ledger's rows without a printed figure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from ipo_data.analysis.ledger.model import ONE
from ipo_data.analysis.points import Term, headline, quotient, sum_of
from ipo_data.analysis.verdicts import TieOut
from ipo_data.dataset import Dataset
from ipo_data.model.metric import METRICS, MONEY
from ipo_data.model.statement import Comparison, Operand, Statement
from ipo_data.model.text import Text
from ipo_data.periods import Period

RULE: Final = "narrative"
_ZERO: Final = Term.number(0)
_HALF: Final = Term.number(50)
_TWO: Final = Term.number(2)
_LEVELS: Final = frozenset({Comparison.EXCEEDS, Comparison.SECOND, Comparison.RISES, Comparison.FALLS})
"""Comparisons that set one figure against another, which takes one unit."""
_GROWTH: Final = frozenset({Comparison.GROWS_FASTER, Comparison.GROWS_SLOWER, Comparison.DOUBLES})


@dataclass(frozen=True, slots=True)
class NarrativeRow:
    """One statement against its figures.

    Attributes:
        id: ``narrative:company.statement@document``.
        company: Company the statement stands with.
        statement: What the document says.
        margins: By how much each part of the comparison holds; every one must be above zero.
        verdict: ``exact`` if it holds for all values behind the printed digits, ``in_conflict`` if for none,
            ``within_rounding`` if for some, ``not_computable`` if a figure is missing or unlike.
        explanation: Catalogue id of why it cannot be computed, or empty.
        reason: The same in the record's own words.
    """

    id: str
    company: str
    statement: Statement
    margins: tuple[Term, ...]
    verdict: TieOut
    explanation: str = ""
    reason: Text | None = None

    @property
    def decisive(self) -> Term | None:
        """The part that holds by least or fails by most; ``None`` without figures."""
        return min(self.margins, key=lambda margin: margin.interval.low, default=None)

    @property
    def claims(self) -> tuple[str, ...]:
        """Ids of all claims behind the figures."""
        return tuple(sorted({claim for margin in self.margins for claim in margin.claims}))

    @property
    def facts(self) -> tuple[str, ...]:
        """Ids of all facts behind the figures, in order of use."""
        return tuple(dict.fromkeys(fact for margin in self.margins for fact in margin.facts))


@lru_cache(maxsize=16)
def narratives(dataset: Dataset) -> tuple[NarrativeRow, ...]:
    """Return every statement of a document that counts, by company and id."""
    found = [_row(dataset, c, item) for c in dataset.companies for item in dataset.statements(c)]
    order = {name: index for index, name in enumerate(dataset.companies)}
    return tuple(sorted(found, key=lambda row: (order[row.company], row.id)))


def _row(dataset: Dataset, company: str, statement: Statement) -> NarrativeRow:
    identity = f"{RULE}:{company}.{statement.id}@{statement.source}"
    if statement.lacks is not None:
        return NarrativeRow(identity, company, statement, (), TieOut.NOT_COMPUTABLE, reason=statement.lacks)
    if not _alike(dataset, company, statement):
        return NarrativeRow(identity, company, statement, (), TieOut.NOT_COMPUTABLE, "explain.unlike_figures")
    value = _growth if statement.compares in _GROWTH else _level
    found = [value(dataset, operand.company or company, operand) for operand in statement.figures]
    terms = [term for term in found if term is not None]
    if len(terms) < len(found):
        return NarrativeRow(identity, company, statement, (), TieOut.NOT_COMPUTABLE, "explain.missing_figure")
    margins = tuple(_MARGINS[statement.compares](terms))
    return NarrativeRow(identity, company, statement, margins, verdict_of(margins))


def verdict_of(margins: tuple[Term, ...]) -> TieOut:
    """Return whether every margin is above zero: for all values behind the printed digits, for none, or for some."""
    if any(margin.interval.high <= 0 for margin in margins):
        return TieOut.IN_CONFLICT
    return TieOut.EXACT if all(margin.interval.low > 0 for margin in margins) else TieOut.WITHIN_ROUNDING


# --- figures ----------------------------------------------------------------------------------------------------------


def _alike(dataset: Dataset, company: str, statement: Statement) -> bool:
    """Tell whether the figures may be compared: growth over one window, levels in one unit, firms over one period."""
    figures = statement.figures
    if statement.compares in _GROWTH - {Comparison.DOUBLES} and len({(f.period, f.since) for f in figures}) > 1:
        return False
    if statement.compares in _LEVELS and len({_unit(dataset, company, figure) for figure in figures}) > 1:
        return False
    one_company = len({figure.company or company for figure in figures}) == 1
    return one_company or len({(figure.period, figure.as_of) for figure in figures}) == 1


def _unit(dataset: Dataset, company: str, figure: Operand) -> str:
    """Return what a figure is counted in; a ratio of two metrics is a plain number."""
    if figure.per is not None:
        return "ratio"
    unit = METRICS[figure.metric].unit
    return figure.currency or dataset.companies[figure.company or company].reporting_currency if unit == MONEY else unit


def _level(dataset: Dataset, company: str, operand: Operand, when: str | None = None) -> Term | None:
    """Return a figure, divided by another of the same date where the statement says so."""
    moment = when or operand.period or operand.as_of
    money = {"unit": operand.currency} if operand.currency else {}
    found = headline(dataset, company, operand.metric, moment, **money, **operand.dimensions)
    if operand.per is None:
        return found
    return quotient(found, headline(dataset, company, operand.per, moment))


def _growth(dataset: Dataset, company: str, operand: Operand) -> Term | None:
    """Return later ÷ earlier from the figures, else 1 + the stated rate of growth."""
    if operand.period is None:
        return None
    now = _level(dataset, company, operand)
    prior = Period.parse(operand.period, dataset.companies[company].year_end_month).prior_year()
    ratio = quotient(now, _level(dataset, company, operand, operand.since or prior.label))
    stated = f"{operand.metric}_growth"
    if ratio is not None or operand.since or operand.per or stated not in METRICS:
        return ratio
    rate = headline(dataset, company, stated, operand.period, **operand.dimensions)
    return ONE + rate.fraction() if rate is not None else None


# --- comparisons ------------------------------------------------------------------------------------------------------


def _rises(terms: list[Term]) -> Iterator[Term]:
    return (after - before for before, after in pairwise(terms))


def _falls(terms: list[Term]) -> Iterator[Term]:
    return (before - after for before, after in pairwise(terms))


def _above_each(terms: list[Term]) -> Iterator[Term]:
    return (terms[0] - other for other in terms[1:])


def _below_each(terms: list[Term]) -> Iterator[Term]:
    return (other - terms[0] for other in terms[1:])


def _second(terms: list[Term]) -> Iterator[Term]:
    above = max(terms[1:], key=lambda term: term.value)
    yield above - terms[0]
    yield from (terms[0] - other for other in terms[1:] if other is not above)


_MARGINS: Final[dict[Comparison, Callable[[list[Term]], Iterator[Term]]]] = {
    Comparison.GROWS_FASTER: _above_each,
    Comparison.GROWS_SLOWER: _below_each,
    Comparison.RISES: _rises,
    Comparison.FALLS: _falls,
    Comparison.EXCEEDS: _above_each,
    Comparison.SECOND: _second,
    Comparison.MAJORITY: lambda terms: iter([sum_of(terms) - _HALF]),
    Comparison.MINORITY: lambda terms: iter([_HALF - sum_of(terms)]),
    Comparison.DOUBLES: lambda terms: (term - _TWO for term in terms),
    Comparison.POSITIVE: iter,
    Comparison.NEGATIVE: lambda terms: (_ZERO - term for term in terms),
    Comparison.TURNS_POSITIVE: lambda terms: iter([_ZERO - terms[0], terms[-1]]),
}
"""Comparison → the margins that must be above zero."""
