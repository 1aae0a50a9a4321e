"""A reader's own values as one text: ``minimax.r_and_d.growth:0.03,compute_price.change:0.2``.

The address, the form and the command line all go through here, so that a value is accepted or refused alike wherever
it comes from. A refused value leaves the others alone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from ipo_data.analysis.runway_model.levers import Lever, lever_of, lever_values, with_values
from ipo_data.analysis.runway_model.presets import preset_assumptions
from ipo_data.errors import OptionError, nearest_name, shown
from ipo_data.model.scenario import (
    CalibrationInputs,
    Correlation,
    Funding,
    MonteCarloSettings,
    OpeningLiquidity,
    RunwayAssumptions,
)
from ipo_data.model.scenario_preset import CompanyScenarios

BURN: Final = "burn"
"""The burn the opening month is calibrated to; with ``liquidity.cash`` it is all a runway at constant burn needs."""
NEW_MONEY: Final = ("new_money.amount", "new_money.month")
"""Money the reader adds to the scenario, and the month it arrives in."""
PATHS, SEED = "simulation.paths", "simulation.seed"
MOST_PATHS: Final = 10_000
"""Paths a page simulates; the command line takes more."""
LARGEST_SEED: Final = 2**53
"""Beyond it a number with a decimal point no longer holds every whole one."""
LONGEST_TEXT: Final = 4_000
JOINT: Final = "~"
"""Stands between the two inputs of a correlation."""
_ALIASES: Final = {"r_and_d": "research_and_development"}
_ENDS: Final = ("start", "end")
_LONGEST_NUMBER: Final = 40


@dataclass(frozen=True, slots=True)
class Refusal:
    """A value that was not taken over.

    Attributes:
        name: Input as the reader named it.
        found: Value as the reader gave it, short and on one line.
        lever: The input with its bounds and unit; ``None`` if there is no such input.
        nearest: The input that was probably meant, if there is none of this name.
    """

    name: str
    found: str
    lever: Lever | None = None
    nearest: str = ""

    @property
    def message(self) -> str:
        """What was found and what is allowed, in English."""
        if self.lever is not None:
            return self.lever.refusal(self.found)
        hint = f" (did you mean '{self.nearest}'?)" if self.nearest else ""
        return f"unknown runway input '{self.name}'{hint}"


@dataclass(frozen=True, slots=True)
class OwnValues:
    """What a text asks for.

    Attributes:
        values: Accepted values by full dotted name.
        refusals: Values that were not taken over, in reading order.
        correlations: Accepted correlations by the names of both inputs.
    """

    values: Mapping[str, float]
    refusals: tuple[Refusal, ...] = ()
    correlations: Mapping[tuple[str, str], float] = field(default_factory=dict)


def figure_levers(known: Mapping[str, Lever]) -> dict[str, Lever]:
    """Return the figures a runway at constant burn needs, by name: liquidity, and burn a month."""
    cash = known.get("liquidity.cash") or lever_of("liquidity.cash", 0.0, OpeningLiquidity)
    return {"liquidity.cash": cash, BURN: lever_of(BURN, 0.0, CalibrationInputs)}


def new_money_levers() -> dict[str, Lever]:
    """Return the inputs of money that the reader adds."""
    return {name: lever_of(name, 0, Funding) for name in NEW_MONEY}


def simulation_levers() -> dict[str, Lever]:
    """Return what a simulation can be asked for: the number of paths and the seed."""
    return {
        PATHS: lever_of(PATHS, 2_000, MonteCarloSettings, upper=MOST_PATHS),
        SEED: lever_of(SEED, 20_260_109, MonteCarloSettings, upper=LARGEST_SEED),
    }


def correlation_lever() -> Lever:
    """Return the bounds and the unit of a correlation."""
    return lever_of("correlation.value", 0.0, Correlation)


def own_values(
    text: str, company: str, known: Mapping[str, Lever], companies: Iterable[str], uncertain: Iterable[str] = ()
) -> OwnValues:
    """Return the values a text gives one company.

    Args:
        text: ``name:value`` pairs joined by commas. A name may begin with a company's id and is then for it alone;
            else it is for every company that has such an input. ``….growth`` stands for its start and end, and two
            names joined by ``~`` for their correlation.
        company: Company id.
        known: The company's inputs by dotted name.
        companies: All company ids.
        uncertain: Inputs that a simulation spreads, between which there are correlations.
    """
    values: dict[str, float] = {}
    correlations: dict[tuple[str, str], float] = {}
    refusals: list[Refusal] = []
    others, spread = set(companies) - {company}, list(uncertain)
    for given, number in pairs(text):
        owner, _, rest = given.partition(".")
        if owner in others:
            continue
        name = rest if owner == company else given
        both = _two_names(name, spread)
        full = full_names(name, known) if not both else []
        if not full and not both:
            if owner == company:
                allowed = spread if JOINT in name else known
                refusals.append(Refusal(shown(given), shown(number), nearest=_meant(name, allowed)))
            continue  # without a company in front it may be another company's input
        lever = correlation_lever() if both else known[full[0]]
        try:
            accepted = lever.read(number)
        except OptionError:
            refusals.append(Refusal(shown(given), shown(number, most=_LONGEST_NUMBER), lever))
            continue
        if both:
            correlations[both] = accepted
        values |= dict.fromkeys(full, accepted)
    return OwnValues(values, tuple(refusals), correlations)


def _two_names(name: str, uncertain: Sequence[str]) -> tuple[str, str] | None:
    """Return the two inputs whose correlation a name stands for, in the order they are listed in."""
    ends = {_unabbreviated(end.strip()) for end in name.split(JOINT)}
    if JOINT not in name or len(ends) != 2 or not ends <= set(uncertain):
        return None
    first, second = sorted(ends, key=list(uncertain).index)
    return first, second


def _meant(name: str, allowed: Iterable[str]) -> str:
    """Return the input that was probably meant; of two joined names, for the first that does not exist."""
    names = list(allowed)
    wrong = next((end for end in name.split(JOINT) if _unabbreviated(end) not in names), name)
    return nearest_name(wrong, names) or ""


def nobodys(text: str, levers_of: Mapping[str, Mapping[str, Lever]]) -> tuple[Refusal, ...]:
    """Return the values whose input no company has, given every company's inputs."""
    everything = {name: lever for known in levers_of.values() for name, lever in known.items()}
    return tuple(
        Refusal(shown(given), shown(number), nearest=_meant(given, everything))
        for given, number in pairs(text)
        if given.partition(".")[0] not in levers_of and not _exists(given, everything)
    )


