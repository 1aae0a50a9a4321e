"""Runway scenarios: projected liquidity under each, those the reader overlays, the chosen one strong."""

from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from math import isfinite

import pandas as pd

from ipo_data.analysis.points import DataPoint, State
from ipo_data.analysis.runway_model import Projection, RunwayResult, runway_result, simulate
from ipo_data.analysis.runway_model.results import month_end
from ipo_data.charts.projections import Path, scenario_lines
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit
from ipo_data.exhibits.runway_notes import balance_notes
from ipo_data.exhibits.runway_run import (
    Run,
    claims_of,
    converted_notes,
    figures_of,
    gaps_of,
    given,
    million,
    months_words,
    preset_of,
    runs_of,
    scenario_words,
    setting_words,
)
from ipo_data.formatting import MISSING, duration
from ipo_data.model.scenario import RunwayAssumptions

SCENARIOS = ("flat", "base", "bull", "bear", "stress")
PRESETS = (*SCENARIOS, "wide")
_HORIZON = 120


def scenarios(context: Context) -> Exhibit:
    """Projected liquidity under every named scenario, the chosen one strong, one panel per company."""
    runs = runs_of(context)
    paths: dict[str, list[Path]] = {}
    points: list[DataPoint] = []
    rows: list[list[str]] = []
    early: list[str] = []
    for company, run in runs.items():
        if run.chosen is None or run.start.inputs is None:
            continue
        for name, assumptions, strong in _drawn(context, company, run):
            path, point, row = _outcome(context, company, name, assumptions, strong=strong)
            paths.setdefault(company, []).append(path)
            points.append(replace(point, claims=tuple(run.start.claims)))
            rows.append(row)
        early += _ends_before(context, company)
    columns = [context.say(f"table.{c}") for c in ("company", "scenario", "runway", "runs_out", "break_even", "need")]
    table = pd.DataFrame(rows, columns=columns, dtype="str")
    units = {company: million(context, company)[1] for company in paths}
    title = context.title("scenarios", _scenario_sentences(context, points), scenario=scenario_words(context))
    subtitle = context.say("scenarios.subtitle", setting=setting_words(context, runs))
    counted = context.view.option("lines", "no") != "no"
    stated = [company for company in paths if figures_of(context, company) is None]
    notes = [
        *gaps_of(context, runs), context.say("scenarios.note"), *early,
        *balance_notes(context, stated, counted=counted), *converted_notes(context, paths),
    ]  # fmt: skip
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


def _ends_before(context: Context, company: str) -> list[str]:
    """Say why money lasts shorter in the bull case than in the flat one, where it does and a higher burn is why."""
    shown = context.view.option("overlay", ",".join(SCENARIOS)).split(",")
    if not {"bull", "flat"} <= {*shown, context.view.option("scenario", "base")}:
        return []
    (bull, high), (flat, low) = (_projected(preset_of(context, company, name)) for name in ("bull", "flat"))
    if not isfinite(high.months) or round(high.months, 1) >= round(low.months, 1):
        return []
    average = -float(bull.free_cash_flow[0, : max(1, int(high.months))].mean())
    opening = -float(flat.free_cash_flow[0, 0])
    if average <= opening:
        return []
    scale, unit = million(context, company)
    words = {"average": average, "opening": opening}
    return [
        context.say(
            "scenarios.ends_before", company=context.name(company), high=context.say("scenario.bull"),
            low=context.say("scenario.flat"), first=months_words(context, high.months, _HORIZON),
            later=months_words(context, low.months, _HORIZON),
            **{k: context.say("unit.per_month", value=given(context, v * scale, unit)) for k, v in words.items()},
        )
    ]  # fmt: skip


def _drawn(context: Context, company: str, run: Run) -> list[tuple[str, RunwayAssumptions, bool]]:
    """Return the scenarios to draw: those the reader overlays, the chosen one, and the reader's own last."""
    if run.chosen is None or run.start.inputs is None:
        return []
    chosen = context.view.option("scenario", "base")
    overlaid = [name for name in context.view.option("overlay", ",".join(SCENARIOS)).split(",") if name in PRESETS]
    is_own = run.chosen != run.preset
    found = [(name, preset_of(context, company, name)) for name in dict.fromkeys((*overlaid, chosen))]
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
    even = MISSING
    if result.break_even_month is not None:
        even = duration(result.break_even_month, "months", context.view.language, 0)
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
