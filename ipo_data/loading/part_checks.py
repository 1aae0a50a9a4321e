"""Checks of parts against their whole: shares add up to 100 % at most, amounts to the total the document states."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from ipo_data.loading.placed import Placed
from ipo_data.loading.problems import ProblemList
from ipo_data.model.claim import Claim, Flag
from ipo_data.model.company import Company
from ipo_data.model.metric import METRICS

_SUMS_TO_HUNDRED: Final = frozenset({"economic_interest", "voting_rights", "revenue_share", "use_of_proceeds"})
_NOT_SUMMED: Final = frozenset({"stage"})
"""Axes that say when or how a share was counted, not which part it is."""
Group = dict[tuple[object, ...], list[Placed[Claim]]]


def check_parts(claims: Sequence[Placed[Claim]], companies: Mapping[str, Company], problems: ProblemList) -> None:
    """Refuse parts of one document that add up to clearly more than the whole.

    Args:
        claims: Claims, in reading order.
        companies: Companies whose own file is sound, by id; claims on others are left alone.
        problems: Collects what is found.
    """
    shares: Group = defaultdict(list)
    amounts: Group = defaultdict(list)
    wholes: dict[tuple[object, ...], Placed[Claim]] = {}
    for placed in claims:
        claim = placed.record
        if claim.company not in companies or Flag.SUSPECT in claim.flags:
            continue  # a figure that looks wrong is kept as printed
        if not claim.dimensions:
            wholes.setdefault(_told(claim), placed)
        elif claim.metric in _SUMS_TO_HUNDRED:
            fixed = tuple(member for axis, member in claim.dimensions if axis in _NOT_SUMMED)
            shares[*_told(claim), _axes(claim), fixed].append(placed)
        elif _is_amount_of_a_part(claim):
            amounts[*_told(claim), _axes(claim)].append(placed)
    for parts in shares.values():
        _check_shares(parts, companies[parts[0].record.company], problems)
    for (*told, _), parts in amounts.items():
        if (whole := wholes.get(tuple(told))) is not None:
            _check_amounts(parts, whole.record, companies[whole.record.company], problems)


def _told(claim: Claim) -> tuple[object, ...]:
    """Return what parts and whole have in common: the figure, its time and the document."""
    return (claim.company, claim.metric, claim.stamp, claim.source, claim.basis, claim.kind, claim.quantity.unit.code)


def _axes(claim: Claim) -> tuple[str, ...]:
    return tuple(axis for axis, _ in claim.dimensions)


def _is_amount_of_a_part(claim: Claim) -> bool:
    """Tell whether the whole is the sum of figures like this one, none of which can be below zero."""
    metric = METRICS[claim.metric]
    return metric.lowest == 0 and metric.is_flow and len(claim.dimensions) == 1 and set(_axes(claim)) <= metric.adds_up


def _check_shares(parts: list[Placed[Claim]], company: Company, problems: ProblemList) -> None:
    total, listed = _sum(parts, company)
    if total > 100:
        claim = parts[0].record
        message = (
            f"{claim.metric}: the parts that {claim.source} states for {claim.time_label or 'the offering'} "
            f"({listed}) add up to at least {total.normalize():f} %, more than the whole"
        )
        parts[0].object_to(message, problems)


def _check_amounts(parts: list[Placed[Claim]], whole: Claim, company: Company, problems: ProblemList) -> None:
    total, listed = _sum(parts, company)
    if total > whole.quantity.rounding.high:
        line = whole.where.rsplit(":", 1)[0]
        message = (
            f"{whole.metric}: the parts that {whole.source} states for {whole.time_label or 'the offering'} "
            f"({listed}) add up to more than the whole, {whole.says} in {line}"
        )
        parts[0].object_to(message, problems)


def _sum(parts: list[Placed[Claim]], company: Company) -> tuple[Decimal, str]:
    """Return the least that the printed parts add up to, and the parts as a message lists them."""
    lowest: dict[str, tuple[Decimal, str]] = {}
    for placed in parts:
        claim = placed.record
        share = (_lowest(claim, company), claim.says)
        lowest[claim.dimension] = min(share, lowest.get(claim.dimension, share))  # a part stated twice counts once
    listed = ", ".join(f"{part} {says}" for part, (share, says) in lowest.items() if share)
    return sum((share for share, _ in lowest.values()), Decimal(0)), listed


def _lowest(claim: Claim, company: Company) -> Decimal:
    if any(member in company.groups.get(axis, {}) for axis, member in claim.dimensions):
        return Decimal(0)  # a sum of other members
    return max(Decimal(0), claim.quantity.rounding.low)
