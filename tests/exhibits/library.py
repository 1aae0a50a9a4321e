"""Exhibits built once per view and shared by all tests of this folder."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ipo_data.dataset import Dataset
from ipo_data.exhibits.context import Context, restricted_to
from ipo_data.exhibits.model import CURRENCY_CHOICES, EVIDENCE_KINDS, Exhibit, View
from ipo_data.exhibits.registry import PAGES, build, exhibit_ids, page
from ipo_data.text.catalog import LANGUAGES

VIEWS = tuple(
    View(language=language, currency=currency, evidence=EVIDENCE_KINDS[(i + j) % 3])
    for i, language in enumerate(LANGUAGES)
    for j, currency in enumerate(CURRENCY_CHOICES)
)
"""Twelve views in which every pair of language, evidence and currency occurs; everything is checked in them."""

OTHER_VIEWS = tuple(
    View(language=language, currency=currency, evidence=EVIDENCE_KINDS[(i + j + k) % 3])
    for i, language in enumerate(LANGUAGES)
    for j, currency in enumerate(CURRENCY_CHOICES)
    for k in (1, 2)
)
"""The other 24 combinations: they are built, and their words and claims are checked."""

PLOTTED = (VIEWS[0], VIEWS[5], VIEWS[10])
"""Views, one per language and per evidence, whose figures Plotly checks; it takes as long as all the rest."""


def view_name(view: View) -> str:
    return f"{view.language}-{view.evidence}-{view.currency}"


class Library:
    """Contexts by evidence and exhibits by view, each made once.

    Args:
        dataset: The whole data set.
    """

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self._evidence: dict[tuple[object, ...], Dataset] = {}
        self._contexts: dict[View, Context] = {}
        self._exhibits: dict[tuple[View, str, str], Exhibit] = {}

    def context(self, view: View) -> Context:
        if view not in self._contexts:
            key = (view.evidence, view.known_by, view.without)
            if key not in self._evidence:
                self._evidence[key] = restricted_to(self.dataset, view)
            self._contexts[view] = Context(self._evidence[key], view)
        return self._contexts[view]

    def exhibit(self, view: View, page_id: str, name: str) -> Exhibit:
        """Return an exhibit."""
        key = (view, page_id, name)
        if key not in self._exhibits:
            self._exhibits[key] = build(self.context(view), page(page_id), name)
        return self._exhibits[key]

    def exhibits(self, view: View) -> Iterator[tuple[str, Exhibit]]:
        """Return every exhibit of every page with the page's id, those on two pages twice."""
        for chosen in PAGES:
            for name in exhibit_ids(chosen, self.context(view).companies):
                yield chosen.id, self.exhibit(view, chosen.id, name)

    def articles(self, language: str, **changes: Any) -> View:
        """Return the view of the five articles alone."""
        return replace(View(language=language, evidence="articles"), **changes)


def drawn(exhibit: Exhibit) -> dict[str, Any]:
    """Return an exhibit's chart as plain dictionaries."""
    return {"data": [], "layout": {}} if exhibit.figure is None else exhibit.figure.to_dict()


def words_in_figure(exhibit: Exhibit) -> list[str]:
    """Return everything that is written in a figure: notes, ticks, labels and hover."""
    figure = drawn(exhibit)
    found = [note["text"] for note in figure["layout"].get("annotations", ())]
    for name, axis in figure["layout"].items():
        if re.fullmatch(r"[xy]axis\d*", name):
            found += [str(tick) for tick in axis.get("ticktext") or ()]
    for trace in figure["data"]:
        found += [trace["hovertemplate"]] if trace.get("hovertemplate") else []
        found += [str(text) for text in flat(trace.get("text") or ())]
    return found


def claims_in_figure(exhibit: Exhibit) -> set[str]:
    """Return the claim ids that a figure's marks carry."""
    cells = (cell for trace in drawn(exhibit)["data"] for cell in flat(trace.get("customdata") or ()))
    return {claim for cell in cells for claim in str(cell).split()}


def words_of(exhibit: Exhibit) -> list[str]:
    """Return everything a reader reads of an exhibit."""
    table = [str(cell) for column in exhibit.table.columns for cell in exhibit.table[column]]
    own = [exhibit.title, exhibit.subtitle, exhibit.alt, exhibit.source_line, *exhibit.notes]
    return [*own, *map(str, exhibit.table.columns), *table, *words_in_figure(exhibit)]


def flat(cells: Any) -> list[Any]:
    if isinstance(cells, str):
        return [cells]
    return [inner for cell in cells for inner in (flat(cell) if isinstance(cell, list | tuple) else [cell])]
