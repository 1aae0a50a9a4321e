"""Names by which readers tell companies and documents apart."""

from collections import Counter
from collections.abc import Mapping

from ipo_data.dataset import Dataset


def company_names(dataset: Dataset, language: str) -> dict[str, str]:
    """Return the name of every company, by its id."""
    return distinct({code: dataset.say(company.name, language) for code, company in dataset.companies.items()})


def distinct(names: Mapping[str, str]) -> dict[str, str]:
    """Return names by code, with the code added to those that occur twice.

    Example:
        >>> distinct({"a": "Acme", "b": "Acme", "c": "Zhipu"})
        {'a': 'Acme · a', 'b': 'Acme · b', 'c': 'Zhipu'}
    """
    counts = Counter(names.values())
    return {code: name if counts[name] == 1 else f"{name} · {code}" for code, name in names.items()}
