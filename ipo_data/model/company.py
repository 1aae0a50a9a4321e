"""Company records: who reports, in which currency, and what the figures can be broken down by."""

from calendar import monthrange
from typing import Annotated

from pydantic import AfterValidator, Field

from ipo_data.errors import UnknownNameError, shown
from ipo_data.model.base import Record
from ipo_data.model.source import Identifier, written_as
from ipo_data.model.text import Text
from ipo_data.units import CURRENCIES


def _currency(value: str) -> str:
    if value not in CURRENCIES:
        raise UnknownNameError("currency", value, CURRENCIES)
    return value


def _year_end(value: str) -> str:
    ends = {f"{month:02}-{monthrange(2024, month)[1]}" for month in range(1, 13)} | {"02-28"}
    if value not in ends:
        raise ValueError(f"'{shown(value)}' is not the last day of a month; expected e.g. '12-31'")
    return value


CurrencyCode = Annotated[str, AfterValidator(_currency)]
"""An ISO currency code from the closed list."""


class Gap(Record):
    """Something the company is known not to report.

    Attributes:
        metric: Metric id.
        axis: Axis along which it is not broken down; ``None`` if the metric itself is not reported.
        because: What is known about the gap.
    """

    metric: str
    axis: str | None = None
    because: Text


class SeriesBreak(Record):
    """A change of definition inside a series; values before and after are not joined.

    Attributes:
        metric: Metric id.
        axis: Axis whose members change meaning; ``None`` for the total.
        starts: First period of the new definition.
        because: What changed.
    """

    metric: str
    axis: str | None = None
    starts: str
    because: Text


class Company(Record):
    """A company under comparison.

    Attributes:
        id: Folder name below ``seeds/companies``.
        name: Name as readers know it.
        ticker: Stock code with market suffix.
        reporting_currency: Currency of the accounts.
        fiscal_year_end: Last day of the fiscal year, ``MM-DD``.
        order: Position in lists and charts.
        color: Fixed colour ``#RRGGBB``; otherwise taken from the palette by order.
        profile: One sentence on what the company lives from.
        members: Own members of axes (products, holders, rounds …) with their labels; rounds stand in the order of the
            series, which the dates of their last payments need not follow.
        groups: Members that are sums of others, by axis; they are left out of sums.
        gaps: What the company is known not to report.
        breaks: Changes of definition inside series.
    """

    id: Identifier
    name: Text
    ticker: Annotated[str, written_as(r"[0-9A-Z]{1,6}\.[A-Z]{1,4}", "a stock code with its market, e.g. 0100.HK")]
    reporting_currency: CurrencyCode
    fiscal_year_end: Annotated[str, AfterValidator(_year_end)] = "12-31"
    order: int = Field(default=99, ge=0, le=999, strict=False)
    color: Annotated[str, written_as(r"#[0-9A-Fa-f]{6}", "a colour such as '#D55E00'")] | None = None
    profile: Text | None = None
    members: dict[str, dict[str, Text]] = Field(default_factory=dict)
    groups: dict[str, dict[str, Annotated[tuple[str, ...], Field(strict=False)]]] = Field(default_factory=dict)
    gaps: tuple[Gap, ...] = Field(default=(), strict=False)
    breaks: tuple[SeriesBreak, ...] = Field(default=(), strict=False)

    @property
    def year_end_month(self) -> int:
        """Month in which the fiscal year ends."""
        return int(self.fiscal_year_end[:2])
