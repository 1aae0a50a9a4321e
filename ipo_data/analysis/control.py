"""Who controls: the largest holder, what the offer dilutes, and what new or converted shares would do to votes."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from ipo_data.analysis.ownership import holdings, remainder, stages
from ipo_data.analysis.points import DataPoint, State, Term, at_corners, derived, quotient, shown_term, term_of
from ipo_data.analysis.voting import all_votes
from ipo_data.dataset import Dataset, Fact

_HUNDRED: Final = Decimal(100)
_TEN: Final = Decimal(10)
_OTHERS: Final = {"economic_interest": "economic_interest_others", "voting_rights": "voting_rights_others"}


@dataclass(frozen=True, slots=True)
class Controller:
    """The holder with most votes at one stage, with both interests undisputed.

    Attributes:
        holder: Member id.
        stage: Stage at which the interests are stated.
        economic: Economic interest.
        votes: Voting rights.
    """

    holder: str
    stage: str
    economic: DataPoint
    votes: DataPoint


def nearest_stage(dataset: Dataset, company: str, wanted: str) -> str:
    """Return the wanted stage if holdings are stated for it, else the first that has any; empty without any."""
    known = stages(dataset, company)
    return wanted if wanted in known else known[0] if known else ""


def controller(dataset: Dataset, company: str, stage: str) -> Controller | None:
    """Return the holder, or group of holders, with most votes whose interest and votes are both undisputed."""
    found = [
        Controller(h.holder, stage, h.economic[0], h.votes[0])
        for h in holdings(dataset, company, stage)
        if len(h.economic) == 1 and len(h.votes) == 1 and h.economic[0].value and h.votes[0].value
    ]
    return max(found, key=lambda c: c.votes.value or Decimal(0), default=None)


def shares_of_control(dataset: Dataset, company: str, stage: str, metric: str) -> list[DataPoint]:
    """Return how an interest splits: the controller, other named holders, and what is not named, in percent."""
    top, rest = controller(dataset, company, stage), remainder(dataset, company, stage, metric)
    if top is None or rest is None or rest.value is None:
        return []
    own = top.economic if metric == "economic_interest" else top.votes
    others = Term.number(100) - term_of(own) - term_of(rest)
    dimensions = {"stage": stage}
    return [own, derived(others, company, _OTHERS[metric], "percent", own.when, dimensions=dimensions), rest]


def vote_leverage(dataset: Dataset, company: str, stage: str) -> list[DataPoint]:
    """Return the controller's votes ÷ economic interest."""
    top = controller(dataset, company, stage)
    ratio = quotient(term_of(top.votes), term_of(top.economic)) if top is not None else None
    if top is None or ratio is None:
        return []
    return [derived(ratio, company, "vote_leverage", "x", top.votes.when, dimensions=top.votes.dimensions)]


def special_class(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return the part of all shares and of all votes that ten-vote shares make up, in percent, by stage."""
    points = []
    for fact in dataset.select(company, "shares_in_issue_by_class", basis=None):
        stage = fact.dimensions.get("stage", "")
        issued = _issued(dataset, company, stage)
        if fact.dimensions.get("share_class") != "ten_votes" or not fact.shown or issued is None:
            continue
        votes, own = all_votes(dataset, company, stage), shown_term(fact)
        of_shares, of_votes = quotient(own, shown_term(issued)), quotient(own * Term.number(10), votes)
        dimensions = {"stage": stage}
        if of_shares is not None and of_votes is not None:
            for measure, ratio in (("ten_vote_share", of_shares), ("ten_vote_votes", of_votes)):
                points.append(
                    derived(ratio.percent(), company, measure, "percent", fact.instant, dimensions=dimensions)
                )
    return points


def _issued(dataset: Dataset, company: str, stage: str) -> Fact | None:
    facts = dataset.select(company, "shares_in_issue")
    return next((f for f in facts if f.dimensions.get("stage") == stage and f.shown), None)


@dataclass(frozen=True, slots=True)
class Sandbox:
    """What the reader tries out.

    Attributes:
        new_shares: New one-vote shares for others, in percent of all shares today.
        converted: Part of the controller's ten-vote shares turned into one-vote shares, in percent.
    """

    new_shares: Decimal
    converted: Decimal


def tried(dataset: Dataset, top: Controller, sandbox: Sandbox) -> list[DataPoint]:
    """Return the controller's interest and votes after new shares and conversion, as scenario points.

    With e and v as fractions, V votes per share in the company, d new shares and c the part converted: votes are
    (vV − c(vV − e)) ÷ (V − c(vV − e) + d) and the interest is e ÷ (1 + d). V follows from the count of ten-vote shares
    where it is stated; otherwise all the controller's shares are taken to carry ten votes if he votes more than he
    owns, hence V = 10e ÷ v, and one vote if not.
    """
    e, v = term_of(top.economic).fraction(), term_of(top.votes).fraction()
    d, c = sandbox.new_shares / _HUNDRED, sandbox.converted / _HUNDRED
    per_share = _votes_per_share(dataset, top.economic.company, top.stage)

    def votes(own: Decimal, cast: Decimal, whole: Decimal) -> Decimal:
        special = max(cast * whole - own, Decimal(0)) * c
        return (cast * whole - special) / (whole - special + d)

    whole = per_share if per_share is not None else _assumed(e, v)
    kept = f"c × ({v.text} × V − {e.text})"
    text = f"({v.text} × V − {kept}) ÷ (V − {kept} + {d}), V = {whole.text}, c = {c}"
    both = e.facts + v.facts + whole.facts
    outcome = Term(
        votes(e.value, v.value, whole.value), at_corners(votes, e, v, whole), e.claims | v.claims | whole.claims,
        tuple(dict.fromkeys(both)), text,
    )  # fmt: skip
    interest = e / Term.number(1 + d)
    found = (("sandbox_interest", interest), ("sandbox_votes", outcome))
    return [
        derived(
            term.percent(), top.economic.company, measure, "percent", top.economic.when,
            dimensions=top.economic.dimensions, state=State.SCENARIO,
        )
        for measure, term in found
    ]  # fmt: skip


def _votes_per_share(dataset: Dataset, company: str, stage: str) -> Term | None:
    """Return all votes ÷ all shares at a stage, where the count of ten-vote shares is stated."""
    if stage == "after_offering":
        return None  # counted with options, while the interests are stated without
    issued = _issued(dataset, company, stage)
    return quotient(all_votes(dataset, company, stage), shown_term(issued)) if issued is not None else None


def _assumed(e: Term, v: Term) -> Term:
    """Return votes per share if all the controller's shares carry ten votes, or one if he votes what he owns."""
    if v.value <= e.value:
        return Term.number(1)
    interval = at_corners(lambda own, cast: _TEN * own / cast, e, v)
    return (Term.number(10) * e / v).narrowed(interval, f"10 × {e.text} ÷ {v.text}")
