"""The runway matrix, published claims and what reproduces them, by hand."""

from datetime import date
from decimal import Decimal

import pytest

from ipo_data.analysis.points import State
from ipo_data.analysis.runway import (
    balance_date,
    burn_amounts,
    depletion,
    last_flow,
    liquidity_amounts,
    matrix,
    published,
    reproduces,
)
from ipo_data.dataset import Dataset
from tests.analysis.figures import Korai
from tests.builders import make_claim, make_company, make_dataset, make_judgement, make_source

DAY = "2025-09-30"


def on(metric: str, says: str, **changes: str):
    return make_claim(metric, says, **{"as_of": DAY, **changes})


def over(metric: str, says: str, **changes: str):
    return make_claim(metric, says, **{"period": "9M2025", **changes})


PARTS = (
    on("cash_and_equivalents", "363m USD"), on("financial_assets_fvtpl", "644.2m USD", component="current"),
    on("undrawn_facilities", "39.4m USD"),
)  # fmt: skip
OWN = on("liquidity", "1046.2m USD")
ASSUMED = over("monthly_burn", "27.9m USD", period="FY2025", burn_basis="assumed", kind="forecast")
LOSS = over("adjusted_net_loss", "186m USD")


def cells(dataset: Dataset) -> dict[tuple[str, str], Decimal | None]:
    return {(c.liquidity.definition, c.burn.definition): c.point.value for c in matrix(dataset, "minimax")}


def test_every_definition_of_money_meets_every_definition_of_burn():
    found = cells(make_dataset(*PARTS, OWN, ASSUMED, LOSS))
    # 363, 1,046.2 − 39.4 and 1,046.2 ÷ 27.9 and ÷ (186 ÷ 9)
    assert {key: round(value or 0, 3) for key, value in found.items()} == {
        ("cash_only", "assumed"): Decimal("13.011"),
        ("cash_only", "adjusted_loss"): Decimal("17.565"),
        ("cash_and_investments", "assumed"): Decimal("36.086"),
        ("cash_and_investments", "adjusted_loss"): Decimal("48.716"),
        ("company_definition", "assumed"): Decimal("37.498"),
        ("company_definition", "adjusted_loss"): Decimal("50.623"),
    }


def test_interval_formula_and_day_of_a_cell():
    cell = matrix(make_dataset(OWN, ASSUMED), "minimax")[0]
    # 1,046.15 ÷ 27.95 = 37.4293; 1,046.25 ÷ 27.85 = 37.5673
    assert cell.point.interval is not None
    assert round(cell.point.interval.low, 4) == Decimal("37.4293")
    assert round(cell.point.interval.high, 4) == Decimal("37.5673")
    assert cell.point.formula == "1046.2 ÷ 27.9"
    # 37 months to the end of October 2028, and 0.498 of November
    assert cell.runs_out == date(2028, 11, 15)


def test_rival_balances_are_kept_apart_and_give_no_headline():
    dataset = make_dataset(
        OWN, on("liquidity", "11亿 USD", source="other"), on("undrawn_facilities", "39.4m USD"), ASSUMED
    )
    found = liquidity_amounts(dataset, "minimax", DAY)
    assert [(a.definition, a.term.value / 10**6, a.source) for a in found] == [
        ("company_definition", Decimal("1046.2"), "acn"), ("company_definition", 1100, "other"),
    ]  # fmt: skip
    assert [round(c.point.value or 0, 2) for c in matrix(dataset, "minimax")] == [Decimal("37.50"), Decimal("39.43")]


def test_eleven_and_over_eleven_are_one_rival():
    claims = (OWN, on("liquidity", "11亿 USD", source="one"), on("liquidity", ">11亿 USD", source="two"))
    assert len(liquidity_amounts(make_dataset(*claims), "minimax", DAY)) == 2


def test_a_judged_balance_comes_with_its_rival():
    judgement = make_judgement(metric="liquidity", period=None, as_of=DAY, prefer="acn", over=["other"])
    dataset = make_dataset(OWN, on("liquidity", "11亿 USD", source="other"), judgements=[judgement])
    assert [a.term.value / 10**6 for a in liquidity_amounts(dataset, "minimax", DAY)] == [Decimal("1046.2"), 1100]


def test_investments_are_stated_or_added_up():
    stated = make_dataset(on("cash_and_investments", "1000m USD"))
    assert [(a.definition, a.term.text) for a in liquidity_amounts(stated, "minimax", DAY)] == [
        ("cash_and_investments", "1000")
    ]
    added = liquidity_amounts(make_dataset(*PARTS[:2]), "minimax", DAY)
    assert [(a.definition, a.term.text) for a in added] == [
        ("cash_only", "363"), ("cash_and_investments", "363 + 644.2"),
    ]  # fmt: skip


