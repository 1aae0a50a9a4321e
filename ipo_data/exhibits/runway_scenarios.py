"""Runway scenarios: projected liquidity under each, and the spread of simulated paths around the chosen one."""

from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from math import isfinite

import pandas as pd

from ipo_data.analysis.points import DataPoint, State
from ipo_data.analysis.runway_model import (
    MonteCarloResult,
    Projection,
    RunwayResult,
    monte_carlo,
    preset_assumptions,
    preset_settings,
    runway_result,
    simulate,
)
from ipo_data.analysis.runway_model.results import month_end
from ipo_data.charts.projections import Fan, Path, fans, scenario_lines
from ipo_data.dataset import Dataset
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit, View
from ipo_data.exhibits.runway_run import (
    Run,
    claims_of,
    converted_notes,
    gaps_of,
    million,
    months_words,
    run_of,
    runs_of,
    scenario_words,
    setting_words,
    settings_of,
)
from ipo_data.formatting import MISSING, number
from ipo_data.model.scenario import RunwayAssumptions

SCENARIOS = ("flat", "base", "bull", "bear", "stress")
PRESETS = (*SCENARIOS, "wide")
PATHS = 2_000
SEED = 20_260_109
_TARGET = 60
_HORIZON = 120
_LEVELS = (5, 25, 50, 75, 95)


def scenarios(context: Context) -> Exhibit:
    """Projected liquidity under every named scenario, the chosen one strong, one panel per company."""
    runs = runs_of(context)
    paths: dict[str, list[Path]] = {}
    points: list[DataPoint] = []
    rows: list[list[str]] = []
    for company, run in runs.items():
        if run.chosen is None or run.start.inputs is None:
            continue
        for name, assumptions, strong in _drawn(context, company, run):
            path, point, row = _outcome(context, company, name, assumptions, strong=strong)
            paths.setdefault(company, []).append(path)
            points.append(replace(point, claims=tuple(run.start.claims)))
            rows.append(row)
    columns = [context.say(f"table.{c}") for c in ("company", "scenario", "runway", "runs_out", "break_even", "need")]
    table = pd.DataFrame(rows, columns=columns, dtype="str")
    units = {company: million(context, company)[1] for company in paths}
    title = context.title("scenarios", _scenario_sentences(context, points), scenario=scenario_words(context))
    subtitle = context.say("scenarios.subtitle", setting=setting_words(context, runs))
    notes = [*gaps_of(context, runs), context.say("scenarios.note"), *converted_notes(context, paths)]
    return context.exhibit(
        "runway-scenarios",
        title,
        subtitle,
        scenario_lines(paths, context.look, units),
        points,
        claims=claims_of(runs),
        table=table,
        notes=notes,
    )


def _drawn(context: Context, company: str, run: Run) -> list[tuple[str, RunwayAssumptions, bool]]:
    """Return the scenarios to draw: those the reader overlays, the chosen one, and the reader's own last."""
    if run.chosen is None or run.start.inputs is None:
        return []
    chosen = context.view.option("scenario", "base")
    overlaid = [name for name in context.view.option("overlay", ",".join(SCENARIOS)).split(",") if name in PRESETS]
    is_own = run.chosen != run.preset
    found = [
        (name, preset_assumptions(context.dataset.scenarios[company], name, run.start.inputs))
        for name in dict.fromkeys((*overlaid, chosen))
    ]
    drawn = [(name, assumptions, name == chosen and not is_own) for name, assumptions in found]
    return [*drawn, ("own", run.chosen, True)] if is_own else drawn


@lru_cache(maxsize=64)
def _projected(assumptions: RunwayAssumptions) -> tuple[Projection, RunwayResult]:
    projection = simulate(assumptions)
    return projection, runway_result(projection)


def _outcome(
    context: Context, company: str, name: str, assumptions: RunwayAssumptions, *, strong: bool
) -> tuple[Path, DataPoint, list[str]]:
    projection, result = _projected(assumptions)
    scale, unit = million(context, company)
    until = int(result.months) + 2 if isfinite(result.months) else assumptions.horizon
    values = tuple(max(0.0, float(v)) * scale for v in projection.liquidity[0, :until])
    dates = tuple(f"{month_end(assumptions.balance_date, month):%Y-%m-%d}" for month in range(len(values)))
    label = context.say(f"scenario.{name}")
    months = months_words(context, result.months, assumptions.horizon)
    point = DataPoint(
        company, "runway_scenario", "months", State.SCENARIO,
        Decimal(str(round(result.months, 4))) if isfinite(result.months) else None, dimensions={"scenario": name},
        reason="" if isfinite(result.months) else "reason.beyond_horizon",
    )  # fmt: skip
    need = context.write(result.funding_need * scale, unit)
    ends = context.when(result.cash_out_date.isoformat()) if result.cash_out_date else MISSING
    even = context.write(result.break_even_month, "months") if result.break_even_month is not None else MISSING
    row = [context.name(company), label, months, ends, even, need]
    return Path(name, f"{label} {months}", dates, values, strong), point, row


