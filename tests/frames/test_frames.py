"""Frames: fixed columns and dtypes whatever was selected, floats for numbers, claims as columns."""

import math
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from ipo_data.analysis.point_frame import points_frame
from ipo_data.analysis.points import DataPoint, State
from ipo_data.dataset import Dataset
from ipo_data.frames import (
    CLAIMS,
    FACTS,
    POINTS,
    SOURCES,
    claims_frame,
    conform,
    facts_frame,
    point_rows,
    sources_frame,
)
from ipo_data.frames.columns import Columns
from ipo_data.frames.tables import as_float, as_timestamp, span_columns
from ipo_data.intervals import INFINITY, Interval
from ipo_data.periods import Instant, Period
from tests.builders import make_claim, make_dataset, make_source

NINE_MONTHS = Period.parse("9M2025")


def dtypes(frame: pd.DataFrame) -> dict[str, str]:
    return {str(name): str(dtype) for name, dtype in frame.dtypes.items()}


def declared(columns: Columns) -> dict[str, str]:
    return {name: dtype for name, (dtype, _) in columns.items()}


# --- columns ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("build", "columns"),
    [
        (claims_frame, CLAIMS),
        (facts_frame, FACTS),
        (sources_frame, SOURCES),
    ],
    ids=["claims", "facts", "sources"],
)
def test_columns_and_dtypes_are_the_declared_ones(dataset: Dataset, build, columns: Columns) -> None:
    frame = build(dataset)

    assert dtypes(frame) == declared(columns)
    assert len(frame) > 10


@pytest.mark.parametrize(
    ("frame", "columns"),
    [
        (claims_frame(make_dataset()), CLAIMS),
        (facts_frame(make_dataset()), FACTS),
        (sources_frame(make_dataset()), SOURCES),
        (claims_frame(make_dataset(make_claim()), []), CLAIMS),
        (facts_frame(make_dataset(make_claim()), []), FACTS),
        (points_frame([]), POINTS),
    ],
    ids=["no claims", "no facts", "no sources", "no claims chosen", "no facts chosen", "no points"],
)
def test_an_empty_selection_has_the_same_columns_and_dtypes(frame: pd.DataFrame, columns: Columns) -> None:
    assert len(frame) == 0
    assert list(frame.columns) == list(columns)
    assert dtypes(frame) == declared(columns)


def test_columns_are_those_of_the_dictionary_whatever_the_row_holds() -> None:
    frame = conform([{"b": 1.0, "a": "x", "more": "left out"}], {"a": ("str", ""), "b": ("float64", "")})

    assert list(frame.columns) == ["a", "b"]
    assert frame.to_dict("records") == [{"a": "x", "b": 1.0}]


def test_a_row_without_a_column_is_refused() -> None:
    with pytest.raises(KeyError, match="b"):
        conform([{"a": "x"}], {"a": ("str", ""), "b": ("float64", "")})


@pytest.mark.parametrize("columns", [CLAIMS, FACTS, SOURCES, POINTS])
def test_every_column_says_what_it_means(columns: Columns) -> None:
    assert all(meaning and not meaning.endswith(".") for _, meaning in columns.values())


# --- claims -----------------------------------------------------------------------------------------------------------


def test_a_claim_row_holds_its_value_in_base_units_and_its_rounding() -> None:
    claim = make_claim(says="53.437m USD", segment="c_end", at="¶16 5343.7 万美元", by="prospectus", flags=["suspect"])

    row = claims_frame(make_dataset(claim)).iloc[0]

    assert row["value"] == 53_437_000.0
    assert (row["low"], row["high"]) == (53_436_500.0, 53_437_500.0)  # ± half of the last digit, 500
    assert isinstance(row["value"], float)
    assert row["unit"] == "USD"
    assert row["dimension"] == "segment=c_end"
    assert (row["period"], row["as_of"]) == ("9M2025", "")
    assert (row["start"], row["end"]) == (pd.Timestamp(2025, 1, 1), pd.Timestamp(2025, 9, 30))
    assert (row["locator"], row["attributed_to"], row["flags"]) == ("¶16 5343.7 万美元", "prospectus", "suspect")
    assert (row["family"], row["bound"], row["says"]) == ("revenue", "exact", "53.437m USD")


def test_an_at_least_claim_is_open_above() -> None:
    row = claims_frame(make_dataset(make_claim("runway", ">53 months", as_of="2025-09-30"))).iloc[0]

    assert (row["low"], row["high"]) == (53.0, math.inf)
    assert row["bound"] == "at_least"


def test_claims_keep_the_given_order() -> None:
    later, earlier = make_claim(says="2m USD", period="FY2024"), make_claim(says="1m USD", period="FY2023")
    data = make_dataset(later, earlier)

    chosen = sorted(data.claims, key=lambda claim: claim.period or "")

    assert claims_frame(data, chosen)["period"].tolist() == ["FY2023", "FY2024"]


