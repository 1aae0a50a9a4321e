"""What each page answers: a paragraph of sentences computed from the data, and at most four key figures.

The sentences are the takeaways of the page's exhibits; a sentence whose data are missing is left out, and a page
without any says so.
"""

from collections.abc import Callable, Iterable

from ipo_data.analysis import growth as growth_analysis
from ipo_data.analysis import runway as runway_analysis
from ipo_data.analysis import valuation as valuation_analysis
from ipo_data.analysis.points import DataPoint, State, stated
from ipo_data.analysis.reconciliation import conflicts, ledger
from ipo_data.analysis.verdicts import TieOut
from ipo_data.dataset import Status
from ipo_data.formatting import number
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import KeyFigure


def _paragraph(context: Context, sentences: Iterable[str]) -> str:
    found = [s for s in sentences if s]
    return (" " if context.view.language == "en" else "").join(found) if found else context.say("answer.nothing")


def _figure(context: Context, label: str, points: list[DataPoint]) -> KeyFigure | None:
    """Return a key figure from one fact: its headline, or all rival figures if it is in conflict."""
    shown = [p for p in context.shown_in(points) if p.value is not None]
    if not shown:
        return None
    values = context.say("key.versus").join(dict.fromkeys(context.point(p) for p in shown))
    state = shown[0].state
    mark = "" if state is State.REPORTED else context.say(f"state.{state}")
    detail = " · ".join(w for w in (context.period(shown[0].when), mark) if w)
    return KeyFigure(label, values, detail)


def _figures(context: Context, wanted: Iterable[tuple[str, Callable[[str], list[DataPoint]]]]) -> list[KeyFigure]:
    found = []
    for key, points_of in wanted:
        for company in context.companies[:2]:
            figure = _figure(context, f"{context.name(company)} · {context.say(key)}", points_of(company))
            if figure is not None:
                found.append(figure)
    return found[:4]


def no_figures(context: Context) -> list[KeyFigure]:
    """Return no key figures."""
    del context
    return []


def _last(context: Context, company: str, metric: str, **dimensions: str) -> list[DataPoint]:
    facts = [f for f in context.dataset.select(company, metric, unit="any", kind=None) if f.dimensions == dimensions]
    return stated(facts[-1]) if facts else []


def overview(context: Context) -> str:
    """Who they are, how large on one footing, and how much is disputed."""
    profiles = []
    for company in context.companies:
        profile = context.dataset.companies[company].profile
        if profile is not None:
            profiles.append(
                context.say(
                    "answer.profile",
                    company=context.name(company),
                    profile=context.dataset.say(profile, context.view.language),
                )
            )
    disputed = sum(f.status is Status.CONFLICTING for f in conflicts(context.dataset) if f.company in context.companies)
    return _paragraph(
        context,
        [
            *profiles,
            context.say(
                "answer.evidence" if disputed else "answer.evidence_settled",
                claims=number(len(context.dataset.claims)),
                documents=len(context.dataset.sources),
                disputed=disputed,
            ),
        ],
    )


def overview_figures(context: Context) -> list[KeyFigure]:
    """Revenue over twelve months and market value."""
    return _figures(context, [
        ("metric.revenue_ltm", lambda c: [growth_analysis.ltm(context.dataset, c)]),
        ("metric.market_cap", lambda c: _cap(context, c)),
    ])  # fmt: skip


def _cap(context: Context, company: str) -> list[DataPoint]:
    cap = valuation_analysis.latest_close(context.dataset, company)
    return [cap] if cap else []


def growth(context: Context) -> str:
    """How fast each grew, like for like."""
    from ipo_data.exhibits.growth import latest_growth

    sentences = []
    windows = set()
    for company in context.companies:
        point = latest_growth(context, company)
        revenue = growth_analysis.as_reported(context.dataset, company)
        if point is not None and point.value is not None and revenue.value is not None:
            shown = context.shown_in([revenue])[0]
            windows.add(str(shown.when))
            sentences.append(
                context.say(
                    "answer.growth",
                    company=context.name(company),
                    revenue=context.point(shown),
                    period=context.period(shown.when),
                    growth=context.point(point),
                )
            )
    return _paragraph(context, [*sentences, context.say("answer.growth_warning") if len(windows) > 1 else ""])


def growth_figures(context: Context) -> list[KeyFigure]:
    """Growth of the latest period and revenue over twelve months."""
    from ipo_data.exhibits.growth import latest_growth

    return _figures(context, [
        ("metric.revenue_growth", lambda c: [p] if (p := latest_growth(context, c)) else []),
        ("metric.revenue_ltm", lambda c: [growth_analysis.ltm(context.dataset, c)]),
    ])  # fmt: skip


def mix(context: Context) -> str:
    """What each firm lives from, and what is not disclosed."""
    from ipo_data.exhibits.mix import segments

    exhibit = segments(context)
    return _paragraph(
        context,
        [_ended(context, exhibit.title), context.say("answer.mix_warning") if len(context.companies) > 1 else ""],
    )


def mix_figures(context: Context) -> list[KeyFigure]:
    """Largest segment and mainland share."""
    return _figures(context, [
        ("key.c_end", lambda c: _last(context, c, "revenue_share", segment="c_end")),
        ("key.on_premise", lambda c: _last(context, c, "revenue_share", deployment="on_premise")),
        ("key.mainland", lambda c: _last(context, c, "revenue_share", region="mainland_china")),
    ])  # fmt: skip


def profitability(context: Context) -> str:
    """Where margins went and how large losses are against revenue."""
    from ipo_data.exhibits.profitability import gross_margin, loss_ratio

    return _paragraph(
        context, [_ended(context, gross_margin(context).title), _ended(context, loss_ratio(context).title)]
    )


