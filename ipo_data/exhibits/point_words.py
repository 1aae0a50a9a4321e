"""What tables say about a data point besides its figure: what it is, and how it comes about."""

from typing import TYPE_CHECKING

from ipo_data import formatting
from ipo_data.analysis.points import DataPoint

if TYPE_CHECKING:
    from ipo_data.exhibits.context import Context


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
