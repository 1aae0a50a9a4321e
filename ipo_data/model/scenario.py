"""Inputs of a runway scenario: every field with its unit, its bounds and what it means.

Money is in millions of the company's reporting currency, rates are fractions (0.04 = 4 %), month 0 is the first
month after the balance date. Nothing here is a forecast: a scenario is a set of assumptions somebody chose.
"""

from calendar import monthrange
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, Self

from annotated_types import Ge, Le
from pydantic import ConfigDict, Field, ValidationInfo, field_validator, model_validator
from pydantic.config import JsonDict
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from ipo_data.model.base import Record

MONEY: JsonDict = {"unit": "million"}
MONEY_PER_MONTH: JsonDict = {"unit": "million per month"}
PER_MONTH: JsonDict = {"unit": "fraction per month"}
PER_YEAR: JsonDict = {"unit": "fraction per year"}
SHARE: JsonDict = {"unit": "fraction"}
MONTHS: JsonDict = {"unit": "months"}
MONTH: JsonDict = {"unit": "month index"}
DAYS: JsonDict = {"unit": "days"}
COUNT: JsonDict = {"unit": "count"}
OF_THE_INPUT: JsonDict = {"unit": "unit of the input"}

LARGEST_AMOUNT = 1e7  # ten trillion of any currency: above every company, below every overflow
LONGEST_HORIZON = 240
NAME = r"^[a-z][a-z0-9_]*$"


def field_bounds(field: FieldInfo) -> tuple[float, float] | None:
    """Return the smallest and largest value a field accepts, or ``None`` when it is not a bounded number."""
    lower = next((rule.ge for rule in field.metadata if isinstance(rule, Ge)), None)
    upper = next((rule.le for rule in field.metadata if isinstance(rule, Le)), None)
    if not isinstance(lower, int | float) or not isinstance(upper, int | float):
        return None
    return lower, upper


def field_unit(field: FieldInfo) -> str:
    """Return the unit a field declares, or an empty text."""
    extra = field.json_schema_extra
    return str(extra.get("unit", "")) if isinstance(extra, dict) else ""


@cache
def _bounds(record: type[Record], name: str) -> tuple[float, float] | None:
    return field_bounds(record.model_fields[name])


class BoundedRecord(Record):
    """A record that names the field, both bounds and the unit when it refuses a number."""

    model_config = ConfigDict(allow_inf_nan=False)

    @field_validator("*", mode="before")
    @classmethod
    def _within_bounds(cls, value: Any, info: ValidationInfo) -> Any:  # noqa: ANN401 - any input may arrive here
        name = info.field_name or ""
        bounds = _bounds(cls, name)
        if bounds is None or not isinstance(value, int | float) or bounds[0] <= value <= bounds[1]:
            return value
        raise PydanticCustomError(
            "out_of_bounds",
            "{field} must lie between {lower} and {upper} ({unit}), got {value}",
            {
                "field": name,
                "lower": f"{bounds[0]:g}",
                "upper": f"{bounds[1]:g}",
                "unit": field_unit(cls.model_fields[name]),
                "value": str(value),
            },
        )


class FacilityPolicy(StrEnum):
    """What an undrawn committed bank facility is worth to the runway."""

    EXCLUDE = "exclude"
    COUNT_AS_LIQUIDITY = "count_as_liquidity"
    DRAW_BELOW_MINIMUM = "draw_below_minimum"


class Distribution(StrEnum):
    """How an uncertain input spreads around its assumed value."""

    NORMAL = "normal"
    LOGNORMAL = "lognormal"


class GrowthPath(BoundedRecord):
    """A monthly growth rate that moves from a starting to a final rate, halving the gap every half-life."""

    start: float = Field(0.0, ge=-0.9, le=1.0, description="Growth from month 0 to 1", json_schema_extra=PER_MONTH)
    end: float = Field(0.0, ge=-0.9, le=1.0, description="Growth approached in the end", json_schema_extra=PER_MONTH)
    half_life: float = Field(
        12.0, ge=0.1, le=1200.0, description="Months until half the gap is closed", json_schema_extra=MONTHS
    )


class MarginPath(BoundedRecord):
    """A gross margin that moves from a starting to a final level, halving the gap every half-life."""

    start: float = Field(ge=-2.0, le=1.0, description="Gross margin in month 0", json_schema_extra=SHARE)
    end: float = Field(ge=-2.0, le=1.0, description="Gross margin approached in the end", json_schema_extra=SHARE)
    half_life: float = Field(
        12.0, ge=0.1, le=1200.0, description="Months until half the gap is closed", json_schema_extra=MONTHS
    )


