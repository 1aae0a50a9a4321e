"""Business mix: B-end and C-end, deployment, products, geography."""

from typing import Final

from ipo_data.analysis import mix
from ipo_data.analysis.points import DataPoint, State, empty, headline, stated
from ipo_data.charts.bars import Row, row_bars
from ipo_data.charts.mosaics import Column, Part, mosaic
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit
from ipo_data.exhibits.rows import by_measure, by_part, heading, row, rows_of

_MOST_COLUMNS: Final = 4
_SMALLEST_REST: Final = 0.6
"""Percentage points that printed shares may leave open by rounding alone."""
SPLITS: Final = ("segment", "deployment")
"""Axes by which firms split their revenue, in order of preference."""
_Members = dict[str, tuple[list[DataPoint], list[DataPoint]]]
"""Shares and amounts by member."""


# --- segments ---------------------------------------------------------------------------------------------------------


def segments(context: Context) -> Exhibit:
    """Revenue by end market, or by deployment for a company that does not report end markets."""
    columns: dict[str, list[Column]] = {}
    points: list[DataPoint] = []
    messages: dict[str, str] = {}
    notes: list[str] = []
    for company in context.companies:
        axis = split_of(context, company)
        if axis is None:
            messages[company] = context.say("gap.not_disclosed_here")
            points.append(empty(company, "revenue_share", "percent", State.NOT_DISCLOSED, "reason.not_in_sources"))
            continue
        columns[company], own = _columns(context, company, axis)
        points += own
        if any(column.broken for column in columns[company]):
            notes += _breaks(context, company, axis)
    picture = mosaic(columns, context.look, messages)
    title = context.title("segments", _segment_sentences(context, points), clauses=True)
    notes = [*_undisclosed_segments(context), *notes]
    return context.exhibit("segments", title, context.say("segments.subtitle"), picture, points, notes=notes)


def split_of(context: Context, company: str) -> str | None:
    """Return the axis by which a company's revenue is split in this evidence."""
    return next((axis for axis in SPLITS if mix.periods_with(context.dataset, company, axis)), None)


def _undisclosed_segments(context: Context) -> list[str]:
    gaps = [gap for c in context.companies for gap in context.dataset.companies[c].gaps]
    wanted = [gap.because for gap in gaps if gap.metric == "revenue_share" and gap.axis == "segment"]
    return [context.dataset.say(because, context.view.language) for because in wanted]


def _breaks(context: Context, company: str, axis: str) -> list[str]:
    """Return what changed in a split; only said where both sides of the change are drawn."""
    changes = [b for b in context.dataset.companies[company].breaks if b.axis == axis and b.metric == "revenue_share"]
    return [context.dataset.say(change.because, context.view.language) for change in changes]


def _columns(context: Context, company: str, axis: str) -> tuple[list[Column], list[DataPoint]]:
    columns: list[Column] = []
    points: list[DataPoint] = []
    labels = _main_labels(mix.periods_with(context.dataset, company, axis))
    split = {label: mix.parts(context.dataset, company, axis, label) for label in labels}
    order = _order(context, company, axis, [member for members in split.values() for member in members])
    for before, label in zip(["", *labels], labels, strict=False):
        parts = _parts(context, company, axis, split[label], order)
        if not parts:
            continue
        points += [p for shares, amounts in split[label].values() for p in shares + amounts]
        broken = bool(before) and mix.is_break(context.dataset, company, axis, before, label)
        amount, written = _total(context, company, label)
        columns.append(Column(context.when(label), amount or 1.0, written, tuple(parts), broken))
    return columns[-_MOST_COLUMNS:], points


def _total(context: Context, company: str, label: str) -> tuple[float, str]:
    """Return a period's revenue in the view's currency, as a number and as written; 0 if it is not known."""
    fact = context.dataset.find(company, "revenue", label)
    if fact is None or fact.shown is None:
        return 0.0, ""
    total = context.shown(stated(fact))[0]
    amount = float(total.value or 0)
    return amount, context.write(amount, total.unit) if amount else ""


def _main_labels(labels: list[str]) -> list[str]:
    """Keep full years and the part of a year after the last of them; the rest is in the table of another period."""
    years = [label for label in labels if label.startswith("FY")]
    after = [label for label in labels if not label.startswith("FY") and (not years or label[-4:] > years[-1][-4:])]
    return [*years, *after[-1:]]


def _order(context: Context, company: str, axis: str, members: list[str]) -> list[str]:
    """Return the members in the company's own order, so that each keeps its tint from column to column."""
    known = [*context.dataset.companies[company].members.get(axis, {}), "c_end", "b_end", "on_premise", "cloud"]
    return sorted(dict.fromkeys(members), key=lambda m: known.index(m) if m in known else 99)


def _parts(context: Context, company: str, axis: str, members: _Members, order: list[str]) -> list[Part]:
    """Return the blocks of a column: members with a share, darkest first, and what the shares leave open."""
    parts: list[Part] = []
    for member, (shares, amounts) in members.items():
        share = next((p for p in shares if p.value is not None and p.value >= 0), None)
        if share is not None and share.value is not None:
            money = context.shown(amounts[:1])
            name, written = context.member(company, axis, member), context.point(money[0]) if money else ""
            rank = order.index(member)
            parts.append(Part(name, float(share.value), written, rank, str(share.state), " ".join(share.claims)))
    return _completed(context, sorted(parts, key=lambda p: p.rank))


