"""The chosen runway scenario of each company: opening figures from facts, assumptions, the reader's own changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from math import isfinite

from ipo_data.analysis.currency import NATIVE
from ipo_data.analysis.runway_inputs import Opening, opening
from ipo_data.analysis.runway_model import Lever, levers, opening_burn, preset_assumptions
from ipo_data.analysis.runway_model.own_values import (
    BURN,
    LONGEST_TEXT,
    Refusal,
    figure_levers,
    new_money_levers,
    nobodys,
    own_assumptions,
    own_values,
    simulation_levers,
)
from ipo_data.analysis.runway_model.results import month_end
from ipo_data.dataset import Dataset
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import View
from ipo_data.exhibits.runway_words import refusal_words
from ipo_data.formatting import SIGNIFICANT, claim_figure, money
from ipo_data.model.scenario import FacilityPolicy, RunwayAssumptions

_LINES = {"no": "scenario.without_lines", "yes": "scenario.with_lines", "draw": "scenario.drawn_lines"}
FACILITIES = {
    "no": FacilityPolicy.EXCLUDE, "yes": FacilityPolicy.COUNT_AS_LIQUIDITY, "draw": FacilityPolicy.DRAW_BELOW_MINIMUM,
}  # fmt: skip
"""What undrawn bank lines are worth, by the code in links."""
SCENARIO_OPTIONS = ("scenario", "lines", "offer", "rd", "compute", "growth", "set")
"""Page options that a projection depends on."""


def is_own_text(text: str) -> bool:
    """Tell whether a text may hold the reader's own values; what each of them asks for is judged one by one."""
    return len(text) <= LONGEST_TEXT and all(name and ":" in pair for name, pair in _named(text))


def _named(text: str) -> list[tuple[str, str]]:
    return [(part.partition(":")[0].strip(), part) for part in text.split(",") if part.strip()]


@dataclass(frozen=True)
class Figures:
    """Liquidity and burn a reader entered, in millions of the reporting currency."""

    liquidity: float
    burn: float


@dataclass(frozen=True)
class Run:
    """One company's chosen scenario, ready to run.

    Attributes:
        start: Opening figures with their provenance.
        preset: The chosen scenario as it is listed; ``None`` if the evidence lacks what a projection needs.
        chosen: The same with the reader's own changes.
        own: The reader's own values that were taken over, by input name.
        refusals: Those that were not.
        correlations: The reader's own correlations, by the names of both inputs.
    """

    start: Opening
    preset: RunwayAssumptions | None
    chosen: RunwayAssumptions | None
    own: Mapping[str, float] = field(default_factory=dict)
    refusals: tuple[Refusal, ...] = ()
    correlations: Mapping[tuple[str, str], float] = field(default_factory=dict)


def run_of(dataset: Dataset, view: View, company: str) -> Run:
    """Return a company's opening figures and the chosen scenario with the reader's own changes, made once."""
    followed = tuple((name, value) for name, value in view.options if name in SCENARIO_OPTIONS)
    return _run(dataset, money_view(view, followed), company)


def money_view(view: View, options: tuple[tuple[str, str], ...] = ()) -> View:
    """Return a view with nothing but its exchange rates and some options, by which projections are kept."""
    return View(rates=view.rates, usdcny=view.usdcny, usdhkd=view.usdhkd, options=options)


@lru_cache(maxsize=64)
def _run(dataset: Dataset, view: View, company: str) -> Run:
    opening_of = (company, view.option("lines", "no"), view.option("offer", "no"))
    start = _opening(dataset, money_view(view), *opening_of)
    text = view.option("set")
    if start.inputs is None or company not in dataset.scenarios:
        given = own_values(text, company, figure_levers({}), dataset.companies)
        return Run(start, None, None, given.values, given.refusals)
    records, name = dataset.scenarios[company], view.option("scenario", "base")
    preset = _preset(dataset, money_view(view), opening_of, name)
    known = inputs_of(preset)
    uncertain = [spread.lever for spread in records.uncertainty.spreads]
    given = own_values(text, company, known, dataset.companies, uncertain)
    own = {**slider_values(view, preset), **given.values}
    chosen = own_assumptions(records, name, start.inputs, own) if own else preset
    return Run(start, preset, chosen, own, given.refusals, given.correlations)


def inputs_of(preset: RunwayAssumptions) -> dict[str, Lever]:
    """Return everything a reader can set of a scenario by name: its inputs, the burn, new money, the simulation."""
    known = levers(preset)
    return {**known, **figure_levers(known), **new_money_levers(), **simulation_levers()}


def preset_of(context: Context, company: str, name: str) -> RunwayAssumptions:
    """Return a listed scenario of a company that has what a projection needs, made once."""
    view = context.view
    opening_of = (company, view.option("lines", "no"), view.option("offer", "no"))
    return _preset(context.dataset, money_view(view), opening_of, name)


@lru_cache(maxsize=128)
def _preset(dataset: Dataset, rates: View, opening_of: tuple[str, str, str], name: str) -> RunwayAssumptions:
    company, *_ = opening_of
    inputs = _opening(dataset, rates, *opening_of).inputs
    if inputs is None:
        raise ValueError(f"{company} has no opening figures")
    return preset_assumptions(dataset.scenarios[company], name, inputs)


@lru_cache(maxsize=64)
def _opening(dataset: Dataset, rates: View, company: str, lines: str, offer: str) -> Opening:
    context = Context(dataset, rates)
    return opening(dataset, company, context.rates, facilities=FACILITIES[lines], with_offer=offer == "yes")


