"""Units and scales are closed lists."""

from decimal import Decimal

import pytest

from ipo_data.errors import UnknownNameError
from ipo_data.units import CURRENCIES, SCALES, UNITS, UnitKind, unit


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("USD", UnitKind.MONEY), ("percent", UnitKind.PERCENT), ("x", UnitKind.MULTIPLE), ("months", UnitKind.DURATION),
        ("persons", UnitKind.COUNT), ("rank", UnitKind.RANK), ("date", UnitKind.DATE),
    ],
)  # fmt: skip
def test_each_kind_has_its_units(code, kind):
    assert unit(code).kind is kind
    assert unit(code).code == code


def test_only_currencies_are_money():
    assert {code for code, found in UNITS.items() if found.is_money} == set(CURRENCIES)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("USDD", "unknown unit 'USDD' (did you mean 'USD'?)"),
        ("usd", "unknown unit 'usd' (did you mean 'USD'?)"),
        ("person", "unknown unit 'person' (did you mean 'persons'?)"),
        ("qqq", "unknown unit 'qqq' (allowed: USD, CNY, HKD, EUR, GBP, JPY, KRW, SGD, … 30 more)"),
    ],
)
def test_unknown_unit_names_the_nearest_or_the_list(given, message):
    with pytest.raises(UnknownNameError) as caught:
        unit(given)
    # the number of units may grow: compare up to it
    assert str(caught.value).split("… ")[0] == message.split("… ")[0]
    assert caught.value.given == given
    assert caught.value.allowed == tuple(UNITS)


@pytest.mark.parametrize(
    ("scale", "power"),
    [("", 0), ("k", 3), ("m", 6), ("bn", 9), ("trn", 12), ("百", 2), ("千", 3), ("万", 4), ("百万", 6), ("千万", 7),
     ("亿", 8), ("千亿", 11), ("万亿", 12)],
)  # fmt: skip
def test_scales_are_powers_of_ten(scale, power):
    assert SCALES[scale] == Decimal(10) ** power


@pytest.mark.parametrize("simplified", [scale for scale in SCALES if set(scale) & set("万亿")])
def test_every_scale_has_its_traditional_form(simplified):
    assert SCALES[simplified.replace("万", "萬").replace("亿", "億")] == SCALES[simplified]
