"""Votes by class of share: what the shares of each class carry together, for a holder and for the company."""

from datetime import date
from typing import Final

from ipo_data.analysis.points import DataPoint, Term, derived, headline, quotient, shown_term, sum_of
from ipo_data.dataset import Dataset, Fact

VOTES: Final = {"ten_votes": 10, "one_vote": 1}
"""Class of share → votes a share. Classes go by their votes: which letter carries more differs between companies."""


def shares_by_class(dataset: Dataset, company: str, holder: str, first: date, last: date) -> dict[str, Fact]:
    """Return a holder's shares by class as last stated from one day to another, worked-out counts included."""
    facts = dataset.select(company, "shares_held_by_class", basis=None)
    return {
        f.dimensions["share_class"]: f
        for f in facts
        if f.dimensions.get("holder") == holder and f.shown and f.end and first <= f.end <= last
    }


def votes_of(classes: dict[str, Fact]) -> Term | None:
    """Return Σ shares of a class × its votes; ``None`` without any class."""
    found = [shown_term(fact) * Term.number(VOTES[name]) for name, fact in sorted(classes.items()) if name in VOTES]
    return sum_of(found) if found else None


def all_votes(dataset: Dataset, company: str, stage: str) -> Term | None:
    """Return every vote at a stage: all shares + nine more votes for each ten-vote share.

    After the offering without options the count is that at listing less the offer-size adjustment, all one-vote shares.
    """
    counted = "at_listing" if stage == "after_offering" else stage
    shares = _at(dataset, company, "shares_in_issue", {"stage": counted})
    special = _at(dataset, company, "shares_in_issue_by_class", {"stage": counted, "share_class": "ten_votes"})
    if shares is None or special is None:
        return None
    votes = shown_term(shares) + shown_term(special) * Term.number(VOTES["ten_votes"] - 1)
    if stage != "after_offering":
        return votes
    upsize = headline(dataset, company, "offer_size_adjustment")
    return votes - upsize if upsize is not None else None


def _at(dataset: Dataset, company: str, metric: str, dimensions: dict[str, str]) -> Fact | None:
    facts = dataset.select(company, metric, basis=None)
    return next((f for f in facts if f.dimensions == dimensions and f.shown), None)


def votes_at_listing(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return the voting rights at listing of every holder whose shares are stated by class on that day."""
    issued = _at(dataset, company, "shares_in_issue", {"stage": "at_listing"})
    whole = all_votes(dataset, company, "at_listing")
    if issued is None or issued.end is None or whole is None:
        return []
    holders = {f.dimensions["holder"] for f in dataset.select(company, "shares_held_by_class", basis=None)}
    points = []
    for holder in sorted(holders):
        own = votes_of(shares_by_class(dataset, company, holder, issued.end, issued.end))
        ratio = quotient(own, whole)
        if ratio is not None:
            dimensions = {"holder": holder, "stage": "at_listing"}
            term = ratio.percent()
            points.append(derived(term, company, "voting_rights", "percent", issued.instant, dimensions=dimensions))
    return points
