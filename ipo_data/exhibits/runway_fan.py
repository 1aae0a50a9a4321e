"""The spread of simulated paths around the chosen scenario: fan, dates of running out, probabilities and needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite

import numpy as np
import pandas as pd

from ipo_data.analysis.runway_model import (
    ContradictionError,
    MonteCarloResult,
    Probability,
    monte_carlo,
    preset_settings,
)
from ipo_data.analysis.runway_model.own_values import PATHS, SEED, simulation_levers
from ipo_data.charts.fans import Fan, fans
from ipo_data.dataset import Dataset
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit, View
from ipo_data.exhibits.runway_run import (
    SCENARIO_OPTIONS,
    claims_of,
    converted_notes,
    gaps_of,
    million,
    money_view,
    months_words,
    run_of,
    runs_of,
    scenario_words,
    setting_words,
)
from ipo_data.exhibits.runway_words import lever_words
from ipo_data.formatting import number, percent

TARGET = 60
"""Months over which the money lacking is counted."""
_WITHIN = (24, 36, TARGET)
_LEVELS = (5, 25, 50, 75, 95)
_MONTHS_BEYOND = 4
"""Months drawn after the last band has reached zero."""
_OPTIONS = (*SCENARIO_OPTIONS, "jump")


@dataclass(frozen=True)
class _Spread:
    """What a simulation says of one company; the paths themselves are not kept.

    Attributes:
        fan: Bands of liquidity in millions and the share of paths that run out in each month.
        runway: Months by level.
        within: Probability of running out by months.
        need: Money lacking over ``TARGET`` months in millions, by level.
        horizon: Months simulated.
        paths: Number of paths.
        seed: Seed of the draws.
        contradiction: Inputs whose own correlations no joint distribution has; the listed ones stand instead.
    """

    fan: Fan
    runway: Mapping[float, float]
    within: Mapping[int, Probability]
    need: Mapping[float, float]
    horizon: int
    paths: int
    seed: int
    contradiction: tuple[str, ...] = ()


def fan(context: Context) -> Exhibit:
    """Return the spread of simulated liquidity, with the dates on which paths run out."""
    runs, say = runs_of(context), context.say
    spreads = {
        company: spread
        for stream, company in enumerate(context.companies)
        if (spread := _spread_of(context, company, stream)) is not None
    }
    names = ("company", "p10", "p50", "p90", "within_24", "within_36", "within_60", "need_p50", "need_p90")
    rows = [_row(context, company, spread) for company, spread in spreads.items()]
    table = pd.DataFrame(rows, columns=[say(f"table.{name}") for name in names], dtype="str")
    units = {company: million(context, company)[1] for company in spreads}
    drawn = {c: _in_money(spread.fan, million(context, c)[0]) for c, spread in spreads.items()}
    words = {company: _probabilities(context, spread) for company, spread in spreads.items()}
    title = context.title("fan", [_sentence(context, c, spread) for c, spread in spreads.items()], clauses=True)
    return context.exhibit(
        "runway-fan",
        title,
        _subtitle(context, spreads),
        fans(drawn, context.look, units, words),
        [],
        claims=claims_of(runs),
        table=table,
        notes=[*gaps_of(context, runs), *_notes(context, spreads), *converted_notes(context, spreads)],
        projected=bool(spreads),
    )


def _spread_of(context: Context, company: str, stream: int) -> _Spread | None:
    view = context.view
    followed = tuple((name, value) for name, value in view.options if name in _OPTIONS)
    return _simulated(context.dataset, money_view(view, followed), company, stream)


@lru_cache(maxsize=64)
def _simulated(dataset: Dataset, view: View, company: str, stream: int) -> _Spread | None:
    run = run_of(dataset, view, company)
    if run.chosen is None:
        return None
    asked = {name: int(run.own.get(name, lever.value)) for name, lever in simulation_levers().items()}
    records, name = dataset.scenarios[company], view.option("scenario", "base")
    is_jumping = view.option("jump", "no") == "yes"
    contradiction: tuple[str, ...] = ()
    for correlations in (run.correlations, {}):
        settings = preset_settings(
            records, name, paths=asked[PATHS], seed=asked[SEED], stream=stream, regime_jump=is_jumping,
            correlations=correlations,
        )  # fmt: skip
        try:
            return _summary(monte_carlo(run.chosen, settings), contradiction)
        except ContradictionError as error:
            contradiction = error.levers
    return None  # the listed correlations are checked when the records are loaded


def _summary(result: MonteCarloResult, contradiction: tuple[str, ...]) -> _Spread:
    horizon = result.projection.assumptions.horizon
    return _Spread(
        _fan(result),
        result.runway_quantiles((0.1, 0.5, 0.9)),
        {months: result.probability_of_cash_out(months) for months in _WITHIN if months <= horizon},
        result.funding_need_quantiles(min(TARGET, horizon)),
        horizon,
        result.settings.paths,
        result.settings.seed,
        contradiction,
    )


def _fan(result: MonteCarloResult) -> Fan:
    """Return bands and shares up to a few months after the last band has reached zero."""
    frame = result.fan_frame([level / 100 for level in _LEVELS])
    above = [month for month, value in enumerate(frame["p95"]) if value > 0]
    until = min(len(frame), (above[-1] if above else 0) + _MONTHS_BEYOND)
    bands = {level: tuple(max(0.0, float(v)) for v in frame[f"p{level:02d}"][:until]) for level in _LEVELS}
    months = np.floor(result.runway[np.isfinite(result.runway)]).astype(np.intp)
    shares = np.bincount(months, minlength=until)[:until] / result.settings.paths * 100
    return Fan(tuple(f"{day:%Y-%m-%d}" for day in frame["date"][:until]), bands, tuple(float(v) for v in shares))


def _in_money(found: Fan, scale: float) -> Fan:
    bands = {level: tuple(value * scale for value in band) for level, band in found.bands.items()}
    return Fan(found.dates, bands, found.shares)


def _sentence(context: Context, company: str, spread: _Spread) -> str:
    low, middle, high = (months_words(context, spread.runway[q], spread.horizon) for q in (0.1, 0.5, 0.9))
    return context.say("fan.one", company=context.name(company), low=low, middle=middle, high=high)


def _subtitle(context: Context, spreads: Mapping[str, _Spread]) -> str:
    paths = [spread.paths for spread in spreads.values()] or [int(simulation_levers()[PATHS].value)]
    return context.say(
        "fan.subtitle", paths=context.say.join(list(dict.fromkeys(map(number, paths)))), seed=seed_of(context),
        scenario=scenario_words(context), setting=setting_words(context, runs_of(context)),
    )  # fmt: skip


def seed_of(context: Context) -> str:
    """Return the seed of the simulations; several where the reader gave companies seeds of their own."""
    usual = simulation_levers()[SEED].value
    runs = [run for run in runs_of(context).values() if run.chosen is not None]
    return context.say.join(list(dict.fromkeys(str(int(run.own.get(SEED, usual))) for run in runs)) or [str(usual)])


def _probabilities(context: Context, spread: _Spread) -> list[str]:
    """Return the lines that stand in the panel: the chance of running out within some months."""
    return [
        context.say("fan.within", months=months, share=_share(chance)) for months, chance in spread.within.items()
    ]  # fmt: skip


def _share(chance: Probability) -> str:
    return f"{percent(chance.value * 100)} ± {number(chance.standard_error * 100, 1)}"


def _row(context: Context, company: str, spread: _Spread) -> list[str]:
    scale, unit = million(context, company)
    beyond = context.say("state.not_available")
    return [
        context.name(company),
        *(months_words(context, spread.runway[q], spread.horizon) for q in (0.1, 0.5, 0.9)),
        *(_share(spread.within[months]) if months in spread.within else beyond for months in _WITHIN),
        *(context.write(spread.need[q] * scale, unit) if isfinite(spread.need[q]) else beyond for q in (0.5, 0.9)),
    ]


def _notes(context: Context, spreads: Mapping[str, _Spread]) -> list[str]:
    """Return what the quantiles mean, how revenue and research may jump, and correlations that were refused."""
    notes = [context.say("fan.note")]
    for company, spread in spreads.items():
        jump = context.dataset.scenarios[company].uncertainty.regime_jump
        if jump is not None and context.view.option("jump", "no") == "yes":
            notes.append(
                context.say(
                    "fan.jump", company=context.name(company), chance=percent(jump.yearly_probability * 100, 0),
                    revenue=number(jump.revenue_factor, 1), research=number(jump.research_factor, 1),
                    reason=context.dataset.say(jump.because, context.view.language),
                )
            )  # fmt: skip
        if spread.contradiction:
            names = context.say.join([lever_words(context, lever) for lever in spread.contradiction])
            notes.append(context.say("fan.contradiction", company=context.name(company), inputs=names))
    return notes
