"""What drives the runway: the tornado, what must be true, the back-test and the list of inputs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pandas as pd

from ipo_data.analysis.runway_inputs import Opening
from ipo_data.analysis.runway_model import (
    Change,
    ReverseStress,
    input_origins,
    levers,
    monthly_frame,
    preset_reasons,
    reverse_stress,
    runway_result,
    simulate,
    tornado,
)
from ipo_data.charts.projections import Swing, tornado_bars
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit
from ipo_data.exhibits.rows import heading
from ipo_data.exhibits.runway_run import (
    Run,
    claims_of,
    converted_notes,
    gaps_of,
    million,
    own_changes,
    run_of,
    runs_of,
    scenario_words,
    setting_words,
)
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
    subtitle = say("tornado.subtitle", company=context.name(company), setting=setting_words(context))
    if run.chosen is None:
        picture = tornado_bars([], 0, context.look, company)
        title, notes = say("runway.no_cash", company=context.name(company)), gaps_of(context, {company: run})
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
        notes=[say("tornado.note")],
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
    labels = {name: label for name, _, label in _moves(context, chosen)}
    return [
        Swing(
            labels[change.lever],
            min(adverse, float(chosen.horizon)),
            min(favourable, float(chosen.horizon)),
            context.write(change.adverse * 100, "percent"),
            context.write(change.favourable * 100, "percent"),
        )
        for change, adverse, favourable in _tried(chosen, tuple((n, step) for n, step, _ in _moves(context, chosen)))
    ]


@lru_cache(maxsize=32)
def _tried(chosen: RunwayAssumptions, steps: tuple[tuple[str, float], ...]) -> tuple[tuple[Change, float, float], ...]:
    """Return every input moved by a step to either side, within its bounds, with the months of both; run once."""
    moved = [(name, lever, step) for name, step in steps if (lever := levers(chosen).get(name))]
    changes = [
        Change(name, *(min(max(lever.value + move, lever.lower), lever.upper) for move in (step, -step)))
        for name, lever, step in moved
    ]
    rows = {str(row["lever"]): row for row in tornado(chosen, changes).to_dict("records")}
    return tuple(
        (change, float(rows[change.lever]["runway_adverse"]), float(rows[change.lever]["runway_favourable"]))
        for change in changes
        if change.lever in rows
    )


def _moves(context: Context, chosen: RunwayAssumptions) -> list[tuple[str, float, str]]:
    """Return the inputs a tornado moves: name, step to the adverse side, words."""
    moves = [
        ("research_and_development.growth.start", 0.02, context.say("lever.research_growth")),
        ("compute_price.change", 0.25, context.say("lever.compute_price")),
        ("operating_expenses.fixed_growth", 0.01, context.say("lever.fixed_growth")),
    ]
    for segment in chosen.segments:
        label = _segment(context, segment.name)
        growth, margin = (
            context.say("lever.segment_growth", segment=label),
            context.say("lever.segment_margin", segment=label),
        )
        moves.append((f"segments.{segment.name}.growth.start", -0.025, growth))
        moves.append((f"segments.{segment.name}.gross_margin.end", -0.15, margin))
    return moves


def _segment(context: Context, name: str) -> str:
    for axis in ("segment", "deployment"):
        for company in context.companies:
            label = context.member(company, axis, name)
            if label != name:
                return label
    return name


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
    setting = {"scenario": scenario_words(context), "setting": setting_words(context)}
    columns = [context.say(f"table.{c}") for c in ("company", "input", "answer")]
    return context.exhibit(
        "runway-reverse",
        title,
        context.say("reverse.subtitle", months=TARGET, **setting),
        None,
        [],
        claims=claims_of(runs),
        table=pd.DataFrame(rows, columns=columns, dtype="str"),
        notes=gaps_of(context, runs),
    )


@lru_cache(maxsize=32)
def _stressed(chosen: RunwayAssumptions) -> tuple[tuple[str, ReverseStress, float, float], ...]:
    """Return every target with what the reverse stress found between its two ends; searched once per scenario."""
    return tuple(
        (key, reverse_stress(chosen, names, TARGET, lower=low, upper=high), low, high)
        for key, names, low, high in _targets(chosen)
    )


def _answer(context: Context, found: ReverseStress, low: float, high: float) -> str:
    """Write what a reverse stress found: a bound, or that every value tried or none is enough."""
    if found.infeasible:
        ends = [context.write(end * 100, "percent") for end in (low, high)]
        return context.say("reverse.infeasible", low=ends[0], high=ends[1])
    if found.value is None:
        return context.say("reverse.always")
    return context.say("reverse.above" if found.met_above else "reverse.below", value=percent(found.value * 100, 2))


def _targets(chosen: RunwayAssumptions) -> list[tuple[str, list[str], float, float]]:
    growth = [f"segments.{s.name}.growth.{edge}" for s in chosen.segments for edge in ("start", "end")]
    return [
        ("growth", growth, -0.05, 0.25),
        ("research", [f"research_and_development.growth.{edge}" for edge in ("start", "end")], -0.1, 0.1),
        ("compute", ["compute_price.change"], -0.9, 1.0),
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Compared:
    """A figure published after the balance date beside the modelled one, both in millions."""

    company: str
    metric: str
    period: str
    modelled: float
    actual: float
    claim: str

    @property
    def miss(self) -> float:
        """How far the model is above (+) or below (−) the published figure, in percent."""
        return (self.modelled / self.actual - 1) * 100


def back_test(context: Context) -> Exhibit:
    """The chosen scenario from the listing vantage against the results published since."""
    runs = runs_of(context)
    found = [
        compared
        for company, run in runs.items() if run.chosen is not None
        for metric in ("revenue", "research_and_development")
        for compared in _compared(context, company, run.chosen, metric)
    ]  # fmt: skip
    title = context.say("backtest.neutral")
    notes = [context.say("backtest.note")] if found else []  # it tells what happened after the balance date
    if found:
        worst = max(found, key=lambda compared: abs(compared.miss))
        item = heading(*_named(context, worst))
        title = context.say("backtest.title", miss=context.write(worst.miss, "percent"), item=item)
    columns = [context.say(f"table.{c}") for c in ("company", "item", "period", "modelled", "actual", "miss")]
    return context.exhibit(
        "runway-backtest",
        title,
        context.say("backtest.subtitle", scenario=scenario_words(context)),
        None,
        [],
        claims=[*claims_of(runs), *(compared.claim for compared in found)],
        table=pd.DataFrame([_compared_row(context, c) for c in found], columns=columns, dtype="str"),
        notes=[*notes, *converted_notes(context, dict.fromkeys(c.company for c in found))],
    )


def _named(context: Context, compared: _Compared) -> list[str]:
    return [
        context.name(compared.company), context.say(f"metric.{compared.metric}"), context.when(compared.period),
    ]  # fmt: skip


def _compared_row(context: Context, compared: _Compared) -> list[str]:
    scale, unit = million(context, compared.company)
    amounts = [context.write(amount * scale, unit) for amount in (compared.modelled, compared.actual)]
    return [*_named(context, compared), *amounts, context.write(compared.miss, "percent")]


def _compared(context: Context, company: str, chosen: RunwayAssumptions, metric: str) -> list[_Compared]:
    """Return every whole period after the balance date for which a document states the metric."""
    frame = monthly_frame(chosen)
    found: list[_Compared] = []
    for fact in context.dataset.select(company, metric):
        if fact.dimensions or fact.period is None or fact.shown is None or fact.value is None:
            continue
        if fact.period.start <= chosen.balance_date:
            continue
        first, last = pd.Timestamp(fact.period.start), pd.Timestamp(fact.period.end)
        inside = frame[(frame["date"] >= first) & (frame["date"] <= last)]
        if len(inside) == fact.period.months:
            modelled, actual = float(inside[metric].sum()), float(fact.value) / 1e6
            found.append(_Compared(company, metric, fact.period.label, modelled, actual, fact.shown.id))
    return found


def inputs(context: Context) -> Exhibit:
    """Every input of the chosen scenario with its value, unit, origin and reason."""
    runs = runs_of(context)
    rows = [row for company, run in runs.items() for row in _input_rows(context, company, run)]
    columns = [context.say(f"table.{c}") for c in ("company", "input", "value", "unit", "origin", "reason")]
    return context.exhibit(
        "runway-inputs",
        context.say("inputs.title", count=len(rows)) if rows else context.say("inputs.neutral"),
        context.say("inputs.subtitle", date=_balance_dates(context, runs)),
        None,
        [],
        claims=claims_of(runs),
        table=pd.DataFrame(rows, columns=columns, dtype="str"),
        notes=gaps_of(context, runs),
    )


def _input_rows(context: Context, company: str, run: Run) -> list[list[str]]:
    if run.chosen is None or run.start.inputs is None:
        return []
    records, scenario = context.dataset.scenarios[company], context.view.option("scenario", "base")
    origins = input_origins(records, scenario, run.chosen, run.start.inputs)
    reasons = preset_reasons(records, scenario)
    own = own_changes(context.view, run.chosen)
    rows = []
    for name, lever in levers(run.chosen).items():
        origin = "own" if name in own else str(origins[name])
        if origin == "neutral":
            continue
        reason = _provenance(run.start, name)
        if origin == "assumption" and name in reasons:
            reason = context.dataset.say(reasons[name], context.view.language)
        value = f"{lever.value:g}"
        rows.append([context.name(company), name, value, lever.unit, context.say(f"origin.{origin}"), reason])
    return rows


def _provenance(start: Opening, name: str) -> str:
    """Return the arithmetic behind an input taken from facts."""
    parts = name.split(".")
    keys = {
        "liquidity.cash": "cash",
        "liquidity.financial_assets": "financial_assets",
        "liquidity.undrawn_facilities": "undrawn_facilities",
        "research_and_development.monthly": "research",
        "capital_spending.capex": "capex",
        "working_capital.receivable_days.opening": "receivable_days",
        "operating_expenses.fixed": "burn",
        "funding.0.amount": "offer",
    }
    key = keys.get(name)
    if key is None and parts[0] == "segments" and parts[2] in ("revenue", "gross_margin"):
        key = f"{parts[2]}.{parts[1]}"
    return start.terms[key].text if key is not None and key in start.terms else ""


def _balance_dates(context: Context, runs: dict[str, Run]) -> str:
    found = {c: run.chosen.balance_date for c, run in runs.items() if run.chosen is not None}
    return context.say.join([f"{context.name(c)} {_day(context, day)}" for c, day in found.items()])


def _day(context: Context, day: date) -> str:
    return context.when(day.isoformat())
