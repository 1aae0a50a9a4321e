"""The chosen runway scenario of each company: opening figures from facts, assumptions, the reader's own changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from math import isfinite

from ipo_data.analysis.currency import NATIVE
from ipo_data.analysis.runway_inputs import Opening, opening
from ipo_data.analysis.runway_model import preset_assumptions, with_values
from ipo_data.dataset import Dataset
from ipo_data.errors import IpoDataError
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import View
from ipo_data.model.scenario import RunwayAssumptions


@dataclass(frozen=True)
class Run:
    """One company's chosen scenario, ready to run.

    Attributes:
        start: Opening figures with their provenance.
        chosen: The chosen scenario with the reader's own changes.
        problem: Why a reader's change was refused, or empty.
    """

    start: Opening
    chosen: RunwayAssumptions | None
    problem: str = ""


def settings_of(view: View) -> View:
    """Return the part of a view that a projection depends on: neither language nor currency nor theme."""
    return View(rates=view.rates, options=view.options)


def run_of(dataset: Dataset, view: View, company: str) -> Run:
    """Return a company's opening figures and the chosen scenario with the reader's own changes, made once."""
    return _run(dataset, settings_of(view), company)


@lru_cache(maxsize=64)
def _run(dataset: Dataset, view: View, company: str) -> Run:
    context = Context(dataset, view)
    start = opening(
        dataset, company, context.rates,
        with_lines=view.option("lines", "no") == "yes", with_offer=view.option("offer", "no") == "yes",
    )  # fmt: skip
    if start.inputs is None or company not in dataset.scenarios:
        return Run(start, None)
    chosen = preset_assumptions(dataset.scenarios[company], view.option("scenario", "base"), start.inputs)
    try:
        return Run(start, with_values(chosen, own_changes(view, chosen)))
    except IpoDataError as error:
        return Run(start, chosen, str(error))


def own_changes(view: View, chosen: RunwayAssumptions) -> dict[str, float]:
    """Return the reader's own values by input name; ``preset`` leaves the scenario's."""
    changes: dict[str, float] = {}
    if (research := view.option("rd", "preset")) != "preset":
        changes |= {f"research_and_development.growth.{edge}": float(research) / 100 for edge in ("start", "end")}
    if (compute := view.option("compute", "preset")) != "preset":
        changes["compute_price.change"] = float(compute) / 100
    if (growth := view.option("growth", "preset")) != "preset":
        for segment in chosen.segments:
            for edge in ("start", "end"):
                name = f"segments.{segment.name}.growth.{edge}"
                changes[name] = getattr(segment.growth, edge) * float(growth) / 100
    return changes


def runs_of(context: Context) -> dict[str, Run]:
    """Return the run of every compared company."""
    return {company: run_of(context.dataset, context.view, company) for company in context.companies}


def million(context: Context, company: str) -> tuple[float, str]:
    """Return what one million of the reporting currency is in the shown currency, and that currency."""
    native, wanted, found = _rate(context, company)
    return (1e6, native) if found is None else (1e6 * float(found[0]), wanted)


def converted_notes(context: Context, companies: Iterable[str]) -> list[str]:
    """Return a note per exchange rate that the amounts of some companies are shown with."""
    found = [_rate(context, company)[2] for company in companies]
    return context.rate_notes(rate[1] for rate in found if rate is not None and rate[1])


def _rate(context: Context, company: str) -> tuple[str, str, tuple[Decimal, str] | None]:
    native = context.dataset.companies[company].reporting_currency
    wanted = native if context.view.currency == NATIVE else context.view.currency
    return native, wanted, context.rates.factor(native, wanted)


def months_words(context: Context, value: float, horizon: int) -> str:
    """Write months of runway, or that they reach beyond the horizon."""
    return (
        context.write(round(value, 1), "months") if isfinite(value) else context.say("scenario.beyond", months=horizon)
    )


def scenario_words(context: Context) -> str:
    """Return the name of the chosen scenario."""
    return context.say(f"scenario.{context.view.option('scenario', 'base')}")


def setting_words(context: Context) -> str:
    """Say whether bank lines and offer proceeds are counted."""
    lines = context.say(
        "scenario.with_lines" if context.view.option("lines", "no") == "yes" else "scenario.without_lines"
    )
    offer = context.say(
        "scenario.with_offer" if context.view.option("offer", "no") == "yes" else "scenario.without_offer"
    )
    return context.say.commas((lines, offer))


def gaps_of(context: Context, runs: dict[str, Run]) -> list[str]:
    """Return a note per company that cannot be projected or whose change was refused."""
    notes = []
    for company, run in runs.items():
        if run.chosen is None:
            lacking = context.say.join([context.say(name) for name in run.start.missing]) or context.say(
                "input.scenario"
            )
            notes.append(context.say("scenario.missing", company=context.name(company), missing=lacking))
        elif run.problem:
            notes.append(context.say("scenario.refused", problem=run.problem))
    return notes


def claims_of(runs: dict[str, Run]) -> list[str]:
    """Return the claims behind all runs."""
    return [claim for run in runs.values() if run.chosen is not None for claim in run.start.claims]
