"""Scenario inputs by dotted name: list them, read them, change them.

``segments.consumer.growth.start`` names one number of a ``RunwayAssumptions``; segments are found by their code and
new money by its position. The same names serve the address bar, the command line, presets, tornado and Monte Carlo.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from math import inf
from typing import Any, Final

from pydantic import BaseModel

from ipo_data.errors import OptionError, UnknownNameError, shown
from ipo_data.model.scenario import FacilityPolicy, RunwayAssumptions, field_bounds, field_unit

FACILITY_POLICY: Final = "liquidity.facility_policy"
SEASONAL_FACTORS: Final = "seasonal_factors"
HORIZON: Final = "horizon"  # sets the number of months, so it cannot differ between paths

Value = float | str | tuple[float, ...]
"""A number, the code of a facility policy, or the seasonal factors."""


@dataclass(frozen=True, slots=True)
class Lever:
    """One number of a scenario that can be changed.

    Attributes:
        name: Dotted name.
        value: Value in the scenario.
        lower: Smallest value accepted.
        upper: Largest value accepted.
        unit: Unit of all three.
        meaning: One line in English.
        whole: Whether only whole numbers are accepted.
    """

    name: str
    value: float
    lower: float
    upper: float
    unit: str
    meaning: str
    whole: bool

    def checked(self, value: object) -> float:
        """Return ``value`` if the input accepts it.

        Raises:
            OptionError: If it is not a number, not whole where it has to be, or outside the bounds.
        """
        if isinstance(value, int | float) and not isinstance(value, bool):
            within = self.lower <= value <= self.upper
            if within and (not self.whole or value == int(value)):
                return value
        raise OptionError(self.refusal(value))

    def read(self, text: str) -> float:
        """Return the number a text stands for.

        Raises:
            OptionError: As ``checked``, also for a text that is no number.
        """
        try:
            value = float(text)
        except ValueError:
            raise OptionError(self.refusal(shown(text))) from None
        return self.checked(value)

    def refusal(self, found: object) -> str:
        """Return why a value is refused: the input's name, its bounds and unit, and what was found."""
        kind = "a whole number" if self.whole else "a number"
        return f"{self.name} must be {kind} between {self.lower:g} and {self.upper:g} ({self.unit}), got {found}"


def levers(assumptions: RunwayAssumptions) -> dict[str, Lever]:
    """Return every number of a scenario that can be changed, by dotted name, in reading order."""
    return dict(_all_levers(assumptions))


@lru_cache(maxsize=64)
def _all_levers(assumptions: RunwayAssumptions) -> dict[str, Lever]:
    """Return every lever of a scenario; a page asks for them some thirty times."""
    return {name: _lever(name, value, record) for name, value, record in _all_numbers(assumptions)}


def lever_values(assumptions: RunwayAssumptions) -> dict[str, float]:
    """Return the value of every changeable number by dotted name."""
    return {name: value for name, value, _ in _all_numbers(assumptions)}


def path_levers(assumptions: RunwayAssumptions, names: Iterable[str]) -> dict[str, Lever]:
    """Return the named levers, which may differ between the paths of one run.

    Raises:
        UnknownNameError: If the scenario has no such input; the message gives the nearest name.
        OptionError: If it is the horizon, which all paths share.
    """
    known = _all_levers(assumptions)
    found = {}
    for name in names:
        if name == HORIZON:
            raise OptionError(f"{HORIZON} is shared by all paths and cannot be varied between them")
        if name not in known:
            raise UnknownNameError("scenario input", name, known)
        found[name] = known[name]
    return found


def with_values(assumptions: RunwayAssumptions, values: Mapping[str, Value]) -> RunwayAssumptions:
    """Return a copy of a scenario with some inputs changed.

    Args:
        assumptions: The scenario to start from; it is not changed.
        values: New value by dotted name, in the unit of the input. ``liquidity.facility_policy`` takes a
            ``FacilityPolicy`` or its code, ``seasonal_factors`` twelve numbers.

    Raises:
        UnknownNameError: If the scenario has no such input or policy; the message gives the nearest name.
        OptionError: If a value lies outside the bounds of its input; the message names both.
        ValidationError: If seasonal factors are not twelve numbers whose mean is 1.
    """
    known = levers(assumptions)
    fields = assumptions.model_dump()
    for name, value in values.items():
        if name == FACILITY_POLICY:
            fields["liquidity"]["facility_policy"] = _policy(value)
        elif name == SEASONAL_FACTORS:
            fields[SEASONAL_FACTORS] = value
        elif name not in known:
            raise UnknownNameError("scenario input", name, [*known, FACILITY_POLICY, SEASONAL_FACTORS])
        else:
            number = known[name].checked(value)
            _place(fields, name.split("."), int(number) if known[name].whole else float(number))
    return RunwayAssumptions.model_validate(fields)


def lever_of(name: str, value: float, record: type[BaseModel], *, upper: float = inf) -> Lever:
    """Return the input that a field of a record describes.

    Args:
        name: Dotted name; its last part is the field's.
        value: Value now.
        record: Class of the record, which gives bounds, unit and meaning.
        upper: Largest value, where it is less than the field's own.
    """
    lower, highest, unit, meaning, whole = _described(record, name.rpartition(".")[2])
    return Lever(name, value, lower, min(upper, highest), unit, meaning, whole)


@cache
def _described(record: type[BaseModel], field_name: str) -> tuple[float, float, str, str, bool]:
    """Return bounds, unit, meaning and whether a field is a whole number; looked up thousands of times a page."""
    field = record.model_fields[field_name]
    lower, upper = field_bounds(field) or (-inf, inf)
    return lower, upper, field_unit(field), field.description or "", field.annotation is int


def _lever(name: str, value: float, record: BaseModel) -> Lever:
    return lever_of(name, value, type(record))


@lru_cache(maxsize=256)
def _all_numbers(assumptions: RunwayAssumptions) -> tuple[tuple[str, float, BaseModel], ...]:
    """Return every number of a scenario; asked for by each of the hundred runs behind a page."""
    return tuple(_numbers(assumptions))


def _numbers(record: BaseModel, prefix: str = "") -> list[tuple[str, float, BaseModel]]:
    """Return dotted name, value and owner of each number in a record and the records below it."""
    found: list[tuple[str, float, BaseModel]] = []
    for field, value in vars(record).items():
        if isinstance(value, BaseModel):
            found += _numbers(value, f"{prefix}{field}.")
        elif isinstance(value, int | float) and not isinstance(value, bool):
            found.append((prefix + field, value, record))
        elif isinstance(value, tuple):
            for position, part in enumerate(value):
                if isinstance(part, BaseModel):
                    found += _numbers(part, f"{prefix}{field}.{getattr(part, 'name', position)}.")
    return found


def _place(fields: Any, steps: list[str], value: float) -> None:  # noqa: ANN401 - nested dictionaries and tuples
    """Set a number in dumped fields; ``steps`` is a dotted name known to exist."""
    for step in steps[:-1]:
        if isinstance(fields, tuple):
            fields = next(part for at, part in enumerate(fields) if step == part.get("name", str(at)))
        else:
            fields = fields[step]
    fields[steps[-1]] = value


def _policy(value: object) -> FacilityPolicy:
    try:
        return FacilityPolicy(str(value))
    except ValueError:
        raise UnknownNameError("facility policy", value, [policy.value for policy in FacilityPolicy]) from None
