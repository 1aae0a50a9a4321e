"""Checks of signs: a loss is positive under its name, a profit there has a minus sign."""

import re
from collections.abc import Sequence
from typing import Final

from ipo_data.loading.placed import Placed
from ipo_data.loading.problems import ProblemList
from ipo_data.model.claim import Claim

_LOSSES: Final = frozenset({"net_loss", "adjusted_net_loss", "loss_from_operations", "cumulative_net_loss"})
_PROFIT: Final = re.compile(
    r"\bprofits?\b|\bnet income\b|\bearnings\b|盈利|溢利|[净淨]利润?|利潤|纯利|純利|利润", re.IGNORECASE
)
_LOSS: Final = re.compile(r"\bloss(es)?\b|亏|虧", re.IGNORECASE)


def check_signs(claims: Sequence[Placed[Claim]], problems: ProblemList) -> None:
    """Refuse figures below a loss whose own line calls them a profit without a minus sign, or a loss with one.

    Args:
        claims: Claims, in reading order.
        problems: Collects what is found.
    """
    for placed in claims:
        claim = placed.record
        words = f"{claim.at or ''} {claim.note.en if claim.note else ''}"
        profit, loss = _PROFIT.search(words), _LOSS.search(words)
        if claim.metric not in _LOSSES or bool(profit) == bool(loss):
            continue  # neither is said, or both: 'turned from a loss to a profit'
        value, word = claim.quantity.value, (profit or loss or [""])[0]
        if profit and value > 0:
            _object(placed, word, "a loss", f"write a profit with a minus sign: -{claim.says.lstrip('~<>')}", problems)
        elif loss and value < 0:
            _object(placed, word, "a profit", f"a loss has no minus sign below {claim.metric}", problems)


def _object(placed: Placed[Claim], word: str, would_be: str, hint: str, problems: ProblemList) -> None:
    found = f"{placed.name('says')}: '{placed.record.says}' would be {would_be}, but the line speaks of '{word}'"
    placed.object_to(f"{found}; {hint}", problems, "says")
