"""Every input of the chosen scenario with its value, its origin and its reason."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from ipo_data import formatting
from ipo_data.analysis.runway_inputs import Opening
from ipo_data.analysis.runway_model import Lever, input_origins, levers, preset_reasons
from ipo_data.analysis.runway_model.own_values import BURN
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit
from ipo_data.exhibits.runway_run import Run, claims_of, gaps_of, runs_of, scenario_words, setting_words
from ipo_data.exhibits.runway_words import family, kind_words, value_words
from ipo_data.formatting import MINUS

_TERMS = {
    "liquidity.cash": "cash",
    "liquidity.financial_assets": "financial_assets",
    "liquidity.undrawn_facilities": "undrawn_facilities",
    "research_and_development.monthly": "research",
    "capital_spending.capex": "capex",
    "working_capital.receivable_days.opening": "receivable_days",
    "operating_expenses.fixed": "burn",
    "funding.0.amount": "offer",
}
"""Inputs taken from facts → the term they come from; segments are looked up by their code."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One number of a path, of a level or alone, with where it comes from."""

    part: str
    lever: Lever
    origin: str
    reason: str


def inputs(context: Context) -> Exhibit:
    """Return the table of inputs: one row per number, path or level that anyone has set."""
    runs = runs_of(context)
    rows = [row for company, run in runs.items() for row in _rows(context, company, run)]
    columns = [context.say(f"table.{c}") for c in ("company", "input", "value", "origin", "reason")]
    return context.exhibit(
        "runway-inputs",
        context.say("inputs.title", count=len(rows)) if rows else context.say("inputs.neutral"),
        context.say(
            "inputs.subtitle", scenario=scenario_words(context), setting=setting_words(context, runs, converted=False)
        ),
        None,
        [],
        claims=claims_of(runs),
        table=pd.DataFrame(rows, columns=columns, dtype="str"),
        notes=gaps_of(context, runs),
    )


def _rows(context: Context, company: str, run: Run) -> list[list[str]]:
    currency = context.dataset.companies[company].reporting_currency
    return [
        [
            context.name(company),
            _name(context, run, kind, which),
            _value(context, {part.part: part.lever for part in parts}, currency),
            context.say.commas(dict.fromkeys(context.say(f"origin.{part.origin}") for part in parts)),
            _reasons(context, parts),
        ]
        for (kind, which), parts in _grouped(context, company, run).items()
    ] + _season(context, company, run)


def _name(context: Context, run: Run, kind: str, which: str) -> str:
    """Return what an input is called; cash out of which financial assets are not stated apart is named with them."""
    if kind == "liquidity.cash" and kind not in run.own and "financial_assets" not in run.start.terms:
        return context.say("liquidity.cash_and_investments")
    return kind_words(context, kind, which)


def _reasons(context: Context, parts: list[_Part]) -> str:
    """Write why a number, path or level is what it is: arithmetic first, then the reason as a sentence of its own."""
    said = list(dict.fromkeys(part.reason for part in parts if part.reason))
    return context.say("inputs.reasons", first=said[0], then=context.clauses(said[1:])) if said[1:] else "".join(said)


def _season(context: Context, company: str, run: Run) -> list[list[str]]:
    """Return the row of the seasonal factors, months of one factor together; none where all months are alike."""
    if run.chosen is None or len(set(run.chosen.seasonal_factors)) == 1:
        return []
    spans: list[tuple[float, int, int]] = []
    for month, factor in enumerate(run.chosen.seasonal_factors, 1):
        if spans and spans[-1][0] == factor:
            spans[-1] = (factor, spans[-1][1], month)
        else:
            spans.append((factor, month, month))
    reasons = preset_reasons(context.dataset.scenarios[company], context.view.option("scenario", "base"))
    reason = reasons.get("seasonal_factors")
    return [[
        context.name(company),
        context.say("inputs.season"),
        context.clauses(
            context.say("inputs.months", factor=formatting.number(factor, 3), first=first, last=last)
            for factor, first, last in spans
        ),
        context.say("origin.assumption"),
        context.dataset.say(reason, context.view.language) if reason else "",
    ]]  # fmt: skip


def _grouped(context: Context, company: str, run: Run) -> dict[tuple[str, str], list[_Part]]:
    """Return the numbers that somebody has set, those of one path or level together."""
    if run.chosen is None or run.preset is None or run.start.inputs is None:
        return {}
    found: dict[tuple[str, str], list[_Part]] = {}
    for name, lever, origin, reason in _origins(context, company, run):
        kind, part, which = family(name)
        found.setdefault((kind, which), []).append(_Part(part, lever, origin, reason))
    stated = {group: [p for p in parts if p.origin != "neutral"] for group, parts in found.items()}
    return {
        group: _whole(parts, stated[group]) for group, parts in found.items() if stated[group]
    }  # fmt: skip


def _origins(context: Context, company: str, run: Run) -> Iterator[tuple[str, Lever, str, str]]:
    """Yield every input of the chosen scenario with its origin and the reason or arithmetic behind it."""
    if run.chosen is None or run.preset is None or run.start.inputs is None:
        return
    records, scenario = context.dataset.scenarios[company], context.view.option("scenario", "base")
    origins = input_origins(records, scenario, run.preset, run.start.inputs)
    reasons = preset_reasons(records, scenario)
    for name, lever in levers(run.chosen).items():
        if name not in origins:
            continue  # money the reader added
        origin = _origin(run, name, str(origins[name]))
        if origin == "calibration" and name in _TERMS and _TERMS[name] not in run.start.terms:
            origin = "absent"  # the model counts nothing, but no document says that there is nothing
        reason = provenance(run.start, name) if origin != "own" else ""
        if origin == "residual" and reason:
            reason = context.say("inputs.residual", burn=reason)
        if origin == "assumption" and name in reasons:
            reason = context.dataset.say(reasons[name], context.view.language)
        yield name, lever, origin, reason


def sources_of(context: Context, company: str, run: Run) -> dict[str, str]:
    """Return in words where the value of each input comes from, by dotted name."""
    return {
        name: context.say.commas((context.say(f"origin.{origin}"), reason))
        for name, _, origin, reason in _origins(context, company, run)
    }


def _origin(run: Run, name: str, origin: str) -> str:
    if name in run.own or (name == "operating_expenses.fixed" and BURN in run.own):
        return "own"
    return origin


def _whole(parts: list[_Part], stated: list[_Part]) -> list[_Part]:
    """Return all parts of a path or level for its value, and only what was set for its origin and reason."""
    origin = stated[0].origin
    return [part if part.origin != "neutral" else _Part(part.part, part.lever, origin, "") for part in parts]


def _value(context: Context, parts: Mapping[str, Lever], currency: str) -> str:
    """Write a number, a path (from, to, half-life) or a level (now, later, from which month)."""
    written = {part: value_words(context, lever, currency) for part, lever in parts.items()}
    if "start" in parts:
        if parts["start"].value == parts["end"].value:
            return written["start"]
        return context.say("inputs.path", **written)
    if "opening" in parts:
        if parts["opening"].value == parts["later"].value:
            return written["opening"]
        return context.say("inputs.level", **written)
    return next(iter(written.values()))


def provenance(start: Opening, name: str) -> str:
    """Return the arithmetic behind an input taken from facts; empty if it is not."""
    steps = name.split(".")
    key = _TERMS.get(name)
    if key is None and steps[0] == "segments" and (steps[2] == "revenue" or name.endswith("gross_margin.start")):
        key = f"{steps[2]}.{steps[1]}"
    return start.terms[key].text.replace("-", MINUS) if key is not None and key in start.terms else ""
