"""What revenue is made of besides its main split: products, how users pay, regions, customers."""

from collections.abc import Iterable

from ipo_data.analysis import concentration as bounds
from ipo_data.analysis import growth, mix
from ipo_data.analysis.mix_regions import HOME, Regions, regions_of
from ipo_data.analysis.points import DataPoint, State, Term, derived, empty, headline, stated, term_of
from ipo_data.charts.bars import Row, row_bars
from ipo_data.charts.stacks import Bar, Slice, row_stacks
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit
from ipo_data.exhibits.names import part_amid
from ipo_data.exhibits.point_words import growth as growth_words
from ipo_data.exhibits.point_words import signed
from ipo_data.exhibits.rows import heading, row
from ipo_data.formatting import number

"""Percentage points that printed shares may leave open by rounding alone."""


# --- products ---------------------------------------------------------------------------------------------------------


def products(context: Context) -> Exhibit:
    """Share of revenue by product in the latest period that has it, its growth, and what no product accounts for."""
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
        rates = {member: _product_growth(context, company, labels[-1], member) for member in _products_in(own)}
        points += [*own, *(rate for rate in rates.values() if rate is not None)]
        rows += [
            _product_row(context, p, rates.get(p.dimensions.get("product", ""))) for p in own if p.value is not None
        ]
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


def _products_in(points: Iterable[DataPoint]) -> list[str]:
    return list(dict.fromkeys(p.dimensions["product"] for p in points if p.measure == "revenue_share"))


def _product_growth(context: Context, company: str, label: str, member: str) -> DataPoint | None:
    """Return growth on the same months a year before, stated or computed, or nothing."""
    fact = context.dataset.find(company, "revenue_growth", label, product=member)
    if fact is not None and fact.shown is not None:
        return stated(fact)[0]
    computed = growth.growth_points(context.dataset, company, product=member)
    return next((p for p in computed if getattr(p.when, "label", "") == label), None)


def _product_row(context: Context, point: DataPoint, rate: DataPoint | None) -> Row:
    label = heading(context.name(point.company), context.dimensions(point.company, point.dimensions),
                    context.period(point.when))  # fmt: skip
    doubt = context.say.aside(context.say("flag.suspect")) if "suspect" in point.flags else ""
    text, printed = context.short(point) + doubt, context.point(point) + doubt
    if rate is not None and rate.value is not None:
        text = context.say("products.with_growth", share=text, growth=growth_words(context, rate))
        printed = context.say("products.with_growth", share=printed, growth=signed(context, rate))
    return row(context, point, label, text=text, printed=printed)


def _products_title(context: Context, points: list[DataPoint]) -> str | None:
    known = [p for p in points if p.value is not None]
    rest = next((p for p in known if p.measure == "unaccounted_share"), None)
    suspect = next((p for p in known if "suspect" in p.flags), None)
    if rest is not None and suspect is not None:
        product = context.dimensions(suspect.company, suspect.dimensions)
        figure, left = context.short(suspect), context.short(rest)
        return context.say("products.suspect", figure=figure, product=product, rest=left)
    top = max((p for p in known if p.measure == "revenue_share"), key=lambda p: p.value or 0, default=None)
    if top is None:
        return None
    return context.say(
        "products.title", product=context.dimensions(top.company, top.dimensions), share=context.short(top),
        company=context.name(top.company), period=context.period(top.when),
    )  # fmt: skip


# --- sources of consumer revenue --------------------------------------------------------------------------------------


def channels(context: Context) -> Exhibit:
    """Subscription, top-up and advertising as shares of the revenue that is broken down so."""
    bars: list[Bar] = []
    points: list[DataPoint] = []
    names: dict[str, str] = {}
    sentences: list[str] = []
    for company in context.companies:
        found = mix.channels(context.dataset, company)
        if not found:
            points.append(empty(company, "channel_share", "percent", State.NOT_DISCLOSED, "reason.not_in_sources"))
        for split in found:
            base = _channel_base(context, split)
            label = heading(context.name(company), context.period(split.total.when)) + f"<br>{base}"
            names |= {p.dimensions["channel"]: context.dimensions(company, p.dimensions) for p in split.shares}
            slices = tuple(_slice(context, p, p.dimensions["channel"]) for p in split.shares if p.value)
            bars.append(Bar(label, company, slices, context.short(context.shown([split.total])[0])))
            points += [*split.shares, *context.on_one_axis([split.total], context.view.currency)]
        sentences += _channel_words(context, found[-1:])
    title = context.title("channels", sentences, clauses=True)
    picture, subtitle = row_stacks(bars, names, context.look), context.say("channels.subtitle")
    return context.exhibit(
        "channels", title, subtitle, picture, points, notes=_gap_notes(context, points, "channels.gap")
    )


