"""What the pages say when the five articles are the only evidence, word by word, with the sums behind the numbers."""

import pytest

from ipo_data.exhibits.registry import page
from tests.exhibits.library import Library

# 53.437m for nine months and 30.52m for 2024 (US$), 191m for a half-year and 312.4m for 2024 (RMB), growth 174.7% and
# 325%, RMB 29,848m = US$4,240.2m, hence 7.03929 RMB per US$:
#   as reported   53.437 ÷ (191 ÷ 7.03929) = 53.437 ÷ 27.1334 = 1.969
#   MiniMax       30.52 + 53.437 − 53.437 ÷ 2.747 = 83.957 − 19.453 = 64.504
#   Zhipu         312.4 + 191 − 191 ÷ 4.25 = 503.4 − 44.941 = 458.459, that is US$65.129m
#   level         65.129 ÷ 64.504 = 1.0097
# 363m, 644.2m and 1,046.2m or 1,100m of money over 27.9m assumed or 186m ÷ 9 = 20.667m adjusted loss a month:
#   no bank lines (1,046.2 − 39.4) ÷ 27.9 = 36.09
#   shortest      363 ÷ 27.9 = 13.01;  printed 37: 1,046.2 ÷ 27.9 = 37.498;  printed >53: 1,100 ÷ 20.667 = 53.226
# 123.1 ÷ 7.80 ÷ 0.064504 = 244.7; 91.7 ÷ 7.80 × 7.03929 ÷ 0.458459 = 180.5
# 27.6m users over 3.1m: 8.903 times, 790.3% more


def answer(library: Library, name: str, language: str) -> str:
    return page(name).answer(library.context(library.articles(language)))


def titles(library: Library, name: str, language: str) -> dict[str, str]:
    view = library.articles(language)
    return {exhibit.id: exhibit.title for chosen, exhibit in library.exhibits(view) if chosen == name}


def figures(library: Library, name: str, language: str) -> dict[str, tuple[str, str]]:
    found = page(name).key_figures(library.context(library.articles(language)))
    return {figure.label: (figure.value, figure.detail) for figure in found}


# --- overview ---------------------------------------------------------------------------------------------------------


def test_overview_in_english(library: Library) -> None:
    claims = len(library.context(library.articles("en")).dataset.claims)

    assert answer(library, "overview", "en") == (
        "Growth on the year before: MiniMax +174.7% (9M 2025) and Zhipu 4.25× (+325%, H1 2025). "
        "MiniMax's revenue is 1.97× Zhipu's as reported (unlike windows); "
        "over twelve months the firms are level (1.01×).\n"
        "Runway as published, without offer proceeds: MiniMax 37 months v over 53 months. "
        "Without bank lines, on the company's own burn (derived): MiniMax 36.1 months.\n"
        "Mix: C-end (consumers) brings 71.1% of MiniMax's revenue (9M 2025); "
        "On-premise deployment brings at least 85% of Zhipu's revenue (H1 2025).\n"
        "Price: market value over twelve months' revenue (12 Jan 2026, derived): MiniMax 245× and Zhipu 181×.\n"
        f"Evidence: {claims} figures from 5 documents; on 3 of them documents disagree and nothing settles it."
    )
    assert titles(library, "overview", "en")["one-footing"] == (
        "MiniMax's revenue is 1.97× Zhipu's as reported (unlike windows); "
        "over twelve months the firms are level (1.01×)"
    )
    assert figures(library, "overview", "en") == {
        "MiniMax · Revenue, last twelve months": ("US$64.50m", "12 months to Sep 2025 · derived"),
        "Zhipu · Revenue, last twelve months": ("RMB458.5m", "12 months to Jun 2025 · derived"),
        "MiniMax · Market value": ("HK$123.1bn", "12 Jan 2026"),
        "Zhipu · Market value": ("HK$91.7bn", "12 Jan 2026"),
    }


def test_overview_in_chinese(library: Library) -> None:
    claims = len(library.context(library.articles("zh-Hans")).dataset.claims)

    assert answer(library, "overview", "zh-Hans") == (
        "同比增长：MiniMax +174.7%（2025年前9个月）和智谱 4.25×（+325%，2025年上半年）。"
        "按各自披露期间（期间不一）MiniMax收入为智谱的1.97倍；按最近12个月两家相当（1.01倍）。\n"
        "已披露可支撑期（不计募资）：MiniMax 37个月与超过53个月。"
        "不计银行授信、按公司自身消耗（推算）：MiniMax 36.1个月。\n"
        "收入构成：MiniMax收入中71.1%来自C端（个人用户）（2025年前9个月）；智谱收入中至少85%来自本地化部署（2025年上半年）。\n"
        "估值：最近12个月市销率（2026年1月12日，推算）：MiniMax 245×和智谱 181×。\n"
        f"证据共含5份文件的{claims}项数据，其中3项互相矛盾且未有定论。"
    )
    assert titles(library, "overview", "zh-Hans")["one-footing"] == (
        "按各自披露期间（期间不一）MiniMax收入为智谱的1.97倍；按最近12个月两家相当（1.01倍）"
    )
    assert figures(library, "overview", "zh-Hans") == {
        "MiniMax · 最近12个月收入": ("6,450万美元", "截至2025年9月的12个月 · 推算"),
        "智谱 · 最近12个月收入": ("4.585亿元人民币", "截至2025年6月的12个月 · 推算"),
        "MiniMax · 市值": ("1,231亿港元", "2026年1月12日"),
        "智谱 · 市值": ("917亿港元", "2026年1月12日"),
    }


# --- growth -----------------------------------------------------------------------------------------------------------


