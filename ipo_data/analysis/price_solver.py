"""What must be true for a price: the revenue, growth or margin that a market value asks for, in closed form.

The buyer asks a yearly return for some years; at the end the company is worth a multiple of its revenue or earnings.
Everything here is a scenario: assumptions chosen by the reader, applied to stated figures.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from ipo_data.analysis.currency import Rates
from ipo_data.analysis.points import DataPoint, State, Term, derived, term_of, written
from ipo_data.analysis.valuation import in_reporting_currency, known_at, revenue_basis
from ipo_data.dataset import Dataset

_ONE = Term.number(1)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader assumes.

    Attributes:
        years: Years until the value is reached.
        annual_return: Return asked for a year, in percent.
        sales_multiple: Value over revenue at the end.
        growth: Revenue growth a year, in percent, for the questions that take it as given.
        earnings_multiple: Value over net profit at the end.
    """

    years: int
    annual_return: Decimal
    sales_multiple: Decimal
    growth: Decimal
    earnings_multiple: Decimal


def solve(dataset: Dataset, cap: DataPoint, rates: Rates, asked: Asked) -> list[DataPoint]:
    """Return what a market value asks for; empty without revenue of twelve months or a rate to its currency.

    Measures: ``value_asked`` = value × (1 + return)^years; ``revenue_asked`` = value asked ÷ sales multiple;
    ``growth_asked`` = (revenue asked ÷ revenue)^(1/years) − 1; with growth as given ``revenue_at_growth``,
    ``multiple_at_growth`` = value asked ÷ that revenue, and ``margin_asked`` = value asked ÷ earnings multiple ÷ that
    revenue. A margin above 100 % is possible to write and impossible to earn.
    """
    company = cap.company
    revenue = revenue_basis(known_at(dataset, cap), company, "ltm")
    value = in_reporting_currency(dataset, company, cap, rates)
    if revenue.value is None or value is None or not term_of(revenue).is_positive:
        return []
    unit, base = dataset.companies[company].reporting_currency, term_of(revenue)
    worth = value[0] * _power(asked.annual_return, asked.years)
    needed = worth / Term.number(asked.sales_multiple)
    later = base * _power(asked.growth, asked.years)
    ratio = needed / base
    growth = ((ratio.root(asked.years) if asked.years > 1 else ratio) - _ONE).percent()
    found = {
        "value_asked": (worth, unit), "revenue_asked": (needed, unit), "growth_asked": (growth, "percent"),
        "revenue_at_growth": (later, unit), "multiple_at_growth": (worth / later, "x"),
        "margin_asked": ((worth / Term.number(asked.earnings_multiple) / later).percent(), "percent"),
    }  # fmt: skip
    points = [derived(t, company, name, u, cap.when, state=State.SCENARIO) for name, (t, u) in found.items()]
    return [replace(point, rate="" if point.measure == "revenue_at_growth" else value[1]) for point in points]


def _power(percent: Decimal, years: int) -> Term:
    """Return (1 + rate)^years as an exact factor that is written as such."""
    base = 1 + percent / 100
    text = written(base) if years == 1 else f"{written(base)}^{years}"
    return replace(Term.number(base**years), text=text)
