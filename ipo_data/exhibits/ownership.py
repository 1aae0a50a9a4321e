"""Ownership: who owns and who votes, and what the funding rounds valued."""

from collections.abc import Callable
from typing import Final

from ipo_data.analysis import ownership
from ipo_data.analysis.ownership import Holding
from ipo_data.analysis.points import DataPoint, stated
from ipo_data.charts.bars import row_dots
from ipo_data.charts.dumbbells import HolderLine, Share, economic_to_votes
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit
from ipo_data.exhibits.rows import by_part, rows_of

_MOST_HOLDERS: Final = 14


# --- holders ----------------------------------------------------------------------------------------------------------


def holders_of(company: str) -> Callable[[Context], Exhibit]:
    """Return the builder of one company's dumbbell from economic interest to votes."""

    def build(context: Context) -> Exhibit:
        return _holders(context, company)

    return build


def _holders(context: Context, company: str) -> Exhibit:
    stages = ownership.stages(context.dataset, company)
    stage = stages[0] if stages else ""
    found = ownership.holdings(context.dataset, company, stage)
    drawn = found[:_MOST_HOLDERS]
    points = [p for holding in drawn for p in [*holding.economic, *holding.votes]]
    rest = ownership.remainder(context.dataset, company, stage)
    when = context.period(points[0].when) if points else ""
    left_open = rest is not None and rest.value is not None and rest.value > 0
    lines = [_line(context, company, holding) for holding in drawn]
    return context.exhibit(
        f"holders-{company}",
        _holders_title(context, company, found, rest),
        context.say("holders.subtitle", company=context.name(company), date=when).rstrip(", ，"),
        economic_to_votes(lines, context.look, context.look.companies[company].color),
        [*points, rest] if rest is not None else points,
        notes=[context.say("holders.rest", rest=context.point(rest))] if rest is not None and left_open else [],
    )


def _line(context: Context, company: str, holding: Holding) -> HolderLine:
    economic, votes = _shares(holding.economic), _shares(holding.votes)
    return HolderLine(context.member(company, "holder", holding.holder), economic, votes)


def _shares(points: list[DataPoint]) -> tuple[Share, ...]:
    return tuple(Share(float(p.value), " ".join(p.claims)) for p in points if p.value is not None)


def _holders_title(context: Context, company: str, found: list[Holding], rest: DataPoint | None) -> str:
    """Return the widest gap between votes and ownership, or how many holders are named."""
    single = [(h, h.economic[0], h.votes[0]) for h in found if len(h.economic) == 1 and len(h.votes) == 1]
    wide = [(h, own, vote) for h, own, vote in single if (vote.value or 0) > (own.value or 0) * 2]
    if wide:
        top, own, vote = max(wide, key=lambda item: item[2].value or 0)
        holder = context.member(company, "holder", top.holder)
        return context.say("holders.title", holder=holder, economic=context.point(own), votes=context.point(vote))
    if found and rest is not None:
        count = len(_without_groups(context, company, found))
        return context.say("holders.named", count=count, company=context.name(company), rest=context.point(rest))
    return context.say("holders.neutral", company=context.name(company))


def _without_groups(context: Context, company: str, found: list[Holding]) -> list[Holding]:
    """Leave out groups whose members are named as well: a group is not one more holder."""
    groups = context.dataset.companies[company].groups.get("holder", {})
    named = {holding.holder for holding in found}
    return [holding for holding in found if not named.intersection(groups.get(holding.holder, ()))]


# --- funding rounds ---------------------------------------------------------------------------------------------------


def funding(context: Context) -> Exhibit:
    """Post-money valuations by round."""
    points = [
        p for c in context.companies for f in context.dataset.select(c, "post_money_valuation") for p in stated(f)
    ]
    shown = context.on_one_axis(points, context.common_currency)
    last = {p.company: p for p in shown if p.value is not None}
    sentences = [
        context.say("funding.one", company=context.name(c), value=context.point(p), date=context.period(p.when))
        for c, p in last.items()
    ]
    return context.exhibit(
        "funding",
        context.title("funding", sentences),
        context.say("funding.subtitle", currency=context.say(f"currency.{context.common_currency}")),
        row_dots(rows_of(context, shown, lambda point: by_part(context, point)), context.look),
        shown,
    )