def test_claims_of_documents_left_out_are_not_in_the_frame() -> None:
    claims = make_claim(says="53.44m USD", source="acn"), make_claim(says="53.4m USD", source="finet")
    data = make_dataset(*claims).restricted(lambda source: source.id == "finet")

    assert claims_frame(data)["source"].tolist() == ["finet"]
    assert facts_frame(data)["value"].tolist() == [53_400_000.0]
    assert sources_frame(data)["id"].tolist() == ["finet"]


# --- facts ------------------------------------------------------------------------------------------------------------


def test_a_fact_row_lists_its_claims_the_shown_one_first() -> None:
    exact, rounded = make_claim(says="53.437m USD", source="finet"), make_claim(says="53.4m USD", source="acn")

    row = facts_frame(make_dataset(rounded, exact)).iloc[0]

    assert row["value"] == 53_437_000.0
    assert row["status"] == "corroborated"
    assert row["claims"] == 2.0
    assert row["claim_ids"].split() == ["minimax.revenue.9M2025@finet", "minimax.revenue.9M2025@acn"]
    assert row["months"] == 9.0


def test_a_fact_in_conflict_has_no_value() -> None:
    rivals = [
        make_claim("runway", says, source=source, as_of="2025-09-30")
        for says, source in ((">53 months", "acn"), ("37 months", "finet"))
    ]

    row = facts_frame(make_dataset(*rivals)).iloc[0]

    assert row["status"] == "conflicting"
    assert math.isnan(row["value"])
    assert math.isnan(row["low"])
    assert len(row["claim_ids"].split()) == 2
    assert math.isnan(row["months"])  # a balance has no length


# --- sources ----------------------------------------------------------------------------------------------------------


def test_documents_are_ordered_by_date_and_counted() -> None:
    late = make_source("late", published="2026-01-09")
    early = make_source("early", published="2025-12", url="https://example.org/x")
    claims = [make_claim(source="late"), make_claim(source="late", period="FY2024"), make_claim(source="early")]

    frame = sources_frame(make_dataset(*claims, sources=[late, early]))

    assert frame["id"].tolist() == ["early", "late"]
    assert frame["claims"].tolist() == [1.0, 2.0]
    assert frame["url"].tolist() == ["https://example.org/x", ""]


# --- points -----------------------------------------------------------------------------------------------------------


def test_a_point_row_carries_its_claims_and_formula() -> None:
    point = DataPoint(
        "zhipu", "revenue_ltm", "CNY", State.DERIVED, Decimal("458.459"), Interval(Decimal(458), Decimal(459)),
        NINE_MONTHS, {"segment": "b_end", "region": "apac"}, claims=("a@x", "b@y"), facts=("a", "b"), formula="1 + 2",
    )  # fmt: skip

    (row,) = point_rows(points_frame([point]))

    assert (row.company, row.measure, row.unit, row.state) == ("zhipu", "revenue_ltm", "CNY", "derived")
    assert (row.value, row.low, row.high) == (458.459, 458.0, 459.0)
    assert row.dimension == "region=apac;segment=b_end"
    assert (row.claim_ids, row.fact_ids, row.formula) == ("a@x b@y", "a b", "1 + 2")
    assert (row.period, row.months, row.end) == ("9M2025", 9.0, pd.Timestamp(2025, 9, 30))


def test_an_empty_state_has_no_number_and_no_day() -> None:
    (row,) = point_rows(points_frame([DataPoint("zhipu", "mau", "persons", State.NOT_DISCLOSED, reason="reason.x")]))

    assert math.isnan(row.value)
    assert row.start is pd.NaT
    assert (row.state, row.reason, row.claim_ids) == ("not_disclosed", "reason.x", "")


# --- conversion -------------------------------------------------------------------------------------------------------


def test_decimals_become_floats() -> None:
    assert as_float(Decimal("53437000.5")) == 53_437_000.5
    assert math.isnan(as_float(None))
    assert as_float(INFINITY) == math.inf
    assert as_float(-INFINITY) == -math.inf


def test_days_become_timestamps() -> None:
    assert as_timestamp(date(2025, 9, 30)) == pd.Timestamp("2025-09-30")
    assert as_timestamp(None) is None


@pytest.mark.parametrize(
    ("when", "start", "end", "months"),
    [
        (NINE_MONTHS, "2025-01-01", "2025-09-30", 9.0),
        (Instant.parse("2025-09"), "2025-09-01", "2025-09-30", math.nan),
        (Instant.parse("2025"), "2025-01-01", "2025-12-31", math.nan),
    ],
)
def test_span_columns(when: Period | Instant, start: str, end: str, months: float) -> None:
    found = span_columns(when)

    assert (found["start"], found["end"]) == (pd.Timestamp(start), pd.Timestamp(end))
    assert found["months"] == pytest.approx(months, nan_ok=True)


def test_no_time_is_no_span() -> None:
    found = span_columns(None)

    assert (found["start"], found["end"]) == (None, None)
    assert math.isnan(found["months"])
