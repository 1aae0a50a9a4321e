"""Growth, compound rates and times-phrases against the figures they are about."""

from decimal import Decimal

import pytest

from tests.analysis.figures import Korai
from tests.analysis.ledger.tested import only, over, rows_in, rows_of, worked_out
from tests.builders import make_claim

THIS_YEAR, LAST_YEAR = make_claim(says="30.52m USD", period="FY2024"), make_claim(says="3.46m USD", period="FY2023")


def test_growth_within_the_rounding_of_its_inputs():
    row = only("revenue_growth", THIS_YEAR, LAST_YEAR, over("revenue_growth", "782.2%", period="FY2024"))
    # 30.52 ÷ 3.46 − 1 = 782.08 %, from 780.66 to 783.50
    assert worked_out(row, 2) == (Decimal("782.08"), "30.52 ÷ 3.46 − 1", "within_rounding")
    assert row.id == "revenue_growth:minimax.revenue_growth.FY2024@acn"


def test_growth_of_another_year_or_length_tests_nothing():
    stated = over("revenue_growth", "782.2%", period="FY2024")
    assert rows_of("revenue_growth", THIS_YEAR, stated) == []
    assert rows_of("revenue_growth", THIS_YEAR, make_claim(says="3m USD", period="9M2023"), stated) == []
    assert rows_of("revenue_growth", THIS_YEAR, make_claim(says="0.000m USD", period="FY2023"), stated) == []


def test_a_disputed_input_gives_no_row():
    rival = make_claim(says="4m USD", period="FY2023", source="other")
    stated = over("revenue_growth", "782.2%", period="FY2024")
    assert rows_of("revenue_growth", THIS_YEAR, LAST_YEAR, rival, stated) == []


def test_growth_of_losses_and_promotion():
    losses = over("adjusted_net_loss", "186.280m USD"), over("adjusted_net_loss", "170.179m USD", period="9M2024")
    row = only("adjusted_loss_growth", *losses, over("adjusted_net_loss_growth", "8.6%"))
    assert worked_out(row, 2) == (Decimal("9.46"), "186.28 ÷ 170.179 − 1", "in_conflict")
    net = over("net_loss", "2358m USD"), over("net_loss", "1235m USD", period="9M2024")
    row = only("net_loss_growth", *net, over("net_loss_growth", "91%"))
    assert worked_out(row, 2) == (Decimal("90.93"), "2358 ÷ 1235 − 1", "exact")
    spent = [
        over("selling_and_marketing", says, period=period, component="promotion")
        for period, says in (("9M2025", "36.190m USD"), ("9M2024", "52.122m USD"))
    ]
    row = only("promotion_growth", *spent, over("promotion_growth", "~-90%"))
    assert worked_out(row, 2) == (Decimal("-30.57"), "36.19 ÷ 52.122 − 1", "in_conflict")


COMPOUND = {"130%": "in_conflict", ">130%": "loose_wording", "133.3%": "exact"}


@pytest.mark.parametrize(("says", "verdict"), COMPOUND.items())
def test_compound_growth(says, verdict):
    ends = make_claim(says="312.4m USD", period="FY2024"), make_claim(says="57.4m USD", period="FY2022")
    row = only("revenue_cagr", *ends, over("revenue_cagr", says, period="FY2022..FY2024"))
    # √(312.4 ÷ 57.4) − 1 = 133.29 %
    assert worked_out(row, 2) == (Decimal("133.29"), "(312.4 ÷ 57.4)^(1/2) − 1", verdict)


def test_compound_growth_over_three_years_and_never_across_lengths():
    ends = make_claim(says="8.0m USD", period="FY2025"), make_claim(says="1.0m USD", period="FY2022")
    row = only("revenue_cagr", *ends, over("revenue_cagr", "100%", period="FY2022..FY2025"))
    assert worked_out(row, 2) == (100, "(8 ÷ 1)^(1/3) − 1", "exact")
    part = make_claim(says="8.0m USD", period="9M2025")
    assert rows_of("revenue_cagr", ends[1], part, over("revenue_cagr", "100%", period="FY2022..9M2025")) == []
    zero = make_claim(says="0.0m USD", period="FY2022")
    assert rows_of("revenue_cagr", ends[0], zero, over("revenue_cagr", "100%", period="FY2022..FY2025")) == []


