"""Business mix: B-end and C-end, deployment, products, geography."""

from ipo_data.analysis import mix
from ipo_data.analysis.points import DataPoint, State, empty, headline
from ipo_data.charts.bars import Row, row_bars
from ipo_data.charts.mosaics import Column, Part, mosaic
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit

_MOST_COLUMNS = 4


def segments(context: Context) -> Exhibit:
    """Revenue by end market, or by deployment for a company that does not report end markets."""
    columns: dict[str, list[Column]] = {}
    points: list[DataPoint] = []
    messages: dict[str, str] = {}
    axes = {}
    for company in context.companies:
        axis = next((a for a in ("segment", "deployment") if mix.periods_with(context.dataset, company, a)), None)
        if axis is None:
            messages[company] = context.say("gap.not_disclosed_here")
            points.append(empty(company, "revenue_share", "percent", State.NOT_DISCLOSED, "reason.not_in_sources"))
            continue
        axes[company] = axis
        columns[company], own = _columns(context, company, axis)
        points += own
    notes = [
        context.dataset.say(gap.because, context.view.language)
        for c in context.companies for gap in context.dataset.companies[c].gaps if gap.metric == "revenue_share" and gap.axis == "segment"
    ]  # fmt: skip
    notes += [
        context.dataset.say(b.because, context.view.language)
        for c in context.companies
        for b in context.dataset.companies[c].breaks
        if b.axis == axes.get(c) and b.metric == "revenue_share"
    ]
    picture = mosaic(columns, context.look, messages)
    title = _segments_title(context, points) or context.say("segments.neutral")
    return context.exhibit("segments", title, context.say("segments.subtitle"), picture, points, notes=notes)


def _columns(context: Context, company: str, axis: str) -> tuple[list[Column], list[DataPoint]]:
    columns: list[Column] = []
    points: list[DataPoint] = []
    labels = _main_labels(mix.periods_with(context.dataset, company, axis))
    order = _order(context, company, axis, labels)
    for before, label in zip(["", *labels], labels, strict=False):
        total = headline(context.dataset, company, "revenue", label)
        parts, own = _parts(context, company, axis, label, order)
        if not parts:
            continue
        points += own
        shown = context.shown_in([p for p in own if p.measure == "revenue"])
        currency = shown[0].unit if shown else context.dataset.companies[company].reporting_currency
        native = context.dataset.companies[company].reporting_currency
        factor = context.rates.factor(native, currency)
        amount = float(total.value * factor[0]) if total and factor else 0.0
        broken = bool(before) and mix.is_break(context.dataset, company, axis, before, label)
        columns.append(
            Column(
                context.when(label),
                amount or 1.0,
                context.write(amount, currency) if amount else "",
                tuple(parts),
                broken,
            )
        )
    return columns[-_MOST_COLUMNS:], points


def _main_labels(labels: list[str]) -> list[str]:
    """Keep full years and the part of a year after the last of them; the rest is in the table of another period."""
    years = [label for label in labels if label.startswith("FY")]
    after = [label for label in labels if not label.startswith("FY") and (not years or label[-4:] > years[-1][-4:])]
    return [*years, *after[-1:]]


def _order(context: Context, company: str, axis: str, labels: list[str]) -> list[str]:
    known = [*context.dataset.companies[company].members.get(axis, {}), "c_end", "b_end", "on_premise", "cloud"]
    found = list(dict.fromkeys(m for label in labels for m in mix.parts(context.dataset, company, axis, label)))
    return sorted(found, key=lambda m: known.index(m) if m in known else 99)


def _parts(
    context: Context, company: str, axis: str, label: str, order: list[str]
) -> tuple[list[Part], list[DataPoint]]:
    parts: list[Part] = []
    points: list[DataPoint] = []
    for member, (shares, amounts) in mix.parts(context.dataset, company, axis, label).items():
        points += shares + amounts
        share = next((p for p in shares if p.value is not None), None)
        if share is None or share.value is None or share.value < 0:
            continue
        money = context.shown_in(amounts[:1])
        written = context.point(money[0]) if money else ""
        parts.append(
            Part(
                context.member(company, axis, member),
                float(share.value),
                written,
                order.index(member),
                str(share.state),
                " ".join(share.claims),
            )
        )
    parts.sort(key=lambda p: p.rank)
    return _completed(context, parts), points


def _completed(context: Context, parts: list[Part]) -> list[Part]:
    """Add what the stated parts leave open, so that a column never pretends to be whole."""
    rest = 100 - sum(p.share for p in parts)
    if parts and rest > 0.6:
        return [*parts, Part(context.say("chart.not_broken_down"), rest, "", 3, "not_available", "")]
    return parts


def _segments_title(context: Context, points: list[DataPoint]) -> str | None:
    sentences = []
    for company in context.companies:
        own = [
            p
            for p in points
            if p.company == company and p.measure == "revenue_share" and p.value is not None and p.when
        ]
        if not own:
            continue
        last_end = max(str(getattr(p.when, "end", "")) for p in own)
        top = max((p for p in own if str(getattr(p.when, "end", "")) == last_end), key=lambda p: p.value or 0)
        sentences.append(
            context.say(
                "segments.one",
                company=context.name(company),
                share=context.point(top),
                part=context.dimensions(company, top.dimensions),
                period=context.period(top.when),
            )
        )
    return context.say("segments.title", parts=context.say("segments.separator").join(sentences)) if sentences else None


