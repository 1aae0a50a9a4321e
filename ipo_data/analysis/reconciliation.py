"""Where documents disagree, and what does not follow from its own inputs."""

from ipo_data.analysis.ledger import LedgerRow, ledger, untested
from ipo_data.dataset import Dataset, Fact


def conflicts(dataset: Dataset) -> list[Fact]:
    """Return every fact on which documents disagree, by id."""
    return [fact for fact in dataset.facts if fact.status.is_disputed]


__all__ = ["LedgerRow", "conflicts", "ledger", "untested"]
