"""Why published runways differ: from one pair of definitions to the next, each step with what it adds in months."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from ipo_data.analysis import runway
from ipo_data.analysis.points import DataPoint, Term, derived
from ipo_data.analysis.runway import Amount, Cell
from ipo_data.dataset import Dataset

OWN_BURNS: Final = ("assumed", "realised")
"""Burn a company reckons with: assumed, else realised."""


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the bridge.

    Attributes:
        kind: ``level``, or what changes: ``liquidity``, ``burn`` or ``proceeds``.
        definition: Code of the new liquidity, burn or proceeds; of a level, of its liquidity.
        amount: The new amount.
        point: Months of a level, or added by a change.
        published: The published runway that a level gives, if there is one.
    """

    kind: str
    definition: str
    amount: Amount
    point: DataPoint
    published: DataPoint | None = None


def bridge(dataset: Dataset, company: str) -> list[Step]:
    """Return the steps from the narrowest liquidity to the company's own figure, and from there to every other one.

    Each published runway that a pair of definitions gives is a level; the steps to it change one thing at a time,
    liquidity before burn. Empty without liquidity and burn.
    """
    cells = runway.matrix(dataset, company)
    published = runway.published(dataset, company)
    burn = next((c.burn for name in OWN_BURNS for c in cells if c.burn.definition == name and c.point.value), None)
    if burn is None:
        return []
    base = runway.own_balance(dataset, company) or _likeliest(cells, burn, published)
    tiers = [c.liquidity for c in cells if c.burn == burn and c.liquidity.definition != base.definition]
    ladder = [*tiers, base]
    found = [_level(company, ladder[0], burn, published)]
    for below, above in pairwise(ladder):
        found.append(_change(company, "liquidity", above, (below.term / burn.term, above.term / burn.term)))
    if tiers:
        found.append(_level(company, base, burn, published))
    for cell in _other_levels(cells, base, burn, published):
        found += _way_to(company, base, burn, cell, published)
    for cell in runway.proceeds_cells(dataset, company):
        if cell.burn == burn and _given(cell, published) is not None:
            found += _with_proceeds(company, base, cell, published)
    return [step for step, before in zip(found, [None, *found], strict=False) if step != before]


def _likeliest(cells: list[Cell], burn: Amount, published: list[DataPoint]) -> Amount:
    """Return the balance that a published runway follows from over the company's burn; else the last one."""
    own = [c for c in cells if c.burn == burn and c.liquidity.definition == "company_definition"]
    return next((c for c in own if _given(c, published) is not None), cells[-1]).liquidity


def _other_levels(cells: list[Cell], base: Amount, burn: Amount, published: list[DataPoint]) -> Iterator[Cell]:
    """Yield the cell of each published runway that another pair of definitions gives."""
    for point in published:
        matches = runway.reproduces(point, cells)
        if matches and not any(c.liquidity == base and c.burn == burn for c in matches):
            yield matches[0]


def _way_to(company: str, base: Amount, burn: Amount, cell: Cell, published: list[DataPoint]) -> list[Step]:
    start, middle = base.term / burn.term, cell.liquidity.term / burn.term
    steps = [_level(company, base, burn, published)]
    if cell.liquidity != base:
        steps.append(_change(company, "liquidity", cell.liquidity, (start, middle)))
    if cell.burn != burn:
        steps.append(_change(company, "burn", cell.burn, (middle, cell.liquidity.term / cell.burn.term)))
    return [*steps, _level(company, cell.liquidity, cell.burn, published)]


def _with_proceeds(company: str, base: Amount, cell: Cell, published: list[DataPoint]) -> list[Step]:
    share = cell.point.dimensions["proceeds"]
    ends = (base.term / cell.burn.term, cell.liquidity.term / cell.burn.term)
    return [
        _level(company, base, cell.burn, published),
        _change(company, "proceeds", replace(cell.liquidity, definition=share), ends),
        Step("level", share, cell.liquidity, cell.point, _given(cell, published)),
    ]


def _level(company: str, liquidity: Amount, burn: Amount, published: list[DataPoint]) -> Step:
    dimensions = {"liquidity": liquidity.definition, "burn": burn.definition}
    point = derived(liquidity.term / burn.term, company, "runway_computed", "months", dimensions=dimensions)
    return Step("level", liquidity.definition, liquidity, point, _given(Cell(liquidity, burn, point, None), published))


def _given(cell: Cell, published: list[DataPoint]) -> DataPoint | None:
    return next((point for point in published if runway.reproduces(point, [cell])), None)


def _change(company: str, kind: str, amount: Amount, ends: tuple[Term, Term]) -> Step:
    before, after = ends
    dimensions = {kind: amount.definition}
    point = derived(after - before, company, "runway_step", "months", dimensions=dimensions)
    return Step(kind, amount.definition, amount, point)
