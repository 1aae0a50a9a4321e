"""Control: how interest and votes split, what the offer diluted, what ten-vote shares do, and a sandbox."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from ipo_data.analysis import control, deal_arithmetic
from ipo_data.analysis.control import Controller, Sandbox
from ipo_data.analysis.points import DataPoint, State, empty
from ipo_data.charts.bars import row_bars
from ipo_data.charts.stacks import Bar, Slice, row_stacks
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit
from ipo_data.exhibits.rows import heading, row, rows_of
from ipo_data.exhibits.said_once import Said, title_once
from ipo_data.exhibits.side_by_side import PointsOf, comparison

OPTIONS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("stage", ("before_offering", "after_offering")),
    ("new_shares", tuple(str(share) for share in (10, *range(0, 10, 5), *range(15, 105, 5)))),
    ("converted", tuple(str(share) for share in (50, *range(0, 50, 10), *range(60, 110, 10)))),
)
"""Page options with their codes, the default first; numbers are percent."""
_PARTS: Final = ("controller", "others", "rest")
_INTERESTS: Final = (("economic_interest", "economic"), ("voting_rights", "votes"))


def stage_of(context: Context, company: str) -> str:
    """Return the stage the reader chose, or the first for which a company's holders are stated."""
    return control.nearest_stage(context.dataset, company, context.view.option("stage", OPTIONS[0][1][0]))


def _gap(company: str, measure: str) -> DataPoint:
    return empty(company, measure, "percent", State.NOT_AVAILABLE, "reason.not_in_sources")


# --- the whole --------------------------------------------------------------------------------------------------------


def split(context: Context) -> Exhibit:
    """Economic interest and votes, each as one bar to 100 %: the controller, other named holders, and the rest."""
    bars: list[Bar] = []
    points: list[DataPoint] = []
    voters: list[Said] = []
    for company in context.companies:
        stage, found = stage_of(context, company), False
        for metric, kind in _INTERESTS:
            own = control.shares_of_control(context.dataset, company, stage, metric)
            if own:
                bars.append(_bar(context, own, kind))
                points += own
                found = True
        top = control.controller(context.dataset, company, stage)
        if found and top is not None:
            voters.append(_owns(context, top))
        if not found:
            points.append(_gap(company, "economic_interest"))
    names = {part: context.say(f"split.{part}") for part in _PARTS}
    title = title_once(context, "split", voters, clauses=True)
    picture = row_stacks(bars, names, context.look, hollow="rest")
    return context.exhibit(
        "control-split", title, context.say("split.subtitle"), picture, points, notes=[context.say("split.note")]
    )


def _bar(context: Context, own: Sequence[DataPoint], kind: str) -> Bar:
    slices = tuple(
        Slice(part, max(float(p.value or 0), 0.0), context.short(p), str(p.state), " ".join(p.claims), context.point(p))
        for part, p in zip(_PARTS, own, strict=True)
    )
    label = heading(context.name(own[0].company), context.say(f"chart.{kind}"))
    return Bar(f"{label}<br>{context.period(own[0].when)}", own[0].company, slices)


def _owns(context: Context, top: Controller) -> Said:
    """Say who votes most, with what interest and votes, and as of when; alike is said without a second figure."""
    company, economic, votes = top.economic.company, context.short(top.economic), context.short(top.votes)
    words = {"holder": context.member(company, "holder", top.holder), "economic": economic}
    owned = context.say("split.alike", **words) if economic == votes else context.say("split.one", votes=votes, **words)
    stage = context.member(company, "stage", top.stage) if top.stage else ""
    return Said(context.name(company), owned, (stage,))


# --- what the offer did -----------------------------------------------------------------------------------------------


def dilution(context: Context) -> Exhibit:
    """The part of all shares that the offer's new shares make up, at listing and with over-allotment."""
    points: list[DataPoint] = []
    sentences: list[str] = []
    for company in context.companies:
        own = deal_arithmetic.dilution(context.dataset, company)
        points += own or [_gap(company, "dilution")]
        if own:
            words = {"company": context.name(company), "part": context.short(own[0])}
            sentences.append(context.say("dilution.one", **words))
    rows = rows_of(context, points, lambda p: _dilution_label(context, p))
    title, picture = context.title("dilution", sentences), row_bars(rows, context.look, height_per_row=30)
    notes = [context.say("dilution.note")]
    return context.exhibit("dilution", title, context.say("dilution.subtitle"), picture, points, notes=notes)


def _dilution_label(context: Context, point: DataPoint) -> str:
    """Head a row by when; a company without the figure by what it lacks."""
    when = heading(_at(context, point), context.period(point.when)) or context.label(point.measure, point.company)
    return heading(context.name(point.company), when)


def _at(context: Context, point: DataPoint) -> str:
    return context.dimensions(point.company, point.dimensions)


