"""How the inputs of the runway model are called and written, wherever one is shown."""

from collections.abc import Mapping
from typing import Final

from ipo_data.analysis.runway_model import Lever
from ipo_data.analysis.runway_model.own_values import Refusal
from ipo_data.exhibits.context import Context
from ipo_data.formatting import currency_name, duration, number, percent

PARTS: Final[Mapping[str, str]] = {
    "start": "part.start", "end": "part.end", "half_life": "part.half_life",
    "opening": "part.opening", "later": "part.later", "from_month": "part.from_month",
}  # fmt: skip
"""Parts of a path that moves from a start to an end, and of a level that changes once."""

NAMES: Final[Mapping[str, str]] = {
    "horizon": "lever.horizon",
    "liquidity.cash": "lever.cash",
    "liquidity.financial_assets": "lever.financial_assets",
    "liquidity.financial_asset_haircut": "lever.haircut",
    "liquidity.undrawn_facilities": "lever.undrawn_facilities",
    "liquidity.facility_rate": "lever.facility_rate",
    "liquidity.minimum": "lever.minimum",
    "segments.revenue": "lever.segment_revenue",
    "segments.growth": "lever.segment_growth",
    "segments.gross_margin": "lever.segment_margin",
    "research_and_development.monthly": "lever.research",
    "research_and_development.growth": "lever.research_growth",
    "compute_price.change": "lever.compute_price",
    "compute_price.from_month": "lever.compute_month",
    "compute_price.cost_of_sales_share": "lever.compute_in_sales",
    "compute_price.research_share": "lever.compute_in_research",
    "revenue_step.change": "lever.revenue_step",
    "revenue_step.from_month": "lever.revenue_step_month",
    "operating_expenses.fixed": "lever.fixed",
    "operating_expenses.fixed_growth": "lever.fixed_growth",
    "operating_expenses.variable_share": "lever.variable",
    "capital_spending.capex": "lever.capex",
    "capital_spending.leases": "lever.leases",
    "capital_spending.growth": "lever.capital_growth",
    "working_capital.receivable_days": "lever.receivable",
    "working_capital.payable_days": "lever.payable",
    "working_capital.deferred_revenue_days": "lever.deferred",
    "interest_rate": "lever.interest",
    "funding.month": "lever.funding_month",
    "funding.amount": "lever.funding_amount",
    "new_money.month": "lever.new_money_month",
    "new_money.amount": "lever.new_money_amount",
    "burn": "lever.burn",
    "correlation.value": "lever.correlation",
    "simulation.paths": "lever.paths",
    "simulation.seed": "lever.seed",
}
"""Text ids by input, without the code of a segment and the position of new money."""


_FRAMES: Final[Mapping[str, str]] = {
    "million per month": "unit.per_month", "fraction per month": "unit.per_month", "fraction per year": "unit.per_year",
    "month index": "unit.month",
}  # fmt: skip
"""Text ids that stand around a written value, by unit."""


def family(lever: str) -> tuple[str, str, str]:
    """Return an input's kind, its part and what tells it from others of its kind.

    Args:
        lever: Dotted name.

    Returns:
        For ``segments.c_end.growth.start``: ``segments.growth``, ``start`` and ``c_end``.
    """
    steps = lever.split(".")
    which = steps.pop(1) if steps[0] in ("segments", "funding") and len(steps) > 2 else ""
    part = steps.pop() if len(steps) > 1 and steps[-1] in PARTS and ".".join(steps) not in NAMES else ""
    return ".".join(steps), part, which


def lever_words(context: Context, lever: str) -> str:
    """Return what an input is called: ``Revenue growth, C-end (consumers): first month``."""
    kind, part, which = family(lever)
    name = kind_words(context, kind, which)
    return context.say("lever.of_part", input=name, part=context.say(PARTS[part])) if part else name


def kind_words(context: Context, kind: str, which: str) -> str:
    """Return what a whole path, level or number is called."""
    if kind.startswith("segments."):
        return context.say(NAMES[kind], segment=segment_words(context, which))
    if kind.startswith("funding."):
        return context.say(NAMES[kind], number=int(which) + 1)
    return context.say(NAMES[kind])


def segment_words(context: Context, name: str) -> str:
    """Return the label of a segment, whichever axis it stands on."""
    for axis in ("segment", "deployment"):
        for company in context.companies:
            label = context.member(company, axis, name)
            if label != name:
                return label
    return name


def value_words(context: Context, lever: Lever, currency: str, value: float | None = None) -> str:
    """Write a value of an input with its unit.

    Args:
        context: Language.
        lever: The input, for its unit.
        currency: Reporting currency, in which the model counts in millions.
        value: The value; absent for the input's own.
    """
    amount = lever.value if value is None else value
    if lever.unit.startswith("million"):
        text = context.write(amount * 1e6, currency)
    elif lever.unit in ("months", "days"):
        text = duration(amount, lever.unit, context.view.language, 0 if float(amount).is_integer() else 1)
    elif lever.unit in ("count", "month index"):
        text = number(amount)
    elif lever.name == "correlation.value":
        text = number(amount, 2)
    else:
        text = _share(amount)
    frame = _FRAMES.get(lever.unit)
    return context.say(frame, value=text) if frame else text


def unit_words(context: Context, lever: Lever, currency: str) -> str:
    """Return the unit in which a reader types a value: ``US$ m a month``, ``% a month``, ``days``."""
    say = context.say
    if lever.unit in ("million", "million per month"):
        unit = say("unit.millions", currency=currency_name(currency, context.view.language))
    else:
        unit = {"months": say("unit.months"), "days": say("unit.days")}.get(lever.unit, "")
        unit = "%" if lever.unit.startswith("fraction") else unit
    if lever.unit == "month index":
        return say("unit.month_from_zero")
    frame = _FRAMES.get(lever.unit)
    return say(frame, value=unit) if frame else unit


def _share(fraction: float) -> str:
    """Write a fraction as a percentage with as many of one to three places as it needs."""
    exact = round(fraction * 100, 6)
    return percent(exact, next((places for places in (1, 2) if round(exact, places) == exact), 3))


def refusal_words(context: Context, refusal: Refusal, currency: str) -> str:
    """Say in the reader's language which value was not taken over, and what the input accepts."""
    say, lever = context.say, refusal.lever
    if lever is None:
        hint = say("refusal.nearest", name=refusal.nearest) if refusal.nearest else ""
        return say("refusal.unknown", input=refusal.name, hint=hint)
    return say(
        "refusal.whole" if lever.whole else "refusal.bounds", input=lever_words(context, lever.name),
        name=refusal.name, found=refusal.found, low=value_words(context, lever, currency, lever.lower),
        high=value_words(context, lever, currency, lever.upper),
    )  # fmt: skip
