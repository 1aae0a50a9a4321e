"""Who controls, and what new or converted shares would do, by hand."""

from decimal import Decimal

import pytest

from ipo_data.analysis.control import (
    Controller,
    Sandbox,
    controller,
    nearest_stage,
    shares_of_control,
    special_class,
    tried,
    vote_leverage,
)
from ipo_data.analysis.points import State
from ipo_data.dataset import Dataset
from tests.builders import make_claim, make_dataset

STAGE = "before_offering"


def stake(holder: str, says: str, metric: str = "economic_interest", stage: str = STAGE, **changes: str):
    return make_claim(metric, says, period=None, as_of="2025-12-31", holder=holder, stage=stage, **changes)


FOUNDER = (stake("founder", "22.35%"), stake("founder", "59.21%", "voting_rights"))
FUND = (stake("fund", "15.04%"), stake("fund", "4.00%", "voting_rights"))


def found_in(dataset: Dataset) -> Controller:
    top = controller(dataset, "minimax", STAGE)
    assert top is not None
    return top


def after(dataset: Dataset, new: int, converted: int) -> tuple[float, float]:
    interest, votes = tried(dataset, found_in(dataset), Sandbox(Decimal(new), Decimal(converted)))
    assert {interest.state, votes.state} == {State.SCENARIO}
    return float(interest.value or 0), float(votes.value or 0)


# --- who controls -----------------------------------------------------------------------------------------------------


def test_the_controller_has_most_votes():
    top = found_in(make_dataset(*FUND, *FOUNDER))
    assert (top.holder, top.votes.value) == ("founder", Decimal("59.21"))


def test_a_disputed_interest_makes_no_controller():
    rival = stake("founder", "28.25%", source="other")
    assert found_in(make_dataset(*FUND, *FOUNDER, rival)).holder == "fund"
    assert controller(make_dataset(FOUNDER[0]), "minimax", STAGE) is None


def test_a_stage_without_holders_gives_way_to_the_first_with_any():
    dataset = make_dataset(*FOUNDER)
    assert nearest_stage(dataset, "minimax", "after_offering") == STAGE
    assert nearest_stage(dataset, "minimax", STAGE) == STAGE
    assert nearest_stage(make_dataset(make_claim()), "minimax", STAGE) == ""


def test_interests_split_to_the_whole():
    dataset = make_dataset(*FOUNDER, *FUND)
    values = [p.value for p in shares_of_control(dataset, "minimax", STAGE, "economic_interest")]
    # 100 − 22.35 − 15.04 = 62.61 that nobody names
    assert values == [Decimal("22.35"), Decimal("15.04"), Decimal("62.61")]
    votes = [p.value for p in shares_of_control(dataset, "minimax", STAGE, "voting_rights")]
    assert votes == [Decimal("59.21"), Decimal("4.00"), Decimal("36.79")]
    assert shares_of_control(make_dataset(make_claim()), "minimax", STAGE, "voting_rights") == []


def test_votes_over_interest():
    (point,) = vote_leverage(make_dataset(*FOUNDER), "minimax", STAGE)
    assert round(point.value or 0, 4) == Decimal("2.6492")  # 59.21 ÷ 22.35
    assert vote_leverage(make_dataset(make_claim()), "minimax", STAGE) == []


COUNTS = (
    make_claim("shares_in_issue", "1000 shares", period=None, as_of="2025-12-31", stage=STAGE),
    make_claim(
        "shares_in_issue_by_class", "300 shares", period=None, as_of="2025-12-31", stage=STAGE, share_class="ten_votes"
    ),
)


def test_what_ten_vote_shares_are_and_cast():
    found = {p.measure: float(p.value or 0) for p in special_class(make_dataset(*COUNTS), "minimax")}
    # 300 ÷ 1,000; 3,000 ÷ (1,000 + 9 × 300)
    assert found == pytest.approx({"ten_vote_share": 30.0, "ten_vote_votes": 3000 / 37})


# --- sandbox ----------------------------------------------------------------------------------------------------------


def test_nothing_tried_changes_nothing():
    for dataset in (make_dataset(*FOUNDER), make_dataset(*FOUNDER, *COUNTS)):
        assert after(dataset, 0, 0) == pytest.approx((22.35, 59.21))


def test_all_shares_with_ten_votes_are_assumed_without_a_count():
    # V = 10 × 0.2235 ÷ 0.5921 = 3.7747 votes a share; with 10 % new shares: 2.235 ÷ 3.8747 = 57.68 %
    assert after(make_dataset(*FOUNDER), 10, 0) == pytest.approx((22.35 / 1.1, 57.682), abs=1e-3)
    # all converted: 0.2235 ÷ (3.7747 − 9 × 0.2235) = 12.68 %
    assert after(make_dataset(*FOUNDER), 0, 100) == pytest.approx((22.35, 12.676), abs=1e-3)


def test_a_stated_count_of_ten_vote_shares_is_used():
    # V = 3,700 ÷ 1,000 = 3.7; ten-vote part (0.5921 × 3.7 − 0.2235) = 1.96727; half of it converted, 20 % new shares:
    # (2.19077 − 0.983635) ÷ (3.7 − 0.983635 + 0.2) = 1.207135 ÷ 2.916365 = 41.39 %
    assert after(make_dataset(*FOUNDER, *COUNTS), 20, 50) == pytest.approx((22.35 / 1.2, 41.392), abs=1e-3)


def test_one_vote_a_share_dilutes_alike():
    equal = (stake("group", "33.03%"), stake("group", "33.03%", "voting_rights"))
    # 33.03 ÷ 1.25, and there is nothing to convert
    assert after(make_dataset(*equal), 25, 100) == pytest.approx((26.424, 26.424))


def test_after_the_offering_counts_with_options_are_not_used():
    later = tuple(replace_stage(claim, "after_offering") for claim in (*FOUNDER, *COUNTS))
    dataset = make_dataset(*later)
    top = controller(dataset, "minimax", "after_offering")
    assert top is not None
    _, votes = tried(dataset, top, Sandbox(Decimal(10), Decimal(0)))
    assert float(votes.value or 0) == pytest.approx(57.682, abs=1e-3)


def replace_stage(claim, stage: str):
    dimensions = {**dict(claim.dimensions), "stage": stage}
    return make_claim(claim.metric, claim.says, period=None, as_of="2025-12-31", **dimensions)


def test_votes_fall_with_new_shares_and_with_conversion():
    dataset = make_dataset(*FOUNDER)
    by_new = [after(dataset, new, 0)[1] for new in (0, 20, 40, 80)]
    by_converted = [after(dataset, 0, part)[1] for part in (0, 25, 50, 100)]
    assert by_new == sorted(by_new, reverse=True)
    assert by_converted == sorted(by_converted, reverse=True)
