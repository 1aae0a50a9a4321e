"""The fields of a form for the reader's own scenario: groups, labels, units, help; and the text a form stands for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ipo_data.analysis.runway_model import Lever
from ipo_data.analysis.runway_model.own_values import JOINT, correlation_lever, figure_levers, written
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.runway_run import Run, inputs_of, run_of
from ipo_data.exhibits.runway_table import sources_of
from ipo_data.exhibits.runway_words import family, lever_words, unit_words, value_words

_GROUPS: Final = {
    "liquidity": "money", "burn": "money", "new_money": "money", "funding": "money", "interest_rate": "money",
    "research_and_development": "research", "compute_price": "research",
    "operating_expenses": "costs", "capital_spending": "costs", "working_capital": "working_capital",
    "revenue_step": "growth", "horizon": "simulation", "simulation": "simulation",
}  # fmt: skip
"""Group by the first step of an input's name; segments are split into growth and margin."""
GROUPS: Final[Mapping[str, str]] = {
    "money": "form.money", "growth": "form.growth", "margin": "form.margin", "research": "form.research",
    "costs": "form.costs", "working_capital": "form.working_capital", "simulation": "form.simulation",
}  # fmt: skip
"""Text ids of the groups in their order."""
_MEANINGS: Final[Mapping[str, str]] = {
    "start": "meaning.path", "end": "meaning.path", "half_life": "meaning.path",
    "opening": "meaning.level", "later": "meaning.level", "from_month": "meaning.level",
    "burn": "meaning.burn", "operating_expenses.fixed": "meaning.fixed", "liquidity.minimum": "meaning.minimum",
    "compute_price.change": "meaning.change", "revenue_step.change": "meaning.change",
    "compute_price.from_month": "meaning.change", "revenue_step.from_month": "meaning.change",
    "new_money.amount": "meaning.new_money", "new_money.month": "meaning.new_money",
    "correlation.value": "meaning.correlation", "liquidity.facility_rate": "meaning.facility_rate",
}  # fmt: skip
"""What an input does, by its part or kind, where the label does not say it."""
_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Field:
    """One number of the form.

    Attributes:
        name: Name in links.
        label: What it is, with its unit.
        help: What it does, what it accepts and where its value comes from.
        value: Value as shown: a percentage for a fraction, else in the input's unit.
        scale: Shown value over the input's own.
        whole: Whether only whole numbers are accepted.
    """

    name: str
    label: str
    help: str
    value: float
    scale: float = 1.0
    whole: bool = False

    def stored(self, shown: float) -> float:
        """Return the input's own value of a shown one."""
        return shown if self.scale == 1 else round(shown / self.scale, _DIGITS)


def fields_of(context: Context, company: str) -> dict[str, list[Field]]:
    """Return the fields of one company's form by group; without cash data only liquidity and burn."""
    run = run_of(context.dataset, context.view, company)
    known, values = _inputs(run)
    sources = sources_of(context, company, run)
    found: dict[str, list[Field]] = {}
    for name, lever in known.items():
        found.setdefault(_group(name), []).append(_field(context, company, lever, values[name], sources.get(name, "")))
    for (first, second), value in _correlations(context, company, run).items():
        label = context.say("form.correlation", first=lever_words(context, first), second=lever_words(context, second))
        help_text = _help(context, correlation_lever(), "", "")
        found.setdefault("simulation", []).append(Field(f"{first}{JOINT}{second}", label, help_text, value))
    return {group: found[group] for group in GROUPS if group in found}


def _inputs(run: Run) -> tuple[Mapping[str, Lever], Mapping[str, float]]:
    """Return what can be set and what it is now."""
    if run.chosen is None or run.preset is None:
        known = figure_levers({})
        return known, {name: run.own.get(name, lever.value) for name, lever in known.items()}
    known = inputs_of(run.preset)
    now = inputs_of(run.chosen)
    burn = run.start.inputs.burn if run.start.inputs is not None else 0.0
    values = {name: run.own.get(name, now[name].value if name in now else lever.value) for name, lever in known.items()}
    return known, values | {"burn": run.own.get("burn", burn)}


def _correlations(context: Context, company: str, run: Run) -> dict[tuple[str, str], float]:
    if run.chosen is None:
        return {}
    listed = context.dataset.scenarios[company].uncertainty.correlations
    return {(pair.first, pair.second): float(pair.value) for pair in listed} | dict(run.correlations)


def _group(name: str) -> str:
    kind, _, _ = family(name)
    if kind.startswith("segments."):
        return "margin" if kind == "segments.gross_margin" else "growth"
    return _GROUPS[name.partition(".")[0]]


def _field(context: Context, company: str, lever: Lever, value: float, source: str) -> Field:
    currency = context.dataset.companies[company].reporting_currency
    scale = 100.0 if lever.unit.startswith("fraction") else 1.0
    unit = unit_words(context, lever, currency)
    label = context.say.commas((lever_words(context, lever.name), unit))
    return Field(
        lever.name,
        label,
        _help(context, lever, currency, source),
        round(value * scale, _DIGITS - 3),
        scale,
        lever.whole,
    )


def _help(context: Context, lever: Lever, currency: str, source: str) -> str:
    kind, part, _ = family(lever.name)
    meaning = _MEANINGS.get(lever.name) or _MEANINGS.get(part) or _MEANINGS.get(kind)
    low, high = (value_words(context, lever, currency, end) for end in (lever.lower, lever.upper))
    bounds = context.say("form.bounds", low=low, high=high)
    return context.say.paragraph((context.say(meaning) if meaning else "", bounds, source))


def text_of(company: str, text: str, changes: Mapping[str, float]) -> str:
    """Return the reader's values with those of one company changed; the others stay as they are.

    Args:
        company: Company id.
        text: The values so far.
        changes: New values by input name, without the company.
    """
    names = {f"{company}.{name}" for name in changes}
    kept = [pair for pair in text.split(",") if pair.strip() and pair.partition(":")[0].strip() not in names]
    return ",".join([*kept, *([written({f"{company}.{n}": v for n, v in changes.items()})] if changes else [])])


def without(company: str, text: str) -> str:
    """Return the reader's values without those that are for one company alone."""
    pairs = [pair for pair in text.split(",") if pair.strip()]
    return ",".join(pair for pair in pairs if not pair.strip().startswith(f"{company}."))


def summary(context: Context) -> list[str]:
    """Return the reader's own values of each company in words, what each is called and its unit."""
    lines = []
    for company in context.companies:
        run = run_of(context.dataset, context.view, company)
        known = inputs_of(run.preset) if run.preset is not None else figure_levers({})
        currency = context.dataset.companies[company].reporting_currency
        items = [
            f"{lever_words(context, name)} {value_words(context, known[name], currency, value)}"
            for name, value in run.own.items() if name in known
        ]  # fmt: skip
        items += [
            f"{lever_words(context, first)} ~ {lever_words(context, second)} {value:g}"
            for (first, second), value in run.correlations.items()
        ]
        if items:
            lines.append(context.say("form.own", company=context.name(company), values=context.clauses(items)))
    return lines
