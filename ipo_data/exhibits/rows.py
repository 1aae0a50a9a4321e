"""Rows of row charts from data points, and the words that head them."""

from collections.abc import Callable, Iterable, Sequence

from ipo_data.analysis.points import DataPoint
from ipo_data.charts.bars import Row
from ipo_data.exhibits.context import Context
from ipo_data.model.claim import Claim


def heading(*words: str) -> str:
    """Join the words that name a figure, leaving out empty ones."""
    return " · ".join(word for word in words if word)


def subject(context: Context, claim: Claim) -> str:
    """Name what a claim is about: company, metric, breakdown and time."""
    part = context.dimensions(claim.company, dict(claim.dimensions))
    label, when = context.label(claim.metric, claim.company), context.period(claim.span or claim.instant)
    return heading(context.name(claim.company), label, part, when)


def row(
    context: Context, point: DataPoint, label: str, *, text: str = "", hover: str = "", printed: str = ""
) -> Row:  # fmt: skip
    """Return the row of a data point; a point without a value keeps its row, with the words of its state.

    Args:
        context: The context.
        point: The data point.
        label: Row heading.
        text: The figure as the label writes it, if not the point's own.
        hover: Further words.
        printed: The figure with all its digits, if not the point's own.
    """
    value = None if point.value is None else float(point.value)
    return Row(
        label, point.company, value, text or context.short(point), str(point.state), hover, " ".join(point.claims),
        printed=printed or context.point(point),
    )  # fmt: skip


def rows_of(context: Context, points: Iterable[DataPoint], label: Callable[[DataPoint], str]) -> list[Row]:
    """Return the rows of some data points, each headed by ``label(point)``."""
    return [row(context, point, label(point)) for point in points]


def paired(context: Context, points: Sequence[DataPoint], label: Callable[[DataPoint], str]) -> list[Row]:
    """Return rows on which two companies stand together, each figure with its company's name.

    Only two, and not in a narrow window: further words would not fit beside them. Else each has rows of its own.

    Args:
        context: The context.
        points: The data points, at most one of a company under each label.
        label: Words of a row without the company.
    """
    if context.look.narrow or len({point.company for point in points}) != 2:
        return rows_of(context, points, lambda point: heading(context.name(point.company), label(point)))
    lines: dict[str, list[DataPoint]] = {}
    for point in points:
        lines.setdefault(label(point), []).append(point)
    return [one for words, own in lines.items() for one in _pair(context, words, own)]


def _pair(context: Context, words: str, points: list[DataPoint]) -> list[Row]:
    """Return the rows of one line; what both companies lack is said once, and dates where they differ."""
    dates = [context.period(point.when) for point in points]
    unlike = len(set(dates)) > 1
    asides = [context.say.aside(date) if unlike and date else "" for date in dates]
    written = [context.short(point) + aside for point, aside in zip(points, asides, strict=True)]
    if len(points) > 1 and all(point.value is None for point in points) and len(set(written)) == 1:
        return [row(context, points[0], words)]
    names = [context.name(point.company) for point in points]
    printed = [context.point(point) + aside for point, aside in zip(points, asides, strict=True)]
    return [
        row(context, point, words, text=f"{name} {short}", printed=f"{name} {whole}")
        for point, name, short, whole in zip(points, names, written, printed, strict=True)
    ]


def by_part(context: Context, point: DataPoint) -> str:
    """Head a row by company, breakdown and period."""
    part = context.dimensions(point.company, point.dimensions)
    return heading(context.name(point.company), part, context.period(point.when))


def by_measure_if_several(context: Context, points: Sequence[DataPoint]) -> Callable[[DataPoint], str]:
    """Return what heads the rows of some points; a measure that all share is named by the title alone."""
    several = len({point.measure for point in points}) > 1
    return lambda point: (by_measure if several else by_part)(context, point)


def by_measure(context: Context, point: DataPoint) -> str:
    """Head a row by company, measure, breakdown and period."""
    measure = context.label(point.measure, point.company)
    part = context.dimensions(point.company, point.dimensions)
    return heading(context.name(point.company), measure, part, context.period(point.when))