def _completed(context: Context, parts: list[Part]) -> list[Part]:
    """Add what the stated parts leave open, so that a column never pretends to be whole."""
    rest = 100 - sum(p.share for p in parts)
    if parts and rest > _SMALLEST_REST:
        return [*parts, Part(context.say("chart.not_broken_down"), rest, "", 3, "not_available", "")]
    return parts


def _segment_sentences(context: Context, points: list[DataPoint]) -> list[str]:
    sentences = []
    for company in context.companies:
        own = [p for p in points if p.company == company and p.measure == "revenue_share" and p.value is not None]
        last_end = max((_end(p) for p in own if p.when), default="")
        latest = [p for p in own if p.when and _end(p) == last_end]
        if latest:
            top = max(latest, key=lambda p: p.value or 0)
            part, when = context.dimensions(company, top.dimensions), context.period(top.when)
            words = {"company": context.name(company), "share": context.point(top), "part": part, "period": when}
            sentences.append(context.say("segments.one", **words))
    return sentences


def _end(point: DataPoint) -> str:
    return str(getattr(point.when, "end", ""))


# --- products ---------------------------------------------------------------------------------------------------------


def products(context: Context) -> Exhibit:
    """Share of revenue by product in the latest period that has it, with what no product accounts for."""
    rows: list[Row] = []
    points: list[DataPoint] = []
    for company in context.companies:
        labels = mix.periods_with(context.dataset, company, "product")
        if not labels:
            state = mix.state_of_gap(context.dataset, company, "revenue_share", "product")
            points.append(empty(company, "revenue_share", "percent", state, "reason.not_in_sources"))
            words = context.say("gap.no_products", company=context.name(company))
            rows.append(Row(context.name(company), company, None, words, str(state)))
            continue
        own = _product_points(context, company, labels[-1])
        points += own
        rows += [_product_row(context, p) for p in own if p.value is not None]
    title = _products_title(context, points) or context.say("products.neutral")
    return context.exhibit("products", title, context.say("products.subtitle"), row_bars(rows, context.look), points)


def _product_points(context: Context, company: str, label: str) -> list[DataPoint]:
    points = [
        p for shares, _ in mix.parts(context.dataset, company, "product", label).values() for p in shares
    ]  # fmt: skip
    whole = headline(context.dataset, company, "revenue_share", label, segment="c_end")
    rest = mix.unaccounted(context.dataset, company, "product", label, whole)
    if rest is not None and rest.value is not None and rest.interval is not None and rest.interval.low > 0:
        points.append(rest)
    return sorted(points, key=lambda p: -(p.value or 0))


def _product_row(context: Context, point: DataPoint) -> Row:
    label = heading(context.dimensions(point.company, point.dimensions), context.period(point.when))
    doubt = context.say.aside(context.say("flag.suspect")) if "suspect" in point.flags else ""
    return row(context, point, label, text=context.point(point) + doubt)


def _products_title(context: Context, points: list[DataPoint]) -> str | None:
    known = [p for p in points if p.value is not None]
    rest = next((p for p in known if p.measure == "unaccounted_share"), None)
    suspect = next((p for p in known if "suspect" in p.flags), None)
    if rest is not None and suspect is not None:
        product = context.dimensions(suspect.company, suspect.dimensions)
        figure, left = context.point(suspect), context.point(rest)
        return context.say("products.suspect", figure=figure, product=product, rest=left)
    top = max((p for p in known if p.measure == "revenue_share"), key=lambda p: p.value or 0, default=None)
    if top is None:
        return None
    return context.say(
        "products.title", product=context.dimensions(top.company, top.dimensions), share=context.point(top),
        company=context.name(top.company), period=context.period(top.when),
    )  # fmt: skip


# --- geography and customers ------------------------------------------------------------------------------------------


def geography(context: Context) -> Exhibit:
    """Share of revenue by region in the latest period, each with the base its document uses."""
    rows: list[Row] = []
    points: list[DataPoint] = []
    for company in context.companies:
        found = _regions(context, company)
        points += found or [empty(company, "revenue_share", "percent", State.NOT_DISCLOSED, "reason.not_in_sources")]
        rows += [row(context, p, by_part(context, p)) for p in found]
        if not found:
            words = context.say("gap.not_disclosed_here")
            rows.append(Row(context.name(company), company, None, words, "not_disclosed"))
    home = {p.company: p for p in points if p.dimensions.get("region") == "mainland_china"}
    sentences = [context.say("geography.one", company=context.name(c), share=context.point(p)) for c, p in home.items()]
    title = context.title("geography", sentences if len(sentences) > 1 else [])
    picture, notes = row_bars(rows, context.look), [context.say("geography.note")]
    return context.exhibit("geography", title, context.say("geography.subtitle"), picture, points, notes=notes)


def _regions(context: Context, company: str) -> list[DataPoint]:
    for axis in ("region", "overseas"):
        labels = mix.periods_with(context.dataset, company, axis)
        if labels:
            parts = mix.parts(context.dataset, company, axis, labels[-1])
            return sorted((p for shares, _ in parts.values() for p in shares[:1]), key=lambda p: -(p.value or 0))
    return []


def concentration(context: Context) -> Exhibit:
    """Share of the largest and the five largest customers by period."""
    points = [
        point
        for company in context.companies
        for metric in ("top_five_customer_share", "largest_customer_share")
        for fact in context.dataset.select(company, metric)
        for point in stated(fact)
    ]
    rows = rows_of(context, points, lambda point: by_measure(context, point))
    title = context.say("concentration.title" if points else "concentration.neutral")
    picture = row_bars(rows, context.look, height_per_row=30)
    return context.exhibit("concentration", title, context.say("concentration.subtitle"), picture, points)
