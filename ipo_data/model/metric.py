"""What can be measured: the closed registry of metrics.

Each metric says which topic file its claims live in, which unit they carry, whether they belong to a period or a
date, and along which axes they may be broken down. Labels in three languages are in the text catalogues.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ipo_data.errors import UnknownNameError
from ipo_data.model.metric_table import ROWS
from ipo_data.units import UNITS, Unit, UnitKind

MONEY: Final = "money"
"""Unit word of metrics measured in any currency."""


class TimeKind(StrEnum):
    """What a metric's claims are dated by."""

    FLOW = "flow"
    """Adds up over a period (revenue, loss)."""
    AVERAGE = "average"
    """A mean or ratio over a period (MAU, margin, growth)."""
    INSTANT = "instant"
    """Holds on a date (cash, holdings)."""
    TIMELESS = "timeless"
    """A term of the deal or a dated event: neither period nor date."""


@dataclass(frozen=True, slots=True)
class Metric:
    """A thing that documents state figures about.

    Attributes:
        id: Name used in seed files, frames and exports.
        family: The topic, which is also the seed file's name.
        unit: Unit code, or ``money`` for any currency.
        time: What dates a claim.
        axes: Axes along which the metric may be broken down.
        adds_up: Axes whose members sum to the total.
        better: ``up``, ``down`` or ``none``: the direction a shareholder hopes for.
        lowest: Smallest possible printed value, or ``None``.
        highest: Largest possible printed value, or ``None``.
    """

    id: str
    family: str
    unit: str
    time: TimeKind
    axes: frozenset[str]
    adds_up: frozenset[str]
    better: str
    lowest: int | None
    highest: int | None

    def accepts(self, unit: Unit) -> bool:
        """Tell whether claims on this metric may carry ``unit``."""
        return unit.kind is UnitKind.MONEY if self.unit == MONEY else unit.code == self.unit

    @property
    def unit_words(self) -> str:
        """The unit as an error message names it (``money such as USD``, ``percent``)."""
        return "money (USD, CNY, HKD, …)" if self.unit == MONEY else self.unit

    @property
    def is_flow(self) -> bool:
        """Whether values of consecutive periods may be added."""
        return self.time is TimeKind.FLOW


def _build() -> dict[str, Metric]:
    metrics: dict[str, Metric] = {}
    for family, rows in ROWS.items():
        for line in filter(None, (row.strip() for row in rows.splitlines())):
            name, unit, time, axes, better, *limits = line.split()
            if unit != MONEY and unit not in UNITS:
                raise UnknownNameError(f"unit of metric {name}", unit, UNITS)
            members = [] if axes == "-" else axes.split(",")
            low, high = _limits(limits[0] if limits else "")
            metrics[name] = Metric(
                name, family, unit, TimeKind(time), frozenset(a.rstrip("+") for a in members),
                frozenset(a.rstrip("+") for a in members if a.endswith("+")), better, low, high,
            )  # fmt: skip
    return metrics


def _limits(text: str) -> tuple[int | None, int | None]:
    low, _, high = text.partition("..")
    return (int(low) if low else None), (int(high) if high else None)


METRICS: Final[dict[str, Metric]] = _build()
"""Every metric by its id."""

FAMILIES: Final = tuple(ROWS)
"""The topics, in reading order; each is also the name of a seed file."""


def metric(name: str) -> Metric:
    """Return the metric of this id.

    Raises:
        UnknownNameError: If there is none; the message names the nearest.
    """
    try:
        return METRICS[name]
    except KeyError:
        raise UnknownNameError("metric", name, METRICS) from None
