"""What each page answers: sentences computed from the data, and at most four key figures.

The sentences are the takeaways of the page's exhibits; a sentence whose data are missing is left out, and a page
without any says so.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Final

from ipo_data.analysis import bases
from ipo_data.analysis import runway as runway_analysis
from ipo_data.analysis.leave_one_out import resting
from ipo_data.analysis.mix_regions import regions_of
from ipo_data.analysis.points import DataPoint, State, stated
from ipo_data.analysis.verdicts import TieOut
from ipo_data.dataset import Fact
from ipo_data.exhibits import bridges, control, deal_terms, price, unit_economics
from ipo_data.exhibits import growth as growth_exhibits
from ipo_data.exhibits import mix as mix_exhibits
from ipo_data.exhibits import offering as offering_exhibits
from ipo_data.exhibits import ownership as ownership_exhibits
from ipo_data.exhibits import profitability as profitability_exhibits
from ipo_data.exhibits import valuation as valuation_exhibits
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.ledger import tested
from ipo_data.exhibits.model import Exhibit, KeyFigure
from ipo_data.exhibits.overview import latest_cap, latest_multiple, loss, published_without_proceeds, without_bank_lines
from ipo_data.exhibits.overview_answer import disputed, evidence, published_runways, undecided
from ipo_data.exhibits.point_words import headline_and_rivals, is_multiple
from ipo_data.exhibits.reliance import on_second_hand
from ipo_data.formatting import growth_multiple, number, percent

_MOST_FIGURES: Final = 4
_TWO: Final = 2
_PointsOf = Callable[[Context, str], list[DataPoint]]


# --- building blocks --------------------------------------------------------------------------------------------------


def _paragraph(context: Context, sentences: Iterable[str]) -> str:
    """Join takeaways and sentences, each with its full stop; a page without any says so."""
    return context.say.paragraph(sentences) or context.say("answer.nothing")


def _takeaways(context: Context, builders: dict[str, Callable[[Context], Exhibit]]) -> str:
    """Join the takeaways of exhibits by the prefix of their texts; a neutral title is not an answer."""
    return _paragraph(context, _supported(context, builders))


def _supported(context: Context, builders: dict[str, Callable[[Context], Exhibit]]) -> list[str]:
    """Return the takeaways that the data support."""
    titles = {name: build(context).title for name, build in builders.items()}
    return [title for name, title in titles.items() if title != context.say(f"{name}.neutral")]


def _figure(context: Context, company: str, what: str, points: list[DataPoint]) -> KeyFigure | None:
    """Return a key figure from one fact: its headline, or all rival figures if it is in conflict.

    Without words for it, it is called what its point measures: a flow may stand on the chosen basis or as reported.
    """
    shown = [p for p in context.shown(points) if p.value is not None]
    if not shown:
        return None
    value, rivals = headline_and_rivals(context, shown)
    state = shown[0].state
    mark = "" if state is State.REPORTED else context.say(f"state.{state}")
    named = {axis: member for axis, member in shown[0].dimensions.items() if axis in ("burn", "stage")}
    defined = context.dimensions(company, named)
    detail = " · ".join(word for word in (defined, context.period(shown[0].when), mark, rivals) if word)
    words = what or context.label(shown[0].measure, company)
    return KeyFigure(f"{context.name(company)} · {words}", value, detail)


def _figures(context: Context, *wanted: tuple[str, _PointsOf]) -> list[KeyFigure]:
    """Return the wanted figures; of more than two companies only as many kinds as fit for all of them alike."""
    many = len(context.companies)
    kinds = wanted if many <= _TWO else wanted[: max(1, _MOST_FIGURES // many)]
    found = [
        _figure(context, company, context.say(key) if key else "", points_of(context, company))
        for key, points_of in kinds
        for company in context.companies
    ]
    return _first([figure for figure in found if figure is not None])


def _first(figures: list[KeyFigure]) -> list[KeyFigure]:
    return figures[:_MOST_FIGURES]


def _last(metric: str, **dimensions: str) -> _PointsOf:
    def points(context: Context, company: str) -> list[DataPoint]:
        facts = context.dataset.select(company, metric, unit="any", kind=None)
        own = [fact for fact in facts if fact.dimensions == dimensions]
        return stated(own[-1]) if own else []

    return points


def _last_of_any(metric: str) -> _PointsOf:
    """Return the latest figure of a metric whatever its breakdown."""
    return lambda context, company: [p for f in context.dataset.select(company, metric)[-1:] for p in stated(f)]


def _on_basis(context: Context, company: str) -> list[DataPoint]:
    return [context.on_basis(company)]


def _revenue_key(context: Context) -> str:
    """Return the label of revenue on the chosen basis."""
    return f"metric.revenue{bases.SUFFIXES[context.view.basis]}"


def _growth(context: Context, company: str) -> list[DataPoint]:
    found = growth_exhibits.latest_growth(context, company)
    return [found] if found else []


def no_figures(context: Context) -> list[KeyFigure]:
    """Return no key figures."""
    del context
    return []


# --- compare ----------------------------------------------------------------------------------------------------------


def overview_figures(context: Context) -> list[KeyFigure]:
    """Revenue over twelve months and market value."""
    return _figures(context, (_revenue_key(context), _on_basis), ("metric.market_cap", latest_cap))


def growth(context: Context) -> str:
    """How fast each grew, like for like."""
    sentences = []
    windows: set[int] = set()
    for company in context.companies:
        point = growth_exhibits.latest_growth(context, company)
        revenue = bases.as_reported(context.dataset, company)
        if point is None or point.value is None or revenue.value is None:
            continue
        shown = context.shown([revenue])[0]
        windows.add(getattr(shown.when, "months", 0))
        sentences.append(_grown(context, point, shown))
    return _paragraph(context, [*sentences, context.say("answer.growth_warning") if len(windows) > 1 else ""])


def _grown(context: Context, rate: DataPoint, revenue: DataPoint) -> str:
    """Say how large revenue is and how it moved: by what multiple, by how much more, or by how much less."""
    value = rate.value or Decimal(0)
    words = {
        "company": context.name(revenue.company), "revenue": context.short(revenue),
        "period": context.period(revenue.when),
    }  # fmt: skip
    if is_multiple(rate):
        return context.say(
            "answer.multiplied", multiple=growth_multiple(value), growth=context.point(rate), **words
        )  # fmt: skip
    if value < 0:
        return context.say("answer.fall", growth=context.short(replace(rate, value=-value, claims=())), **words)
    return context.say("answer.growth", growth=context.short(rate), **words)


def growth_figures(context: Context) -> list[KeyFigure]:
    """Growth of the latest period and revenue over twelve months."""
    return _figures(context, ("metric.revenue_growth", _growth), (_revenue_key(context), _on_basis))


def mix(context: Context) -> str:
    """What each firm lives from, and what is not disclosed."""
    warning = context.say("answer.mix_warning") if len(context.companies) > 1 else ""
    return _paragraph(context, [mix_exhibits.segments(context).title, warning])


def mix_figures(context: Context) -> list[KeyFigure]:
    """The largest part of each firm's revenue by name, and the share from mainland China."""
    return _first([*_largest_parts(context), *_figures(context, ("key.mainland", _mainland))])