def figures_of(context: Context, company: str) -> Figures | None:
    """Return the liquidity and burn a reader entered for a company; ``None`` unless both are there."""
    given = own_values(context.view.option("set"), company, figure_levers({}), context.dataset.companies).values
    return Figures(given["liquidity.cash"], given[BURN]) if {"liquidity.cash", BURN} <= set(given) else None


def slider_values(view: View, preset: RunwayAssumptions) -> dict[str, float]:
    """Return the values of the sliders by input name; ``preset`` leaves the scenario's."""
    changes: dict[str, float] = {}
    if (research := view.option("rd", "preset")) != "preset":
        changes |= {f"research_and_development.growth.{edge}": float(research) / 100 for edge in ("start", "end")}
    if (compute := view.option("compute", "preset")) != "preset":
        changes["compute_price.change"] = float(compute) / 100
    if (growth := view.option("growth", "preset")) != "preset":
        for segment in preset.segments:
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
    """Return the name of the chosen scenario, or that it is the reader's own."""
    name = context.say(f"scenario.{context.view.option('scenario', 'base')}")
    changed = any(run.chosen != run.preset for run in runs_of(context).values())
    return context.say("scenario.with_own", scenario=name) if changed else name


def setting_words(context: Context, runs: Mapping[str, Run], *, converted: bool = True) -> str:
    """Say which liquidity, burn, date and proceeds projections assume, company by company.

    Args:
        context: The context.
        runs: Runs by company id.
        converted: Whether amounts are written in the shown currency, as the chart has them, whose rate a note then
            names; else in the reporting currency, in which the model counts.
    """
    say = context.say
    context = context if converted else Context(context.dataset, replace(context.view, currency=NATIVE))
    parts = [_setting(context, company, run.chosen) for company, run in runs.items() if run.chosen is not None]
    offers = [_offer_words(context, company, run) for company, run in runs.items() if run.chosen is not None]
    offers = [words for words in offers if words] or [say("scenario.without_offer")]
    lines = say(_LINES[context.view.option("lines", "no")])
    return context.clauses([*parts, say.commas((lines, *offers))])


def _setting(context: Context, company: str, chosen: RunwayAssumptions) -> str:
    (scale, unit), held = million(context, company), chosen.liquidity
    lines = 0.0 if held.facility_policy is FacilityPolicy.EXCLUDE else held.undrawn_facilities
    held_money = held.cash + held.financial_assets * (1 - held.financial_asset_haircut) + lines
    burn = context.say("unit.per_month", value=given(context, opening_burn(chosen) * scale, unit))
    return context.say(
        "setting.one", company=context.name(company), liquidity=given(context, held_money * scale, unit), burn=burn,
        date=context.when(chosen.balance_date.isoformat()),
    )  # fmt: skip


def given(context: Context, amount: float, unit: str) -> str:
    """Write an amount the model was given with the digits it has, up to four: a stated burn of 28.1m has three."""
    shown = Decimal(f"{amount:.{SIGNIFICANT - 1}e}").normalize()
    return money(shown, unit, context.view.language, significant=len(shown.as_tuple().digits))


def _offer_words(context: Context, company: str, run: Run) -> str:
    """Say which money arrives when; of the offer's, the printed amount and which options it holds."""
    if run.chosen is None:
        return ""
    (scale, unit), words = million(context, company), []
    for position, added in enumerate(run.chosen.funding):
        from_offer = position == 0 and "offer" in run.start.terms
        words.append(context.say(
            "setting.offer" if from_offer else "setting.new_money", company=context.name(company),
            amount=context.write(added.amount * scale, unit),
            month=context.when(f"{month_end(run.chosen.balance_date, added.month + 1):%Y-%m}"),
            printed=_printed_offer(context, company, run.start) if from_offer else "",
        ))  # fmt: skip
    return context.say.commas(words)


def _printed_offer(context: Context, company: str, start: Opening) -> str:
    for name in start.terms["offer"].facts:
        fact = context.dataset.fact_by_id[name]
        if fact.shown is not None:
            figure = claim_figure(fact.shown, context.view.language)
            return context.say.commas((figure, context.dimensions(company, fact.dimensions)))
    return ""


def gaps_of(context: Context, runs: dict[str, Run]) -> list[str]:
    """Return a note per company that cannot be projected and per value that was refused."""
    notes = []
    for company, run in runs.items():
        if run.chosen is None:
            lacking = context.say.join([context.say(name) for name in run.start.missing]) or context.say(
                "input.scenario"
            )
            notes.append(context.say("scenario.missing", company=context.name(company), missing=lacking))
    return [*notes, *refusals_of(context, runs)]


def refusals_of(context: Context, runs: dict[str, Run]) -> list[str]:
    """Return a sentence per value of the reader's that was not taken over: the input's name and its bounds."""
    text = context.view.option("set")
    if not text:
        return []
    known = {company: _known(run) for company, run in runs.items()}
    found = [
        refusal_words(context, refusal, context.dataset.companies[company].reporting_currency)
        for company, run in runs.items() for refusal in run.refusals
    ]  # fmt: skip
    return list(dict.fromkeys([*found, *(refusal_words(context, refusal, "") for refusal in nobodys(text, known))]))


def _known(run: Run) -> dict[str, Lever]:
    """Return every input a run can be given, by name."""
    return inputs_of(run.preset) if run.preset is not None else figure_levers({})


def claims_of(runs: dict[str, Run]) -> list[str]:
    """Return the claims behind all runs."""
    return [claim for run in runs.values() if run.chosen is not None for claim in run.start.claims]
