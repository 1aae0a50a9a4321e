"""What must be true for a price, enterprise value, and when locked shares come free."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Final

import pandas as pd

from ipo_data.analysis import valuation
from ipo_data.analysis.market_arithmetic import enterprise_values
from ipo_data.analysis.points import DataPoint, State, empty, stated
from ipo_data.analysis.price_solver import Asked, solve
from ipo_data.charts.bars import row_dots
from ipo_data.charts.grids import Cells, GridCell, cell_grid
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit
from ipo_data.exhibits.point_words import growth as growth_words
from ipo_data.exhibits.point_words import is_multiple
from ipo_data.exhibits.rows import heading, paired
from ipo_data.exhibits.side_by_side import PointsOf, comparison
from ipo_data.exhibits.windows import multiple_notes
from ipo_data.formatting import duration, growth_multiple

OPTIONS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("price", ("latest_close", "first_close", "offer_price")),
    ("horizon", ("5", "1", "2", "3", "4", "6", "7", "8", "9", "10")),
    ("hurdle", ("10", "0", "5", "8", "12", "15", "20", "25")),
    ("exit_sales", ("10", "3", "5", "8", "15", "20", "30", "40")),
    ("assumed_growth", ("100", "10", "20", "30", "40", "50", "75", "125", "150", "200")),
    ("exit_earnings", ("30", "10", "15", "20", "25", "40", "50")),
)
"""Page options of the solver with their codes, the default first; numbers are years, percent or multiples."""
_HORIZONS: Final = (1, 2, 3, 5, 7, 10)
_MULTIPLES: Final = (5, 10, 15, 20, 30)
_WHOLE: Final = 100


# --- what must be true ------------------------------------------------------------------------------------------------


def asked(context: Context) -> Asked:
    """Return the reader's assumptions, or the defaults."""
    chosen = {name: context.view.option(name, codes[0]) for name, codes in OPTIONS}
    return Asked(
        years=int(chosen["horizon"]), annual_return=Decimal(chosen["hurdle"]),
        sales_multiple=Decimal(chosen["exit_sales"]), growth=Decimal(chosen["assumed_growth"]),
        earnings_multiple=Decimal(chosen["exit_earnings"]),
    )  # fmt: skip


def priced(context: Context, company: str) -> DataPoint | None:
    """Return the market value that the reader asks about."""
    choice = context.view.option("price", OPTIONS[0][1][0])
    if choice == "offer_price":
        return valuation.at_offer_price(context.dataset, company, "at_listing")
    closes = valuation.market_values(context.dataset, company)
    if not closes:
        return None
    return closes[0] if choice == "first_close" else closes[-1]


def solver(context: Context) -> Exhibit:
    """Return, for one price and the reader's assumptions, the revenue, growth or margin that must be true."""
    wanted = asked(context)
    answers = {c: _solved(context, c, wanted) for c in context.companies}
    table, points = comparison(context, [(context.say(f"solver.{name}"), _line(answers, name)) for name in _QUESTIONS])
    for place, company in enumerate(context.companies, 1):  # by place: two companies may have one name
        table.isetitem(place, _words(context, answers[company], list(table.iloc[:, place])))
    sentences = [
        context.say(
            "solver.one", company=context.name(c), growth=context.short(found["growth_asked"]),
            price=context.short(context.shown([found["price"]])[0]),
        )
        for c, found in answers.items() if "growth_asked" in found
    ]  # fmt: skip
    assumed = _assumptions(context, wanted)
    title = context.title(
        "solver", sentences, clauses=True, years=assumed["years"], annual=assumed["annual"], sales=assumed["sales"]
    )  # fmt: skip
    subtitle, notes = context.say("solver.subtitle", **assumed), [context.say("solver.note")]
    return context.exhibit("solver", title, subtitle, None, points, table=table, notes=notes)


def _solved(context: Context, company: str, wanted: Asked) -> dict[str, DataPoint]:
    price = priced(context, company)
    if price is None:
        return {}
    return {"price": price, **{p.measure: p for p in solve(context.dataset, price, context.rates, wanted)}}


_QUESTIONS: Final = (
    "price", "value_asked", "revenue_asked", "growth_asked", "revenue_at_growth", "multiple_at_growth", "margin_asked",
)  # fmt: skip


def _line(answers: dict[str, dict[str, DataPoint]], name: str) -> PointsOf:
    return lambda context, company: [answers[company][name]] if name in answers[company] else []


