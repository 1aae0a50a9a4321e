"""Runway: which liquidity over which burn, what documents claim, and a constant-burn what-if."""

from collections.abc import Callable
from decimal import Decimal

import pandas as pd

from ipo_data import formatting
from ipo_data.analysis import runway
from ipo_data.analysis.points import DataPoint, State, Term, derived
from ipo_data.charts.depletion import Decline, Published, declines
from ipo_data.charts.grids import Cells, GridCell, cell_grid
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit
from ipo_data.exhibits.overview import published_without_proceeds
from ipo_data.exhibits.runway_notes import balance_claims, balance_notes
from ipo_data.exhibits.runway_run import figures_of
from ipo_data.model.claim import Claim


def _amount_label(context: Context, amount: runway.Amount, kind: str, others: list[runway.Amount]) -> str:
    """Return definition and amount; of two amounts under one definition also the document, where there is room."""
    text, small = context.say(f"{kind}.{amount.definition}"), amount_words(context, amount)
    claim = None if context.look.narrow else _only_claim(context, amount)
    if claim is not None and sum(other.definition == amount.definition for other in others) > 1:
        small = f"{small} · {context.source_name(claim.source)}"
    return f"{text}<br><span style='font-size:11px'>{small}</span>"


def _only_claim(context: Context, amount: runway.Amount) -> Claim | None:
    return context.dataset.claim_by_id.get(next(iter(amount.term.claims))) if len(amount.term.claims) == 1 else None


def amount_words(context: Context, amount: runway.Amount) -> str:
    """Write an amount as printed where it is one document's figure, else rounded."""
    claim = _only_claim(context, amount)
    if claim is not None and claim.quantity.value == amount.term.value:
        return formatting.claim_figure(claim, context.view.language)
    company = next(iter(amount.term.facts)).split(".")[0]
    return context.write(float(amount.term.value), context.dataset.companies[company].reporting_currency)


# --- the matrix -------------------------------------------------------------------------------------------------------


def matrix_of(company: str) -> Callable[[Context], Exhibit]:
    """Return the builder of one company's runway matrix."""

    def build(context: Context) -> Exhibit:
        return _matrix(context, company)

    return build


def _matrix(context: Context, company: str) -> Exhibit:
    plain = runway.matrix(context.dataset, company)
    cells = [*plain, *runway.proceeds_cells(context.dataset, company)]
    published = runway.published(context.dataset, company)
    liquidities = list({(c.liquidity.definition, c.liquidity.label): c.liquidity for c in cells}.values())
    burns = list({c.burn.definition: c.burn for c in cells}.values())
    grid: Cells = {
        (liquidities.index(cell.liquidity), burns.index(cell.burn)): _cell(context, cell, published, cells)
        for cell in cells
    }
    picture = cell_grid(
        [_amount_label(context, amount, "liquidity", liquidities) for amount in liquidities],
        [_amount_label(context, amount, "burn", burns) for amount in burns],
        grid,
        context.look,
        color=context.look.companies[company].color,
        ruled=len({(cell.liquidity.definition, cell.liquidity.label) for cell in plain}),
    )
    when = runway.balance_date(context.dataset, company)
    named = {"company": context.name(company)}
    dated = context.say("runway.matrix_subtitle", **named, date=context.when(when)) if when else ""
    return context.exhibit(
        f"runway-matrix-{company}",
        _matrix_title(context, company, plain),
        dated or context.say("runway.matrix_undated", **named),
        picture,
        [c.point for c in cells] + published,
        notes=[*balance_notes(context, [company]), *(_published_note(context, point, cells) for point in published)],
    )


def _cell(context: Context, cell: runway.Cell, published: list[DataPoint], cells: list[runway.Cell]) -> GridCell:
    if cell.point.value is None:
        return GridCell(None, context.say(f"state.{cell.point.state}"), context.say(cell.point.reason))
    matched = [p for p in published if cell in runway.reproduces(p, cells)]
    written = f"<b>{context.write(float(cell.point.value), 'months')}</b>"
    if matched:
        printed = context.say("runway.printed", figure=context.point(matched[0]))
        written += f"<br><span style='font-size:11px'>= {printed}</span>"
    end = context.say("runway.until", date=context.when(cell.runs_out.isoformat())) if cell.runs_out else ""
    claims = " ".join(cell.point.claims)
    return GridCell(float(cell.point.value), written, f"{cell.point.formula}<br>{end}", claims)


def _matrix_title(context: Context, company: str, cells: list[runway.Cell]) -> str:
    values = [float(c.point.value) for c in cells if c.point.value is not None]
    if not values:
        return context.say("runway.no_cash", company=context.name(company))
    low, high = (context.write(end, "months") for end in (min(values), max(values)))
    if len(values) == 1:
        return context.say("runway.matrix_one", company=context.name(company), months=low)
    return context.say("runway.matrix_title", company=context.name(company), low=low, high=high, count=len(values))


