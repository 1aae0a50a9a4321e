"""Notes that keep figures apart which sound alike."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ipo_data.analysis.look_alikes import alike_in_name, declared
from ipo_data.analysis.points import DataPoint

if TYPE_CHECKING:
    from ipo_data.exhibits.context import Context


def look_alike_notes(context: "Context", points: Sequence[DataPoint], name: str) -> list[str]:
    """Return a note per group of metrics that sound alike and per declared pair of figures that do.

    Args:
        context: The context.
        points: The points of an exhibit.
        name: Id of the exhibit; the one that lists declared look-alikes needs no notes on them.
    """
    return [*_definitions(context, points), *(_declared(context, points) if name != "look-alikes" else [])]


def _definitions(context: "Context", points: Sequence[DataPoint]) -> list[str]:
    say = context.say
    groups = [
        context.clauses(
            say("note.definition", name=context.label(metric, ""), means=say(f"definition.{metric}"))
            for metric in group
        )
        for group in alike_in_name(points)
    ]
    return [say("note.look_alikes", definitions=group) for group in groups]


def _declared(context: "Context", points: Sequence[DataPoint]) -> list[str]:
    language = context.view.language
    return [
        context.say(
            "note.contrast",
            item=context.dataset.say(contrast.title, language),
            reason=context.dataset.say(contrast.because, language),
        )
        for contrast in declared(context.dataset, points)
    ]
