"""Options of single pages: what the address says is what the exhibits show."""

import pytest

from tests.pages.opened import Opened

ARTICLES = {"lang": "en", "evidence": "articles"}


def test_the_solver_answers_for_the_assumptions_of_the_address() -> None:
    query = {
        **ARTICLES,
        "horizon": "3",
        "hurdle": "20",
        "exit_sales": "20",
        "exit_earnings": "10",
        "assumed_growth": "20",
    }
    shown = Opened("valuation", query)

    # HK$123.1bn ÷ 7.8 = US$15,782m × 1.2³ = 27,271m ÷ 20 = 1,363.6m; (1,363.6 ÷ 64.504)^(1/3) − 1 = 176.5 %
    assert "For 20.0% a year over 3 years and 20× revenue at the end: " in shown.text()
    assert "MiniMax at HK$123.1bn needs revenue growth of 176.5% a year" in shown.text()
    # 64.504 × 1.2³ = 111.5m; 27,271 ÷ 10 ÷ 111.5 = 2,446.7 %
    assert "infeasible, no margin exceeds 100%: 2,446.7%" in shown.text()
    assert shown.query == query
    assert shown.app.select_slider(key="view_horizon").value == "3"


def test_moving_the_sandbox_moves_the_votes_and_the_address() -> None:
    shown = Opened("ownership", {**ARTICLES, "new_shares": "0", "converted": "0"})
    assert "Yan Junjie (founder) of MiniMax from 59.21% to 59.2%" in shown.text()

    shown.app.select_slider(key="view_converted").set_value("100").run()

    # V = 10 × 0.2235 ÷ 0.5921 = 3.7747; 0.2235 ÷ (3.7747 − 9 × 0.2235) = 12.7 %
    assert "Yan Junjie (founder) of MiniMax from 59.21% to 12.7%" in shown.text()
    assert shown.query == {**ARTICLES, "new_shares": "0", "converted": "100"}


def test_the_day_of_the_holdings_is_chosen() -> None:
    shown = Opened("ownership", {"lang": "en", "stage": "after_offering"})

    assert (
        "Largest voter (after the offering, no options): MiniMax – Yan Junjie (founder), 25.90% of shares and 72.05%"
        in shown.text()
    )


@pytest.mark.parametrize(
    ("page", "name", "value"),
    [("valuation", "horizon", "99"), ("valuation", "price", "yesterday"), ("ownership", "converted", "-5")],
)
def test_a_value_that_is_not_offered_is_reported(page: str, name: str, value: str) -> None:
    shown = Opened(page, {"lang": "en", name: value})

    (warning,) = shown.warnings
    assert name in warning
    assert value.strip("-") in warning
    assert shown.errors == []
