"""Lines that ratios and rates imply, and sums over the years, by hand."""

from decimal import Decimal

from ipo_data.analysis.implied_lines import (
    cumulated,
    customer_concentration,
    elsewhere,
    gross_profit,
    gross_profit_shares,
    loss_ratio_change,
    margin_change,
    prior_losses,
    research,
    rest_of_year_margin,
)
from ipo_data.analysis.points import State
from tests.analysis.figures import Korai
from tests.builders import make_claim, make_dataset


def in_period(metric: str, says: str, **changes: str):
    return make_claim(metric, says, **{"period": "9M2025", **changes})


WHOLE = make_claim(says="53.437m USD")
MARGIN = in_period("gross_margin", "23.3%")
B_END = (in_period("gross_margin", "69.4%", segment="b_end"), in_period("revenue_share", "28.9%", segment="b_end"))


def test_gross_profit_in_total_and_of_a_segment():
    found = {p.dimensions.get("segment", ""): p for p in gross_profit(make_dataset(WHOLE, MARGIN, *B_END), "minimax")}
    # 23.3 % × 53.437 = 12.4508; 69.4 % × 28.9 % × 53.437 = 10.7176
    assert round((found[""].value or 0) / 10**6, 4) == Decimal("12.4508")
    assert round((found["b_end"].value or 0) / 10**6, 4) == Decimal("10.7176")
    assert found["b_end"].formula == "69.4% × 28.9% × 53.437"


def test_a_stated_gross_profit_is_not_implied():
    assert gross_profit(make_dataset(WHOLE, MARGIN, in_period("gross_profit", "12.5m USD")), "minimax") == []
    assert gross_profit(make_dataset(MARGIN, *B_END), "minimax") == []


def test_a_segments_part_of_all_gross_profit():
    point = gross_profit_shares(make_dataset(WHOLE, MARGIN, *B_END), "minimax")[0]
    # 28.9 × 69.4 ÷ 23.3 = 86.08 %
    assert (round(point.value or 0, 2), point.formula) == (Decimal("86.08"), "28.9% × 69.4% ÷ 23.3%")


def test_parts_of_both_signs_make_no_whole():
    other = {"segment": "c_end"}
    loss_making = in_period("gross_margin", "-23.5%", **other), in_period("revenue_share", "71.1%", **other)
    points = gross_profit_shares(make_dataset(in_period("gross_margin", "3.4%"), *B_END, *loss_making), "minimax")
    assert [(p.state, p.reason) for p in points] == [(State.NOT_MEANINGFUL, "reason.parts_of_both_signs")] * 2
    assert gross_profit_shares(make_dataset(in_period("gross_margin", "-5%"), *B_END), "minimax") == []


def test_margins_move_by_points():
    years = {"FY2023": "-24.7%", "FY2024": "12.2%", "H2-2025": "20.0%"}
    dataset = make_dataset(MARGIN, *(in_period("gross_margin", says, period=period) for period, says in years.items()))
    found = [(p.when.label, p.value, p.formula) for p in margin_change(dataset, "minimax")]  # type: ignore[union-attr]
    assert found == [
        ("FY2024", Decimal("36.9"), "12.2 − (−24.7)"), ("9M2025", Decimal("11.1"), "23.3 − 12.2"),
    ]  # fmt: skip


def test_the_margin_of_what_a_part_leaves():
    dataset = make_dataset(
        in_period("gross_profit", "12.476m USD"), WHOLE, in_period("gross_profit", "20.079m USD", period="FY2025"),
        make_claim(says="79.038m USD", period="FY2025"),
    )  # fmt: skip
    point = rest_of_year_margin(dataset, "minimax")[0]
    # (20.079 − 12.476) ÷ (79.038 − 53.437) = 29.70 %
    assert (round(point.value or 0, 2), point.when.label) == (Decimal("29.70"), "2025-10-01..2025-12-31")  # type: ignore[union-attr]


def test_research_from_its_ratio():
    total, monthly = research(make_dataset(WHOLE, in_period("research_to_revenue", "3.37x")), "minimax")
    # 3.37 × 53.437 = 180.083; ÷ 9 = 20.009
    assert (round((total.value or 0) / 10**6, 3), round((monthly.value or 0) / 10**6, 3)) == (
        Decimal("180.083"), Decimal("20.009"),
    )  # fmt: skip
    stated = in_period("research_and_development", "180.312m USD")
    assert research(make_dataset(WHOLE, in_period("research_to_revenue", "3.37x"), stated), "minimax") == []


LOSS = in_period("adjusted_net_loss", "186m USD")
RATES = (in_period("adjusted_net_loss_growth", "8.6%"), in_period("revenue_growth", "174.7%"))


