"""Who owns and who votes: economic interest beside voting rights, and what no document accounts for."""

from dataclasses import dataclass
from decimal import Decimal

from ipo_data.analysis.points import DataPoint, Term, derived, stated
from ipo_data.dataset import Dataset, Fact


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
    """Return the interest that the named holders leave open at a stage, groups left out.

    Args:
        dataset: The evidence.
        company: Company id.
        stage: One of ``stages``; empty where the holdings name none, and then the point names none either.
        metric: Economic interest or voting rights.
    """
    groups = dataset.companies[company].groups.get("holder", {})
    named = _by_holder(dataset, company, metric, stage)
    rest = Term.number(100)
    when = None
    for name, fact in named.items():
        if any(part in named for part in groups.get(name, ())):
            continue
        if fact.shown is None:
            return None
        rest, when = rest - Term.of(fact), fact.instant
    if when is None:
        return None
    dimensions = {"holder": "undisclosed_rest"} | ({"stage": stage} if stage else {})
    return derived(rest, company, metric, "percent", when, dimensions=dimensions)
