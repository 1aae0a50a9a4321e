"""Tables of one line per question and one column per company, each figure with period, definition and status."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

import pandas as pd

from ipo_data.analysis.points import DataPoint, State, stated
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.rows import heading

PointsOf = Callable[[Context, str], list[DataPoint]]
"""Returns the figures that stand in one company's cell."""
UNSAID_AXES: Final = frozenset({"moment", "stage", "proceeds", "tranche"})
"""Breakdowns that the heading of a line says already."""


def comparison(
    context: Context, lines: Sequence[tuple[str, PointsOf]], absent: Mapping[str, str] = MappingProxyType({})
) -> tuple[pd.DataFrame, list[DataPoint]]:
    """Return the table as written text and the points behind it, in the view's currency.

    Args:
        context: The context.
        lines: Heading as written and the figures of a company, line by line.
        absent: Heading → metric. A company without figures says there what its record knows about this metric's gap.
    """
    rows: list[list[str]] = []
    points: list[DataPoint] = []
    for name, build in lines:
        cells = [context.shown(build(context, company)) for company in context.companies]
        points += [point for found in cells for point in found]
        metric = absent.get(name, "")
        both = zip(context.companies, cells, strict=True)
        rows.append([name, *(cell(context, found) if found else _gap(context, c, metric) for c, found in both)])
    columns = [context.say("table.item"), *(context.name(company) for company in context.companies)]
    return pd.DataFrame(rows, columns=columns, dtype="str"), points


def _gap(context: Context, company: str, metric: str) -> str:
    """Write what a company's record knows about a metric it lacks, or that there are no figures in this evidence."""
    gaps = context.dataset.companies[company].gaps
    known = [gap.because for gap in gaps if gap.metric == metric and gap.axis is None]
    return context.dataset.say(known[0], context.view.language) if known else cell(context, [])


def cell(context: Context, points: list[DataPoint]) -> str:
    """Write the figures of one cell, or that there are none in this evidence."""
    return heading(*(figure(context, point) for point in points)) or context.say("gap.not_disclosed_here")


def figure(context: Context, point: DataPoint, remark: str = "") -> str:
    """Write a figure with a remark, its breakdown, period and, if it is not plainly reported, its status."""
    said = {axis: member for axis, member in point.dimensions.items() if axis not in UNSAID_AXES}
    mark = "" if point.state is State.REPORTED or point.value is None else context.say(f"state.{point.state}")
    details = context.say.commas((remark, context.dimensions(point.company, said), context.period(point.when), mark))
    return context.point(point) + (context.say.aside(details) if details else "")


def latest(metric: str, **dimensions: str) -> PointsOf:
    """Return the latest figure of a metric for exactly this breakdown, with all rival figures if it is disputed."""

    def points(context: Context, company: str) -> list[DataPoint]:
        facts = context.dataset.select(company, metric, unit="any", kind=None)
        own = [fact for fact in facts if fact.dimensions == dimensions]
        return stated(own[-1]) if own else []

    return points