def _largest_parts(context: Context) -> list[KeyFigure]:
    """Return a figure per firm, labelled with its part: firms report different splits."""
    shares = [p for p in mix_exhibits.segments(context).points if p.measure == "revenue_share" and p.value is not None]
    found = []
    for company in context.companies:
        top = max((p for p in shares if p.company == company), key=lambda p: p.value or 0, default=None)
        if top is not None:
            part = context.dimensions(company, top.dimensions)
            found.append(_figure(context, company, part, [top]))
    return [figure for figure in found if figure is not None]


def _mainland(context: Context, company: str) -> list[DataPoint]:
    """Return mainland China's share of all revenue; that of one deployment is another figure."""
    own = [r.home for r in regions_of(context.dataset, company) if r.home is not None and not r.deployment]
    return own[-1:]


def profitability(context: Context) -> str:
    """Where margins went and how large losses are against revenue."""
    return _takeaways(context, {
        "gross_margin": profitability_exhibits.gross_margin, "margin_bridge": bridges.margin_bridge,
        "loss_ratio": profitability_exhibits.loss_ratio, "incremental": unit_economics.incremental,
    })  # fmt: skip


def profitability_figures(context: Context) -> list[KeyFigure]:
    """Latest gross margin, and the adjusted loss on the chosen basis."""
    return _figures(
        context,
        ("metric.gross_margin", _last("gross_margin")),
        ("", loss("adjusted_net_loss")),
    )