def _exists(name: str, known: Mapping[str, Lever]) -> bool:
    return bool(full_names(name, known)) or (JOINT in name and all(full_names(e, known) for e in name.split(JOINT)))


def own_assumptions(
    scenarios: CompanyScenarios, preset: str, calibration: CalibrationInputs, values: Mapping[str, float]
) -> RunwayAssumptions:
    """Return a named scenario with a reader's own values; an own burn replaces the one it is calibrated to.

    Args:
        scenarios: The company's scenarios.
        preset: Id of one of them.
        calibration: Facts and figures derived from them.
        values: Accepted values by full dotted name; those of the simulation are left out.
    """
    anchor = calibration.model_copy(update={"burn": values[BURN]}) if BURN in values else calibration
    base = preset_assumptions(scenarios, preset, anchor)
    amount, month = (values.get(name, 0) for name in NEW_MONEY)
    if amount:
        base = base.model_copy(update={"funding": (*base.funding, Funding(month=int(month), amount=amount))})
    known = lever_values(base)
    changes = {name: value for name, value in values.items() if name in known}
    return with_values(base, changes) if changes else base


def pairs(text: str) -> Iterator[tuple[str, str]]:
    """Yield name and value of each part of a text; a part without a colon has an empty value."""
    for part in text.split(","):
        name, _, number = part.strip().partition(":")
        if name or number:
            yield name.strip(), number.strip()


def full_names(name: str, known: Mapping[str, Lever]) -> list[str]:
    """Return the inputs a name stands for: itself, or the start and end of a growth; none if there is none."""
    name = _unabbreviated(name)
    if name in known:
        return [name]
    both = [f"{name}.{end}" for end in _ENDS]
    return both if all(end in known for end in both) else []


def _unabbreviated(name: str) -> str:
    for short, full in _ALIASES.items():
        if name == short or name.startswith(short + "."):
            return full + name.removeprefix(short)
    return name


def written(values: Mapping[str, float]) -> str:
    """Return values as a text that ``own_values`` reads; equal start and end become one."""
    return ",".join(f"{name}:{value:.12g}" for name, value in values.items())
