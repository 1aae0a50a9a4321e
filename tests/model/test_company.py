"""Company records."""

import pytest
from pydantic import ValidationError

from tests.builders import make_company


def test_a_company_needs_little():
    company = make_company()
    assert (company.id, company.name.en, company.order, company.year_end_month) == ("minimax", "Minimax", 99, 12)
    assert (company.members, company.groups, company.gaps, company.breaks) == ({}, {}, (), ())


@pytest.mark.parametrize(
    ("end", "month"), [("03-31", 3), ("06-30", 6), ("02-28", 2), ("02-29", 2), ("09-30", 9), ("12-31", 12)]
)
def test_fiscal_year_ends_with_a_month(end, month):
    assert make_company(fiscal_year_end=end).year_end_month == month


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("fiscal_year_end", "02-30", "'02-30' is not the last day of a month; expected e.g. '12-31'"),
        ("fiscal_year_end", "04-31", "'04-31' is not the last day of a month"),
        ("fiscal_year_end", "12-28", "'12-28' is not the last day of a month"),
        ("fiscal_year_end", "31-12", "'31-12' is not the last day of a month"),
        ("ticker", "100", "'100' is not a stock code with its market, e.g. 0100.HK"),
        ("ticker", "0100.hk", "is not a stock code"),
        ("reporting_currency", "RMB", "unknown currency 'RMB' (allowed: USD, CNY, HKD"),
        ("reporting_currency", "usd", "unknown currency 'usd' (did you mean 'USD'?)"),
        ("color", "red", "'red' is not a colour such as '#D55E00'"),
        ("color", "#12345", "is not a colour"),
        ("order", -1, "greater than or equal to 0"),
        ("name", "=1+1", "formula"),
        ("id", "Mini Max", "is not an id"),
    ],
)
def test_wrong_field_is_refused(field, value, message):
    with pytest.raises(ValidationError) as caught:
        make_company(**{field: value})
    assert message in str(caught.value)


def test_gaps_breaks_and_groups_are_read():
    company = make_company(
        groups={"product": {"ai_native": ["talkie", "hailuo"]}},
        gaps=[{"metric": "revenue_share", "axis": "segment", "because": "Not reported."}],
        breaks=[{"metric": "revenue", "starts": "FY2024", "because": "Restated."}],
    )
    assert company.groups["product"]["ai_native"] == ("talkie", "hailuo")
    assert (company.gaps[0].metric, company.gaps[0].axis) == ("revenue_share", "segment")
    assert (company.breaks[0].starts, company.breaks[0].axis) == ("FY2024", None)
