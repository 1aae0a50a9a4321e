"""Ownership: who owns and who votes, and what the funding rounds valued."""

from collections.abc import Callable
from typing import Final

from ipo_data.analysis import ownership
from ipo_data.analysis.funding_steps import offer_step, paid_up_late, round_steps, rounds_in_order
from ipo_data.analysis.ownership import Holding
from ipo_data.analysis.points import DataPoint, stated
from ipo_data.charts.bars import row_dots
from ipo_data.charts.dumbbells import HolderLine, Share, economic_to_votes
from ipo_data.dataset import Fact
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.control import stage_of
from ipo_data.exhibits.model import Exhibit
from ipo_data.exhibits.rows import by_part, heading, rows_of
from ipo_data.exhibits.valuation import late_rounds

_MOST_HOLDERS: Final = 17


# --- holders ----------------------------------------------------------------------------------------------------------


def holders_of(company: str) -> Callable[[Context], Exhibit]:
    """Return the builder of one company's dumbbell from economic interest to votes."""

    def build(context: Context) -> Exhibit:
        return _holders(context, company)

    return build


def _holders(context: Context, company: str) -> Exhibit:
    stage = stage_of(context, company)
    found = ownership.holdings(context.dataset, company, stage)
    drawn = found[:_MOST_HOLDERS]
    points = [p for holding in drawn for p in [*holding.economic, *holding.votes]]
    rest = ownership.remainder(context.dataset, company, stage)
    when = context.period(points[0].when) if points else ""
    left_open = rest is not None and rest.value is not None and rest.value > 0
    lines = [_line(context, company, holding) for holding in drawn]
    bases, base_claims = _share_base(context, company, stage)
    return context.exhibit(
        f"holders-{company}",
        _holders_title(context, company, found, rest),
        context.say("holders.subtitle", company=context.name(company), date=when).rstrip(", ，"),
        economic_to_votes(lines, context.look, context.look.companies[company].color),
        [*points, rest] if rest is not None else points,
        notes=[
            *([context.say("holders.rest", rest=context.point(rest))] if rest and left_open else []),
            *_of_it_public(context, company, found),
            *bases,
        ],
        claims=base_claims,
    )


def _of_it_public(context: Context, company: str, found: list[Holding]) -> list[str]:
    """Say that the public shareholders, who are drawn, are part of what is not named."""
    shares = [p for h in found if h.holder == ownership.PUBLIC for p in h.economic if p.value is not None]
    holder = context.member(company, "holder", ownership.PUBLIC)
    return [context.say("holders.public", holder=holder, share=context.point(shares[0]))] if shares else []


def _share_base(context: Context, company: str, stage: str) -> tuple[list[str], list[str]]:
    """Return the number of shares that the percentages of a stage rest on, as a note, and its claims."""
    facts = context.dataset.select(company, "shares_in_issue")
    found = [stated(f)[0] for f in facts if f.dimensions.get("stage") == stage and f.shown]
    if not found:
        return [], []
    base = found[0]
    return [context.say("holders.base", shares=context.point(base), date=context.period(base.when))], list(base.claims)


def _line(context: Context, company: str, holding: Holding) -> HolderLine:
    economic, votes = _shares(context, holding.economic), _shares(context, holding.votes)
    return HolderLine(context.member(company, "holder", holding.holder), economic, votes)


def _shares(context: Context, points: list[DataPoint]) -> tuple[Share, ...]:
    return tuple(
        Share(float(p.value), context.short(p), " ".join(p.claims), context.point(p))
        for p in points
        if p.value is not None
    )


def _holders_title(context: Context, company: str, found: list[Holding], rest: DataPoint | None) -> str:
    """Return the widest gap between votes and ownership, or how many holders are named."""
    single = [(h, h.economic[0], h.votes[0]) for h in found if len(h.economic) == 1 and len(h.votes) == 1]
    wide = [(h, own, vote) for h, own, vote in single if (vote.value or 0) > (own.value or 0) * 2]
    if wide:
        top, own, vote = max(wide, key=lambda item: item[2].value or 0)
        holder = context.member(company, "holder", top.holder)
        return context.say("holders.title", holder=holder, economic=context.short(own), votes=context.short(vote))
    if found and rest is not None:
        count = len(_without_groups(context, company, found))
        return context.say("holders.named", count=count, company=context.name(company), rest=context.short(rest))
    return context.say("holders.neutral", company=context.name(company))


def _without_groups(context: Context, company: str, found: list[Holding]) -> list[Holding]:
    """Leave out groups whose members are named as well, and the public: neither is one more holder."""
    groups = context.dataset.companies[company].groups.get("holder", {})
    named = {holding.holder for holding in found}
    single = [holding for holding in found if not named.intersection(groups.get(holding.holder, ()))]
    return [holding for holding in single if holding.holder != ownership.PUBLIC]


# --- funding rounds ---------------------------------------------------------------------------------------------------


def funding(context: Context) -> Exhibit:
    """Post-money valuations by round."""
    points = [p for c in context.companies for f in _valued(context, c) for p in stated(f)]
    shown = context.on_one_axis(points, context.accounts_currency)
    last = {p.company: p for p in shown if p.value is not None}
    sentences = [
        context.say("funding.one", company=context.name(c), value=context.short(p), date=context.period(p.when))
        for c, p in last.items()
    ]
    return context.exhibit(
        "funding",
        context.title("funding", sentences),
        context.say("funding.subtitle", currency=context.say(f"currency.{context.accounts_currency}")),
        row_dots(rows_of(context, shown, lambda point: by_part(context, point)), context.look),
        shown,
    )


def _valued(context: Context, company: str) -> list[Fact]:
    """Return the rounds in the order of the series, then valuations of which no round is named."""
    rounds = rounds_in_order(context.dataset, company)
    others = [f for f in context.dataset.select(company, "post_money_valuation") if f not in rounds]
    return [*rounds, *others]


def steps(context: Context) -> Exhibit:
    """Step-ups from round to round and from the last round to the offer price, before the new money of each."""
    points: list[DataPoint] = []
    sentences: list[str] = []
    for company in context.companies:
        rounds = round_steps(context.dataset, company)
        points += [*rounds, *offer_step(context.dataset, company, context.rates)]
        if rounds:
            top = max(rounds, key=lambda p: p.value or 0)
            words = {"company": context.name(company), "step": context.short(top), "date": context.period(top.when)}
            sentences.append(context.say("round_steps.one", **words))
    rows = rows_of(context, points, lambda point: _step_label(context, point))
    title, picture = context.title("round_steps", sentences), row_dots(rows, context.look)
    late = [pair for company in context.companies for pair in paid_up_late(context.dataset, company)]
    notes = [context.say("round_steps.note"), *late_rounds(context, late)]
    return context.exhibit("round-steps", title, context.say("round_steps.subtitle"), picture, points, notes=notes)


def _step_label(context: Context, point: DataPoint) -> str:
    part = context.dimensions(point.company, point.dimensions) or context.label("offer_price", point.company)
    return heading(context.name(point.company), part, context.period(point.when))
