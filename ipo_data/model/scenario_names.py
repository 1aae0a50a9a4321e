"""The dotted names of scenario inputs as the records define them: what a name stands for and what it accepts.

Known without a scenario at hand, so that the scenario file can be checked while it is read.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from ipo_data.model.scenario import RunwayAssumptions, field_bounds, field_unit

NOT_NUMBERS: Final = frozenset({"liquidity.facility_policy", "seasonal_factors"})
"""Inputs whose value is a code or twelve factors; their records check them."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one number accepts.

    Attributes:
        lower: Smallest value.
        upper: Largest value.
        unit: Unit of both.
        whole: Whether only whole numbers are accepted.
    """

    lower: float
    upper: float
    unit: str
    whole: bool

    def refuses(self, value: float) -> bool:
        """Tell whether a value is not accepted."""
        return not self.lower <= value <= self.upper or (self.whole and value != int(value))

    def __str__(self) -> str:
        kind = "a whole number" if self.whole else "a number"
        return f"{kind} between {self.lower:g} and {self.upper:g} ({self.unit})"


def bounds_of(name: str, segments: Iterable[str]) -> Bounds | None:
    """Return what an input accepts; ``None`` if a scenario with these segments has no such number."""
    return dict(_numbers(RunwayAssumptions, list(segments))).get(name)


def parts_of(name: str, segments: Iterable[str]) -> dict[str, Bounds]:
    """Return the numbers directly below a name, a path's or a level's; empty if it has none."""
    prefix = f"{name}."
    found = {key.removeprefix(prefix): bounds for key, bounds in _numbers(RunwayAssumptions, list(segments))
             if key.startswith(prefix)}  # fmt: skip
    return {part: bounds for part, bounds in found.items() if "." not in part}


def input_names(segments: Iterable[str]) -> list[str]:
    """Return every name that an assumption may have: numbers, and paths and levels as a whole."""
    numbers = [name for name, _ in _numbers(RunwayAssumptions, list(segments))]
    wholes = [name.rpartition(".")[0] for name in numbers if name.count(".") > 1 or name.endswith((".start", ".end"))]
    return [*dict.fromkeys([*numbers, *wholes]), *sorted(NOT_NUMBERS)]


def _numbers(record: type[BaseModel], segments: list[str], prefix: str = "") -> Iterator[tuple[str, Bounds]]:
    for name, field in record.model_fields.items():
        inner = _record_of(field)
        limits = field_bounds(field)
        if inner is not None and name == "segments":
            for segment in segments:
                yield from _numbers(inner, segments, f"{prefix}{name}.{segment}.")
        elif inner is not None and name != "funding":  # new money comes from facts
            yield from _numbers(inner, segments, f"{prefix}{name}.")
        elif limits is not None:
            yield prefix + name, Bounds(*limits, field_unit(field), field.annotation is int)


def _record_of(field: FieldInfo) -> type[BaseModel] | None:
    """Return the record a field holds, alone or as the items of a tuple."""
    for candidate in (field.annotation, *get_args(field.annotation)):
        if isinstance(candidate, type) and issubclass(candidate, BaseModel):
            return candidate
    return None
