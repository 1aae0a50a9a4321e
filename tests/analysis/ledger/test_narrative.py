"""Statements in words against figures, by hand."""

from decimal import Decimal
from typing import Any

import pytest

from ipo_data.analysis.ledger.narrative import NarrativeRow, narratives
from ipo_data.dataset import Dataset
from ipo_data.model.statement import Statement
from tests.builders import make_claim, make_company, make_dataset, make_source


def said(compares: str, *figures: dict[str, Any], **changes: Any) -> Statement:
    return Statement.model_validate(
        {"id": "said", "from": "acn", "title": "It is so", "compares": compares, "figures": list(figures), **changes}
    )


def money(metric: str, says: str, period: str, **changes: Any):
    return make_claim(metric, says, period=period, **changes)


def of(metric: str, period: str = "H1-2025", **changes: Any) -> dict[str, Any]:
    return {"metric": metric, "period": period, **changes}


def outcome(statement: Statement, *claims, **options: Any) -> NarrativeRow:
    records = {"statements": {"minimax": (statement,)}, "sources": [make_source("acn")], **options}
    records.setdefault("companies", [make_company()])
    (row,) = narratives(make_dataset(*claims, **records))
    return row


LOSSES = money("net_loss", "2358m USD", "H1-2025"), money("net_loss_growth", "91%", "H1-2025")
REVENUES = money("revenue", "191m USD", "H1-2025"), money("revenue_growth", "325%", "H1-2025")


def test_growth_is_compared_by_stated_rates_where_the_year_before_is_missing():
    row = outcome(said("grows_faster", of("net_loss"), of("revenue")), *LOSSES, *REVENUES)
    # 1.91 − 4.25 = −2.34, from 1.905 − 4.255 to 1.915 − 4.245
    assert row.decisive is not None
    assert (row.decisive.value, str(row.verdict)) == (Decimal("-2.34"), "in_conflict")
    assert (row.decisive.interval.low, row.decisive.interval.high) == (Decimal("-2.35"), Decimal("-2.33"))
    assert row.decisive.text == "1 + 91% − (1 + 325%)"


def test_growth_is_compared_by_amounts_where_they_are_stated():
    before = money("net_loss", "1234m USD", "H1-2024"), money("revenue", "45m USD", "H1-2024")
    row = outcome(said("grows_slower", of("net_loss"), of("revenue")), LOSSES[0], REVENUES[0], *before)
    assert row.decisive is not None
    # 191 ÷ 45 − 2358 ÷ 1234 = 4.2444 − 1.9109
    assert (round(row.decisive.value, 4), str(row.verdict)) == (Decimal("2.3336"), "exact")


def test_growth_over_a_span_starts_where_it_says():
    claims = (
        money("net_loss", "144m USD", "FY2022"), money("net_loss", "2958m USD", "FY2024"),
        money("revenue", "57.4m USD", "FY2022"), money("revenue", "312.4m USD", "FY2024"),
    )  # fmt: skip
    row = outcome(said("grows_faster", *[of(m, "FY2024", since="FY2022") for m in ("net_loss", "revenue")]), *claims)
    assert row.decisive is not None
    # 2958 ÷ 144 − 312.4 ÷ 57.4 = 20.5417 − 5.4425
    assert (round(row.decisive.value, 4), str(row.verdict)) == (Decimal("15.0992"), "exact")
    assert row.facts == (
        "minimax.net_loss.FY2024", "minimax.net_loss.FY2022", "minimax.revenue.FY2024", "minimax.revenue.FY2022",
    )  # fmt: skip


def shares(*says: str):
    return [money("revenue_share", figure, "9M2025", product=f"p{n}") for n, figure in enumerate(says)]


def share(number: int) -> dict[str, Any]:
    return of("revenue_share", "9M2025", dimensions={"product": f"p{number}"})


@pytest.mark.parametrize(
    ("compares", "says", "value", "verdict"),
    [
        ("majority", ("2.6%", "35.1%"), "-12.3", "in_conflict"),  # 37.7 − 50
        ("majority", ("32.6%", "35.1%"), "17.7", "exact"),  # 67.7 − 50
        ("majority", ("20.0%", "30.0%"), "0", "within_rounding"),  # 49.9 to 50.1
        ("minority", ("26.95%",), "23.05", "exact"),  # 50 − 26.95
        ("rises", ("4.5%", "9.6%", "15.5%"), "5.1", "exact"),  # the smaller of 5.1 and 5.9
        ("rises", ("9.6%", "15.5%", "15.2%"), "-0.3", "in_conflict"),
        ("rises", ("15.5%", "15.5%"), "0", "within_rounding"),  # ±0.1
        ("falls", ("40.3%", "15.2%"), "25.1", "exact"),
        ("exceeds", ("40%", "30%", "20%"), "10", "exact"),
        ("exceeds", ("30%", "40%", "20%"), "-10", "in_conflict"),
        ("second", ("30%", "40%", "20%"), "10", "exact"),
        ("second", ("30%", "40%", "35%"), "-5", "in_conflict"),  # third
        ("second", ("40%", "30%", "20%"), "-10", "in_conflict"),  # first
    ],
)
def test_shares_in_words(compares, says, value, verdict):
    row = outcome(said(compares, *[share(n) for n in range(len(says))]), *shares(*says))
    assert row.decisive is not None
    assert (row.decisive.value, str(row.verdict)) == (Decimal(value), verdict)