def special_shares(context: Context) -> Exhibit:
    """What ten-vote shares do: how much they are and cast, and what a stated pair of interest and votes implies."""
    inferred = any(build(context, company) for _, build in _INFERRED for company in context.companies)
    lines = [*_LINES, *(_INFERRED if inferred else ())]
    absent = {context.say(f"special.{name}"): "shares_in_issue_by_class" for name in ("class_share", "class_votes")}
    table, points = comparison(context, [(context.say(f"special.{name}"), build) for name, build in lines], absent)
    leverage = {p.company: p for p in points if p.measure == "vote_leverage" and p.value is not None}
    sentences = [_votes_for(context, p) for p in leverage.values()]
    title = context.title("special", sentences, clauses=True)
    notes = [context.say("special.note")] if inferred else []
    return context.exhibit(
        "special-shares", title, context.say("special.subtitle"), None, points, table=table, notes=notes
    )


def _votes_for(context: Context, point: DataPoint) -> str:
    """Say how a holder's votes compare with what it owns; alike is said without a multiple."""
    holder = context.member(point.company, "holder", point.dimensions.get("holder", ""))
    words = {"company": context.name(point.company), "holder": holder}
    if point.interval is not None and point.interval.contains(Decimal(1)):
        return context.say("special.alike", **words)
    return context.say("special.one", leverage=context.short(point), **words)


def _top(context: Context, company: str) -> Controller | None:
    return control.controller(context.dataset, company, stage_of(context, company))


def _interest(context: Context, company: str) -> list[DataPoint]:
    top = _top(context, company)
    return [top.economic] if top is not None else []


def votes_of_largest(context: Context, company: str) -> list[DataPoint]:
    """Return the voting rights of the holder with most votes."""
    top = _top(context, company)
    return [top.votes] if top is not None else []


def _of_class(measure: str) -> PointsOf:
    def points(context: Context, company: str) -> list[DataPoint]:
        return [p for p in control.special_class(context.dataset, company) if p.measure == measure]

    return points


def _of_vehicles(context: Context, company: str, points: list[DataPoint]) -> list[DataPoint]:
    """Keep the reading of the holder with most votes among those stated alone, before the offer."""
    stage = stage_of(context, company)
    own = [p for p in points if p.dimensions.get("stage", "") == stage]
    groups = context.dataset.companies[company].groups.get("holder", {})
    alone = [p for p in own if p.dimensions.get("holder") not in groups] or own
    return sorted(alone, key=lambda p: -(p.value or 0))[:1]


def _equal_votes(context: Context, company: str) -> list[DataPoint]:
    """Return what votes imply where no document counts the classes; a count says what there is."""
    if context.dataset.select(company, "shares_in_issue_by_class", basis=None):
        return []
    return _of_vehicles(context, company, deal_arithmetic.vote_multiples(context.dataset, company))


def _others_with_ten(context: Context, company: str) -> list[DataPoint]:
    found = {str(p.dimensions): p for p in deal_arithmetic.other_ten_vote_shares(context.dataset, company)}
    return [found[str(p.dimensions)] for p in _equal_votes(context, company) if str(p.dimensions) in found]


_LINES: Final[tuple[tuple[str, PointsOf], ...]] = (
    ("interest", _interest),
    ("votes", votes_of_largest),
    ("leverage", lambda c, company: control.vote_leverage(c.dataset, company, stage_of(c, company))),
    ("class_share", _of_class("ten_vote_share")),
    ("class_votes", _of_class("ten_vote_votes")),
)
_INFERRED: Final[tuple[tuple[str, PointsOf], ...]] = (
    ("equal_votes", _equal_votes),
    ("others_with_ten", _others_with_ten),
)


# --- sandbox ----------------------------------------------------------------------------------------------------------


def sandbox(context: Context) -> Exhibit:
    """The controller's interest and votes, as stated and after the reader's new and converted shares."""
    chosen = {name: context.view.option(name, codes[0]) for name, codes in OPTIONS}
    wanted = Sandbox(Decimal(chosen["new_shares"]), Decimal(chosen["converted"]))
    points: list[DataPoint] = []
    sentences: list[str] = []
    for company in context.companies:
        top = _top(context, company)
        if top is None:
            points.append(_gap(company, "sandbox_votes"))
            continue
        interest, votes = control.tried(context.dataset, top, wanted)
        points += [top.economic, interest, top.votes, votes]
        sentences.append(context.say(
            "sandbox.one", company=context.name(company), holder=context.member(company, "holder", top.holder),
            before=context.short(top.votes), after=context.short(votes),
        ))  # fmt: skip
    rows = [row(context, p, heading(context.name(p.company), context.label(p.measure, p.company))) for p in points]
    assumed = {name: context.write(float(chosen[name]), "percent") for name in ("new_shares", "converted")}
    return context.exhibit(
        "control-sandbox", context.title("sandbox", sentences, clauses=True),
        context.say("sandbox.subtitle", new=assumed["new_shares"], converted=assumed["converted"]),
        row_bars(rows, context.look, height_per_row=30), points, notes=[context.say("sandbox.note")],
    )  # fmt: skip