# --- cash -------------------------------------------------------------------------------------------------------------


def runway(context: Context) -> str:
    """The span of answers and why they differ."""
    return _paragraph(context, [s for company in context.companies for s in _runway_sentences(context, company)])


def _runway_sentences(context: Context, company: str) -> list[str]:
    cells = runway_analysis.matrix(context.dataset, company)
    values = [float(cell.point.value) for cell in cells if cell.point.value is not None]
    name = context.name(company)
    sentences = [context.say("answer.no_runway", company=name)]
    if values:
        low, high = (context.write(end, "months") for end in (min(values), max(values)))
        sentences = [
            context.say("answer.runway", company=name, low=low, high=high) if len(values) > 1
            else context.say("answer.runway_one", company=name, months=low)
        ]  # fmt: skip
    if figures := published_runways(context, company):
        sentences.append(context.say("answer.published", company=name, figures=figures))
    return sentences


def runway_figures(context: Context) -> list[KeyFigure]:
    """Published runways, and the months without bank lines, in which the firms' balances are alike."""
    return _figures(
        context, ("metric.runway", published_without_proceeds), ("key.without_bank_lines", without_bank_lines)
    )


# --- deal -------------------------------------------------------------------------------------------------------------


def offering(context: Context) -> str:
    """How strong demand was, and which multiple is disputed."""
    return _takeaways(context, {
        "subscription": offering_exhibits.subscription, "bases": offering_exhibits.international_bases,
        "proceeds": offering_exhibits.proceeds, "float": deal_terms.free_float,
    })  # fmt: skip


def offering_figures(context: Context) -> list[KeyFigure]:
    """Multiples by tranche."""
    return _figures(
        context,
        ("key.public_multiple", _last("subscription_multiple", tranche="public")),
        ("key.international_multiple", _last("subscription_multiple", tranche="international")),
    )


def ownership(context: Context) -> str:
    """Who owns and who votes."""
    return _takeaways(context, {
        "split": control.split, "special": control.special_shares, "dilution": control.dilution,
        "funding": ownership_exhibits.funding,
    })  # fmt: skip


def ownership_figures(context: Context) -> list[KeyFigure]:
    """Votes of the largest voter and last post-money valuation."""
    return _figures(
        context,
        ("key.largest_votes", control.votes_of_largest),
        ("metric.post_money_valuation", _last_valuation),
    )


def _last_valuation(context: Context, company: str) -> list[DataPoint]:
    """Return the last post-money valuation in the currency of the exhibit of rounds, which the answer speaks in."""
    return context.on_one_axis(_last_of_any("post_money_valuation")(context, company), context.accounts_currency)


def valuation(context: Context) -> str:
    """What the market paid for a unit of revenue."""
    return _takeaways(context, {
        "multiples": valuation_exhibits.multiples, "steps": valuation_exhibits.steps, "solver": price.solver,
    })  # fmt: skip


