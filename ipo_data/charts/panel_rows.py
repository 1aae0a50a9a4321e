"""Rows of panels: with more than two companies abreast, columns and words of a panel would be too narrow to read."""

from typing import Any, Final

from ipo_data.charts.drawing import Drawing
from ipo_data.charts.theme import Look

ABREAST: Final = 2
"""Panels in a row on a desk."""
_DATES: Final = 34
"""Pixels of the words below a panel."""


def columns(look: Look, count: int) -> int:
    """Return how many of ``count`` panels stand abreast; a narrow window stacks them itself."""
    return count if look.narrow else min(count, ABREAST)


def in_rows(drawn: Drawing, abreast: int) -> Drawing:
    """Return a chart whose panels stand in rows, each as high as the chart was.

    Args:
        drawn: A chart with one x axis per panel, numbered in reading order, whose domains are those of a row of
            ``abreast`` panels; words outside the panels are placed by their axes.
        abreast: Panels in a row; with no more panels than that the chart is returned as it is.
    """
    layout = drawn.layout
    numbers = sorted(
        int(name[5:] or 1) for name, part in layout.items() if name.startswith("xaxis") and "domain" in part
    )
    rows = -(-len(numbers) // max(abreast, 1))
    if rows < 2:
        return drawn
    top, bottom = layout["margin"]["t"], layout["margin"]["b"]
    plot, between = layout["height"] - top - bottom, top + _DATES
    whole = rows * plot + (rows - 1) * between
    placed: dict[str, Any] = {}
    for name, part in layout.items():
        if name.startswith("yaxis"):
            row = numbers.index(int(part["anchor"].removeprefix("x") or 1)) // abreast
            upper = 1 - row * (plot + between) / whole
            placed[name] = {**part, "domain": [max(0.0, round(upper - plot / whole, 4)), round(upper, 4)]}
    return Drawing(drawn.data, {**layout, **placed, "height": round(whole + top + bottom)})
