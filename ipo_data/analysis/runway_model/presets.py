"""Named scenarios: from the assumptions a seed file lists and the figures of a company to a runnable scenario."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from pydantic import ValidationError

from ipo_data.analysis.runway_model.calibration import calibrate
from ipo_data.analysis.runway_model.levers import Value, levers
from ipo_data.errors import SeedError, UnknownNameError
from ipo_data.model.scenario import (
    CalibrationInputs,
    Correlation,
    MonteCarloSettings,
    RegimeJump,
    RunwayAssumptions,
    UncertainInput,
)
from ipo_data.model.scenario_preset import CompanyScenarios, Parts, Preset, PresetValue
from ipo_data.model.text import Text


class Origin(StrEnum):
    """Where the value of an input comes from."""

    CALIBRATION = "calibration"
    """A fact, or derived from facts: it stands in the calibration inputs."""
    ASSUMPTION = "assumption"
    """Chosen by the scenario, with a reason."""
    RESIDUAL = "residual"
    """Follows from the others, so that the opening burn is met."""
    NEUTRAL = "neutral"
    """Not set by anyone: the value that has no effect."""


def company_scenarios(parsed: Mapping[str, object], company: str) -> CompanyScenarios:
    """Return the scenarios of one company from the plain data of the scenario file.

    Args:
        parsed: The file's content: ``companies`` with one entry per company; numbers may still be text.
        company: Company id.

    Raises:
        UnknownNameError: If the file has no such company.
        SeedError: If its entry is not valid; one problem per line with its place in the data.
    """
    entries = parsed.get("companies")
    listed = [entry for entry in entries if isinstance(entry, Mapping)] if isinstance(entries, list) else []
    by_id = {str(entry.get("id")): entry for entry in listed}
    if company not in by_id:
        raise UnknownNameError("company", company, by_id)
    try:
        return CompanyScenarios.model_validate(by_id[company])
    except ValidationError as error:
        place = f"scenarios.yaml: {company}"
        problems = [
            f"{'.'.join([place, *map(str, item['loc'])])}: {item['msg']}" for item in error.errors(include_url=False)
        ]
        raise SeedError(problems) from None


def preset_assumptions(scenarios: CompanyScenarios, preset: str, calibration: CalibrationInputs) -> RunwayAssumptions:
    """Return a named scenario, calibrated so that its opening month burns what the inputs say.

    Args:
        scenarios: The company's scenarios.
        preset: Id of one of them.
        calibration: Facts and figures derived from them.

    Raises:
        UnknownNameError: If there is no such scenario, or an assumption names no input of the company.
        OptionError: If an assumption lies outside its bounds.
    """
    return calibrate(calibration, preset_values(scenarios, preset))


def preset_values(scenarios: CompanyScenarios, preset: str) -> dict[str, Value]:
    """Return the assumptions of a named scenario by dotted input name, shared and inherited ones included."""
    return {name: value for entry in _entries(scenarios, preset) for name, value in _spelt_out(entry).items()}


def preset_reasons(scenarios: CompanyScenarios, preset: str) -> dict[str, Text]:
    """Return why each assumption of a named scenario was made, by dotted input name."""
    return {name: entry.because for entry in _entries(scenarios, preset) for name in _spelt_out(entry)}


def input_origins(
    scenarios: CompanyScenarios, preset: str, assumptions: RunwayAssumptions, calibration: CalibrationInputs
) -> dict[str, Origin]:
    """Return where each changeable number of a named scenario comes from.

    Args:
        scenarios: The company's scenarios.
        preset: Id of one of them.
        assumptions: The scenario as ``preset_assumptions`` built it.
        calibration: The inputs it was built from.
    """
    assumed = preset_values(scenarios, preset)
    return {name: _origin(name, assumed, calibration) for name in levers(assumptions)}


def preset_settings(
    scenarios: CompanyScenarios,
    preset: str,
    *,
    paths: int = 2_000,
    seed: int = 20260109,
    stream: int = 0,
    regime_jump: bool = False,
    correlations: Mapping[tuple[str, str], float] | None = None,
) -> MonteCarloSettings:
    """Return what a simulation of a named scenario varies.

    Args:
        scenarios: The company's scenarios.
        preset: Id of one of them; its own spreads and correlations replace the company's.
        paths: Number of paths.
        seed: Seed of the draws; the same for scenarios that are compared.
        stream: Independent set of draws, one number per company.
        regime_jump: Whether revenue and research may jump together.
        correlations: Correlations that replace the listed ones, by the names of both inputs.

    Raises:
        UnknownNameError: If there is no such scenario.
        ValidationError: If paths, seed or stream lie outside their bounds; the message names both.
    """
    uncertainty = scenarios.uncertainty
    chain = _chain(scenarios, preset)
    spreads = {entry.lever: entry for entry in uncertainty.spreads}
    pairs = {frozenset((entry.first, entry.second)): entry for entry in uncertainty.correlations}
    for link in chain:
        spreads |= {entry.lever: entry for entry in link.spreads}
        pairs |= {frozenset((entry.first, entry.second)): entry for entry in link.correlations}
    jump = uncertainty.regime_jump if regime_jump else None
    without_reason = {"because"}
    listed = {ends: Correlation(**entry.model_dump(exclude=without_reason)) for ends, entry in pairs.items()}
    for (first, second), value in (correlations or {}).items():
        listed[frozenset((first, second))] = Correlation(first=first, second=second, value=value)
    return MonteCarloSettings(
        paths=paths,
        seed=seed,
        stream=stream,
        inputs=tuple(UncertainInput(**entry.model_dump(exclude=without_reason)) for entry in spreads.values()),
        correlations=tuple(listed.values()),
        shock_volatility=uncertainty.shocks.volatility,
        shock_persistence=uncertainty.shocks.persistence,
        regime_jump=RegimeJump(**jump.model_dump(exclude=without_reason)) if jump else None,
    )


def _chain(scenarios: CompanyScenarios, preset: str) -> Sequence[Preset]:
    """Return a scenario and those it is based on, the farthest first."""
    known = {entry.id: entry for entry in scenarios.scenarios}
    if preset not in known:
        raise UnknownNameError("scenario", preset, known)
    chain = [known[preset]]
    while chain[0].based_on is not None:
        chain.insert(0, known[chain[0].based_on])
    return chain


def _entries(scenarios: CompanyScenarios, preset: str) -> list[PresetValue]:
    return [*scenarios.assumed, *(entry for link in _chain(scenarios, preset) for entry in link.values)]


def _spelt_out(entry: PresetValue) -> dict[str, Value]:
    """Return one number per input; a path or a level stands for several."""
    if isinstance(entry.value, Parts):
        parts = entry.value.model_dump(exclude_none=True)
        return {f"{entry.lever}.{part}": number for part, number in parts.items()}
    return {entry.lever: entry.value}


def _origin(name: str, assumed: Mapping[str, Value], calibration: CalibrationInputs) -> Origin:
    if name == "operating_expenses.fixed":
        return Origin.RESIDUAL
    if name in assumed:
        return Origin.ASSUMPTION
    return Origin.CALIBRATION if name in _calibrated(calibration) else Origin.NEUTRAL


def _calibrated(calibration: CalibrationInputs) -> set[str]:
    """Return the names of the inputs that the calibration gives."""
    names = {f"liquidity.{field}" for field in calibration.liquidity.model_fields_set}
    for segment in calibration.segments:
        prefix = f"segments.{segment.name}"
        names |= {f"{prefix}.revenue", f"{prefix}.gross_margin.start", f"{prefix}.gross_margin.end"}
    for position in range(len(calibration.funding)):
        names |= {f"funding.{position}.month", f"funding.{position}.amount"}
    given = calibration.model_fields_set
    for field in ("receivable_days", "payable_days", "deferred_revenue_days"):
        if field in given:
            names |= {f"working_capital.{field}.opening", f"working_capital.{field}.later"}
    names |= {f"capital_spending.{field}" for field in ("capex", "leases") if field in given}
    return names | {"research_and_development.monthly"}
