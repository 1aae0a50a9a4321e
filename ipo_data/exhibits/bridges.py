"""Bridges: what each segment adds to the gross margin, and how revenue becomes the adjusted and the IFRS loss."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from ipo_data.analysis import loss_bridge, margins
from ipo_data.analysis.bases import basis_of
from ipo_data.analysis.loss_bridge import Bridge, Step
from ipo_data.analysis.points import DataPoint, State, empty, headline, stated, term_of, unique_claims
from ipo_data.charts.waterfalls import Move, waterfall
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.mix import SPLITS
from ipo_data.exhibits.model import Exhibit
from ipo_data.exhibits.names import amid
from ipo_data.exhibits.rows import heading
from ipo_data.formatting import MINUS

# --- gross margin -----------------------------------------------------------------------------------------------------


def margin_bridge(context: Context) -> Exhibit:
    """Contributions of the segments to each firm's gross margin, in points, in the latest period that allows it."""
    moves: list[Move] = []
    points: list[DataPoint] = []
    sentences: list[str] = []
    for company in context.companies:
        parts = _contributions(context, company)
        if not parts:
            points.append(_gap(company))
            moves.append(_move(context, points[-1], context.name(company), None, level=True))
            continue
        total = _total(context, parts[0])
        points += [*parts, total]
        moves += [_part(context, part, anew=part is parts[0]) for part in parts]
        label = heading(context.name(company), context.label("gross_margin", company), context.period(total.when))
        moves.append(_move(context, total, label, total.value, level=True))
        sentences.append(_adds_most(context, parts, total))
    title = context.title("margin_bridge", sentences, clauses=True)
    picture = waterfall(moves, context.look, height_per_row=34)
    notes = [context.say("margin_bridge.note")] if sentences else []
    return context.exhibit("margin-bridge", title, context.say("margin_bridge.subtitle"), picture, points, notes=notes)


def _gap(company: str) -> DataPoint:
    return empty(company, "margin_contribution", "points", State.NOT_DISCLOSED, "reason.not_in_sources")


def _contributions(context: Context, company: str) -> list[DataPoint]:
    """Return the contributions of all parts in the latest period in which they make up the total, largest first."""
    for axis in SPLITS:
        facts = [f for f in context.dataset.select(company, "gross_margin") if set(f.dimensions) == {axis} and f.period]
        for label in reversed(list(dict.fromkeys(f.period.label for f in facts if f.period))):
            parts = margins.margin_bridge(context.dataset, company, axis, label)
            if len(parts) > 1 and _make_up(context, parts, label):
                return sorted(parts, key=lambda part: -(part.value or 0))
    return []


def _make_up(context: Context, parts: list[DataPoint], label: str) -> bool:
    """Tell whether contributions may sum to the stated margin, up to what printed digits allow."""
    total = headline(context.dataset, parts[0].company, "gross_margin", label)
    if total is None:
        return False
    for part in parts:
        total = total - term_of(part)
    return total.interval.contains(Decimal(0))


def _total(context: Context, part: DataPoint) -> DataPoint:
    fact = context.dataset.find(part.company, "gross_margin", getattr(part.when, "label", None))
    assert fact is not None  # noqa: S101 - contributions are only returned where the total is stated
    return stated(fact)[0]


def _part(context: Context, part: DataPoint, *, anew: bool) -> Move:
    label = heading(context.dimensions(part.company, part.dimensions), part.formula)
    return replace(_move(context, part, label, part.value), anew=anew)


def _move(context: Context, point: DataPoint, label: str, value: Decimal | None, *, level: bool = False) -> Move:
    number = None if value is None else float(value)
    state, claims = str(point.state), " ".join(point.claims)
    short, printed = context.short(point), context.point(point)
    return Move(label, point.company, number, short, level, state=state, claims=claims, printed=printed)


def _adds_most(context: Context, parts: list[DataPoint], total: DataPoint) -> str:
    most = parts[0]
    return context.say(
        "margin_bridge.one", company=context.name(most.company), contribution=context.short(most),
        part=context.dimensions(most.company, most.dimensions), total=context.short(total),
        period=context.period(total.when),
    )  # fmt: skip


# --- losses -----------------------------------------------------------------------------------------------------------


