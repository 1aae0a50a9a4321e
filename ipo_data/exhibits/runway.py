"""Runway: which liquidity over which burn, what documents claim, and a constant-burn what-if."""

from decimal import Decimal

from ipo_data import formatting
from ipo_data.analysis import runway
from ipo_data.analysis.points import DataPoint, State, Term, derived
from ipo_data.charts.depletion import Decline, Published, declines
from ipo_data.charts.grids import GridCell, cell_grid
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit


def _amount_label(context: Context, amount: runway.Amount, kind: str) -> str:
    text = context.say(f"{kind}.{amount.definition}")
    return f"{text}<br><span style='font-size:11px'>{_amount(context, amount)}</span>"


def _amount(context: Context, amount: runway.Amount) -> str:
    """Write an amount as printed where it is one document's figure, else rounded."""
    claim = context.dataset.claim_by_id.get(next(iter(amount.term.claims))) if len(amount.term.claims) == 1 else None
    if claim is not None and claim.quantity.value == amount.term.value:
        return formatting.claim_figure(claim, context.view.language)
    company = next(iter(amount.term.facts)).split(".")[0]
    return context.write(float(amount.term.value), context.dataset.companies[company].reporting_currency)


def matrix_of(company: str):  # noqa: ANN201 - returns a builder
    """Return the builder of one company's runway matrix."""

    def build(context: Context) -> Exhibit:
        cells = runway.matrix(context.dataset, company)
        published = runway.published(context.dataset, company)
        liquidities = list({(c.liquidity.definition, c.liquidity.label): c.liquidity for c in cells}.values())
        burns = list({c.burn.definition: c.burn for c in cells}.values())
        grid = {}
        for cell in cells:
            row, column = liquidities.index(cell.liquidity), burns.index(cell.burn)
            grid[(row, column)] = _cell(context, cell, published, cells)
        picture = cell_grid(
            [_amount_label(context, a, "liquidity") for a in liquidities],
            [_amount_label(context, a, "burn") for a in burns],
            grid,
            context.look,
            context.look.companies[company].color,
        )
        points = [c.point for c in cells] + published
        title = _matrix_title(context, company, cells) or context.say("runway.no_cash", company=context.name(company))
        when = runway.balance_date(context.dataset, company)
        subtitle = context.say(
            "runway.matrix_subtitle", company=context.name(company), date=context.when(when) if when else "—"
        )
        notes = [_published_note(context, p, cells) for p in published]
        return context.exhibit(f"runway-matrix-{company}", title, subtitle, picture, points, notes=notes)

    return build


def _cell(context: Context, cell: runway.Cell, published: list[DataPoint], cells: list[runway.Cell]) -> GridCell:
    if cell.point.value is None:
        return GridCell(None, context.say(f"state.{cell.point.state}"), context.say(cell.point.reason))
    matched = [p for p in published if cell in runway.reproduces(p, cells)]
    mark = (
        f"<br><span style='font-size:11px'>= {context.say('runway.printed', figure=context.point(matched[0]))}</span>"
        if matched
        else ""
    )
    written = f"<b>{context.write(float(cell.point.value), 'months')}</b>"
    end = context.say("runway.until", date=context.when(cell.runs_out.isoformat())) if cell.runs_out else ""
    return GridCell(float(cell.point.value), written + mark, f"{cell.point.formula}<br>{end}")


def _matrix_title(context: Context, company: str, cells: list[runway.Cell]) -> str | None:
    values = [float(c.point.value) for c in cells if c.point.value is not None]
    if not values:
        return None
    return context.say(
        "runway.matrix_title",
        company=context.name(company),
        low=context.write(min(values), "months"),
        high=context.write(max(values), "months"),
        count=len(values),
    )


def _published_note(context: Context, point: DataPoint, cells: list[runway.Cell]) -> str:
    matches = runway.reproduces(point, cells)
    documents = context.say.join([context.source_name(context.dataset.claim_by_id[c].source) for c in point.claims])
    part = context.dimensions(point.company, point.dimensions)
    figure = context.point(point) + (f", {part}" if part else "")
    if not matches:
        return context.say("runway.unreproduced", figure=figure, documents=documents)
    cell = matches[0]
    return context.say(
        "runway.reproduced",
        figure=figure,
        documents=documents,
        liquidity=context.say(f"liquidity.{cell.liquidity.definition}") + " " + _amount(context, cell.liquidity),
        burn=context.say(f"burn.{cell.burn.definition}") + " " + _amount(context, cell.burn),
        months=context.write(float(cell.point.value or 0), "months"),
    )


def what_if(context: Context) -> Exhibit:
    """Balance at constant burn: the reader chooses the liquidity measure and scales the burn."""
    share = Decimal(context.view.option("burn", "100"))
    tier = context.view.option("liquidity", "company_definition")
    definition = context.view.option("burn_definition", "company")
    wanted = ("assumed", "realised") if definition == "company" else (definition,)
    lines: list[Decline] = []
    marks: list[Published] = []
    points: list[DataPoint] = []
    for company in context.companies:
        own = [
            c
            for c in runway.matrix(context.dataset, company)
            if c.liquidity.definition == tier and c.burn.definition in wanted
        ]
        for cell in own[:1]:
            burn = cell.burn.term * Term.number(share / 100) if share != 100 else cell.burn.term
            if burn.value <= 0:
                continue
            point = derived(
                cell.liquidity.term / burn,
                company,
                "runway_what_if",
                "months",
                dimensions={"liquidity": tier, "burn": definition},
                state=State.SCENARIO,
            )
            points.append(point)
            unit = context.dataset.companies[company].reporting_currency
            label = f"{context.name(company)} · {_amount(context, cell.liquidity)} ÷ {context.write(float(burn.value), unit)}"
            lines.append(
                Decline(
                    company,
                    label,
                    float(cell.liquidity.term.value),
                    float(burn.value),
                    float(point.value or 0),
                    unit,
                    "solid",
                )
            )
        for stated in runway.published(context.dataset, company):
            if stated.dimensions.get("proceeds", "without_proceeds") == "without_proceeds":
                marks.append(
                    Published(
                        company,
                        float(stated.value or 0),
                        f"{context.name(company)}: {context.point(stated)}",
                        str(stated.state),
                    )
                )
                points.append(stated)
    title = (
        context.say(
            "what_if.title",
            parts=context.say.join(
                [
                    context.say(
                        "what_if.one", company=context.name(line.company), months=context.write(line.months, "months")
                    )
                    for line in lines
                ]
            ),
            share=f"{share.normalize():f}%",
        )
        if lines
        else context.say("what_if.neutral")
    )
    subtitle = context.say(
        "what_if.subtitle",
        liquidity=context.say(f"liquidity.{tier}"),
        burn=context.say(f"burn.{definition}"),
        share=f"{share.normalize():f}%",
    )
    return context.exhibit(
        "runway-what-if",
        title,
        subtitle,
        declines(lines, marks, context.look),
        points,
        notes=[context.say("what_if.note")],
    )
