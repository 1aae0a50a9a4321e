"""Who owns and who votes: economic interest beside voting rights, and what no document accounts for."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from ipo_data.analysis.points import DataPoint, Term, derived, stated
from ipo_data.dataset import Dataset, Fact

PUBLIC: Final = "public"
"""Member that stands for all public shareholders of the offering: a part of the whole, but no named holder."""


@dataclass(frozen=True, slots=True)
class Holding:
    """One holder at one date.

    Attributes:
        holder: Member id.
        economic: Economic interest, one point per rival figure.
        votes: Voting rights; empty if not stated.
    """

    holder: str
    economic: list[DataPoint]
    votes: list[DataPoint]


def stages(dataset: Dataset, company: str) -> list[str]:
    """Return the stages (before the offering, after it …) for which holdings are stated, by date."""
    facts = dataset.select(company, "economic_interest")
    return list(dict.fromkeys(f.dimensions.get("stage", "") for f in facts))


def holdings(dataset: Dataset, company: str, stage: str) -> list[Holding]:
    """Return the holders at one stage, largest economic interest first."""
    economic = _by_holder(dataset, company, "economic_interest", stage)
    votes = _by_holder(dataset, company, "voting_rights", stage)
    found = [
        Holding(name, stated(economic[name]) if name in economic else [], stated(votes[name]) if name in votes else [])
        for name in dict.fromkeys([*economic, *votes])
    ]
    return sorted(found, key=lambda h: -max((p.value or Decimal(0) for p in h.economic), default=Decimal(0)))


def _by_holder(dataset: Dataset, company: str, metric: str, stage: str) -> dict[str, Fact]:
    facts = dataset.select(company, metric)
    return {
        f.dimensions["holder"]: f for f in facts if f.dimensions.get("stage", "") == stage and "holder" in f.dimensions
    }


def remainder(dataset: Dataset, company: str, stage: str, metric: str = "economic_interest") -> DataPoint | None:
    """Return the interest that the named holders leave open at a stage, the public shareholders with it.

    A group counts for its members where its own figure is stated without a rival: the documents need not name every
    member, and then the members add up to less than the group. Public shareholders are nobody by name.

    Args:
        dataset: The evidence.
        company: Company id.
        stage: One of ``stages``; empty where the holdings name none, and then the point names none either.
        metric: Economic interest or voting rights.
    """
    named = _by_holder(dataset, company, metric, stage)
    left_out = _counted_elsewhere(dataset, company, named)
    rest = Term.number(100)
    when = None
    for name, fact in named.items():
        if name in left_out:
            continue
        if fact.shown is None:
            return None
        rest, when = rest - Term.of(fact), fact.instant
    if when is None:
        return None
    dimensions = {"holder": "undisclosed_rest"} | ({"stage": stage} if stage else {})
    return derived(rest, company, metric, "percent", when, dimensions=dimensions)


def _counted_elsewhere(dataset: Dataset, company: str, named: dict[str, Fact]) -> set[str]:
    """Return the public, the members of groups that count for them, and groups for which their members count."""
    left_out = {PUBLIC}
    for group, parts in dataset.companies[company].groups.get("holder", {}).items():
        present = named.keys() & set(parts)
        if group in named and present:
            left_out |= present if named[group].shown else {group}
    return left_out