def valuation_figures(context: Context) -> list[KeyFigure]:
    """Market value and its multiple of revenue on the chosen basis."""
    multiple = f"key.price_to_sales_{context.revenue_basis}"
    return _figures(context, ("metric.market_cap", latest_cap), (multiple, latest_multiple))


# --- evidence ---------------------------------------------------------------------------------------------------------


def reconciliation(context: Context) -> str:
    """How many figures are disputed and how many do not follow from their own inputs."""
    rivals, verdicts = disputed(context), _verdicts(context)
    figures = context.counted("count.stated_figure", "count.stated_figures", verdicts.total())
    return context.say(
        "answer.reconciliation", disputed=context.counted("count.figure", "count.figures", len(rivals)),
        open=undecided(rivals), tested=figures, wrong=verdicts[TieOut.IN_CONFLICT],
    )  # fmt: skip


def _verdicts(context: Context) -> Counter[TieOut]:
    return Counter(row.verdict for row in tested(context))


def reconciliation_figures(context: Context) -> list[KeyFigure]:
    """Figures by verdict, the worst first, with the disputed figures beside them."""
    rivals, verdicts = disputed(context), _verdicts(context)
    conflict, exact, rounding = (verdicts[v] for v in (TieOut.IN_CONFLICT, TieOut.EXACT, TieOut.WITHIN_ROUNDING))
    loose, basis = verdicts[TieOut.LOOSE_WORDING], verdicts[TieOut.OTHER_BASIS]
    counted = (
        ("key.do_not_tie", conflict, context.say("key.do_not_tie_detail")),
        ("key.explained", loose + basis, context.say("key.explained_detail", loose=loose, basis=basis)),
        ("key.ties", exact + rounding, context.say("key.ties_detail", exact=exact, rounding=rounding)),
        ("key.disputed", len(rivals), context.say("key.disputed_detail", open=undecided(rivals))),
    )
    return [KeyFigure(context.say(key), number(count), detail) for key, count, detail in counted]


def sources(context: Context) -> str:
    """How much evidence there is."""
    alone, (own, documents) = _on_one_document(context), evidence(context)
    facts = len(_facts(context))
    listed = len(context.dataset.sources) - len({claim.source for claim in context.dataset.claims})
    counted = context.say(
        "answer.sources",
        documents=context.counted("count.document", "count.documents", len(documents)),
        claims=context.counted("count.claim", "count.claims", len(own)),
        facts=context.counted("count.fact", "count.facts", facts),
        alone=number(alone),
    )
    further = context.counted("count.document", "count.documents", listed)
    return context.say.paragraph([counted, context.say("answer.sources_further", documents=further) if listed else ""])


def _facts(context: Context) -> list[Fact]:
    return [fact for fact in context.dataset.facts if fact.company in context.companies]


def _on_one_document(context: Context) -> int:
    return sum(item.total for item in resting(context.dataset, tuple(context.companies)))


def sources_figures(context: Context) -> list[KeyFigure]:
    """Facts, those in filings, and those that rest on one document, or on one that was not read itself."""
    facts, kinds = _facts(context), context.dataset.sources
    filed = sum(any(kinds[claim.source].kind.is_primary for claim in fact.claims) for fact in facts)
    claims = context.counted("count.claim", "count.claims", len(evidence(context)[0]))
    counted = (
        ("key.facts", len(facts), claims),
        ("key.in_filings", filed, _part(context, filed, len(facts))),
        ("key.on_one", alone := _on_one_document(context), _part(context, alone, len(facts))),
        ("key.second_hand", len(on_second_hand(context)), context.say("key.second_hand_detail")),
    )
    return [KeyFigure(context.say(key), number(count), detail) for key, count, detail in counted]


def _part(context: Context, count: int, whole: int) -> str:
    """Write how large a part of all facts some are; nothing where there are none."""
    return context.say("key.of_facts", part=percent(100 * count / whole)) if whole else ""