def products(context: Context) -> Exhibit:
    """Share of revenue by product in the latest period that has it, with what no product accounts for."""
    rows: list[Row] = []
    points: list[DataPoint] = []
    for company in context.companies:
        labels = mix.periods_with(context.dataset, company, "product")
        if not labels:
            points.append(
                empty(
                    company,
                    "revenue_share",
                    "percent",
                    mix.state_of_gap(context.dataset, company, "revenue_share", "product"),
                    "reason.not_in_sources",
                    dimensions={},
                )
            )
            rows.append(
                Row(
                    context.name(company),
                    company,
                    None,
                    context.say("gap.no_products", company=context.name(company)),
                    "not_disclosed",
                )
            )
            continue
        own, own_rows = _product_rows(context, company, labels[-1])
        points += own
        rows += own_rows
    title = _products_title(context, points) or context.say("products.neutral")
    return context.exhibit("products", title, context.say("products.subtitle"), row_bars(rows, context.look), points)


def _product_rows(context: Context, company: str, label: str) -> tuple[list[DataPoint], list[Row]]:
    points: list[DataPoint] = []
    for shares, _ in mix.parts(context.dataset, company, "product", label).values():
        points += shares
    whole = headline(context.dataset, company, "revenue_share", label, segment="c_end")
    rest = mix.unaccounted(context.dataset, company, "product", label, whole)
    if rest is not None and rest.value is not None and rest.interval is not None and rest.interval.low > 0:
        points.append(rest)
    points.sort(key=lambda p: -(p.value or 0))
    rows = [
        Row(f"{context.dimensions(company, p.dimensions)} · {context.period(p.when)}", company, float(p.value), context.point(p) + (f" ({context.say('flag.suspect')})" if "suspect" in p.flags else ""), str(p.state), claims=" ".join(p.claims))
        for p in points if p.value is not None
    ]  # fmt: skip
    return points, rows


def _products_title(context: Context, points: list[DataPoint]) -> str | None:
    rest = next((p for p in points if p.measure == "unaccounted_share" and p.value is not None), None)
    suspect = next((p for p in points if "suspect" in p.flags), None)
    if rest is not None and suspect is not None:
        return context.say(
            "products.suspect",
            figure=context.point(suspect),
            product=context.dimensions(suspect.company, suspect.dimensions),
            rest=context.point(rest),
        )
    top = max(
        (p for p in points if p.value is not None and p.measure == "revenue_share"),
        key=lambda p: p.value or 0,
        default=None,
    )
    if top is None:
        return None
    return context.say(
        "products.title",
        product=context.dimensions(top.company, top.dimensions),
        share=context.point(top),
        company=context.name(top.company),
        period=context.period(top.when),
    )


def geography(context: Context) -> Exhibit:
    """Share of revenue by region in the latest period, each with the base its document uses."""
    rows: list[Row] = []
    points: list[DataPoint] = []
    for company in context.companies:
        found = _regions(context, company)
        points += found
        rows += [
            Row(f"{context.name(company)} · {context.dimensions(company, p.dimensions)} · {context.period(p.when)}", company, float(p.value), context.point(p), str(p.state), claims=" ".join(p.claims))
            for p in found if p.value is not None
        ]  # fmt: skip
        if not found:
            rows.append(
                Row(context.name(company), company, None, context.say("gap.not_disclosed_here"), "not_disclosed")
            )
    home = {p.company: p for p in points if p.dimensions.get("region") == "mainland_china"}
    if len(home) > 1:
        sentences = [
            context.say("geography.one", company=context.name(c), share=context.point(p)) for c, p in home.items()
        ]
        title = context.say("geography.title", parts=context.say.join(sentences))
    else:
        title = context.say("geography.neutral")
    return context.exhibit(
        "geography",
        title,
        context.say("geography.subtitle"),
        row_bars(rows, context.look),
        points,
        notes=[context.say("geography.note")],
    )


def _regions(context: Context, company: str) -> list[DataPoint]:
    for axis in ("region", "overseas"):
        labels = mix.periods_with(context.dataset, company, axis)
        if labels:
            parts = mix.parts(context.dataset, company, axis, labels[-1])
            return sorted((p for shares, _ in parts.values() for p in shares[:1]), key=lambda p: -(p.value or 0))
    return []


def concentration(context: Context) -> Exhibit:
    """Share of the largest and the five largest customers by period."""
    points = []
    rows = []
    from ipo_data.analysis.points import stated

    for company in context.companies:
        for metric in ("top_five_customer_share", "largest_customer_share"):
            for fact in context.dataset.select(company, metric):
                for point in stated(fact):
                    points.append(point)
                    rows.append(
                        Row(
                            f"{context.name(company)} · {context.say(f'metric.{metric}')} · {context.period(point.when)}",
                            company,
                            float(point.value or 0),
                            context.point(point),
                            str(point.state),
                            claims=" ".join(point.claims),
                        )
                    )
    title = context.say("concentration.title") if points else context.say("concentration.neutral")
    return context.exhibit(
        "concentration",
        title,
        context.say("concentration.subtitle"),
        row_bars(rows, context.look, height_per_row=30),
        points,
    )