def _slice(context: Context, point: DataPoint, part: str) -> Slice:
    short, printed = context.short(point), context.point(point)
    return Slice(part, float(point.value or 0), short, str(point.state), " ".join(point.claims), printed)


def _channel_base(context: Context, split: mix.Channels) -> str:
    return context.say("channels.c_end" if split.is_c_end else "channels.part")


def _channel_words(context: Context, latest: list[mix.Channels]) -> list[str]:
    """Return a clause on the source that brings most in a company's latest period."""
    return [
        context.say(
            "channels.one", channel=context.dimensions(top.company, top.dimensions), share=context.short(top),
            company=context.name(top.company), period=context.period(top.when), base=_channel_base(context, split),
        )
        for split in latest for top in split.shares[:1]
    ]  # fmt: skip


def _gap_notes(context: Context, points: list[DataPoint], key: str) -> list[str]:
    """Name the companies without any figure of an exhibit."""
    missing = [
        context.name(c) for c in context.companies if not any(p.value is not None for p in points if p.company == c)
    ]
    return [context.say(key, names=context.say.join(missing))] if missing else []


# --- geography --------------------------------------------------------------------------------------------------------


def geography(context: Context) -> Exhibit:
    """Shares by region in the latest period as bars of a hundred per cent; each names the revenue it is a share of."""
    found = [own for company in context.companies for own in regions_of(context.dataset, company)]
    known = {own.company for own in found}
    missing = [
        empty(c, "revenue_share", "percent", State.NOT_DISCLOSED, "reason.not_in_sources")
        for c in context.companies if c not in known
    ]  # fmt: skip
    rests = [mix.not_broken_down(own.shares) for own in found]  # of every split its own: a firm may have two
    points = [*(p for own in found for p in own.shares), *(rest for rest in rests if rest is not None), *missing]
    home = [own for own in found if own.home is not None]
    names = {HOME: context.member(home[0].company, "region", HOME)} if home else {}
    bars = [_region_bar(context, own, names, rest) for own, rest in zip(found, rests, strict=True)]
    names |= {"rest": context.say("chart.not_broken_down")}
    title = context.title("geography", [_home_words(context, own) for own in home])
    notes = [*_bound_notes(context, found), *_gap_notes(context, points, "geography.gap")]
    picture = row_stacks(bars, names, context.look, rest="rest")
    return context.exhibit("geography", title, context.say("geography.subtitle"), picture, points, notes=notes)


def _region_bar(context: Context, own: Regions, names: dict[str, str], rest: DataPoint | None) -> Bar:
    slices = []
    for point in own.shares:
        if point.value is not None and point.value > 0:
            ((_, member),) = [(a, m) for a, m in point.dimensions.items() if a != "deployment"]
            names.setdefault(member, context.member(own.company, _axis_of(point), member))
            slices.append(_slice(context, point, member))
    if rest is not None:
        slices.append(_slice(context, rest, "rest"))
    label = heading(context.name(own.company), context.period(own.shares[0].when)) + f"<br>{_base(context, own)}"
    return Bar(label, own.company, tuple(slices))


def _axis_of(point: DataPoint) -> str:
    return next(axis for axis in point.dimensions if axis != "deployment")


def _base(context: Context, own: Regions) -> str:
    if not own.deployment:
        return context.say("geography.of_all")
    return context.say("geography.of_part", part=_part(context, own))