def _scenario_sentences(context: Context, points: list[DataPoint]) -> list[str]:
    """Return the runway of each company under the chosen scenario, with the reader's own values where there are any."""
    own = {p.company for p in points if p.dimensions["scenario"] == "own"}
    scenario = context.view.option("scenario", "base")
    chosen = [p for p in points if p.dimensions["scenario"] == ("own" if p.company in own else scenario)]
    beyond = context.say("scenario.beyond", months=_HORIZON)
    written = [(p.company, context.point(p) if p.value is not None else beyond) for p in chosen]
    return [context.say("scenarios.one", company=context.name(company), months=text) for company, text in written]


@lru_cache(maxsize=32)
def _simulated(dataset: Dataset, view: View, company: str, stream: int) -> MonteCarloResult | None:
    run = run_of(dataset, view, company)
    if run.chosen is None:
        return None
    settings = preset_settings(
        dataset.scenarios[company], view.option("scenario", "base"), paths=PATHS, seed=SEED, stream=stream
    )
    return monte_carlo(run.chosen, settings)


def fan(context: Context) -> Exhibit:
    """Spread of simulated liquidity around the chosen scenario, with the months at P10, P50 and P90."""
    runs = runs_of(context)
    spreads: dict[str, Fan] = {}
    rows: list[list[str]] = []
    sentences: list[str] = []
    for stream, company in enumerate(context.companies):
        result = _simulated(context.dataset, settings_of(context.view), company, stream)
        if result is not None:
            spreads[company] = _fan_of(result, million(context, company)[0])
            rows.append(_spread_row(context, company, result))
            sentences.append(_spread_sentence(context, company, result))
    names = ("company", "p10", "p50", "p90", "within_24", "within_36", "within_60", "need_p50", "need_p90")
    table = pd.DataFrame(rows, columns=[context.say(f"table.{name}") for name in names], dtype="str")
    units = {company: million(context, company)[1] for company in spreads}
    title = context.title("fan", sentences, clauses=True)
    setting = {"scenario": scenario_words(context), "setting": setting_words(context, runs)}
    subtitle = context.say("fan.subtitle", paths=number(PATHS), seed=SEED, **setting)
    notes = [*gaps_of(context, runs), context.say("fan.note"), *converted_notes(context, spreads)]
    return context.exhibit(
        "runway-fan",
        title,
        subtitle,
        fans(spreads, context.look, units),
        [],
        claims=claims_of(runs),
        table=table,
        notes=notes,
    )


def _spread_sentence(context: Context, company: str, result: MonteCarloResult) -> str:
    quantiles = result.runway_quantiles((0.1, 0.5, 0.9))
    horizon = result.projection.assumptions.horizon
    low, middle, high = (months_words(context, quantiles[q], horizon) for q in (0.1, 0.5, 0.9))
    return context.say("fan.one", company=context.name(company), low=low, middle=middle, high=high)


def _fan_of(result: MonteCarloResult, scale: float) -> Fan:
    """Return the bands up to three months after the last of them has reached zero."""
    frame = result.fan_frame([level / 100 for level in _LEVELS])
    above = [month for month, value in enumerate(frame["p95"]) if value > 0]
    until = min(len(frame), (above[-1] if above else 0) + 4)
    bands = {level: tuple(max(0.0, float(v)) * scale for v in frame[f"p{level:02d}"][:until]) for level in _LEVELS}
    return Fan(tuple(f"{day:%Y-%m-%d}" for day in frame["date"][:until]), bands)


def _spread_row(context: Context, company: str, result: MonteCarloResult) -> list[str]:
    scale, unit = million(context, company)
    horizon = result.projection.assumptions.horizon
    quantiles = result.runway_quantiles((0.1, 0.5, 0.9))
    shares = [result.probability_of_cash_out(months) for months in (24, 36, _TARGET)]
    needs = result.funding_need_quantiles(_TARGET)
    written = [f"{context.write(p.value * 100, 'percent')} ± {p.standard_error * 100:.1f}" for p in shares]
    return [
        context.name(company), *[months_words(context, quantiles[q], horizon) for q in (0.1, 0.5, 0.9)], *written,
        *[context.write(needs[q] * scale, unit) for q in (0.5, 0.9)],
    ]  # fmt: skip
