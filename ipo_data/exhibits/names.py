"""Names by which readers tell companies and documents apart."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from ipo_data.dataset import Dataset
from ipo_data.text.catalog import words

_HEADINGS: Final = ("item", "topic", "metric")
"""Headings of tables with a column per company."""
_COMMON: Final = re.compile(r"[A-Z][a-z]+\b")


def company_names(dataset: Dataset, language: str) -> dict[str, str]:
    """Return the name of every company, by its id.

    A company that is called like the heading beside which its column stands is told apart as well.
    """
    say = words(language)
    names = {code: dataset.say(company.name, language) for code, company in dataset.companies.items()}
    return distinct(names, [say(f"table.{heading}") for heading in _HEADINGS])


def distinct(names: Mapping[str, str], taken: Iterable[str] = ()) -> dict[str, str]:
    """Return names by code, with the code added to those that occur twice or are taken by something else.

    Example:
        >>> distinct({"a": "Acme", "b": "Acme", "c": "Zhipu"})
        {'a': 'Acme · a', 'b': 'Acme · b', 'c': 'Zhipu'}
    """
    counts = Counter([*names.values(), *taken])
    return {code: name if counts[name] == 1 else f"{name} · {code}" for code, name in names.items()}


def amid(name: str, language: str) -> str:
    """Return the name of a measure or a part as it is written inside a sentence; abbreviations keep their capitals.

    Example:
        >>> amid("On-premise deployment", "en"), amid("B-end (enterprises)", "en"), amid("R&D", "en")
        ('on-premise deployment', 'B-end (enterprises)', 'R&D')
    """
    return name[:1].lower() + name[1:] if language == "en" and _COMMON.match(name) else name


def part_amid(name: str, language: str) -> str:
    """Return the name of a part of revenue inside a sentence; a single word may be a proper name and stays.

    Example:
        >>> part_amid("Open platform and API (cloud)", "en"), part_amid("Atlas", "en")
        ('open platform and API (cloud)', 'Atlas')
    """
    return amid(name, language) if " " in name else name
