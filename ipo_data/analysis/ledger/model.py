"""What a ledger row is, and how rules look up their inputs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ipo_data.analysis.points import Term, headline, quotient, shown_term, sum_of
from ipo_data.analysis.verdicts import TieOut
from ipo_data.dataset import Dataset, Fact
from ipo_data.model.claim import Claim
from ipo_data.model.text import Text

ONE: Final = Term.number(1)
HUNDRED: Final = Term.number(100)

Compute = Callable[[Dataset, Fact], Term | None]
"""Computes what a fact should be from other facts; ``None`` if an input is missing or in conflict."""
ComputeOwn = Callable[[Dataset, Fact, Claim], Term | None]
"""Computes what a claim should be from the figures of its own document."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to recompute a stated figure.

    Attributes:
        id: Name; its words and formula are in the catalogues under ``rule.<id>``.
        metric: Metric whose claims it tests.
        compute: The recomputation.
        expects: Whether every fact of the metric should be testable, so that a missing input is worth naming.
        own: The recomputation from the claim's own document, where an input is in conflict between documents.
    """

    id: str
    metric: str
    compute: Compute
    expects: bool = True
    own: ComputeOwn | None = None


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One stated figure against its recomputation.

    Attributes:
        id: ``rule:claim``.
        rule: Rule id.
        claim: The stated figure.
        computed: The recomputed figure; ``None`` if it cannot be computed.
        verdict: How they relate.
        explanation: Catalogue id of the explanation, or empty.
        reason: Explanation written in a judgement, if one speaks of the figure.
    """

    id: str
    rule: str
    claim: Claim
    computed: Term | None
    verdict: TieOut
    explanation: str = ""
    reason: Text | None = None


def term(dataset: Dataset, fact: Fact, metric: str, when: str | None = "", **options: str) -> Term | None:
    """Return another headline of the fact's company, by default for the fact's own period or date.

    Args:
        dataset: The evidence.
        fact: The fact under test.
        metric: Metric of the input.
        when: Period label or date; empty for the fact's own.
        **options: Breakdown, ``unit``, ``basis`` and ``kind``.
    """
    own = fact.subject.period or fact.subject.as_of
    return headline(dataset, fact.company, metric, own if when == "" else when, **options)


total = sum_of
shown = shown_term


def change(now: Term | None, before: Term | None) -> Term | None:
    """Return *now ÷ before − 1* in percent; ``None`` without a positive base."""
    ratio = quotient(now, before)
    return (ratio - ONE).percent() if ratio is not None else None