def test_the_prior_loss_and_its_ratio():
    loss, ratio = prior_losses(make_dataset(WHOLE, LOSS, *RATES), "minimax")
    # 186 ÷ 1.086 = 171.271; ÷ 19.4529 = 8.8044
    assert round((loss.value or 0) / 10**6, 3) == Decimal("171.271")
    assert (round(ratio.value or 0, 4), ratio.measure) == (Decimal("8.8044"), "adjusted_loss_to_revenue_prior")
    assert ratio.formula == "186 ÷ (1 + 8.6%) ÷ (53.437 ÷ (1 + 174.7%))"


def test_a_disputed_revenue_leaves_the_prior_loss_without_a_ratio():
    rival = make_claim(says="60m USD", source="other")
    found = prior_losses(make_dataset(WHOLE, rival, LOSS, *RATES), "minimax")
    assert [p.measure for p in found] == ["adjusted_net_loss_implied_prior"]


def test_a_stated_prior_loss_is_not_implied():
    before = in_period("adjusted_net_loss", "170m USD", period="9M2024")
    assert prior_losses(make_dataset(WHOLE, LOSS, *RATES, before), "minimax") == []
    assert prior_losses(make_dataset(WHOLE, LOSS), "minimax") == []


def test_the_change_of_the_ratio_needs_no_levels():
    point = loss_ratio_change(make_dataset(*RATES), "minimax")[0]
    # 1.086 ÷ 2.747 − 1 = −60.466 %
    assert (round(point.value or 0, 3), point.formula) == (Decimal("-60.466"), "(1 + 8.6%) ÷ (1 + 174.7%) − 1")
    assert loss_ratio_change(make_dataset(RATES[0]), "minimax") == []


def sum_of(*figures: tuple[str, str]):
    dataset = make_dataset(*(make_claim("net_loss", says, period=period) for period, says in figures))
    return [(p.when.label, p.value) for p in cumulated(dataset, "minimax", "net_loss", "sum")]  # type: ignore[union-attr]


def test_losses_add_up_over_the_years_and_the_part_after_them():
    years = ("FY2022", "144m USD"), ("FY2023", "788m USD"), ("FY2024", "2958m USD")
    assert sum_of(*years, ("H1-2025", "2358m USD")) == [("FY2022..H1-2025", 6_248_000_000)]
    # of two parts the longer one; parts within the years do not count again
    assert sum_of(*years, ("Q1-2025", "1m USD"), ("H1-2025", "2358m USD"), ("H1-2024", "900m USD")) == [
        ("FY2022..H1-2025", 6_248_000_000)
    ]


def test_a_gap_cuts_the_sum():
    assert sum_of(("FY2021", "9m USD"), ("FY2023", "788m USD"), ("FY2024", "2958m USD")) == [
        ("FY2023..FY2024", 3_746_000_000)
    ]
    assert sum_of(("FY2022", "144m USD"), ("FY2024", "2958m USD")) == []
    assert sum_of(("H1-2025", "1m USD")) == []


def test_a_disputed_year_cuts_the_sum_too():
    claims = [make_claim("net_loss", "10m USD", period=period) for period in ("FY2022", "FY2023", "FY2024")]
    dataset = make_dataset(*claims, make_claim("net_loss", "99m USD", period="FY2023", source="other"))
    assert cumulated(dataset, "minimax", "net_loss", "sum") == []


def test_revenue_outside_a_region():
    dataset = make_dataset(WHOLE, in_period("revenue_share", "26.95%", region="mainland_china"))
    point = elsewhere(dataset, "minimax")[0]
    # (1 − 0.2695) × 53.437 = 39.0357
    assert (round((point.value or 0) / 10**6, 4), point.formula) == (Decimal("39.0357"), "(1 − 26.95%) × 53.437")
    shares = [in_period("revenue_share", "20%", region=region) for region in ("mainland_china", "singapore")]
    assert elsewhere(make_dataset(WHOLE, *shares), "minimax") == []


def test_the_index_of_customers_from_the_largest_and_the_top_five():
    def bound(top: str, five: str):
        claims = in_period("largest_customer_share", top), in_period("top_five_customer_share", five)
        return customer_concentration(make_dataset(*claims), "minimax")[0]

    # 0.147² + (0.217 − 0.147)² ÷ 4 = 0.022834
    assert round(bound("14.7%", "21.7%").value or 0, 6) == Decimal("0.022834")
    assert bound("20.0%", "20.0%").state is State.NOT_MEANINGFUL
    assert customer_concentration(make_dataset(in_period("top_five_customer_share", "21.7%")), "minimax") == []


def test_the_third_company_adds_up_its_fiscal_years():
    korai = Korai()
    for period, says in (("FY2024", "1.0bn KRW"), ("FY2025", "2.0bn KRW"), ("9M2026", "4.0bn KRW")):
        korai.says("net_loss", says, period=period)
    point = cumulated(korai.dataset(), "korai", "net_loss", "sum")[0]
    assert (point.value, str(point.when.start), str(point.when.end)) == (7 * 10**9, "2023-04-01", "2025-12-31")  # type: ignore[union-attr]
