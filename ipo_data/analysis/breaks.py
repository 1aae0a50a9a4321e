"""Changes of definition inside a series, as the records declare them."""

from datetime import date

from ipo_data.analysis.points import DataPoint
from ipo_data.dataset import Dataset
from ipo_data.errors import PeriodError
from ipo_data.periods import Instant, Period


def is_redefined(dataset: Dataset, company: str, metric: str, ends: tuple[date, date], axis: str | None = None) -> bool:
    """Tell whether a declared change of definition lies between two dates.

    Args:
        dataset: The evidence.
        company: Company id.
        metric: Metric id.
        ends: End of the earlier and of the later period, or the two dates.
        axis: Axis whose members change meaning; ``None`` for the total.
    """
    earlier, later = ends
    record = dataset.companies[company]
    changes = [change for change in record.breaks if change.metric == metric and change.axis == axis]
    return any(earlier < _end_of(change.starts, record.year_end_month) <= later for change in changes)


def apart(dataset: Dataset, then: DataPoint, now: DataPoint) -> bool:
    """Tell whether two figures of one series stand on different definitions."""
    earlier, later = _end(then), _end(now)
    if then.measure != now.measure or earlier is None or later is None:
        return False
    return is_redefined(dataset, now.company, now.measure, (earlier, later))


def _end(point: DataPoint) -> date | None:
    if point.when is None:
        return None
    return point.when.end if isinstance(point.when, Period) else point.when.last


def _end_of(label: str, year_end_month: int) -> date:
    """Return the last day of a period, or of a date as printed."""
    try:
        return Period.parse(label, year_end_month).end
    except PeriodError:
        return Instant.parse(label).last
