"""Claims: what one document prints, with where and how exactly."""

from decimal import Decimal

import pytest
from pydantic import ValidationError

from ipo_data.model.claim import AXES, Basis, Flag, Kind, Locator, base_value
from ipo_data.model.metric import METRICS
from ipo_data.periods import Period
from ipo_data.quantities import EXPECTED
from tests.builders import make_claim


def refusal(**changes) -> str:
    with pytest.raises(ValidationError) as caught:
        make_claim(**changes)
    errors = caught.value.errors()
    assert len(errors) == 1, errors
    return str(errors[0].get("ctx", {}).get("error", errors[0]["msg"]))


# --- locators -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place", "printed", "nth", "paragraph"),
    [
        ("¶16 5343.7 万美元", "¶16", "5343.7 万美元", 1, 16),
        ("¶1 超53個月 #2", "¶1", "超53個月", 2, 1),
        ("¶20 2,500 家", "¶20", "2,500 家", 1, 20),
        ("¶3", "¶3", None, 1, 3),
        ("p.12", "p.12", None, 1, None),
        ("p.12 174.7%", "p.12", "174.7%", 1, None),
        ("p.I-5 363", "p.I-5", "363", 1, None),
        ("table-4 38,020", "table-4", "38,020", 1, None),
    ],
)
def test_locator_is_place_printed_figure_and_occurrence(text, place, printed, nth, paragraph):
    locator = Locator.parse(text)
    assert (locator.text, locator.place, locator.printed, locator.nth) == (text, place, printed, nth)
    assert locator.paragraph == paragraph


@pytest.mark.parametrize("text", ["", "¶0", "¶", "¶x 5", "¶12345 5", "¶１ 5", " ¶1", "#2"])
def test_wrong_locator_is_refused(text):
    with pytest.raises(ValueError, match=r"is not a locator; expected e\.g\. '¶16 5343\.7 万美元' or 'p\.12'"):
        Locator.parse(text)


def test_an_occurrence_counts_from_one():
    assert Locator.parse("¶1 5% #0").printed == "5% #0"  # no occurrence: such a figure will not be found


# --- reading --------------------------------------------------------------------------------------------------------


def test_a_claim_in_full():
    claim = make_claim(
        says="3050万 USD", rounded_to="10万", period="FY2024", segment="c_end", at="¶17 3050万美元", by="prospectus",
        flags=["suspect"], note="Rounded.", basis="adjusted", kind="forecast", source="newexpress",
    )  # fmt: skip
    assert (claim.company, claim.metric, claim.source, claim.by) == ("minimax", "revenue", "newexpress", "prospectus")
    assert (claim.quantity.value, claim.quantity.step) == (30_500_000, 100_000)
    assert (claim.span, claim.instant, claim.time_label) == (Period.parse("FY2024"), None, "FY2024")
    assert (claim.dimension, claim.dimensions) == ("segment=c_end", (("segment", "c_end"),))
    assert (claim.basis, claim.kind, claim.flags) == (Basis.ADJUSTED, Kind.FORECAST, (Flag.SUSPECT,))
    assert claim.locator == Locator("¶17 3050万美元", "¶17", "3050万美元")
    assert claim.subject == ("minimax", "revenue", "FY2024", "segment=c_end", "adjusted", "forecast", "USD")


def test_dimensions_are_ordered_by_axis():
    claim = make_claim("deployment_region_share", "5%", period="FY2024", region="singapore", deployment="cloud")
    assert claim.dimension == "deployment=cloud;region=singapore"


def test_a_term_of_the_deal_has_no_date():
    claim = make_claim("offer_price", "165 HKD")
    assert (claim.time_label, claim.stamp, claim.span, claim.instant) == ("", "", None, None)


@pytest.mark.parametrize(("as_of", "stamp"), [("2025-09-30", "2025-09-30"), ("2025-09", "2025-09-30")])
def test_a_balance_of_a_month_counts_as_of_its_end(as_of, stamp):
    claim = make_claim("cash_and_equivalents", "3.63亿 USD", as_of=as_of)
    assert (claim.time_label, claim.stamp) == (as_of, stamp)
    assert claim.subject == make_claim("cash_and_equivalents", "1 USD", as_of="2025-09-30").subject


def test_two_currencies_are_two_subjects():
    assert make_claim(says="53.44m USD").subject != make_claim(says="3.76亿 CNY").subject


def test_the_fiscal_year_of_the_company_dates_the_period():
    assert make_claim(period="FY2025", year_end_month=3).span == Period.parse("FY2025", 3)


def test_base_value_is_a_number_or_a_date():
    assert base_value(make_claim().quantity) == Decimal(53_440_000)
    assert base_value(make_claim("listed", "2026-01-09").quantity) == "2026-01-09"
    assert base_value(make_claim("launched", "2025-10", product="m2").quantity) == "2025-10"


def test_axes_are_those_of_the_metrics():
    assert set(AXES) == set().union(*(metric.axes for metric in METRICS.values()))