def _published_note(context: Context, point: DataPoint, cells: list[runway.Cell]) -> str:
    matches = runway.reproduces(point, cells)
    documents = context.say.join([context.source_name(context.dataset.claim_by_id[c].source) for c in point.claims])
    part = context.dimensions(point.company, point.dimensions)
    figure = context.say.commas((context.point(point), part))
    if not matches:
        return context.sentence("runway.unreproduced", figure=figure, documents=documents)
    cell = matches[0]
    return context.sentence(
        "runway.reproduced",
        figure=figure,
        documents=documents,
        liquidity=f"{context.say(f'liquidity.{cell.liquidity.definition}')} {amount_words(context, cell.liquidity)}",
        burn=f"{context.say(f'burn.{cell.burn.definition}')} {amount_words(context, cell.burn)}",
        months=context.write(float(cell.point.value or 0), "months"),
    )


# --- what if ----------------------------------------------------------------------------------------------------------


def what_if(context: Context) -> Exhibit:
    """Balance at constant burn: the reader chooses the liquidity measure and scales the burn."""
    share = Decimal(context.view.option("burn", "100"))
    tier = context.view.option("liquidity", "company_definition")
    definition = context.view.option("burn_definition", "company")
    lines: list[Decline] = []
    marks: list[Published] = []
    points: list[DataPoint] = []
    for company in context.companies:
        stated = published_without_proceeds(context, company)
        entered = _entered(context, company)
        for found in (_chosen(context, company, share), entered):
            if found is not None:
                lines.append(found[0])
                points.append(found[1])
        points += stated
        marks += [_published(context, point) for point in stated]
    drawn = dict.fromkeys(line.company for line in lines if not line.is_own)
    written = f"{share.normalize():f}%"
    words = {"liquidity": context.say(f"liquidity.{tier}"), "burn": context.say(f"burn.{definition}")}
    return context.exhibit(
        "runway-what-if",
        _what_if_title(context, [line for line in lines if not line.is_own], [line for line in lines if line.is_own]),
        context.say("what_if.subtitle", share=written, **words),
        declines(lines, marks, context.look),
        points,
        notes=[context.say("what_if.note"), *balance_notes(context, drawn, counted=tier == "company_definition")],
        claims=balance_claims(context, drawn),
        table=_divided(context, points, lines),
    )


def _divided(context: Context, points: list[DataPoint], lines: list[Decline]) -> pd.DataFrame:
    """Return the table in which each line's division stands as the chart writes it."""
    table = context.table(points)
    computed = [place for place, point in enumerate(points) if point.state is State.SCENARIO]
    for place, line in zip(computed, lines, strict=True):
        table.loc[place, context.say("table.formula")] = line.label
    return table


def _what_if_title(context: Context, stated: list[Decline], own: list[Decline]) -> str:
    """Return how long the money lasts on the documents' figures, and on the reader's own."""
    share = f"{context.view.option('burn', '100')}%"
    titles = [context.title("what_if", [_lasting(context, line) for line in stated], share=share)] if stated else []
    if own:
        key = "what_if.own_too" if stated else "what_if.own_only"
        titles.append(context.say(key, parts=context.say.join([_lasting(context, o) for o in own])))
    return context.clauses(titles) or context.say("what_if.neutral")


def _lasting(context: Context, line: Decline) -> str:
    return context.say("what_if.one", company=context.name(line.company), months=context.write(line.months, "months"))


def _entered(context: Context, company: str) -> tuple[Decline, DataPoint] | None:
    """Return the line of the liquidity and burn a reader entered; ``None`` without both or if nothing is burnt."""
    figures = figures_of(context, company)
    if figures is None or figures.burn <= 0:
        return None
    months = Decimal(str(figures.liquidity)) / Decimal(str(figures.burn))
    point = DataPoint(
        company, "runway_what_if", "months", State.SCENARIO, months, dimensions={"liquidity": "own", "burn": "own"},
        formula=f"{figures.liquidity:g} ÷ {figures.burn:g}",
    )  # fmt: skip
    unit = context.dataset.companies[company].reporting_currency
    words = " ÷ ".join(context.write(amount * 1e6, unit) for amount in (figures.liquidity, figures.burn))
    label = context.say("what_if.own", company=context.name(company), division=words)
    return Decline(company, label, float(months), is_own=True), point


def _published(context: Context, point: DataPoint) -> Published:
    text = f"{context.name(point.company)}: {context.point(point)}"
    return Published(point.company, float(point.value or 0), text, " ".join(point.claims))


def _chosen(context: Context, company: str, share: Decimal) -> tuple[Decline, DataPoint] | None:
    """Return the line of the chosen pair of definitions and its runway; ``None`` if the evidence lacks the pair."""
    tier = context.view.option("liquidity", "company_definition")
    definition = context.view.option("burn_definition", "company")
    wanted = ("assumed", "realised") if definition == "company" else (definition,)
    cell = next(
        (c for c in runway.matrix(context.dataset, company)
         if c.liquidity.definition == tier and c.burn.definition in wanted and c.burn.term.value > 0), None,
    )  # fmt: skip
    if cell is None:
        return None
    burn = cell.burn.term * Term.number(share / 100) if share != 100 else cell.burn.term
    point = derived(
        cell.liquidity.term / burn, company, "runway_what_if", "months", state=State.SCENARIO,
        dimensions={"liquidity": tier, "burn": definition},
    )  # fmt: skip
    unit = context.dataset.companies[company].reporting_currency
    monthly = amount_words(context, cell.burn) if share == 100 else context.write(float(burn.value), unit)
    label = f"{context.name(company)} · {amount_words(context, cell.liquidity)} ÷ {monthly}"
    return Decline(company, label, float(point.value or 0), " ".join(point.claims)), point
