"""What revenue is made of on a basis: the parts of the latest period, or of the twelve months up to its end."""

from dataclasses import dataclass

from ipo_data.analysis import mix
from ipo_data.analysis.bases import SUFFIXES, on_basis
from ipo_data.analysis.points import DataPoint, Term, derived, term_of
from ipo_data.dataset import Dataset
from ipo_data.periods import Period

_SMALLEST_REST = 0.6
"""Percentage points that printed shares may leave open by rounding alone."""


@dataclass(frozen=True, slots=True)
class Mix:
    """A company's revenue and its parts on one basis.

    Attributes:
        total: Revenue on the basis; without a value if the evidence does not support it.
        shares: Share points by member, several where documents disagree; of another window than the total if ``apart``.
        amounts: Money points by member on the basis; members without one are left out.
        window: Period of the shares.
        apart: Whether the shares are those of the latest period although the total covers twelve months.
    """

    total: DataPoint
    shares: dict[str, list[DataPoint]]
    amounts: dict[str, DataPoint]
    window: Period | None
    apart: bool = False


def mix_on_basis(dataset: Dataset, company: str, axis: str, label: str, basis: str) -> Mix:
    """Return the parts of revenue on a basis.

    Over twelve months every member needs figures of its own for the year and for the same part of last year; where one
    lacks them, or the classification changed, the shares stay those of the latest period and the result says so.

    Args:
        dataset: The evidence.
        company: Company id.
        axis: The axis.
        label: Label of the period.
        basis: ``reported``, ``month``, ``ltm`` or ``annualised``.
    """
    total = on_basis(dataset, company, basis, at=label)
    parts = mix.parts(dataset, company, axis, label)
    shares = {member: own for member, (own, _) in parts.items()}
    when = next((p.when for own in shares.values() for p in own if isinstance(p.when, Period)), None)
    if basis != "ltm" or when is None or when.is_full_year:
        amounts = {
            member: found
            for member, (_, own) in parts.items()
            if (found := _scaled(own, basis, axis, member)) is not None
        }
        return Mix(total, shares, amounts, when)
    amounts = {member: on_basis(dataset, company, basis, at=label, **{axis: member}) for member in parts}
    whole = _twelve_month_shares(total, amounts, axis)
    if whole is None:
        return Mix(total, shares, {}, when, apart=True)
    window = total.when if isinstance(total.when, Period) else when
    return Mix(total, whole, amounts, window)


def _scaled(amounts: list[DataPoint], basis: str, axis: str, member: str) -> DataPoint | None:
    """Return one amount per month or annualised; disputed amounts have none."""
    if len(amounts) != 1 or amounts[0].value is None or not isinstance(amounts[0].when, Period):
        return None
    point, months = amounts[0], amounts[0].when.months
    if basis in ("reported", "ltm"):
        return point
    whole = term_of(point) * Term.number(12) if basis == "annualised" else term_of(point)
    measure = f"revenue{SUFFIXES[basis]}"
    return derived(
        whole / Term.number(months), point.company, measure, point.unit, point.when, dimensions={axis: member}
    )


def _twelve_month_shares(
    total: DataPoint, amounts: dict[str, DataPoint], axis: str
) -> dict[str, list[DataPoint]] | None:
    """Return each member's share of twelve months, or ``None`` if a member has none or they exceed the whole."""
    if total.value is None or total.value <= 0 or any(a.value is None or a.value < 0 for a in amounts.values()):
        return None
    whole = term_of(total)
    shares = {}
    for member, amount in amounts.items():
        term = (term_of(amount) / whole).percent()
        found = derived(term, total.company, "revenue_share", "percent", total.when, dimensions={axis: member})
        shares[member] = [found]
    covered = sum(float(own[0].value or 0) for own in shares.values())
    return shares if 0 < covered <= 100 + _SMALLEST_REST else None
