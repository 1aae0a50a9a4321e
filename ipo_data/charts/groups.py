"""Rows of one company under its name: said once above them instead of at the head of every row."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from ipo_data.charts.theme import Look

_JOINT = " · "


@dataclass(frozen=True)
class Groups:
    """What heads the rows of a chart.

    Attributes:
        labels: Words of all rows from top to bottom, a company's name where its rows begin.
        heads: Company ids by their place among the labels; empty if the rows are not grouped.
        places: Place among the labels of each row that was given.
    """

    labels: tuple[str, ...]
    heads: dict[int, str]
    places: tuple[int, ...]


def by_company(labels: Sequence[str], companies: Sequence[str], look: Look) -> Groups:
    """Return rows grouped by company where each stands in one piece, begins with its name and one has several.

    Args:
        labels: Words of each row from top to bottom.
        companies: Company id of each row.
        look: Companies and their names.
    """
    runs = [(company, len(list(run))) for company, run in groupby(companies)]
    owned = zip(labels, companies, strict=True)
    named = all(_own(label, look.companies[company].name) is not None for label, company in owned)
    if not named or len(runs) != len(set(companies)) or max((count for _, count in runs), default=0) < 2:
        return Groups(tuple(labels), {}, tuple(range(len(labels))))
    words: list[str] = []
    heads: dict[int, str] = {}
    places: list[int] = []
    given = iter(labels)
    for company, count in runs:
        name = look.companies[company].name
        heads[len(words)] = company
        words.append(f"<b>{name}</b>")
        for _ in range(count):
            places.append(len(words))
            words.append(_own(next(given), name) or "")
    return Groups(tuple(words), heads, tuple(places))


def _own(label: str, name: str) -> str | None:
    """Return a label without the company's name at its head; ``None`` if it does not begin with it."""
    if label == name:
        return ""
    return label.removeprefix(name + _JOINT) if label.startswith(name + _JOINT) else None
