"""What a scenario file can get wrong between its records: names of inputs, bounds, and correlations that contradict."""

from collections.abc import Iterator, Sequence
from math import sqrt
from typing import Final

from ipo_data.errors import nearest, shown
from ipo_data.loading.placed import Placed
from ipo_data.loading.problems import ProblemList
from ipo_data.model.scenario_names import NOT_NUMBERS, Bounds, bounds_of, input_names, parts_of
from ipo_data.model.scenario_preset import CompanyScenarios, Parts, PresetCorrelation, PresetSpread, PresetValue

Place = tuple[str | int, ...]
_ROUNDING: Final = 1e-9


def check_scenarios(placed: Placed[CompanyScenarios], segments: Sequence[str], problems: ProblemList) -> None:
    """Note every assumption of a company that names no input, or lies outside the input's bounds.

    Args:
        placed: The company's scenarios.
        segments: Codes its segments may have.
        problems: Collects what is found.
    """
    for place, value in _values(placed.record):
        _check_value(placed, place, value, segments, problems)
    for place, spread in _spreads(placed.record):
        _check_spread(placed, place, spread, segments, problems)
    common = [spread.lever for spread in placed.record.uncertainty.spreads]
    listed = {_ends(pair): pair.value for pair in placed.record.uncertainty.correlations}
    _check_pairs(placed, ("uncertainty", "correlations"), placed.record.uncertainty.correlations, common, problems)
    _check_whole(placed, ("uncertainty", "correlations"), common, listed, problems)
    for number, preset in enumerate(placed.record.scenarios):
        names = list(dict.fromkeys([*common, *(spread.lever for spread in preset.spreads)]))
        where: Place = ("scenarios", number, "correlations")
        _check_pairs(placed, where, preset.correlations, names, problems)
        if preset.correlations:
            own = listed | {_ends(pair): pair.value for pair in preset.correlations}
            _check_whole(placed, where, names, own, problems)


def _values(record: CompanyScenarios) -> Iterator[tuple[Place, PresetValue]]:
    for number, value in enumerate(record.assumed):
        yield ("assumed", number), value
    for order, preset in enumerate(record.scenarios):
        for number, value in enumerate(preset.values):
            yield ("scenarios", order, "values", number), value


def _spreads(record: CompanyScenarios) -> Iterator[tuple[Place, PresetSpread]]:
    for number, spread in enumerate(record.uncertainty.spreads):
        yield ("uncertainty", "spreads", number), spread
    for order, preset in enumerate(record.scenarios):
        for number, spread in enumerate(preset.spreads):
            yield ("scenarios", order, "spreads", number), spread


def _check_value(
    placed: Placed[CompanyScenarios], place: Place, entry: PresetValue, segments: Sequence[str], problems: ProblemList
) -> None:
    if isinstance(entry.value, Parts):
        known = parts_of(entry.lever, segments)
        given = entry.value.model_dump(exclude_none=True)
        if not known:
            _unknown(placed, (*place, "lever"), entry.lever, segments, problems)
        for part, number in given.items():
            if known and part not in known:
                message = f"{placed.name(*place, 'value', part)}: {entry.lever} has no '{part}'{nearest(part, known)}"
                placed.object_to(message, problems, *place, "value", part)
            elif known:
                _check_bounds(placed, (*place, "value", part), known[part], number, problems)
        return
    if entry.lever in NOT_NUMBERS:
        return
    bounds = bounds_of(entry.lever, segments)
    if bounds is None:
        _unknown(placed, (*place, "lever"), entry.lever, segments, problems)
    elif isinstance(entry.value, float):
        _check_bounds(placed, (*place, "value"), bounds, entry.value, problems)
    else:
        message = f"{placed.name(*place, 'value')}: {entry.lever} takes {bounds}"
        placed.object_to(message, problems, *place, "value")


def _check_spread(
    placed: Placed[CompanyScenarios], place: Place, spread: PresetSpread, segments: Sequence[str], problems: ProblemList
) -> None:
    bounds = bounds_of(spread.lever, segments)
    if bounds is None:
        _unknown(placed, (*place, "lever"), spread.lever, segments, problems)
        return
    for end, value in (("lower", spread.lower), ("upper", spread.upper)):
        if value is not None:
            _check_bounds(placed, (*place, end), bounds, value, problems)


def _check_bounds(
    placed: Placed[CompanyScenarios], place: Place, bounds: Bounds, value: float, problems: ProblemList
) -> None:
    if bounds.refuses(value):
        placed.object_to(f"{placed.name(*place)}: must be {bounds}, got {value:g}", problems, *place)


def _unknown(
    placed: Placed[CompanyScenarios], place: Place, name: str, segments: Sequence[str], problems: ProblemList
) -> None:
    hint = nearest(name, input_names(segments))
    placed.object_to(f"{placed.name(*place)}: unknown input '{shown(name)}'{hint}", problems, *place)


def _check_pairs(
    placed: Placed[CompanyScenarios], place: Place, pairs: Sequence[PresetCorrelation], names: Sequence[str],
    problems: ProblemList,
) -> None:  # fmt: skip
    for number, pair in enumerate(pairs):
        for end in ("first", "second"):
            lever = getattr(pair, end)
            if lever not in names:
                where = (*place, number, end)
                message = f"{placed.name(*where)}: '{shown(lever)}' has no spread here{nearest(lever, names)}"
                placed.object_to(message, problems, *where)


def _check_whole(
    placed: Placed[CompanyScenarios], place: Place, names: Sequence[str], values: dict[frozenset[str], float],
    problems: ProblemList,
) -> None:  # fmt: skip
    """Note correlations that no joint distribution has: some mix of the inputs would have a negative variance."""
    matrix = [[1.0 if a == b else values.get(frozenset((a, b)), 0.0) for b in names] for a in names]
    if not _is_possible(matrix):
        message = (
            f"{placed.name(*place)}: these correlations cannot hold together: some mix of the inputs would have a "
            "negative variance; bring them closer to 0"
        )
        placed.object_to(message, problems, *place)


def _is_possible(matrix: list[list[float]]) -> bool:
    """Tell whether a symmetric matrix has no negative eigenvalue, by factorising it (Cholesky)."""
    size = len(matrix)
    factor = [[0.0] * size for _ in range(size)]
    for row in range(size):
        for column in range(row + 1):
            rest = matrix[row][column] - sum(factor[row][k] * factor[column][k] for k in range(column))
            if row == column and rest < -_ROUNDING:
                return False
            if row == column:
                factor[row][row] = sqrt(max(rest, 0.0))
            elif factor[column][column] > _ROUNDING:
                factor[row][column] = rest / factor[column][column]
            elif abs(rest) > sqrt(_ROUNDING):
                return False
    return True


def _ends(pair: PresetCorrelation) -> frozenset[str]:
    return frozenset((pair.first, pair.second))
