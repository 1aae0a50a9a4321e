"""How figures are written: rounding, scales, signs, hedges and names in three languages."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipo_data import formatting
from ipo_data.intervals import INFINITY, Interval
from ipo_data.periods import Instant, Period
from ipo_data.quantities import Bound, parse_quantity
from ipo_data.text.catalog import LANGUAGES, words
from ipo_data.units import CURRENCIES, UNITS
from tests.builders import make_claim

MINUS = "\u2212"


# --- rounding ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        (2.5, 0, "3"),  # half up, not to even
        (-2.5, 0, "-3"),  # half goes away from zero
        (0.5, 0, "1"),
        (-0.5, 0, "-1"),
        (2.675, 2, "2.68"),  # binary 2.67499999… must not show through
        (1.005, 2, "1.01"),
        (-1.005, 2, "-1.01"),
        (Decimal("0.125"), 2, "0.13"),
        (37.4982, 1, "37.5"),
        (133.2889, 2, "133.29"),
        (1_234, 0, "1234"),
    ],
)
def test_rounded_goes_half_up_in_decimal(value: float | Decimal, digits: int, expected: str) -> None:
    assert formatting.rounded(value, digits) == Decimal(expected)


@pytest.mark.parametrize("value", [-0.04, Decimal("-0.00"), -0.049])
def test_rounding_to_zero_leaves_no_sign(value: float | Decimal) -> None:
    assert str(formatting.rounded(value, 1)) == "0.0"
    assert formatting.percent(value) == "0.0%"


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [(1_234_567, 0, "1,234,567"), (-1_234.5, 1, f"{MINUS}1,234.5"), (Decimal("0.005"), 2, "0.01"), (0, 2, "0.00")],
)
def test_number_has_thousands_and_a_true_minus(value: float | Decimal, digits: int, expected: str) -> None:
    assert formatting.number(value, digits) == expected


def test_numbers_of_frames_are_written_like_any_other() -> None:
    numpy = pytest.importorskip("numpy")

    assert formatting.money(numpy.float64(53_437_000.0), "USD", "en") == "US$53.44m"


# --- scales -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, "0"),
        (2_500, "2,500"),  # reads better than 2.5k
        (9_999, "9,999"),
        (Decimal("153.27"), "153.27"),
        (Decimal("999.99"), "999.99"),
        (Decimal("2444.44"), "2,444"),  # cents say nothing from a thousand on
        (Decimal("9999.4"), "9,999"),
        (Decimal("9999.5"), "10.00k"),  # rounds to ten thousand
        (12_345, "12.35k"),  # 12.345 half up
        (999_949, "999.9k"),
        (999_950, "1.000m"),  # 999.95k half up is 1,000.0k
        (53_437_000, "53.44m"),
        (290_400_000, "290.4m"),
        (999_940_000, "999.9m"),
        (999_949_999, "999.9m"),
        (999_950_000, "1.000bn"),  # the first value that one decimal place writes as 1000.0
        (999_994_000, "1.000bn"),
        (999_996_000, "1.000bn"),
        (995_000_000, "995.0m"),  # not 1.0bn: four significant digits are kept
        (1_046_200_000, "1.046bn"),  # 1.0462
        (123_100_000_000, "123.1bn"),
        (1_250_000_000_000, "1.250trn"),
    ],
)
def test_english_counts_in_thousands_millions_and_billions(value: int | Decimal, expected: str) -> None:
    assert formatting.compact(value, "en") == expected


@pytest.mark.parametrize(
    ("value", "simplified", "traditional"),
    [
        (9_999, "9,999", "9,999"),
        (10_000, "1.000万", "1.000萬"),
        (53_437_000, "5,344万", "5,344萬"),  # 5,343.7万
        (99_500_000, "9,950万", "9,950萬"),  # 0.995亿 is not yet 1亿
        (99_994_999, "9,999万", "9,999萬"),  # 9,999.4999万
        (99_995_000, "1.000亿", "1.000億"),  # 9,999.5万 rounds to 10,000万
        (1_000_000_000, "10.00亿", "10.00億"),  # ten 亿 are one billion
        (1_046_200_000, "10.46亿", "10.46億"),
        (123_100_000_000, "1,231亿", "1,231億"),
        (999_950_000_000, "1.000万亿", "1.000萬億"),  # 9,999.5亿 half up
    ],
)
def test_chinese_counts_in_ten_thousands_and_hundred_millions(value: int, simplified: str, traditional: str) -> None:
    assert formatting.compact(value, "zh-Hans") == simplified
    assert formatting.compact(value, "zh-Hant") == traditional


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("value", [12_345, 53_437_000, 999_950_000, 123_100_000_000])
def test_a_negative_number_is_its_positive_twin_with_a_minus(value: int, language: str) -> None:
    assert formatting.compact(-value, language) == MINUS + formatting.compact(value, language)


# --- money ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "currency", "english", "simplified"),
    [
        (53_437_000, "USD", "US$53.44m", "5,344万美元"),
        (458_459_000, "CNY", "RMB458.5m", "4.585亿元人民币"),
        (5_540_000_000, "HKD", "HK$5.540bn", "55.40亿港元"),
        (-24_700_000, "USD", f"{MINUS}US$24.70m", f"{MINUS}2,470万美元"),
        (0, "USD", "US$0", "0美元"),
    ],
)
def test_money_names_its_currency(value: int, currency: str, english: str, simplified: str) -> None:
    assert formatting.money(value, currency, "en") == english
    assert formatting.money(value, currency, "zh-Hans") == simplified


@pytest.mark.parametrize(
    ("currency", "english", "simplified", "traditional"),
    [
        ("USD", "US$", "美元", "美元"),
        ("CNY", "RMB", "元人民币", "元人民幣"),
        ("HKD", "HK$", "港元", "港元"),
        ("EUR", "€", "欧元", "歐元"),
        ("GBP", "£", "英镑", "英鎊"),
        ("JPY", "JP¥", "日元", "日元"),
        ("KRW", "₩", "韩元", "韓元"),
        ("SGD", "S$", "新元", "新元"),
        ("TWD", "NT$", "新台币", "新台幣"),
    ],
)
def test_currency_names(currency: str, english: str, simplified: str, traditional: str) -> None:
    names = [formatting.currency_name(currency, language) for language in LANGUAGES]

    assert names == [english, simplified, traditional]


def test_every_currency_has_a_name() -> None:
    names = {formatting.currency_name(currency, language) for currency in CURRENCIES for language in LANGUAGES}

    # nine currencies in English and Simplified; in Traditional five of the nine are written differently
    assert len(names) == 9 + 9 + 5


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "HK$165.00"), ("zh-Hans", "165.00港元"), ("zh-Hant", "165.00港元")]
)
def test_price_has_two_places(language: str, expected: str) -> None:
    assert formatting.price(165, "HKD", language) == expected


def test_negative_price_has_its_minus_first() -> None:
    assert formatting.price(Decimal("-0.5"), "USD", "en") == f"{MINUS}US$0.50"


# --- percentages and multiples ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [(23.3, 1, "23.3%"), (-24.7, 1, f"{MINUS}24.7%"), (325, 0, "325%"), (26.95, 2, "26.95%"), (0.05, 1, "0.1%")],
)
def test_percent(value: float, digits: int, expected: str) -> None:
    assert formatting.percent(value, digits) == expected


@pytest.mark.parametrize(
    ("value", "english", "simplified", "traditional"),
    [
        (11.1, "+11.1 pp", "+11.1个百分点", "+11.1個百分點"),  # 23.3 − 12.2
        (-28.2, f"{MINUS}28.2 pp", f"{MINUS}28.2个百分点", f"{MINUS}28.2個百分點"),
        (1, "+1.0 pp", "+1.0个百分点", "+1.0個百分點"),
        (0.99, "+99 bps", "+99个基点", "+99個基點"),
        (0.9949, "+99 bps", "+99个基点", "+99個基點"),
        (0.995, "+1.0 pp", "+1.0个百分点", "+1.0個百分點"),  # 99.5 bps half up are a hundred
        (-0.04, f"{MINUS}4 bps", f"{MINUS}4个基点", f"{MINUS}4個基點"),
        (-0.996, f"{MINUS}1.0 pp", f"{MINUS}1.0个百分点", f"{MINUS}1.0個百分點"),
        (0.004, "0 bps", "0个基点", "0個基點"),  # no difference has no sign
        (0, "0 bps", "0个基点", "0個基點"),
    ],
)
def test_differences_of_percentages_are_points(value: float, english: str, simplified: str, traditional: str) -> None:
    written = [formatting.value(value, "points", language) for language in LANGUAGES]

    assert written == [english, simplified, traditional]


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        (3.4807, None, "3.48×"),
        (37, None, "37×"),
        (37.0, None, "37×"),
        (36.76, None, "36.8×"),
        (36.76, 2, "36.76×"),
        (1_837.17, None, "1,837×"),
        (244.67, None, "245×"),
        (99.94, None, "99.9×"),
        (99.95, None, "100×"),  # one place would write 100.0
        (9.994, None, "9.99×"),
        (9.995, None, "10.0×"),  # two places would write 10.00
        (-1.5, None, f"{MINUS}1.50×"),
        (0, None, "0×"),
    ],
)
def test_multiples_have_about_three_digits(value: float, digits: int | None, expected: str) -> None:
    assert formatting.multiple(value, digits) == expected


# --- durations --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "english", "simplified", "traditional"),
    [
        (37.4982, "37.5 months", "37.5个月", "37.5個月"),
        (8, "8.0 months", "8.0个月", "8.0個月"),  # stands beside 8.1
        (0, "0.0 months", "0.0个月", "0.0個月"),
    ],
)
def test_months(value: float, english: str, simplified: str, traditional: str) -> None:
    assert [formatting.duration(value, "months", language) for language in LANGUAGES] == [
        english,
        simplified,
        traditional,
    ]
    assert [formatting.value(value, "months", language) for language in LANGUAGES] == [
        english,
        simplified,
        traditional,
    ]


@pytest.mark.parametrize("unit", ["month", "day", "year"])
def test_one_is_singular_in_english(unit: str) -> None:
    if not words("en").has(f"format.{unit}s_one"):
        pytest.skip(f"the catalogue has no 'format.{unit}s_one' yet")

    assert formatting.value(1, f"{unit}s", "en", digits=0) == f"1 {unit}"
    assert formatting.duration(1.0, f"{unit}s", "en", 0) == f"1 {unit}"
    assert formatting.duration(1.0, f"{unit}s", "en") == f"1.0 {unit}s"
    assert formatting.value(1.04, f"{unit}s", "en") == f"1.0 {unit}s"
    assert formatting.value(11, f"{unit}s", "en", digits=0) == f"11 {unit}s"


def test_a_computed_multiple_has_places_by_its_size_even_if_it_is_whole() -> None:
    assert [formatting.multiple_places(value) for value in (2, "9.994", "9.995", 12, "99.94", "99.95", -3)] == [
        2, 2, 1, 1, 1, 0, 2,
    ]  # fmt: skip


# --- tables -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        (f"{MINUS}24.7%", "(24.7%)"),
        (f"{MINUS}US$24.70m", "(US$24.70m)"),
        (f"{MINUS}RMB1.05bn", "(RMB1.05bn)"),
        (f"{MINUS}1,837×", "(1,837×)"),
        (f"{MINUS}28.2 pp", "(28.2 pp)"),
        (f"{MINUS}4 bps", "(4 bps)"),
        (f"{MINUS}3.2 months", "(3.2) months"),
        (f"{MINUS}2,470万美元", "(2,470万美元)"),
        (f"{MINUS}1.00萬億元人民幣", "(1.00萬億元人民幣)"),
        (f"{MINUS}28.2个百分点", "(28.2个百分点)"),
        (f"{MINUS}4個基點", "(4個基點)"),
        (f"about {MINUS}90%", "about (90%)"),
        (f"约{MINUS}90%", "约(90%)"),
        (f"{MINUS}4.20万美元（2025年）", "(4.20万美元)（2025年）"),
        (f"23.3% · {MINUS}24.7%", "23.3% · (24.7%)"),
    ],
)
def test_negative_figures_of_tables_stand_in_parentheses(text: str, cell: str) -> None:
    assert formatting.in_table(text) == cell


@pytest.mark.parametrize(
    "text",
    [
        "23.3%",
        "FY2022–FY2024",
        f"[{MINUS}3.1%, {MINUS}1.2%]",
        f"1046.2 {MINUS} 39.4",
        f"增速：本期÷上年同期{MINUS}1",
        f"Σ占比{MINUS}50%＞0",
        f"15.2% × ({MINUS}0.4%)",
        f"({MINUS}0.4%)",
        "table: mm-2024",
        f"at most {MINUS}2.4%",
        f"no value from {MINUS}5.0% to {MINUS}2.0% is enough",
        f"至多{MINUS}2.4%",
        f"在{MINUS}5.0%至{MINUS}2.0%之间没有足够的取值",
    ],
)
def test_ranges_bounds_and_arithmetic_keep_their_minus(text: str) -> None:
    assert formatting.in_table(text) == text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("unit", ["percent", "x", "points", "months", *sorted(CURRENCIES)])
def test_whatever_the_formatter_writes_fits_a_table(unit: str, language: str) -> None:
    for amount in (-53_437_000, -1_046_200_000, -0.4, -24.7):
        cell = formatting.in_table(formatting.value(amount, unit, language))

        assert cell.startswith("(")
        assert ")" in cell
        assert MINUS not in cell


# --- periods and dates ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "english", "simplified", "traditional"),
    [
        ("FY2024", "FY2024", "2024年", "2024年"),
        ("9M2025", "9M 2025", "2025年前9个月", "2025年前9個月"),
        ("H1-2025", "H1 2025", "2025年上半年", "2025年上半年"),
        ("H2-2024", "H2 2024", "2024年下半年", "2024年下半年"),
        ("Q3-2025", "Q3 2025", "2025年第三季度", "2025年第三季度"),
        ("2025-11", "Nov 2025", "2025年11月", "2025年11月"),
        ("LTM-2025-09", "12 months to Sep 2025", "截至2025年9月的12个月", "截至2025年9月的12個月"),
    ],
)
def test_period_labels(label: str, english: str, simplified: str, traditional: str) -> None:
    written = [formatting.period_label(label, language) for language in LANGUAGES]

    assert written == [english, simplified, traditional]


@pytest.mark.parametrize(
    ("label", "english", "simplified"),
    [
        ("FY2022..FY2024", "FY2022–FY2024", "2022年–2024年"),
        ("FY2022..H1-2025", "FY2022–H1 2025", "2022年–2025年上半年"),
        ("FY2023..9M2025", "FY2023–9M 2025", "2023年–2025年前9个月"),
        ("2024-10..2025-09", "Oct 2024–Sep 2025", "2024年10月–2025年9月"),
        ("2025-01-01..2025-09-30", "1 Jan 2025–30 Sep 2025", "2025年1月1日–2025年9月30日"),
    ],
)
def test_spans_are_written_end_by_end(label: str, english: str, simplified: str) -> None:
    assert formatting.period(Period.parse(label), "en") == english
    assert formatting.period(Period.parse(label), "zh-Hans") == simplified


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        ("2025-09-30", "30 Sep 2025", "2025年9月30日"),
        ("2026-01-09", "9 Jan 2026", "2026年1月9日"),
        ("2025-12", "Dec 2025", "2025年12月"),
        ("2021", "2021", "2021年"),
    ],
)
def test_dates_are_written_to_the_printed_precision(text: str, english: str, chinese: str) -> None:
    written = [formatting.instant(Instant.parse(text), language) for language in LANGUAGES]

    assert written == [english, chinese, chinese]
    assert formatting.period(Instant.parse(text), "en") == english


def test_no_date_is_nothing() -> None:
    assert formatting.period(None, "en") == ""


def test_a_date_value_is_its_day() -> None:
    day = date(2026, 1, 9)

    assert formatting.value(day.toordinal(), "date", "en") == "9 Jan 2026"
    assert formatting.value(Decimal(day.toordinal()), "date", "zh-Hant") == "2026年1月9日"


# --- every unit -------------------------------------------------------------------------------------------------------

_ENGLISH_OF_1234 = {
    **{code: f"{formatting.currency_name(code, 'en')}1,234" for code in CURRENCIES},
    "percent": "1,234.0%",
    "x": "1,234×",
    "months": "1,234.0 months",
    "days": "1,234.0 days",
    "years": "1,234.0 years",
    "rank": "no. 1,234",
    "date": "18 May 0004",  # ordinal 1,234 = 3 × 365 + 139; the 139th day of year 4, a leap year, is 18 May
}


@pytest.mark.parametrize("code", sorted(UNITS))
def test_every_unit_is_written(code: str) -> None:
    assert formatting.value(1_234, code, "en") == _ENGLISH_OF_1234.get(code, "1,234")
    for language in LANGUAGES:
        written = formatting.value(1_234, code, language)
        assert not set("{}") & set(written)
        assert any(digit in written for digit in "0123456789")


def test_printed_places_are_kept_where_asked() -> None:
    assert formatting.value(Decimal("22.35"), "percent", "en", digits=2) == "22.35%"
    assert formatting.value(Decimal("36.76"), "x", "en", digits=2) == "36.76×"
    assert formatting.value(Decimal("27.3"), "months", "en", digits=1) == "27.3 months"


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(KeyError, match="furlongs"):
        formatting.value(1, "furlongs", "en")


# --- ranges -----------------------------------------------------------------------------------------------------------


def test_span_writes_both_ends() -> None:
    interval = Interval(Decimal("4.4251"), Decimal("4.6998"))

    assert formatting.span(interval, "percent", "en", digits=2) == "[4.43%, 4.70%]"
    assert formatting.span(interval, "percent", "zh-Hans") == "[4.4%, 4.7%]"


def test_span_names_an_open_side() -> None:
    assert formatting.span(Interval(Decimal(53), INFINITY), "months", "en") == "[53.0 months, ∞]"
    assert formatting.span(Interval(-INFINITY, Decimal(5)), "x", "en") == f"[{MINUS}∞, 5×]"


# --- figures as printed -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bound", "english", "simplified", "traditional"),
    [
        (Bound.EXACT, "37", "37", "37"),
        (Bound.ABOUT, "about 37", "约37", "約37"),
        (Bound.AT_LEAST, "over 37", "超过37", "超過37"),
        (Bound.AT_MOST, "at most 37", "不超过37", "不超過37"),
        (Bound.NEARLY, "nearly 37", "近37", "近37"),
    ],
)
def test_hedges(bound: Bound, english: str, simplified: str, traditional: str) -> None:
    assert [formatting.hedged("37", bound, language) for language in LANGUAGES] == [english, simplified, traditional]


@pytest.mark.parametrize(
    ("says", "english", "simplified", "traditional"),
    [
        ("53.437m USD", "US$53.437m", "5,343.7万美元", "5,343.7萬美元"),
        ("5343.7万 USD", "US$53.437m", "5,343.7万美元", "5,343.7萬美元"),
        ("10.462亿 USD", "US$1.0462bn", "10.462亿美元", "10.462億美元"),
        ("11亿 USD", "US$1.1bn", "11亿美元", "11億美元"),
        (">11亿 USD", "over US$1.1bn", "超过11亿美元", "超過11億美元"),
        ("1600.0m USD", "US$1.6000bn", "16.000亿美元", "16.000億美元"),  # printed to a tenth of a million
        ("3.460m USD", "US$3.460m", "346.0万美元", "346.0萬美元"),
        ("758k USD", "US$758k", "75.8万美元", "75.8萬美元"),
        ("0 USD", "US$0", "0美元", "0美元"),
        ("-1.5m USD", f"{MINUS}US$1.5m", f"{MINUS}150万美元", f"{MINUS}150萬美元"),
        ("2500 customers", "2,500", "2,500", "2,500"),
        ("~2500 customers", "about 2,500", "约2,500", "約2,500"),
        ("1.2万 customers", "12k", "1.2万", "1.2萬"),
        (">12000 customers", "over 12,000", "超过12,000", "超過12,000"),  # printed to the unit
        ("707320 shares", "707,320", "707,320", "707,320"),
        ("25389220 shares", "25,389,220", "25,389,220", "25,389,220"),  # no "25.389220m"
        ("27.622m persons", "27.622m", "2,762.2万", "2,762.2萬"),
        (">4500万 developers", "over 45.00m", "超过4,500万", "超過4,500萬"),
        ("37 months", "37 months", "37个月", "37個月"),
        (">53 months", "over 53 months", "超过53个月", "超過53個月"),
        ("27.3 months", "27.3 months", "27.3个月", "27.3個月"),
        ("-24.7%", f"{MINUS}24.7%", f"{MINUS}24.7%", f"{MINUS}24.7%"),
        ("325%", "325%", "325%", "325%"),
        ("22.350%", "22.350%", "22.350%", "22.350%"),
        ("1837.17x", "1,837.17×", "1,837.17×", "1,837.17×"),
        ("37x", "37×", "37×", "37×"),
        ("<~9x", "nearly 9×", "近9×", "近9×"),
        ("2 rank", "no. 2", "第2", "第2"),
        ("38 days", "38 days", "38天", "38天"),
        ("29 years", "29 years", "29年", "29年"),
        ("2026-01-09", "9 Jan 2026", "2026年1月9日", "2026年1月9日"),
        ("2025-10", "Oct 2025", "2025年10月", "2025年10月"),
    ],
)
def test_quantities_keep_their_printed_precision(says: str, english: str, simplified: str, traditional: str) -> None:
    written = [formatting.quantity(parse_quantity(says), language) for language in LANGUAGES]

    assert written == [english, simplified, traditional]


@pytest.mark.parametrize(
    ("says", "english", "simplified"),
    [
        # 3.09255668亿 would need eight decimal places: the next smaller scale keeps every digit
        ("309255668 shares", "309.255668m", "30,925.5668万"),
        ("4004592509 HKD", "HK$4,004.592509m", "400,459.2509万港元"),
    ],
)
def test_no_printed_digit_is_lost_to_the_scale(says: str, english: str, simplified: str) -> None:
    assert formatting.quantity(parse_quantity(says), "en") == english
    assert formatting.quantity(parse_quantity(says), "zh-Hans") == simplified


def test_trailing_zeros_that_are_rounding_are_not_printed() -> None:
    claim = make_claim(says="30500000 USD", rounded_to="0.1m")

    assert formatting.claim_figure(claim, "en") == "US$30.5m"
    assert formatting.claim_figure(claim, "zh-Hans") == "3,050万美元"


def test_a_claim_says_at_least_where_its_document_does() -> None:
    claim = make_claim("gross_margin", ">85%", period="H1-2025", at="¶17 至少 85%")

    assert [formatting.claim_figure(claim, language) for language in LANGUAGES] == [
        "at least 85%",
        "至少85%",
        "至少85%",
    ]


def test_claim_figure_writes_the_claims_own_quantity() -> None:
    claim = make_claim("runway", ">53 months", as_of="2025-09-30")

    assert [formatting.claim_figure(claim, language) for language in LANGUAGES] == [
        "over 53 months",
        "超过53个月",
        "超過53個月",
    ]


# --- labels and sentences ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("says", "english", "simplified"),
    [
        ("1871.617m USD", "US$1.872bn", "18.72亿美元"),
        ("116.573m USD", "US$116.6m", "1.166亿美元"),
        ("25389220 shares", "25.39m", "2,539万"),
        ("139314 persons", "139.3k", "13.93万"),
        ("1837.17x", "1,837×", "1,837×"),
        ("109.09%", "109.1%", "109.1%"),
        ("-1234.5m CNY", f"{MINUS}RMB1.235bn", f"{MINUS}12.35亿元人民币"),  # half goes away from zero
        ("99.996m USD", "US$100.0m", "1.000亿美元"),  # over the boundary there is a place less
        ("999.96m USD", "US$1.000bn", "10.00亿美元"),
        ("28.1m USD", "US$28.1m", "2,810万美元"),  # fewer digits stay fewer
        ("165.00 HKD", "HK$165.00", "165.00港元"),  # a price keeps its cents
        (">212.34m persons", "over 212.34m", "超过2.1234亿"),  # over a figure rounded up would be wrong
        ("~55.432亿 HKD", "about HK$5.543bn", "约55.43亿港元"),
        ("2026-01-09", "9 Jan 2026", "2026年1月9日"),
        ("0 USD", "US$0", "0美元"),
    ],
)
def test_labels_have_at_most_four_digits(says: str, english: str, simplified: str) -> None:
    printed = formatting.shortened(parse_quantity(says))

    assert formatting.quantity(printed, "en") == english
    assert formatting.quantity(printed, "zh-Hans") == simplified


@given(st.integers(1, 10**12), st.integers(0, 6))
def test_a_label_is_its_printed_figure_rounded_half_up(digits: int, places: int) -> None:
    printed = parse_quantity(f"{Decimal(digits).scaleb(-places):f}m USD")
    short = formatting.shortened(printed)

    assert abs(short.value - printed.value) <= short.step / 2
    assert formatting.shortened(short) == short
    assert short.step == printed.step or short.value / short.step < 10_000


@pytest.mark.parametrize(("rate", "multiple"), [("790.3", "8.90×"), (300, "4.00×"), ("1395.7", "15.0×")])
def test_growth_as_a_multiple_of_its_base(rate: str | int, multiple: str) -> None:
    # 1 + 790.3 % = 8.903; 1 + 300 % = 4; 1 + 1,395.7 % = 14.957
    assert formatting.growth_multiple(Decimal(rate)) == multiple
