"""Steps from round to round and to the offer, by hand."""

from decimal import Decimal

from ipo_data.analysis.currency import Rates
from ipo_data.analysis.funding_steps import offer_step, round_steps
from ipo_data.analysis.points import State
from ipo_data.analysis.valuation import at_offer_price, value_path
from tests.builders import make_claim, make_dataset, make_rate

RATES = Rates("prospectus", (make_rate(base="USD", quote="HKD", rate="7.7805"),))


def at(metric: str, says: str, day: str, **changes: str):
    return make_claim(metric, says, period=None, as_of=day, **changes)


ROUNDS = (
    at("post_money_valuation", "3123.5m USD", "2025-06-20", round="b_plus"),
    at("pre_money_valuation", "3850.0m USD", "2025-08-19", round="b_plus_plus"),
    at("post_money_valuation", "4240.4m USD", "2025-08-19", round="b_plus_plus"),
)
OFFER = (
    make_claim("offer_price", "165.00 HKD", period=None), make_claim("listed", "2026-01-09", period=None),
    at("shares_in_issue", "280058068 shares", "2025-12-31", stage="before_offering"),
    at("shares_in_issue", "309255668 shares", "2026-01-09", stage="at_listing"),
)  # fmt: skip


def test_a_step_is_over_the_value_before_the_new_money():
    (step,) = round_steps(make_dataset(*ROUNDS), "minimax")
    # 3,850.0 ÷ 3,123.5 = 1.2326
    assert (round(step.value or 0, 4), step.dimensions) == (Decimal("1.2326"), {"round": "b_plus_plus"})


def test_no_step_without_the_value_before_the_money():
    assert round_steps(make_dataset(ROUNDS[0], ROUNDS[2]), "minimax") == []


def test_the_offer_step_leaves_the_new_money_out():
    (step,) = offer_step(make_dataset(*ROUNDS, *OFFER), "minimax", RATES)
    # 165 × 280.058068m = HK$46,209.6m ÷ 7.7805 = US$5,939.2m ÷ 4,240.4 = 1.4006
    assert (round(step.value or 0, 4), step.rate) == (Decimal("1.4006"), RATES.rates[0].id)


def test_an_offer_without_a_rate_is_not_available():
    (step,) = offer_step(make_dataset(*ROUNDS, *OFFER), "minimax", Rates("none", ()))
    assert (step.state, step.reason) == (State.NOT_AVAILABLE, "reason.no_rate")
    assert offer_step(make_dataset(*OFFER), "minimax", RATES) == []
    assert offer_step(make_dataset(*ROUNDS), "minimax", RATES) == []


def test_the_value_at_the_offer_price_stands_on_the_listing_day():
    dataset = make_dataset(*ROUNDS, *OFFER)
    value = at_offer_price(dataset, "minimax", "at_listing")
    assert value is not None
    # 165 × 309.255668m = HK$51,027.2m
    assert (round((value.value or 0) / 10**6, 1), str(value.when.text)) == (Decimal("51027.2"), "2026-01-09")  # type: ignore[union-attr]
    assert value.formula == "165 × 309.255668"
    assert [p.measure for p in value_path(dataset, "minimax")][-1] == "value_at_offer_price"