def _words(context: Context, found: dict[str, DataPoint], cells: list[str]) -> list[str]:
    """Put the verdict before a margin that nobody can earn, and the reason where nothing can be computed."""
    margin = found.get("margin_asked")
    if margin is not None and (margin.value or 0) > _WHOLE:
        place = _QUESTIONS.index("margin_asked")
        cells[place] = context.say("solver.infeasible", margin=cells[place])
    return cells


def _assumptions(context: Context, wanted: Asked) -> dict[str, str]:
    return {
        "years": duration(wanted.years, "years", context.view.language, 0),
        "annual": context.write(float(wanted.annual_return), "percent"),
        "sales": context.write(float(wanted.sales_multiple), "x"),
        "growth": context.write(float(wanted.growth), "percent"),
        "earnings": context.write(float(wanted.earnings_multiple), "x"),
    }  # fmt: skip


def growth_needed_of(company: str) -> Callable[[Context], Exhibit]:
    """Return the builder of one company's matrix: yearly growth needed, by horizon and multiple at the end."""

    def build(context: Context) -> Exhibit:
        return _growth_needed(context, company)

    return build


def _growth_needed(context: Context, company: str) -> Exhibit:
    name, price, own = f"growth-needed-{company}", priced(context, company), asked(context)
    points: list[DataPoint] = []
    cells: Cells = {}
    for row, multiple in enumerate(_MULTIPLES if price is not None else ()):
        for column, years in enumerate(_HORIZONS):
            wanted = replace(own, years=years, sales_multiple=Decimal(multiple))
            for point in solve(context.dataset, price, context.rates, wanted) if price is not None else ():
                if point.measure == "growth_asked":
                    points.append(point)
                    text = growth_multiple(point.value or 0) if is_multiple(point) else context.short(point)
                    cells[(row, column)] = GridCell(_shade(point), text, context.point(point), " ".join(point.claims))
    if not points:
        points = [empty(company, "growth_asked", "percent", State.NOT_AVAILABLE, "reason.not_in_sources")]
    rows = [context.say("growth_needed.row", multiple=context.write(m, "x")) for m in _MULTIPLES]
    columns = [duration(years, "years", context.view.language, 0) for years in _HORIZONS]
    style = context.look.companies[company]
    title, subtitle = _needed_words(context, company, price, points if cells else [])
    picture = cell_grid(rows, columns, cells, context.look, color=style.color, row_height=44)
    notes = [context.say("growth_needed.note")]
    table = _grid_table(context, rows, columns, cells)
    return context.exhibit(name, title, subtitle, picture, points, notes=notes, table=table)


def _needed_words(context: Context, company: str, price: DataPoint | None, points: list[DataPoint]) -> tuple[str, str]:
    """Return the range of growth needed as the takeaway, and the price behind it as the subtitle."""
    if price is None or not points:
        return context.say("growth_needed.neutral", company=context.name(company)), context.say("growth_needed.rows")
    low, high = (pick(points, key=lambda p: p.value or Decimal(0)) for pick in (min, max))
    words = {"company": context.name(company), "low": growth_words(context, low), "high": growth_words(context, high)}
    subtitle = context.say(
        "growth_needed.subtitle", price=context.short(context.shown([price])[0]), date=context.period(price.when),
        annual=context.write(float(asked(context).annual_return), "percent"),
    )  # fmt: skip
    return context.say("growth_needed.title", **words), subtitle


def _shade(point: DataPoint) -> float:
    """Return how dark a cell is; growth that has to be negative is as light as none."""
    return max(0.0, min(float(point.value or 0), 400.0))


def _grid_table(context: Context, rows: list[str], columns: list[str], cells: Cells) -> pd.DataFrame:
    missing = context.say("state.not_available")
    lines = [
        [words, *(cells[(row, column)].hover if (row, column) in cells else missing for column in range(len(columns)))]
        for row, words in enumerate(rows)
    ]  # fmt: skip
    return pd.DataFrame(lines, columns=[context.say("table.item"), *columns], dtype="str")


# --- enterprise value -------------------------------------------------------------------------------------------------