def profitability_figures(context: Context) -> list[KeyFigure]:
    """Latest gross margin and loss."""
    return _figures(context, [
        ("metric.gross_margin", lambda c: _last(context, c, "gross_margin")),
        ("metric.adjusted_net_loss", lambda c: _last(context, c, "adjusted_net_loss")),
    ])  # fmt: skip


def runway(context: Context) -> str:
    """The span of answers and why they differ."""
    sentences = []
    for company in context.companies:
        cells = [c for c in runway_analysis.matrix(context.dataset, company) if c.point.value is not None]
        published = [
            p
            for p in runway_analysis.published(context.dataset, company)
            if p.dimensions.get("proceeds", "without_proceeds") == "without_proceeds"
        ]
        if cells:
            values = [float(c.point.value or 0) for c in cells]
            sentences.append(
                context.say(
                    "answer.runway",
                    company=context.name(company),
                    low=context.write(min(values), "months"),
                    high=context.write(max(values), "months"),
                )
            )
        else:
            sentences.append(context.say("answer.no_runway", company=context.name(company)))
        if published:
            sentences.append(
                context.say(
                    "answer.published",
                    company=context.name(company),
                    figures=context.say("key.versus").join(dict.fromkeys(context.point(p) for p in published)),
                )
            )
    return _paragraph(context, sentences)


def runway_figures(context: Context) -> list[KeyFigure]:
    """Published runways and the balance behind them."""
    return _figures(context, [
        ("metric.runway", lambda c: [p for p in runway_analysis.published(context.dataset, c) if p.dimensions.get("proceeds", "without_proceeds") == "without_proceeds"]),
        ("metric.liquidity", lambda c: _last(context, c, "liquidity")),
    ])  # fmt: skip


def offering(context: Context) -> str:
    """How strong demand was, and which multiple is disputed."""
    from ipo_data.exhibits.offering import proceeds, subscription

    return _paragraph(context, [_ended(context, subscription(context).title), _ended(context, proceeds(context).title)])


def offering_figures(context: Context) -> list[KeyFigure]:
    """Multiples by tranche."""
    return _figures(context, [
        ("key.public_multiple", lambda c: _last(context, c, "subscription_multiple", tranche="public")),
        ("key.international_multiple", lambda c: _last(context, c, "subscription_multiple", tranche="international")),
    ])  # fmt: skip


def ownership(context: Context) -> str:
    """Who owns and who votes."""
    from ipo_data.exhibits.ownership import funding, holders_of

    sentences = [_ended(context, holders_of(c)(context).title) for c in context.companies]
    return _paragraph(context, [*sentences, _ended(context, funding(context).title)])


def ownership_figures(context: Context) -> list[KeyFigure]:
    """Last post-money valuation."""
    return _figures(context, [
        ("metric.post_money_valuation", lambda c: [p for f in context.dataset.select(c, "post_money_valuation")[-1:] for p in stated(f)]),
        ("metric.funding_rounds", lambda c: _last(context, c, "funding_rounds")),
    ])  # fmt: skip


def valuation(context: Context) -> str:
    """What the market paid for a unit of revenue."""
    from ipo_data.exhibits.valuation import multiples, steps

    return _paragraph(context, [_ended(context, multiples(context).title), _ended(context, steps(context).title)])


def valuation_figures(context: Context) -> list[KeyFigure]:
    """Market value and its multiple of twelve months' revenue."""
    return _figures(context, [
        ("metric.market_cap", lambda c: _cap(context, c)),
        ("metric.price_to_sales_ltm", lambda c: _multiple(context, c)),
    ])  # fmt: skip


def _multiple(context: Context, company: str) -> list[DataPoint]:
    cap = valuation_analysis.latest_close(context.dataset, company)
    return [valuation_analysis.price_to_sales(context.dataset, company, cap, "ltm", context.rates)] if cap else []


def reconciliation(context: Context) -> str:
    """How many figures are disputed and how many do not follow from their own inputs."""
    disputed = [f for f in conflicts(context.dataset) if f.company in context.companies]
    rows = [r for r in ledger(context.dataset) if r.claim.company in context.companies]
    wrong = sum(r.verdict is TieOut.IN_CONFLICT for r in rows)
    return context.say(
        "answer.reconciliation",
        disputed=len(disputed),
        open=sum(f.status is Status.CONFLICTING for f in disputed),
        tested=len(rows),
        wrong=wrong,
    )


def reconciliation_figures(context: Context) -> list[KeyFigure]:
    """Counts of disputed and tested figures."""
    disputed = [f for f in conflicts(context.dataset) if f.company in context.companies]
    rows = [r for r in ledger(context.dataset) if r.claim.company in context.companies]
    counts = [
        ("key.open_conflicts", sum(f.status is Status.CONFLICTING for f in disputed)),
        ("key.settled_conflicts", sum(f.status is not Status.CONFLICTING for f in disputed)),
        ("key.tested", len(rows)),
        ("key.do_not_tie", sum(r.verdict is TieOut.IN_CONFLICT for r in rows)),
    ]  # fmt: skip
    return [KeyFigure(context.say(key), str(count), "") for key, count in counts]


def sources(context: Context) -> str:
    """How much evidence there is."""
    return context.say(
        "answer.sources",
        documents=len(context.dataset.sources),
        claims=number(len(context.dataset.claims)),
        facts=number(len(context.dataset.facts)),
    )


def _ended(context: Context, sentence: str) -> str:
    """Give a takeaway its full stop, for use in a paragraph."""
    stop = "." if context.view.language == "en" else "。"
    return sentence if sentence.endswith((".", "。")) else sentence + stop
