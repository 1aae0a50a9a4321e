"""What drives the runway: the tornado and what must be true for the money to last."""

from collections.abc import Callable
from functools import lru_cache

import pandas as pd

from ipo_data.analysis.runway_model import (
    Change,
    ReverseStress,
    Search,
    both_ends,
    levers,
    reverse_stresses,
    runway_result,
    simulate,
)
from ipo_data.charts.projections import Swing, tornado_bars
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit
from ipo_data.exhibits.runway_run import (
    claims_of,
    converted_notes,
    gaps_of,
    run_of,
    runs_of,
    scenario_words,
    setting_words,
)
from ipo_data.exhibits.runway_words import lever_words
from ipo_data.formatting import percent
from ipo_data.model.scenario import RunwayAssumptions

TARGET = 60
"""Months the money is asked to last in the reverse stress."""


def sensitivity_of(company: str) -> Callable[[Context], Exhibit]:
    """Return the builder of one company's tornado."""

    def build(context: Context) -> Exhibit:
        return _sensitivity(context, company)

    return build


def _sensitivity(context: Context, company: str) -> Exhibit:
    run = run_of(context.dataset, context.view, company)
    name, say = f"runway-tornado-{company}", context.say
    subtitle = say("tornado.subtitle", scenario=scenario_words(context), setting=setting_words(context, {company: run}))
    if run.chosen is None:
        picture = tornado_bars([], 0, context.look, company)
        title, notes = say("tornado.none", company=context.name(company)), gaps_of(context, {company: run})
        return context.exhibit(name, title, subtitle, picture, [], notes=notes)
    base = runway_result(simulate(run.chosen)).months
    swings = _swings(context, run.chosen)
    return context.exhibit(
        name,
        _tornado_title(context, company, swings),
        subtitle,
        tornado_bars(swings, min(base, run.chosen.horizon), context.look, company),
        [],
        claims=run.start.claims,
        table=_tornado_table(context, swings),
        notes=[say("tornado.note"), *converted_notes(context, [company])],
        projected=True,
    )


def _tornado_title(context: Context, company: str, swings: list[Swing]) -> str:
    if not swings:
        return context.say("tornado.neutral", company=context.name(company))
    widest = max(swings, key=lambda swing: abs(swing.favourable - swing.adverse))
    low, high = (context.write(round(months, 1), "months") for months in (widest.adverse, widest.favourable))
    return context.say("tornado.title", company=context.name(company), input=widest.label, low=low, high=high)


def _tornado_table(context: Context, swings: list[Swing]) -> pd.DataFrame:
    rows = [
        [
            swing.label,
            swing.adverse_text,
            context.write(round(swing.adverse, 1), "months"),
            swing.favourable_text,
            context.write(round(swing.favourable, 1), "months"),
        ]
        for swing in swings
    ]
    columns = [context.say(f"table.{c}") for c in ("input", "adverse", "runway", "favourable", "runway")]
    columns[-1] += " " * 4  # a second column of the same name, which a table needs apart
    return pd.DataFrame(rows, columns=columns, dtype="str")


def _swings(context: Context, chosen: RunwayAssumptions) -> list[Swing]:
    return [
        Swing(
            lever_words(context, change.lever),
            min(adverse, float(chosen.horizon)),
            min(favourable, float(chosen.horizon)),
            context.write(change.adverse * 100, "percent"),
            context.write(change.favourable * 100, "percent"),
        )
        for change, adverse, favourable in _tried(chosen, tuple(_moves(chosen)))
    ]


@lru_cache(maxsize=32)
def _tried(chosen: RunwayAssumptions, steps: tuple[tuple[str, float], ...]) -> tuple[tuple[Change, float, float], ...]:
    """Return every input moved by a step to either side, within its bounds, with the months of both; run once."""
    moved = [(name, lever, step) for name, step in steps if (lever := levers(chosen).get(name))]
    changes = [
        Change(name, *(min(max(lever.value + move, lever.lower), lever.upper) for move in (step, -step)))
        for name, lever, step in moved
    ]
    return tuple((change, *ends) for change, ends in zip(changes, both_ends(chosen, changes), strict=True))


def _moves(chosen: RunwayAssumptions) -> list[tuple[str, float]]:
    """Return the inputs a tornado moves, each with its step to the adverse side."""
    moves = [
        ("research_and_development.growth.start", 0.02), ("compute_price.change", 0.25),
        ("operating_expenses.fixed_growth", 0.01),
    ]  # fmt: skip
    for segment in chosen.segments:
        moves.append((f"segments.{segment.name}.growth.start", -0.025))
        moves.append((f"segments.{segment.name}.gross_margin.end", -0.15))
    return moves


def must_be_true(context: Context) -> Exhibit:
    """Reverse stress: the constant value of one input at which the money lasts sixty months."""
    runs = runs_of(context)
    answers = {
        (company, key): _answer(context, found, low, high)
        for company, run in runs.items() if run.chosen is not None
        for key, found, low, high in _stressed(run.chosen)
    }  # fmt: skip
    rows = [[context.name(company), context.say(f"reverse.{key}"), words] for (company, key), words in answers.items()]
    sentences = [
        context.say("reverse.one", company=context.name(company), answer=words)
        for (company, key), words in answers.items() if key == "growth"
    ]  # fmt: skip
    title = context.say("reverse.neutral", months=TARGET)
    if sentences:
        title = context.say("reverse.title", months=TARGET, parts=context.clauses(sentences))
    setting = {"scenario": scenario_words(context), "setting": setting_words(context, runs)}
    columns = [context.say(f"table.{c}") for c in ("company", "input", "answer")]
    return context.exhibit(
        "runway-reverse",
        title,
        context.say("reverse.subtitle", months=TARGET, **setting),
        None,
        [],
        claims=claims_of(runs),
        table=pd.DataFrame(rows, columns=columns, dtype="str"),
        notes=[*gaps_of(context, runs), *converted_notes(context, dict.fromkeys(company for company, _ in answers))],
        projected=bool(rows),
    )


@lru_cache(maxsize=32)
def _stressed(chosen: RunwayAssumptions) -> tuple[tuple[str, ReverseStress, float, float], ...]:
    """Return every target with what the reverse stress found between its two ends; searched once per scenario."""
    targets = _targets(chosen)
    found = reverse_stresses(chosen, [Search(names, low, high) for _, names, low, high in targets], TARGET)
    return tuple((key, stress, low, high) for (key, _, low, high), stress in zip(targets, found, strict=True))


def _answer(context: Context, found: ReverseStress, low: float, high: float) -> str:
    """Write what a reverse stress found: a bound, or that every value tried or none is enough."""
    if found.infeasible:
        ends = [context.write(end * 100, "percent") for end in (low, high)]
        return context.say("reverse.infeasible", low=ends[0], high=ends[1])
    if found.value is None:
        return context.say("reverse.always")
    return context.say("reverse.above" if found.met_above else "reverse.below", value=percent(found.value * 100, 2))


def _targets(chosen: RunwayAssumptions) -> list[tuple[str, tuple[str, ...], float, float]]:
    growth = tuple(f"segments.{s.name}.growth.{edge}" for s in chosen.segments for edge in ("start", "end"))
    return [
        ("growth", growth, -0.05, 0.25),
        ("research", tuple(f"research_and_development.growth.{edge}" for edge in ("start", "end")), -0.1, 0.1),
        ("compute", ("compute_price.change",), -0.9, 1.0),
    ]  # fmt: skip
