"""The reference numbers of the comparison, each with its arithmetic, as the product computes them.

Numbers that come from the five articles are taken from the articles alone and converted at the rate set ``articles``;
numbers that need the documents behind them are taken from everything, at the rate set ``prospectus``. The arithmetic
stands beside each number in ``golden_business`` and ``golden_deal``.
"""

from decimal import Decimal

import pytest

from ipo_data.dataset import Dataset
from ipo_data.model.claim import Claim
from tests.analysis.figures import Figures, with_claims
from tests.analysis.golden_business import CURRENCY, GROWTH, MARGINS_AND_LOSSES, USERS_AND_MIX
from tests.analysis.golden_deal import MARKET, OFFER_AND_SHARES, RUNWAY
from tests.analysis.golden_lookup import Evidence, Golden
from tests.builders import make_claim

GOLDENS = (*GROWTH, *MARGINS_AND_LOSSES, *USERS_AND_MIX, *CURRENCY, *RUNWAY, *MARKET, *OFFER_AND_SHARES)


@pytest.fixture(scope="session")
def evidence(articles: Figures, everything: Figures, dataset: Dataset) -> Evidence:
    alone = Figures(dataset.restricted(lambda source: source.id == "finet-2025-12"))
    corrected = Figures(with_claims(articles.dataset, change=_corrected))
    return Evidence(articles, everything, alone, corrected)


def _corrected(claim: Claim) -> Claim:
    """Return the article's share of Hailuo AI as the prospectus prints it, 32.6 % for 2.6 %."""
    if not claim.id.startswith("minimax.revenue_share.9M2025.product=hailuo"):
        return claim
    changed = make_claim("revenue_share", "32.6%", source=claim.source, period=claim.period, product="hailuo")
    return changed.placed(claim.id, claim.where)


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda g: f"{g.id}-{g.what}")
def test_golden_number(golden: Golden, evidence: Evidence):
    found = golden.find(evidence)
    assert found is not None
    assert abs(found - Decimal(golden.golden)) <= Decimal(golden.tolerance), f"computed {found}"


def test_every_golden_number_is_asserted():
    assert {golden.id for golden in GOLDENS} == {f"G{number:02}" for number in range(1, 84)}