def _home_words(context: Context, own: Regions) -> str:
    assert own.home is not None  # noqa: S101 - the caller keeps those with one
    words = {"company": context.name(own.company), "share": context.short(own.home)}
    if not own.deployment:
        return context.say("geography.one", **words, period=context.period(own.home.when))
    return context.say("geography.one_part", **words, part=_part(context, own), period=context.period(own.home.when))


def _part(context: Context, own: Regions) -> str:
    return part_amid(context.member(own.company, "deployment", own.deployment), context.view.language)


def _bound_notes(context: Context, found: list[Regions]) -> list[str]:
    """Return between which values the share of all revenue lies where regions are given for a part of it alone."""
    notes = []
    for own in found:
        if own.of_all is not None and own.home is not None:
            low, high = (context.write(float(end), "percent") for end in own.of_all)
            notes.append(context.say("geography.bounds", company=context.name(own.company), low=low, high=high))
    return notes


# --- customers --------------------------------------------------------------------------------------------------------


def concentration(context: Context) -> Exhibit:
    """The largest customer, the next four and all others by period, with the bounds of the index they allow."""
    names = {part: context.say(f"customers.{part}") for part in ("largest", "next_four", "five", "others")}
    bars: list[Bar] = []
    points: list[DataPoint] = []
    for company in context.companies:
        found = _customer_points(context, company)
        if not found:
            points.append(
                empty(company, "top_five_customer_share", "percent", State.NOT_DISCLOSED, "reason.not_in_sources")
            )
        for own in found:
            split = _customers(own)
            points += [*own, *(p for part, p in split if part in ("next_four", "others"))]
            slices = tuple(_slice(context, p, part) for part, p in split)
            bars.append(Bar(heading(context.name(company), context.period(own[0].when)), company, slices))
    title = context.title("concentration", _five_words(context, points))
    notes = [*_index_notes(context), *_gap_notes(context, points, "concentration.gap")]
    picture = row_stacks(bars, names, context.look, rest="others")
    return context.exhibit("concentration", title, context.say("concentration.subtitle"), picture, points, notes=notes)


def _customer_points(context: Context, company: str) -> list[list[DataPoint]]:
    """Return what is stated of the largest and of the five largest customers, period by period."""
    metrics = ("largest_customer_share", "top_five_customer_share")
    facts = [fact for metric in metrics for fact in context.dataset.select(company, metric)]
    ends = sorted({(fact.end, fact.subject.period) for fact in facts}, key=str)
    return [[p for fact in facts if fact.subject.period == label for p in stated(fact)] for _, label in ends]


def _customers(own: list[DataPoint]) -> list[tuple[str, DataPoint]]:
    """Return the parts of a hundred per cent; a disputed share leaves its part to the others."""
    five, top = (_only(own, metric) for metric in ("top_five_customer_share", "largest_customer_share"))
    known = five or top
    if known is None:
        return []
    company, when, whole = known.company, known.when, Term.number(100)
    others = derived(whole - term_of(known), company, "other_customer_share", "percent", when)
    if five is None or top is None:
        return [("five" if top is None else "largest", known), ("others", others)]
    rest = derived(term_of(five) - term_of(top), company, "next_four_customer_share", "percent", when)
    return [("largest", top), ("next_four", rest), ("others", others)]


def _only(own: list[DataPoint], metric: str) -> DataPoint | None:
    found = [point for point in own if point.measure == metric and point.value is not None]
    return found[0] if len(found) == 1 else None


def _five_words(context: Context, points: list[DataPoint]) -> list[str]:
    sentences = []
    for company in context.companies:
        own = [p for p in points if p.company == company and p.measure == "top_five_customer_share" and p.value]
        last = max(own, key=lambda p: str(getattr(p.when, "end", "")), default=None)
        if last is not None:
            words = {
                "company": context.name(company),
                "share": context.short(last),
                "period": context.period(last.when),
            }
            sentences.append(context.say("concentration.one", **words))
    return sentences


def _index_notes(context: Context) -> list[str]:
    found = [(c, own) for c in context.companies if (own := bounds.index_bounds(context.dataset, c)) is not None]
    return [
        context.say(
            "concentration.bounds", company=context.name(company), period=context.period(own.period),
            low=number(own.low), high=number(own.high),
        )
        for company, own in found
    ]  # fmt: skip