class SegmentAssumptions(BoundedRecord):
    """One line of business: its revenue in an average month, its growth and its gross margin."""

    name: str = Field(pattern=NAME, description="Short code of the segment, used in input names and columns")
    revenue: float = Field(
        ge=0.0,
        le=LARGEST_AMOUNT,
        description="Revenue of month 0 before the seasonal factor",
        json_schema_extra=MONEY_PER_MONTH,
    )
    growth: GrowthPath = Field(GrowthPath(), description="Monthly revenue growth")
    gross_margin: MarginPath = Field(description="Gross profit over revenue at the opening compute price")


class ResearchAssumptions(BoundedRecord):
    """Research and development spending."""

    monthly: float = Field(
        ge=0.0, le=LARGEST_AMOUNT, description="Spending in month 0", json_schema_extra=MONEY_PER_MONTH
    )
    growth: GrowthPath = Field(GrowthPath(), description="Monthly growth of the spending")


class ComputePrice(BoundedRecord):
    """A lasting change of the price of computing power and the costs it reaches."""

    change: float = Field(0.0, ge=-0.9, le=5.0, description="Price change once it happens", json_schema_extra=SHARE)
    from_month: int = Field(6, ge=0, le=LONGEST_HORIZON, description="First month affected", json_schema_extra=MONTH)
    cost_of_sales_share: float = Field(
        0.0, ge=0.0, le=1.0, description="Part of cost of sales that is computing power", json_schema_extra=SHARE
    )
    research_share: float = Field(
        0.0, ge=0.0, le=1.0, description="Part of research spending that is computing power", json_schema_extra=SHARE
    )


class RevenueStep(BoundedRecord):
    """A lasting one-off change of all revenue, such as the loss of a large customer."""

    change: float = Field(0.0, ge=-1.0, le=5.0, description="Revenue change once it happens", json_schema_extra=SHARE)
    from_month: int = Field(6, ge=0, le=LONGEST_HORIZON, description="First month affected", json_schema_extra=MONTH)


class OperatingExpenses(BoundedRecord):
    """Selling, administration and everything else that is neither research nor cost of sales."""

    fixed: float = Field(
        0.0,
        ge=-LARGEST_AMOUNT,
        le=LARGEST_AMOUNT,
        description="Fixed part in month 0; the calibration residual, hence possibly negative",
        json_schema_extra=MONEY_PER_MONTH,
    )
    fixed_growth: float = Field(
        0.0, ge=-0.9, le=1.0, description="Monthly growth of the fixed part", json_schema_extra=PER_MONTH
    )
    variable_share: float = Field(
        0.0, ge=0.0, le=5.0, description="Part that follows revenue, as a fraction of it", json_schema_extra=SHARE
    )


class CapitalSpending(BoundedRecord):
    """Equipment, intangibles and lease payments."""

    capex: float = Field(
        0.0, ge=0.0, le=LARGEST_AMOUNT, description="Equipment and intangibles", json_schema_extra=MONEY_PER_MONTH
    )
    leases: float = Field(
        0.0, ge=0.0, le=LARGEST_AMOUNT, description="Lease payments", json_schema_extra=MONEY_PER_MONTH
    )
    growth: float = Field(0.0, ge=-0.9, le=1.0, description="Monthly growth of both", json_schema_extra=PER_MONTH)


class DaysOutstanding(BoundedRecord):
    """Days of a monthly flow that stand on the balance sheet, with one possible change of level."""

    opening: float = Field(
        0.0, ge=0.0, le=1000.0, description="Days at the balance date and until the change", json_schema_extra=DAYS
    )
    later: float = Field(0.0, ge=0.0, le=1000.0, description="Days after the change", json_schema_extra=DAYS)
    from_month: int = Field(6, ge=0, le=LONGEST_HORIZON, description="First month affected", json_schema_extra=MONTH)


class WorkingCapital(BoundedRecord):
    """Money tied up in customers' unpaid bills, less what suppliers and prepaying customers lend."""

    receivable_days: DaysOutstanding = Field(
        DaysOutstanding(), description="Revenue not collected yet (days sales outstanding)"
    )
    payable_days: DaysOutstanding = Field(
        DaysOutstanding(), description="Cost of sales not paid yet (days payable outstanding)"
    )
    deferred_revenue_days: DaysOutstanding = Field(
        DaysOutstanding(), description="Revenue collected in advance, in days of revenue"
    )


