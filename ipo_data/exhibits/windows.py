"""Notes on the windows of flows: which differ in length, and which the evidence does not give on the chosen basis."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ipo_data.analysis.bases import basis_of
from ipo_data.analysis.points import DataPoint, State
from ipo_data.model.metric import METRICS, TimeKind
from ipo_data.periods import Period
from ipo_data.units import UNITS

if TYPE_CHECKING:
    from ipo_data.exhibits.context import Context


def is_money(point: DataPoint) -> bool:
    """Tell whether a point is an amount of money."""
    return point.unit in UNITS and UNITS[point.unit].is_money


def is_flow(point: DataPoint) -> bool:
    """Tell whether a point is an amount of money over a period as it is reported, neither per month nor annualised."""
    return is_money(point) and point.measure in METRICS and METRICS[point.measure].time is TimeKind.FLOW


def window_notes(context: "Context", points: Iterable[DataPoint]) -> list[str]:
    """Return a note where amounts of windows of unequal length stand in one exhibit as they are reported."""
    windows: dict[str, set[int]] = {}
    for point in points:
        if point.value is not None and isinstance(point.when, Period) and is_flow(point):
            windows.setdefault(point.measure, set()).add(point.when.months)
    if all(len(months) < 2 for months in windows.values()):
        return []
    applied = context.view.basis == "reported"
    return [context.say("note.windows" if applied else "note.basis_unused", basis=context.basis)]


def multiple_notes(context: "Context") -> list[str]:
    """Return the note that multiples stand on twelve months where flows stand per month."""
    return [context.say("note.no_monthly_multiple")] if context.view.basis == "month" else []


def basis_gaps(context: "Context", points: Iterable[DataPoint]) -> list[str]:
    """Return a note per flow that is stated, but not so that it can be put on the chosen basis, with the reason."""
    gaps = [p for p in points if p.state is State.NOT_AVAILABLE and basis_of(p.measure) != "reported"]
    return [
        context.say(
            "note.basis_gap", company=context.name(p.company), item=context.label(p.measure, p.company),
            reason=context.say(p.reason),
        )
        for p in gaps
    ]  # fmt: skip
