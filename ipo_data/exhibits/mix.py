"""Business mix: who pays – B-end and C-end, or on-premise and cloud – now, by period, and like for like."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

import pandas as pd

from ipo_data.analysis import mix
from ipo_data.analysis.mix_bases import Mix, mix_on_basis
from ipo_data.analysis.points import DataPoint, State, derived, empty, stated, term_of, unique_claims
from ipo_data.charts.marimekko import Block, marimekko
from ipo_data.charts.mosaics import Column, Part, share_columns
from ipo_data.charts.slopes import Panel, Slope, share_slopes
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit
from ipo_data.exhibits.names import part_amid
from ipo_data.exhibits.said_once import Said, title_once
from ipo_data.exhibits.windows import window_notes
from ipo_data.periods import Period, same_window

_MOST_COLUMNS: Final = 4
"""Percentage points that printed shares may leave open by rounding alone."""
SPLITS: Final = ("segment", "deployment")
"""Axes by which firms split their revenue, in order of preference."""
_Members = dict[str, tuple[list[DataPoint], list[DataPoint]]]
"""Shares and amounts by member."""


def split_of(context: Context, company: str) -> str | None:
    """Return the axis by which a company's revenue is split in this evidence."""
    return next((axis for axis in SPLITS if mix.periods_with(context.dataset, company, axis)), None)


def no_split(company: str) -> DataPoint:
    """Return the empty point of a company that splits its revenue by neither axis."""
    return empty(company, "revenue_share", "percent", State.NOT_DISCLOSED, "reason.not_in_sources")


# --- now, on one axis -------------------------------------------------------------------------------------------------


def segments(context: Context) -> Exhibit:
    """Revenue by end market, or by deployment for a company that does not report end markets, on the chosen basis."""
    found = {company: _latest_mix(context, company) for company in context.companies}
    blocks = [_block(context, company, own) for company, own in found.items() if own is not None]
    points = [p for company, own in found.items() for p in _points(company, own)]
    points += [rest for own in found.values() if own is not None and (rest := _rest(own.shares.values())) is not None]
    shares = [p for p in points if p.measure == "revenue_share"]
    picture = marimekko(blocks, context.look)
    title = context.title("segments", _segment_sentences(context, shares), clauses=True)
    subtitle = context.say(
        "segments.subtitle", basis=context.basis, currency=context.say(f"currency.{context.accounts_currency}")
    )
    notes = [
        *_width_notes(context, blocks), *_window_notes(context, found), *_unsplit_notes(context, found),
        *undisclosed_splits(context),
    ]  # fmt: skip
    return context.exhibit("segments", title, subtitle, picture, points, notes=notes, footed=True)


def _latest_mix(context: Context, company: str) -> Mix | None:
    axis = split_of(context, company)
    if axis is None:
        return None
    label = main_labels(mix.periods_with(context.dataset, company, axis))[-1]
    own = mix_on_basis(context.dataset, company, axis, label, context.view.basis)
    total, *amounts = context.on_one_axis([own.total, *own.amounts.values()], context.accounts_currency)
    return replace(own, total=total, amounts=dict(zip(own.amounts, amounts, strict=True)))


def _points(company: str, own: Mix | None) -> list[DataPoint]:
    if own is None:
        return [no_split(company)]
    return [p for member, shares in own.shares.items() for p in [*shares, *_amount(own, member)]] + [own.total]


def _amount(own: Mix, member: str) -> list[DataPoint]:
    return [own.amounts[member]] if member in own.amounts else []


def _block(context: Context, company: str, own: Mix) -> Block:
    axis, total = split_of(context, company) or "", own.total
    order = _order(context, company, axis, list(own.shares))
    members = {member: (shares, _amount(own, member)) for member, shares in own.shares.items()}
    parts = _parts(context, company, axis, members, order)
    window = context.period(total.when)
    if own.apart or total.value is None:
        window = context.say("segments.shares_of", window=window, period=context.period(own.window))
    width = None if total.value is None else float(total.value)
    return Block(company, width, context.short(total), window, tuple(parts))


