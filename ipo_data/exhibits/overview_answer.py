"""The overview's answer: a line each on growth, runway, mix, price and the evidence, every figure with its mark."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from ipo_data.analysis.points import DataPoint, State
from ipo_data.analysis.reconciliation import conflicts
from ipo_data.dataset import Fact, Status
from ipo_data.exhibits import growth as growth_exhibits
from ipo_data.exhibits import mix as mix_exhibits
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.overview import latest_multiple, published_without_proceeds, without_bank_lines
from ipo_data.exhibits.point_words import growth as growth_words
from ipo_data.exhibits.point_words import headline_and_rivals
from ipo_data.exhibits.said_once import Said, said_once
from ipo_data.model.claim import Claim


def overview(context: Context) -> str:
    """Return one line per question of the product; a line without figures is left out."""
    lines = (_growth(context), _runway(context), _mix(context), _price(context), _evidence(context))
    return "\n".join(context.say.paragraph(line) for line in lines if any(line))


def disputed(context: Context) -> list[Fact]:
    """Return the facts of the compared companies on which documents disagree."""
    return [fact for fact in conflicts(context.dataset) if fact.company in context.companies]


def undecided(rivals: Iterable[Fact]) -> int:
    """Return how many of the facts on which documents disagree nobody has judged."""
    return sum(fact.status is Status.CONFLICTING for fact in rivals)


def evidence(context: Context) -> tuple[list[Claim], set[str]]:
    """Return the claims of the compared companies and the documents that make them."""
    own = [claim for claim in context.dataset.claims if claim.company in context.companies]
    return own, {claim.source for claim in own}


def published_runways(context: Context, company: str) -> str:
    """Return the runways that documents state without offer proceeds, rivals side by side; empty without any."""
    published = published_without_proceeds(context, company)
    if not published:
        return ""
    value, rivals = headline_and_rivals(context, published)
    return value + (context.say.aside(rivals) if rivals else "")


def _told(
    context: Context, key: str, found: Sequence[DataPoint], write: Callable[[Context, DataPoint], str]
) -> str:  # fmt: skip
    """Return a sentence on one figure of each company, with period and mark; empty without figures."""
    said = [
        Said(context.name(p.company), write(context, p), (context.period(p.when), _mark(context, p)))
        for p in context.shown(found) if p.value is not None
    ]  # fmt: skip
    if not said:
        return ""
    shared, parts = said_once(context, said)
    return context.say(key, shared=shared, parts=parts)


def _mark(context: Context, point: DataPoint) -> str:
    return "" if point.state is State.REPORTED else context.say(f"state.{point.state}")


def _growth(context: Context) -> list[str]:
    latest = (growth_exhibits.latest_growth(context, company) for company in context.companies)
    footing = growth_exhibits.firms_on_one_footing(context).title
    size = "" if footing == context.say("footing.neutral") else footing
    return [_told(context, "overview.growth", [p for p in latest if p is not None], growth_words), size]


def _runway(context: Context) -> list[str]:
    said = [
        Said(context.name(company), figures, ())
        for company in context.companies if (figures := published_runways(context, company))
    ]  # fmt: skip
    published = context.say("overview.runway", parts=said_once(context, said)[1]) if said else ""
    own = [replace(p, when=None) for company in context.companies for p in without_bank_lines(context, company)]
    return [published, _told(context, "overview.without_bank_lines", own, Context.short)]


def _mix(context: Context) -> list[str]:
    """Return what each lives from; a company's profile is a standing description and speaks where no figures do."""
    exhibit = mix_exhibits.segments(context)
    told = {point.company for point in exhibit.points if point.value is not None}
    profiles = [(c, context.dataset.companies[c].profile) for c in context.companies if c not in told]
    described = [
        context.say("answer.profile", company=context.name(company),
                    profile=context.dataset.say(profile, context.view.language))
        for company, profile in profiles if profile is not None
    ]  # fmt: skip
    known = exhibit.title != context.say("segments.neutral")
    return [*([context.say("overview.mix", parts=exhibit.title)] if known else []), *described]


def _price(context: Context) -> list[str]:
    found = [point for company in context.companies for point in latest_multiple(context, company)]
    return [_told(context, f"overview_price.{context.revenue_basis}", found, Context.short)]


def _evidence(context: Context) -> list[str]:
    count, (own, documents) = undecided(disputed(context)), evidence(context)
    counts = {
        "claims": context.counted("count.figure", "count.figures", len(own)),
        "documents": context.counted("count.document", "count.documents", len(documents)),
    }
    return [
        context.say("answer.evidence" if count else "answer.evidence_settled", disputed=count, **counts)
    ]  # fmt: skip