def enterprise(context: Context) -> Exhibit:
    """Enterprise value over revenue beside market value over revenue, at the first and the latest common close.

    Both stand on the chosen basis of revenue.
    """
    points: list[DataPoint] = []
    sentences: list[str] = []
    for cap in valuation.compared_closes(context.dataset, context.companies):
        company = cap.company
        found = [p for p in enterprise_values(context.dataset, company, context.rates) if p.when == cap.when]
        points.append(valuation.price_to_sales(context.dataset, company, cap, context.revenue_basis, context.rates))
        own = [p for p in found if p.measure == f"enterprise_value_to_sales_{context.revenue_basis}"]
        points += own or [_no_balance(context, company, cap)]
        if own:
            sentences.append(context.say(
                "enterprise.one", company=context.name(company), date=context.period(cap.when),
                multiple=context.short(own[0]), price=context.short(points[-2]),
            ))  # fmt: skip
    rows = paired(context, points, lambda p: _dated(context, p))
    revenue = context.say(f"revenue_of.{context.revenue_basis}")
    title = context.title("enterprise", sentences[-len(context.companies) :], clauses=True, revenue=revenue)
    lacking = dict.fromkeys(context.period(p.when) for p in points if p.value is None)
    notes = [context.say("enterprise.note"), *(_why_none(context, day) for day in lacking), *multiple_notes(context)]
    return context.exhibit(
        "enterprise-value",
        title,
        context.say("enterprise.subtitle", revenue=revenue),
        row_dots(rows, context.look),
        points,
        notes=notes,
    )


def _why_none(context: Context, day: str) -> str:
    return context.say("enterprise.none", date=day, reason=context.say("reason.no_balance"))


def _no_balance(context: Context, company: str, cap: DataPoint) -> DataPoint:
    measure, state = f"enterprise_value_to_sales_{context.revenue_basis}", State.NOT_AVAILABLE
    return empty(company, measure, "x", state, "reason.no_balance", when=cap.when)


def _dated(context: Context, point: DataPoint) -> str:
    whole = f"key.{point.measure}"  # on this exhibit a multiple of revenue is not said by its revenue alone
    measure = context.say(whole) if context.say.has(whole) else context.label(point.measure, point.company)
    return heading(context.period(point.when), measure)


# --- locked shares ----------------------------------------------------------------------------------------------------


def lock_ups(context: Context) -> Exhibit:
    """Last days of lock-ups with the shares they bind; what has no date in these sources is named."""
    rows: list[list[str]] = []
    points: list[DataPoint] = []
    dated: list[str] = []
    for company in context.companies:
        for fact in context.dataset.select(company, "lock_up_last_day"):
            own = stated(fact)
            bound = _bound_shares(context, company, fact.dimensions.get("holder", ""))
            points += [*own, *bound]
            day = context.point(own[0])
            dated.append(day)
            holder = context.dimensions(company, fact.dimensions)
            rows.append([context.name(company), holder, day, _counted(context, bound)])
        cornerstones = [
            p for f in context.dataset.select(company, "cornerstone_shares") if not f.dimensions for p in stated(f)
        ]  # fmt: skip
        named = context.dataset.select(company, "lock_up_last_day")
        others = context.say("lock_ups.everybody" if named else "lock_ups.all")
        holder = context.say("metric.with_cornerstones") if cornerstones else others
        missing = _open_date(company)
        points += [*cornerstones, missing]
        rows.append([context.name(company), holder, context.point(missing), _counted(context, cornerstones)])
    columns = [context.say(key) for key in ("table.company", "lock_ups.holder", "lock_ups.until", "lock_ups.shares")]
    title = context.say("lock_ups.title", dates=context.say.join(dated)) if dated else context.say("lock_ups.neutral")
    table = pd.DataFrame(rows, columns=columns, dtype="str")
    notes = [context.say("lock_ups.note")]
    return context.exhibit("lock-ups", title, context.say("lock_ups.subtitle"), None, points, table=table, notes=notes)


def _open_date(company: str) -> DataPoint:
    """Return the gap of everybody else's lock-up."""
    return empty(company, "lock_up_last_day", "date", State.NOT_DISCLOSED, "reason.not_in_sources")


def _bound_shares(context: Context, company: str, holder: str) -> list[DataPoint]:
    """Return the shares of a holder, or of the vehicles that make up a group."""
    groups = context.dataset.companies[company].groups.get("holder", {})
    named = {holder, *groups.get(holder, ())}
    facts = [f for f in context.dataset.select(company, "shares_held") if f.dimensions.get("holder") in named]
    last = max((f.end for f in facts if f.end), default=None)
    return [p for f in facts if f.end == last for p in stated(f)]


def _counted(context: Context, points: list[DataPoint]) -> str:
    written = [
        context.point(p) + (context.say.aside(context.dimensions(p.company, p.dimensions)) if p.dimensions else "")
        for p in points
    ]
    return heading(*written) or context.say("gap.not_disclosed_here")
