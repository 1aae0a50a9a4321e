"""Exchange rates."""

from decimal import Decimal

import pytest
from pydantic import ValidationError

from ipo_data.model.rate import RateMethod
from tests.builders import make_rate


def test_rate_keeps_its_digits_and_names_its_direction():
    rate = make_rate(rate="7.0360")
    assert str(rate.rate) == "7.0360"
    assert (rate.id, rate.method, rate.source) == ("articles.CNY-per-USD", RateMethod.IMPLIED, None)


def test_rate_may_name_its_document():
    assert make_rate(**{"from": "finet"}).source == "finet"


@pytest.mark.parametrize(("quote", "rate"), [("HKD", "7.75"), ("HKD", "7.85"), ("HKD", "7.78")])
def test_hong_kong_dollars_inside_the_band(quote, rate):
    assert make_rate(quote=quote, rate=rate).rate == Decimal(rate)


@pytest.mark.parametrize("rate", ["0.1281", "0.1285", "0.1290"])  # 1/7.85 = 0.12739, 1/7.75 = 0.12903
def test_inverse_of_the_band(rate):
    assert make_rate(base="HKD", quote="USD", rate=rate).id == "articles.USD-per-HKD"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"quote": "HKD", "rate": "7.74"}, "HKD per USD is held between 7.75 and 7.85, got 7.74"),
        ({"quote": "HKD", "rate": "7.86"}, "HKD per USD is held between 7.75 and 7.85, got 7.86"),
        ({"base": "HKD", "quote": "USD", "rate": "7.8"}, "USD per HKD is held between 1/7.85 and 1/7.75, got 7.8"),
        ({"quote": "USD"}, "a rate needs two currencies, got USD twice"),
        ({"quote": "RMB"}, "unknown currency 'RMB'"),
        ({"rate": "NaN"}, "'NaN' is not a rate; expected a number such as 7.0363"),
        ({"rate": "Infinity"}, "'Infinity' is not a rate"),
        ({"rate": "1e999"}, "'1e999' is not a rate"),
        ({"rate": "seven"}, "'seven' is not a rate"),
        ({"rate": "7,03"}, "'7,03' is not a rate"),
        ({"rate": "７.03"}, "'７.03' is not a rate"),
        ({"rate": "1_000"}, "'1_000' is not a rate"),
        ({"rate": "0"}, "a rate lies between 0.000001 and 1000000, got 0"),
        ({"rate": "-7"}, "a rate lies between 0.000001 and 1000000, got -7"),
        ({"rate": "1000001"}, "a rate lies between"),
        ({"rate": Decimal("NaN")}, "a rate lies between"),
        ({"rate": 7.03}, "expected a number such as 7.0363"),
        ({"rate": ["7"]}, "expected a number such as 7.0363"),
        ({"as_of": "2025-09-31"}, "the date 2025-09-31 does not exist"),
        ({"method": "guess"}, "Input should be 'average'"),
    ],
)
def test_wrong_rate_is_refused(changes, message):
    with pytest.raises(ValidationError) as caught:
        make_rate(**changes)
    assert message in str(caught.value)
