"""Scenario inputs by dotted name: list them, read them, change them.

``segments.consumer.growth.start`` names one number of a ``RunwayAssumptions``; segments are found by their code and
new money by its position. The same names serve the address bar, the command line, presets, tornado and Monte Carlo.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel

from ipo_data.errors import OptionError, UnknownNameError
from ipo_data.model.scenario import FacilityPolicy, RunwayAssumptions, field_bounds, field_unit

FACILITY_POLICY: Final = "liquidity.facility_policy"
HORIZON: Final = "horizon"  # sets the number of months, so it cannot differ between paths


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

    def checked(self, value: float) -> float:
        """Return ``value`` if the input accepts it.

        Raises:
            OptionError: If it is not a number, not whole where it has to be, or outside the bounds.
        """
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if is_number and self.lower <= value <= self.upper and (not self.whole or value == int(value)):
            return value
        kind = "a whole number" if self.whole else "a number"
        raise OptionError(
            f"{self.name} must be {kind} between {self.lower:g} and {self.upper:g} ({self.unit}), got {value}"
        )


def levers(assumptions: RunwayAssumptions) -> dict[str, Lever]:
    """Return every number of a scenario that can be changed, by dotted name, in reading order."""
    found = {}
    for name, value, record in _numbers(assumptions, ""):
        field = type(record).model_fields[name.rpartition(".")[2]]
        bounds = field_bounds(field)
        if bounds is not None:
            meaning = field.description or ""
            found[name] = Lever(name, value, *bounds, field_unit(field), meaning, field.annotation is int)
    return found


def lever_values(assumptions: RunwayAssumptions) -> dict[str, float]:
    """Return the value of every changeable number by dotted name."""
    return {name: value for name, value, _ in _numbers(assumptions, "")}


def checked_lever(assumptions: RunwayAssumptions, name: str) -> Lever:
    """Return the lever of that name.

    Raises:
        UnknownNameError: If the scenario has no such input; the message gives the nearest name.
    """
    known = levers(assumptions)
    if name not in known:
        raise UnknownNameError("scenario input", name, known)
    return known[name]


def path_lever(assumptions: RunwayAssumptions, name: str) -> Lever:
    """Return a lever that may differ between the paths of one run.

    Raises:
        UnknownNameError: If the scenario has no such input.
        OptionError: If it is the horizon, which all paths share.
    """
    if name == HORIZON:
        raise OptionError(f"{HORIZON} is shared by all paths and cannot be varied between them")
    return checked_lever(assumptions, name)


def with_values(assumptions: RunwayAssumptions, values: Mapping[str, float | FacilityPolicy]) -> RunwayAssumptions:
    """Return a copy of a scenario with some inputs changed.

    Args:
        assumptions: The scenario to start from; it is not changed.
        values: New value by dotted name, in the unit of the input. ``liquidity.facility_policy`` takes a
            ``FacilityPolicy`` or its code.

    Raises:
        UnknownNameError: If the scenario has no such input or policy; the message gives the nearest name.
        OptionError: If a value lies outside the bounds of its input; the message names both.
    """
    known = levers(assumptions)
    fields = assumptions.model_dump()
    for name, value in values.items():
        if name == FACILITY_POLICY:
            fields["liquidity"]["facility_policy"] = _policy(value)
        elif name not in known:
            raise UnknownNameError("scenario input", name, [*known, FACILITY_POLICY])
        else:
            number = known[name].checked(_number(name, value))
            _place(fields, name.split("."), int(number) if known[name].whole else float(number))
    return RunwayAssumptions.model_validate(fields)


def _numbers(record: BaseModel, prefix: str) -> Iterator[tuple[str, float, BaseModel]]:
    """Yield dotted name, value and owner of each number in a record and the records below it."""
    for field in type(record).model_fields:
        value = getattr(record, field)
        if isinstance(value, BaseModel):
            yield from _numbers(value, f"{prefix}{field}.")
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield f"{prefix}{field}", value, record
        elif isinstance(value, tuple):
            for key, part in _keyed(value):
                yield from _numbers(part, f"{prefix}{field}.{key}.")


def _keyed(records: Iterable[object]) -> Iterator[tuple[str, BaseModel]]:
    for position, record in enumerate(records):
        if isinstance(record, BaseModel):
            yield str(getattr(record, "name", position)), record


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


def _number(name: str, value: object) -> float:
    if isinstance(value, int | float):
        return value
    raise OptionError(f"{name} must be a number, got {value!r}")