class OpeningLiquidity(BoundedRecord):
    """What can be spent at the balance date, by kind, and the level at which money counts as run out."""

    cash: float = Field(
        ge=0.0, le=LARGEST_AMOUNT, description="Unrestricted cash and equivalents", json_schema_extra=MONEY
    )
    financial_assets: float = Field(
        0.0, ge=0.0, le=LARGEST_AMOUNT, description="Treasury products at fair value", json_schema_extra=MONEY
    )
    financial_asset_haircut: float = Field(
        0.0, ge=0.0, le=1.0, description="Loss assumed when they are sold", json_schema_extra=SHARE
    )
    undrawn_facilities: float = Field(
        0.0, ge=0.0, le=LARGEST_AMOUNT, description="Committed bank lines not used", json_schema_extra=MONEY
    )
    facility_policy: FacilityPolicy = Field(
        FacilityPolicy.EXCLUDE, description="Whether and how the bank lines lengthen the runway"
    )
    facility_rate: float = Field(
        0.0, ge=0.0, le=1.0, description="Interest on the part drawn", json_schema_extra=PER_YEAR
    )
    minimum: float = Field(
        0.0, ge=0.0, le=LARGEST_AMOUNT, description="Liquidity below which money has run out", json_schema_extra=MONEY
    )


class Funding(BoundedRecord):
    """New money, such as offer proceeds after costs."""

    month: int = Field(ge=0, le=LONGEST_HORIZON, description="Month at whose start it arrives", json_schema_extra=MONTH)
    amount: float = Field(ge=0.0, le=LARGEST_AMOUNT, description="Amount received", json_schema_extra=MONEY)


class RunwayAssumptions(BoundedRecord):
    """Everything one run of the runway model depends on."""

    currency: str = Field(pattern=r"^[A-Z]{3}$", description="Reporting currency, ISO 4217")
    balance_date: date = Field(description="Month end at which the opening liquidity was measured")
    horizon: int = Field(120, ge=1, le=LONGEST_HORIZON, description="Months projected", json_schema_extra=MONTHS)
    liquidity: OpeningLiquidity = Field(description="Opening liquidity by kind")
    segments: tuple[SegmentAssumptions, ...] = Field(min_length=1, max_length=12, description="Lines of business")
    research_and_development: ResearchAssumptions = Field(description="Research spending")
    compute_price: ComputePrice = Field(ComputePrice(), description="Price of computing power")
    revenue_step: RevenueStep = Field(RevenueStep(), description="One-off change of revenue")
    operating_expenses: OperatingExpenses = Field(OperatingExpenses(), description="Other operating costs")
    capital_spending: CapitalSpending = Field(CapitalSpending(), description="Capex and leases")
    working_capital: WorkingCapital = Field(WorkingCapital(), description="Receivables, payables, prepayments")
    seasonal_factors: tuple[float, ...] = Field(
        (1.0,) * 12,
        description="Revenue of each calendar month over the average month, January first",
        json_schema_extra=SHARE,
    )
    interest_rate: float = Field(
        0.0, ge=0.0, le=0.5, description="Yield on positive liquidity", json_schema_extra=PER_YEAR
    )
    funding: tuple[Funding, ...] = Field((), max_length=24, description="New money by month")

    @field_validator("balance_date")
    @classmethod
    def _is_month_end(cls, value: date) -> date:
        if value.day != monthrange(value.year, value.month)[1]:
            raise PydanticCustomError(
                "not_month_end", "balance_date must be the last day of a month, got {value}", {"value": str(value)}
            )
        return value

    @field_validator("seasonal_factors")
    @classmethod
    def _averages_one(cls, value: tuple[float, ...]) -> tuple[float, ...]:
        if len(value) != 12 or min(value) < 0 or abs(sum(value) / 12 - 1) > 1e-6:
            raise PydanticCustomError(
                "seasonal_factors",
                "seasonal_factors must be 12 factors between 0 and 12 whose mean is 1, got {value}",
                {"value": str(value)},
            )
        return value

    @model_validator(mode="after")
    def _names_are_unique(self) -> Self:
        names = [segment.name for segment in self.segments]
        if len(set(names)) < len(names):
            raise PydanticCustomError(
                "duplicate_segment", "segments must have different names, got {names}", {"names": ", ".join(names)}
            )
        return self


class SegmentOpening(BoundedRecord):
    """What is known of a segment at the balance date."""

    name: str = Field(pattern=NAME, description="Short code of the segment")
    revenue: float = Field(
        ge=0.0, le=LARGEST_AMOUNT, description="Revenue of an average month", json_schema_extra=MONEY_PER_MONTH
    )
    gross_margin: float = Field(ge=-2.0, le=1.0, description="Gross profit over revenue", json_schema_extra=SHARE)