def margins(*says: str):
    return [money("gross_margin", figure, f"FY202{n}") for n, figure in enumerate(says)]


@pytest.mark.parametrize(
    ("compares", "says", "verdict"),
    [
        ("turns_positive", ("-24.7%", "12.2%"), "exact"),
        ("turns_positive", ("-24.7%", "-12.2%"), "in_conflict"),
        ("turns_positive", ("4.7%", "12.2%"), "in_conflict"),  # it was positive before
        ("positive", ("4.7%", "12.2%"), "exact"),
        ("positive", ("4.7%", "-12.2%"), "in_conflict"),
        ("positive", ("0.0%",), "within_rounding"),
        ("negative", ("-4.7%", "-12.2%"), "exact"),
    ],
)
def test_signs_in_words(compares, says, verdict):
    figures = [of("gross_margin", f"FY202{n}") for n in range(len(says))]
    assert str(outcome(said(compares, *figures), *margins(*says)).verdict) == verdict


def test_multiples_in_words():
    # 1 + 174.7 % = 2.747 times; 1 + 91 % = 1.91 times
    fast = money("revenue", "53m USD", "9M2025"), money("revenue_growth", "174.7%", "9M2025")
    assert str(outcome(said("doubles", of("revenue", "9M2025")), *fast).verdict) == "exact"
    slow = said("doubles", of("net_loss"))
    assert str(outcome(slow, *LOSSES).verdict) == "in_conflict"


def test_a_figure_can_be_taken_per_another():
    claims = (
        money("net_loss", "90m USD", "FY2023"), money("revenue", "3m USD", "FY2023"),
        money("net_loss", "240m USD", "FY2024"), money("revenue", "30m USD", "FY2024"),
    )  # fmt: skip
    row = outcome(said("falls", *[of("net_loss", p, per="revenue") for p in ("FY2023", "FY2024")]), *claims)
    assert row.decisive is not None
    assert (row.decisive.value, row.decisive.text, str(row.verdict)) == (22, "90 ÷ 3 − 240 ÷ 30", "exact")


# --- what cannot be tested --------------------------------------------------------------------------------------------


def test_a_missing_or_disputed_figure_is_named_as_such():
    statement = said("majority", share(0), share(1))
    missing = outcome(statement, *shares("40%"))
    rival = money("revenue_share", "2%", "9M2025", product="p0", source="other")
    disputed = outcome(statement, *shares("40%", "30%"), rival, sources=[make_source("acn"), make_source("other")])
    for row in (missing, disputed):
        assert (str(row.verdict), row.explanation, row.margins) == ("not_computable", "explain.missing_figure", ())


def test_unlike_figures_are_not_compared():
    windows = said("grows_faster", of("net_loss"), of("revenue", "9M2025"))
    assert outcome(windows, *LOSSES, *REVENUES).explanation == "explain.unlike_figures"
    firms = [make_company(), make_company("zhipu", reporting_currency="CNY")]
    other = make_claim("revenue", "191m CNY", company="zhipu", period="H1-2025")
    across = said("exceeds", of("revenue", "H1-2025"), of("revenue", "H1-2025", company="zhipu"))
    row = outcome(across, REVENUES[0], other, companies=firms)
    assert (str(row.verdict), row.explanation) == ("not_computable", "explain.unlike_figures")


def test_figures_in_different_units_are_not_set_against_each_other():
    users = make_claim("mau", "27.6m persons", period="H1-2025")
    row = outcome(said("exceeds", of("revenue"), of("mau")), REVENUES[0], users)
    assert (str(row.verdict), row.explanation) == ("not_computable", "explain.unlike_figures")
    dollars_and_ratio = said("rises", of("revenue"), of("net_loss", per="revenue"))
    assert outcome(dollars_and_ratio, REVENUES[0], LOSSES[0]).explanation == "explain.unlike_figures"


def test_ratios_of_two_companies_are_compared_over_the_same_months():
    firms = [make_company(), make_company("zhipu", reporting_currency="CNY")]
    claims = (
        money("gross_margin", "12.2%", "FY2024"),
        money("gross_margin", "56.3%", "FY2024", company="zhipu"),
    )
    figures = of("gross_margin", "FY2024", company="zhipu"), of("gross_margin", "FY2024")
    row = outcome(said("exceeds", *figures), *claims, companies=firms)
    assert row.decisive is not None
    assert (row.decisive.value, str(row.verdict)) == (Decimal("44.1"), "exact")
    later = of("gross_margin", "H1-2025", company="zhipu"), of("gross_margin", "FY2024")
    assert outcome(said("exceeds", *later), *claims, companies=firms).explanation == "explain.unlike_figures"


def test_a_statement_no_figure_can_test_keeps_its_reason():
    row = outcome(said("exceeds", lacks="No document states a margin of the industry."), *LOSSES)
    assert (str(row.verdict), row.claims) == ("not_computable", ())
    assert row.reason is not None
    assert row.reason.en == "No document states a margin of the industry."


def test_a_statement_goes_with_its_document(dataset: Dataset):
    left_out = "newexpress-2026-01"
    rows = narratives(dataset.restricted(lambda source: source.id != left_out))
    assert rows
    assert all(row.statement.source != left_out for row in rows)
