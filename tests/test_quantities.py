"""The printed notation: what it reads, what it refuses, and which values it stands for."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipo_data.errors import QuantityError
from ipo_data.intervals import INFINITY, Interval
from ipo_data.quantities import EXPECTED, LARGEST, SIGN_OF, Bound, Quantity, as_day, parse_quantity, parse_step
from ipo_data.units import SCALES, UNITS, UnitKind

D = Decimal


def span(low: str | Decimal, high: str | Decimal) -> Interval:
    return Interval(D(low), D(high))


# --- reading --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value", "step", "bound", "unit"),
    [
        ("53.44m USD", "53440000", "10000", Bound.EXACT, "USD"),
        ("5343.7万 USD", "53437000", "1000", Bound.EXACT, "USD"),
        ("1.7716m persons", "1771600", "100", Bound.EXACT, "persons"),
        (">212m persons", "212000000", "1000000", Bound.AT_LEAST, "persons"),
        ("~500m USD", "500000000", "1000000", Bound.ABOUT, "USD"),
        ("<~2亿 CNY", "200000000", "100000000", Bound.NEARLY, "CNY"),
        ("<3 levels", "3", "1", Bound.AT_MOST, "levels"),
        ("37x", "37", "1", Bound.EXACT, "x"),
        ("1.75x", "1.75", "0.01", Bound.EXACT, "x"),
        ("-24.7%", "-24.7", "0.1", Bound.EXACT, "percent"),
        ("782.2%", "782.2", "0.1", Bound.EXACT, "percent"),
        ("53 months", "53", "1", Bound.EXACT, "months"),
        ("38 days", "38", "1", Bound.EXACT, "days"),
        ("2.07亿 CNY", "207000000", "1000000", Bound.EXACT, "CNY"),
        ("1千亿 HKD", "100000000000", "100000000000", Bound.EXACT, "HKD"),
        (">1萬億 tokens", "1000000000000", "1000000000000", Bound.AT_LEAST, "tokens"),
        ("2 rank", "2", "1", Bound.EXACT, "rank"),
        ("0万 CNY", "0", "10000", Bound.EXACT, "CNY"),
        ("1.50bn USD", "1500000000", "10000000", Bound.EXACT, "USD"),  # the zero is printed, so it counts
        ("23.3 percent", "23.3", "0.1", Bound.EXACT, "percent"),
    ],
)
def test_notation_is_read(text, value, step, bound, unit):
    quantity = parse_quantity(text)
    assert (quantity.value, quantity.step, quantity.bound, quantity.unit.code) == (D(value), D(step), bound, unit)
    assert quantity.text == text
    assert quantity.day is None


@pytest.mark.parametrize(
    ("text", "first", "last", "days"),
    [
        ("2026-01-09", date(2026, 1, 9), date(2026, 1, 9), 1),
        ("2025-10", date(2025, 10, 1), date(2025, 10, 31), 31),
        ("2024", date(2024, 1, 1), date(2024, 12, 31), 366),
    ],
)
def test_dates_stand_for_every_day_they_may_mean(text, first, last, days):
    quantity = parse_quantity(text)
    assert quantity.unit.code == "date"
    assert quantity.day is not None
    assert (quantity.day.first, quantity.day.last) == (first, last)
    assert as_day(quantity.value) == first
    assert quantity.step == days
    assert quantity.rounding == Interval(D(first.toordinal()), D(last.toordinal()))


# --- the values a figure stands for ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "rounding", "hedged"),
    [
        # half of the last printed place either way
        ("5344万 USD", ("53435000", "53445000"), ("53435000", "53445000")),
        ("37 months", ("36.5", "37.5"), ("36.5", "37.5")),
        ("-24.7%", ("-24.75", "-24.65"), ("-24.75", "-24.65")),
        # about: 2.5 % either way, 500m × 0.025 = 12.5m, wider than the half million of rounding
        ("~500m USD", ("499500000", "500500000"), ("487500000", "512500000")),
        # about 5亿: the place is 1亿, so rounding (±0.5亿) is already wider than 2.5 % (±0.125亿)
        ("~5亿 USD", ("450000000", "550000000"), ("450000000", "550000000")),
        # nearly 9 times: down to nine tenths (8.1), rounding reaches 8.5 to 9.5
        ("<~9x", ("8.5", "9.5"), ("8.1", "9.5")),
        # nearly 2亿: a tenth below is 1.8亿, rounding already reaches 1.5亿
        ("<~2亿 CNY", ("150000000", "250000000"), ("150000000", "250000000")),
        ("~-40%", ("-40.5", "-39.5"), ("-41.0", "-39.0")),  # 40 × 0.025 = 1
    ],
)
def test_rounding_and_hedge(text, rounding, hedged):
    quantity = parse_quantity(text)
    assert quantity.rounding == span(*rounding)
    assert quantity.hedged == span(*hedged)


def test_at_least_and_at_most_open_one_side():
    assert parse_quantity(">53 months").rounding == span("53", INFINITY)
    assert parse_quantity("<3 levels").rounding == span(-INFINITY, "3")
    assert parse_quantity(">53 months").hedged == span("53", INFINITY)


def test_rounded_to_widens_the_interval_and_nothing_else():
    printed = parse_quantity("3050万 USD")
    rounded = printed.rounded(parse_step("10万"))
    assert printed.rounding == span("30495000", "30505000")  # ± half of 1万
    assert rounded.rounding == span("30450000", "30550000")  # ± half of 10万
    assert (rounded.text, rounded.value, rounded.bound, rounded.unit) == (
        printed.text, printed.value, printed.bound, printed.unit,
    )  # fmt: skip
    assert rounded.rounding.contains(D("30520000"))  # so 3052万 in another article is no conflict


@pytest.mark.parametrize(
    ("text", "step"), [("10万", "100000"), ("0.1bn", "100000000"), ("100", "100"), ("0.5", "0.5"), ("1亿", "100000000")]
)
def test_step_is_read(text, step):
    assert parse_step(text) == D(step)


# --- refusals -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("53.44m US", "unknown unit 'US' in '53.44m US' (did you mean 'USD'?)"),
        ("3.8亿 RMB", "unknown unit 'RMB' in '3.8亿 RMB' (did you mean '3.8亿 CNY'?)"),
        ("23.3 percnt", "unknown unit 'percnt' in '23.3 percnt' (did you mean 'percent'?)"),
        ("53 Months", "unknown unit 'Months' in '53 Months' (did you mean 'months'?)"),
        ("5mn USD", "unknown scale 'mn' in '5mn USD' (did you mean 'm'?)"),
        ("5q USD", "unknown scale 'q' in '5q USD' (allowed: k, m, bn, trn, 百, 千, 万, 萬, … 10 more)"),
        ("5m%", "'5m%': a percentage takes no scale, got 'm'"),
        ("2.6 persons", "'2.6 persons' is not a whole number of persons: check the scale"),
        ("1.5 rank", "'1.5 rank' is not a whole number of rank: check the scale"),
        ("9999999trn USD", "'9999999trn USD' is larger than any figure of a company (10^18): check the scale"),
        ("5 date", "'5 date' is not a date; write it as 2026-01-09, 2026-01 or 2026"),
        ("2025-02-30", "the date 2025-02-30 does not exist: 2025-02 has 28 days"),
        ("2025-13", "the date 2025-13 does not exist: a year has 12 months"),
        ("2600", f"'2600' has no unit; {EXPECTED}"),
    ],
)
def test_refusal_says_which_part_is_wrong(text, message):
    with pytest.raises(QuantityError) as caught:
        parse_quantity(text)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "text",
    ["", "53", "m USD", "nan", ".nan", "inf", "Infinity", "1e999", "1e6 USD", "=1+1", "0x1f USD", "1_000 USD",
     "~~5 USD", "5..5 USD", "5. USD", ".5 USD", "--5%", "USD", "123456789012345678901 USD", "1.2.3 USD"],
)  # fmt: skip
def test_what_is_no_quantity_is_refused_with_examples(text):
    with pytest.raises(QuantityError) as caught:
        parse_quantity(text)
    assert str(caught.value) == f"'{text}' is not a quantity; {EXPECTED}"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2,500 customers", "2500 customers"), ("53.44 m USD", "53.44m USD"), ("USD 53.44m", "53.44m USD"),
        ("US$53.44m", "53.44m USD"), ("HK$ 763亿", "763亿 HKD"), ("53.44mUSD", "53.44m USD"), ("53months", "53 months"),
        ("-24.7 %", "-24.7%"), ("−24.7%", "-24.7%"), ("３７x", "37x"), ("约5亿 CNY", "~5亿 CNY"),
        ("超53個月", ">53 months"), ("近2亿元", "<~2亿 CNY"), ("5344万美元", "5344万 USD"), ("37倍", "37x"),
        ("逾 2.12 亿 persons", ">2.12亿 persons"), ("至少 85%", ">85%"), ("53.44m  USD", "53.44m USD"),
        ("1204.5 million HKD", "1204.5m HKD"), ("HK$1,204.5 million", "1204.5m HKD"), ("1.2B USD", "1.2bn USD"),
        ("1204.5M HKD", "1204.5m HKD"), ("1,204,512 thousand CNY", "1204512k CNY"),
    ],
)  # fmt: skip
def test_a_common_slip_gets_the_right_spelling(text, meant):
    with pytest.raises(QuantityError) as caught:
        parse_quantity(text)
    assert str(caught.value) == f"'{text}' is not a quantity (did you mean '{meant}'?)"
    assert parse_quantity(meant).text == meant


def test_brackets_of_accounts_are_a_loss_or_a_minus():
    with pytest.raises(QuantityError) as caught:
        parse_quantity("(655.0)m HKD")
    assert str(caught.value).endswith("is not a quantity (did you mean '655.0m HKD' for a loss, or '-655.0m HKD'?)")


def test_a_long_text_is_quoted_in_part():
    with pytest.raises(QuantityError) as caught:
        parse_quantity("9" * 5_000)
    assert str(caught.value) == f"'{'9' * 60}…' is not a quantity; {EXPECTED}"


@pytest.mark.parametrize("text", ["", "0", "-10万", "10 万", "万", "ten", "1e3", "0.0"])
def test_what_is_no_printed_place_is_refused(text):
    with pytest.raises(QuantityError, match="is not the size of a printed place"):
        parse_step(text)


def test_an_unknown_scale_of_a_place_names_the_nearest():
    with pytest.raises(QuantityError, match="unknown scale 'bnn' in '1bnn' \\(did you mean 'bn'\\?\\)"):
        parse_step("1bnn")


# --- properties -----------------------------------------------------------------------------------------------------

DIGITS = st.from_regex(r"(0|[1-9][0-9]{0,5})(\.[0-9]{1,4})?", fullmatch=True)
MEASURED = [u.code for u in UNITS.values() if u.kind not in (UnitKind.DATE, UnitKind.COUNT, UnitKind.RANK)]


@st.composite
def notations(draw: st.DrawFn) -> tuple[str, str]:
    """Draw a figure in the printed notation and the scale it is printed with."""
    code = draw(st.sampled_from(MEASURED))
    minus = draw(st.sampled_from(["", "-"]))
    scale = "" if code == "percent" else draw(st.sampled_from([s for s in SCALES if "亿" not in s and "億" not in s]))
    tail = {"percent": "%", "x": "x"}.get(code, f" {code}")
    return draw(st.sampled_from(list(SIGN_OF.values()))) + minus + draw(DIGITS) + scale + tail, scale


def write(quantity: Quantity, scale: str) -> str:
    """Write a quantity from its parts alone."""
    places = -int((quantity.step / SCALES[scale]).normalize().as_tuple().exponent)
    digits = f"{quantity.value / SCALES[scale]:.{places}f}"
    code = quantity.unit.code
    return SIGN_OF[quantity.bound] + digits + scale + {"percent": "%", "x": "x"}.get(code, f" {code}")


@given(notations())
def test_value_place_hedge_and_unit_hold_all_that_is_printed(notation):
    text, scale = notation
    assert write(parse_quantity(text), scale) == text


@given(notations())
def test_intervals_hold_the_value_and_the_hedge_holds_the_rounding(notation):
    quantity = parse_quantity(notation[0])
    assert quantity.rounding.contains(quantity.value)
    assert quantity.hedged.hull(quantity.rounding) == quantity.hedged
    assert quantity.rounding.bounded is (quantity.bound not in (Bound.AT_LEAST, Bound.AT_MOST))


@given(notations(), st.integers(0, 6))
def test_a_coarser_place_never_narrows(notation, zeros):
    quantity = parse_quantity(notation[0])
    wider = quantity.rounded(quantity.step * 10**zeros)
    assert wider.rounding.hull(quantity.rounding) == wider.rounding


@given(st.text(max_size=30))
def test_any_text_is_a_quantity_or_refused_in_one_line(text):
    message = ""
    try:
        quantity = parse_quantity(text)
        assert abs(quantity.value) <= LARGEST
    except QuantityError as error:
        message = str(error)
    assert len(message.splitlines()) <= 1
    assert len(message) < 900


@given(st.sampled_from(["m", "bn", "万", "亿", "k", ""]), DIGITS)
def test_two_notations_of_one_amount_are_equal(scale, digits):
    in_scale = parse_quantity(f"{digits}{scale} USD")
    in_units = D(digits) * SCALES[scale]
    assert in_scale.value == in_units
