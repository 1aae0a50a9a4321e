"""Ownership: who owns and who votes, and what the funding rounds valued."""

from ipo_data.analysis import ownership
from ipo_data.analysis.points import DataPoint, stated
from ipo_data.charts.bars import Row, row_dots
from ipo_data.charts.dumbbells import economic_to_votes
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit

_MOST_HOLDERS = 14


def holders_of(company: str):  # noqa: ANN201 - returns a builder
    """Return the builder of one company's dumbbell from economic interest to votes."""

    def build(context: Context) -> Exhibit:
        stages = ownership.stages(context.dataset, company)
        stage = stages[0] if stages else ""
        found = ownership.holdings(context.dataset, company, stage)[:_MOST_HOLDERS]
        lines = [
            {"label": context.member(company, "holder", h.holder), "economic": [float(p.value or 0) for p in h.economic], "votes": [float(p.value or 0) for p in h.votes]}
            for h in found
        ]  # fmt: skip
        points = [p for h in found for p in [*h.economic, *h.votes]]
        rest = ownership.remainder(context.dataset, company, stage)
        if rest is not None:
            points.append(rest)
        title = _title(context, company, found, rest)
        when = context.period(points[0].when) if points else ""
        subtitle = context.say("holders.subtitle", company=context.name(company), date=when)
        notes = (
            [context.say("holders.rest", rest=context.point(rest))]
            if rest is not None and rest.value is not None and rest.value > 0
            else []
        )
        return context.exhibit(
            f"holders-{company}",
            title,
            subtitle,
            economic_to_votes(lines, context.look, context.look.companies[company].color),
            points,
            notes=notes,
        )

    return build


def _title(context: Context, company: str, found: list[ownership.Holding], rest: DataPoint | None) -> str:
    wide = [
        h
        for h in found
        if len(h.economic) == 1 and len(h.votes) == 1 and (h.votes[0].value or 0) > (h.economic[0].value or 0) * 2
    ]
    if wide:
        top = max(wide, key=lambda h: h.votes[0].value or 0)
        return context.say(
            "holders.title",
            holder=context.member(company, "holder", top.holder),
            economic=context.point(top.economic[0]),
            votes=context.point(top.votes[0]),
        )
    if found and rest is not None:
        return context.say("holders.named", count=len(found), company=context.name(company), rest=context.point(rest))
    return context.say("holders.neutral", company=context.name(company))


def funding(context: Context) -> Exhibit:
    """Post-money valuations by round."""
    points = [
        p for c in context.companies for f in context.dataset.select(c, "post_money_valuation") for p in stated(f)
    ]
    shown = context.shown_in(points, context.common_currency)
    rows = [
        Row(
            f"{context.name(p.company)} · {context.dimensions(p.company, p.dimensions)} · {context.period(p.when)}",
            p.company,
            float(p.value or 0),
            context.point(p),
            str(p.state),
            claims=" ".join(p.claims),
        )
        for p in shown
    ]
    last = {p.company: p for p in shown}
    title = (
        context.say(
            "funding.title",
            parts=context.say.join(
                [
                    context.say(
                        "funding.one", company=context.name(c), value=context.point(p), date=context.period(p.when)
                    )
                    for c, p in last.items()
                ]
            ),
        )
        if last
        else context.say("funding.neutral")
    )
    return context.exhibit(
        "funding",
        title,
        context.say("funding.subtitle", currency=context.say(f"currency.{context.common_currency}")),
        row_dots(rows, context.look),
        shown,
    )
