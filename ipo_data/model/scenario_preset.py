"""Named runway scenarios as they stand in ``seeds/scenarios.yaml``: every value an assumption with its reason."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Discriminator, Field, Tag, field_validator, model_validator

from ipo_data.model.base import Record
from ipo_data.model.scenario import Correlation, Distribution, FacilityPolicy, RegimeJump, UncertainInput
from ipo_data.model.source import Identifier
from ipo_data.model.text import Text


def _number(value: object) -> object:
    """Return the number a seed file's text stands for; anything else passes unchanged to be refused or kept."""
    if isinstance(value, Decimal):
        return float(value)
    if not isinstance(value, str):
        return value
    try:
        return float(Decimal(value)) if value.strip() == value else value
    except ArithmeticError:
        return value


Number = Annotated[float, BeforeValidator(_number), Field(allow_inf_nan=False)]
"""A finite number, given as a number or as the text a seed file holds."""


class Parts(Record):
    """Some parts of a path (start, end, half-life) or of a level (opening, later, from month); the rest stays."""

    start: Number | None = None
    end: Number | None = None
    half_life: Number | None = None
    opening: Number | None = None
    later: Number | None = None
    from_month: Number | None = None

    @model_validator(mode="after")
    def _has_some(self) -> Self:
        if not self.model_fields_set:
            raise ValueError(f"expected some of {', '.join(type(self).model_fields)}")
        return self


def _form(value: object) -> str:
    """Return the form a value is written in, so that a mistake is reported for that form alone."""
    if isinstance(value, dict | Parts):
        return "parts"
    if isinstance(value, list | tuple):
        return "season"
    return "policy" if isinstance(value, str) and value in list(FacilityPolicy) else "number"


class PresetValue(Record):
    """One assumption of a scenario.

    Attributes:
        lever: Dotted name of an input, or of a path or level whose parts ``value`` gives.
        value: The number, the parts, the twelve seasonal factors, or the code of a facility policy.
        status: Always ``assumption``: what is known comes from claims, not from here.
        because: Why this value.
    """

    lever: str = Field(min_length=1)
    value: Annotated[
        Annotated[Number, Tag("number")]
        | Annotated[Parts, Tag("parts")]
        | Annotated[tuple[Number, ...], Field(strict=False), Tag("season")]
        | Annotated[FacilityPolicy, Field(strict=False), Tag("policy")],
        Discriminator(_form),
    ]
    status: Literal["assumption"]
    because: Text


class PresetSpread(UncertainInput):
    """How far one input spreads in a simulation, with the reason."""

    distribution: Distribution = Field(Distribution.NORMAL, strict=False, description="Normal or lognormal")
    because: Text = Field(description="Why this spread")

    @field_validator("spread", "lower", "upper", mode="before")
    @classmethod
    def _from_text(cls, value: object) -> object:
        return _number(value)


class PresetCorrelation(Correlation):
    """How two inputs move together in a simulation, with the reason."""

    because: Text = Field(description="Why this correlation")

    @field_validator("value", mode="before")
    @classmethod
    def _from_text(cls, value: object) -> object:
        return _number(value)


class PresetShocks(Record):
    """Monthly surprises in revenue growth, with the reason."""

    volatility: Number
    persistence: Number
    because: Text


class PresetJump(RegimeJump):
    """The optional joint jump, with the reason."""

    segments: tuple[str, ...] = Field(min_length=1, strict=False, description="Segments that jump")
    because: Text = Field(description="Why this jump")

    @field_validator("yearly_probability", "revenue_factor", "research_factor", "spread", mode="before")
    @classmethod
    def _from_text(cls, value: object) -> object:
        return _number(value)


class Preset(Record):
    """A named scenario of one company.

    Attributes:
        id: Name for links and the command line.
        name: Title.
        because: What the scenario stands for.
        based_on: Scenario it starts from, if any.
        values: Assumptions it adds or replaces.
        spreads: Spreads it replaces.
        correlations: Correlations it replaces.
    """

    id: Identifier
    name: Text
    because: Text
    based_on: Identifier | None = None
    values: tuple[PresetValue, ...] = Field(strict=False)
    spreads: tuple[PresetSpread, ...] = Field(default=(), strict=False)
    correlations: tuple[PresetCorrelation, ...] = Field(default=(), strict=False)


class Uncertainty(Record):
    """What a simulation of a company's scenarios varies.

    Attributes:
        spreads: Inputs that differ from path to path.
        correlations: Pairs that move together.
        shocks: Monthly surprises.
        regime_jump: Joint jump; used only when asked for.
    """

    spreads: tuple[PresetSpread, ...] = Field(strict=False)
    correlations: tuple[PresetCorrelation, ...] = Field(default=(), strict=False)
    shocks: PresetShocks
    regime_jump: PresetJump | None = None


class CompanyScenarios(Record):
    """All scenarios of one company.

    Attributes:
        id: Company id.
        assumed: Assumptions all its scenarios share unless one replaces them.
        scenarios: Named scenarios in display order.
        uncertainty: What a simulation varies.
    """

    id: Identifier
    assumed: tuple[PresetValue, ...] = Field(default=(), strict=False)
    scenarios: tuple[Preset, ...] = Field(min_length=1, strict=False)
    uncertainty: Uncertainty

    @model_validator(mode="after")
    def _names_resolve(self) -> Self:
        known: dict[str, None] = {}  # in file order, so that a message lists them so
        for preset in self.scenarios:
            if preset.id in known:
                raise ValueError(f"scenarios: the id '{preset.id}' is taken twice")
            if preset.based_on is not None and preset.based_on not in known:
                listed = ", ".join(known) or "none"
                raise ValueError(
                    f"scenarios: {preset.id} is based on '{preset.based_on}', which does not stand above it ({listed})"
                )
            known[preset.id] = None
        return self
