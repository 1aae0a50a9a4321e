"""What tables say about a figure besides its digits: what it is, how it comes about, where it is printed."""

from typing import TYPE_CHECKING

from ipo_data import formatting
from ipo_data.analysis.points import DataPoint
from ipo_data.model.claim import Claim
from ipo_data.model.source import Reading

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


def document(context: "Context", source: str) -> str:
    """Write a document's name, and that its figures were not read first hand where they were not."""
    name, reading = context.source_name(source), context.dataset.sources[source].reading
    return name if reading is Reading.FIRST_HAND else context.say.commas((name, context.say(f"reading.{reading}")))


def place(context: "Context", claim: Claim) -> str:
    """Write where a document prints a claim; the name of a transcribed table is no page."""
    found = claim.locator
    if found is None:
        return context.say("place.none")
    table = found.place.removeprefix("table:")
    return (claim.at or "") if table == found.place else context.say("place.table", name=table or found.printed or "")
