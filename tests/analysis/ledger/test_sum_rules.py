"""Losses added up over a span, and users by product."""

from decimal import Decimal

import pytest

from ipo_data.analysis.verdicts import TieOut
from tests.analysis.figures import USD_CNY
from tests.analysis.ledger.tested import on, only, over, rows_of, worked_out

LOSSES = [
    over("net_loss", says, period=period)
    for period, says in (("FY2022", "70m USD"), ("FY2023", "270m USD"), ("FY2024", "460m USD"), ("H1-2025", "400m USD"))
]
LONGER = over("net_loss", "510m USD")


def total(says: str, period: str = "FY2022..H1-2025"):
    return over("cumulative_net_loss", says, period=period)


def test_losses_of_a_span_add_up():
    row = only("cumulative_loss", *LOSSES, LONGER, total("1200m USD"))
    assert worked_out(row, 0, 10**6) == (1200, "70 + 270 + 460 + 400", "exact")
    assert row.explanation == ""


def test_a_total_that_fits_another_part_of_the_last_year_is_explained():
    # 70 + 270 + 460 + 510 = 1,310
    row = only("cumulative_loss", *LOSSES, LONGER, total("1310m USD"))
    assert (row.verdict, row.explanation) == (TieOut.OTHER_BASIS, "explain.other_span")
    assert worked_out(row, 0, 10**6)[0] == 1200  # the figure of the span it names
    unknown = only("cumulative_loss", *LOSSES, LONGER, total("1500m USD"))
    assert (unknown.verdict, unknown.explanation) == (TieOut.IN_CONFLICT, "")


def test_a_total_in_another_currency_is_converted_at_the_articles_rate():
    row = only("cumulative_loss", *LOSSES, total("84亿 CNY"), rates=(USD_CNY,))
    # 1,200 × 7.0 = 8,400
    assert worked_out(row, 0, 10**6) == (8400, "(70 + 270 + 460 + 400) × 7", "exact")
    assert rows_of("cumulative_loss", *LOSSES, total("84亿 CNY")) == []


OTHER_SPANS = ("FY2021..H1-2025", "FY2022..9M2025", "FY2024", "H1-2022..H1-2025", "2022-01..2025-06")


@pytest.mark.parametrize("period", OTHER_SPANS)
def test_a_year_without_a_loss_or_another_kind_of_span_gives_no_sum(period):
    assert rows_of("cumulative_loss", *LOSSES, total("1200m USD", period)) == []


def test_registered_users_leave_the_platform_out():
    products = {"talkie": "147.1m persons", "hailuo": "42.3m persons", "open_platform": "132k persons"}
    claims = [on("cumulative_users", says, product=name) for name, says in products.items()]
    row = only("sum_of_product", *claims, on("cumulative_users", "189.4m persons"))
    assert worked_out(row, 1, 10**6)[::2] == (Decimal("189.4"), "exact")
    assert rows_of("sum_of_product", *claims[1:], on("cumulative_users", "189.4m persons")) == []
    disputed = on("cumulative_users", "99m persons", product="talkie", source="other")
    assert rows_of("sum_of_product", *claims, disputed, on("cumulative_users", "189.4m persons")) == []