def _width_notes(context: Context, blocks: list[Block]) -> list[str]:
    """Say so where widths could not be drawn to scale."""
    unknown = [context.name(block.company) for block in blocks if block.width is None and block.parts]
    return [context.say("segments.equal_widths", names=context.say.join(unknown))] if unknown else []


def _window_notes(context: Context, found: dict[str, Mix | None]) -> list[str]:
    apart = [context.name(company) for company, own in found.items() if own is not None and own.apart]
    notes = [context.say("segments.apart", names=context.say.join(apart))] if apart else []
    return notes + window_notes(context, (own.total for own in found.values() if own is not None))


def _unsplit_notes(context: Context, found: dict[str, Mix | None]) -> list[str]:
    missing = [context.name(company) for company, own in found.items() if own is None]
    return [context.say("segments.gap", names=context.say.join(missing))] if missing else []


def undisclosed_splits(context: Context) -> list[str]:
    """Return what companies say about a split by end market that they do not report."""
    gaps = [gap for c in context.companies for gap in context.dataset.companies[c].gaps]
    wanted = [gap.because for gap in gaps if gap.metric == "revenue_share" and gap.axis == "segment"]
    return [context.dataset.say(because, context.view.language) for because in wanted]


def _segment_sentences(context: Context, points: list[DataPoint]) -> list[str]:
    sentences = []
    for company in context.companies:
        own = [p for p in points if p.company == company and p.value is not None]
        last_end = max((_end(p) for p in own if p.when), default="")
        latest = [p for p in own if p.when and _end(p) == last_end]
        if latest:
            top = max(latest, key=lambda p: p.value or 0)
            part, when = context.dimensions(company, top.dimensions), context.period(top.when)
            words = {"company": context.name(company), "share": context.short(top), "part": part, "period": when}
            sentences.append(context.say("segments.one", **words))
    return sentences


# --- period by period -------------------------------------------------------------------------------------------------


def segment_history(context: Context) -> Exhibit:
    """Shares of every main period, one column each; a change of classification is drawn as a break."""
    columns: dict[str, list[Column]] = {}
    points: list[DataPoint] = []
    money: list[DataPoint] = []
    messages: dict[str, str] = {}
    notes: list[str] = []
    for company in context.companies:
        axis = split_of(context, company)
        if axis is None:
            messages[company] = context.say("gap.not_disclosed_here")
            points.append(no_split(company))
            continue
        columns[company], shares, amounts = _columns(context, company, axis)
        points += shares
        money += amounts
        if any(column.broken for column in columns[company]):
            notes += _breaks(context, company, axis)
    picture = share_columns(columns, context.look, messages)
    title = title_once(context, "segment_history", _courses(context, columns), clauses=True)
    subtitle = context.say("segment_history.subtitle")
    return context.exhibit(
        "segment-history", title, subtitle, picture, points, footed=True, claims=unique_claims(money),
        notes=[*notes, *context.conversion_notes(money)], table=_history_table(context, points, money),
    )  # fmt: skip


def _history_table(context: Context, points: list[DataPoint], money: list[DataPoint]) -> pd.DataFrame:
    """Return the shares, then the amounts that the chart names: those of the parts and of the whole."""
    tables = [context.table(points), context.table([p for p in money if p.value is not None])]
    return pd.concat(tables, ignore_index=True)


def _courses(context: Context, columns: dict[str, list[Column]]) -> list[Said]:
    """Return how the part that is the largest now came to its share, on the classification of now."""
    told = []
    for company, own in columns.items():
        since = max((i for i, column in enumerate(own) if column.broken), default=0)
        named = [part for part in own[-1].parts if part.label != context.say("chart.not_broken_down")] if own else []
        largest = max(named, key=lambda part: part.share, default=None)
        path = [(c.label, p) for c in own[since:] for p in c.parts if largest is not None and p.label == largest.label]
        if largest is not None and len(path) > 1:
            stops = [context.say("segment_history.stop", share=p.words(context.look), period=w) for w, p in _turn(path)]
            words = {"part": part_amid(largest.label, context.view.language)}
            course = context.say("segment_history.course", stops=context.say("segment_history.to").join(stops), **words)
            told.append(Said(context.name(company), course, ()))
    return told