@pytest.mark.parametrize(
    ("says", "flags", "verdict"),
    [
        ("<~9x", ["loose_wording"], "loose_wording"),  # 增长近9倍: 8.9 times of, 7.9 times more
        ("8.9x", [], "exact"),
        ("9.5x", [], "in_conflict"),
        ("8x", ["loose_wording"], "loose_wording"),  # read as 8 times more, 9 times of
    ],
)
def test_times_phrases(says, flags, verdict):
    users = over("mau", "27.6m persons"), over("mau", "3.1m persons", period="FY2023")
    row = only("mau_times", *users, over("mau_multiple", says, period="FY2023..9M2025", flags=flags))
    assert worked_out(row) == (Decimal("8.903"), "27600000 ÷ 3100000", verdict)


def test_times_between_two_days_use_the_periods_they_close():
    payers = over("paying_users", "1771600 persons"), over("paying_users", "119700 persons", period="FY2023")
    span = "2023-12-31..2025-09-30"
    row = only("payers_times", *payers, over("paying_users_multiple", "15x", period=span, flags=["loose_wording"]))
    assert worked_out(row) == (Decimal("14.800"), "1771600 ÷ 119700", "loose_wording")
    assert rows_of("payers_times", *payers, over("paying_users_multiple", "15x", period="FY2025")) == []


def test_part_of_a_year_over_the_year_before():
    row = only("against_prior_year", make_claim(says="53.437m USD"), THIS_YEAR, over("revenue_to_prior_year", "1.75x"))
    assert worked_out(row, 4) == (Decimal("1.7509"), "53.437 ÷ 30.52", "exact")


# --- growth from the segments -----------------------------------------------------------------------------------------

RATES = (over("revenue_growth", "181%", segment="c_end"), over("revenue_growth", "160%", segment="b_end"))
TOTAL = over("revenue_growth", "174.7%")


def shares(c_end: str, b_end: str):
    return over("revenue_share", c_end, segment="c_end"), over("revenue_share", b_end, segment="b_end")


def test_growth_from_segments_by_their_shares():
    row = only("growth_from_segments", *RATES, TOTAL, *shares("71.1%", "28.9%"))
    # 100 ÷ (71.1 ÷ 2.81 + 28.9 ÷ 2.60) − 1 = 174.59 %, from 174.08 to 175.10
    assert worked_out(row, 2) == (
        Decimal("174.59"), "(28.9 + 71.1) ÷ (28.9 ÷ (1 + 160%) + 71.1 ÷ (1 + 181%)) − 1", "within_rounding",
    )  # fmt: skip
    assert row.computed is not None
    assert (round(row.computed.interval.low, 2), round(row.computed.interval.high, 2)) == (
        Decimal("174.08"), Decimal("175.10"),
    )  # fmt: skip


def test_amounts_come_before_shares():
    amounts = make_claim(says="38.020m USD", segment="c_end"), make_claim(says="15.417m USD", segment="b_end")
    whole = make_claim(says="53.437m USD")
    row = only("growth_from_segments", *RATES, TOTAL, whole, *amounts, *shares("71.1%", "28.9%"))
    assert row.computed is not None
    assert row.computed.text.startswith("(15.417 + 38.02) ÷ (15.417 ÷ (1 + 160%)")


def test_segments_that_are_not_the_whole_say_nothing_about_it():
    assert rows_of("growth_from_segments", *RATES, TOTAL, *shares("61.1%", "28.9%")) == []
    assert rows_of("growth_from_segments", RATES[0], TOTAL, *shares("71.1%", "28.9%")) == []
    fallen = over("revenue_growth", "-100%", segment="c_end")
    assert rows_of("growth_from_segments", fallen, RATES[1], TOTAL, *shares("71.1%", "28.9%")) == []


def test_the_third_company():
    korai = Korai()
    for metric, says, period in (
        ("revenue", "8.0bn KRW", "FY2024"), ("revenue", "10.0bn KRW", "FY2025"), ("revenue_growth", "20%", "FY2025"),
    ):  # fmt: skip
        korai.says(metric, says, period=period)
    # 10.0 ÷ 8.0 − 1 = 25 %, from 23.6
    assert worked_out(rows_in(korai.dataset(), "revenue_growth")[0]) == (25, "10000 ÷ 8000 − 1", "in_conflict")
