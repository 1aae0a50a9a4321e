"""Months of runway over any two inputs of the chosen scenario, the scenario's own pair framed."""

from collections.abc import Callable
from functools import lru_cache
from math import isfinite

import pandas as pd

from ipo_data.analysis.runway_model import Lever, heat_map, levers, opening_burn
from ipo_data.charts.grids import Cells, GridCell, cell_grid
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit
from ipo_data.exhibits.runway_run import Run, gaps_of, months_words, run_of, scenario_words, setting_words
from ipo_data.exhibits.runway_words import NAMES, PARTS, family, lever_words, value_words
from ipo_data.formatting import number
from ipo_data.model.scenario import RunwayAssumptions

ACROSS, DOWN = "x", "y"
DEFAULTS = {ACROSS: "compute_price.change", DOWN: "research_and_development.growth.start"}
_NOT_OF_A_PATH = ("horizon", "burn", "new_money.amount", "new_money.month", "simulation.paths", "simulation.seed")
_WIDTH = 7
"""Values tried for each input."""
_FAR = 6
"""Steps to either side from which the values are chosen."""
_STEPS = {
    "fraction per month": 0.01, "fraction": 0.1, "fraction per year": 0.01, "days": 15.0, "month index": 3.0,
}  # fmt: skip
"""Distance between two values by unit; amounts and half-lives go by shares of what they are."""
_SHARE_OF_AMOUNT = 0.2
_HALF_LIVES = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 4.0)


def is_input(text: str) -> bool:
    """Tell whether a text names an input that may differ between two projections."""
    kind, part, _ = family(text)
    return kind in NAMES and kind not in _NOT_OF_A_PATH and kind != "correlation.value" and (not part or part in PARTS)


def input_names(context: Context) -> dict[str, str]:
    """Return the words of every input that a map may have on a side, by name: those of all companies shown."""
    found: dict[str, str] = {}
    for company in context.companies:
        run = run_of(context.dataset, context.view, company)
        for name in levers(run.chosen) if run.chosen is not None else DEFAULTS.values():
            if is_input(name):
                found.setdefault(name, lever_words(context, name))
    return found


def heat_of(company: str) -> Callable[[Context], Exhibit]:
    """Return the builder of one company's heat map."""

    def build(context: Context) -> Exhibit:
        return _heat(context, company)

    return build


def _heat(context: Context, company: str) -> Exhibit:
    run = run_of(context.dataset, context.view, company)
    across, down = (context.view.option(side, DEFAULTS[side]) for side in (ACROSS, DOWN))
    name, say = f"runway-heat-{company}", context.say
    named = {"company": context.name(company), "across": lever_words(context, across)}
    named |= {"down": lever_words(context, down)}
    setting = setting_words(context, {company: run}, converted=False)  # as are amounts that rows or columns stand for
    subtitle = say("heat.subtitle", **named, scenario=scenario_words(context), setting=setting)
    known = levers(run.chosen) if run.chosen is not None else {}
    if run.chosen is None or across == down or not {across, down} <= set(known):
        picture = cell_grid([], [], {}, context.look, color=context.look.companies[company].color)
        notes = [*gaps_of(context, {company: run}), *_refused(context, company, known, (across, down))]
        return context.exhibit(name, say("heat.neutral", **named), subtitle, picture, [], notes=notes)
    frame = _grid(run.chosen, across, down)
    rows = [value_words(context, known[down], run.chosen.currency, float(v)) for v in frame.index]
    columns = [value_words(context, known[across], run.chosen.currency, float(v)) for v in frame.columns]
    base = (_place(frame.index, known[down].value), _place(frame.columns, known[across].value))
    picture = cell_grid(
        rows, columns, _cells(context, run.chosen, frame, (rows, columns)), context.look,
        color=context.look.companies[company].color, row_height=34, framed=base,
        sides=(lever_words(context, across), lever_words(context, down)),
    )  # fmt: skip
    return context.exhibit(
        name, _title(context, company, run, frame), subtitle, picture, [], claims=run.start.claims,
        table=_table(context, frame, rows, (lever_words(context, down), columns)), notes=[say("heat.note")],
        projected=True,
    )  # fmt: skip


@lru_cache(maxsize=64)
def _grid(chosen: RunwayAssumptions, across: str, down: str) -> pd.DataFrame:
    """Return months for every pair of values: one run, a path per pair."""
    known, burn = levers(chosen), abs(opening_burn(chosen))
    return heat_map(chosen, down, values_around(known[down], burn), across, values_around(known[across], burn))


def values_around(lever: Lever, burn: float) -> list[float]:
    """Return up to seven values the input accepts, its own among them and in the middle where its bounds allow.

    Args:
        lever: The input.
        burn: Burn of the opening month, the measure for amounts that are nil.
    """
    if lever.unit == "months":
        tried = {min(max(lever.value * factor, lever.lower), lever.upper) for factor in _HALF_LIVES}
        return sorted(tried)
    nil = burn if lever.unit == "million" else _SHARE_OF_AMOUNT * burn
    step = _STEPS.get(lever.unit) or _SHARE_OF_AMOUNT * abs(lever.value) or nil or 1.0
    tried = {round(lever.value + step * count, 9) for count in range(-_FAR, _FAR + 1) if count}
    allowed = [value for value in tried if lever.lower <= value <= lever.upper]
    nearest = sorted(allowed, key=lambda value: (abs(value - lever.value), value))[: _WIDTH - 1]
    return sorted([*nearest, lever.value])


def _place(values: pd.Index, wanted: float) -> int:
    return [float(value) for value in values].index(float(wanted))


def _cells(
    context: Context, chosen: RunwayAssumptions, frame: pd.DataFrame, words: tuple[list[str], list[str]]
) -> Cells:
    rows, columns = words
    cells = {}
    for row, line in enumerate(frame.to_numpy()):
        for column, months in enumerate(line):
            text = number(float(months), 1) if isfinite(months) else f">{chosen.horizon}"
            hover = f"{rows[row]} · {columns[column]}<br>{months_words(context, float(months), chosen.horizon)}"
            cells[row, column] = GridCell(min(float(months), float(chosen.horizon)), text, hover)
    return cells


def _table(context: Context, frame: pd.DataFrame, rows: list[str], across: tuple[str, list[str]]) -> pd.DataFrame:
    corner, columns = across
    lines = [
        [row, *(number(float(v), 1) if isfinite(v) else context.say("scenario.never") for v in line)]
        for row, line in zip(rows, frame.to_numpy(), strict=True)
    ]
    return pd.DataFrame(lines, columns=[corner, *columns], dtype="str")


def _title(context: Context, company: str, run: Run, frame: pd.DataFrame) -> str:
    horizon = run.chosen.horizon if run.chosen is not None else 0
    low, high = (months_words(context, float(end), horizon) for end in (frame.to_numpy().min(), frame.to_numpy().max()))
    return context.say("heat.title", company=context.name(company), low=low, high=high)


def _refused(context: Context, company: str, known: dict[str, Lever], wanted: tuple[str, str]) -> list[str]:
    if not known:
        return []
    if wanted[0] == wanted[1]:
        return [context.say("heat.same")]
    lacking = [lever_words(context, name) for name in wanted if name not in known]
    return [context.say("heat.lacking", company=context.name(company), inputs=context.say.join(lacking))]
