"""Steps from round to round and to the offer, by hand."""

from decimal import Decimal

from ipo_data.analysis.currency import Rates
from ipo_data.analysis.funding_steps import offer_step, paid_up_late, round_steps, rounds_in_order
from ipo_data.analysis.points import State
from ipo_data.analysis.valuation import at_offer_price, value_path
from ipo_data.dataset import Dataset
from tests.builders import make_claim, make_company, make_dataset, make_rate

COMPANIES = ("minimax", "zhipu")
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


PAID_UP_LATE = (
    at("post_money_valuation", "550.0m USD", "2022-04-11", round="pre_a"),
    at("pre_money_valuation", "1550.0m USD", "2023-07-13", round="a_plus"),
    at("post_money_valuation", "1600.0m USD", "2023-07-13", round="a_plus"),
    at("pre_money_valuation", "900.0m USD", "2023-12-14", round="series_a"),
    at("post_money_valuation", "1157.0m USD", "2023-12-14", round="series_a"),
)
"""A round whose last payment came five months after that of the next one."""


def with_rounds(*names: str):
    return make_company(members={"round": {name: {"en": name, "zh-Hans": name} for name in names}})


def test_rounds_follow_the_order_of_the_series_and_not_of_their_last_payments():
    dataset = make_dataset(*PAID_UP_LATE, companies=[with_rounds("pre_a", "series_a", "a_plus")])
    # 900 ÷ 550 = 1.6364; 1,550 ÷ 1,157 = 1.3397
    assert [(p.dimensions["round"], round(p.value or 0, 4)) for p in round_steps(dataset, "minimax")] == [
        ("series_a", Decimal("1.6364")), ("a_plus", Decimal("1.3397")),
    ]  # fmt: skip
    assert [(a.dimensions["round"], b.dimensions["round"]) for a, b in paid_up_late(dataset, "minimax")] == [
        ("series_a", "a_plus")
    ]


def test_rounds_that_the_record_does_not_declare_keep_the_order_of_their_dates():
    for company in (make_company(), with_rounds("pre_a", "series_a")):
        dataset = make_dataset(*PAID_UP_LATE, companies=[company])
        names = [fact.dimensions["round"] for fact in rounds_in_order(dataset, "minimax")]
        assert (names, paid_up_late(dataset, "minimax")) == (["pre_a", "a_plus", "series_a"], [])


def test_steps_of_the_recorded_companies():
    dataset = Dataset.load()
    steps = {c: {p.dimensions["round"]: round(p.value or 0, 2) for p in round_steps(dataset, c)} for c in COMPANIES}
    # 500 ÷ 200, 900 ÷ 550, 1,550 ÷ 1,157, 1,900 ÷ 1,600, 3,000 ÷ 2,554, 3,850 ÷ 3,123.5
    assert steps["minimax"] == {
        "pre_a": Decimal("2.50"), "series_a": Decimal("1.64"), "a_plus": Decimal("1.34"), "pre_b": Decimal("1.19"),
        "pre_b_plus": Decimal("1.17"), "pre_b_plus_plus": Decimal("1.23"),
    }  # fmt: skip
    # 700 ÷ 407.39, 1,900 ÷ 852, 2,580 ÷ 2,108, 3,850 ÷ 3,210.11, 6,000 ÷ 4,572, 11,999.99 ÷ 7,228.82,
    # 19,999.99 ÷ 13,358.93
    assert steps["zhipu"] == {
        "series_a": Decimal("1.72"), "b1": Decimal("2.23"), "b2": Decimal("1.22"), "b3": Decimal("1.20"),
        "b4": Decimal("1.31"), "b5": Decimal("1.66"), "b6": Decimal("1.50"),
    }  # fmt: skip


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
