"""What drives the runway: the tornado, what must be true, the back-test and the list of inputs."""

from collections.abc import Callable
from datetime import date

import pandas as pd

from ipo_data.analysis.runway_inputs import Opening
from ipo_data.analysis.runway_model import (
    Change,
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
from ipo_data.exhibits.runway_run import Run, claims_of, gaps_of, million, own_changes, run_of, runs_of, setting_words
from ipo_data.model.scenario import RunwayAssumptions

TARGET = 60
"""Months the money is asked to last in the reverse stress."""


def sensitivity_of(company: str) -> Callable[[Context], Exhibit]:
    """Return the builder of one company's tornado."""

    def build(context: Context) -> Exhibit:
        run = run_of(context.dataset, context.view, company)
        name = f"runway-tornado-{company}"
        subtitle = context.say("tornado.subtitle", company=context.name(company), setting=setting_words(context))
        if run.chosen is None:
            title = context.say("runway.no_cash", company=context.name(company))
            return context.exhibit(
                name,
                title,
                subtitle,
                tornado_bars([], 0, context.look, company),
                [],
                notes=gaps_of(context, {company: run}),
            )
        base = runway_result(simulate(run.chosen)).months
        swings = _swings(context, run.chosen)
        rows = [
            [
                s.label,
                s.adverse_text,
                context.write(round(s.adverse, 1), "months"),
                s.favourable_text,
                context.write(round(s.favourable, 1), "months"),
            ]
            for s in swings
        ]
        columns = [context.say(f"table.{c}") for c in ("input", "adverse", "runway", "favourable", "runway")]
        table = pd.DataFrame(rows, dtype="str")
        table.columns = [f"{c}{' ' * i}" if columns.index(c) != i else c for i, c in enumerate(columns)]
        widest = max(swings, key=lambda s: abs(s.favourable - s.adverse), default=None)
        title = (
            context.say(
                "tornado.title",
                company=context.name(company),
                input=widest.label,
                low=context.write(round(widest.adverse, 1), "months"),
                high=context.write(round(widest.favourable, 1), "months"),
            )
            if widest
            else context.say("tornado.neutral", company=context.name(company))
        )
        picture = tornado_bars(swings, min(base, run.chosen.horizon), context.look, company)
        return context.exhibit(
            name,
            title,
            subtitle,
            picture,
            [],
            claims=run.start.claims,
            table=table,
            notes=[context.say("tornado.note")],
        )

    return build


def _swings(context: Context, chosen: RunwayAssumptions) -> list[Swing]:
    known = levers(chosen)
    changes: list[Change] = []
    labels: list[str] = []
    for name, worse, label in _moves(context, chosen):
        lever = known.get(name)
        if lever is not None:
            adverse, favourable = (min(max(lever.value + step, lever.lower), lever.upper) for step in (worse, -worse))
            changes.append(Change(name, adverse, favourable))
            labels.append(label)
    rows = {str(row["lever"]): row for row in tornado(chosen, changes).to_dict("records")}
    tried = [
        (change, label, rows[change.lever])
        for change, label in zip(changes, labels, strict=True)
        if change.lever in rows
    ]
    ceiling = float(chosen.horizon)
    return [
        Swing(
            label,
            min(float(row["runway_adverse"]), ceiling),
            min(float(row["runway_favourable"]), ceiling),
            context.write(change.adverse * 100, "percent"),
            context.write(change.favourable * 100, "percent"),
        )
        for change, label, row in tried
    ]


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
    rows: list[list[str]] = []
    sentences: list[str] = []
    for company, run in runs.items():
        if run.chosen is None:
            continue
        for key, names, low, high in _targets(run.chosen):
            answer = reverse_stress(run.chosen, names, TARGET, lower=low, upper=high)
            if answer.infeasible:
                words = context.say(
                    "reverse.infeasible",
                    low=context.write(low * 100, "percent"),
                    high=context.write(high * 100, "percent"),
                )
            elif answer.value is None:
                words = context.say("reverse.always")
            else:
                words = context.say(
                    "reverse.above" if answer.met_above else "reverse.below", value=f"{answer.value * 100:.2f}%"
                )
            rows.append([context.name(company), context.say(f"reverse.{key}"), words])
            if key == "growth":
                sentences.append(context.say("reverse.one", company=context.name(company), answer=words))
    columns = [context.say(f"table.{c}") for c in ("company", "input", "answer")]
    title = (
        context.say("reverse.title", months=TARGET, parts=context.say("segments.separator").join(sentences))
        if sentences
        else context.say("reverse.neutral", months=TARGET)
    )
    subtitle = context.say(
        "reverse.subtitle",
        months=TARGET,
        scenario=context.say(f"scenario.{context.view.option('scenario', 'base')}"),
        setting=setting_words(context),
    )
    table = pd.DataFrame(rows, columns=columns, dtype="str")
    return context.exhibit(
        "runway-reverse", title, subtitle, None, [], claims=claims_of(runs), table=table, notes=gaps_of(context, runs)
    )


def _targets(chosen: RunwayAssumptions) -> list[tuple[str, list[str], float, float]]:
    growth = [f"segments.{s.name}.growth.{edge}" for s in chosen.segments for edge in ("start", "end")]
    return [
        ("growth", growth, -0.05, 0.25),
        ("research", [f"research_and_development.growth.{edge}" for edge in ("start", "end")], -0.1, 0.1),
        ("compute", ["compute_price.change"], -0.9, 1.0),
    ]  # fmt: skip


def back_test(context: Context) -> Exhibit:
    """The chosen scenario from the listing vantage against the results published since."""
    runs = runs_of(context)
    rows: list[list[str]] = []
    worst: tuple[float, str] | None = None
    claims: list[str] = []
    for company, run in runs.items():
        if run.chosen is None:
            continue
        for metric, column in (("revenue", "revenue"), ("research_and_development", "research_and_development")):
            for period, modelled, actual, used in _compared(context, company, run.chosen, metric, column):
                claims += used
                miss = modelled / actual - 1
                label = f"{context.name(company)} · {context.say(f'metric.{metric}')} · {context.when(period)}"
                scale, unit = million(context, company)
                rows.append(
                    [
                        context.name(company),
                        context.say(f"metric.{metric}"),
                        context.when(period),
                        context.write(modelled * scale, unit),
                        context.write(actual * scale, unit),
                        context.write(miss * 100, "percent"),
                    ]
                )
                if worst is None or abs(miss) > abs(worst[0]):
                    worst = (miss, label)
    columns = [context.say(f"table.{c}") for c in ("company", "item", "period", "modelled", "actual", "miss")]
    title = (
        context.say("backtest.title", miss=context.write(worst[0] * 100, "percent"), item=worst[1])
        if worst
        else context.say("backtest.neutral")
    )
    subtitle = context.say(
        "backtest.subtitle", scenario=context.say(f"scenario.{context.view.option('scenario', 'base')}")
    )
    table = pd.DataFrame(rows, columns=columns, dtype="str")
    return context.exhibit(
        "runway-backtest",
        title,
        subtitle,
        None,
        [],
        claims=[*claims_of(runs), *claims],
        table=table,
        notes=[context.say("backtest.note")],
    )


def _compared(
    context: Context, company: str, chosen: RunwayAssumptions, metric: str, column: str
) -> list[tuple[str, float, float, tuple[str, ...]]]:
    """Return (period, modelled, actual in millions, claims) for whole periods after the balance date."""
    frame = monthly_frame(chosen)
    found: list[tuple[str, float, float, tuple[str, ...]]] = []
    for fact in context.dataset.select(company, metric):
        if fact.dimensions or fact.period is None or fact.shown is None or fact.value is None:
            continue
        if fact.period.start <= chosen.balance_date:
            continue
        inside = frame[
            (frame["date"] >= pd.Timestamp(fact.period.start)) & (frame["date"] <= pd.Timestamp(fact.period.end))
        ]
        if len(inside) == fact.period.months:
            modelled = float(inside[column].sum())
            found.append((fact.period.label, modelled, float(fact.value) / 1e6, (fact.shown.id,)))
    return found


def inputs(context: Context) -> Exhibit:
    """Every input of the chosen scenario with its value, unit, origin and reason."""
    runs = runs_of(context)
    rows: list[list[str]] = []
    chosen_name = context.view.option("scenario", "base")
    for company, run in runs.items():
        if run.chosen is None or run.start.inputs is None:
            continue
        records = context.dataset.scenarios[company]
        origins = input_origins(records, chosen_name, run.chosen, run.start.inputs)
        reasons = preset_reasons(records, chosen_name)
        own = own_changes(context.view, run.chosen)
        for name, lever in levers(run.chosen).items():
            origin = "own" if name in own else str(origins[name])
            if origin == "neutral":
                continue
            reason = (
                context.dataset.say(reasons[name], context.view.language)
                if name in reasons and origin == "assumption"
                else _provenance(run.start, name)
            )
            rows.append(
                [context.name(company), name, f"{lever.value:g}", lever.unit, context.say(f"origin.{origin}"), reason]
            )
    columns = [context.say(f"table.{c}") for c in ("company", "input", "value", "unit", "origin", "reason")]
    title = context.say("inputs.title", count=len(rows)) if rows else context.say("inputs.neutral")
    table = pd.DataFrame(rows, columns=columns, dtype="str")
    return context.exhibit(
        "runway-inputs",
        title,
        context.say("inputs.subtitle", date=_balance_dates(context, runs)),
        None,
        [],
        claims=claims_of(runs),
        table=table,
        notes=gaps_of(context, runs),
    )


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
    if key is None and parts[0] == "segments":
        key = (
            f"revenue.{parts[1]}"
            if parts[2] == "revenue"
            else f"gross_margin.{parts[1]}"
            if parts[2] == "gross_margin"
            else None
        )
    return start.terms[key].text if key is not None and key in start.terms else ""


def _balance_dates(context: Context, runs: dict[str, Run]) -> str:
    found = {c: run.chosen.balance_date for c, run in runs.items() if run.chosen is not None}
    return context.say.join([f"{context.name(c)} {_day(context, day)}" for c, day in found.items()])


def _day(context: Context, day: date) -> str:
    return context.when(day.isoformat())
