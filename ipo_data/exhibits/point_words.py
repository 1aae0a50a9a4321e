"""What tables say about a figure besides its digits: what it is, how it comes about, where it is printed."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ipo_data import formatting
from ipo_data.analysis.points import DataPoint, State
from ipo_data.model.claim import Claim
from ipo_data.model.source import Reading
from ipo_data.quantities import Bound

if TYPE_CHECKING:
    from ipo_data.exhibits.context import Context

_GROWTH: Final = ("_growth", "_cagr", "growth_asked", "price_change")
_FOUR_DIGITS: Final = 1_000
_TABLE: Final = "table:"
"""Begins the place of a figure that was read in a transcribed table."""


def is_multiple(point: DataPoint) -> bool:
    """Tell whether a growth rate is so large that the multiple of its base says more."""
    grows = point.unit == "percent" and point.measure.endswith(_GROWTH) and point.bound is Bound.EXACT
    return grows and point.value is not None and point.value >= formatting.MULTIPLE_FROM


def multiple_first(context: "Context", point: DataPoint, rate: str) -> str:
    """Write such a growth rate as the multiple of its base, with the percentage behind it: ``5.00× (+399.7%)``."""
    value = point.value or Decimal(0)
    percent = rate if value < _FOUR_DIGITS else formatting.percent(value, 0)
    return formatting.growth_multiple(value) + context.say.aside(f"+{percent}")


def growth(context: "Context", point: DataPoint) -> str:
    """Write a growth rate for a label or a sentence, with its sign."""
    unsigned = is_multiple(point) or point.value is None or point.value <= 0
    return ("" if unsigned else "+") + context.short(point)


def headline_and_rivals(context: "Context", points: Sequence[DataPoint]) -> tuple[str, str]:
    """Write the figure that a reason prefers and, apart from it, the others; undecided figures stand side by side.

    Args:
        context: The context.
        points: Figures on one thing, the preferred one first.
    """
    written = list(dict.fromkeys(context.short(point) for point in points))
    decided = points[0].state is State.JUDGED and len(written) > 1
    if not decided:
        return context.say("key.versus").join(written), ""
    return written[0], context.say("key.rivals", figures=context.say.join(written[1:]))


def growth_notes(context: "Context", points: Iterable[DataPoint]) -> list[str]:
    """Return how large growth is written in a chart, with the first such rate as the example."""
    found = next((point for point in points if is_multiple(point)), None)
    return [] if found is None else [context.say("note.multiple_of_base", example=context.short(found))]


def signed(context: "Context", point: DataPoint) -> str:
    """Write a change with its sign and all its digits."""
    return ("+" if point.value is not None and point.value > 0 else "") + context.point(point)


def status(context: "Context", point: DataPoint) -> str:
    """Write what a figure is; no document prints one that was converted."""
    state = context.say(f"state.{point.state}")
    return context.say.commas((state, context.say("state.converted"))) if point.conversion else state


def arithmetic(context: "Context", point: DataPoint) -> str:
    """Write how a figure comes about, up to the currency it is shown in; empty if a document prints it so."""
    if not point.conversion:
        return point.formula
    own = point.formula
    if not own and point.claims:
        own = formatting.claim_figure(context.dataset.claim_by_id[point.claims[0]], context.view.language)
    elif " + " in own or " − " in own:
        own = f"({own})"
    return f"{own} {point.conversion}"


def document(context: "Context", source: str) -> str:
    """Write a document's name, and that its figures were not read first hand where they were not."""
    name, reading = context.source_name(source), context.dataset.sources[source].reading
    return name if reading is Reading.FIRST_HAND else context.say.commas((name, context.say(f"reading.{reading}")))


def place(context: "Context", claim: Claim) -> str:
    """Write where a document prints a claim; the name of a transcribed table is no page."""
    found = claim.locator
    if found is None:
        return context.say("place.none")
    if not found.place.startswith(_TABLE):
        return claim.at or ""
    return context.say("place.table", name=found.place.removeprefix(_TABLE) or found.printed or "")


def printed_place(claim: Claim) -> str:
    """Return where a document prints a claim, for narrow columns: nothing in place of a transcribed table's name."""
    return "" if claim.locator is None or claim.locator.place.startswith(_TABLE) else claim.at or ""
