"""Overview: the table of key figures and the line of events."""

import pytest

from ipo_data.exhibits import overview
from ipo_data.exhibits.model import View
from tests.builders import make_rate
from tests.charts.drawing import traces
from tests.exhibits.small import MINIMAX, minimax, small, zhipu


def cell(context, item: str, company: str) -> str:
    table = overview.key_table(context).table
    return str(table.set_index("Item").loc[item, company])


def test_every_line_says_figure_period_and_status() -> None:
    context = small(
        minimax("revenue", "53.437m USD", "9M2025"), minimax("gross_margin", "23.3%", "9M2025"),
        zhipu("revenue", "191m CNY", "H1-2025"),
    )  # fmt: skip

    assert cell(context, "Revenue, latest period as reported", "Minimax") == "US$53.437m (9M 2025)"
    assert cell(context, "Gross margin", "Minimax") == "23.3% (9M 2025)"
    assert cell(context, "Gross margin", "Zhipu") == "not disclosed in these sources"
    assert cell(context, "Revenue, last twelve months", "Zhipu") == "not available (12 months to Jun 2025)"


def test_what_a_company_counts_in_its_own_balance_is_said() -> None:
    note = {"en": "6,130.5m of it are committed bank lines.", "zh-Hans": "其中61.305亿元为已承诺银行授信。"}
    claim = zhipu("liquidity", "8943.1m CNY", "2025-10-31", note=note)

    assert overview.key_table(small(claim)).notes[-1] == (
        "Zhipu · Liquidity, company's definition, 31 Oct 2025: 6,130.5m of it are committed bank lines."
    )
    assert (
        overview.key_table(small(claim, view=View(language="zh-Hans")))
        .notes[-1]
        .endswith("流动性（公司口径）（2025年10月31日）：其中61.305亿元为已承诺银行授信。")
    )


LOSSES = (
    minimax("net_loss", "120m USD", "FY2024"), minimax("net_loss", "60m USD", "9M2024"),
    minimax("net_loss", "90m USD", "9M2025"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("basis", "item", "written"),
    [
        ("reported", "Net loss (IFRS)", "US$90m (9M 2025)"),
        ("month", "Net loss (IFRS), per month", "US$10.0m (9M 2025, derived)"),  # 90 ÷ 9
        # 120 + 90 − 60 = 150
        ("ltm", "Net loss (IFRS), twelve months", "US$150m (12 months to Sep 2025, derived)"),
        # 90 × 12 ÷ 9 = 120
        ("annualised", "Net loss (IFRS), annualised, not a forecast", "US$120m (9M 2025, derived)"),
    ],
)
def test_losses_stand_on_the_chosen_basis(basis: str, item: str, written: str) -> None:
    assert cell(small(*LOSSES, view=View(basis=basis)), item, "Minimax") == written


def test_a_loss_without_twelve_months_stands_beside_the_words_as_reported() -> None:
    context = small(minimax("adjusted_net_loss", "186m USD", "9M2025"))

    assert cell(context, "Adjusted net loss, twelve months", "Minimax") == (
        "not available (12 months to Sep 2025) · US$186m (9M 2025)"
    )
    assert overview.key_table(context).notes[0] == (
        "Minimax: Adjusted net loss, twelve months cannot be given. Reason: no full year in these sources."
    )


def test_rivals_stand_in_one_cell() -> None:
    rivals = [
        minimax("liquidity", says, "2025-09-30", source=s) for says, s in (("1046.2m USD", "a1"), ("1.1bn USD", "b2"))
    ]

    assert cell(small(*rivals), "Liquidity, company's definition", "Minimax") == (
        "US$1.0462bn (30 Sep 2025, in conflict) · US$1.1bn (30 Sep 2025, in conflict)"
    )


def test_the_table_is_in_the_chosen_currency_with_a_note() -> None:
    context = small(
        zhipu("revenue", "700m CNY", "FY2024"), rates=(make_rate(rate="7.0"),),
        view=View(currency="USD", rates="articles"),
    )  # fmt: skip

    assert cell(context, "Revenue, latest period as reported", "Zhipu") == "US$100.0m (FY2024)"  # 700 ÷ 7
    assert overview.key_table(context).notes[0].startswith("Converted at 7 RMB per US$")


def test_only_runways_without_proceeds_are_compared() -> None:
    context = small(
        minimax("runway", "37 months", "2025-09-30", proceeds="without_proceeds"),
        minimax("runway", "54 months", "2025-09-30", proceeds="with_proceeds"),
    )

    assert cell(context, "Runway without offer proceeds, as published", "Minimax") == "37 months (30 Sep 2025)"


def test_runways_without_bank_lines_name_the_burn_they_rest_on() -> None:
    context = small(
        minimax("runway", "37 months", "2025-09-30", proceeds="without_proceeds"),
        minimax("liquidity", "100m USD", "2025-09-30"), minimax("undrawn_facilities", "28m USD", "2025-09-30"),
        minimax("monthly_burn", "2m USD", "FY2025", burn_basis="assumed"), companies=(MINIMAX,),
    )  # fmt: skip

    # (100 − 28) ÷ 2 = 36
    written = cell(context, "Runway without bank lines, on the company's own burn", "Minimax")
    assert written == "36.0 months (Assumed by the company · Cash and current financial assets, 30 Sep 2025, derived)"


def test_chinese_cells_have_chinese_brackets() -> None:
    context = small(minimax("revenue", "53.437m USD", "9M2025"), view=View(language="zh-Hans"))
    table = overview.key_table(context).table

    assert table.iloc[0, 1] == "5,343.7万美元（2025年前9个月）"


# --- events -----------------------------------------------------------------------------------------------------------


def test_events_stand_at_their_day_or_the_end_of_their_month() -> None:
    context = small(
        minimax("listed", "2026-01-09"), minimax("launched", "2025-10", product="m2"), minimax("founded", "2021"),
        companies=(MINIMAX,),
    )  # fmt: skip
    exhibit = overview.events(context)
    (lane,) = traces(exhibit.figure)

    assert lane["x"] == ["2025-10-31", "2026-01-09"]  # a year alone has no place on the line
    assert lane["text"] == ["Launched<br>m2<br>Oct 2025", "Listed<br>9 Jan 2026"]
    assert exhibit.title == "Day of listing: Minimax 9 Jan 2026"
    assert exhibit.table["Item"].tolist() == ["Launched · m2 · Oct 2025", "Listed · 9 Jan 2026"]
    assert lane["customdata"] == ["minimax.launched.product=m2@acn", "minimax.listed@acn"]


def test_what_a_record_says_of_an_event_is_a_note() -> None:
    remark = {"en": "Named by one article only.", "zh-Hans": "仅一篇文章载有。"}
    context = small(zhipu("round_closed", "2024-05", round="b4", note=remark), zhipu("listed", "2026-01-08"))

    assert overview.events(context).notes == ("Zhipu · Round closed · b4 · May 2024: Named by one article only.",)


def test_no_event_is_nothing_to_draw() -> None:
    exhibit = overview.events(small())

    assert (exhibit.title, traces(exhibit.figure)) == ("Dated events", [])
    assert exhibit.table.empty