def test_growth_in_english(library: Library) -> None:
    assert answer(library, "growth", "en") == (
        "MiniMax had revenue of US$53.44m in 9M 2025, 174.7% more than in the same months a year before. "
        "Zhipu had revenue of RMB191m in H1 2025, 4.25× that of the same months a year before (+325%). "
        "The latest periods differ in length, so totals are never set side by side without a common footing."
    )
    found = titles(library, "growth", "en")
    assert found["revenue-spans"] == (
        "Like-for-like growth in the latest period: MiniMax +174.7% (9M 2025) and Zhipu 4.25× (+325%, H1 2025)"
    )
    assert found["growth-rates"] == "The fastest like-for-like growth is MiniMax's 8.82× (+782.2%) in FY2024"
    assert found["segment-growth"] == "Highest growth by segment (9M 2025): MiniMax C-end (consumers) +181%"
    assert found["mau"] == (
        "MiniMax's monthly active users rose to 8.90× their level (790.3% more) from FY2023 to 9M 2025"
    )


def test_growth_in_chinese(library: Library) -> None:
    assert "较上年同期增长174.7%。" in answer(library, "growth", "zh-Hans")
    assert "1.91亿元人民币" in answer(library, "growth", "zh-Hans")
    found = titles(library, "growth", "zh-Hans")
    assert found["revenue-spans"] == (
        "最近期间同比：MiniMax +174.7%（2025年前9个月）和智谱 4.25×（+325%，2025年上半年）"
    )  # fmt: skip
    assert found["growth-rates"] == "同比增速最高：MiniMax，2024年，8.82×（+782.2%）"
    assert found["segment-growth"] == "分部增速最高者（2025年前9个月）：MiniMax C端（个人用户）+181%"


# --- runway -----------------------------------------------------------------------------------------------------------


def test_runway_in_english(library: Library) -> None:
    assert answer(library, "runway", "en") == (
        "For MiniMax the definitions of liquidity and burn allow anything from 13.0 months to 53.2 months. "
        "Published runway of MiniMax without offer proceeds: 37 months v over 53 months. "
        "For Zhipu these sources hold no cash and burn figures, so no runway can be computed."
    )
    found = titles(library, "runway", "en")
    assert found["runway-matrix-minimax"] == (
        "MiniMax: from 13.0 months to 53.2 months, depending on 8 pairs of definitions"
    )
    assert found["runway-matrix-zhipu"] == "Zhipu: no runway can be computed from these sources"
    assert found["runway-what-if"] == "At 100% of the stated burn the money lasts: MiniMax 37.5 months"


def test_runway_says_which_division_gives_each_published_figure(library: Library) -> None:
    shorter, longer = library.exhibit(library.articles("en"), "runway", "runway-matrix-minimax").notes[:2]

    assert shorter == (
        "37 months, without offer proceeds (Finet (Dec 2025)): Company's balance (may hold bank lines) "
        "US$1.0462bn ÷ Assumed by the company about US$27.9m = 37.5 months."
    )
    assert longer == (
        "Over 53 months, without offer proceeds (ACN Newswire (24 Dec 2025) and NetEase Hao (Jan 2026)): "
        "Company's balance (may hold bank lines) US$1.1bn ÷ Adjusted net loss US$20.67m = 53.2 months."
    )


def test_runway_in_chinese(library: Library) -> None:
    assert answer(library, "runway", "zh-Hans") == (
        "按流动性与消耗的不同口径，MiniMax可支撑13.0个月至53.2个月。"
        "MiniMax已披露的现金可支撑月数（不计募资）：37个月与超过53个月。"
        "所选文件没有智谱的现金与消耗数据，无法计算可支撑期。"
    )
    assert titles(library, "runway", "zh-Hans")["runway-what-if"] == "按所载消耗的100%计，可支撑：MiniMax 37.5个月"
    assert library.exhibit(library.articles("zh-Hans"), "runway", "runway-matrix-minimax").notes[0] == (
        "37个月，不计募资（财华社（2025年12月））：公司口径流动性（可含银行额度） 10.462亿美元"
        "÷公司假设 约2,790万美元＝37.5个月。"
    )


# --- offering ---------------------------------------------------------------------------------------------------------


def test_offering_in_english(library: Library) -> None:
    assert answer(library, "offering", "en") == (
        "Subscribed by the public: MiniMax 1,837×; documents print 37× and 79× for MiniMax's international tranche. "
        "Gross proceeds: MiniMax could reach about HK$5.54bn (with over-allotment)."
    )
    assert figures(library, "offering", "en") == {
        "MiniMax · Subscription multiple, public": ("1,837×", ""),
        "MiniMax · Subscription multiple, international": ("79× v 37×", "in conflict"),
    }
    assert titles(library, "offering", "en")["first-day"] == "MiniMax rose 109% on 9 Jan 2026"


def test_offering_in_chinese(library: Library) -> None:
    assert answer(library, "offering", "zh-Hans") == (
        "公开发售认购倍数：MiniMax 1,837×；MiniMax国际发售认购倍数，文件分别载为37×与79×。"
        "募资总额：MiniMax可达约55.4亿港元（含超额配售）。"
    )
    assert figures(library, "offering", "zh-Hans") == {
        "MiniMax · 公开发售认购倍数": ("1,837×", ""),
        "MiniMax · 国际发售认购倍数": ("79×与37×", "相互矛盾"),
    }


@pytest.mark.parametrize("name", ["overview", "growth", "runway", "offering"])
def test_traditional_answers_say_the_same(library: Library, name: str) -> None:
    """The derivation works text by text; put together, the sentences must still be the Simplified ones."""
    opencc = pytest.importorskip("opencc")

    simplified, derived = (answer(library, name, language) for language in ("zh-Hans", "zh-Hant"))

    assert opencc.OpenCC("hk2s").convert(derived) == simplified