def _turn(path: list[tuple[str, Part]]) -> list[tuple[str, Part]]:
    """Return the ends of a path and between them the share farthest beyond both, if there is one."""
    ends = sorted(part.share for _, part in (path[0], path[-1]))
    beyond = max(path, key=lambda stop: max(ends[0] - stop[1].share, stop[1].share - ends[1]))
    return [path[0], *([] if ends[0] <= beyond[1].share <= ends[1] else [beyond]), path[-1]]


def _breaks(context: Context, company: str, axis: str) -> list[str]:
    """Return what changed in a split; only said where both sides of the change are drawn."""
    changes = [b for b in context.dataset.companies[company].breaks if b.axis == axis and b.metric == "revenue_share"]
    return [context.dataset.say(change.because, context.view.language) for change in changes]


def _columns(context: Context, company: str, axis: str) -> tuple[list[Column], list[DataPoint], list[DataPoint]]:
    """Return a company's columns with the shares and the amounts that stand in them."""
    columns: list[Column] = []
    points: list[DataPoint] = []
    money: list[DataPoint] = []
    labels = main_labels(mix.periods_with(context.dataset, company, axis))
    split = {label: mix.parts(context.dataset, company, axis, label) for label in labels}
    order = _order(context, company, axis, [member for members in split.values() for member in members])
    for before, label in zip(["", *labels], labels, strict=False):
        members = {member: (shares, context.shown(amounts)) for member, (shares, amounts) in split[label].items()}
        parts = _parts(context, company, axis, members, order)
        if not parts:
            continue
        rest, total = _rest(shares for shares, _ in members.values()), _total(context, company, label)
        points += [*(p for shares, _ in members.values() for p in shares), *([rest] if rest is not None else [])]
        money += [*(p for _, amounts in members.values() for p in amounts[:1]), *total]
        broken = bool(before) and mix.is_break(context.dataset, company, axis, before, label)
        columns.append(Column(context.when(label), "".join(map(context.short, total)), tuple(parts), broken))
    return columns[-_MOST_COLUMNS:], points, money


def _total(context: Context, company: str, label: str) -> list[DataPoint]:
    """Return a period's revenue in the view's currency; nothing if it is not known."""
    fact = context.dataset.find(company, "revenue", label)
    return context.shown(stated(fact)) if fact is not None and fact.shown is not None else []


def main_labels(labels: list[str]) -> list[str]:
    """Keep full years and the part of a year after the last of them; the rest is in the table of another period."""
    years = [label for label in labels if label.startswith("FY")]
    after = [label for label in labels if not label.startswith("FY") and (not years or label[-4:] > years[-1][-4:])]
    return [*years, *after[-1:]]


def _order(context: Context, company: str, axis: str, members: list[str]) -> list[str]:
    """Return the members in the company's own order, so that each keeps its tint from column to column."""
    known = [*context.dataset.companies[company].members.get(axis, {}), "b_end", "c_end", "on_premise", "cloud"]
    return sorted(dict.fromkeys(members), key=lambda m: known.index(m) if m in known else 99)


def _parts(context: Context, company: str, axis: str, members: _Members, order: list[str]) -> list[Part]:
    """Return the blocks of a column: members with a share, darkest first, and what the shares leave open."""
    parts: list[Part] = []
    for member, (shares, amounts) in members.items():
        share = _drawn_share(shares)
        if share is not None and share.value is not None:
            paid = [p for p in amounts[:1] if p.value is not None]
            money, printed = ("".join(write(p) for p in paid) for write in (context.short, context.point))
            name, rank = context.member(company, axis, member), order.index(member)
            parts.append(Part(
                name, float(share.value), money, rank, str(share.state), " ".join(share.claims), context.short(share),
                (context.point(share), printed),
            ))  # fmt: skip
    rest = _rest(shares for shares, _ in members.values())
    open_part = [_open_part(context, rest)] if parts and rest is not None else []
    return [*sorted(parts, key=lambda p: p.rank), *open_part]


def _drawn_share(shares: Iterable[DataPoint]) -> DataPoint | None:
    """Return the share that is drawn of a member: of rival figures the first."""
    return next((p for p in shares if p.value is not None and p.value >= 0), None)