def losses_of(company: str) -> Callable[[Context], Exhibit]:
    """Return the builder of one company's bridge from revenue to the adjusted and the IFRS loss."""

    def build(context: Context) -> Exhibit:
        return _losses(context, company)

    return build


def _losses(context: Context, company: str) -> Exhibit:
    name, reported = f"loss-bridge-{company}", loss_bridge.bridge(context.dataset, company)
    subtitle = context.say("loss_bridge.subtitle")
    if reported is None:
        gap = empty(company, "net_loss", _currency(context, company), State.NOT_DISCLOSED, "reason.not_in_sources")
        title = context.say("loss_bridge.neutral", company=context.name(company))
        picture = waterfall([_move(context, gap, context.name(company), None, level=True)], context.look)
        return context.exhibit(name, title, subtitle, picture, [gap])
    found, missing = loss_bridge.on_basis(context.dataset, reported, context.view.basis)
    steps = list(zip(found.steps, context.shown(step.point for step in found.steps), strict=True))
    later = context.shown(loss_bridge.later_gaps(context.dataset, found))
    notes = [context.say("loss_bridge.closes" if found.closes else "loss_bridge.open"), *_later(context, later)]
    if missing is not None:
        line, reason = context.label(missing.measure, company), context.say(missing.reason)
        notes.append(context.say("note.basis_missing", basis=context.basis, item=line, reason=reason))
    revenue = found.steps[0].point
    basis = context.say("basis.reported") if basis_of(revenue.measure) == "reported" else ""
    return context.exhibit(
        name,
        _loss_title(context, found),
        heading(context.name(company), context.say.commas((context.window(revenue), basis)), subtitle),
        waterfall([_loss_move(context, step, shown) for step, shown in steps], context.look),
        [shown for _, shown in steps],
        notes=notes,
        claims=unique_claims(later),
    )


def _currency(context: Context, company: str) -> str:
    return context.dataset.companies[company].reporting_currency


def _loss_move(context: Context, step: Step, point: DataPoint) -> Move:
    """Return a row with its sign written out: lines are printed as positive costs."""
    label = heading(context.label(step.line, point.company), context.dimensions(point.company, point.dimensions))
    if point.value is None:
        return _move(context, point, label, None, level=True)
    value = point.value * step.sign
    sign = MINUS if value < 0 else "" if step.level else "+"
    text, printed = (sign + write(point).removeprefix(MINUS) for write in (context.short, context.point))
    state, claims = str(point.state), " ".join(point.claims)
    return Move(label, point.company, float(value), text, step.level, state=state, claims=claims, printed=printed)


def _loss_title(context: Context, found: Bridge) -> str:
    """Return what separates the two losses, or which costs are not itemised."""
    largest = _largest_between(found)
    levels = {step.line: step.point for step in found.steps if step.level and step.point.value is not None}
    words = {"company": context.name(found.company), "when": context.during(found.steps[0].point)}
    shown = {name: context.short(context.shown([point])[0]) for name, point in levels.items()}
    if largest is not None and {loss_bridge.ADJUSTED, loss_bridge.IFRS} <= set(shown):
        return context.say(
            "loss_bridge.title", adjusted=shown[loss_bridge.ADJUSTED], ifrs=shown[loss_bridge.IFRS],
            line=amid(context.label(largest.line, found.company), context.view.language),
            amount=context.short(context.shown([largest.point])[0]), **words,
        )  # fmt: skip
    loss = next(name for name in (loss_bridge.ADJUSTED, loss_bridge.IFRS) if name in shown)
    return context.say("loss_bridge.one", loss=context.label(loss, found.company), amount=shown[loss], **words)


def _largest_between(found: Bridge) -> Step | None:
    """Return the largest line between the adjusted and the IFRS loss."""
    names = [step.line for step in found.steps]
    if loss_bridge.ADJUSTED not in names or loss_bridge.IFRS not in names:
        return None
    between = found.steps[names.index(loss_bridge.ADJUSTED) + 1 : names.index(loss_bridge.IFRS)]
    return max(between, key=lambda step: abs(step.point.value or Decimal(0)), default=None)


def _later(context: Context, gaps: list[DataPoint]) -> list[str]:
    return [
        context.say("loss_bridge.later", period=context.period(gap.when), amount=context.point(gap)) for gap in gaps
    ]  # fmt: skip