def test_burn_is_assumed_realised_operating_or_the_loss():
    dataset = make_dataset(
        ASSUMED, over("cash_burn", "211.3m USD"), over("operating_cash_outflow", "209.396m USD"), LOSS,
        over("operating_cash_outflow", "30m USD", period="Q3-2025"),
    )  # fmt: skip
    found = {a.definition: round(a.term.value / 10**6, 3) for a in burn_amounts(dataset, "minimax", DAY)}
    # 211.3 ÷ 9; the quarter's outflow is the more recent: 30 ÷ 3; 186 ÷ 9
    assert found == {
        "assumed": Decimal("27.9"), "realised": Decimal("23.478"), "operating": 10, "adjusted_loss": Decimal("20.667"),
    }  # fmt: skip


def test_a_realised_rate_is_taken_as_printed_and_only_up_to_the_balance():
    early = over("monthly_burn", "194.5m USD", period="FY2024", burn_basis="realised")
    late = over("monthly_burn", "327.3m USD", period="FY2025", burn_basis="realised")
    found = burn_amounts(make_dataset(early, late), "minimax", DAY)
    assert [(a.definition, a.term.text) for a in found] == [("realised", "194.5")]


def test_the_last_flow_ends_last_and_is_the_shorter_one():
    dataset = make_dataset(
        over("net_loss", "100m USD"), over("net_loss", "40m USD", period="Q3-2025"),
        over("net_loss", "9m USD", period="FY2025"), over("net_loss", "900m USD", period="FY2022..9M2025"),
    )  # fmt: skip
    found = last_flow(dataset, "minimax", "net_loss", DAY)
    assert found is not None
    assert found.subject.period == "Q3-2025"
    assert last_flow(dataset, "minimax", "net_loss", "2021-01-01") is None


@pytest.mark.parametrize("says", ["0m USD", "-5m USD"])
def test_who_burns_nothing_has_no_runway(says):
    cell = matrix(make_dataset(OWN, over("adjusted_net_loss", says)), "minimax")[0]
    assert (cell.point.state, cell.point.reason, cell.runs_out) == (State.NOT_MEANINGFUL, "reason.no_burn", None)


def test_a_very_long_runway_has_no_day():
    # 1,046.2m ÷ 1,000 a month are 87,000 years
    burn = over("monthly_burn", "1000 USD", period="FY2025", burn_basis="assumed", kind="forecast")
    cell = matrix(make_dataset(OWN, burn), "minimax")[0]
    assert (cell.point.value, cell.runs_out) == (1_046_200, None)


def test_the_balance_date_has_a_stated_runway_or_is_the_last():
    later = on("cash_and_equivalents", "191m USD", as_of="2025-11-30")
    with_runway = make_dataset(OWN, later, on("runway", "37 months"))
    assert balance_date(with_runway, "minimax") == DAY
    assert balance_date(make_dataset(OWN, later), "minimax") == "2025-11-30"
    assert balance_date(make_dataset(companies=[make_company()]), "minimax") is None


def test_without_money_or_burn_there_is_no_matrix():
    assert matrix(make_dataset(companies=[make_company()]), "minimax") == []
    assert matrix(make_dataset(OWN), "minimax") == []
    assert matrix(make_dataset(ASSUMED), "minimax") == []


def test_the_third_company_runs_through():
    korai = Korai().says("liquidity", "30bn KRW", as_of="2025-12-31").says("cash_burn", "9.0bn KRW", period="9M2026")
    cell = matrix(korai.dataset(), "korai")[0]
    assert (cell.point.value, cell.point.unit, cell.runs_out) == (30, "months", date(2028, 6, 30))


# --- what documents say -----------------------------------------------------------------------------------------------


def test_published_runways_include_the_rivals():
    prospectus = make_source("prospectus", kind="prospectus")
    dataset = make_dataset(
        on("runway", "~37 months", source="prospectus"), on("runway", ">53 months", source="acn"),
        on("runway", ">53 months", source="netease"), sources=[prospectus],
    )  # fmt: skip
    found = published(dataset, "minimax")
    assert [(p.value, p.state) for p in found] == [(37, State.JUDGED), (53, State.CONFLICT)]


def test_disputed_runways_are_all_shown():
    dataset = make_dataset(on("runway", "37 months"), on("runway", ">53 months", source="other"))
    assert sorted((p.value, p.state) for p in published(dataset, "minimax")) == [
        (37, State.CONFLICT), (53, State.CONFLICT),
    ]  # fmt: skip


def test_whole_months_reproduce_a_claim():
    dataset = make_dataset(
        *PARTS, OWN, on("liquidity", "11亿 USD", source="other"), ASSUMED, LOSS,
        on("runway", "37 months"), on("runway", ">53 months", source="other"),
    )  # fmt: skip
    found = {
        int(p.value or 0): [
            (c.liquidity.term.text, c.burn.definition) for c in reproduces(p, matrix(dataset, "minimax"))
        ]
        for p in published(dataset, "minimax")
    }
    # 1,046.2 ÷ 27.9 = 37.50; 1,100 ÷ (186 ÷ 9) = 53.23
    assert found == {37: [("1046.2", "assumed")], 53: [("1100", "adjusted_loss")]}


def test_money_runs_down_to_nothing():
    assert depletion(Decimal(100), Decimal(30), 4) == [100, 70, 40, 10, 0]
