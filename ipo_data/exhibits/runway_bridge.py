"""The bridge between published runways: what liquidity, burn and proceeds each add in months."""

from collections.abc import Callable
from itertools import pairwise

import pandas as pd

from ipo_data.analysis import runway
from ipo_data.analysis.points import DataPoint
from ipo_data.analysis.runway_bridge import Step, bridge
from ipo_data.charts.waterfalls import Move, waterfall
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit
from ipo_data.exhibits.runway import amount_words
from ipo_data.formatting import MINUS, percent

_CHANGES = {"liquidity": "bridge.by_liquidity", "burn": "bridge.by_burn", "proceeds": "bridge.by_proceeds"}
_STEPS = {
    "cash_and_investments": "bridge.plus_assets", "company_definition": "bridge.other_balance",
    "assumed": "bridge.other_burn", "realised": "bridge.other_burn", "operating": "bridge.operating_burn",
    "adjusted_loss": "bridge.loss_as_burn", "tenth_of_proceeds": "bridge.plus_tenth",
    "with_proceeds": "bridge.plus_proceeds", "cash_only": "bridge.other_balance",
}  # fmt: skip
"""Text ids of the steps by what they change to."""
_FIRST_WAY = 5
"""Rows of the ladder from the narrowest liquidity to the company's own."""


def bridge_of(company: str) -> Callable[[Context], Exhibit]:
    """Return the builder of one company's bridge."""

    def build(context: Context) -> Exhibit:
        return _bridge(context, company)

    return build


def _bridge(context: Context, company: str) -> Exhibit:
    steps = bridge(context.dataset, company)
    shares = _shares(context, steps)
    moves = [_move(context, company, step, shares.get(place, "")) for place, step in enumerate(steps)]
    when = runway.balance_date(context.dataset, company)
    named = {"company": context.name(company)}
    subtitle = context.say("bridge.subtitle", **named, date=context.when(when)) if when else ""
    points = list(dict.fromkeys(_key(step.point) for step in steps))
    drawn = {_key(step.point): step.point for step in steps}
    return context.exhibit(
        f"runway-bridge-{company}",
        _title(context, company, steps),
        subtitle or context.say("runway.matrix_undated", **named),
        waterfall(moves, context.look),
        [drawn[key] for key in points],
        notes=[context.say("bridge.note")] if steps else [],
        table=_table(context, steps, moves),
    )


def _table(context: Context, steps: list[Step], moves: list[Move]) -> pd.DataFrame:
    """Return the rows of the chart as they are drawn, each with its arithmetic."""
    rows = [
        [move.label, move.text, context.say(f"state.{move.state}"), step.point.formula]
        for move, step in zip(moves, steps, strict=True)
    ]  # fmt: skip
    columns = [context.say(f"table.{name}") for name in ("item", "figure", "status", "formula")]
    return pd.DataFrame(rows, columns=columns, dtype="str")


def _move(context: Context, company: str, step: Step, share: str) -> Move:
    return Move(
        _label(context, step, is_lines=bool(share)), company, float(step.point.value or 0), _text(context, step, share),
        level=step.kind == "level", state="derived", claims=" ".join(step.point.claims),
    )  # fmt: skip


def _key(point: DataPoint) -> tuple[str, str, str]:
    return point.measure, str(sorted(point.dimensions.items())), point.formula


def _label(context: Context, step: Step, *, is_lines: bool) -> str:
    """Return what a row stands for: the published months a level gives, or what a step adds or replaces."""
    say = context.say
    if step.kind == "level" and step.published is not None:
        return say("bridge.published", figure=context.point(step.published))
    if step.kind == "level":
        return say(f"liquidity.{step.definition}")
    key = "bridge.plus_lines" if is_lines else _STEPS[step.definition]
    return say(key, amount=amount_words(context, step.amount))


def _text(context: Context, step: Step, share: str = "") -> str:
    months = float(step.point.value or 0)
    written = context.write(abs(months), "months")
    if step.kind != "level":
        return f"{'+' if months >= 0 else MINUS}{written}" + (context.say.aside(share) if share else "")
    return written


def _shares(context: Context, steps: list[Step]) -> dict[int, str]:
    """Return what part of the company's own months the last step to it makes up, by the step's position."""
    found = {}
    for place, (step, level) in enumerate(pairwise(steps)):
        last = step.kind == "liquidity" and step.definition == "company_definition" and level.kind == "level"
        if last and level.point.value and step.point.value and level.amount == step.amount and place < _FIRST_WAY:
            share = percent(float(step.point.value / level.point.value) * 100, 0)
            found[place] = context.say("bridge.share", share=share)
    return found


def _title(context: Context, company: str, steps: list[Step]) -> str:
    """Return what parts two levels: the company's figure from one at another burn, else the first two."""
    levels = [place for place, step in enumerate(steps) if step.kind == "level"]
    spans = list(pairwise(levels))
    if not spans:
        printed = runway.published(context.dataset, company)
        return context.say("bridge.unexplained" if printed else "bridge.neutral", company=context.name(company))
    first, last = next((s for s in spans if any(x.kind == "burn" for x in steps[slice(*s)])), spans[0])
    shares = _shares(context, steps)
    parts = [
        context.say(
            "bridge.part", months=_text(context, steps[place], shares.get(place, "")),
            item=context.say("bridge.by_lines" if place in shares else _CHANGES[steps[place].kind]),
        )
        for place in range(first + 1, last)
    ]  # fmt: skip
    low, high = (context.write(float(steps[place].point.value or 0), "months") for place in (first, last))
    return context.say("bridge.title", company=context.name(company), low=low, high=high, parts=context.say.join(parts))
