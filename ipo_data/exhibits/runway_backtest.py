"""The back-test: the chosen scenario from the listing vantage against the results published since."""

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from ipo_data.analysis.growth import revenue_facts, year_before
from ipo_data.analysis.runway_model import monthly_frame
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit
from ipo_data.exhibits.rows import heading
from ipo_data.exhibits.runway_run import claims_of, converted_notes, million, runs_of, scenario_words, setting_words
from ipo_data.model.scenario import RunwayAssumptions


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
        context.say("backtest.subtitle", scenario=scenario_words(context), setting=setting_words(context, runs)),
        None,
        [],
        claims=[*claims_of(runs), *(compared.claim for compared in found)],
        table=pd.DataFrame([_compared_row(context, c) for c in found], columns=columns, dtype="str"),
        notes=[
            *notes,
            *_below_the_year_before(context, found),
            *converted_notes(context, dict.fromkeys(c.company for c in found)),
        ],
        projected=bool(found),
    )


def _below_the_year_before(context: Context, found: list[_Compared]) -> list[str]:
    """Say where the model puts revenue below that of the same months a year before: its season does, not its growth."""
    notes = []
    for compared in (c for c in found if c.metric == "revenue"):
        now = context.dataset.find(compared.company, "revenue", compared.period)
        prior = year_before(revenue_facts(context.dataset, compared.company), now) if now is not None else None
        scale, unit = million(context, compared.company)
        if prior is None or prior.value is None or compared.modelled >= (before := float(prior.value) / 1e6):
            continue
        modelled, then = (context.write(amount * scale, unit) for amount in (compared.modelled, before))
        fall = context.write((1 - compared.modelled / before) * 100, "percent")
        words = {"company": context.name(compared.company), "period": context.when(compared.period)}
        notes.append(context.say("backtest.below", modelled=modelled, prior=then, fall=fall, **words))
    return notes


def _named(context: Context, compared: _Compared) -> list[str]:
    return [
        context.name(compared.company), context.say(f"metric.{compared.metric}"), context.when(compared.period),
    ]  # fmt: skip


def _compared_row(context: Context, compared: _Compared) -> list[str]:
    scale, unit = million(context, compared.company)
    amounts = [context.write(amount * scale, unit) for amount in (compared.modelled, compared.actual)]
    return [*_named(context, compared), *amounts, context.write(compared.miss, "percent")]


@lru_cache(maxsize=32)
def _monthly(chosen: RunwayAssumptions) -> pd.DataFrame:
    """Return the months of a scenario, run once for all metrics."""
    return monthly_frame(chosen)


def _compared(context: Context, company: str, chosen: RunwayAssumptions, metric: str) -> list[_Compared]:
    """Return every whole period after the balance date for which a document states the metric."""
    frame = _monthly(chosen)
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