class CalibrationInputs(BoundedRecord):
    """Facts and figures derived from facts that a scenario starts from; assumptions are added to them."""

    currency: str = Field(pattern=r"^[A-Z]{3}$", description="Reporting currency, ISO 4217")
    balance_date: date = Field(description="Month end of the opening balance")
    liquidity: OpeningLiquidity = Field(description="Opening liquidity by kind")
    segments: tuple[SegmentOpening, ...] = Field(min_length=1, max_length=12, description="Lines of business")
    research_and_development: float = Field(
        ge=0.0, le=LARGEST_AMOUNT, description="Research spending per month", json_schema_extra=MONEY_PER_MONTH
    )
    burn: float = Field(
        ge=-LARGEST_AMOUNT,
        le=LARGEST_AMOUNT,
        description="Monthly cash burn the opening month has to show",
        json_schema_extra=MONEY_PER_MONTH,
    )
    capex: float = Field(
        0.0, ge=0.0, le=LARGEST_AMOUNT, description="Equipment and intangibles", json_schema_extra=MONEY_PER_MONTH
    )
    leases: float = Field(
        0.0, ge=0.0, le=LARGEST_AMOUNT, description="Lease payments", json_schema_extra=MONEY_PER_MONTH
    )
    receivable_days: float = Field(0.0, ge=0.0, le=1000.0, description="Days sales outstanding", json_schema_extra=DAYS)
    payable_days: float = Field(0.0, ge=0.0, le=1000.0, description="Days payable outstanding", json_schema_extra=DAYS)
    deferred_revenue_days: float = Field(
        0.0, ge=0.0, le=1000.0, description="Prepayments in days of revenue", json_schema_extra=DAYS
    )
    funding: tuple[Funding, ...] = Field((), max_length=24, description="New money by month")


class UncertainInput(BoundedRecord):
    """An input that differs from path to path: how far it spreads and where it is cut off."""

    lever: str = Field(min_length=1, description="Dotted name of the input, such as segments.consumer.growth.start")
    distribution: Distribution = Field(
        Distribution.NORMAL, description="Normal adds to the assumed value, lognormal multiplies it"
    )
    spread: float = Field(
        ge=0.0,
        le=LARGEST_AMOUNT,
        description="Standard deviation in the input's unit; of the logarithm if lognormal",
        json_schema_extra=OF_THE_INPUT,
    )
    lower: float | None = Field(None, description="Smallest value drawn", json_schema_extra=OF_THE_INPUT)
    upper: float | None = Field(None, description="Largest value drawn", json_schema_extra=OF_THE_INPUT)


class Correlation(BoundedRecord):
    """How two uncertain inputs move together."""

    first: str = Field(min_length=1, description="Dotted name of one input")
    second: str = Field(min_length=1, description="Dotted name of the other")
    value: float = Field(ge=-1.0, le=1.0, description="Correlation of the normal scores", json_schema_extra=SHARE)


class RegimeJump(BoundedRecord):
    """A rare lasting jump of revenue and research spending together, as after a model that catches on."""

    yearly_probability: float = Field(
        ge=0.0, le=1.0, description="Chance of a jump in a year", json_schema_extra=PER_YEAR
    )
    revenue_factor: float = Field(
        ge=0.01, le=100.0, description="Median factor on the segments' revenue", json_schema_extra=SHARE
    )
    research_factor: float = Field(
        ge=0.01, le=100.0, description="Median factor on research spending", json_schema_extra=SHARE
    )
    spread: float = Field(
        0.0, ge=0.0, le=2.0, description="Standard deviation of the factors' logarithm", json_schema_extra=SHARE
    )
    segments: tuple[str, ...] = Field(min_length=1, description="Segments that jump")


class MonteCarloSettings(BoundedRecord):
    """What varies between paths, how many paths, and the seed that makes a run repeatable."""

    paths: int = Field(2_000, ge=1, le=50_000, description="Number of paths", json_schema_extra=COUNT)
    seed: int = Field(20260109, ge=0, le=2**63 - 1, description="Seed of the draws", json_schema_extra=COUNT)
    stream: int = Field(
        0, ge=0, le=1000, description="Independent set of draws: one number per company", json_schema_extra=COUNT
    )
    inputs: tuple[UncertainInput, ...] = Field((), max_length=24, description="Inputs that differ by path")
    correlations: tuple[Correlation, ...] = Field((), description="Pairs that move together; others do not")
    shock_volatility: float = Field(
        0.0, ge=0.0, le=0.2, description="Monthly surprise in the log growth of revenue", json_schema_extra=PER_MONTH
    )
    shock_persistence: float = Field(
        0.0, ge=-0.9, le=0.9, description="Part of a surprise left a month later", json_schema_extra=SHARE
    )
    regime_jump: RegimeJump | None = Field(None, description="Rare joint jump; absent by default")