def _rest(members: Iterable[Iterable[DataPoint]]) -> DataPoint | None:
    """Return what the drawn shares of all members leave open."""
    return mix.not_broken_down([share for shares in members if (share := _drawn_share(shares)) is not None])


def _open_part(context: Context, rest: DataPoint) -> Part:
    """Return the block of what is left open, so that a column never pretends to be whole."""
    words, share = context.say("chart.not_broken_down"), float(rest.value or 0)
    return Part(words, share, "", 3, str(rest.state), " ".join(rest.claims), context.short(rest))


def _end(point: DataPoint) -> str:
    return str(getattr(point.when, "end", ""))


# --- like for like ----------------------------------------------------------------------------------------------------


def segment_slope(context: Context) -> Exhibit:
    """How shares moved between two windows of one length a year apart, within one classification."""
    panels: dict[str, Panel] = {}
    points: list[DataPoint] = []
    for company in context.companies:
        axis = split_of(context, company)
        pair = _latest_pair(context, company, axis) if axis else None
        if axis is None or pair is None:
            panels[company] = Panel(message=context.say("gap.not_disclosed_here" if axis is None else "gap.no_pair"))
            reason = "reason.not_in_sources" if axis is None else "reason.no_like_for_like"
            state = State.NOT_DISCLOSED if axis is None else State.NOT_AVAILABLE
            points.append(empty(company, "share_change", "points", state, reason))
            continue
        panels[company], own = _panel(context, company, axis, pair)
        points += own
    title = title_once(context, "segment_slope", _gains(context, points), clauses=True)
    picture, subtitle = share_slopes(panels, context.look), context.say("segment_slope.subtitle")
    return context.exhibit("segment-slope", title, subtitle, picture, points, footed=True)


def _latest_pair(context: Context, company: str, axis: str) -> tuple[str, str] | None:
    """Return the latest two windows of one length a year apart with shares on one classification."""
    labels = mix.periods_with(context.dataset, company, axis)
    periods = {label: Period.parse(label, context.dataset.companies[company].year_end_month) for label in labels}
    for later in reversed(labels):
        wanted = periods[later].prior_year()
        earlier = next((label for label in labels if same_window(periods[label], wanted)), None)
        if earlier and not mix.is_break(context.dataset, company, axis, earlier, later):
            return earlier, later
    return None


def _panel(context: Context, company: str, axis: str, pair: tuple[str, str]) -> tuple[Panel, list[DataPoint]]:
    then, now = (_one_share_each(mix.parts(context.dataset, company, axis, label)) for label in pair)
    both = [member for member in now if member in then]
    order = _order(context, company, axis, both)
    earlier, later = (mix.computed_shares(context.dataset, company, axis, label) for label in pair)
    alike = set(both) <= set(earlier) & set(later)
    slopes, points = [], []
    for member in order:
        old, new = then[member], now[member]
        moved = later[member] - earlier[member] if alike else term_of(new) - term_of(old)
        change = derived(moved, company, "share_change", "points", new.when, dimensions={axis: member})
        points += [old, new, change]
        slopes.append(Slope(
            context.member(company, axis, member), order.index(member), float(old.value or 0), float(new.value or 0),
            context.short(change), " ".join(dict.fromkeys((*old.claims, *new.claims))),
        ))  # fmt: skip
    return Panel((context.when(pair[0]), context.when(pair[1])), tuple(slopes)), points


def _one_share_each(members: _Members) -> dict[str, DataPoint]:
    """Return members with exactly one share; a disputed share has no slope."""
    return {m: shares[0] for m, (shares, _) in members.items() if len(shares) == 1 and shares[0].value is not None}


def _gains(context: Context, points: list[DataPoint]) -> list[Said]:
    """Return the part of each company that gained most, with its window."""
    told = []
    for company in context.companies:
        changes = [p for p in points if p.company == company and p.measure == "share_change" and p.value is not None]
        top = max(changes, key=lambda p: p.value or 0, default=None)
        if top is not None and top.value is not None and top.value > 0:
            part = part_amid(context.dimensions(company, top.dimensions), context.view.language)
            gain = context.say("segment_slope.one", part=part, change=context.short(top))
            told.append(Said(context.name(company), gain, (context.period(top.when),)))
    return told
