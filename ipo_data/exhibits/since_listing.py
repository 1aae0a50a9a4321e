"""What changed since listing: each key figure as documents published by the listing day told it, and as they do now."""

from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from ipo_data.analysis import valuation
from ipo_data.analysis.breaks import apart
from ipo_data.analysis.points import DataPoint, headline
from ipo_data.exhibits.claim_notes import remark_notes
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.growth import latest_growth
from ipo_data.exhibits.model import Exhibit
from ipo_data.exhibits.overview import flow, latest_cap, latest_multiple, line_label, published_without_proceeds
from ipo_data.exhibits.side_by_side import PointsOf, figure, latest
from ipo_data.exhibits.windows import multiple_notes
from ipo_data.quantities import as_day


@dataclass(frozen=True, slots=True)
class Change:
    """One figure of one company at listing and now; either may hold several rival figures or none."""

    then: list[DataPoint]
    now: list[DataPoint]

    @property
    def moved(self) -> bool:
        """Whether both are known and what is known now is another period, value or choice."""
        return bool(self.then and self.now) and _shown(self.then) != _shown(self.now)


def _shown(points: list[DataPoint]) -> list[tuple[object, ...]]:
    return [(point.value, point.unit, str(point.when)) for point in points]


def changes(context: Context) -> Exhibit:
    """Return key figures at listing and now, one column per company."""
    known = {company: _at_listing(context, company) for company in context.companies}
    rows: list[list[str]] = []
    points: list[DataPoint] = []
    sentences: list[str] = []
    for name, build, at_offer in _LINES:
        cells = []
        for company in context.companies:
            change = _change(context, known[company], company, build, at_offer)
            points += [*change.then, *change.now]
            remark = context.say("since.at_offer") if at_offer is not None else ""
            cells.append(_cell(context, change, remark, listed=known[company] is not None))
            if name == _TITLE_LINE and change.moved:
                sentences.append(_moved(context, company, change))
        rows.append([_label(context, name, at_offer), *cells])
    columns = [context.say("table.item"), *(context.name(company) for company in context.companies)]
    table = pd.DataFrame(rows, columns=columns, dtype="str")
    title = context.title("since", sentences, clauses=True, basis=context.basis)
    notes = [context.say("since.note"), *multiple_notes(context), *remark_notes(context, points, "liquidity")]
    unlisted = [context.name(company) for company, earlier in known.items() if earlier is None]
    notes += [context.say("since.unlisted", companies=context.say.join(unlisted))] if unlisted else []
    return context.exhibit(
        "since-listing", title, context.say("since.subtitle"), None, points, table=table, notes=notes
    )


def _label(context: Context, name: str, at_offer: PointsOf | None) -> str:
    """Return the heading of a line; the market value then was the one at the offer price, not at a close."""
    return context.say("since.market_cap") if at_offer is _offer_value else line_label(context, name)


def _at_listing(context: Context, company: str) -> Context | None:
    """Return the context of what was published by the listing day; ``None`` if the day is not stated."""
    listed = headline(context.dataset, company, "listed")
    if listed is None:
        return None
    day = as_day(listed.value)
    known = context.dataset.restricted(lambda source: source.known_from <= day, day)
    return Context(known, context.view)


def _change(
    context: Context, known: Context | None, company: str, build: PointsOf, at_offer: PointsOf | None
) -> Change:
    """Return a figure twice; market figures at listing are those at the offer price."""
    now = context.shown(p for p in build(context, company) if p.value is not None)
    if known is None:
        return Change([], now)
    first = at_offer(context, company) if at_offer is not None else build(known, company)
    return Change(context.shown(p for p in first if p.value is not None), now)


def _cell(context: Context, change: Change, remark: str, *, listed: bool) -> str:
    """Write what was known then, with a remark on what it is, and what is known now."""
    missing = context.say("gap.not_disclosed_here")
    if not change.then and not change.now:
        return missing
    now = " · ".join(figure(context, point) for point in change.now) or missing
    if not listed:
        return now
    if change.then and not change.moved:
        return context.say("since.same", figure=now)
    then = " · ".join(figure(context, point, remark) for point in change.then) or missing
    if any(apart(context.dataset, old, new) for old in change.then for new in change.now):
        now = " · ".join(figure(context, point, context.say("since.redefined")) for point in change.now)
    return context.say("since.cell", then=then, now=now)


def _moved(context: Context, company: str, change: Change) -> str:
    then, now = (_in_title(context, points[0]) for points in (change.then, change.now))
    return context.say("since.one", company=context.name(company), then=then, now=now)


def _in_title(context: Context, point: DataPoint) -> str:
    """Write revenue with its period; twelve months against twelve months need none."""
    same = context.view.basis == "ltm"
    return context.short(point) + ("" if same else context.say.aside(context.period(point.when)))


# --- lines ------------------------------------------------------------------------------------------------------------


def _growth(context: Context, company: str) -> list[DataPoint]:
    found = latest_growth(context, company)
    return [found] if found else []


def _offer_value(context: Context, company: str) -> list[DataPoint]:
    value = valuation.at_offer_price(context.dataset, company, "at_listing")
    return [value] if value is not None else []


def _offer_multiple(context: Context, company: str) -> list[DataPoint]:
    found = [
        valuation.price_to_sales(context.dataset, company, value, context.revenue_basis, context.rates)
        for value in _offer_value(context, company)
    ]
    return [replace(point, dimensions={"moment": "offer"}) for point in found]


_TITLE_LINE: Final = "revenue"
_LINES: Final[tuple[tuple[str, PointsOf, PointsOf | None], ...]] = (
    (_TITLE_LINE, flow("revenue"), None),
    ("growth", _growth, None),
    ("gross_margin", latest("gross_margin"), None),
    ("adjusted_net_loss", flow("adjusted_net_loss"), None),
    ("net_loss", flow("net_loss"), None),
    ("liquidity", latest("liquidity"), None),
    ("runway", published_without_proceeds, None),
    ("market_cap", latest_cap, _offer_value),
    ("price_to_sales", latest_multiple, _offer_multiple),
)
