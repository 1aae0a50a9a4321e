"""What must be true for a price, enterprise value, and locked shares."""

import pytest

from ipo_data.exhibits import price
from ipo_data.exhibits.model import View
from tests.builders import make_company, make_rate
from tests.exhibits.library import words_in_figure
from tests.exhibits.small import MINIMAX, minimax, small, zhipu

RATE = make_rate(base="USD", quote="HKD", rate="7.8")
CLAIMS = (
    minimax("revenue", "100.0m USD", "FY2025"), minimax("market_cap", "7.8bn HKD", "2026-01-12", moment="close"),
    minimax("market_cap", "3.9bn HKD", "2026-01-09", moment="close"),
)  # fmt: skip


def solved(view: View | None = None, **options: str):
    chosen = view or View(options=tuple(options.items()))
    return price.solver(small(*CLAIMS, companies=(MINIMAX,), rates=(RATE,), view=chosen))


def cells(exhibit) -> dict[str, str]:
    return dict(zip(exhibit.table["Item"], exhibit.table["Minimax"], strict=True))


# --- what must be true ------------------------------------------------------------------------------------------------


def test_growth_needed_for_the_defaults() -> None:
    exhibit = solved()

    # HK$7.8bn = US$1bn × 1.1^5 = 1.61051bn ÷ 10 = 161.05m; (161.05 ÷ 100)^(1/5) − 1 = 10.0 %
    assert exhibit.title == (
        "For 10.0% a year over 5 years and 10× revenue at the end: "
        "Minimax at HK$7.8bn needs revenue growth of 10.0% a year"
    )
    found = cells(exhibit)
    assert found["Value needed at the end"] == "US$1.61bn (12 Jan 2026, scenario)"
    # 100m × 2^5 = 3.2bn; 1.61051 ÷ 30 ÷ 3.2 = 1.68 %
    assert found["Net margin needed then"] == "1.7% (12 Jan 2026, scenario)"
    assert "5 years" in exhibit.subtitle


def test_a_margin_nobody_earns_is_infeasible() -> None:
    found = cells(solved(horizon="1", assumed_growth="10", exit_earnings="10"))

    # 1.1bn ÷ 10 ÷ 110m = 100 % is feasible only just; with no more revenue than that it is not below it
    assert found["Net margin needed then"] == "100.0% (12 Jan 2026, scenario)"
    harder = cells(solved(horizon="1", hurdle="25", assumed_growth="10", exit_earnings="10"))
    # 1.25bn ÷ 10 ÷ 110m = 113.6 %
    assert harder["Net margin needed then"] == (
        "infeasible, no margin exceeds 100%: 113.6% (12 Jan 2026, scenario)"
    )  # fmt: skip


@pytest.mark.parametrize(("choice", "day"), [("latest_close", "12 Jan 2026"), ("first_close", "9 Jan 2026")])
def test_the_price_is_the_reader_s_choice(choice: str, day: str) -> None:
    assert day in cells(solved(price=choice))["Price to be justified"]


def test_an_offer_price_without_a_share_count_is_no_price() -> None:
    exhibit = solved(price="offer_price")

    assert exhibit.title == "What must be true for the price"
    assert set(exhibit.table["Minimax"]) == {"not disclosed in these sources"}


def test_the_matrix_holds_growth_by_horizon_and_multiple() -> None:
    exhibit = price.growth_needed_of("minimax")(small(*CLAIMS, companies=(MINIMAX,), rates=(RATE,)))
    row = exhibit.table.set_index("Item").loc["10× revenue"]

    assert row["5 years"] == "10.0%"
    # 1 year: 1.1bn ÷ 10 ÷ 100m − 1 = 10 %; the value grows as the revenue must
    assert row["1 year"] == "10.0%"
    assert len(exhibit.points) == 5 * 6


def test_no_matrix_without_a_price() -> None:
    exhibit = price.growth_needed_of("minimax")(small(CLAIMS[0], companies=(MINIMAX,)))

    assert exhibit.title == "Minimax: growth that the price asks for"
    assert [str(p.state) for p in exhibit.points] == ["not_available"]


# --- enterprise value -------------------------------------------------------------------------------------------------


def test_enterprise_value_stands_beside_market_value() -> None:
    balance = minimax("liquidity", "300.0m USD", "2025-12-31")
    cash = minimax("cash_and_equivalents", "200.0m USD", "2025-12-31")
    context = small(CLAIMS[0], CLAIMS[1], balance, cash, companies=(MINIMAX,), rates=(RATE,))
    exhibit = price.enterprise(context)

    # 1,000 ÷ 100 = 10; what can be told of cash decides the other
    assert "<b>10.0×</b>" in words_in_figure(exhibit)
    assert {p.measure for p in exhibit.points} == {"price_to_sales_ltm", "enterprise_value_to_sales_ltm"}


def test_a_balance_that_does_not_tell_cash_is_named() -> None:
    exhibit = price.enterprise(small(CLAIMS[0], CLAIMS[1], companies=(MINIMAX,), rates=(RATE,)))

    assert [p.reason for p in exhibit.points if p.value is None] == ["reason.no_balance"]
    assert (
        "12 Jan 2026: not available, the last balance in these sources does not tell cash and borrowings."
        in exhibit.notes
    )
    assert exhibit.title == "Enterprise value over revenue"


# --- locked shares ----------------------------------------------------------------------------------------------------


def test_lock_ups_with_and_without_dates() -> None:
    company = make_company("minimax", order=1, groups={"holder": {"founder": ["alpha"]}}, members={
        "holder": {"founder": {"en": "Founder"}, "alpha": {"en": "Alpha"}}
    })  # fmt: skip
    claims = (
        minimax("lock_up_last_day", "2028-01-08", holder="founder"),
        minimax("shares_held", "62593180 shares", "2026-01-09", holder="alpha"),
        zhipu("cornerstone_shares", "25681600 shares"),
    )
    exhibit = price.lock_ups(small(*claims, companies=(company,)))

    assert exhibit.title == "Lock-ups dated in these sources end on 8 Jan 2028"
    assert exhibit.table.to_numpy().tolist() == [
        ["Minimax", "Founder", "8 Jan 2028", "62,593,180 (Alpha)"],
        ["Minimax", "All other holders", "not disclosed in these sources", "not disclosed in these sources"],
        ["Zhipu", "Cornerstone investors", "not disclosed in these sources", "25,681,600"],
    ]
