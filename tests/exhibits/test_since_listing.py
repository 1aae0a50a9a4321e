"""What changed since listing."""

from ipo_data.exhibits import since_listing
from ipo_data.exhibits.model import View
from tests.builders import make_company, make_rate, make_source
from tests.exhibits.small import MINIMAX, minimax, small

SOURCES = (
    make_source("early", published="2025-12-31"), make_source("month", published="2026-01"),
    make_source("late", published="2026-08-26"),
)  # fmt: skip
LISTED = minimax("listed", "2026-01-09", source="late")
MARGINS = (
    minimax("gross_margin", "23.3%", "9M2025", source="early"),
    minimax("gross_margin", "17.9%", "H1-2026", source="late"),
)


def build(*claims, **records):
    return since_listing.changes(small(*claims, companies=(MINIMAX,), sources=SOURCES, **records))


def cells(exhibit) -> dict[str, str]:
    return dict(zip(exhibit.table["Item"], exhibit.table["Minimax"], strict=True))


def test_a_later_figure_stands_behind_the_one_known_at_listing() -> None:
    assert cells(build(LISTED, *MARGINS))["Gross margin"] == "23.3% (9M 2025) → 17.9% (H1 2026)"


def test_a_figure_that_nothing_replaced_is_the_same() -> None:
    assert cells(build(LISTED, MARGINS[0]))["Gross margin"] == "23.3% (9M 2025), the same at listing"


def test_a_document_of_the_listing_month_was_not_known_at_listing() -> None:
    found = cells(build(LISTED, minimax("gross_margin", "23.3%", "9M2025", source="month")))

    assert found["Gross margin"] == "not disclosed in these sources → 23.3% (9M 2025)"


def test_the_takeaway_is_revenue_of_twelve_months() -> None:
    claims = [
        minimax("revenue", "30.0m USD", "FY2024", source="early"),
        minimax("revenue", "79.0m USD", "FY2025", source="late"),
    ]  # fmt: skip

    assert build(LISTED, *claims).title == "Revenue (twelve months) since listing: Minimax from US$30.0m to US$79.0m"


def test_revenue_of_unlike_windows_is_named_with_them_in_the_takeaway() -> None:
    claims = [
        minimax("revenue", "30.0m USD", "9M2025", source="early"),
        minimax("revenue", "79.0m USD", "H1-2026", source="late"),
    ]  # fmt: skip

    assert build(LISTED, *claims, view=View(basis="reported")).title == (
        "Revenue (as reported) since listing: Minimax from US$30.0m (9M 2025) to US$79.0m (H1 2026)"
    )


def test_losses_at_listing_and_now_stand_on_the_chosen_basis() -> None:
    claims = [
        minimax("net_loss", "90m USD", "9M2025", source="early"),
        minimax("net_loss", "72m USD", "H1-2026", source="late"),
    ]  # fmt: skip

    # 90 ÷ 9 = 10; 72 ÷ 6 = 12
    assert cells(build(LISTED, *claims, view=View(basis="month")))["Net loss (IFRS), per month"] == (
        "US$10.0m (9M 2025, derived) → US$12.0m (H1 2026, derived)"
    )


def test_market_value_at_listing_is_that_at_the_offer_price() -> None:
    claims = (
        minimax("offer_price", "165.00 HKD", source="early"),
        minimax("shares_in_issue", "309255668 shares", "2026-01-09", stage="at_listing", source="early"),
        minimax("market_cap", "87.4bn HKD", "2026-09-30", moment="close", source="late"),
    )
    exhibit = build(LISTED, *claims, rates=(make_rate(base="USD", quote="HKD", rate="7.8"),))

    # 165 × 309.255668m = HK$51.03bn
    assert cells(exhibit)["Market value"] == (
        "HK$51.03bn (at the offer price, 9 Jan 2026, derived) → HK$87.4bn (30 Sep 2026)"
    )  # fmt: skip


def test_a_balance_on_another_definition_is_marked_and_each_says_what_it_counts() -> None:
    company = make_company("minimax", breaks=[{"metric": "liquidity", "starts": "2026-06", "because": "Wider."}])
    lines, wider = ({"en": text, "zh-Hans": text} for text in ("With bank lines.", "With time deposits."))
    claims = (
        LISTED, minimax("liquidity", "1046.2m USD", "2025-09-30", source="early", note=lines),
        minimax("liquidity", "1322.8m USD", "2026-06-30", source="late", note=wider),
    )  # fmt: skip
    exhibit = since_listing.changes(small(*claims, companies=(company,), sources=SOURCES))
    same = build(*claims)

    item = "Liquidity, company's definition"
    assert cells(exhibit)[item] == "US$1.0462bn (30 Sep 2025) → US$1.3228bn (another definition, 30 Jun 2026)"
    assert cells(same)[item] == "US$1.0462bn (30 Sep 2025) → US$1.3228bn (30 Jun 2026)"
    assert f"Minimax · {item}, 30 Sep 2025: With bank lines." in exhibit.notes
    assert f"Minimax · {item}, 30 Jun 2026: With time deposits." in exhibit.notes


def test_without_a_listing_day_only_today_stands() -> None:
    exhibit = build(*MARGINS)

    assert cells(exhibit)["Gross margin"] == "17.9% (H1 2026)"
    assert exhibit.title == "What changed since listing"
    assert exhibit.notes[-1].startswith("Minimax: the listing day is not in this evidence")
