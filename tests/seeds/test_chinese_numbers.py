"""The converter that the locator test relies on."""

from decimal import Decimal

import pytest

from tests.seeds.chinese_numbers import chinese_number, numbers_in


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("零", 0), ("二", 2), ("两", 2), ("兩", 2), ("十", 10), ("十四", 14), ("二十", 20), ("二十三", 23), ("百", 100),
        ("一百零五", 105), ("三千二百", 3_200), ("一百万", 1_000_000), ("千萬", 10_000_000), ("千億", 10**11),
        ("萬億", 10**12), ("万亿", 10**12), ("二亿三千万", 230_000_000), ("三万五千", 35_000), ("十二亿", 12 * 10**8),
    ],
)  # fmt: skip
def test_chinese_number(text, value):
    assert chinese_number(text) == value


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [
        ("5343.7 万美元", ["53437000"]), ("5344萬美元", ["53440000"]), ("2,500 家", ["2500"]), ("-24.7%", ["-24.7"]),
        ("第二", ["2"]), ("近兩倍", ["2"]), ("三倍", ["3"]), ("四家", ["4"]), ("七轮", ["7"]), ("第八轮", ["8"]),
        ("超萬億 Token", ["1000000000000"]), ("一百万个 tokens", ["1000000"]), ("千億港元", ["100000000000"]),
        ("12 月 21日", ["12", "21"]), ("2025 年 8 月 19 日", ["2025", "8", "19"]), ("1000亿港元", ["100000000000"]),
        ("首個躋身全球前五", ["1", "5"]), ("僅次于", ["2"]), ("超10000名", ["10000"]), ("2亿多", ["200000000"]),
        ("10 萬家", ["100000"]), ("六小虎", ["6"]), ("約55.4億港元", ["5540000000"]), ("全球 AGI 第一股", ["1"]),
        ("无数字", []),
    ],
)  # fmt: skip
def test_numbers_in(printed, numbers):
    assert numbers_in(printed) == [Decimal(number) for number in numbers]
