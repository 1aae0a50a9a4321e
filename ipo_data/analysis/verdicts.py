"""Does a stated figure agree with its own inputs? Verdicts by rounding intervals, with no tolerance by taste."""

from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from ipo_data.analysis.points import Term
from ipo_data.quantities import Bound, Quantity


class TieOut(StrEnum):
    """How a stated figure relates to the one computed from other stated figures."""

    EXACT = "exact"
    """Rounds to the printed figure."""
    WITHIN_ROUNDING = "within_rounding"
    """Some values behind the printed inputs give the printed result."""
    LOOSE_WORDING = "loose_wording"
    """Agrees only as far as the words allow (about, nearly, over)."""
    OTHER_BASIS = "other_basis"
    """Differs, and a named difference of definition explains it."""
    IN_CONFLICT = "in_conflict"
    """No value behind the printed inputs gives the printed result."""
    NOT_COMPUTABLE = "not_computable"
    """An input is missing from this evidence."""


def tie_out(stated: Quantity, computed: Term | None, *, loosely_worded: bool = False) -> TieOut:
    """Compare a stated figure with a computed one.

    Args:
        stated: The figure as printed.
        computed: The computed value with its interval; ``None`` if an input is missing.
        loosely_worded: Whether the document's words are known to be loose (a growth rate worded as a multiple).

    Returns:
        The verdict.
    """
    if computed is None:
        return TieOut.NOT_COMPUTABLE
    if loosely_worded:
        return TieOut.LOOSE_WORDING if _loosely_agrees(stated, computed) else TieOut.IN_CONFLICT
    plain = stated.bound is Bound.EXACT and computed.interval.bounded  # neither side is hedged
    if plain and _rounded(computed.value, stated.step) == stated.value:
        return TieOut.EXACT
    if stated.rounding.meets(computed.interval):
        return TieOut.WITHIN_ROUNDING if plain else TieOut.LOOSE_WORDING
    if stated.hedged.meets(computed.interval):
        return TieOut.LOOSE_WORDING
    return TieOut.IN_CONFLICT


def _loosely_agrees(stated: Quantity, computed: Term) -> bool:
    """Allow the other reading of loose words: *n times more* for *n times*, and the reverse."""
    one = Decimal(1)
    readings = (computed.interval, computed.interval + one, computed.interval - one)
    rounds = {_rounded(computed.value + shift, stated.step) for shift in (Decimal(0), one, -one)}
    return stated.value in rounds or any(stated.hedged.meets(reading) for reading in readings)


def _rounded(value: Decimal, step: Decimal) -> Decimal:
    return (value / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step
