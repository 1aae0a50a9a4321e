"""Exhibits of small evidence: two companies, a handful of claims."""

from collections.abc import Callable

from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit, View
from ipo_data.model.claim import Claim
from ipo_data.model.company import Company
from tests.builders import make_claim, make_company, make_dataset

MINIMAX = make_company("minimax", color="#D55E00", order=1)
ZHIPU = make_company("zhipu", reporting_currency="CNY", color="#0072B2", order=2)


def minimax(metric: str, says: str, when: str = "", **changes) -> Claim:
    """Return a claim of MiniMax; ``when`` is a period label or an ISO date."""
    return _claim("minimax", metric, says, when, **changes)


def zhipu(metric: str, says: str, when: str = "", **changes) -> Claim:
    """Return a claim of Zhipu; ``when`` is a period label or an ISO date."""
    return _claim("zhipu", metric, says, when, **changes)


def _claim(company: str, metric: str, says: str, when: str, **changes) -> Claim:
    dated = {"as_of": when} if when[:4].isdigit() and "M" not in when else {"period": when}
    return make_claim(metric, says, company=company, **({} if not when else dated), **changes)


def small(
    *claims: Claim, companies: tuple[Company, ...] = (MINIMAX, ZHIPU), view: View | None = None, **records
) -> Context:
    """Return the context of some claims of two companies."""
    return Context(make_dataset(*claims, companies=companies, **records), view or View())


def table_of(build: Callable[[Context], Exhibit], context: Context) -> list[list[str]]:
    """Return an exhibit's table as rows: item, period, figure, status."""
    table = build(context).table
    return table[["Item", "Period", "Figure", "Status"]].to_numpy().tolist()