# --- refusals -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"metric": "gross_margin", "says": "5m USD", "period": "FY2024"},
         "says: gross_margin is measured in percent, got USD"),
        ({"says": "5%"}, "says: revenue is measured in money (USD, CNY, HKD, …), got percent"),
        ({"says": "2024"},
         "says: revenue is measured in money (USD, CNY, HKD, …), got the date '2024'; write the figure with its unit"),
        ({"says": "-5m USD"}, "says: revenue cannot be below 0, got -5m USD"),
        ({"metric": "mau", "says": "-1m persons", "period": "FY2024"}, "says: mau cannot be below 0, got -1m persons"),
        ({"metric": "gross_margin", "says": "101%", "period": "FY2024"},
         "says: gross_margin cannot be above 100, got 101%"),
        ({"metric": "economic_interest", "says": "130%", "as_of": "2025-12"},
         "says: economic_interest cannot be above 100, got 130%"),
        ({"metric": "rank", "says": "0 rank", "as_of": "2025-12"}, "says: rank cannot be below 1, got 0 rank"),
        ({"period": None}, "period: revenue needs 'period'"),
        ({"period": None, "as_of": "2025-09-30"},
         "as_of: revenue holds over a period: use 'period' instead of 'as_of'"),
        ({"as_of": "2025-09-30"}, "as_of: revenue holds over a period: remove 'as_of'"),
        ({"metric": "runway", "says": "37 months", "period": "9M2025"},
         "period: runway holds on a date: use 'as_of' instead of 'period'"),
        ({"metric": "runway", "says": "37 months"}, "as_of: runway needs 'as_of'"),
        ({"metric": "offer_price", "says": "165 HKD", "as_of": "2026-01-09"},
         "as_of: offer_price is a term or an event and takes neither period nor as_of"),
        ({"says": "346万 USD", "rounded_to": "10万"}, "rounded_to: '346万 USD' is not a multiple of '10万'"),
        ({"says": "346万 USD", "rounded_to": "100"}, "rounded_to: '100' is finer than the last place of '346万 USD'"),
        ({"metric": "listed", "says": "2026-01-09", "rounded_to": "1"},
         "rounded_to: '1' is finer than the last place of '2026-01-09'"),
        ({"period": "12M2024"}, "'12M2024' is called FY2024 here, so that one period has one name"),
        ({"period": "6M2025"}, "'6M2025' is called H1-2025 here, so that one period has one name"),
        ({"period": "2025-01..2025-09"}, "'2025-01..2025-09' is called 9M2025 here, so that one period has one name"),
        ({"period": "2024"}, "'2024' is not a period (did you mean 'FY2024'?)"),
        ({"says": "53.44"},
         "'53.44' has no unit: revenue is measured in money (USD, CNY, HKD, …), e.g. '53.44 USD'"),
        ({"metric": "gross_margin", "period": "9M2025", "says": "0.233"},
         "'0.233' has no unit: gross_margin is measured in percent, e.g. '23.3%'"),
        ({"metric": "gross_margin", "period": "9M2025", "says": "-24.7"},
         "'-24.7' has no unit: gross_margin is measured in percent, e.g. '-24.7%'"),
        ({"metric": "mau", "period": "9M2025", "says": ">212m"},
         "'>212m' has no unit: mau is measured in persons, e.g. '>212m persons'"),
        ({"metric": "subscription_multiple", "says": "36.76"},
         "'36.76' has no unit: subscription_multiple is measured in x, e.g. '36.76x'"),
        ({"metric": "adjusted_net_loss", "says": "186m USD", "period": "9M2025", "basis": "adjusted"},
         "basis: adjusted_net_loss is a non-IFRS figure by its name: remove 'basis'"),
        ({"metric": "net_loss", "says": "186m USD", "period": "9M2025", "basis": "adjusted"},
         "basis: the adjusted figure is the metric adjusted_net_loss; write the line below it"),
        ({"says": "1e999"}, f"'1e999' is not a quantity; {EXPECTED}"),
        ({"rounded_to": "ten"}, "'ten' is not the size of a printed place; expected e.g. '10万' or '0.1bn'"),
        ({"at": "¶0 5"}, "'¶0 5' is not a locator; expected e.g. '¶16 5343.7 万美元' or 'p.12'"),
        ({"at": "=1+1"}, "the text begins with '=', which a spreadsheet would run as a formula; rephrase it"),
        ({"by": "<b>"}, "'<b>' looks like HTML; write plain text"),
    ],
)  # fmt: skip
def test_wrong_claim_is_refused_with_the_field_to_look_at(changes, message):
    assert refusal(**changes) == message


@pytest.mark.parametrize("field", ["flags", "basis", "kind"])
def test_words_outside_the_lists_are_refused(field):
    assert "Input should be" in refusal(**{field: ["odd"] if field == "flags" else "odd"})


@pytest.mark.parametrize(
    ("says", "at", "inclusive"),
    [
        (">85%", "¶17 至少 85%", True),
        (">85%", "¶19 85% 以上", True),
        (">85%", "¶17 逾85%", False),
        (">85%", "¶17 超過85%", False),
        (">85%", None, False),
        ("85%", "¶17 至少 85%", False),  # no bound, whatever stands there
    ],
)
def test_at_least_and_over_are_told_apart_by_the_printed_words(says, at, inclusive):
    claim = make_claim("gross_margin", says, period="H1-2025", at=at)

    assert claim.bound_is_inclusive is inclusive


def test_claims_do_not_change():
    with pytest.raises(ValidationError, match="frozen"):
        make_claim().says = "1 USD"
